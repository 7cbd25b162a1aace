"""How does a map become one file that works with the network off?"""

from __future__ import annotations

import base64
import hashlib
import html
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO
from urllib.parse import urlsplit

import folium
from branca.element import CssLink, Element, Figure, JavascriptLink, MacroElement
from folium.map import Layer
from folium.template import Template

from relations.errors import RelationsError
from relations.maps import bundle
from relations.maps.colours import PALETTES, THEMES
from relations.maps.geometry import WORLDVIEWS
from relations.maps.payload import payload, to_deflated_json, to_json
from relations.writing import write_whole

if TYPE_CHECKING:
    from relations.scoring.scores import Scores

#: Height of the page inside a notebook.
_NOTEBOOK_HEIGHT = "720px"
#: Pairs that the page without scripts lists.
_STATIC_ROWS = 100
_VENDORED = re.compile(r"/leaflet(\.min)?\.(js|css)$")


class RelationsMap(folium.Map):
    """An interactive map of relations, saved as one self-contained HTML file.

    It is a `folium.Map`: other Folium elements can be added to it. An element that loads scripts, styles or tiles
    from the network is allowed to, and then the page needs the network for that element.

    Parameters
    ----------
    scores : Scores
        The scores of one or more snapshots.
    focus : str, optional
        Code or name of the country whose relations are shown first; without it every country has its mean relation.
    title : str
        Name of the dossier; it stands in the subtitle.
    theme : {"auto", "light", "dark"}
        `auto` follows the reader's system.
    colours : {"red-blue", "orange-blue"}
        `orange-blue` is for readers who do not tell red from green; the page's menu has the choice too.
    worldview : {"un", "ne", "both"}
        Borders close to the United Nations' maps, de facto borders (Natural Earth), or both with a switch; the United
        Nations' come first.
    basemap : str, optional
        A tile set as `folium.TileLayer` takes it; it needs the network.
    ui_lang : {"en"}
        Language of the page's own words; names of countries and words of events come with the data.

    Examples
    --------
    >>> from datetime import date
    >>> import relations
    >>> scores = relations.score([relations.Event("a", date(2025, 6, 23), "MLI", "RUS", type="CONSULT")])
    >>> page = RelationsMap(scores, focus="MLI", title="One meeting")
    >>> page._repr_html_().startswith("<iframe")
    True
    """

    _template = Template(
        """
        {% macro html(this, kwargs) %}{{ this.skeleton() }}{% endmacro %}
        {% macro script(this, kwargs) %}
            var {{ this.get_name() }} = L.map({{ this.get_name()|tojavascript }}, {{ this.options|tojavascript }});
            relationsPage({{ this.get_name() }}, {{ this.page_options|tojavascript }});
        {% endmacro %}
        """
    )

    def __init__(
        self,
        scores: Scores,
        focus: str | None = None,
        *,
        title: str = "",
        theme: str = "auto",
        colours: str = "red-blue",
        worldview: str = "both",
        basemap: str | None = None,
        ui_lang: str = "en",
    ) -> None:
        _check(theme, ("auto", *THEMES), "theme")
        _check(colours, tuple(PALETTES), "colours")
        _check(worldview, (*WORLDVIEWS, "both"), "worldview")
        _check(ui_lang, bundle.languages(), "ui_lang")
        super().__init__(
            location=[20, 10], zoom_start=2, tiles=basemap, zoom_control=False, zoom_snap=0.05, zoom_delta=0.5,
            attribution_control=bool(basemap), max_bounds_viscosity=0.8, wheel_px_per_zoom_level=110,
        )  # fmt: skip
        self.options |= {"min_zoom": 1.2, "max_zoom": 8, "max_bounds": [[-72, -240], [84.5, 260]]}
        self.worldviews = WORLDVIEWS if worldview == "both" else (worldview,)
        self.title, self.ui_lang = title, ui_lang
        self.payload = payload(
            scores, title=title, focus=focus, theme=theme, colours=colours, worldviews=self.worldviews
        )
        self._id = _digest(to_json(self.payload), repr(self.options))
        self.data_id = f"relations_data_{self._id}"
        self.page_options = {"data": self.data_id, "world": self.worldviews[0]}
        self.default_js: list[tuple[str, str]] = []  # the page carries Leaflet; folium's links would be fetched
        self.default_css: list[tuple[str, str]] = []
        figure = _OneFile(title=title or bundle.page_texts(ui_lang)["page.title"], height=_NOTEBOOK_HEIGHT)
        figure.ui_lang = ui_lang
        figure.add_child(self)

    def render(self, **kwargs: Any) -> None:  # type: ignore[override]  # as branca's own MacroElement.render
        """Put the page's parts and those of its children into the figure."""
        _settle_ids(self)
        MacroElement.render(self, **kwargs)  # type: ignore[no-untyped-call]  # branca is half typed

    def skeleton(self) -> str:
        """The page's own elements and data, ahead of the scripts that read them."""
        data = {key: value for key, value in self.payload.items() if key != "texts"}
        elements = {
            self.data_id: to_deflated_json(to_json(data)),
            # Apart, because the page opens them only when somebody asks why.
            f"{self.data_id}_texts": to_deflated_json(to_json(self.payload["texts"])),
            **{f"relations-deflated-{name}": bundle.deflated_outlines(name) for name in self.worldviews},
        }
        return (
            bundle.page_html(self.ui_lang).replace("MAP_ID", self.get_name())
            + f"<noscript>{_static_table(self.payload, bundle.page_texts(self.ui_lang))}</noscript>\n"
            + "".join(
                f'<script type="application/json" id="{name}">{text}</script>\n' for name, text in elements.items()
            )
        )

    def save(self, outfile: str | bytes | Path | BinaryIO, close_file: bool = True, **kwargs: Any) -> None:
        """Write the page; a file appears whole or not at all.

        Parameters
        ----------
        outfile : path or binary file object
        close_file : bool
            Whether a file object is closed afterwards.
        """
        content = self.get_root().render(**kwargs).encode("utf-8")
        if isinstance(outfile, (str, bytes, Path)):
            write_whole(os.fsdecode(outfile), content)
            return
        outfile.write(content)
        if close_file:
            outfile.close()

    def _repr_html_(self, **kwargs: Any) -> str:
        """The page in a frame of a notebook."""
        content = html.escape(self.get_root().render(**kwargs))
        words = bundle.page_texts(self.ui_lang)["page.frame"]
        return (
            f'<iframe srcdoc="{content}" title="{html.escape(words)}" width="100%" height="{_NOTEBOOK_HEIGHT}" '
            'style="border: 1px solid #d9dde0" allowfullscreen></iframe>'
        )


