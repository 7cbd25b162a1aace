"""Where does each sentence of a document start, and what kind of text is it?"""

from __future__ import annotations

import itertools
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relations.documents.sentences import MAX_BLOCK, MAX_SENTENCE, split_sentences
from relations.documents.text import read_text
from relations.records import Document, Sentence


def split(text: str, title: str = "") -> list[Sentence]:
    return split_sentences(Document("d", text, date(2025, 9, 22), title=title))


def kinds(text: str, title: str = "") -> list[tuple[str, str]]:
    return [(sentence.kind, sentence.text) for sentence in split(text, title)]


NEWS = st.lists(
    st.sampled_from(
        [
            *(
                "Mali",
                " ",
                "  ",
                "\n",
                "\r\n",
                "\t",
                ". ",
                "? ",
                "!",
                "…",
                ", ",
                ": ",
                "\u2028",
                "\u00a0",
                "\u200b",
                "\x85",
            ),
            *('"', "“", "”", "«", "»", "(", ")", "[", "]", "'", "’", " - ", " – ", "--", "•", "1. ", "2) ", "\ufeff"),
            *(
                "Mr. Diop",
                "U.S.",
                "PARIS, Sept 20",
                "(Reuters)",
                "PHOTO/ AP",
                "AFP",
                "said.",
                "Goïta",
                "é",
                "e\u0301",
                "🇲🇱",
            ),
        ]
    )
    | st.text(max_size=5),
    max_size=60,
).map("".join)


@settings(max_examples=300, deadline=None)
@given(NEWS)
def test_every_sentence_stands_where_it_says(text):
    for sentence in split(text):
        assert text[sentence.start : sentence.end] == sentence.text


@settings(max_examples=300, deadline=None)
@given(NEWS)
def test_sentences_follow_one_another_and_lose_no_letter(text):
    sentences = sorted(split(text), key=lambda sentence: sentence.start)
    assert all(a.end <= b.start for a, b in itertools.pairwise(sentences))
    between = [0, *(place for sentence in sentences for place in (sentence.start, sentence.end)), len(text)]
    lost = "".join(text[a:b] for a, b in zip(between[::2], between[1::2], strict=True))
    assert not any(char.isalpha() for char in lost)


@settings(max_examples=100, deadline=None)
@given(NEWS, st.text(min_size=1, max_size=20))
def test_only_a_title_that_is_not_in_the_text_has_no_place_there(text, title):
    for number, sentence in enumerate(split(text, title)):
        titled = number == 0 and sentence.text == title and (sentence.start, sentence.end) == (0, 0)
        assert titled or text[sentence.start : sentence.end] == sentence.text


@settings(max_examples=100, deadline=None)
@given(NEWS)
def test_the_same_text_is_split_the_same_way(text):
    assert split(text) == split(text)


def test_a_paragraph_is_split_at_full_stops_and_not_at_abbreviations():
    text = "Mr. Diop met the U.S. envoy on Jan. 3. It was brief! Was it friendly? No."
    assert [s.text for s in split(text)] == [
        "Mr. Diop met the U.S. envoy on Jan. 3.",
        "It was brief!",
        "Was it friendly?",
        "No.",
    ]


def test_a_line_break_ends_a_sentence_and_windows_line_ends_are_no_text():
    assert kinds("Mali left.\r\nFrance stayed.\r\n") == [("body", "Mali left."), ("body", "France stayed.")]


def test_a_title_comes_first_and_once():
    assert kinds("France stayed.", "Mali leaves") == [("headline", "Mali leaves"), ("body", "France stayed.")]
    assert kinds("Mali leaves\n\nFrance stayed.", "Mali leaves") == [
        ("headline", "Mali leaves"),
        ("body", "France stayed."),
    ]


def test_a_short_line_without_a_full_stop_is_a_heading():
    text = "A suspension and two departures\n\nFrance suspended its aid to Mali on Friday."
    assert [kind for kind, _ in kinds(text)] == ["headline", "body"]


def test_a_long_line_without_a_full_stop_is_text():
    text = "First line.\nFrance suspended its aid and " + "then again its aid and " * 5 + "then left"
    assert kinds(text)[-1][0] == "body"


@pytest.mark.parametrize(
    ("caption", "credit"),
    [
        ("General Goita with Vladimir Putin at the Kremlin, 23 June 2025", " - PHOTO/ AGENCY"),
        ("A crowd in Ouagadougou demands the ambassador's departure", " - AFP"),
        ("French soldiers during an exercise in Chad, 2005", " – FILE"),
        ("French soldiers in Gao.", " (AP Photo/Jerome Delay)"),
        ("French soldiers in Gao.", " (Reuters)"),
    ],
)
def test_a_caption_is_told_from_its_credit(caption, credit):
    assert sorted(kinds(caption + credit)) == [("caption", caption), ("credit", credit.strip())]


