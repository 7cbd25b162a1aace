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
#: The same classes for readers who do not tell red from green: levels orange to blue, changes purple to green.
#: Chosen by search for the largest distance between neighbours under three kinds of colour blindness; docs/map.md.
_SAFE_CLASSES = {
    "light": {
        "fill": "#b0521b #cd9343 #efc577 #f9f1d7 #9ddafc #88a1c4 #2f588e",
        "line": "#662504 #a34f05 #8c6e56 #555042 #227c9d #01548e #1b2049",
        "changeFill": "#77478d #a885b8 #dcb8e8 #f9f1d7 #a4dd95 #7da952 #6e7c43",
        "changeLine": "#470f55 #704180 #886997 #5e5c54 #5b7f43 #35601e #2b3823",
    },
    "dark": {
        "fill": "#f2a558 #ad7846 #7b541d #504c40 #415a6b #467bb6 #86afd4",
        "line": "#efc59f #fb9b4a #c6ab8a #949187 #94abbc #69b0f9 #bae3fe",
        "changeFill": "#db91e4 #a06eb0 #784878 #504c44 #616f34 #7c976d #92cc81",
        "changeLine": "#e3c9e9 #f399f8 #bf93c0 #93928e #a2b399 #90c75b #d0e3b9",
    },
}
#: Palettes a reader can choose from, the usual one first.
PALETTES = {"red-blue": _CLASSES, "orange-blue": _SAFE_CLASSES}
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


def fill_colour(score: float, theme: str = "light", colours: str = "red-blue") -> str:
    """Colour of a country whose relation has this score, as `#rrggbb`."""
    return str(palette(theme, colours)["fill"][class_of(score)])


def line_colour(score: float, theme: str = "light", colours: str = "red-blue") -> str:
    """Colour of an arc, dot or number of this score, as `#rrggbb`."""
    return str(palette(theme, colours)["line"][class_of(score)])


def palette(theme: str = "light", colours: str = "red-blue") -> dict[str, Any]:
    """All colours of a theme: seven of each kind of class, and one of each role."""
    return {kind: seven.split() for kind, seven in PALETTES[colours][theme].items()} | _ROLES[theme]


def legend() -> dict[str, Any]:
    """Breaks, words and colours as the page reads them."""
    return {
        "breaks": list(BREAKS),
        "words": list(WORDS),
        "changeBreaks": list(CHANGE_BREAKS),
        "changeWords": list(CHANGE_WORDS),
        "palettes": {colours: {theme: palette(theme, colours) for theme in THEMES} for colours in PALETTES},
    }


def stylesheet() -> str:
    """Both themes as CSS variables: the reader's choice in `data-theme` wins over the system's, print is light."""
    light, dark = (f"color-scheme: {theme}; {_roles(theme)} {_classes(theme, 'red-blue')}" for theme in THEMES)
    return _rules("", light, dark) + "".join(
        _rules(f'[data-colours="{colours}"]', *(_classes(theme, colours) for theme in THEMES))
        for colours in list(PALETTES)[1:]
    )


def _rules(chosen: str, light: str, dark: str) -> str:
    return (
        f":root{chosen} {{ {light} }}\n"
        f'@media (prefers-color-scheme: dark) {{ :root{chosen}:not([data-theme="light"]) {{ {dark} }} }}\n'
        f':root{chosen}[data-theme="dark"] {{ {dark} }}\n'
        f"@media print {{ :root:root:root{chosen} {{ {light} }} }}\n"
    )


def _roles(theme: str) -> str:
    return " ".join(f"--{role}: {colour};" for role, colour in _ROLES[theme].items())


def _classes(theme: str, colours: str) -> str:
    return " ".join(
        f"--{kind}-{index}: {colour};"
        for kind, seven in PALETTES[colours][theme].items()
        for index, colour in enumerate(seven.split())
    )
