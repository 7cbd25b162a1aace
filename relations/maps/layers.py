"""How do relations lie on anyone's Folium map?"""

from __future__ import annotations

import base64
import hashlib
import html
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from branca.element import Element, Figure
from folium.elements import JSCSSMixin
from folium.map import Layer
from folium.template import Template

from relations.errors import BadDate, RelationsError
from relations.maps import bundle
from relations.maps.colours import PALETTES, THEMES
from relations.maps.geometry import WORLDVIEWS
from relations.maps.payload import payload, to_json

if TYPE_CHECKING:
    from relations.scoring.scores import Scores


#: Bytes of sentences, titles and links that the popups of a layer may carry.
_EVIDENCE_BYTES = 120_000
#: Name of our own script among a layer's links; elements that share the page know it by the same name.
_CODE = "relations-layers-script"


class CarriesCode(JSCSSMixin):
    """An element that needs our canvas code: once in the page, however many there are.

    The code stands in the page itself. It is in `default_js` too, as a `data:` address, for hosts that read the links
    of elements and leave out the head's own scripts, as streamlit-folium does.
    """

    def __init__(self, *args: Any, ui_lang: str = "en", **kwargs: Any) -> None:
        check_choice("ui_lang", ui_lang, bundle.languages())
        self.ui_lang = ui_lang
        super().__init__(*args, **kwargs)  # type: ignore[no-untyped-call]  # branca is half typed
        # lists of its own: folium's add_js_link writes into them, and the class has one for all
        self.default_js: list[tuple[str, str]] = [(_CODE, _address(bundle.layers_script(ui_lang)))]
        self.default_css: list[tuple[str, str]] = []

    def render(self, **kwargs: Any) -> None:  # type: ignore[override]  # as branca's own MacroElement.render
        """Put the code into the page, and the links that others added to this element."""
        header = self._figure().header
        header.add_child(Element(f"<style>{bundle.layers_style()}</style>"), name="relations-layers-style")
        script = f"{{% raw %}}<script>{bundle.layers_script(self.ui_lang)}</script>{{% endraw %}}"
        header.add_child(Element(script), name=_CODE)
        ours, self.default_js = self.default_js, [link for link in self.default_js if link[0] != _CODE]
        try:
            super().render(**kwargs)  # type: ignore[no-untyped-call]  # branca is half typed
        finally:
            self.default_js = ours

    def _figure(self) -> Figure:
        figure = self.get_root()
        if not isinstance(figure, Figure):
            raise RelationsError("A layer is drawn on a map: call add_to(folium.Map()) first.")
        return figure


