"""The published example is what the command makes today."""

from __future__ import annotations

import json
import re

from click.testing import CliRunner

from relations.cli import cli
from relations.maps.payload import inflated

DATA = re.compile(r'<script type="application/json"[^>]*>(.*?)</script>', re.DOTALL)


def data_of(page: str) -> list[object]:
    return [json.loads(inflated(text)) for text in DATA.findall(page)]


def test_the_gallery_holds_the_map_that_the_documented_command_makes(root, tmp_path, monkeypatch):
    monkeypatch.chdir(root)
    out = tmp_path / "sahel.html"
    command = ["map", "seeds/", "-o", str(out), "--focus", "MLI", "--every", "year", "--title", "Sahel dossier"]
    result = CliRunner().invoke(cli, command)
    assert result.exit_code == 0, result.output
    made, kept = data_of(out.read_text("utf-8")), data_of((root / "maps" / "sahel.html").read_text("utf-8"))
    assert made, "the page holds no data"
    assert made == kept, "the gallery is stale: run the command in maps/README.md"


def test_the_dossier_turns_over_time(root):
    import relations

    scores = relations.score(root / "seeds", at=["2020-12-31", "2025-09-22"])
    assert scores["FRA", "MLI", "2020-12-31"].score > 0 > scores["FRA", "MLI"].score
    assert scores["MLI", "RUS"].score > 1
    assert scores["BFA", "FRA"].score < scores["BFA", "FRA", "2020-12-31"].score
