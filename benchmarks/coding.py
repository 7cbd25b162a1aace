#!/usr/bin/env python3
"""How well does the coder read, what does each part of it add, and how fast is it?

    python benchmarks/coding.py
    python benchmarks/coding.py --quick --plot reliability.png
    python benchmarks/coding.py --write-docs docs/coding.md

`docs/coding.md` says what each figure means.
"""

from __future__ import annotations

import json
import platform
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click
from event_scores import code_all, false_events, read_gold, right_signs, score_events
from seams import ABLATIONS

from relations.coding.classifier import load_classifier
from relations.coding.evaluating import Evaluation, evaluate, merge_yield, predict, uses_yield
from relations.coding.examples import Row, read_rows
from relations.coding.features import NONE
from relations.coding.figures import Figure, Report, Table
from relations.coding.training import labelled_rows
from relations.formats import markdown_table
from relations.scoring.showing import cell, text_table
from relations.writing import write_whole

ROOT = Path(__file__).parent.parent
PAIR_GIVEN, RELEVANCE, DOSSIERS = "plv_train.jsonl", "relevance_dev.jsonl", "dossiers"
SENTENCES, ARTICLES, NO_EVENT = "sentences.jsonl", "articles.jsonl", "noevent.jsonl"
SPEED = Path(__file__).with_name("coding_speed.py")
#: Between these two lines of a page stand its figures.
OPEN, CLOSE = "<!-- figures of benchmarks/coding.py: begin -->", "<!-- figures of benchmarks/coding.py: end -->"
#: So many of the raters of a sentence are enough to say that it is irrelevant.
ENOUGH_RATERS = 3
CODERS = ("rules", "classifier", "both")
F1_HEADER = ("root", "quad", "binary")

Block = Table | str


def pair_given(rows: Sequence[Row], both: Report) -> Iterator[Block]:
    """Every coder beside two that know nothing of countries, clauses or rules."""
    reports = {"majority": majority(rows).report(), "words, TF-IDF + LinearSVC": bag_of_words(rows).report()}
    reports |= {_name(coder): evaluate(rows, coder).report() for coder in CODERS if coder != "both"} | {"both": both}
    yield Table(
        f"Pair given, {len(rows)} rows of {PAIR_GIVEN}: macro-F1 with its 90% interval",
        ("coder", *F1_HEADER),
        [[name, *_figures(report)] for name, report in reports.items()],
    )
    yield Table(
        "The same for both, by kind of row (manual: short and undated; news: all others)",
        ("rows", "number", *F1_HEADER),
        [[name, part.rows, *(f and str(f) for f in part.figures.values())] for name, part in both.slices.items()],
    )


def _figures(report: Report) -> list[str]:
    return [str(figure) for figure in report.whole.figures.values()]


def _name(coder: str) -> str:
    return coder if coder == "both" else f"{coder} alone"


def majority(rows: Sequence[Row]) -> Evaluation:
    """The commonest answer, which is what a coder that reads nothing would say."""
    return answered(rows, [Counter(row.root for row in rows).most_common(1)[0][0]] * len(rows))


