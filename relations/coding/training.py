"""How is the classifier made from labelled sentences?"""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from relations.coding.classifier import Classifier, judge_inputs, text_vectorizer
from relations.coding.examples import Row, read_rows, training_examples
from relations.coding.features import NONE, feature_text
from relations.resources import data_path, data_root
from relations.writing import write_whole

#: Inverse regularisation of the text model and the judge: the best of a coarse grid on development sentences; the
#: judge has a dozen weights and needs none.
TEXT_C = 10.0
JUDGE_C = 1.0
#: Pairs without an event are many times those with one in our examples; this keeps their share as in news that passes
#: the gate of two actors and a trigger.
NONE_WEIGHT = 0.35
FOLDS = 3
SEED = 0
#: How skops names what it stores: by its address in memory.
_ADDRESS = re.compile(r"(?<=\"__id__\":)\d+|(?<=\")\d{9,}(?=\.npy\")")


def labelled_rows() -> list[Row]:
    """All labelled sentences of data/, lot after lot."""
    return [row for path in sorted((data_root() / "labelled").glob("*.jsonl")) for row in read_rows(path)]


def train(rows: Sequence[Row]) -> Classifier:
    """Fit both stages; the judge learns from text probabilities of folds that the text model had not seen.

    Sentences stay whole: all pairs of one text are in one fold.
    """
    from sklearn.model_selection import GroupKFold, cross_val_predict

    examples = list(training_examples(rows))
    texts = [feature_text(e.units, e.source, e.target) for e in examples]
    roots = [e.root for e in examples]
    folds = GroupKFold(FOLDS, shuffle=True, random_state=SEED)
    weights = [NONE_WEIGHT if root == NONE else 1.0 for root in roots]
    held_out = cross_val_predict(
        text_model(),
        texts,
        roots,
        groups=[e.group for e in examples],
        cv=folds,
        method="predict_proba",
        params={"logisticregression__sample_weight": weights},
    )
    text = text_model().fit(texts, roots, logisticregression__sample_weight=weights)
    text[-1].coef_ = text[-1].coef_.astype("float32")  # half the file, the same answers
    names = [str(name) for name in text.classes_]
    right = [name == root for root in roots for name in names]
    judge = judge_model().fit(judge_inputs(held_out, names, examples), right)
    return Classifier(text, judge, fingerprint(rows))


def text_model() -> Any:
    """An unfitted text model: TF-IDF of the blank-parted features, then logistic regression."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    return make_pipeline(text_vectorizer(), LogisticRegression(C=TEXT_C, max_iter=100))


def judge_model() -> Any:
    """An unfitted judge: logistic regression on both opinions of an answer."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    return make_pipeline(DictVectorizer(), LogisticRegression(C=JUDGE_C, max_iter=500))


def fingerprint(rows: Sequence[Row]) -> str:
    """A hash of all that a model is made from: the labelled rows, and the tables behind the rules' opinion."""
    digest = hashlib.sha256()
    for row in rows:
        digest.update("\x1f".join((row.text, row.source, row.target, row.root)).encode())
    for name in ("en.tsv", "operators.en.tsv", "forms.en.tsv", "grammar.en.tsv"):
        digest.update(data_path(f"triggers/{name}").read_bytes())
    return digest.hexdigest()


def save(model: Classifier, path: str | Path) -> None:
    """Write a classifier as a skops archive, whole or not at all; the same model gives the same bytes."""
    import skops.io

    vectorizer, regression = model.text[0], model.text[-1]
    # the vocabulary as one text: as a dict it would be half of what there is to load
    words = "\n".join(sorted(vectorizer.vocabulary_, key=vectorizer.vocabulary_.__getitem__))
    stored = {
        "words": words,
        "idf": vectorizer.idf_,
        "text": regression,
        "judge": model.judge,
        "made_from": model.made_from,
    }
    write_whole(path, _repeatable(skops.io.dumps(stored)))


def _repeatable(archive: bytes) -> bytes:
    """The same skops archive without what differs from run to run: times, and addresses in memory as names."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        schema = json.dumps(json.loads(old.read("schema.json")), separators=(",", ":"))
        names = {address: str(n) for n, address in enumerate(dict.fromkeys(_ADDRESS.findall(schema)), 1)}
        members = {names.get(Path(name).stem, Path(name).stem) + Path(name).suffix: name for name in old.namelist()}
        for member in sorted(members):
            content = old.read(members[member])
            if member == "schema.json":
                content = _ADDRESS.sub(lambda found: names[found[0]], schema).encode()
            new.writestr(zipfile.ZipInfo(member), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()
