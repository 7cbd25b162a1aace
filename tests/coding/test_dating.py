"""When did an act happen, by the words of its sentence?"""

from __future__ import annotations

import itertools
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relations.coding.dating import When, date_event, find_dates

#: A Monday.
PUBLISHED = date(2025, 9, 22)


def dates(text: str, published: date = PUBLISHED) -> list[tuple[str, str]]:
    return [(when.date.isoformat(), when.precision) for when in find_dates(text, published)]


def dated(text: str, act: str, perfect: bool = False, published: date = PUBLISHED) -> tuple[str, str]:
    """Date and precision of the act whose words are given."""
    start = text.index(act)
    when = date_event(text, start, start + len(act), published, perfect)
    return when.date.isoformat(), when.precision


@pytest.mark.parametrize(
    "words",
    [
        *("23 June 2025", "23rd of June 2025", "23 Jun 2025", "June 23, 2025", "June 23rd, 2025", "Jun. 23, 2025"),
        *("2025-06-23", "23 June, 2025"),
    ],
)
def test_a_full_date_is_that_day_however_it_is_written(words):
    assert dates(f"Talks were held on {words} in Moscow.") == [("2025-06-23", "day")]


@pytest.mark.parametrize("words", ["23 June", "June 23", "June 23rd"])
def test_a_day_without_a_year_is_the_nearest_one_that_news_tells_of(words):
    assert dates(f"Talks were held on {words} in Moscow.") == [("2025-06-23", "day")]
    assert dates(f"Talks were held on {words} in Moscow.", date(2025, 1, 10)) == [("2024-06-23", "day")]


def test_a_day_soon_to_come_stays_in_its_year():
    assert dates("Troops will leave on 20 October.") == [("2025-10-20", "day")]


def test_a_month_of_a_year_is_dated_by_its_middle():
    assert dates("Mali arrested a French national in June 2025.") == [("2025-06-15", "month")]
    assert dates("The last soldiers left in late August 2022.") == [("2022-08-15", "month")]


def test_a_month_without_a_year_is_the_last_one_of_that_name():
    assert dates("He was arrested in August.") == [("2025-08-15", "month")]
    assert dates("He was arrested in December.") == [("2024-12-15", "month")]


def test_this_month_is_never_dated_after_publication():
    assert dates("It happened in September 2025.", date(2025, 9, 3)) == [("2025-09-03", "month")]
    assert dates("It happened in September.", date(2025, 9, 3)) == [("2025-09-03", "month")]


def test_a_year_is_dated_by_its_middle_and_this_year_never_after_publication():
    assert dates("Mali signed it in 2019.") == [("2019-07-01", "year")]
    assert dates("Mali signed it in 2025.", date(2025, 3, 1)) == [("2025-03-01", "year")]


@pytest.mark.parametrize(
    ("words", "day"),
    [
        *(("spring 2024", "2024-04-15"), ("summer of 2023", "2023-07-15"), ("autumn 2024", "2024-10-15")),
        *(("fall of 2024", "2024-10-15"), ("winter 2024", "2024-01-15"), ("autumn 2025", "2025-09-22")),
    ],
)
def test_a_season_is_dated_by_its_middle(words, day):
    assert dates(f"They were detained in the {words}.") == [(day, "month")]


@pytest.mark.parametrize(
    ("words", "day"),
    [
        *(("on Friday", "2025-09-19"), ("on Monday", "2025-09-22"), ("last Tuesday", "2025-09-16")),
        *(("late Sunday", "2025-09-21"), ("Thursday", "2025-09-18")),
    ],
)
def test_a_weekday_is_the_last_one_before_publication(words, day):
    assert dates(f"Mali expelled the envoy {words}.") == [(day, "day")]


def test_last_monday_in_a_mondays_paper_is_a_week_ago():
    assert dates("Mali expelled the envoy last Monday.") == [("2025-09-15", "day")]


def test_next_friday_is_still_to_come():
    assert dates("The envoy must leave by next Friday.") == [("2025-09-26", "day")]