def bag_of_words(rows: Sequence[Row]) -> Evaluation:
    """Words and pairs of words of the raw text, learned from the labelled rows that the shipped model is made from."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import make_pipeline
    from sklearn.svm import LinearSVC

    merged = uses_yield(rows)
    labelled = [(row.text, merge_yield(row.root, merged)) for row in labelled_rows() if row.root != NONE]
    texts, roots = zip(*labelled, strict=True)
    model = make_pipeline(TfidfVectorizer(ngram_range=(1, 2)), LinearSVC(random_state=0)).fit(texts, roots)
    return answered(rows, model.predict([row.text for row in rows]).tolist())


def answered(rows: Sequence[Row], roots: Sequence[str]) -> Evaluation:
    """Given answers as an evaluation."""
    merged = uses_yield(rows)
    said = [predict(row.id, {root: 1.0}, merged, False) for row, root in zip(rows, roots, strict=True)]
    return Evaluation(tuple(rows), tuple(said))


def raw_text(folders: dict[str, Path]) -> Iterator[Block]:
    """From raw text to directed events, on development and sealed texts."""
    found: list[list[Any]] = []
    false: list[list[Any]] = []
    for name, folder in folders.items():
        for file in (SENTENCES, ARTICLES, NO_EVENT):
            if not (folder / file).is_file():
                yield missing(folder / file)
                continue
            gold = read_gold(folder / file)
            for coder in CODERS:
                coded = code_all(gold, coder)
                if file == NO_EVENT:
                    false.append([name, len(gold), _name(coder), str(false_events(coded))])
                    continue
                scores = score_events(gold, coded)
                signs = str(right_signs(gold, coded)) if file == ARTICLES else None
                what = f"{name}, {len(gold)} {Path(file).stem}"
                shares = scores.precision, scores.recall, str(scores.f1), signs
                found.append([what, _name(coder), scores.wanted, scores.said, *shares])
    if found:
        yield Table(
            "From raw text: directed pair and quad class of events; signs of the pairs of articles",
            ("texts", "coder", "events", "said", "precision", "recall", "F1", "signs right"),
            found,
        )
    if false:
        header = ("texts", "number", "coder", "with a false event")
        yield Table("From raw text: texts without an event that give one", header, false)


def irrelevant(path: Path) -> Block:
    """Everyday news in which no rater saw a political event."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
    unseen = {row["id"] for row in rows if row["raters"] >= ENOUGH_RATERS and not row["relevant"] and not row["codes"]}
    gold = [item for item in read_gold(path) if item.document.id in unseen]
    shares = [[_name(coder), str(false_events(code_all(gold, coder)))] for coder in CODERS]
    return Table(
        f"From raw text: {len(gold)} sentences of {RELEVANCE} in which no rater saw an event, that give one",
        ("coder", "with an event"),
        shares,
    )


def ablation(rows: Sequence[Row], dossiers: Path) -> Block:
    """The coder that is shipped, without one part of it at a time."""
    texts = {name: read_gold(dossiers / name) for name in (SENTENCES, ARTICLES, NO_EVENT)}

    def figures() -> list[Any]:
        coded = {name: code_all(gold) for name, gold in texts.items()}
        raw: list[Figure] = [score_events(texts[name], coded[name]).f1 for name in (SENTENCES, ARTICLES)]
        given = evaluate(rows).figures().values() if rows else [None] * len(F1_HEADER)
        return [*given, *(figure.value for figure in raw), false_events(coded[NO_EVENT]).value]

    lines = []
    for name, taken_out in ABLATIONS.items():
        with taken_out():
            lines.append([name, *figures()])
    header = (*(f"{name}, pair given" for name in F1_HEADER), "F1, sentences", "F1, articles", "false events")
    return Table("One part taken out (development texts, nothing trained again)", ("coder", *header), lines)


def calibration(report: Report) -> Block:
    """How far the confidence of `both` holds where the pair is given."""
    return report.tables()[-1]


def measure_speed() -> dict[str, Any]:
    """Speed and memory, from a process of its own."""
    done = subprocess.run([sys.executable, str(SPEED)], check=True, capture_output=True, text=True)
    return dict(json.loads(done.stdout))


def speed(measured: dict[str, Any]) -> Iterator[Block]:
    """From raw text to events on one core."""
    speeds = measured["speeds"]
    yield f"Speed: from raw text to events on one core ({processor()}), texts over and over in a mixed order."
    header = ("texts", "different ones", "sentences", "events", "sentences a second")
    rows = [
        [name, found["texts"], found["sentences"], found["events"], round(found["sentences"] / found["seconds"])]
        for name, found in speeds.items()
    ]
    yield Table("Sentences a second", header, rows)
    loaded = [[f"seconds to {what}", seconds] for what, seconds in measured["load_seconds"].items()]
    yield Table(
        "Memory and start", ("what", "value"), [["peak memory, MB", round(measured["peak_bytes"] / 1e6)], *loaded]
    )
    stages = {name: _microseconds(found) for name, found in speeds.items()}
    table = [[stage, *(found[stage] for found in stages.values())] for stage in next(iter(stages.values()))]
    yield Table("Where the time goes, in microseconds a sentence", ("stage", *stages), table)


def _microseconds(found: dict[str, Any]) -> dict[str, float]:
    return {stage: 1e6 * seconds / found["profiled_sentences"] for stage, seconds in found["stage_seconds"].items()}


def processor() -> str:
    """The processor's name, where the machine tells it."""
    information = Path("/proc/cpuinfo")
    lines = information.read_text(encoding="utf-8").splitlines() if information.is_file() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


def missing(path: Path) -> str:
    """What is said where a file of gold is not there."""
    return f"No {path.parent.name}/{path.name}: what is measured on it is left out."


