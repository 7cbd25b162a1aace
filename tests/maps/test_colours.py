"""A colour says one of seven words, the same everywhere."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from relations.maps.colours import CHANGE_BREAKS, PALETTES, fill_colour, legend, line_colour, palette, stylesheet
from relations.scoring.words import BREAKS, WORDS, class_of

#: Simulations of Machado, Oliveira and Fernandes (2009) at full strength, on linear RGB.
VISIONS = {
    "normal": np.eye(3),
    "protanopia": np.array([[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
                            [-0.003882, -0.048116, 1.051998]]),
    "deuteranopia": np.array([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
                              [-0.011820, 0.042940, 0.968881]]),
    "tritanopia": np.array([[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
                            [0.004733, 0.691367, 0.303900]]),
}  # fmt: skip
_TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
KINDS = ("fill", "line", "changeFill", "changeLine")
EVERY_PALETTE = [(theme, colours) for theme in ("light", "dark") for colours in PALETTES]


@pytest.mark.parametrize(
    ("below", "at", "above"),
    [("#d04f45", "#d04f45", "#ea8a73"), ("#ea8a73", "#ea8a73", "#f3bbab"), ("#f3bbab", "#f3bbab", "#f7f1dc"),
     ("#f7f1dc", "#bcdaee", "#bcdaee"), ("#bcdaee", "#82b6dd", "#82b6dd"), ("#82b6dd", "#4287c2", "#4287c2")],
)  # fmt: skip
def test_a_score_on_a_break_takes_the_colour_farther_from_zero(below, at, above):
    edge = dict(zip([("#d04f45", "#ea8a73"), ("#ea8a73", "#f3bbab"), ("#f3bbab", "#f7f1dc"), ("#f7f1dc", "#bcdaee"),
                     ("#bcdaee", "#82b6dd"), ("#82b6dd", "#4287c2")], BREAKS, strict=True))[below, above]  # fmt: skip
    assert [fill_colour(edge - 0.001), fill_colour(edge), fill_colour(edge + 0.001)] == [below, at, above]


@pytest.mark.parametrize(("theme", "name"), EVERY_PALETTE)
def test_every_word_has_a_fill_and_a_line_of_its_own(theme, name):
    colours = palette(theme, name)
    for kind in KINDS:
        assert len(set(colours[kind])) == len(WORDS)
    assert line_colour(0, theme, name) == colours["line"][3]


@pytest.mark.parametrize(("theme", "name"), EVERY_PALETTE)
@pytest.mark.parametrize("vision", VISIONS)
def test_no_data_is_no_colour_of_the_scale(theme, name, vision):
    colours, least = palette(theme, name), 5 if name == "red-blue" else 10
    for fill in [*colours["fill"], *colours["changeFill"]]:
        assert distance(fill, colours["land"], vision) > least


@pytest.mark.parametrize(("theme", "name"), EVERY_PALETTE)
@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize("kind", KINDS)
def test_no_reader_takes_a_hostile_colour_for_a_friendly_one(theme, name, vision, kind):
    seven = palette(theme, name)[kind]
    nearest = min(distance(bad, good, vision) for bad in seven[:3] for good in seven[4:])
    assert nearest > (14 if name == "red-blue" else 20)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize("kind", KINDS)
def test_the_palette_for_the_colour_blind_keeps_all_seven_classes_apart(theme, vision, kind):
    seven = palette(theme, "orange-blue")[kind]
    assert min(distance(one, two, vision) for one, two in pairwise(seven)) > 10


@pytest.mark.parametrize(("theme", "name"), EVERY_PALETTE)
def test_text_can_be_read_on_the_page(theme, name):
    colours = palette(theme, name)
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


def seen(colour: str, vision: str) -> np.ndarray:
    """CIE Lab of `#rrggbb` as somebody sees it."""
    parts = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    x, y, z = np.clip(VISIONS[vision] @ linear, 0, 1) @ _TO_XYZ.T / _TO_XYZ.sum(axis=1)
    fx, fy, fz = (np.cbrt(v) if v > 216 / 24389 else 24389 / 27 * v / 116 + 16 / 116 for v in (x, y, z))
    return np.array([116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)])


def distance(one: str, two: str, vision: str = "normal") -> float:
    """CIEDE2000 (Sharma, Wu and Dalal 2005) between two colours; 2.3 is just noticeable.

    >>> round(distance("#000000", "#ffffff"), 1)
    100.0
    """
    (l1, a1, b1), (l2, a2, b2) = seen(one, vision), seen(two, vision)
    chroma = (np.hypot(a1, b1) + np.hypot(a2, b2)) / 2
    stretch = 1.5 - 0.5 * np.sqrt(chroma**7 / (chroma**7 + 25**7))
    c1, c2 = np.hypot(a1 * stretch, b1), np.hypot(a2 * stretch, b2)
    h1, h2 = (np.degrees(np.arctan2(b, a * stretch)) % 360 for a, b in ((a1, b1), (a2, b2)))
    turn = (h2 - h1 + 180) % 360 - 180 if c1 * c2 else 0.0
    mean = (h1 + turn / 2) % 360 if c1 * c2 else h1 + h2
    light, chroma = (l1 + l2) / 2, (c1 + c2) / 2
    waves = (
        1 - 0.17 * np.cos(np.radians(mean - 30)) + 0.24 * np.cos(np.radians(2 * mean))
        + 0.32 * np.cos(np.radians(3 * mean + 6)) - 0.20 * np.cos(np.radians(4 * mean - 63))
    )  # fmt: skip
    dl = (l2 - l1) / (1 + 0.015 * (light - 50) ** 2 / np.sqrt(20 + (light - 50) ** 2))
    dc = (c2 - c1) / (1 + 0.045 * chroma)
    dh = 2 * np.sqrt(c1 * c2) * np.sin(np.radians(turn / 2)) / (1 + 0.015 * chroma * waves)
    cross = -2 * np.sqrt(chroma**7 / (chroma**7 + 25**7))
    cross *= np.sin(np.radians(60 * np.exp(-(((mean - 275) / 25) ** 2))))
    return float(np.sqrt(dl**2 + dc**2 + dh**2 + cross * dc * dh))
