"""Listed names inside text: with the right offsets, none lost, nothing said that is not there."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctionscreen import InputError, Party, Screener, explain
from sanctionscreen.matching import mentions as module
from sanctionscreen.matching.mentions import Phrases
from sanctionscreen.matching.phrases import MOST_LETTERS, Phrase, fits, is_slip, mention, words
from sanctionscreen.matching.phrasing import address_phrase
from sanctionscreen.records import Address
from sanctionscreen.scanning import address_hits, text_hits
from sanctionscreen.snapshot import Snapshot

DAY = date(2022, 5, 20)
HIKVISION = "Hangzhou Hikvision Digital Technology Co., Ltd."
DAHUA = "Zhejiang Dahua Technology Co., Ltd."


@pytest.fixture(scope="module")
def bundled() -> Screener:
    return Screener.load()


@pytest.mark.parametrize(
    ("text", "said", "party", "about"),
    [
        ("2x HIKVISION DS-2CD2143 dome cam", "HIKVISION", HIKVISION, "name"),
        ("one Hikvison camera", "Hikvison", HIKVISION, "name"),
        ("one HIK VISION camera", "HIK VISION", HIKVISION, "name"),
        ("consignee c/o Zhejiang Dahua\n   Technology, Binjiang", "Dahua\n   Technology", DAHUA, "name"),
        ("購入:海康威视摄像头2台", "海康威视", HIKVISION, "name"),
        ("Ｈｉｋｖｉｓｉｏｎ camera", "Ｈｉｋｖｉｓｉｏｎ", HIKVISION, "name"),
        ("a ZTE router", "ZTE", "ZTE Corporation", "name"),
        ("deliver to No. 555 Qianmo Road, Hangzhou", "No. 555 Qianmo Road", HIKVISION, "address"),
    ],
)
def test_what_is_said_is_found_where_it_stands(bundled: Screener, text: str, said: str, party: str, about: str) -> None:
    found = [one for one in bundled.scan(text, as_of=DAY).mentions if one.hit.listed_party.primary_name == party]
    assert [(one.text, one.about) for one in found] == [(said, about)]
    assert text[found[0].start : found[0].end] == said
    assert found[0].hit.in_force
    assert found[0].hit.points == sum(one.contribution for one in found[0].hit.evidence)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "the zte of it",
        "Hangzhou. A vision of technology",
        "DS-2CD2143",
        "Hik ............ vision",
        "Blue Heron Stationery, 12 Church Lane, Norwich",
        "hikvisionary",
    ],
)
def test_what_is_not_said_is_not_found(bundled: Screener, text: str) -> None:
    assert bundled.scan(text, as_of=DAY).mentions == ()


def test_an_address_is_a_red_flag_and_no_identity(bundled: Screener) -> None:
    (found,) = bundled.scan("555 No. 555 Qianmo Road", as_of=DAY).mentions
    assert (found.hit.level, found.hit.matched_name, found.hit.points) == ("review", None, 700)


@pytest.mark.parametrize(
    ("party", "found"),
    [
        (Party(name="Blue Heron", address="No. 555 Qianmo Road, Binjiang District, Hangzhou"), True),
        (Party(name="Blue Heron", address="No. 555 Qianmo Road, Hangzhou", country="CN"), True),
        (Party(name="Blue Heron", address="No. 555 Qianmo Road", country="FR"), False),
        (Party(name="Blue Heron", address="No. 556 Qianmo Road, Hangzhou"), False),
        (Party(name="No. 555 Qianmo Road"), False),
    ],
)
def test_a_vendor_at_a_listed_address_is_a_red_flag(bundled: Screener, party: Party, found: bool) -> None:
    result = bundled.screen(party, as_of=DAY)
    assert [hit.listed_party.primary_name for hit in result.hits] == [HIKVISION] * found
    assert result.clear is not found
    if found:
        (hit,) = result.hits
        assert (hit.level, hit.matched_name, hit.points) == ("review", None, 700)
        assert result.decision
        assert str(result.decision.disposition) == "review"
        assert "by its address alone; for review: a red flag, and no identity." in " ".join(explain(hit).split())
        assert bundled.screen(party, as_of=DAY, cutoff=0.8).hits == ()


@pytest.mark.parametrize("written", ["{}", "c/o Blue Heron, {}", "Bâtiment 7; {}, Lyon"])
def test_every_listed_address_is_found_wherever_it_stands(bundled: Screener, written: str) -> None:
    found = {}
    for listed in bundled.parties():
        for address in listed.addresses:
            if said := " ".join(address_phrase(address)).upper():
                asked = Party(name="Blue Heron", address=written.format(said))
                hits = [hit for one in bundled.loaded.snapshots for hit in address_hits(one, asked, DAY)]
                found[said] = listed.id in {hit.listed_party.id for hit in hits}
    assert len(found) > 100
    assert all(found.values())


def test_a_vendor_of_the_name_at_the_address_is_one_hit(bundled: Screener) -> None:
    (hit,) = bundled.screen(Party(name="Hikvision", address="No. 555 Qianmo Road, Hangzhou"), as_of=DAY).hits
    assert hit.matched_name


def test_history_is_told_as_history(bundled: Screener) -> None:
    (found,) = bundled.scan("HIKVISION", as_of=date(2018, 1, 1)).mentions
    assert not found.hit.in_force
    assert found.hit.history


def test_every_mention_is_found_and_in_order(bundled: Screener) -> None:
    text = "; ".join(["HIKVISION", "nothing", "Dahua Technology", "Hikvision"] * 20)
    found = bundled.scan(text, as_of=DAY).mentions
    assert len(found) == 60
    assert [one.start for one in found] == sorted(one.start for one in found)


def test_a_text_that_is_too_long_is_refused(bundled: Screener, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_TEXT", 10)
    with pytest.raises(InputError, match="11 characters of text, at most 10 are scanned"):
        bundled.scan("x" * 11)


def test_a_text_is_never_clear_by_accident(tmp_path: Path) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text("nonsense", encoding="utf-8")
    for screener, left_out in ((Screener.load(broken, skip_broken=True), str(broken)), (Screener(()), "every list")):
        found = screener.scan("HIKVISION")
        assert not found.clear
        assert left_out in {one.what for one in found.not_screened}


@pytest.mark.parametrize(
    ("written", "meant", "slip"),
    [
        ("hikvison", "hikvision", True),
        ("hikvisiion", "hikvision", True),
        ("hikvisoin", "hikvision", True),
        ("hikvision", "hikvision", False),
        ("acm", "acme", False),
        ("acmes", "acme", False),
        ("acme1", "acmes", False),
        ("x" * (MOST_LETTERS + 2), "x" * (MOST_LETTERS + 1), False),
        ("x" * (MOST_LETTERS + 1), "x" * MOST_LETTERS, True),
    ],
)
def test_a_slip_is_one_typing_error_in_a_word_of_letters(written: str, meant: str, slip: bool) -> None:
    assert is_slip(written, meant) is slip


@pytest.mark.parametrize(
    ("address", "said"),
    [
        (
            Address(street="Suite 3", city="12 Ring Road West, Springfield"),
            ("suite", "3", "12", "ring", "road", "west"),
        ),
        (Address(text="Urumqi, Xinjiang, China"), ()),
        (Address(country="CN"), ()),
    ],
)
def test_an_address_is_said_by_its_parts_up_to_a_number(address: Address, said: tuple[str, ...]) -> None:
    assert address_phrase(address) == said


PEOPLE = """
header: {id: ours, title: Ours, authority: us, publisher: us, as_of: 2022-05-01, licence: internal}
parties:
- id: eleanor
  kind: person
  names: [{name: Eleanor Jane Quillfeather, type: primary}, {name: Nightowl, quality: weak}, {name: "4711"}]
  addresses: [{street: 12 Wren Lane, city: Norwich}]
  listings: [{program: P, effective_date: 2020-01-01}]
