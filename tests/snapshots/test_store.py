"""Claims about snapshots kept in a file, also when the disk, the net or somebody is unkind."""

import json
import multiprocessing
import zipfile
from dataclasses import replace
from datetime import date

import pytest

from relations.errors import BadInput, BadRecord, NotComparable, RelationsError
from relations.records import Event
from relations.scoring.scores import Scores
from relations.settings import Settings
from relations.snapshots.archive import STORE_SCHEMA, pack, to_json, unpack
from relations.snapshots.locking import locked
from relations.snapshots.store import Store, is_store

NEWS = Event(
    "news", date(2025, 9, 19), "FRA", "MLI", type="SANCTION", sentence="Paris suspended the contracts", document="a"
)
EVENTS = [
    NEWS,
    replace(NEWS, id="news again", document="b"),
    Event("old", date(2023, 1, 20), "BFA", "FRA", type="PROTEST"),
    Event("talks", date(2025, 6, 23), "MLI", "RUS", type="CONSULT"),
    Event("talks back", date(2025, 6, 23), "RUS", "MLI", type="CONSULT"),
    Event("denied", date(2025, 6, 23), "RUS", "MLI", type="AID", status="denied"),
]
DAYS = [date(2023, 12, 31), date(2025, 9, 22)]


@pytest.fixture
def scores():
    return Scores.from_events(EVENTS, DAYS)


@pytest.fixture
def store(tmp_path, scores):
    store = Store(tmp_path / "dossier.snapshots", patience_seconds=0.1)
    store.save(scores.snapshot("then", DAYS[0]))
    store.save(scores.snapshot("now", inputs={"a.txt": "0" * 64}))
    return store


def test_a_snapshot_comes_back_as_it_was_saved(store, scores):
    loaded, saved = store.load("now"), scores.snapshot("now", inputs={"a.txt": "0" * 64})
    assert loaded.to_bytes() == saved.to_bytes()
    assert (loaded.at, loaded.settings, loaded.inputs) == (DAYS[1], Settings(), {"a.txt": "0" * 64})
    assert set(loaded.events["id"]) == {"news", "old", "talks", "talks back"}
    assert loaded.events.set_index("id").loc["news", "reports"] == ["news", "news again"]


def test_saved_scores_are_read_like_fresh_ones(store, scores):
    again = Scores.from_snapshots(store.load(entry.name) for entry in store.list())
    assert list(again) == list(scores)
    assert list(again.directed) == list(scores.directed)
    assert again.prior() == scores.prior()
    assert again.masses("FRA", "MLI") == scores.masses("FRA", "MLI")
    assert again.compare(*DAYS).to_frame().equals(scores.compare(*DAYS).to_frame())
    assert [p.contribution for p in again.explain("MLI", "RUS")] == [
        p.contribution for p in scores.explain("MLI", "RUS")
    ]
    assert set(again.events["id"]) == {"news", "old", "talks", "talks back"}


def test_a_saved_snapshot_cannot_be_asked_for_another_day(store):
    with pytest.raises(LookupError, match="2023-12-31, 2025-09-22"):
        Scores.from_snapshots([store.load("then"), store.load("now")])["FRA", "MLI", "2024-01-01"]


def test_snapshots_of_different_settings_are_not_read_together(store):
    other = Scores.from_events(EVENTS, DAYS[1], Settings(k=5)).snapshot("other")
    with pytest.raises(NotComparable, match=r"k 2\.0 and 5"):
        Scores.from_snapshots([store.load("then"), other])


def test_the_list_is_by_date(store):
    assert [(entry.name, entry.at, entry.pairs) for entry in store.list()] == [
        ("then", DAYS[0], 1),
        ("now", DAYS[1], 3),
    ]
    assert store.problems() == ()


def test_the_same_snapshots_give_the_same_bytes_in_any_order(tmp_path, store, scores):
    other = Store(tmp_path / "other")
    other.save(scores.snapshot("now", inputs={"a.txt": "0" * 64}))
    other.save(scores.snapshot("then", DAYS[0]))
    assert other.path.read_bytes() == store.path.read_bytes()


def test_any_zip_program_and_any_json_reader_can_open_it(store):
    with zipfile.ZipFile(store.path) as file:
        assert file.testzip() is None
        assert file.namelist() == ["manifest.json", "now.json", "then.json"]
        assert json.loads(file.read("now.json"))["scores"][0]["source"] == "BFA"


def test_a_name_is_not_taken_twice_unless_forced(store, scores):
    for name in ("now", "NOW"):
        with pytest.raises(RelationsError, match="there is a snapshot 'now'"):
            store.save(scores.snapshot(name))
    store.save(scores.snapshot("now", DAYS[0]), force=True)
    assert store.load("now").at == DAYS[0]


def test_a_removed_snapshot_is_gone_and_the_others_stay(store):
    store.remove("now")
    assert [entry.name for entry in store.list()] == ["then"]
    with pytest.raises(BadInput, match="There are: then"):
        store.remove("now")


