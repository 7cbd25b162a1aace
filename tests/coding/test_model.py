"""The shipped model is the one that data/ gives."""

from __future__ import annotations

import json

import pytest

from relations.coding.classifier import load_classifier
from relations.coding.evaluating import evaluate
from relations.coding.examples import Row, given_pair, read_rows, training_examples
from relations.coding.training import fingerprint, labelled_articles, labelled_rows
from relations.errors import BadInput


def test_the_shipped_model_was_made_from_the_tables_beside_it():
    made_from = load_classifier().made_from
    assert made_from == fingerprint(labelled_rows(), labelled_articles()), "run: relations train -o data/model/en.skops"


def test_there_are_enough_labelled_sentences_of_every_type():
    rows = labelled_rows()
    roots = [row.root for row in rows]
    assert len(rows) >= 8000
    assert all(roots.count(name) >= 500 for name in set(roots))
    assert len(set(roots)) == 17


def test_every_span_stands_in_its_sentence():
    assert [row.id for row in labelled_rows() if row.source not in row.text or row.target not in row.text] == []


def test_no_labelled_sentence_is_taken_from_a_set_that_judges_us(shared):
    files = [*(shared / "gold").glob("*.jsonl"), *(shared / "gold" / "dossiers").glob("*.jsonl")]
    judging = {json.loads(line)["text"] for path in files for line in path.open(encoding="utf-8")}
    assert judging
    assert [row.id for row in labelled_rows() if row.text in judging] == []


def test_probabilities_add_up_to_one():
    example = given_pair("Peru expelled the Chilean ambassador.", "Peru", "Chilean ambassador")
    for coder in ("both", "classifier"):
        [answer] = load_classifier().probabilities([example], coder)
        assert sum(answer.values()) == pytest.approx(1.0)


def test_the_direction_decides_who_acted():
    text = "Peru expelled the Chilean ambassador on Monday."
    there, back = given_pair(text, "Peru", "Chilean"), given_pair(text, "Chilean", "Peru")
    forward, backward = load_classifier().probabilities([there, back])
    assert max(forward, key=forward.__getitem__) == "SANCTION"
    assert forward["SANCTION"] > backward["SANCTION"]


def test_the_reverse_of_talks_is_talks_and_of_an_attack_is_nothing():
    rows = [
        Row("1", "Oman met Qatar.", "Oman", "Qatar", "CONSULT"),
        Row("2", "Oman shelled Qatar.", "Oman", "Qatar", "ASSAULT"),
    ]
    roots = {example.id: example.root for example in training_examples(rows)}
    assert [roots[id] for id in ("1", "1~", "2", "2~")] == ["CONSULT", "CONSULT", "ASSAULT", "NONE"]


def test_an_unknown_type_is_refused_by_name(tmp_path):
    path = tmp_path / "rows.jsonl"
    path.write_text('{"text": "A met B.", "source": "A", "target": "B", "root": "MEET"}\n', encoding="utf-8")
    with pytest.raises(BadInput, match="MEET"):
        list(training_examples(read_rows(path)))


def test_evaluation_answers_every_row_without_its_label():
    rows = [Row(str(i), "Peru sued Chile.", "Peru", "a recipient", root) for i, root in enumerate(("ACCUSE", "AID"))]
    predictions = evaluate(rows).predictions
    assert [p.id for p in predictions] == ["0", "1"]
    assert predictions[0].root == predictions[1].root != "NONE"


def test_the_development_figure_holds(shared):
    figures = evaluate(read_rows(shared / "gold" / "plv_train.jsonl")).figures()
    assert figures["root"] >= 70


def test_a_model_with_a_type_that_is_not_trusted_is_refused(tmp_path):
    import skops.io

    path = tmp_path / "model.skops"
    skops.io.dump({"text": BadInput("x"), "judge": 0, "made_from": ""}, path)
    with pytest.raises(BadInput, match="not trusted"):
        load_classifier(path)


def test_a_file_that_is_no_model_is_refused_by_name(tmp_path):
    path = tmp_path / "model.skops"
    path.write_bytes(b"no zip")
    with pytest.raises(BadInput, match=r"model\.skops"):
        load_classifier(path)


def test_the_same_model_is_stored_as_the_same_bytes(tmp_path):
    from relations.coding.training import save

    save(load_classifier(), tmp_path / "a")
    save(load_classifier(tmp_path / "a"), tmp_path / "b")
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
