"""Which numbers and words does the page read?"""

from __future__ import annotations

import base64
import json
import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from relations.countries import find_country, name_of
from relations.maps.colours import legend
from relations.maps.evidence import Texts, day_number, event_columns, first_days, periods, read_evidence, tallies
from relations.maps.geometry import load_places
from relations.maps.readings import Readings, read_scores
from relations.records import STATES, STATUSES, TYPES
from relations.settings import Settings
from relations.vocabulary import quad_of

if TYPE_CHECKING:
    from relations.scoring.scores import Scores

#: Bytes of sentences, titles, publishers and links that a page may carry by default: with them, 600 pairs and 12
#: snapshots stay under a megabyte.
EVIDENCE_BYTES = 450_000
_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def payload(
    scores: Scores,
    *,
    title: str = "",
    focus: str | None = None,
    theme: str = "auto",
    colours: str = "red-blue",
    worldviews: Sequence[str] = ("un",),
    evidence_bytes: int = EVIDENCE_BYTES,
) -> dict[str, Any]:
    """Everything the page shows, as JSON-ready values: columns packed, every text once.

    Parameters
    ----------
    scores : Scores
    title : str
        Name of the dossier.
    focus : str, optional
        Code or name of the country the page opens on; a single article opens on the one it is about.
    theme : {"auto", "light", "dark"}
    colours : {"red-blue", "orange-blue"}
    worldviews : sequence of {"un", "ne"}
        Geometries the page carries, the first shown at first.
    evidence_bytes : int
        Bytes of text the page may carry; the heaviest events of every pair come first.

    Raises
    ------
    NoSuchActor
        When the focus is no country.
    """
    readings = read_scores(scores)
    pairs, countries = readings.pairs, _countries(readings.pairs)
    found = read_evidence(scores, pairs)
    texts = Texts()
    events = event_columns(found, scores, texts, evidence_bytes)
    return {
        "format": 1,
        "title": title,
        "focus": find_country(focus).code if focus else _centre(scores, readings),
        "theme": theme,
        "colours": colours,
        "worldviews": list(worldviews),
        "at": [day_number(at) for at in scores.at],
        "documents": scores.documents,
        "priors": [round(scores.prior(at), 4) for at in scores.at],
        "k": scores.settings.k,
        # Whether scores are sums over events around one prior, so that the page can say what each event moved.
        "exact": _is_exact(scores.settings),
        "doubt": round(float(np.sqrt(scores.settings.prior_variance / scores.settings.k)), 5),
        "halfLife": scores.settings.half_life_days,
        "states": ["", *STATES],
        "types": ["", *TYPES],
        "quads": [0, *(quad_of(kind) for kind in TYPES)],
        "statuses": list(STATUSES),
        "legend": legend(),
        "countries": countries,
        "pairs": _pair_columns(readings, found, countries),
        "events": events,
        "periods": periods(found, pairs, scores.at[0] if scores.at else None),
        "texts": texts.all,
    }


def _is_exact(settings: Settings) -> bool:
    return settings.method == "mean" and settings.prior != "country" and settings.directed_prior == "same"


def _pair_columns(readings: Readings, found: Any, countries: dict[str, Any]) -> list[list[Any]]:
    """Indices of a pair's two countries, the columns of each side, then what only the mutual reading has."""
    place = {code: n for n, code in enumerate(countries["codes"])}
    count = len(readings.pairs)
    rows = zip(readings.pairs, readings.columns(), tallies(found, count), first_days(found, count), strict=True)
    return [
        [place[a], place[b], *sides, [*mutual[:5], quads, *mutual[5:], *kinds]]
        for (a, b), (*sides, mutual), quads, kinds in rows
    ]


def to_json(value: Any) -> str:
    """JSON that may stand inside a script element, and inside a template.

    Nothing in it can end the element or a line of it, and nothing opens a Jinja expression: branca reads every element
    as a template. In JSON, two braces in a row or a brace before `%` or `#` stand only inside texts.

    Raises
    ------
    ValueError
        When a number is not finite.

    Examples
    --------
    >>> to_json("</script>")
    '"\\\\u003c/script\\\\u003e"'
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for character, escape in _ESCAPES.items():
        text = text.replace(character, escape)
    text = re.sub(r"\{(?=[{%#])", r"\\u007b", text)
    return text.encode("utf-8", "replace").decode("utf-8")


def to_deflated_json(text: str) -> str:
    """Text for a script element, deflated: a JSON string of base64, which the page opens with a DecompressionStream.

    Examples
    --------
    >>> inflated(to_deflated_json("</script>"))
    '</script>'
    """
    return f'"{base64.b64encode(zlib.compress(text.encode("utf-8"), 9)).decode("ascii")}"'


def inflated(text: str) -> str:
    """The text that `to_deflated_json` wrote."""
    return zlib.decompress(base64.b64decode(json.loads(text))).decode("utf-8")


def _centre(scores: Scores, readings: Readings) -> str | None:
    """The country a single article is about: the one with most pairs, then most events; None for more articles."""
    if scores.documents != 1 or not readings.pairs:
        return None
    weight: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for pair, most in zip(readings.pairs, np.max(readings.both.numbers["count"], axis=1).tolist(), strict=True):
        for code in pair:
            pairs, events = weight[code]
            weight[code] = (pairs + 1, events + most)
    return max(sorted(weight), key=lambda code: weight[code])


def _countries(pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Code, name and place of every country that can be drawn or has a score."""
    places = load_places()
    codes = sorted(set(places) | {code for pair in pairs for code in pair})
    points = [places.get(code) for code in codes]
    return {
        "codes": codes,
        "names": [name_of(code) for code in codes],
        "lon": [round(point.lon, 2) if point else None for point in points],
        "lat": [round(point.lat, 2) if point else None for point in points],
        "dots": [codes[i] for i, point in enumerate(points) if point and point.dot],
    }
