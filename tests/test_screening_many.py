"""Many parties: the same results from any number of processes, in the order asked."""

from __future__ import annotations

import gc
import pickle
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sanctionscreen import Context, InputError, Party, Screener, ScreeningResult, SnapshotError
from sanctionscreen import loaded as loaded_module
from sanctionscreen import screening as screening_module
from sanctionscreen.loaded import Loaded, Searched
from sanctionscreen.matching.prepared import prepare
from sanctionscreen.names import Name
from sanctionscreen.question import Question
from sanctionscreen.records import Kind
from sanctionscreen.snapshot import Snapshot
from sanctionscreen.sources.loading import bundled_lists, load_lists

DAY = date(2022, 5, 5)

#: Parties of every outcome: alarms, none, not readable, history, by an identifier alone, cut, twice the same.
PARTIES: list[str | Party] = [
    "Hikvison",
    "Blue Heron Stationery",
    "???",
    "",
    Party(name="Hikvision", kind="organization", country="CN"),
    Party(name="Blue Heron", identifiers=({"type": "imo", "value": "9187629"},)),
    Party(name="Hikvision", kind="organization", country="FR", reference="7"),
    "海康威視",
    "x" * 5_000,
    "Dahua",
] * 3


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("lists") / "us.snapshot"
    Snapshot.of(load_lists([bundled_lists()])).save(path)
    return path


@pytest.mark.parametrize(
    ("as_of", "context"),
    [(DAY, None), (date(2018, 1, 1), None), (date(2030, 1, 1), Context(jurisdictions=["US"], activities=["import"]))],
)
def test_results_are_the_same_from_any_number_of_processes(
    compiled: Path, as_of: date, context: Context | None
) -> None:
    screener = Screener.load(compiled)
    one_by_one = [screener.screen(party, as_of=as_of, context=context) for party in PARTIES]
    for workers in (None, 1, 2):
        many = list(screener.screen_many(PARTIES, as_of=as_of, context=context, workers=workers))
        assert many == one_by_one


def test_every_chunk_stands_in_its_place(compiled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screening_module, "CHUNK", 3)
    names = [f"Vendor {number}" for number in range(50)]
    results = Screener.load(compiled).screen_many(names, workers=2)
    assert [result.query.name for result in results] == names


def test_lists_in_memory_are_shared_too() -> None:
    results = list(Screener.load().screen_many(["Hikvison", "Blue Heron"], as_of=DAY, workers=2))
    assert [bool(result.hits) for result in results] == [True, False]