def blocks(gold: Path, sealed: Path, quick: bool, plot: Path | None) -> Iterator[Block]:
    """All tables and remarks, in the order of docs/coding.md."""
    # first, while this process is small: Linux counts the peak memory of a parent as its child's
    measured = None if quick else measure_speed()
    yield f"Model {load_classifier().made_from[:12]}, Python {platform.python_version()}. All shares are in percent."
    rows = read_rows(gold / PAIR_GIVEN) if (gold / PAIR_GIVEN).is_file() else []
    both = evaluate(rows, "both").report() if rows else None
    if both:
        yield from pair_given(rows, both)
    else:
        yield missing(gold / PAIR_GIVEN)
    yield from raw_text({"development": gold / DOSSIERS, "sealed": sealed})
    yield irrelevant(gold / RELEVANCE) if (gold / RELEVANCE).is_file() else missing(gold / RELEVANCE)
    if not quick and all((gold / DOSSIERS / name).is_file() for name in (SENTENCES, ARTICLES, NO_EVENT)):
        yield ablation(rows, gold / DOSSIERS)
    if both:
        yield calibration(both)
        if plot:
            yield plot_reliability(both, plot)
    if measured:
        yield from speed(measured)


def plot_reliability(report: Report, path: Path) -> str:
    """Draw the share of right answers by confidence; the diagonal is where a confidence holds."""
    try:
        from matplotlib.figure import Figure as Drawing
    except ImportError:
        return "No reliability diagram: it needs matplotlib."
    bins = [(b.confidence, b.right, b.rows) for b in report.bins if b.rows]
    sure, right, rows = zip(*bins, strict=True)
    drawing = Drawing(figsize=(4.5, 4.5), layout="constrained")
    axes = drawing.subplots()
    axes.plot([0, 100], [0, 100], color="0.7", linewidth=1)
    axes.plot(sure, right, color="C0", linewidth=1)
    axes.scatter(sure, right, s=[10 + 300 * n / sum(rows) for n in rows], color="C0", clip_on=False)
    axes.set(xlim=(0, 100), ylim=(0, 100), aspect="equal", xlabel="confidence, %", ylabel="share right, %")
    axes.set_title(f"Expected calibration error {report.error:.1f}")
    drawing.savefig(path)
    return f"The reliability diagram is in {path.name}."


def shown(block: Block, markdown: bool) -> str:
    """A table or a remark as text; one decimal."""
    if isinstance(block, str):
        return f"{block}\n"
    if not markdown:
        return f"{block.title}\n{text_table(block.header, block.rows, digits=1)}\n"
    return f"**{block.title}**\n\n{markdown_table(block.header, [[cell(v, 1) for v in row] for row in block.rows])}"


def fill(page: str, figures: str) -> str:
    """A page with other figures between its two marks."""
    before, opened, rest = page.partition(OPEN)
    _, closed, after = rest.partition(CLOSE)
    if not (opened and closed):
        raise click.UsageError(
            f"The page has no place for figures. Write {OPEN!r} and {CLOSE!r} on lines of their own."
        )
    return f"{before}{OPEN}\n\n{figures}\n{CLOSE}{after}"


FOLDER = click.Path(file_okay=False, path_type=Path)
FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.option("--gold", type=FOLDER, default=ROOT.parent / "shared" / "gold", help="Development sets (not published).")
@click.option("--sealed", type=FOLDER, default=ROOT / "tests" / "sealed", help="The sealed test.")
@click.option("--quick", is_flag=True, help="Without the ablation and the speed.")
@click.option("--markdown", is_flag=True, help="Tables for a page.")
@click.option("--plot", type=FILE, help="Draw a reliability diagram; needs matplotlib.")
@click.option("--write-docs", type=FILE, help="Write the tables between the two marks of a page.")
def main(gold: Path, sealed: Path, quick: bool, markdown: bool, plot: Path | None, write_docs: Path | None) -> None:
    """Measure the coder, all in one run.

    \b
    python benchmarks/coding.py --quick
    """
    page = write_docs.read_text(encoding="utf-8") if write_docs else ""
    if write_docs:
        fill(page, "")  # a page without a place is refused at once, not at the end
    kept: list[Block] = []
    for block in blocks(gold, sealed, quick, plot):
        kept.append(block)
        click.echo(shown(block, markdown))
    if write_docs:
        write_whole(write_docs, fill(page, "\n".join(shown(block, markdown=True) for block in kept)))


if __name__ == "__main__":
    main()
