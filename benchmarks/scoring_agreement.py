"""Do scores tell rivals from others, and do they agree with other indices?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from scoring_data import (
    MIN_EVENTS,
    Agreement,
    Pairs,
    columns_for_scoring,
    ends,
    enough,
    name_of,
    of_governments,
    with_ends,
)

from relations.coding.figures import Table
from relations.records import Score
from relations.scoring.buckets import add_up
from relations.scoring.estimators import estimate
from relations.scoring.priors import find_priors
from relations.scoring.scores import Scores
from relations.settings import METHODS, PRIORS, Settings
from relations.vocabulary import FORCEFUL_TYPES, plover_of, plover_score

#: Figures this near are the same.
AUC_TOLERANCE, CORRELATION_TOLERANCE = 0.01, 0.02
#: k of the stated figures; the package's own default is 2.
STATED_K = 3.0
#: As the design of the scoring states them: rho UN, rival AUC, ally AUC, rho GGE, r GGE of governments; rival AUC and
#: rho GGE of all actors.
STATED: Mapping[str, tuple[float, ...]] = {
    "mean": (0.247, 0.809, 0.505, 0.496, 0.594, 0.736, 0.381),
    "mean, k 3 to m0": (0.249, 0.805, 0.512, 0.509, 0.616, 0.733, 0.397),
    "mean, k 3 to 0": (0.236, 0.762, 0.527, 0.486, 0.593, 0.702, 0.387),
    "mean, k 3 to m0, PLOVER": (0.194, 0.847, 0.494, 0.539, 0.658, 0.766, 0.371),
    "log ratio": (0.269, 0.830, 0.527, 0.537, 0.607, 0.757, 0.412),
    "sum": (0.160, 0.635, 0.544, 0.304, 0.225, 0.610, 0.259),
    "minus log volume": (0.092, 0.735, 0.497, 0.094, 0.128, 0.795, 0.094),
    "minus log material conflict": (0.195, 0.725, 0.519, 0.286, 0.320, 0.723, 0.206),
    "most extreme negative": (0.242, 0.869, 0.461, 0.449, 0.459, 0.820, 0.329),
}
#: UN, rivals and allies on the pairs that have a GGE score: the index itself, and the mean.
STATED_INDEX, STATED_SHARED = (0.172, 0.773, 0.422), (0.26, 0.87, None)
_STATED_HEADER = ("rho UN", "rival AUC", "ally AUC", "rho GGE", "r GGE", "all: rival AUC", "all: rho GGE")
#: Pairs that a reader knows, with the stated score of each.
FACES: Mapping[str, float] = {
    "CAN-USA": 4.4, "ISR-USA": 4.0, "GBR-USA": 3.6, "KOR-PRK": 3.3, "RUS-USA": 0.5, "CHN-USA": 0.0, "IND-PAK": -0.5,
    "IRN-USA": -0.8, "RUS-UKR": -1.1, "IRN-ISR": -2.7, "SAU-YEM": -5.4, "ISR-SYR": -6.5,
}  # fmt: skip
#: A stated figure of one decimal is met within its rounding and the difference of the prior.
FACE_TOLERANCE = 0.1
DEFAULT = "mean, plover, prior corpus (default)"


def counted_as_stated(events: pd.DataFrame) -> dict[str, pd.Series[Any]]:
    """The scores of the stated table: every row counts, whether it repeats another or not, and so do both directions.

    Means, log ratio and sums are those of the package, made of its own buckets; the last three are no scores of its.
    """
    plain = {"k": 1e-9, "prior": "zero"}
    shrunk = {"k": STATED_K}
    by_dyad = events.groupby("dyad")["goldstein"]
    force = events["cameo"].map(lambda code: plover_of(code) in FORCEFUL_TYPES).groupby(events["dyad"]).sum()
    return {
        "mean": _pooled(events, plain),
        "mean, k 3 to m0": _pooled(events, shrunk),
        "mean, k 3 to 0": _pooled(events, shrunk | {"prior": "zero"}),
        "mean, k 3 to m0, PLOVER": _pooled(events, shrunk | {"scale": "plover"}),
        "log ratio": _pooled(events, {"method": "logratio"}),
        "sum": by_dyad.sum(),
        "minus log volume": -np.log(by_dyad.size()),
        "minus log material conflict": -np.log1p(force),
        "most extreme negative": by_dyad.min(),
    }


def _pooled(events: pd.DataFrame, options: Mapping[str, Any]) -> pd.Series[Any]:
    settings = Settings(**{"half_life_days": None, "scale": "goldstein", "interval": "none", **options})
    value = events["goldstein"]
    if settings.scale == "plover":
        types = events["cameo"].map(plover_of)
        value = types.map(lambda type: plover_score(type) if type else np.nan)
    names, place = np.unique(events["dyad"].to_numpy(dtype=str), return_inverse=True)
    pairs = [(name[:3], name[4:]) for name in names.tolist()]
    days = events["date"].map(lambda day: day.toordinal())
    buckets = add_up(pairs, place, days, value.notna(), value.fillna(0.0), [False] * len(events))
    masses = buckets.decayed(date.fromordinal(int(days.max())), settings.half_life_days)
    found = estimate(masses, find_priors(masses, settings).each(buckets.pairs), settings)
    return pd.Series(found.score, [name_of(*pair) for pair in buckets.pairs])


def stated_table(events: pd.DataFrame, criteria: pd.DataFrame) -> Iterator[Table | str]:
    """Our figures beside the stated ones."""
    governments = of_governments(events)
    pairs, all_pairs = (Pairs.of(criteria, enough(part)) for part in (governments, events))
    own, everyone = counted_as_stated(governments), counted_as_stated(events)
    rows, off = [], 0
    for name, stated in STATED.items():
        wide = all_pairs.agreement(everyone[name])
        figures = (*pairs.agreement(own[name]), wide.rival, wide.gge)
        beside = [_beside(*three) for three in zip(figures, stated, _STATED_HEADER, strict=True)]
        cells, missed = zip(*beside, strict=True)
        off += sum(missed)
        rows.append([name, *cells, "off" if any(missed) else "PASS"])
    title = f"ICEWS18, {len(pairs.criteria)} pairs of governments with {MIN_EVENTS} or more rows: ours (stated)"
    yield Table(title, ("score", *_STATED_HEADER, "within"), rows)
    known = pairs.criteria
    rivals, indexed = int(known["rival"].sum()), int(known["gge_2018"].notna().sum())
    yield (
        f"Within: AUC {AUC_TOLERANCE}, correlations {CORRELATION_TOLERANCE}. {off} of {len(STATED) * 7} figures are "
        f"off. {rivals} of the pairs are rivals, {indexed} have a GGE score; "
        f"of all actors there are {len(all_pairs.criteria)} pairs."
    )


def index_table(events: pd.DataFrame, criteria: pd.DataFrame) -> Table:
    """The GGE index itself on the pairs that it shares, beside our means of two months."""
    governments = of_governments(events)
    dyads = enough(governments)
    shared = Pairs.of(criteria, dyads[criteria["gge_2018"].reindex(dyads).notna()])
    own = counted_as_stated(governments)
    scores = {
        "GGE index of 2018": (criteria["gge_2018"], STATED_INDEX),
        "mean, k 3 to m0": (own["mean, k 3 to m0"], STATED_SHARED),
        "mean, k 3 to m0, PLOVER": (own["mean, k 3 to m0, PLOVER"], (None, None, None)),
    }
    rows = []
    for name, (series, stated) in scores.items():
        found = shared.agreement(series)
        beside = zip((found.un, found.rival, found.ally), stated, _STATED_HEADER[:3], strict=True)
        rows.append(
            [name, *(f"{ours:.3f}" if wanted is None else _beside(ours, wanted, of)[0] for ours, wanted, of in beside)]
        )
    return Table(f"The {len(shared.criteria)} pairs that have a GGE score", ("score", *_STATED_HEADER[:3]), rows)


def _beside(ours: float, stated: float, name: str) -> tuple[str, bool]:
    tolerance = AUC_TOLERANCE if name.endswith("AUC") else CORRELATION_TOLERANCE
    missed = abs(round(ours, 3) - stated) > tolerance + 1e-9
    return f"{ours:.3f} ({stated:.3f}){' off' if missed else ''}", missed


class Variants(NamedTuple):
    """Scores of the same pairs by other settings, each with its agreement and the draws of it."""

    pairs: Pairs
    agreement: dict[str, Agreement]
    draws: dict[str, Any]


def settings_to_compare() -> dict[str, Settings]:
    """Every method on both scales, and the mean with every prior."""
    found: dict[str, Settings] = {}
    for scale in ("plover", "goldstein"):
        for method in METHODS:
            name = f"{method}, {scale}"
            if method == "mean":
                found |= {f"{name}, prior {prior}": _shown(method, scale, prior) for prior in PRIORS}
            else:
                found[name] = _shown(method, scale, "corpus")
    return {
        DEFAULT if settings == _shown("mean", "plover", "corpus") else name: settings
        for name, settings in found.items()
    }


def _shown(method: str, scale: str, prior: str) -> Settings:
    return Settings(method=method, scale=scale, prior=prior, interval="none")


def variants(events: pd.DataFrame, criteria: pd.DataFrame, draws: int) -> Variants:
    """As a user scores: identical rows merged, what both sides are told to do once, everything else by default."""
    governments = of_governments(events)
    pairs = Pairs.of(criteria, enough(governments))
    scores = {
        name: scored(columns_for_scoring(governments), settings) for name, settings in settings_to_compare().items()
    }
    scores |= {"the default, all actors alike": scored(columns_for_scoring(events), _shown("mean", "plover", "corpus"))}
    scores = {name: series.reindex(pairs.criteria.index).fillna(rest) for name, (series, rest) in scores.items()}
    return Variants(pairs, {name: pairs.agreement(found) for name, found in scores.items()}, pairs.drawn(scores, draws))


def scored(frame: pd.DataFrame, settings: Settings) -> tuple[pd.Series[Any], float]:
    """Mutual scores by dyad, and where a pair without evidence stands."""
    scores = Scores.from_events(frame, settings=settings)
    return pd.Series({name_of(score.source, score.target): score.score for score in scores}), scores.prior()


def variants_table(found: Variants) -> Table:
    """Agreement of every variant, and how far it differs from the default on the same draws of pairs."""
    rows = []
    for name, agreement in found.agreement.items():
        draws, apart = found.draws[name], found.draws[name] - found.draws[DEFAULT]
        beyond = [_apart(*ends(apart[:, column])) for column in (0, 1)] if name != DEFAULT else ["", ""]
        rows.append(
            [
                name, with_ends(agreement.rival, *ends(draws[:, 0])), beyond[0], agreement.ally, agreement.un,
                with_ends(agreement.gge, *ends(draws[:, 1])), beyond[1],
            ]
        )  # fmt: skip
    return Table(
        f"The package's own scores of the same {len(found.pairs.criteria)} pairs, 90% intervals from pairs drawn again",
        ("settings", "rival AUC", "against the default", "ally AUC", "rho UN", "rho GGE", "the same of GGE"),
        rows,
    )


def _apart(low: float, high: float) -> str:
    return "better" if low > 0 else "worse" if high < 0 else "not clear"


def faces(events: pd.DataFrame) -> tuple[Table, list[Score]]:
    """Well-known pairs: counted as stated, and the package's default with its interval."""
    governments = of_governments(events)
    stated = counted_as_stated(governments)["mean, k 3 to m0"]
    scores = Scores.from_events(columns_for_scoring(governments))
    found = [scores[name[:3], name[4:]] for name in FACES]
    rows = []
    for (name, wanted), score in zip(FACES.items(), found, strict=True):
        ours = float(stated[name_of(name[:3], name[4:])])
        state = "" if score.state == "ok" else score.state
        default = f"{score.score:+.2f} ({score.low:+.2f} to {score.high:+.2f})"
        rows.append(
            [
                name, f"{ours:+.1f} ({wanted:+.1f})", "PASS" if abs(ours - wanted) <= FACE_TOLERANCE else "off",
                default, score.word, state, score.n_events,
            ]
        )  # fmt: skip
    title = "Pairs that readers know, September and October 2018: ours (stated) on Goldstein's scale, and the default"
    return Table(title, ("pair", "ours (stated)", "within", "default", "word", "state", "events"), rows), found