@pytest.mark.parametrize(
    "name",
    [
        "",
        "../../etc/passwd",
        "a/b",
        "a\\b",
        "CON",
        "nul.txt",
        "a:b",
        ".hidden",
        "a..b",
        "end.",
        "x" * 101,
        "a\x00",
        "=1",
    ],
)
def test_names_that_some_disk_cannot_bear_are_refused(scores, name):
    with pytest.raises(BadRecord, match="No name for a snapshot"):
        scores.snapshot(name)


def test_an_unknown_name_and_a_missing_store_are_told_apart(store, tmp_path):
    with pytest.raises(BadInput, match=r"no snapshot 'nwo'\. There are: now, then"):
        store.load("nwo")
    with pytest.raises(BadInput, match="no such store"):
        Store(tmp_path / "none").list()


def test_no_cut_is_ever_silent(store):
    data = store.path.read_bytes()
    for length in range(0, len(data), 37):
        store.path.write_bytes(data[:length])
        try:
            archive = unpack(data[:length])
        except BadInput:
            continue
        assert set(archive.entries) | set(archive.damaged) == {"now.json", "then.json"} or not archive.entries


def test_a_truncated_store_names_what_is_lost_and_loads_the_rest(store):
    data = store.path.read_bytes()
    cut = data.index(b"then.json", data.index(b"now.json")) + 200
    store.path.write_bytes(data[:cut])
    assert store.load("now").name == "now"
    assert [entry.name for entry in store.list()] == ["now"]
    assert "'then' is cut off" in store.problems()[0]
    with pytest.raises(BadInput, match="'then' is damaged"):
        store.load("then")


def test_no_flipped_bit_is_ever_silent(store):
    sound = unpack(store.path.read_bytes()).entries
    data = bytearray(store.path.read_bytes())
    for place in range(0, len(data), 3):
        data[place] ^= 1 << (place % 8)
        try:
            archive = unpack(bytes(data))
        except BadInput:
            pass
        else:
            for name, content in archive.entries.items():
                assert name not in sound or content == sound[name]
        data[place] ^= 1 << (place % 8)


def test_a_damaged_store_is_not_written_over(store, scores):
    data = bytearray(store.path.read_bytes())
    data[data.index(b"then.json") + 60] ^= 255
    store.path.write_bytes(data)
    before = store.path.read_bytes()
    with pytest.raises(BadInput, match="'then' cannot be read"):
        store.save(scores.snapshot("more"))
    assert store.path.read_bytes() == before
    store.remove("then")
    store.save(scores.snapshot("more"))
    assert {entry.name for entry in store.list()} == {"now", "more"}


def test_a_changed_entry_with_a_fitting_checksum_is_noticed(store):
    entries = dict(unpack(store.path.read_bytes()).entries)
    with zipfile.ZipFile(store.path) as file:
        manifest = file.read("manifest.json")
    with zipfile.ZipFile(store.path, "w") as file:
        file.writestr("manifest.json", manifest)
        file.writestr("now.json", entries["now.json"].replace(b"FRA", b"USA"))
        file.writestr("then.json", entries["then.json"])
    assert "'now' is changed since it was saved" in store.problems()[0]
    assert store.load("then").name == "then"


def test_a_newer_layout_is_refused_and_left_alone(store, scores):
    with zipfile.ZipFile(store.path, "w") as file:
        file.writestr("manifest.json", to_json({"schema": STORE_SCHEMA + 1, "entries": {}}))
    before = store.path.read_bytes()
    for attempt in (store.list, lambda: store.save(scores.snapshot("more"), force=True)):
        with pytest.raises(BadInput, match="newer version"):
            attempt()
    assert store.path.read_bytes() == before


@pytest.mark.parametrize(
    "content",
    [
        b"\x80\x04\x95.", b"!!python/object/apply:os.system [ls]", b"[" * 100_000, b'{"name":"x","name":"y"}',
        b'{"name": NaN}', b"{}", b"[]", b"null", b'{"name":"bad","at":"soon"}', b"\xff\xfe", b"",
    ],
)  # fmt: skip
def test_an_entry_that_is_no_snapshot_is_named_and_never_run(store, content):
    entries = dict(unpack(store.path.read_bytes()).entries)
    store.path.write_bytes(pack({**entries, "bad.json": content}))
    assert [entry.name for entry in store.list()] == ["then", "now"]
    assert "'bad'" in store.problems()[0]
    with pytest.raises(BadInput):
        store.load("bad")


@pytest.mark.parametrize(
    "change",
    [
        {"events": [{"date": "soon"}]}, {"settings": {"k": -1}}, {"settings": {"newer": 1}}, {"scores": [{}]},
        {"name": "../x"},
    ],
)  # fmt: skip
def test_a_snapshot_that_contradicts_itself_is_refused(store, change):
    entries = dict(unpack(store.path.read_bytes()).entries)
    content = json.loads(entries["now.json"]) | change
    store.path.write_bytes(pack({**entries, "now.json": to_json(content)}))
    with pytest.raises(BadInput, match="'now'"):
        store.load("now")


