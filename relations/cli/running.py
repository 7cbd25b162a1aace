"""How do a command's options become scores, and its answer a file?"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from relations.errors import BadInput, RelationsError
from relations.pipeline import Options, gather, period_ends, score_reading
from relations.settings import Settings

if TYPE_CHECKING:
    from relations.scoring.scores import Scores


class PoliteGroup(click.Group):
    """A group that turns our errors into one line and exit 1, for all its commands."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except RelationsError as error:
            raise click.ClickException(str(error)) from error


def remark_to_stderr(quiet: bool) -> Callable[[str], None]:
    return (lambda text: None) if quiet else (lambda text: click.echo(f"Note: {text}", err=True))


def reading_from(undated: date | None, kind: str | None, **given: Any) -> Options:
    return Options(
        undated=undated,
        kind=kind or "",
        coder=given["coder"],
        model=given["model"] or "",
        lang=given["lang"],
        workers=given["workers"],
        strict=given["strict"],
        note=remark_to_stderr(given["quiet"]),
        all_actors=given.get("all_actors", False),
        officials=given["officials"],
    )


def settings_from(given: dict[str, Any]) -> Settings:
    return Settings(
        method=given["method"],
        half_life_days=given["half_life"],
        k=given["k"],
        prior=given["prior"],
        directed_prior=given["directed_prior"],
        scale=given["scale"],
        interval=given["interval"],
        seed=given["seed"],
        draws=given["draws"],
        actor_weights=dict(given["actor_weights"]),
    )


def scores_from(
    inputs: Sequence[str],
    at: Sequence[date],
    hashes: dict[str, str] | None = None,
    heard: list[str] | None = None,
    **given: Any,
) -> Scores:
    """Scores of the inputs; `hashes` is told what each file held, and `heard` each remark on what was left out."""
    options = reading_from(**given)
    if heard is not None:
        options = replace(options, note=_overheard(options.note, heard))
    if stored := stored_scores(inputs):
        return stored
    reading = gather(list(inputs), options)
    if hashes is not None:
        hashes |= reading.hashes
    days = list(at)
    if given.get("every"):
        dates = [d.date for d in reading.documents if d.date]
        dates += [day.date() for f in reading.frames if len(f) for day in (f["date"].min(), f["date"].max())]
        if not dates:
            raise BadInput("No document and no event: there is no first day for --every.")
        days = sorted({*days, *period_ends(given.get("from_date") or min(dates), max(dates), given["every"])})
    scores = score_reading(reading, days or None, settings_from(given), options)
    if hashes is not None:
        own = [*options.officials, *([options.model] if options.model else [])]
        hashes |= {str(path): sha256(Path(path).read_bytes()).hexdigest() for path in own}
    if not len(scores):
        options.note("No relation was found: no event between two states. `relations code` shows what was read.")
    return scores


def _overheard(remark: Callable[[str], None], heard: list[str]) -> Callable[[str], None]:
    """The same remark, kept in a list as well."""

    def note(text: str) -> None:
        heard.append(text)
        remark(text)

    return note


def stored_scores(inputs: Sequence[str]) -> Scores | None:
    """Scores of the snapshots in a store, when the input is one."""
    from relations.snapshots.store import Store, is_store

    if len(inputs) != 1 or not is_store(Path(inputs[0])):
        return None
    from relations.scoring.scores import Scores

    store = Store(Path(inputs[0]))
    return Scores.from_snapshots([store.load(entry.name) for entry in store.list()])


def count_of(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def format_for(given: str | None, output: str, default: str) -> str:
    suffix = Path(output).suffix.lstrip(".").lower()
    return given or {"md": "markdown"}.get(suffix, suffix) or default


def write_output(content: str | bytes, output: str) -> None:
    """To standard output, or to a file that appears whole or not at all."""
    if output == "-":
        stream = sys.stdout.buffer if isinstance(content, bytes) else sys.stdout
        stream.write(content if isinstance(content, bytes) else _encodable(content))  # type: ignore[arg-type]  # it fits
        stream.flush()
        return
    from relations.writing import write_whole

    write_whole(Path(output), content)


def _encodable(text: str) -> str:
    """Text with question marks for what a terminal of another encoding than UTF-8 cannot show."""
    encoding = sys.stdout.encoding or "utf-8"
    return text.encode(encoding, errors="replace").decode(encoding)
