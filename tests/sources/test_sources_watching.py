"""A watch of one's own: whole entries, comments kept, nothing half written."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from sanctionscreen import InputError, ListError, Screener
from sanctionscreen.records import ListedParty
from sanctionscreen.sources.loading import load_lists
from sanctionscreen.sources.watching import add_watch, watched

SAID, REVIEW, LINK = date(2026, 5, 4), date(2027, 5, 4), "https://news.example/globex"


def entry(name: str = "Globex Dynamics", **more: object) -> ListedParty:
    return watched(name, "reported", **{"published": SAID, "review_by": REVIEW, "source_url": LINK, **more})  # type: ignore[arg-type]  # of each its own type


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "our-watch.yaml"


def test_a_watch_is_raised_until_its_review_and_never_a_block(path: Path) -> None:
    add_watch(path, entry(of_list="sdn"))
    screener = Screener.load(path)
    hit = screener.screen("Globex Dynamics", as_of=date(2026, 6, 1)).hits[0]
    assert [one.list for one in hit.watch] == ["sdn"]
    assert [effect.effect for effect in hit.effects] == ["watch"]
    assert "not designated" in (hit.effects[0].note or "")
    assert hit.effects[0].source_url == LINK
    after = screener.screen("Globex Dynamics", as_of=date(2027, 5, 5))
    assert not after.hits
    assert after.history[0].history[0].review_by == REVIEW
    assert not screener.screen("Globex Dynamics", as_of=date(2026, 5, 3)).hits


def test_entries_are_added_and_what_stands_there_stays(path: Path) -> None:
    add_watch(path, entry())
    path.write_text("# ours\n" + path.read_text(encoding="utf-8") + "  # the last line\n", encoding="utf-8")
    held = add_watch(path, entry("环球动力", aliases=["Huanqiu Dongli"], country="CN", remarks="as told"))
    assert [party.primary_name for party in held.parties] == ["Globex Dynamics", "环球动力"]
    assert path.read_text(encoding="utf-8").startswith("# ours\n")
    assert "# the last line" in path.read_text(encoding="utf-8")
    assert load_lists([path])[0].parties[1].countries == ("CN",)
    assert [file.name for file in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("before", ["", "# as_of: 2026-05-04 is the first\n"])
def test_the_list_is_of_the_day_of_its_newest_entry(path: Path, before: str) -> None:
    add_watch(path, entry())
    path.write_text(before + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert add_watch(path, entry("Initech", published=date(2026, 6, 1))).header.as_of == date(2026, 6, 1)
    assert add_watch(path, entry("Umbrella", published=date(2026, 1, 9))).header.as_of == date(2026, 6, 1)
    assert path.read_text(encoding="utf-8").startswith(before)


def test_a_source_of_a_day_to_come_is_refused(path: Path) -> None:
    tomorrow = date.today() + timedelta(days=1)
    with pytest.raises(InputError, match="still to come"):
        add_watch(path, entry(published=tomorrow, review_by=tomorrow))
    assert not path.exists()


@pytest.mark.parametrize("margin", ["", "  "])
def test_a_list_written_by_hand_can_be_added_to(path: Path, margin: str) -> None:
    header = "header: {id: w, title: 'W #1', authority: us, publisher: us, as_of: 2026-01-01, licence: internal}\n"
    party = "- id: a\n  kind: person\n  names: [{name: Ann Wren, type: primary}]\n"
    party += "  listings: [{program: X, published: 2026-01-01}]\n"
    indented = "".join(f"{margin}{line}\n" for line in party.splitlines())
    path.write_text(f"{header}parties:\n{indented}", encoding="utf-8")
    held = add_watch(path, entry())
    assert (len(held.parties), held.header.as_of) == (2, SAID)


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"source_url": "the papers"}, "is no link"),
        ({"review_by": date(2026, 1, 1)}, "comes before"),
        ({"name": "  "}, "watch entry: a name is blank: give the name of the party"),
        ({"name": "...!?"}, "no letters or digits that can be compared"),
        ({"aliases": ["Globex", "—"]}, "'—' has no letters or digits"),
        ({"country": "China"}, "watch entry: countries.0"),
    ],
)
def test_what_is_not_sound_is_refused(more: dict[str, object], told: str) -> None:
    with pytest.raises(InputError, match=told):
        entry(**more)  # type: ignore[arg-type]  # of each its own type


def test_the_same_party_is_not_added_twice(path: Path) -> None:
    add_watch(path, entry())
    before = path.read_bytes()
    with pytest.raises(InputError, match="stands on it already"):
        add_watch(path, entry())
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "parties: [{id: a, kind: person, names: [{name: A B, type: primary}], listings: [{program: X}]}]\n"
            "header: {HEAD}\n",
            "last",
        ),
        ("header: {HEAD, programs: [{id: X, title: X}]}\nparties: []\n", "program 'WATCH' is none of its own: X"),
    ],
)
def test_a_list_that_cannot_be_added_to_stays_as_it_is(path: Path, text: str, told: str) -> None:
    head = "id: w, title: W, authority: us, publisher: us, as_of: 2026-01-01, licence: internal"
    path.write_text(text.replace("HEAD", head), encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(InputError, match=told):
        add_watch(path, entry())
    assert path.read_bytes() == before


def test_a_faulty_list_is_told_with_its_fault(path: Path) -> None:
    path.write_text("nonsense", encoding="utf-8")
    with pytest.raises(ListError, match=r"our-watch\.yaml:1"):
        add_watch(path, entry())