class _OneFile(Figure):
    """A figure that carries every script and style inside and forbids all others."""

    ui_lang = "en"

    def render(self, **kwargs: Any) -> str:
        for child in list(self._children.values()):
            child.render(**kwargs)
        links = list(self._links())
        foreign = "\n".join(self._foreign(kwargs))
        page = (
            f'<!DOCTYPE html>\n<html lang="{self.ui_lang}">\n<head>\n<meta charset="utf-8">\nPOLICY\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f"<title>{html.escape(str(self.title))}</title>\n"
            f"<style>{bundle.leaflet_style()}</style>\n<style>{bundle.page_style()}</style>\n"
        )
        body = f"</head>\n<body>\n{self.html.render(**kwargs)}\n"
        scripts = f"<script>{bundle.leaflet_script()}</script>\n<script>{bundle.page_script(self.ui_lang)}</script>\n"
        end = f"<script>{self.script.render(**kwargs)}</script>\n</body>\n</html>\n"
        policy = _policy(page + scripts + foreign + end, links, _tile_origins(self))
        return page.replace("POLICY", policy) + body + scripts.replace("POLICY", "") + foreign + "\n" + end

    def _links(self) -> Iterator[str]:
        """Addresses that elements of others load from the network."""
        for child in self.header._children.values():
            if isinstance(child, (JavascriptLink, CssLink)) and not _VENDORED.search(child.url):
                yield child.url

    def _foreign(self, kwargs: dict[str, Any]) -> Iterator[str]:
        """What elements of others put in the head, less what the page carries already."""
        for name, child in self.header._children.items():
            if name == "meta_http" or name.startswith("relations-"):
                continue
            if isinstance(child, (JavascriptLink, CssLink)) and _VENDORED.search(child.url):
                continue
            yield child.render(**kwargs)


