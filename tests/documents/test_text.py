"""What does a plain text file say of itself?"""

from __future__ import annotations

from datetime import date

import pytest

from relations.documents.text import decode, read_text
from relations.errors import BadInput


@pytest.fixture
def notes() -> list[str]:
    return []


def front(*lines: str, body: str = "Paris recalls its envoy.") -> str:
    return "\n".join(["---", *lines, "---", body])


def test_front_matter_fills_the_document_and_leaves_the_text():
    text = front(
        "date: 2023-01-26", "title: Envoy recalled", "publisher: Sahel Brief", "url: https://a.org/1", "lang: en"
    )
    document = read_text(text, "a.txt")
    assert document.text == "Paris recalls its envoy."
    assert (document.date, document.title, document.publisher) == (date(2023, 1, 26), "Envoy recalled", "Sahel Brief")
    assert (document.url, document.lang) == ("https://a.org/1", "en")


def test_a_document_is_called_by_its_id_or_else_by_its_file():
    assert read_text(front("id: x7"), "a.txt").id == "x7"
    assert read_text("Paris recalls its envoy.", "a.txt").id == "a.txt"


def test_an_empty_field_does_not_swallow_the_next_line():
    document = read_text(front("date:", "title: Envoy recalled"), "a.txt")
    assert (document.date, document.title) == (None, "Envoy recalled")


def test_quotes_around_a_value_are_not_part_of_it():
    assert read_text(front('title: "Envoy: recalled"', "publisher: 'Brief'"), "a.txt").title == "Envoy: recalled"
    assert read_text(front('title: "Leave", says Bamako'), "a.txt").title == '"Leave", says Bamako'


def test_field_names_may_have_capitals_and_windows_line_ends():
    document = read_text("---\r\nDate: 2023-01-26\r\nTitle: Envoy\r\n---\r\nParis recalls.", "a.txt")
    assert (document.date, document.title, document.text) == (date(2023, 1, 26), "Envoy", "Paris recalls.")


def test_a_ruled_line_is_no_front_matter():
    text = "---\nParis recalled its envoy.\n---\nBamako protested."
    assert read_text(text, "a.txt").text == text


def test_a_colon_in_the_text_is_no_front_matter():
    text = "Title: Paris recalls its envoy\ndate: 2023-01-26\nText."
    document = read_text(text, "a.txt")
    assert (document.text, document.title, document.date) == (text, "", None)


def test_front_matter_that_is_never_closed_stays_text():
    text = "---\ndate: 2023-01-26\nParis recalls its envoy."
    assert read_text(text, "a.txt").text == text


@pytest.mark.parametrize("text", ["", " \n\t ", "...", "---\ndate: 2023-01-26\n---\n", "12345\n---"])
def test_a_text_without_words_is_refused_by_name(text):
    with pytest.raises(BadInput, match=r"a\.txt: the text is empty"):
        read_text(text, "a.txt")


def test_a_million_blanks_in_front_matter_are_read_in_one_go():
    assert read_text(front("title: a" + " " * 1_000_000 + "b"), "a.txt").title.startswith("a ")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_byte_order_mark_decides_the_encoding_and_is_no_text(encoding, notes):
    assert decode("Goïta à Moscou".encode(encoding), "a.txt", notes.append) == "Goïta à Moscou"
    assert decode(b"\xfe\xff" + "Goïta".encode("utf-16-be"), "a.txt", notes.append) == "Goïta"
    assert notes == []


def test_front_matter_is_found_behind_a_byte_order_mark(notes):
    data = front("date: 2023-01-26").encode("utf-8-sig")
    assert read_text(decode(data, "a.txt", notes.append), "a.txt").date == date(2023, 1, 26)


def test_a_few_nuls_are_taken_out_with_one_remark(notes):
    data = b"Paris recalls\0 its envoy.\0" + b" Bamako protests." * 20
    assert decode(data, "a.txt", notes.append).startswith("Paris recalls its envoy. Bamako")
    assert notes == ["a.txt: 2 NUL bytes were taken out."]


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0",
        b"\x7fELF\2\1\1" + b"\0" * 50,
        b"\0" * 9,
        bytes(range(1, 256)) * 4,  # as random or packed bytes: hardly a NUL, and every other control sign
    ],
)
def test_a_binary_file_is_refused_by_name(data, notes):
    with pytest.raises(BadInput, match=r"a\.png: this is a binary file"):
        decode(data, "a.png", notes.append)


def test_windows_bytes_in_one_line_leave_the_other_lines_as_they_are(notes):
    data = "Goïta parle.\n".encode() + "Goïta – “non”.\n".encode("cp1252") + "Déby écoute.".encode()
    assert decode(data, "a.txt", notes.append) == "Goïta parle.\nGoïta – “non”.\nDéby écoute."
    assert notes == ["a.txt:2: not UTF-8 (1 lines), read as Windows-1252. Save the file as UTF-8."]


def test_bytes_of_no_encoding_become_marks_and_no_error(notes):
    assert decode(b"Mali \x81\xff France", "a.txt", notes.append) == "Mali \ufffdÿ France"
