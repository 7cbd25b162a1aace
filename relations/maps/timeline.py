"""How do the layers of a Folium map go through their snapshots?"""

from __future__ import annotations

from datetime import date
from typing import Any

import folium
from folium.template import Template

from relations.errors import BadDate, RelationsError
from relations.maps.colours import THEMES
from relations.maps.layers import CarriesCode, check_choice

_CORNERS = ("topleft", "topright", "bottomleft", "bottomright")
_EPOCH = date(1970, 1, 1)


class RelationsTimeline(CarriesCode):
    """A slider, with play, over the snapshots of all choropleths and arcs of its map.

    The days are those of every relations layer of the map, also of layers that are switched on later, on a true time
    axis. A layer without a snapshot on the chosen day shows its newest one before it, and nothing when it has none.
    With less than two days the timeline hides itself. The arrow keys, Home, End and Space work on the slider, `[` and
    `]` anywhere on the map.

    Parameters
    ----------
    at : datetime.date or str, optional
        The day shown first; the newest by default.
    position : {"bottomleft", "bottomright", "topleft", "topright"}
    speed : int
        Milliseconds a snapshot stands while playing.
    theme : {"light", "dark"}
    ui_lang : {"en"}
        Language of its words; one a page.

    Examples
    --------
    >>> from datetime import date
    >>> import folium
    >>> import relations
    >>> events = [relations.Event("a", date(2025, 6, 23), "MLI", "RUS", type="CONSULT")]
    >>> scores = relations.score(events, at=["2025-06-30", "2025-12-31"])
    >>> m = folium.Map()
    >>> layer = relations.RelationArcs(scores).add_to(m)
    >>> timeline = RelationsTimeline(speed=600).add_to(m)
    >>> "relationsLayer.timeline(" in m.get_root().render()
    True
    """

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            var {{ this.get_name() }} = relationsLayer.timeline({{ this.options|tojavascript }});
            {{ this.get_name() }}.addTo({{ this._parent.get_name() }});
        {% endmacro %}
        """
    )

    def __init__(
        self,
        at: date | str | None = None,
        *,
        position: str = "bottomleft",
        speed: int = 900,
        theme: str = "light",
        ui_lang: str = "en",
    ) -> None:
        super().__init__(ui_lang=ui_lang)
        self._name = "RelationsTimeline"
        check_choice("position", position, _CORNERS)
        check_choice("theme", theme, THEMES)
        if speed < 100:
            raise RelationsError(f"Want a speed of 100 milliseconds a snapshot or more, got {speed}.")
        self.options = {"at": _day(at), "position": position, "speed": speed, "theme": theme}

    def render(self, **kwargs: Any) -> None:  # type: ignore[override]  # as branca's own MacroElement.render
        """Put the control and the code it needs into the page."""
        if not isinstance(self._parent, folium.Map):
            raise RelationsError("A timeline stands on a map: call add_to(folium.Map()), not a group of layers.")
        super().render(**kwargs)


def _day(at: date | str | None) -> int | None:
    if at is None:
        return None
    try:
        day = date.fromisoformat(at) if isinstance(at, str) else at
    except ValueError:
        raise BadDate(f"{at!r} is no date; write YYYY-MM-DD.") from None
    return (day - _EPOCH).days