@pytest.mark.parametrize(
    ("words", "day", "precision"),
    [
        ("two days ago", "2025-09-20", "day"),
        ("three weeks ago", "2025-09-01", "day"),
        ("a month ago", "2025-08-23", "month"),
        ("a year earlier", "2024-09-22", "year"),
        ("12 years ago", "2013-09-22", "year"),
        ("yesterday", "2025-09-21", "day"),
        ("tomorrow", "2025-09-23", "day"),
        ("today", "2025-09-22", "day"),
        ("last week", "2025-09-15", "day"),
        ("last month", "2025-08-17", "month"),
        ("last year", "2024-07-01", "year"),
    ],
)
def test_time_is_counted_back_from_publication(words, day, precision):
    assert dates(f"Mali freed the men {words}.") == [(day, precision)]


@pytest.mark.parametrize(
    "text",
    [
        *("Mali expelled 2000% more men.", "It sent 2,019 troops.", "The 1978-1980 war ended."),
        *("The march on Bamako may end.", "It can second that.", "Resolution 2391 was passed.", "Flight AF2025 left."),
        *("It costs 2025.50 francs.", "Sun and satellites shone.", "They met in the fall."),
    ],
)
def test_not_every_number_or_month_is_a_date(text):
    assert dates(text) == []


def test_a_day_that_no_calendar_has_leaves_its_month():
    assert dates("He spoke on 31 June 2025.") == [("2025-06-15", "month")]


def test_a_word_that_is_a_month_only_with_a_capital():
    assert dates("Troops march 3 miles a day, and may 4 more join?") == []
    assert dates("Troops left on MARCH 3.") == [("2025-03-03", "day")]


def test_the_longest_reading_wins_and_words_are_read_once():
    text = "On Monday, 23 June 2025, and in May 2024 they met."
    assert dates(text) == [("2025-09-22", "day"), ("2025-06-23", "day"), ("2024-05-15", "month")]


def test_a_date_knows_where_it_stands():
    text = "Talks were held on 23 June 2025 in Moscow."
    [when] = find_dates(text, PUBLISHED)
    assert text[when.start : when.end].strip() == "23 June 2025"


def test_an_act_without_a_date_is_dated_by_its_document():
    assert dated("Mali accused France of spying.", "accused") == ("2025-09-22", "document")


def test_an_act_takes_the_nearest_date_of_its_own_clause():
    text = "France recalled its envoy on 2 January 2023, and Mali freed the men on 4 March 2024."
    assert dated(text, "recalled") == ("2023-01-02", "day")
    assert dated(text, "freed") == ("2024-03-04", "day")


def test_a_date_that_opens_a_sentence_governs_it_past_an_aside():
    assert dated("On 2 January 2023, after long talks, Mali freed the men.", "freed") == ("2023-01-02", "day")


def test_a_date_of_another_clause_does_not_date_the_act():
    assert dated("Mali freed the men after France had paid in May 2023.", "freed") == ("2025-09-22", "document")


def test_what_holds_since_a_date_did_not_happen_on_it():
    text = "Since the coup of 2021, Mali has turned to Russia."
    assert dated(text, "turned", perfect=True) == ("2025-09-22", "document")


def test_a_year_after_the_verb_in_another_clause_does_not_date_what_still_holds():
    text = "Mali has turned to Russia for weapons, after the last French soldiers left in August 2022."
    assert dated(text, "turned", perfect=True) == ("2025-09-22", "document")


def test_the_date_of_a_caption_is_the_date_of_its_act():
    text = "Mali's leader, General Assimi Goita, in talks with Vladimir Putin at the Kremlin in Moscow, 23 June 2025"
    assert dated(text, "talks") == ("2025-06-23", "day")


def test_the_year_by_which_a_thing_is_known_is_not_the_date_of_the_act():
    assert dated("Burkina Faso ended the accord of 1961 on Friday.", "ended") == ("2025-09-19", "day")
    assert dated("Burkina Faso ended the accord of 1961.", "ended") == ("2025-09-22", "document")


