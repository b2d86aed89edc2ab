"""OFAC's steps for a name match, filled in from a hit."""

from __future__ import annotations

from typing import Any

import pytest

from sanctionscreen.hits import Evidence, Hit, Span
from sanctionscreen.meaning.next_steps import Step, checklist
from sanctionscreen.records import ListedParty, Listing, Party

PERSON = {
    "id": "p", "kind": "person", "names": [{"name": "Ivan PETROV"}, {"name": "Vanya", "quality": "weak"}],
    "birth_dates": ["1962~"], "countries": ["RU"],
    "addresses": [{"city": "Minsk", "country": "BY"}],
    "identifiers": [{"type": "passport", "value": "AB 12-34"}],
    "listings": [{"list": "sdn", "program": "BELARUS", "citation": "71 FR 1"}],
}  # fmt: skip
BARE = {
    "id": "b", "kind": "organization", "names": [{"name": "!!!"}], "listings": [{"list": "el", "program": "EL"}],
}  # fmt: skip


def steps(
    query: Party, record: dict[str, Any] = PERSON, name: int | None = 0, end: int = 11, **more: Any
) -> dict[str, Step]:
    party = ListedParty.model_validate(record)
    matched = None if name is None else party.names[name]
    spans = (Span(text="", start=0, end=end),)
    evidence = (
        Evidence(rule="word", contribution=900, listed=spans),
        Evidence(rule="loss", contribution=-100, listed=(Span(text="", start=0, end=99),)),
    )
    more.setdefault("in_force", party.listings)
    hit = Hit(listed_party=party, matched_name=matched, points=800, evidence=evidence, level="alarm", **more)
    return {step.step: step for step in checklist(query, hit)}


def test_everything_known_and_agreeing() -> None:
    query = Party.model_validate(
        {
            "name": "Ivan Petrov", "kind": "person", "country": "BY", "birth_date": "1963-02-01",
            "identifiers": [{"type": "passport", "value": "ab1234"}], "address": "1 Lenin St, Minsk",
        }
    )  # fmt: skip
    found = steps(query, agreements=3)
    assert found["list"].answer == "sdn BELARUS 71 FR 1: in force"
    assert found["kind"].answer == "yes: person, and the listed party is a person"
    assert found["name"].answer == "the full name 'Ivan PETROV'"
    assert found["country"].answer == "yes: Belarus; listed: Russia; Belarus"
    assert found["birth_date"].answer == "yes: 1963-02-01; listed: 1962~"
    assert found["identifiers"].answer == "yes: passport AB1234; listed: passport AB1234"
    assert found["address"].answer == "asked about '1 Lenin St, Minsk'; listed: Minsk, BY"
    assert found["similarities"].answer == "3 other facts agree, 0 contradict"
    assert [step.step for step in found.values() if step.ask] == ["address"]


def test_what_is_missing_is_asked_for() -> None:
    found = steps(Party(name="Petrov"), end=4)
    assert {step.step for step in found.values() if step.ask} == {
        "kind", "name", "country", "birth_date", "identifiers", "address", "similarities",
    }  # fmt: skip
    assert found["name"].ask == "What is the full name? Only 40% of the letters of 'Ivan PETROV' are accounted for."
    assert found["birth_date"].ask == "What is the date of birth, from a document? Listed: 1962~."


def test_what_differs_is_told() -> None:
    found = steps(Party(name="Petrov", kind="vessel", country="CU", birth_date="1990"))
    assert found["kind"].answer == "no: vessel, and the listed party is a person"
    assert found["country"].answer == "no: Cuba; listed: Russia; Belarus"
    assert found["birth_date"].answer == "no: 1990; listed: 1962~"


def test_what_the_list_does_not_say_is_not_asked_for() -> None:
    found = steps(Party(name="x", country="CU"), BARE)
    assert "birth_date" not in found
    assert found["country"].answer == found["identifiers"].answer == "the list does not say"
    assert found["address"].answer == "the list gives no address"
    assert found["name"].answer == "a part of '!!!'"


@pytest.mark.parametrize(
    ("name", "answer"), [(None, "no name matches, an identifier does"), (1, "the full name 'Vanya', a weak alias")]
)
def test_which_name_matched(name: int | None, answer: str) -> None:
    assert steps(Party(name="x"), name=name)["name"].answer == answer


@pytest.mark.parametrize("field", ["watch", "history"])
def test_a_listing_that_is_not_in_force_is_said_to_be(field: str) -> None:
    listing = Listing(list="sdn", program="CUBA")
    found = steps(Party(name="x"), in_force=(), **{field: (listing,)})
    assert found["list"].answer == "sdn CUBA: not in force on the day asked about"


def test_many_facts_are_cut_short() -> None:
    record = {**BARE, "countries": ["CU", "IR", "SY", "RU", "BY", "CN", "KP"]}
    ask = steps(Party(name="x"), record)["country"].ask
    assert ask is not None
    assert ask.endswith("and 2 more.")
