"""A colour says one of seven words, the same everywhere."""

from __future__ import annotations

import pytest

from relations.maps.colours import CHANGE_BREAKS, fill_colour, legend, line_colour, palette, stylesheet
from relations.scoring.words import BREAKS, WORDS, class_of


@pytest.mark.parametrize(
    ("below", "at", "above"),
    [("#d04f45", "#d04f45", "#ea8a73"), ("#ea8a73", "#ea8a73", "#f3bbab"), ("#f3bbab", "#f3bbab", "#f7f1dc"),
     ("#f7f1dc", "#bcdaee", "#bcdaee"), ("#bcdaee", "#82b6dd", "#82b6dd"), ("#82b6dd", "#4287c2", "#4287c2")],
)  # fmt: skip
def test_a_score_on_a_break_takes_the_colour_farther_from_zero(below, at, above):
    edge = dict(zip([("#d04f45", "#ea8a73"), ("#ea8a73", "#f3bbab"), ("#f3bbab", "#f7f1dc"), ("#f7f1dc", "#bcdaee"),
                     ("#bcdaee", "#82b6dd"), ("#82b6dd", "#4287c2")], BREAKS, strict=True))[below, above]  # fmt: skip
    assert [fill_colour(edge - 0.001), fill_colour(edge), fill_colour(edge + 0.001)] == [below, at, above]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_word_has_a_fill_and_a_line_of_its_own(theme):
    colours = palette(theme)
    for kind in ("fill", "line", "changeFill", "changeLine"):
        assert len(set(colours[kind])) == len(WORDS)
    assert line_colour(0, theme) == colours["line"][3]


def test_no_data_is_no_colour_of_the_scale():
    for theme in ("light", "dark"):
        colours = palette(theme)
        assert colours["land"] not in [*colours["fill"], *colours["changeFill"]]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_can_be_read_on_the_page(theme):
    colours = palette(theme)
    for role, least in (("ink", 7), ("ink2", 4.5), ("ink3", 4.5), ("link", 4.5)):
        assert contrast(colours[role], colours["page"]) >= least
    for line in colours["line"] + colours["changeLine"]:
        assert contrast(line, colours["page"]) >= 4.3


def test_change_has_its_own_breaks_and_its_middle_is_no_clear_change():
    assert legend()["changeWords"][class_of(0.5, CHANGE_BREAKS)] == "no clear change"
    assert legend()["changeWords"][class_of(-4, CHANGE_BREAKS)] == "much worse"


def test_paper_is_light_whatever_the_reader_chose():
    print_rule = stylesheet().split("@media print")[1]
    assert palette("light")["ink"] in print_rule
    assert palette("dark")["ink"] not in print_rule


def contrast(one: str, two: str) -> float:
    """Contrast ratio of WCAG 2."""
    dark, light = sorted((luminance(one), luminance(two)))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
