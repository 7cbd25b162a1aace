"""How is the classifier made from labelled sentences?"""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from relations.coding.articles import Article, article_examples, read_articles
from relations.coding.classifier import (
    Classifier,
    TextModel,
    judge_inputs,
    pool_of_logs,
    text_vectorizer,
    zones_of,
)
from relations.coding.examples import Example, Row, read_rows, training_examples
from relations.coding.features import NONE, alone, feature_texts
from relations.coding.placing import place_pairs
from relations.resources import data_path, data_root
from relations.writing import write_whole

if TYPE_CHECKING:
    import numpy as np

#: Inverse regularisation of the words, the zones and the judge: the best of a coarse grid on development sentences; the
#: judge has a dozen weights and needs none.
WORDS_C = 20.0
ZONES_C = 0.3
JUDGE_C = 1.0
#: Pairs without an event are many times those with one in our examples; this keeps their share as in news that passes
#: the gate of two actors and a trigger.
NONE_WEIGHT = 0.35
#: Share of the derived examples without an event that are looked at: the others teach nothing new.
KEPT_NONE = 0.4
#: Examples of articles look like what is to be coded, and each weighs as much as so many of sentences: as good as 3 on
#: development texts, better than 1.
ARTICLE_WEIGHT = 2.0
FOLDS = 3
SEED = 0
#: How skops names what it stores: by its address in memory.
_ADDRESS = re.compile(r"(?<=\"__id__\":)\d+|(?<=\")\d{9,}(?=\.npy\")")


def labelled_rows(lang: str = "en") -> list[Row]:
    """All labelled sentences of a language in data/, lot after lot."""
    return [row for path in _lots("labelled", lang) for row in read_rows(path)]


def labelled_articles(lang: str = "en") -> list[Article]:
    """All annotated articles of a language in data/."""
    return [article for path in _lots("articles", lang) for article in read_articles(path, lang)]


def _lots(folder: str, lang: str) -> list[Path]:
    return sorted((data_root() / folder / lang).glob("*.jsonl"))


def train(rows: Sequence[Row], articles: Sequence[Article] = (), lang: str = "en") -> Classifier:
    """Fit both stages; the judge learns from text probabilities of lots that the text model had not seen.

    Held-out lots, not held-out sentences: the writers of a lot repeat themselves, so that the text model would look
    surer than it is on other people's texts, and the rules less useful. Rows without lots are held out by sentence.
    """
    import numpy as np

    sentences, whole = thinned(training_examples(rows, lang)), list(article_examples(articles))
    examples = [*sentences, *whole]
    roots = [e.root for e in examples]
    weights = [NONE_WEIGHT / KEPT_NONE if e.root == NONE and e.derived else 1.0 for e in sentences]
    weights += [ARTICLE_WEIGHT] * len(whole)
    lone = [alone(e.units, e.source, e.target) for e in examples]
    texts = feature_texts(lone)
    vectorizer = text_vectorizer().fit(texts)
    lots = [e.id.rpartition("-")[0] for e in examples]
    groups = lots if len(set(lots)) >= FOLDS else [e.group for e in examples]
    words, said = fit_held_out(regression(WORDS_C), vectorizer.transform(texts), roots, weights, groups)
    words.coef_ = words.coef_.astype(np.float32)  # half the file, the same answers
    zones = None
    if (vectors := zones_of(place_pairs(lone))) is not None:
        zones, of_zones = fit_held_out(regression(ZONES_C), vectors, roots, weights, groups)
        zones.coef_ = zones.coef_.astype(np.float32)
        said = pool_of_logs(said, of_zones)
    text = TextModel(vectorizer, words, zones)
    right = [name == root for root in roots for name in text.classes]
    judge = judge_model().fit(judge_inputs(said, text.classes, examples), right)
    return Classifier(text, judge, fingerprint(rows, articles, lang))


def thinned(examples: Iterable[Example]) -> list[Example]:
    """Examples without most of the derived ones that have no event; the rest of those weigh as much as all did."""
    kept, out = 0.0, []
    for example in examples:
        if example.root == NONE and example.derived:
            kept += KEPT_NONE
            if kept < 1.0:
                continue
            kept -= 1.0
        out.append(example)
    return out


def fit_held_out(
    model: Any, inputs: Any, roots: list[str], weights: list[float], groups: list[str]
) -> tuple[Any, np.ndarray]:
    """A model fitted on everything, and what it says of each fold when fitted on the others."""
    from sklearn.base import clone
    from sklearn.model_selection import GroupKFold, cross_val_predict

    held_out = cross_val_predict(
        clone(model),
        inputs,
        roots,
        groups=groups,
        cv=GroupKFold(FOLDS, shuffle=True, random_state=SEED),
        method="predict_proba",
        params={"sample_weight": weights},
        n_jobs=FOLDS,
    )
    return model.fit(inputs, roots, sample_weight=weights), held_out


def regression(strength: float) -> Any:
    """An unfitted multinomial logistic regression; `strength` is its inverse regularisation."""
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(C=strength, max_iter=100)


def judge_model() -> Any:
    """An unfitted judge: logistic regression on both opinions of an answer."""
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(C=JUDGE_C, max_iter=500)


def fingerprint(rows: Sequence[Row], articles: Sequence[Article] = (), lang: str = "en") -> str:
    """A hash of all that a model is made from: sentences, articles, and the tables behind the rules' opinion."""
    digest = hashlib.sha256()
    for row in rows:
        digest.update("\x1f".join((row.text, row.source, row.target, row.root)).encode())
    for article in articles:
        digest.update(f"{article.document.text}{article.acts}".encode())
    for name in (f"{lang}.tsv", f"operators.{lang}.tsv", f"forms.{lang}.tsv", f"grammar.{lang}.tsv"):
        digest.update(data_path(f"triggers/{name}").read_bytes())
    if (vectors := data_root() / f"vectors/{lang}.npz").is_file():
        digest.update(vectors.read_bytes())
    return digest.hexdigest()


def save(model: Classifier, path: str | Path) -> None:
    """Write a classifier as a skops archive, whole or not at all; the same model gives the same bytes."""
    import skops.io

    vectorizer = model.text.vectorizer
    # the vocabulary as one text: as a dict it would be half of what there is to load
    vocabulary = "\n".join(sorted(vectorizer.vocabulary_, key=vectorizer.vocabulary_.__getitem__))
    stored = {
        "vocabulary": vocabulary,
        "idf": vectorizer.idf_,
        "words": model.text.words,
        "zones": model.text.zones,
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
