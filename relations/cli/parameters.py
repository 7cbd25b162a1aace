"""Which arguments and options do the commands share?"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from relations.countries import find_country
from relations.documents.dates import parse_date
from relations.documents.reading import FORMATS
from relations.errors import RelationsError
from relations.settings import (
    CIVIL,
    CIVIL_WEIGHT,
    CODERS,
    DIRECTED_PRIORS,
    FEWEST_DRAWS,
    HALF_LIVES,
    INTERVALS,
    METHODS,
    MOST_DRAWS,
    PRIORS,
    SCALES,
    Settings,
)

F = TypeVar("F", bound=Callable[..., Any])
STORE = "relations.snapshots"


class _Day(click.ParamType[date]):
    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        found = value if isinstance(value, date) else parse_date(value)
        if found is None:
            self.fail(f"{value!r} is no date; write YYYY-MM-DD.", param, ctx)
        return found


class _Dyad(click.ParamType[tuple[str, str]]):
    name = "dyad"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        if isinstance(value, tuple):
            return value
        parts = value.split("-")
        if len(parts) < 2:
            self.fail(f"{value!r} is no dyad; write two countries as FRA-MLI.", param, ctx)
        for cut in range(2, len(parts)):  # a country may have a hyphen of its own: Guinea-Bissau-FRA
            with suppress(RelationsError):
                return find_country("-".join(parts[:cut])).code, find_country("-".join(parts[cut:])).code
        try:
            return find_country(parts[0]).code, find_country("-".join(parts[1:])).code
        except RelationsError as error:
            self.fail(str(error), param, ctx)


class _CountryType(click.ParamType[str]):
    name = "country"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        try:
            return find_country(value).code
        except RelationsError as error:
            self.fail(str(error), param, ctx)


class _HalfLife(click.ParamType[float | None]):
    name = "days"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float | None:
        if value is None or str(value).lower() in HALF_LIVES:
            return None if value is None else HALF_LIVES[str(value).lower()]
        try:
            days = float(value)
        except ValueError:
            days = 0.0
        if not 0 < days < float("inf"):
            names = ", ".join(name for name in HALF_LIVES if name != "none")
            self.fail(
                f"{value!r} is no number of days above 0; write 548, {names}, or none to forget nothing.", param, ctx
            )
        return days


class _ActorWeight(click.ParamType[tuple[str, float]]):
    name = "role=weight"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, float]:
        if isinstance(value, tuple):
            return value
        role, _, weight = value.partition("=")
        role = role.strip()
        role = CIVIL if role.lower() == CIVIL else role.upper()
        try:
            found = (role, float(weight))
            Settings(actor_weights=dict([found]))
        except ValueError:
            self.fail(f"{value!r} is no weight of a role; write CVL=0.5, or {CIVIL}=0, with 0 to 1.", param, ctx)
        return found


DAY, DYAD, COUNTRY, ACTOR_WEIGHT = _Day(), _Dyad(), _CountryType(), _ActorWeight()


def _options(*decorators: Callable[[F], F]) -> Callable[[F], F]:
    def wrap(command: F) -> F:
        for decorator in reversed(decorators):
            command = decorator(command)
        return command

    return wrap


def _keep_apart(ctx: click.Context, param: click.Parameter, value: Any) -> Any:
    """Refuse an output that is an input too; called for each, so that the last one sees the others."""
    given = {**ctx.params, str(param.name): value}
    output = Path(given.get("output") or "-")
    names = [*(given.get("inputs") or ()), *(given.get("officials") or ())]
    if any(output.is_file() and Path(name).is_file() and output.samefile(name) for name in names):
        raise click.BadParameter(f"{output} is an input too; write to another file.", ctx, param)
    return value


reading_options = _options(
    click.option("--date", "undated", type=DAY, help="Day of publication of documents that have none."),
    click.option("--from", "kind", type=click.Choice(FORMATS), default=None, help="Format, when not recognised."),
    click.option("--coder", type=click.Choice(CODERS), default="both", show_default=True, help="Who finds the events."),
    click.option("--model", type=click.Path(exists=True, dir_okay=False), help="A model that `relations train` wrote."),
    click.option(
        "--officials",
        type=click.Path(exists=True, dir_okay=False),
        multiple=True,
        callback=_keep_apart,
        help="Table of your own office-holders (CSV, TSV, JSON or Wikidata's download); may be given again.",
    ),
    click.option("--lang", default="", help="Language of the texts, when not said by them."),
    click.option("--workers", type=click.IntRange(1), default=1, show_default=True, help="Processes that code texts."),
    click.option("--strict", is_flag=True, help="Stop at the first row or file that cannot be read."),
    click.option("-q", "--quiet", is_flag=True, help="No remarks on standard error."),
    click.option("-v", "--verbose", count=True, help="More remarks."),
)
_DEFAULTS = Settings()
scoring_options = _options(
    click.option(
        "--method",
        type=click.Choice(METHODS),
        default=_DEFAULTS.method,
        show_default=True,
        help="How events become a score: their decayed mean, the balance of good and ill (logratio), their sum, the "
        "yearly memory of the GGE index, or the worst act remembered.",
    ),
    click.option(
        "--half-life",
        type=_HalfLife(),
        default="548",
        show_default=True,
        help="Days in which an event's weight halves; or fast (180), structural (1096), none.",
    ),
    click.option(
        "--k",
        type=click.FloatRange(0, min_open=True),
        default=_DEFAULTS.k,
        show_default=True,
        help="Events that the prior counts for: 1 for curated data, 5 to 10 for noisy feeds.",
    ),
    click.option(
        "--prior",
        type=click.Choice(PRIORS),
        default=_DEFAULTS.prior,
        show_default=True,
        help="Where a pair without evidence stands: the mean of all events, 0, or the mean of its two countries.",
    ),
    click.option(
        "--directed-prior",
        type=click.Choice(DIRECTED_PRIORS),
        default=_DEFAULTS.directed_prior,
        show_default=True,
        help="Prior of each direction: the same, or the mutual score of the pair.",
    ),
    click.option(
        "--scale",
        type=click.Choice(SCALES),
        default=_DEFAULTS.scale,
        show_default=True,
        help="Values of events: PLOVER's by type, Goldstein's by CAMEO code, or the input's own column goldstein.",
    ),
    click.option(
        "--interval",
        type=click.Choice(INTERVALS),
        default=_DEFAULTS.interval,
        show_default=True,
        help="The 90% interval: normal posterior, Bayesian bootstrap over weeks, or none.",
    ),
    click.option(
        "--seed", type=click.IntRange(0), default=_DEFAULTS.seed, show_default=True, help="Seed of the bootstrap."
    ),
    click.option(
        "--draws",
        type=click.IntRange(FEWEST_DRAWS, MOST_DRAWS),
        default=_DEFAULTS.draws,
        show_default=True,
        help="Draws of the bootstrap.",
    ),
    click.option(
        "--actor-weight",
        "actor_weights",
        type=_ActorWeight(),
        multiple=True,
        metavar="ROLE=W",
        help=f"Weight, 0 to 1, of actors of a role, as CVL=0.5; {CIVIL}=0 leaves out all that do not act for their "
        f"state, as suits large feeds. May be given again. [default: {CIVIL}={CIVIL_WEIGHT}]",
    ),
)
dates_options = _options(
    click.option("--at", type=DAY, multiple=True, help="Day of a snapshot; may be given again."),
    click.option("--every", type=click.Choice(["month", "quarter", "year"]), help="A snapshot at each period's end."),
    click.option("--from-date", type=DAY, help="First day of --every."),
)


inputs_argument = click.argument("inputs", nargs=-1, required=True, callback=_keep_apart)
output_option = click.option(
    "-o", "--output", type=click.Path(dir_okay=False), default="-", callback=_keep_apart, help="File, or - ."
)
