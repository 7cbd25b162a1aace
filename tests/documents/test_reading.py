"""Which documents stand in the inputs a user names?"""

from __future__ import annotations

import gzip
import io
import json
import os
import sys
from datetime import date
from pathlib import Path

import pytest

import relations
from relations.documents.reading import dated, expand, open_input, read_documents, recognise
from relations.errors import BadDate, BadInput
from relations.records import Document

TEXT = "Mali expelled the French ambassador on Monday.\n"
A_DAY = date(2025, 1, 1)


@pytest.fixture
def notes() -> list[str]:
    return []


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.txt", "a.txt", "README.md", "readme.txt", ".hidden.txt", "sub/c.txt", ".git/d.txt", "sub/README"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(TEXT, encoding="utf-8")
    return tmp_path


def documents_of(
    path: Path, notes: list[str], undated: date | None = date(2025, 1, 1), kind: str = ""
) -> list[Document]:
    return list(read_documents(open_input(path, kind), notes.append, undated))


def names(paths: list[Path | None], folder: Path) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in paths if path]


def test_a_folder_gives_its_files_sorted_without_readmes_and_dotfiles(folder):
    assert names(expand([folder]), folder) == ["a.txt", "b.txt", "sub/c.txt"]


def test_a_dotted_folder_that_is_named_itself_is_read(folder):
    assert names(expand([folder / ".git"]), folder) == [".git/d.txt"]


def test_a_readme_that_is_named_itself_is_read(folder):
    assert names(expand([folder / "README.md"]), folder) == ["README.md"]


def test_a_glob_gives_its_files_sorted(folder):
    assert names(expand([f"{folder}/*.txt"]), folder) == ["a.txt", "b.txt", "readme.txt"]
    assert names(expand([f"{folder}/**/c.txt"]), folder) == ["sub/c.txt"]


def test_a_file_whose_name_looks_like_a_glob_is_a_file(tmp_path):
    path = tmp_path / "mali[1].txt"
    path.write_text(TEXT, encoding="utf-8")
    assert expand([path]) == [path]


def test_inputs_keep_the_order_in_which_they_are_named(folder):
    assert names(expand([folder / "b.txt", folder / "a.txt"]), folder) == ["b.txt", "a.txt"]
    assert expand(["-"]) == [None]


@pytest.mark.parametrize("name", ["missing.txt", "no such file.txt", "*.pdf", "x" * 5_000, "a\0b"])
def test_what_names_no_file_is_refused_in_one_short_line(name, tmp_path):
    with pytest.raises(BadInput) as refusal:
        expand([str(tmp_path / name)])
    assert len(str(refusal.value)) < 400


@pytest.mark.parametrize("name", ["", " "])
def test_an_empty_name_is_not_the_current_folder(name):
    with pytest.raises(BadInput, match="no such file"):
        expand([name])


def test_a_folder_without_files_to_read_is_refused(tmp_path):
    (tmp_path / "README.md").write_text("Only this.", encoding="utf-8")
    with pytest.raises(BadInput, match="none in it to read"):
        expand([tmp_path])


@pytest.mark.parametrize("data", [b"", b" \n\t\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_refused_by_name(data, tmp_path, notes):
    path = tmp_path / "empty.txt"
    path.write_bytes(data)
    with pytest.raises(BadInput, match=r"empty\.txt: the (file|text) is empty"):
        documents_of(path, notes)


def test_a_folder_is_no_file_to_open(tmp_path):
    with pytest.raises(BadInput, match="cannot be read"):
        open_input(tmp_path)


def test_closed_standard_input_is_refused(monkeypatch):
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(BadInput, match="-: standard input is closed"):
        open_input(None)


def test_standard_input_is_read_as_bytes(monkeypatch, notes):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode("utf-16"))))
    [document] = read_documents(open_input(None), notes.append, date(2025, 1, 1))
    assert (document.id, document.text) == ("-", TEXT)


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (TEXT, "a.txt", "text"),
        ('{"text": "Mali left."}\n', "a.txt", "jsonl"),
        ('{"content": "Mali left.", "source": "AFP", "target": "x", "date": "y", "text": "z"}', "a.jsonl", "jsonl"),
        ('{"date": "2025-09-22", "source": "FRA", "target": "MLI", "type": "ACCUSE"}', "-", "events"),
        ('[{"text": "Mali left."}]', "a.json", "json"),
        ('[\n  {"text": "Mali left."}\n]', "-", "json"),
        ('{\n  "text": "Mali left."\n}', "a.json", "json"),
        ("[PARIS] France recalled its envoy.", "-", "text"),
        ("{sic} France recalled its envoy.", "a.txt", "text"),
        ("id,text,date\n1,x,2025-09-22", "a.txt", "csv"),
        ('"id";"content";"published"\n1;x;2025-09-22', "a.csv", "csv"),
        ("id\ttext\n1\tx", "a.tsv", "csv"),
        ("date,source,target,type\n2025-09-22,FRA,MLI,ACCUSE", "a.csv", "events"),
        ("Date,Source,Target,Goldstein\n2025-09-22,FRA,MLI,-5", "a.csv", "events"),
        ("PAR1", "a", "events"),
        ("Text, content and date of the accord, said Mali, are known.", "a.txt", "text"),
    ],
)
def test_a_format_is_recognised_by_content(data, name, kind):
    assert recognise(data.encode(), name) == kind