def test_a_long_list_of_names_is_shared_out_unasked(compiled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []
    monkeypatch.setattr(screening_module, "LARGE", 3)
    monkeypatch.setattr(screening_module, "chosen", lambda _, *, large: asked.append(large) or 1)
    screener = Screener.load(compiled)
    for parties in (["a", "b", "c"], ["a", "b"], iter(["a", "b", "c"])):
        list(screener.screen_many(parties))
    assert asked == [True, False, False]


def test_what_comes_one_by_one_is_answered_one_by_one(compiled: Path) -> None:
    taken: list[str] = []

    def names() -> Iterator[str]:
        for name in ("Hikvison", "Blue Heron"):
            taken.append(name)
            yield name

    for number, _ in enumerate(Screener.load(compiled).screen_many(names()), 1):
        assert len(taken) == number


def test_a_name_that_is_asked_for_again_is_not_searched_again(compiled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    prepared: list[Name] = []
    monkeypatch.setattr(loaded_module, "prepare", lambda name: prepared.append(name) or prepare(name))
    screener = Screener.load(compiled)
    facts = [Party(name="Hikvision", country=country) for country in ("CN", "FR")] * 50
    results = list(screener.screen_many(facts))
    assert len(prepared) == 1
    assert results[0].hits[0].agreements != results[1].hits[0].agreements


def test_no_more_names_are_remembered_than_there_is_room_for(compiled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loaded_module, "REMEMBERED", 3)
    lists = Loaded.load([compiled])
    names = [f"Vendor {number}" for number in range(7)]
    for name in names:
        lists.searched([(name, None)], 700)
        assert len(lists._remembered) <= 3
    assert [key[0] for key in lists._remembered] == names[-3:]
    assert len(lists.searched([(name, None) for name in names * 2], 700)) == 14


@pytest.mark.parametrize("options", [{"cutoff": 5}, {"workers": 0}, {"as_of": "today"}, {"context": "US"}])
def test_what_cannot_be_asked_is_an_error_at_once(compiled: Path, options: dict[str, Any]) -> None:
    with pytest.raises(InputError):
        Screener.load(compiled).screen_many(["x"], **options)


# --- between processes ---------------------------------------------------------------------------------


def test_lists_pickle_as_the_names_of_their_files(compiled: Path) -> None:
    screener = Screener.load(compiled)
    data = pickle.dumps(screener)
    assert len(data) < 1_000
    again: Screener = pickle.loads(data)  # noqa: S301  # made above
    assert again.screen("Hikvison", as_of=DAY) == screener.screen("Hikvison", as_of=DAY)


def test_a_question_pickles_with_all_that_is_asked(compiled: Path) -> None:
    question = Question(Loaded.load([compiled]), DAY, 0.8, Context(activities=["import"]))
    again: Question = pickle.loads(pickle.dumps(question))  # noqa: S301  # made here
    assert again(Party(name="Hikvison")) == question(Party(name="Hikvison"))


def test_lists_in_memory_do_not_pickle() -> None:
    with pytest.raises(TypeError, match="lists in memory do not pickle: compile them, and load the snapshot"):
        pickle.dumps(Screener.load())


def test_what_could_not_be_loaded_is_known_everywhere(compiled: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.snapshot"
    broken.write_bytes(b"no snapshot")
    screener = Screener.load(compiled, broken, skip_broken=True)
    for result in (*screener.screen_many(["Hikvison", "Blue Heron"], workers=2), screener.screen("Blue Heron")):
        assert [one.what for one in result.not_screened] == [str(broken)]
        assert not result.clear


@pytest.mark.parametrize("content", ["other lists", "rubbish", None])
@pytest.mark.usefixtures("processes")
def test_lists_that_were_swapped_in_the_meantime_are_refused(
    compiled: Path, tmp_path: Path, content: str | None
) -> None:
    path = tmp_path / "swapped.snapshot"
    path.write_bytes(compiled.read_bytes())
    screener = Screener.load(path)
    path.unlink()
    if content == "other lists":
        others = [replace(one, checksum="other") for one in load_lists([bundled_lists()])]
        Snapshot.of(others).save(path)
    elif content:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(SnapshotError) as caught:
        list(screener.screen_many(["x"] * 4, workers=2))
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_different_lists_have_different_fingerprints(compiled: Path) -> None:
    both = {Loaded.load([compiled]).fingerprint, Loaded.load([]).fingerprint}
    assert len(both) == 1
    assert Loaded([], ()).fingerprint not in both


def test_no_result_is_passed_off_as_clear(compiled: Path) -> None:
    question = Question(Loaded.load([compiled]), date(2025, 1, 1))
    parties = [Party(name=name) for name in ("Hikvision", "???", "Xinjiang Mill", "Blue Heron")]
    results = question.briefly(parties)
    assert [isinstance(result, ScreeningResult) for result in results] == [True, True, True, False]
    assert question.whole(parties[-1], results[-1]) == question(parties[-1])


@pytest.mark.parametrize("running", [True, False])
@pytest.mark.parametrize("fails", [False, True])
def test_the_collector_of_the_caller_rests_only_while_names_are_looked_for(
    compiled: Path, monkeypatch: pytest.MonkeyPatch, running: bool, fails: bool
) -> None:
    seen: list[bool] = []
    real = Loaded.searched

    def searched(lists: Loaded, names: Iterable[tuple[str, Kind | None]], least: int) -> list[Searched]:
        seen.append(gc.isenabled())
        if fails:
            raise RuntimeError
        return real(lists, names, least)

    monkeypatch.setattr(Loaded, "searched", searched)
    screener = Screener.load(compiled)
    (gc.enable if running else gc.disable)()
    try:
        with pytest.raises(RuntimeError) if fails else nullcontext():
            screener.screen("Hikvision")
        after = gc.isenabled()
    finally:
        gc.enable()
    assert (seen, after) == ([False], running)
