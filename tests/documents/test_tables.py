"""Which articles does a JSONL, JSON or CSV table hold?"""

from __future__ import annotations

import json
from datetime import date

import pytest

from relations.documents.tables import read_articles
from relations.errors import BadInput
from relations.records import Document


@pytest.fixture
def notes() -> list[str]:
    return []


@pytest.fixture
def articles(notes):
    def read(text: str, kind: str) -> list[Document]:
        return list(read_articles(text, f"news.{kind}", kind, notes.append))

    return read


def test_all_columns_of_the_contract_are_read_and_others_are_ignored(articles):
    row = {"id": "a1", "text": "Mali left.", "date": "2025-09-22", "title": "T", "url": "https://a.org"}
    row |= {"publisher": "P", "lang": "fr", "sentiment": 3}
    assert articles(json.dumps(row), "jsonl") == [
        Document("a1", "Mali left.", date(2025, 9, 22), title="T", url="https://a.org", publisher="P", lang="fr")
    ]


@pytest.mark.parametrize("kind", ["jsonl", "csv"])
def test_content_published_and_headline_are_other_names_of_the_same(kind, articles):
    header = "content", "published", "headline", "link", "outlet", "language"
    values = "Mali left.", "2025-09-22T08:00:00Z", "T", "https://a.org", "P", "fr"
    row = dict(zip(header, values, strict=True))
    text = json.dumps(row) if kind == "jsonl" else f"{','.join(header)}\n{','.join(values)}\n"
    [document] = articles(text, kind)
    assert (document.text, document.date, document.title) == ("Mali left.", date(2025, 9, 22), "T")
    assert (document.url, document.publisher, document.lang) == ("https://a.org", "P", "fr")


def test_jsonl_is_split_at_newlines_only(articles):
    """U+2028, U+2029 and U+0085 stand inside strings of real archives."""
    body = "Mali left.\u2028France stayed.\u2029So\u0085did Chad."
    text = "\n".join(json.dumps({"id": n, "text": body}, ensure_ascii=False) for n in (1, 2))
    assert [(d.id, d.text) for d in articles(text, "jsonl")] == [("1", body), ("2", body)]


def test_jsonl_may_have_blank_lines_and_windows_line_ends(articles, notes):
    assert [d.text for d in articles('{"text": "A b."}\r\n\r\n{"text": "C d."}\r\n\n', "jsonl")] == ["A b.", "C d."]
    assert notes == []


def test_a_bad_row_is_noted_with_its_line_and_the_others_are_read(articles, notes):
    text = '{"text": "A b."}\n{"text": "broken\n[1, 2]\n{"id": 7}\n"words"\n{"text": "C d."}'
    assert [d.id for d in articles(text, "jsonl")] == ["news.jsonl:1", "news.jsonl:6"]
    assert [note.split(": ")[0] for note in notes] == [f"news.jsonl:{line}" for line in (2, 3, 4, 5)]
    assert "not JSON" in notes[0]
    assert "got list" in notes[1]
    assert "no text" in notes[2]


def test_a_table_without_one_good_row_is_refused_with_the_remedy(articles):
    with pytest.raises(BadInput, match=r"news\.jsonl: no article could be read.*text column"):
        articles('{"id": 1}\n{"id": 2}', "jsonl")


def test_depth_that_would_break_the_parser_is_one_bad_row(articles, notes):
    text = '{"text": ' + "[" * 200_000 + '\n{"text": "C d."}'
    assert [d.text for d in articles(text, "jsonl")] == ["C d."]
    assert notes[0].startswith("news.jsonl:1: not JSON")


def test_half_a_character_becomes_a_mark_that_can_be_written(articles):
    [document] = articles('{"text": "Mali \\ud800 left.", "title": "\\udfff"}', "jsonl")
    assert document.text == "Mali ? left."
    assert (document.text + document.title).encode()


def test_ids_and_dates_may_be_numbers(articles):
    [document] = articles('{"id": 12, "text": "Mali left.", "date": 20250922}', "jsonl")
    assert (document.id, document.date) == ("12", date(2025, 9, 22))


def test_null_fields_are_fields_left_out(articles):
    [document] = articles('{"id": null, "text": null, "body": "Mali left.", "title": null, "date": null}', "jsonl")
    assert (document.id, document.text, document.title, document.date) == ("news.jsonl:1", "Mali left.", "", None)


def test_json_holds_a_list_of_articles_or_one(articles):
    assert [d.text for d in articles('[{"text": "A b."},\n {"text": "C d."}]', "json")] == ["A b.", "C d."]
    assert [d.text for d in articles('{"text": "A b."}', "json")] == ["A b."]


def test_json_that_is_cut_off_is_refused(articles):
    with pytest.raises(BadInput, match=r"news\.json: not JSON"):
        articles('[{"text": "A b."}, {"te', "json")


def test_csv_fields_keep_their_quotes_commas_and_newlines(articles):
    text = 'id,text,date\n1,"He said ""leave"", then\nMali left, at last.",2025-09-22\n2,"C d.",2025-09-23\n'
    first, second = articles(text, "csv")
    assert first.text == 'He said "leave", then\nMali left, at last.'
    assert (second.id, second.date) == ("2", date(2025, 9, 23))


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_csv_may_be_parted_by_commas_semicolons_or_tabs(sign, articles):
    rows = ["ID", "Text ", "DATE"], ["1", "Mali left", "2025-09-22"]
    [document] = articles("\n".join(sign.join(row) for row in rows), "csv")
    assert (document.id, document.text, document.date) == ("1", "Mali left", date(2025, 9, 22))


def test_a_csv_row_of_too_few_or_too_many_fields_does_not_stop_the_rest(articles, notes):
    documents = articles("id,text,date\n1\n2,C d.,2025-09-22,more,still more\n3,E f.\n", "csv")
    assert [(d.id, d.date) for d in documents] == [("2", date(2025, 9, 22)), ("3", None)]
    assert notes == ["news.csv:2: no text. Give the article in a column named text."]


def test_an_article_longer_than_csv_libraries_expect_is_read(articles):
    [document] = articles("id,text\n1," + "Mali left. " * 50_000, "csv")
    assert len(document.text) == 550_000


def test_a_quote_that_is_never_closed_loses_no_text(articles):
    [document] = articles('id,text\n1,"Mali left.\n2,C d.\n', "csv")
    assert "Mali left." in document.text
    assert "C d." in document.text
