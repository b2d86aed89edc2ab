"""A snapshot gives back what was compiled, and is refused when it is not whole, whenever that shows."""

from __future__ import annotations

import errno
import json
import os
import pickle
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sanctionscreen.arrayfile import BLOCK, MappedArrays
from sanctionscreen.errors import SnapshotError
from sanctionscreen.matching.index import Index
from sanctionscreen.matching.prepared import prepare
from sanctionscreen.names import parse
from sanctionscreen.records import Identifier, ListedParty, ListHeader
from sanctionscreen.screening import Screener
from sanctionscreen.snapshot import MAGIC, Snapshot
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


# --- damage ------------------------------------------------------------------------------------------------------


def everything(path: Path) -> object:
    """Use all that a snapshot has."""
    screener = Screener.load(path)
    (snapshot,) = screener.loaded.snapshots
    return (
        snapshot.lists,
        snapshot.merged,
        snapshot.identifier_types,
        [(snapshot.party(number), snapshot.ties_of(number)) for number in range(len(snapshot))],
        [snapshot.identified(one) for party in screener.parties() for one in party.identifiers],
        [snapshot.index.stored.name(name) for name in range(len(snapshot.index))],
        [screener.screen(name, as_of=date(2026, 2, 1)) for name in ("Acme Robtics", "海康威視", "Globex")],
        screener.scan("sold to Acme Robotics, Binjiang", as_of=date(2026, 2, 1)),
    )