- id: trading
  kind: organization
  names: [{name: Universal Trading Company, type: primary}]
  listings: [{program: P, effective_date: 2020-01-01}]
"""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Screener:
    path = tmp_path_factory.mktemp("lists") / "ours.yaml"
    path.write_text(PEOPLE, encoding="utf-8")
    return Screener.load(path)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("signed: QUILLFEATHER, Eleanor Jane", [("QUILLFEATHER, Eleanor Jane", "name", "alarm")]),
        ("by Jane Quillfeather", []),
        ("a nightowl", [("nightowl", "name", "review")]),
        ("order 4711", []),
        ("our universal trading company", [("universal trading company", "name", "review")]),
        ("12 Wren Lane, Norwich", [("12 Wren Lane, Norwich", "address", "review")]),
        ("12 Wren Lane, Norwhich", []),
        ("x" * 80, []),
    ],
)
def test_each_kind_of_name_is_told_as_what_it_is(
    house: Screener, text: str, expected: list[tuple[str, str, str]]
) -> None:
    assert [(one.text, one.about, one.hit.level) for one in house.scan(text, as_of=DAY).mentions] == expected


def test_what_scores_too_little_is_left_out(bundled: Screener) -> None:
    assert bundled.scan("one Hikvison", as_of=DAY).mentions
    assert bundled.scan("one Hikvison", as_of=DAY, cutoff=1).mentions == ()
    with pytest.raises(InputError, match="cutoff 2"):
        bundled.scan("one Hikvison", cutoff=2)


# --- laws ----------------------------------------------------------------------------------------------

_WORDS = ("acme", "acmes", "robotics", "robotic", "trading", "of", "x", "海", "康", "12", "zte", "zté")
_PHRASES = st.lists(st.lists(st.sampled_from(_WORDS), min_size=1, max_size=4).map(tuple), min_size=1, max_size=6)
_TEXTS = st.lists(
    st.tuples(st.sampled_from((*_WORDS, "Acme", "acem", "acmerobotics", "ROBOTCS", "ZTE")), st.sampled_from(" \n,.")),
    max_size=12,
).map(lambda parts: "".join(word + gap for word, gap in parts))


def _brute(phrases: Phrases, text: str) -> set[tuple[int, int, Phrase]]:
    """Every window of the text against every phrase."""
    found, every = set(), words(text)
    for phrase in map(phrases.__getitem__, range(len(phrases))):
        for first in range(len(every)):
            for last in range(first + 1, min(len(every), first + max(3, len(phrase.words))) + 1):
                window = every[first:last]
                if fits(tuple(word.text for word in window), phrase.words) and (one := mention(text, window, phrase)):
                    found.add((one.start, one.end, phrase))
    return found


@given(said=_PHRASES, addresses=st.booleans(), text=_TEXTS)
def test_the_search_finds_what_every_window_finds(said: list[tuple[str, ...]], addresses: bool, text: str) -> None:
    folded = [tuple(word.text for part in one for word in words(part)) for one in said]
    phrases = Phrases.of(Phrase(one, n, None if addresses and n == 0 else n, 0) for n, one in enumerate(folded))
    found = phrases.find(text)
    assert {(one.start, one.end, one.phrase) for one in found} == _brute(phrases, text)
    assert len(found) == len(set(found))


@given(said=_PHRASES, text=_TEXTS)
def test_the_search_is_the_same_in_small_shares(said: list[tuple[str, ...]], text: str) -> None:
    phrases = Phrases.of(Phrase(one, n, n, 0) for n, one in enumerate(said))
    whole = phrases.find(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "AT_ONCE", 2)
        assert phrases.find(text) == whole


def test_a_snapshot_holds_what_is_looked_for(bundled: Screener, tmp_path: Path) -> None:
    compiled = bundled.loaded.snapshots[0]
    compiled.save(tmp_path / "us.snapshot")
    opened = Snapshot.open(tmp_path / "us.snapshot")
    assert len(opened.phrases) == len(compiled.phrases) > 0
    assert all(opened.phrases[number] == compiled.phrases[number] for number in range(len(opened.phrases)))
    text = "2x HIKVISION, Dahua Technology, No. 555 Qianmo Road"
    assert text_hits(opened, text, 700, DAY) == text_hits(compiled, text, 700, DAY)


def test_a_list_without_phrases_finds_nothing() -> None:
    assert Phrases.of([]).find("HIKVISION") == []


@given(text=st.text(max_size=200))
def test_words_stand_where_they_are_said_to(text: str) -> None:
    every = words(text)
    assert all(0 <= word.start < word.end <= len(text) for word in every)
    assert all(before.start <= after.start and before.end <= after.end for before, after in pairwise(every))


@given(text=st.text(max_size=120))
def test_any_text_is_scanned_and_spans_are_its_own(bundled_screener: Screener, text: str) -> None:
    for one in bundled_screener.scan(f"{text} HIKVISION {text}", as_of=DAY).mentions:
        assert f"{text} HIKVISION {text}"[one.start : one.end] == one.text


@pytest.fixture(scope="session")
def bundled_screener() -> Screener:
    return Screener.load()


def test_every_strong_bundled_name_is_found_in_a_sentence(bundled: Screener) -> None:
    """Each name as the list spells it, inside other words, with its exact place; short ones in capitals only."""
    for party in bundled.parties():
        for name in party.names:
            text = f"12 pcs, {name.name}, as agreed"
            shown = [one for one in bundled.scan(text, as_of=DAY).mentions if one.hit.listed_party.id == party.id]
            letters = sum(len(word.text) for word in words(name.name))
            if letters > 4:
                assert any(one.start >= 8 and one.end <= len(text) - 11 for one in shown), name.name


def test_real_lists_lose_no_window(shared: Path) -> None:
    """Bundled lists and sentences of real clean names, against a scan of every window and phrase."""
    snapshot = Screener.load().loaded.snapshots[0]
    few = Phrases.of(snapshot.phrases[number] for number in range(0, len(snapshot.phrases), 7))
    lines = [n.name for p in list(Screener.load().parties())[::9] for n in p.names]
    text = " supplied by ".join(lines[:60])
    assert {(one.start, one.end, one.phrase) for one in few.find(text)} == _brute(few, text)
    assert text_hits(snapshot, text, 700, DAY)