@pytest.mark.parametrize("value", [{"weight": 1e308}, {"value": -99}, {"weight": "heavy"}])
def test_an_event_with_an_impossible_weight_is_refused(store, value):
    entries = dict(unpack(store.path.read_bytes()).entries)
    content = json.loads(entries["now.json"])
    content["events"][0] |= value
    store.path.write_bytes(pack({**entries, "now.json": to_json(content)}))
    with pytest.raises(BadInput, match="'now'"):
        store.load("now")


@pytest.mark.parametrize("data", [b"", b"hello", b"PK\x03\x04", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_store_is_not_taken_for_one(tmp_path, data):
    path = tmp_path / "file"
    path.write_bytes(data)
    assert not is_store(path)
    with pytest.raises(BadInput, match="not a store"):
        Store(path).list()


def test_a_store_is_known_by_its_first_bytes(store, tmp_path):
    assert is_store(store.path)
    assert not is_store(tmp_path)
    assert not is_store(tmp_path / "none")


@pytest.mark.parametrize("fault", ["write", "fsync", "replace"])
def test_a_full_disk_leaves_the_old_store_and_no_rest(store, scores, monkeypatch, fault):
    before, names = store.path.read_bytes(), set(store.path.parent.iterdir())

    def full(*args, **kwargs):
        raise OSError(28, "No space left on device")

    if fault == "write":
        monkeypatch.setattr("os.fdopen", full)
    elif fault == "fsync":
        monkeypatch.setattr("os.fsync", full)
    else:
        monkeypatch.setattr("pathlib.Path.replace", full)
    with pytest.raises(RelationsError, match="No space left"):
        store.save(scores.snapshot("more"))
    monkeypatch.undo()
    assert store.path.read_bytes() == before
    assert set(store.path.parent.iterdir()) == names
    store.save(scores.snapshot("more"))


def test_a_second_writer_is_told_to_wait(store, scores):
    with locked(store.path), pytest.raises(RelationsError, match="another process is writing"):
        store.save(scores.snapshot("more"))
    store.save(scores.snapshot("more"))


def _save(path, name):
    Store(path).save(Scores.from_events(EVENTS, DAYS).snapshot(name))


def test_writers_at_once_lose_no_snapshot(tmp_path):
    path = tmp_path / "shared"
    workers = [multiprocessing.get_context("fork").Process(target=_save, args=(path, f"n{n}")) for n in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert {entry.name for entry in Store(path).list()} == {"n0", "n1", "n2", "n3"}
    assert list(tmp_path.iterdir()) == [path]


def test_an_empty_snapshot_is_kept_too(tmp_path):
    store = Store(tmp_path / "s")
    store.save(Scores.from_events([], DAYS[1]).snapshot("nothing"))
    again = Scores.from_snapshots([store.load("nothing")])
    assert (list(again), again.at) == ([], (DAYS[1],))


def test_broken_characters_in_a_text_do_not_spoil_a_snapshot(tmp_path):
    store = Store(tmp_path / "s")
    store.save(Scores.from_events([replace(NEWS, title="a\ud800b", sentence="")]).snapshot("odd"))
    assert store.load("odd").events["title"].tolist() == ["a�b"]


def test_a_snapshot_of_the_first_version_still_loads(store):
    """It had one weight for all civil roles, no options, and no version of the data."""
    entries = dict(unpack(store.path.read_bytes()).entries)
    content = json.loads(entries["now.json"])
    first = {"method": "mean", "half_life_days": 548.0, "k": 2.0, "prior": "corpus", "prior_events": 50.0,
             "interval": "posterior", "scale": "plover", "civil_weight": 0.25}  # fmt: skip
    old = content | {"settings": first, "versions": {"relations-map": "0.1.0"}}
    del old["options"]
    store.path.write_bytes(pack({**entries, "now.json": to_json(old)}))
    loaded = store.load("now")
    assert (loaded.settings, loaded.options) == (Settings(), {})
    assert [score.score for score in loaded.scores] == [row["score"] for row in content["scores"]]


def test_a_snapshot_of_a_later_version_is_refused_in_a_line_that_says_so(store):
    entries = dict(unpack(store.path.read_bytes()).entries)
    content = json.loads(entries["now.json"])
    later = content | {"settings": content["settings"] | {"aura": 1}, "versions": {"relations-map": "9.0"}}
    store.path.write_bytes(pack({**entries, "now.json": to_json(later)}))
    with pytest.raises(BadInput, match=r"made by relations-map 9\.0 with settings .* \(aura\)\. Upgrade"):
        store.load("now")


def test_a_snapshot_says_which_package_and_data_made_it(scores):
    made = scores.snapshot("now").versions
    assert set(made) == {"relations-map", "data"}
    assert len(made["data"]) == 16


def test_weighing_a_snapshot_anew_under_its_own_settings_changes_nothing(store):
    snapshot = store.load("now")
    again = snapshot.ledger(replace(snapshot.settings, k=snapshot.settings.k))
    assert list(again.scores(snapshot.at)) == list(snapshot.ledger().scores(snapshot.at))
    softer = snapshot.ledger(replace(snapshot.settings, k=50.0)).scores(snapshot.at)
    assert all(abs(one.score) < abs(other.score) for one, other in zip(softer, snapshot.scores, strict=False))
