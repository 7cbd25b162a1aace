"""From anything a user gives to coded events and scores: the only module that knows every stage."""

from __future__ import annotations

import hashlib
import io
import itertools
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from relations.documents.dates import parse_date
from relations.documents.language import find_language
from relations.documents.reading import expand, open_input, read_documents
from relations.documents.text import read_text
from relations.errors import BadDate, BadInput, RelationsError
from relations.records import Document, Event
from relations.resources import languages
from relations.settings import CODERS, Settings

if TYPE_CHECKING:
    import pandas as pd

    from relations.coding.coder import Coder
    from relations.scoring.scores import Scores

Day = date | str
#: One or several tables of a user's own office-holders.
Tables = str | Path | Iterable[str | Path]
#: More snapshots than this make a page nobody reads: a first day must then be given.
MAX_SNAPSHOTS = 120
#: Documents that are coded at once.
BATCH = 128


@dataclass(frozen=True, slots=True)
class Options:
    """How inputs are read and coded, whatever is then made of the events.

    `note` is told of each row or file that was left out; `strict` makes it an error instead. `officials` are tables of
    a user's own office-holders.
    """

    undated: date | None = None
    kind: str = ""
    coder: str = "both"
    model: str = ""
    lang: str = ""
    all_actors: bool = False
    workers: int = 1
    strict: bool = False
    officials: Sequence[str | Path] = ()
    note: Callable[[str], None] = field(default=lambda text: warnings.warn(text, stacklevel=2))

    def __post_init__(self) -> None:
        if self.coder not in CODERS:
            raise RelationsError(f"No coder {self.coder!r}. Use one of {', '.join(CODERS)}.")

    def remark(self, text: str) -> None:
        """Pass on a note, or stop at it when strict."""
        if self.strict:
            raise BadInput(text)
        self.note(text)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the inputs held: documents still to be coded, and events that were coded elsewhere.

    `hashes` gives the SHA-256 of each file's bytes by its name, so that a snapshot can say what made it.
    """

    documents: tuple[Document, ...] = ()
    frames: tuple[pd.DataFrame, ...] = ()
    hashes: Mapping[str, str] = field(default_factory=dict)


def read(inputs: str | Path | Iterable[str | Path], date: Day | None = None) -> list[Document]:
    """Documents of files, folders, globs or `-`, each with its date.

    Parameters
    ----------
    inputs : str, Path or iterable of them
    date : str or datetime.date, optional
        For documents that have none of their own.

    Raises
    ------
    RelationsError
        When nothing can be read; the message names the file and the remedy.
    """
    return list(read_inputs(_paths(inputs), Options(undated=as_day(date))).documents)


def read_inputs(inputs: Sequence[str | Path], options: Options) -> Reading:
    """Read every input; one that cannot be read is noted and the others go on.

    Raises
    ------
    BadInput
        When none could be read.
    """
    documents: list[Document] = []
    frames: list[pd.DataFrame] = []
    failures: list[RelationsError] = []
    hashes: dict[str, str] = {}
    paths: list[Path | None] = []
    for item in inputs:
        try:
            paths += expand([item])
        except BadInput as error:
            if options.strict:
                raise
            failures.append(error)
    for path in paths:
        try:
            source = open_input(path, options.kind)
            hashes[source.name] = hashlib.sha256(source.data).hexdigest()
            if source.kind == "events":
                from relations.events.table import read_events

                events = io.BytesIO(source.data)
                events.name = source.name.removesuffix(".gz")  # what messages call it
                frames.append(read_events(events, strict=options.strict, note=options.remark))
            elif source.kind == "store":
                raise BadInput(f"{source.name}: a store of snapshots holds no documents to code.")
            elif source.kind == "state":
                raise BadInput(f"{source.name}: a state holds sums and no events. Use `relations state score`.")
            else:
                documents += read_documents(source, options.remark, options.undated)
        except BadInput as error:
            if options.strict:
                raise
            failures.append(error)
    if failures and not documents and not frames:
        raise failures[0]
    for failure in failures:
        options.note(str(failure))
    return Reading(tuple(documents), tuple(frames), hashes)


def code(
    text: str | Document,
    date: Day | None = None,
    title: str = "",
    coder: str = "both",
    officials: Tables = (),
    lang: str = "",
) -> list[Event]:
    """Events that one text reports.

    Parameters
    ----------
    text : str or Document
        Plain text, with front matter if it has some.
    date : str or datetime.date, optional
        Day of publication; needed unless the text says it.
    title : str
    coder : {"both", "rules", "classifier"}
    officials : str, Path or iterable of them
        Tables of your own office-holders: CSV, TSV or JSON.
    lang : str
        Language of the text in two letters; what the text says of itself, or looks like, when empty.

    Returns
    -------
    list of Event
        Empty, with a warning, for a language that we have no tables for.

    Raises
    ------
    BadDate
        When the text has no date and none is given.

    Examples
    --------
    >>> [event] = code("Mali expelled the French ambassador on Monday.", date="2022-01-31")
    >>> event.source, event.type, event.target
    ('MLI', 'SANCTION', 'FRA')
    """
    document = text if isinstance(text, Document) else read_text(text, "text")
    document = replace(document, date=document.date or as_day(date), title=title or document.title)
    if document.date is None:
        raise BadDate("The text has no date. Pass date='YYYY-MM-DD', or write a front-matter line `date: YYYY-MM-DD`.")
    return list(code_documents([document], Options(coder=coder, officials=_paths(officials), lang=lang)))


def code_many(
    documents: Iterable[Document], workers: int = 1, coder: str = "both", officials: Tables = ()
) -> Iterator[Event]:
    """Events of many documents, in their order, from one process or several.

    Parameters
    ----------
    documents : iterable of Document
        Each with a date.
    workers : int
        Processes; the model is loaded once in each.
    coder : {"both", "rules", "classifier"}
    officials : str, Path or iterable of them
        Tables of your own office-holders: CSV, TSV or JSON.
    """
    return code_documents(documents, Options(workers=workers, coder=coder, officials=_paths(officials)))


def _coder(options: Options) -> Coder:
    from relations.actors.officials import read_officials
    from relations.coding.coder import Coder

    officials = read_officials(options.officials, options.remark)
    return Coder(options.coder, options.model, options.all_actors, officials)


def code_documents(documents: Iterable[Document], options: Options) -> Iterator[Event]:
    """Events of many documents under all options."""
    coder = _coder(options)
    documents = _readable(documents, options)
    batches = _batches(documents)
    if options.workers > 1:
        from joblib import Parallel, delayed

        parallel = Parallel(n_jobs=options.workers, return_as="generator")
        coded = parallel(delayed(coder.code_batch)(batch) for batch in batches)
    else:
        coded = map(coder.code_batch, batches)
    for batch in coded:
        yield from itertools.chain.from_iterable(batch)


def _batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    documents = iter(documents)
    while batch := list(itertools.islice(documents, BATCH)):
        yield batch


def _readable(documents: Iterable[Document], options: Options) -> Iterator[Document]:
    """Documents in a language that we have tables for; the others are noted."""
    known, alone = languages(), set[str]()
    for document in documents:
        said = options.lang or document.lang or find_language(f"{document.title} {document.text}")
        lang = said.lower().replace("_", "-").split("-")[0]
        if lang in known:
            if lang not in alone and not _has_model(lang, options):
                alone.add(lang)
                options.note(f"{document.id}: no model for the language {lang!r}, so its rules answer alone.")
            yield document if document.lang == lang else replace(document, lang=lang)
        else:
            options.remark(f"{document.id}: no tables for the language {lang!r}, so it was not coded.")


def _has_model(lang: str, options: Options) -> bool:
    from relations.coding.classifier import has_classifier

    return options.coder == "rules" or bool(options.model) or has_classifier(lang)


def score(
    inputs: Any,
    at: Day | Iterable[Day] | None = None,
    date: Day | None = None,
    settings: Settings | None = None,
    coder: str = "both",
    officials: Tables = (),
) -> Scores:
    """Scores of every pair of states, from texts, files, documents or events.

    Parameters
    ----------
    inputs : str, Path, list of them, Documents, Events or an events DataFrame
        A str names a file, folder, glob or `-`; a str with a line break or no such file is taken as a text.
    at : date or iterable of dates, optional
        Days of the snapshots; the day of the newest document when left out.
    date : date, optional
        For documents without one.
    settings : Settings, optional
    coder : {"both", "rules", "classifier"}
    officials : str, Path or iterable of them
        Tables of your own office-holders: CSV, TSV or JSON.

    Returns
    -------
    Scores
        Empty when no event was found.

    Raises
    ------
    RelationsError
        When an input cannot be read or has no date.
    """
    options = Options(undated=as_day(date), coder=coder, officials=_paths(officials))
    return score_reading(gather(inputs, options), at, settings or Settings(), options)


def gather(inputs: Any, options: Options) -> Reading:
    """Documents and events in anything `score` takes."""
    import pandas as pd

    if isinstance(inputs, pd.DataFrame):
        return Reading((), (inputs,))
    if isinstance(inputs, str | Path):
        return _gather_one(inputs, options)
    items: list[Any] = [inputs] if isinstance(inputs, Document | Event) else list(inputs)
    if all(isinstance(item, Event) for item in items):
        from relations.events.table import events_to_frame

        return Reading((), (events_to_frame(items),) if items else ())
    if all(isinstance(item, Document) for item in items):
        from relations.documents.reading import dated

        return Reading(tuple(dated(item, item.id, options.undated) for item in items))
    if odd := next((item for item in items if not isinstance(item, str | Path)), None):
        raise BadInput(f"{type(odd).__name__}: want only paths, only Documents or only Events in one list.")
    return read_inputs(items, options)


def _gather_one(item: str | Path, options: Options) -> Reading:
    if isinstance(item, Path) or not _is_text(item):
        return read_inputs([item], options)
    from relations.documents.reading import dated

    return Reading((dated(read_text(item, "text"), "text", options.undated),))


def _is_text(item: str) -> bool:
    """Whether a str is itself a text: it has several lines, or several words and is no file's name."""
    if "\n" in item or " " not in item.strip():
        return "\n" in item
    try:
        expand([item])
    except BadInput:
        return True
    return False