def test_a_table_in_utf_16_is_recognised_and_read(tmp_path, notes):
    path = tmp_path / "excel.txt"
    path.write_bytes("text\tdate\r\nMali left.\t2025-09-22\r\n".encode("utf-16"))
    assert [d.text for d in documents_of(path, notes)] == ["Mali left."]


def test_a_format_can_be_forced(tmp_path, notes):
    path = tmp_path / "a.txt"
    path.write_text('{"text": "Mali left."}', encoding="utf-8")
    assert documents_of(path, notes, kind="text")[0].text == '{"text": "Mali left."}'


DAYS = {"front matter": date(2025, 1, 1), "option": date(2025, 2, 2), "name": date(2025, 3, 3)}


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({"front matter", "option", "name"}, "front matter"),
        ({"front matter", "name"}, "front matter"),
        ({"option", "name"}, "option"),
        ({"name"}, "name"),
    ],
)
@pytest.mark.parametrize("kind", ["text", "jsonl"])
def test_a_date_is_taken_from_the_text_then_the_option_then_the_name(known, expected, kind, tmp_path, notes):
    own = DAYS["front matter"].isoformat() if "front matter" in known else ""
    path = tmp_path / (f"{DAYS['name']}_mali.txt" if "name" in known else "mali.txt")
    content = json.dumps({"text": TEXT, "date": own}) if kind == "jsonl" else f"---\ndate: {own}\n---\n{TEXT}"
    path.write_text(content, encoding="utf-8")
    [document] = documents_of(path, notes, undated=DAYS["option"] if "option" in known else None)
    assert document.date == DAYS[expected]


def test_a_document_without_a_date_is_refused_with_every_remedy(tmp_path, notes):
    path = tmp_path / "mali.txt"
    path.write_text(TEXT, encoding="utf-8")
    with pytest.raises(BadDate) as refusal:
        documents_of(path, notes, undated=None)
    for part in ("mali.txt", "--date YYYY-MM-DD", "date: YYYY-MM-DD", "file's name"):
        assert part in str(refusal.value)


def test_a_row_without_a_date_is_noted_and_the_others_are_read(tmp_path, notes):
    path = tmp_path / "news.jsonl"
    rows = {"text": "A b."}, {"text": "C d.", "date": "2025-09-22"}
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert [d.text for d in documents_of(path, notes, undated=None)] == ["C d."]
    assert len(notes) == 1
    assert "'news.jsonl:1'" in notes[0]
    assert "--date" in notes[0]


def test_a_folder_of_the_same_date_does_not_date_its_files():
    with pytest.raises(BadDate):
        dated(Document("a", TEXT), "2025-09-22/mali.txt", None)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps names that are no UTF-8")
def test_a_name_that_is_no_utf_8_can_still_be_printed(tmp_path, notes):
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/mali\xff.txt"))
    path.write_text(TEXT, encoding="utf-8")
    [document] = documents_of(path, notes)
    assert document.id == "mali\ufffd.txt"
    path.write_text("", encoding="utf-8")
    with pytest.raises(BadInput, match="mali\ufffd"):
        open_input(path)


def test_a_packed_file_is_read_as_what_it_holds(tmp_path):
    packed = tmp_path / "events.csv.gz"
    packed.write_bytes(gzip.compress(b"date,source,target,type\n2020-01-01,FRA,MLI,AID\n"))
    assert open_input(packed).kind == "events"
    assert relations.score(packed)["FRA", "MLI"].n_events == 1
    text = tmp_path / "2020-01-01.txt.gz"
    text.write_bytes(gzip.compress(b"France met Mali.") + gzip.compress(b"\nAnd Chad."))
    assert open_input(text).data == b"France met Mali.\nAnd Chad."
    assert [str(document.date) for document in relations.read(text)] == ["2020-01-01"]


@pytest.mark.parametrize(
    "data",
    [gzip.compress(b"x" * 999)[:20], b"\x1f\x8b\x08 no gzip at all", gzip.compress(b"")],
    ids=["cut off", "no gzip", "empty"],
)
def test_a_broken_packed_file_is_refused_in_one_line(tmp_path, data):
    broken = tmp_path / "broken.gz"
    broken.write_bytes(data)
    with pytest.raises(BadInput, match=r"broken\.gz: .") as caught:
        open_input(broken)
    assert "\n" not in str(caught.value)


def test_a_packed_bomb_is_refused_before_it_is_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr("relations.documents.reading._LARGEST", 10_000)
    bomb = tmp_path / "bomb.gz"
    bomb.write_bytes(gzip.compress(b"0" * 10_000_000))
    with pytest.raises(BadInput, match="unpacks to more than"):
        open_input(bomb)
