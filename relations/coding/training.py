"""How is the classifier made from labelled sentences?"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Sequence
from pathlib import Path

from relations.coding.classifier import Classifier, judge_inputs
from relations.coding.examples import Row, read_rows, training_examples
from relations.coding.features import feature_text
from relations.resources import data_path, data_root
from relations.writing import write_whole

#: Inverse regularisation of the text model and the judge: the best of a coarse grid on development sentences. A judge
#: that is held tight keeps its trust in the rules where the text model is unsure.
TEXT_C = 10.0
JUDGE_C = 0.03
FOLDS = 5
SEED = 0


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
    held_out = cross_val_predict(
        text_model(), texts, roots, groups=[e.group for e in examples], cv=folds, method="predict_proba"
    )
    text = text_model().fit(texts, roots)
    text[-1].coef_ = text[-1].coef_.astype("float32")  # half the file, the same answers
    judge = judge_model().fit(judge_inputs(held_out, text.classes_, examples), roots)
    return Classifier(text, judge, fingerprint(rows))


def text_model():  # type: ignore[no-untyped-def]  # scikit-learn publishes no types
    """An unfitted text model: TF-IDF of the blank-parted features, then logistic regression."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    return make_pipeline(
        TfidfVectorizer(token_pattern=r"\S+", lowercase=False, sublinear_tf=True, min_df=2),
        LogisticRegression(C=TEXT_C, max_iter=100),
    )


def judge_model():  # type: ignore[no-untyped-def]  # scikit-learn publishes no types
    """An unfitted judge: logistic regression on the text model's and the rules' opinions."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    return make_pipeline(
        DictVectorizer(), StandardScaler(with_mean=False), LogisticRegression(C=JUDGE_C, max_iter=500)
    )


def fingerprint(rows: Sequence[Row]) -> str:
    """A hash of all that a model is made from: the labelled rows, and the tables behind the rules' opinion."""
    digest = hashlib.sha256()
    for row in rows:
        digest.update("\x1f".join((row.text, row.source, row.target, row.root)).encode())
    for name in ("en.tsv", "operators.en.tsv", "forms.en.tsv"):
        digest.update(data_path(f"triggers/{name}").read_bytes())
    return digest.hexdigest()


def save(model: Classifier, path: str | Path) -> None:
    """Write a classifier as a skops archive, whole or not at all."""
    import skops.io

    stored = {"text": model.text, "judge": model.judge, "made_from": model.made_from}
    write_whole(path, skops.io.dumps(stored, compression=zipfile.ZIP_DEFLATED))