@pytest.mark.parametrize(
    "text",
    [
        "The report by AFP was denied in Paris on Monday, said Mali.",
        "Mali (and AP) denied it.",
        "It fell - photo or not - at noon on Monday in Bamako.",
    ],
)
def test_an_agency_that_is_talked_about_is_no_credit(text):
    assert kinds(text) == [("body", text)]


@pytest.mark.parametrize("mark", ["1.", "12.", "3)", "-", "*", "•", "–"])
def test_an_item_of_a_list_loses_its_mark(mark):
    assert kinds(f"{mark} The arrest in August") == [("list", "The arrest in August")]


def test_a_year_or_a_decimal_opens_no_list():
    assert kinds("2025. was a bad year for both.")[0][0] == "body"
    assert kinds("1.5 million people fled Mali.") == [("body", "1.5 million people fled Mali.")]


@pytest.mark.parametrize(
    "dateline",
    [
        "PARIS, Sept 20 (Reuters) -",
        "PARIS (AP) —",
        "BAMAKO, Mali (AP) —",
        "OUAGADOUGOU, January 20 (AFP) –",
        "PARIS, 26 January 2023 -",
        "PARIS, Sept 20, 2025 -",
        "NEW DELHI -",
        "Bamako, 23 June --",
        "N'DJAMENA, Chad (AFP) --",
    ],
)
def test_a_dateline_is_no_part_of_the_news(dateline):
    news = "France suspended its aid to Mali on Friday."
    assert kinds(f"{dateline} {news}") == [("credit", dateline), ("body", news)]


@pytest.mark.parametrize(
    "text",
    [
        "France - Mali's old ally - left on Monday.",
        "NATO and the EU - two allies of France - met on Monday.",
        "UN: France - and Mali - must talk at once.",
    ],
)
def test_a_dash_in_a_sentence_makes_no_dateline(text):
    assert kinds(text) == [("body", text)]


def test_the_case_article_has_its_list_headings_captions_and_sentences(one_article):
    document = read_text(one_article.read_text(encoding="utf-8"), "one_article.txt")
    sentences = split_sentences(document)
    by_kind = {
        kind: [s.text for s in sentences if s.kind == kind] for kind in ("list", "caption", "credit", "headline")
    }
    assert by_kind["list"] == [
        "A suspension and two departures",
        "The arrest in August",
        "Bamako looks to Moscow",
        "The precedent of Ouagadougou",
    ]
    assert [text.split(",")[0] for text in by_kind["caption"]] == [
        "French soldiers during an exercise in Chad",
        "Mali's leader",
        "A crowd in Ouagadougou demands the departure of the French ambassador from Burkina Faso",
    ]
    assert by_kind["credit"] == ["- PHOTO/ ARCHIVE", "- PHOTO/ AGENCY", "- PHOTO/ AGENCY"]
    assert by_kind["headline"][:2] == ["Paris and Bamako end what was left of their security ties", "Contents"]
    body = [s.text for s in sentences if s.kind == "body"]
    assert "It calls the charges against him baseless." in body
    assert all(text.endswith(".") for text in body)


def test_a_line_of_five_million_letters_is_cut_into_bounded_sentences():
    sentences = split("a" * 5_000_000)
    assert len(sentences) == 5_000_000 // MAX_SENTENCE
    assert {len(sentence.text) for sentence in sentences} == {MAX_SENTENCE}


def test_a_line_of_five_million_letters_in_sentences_is_cut_at_its_sentences():
    sentence = "France expelled two diplomats of Mali. "
    sentences = split(sentence * 130_000)
    assert len(sentences) == 130_000
    assert {s.text for s in sentences} == {sentence.strip()}


@pytest.mark.parametrize(
    "text",
    [
        "(" * 100_000 + ")" * 100_000,
        "[" * 100_000,
        '"' * 100_000,
        "«" * 100_000 + "»" * 100_000,
        "“" * 100_000,
        "' " * 100_000,
        "(AP" * 50_000,
        " - PHOTO" * 30_000,
        "- PHOTO/" + "x" * 200_000 + ".",
        "PARIS, " * 30_000,
        "A " * 100_000,
        "." * 200_000,
        "1. " * 50_000,
        "Mr. " * 50_000,
        "x" + " " * 500_000 + "x",
    ],
    ids=lambda text: f"{len(text)} of {text[:8].strip()}",
)
def test_no_odd_line_makes_a_sentence_too_long_or_costs_more_than_its_length(text, monkeypatch):
    """Counted, not timed: what the segmenter is given at once stays under a bound, and all of it once."""
    given_to_segmenter: list[int] = []

    def segment(lang: str, block: str) -> list[str]:
        given_to_segmenter.append(len(block))
        return real(lang, block)

    import relations.documents.sentences as room

    real = room.sentencex.segment
    monkeypatch.setattr(room.sentencex, "segment", segment)
    sentences = split(text)
    assert max(given_to_segmenter) <= MAX_BLOCK
    assert sum(given_to_segmenter) <= len(text)
    assert all(len(sentence.text) <= MAX_SENTENCE for sentence in sentences)
    assert all(text[sentence.start : sentence.end] == sentence.text for sentence in sentences)
