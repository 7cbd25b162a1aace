"""One file, the same bytes each time, with nothing outside of it."""

from __future__ import annotations

import base64
import hashlib
import io
import re
from html.parser import HTMLParser

import folium
import pytest

from relations.errors import RelationsError
from relations.maps import bundle
from relations.maps.geometry import WORLDVIEWS
from relations.maps.page import RelationsMap
from relations.maps.payload import inflated
from relations.scoring.scores import Scores


@pytest.fixture(scope="module")
def page(scores) -> str:
    return RelationsMap(scores, focus="MLI", title="Dossier").get_root().render()


class Addresses(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.found += [value or "" for name, value in attrs if name in ("src", "href", "srcset", "action", "data")]


def test_nothing_leaves_the_file(page):
    parser = Addresses()
    parser.feed(page)
    assert parser.found == []
    styles = "".join(re.findall(r"<style>(.*?)</style>", page, re.DOTALL))
    assert all(address.startswith(("data:", "#")) for address in re.findall(r"url\(([^)]*)\)", styles))
    assert "@import" not in styles
    assert "sourceMappingURL" not in page


def test_the_same_scores_give_the_same_bytes(events, scores):
    again = Scores.from_events(reversed(events), at=scores.at)
    pages = [RelationsMap(made, focus="MLI").get_root().render() for made in (scores, again)]
    assert pages[0] == pages[1]


def test_a_page_with_children_has_the_same_bytes_too(scores):
    def made() -> str:
        page = RelationsMap(scores, focus="MLI")
        folium.Marker([12.6, -8.0], tooltip="Bamako").add_to(page)
        folium.FeatureGroup().add_to(page)
        folium.LayerControl().add_to(page)
        return page.get_root().render()

    assert made() == made()


def test_rendering_twice_changes_nothing(scores):
    page = RelationsMap(scores)
    assert page.get_root().render() == page.get_root().render()


def test_the_policy_allows_the_scripts_inside_and_no_other(page):
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)[1]
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules["default-src"] == "'none'"
    for rule, tag in (("script-src", "script"), ("style-src", "style")):
        inside = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        assert rules[rule].split() == [hash_of(text) for text in inside]
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "frame-ancestors" not in policy
    assert page.index("Content-Security-Policy") < page.index("<style>")


def hash_of(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_the_title_is_text(scores):
    page = RelationsMap(scores, title="</title><script>x</script>{{ 7*7 }}").get_root().render()
    assert "<title>&lt;/title&gt;&lt;script&gt;x&lt;/script&gt;{{ 7*7 }}</title>" in page
    assert "<script>x" not in page


def test_a_reader_without_scripts_gets_the_numbers(page, scores):
    fallback = re.search(r"<noscript>(.*?)</noscript>", page, re.DOTALL)[1]
    assert f"<td>France</td><td>Mali</td><td>{scores['FRA', 'MLI'].score:+.1f}</td>" in fallback


def test_a_file_appears_whole_and_alone(scores, tmp_path):
    RelationsMap(scores).save(tmp_path / "map.html")
    RelationsMap(scores).save(str(tmp_path / "map.html"))
    assert [path.name for path in tmp_path.iterdir()] == ["map.html"]
    assert (tmp_path / "map.html").read_text(encoding="utf-8").endswith("</html>\n")


def test_a_page_can_be_written_to_an_open_file(scores):
    out = io.BytesIO()
    RelationsMap(scores).save(out, close_file=False)
    assert out.getvalue().startswith(b"<!DOCTYPE html>")


def test_both_borders_can_travel(scores):
    page = RelationsMap(scores, worldview="both").get_root().render()
    for name in WORLDVIEWS:
        text = re.search(rf'id="relations-deflated-{name}">(.*?)</script>', page)[1]
        assert inflated(text) == bundle.outlines(name)


@pytest.mark.parametrize("options", [{"theme": "pink"}, {"worldview": "flat"}])
def test_an_unknown_option_is_refused_with_the_known_ones(scores, options):
    with pytest.raises(RelationsError, match="Use one of"):
        RelationsMap(scores, **options)


def test_a_child_may_bring_tiles_and_only_then_the_network_is_named(scores):
    page = RelationsMap(scores)
    folium.TileLayer("https://{s}.tiles.example/{z}/{x}/{y}.png", attr="tiles").add_to(page)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page.get_root().render())[1]
    assert "img-src data: blob: https://*.tiles.example" in policy
    assert "'unsafe-inline'" not in policy


def test_a_notebook_gets_a_frame_that_holds_the_page(scores):
    cell = RelationsMap(scores)._repr_html_()
    assert cell.startswith("<iframe srcdoc=")
    assert cell.count("<") == 2


def test_the_scripts_use_no_eval_and_no_markup_from_text():
    for text in (bundle.page_script(), bundle.layers_script()):
        assert not re.search(r"\beval\(|new Function|innerHTML|outerHTML|insertAdjacentHTML|document\.write", text)
        assert "</script" not in text
        assert "{%" not in text
        assert "{{" not in text
        assert "{#" not in text


def test_leaflet_keeps_its_licence():
    licence = (bundle._ASSETS / "leaflet" / "LICENSE").read_text(encoding="utf-8")
    assert "BSD 2-Clause" in licence
    assert "1.9.4" in bundle.leaflet_script()
