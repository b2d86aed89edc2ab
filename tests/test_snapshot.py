"""A snapshot gives back what was compiled, and is refused when it is not whole."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sanctionscreen.errors import SnapshotError
from sanctionscreen.matching.prepared import prepare
from sanctionscreen.names import parse
from sanctionscreen.records import Identifier, ListedParty, ListHeader
from sanctionscreen.screening import Screener
from sanctionscreen.snapshot import Snapshot
from sanctionscreen.sources.loading import LoadedList, bundled_lists, load_lists

HEADER = ListHeader(
    id="watch", title="Watch", authority="House rule", publisher="Us", as_of=date(2026, 1, 1), licence="CC0-1.0"
)


def party(number: int, *names: str, **more: object) -> ListedParty:
    return ListedParty.model_validate(
        {
            "id": f"p{number}",
            "kind": "organization",
            "names": [{"name": name} for name in names],
            "listings": [{"program": "W"}],
            **more,
        }
    )


PARTIES = (
    party(1, "Acme Robotics Ltd", "海康威视", identifiers=[{"type": "imo", "value": "IMO 9187629"}]),
    party(2, "Globex Trading", "Ηikvision"),
)


@pytest.fixture
def snapshot() -> Snapshot:
    return Snapshot.of([LoadedList(header=HEADER, parties=PARTIES, file="watch.yaml", checksum="abc")])


def test_a_saved_snapshot_is_the_one_that_was_compiled(snapshot: Snapshot, tmp_path: Path) -> None:
    path = tmp_path / "watch.snapshot"
    snapshot.save(path)
    opened = Snapshot.open(path)
    assert opened.lists == snapshot.lists
    assert [opened.party(i) for i in range(len(opened))] == [snapshot.party(i) for i in range(len(snapshot))]
    for text in ("Acme Robtics", "海康威視", "Hikvision"):
        query = prepare(parse(text))
        found = [(f.party, f.number, f.score.points) for f in snapshot.index.search(query, 700)]
        assert found
        assert [(f.party, f.number, f.score.points) for f in opened.index.search(query, 700)] == found


def test_the_same_lists_give_the_same_bytes(snapshot: Snapshot, tmp_path: Path) -> None:
    for name in ("a.snapshot", "b.snapshot"):
        snapshot.save(tmp_path / name)
    assert (tmp_path / "a.snapshot").read_bytes() == (tmp_path / "b.snapshot").read_bytes()


def test_records_come_back_whole_with_their_list_named() -> None:
    lists = load_lists([bundled_lists()])
    snapshot = Snapshot.of(lists)
    parties = [(p, one.header.id) for one in lists for p in one.parties]
    assert len(snapshot) == len(parties)
    for number, (loaded, list_id) in enumerate(parties):
        stored = snapshot.party(number)
        assert stored.model_copy(update={"listings": loaded.listings}) == loaded
        assert [x.list for x in stored.listings] == [x.list or list_id for x in loaded.listings]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda data: data[:-1], "damaged"),
        (lambda data: data[:1000] + bytes([data[1000] ^ 1]) + data[1001:], "damaged"),
        (lambda data: data[:60], "damaged"),
        (lambda data: b"PK" + data[2:], "not a snapshot of this format"),
        (lambda data: b"", "not a snapshot that can be opened: the file is empty"),
        (lambda data: data[:5], "not a snapshot of this format"),
    ],
)
def test_a_damaged_file_is_refused_with_one_line(
    snapshot: Snapshot, tmp_path: Path, change: object, message: str
) -> None:
    path = tmp_path / "watch.snapshot"
    snapshot.save(path)
    path.write_bytes(change(path.read_bytes()))  # type: ignore[operator]
    with pytest.raises(SnapshotError, match=message) as caught:
        Snapshot.open(path)
    assert "\n" not in str(caught.value)


def test_a_snapshot_of_another_engine_is_refused(
    snapshot: Snapshot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    snapshot.save(tmp_path / "old.snapshot")
    monkeypatch.setattr("sanctionscreen.snapshot.ENGINE", "sanctionscreen 99")
    with pytest.raises(SnapshotError, match=r"written by sanctionscreen .*; compile the lists again"):
        Screener.load(tmp_path / "old.snapshot")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SnapshotError, match=r"none\.snapshot: not a snapshot that can be opened"):
        Snapshot.open(tmp_path / "none.snapshot")


def test_a_folder_that_cannot_be_written_leaves_nothing(snapshot: Snapshot, tmp_path: Path) -> None:
    with pytest.raises(SnapshotError, match="cannot be written"):
        snapshot.save(tmp_path / "no such folder" / "x.snapshot")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("identifier", "parties"),
    [
        (Identifier(type="imo", value="9187629"), [0]),
        (Identifier(type="imo", value="imo-9187629"), [0]),
        (Identifier(type="imo", value="9187630"), []),
        (Identifier(type="passport", value="9187629"), []),
        (Identifier(type="imo", value="1"), []),
    ],
)
def test_parties_are_found_by_official_identifier(
    snapshot: Snapshot, identifier: Identifier, parties: list[int]
) -> None:
    assert snapshot.identified(identifier) == parties