def _policy(page: str, links: list[str], tiles: list[str]) -> str:
    """A content security policy of hashes: the same page has the same bytes, and a changed script does not run."""
    origins = sorted({_origin(link) for link in links})
    scripts = [_hash(text) for text in re.findall(r"<script>(.*?)</script>", page, re.DOTALL)]
    styles = [_hash(text) for text in re.findall(r"<style>(.*?)</style>", page, re.DOTALL)]
    rules = [
        "default-src 'none'",
        "script-src " + " ".join(scripts + origins),
        # Elements of others write style attributes, which no hash allows.
        "style-src " + " ".join(["'unsafe-inline'", *origins] if origins else styles),
        "img-src " + " ".join(["data:", "blob:", *tiles]),
        "base-uri 'none'",
        "form-action 'none'",
    ]
    if origins:
        rules.append("font-src " + " ".join(origins))
    return f'<meta http-equiv="Content-Security-Policy" content="{html.escape("; ".join(rules), quote=False)}">'


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.replace("\r\n", "\n").encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def _origin(link: str) -> str:
    """Scheme and host of an address; anything that could leave the attribute is refused."""
    parts = urlsplit(link if "//" in link else f"https://{link}")
    host = re.sub(r"\{s\}", "*", parts.netloc)
    if not re.fullmatch(r"[\w.*:-]+", host):
        raise RelationsError(f"Cannot read the host of {link!r}. Give a full address that begins with https://.")
    return f"{parts.scheme or 'https'}://{host}"


def _tile_origins(figure: Figure) -> list[str]:
    """Hosts of the tiles of any tile layer on the map."""
    return sorted({_origin(child.tiles) for child in _descendants(figure) if isinstance(child, folium.TileLayer)})


def _descendants(element: Element) -> Iterator[Element]:
    for child in element._children.values():
        yield child
        yield from _descendants(child)


def _settle_ids(element: Element) -> None:
    """Give every child an id that follows from its place: branca draws them at random."""
    for place, child in enumerate(element._children.values()):
        if not getattr(child, "content_id", ""):
            before = child._id
            child._id = _digest(element._id, str(place), child._name)
            if isinstance(child, Layer) and child.layer_name.endswith(before):
                child.layer_name = child.get_name()
        _settle_ids(child)


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8")).hexdigest()[:32]


def _static_table(data: dict[str, Any], texts: dict[str, str]) -> str:
    """The newest scores as plain HTML, for a reader whose browser runs no scripts."""
    from relations.maps.columns import unpack

    names, last = data["countries"]["names"], len(data["at"]) - 1
    rows = []
    for pair in data["pairs"]:
        if last < 0 or pair[2][0][last] == "0":
            continue
        score, low, high = (
            unpack(column)[-1] / parts for column, parts in zip(pair[2][1:4], (1000, 100, 100), strict=True)
        )
        cells = (names[pair[0]], names[pair[1]], f"{score:+.1f}", f"{low:+.1f}", f"{high:+.1f}")
        rows.append((score, "".join(f"<td>{_plain(cell)}</td>" for cell in cells)))
    listed = sorted(rows, key=lambda row: (-abs(row[0]), row[1]))[:_STATIC_ROWS]
    heads = (texts[f"table.{key}"] for key in ("country", "country", "score", "low", "high"))
    return (
        f"<p>{_plain(texts['note.noScripts'])}</p>"
        f"<table><tr>{''.join(f'<th>{_plain(head)}</th>' for head in heads)}</tr>"
        + "".join(f"<tr>{cells}</tr>" for _, cells in listed)
        + "</table>"
    )


def _plain(text: str) -> str:
    """Text that is neither markup nor a Jinja expression."""
    return html.escape(text).replace("{", "&#123;")


def _check(value: str, allowed: tuple[str, ...], name: str) -> None:
    if value not in allowed:
        raise RelationsError(f"No {name} {value!r}. Use one of {', '.join(allowed)}.")
