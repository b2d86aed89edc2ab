"""A text's answer says what it rests on, and is never clear by accident."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctionscreen import Context, InputError, Screener, explain

DAY = date(2022, 5, 20)
#: On which the list is not stale yet.
FRESH = date(2022, 5, 2)
LIST = """
header: {id: ours, title: Ours, authority: us, publisher: us, as_of: 2022-05-01, licence: internal, stale_after_days: 5}
parties:
- id: eleanor
  kind: person
  names: [{name: Eleanor Quillfeather, type: primary}]
  listings: [{program: P, effective_date: 2020-01-01}]
"""


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("lists") / "ours.yaml"
    path.write_text(LIST, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def house(ours: Path) -> Screener:
    return Screener.load(ours)


@pytest.mark.parametrize(
    ("text", "day", "clear", "told"),
    [
        ("signed: Eleanor Quillfeather", DAY, False, "1 mention in 28 characters, as of 2022-05-20."),
        ("signed: Blue Heron", FRESH, True, "0 mentions in 18 characters, as of 2022-05-02."),
        ("signed: Blue Heron", DAY, False, "0 mentions in 18 characters, as of 2022-05-20."),
        ("Eleanor Quillfeather", date(2019, 1, 1), True, "known, but nothing in force on that day"),
        ("", DAY, False, "Not clear: the text could not be scanned in full, as of 2022-05-20."),
        ("\n \f", DAY, False, "- the text: it is blank"),
        ("--- ***", DAY, False, "- the text: it has no letters or digits that can be compared"),
    ],
)
def test_what_a_text_says(house: Screener, text: str, day: date, clear: bool, told: str) -> None:
    found = house.scan(text, as_of=day)
    assert found.clear is clear
    assert told in " ".join(explain(found).split())


def test_the_answer_names_the_lists_and_that_one_is_stale(house: Screener) -> None:
    found, name = house.scan("Blue Heron", as_of=DAY), house.screen("Blue Heron", as_of=DAY)
    assert found.lists == name.lists
    assert found.warnings == name.warnings != ()
    assert found.engine == name.engine
    said = " ".join(explain(found).split())
    assert "Screened against - ours: Ours; as of 2022-05-01, 19 days old, stale; 1 party, 1 name" in said
    assert "Mind - ours is stale: its data is of 2022-05-01, 19 days before the day asked about" in said


def test_a_list_of_a_later_day_is_told(house: Screener) -> None:
    said = explain(house.scan("Blue Heron", as_of=date(2021, 1, 1)))
    assert "485 days after the day asked about" in said
    assert "Dated after the day asked about: ours." in said


def test_a_list_that_could_not_be_read_is_told_and_the_others_are_searched(ours: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text("nonsense", encoding="utf-8")
    screener = Screener.load(ours, broken, skip_broken=True)
    found = screener.scan("Blue Heron", as_of=DAY)
    assert (found.mentions, found.clear) == ((), False)
    assert [one.what for one in found.not_screened] == [str(broken)]
    assert explain(found).startswith("Not clear: the text could not be scanned in full")
    found = screener.scan("Eleanor Quillfeather", as_of=DAY)
    assert explain(found).startswith("1 mention in 20 characters")
    assert "Not screened" in explain(found)


def test_without_a_list_nothing_is_clear() -> None:
    found = Screener(()).scan("Blue Heron")
    assert (found.clear, [one.what for one in found.not_screened]) == (False, ["every list"])


def test_what_counts_in_the_context_comes_first() -> None:
    building = Context(jurisdictions=["US"], activities=["federal_contract"])
    (found,) = Screener.load().scan("2x HIKVISION", as_of=DAY, context=building).mentions
    assert building.covers(found.hit.effects[0])


@pytest.mark.parametrize("text", ["Blue Heron", ""])
def test_a_cutoff_out_of_range_is_refused(house: Screener, text: str) -> None:
    with pytest.raises(InputError, match="cutoff 2 is out of range"):
        house.scan(text, cutoff=2)


@given(text=st.text(max_size=100))
def test_a_text_is_clear_where_it_can_be_read_and_mentions_nobody(house: Screener, text: str) -> None:
    for whole in (text, f"{text} Eleanor Quillfeather {text}"):
        found = house.scan(whole, as_of=FRESH)
        assert found.clear == (not found.mentions and any(map(str.isalnum, whole)))


def test_terminal_codes_hide_no_mention(house: Screener) -> None:
    (found,) = house.scan("by \x1b[31mEleanor Quillfeather\x1b[0m", as_of=DAY).mentions
    assert found.text == "Eleanor Quillfeather"
