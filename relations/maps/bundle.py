"""Which scripts, styles and outlines does a page carry?"""

from __future__ import annotations

import base64
import html
import json
import re
from functools import cache
from itertools import accumulate
from pathlib import Path

from relations.errors import RelationsError
from relations.maps.colours import stylesheet
from relations.maps.columns import pack
from relations.maps.geometry import topojson_text
from relations.maps.payload import to_deflated_json, to_json

_ASSETS = Path(__file__).parent / "assets"
#: Each file answers one question and uses only what stands before it.
_LAYERS = (
    "text", "columns", "model", "geometry", "sheet", "countries", "choosing", "arcs", "labels", "reader", "folium",
    "snapshots",
)  # fmt: skip
_PAGE = (
    "pairs", "opening", "elements", "rolling", "state", "hash", "words", "legend", "charts", "timeline",
    "tips", "mapview", "list", "evidence", "pair", "change", "table", "search", "filter", "menu", "exports", "drawing",
    "bottomsheet", "keyboard", "page",
)  # fmt: skip


@cache
def leaflet_script() -> str:
    """Leaflet 1.9.4 and its licence, without the link to a source map, which no page carries, and with its marker."""
    marker = f'iconUrl: "{_image("images/marker-icon.png")}", shadowUrl: "{_image("images/marker-shadow.png")}"'
    return (
        f"/*\n{_read('leaflet/LICENSE').strip()}\n*/\n"
        + re.sub(r"\n//# sourceMappingURL=.*", "", _read("leaflet/leaflet.js")).strip()
        + f'\nL.Icon.Default.imagePath = "";\nL.Icon.Default.mergeOptions({{ {marker}, iconRetinaUrl: null }});'
    )


@cache
def leaflet_style() -> str:
    """Leaflet's style sheet with its three images inside."""
    css = _read("leaflet/leaflet.css").replace("images/layers-2x.png", "images/layers.png")
    css = re.sub(r"\s*behavior: url\(#default#VML\);", "", css)
    return re.sub(r"url\((images/[a-z-]+\.png)\)", lambda match: f"url({_image(match[1])})", css)


@cache
def layers_script(language: str = "en") -> str:
    """Our canvas layers, for anyone's Folium map: one name, `relationsLayer`, enters the page."""
    return _wrapped(_LAYERS, (), "window.relationsLayer = foliumLayer;", language)


@cache
def page_script(language: str = "en") -> str:
    """The layers and the whole page around them."""
    names = "window.relationsLayer = foliumLayer;\nwindow.relationsPage = relationsPage;"
    return _wrapped(_LAYERS, _PAGE, names, language)


@cache
def layers_style() -> str:
    """Styles of the layers' canvas and tip."""
    return _read("layers/layers.css")


@cache
def page_style() -> str:
    """Both themes, the layers and the page."""
    return stylesheet() + layers_style() + _tight(_read("page/page.css"))


@cache
def page_html(language: str = "en") -> str:
    """The skeleton of the page; MAP_ID stands for the map's element."""
    texts = page_texts(language)
    return re.sub(r"\[\[([\w.]+)\]\]", lambda match: html.escape(texts[match[1]]), _read("page/page.html"))


@cache
def page_texts(language: str = "en") -> dict[str, str]:
    """Every text of the page and of the layers by its key; a second language is a second table."""
    if language not in languages():
        raise RelationsError(f"No ui_lang {language!r}. Use one of {', '.join(languages())}.")
    texts: dict[str, str] = json.loads(_read(f"lang/{language}.json"))
    return texts


def languages() -> tuple[str, ...]:
    """Languages that have a table of texts."""
    return tuple(sorted(path.stem for path in (_ASSETS / "lang").glob("*.json")))


@cache
def outlines(worldview: str) -> str:
    """Outlines as JSON that may stand inside a script element: TopoJSON whose arcs are packed, less than half as long.

    An arc is two packed columns, of all x and of all y on the grid of `transform`.
    """
    topology = json.loads(topojson_text(worldview))
    arcs = [[pack(accumulate(column)) for column in zip(*arc, strict=True)] for arc in topology["arcs"]]
    shapes = [
        {key: shape.get(key) for key in ("type", "id", "arcs")}
        for shape in topology["objects"]["countries"]["geometries"]
    ]
    disputed = topology["objects"]["disputed"]["arcs"]
    return to_json({"transform": topology["transform"], "countries": shapes, "disputed": disputed, "arcs": arcs})


@cache
def deflated_outlines(worldview: str) -> str:
    """The same outlines, deflated."""
    return to_deflated_json(outlines(worldview))


def _read(name: str) -> str:
    return (_ASSETS / name).read_text(encoding="utf-8")


def _image(name: str) -> str:
    content = base64.b64encode((_ASSETS / "leaflet" / name).read_bytes()).decode("ascii")
    return f"data:image/png;base64,{content}"


def _tight(text: str) -> str:
    """A script or style sheet without its indents and comments; every other character stays."""
    text = re.sub(r"^ */\*\*.*?\*/\n", "", text, flags=re.DOTALL | re.MULTILINE)
    lines = (line.strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line and not line.startswith("//"))


def _wrapped(layers: tuple[str, ...], page: tuple[str, ...], names: str, language: str) -> str:
    texts = f"const TEXTS = {to_json(page_texts(language))};\n"
    files = [_read(f"layers/{name}.js") for name in layers] + [_read(f"page/{name}.js") for name in page]
    return '(function () {\n"use strict";\n' + texts + _tight("\n".join(files)) + "\n" + names + "\n})();"