class _RelationsLayer(CarriesCode, Layer):
    """What the choropleth and the arcs share: data in a JSON element, our canvas code, an id that follows from both."""

    kind = ""
    _template = Template(
        """
        {% macro script(this, kwargs) %}
            var {{ this.get_name() }} = relationsLayer({{ this.kind|tojavascript }}, {{ this.options|tojavascript }});
        {% endmacro %}
        """
    )

    def __init__(
        self,
        scores: Scores,
        focus: str | None,
        at: date | str | None,
        options: dict[str, Any],
        *,
        name: str | None,
        overlay: bool,
        control: bool,
        show: bool,
        ui_lang: str,
    ) -> None:
        check_choice("worldview", options["worldview"], WORLDVIEWS)
        check_choice("theme", options["theme"], THEMES)
        check_choice("colours", options["colours"], tuple(PALETTES))
        self._name = type(self).__name__
        super().__init__(
            name=html.escape(name or self._name).replace("{", "&#123;"), overlay=overlay, control=control, show=show,
            ui_lang=ui_lang,
        )  # fmt: skip
        self._name = type(self).__name__  # branca sets it anew
        data = payload(scores, focus=focus, evidence_bytes=_EVIDENCE_BYTES if options["popup"] else 0)
        self.data = to_json(data)
        self.worldview = options["worldview"]
        self._bounds = _bounds(data)
        self.options = options | {
            "data": f"relations_data_{_digest(self.data)}",
            "focus": data["focus"],
            "at": _snapshot(scores, at),
        }
        self.content_id = _digest(self.data, self.kind, self.layer_name, repr(sorted(options.items())), str(at))

    def render(self, **kwargs: Any) -> None:  # type: ignore[override]  # as branca's own MacroElement.render
        """Put the outlines and the scores into the page once, however many layers read them."""
        self._add_json(f"relations-geometry-{self.worldview}", bundle.outlines(self.worldview))
        self._add_json(self.options["data"], self.data)
        super().render(**kwargs)

    def get_name(self) -> str:
        """Name of the layer in the page's script: from its content, and its place among equal ones on the same map."""
        if self._parent is None:
            return str(super().get_name())
        twins = [layer for layer in _layers(self.get_root()) if layer.content_id == self.content_id]
        place = next((place for place, layer in enumerate(twins) if layer is self), 0)
        return f"relations_{self.kind}_{self.content_id}" + (f"_{place}" if place else "")

    def _add_json(self, name: str, data: str) -> None:
        element = Element(f'<script type="application/json" id="{name}">{data}</script>')
        self._figure().html.add_child(element, name=name)

    def _get_self_bounds(self) -> list[list[float | None]]:
        return self._bounds


class RelationsChoropleth(_RelationsLayer):
    """Countries coloured by their relation with one, or by the mean of all their relations.

    Parameters
    ----------
    scores : Scores
    focus : str, optional
        Code or name of a country; without it a country's colour is the weighted mean of its relations.
    at : datetime.date or str, optional
        The snapshot; the newest by default. A `RelationsTimeline` on the same map goes through all of them.
    worldview : {"un", "ne"}
        Borders close to the United Nations' maps, or de facto ones (Natural Earth); disputed borders are dashed.
    theme : {"light", "dark"}
    colours : {"red-blue", "orange-blue"}
        `orange-blue` is for readers who do not tell red from green.
    popup : bool
        Whether a click on a country says why: its relations, or the sentences behind its relation with the focus.
    legend : bool
        Whether the map gets the scale of colours, once for all layers.
    name, overlay, control, show
        As for any `folium.map.Layer`.
    ui_lang : {"en"}
        Language of tips, popups and legend; one a page.

    Examples
    --------
    >>> from datetime import date
    >>> import relations
    >>> scores = relations.score([relations.Event("a", date(2025, 6, 23), "MLI", "RUS", type="CONSULT")])
    >>> import folium
    >>> m = folium.Map()
    >>> layer = RelationsChoropleth(scores, focus="MLI").add_to(m)
    >>> layer.get_name() in m.get_root().render()
    True

    It lies on the map of a GeoDataFrame as well: `RelationsChoropleth(scores).add_to(frame.explore())`.
    """

    kind = "countries"

    def __init__(
        self,
        scores: Scores,
        focus: str | None = None,
        at: date | str | None = None,
        *,
        worldview: str = "un",
        theme: str = "light",
        colours: str = "red-blue",
        popup: bool = True,
        legend: bool = True,
        name: str | None = None,
        overlay: bool = True,
        control: bool = True,
        show: bool = True,
        ui_lang: str = "en",
    ) -> None:
        options = {
            "worldview": worldview, "theme": theme, "colours": colours, "limit": 0, "labels": False, "popup": popup,
            "legend": legend,
        }  # fmt: skip
        shown = {"overlay": overlay, "control": control, "show": show}
        super().__init__(scores, focus, at, options, name=name, ui_lang=ui_lang, **shown)


