"""A timeline is an ordinary Folium element of a map."""

from __future__ import annotations

import re
from datetime import date

import folium
import pytest

from relations.errors import BadDate, RelationsError
from relations.maps.layers import RelationArcs
from relations.maps.timeline import RelationsTimeline


def test_options_reach_the_script_in_its_own_spelling(scores):
    plain = folium.Map(tiles=None)
    RelationArcs(scores).add_to(plain)
    RelationsTimeline(at=date(2023, 12, 31), position="topleft", speed=400).add_to(plain)
    (options,) = re.findall(r"relationsLayer.timeline\((.*?)\);", plain.get_root().render(), re.DOTALL)
    assert '"at": 19722' in options
    assert '"position": "topleft"' in options
    assert '"speed": 400' in options


def test_a_timeline_alone_carries_the_code_it_needs():
    plain = folium.Map(tiles=None)
    RelationsTimeline().add_to(plain)
    assert plain.get_root().render().count("window.relationsLayer = foliumLayer;") == 1


def test_a_timeline_stands_on_a_map_and_not_in_a_group():
    plain = folium.Map(tiles=None)
    RelationsTimeline().add_to(folium.FeatureGroup().add_to(plain))
    with pytest.raises(RelationsError, match="stands on a map"):
        plain.get_root().render()


def test_what_cannot_be_is_refused_in_a_line():
    with pytest.raises(BadDate, match="YYYY-MM-DD"):
        RelationsTimeline(at="soon")
    with pytest.raises(RelationsError, match="No position"):
        RelationsTimeline(position="middle")
    with pytest.raises(RelationsError, match="100 milliseconds"):
        RelationsTimeline(speed=0)
