"""What annotated articles teach."""

from __future__ import annotations

import json

import pytest

from relations.coding.articles import article_examples, read_articles
from relations.coding.training import labelled_articles
from relations.errors import BadInput

TEXT = "Peru accused Chile of spying. Lima recalled its envoy. Brazil kept silent."
ARTICLE = {
    "id": "a-1",
    "date": "2014-03-05",
    "title": "A quarrel",
    "text": TEXT,
    "events": [
        {"source": "PER", "target": "CHL", "root": "ACCUSE", "evidence": "Peru accused Chile of spying"},
        {"source": "PER", "target": "CHL", "root": "SANCTION", "evidence": "Lima recalled its envoy"},
    ],
}


def written(tmp_path, *articles):
    path = tmp_path / "articles.jsonl"
    path.write_text("".join(json.dumps(article) + "\n" for article in articles), encoding="utf-8")
    return path


def test_each_pair_is_labelled_by_the_act_that_its_clause_holds(tmp_path):
    examples = list(article_examples(read_articles(written(tmp_path, ARTICLE))))
    roots = {
        (e.units.mentions[e.source].actor, e.units.mentions[e.target].actor, e.units.lower[1]): e.root for e in examples
    }
    assert roots["PER", "CHL", "accused"] == "ACCUSE"
    assert roots["CHL", "PER", "accused"] == "NONE"
    assert roots["PER", "CHL", "recalled"] == "SANCTION"


def test_who_only_stands_by_does_nothing(tmp_path):
    examples = article_examples(read_articles(written(tmp_path, ARTICLE)))
    assert {e.root for e in examples if "BRA" in {m.actor for m in e.units.mentions}} <= {"NONE"}


@pytest.mark.parametrize("wrong", [{"root": "MEET"}, {"evidence": "not in the text"}])
def test_an_article_that_cannot_be_used_is_refused_with_its_line(tmp_path, wrong):
    broken = ARTICLE | {"events": [ARTICLE["events"][0] | wrong]}
    with pytest.raises(BadInput, match=r"articles\.jsonl:2"):
        read_articles(written(tmp_path, ARTICLE, broken))


def test_the_shipped_articles_teach_acts_and_their_absence():
    roots = [example.root for example in article_examples(labelled_articles()[:20])]
    assert "NONE" in roots
    assert len(set(roots)) > 8