@pytest.fixture
def saved(snapshot: Snapshot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A snapshot whose arrays make many blocks, which threads compare."""
    monkeypatch.setattr("sanctionscreen.arrayfile.BLOCK", 64)
    monkeypatch.setattr("sanctionscreen.arrayfile._MANY", 4)
    monkeypatch.setattr("sanctionscreen.arrayfile._THREADS", 2)
    path = tmp_path / "watch.snapshot"
    snapshot.save(path)
    return path


def boundaries(path: Path) -> list[int]:
    """Where a part of the file begins: magic, SHA-256, both lengths, head, checks, every array; and where it ends."""
    data = path.read_bytes()
    length, size = (int.from_bytes(data[at : at + 8], "little") for at in (40, 48))
    arrays = json.loads(data[56 : 56 + length])["arrays"]
    start = len(data) - size
    ends = {start + at + items * int(dtype[2:]) for _, dtype, items, at in arrays}
    return sorted({0, 8, 40, 48, 56, 56 + length, *(start + at for _, _, _, at in arrays), *ends, len(data)})


def test_a_bit_flipped_anywhere_is_one_line_and_never_an_answer(saved: Path) -> None:
    data, parts = saved.read_bytes(), boundaries(saved)
    places = {place for first in parts for place in (first - 1, first, first + 3) if 0 <= place < len(data)}
    assert len(places) > 60
    for place in sorted(places | set(range(0, len(data), 97))):
        saved.write_bytes(data[:place] + bytes([data[place] ^ 1 << place % 8]) + data[place + 1 :])
        with pytest.raises(SnapshotError) as caught:
            everything(saved)
        assert str(caught.value).startswith(f"{saved}: ")
        assert "\n" not in str(caught.value)


def test_a_file_cut_anywhere_is_refused_when_it_is_opened(saved: Path) -> None:
    data, parts = saved.read_bytes(), boundaries(saved)
    for size in sorted({first + more for first in parts for more in (-1, 0, 1) if 0 <= first + more < len(data)}):
        saved.write_bytes(data[:size])
        with pytest.raises(SnapshotError, match=r"empty|not a snapshot of this format|damaged") as caught:
            Screener.load(saved)
        assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda data: data[:-1], r"damaged \(it has \d+ bytes, not \d+\); compile the lists again"),
        (lambda data: data + b"\0", "damaged"),
        (lambda data: data[:60], "damaged"),
        (lambda data: data[:7] + bytes([data[7] - 1]) + data[8:], "written by another version of sanctionscreen; comp"),
        (lambda data: b"PK" + data[2:], "not a snapshot of this format"),
        (lambda data: b"", "not a snapshot that can be opened: the file is empty"),
        (lambda data: data[:5], "not a snapshot of this format"),
    ],
)
def test_what_is_wrong_with_a_file_is_told(saved: Path, change: Callable[[bytes], bytes], message: str) -> None:
    saved.write_bytes(change(saved.read_bytes()))
    with pytest.raises(SnapshotError, match=message):
        Snapshot.open(saved)


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir])
def test_what_is_no_file_is_told_and_nobody_waits_for_it(tmp_path: Path, make: Callable[[Path], None]) -> None:
    path = tmp_path / "watch.snapshot"
    make(path)
    with pytest.raises(SnapshotError, match=r"watch\.snapshot: not a snapshot that can be opened: not a regular file$"):
        Snapshot.open(path)


def test_a_damaged_record_stops_the_screening_that_reads_it_and_no_other(saved: Path) -> None:
    data = saved.read_bytes()
    place = data.index(PARTIES[1].names[1].name.encode())
    saved.write_bytes(data[:place] + b"?" + data[place + 1 :])
    screener = Screener.load(saved)
    assert screener.screen("Acme Robtics").hits
    with pytest.raises(SnapshotError, match=r"watch\.snapshot: damaged \(a checksum does not match\); compile"):
        screener.screen("Globex")


def test_blocks_are_as_large_as_they_are_said_to_be(tmp_path: Path) -> None:
    names = [party(number, f"Acme Robotics {number}", remarks=("x" * 500,)) for number in range(2 * BLOCK // 500)]
    Snapshot.of([LoadedList(header=HEADER, parties=names, file="watch.yaml", checksum="abc")]).save(tmp_path / "a")
    opened = Snapshot.open(tmp_path / "a")
    assert [opened.party(number).id for number in (0, len(names) - 1)] == ["p0", f"p{len(names) - 1}"]


# --- files that change --------------------------------------------------------------------------------------------


@pytest.fixture
def other() -> Snapshot:
    parties = (party(1, "Borogove Shipping"),)
    return Snapshot.of([LoadedList(header=HEADER, parties=parties, file="watch.yaml", checksum="def")])


def test_who_has_a_snapshot_open_that_is_replaced_goes_on_with_it(saved: Path, other: Snapshot) -> None:
    screener = Screener.load(saved)
    sent = pickle.dumps(screener.loaded)
    other.save(saved)
    assert screener.screen("Acme Robtics").hits[0].listed_party.id == "p1"
    assert not screener.screen("Borogove").hits
    assert Screener.load(saved).screen("Borogove").hits
    with pytest.raises(SnapshotError, match="replaced by another while in use: screen again with the new one"):
        pickle.loads(sent)  # noqa: S301  # ours


@pytest.mark.parametrize("cut", [True, False])
def test_a_snapshot_that_is_written_over_while_open_is_refused_from_then_on(
    saved: Path, other: Snapshot, tmp_path: Path, *, cut: bool
) -> None:
    screener = Screener.load(saved)
    (snapshot,) = screener.loaded.snapshots
    other.save(tmp_path / "other.snapshot")
    if cut:
        os.truncate(saved, saved.stat().st_size - 1)
    else:
        shutil.copyfile(tmp_path / "other.snapshot", saved)
    for use in (lambda: screener.screen("Acme"), lambda: snapshot.party(0), lambda: snapshot.phrases):
        with pytest.raises(SnapshotError, match=r"watch\.snapshot: was written over while in use; load it again"):
            use()


def written_over(path: Path) -> None:
    """Write over a file in place; one that is cut would end the process that has it mapped."""
    with path.open("r+b") as file:
        file.write(b"\xff" * path.stat().st_size)
    os.utime(path, (0, 0))  # the clocks of file systems are coarse


@pytest.mark.parametrize("name", ["Acme Robtics", "Borogove"])
def test_a_snapshot_that_is_written_over_during_a_search_is_told_as_that(
    saved: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    screener = Screener.load(saved)
    search_many = Index.search_many

    def late(index: Index, *given: Any) -> Iterator[Any]:
        written_over(saved)
        return search_many(index, *given)

    monkeypatch.setattr(Index, "search_many", late)
    with pytest.raises(SnapshotError, match=r"watch\.snapshot: was written over while in use; load it again"):
        screener.screen(name)


def test_a_record_that_is_written_over_while_it_is_read_is_told_as_that(
    saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    snapshot = Snapshot.open(saved)
    part = MappedArrays.part

    def late(arrays: MappedArrays, name: str, first: int, last: int) -> Any:
        found = part(arrays, name, first, last)
        if name == "party_text":
            written_over(saved)
        return found

    monkeypatch.setattr(MappedArrays, "part", late)
    with pytest.raises(SnapshotError, match="was written over while in use"):
        snapshot.party(0)


def test_a_snapshot_that_is_written_over_between_two_scans_is_refused(saved: Path) -> None:
    screener = Screener.load(saved)
    assert screener.scan("ordered from Acme Robotics").mentions
    written_over(saved)
    with pytest.raises(SnapshotError, match="was written over while in use"):
        screener.scan("ordered from nobody")


def test_an_opened_snapshot_saves_as_the_same_bytes(saved: Path, tmp_path: Path) -> None:
    Snapshot.open(saved).save(tmp_path / "copy.snapshot")
    assert (tmp_path / "copy.snapshot").read_bytes() == saved.read_bytes()


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


def test_a_full_disk_is_told_in_one_line_and_leaves_what_was_there(
    saved: Path, other: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    before = saved.read_bytes()
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(SnapshotError, match=r"^\S+watch\.snapshot: cannot be written: No space left on device$"):
        other.save(saved)
    assert [(one, one.read_bytes()) for one in saved.parent.iterdir()] == [(saved, before)]


def test_a_file_too_large_for_the_disk_is_told_and_leaves_nothing(snapshot: Snapshot, tmp_path: Path) -> None:
    resource = pytest.importorskip("resource", reason="limits are set so on Unix only")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, limits[1]))
    try:
        with pytest.raises(SnapshotError, match="cannot be written: File too large"):
            snapshot.save(tmp_path / "watch.snapshot")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert list(tmp_path.iterdir()) == []


def test_an_interrupted_save_leaves_nothing(
    snapshot: Snapshot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        snapshot.save(tmp_path / "watch.snapshot")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_open_is_closed_with_its_snapshot(saved: Path) -> None:
    opened = MappedArrays.open(saved, MAGIC)
    number = opened._file
    del opened
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(number)


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