def test_a_year_dates_the_act_when_the_act_is_the_thing():
    assert dated("The invasion of 1990 was short.", "invasion") == ("1990-07-01", "year")
    assert dated("Mali left at the end of 2019.", "left") == ("2019-07-01", "year")


@pytest.mark.parametrize("published", [date(2024, 2, 29), date(2025, 1, 1), date(2025, 12, 31), date(1900, 3, 1)])
def test_no_day_of_publication_breaks_the_reckoning(published):
    text = "On 29 February, in February, last month, last year, 999 years ago, on Sunday and tomorrow they met."
    assert all(isinstance(when, When) for when in find_dates(text, published))


def test_the_29th_of_february_is_found_in_the_last_leap_year():
    assert dates("They met on 29 February.", date(2025, 3, 10)) == [("2024-02-29", "day")]


WORDS = st.lists(
    st.sampled_from(
        [
            *("in", "on", "of", "since", "last", "next", "two", "a", "and", ",", ";", "-", "days", "years", "ago"),
            *("June", "Sept.", "May", "23", "23rd", "2025", "1999", "99", "Friday", "yesterday"),
        ]
    ),
    max_size=25,
).map(" ".join)


@settings(max_examples=300, deadline=None)
@given(WORDS, st.dates(date(1950, 1, 1), date(2050, 1, 1)))
def test_dates_come_in_order_and_never_overlap(text, published):
    found = find_dates(text, published)
    assert all(0 <= when.start < when.end <= len(text) for when in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))


@settings(max_examples=300, deadline=None)
@given(WORDS, st.dates(date(1950, 1, 1), date(2050, 1, 1)))
def test_a_month_or_year_that_has_begun_is_never_dated_after_publication(text, published):
    for when in find_dates(text, published):
        begun = (when.date.year, when.date.month) <= (published.year, published.month)
        assert when.precision not in ("month", "year") or not begun or when.date <= published


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Hillary Clinton said that the treaty with Japan, signed in 1960, covers the islands.", "said"),
        ("Tokyo asked Pyongyang to hand over the citizens it kidnapped in the 1970s.", "asked Pyongyang"),
        ("Oman, where he made a visit in 2018, welcomed the news from Israel.", "welcomed the news"),
        ("India, which has guarded Bhutan since 1949, sent three hundred men.", "sent three hundred men"),
        ("They agreed to negotiate, with talks to open by the end of February.", "agreed to negotiate"),
        ("France told Mali to leave by 1 October.", "told Mali to leave"),
    ],
)
def test_dates_of_other_clauses_and_bounds_are_not_the_days_of_an_act(text, act):
    assert dated(text, act) == ("2025-09-22", "document")


def test_a_date_inside_the_words_of_an_act_is_its_own():
    assert dated("Ireland freed 12 men in 2016 from a Chinese ship.", "Ireland freed 12 men in 2016") == (
        "2016-07-01",
        "year",
    )


def test_the_dates_of_a_clause_come_before_those_beside_it():
    text = "Mali sued in May, Chad wrote in June."
    within = [text.index(word) for word in ("Chad", "wrote", "in June")]
    start = text.index("Chad")
    assert date_event(text, start, start + len("Chad wrote"), PUBLISHED, within=within).date.month == 6


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("on the 18th", ("2025-09-18", "day")),
        ("on the 25th", ("2025-08-25", "day")),
        ("last summer", ("2025-07-15", "month")),
        ("last autumn", ("2024-10-15", "month")),
        ("in 1859", ("1859-07-01", "year")),
    ],
)
def test_days_seasons_and_old_years(words, wanted):
    assert dates(f"Mali and Chad signed a pact {words}.") == [wanted]


def test_numbers_that_look_like_old_years_are_none():
    assert dates("Troops numbering 1859 left; there were camps of 1800 tents.") == []