class RelationArcs(_RelationsLayer):
    """Curved arcs between countries: colour by score, width by events, heads where the two directions differ.

    Parameters
    ----------
    scores : Scores
    focus : str, optional
        Code or name of a country; only its pairs are drawn.
    at : datetime.date or str, optional
        The snapshot; the newest by default. A `RelationsTimeline` on the same map goes through all of them.
    limit : int
        Pairs drawn, strongest first; 0 means 11 with a focus and 24 without.
    labels : bool
        Whether the ends are named.
    worldview : {"un", "ne"}
    theme : {"light", "dark"}
    colours : {"red-blue", "orange-blue"}
        `orange-blue` is for readers who do not tell red from green.
    popup : bool
        Whether a click on an arc shows the sentences behind its score.
    legend : bool
        Whether the map gets the scale of colours, once for all layers.
    name, overlay, control, show
        As for any `folium.map.Layer`.
    ui_lang : {"en"}
        Language of tips, popups and legend; one a page.

    Examples
    --------
    >>> from datetime import date
    >>> import relations
    >>> scores = relations.score([relations.Event("a", date(2025, 6, 23), "MLI", "RUS", type="CONSULT")])
    >>> import folium
    >>> arcs = RelationArcs(scores).add_to(folium.Map())
    >>> arcs.get_bounds()
    [[17.35, -3.54], [56.5, 44.0]]
    """

    kind = "arcs"

    def __init__(
        self,
        scores: Scores,
        focus: str | None = None,
        at: date | str | None = None,
        *,
        limit: int = 0,
        labels: bool = True,
        worldview: str = "un",
        theme: str = "light",
        colours: str = "red-blue",
        popup: bool = True,
        legend: bool = True,
        name: str | None = None,
        overlay: bool = True,
        control: bool = True,
        show: bool = True,
        ui_lang: str = "en",
    ) -> None:
        if limit < 0:
            raise RelationsError(f"Want a limit of 0 or more arcs, got {limit}.")
        options = {
            "worldview": worldview, "theme": theme, "colours": colours, "limit": limit, "labels": labels,
            "popup": popup, "legend": legend,
        }  # fmt: skip
        shown = {"overlay": overlay, "control": control, "show": show}
        super().__init__(scores, focus, at, options, name=name, ui_lang=ui_lang, **shown)


def check_choice(name: str, value: str, allowed: Sequence[str]) -> None:
    """Refuse an option that is none of those there are."""
    if value not in allowed:
        raise RelationsError(f"No {name} {value!r}. Use one of {', '.join(allowed)}.")


def _snapshot(scores: Scores, at: date | str | None) -> int | None:
    """Place of a snapshot, None for the newest."""
    if at is None:
        return None
    wanted = date.fromisoformat(at) if isinstance(at, str) else at
    if wanted not in scores.at:
        raise BadDate(f"No snapshot of {wanted}. There are {', '.join(map(str, scores.at))}.")
    return list(scores.at).index(wanted)


def _bounds(data: dict[str, Any]) -> list[list[float | None]]:
    """Box of the countries that have a score, as branca wants it: south-west, north-east."""
    countries = data["countries"]
    ends = {
        end
        for pair in data["pairs"]
        for end in pair[:2]
        if not data["focus"] or data["focus"] in _codes(countries, pair)
    }
    drawn = [end for end in sorted(ends) if countries["lat"][end] is not None]
    if not drawn:
        return [[None, None], [None, None]]
    lat, lon = ([countries[key][end] for end in drawn] for key in ("lat", "lon"))
    return [[min(lat), min(lon)], [max(lat), max(lon)]]


def _codes(countries: dict[str, Any], pair: list[Any]) -> list[str]:
    return [countries["codes"][end] for end in pair[:2]]


def _layers(element: Element) -> Iterator[_RelationsLayer]:
    for child in element._children.values():
        if isinstance(child, _RelationsLayer):
            yield child
        yield from _layers(child)


def _address(script: str) -> str:
    return f"data:text/javascript;base64,{base64.b64encode(script.encode('utf-8')).decode('ascii')}"


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8")).hexdigest()[:32]