def score_reading(reading: Reading, at: Day | Iterable[Day] | None, settings: Settings, options: Options) -> Scores:
    """Code what is not coded yet, and score it all."""
    import pandas as pd

    from relations.events.table import events_to_frame
    from relations.scoring.scores import Scores

    events = list(code_documents(reading.documents, options))
    frames = [frame for frame in (events_to_frame(events), *reading.frames) if len(frame)]
    table = pd.concat(frames, ignore_index=True) if frames else events_to_frame([])
    newest = max((document.date for document in reading.documents if document.date), default=None)
    return Scores.from_events(
        table, at=as_days(at), settings=settings, published=newest, documents=len(reading.documents)
    )


def as_day(day: Day | None) -> date | None:
    """A day from a date or its text.

    Raises
    ------
    BadDate
        When the text is no date.
    """
    if isinstance(day, datetime):
        return day.date()
    if day is None or isinstance(day, date):
        return day
    if (found := parse_date(day)) is None:
        raise BadDate(f"No date {day!r}. Write YYYY-MM-DD.")
    return found


def as_days(at: Day | Iterable[Day] | None) -> list[date] | None:
    """Days of snapshots, sorted, each once; None when none is given."""
    if at is None:
        return None
    days = [at] if isinstance(at, str | date) else list(at)
    return sorted({found for day in days if (found := as_day(day))}) or None


def _paths(inputs: Tables) -> list[str | Path]:
    return [inputs] if isinstance(inputs, str | Path) else list(inputs)


def period_ends(first: date, last: date, every: str) -> list[date]:
    """Ends of every month, quarter or year from `first` to `last`, which itself comes last.

    Examples
    --------
    >>> [d.isoformat() for d in period_ends(date(2023, 11, 2), date(2024, 1, 5), "month")]
    ['2023-11-30', '2023-12-31', '2024-01-05']
    """
    import pandas as pd

    first, last = as_day(first) or first, as_day(last) or last
    code = {"month": "ME", "quarter": "QE", "year": "YE"}[every]
    days = [stamp.date() for stamp in pd.date_range(first, last, freq=code)]
    days = days if days and days[-1] == last else [*days, last]
    if len(days) > MAX_SNAPSHOTS:
        raise RelationsError(f"{len(days)} snapshots are too many. Pass --from-date, or a longer period to --every.")
    return days
