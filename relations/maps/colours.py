"""Which colour does a score get?"""

from __future__ import annotations

from typing import Any

from relations.scoring.words import BREAKS, WORDS, class_of

#: Edges of the seven classes of a change between two snapshots, in points.
CHANGE_BREAKS = (-4.0, -2.0, -0.75, 0.75, 2.0, 4.0)
CHANGE_WORDS = (
    "much worse", "worse", "slightly worse", "no clear change", "slightly better", "better", "much better",
)  # fmt: skip
THEMES = ("light", "dark")

#: Fills are two steps lighter than lines of the same class, so that an arc is seen on the country it enters.
_CLASSES = {
    "light": {
        "fill": "#d04f45 #ea8a73 #f3bbab #f7f1dc #bcdaee #82b6dd #4287c2",
        "line": "#8f0e26 #c23a26 #ad5f4a #575240 #457799 #1f6cab #0e3f79",
        "changeFill": "#c96f12 #eda24a #fbd6a4 #f7f1dc #d9d1ec #ad9fd3 #7559b3",
        "changeLine": "#7d3a00 #a95500 #9a6a1f #736f66 #7a6fa8 #5f4aa2 #42207a",
    },
    "dark": {
        "fill": "#cf5449 #a24740 #7c4a44 #4a473a #36566e #2f709f #4196d6",
        "line": "#ffaaa0 #fb8373 #dfa598 #8e8b7e #98bcd4 #77bdf0 #b5e1ff",
        "changeFill": "#cf7f22 #94601f #624726 #4a473a #453e63 #65559c #8f76d6",
        "changeLine": "#ffb960 #eda03c #cda76e #a9a79c #aea6cf #ab98ec #cdbfff",
    },
}
_ROLES = {
    "light": {
        "page": "#ffffff", "sea": "#f3f5f6", "land": "#dfe2e5", "hatch": "#cdd2d6", "border": "#ffffff",
        "casing": "#ffffff", "focus": "#ffffff", "ink": "#1b1f23", "ink2": "#4a5158", "ink3": "#646b72",
        "rule": "#d9dde0", "rule2": "#eaedef", "link": "#0b57b7", "marker": "#ffe9a3", "hover": "#f3f5f6",
    },
    "dark": {
        "page": "#14181c", "sea": "#14181c", "land": "#272d33", "hatch": "#343c44", "border": "#14181c",
        "casing": "#0f1215", "focus": "#0b0e10", "ink": "#eef0f1", "ink2": "#bac1c7", "ink3": "#979fa7",
        "rule": "#353d45", "rule2": "#272e34", "link": "#85bcff", "marker": "#5f4d0c", "hover": "#1e242a",
    },
}  # fmt: skip


def fill_colour(score: float, theme: str = "light") -> str:
    """Colour of a country whose relation has this score, as `#rrggbb`."""
    return str(palette(theme)["fill"][class_of(score)])


def line_colour(score: float, theme: str = "light") -> str:
    """Colour of an arc, dot or number of this score, as `#rrggbb`."""
    return str(palette(theme)["line"][class_of(score)])


def palette(theme: str = "light") -> dict[str, Any]:
    """All colours of a theme: seven of each kind of class, and one of each role."""
    return {kind: colours.split() for kind, colours in _CLASSES[theme].items()} | _ROLES[theme]


def legend() -> dict[str, Any]:
    """Breaks, words and colours as the page reads them."""
    return {
        "breaks": list(BREAKS),
        "words": list(WORDS),
        "changeBreaks": list(CHANGE_BREAKS),
        "changeWords": list(CHANGE_WORDS),
        "themes": {theme: palette(theme) for theme in THEMES},
    }


def stylesheet() -> str:
    """Both themes as CSS variables: the reader's choice in `data-theme` wins over the system's, print is light."""
    light, dark = (_variables(theme) for theme in THEMES)
    return (
        f":root {{ color-scheme: light; {light} }}\n"
        f'@media (prefers-color-scheme: dark) {{ :root:not([data-theme="light"]) {{ color-scheme: dark; {dark} }} }}\n'
        f':root[data-theme="dark"] {{ color-scheme: dark; {dark} }}\n'
        f"@media print {{ :root:root:root {{ color-scheme: light; {light} }} }}\n"
    )


def _variables(theme: str) -> str:
    roles = [f"--{role}: {colour};" for role, colour in _ROLES[theme].items()]
    classes = [
        f"--{kind}-{index}: {colour};"
        for kind, colours in _CLASSES[theme].items()
        for index, colour in enumerate(colours.split())
    ]
    return " ".join(roles + classes)
