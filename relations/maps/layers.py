"""How do relations lie on anyone's Folium map?"""

from __future__ import annotations

import hashlib
import html
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from branca.element import Element, Figure
from folium.elements import JSCSSMixin
from folium.map import Layer
from folium.template import Template

from relations.errors import BadDate, RelationsError
from relations.maps import bundle
from relations.maps.payload import payload, to_json

if TYPE_CHECKING:
    from relations.scoring.scores import Scores


class _RelationsLayer(JSCSSMixin, Layer):
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
    ) -> None:
        super().__init__(
            name=html.escape(name or self._name).replace("{", "&#123;"), overlay=overlay, control=control, show=show
        )
        self.default_js: list[tuple[str, str]] = []  # its own lists: folium's add_js_link writes into them
        self.default_css: list[tuple[str, str]] = []
        data = payload(scores, focus=focus, evidence_bytes=0)
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
        """Put the code and the outlines into the page once, however many layers it has."""
        header = self._figure().header
        header.add_child(Element(f"<style>{bundle.layers_style()}</style>"), name="relations-layers-style")
        script = f"{{% raw %}}<script>{bundle.layers_script()}</script>{{% endraw %}}"
        header.add_child(Element(script), name="relations-layers-script")
        self._add_json(f"relations-geometry-{self.worldview}", bundle.outlines(self.worldview))
        self._add_json(self.options["data"], self.data)
        super().render(**kwargs)  # type: ignore[no-untyped-call]  # branca is half typed

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

    def _figure(self) -> Figure:
        figure = self.get_root()
        if not isinstance(figure, Figure):
            raise RelationsError("A layer is drawn on a map: call add_to(folium.Map()) first.")
        return figure

    def _get_self_bounds(self) -> list[list[float | None]]:
        return self._bounds


class RelationsChoropleth(_RelationsLayer):
    """Countries coloured by their relation with one, or by the mean of all their relations.

    Parameters
    ----------
    scores : Scores
    focus : str, optional
        ISO3 code; without it a country's colour is the weighted mean of its relations.
    at : datetime.date or str, optional
        The snapshot; the newest by default.
    worldview : {"un", "ne"}
    theme : {"light", "dark"}
    name, overlay, control, show
        As for any `folium.map.Layer`.

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
        name: str | None = None,
        overlay: bool = True,
        control: bool = True,
        show: bool = True,
    ) -> None:
        self._name = "RelationsChoropleth"
        options = {"worldview": worldview, "theme": theme, "limit": 0, "labels": False}
        super().__init__(scores, focus, at, options, name=name, overlay=overlay, control=control, show=show)
        self._name = "RelationsChoropleth"


class RelationArcs(_RelationsLayer):
    """Curved arcs between countries: colour by score, width by events, heads where the two directions differ.

    Parameters
    ----------
    scores : Scores
    focus : str, optional
        ISO3 code; only its pairs are drawn.
    at : datetime.date or str, optional
        The snapshot; the newest by default.
    limit : int
        Pairs drawn, strongest first; 0 means 11 with a focus and 24 without.
    labels : bool
        Whether the ends are named.
    theme : {"light", "dark"}
    name, overlay, control, show
        As for any `folium.map.Layer`.
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
        name: str | None = None,
        overlay: bool = True,
        control: bool = True,
        show: bool = True,
    ) -> None:
        self._name = "RelationArcs"
        options = {"worldview": worldview, "theme": theme, "limit": limit, "labels": labels}
        super().__init__(scores, focus, at, options, name=name, overlay=overlay, control=control, show=show)
        self._name = "RelationArcs"


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


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8")).hexdigest()[:32]
