"""Choropleth and arcs are ordinary Folium elements on anyone's map."""

from __future__ import annotations

import base64
import re

import folium
import pytest
from folium.elements import JSCSSMixin

from relations.errors import BadDate, RelationsError
from relations.maps import bundle
from relations.maps.layers import RelationArcs, RelationsChoropleth
from relations.maps.timeline import RelationsTimeline


def rendered(*layers: folium.map.Layer) -> str:
    plain = folium.Map(tiles=None)
    for layer in layers:
        layer.add_to(plain)
    return plain.get_root().render()


def test_a_layer_is_made_and_added_to_its_map(scores):
    layer = RelationsChoropleth(scores, focus="MLI")
    page = rendered(layer)
    assert f'var {layer.get_name()} = relationsLayer("countries"' in page
    assert f"{layer.get_name()}.addTo(" in page


def test_code_outlines_and_data_stand_once_however_many_layers(scores):
    page = rendered(RelationsChoropleth(scores), RelationArcs(scores), RelationArcs(scores, limit=5))
    assert page.count("window.relationsLayer = foliumLayer;") == 1
    assert "data:text/javascript" not in page
    assert page.count('id="relations-geometry-un"') == 1
    assert len(re.findall(r'id="relations_data_[0-9a-f]+"', page)) == 1


def test_two_equal_layers_stay_two(scores):
    one, two = RelationArcs(scores), RelationArcs(scores)
    page = rendered(one, two)
    assert one.get_name() != two.get_name()
    assert page.count("= relationsLayer(") == 2


def test_layers_live_in_groups_and_in_the_control(scores):
    plain = folium.Map(tiles=None)
    group = folium.FeatureGroup(name="group").add_to(plain)
    layer = RelationArcs(scores).add_to(group)
    RelationsChoropleth(scores, name="Countries", show=False).add_to(plain)
    folium.LayerControl().add_to(plain)
    page = plain.get_root().render()
    assert f"{layer.get_name()}.addTo({group.get_name()})" in page
    assert '"Countries"' in page


def test_a_name_is_text_in_the_control(scores):
    plain = folium.Map(tiles=None)
    RelationsChoropleth(scores, name="<img src=x onerror=alert(1)>{{ 7*7 }}").add_to(plain)
    folium.LayerControl().add_to(plain)
    page = plain.get_root().render()
    assert "<img" not in page
    assert "49" not in re.findall(r"overlays.*?}", page, re.DOTALL)[0]


def test_the_map_can_be_fitted_to_a_layer(scores):
    (south, west), (north, east) = RelationArcs(scores, focus="MLI").get_bounds()
    assert south < 17 < north
    assert west < -1 < east


def test_links_added_to_one_layer_do_not_reach_the_next(scores):
    before = list(JSCSSMixin.default_js), list(folium.Map.default_js)
    mine = RelationArcs(scores)
    mine.add_js_link("mine", "https://cdn.example/mine.js")
    mine.add_css_link("mine-style", "https://cdn.example/mine.css")
    assert "cdn.example/mine.js" in rendered(mine)
    assert "cdn.example" not in rendered(RelationArcs(scores), RelationsChoropleth(scores), RelationsTimeline())
    assert before == (JSCSSMixin.default_js, folium.Map.default_js)


def test_a_host_that_reads_only_the_links_gets_the_code(scores):
    """As streamlit-folium does: scripts of the head do not run there, links of elements do."""
    ((name, address),) = RelationArcs(scores).default_js
    script = base64.b64decode(address.removeprefix("data:text/javascript;base64,")).decode("utf-8")
    assert name == "relations-layers-script"
    assert script == bundle.layers_script()


@pytest.mark.parametrize(
    ("layer", "options", "message"),
    [
        (RelationsChoropleth, {"worldview": "moon"}, "No worldview 'moon'. Use one of un, ne."),
        (RelationArcs, {"theme": "auto"}, "No theme 'auto'. Use one of light, dark."),
        (RelationArcs, {"limit": -1}, "Want a limit of 0 or more"),
    ],
)
def test_an_option_that_is_none_is_refused_in_a_line(scores, layer, options, message):
    with pytest.raises(RelationsError, match=re.escape(message)):
        layer(scores, **options)


def test_the_sentences_travel_only_where_a_popup_can_show_them(scores):
    assert "Sentence 3." in RelationArcs(scores).data
    assert "Sentence 3." not in RelationArcs(scores, popup=False).data


def test_the_same_layer_has_the_same_id(scores):
    def drawn(focus: str) -> list[str]:
        return re.findall(r"var (\w+) = relationsLayer", rendered(RelationArcs(scores, focus=focus)))

    assert drawn("MLI") == drawn("MLI")
    assert drawn("MLI") != drawn("FRA")


def test_a_snapshot_is_chosen_by_its_date(scores):
    assert '"at": 0' in rendered(RelationsChoropleth(scores, at="2023-12-31"))
    with pytest.raises(BadDate, match="There are 2023-12-31, 2025-09-22"):
        RelationsChoropleth(scores, at="2020-01-01")
