"""Facts: agreement is shown, absence is free, contradiction costs and says so."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctionscreen.hits import FULL
from sanctionscreen.matching import facts, weights
from sanctionscreen.matching.facts import facts_of
from sanctionscreen.matching.identifiers import KNOWN, doubt, key, normalised, same_identifier
from sanctionscreen.records import Identifier, ListedParty, Party


def listed(kind: str = "person", **more: Any) -> ListedParty:
    return ListedParty.model_validate(
        {"id": "x", "kind": kind, "names": [{"name": "A B"}], "listings": [{"program": "P"}], **more}
    )


def rules(query: Party, party: ListedParty) -> dict[str, int]:
    return {e.rule: e.contribution for e in facts_of(query, party)}


@pytest.mark.parametrize(
    ("asked", "known", "expected"),
    [
        ({}, {"birth_dates": ["1962"], "countries": ["CN"]}, {}),
        ({"birth_date": "1962", "country": "CN", "address": "x"}, {}, {}),
        ({"birth_date": "1962-03-05"}, {"birth_dates": ["1962"]}, {"birth_date_agrees": 0}),
        ({"birth_date": "1962"}, {"birth_dates": ["1950", "1962-03-05"]}, {"birth_date_agrees": 0}),
        ({"birth_date": "1963"}, {"birth_dates": ["1962-03-05"]}, {"birth_date_near": -60}),
        ({"birth_date": "1990"}, {"birth_dates": ["1962-03-05"]}, {"birth_date_differs": -200}),
        ({"country": "cn"}, {"countries": ["CN"]}, {"country_agrees": 0}),
        ({"countries": ["DE", "CN"]}, {"addresses": [{"country": "CN"}]}, {"country_agrees": 0}),
        ({"country": "DE"}, {"countries": ["CN"]}, {"country_differs": -40}),
        ({"kind": "person"}, {}, {"kind_agrees": 0}),
        ({"kind": "vessel"}, {}, {"kind_differs": -150}),
        (
            {"address": "555 Qianmo Road, Hangzhou 310052"},
            {"addresses": [{"city": "Beijing"}, {"city": "Hangzhou", "postal_code": "310052"}]},
            {"address_agrees": 0},
        ),
        ({"address": "Hangzhoutown"}, {"addresses": [{"city": "Hangzhou"}]}, {}),
    ],
)
def test_facts_of_a_person(asked: dict[str, Any], known: dict[str, Any], expected: dict[str, int]) -> None:
    assert rules(Party(name="A B", **asked), listed(**known)) == expected


def test_the_country_of_an_organisation_never_costs_anything() -> None:
    assert rules(Party(name="A", country="DE"), listed("organization", countries=["CN"])) == {"country_differs": 0}


def test_all_contradictions_together_are_limited() -> None:
    asked = Party(name="A B", kind="vessel", country="DE", birth_date="1990")
    found = rules(asked, listed(birth_dates=["1962"], countries=["CN"]))
    assert sum(found.values()) == -facts.MOST
    assert found["limit_of_facts"] > 0
    assert FULL - facts.MOST >= weights.CUTOFF


COUNTRIES = st.sampled_from(["CN", "DE", "US"])


@given(
    st.sampled_from(["person", "organization", "vessel"]),
    st.none() | st.sampled_from(["person", "organization"]),
    st.none() | COUNTRIES,
    st.none() | st.sampled_from(["1962", "1990-01-01", "1961~"]),
    st.lists(COUNTRIES, max_size=2),
    st.lists(st.sampled_from(["1962-05-05", "1930"]), max_size=2),
)
def test_facts_never_raise_a_score_nor_sink_an_exact_name(
    kind: str, asked_kind: Any, country: Any, born: Any, countries: list[str], dates: list[str]
) -> None:
    asked = Party(name="A B", kind=asked_kind, country=country, birth_date=born)
    total = sum(rules(asked, listed(kind, countries=countries, birth_dates=dates)).values())
    assert -facts.MOST <= total <= 0


def identifier(type_: str, value: str, country: str | None = None) -> Identifier:
    return Identifier(type=type_, value=value, country=country)


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        (identifier("imo", "IMO 9187629"), identifier("imo", "9187629"), True),
        (identifier("lei", "5493 00abc"), identifier("lei", "549300ABC", "US"), True),
        (identifier("passport", "A-123456", "IR"), identifier("passport", "a123456", "IR"), True),
        (identifier("passport", "A123456", "IR"), identifier("passport", "A123456", "US"), False),
        (identifier("passport", "A123456"), identifier("passport", "A123456", "US"), True),
        (identifier("uscc", "91330000733796106P", "CN"), identifier("registration", "91330000733796106P"), True),
        (identifier("uscc", "91330000733796106P", "CN"), identifier("tax", "91330000-733796106p"), True),
        (identifier("uscc", "91330000733796106P", "CN"), identifier("tin", "91330000733796106P", "CN"), True),
        (identifier("uscc", "91330000733796106P", "CN"), identifier("tax", "91330000733796106P", "DE"), False),
        (identifier("uscc", "91330000733796106P"), identifier("passport", "91330000733796106P"), False),
        (identifier("registration", "4403011034"), identifier("tax", "4403011034"), False),
        (identifier("passport", "A123456"), identifier("tax", "A123456"), False),
        (identifier("passport", "12"), identifier("passport", "12"), False),
    ],
)
def test_the_same_number_of_one_register(a: Identifier, b: Identifier, same: bool) -> None:
    assert same_identifier(a, b) is same
    assert same_identifier(b, a) is same


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (identifier("uscc", "91330000733796106P"), None),
        (identifier("usc", "91330000733796106P"), "was not compared: no list has numbers of that type"),
        (identifier("tax", "12"), "was not compared: it has fewer than 4"),
        (identifier("lei", "5493001KJTIIGC8Y1R"), "18 letters or digits and two digits"),
        (identifier("lei", "5493001KJTIIGC8Y1R12"), None),
        (identifier("imo", "IMO 918-7629"), None),
        (identifier("imo", "918762"), "seven digits"),
        (identifier("swift_bic", "DEUTDEFF500"), None),
        (identifier("swift", "DEUTDEFF50"), "8 or 11"),
        (identifier("ticker", "A" * 100), None),
        (identifier("vat", "X" * 100), None),
    ],
)
def test_an_identifier_that_tells_nothing_says_so(asked: Identifier, told: str | None) -> None:
    said = doubt(asked, KNOWN | {"ticker"})
    assert said is None if told is None else told in (said or "")
    assert len(said or "") < 250


@given(st.from_regex(r"[A-Za-z0-9 ./-]{1,20}", fullmatch=True).filter(str.strip))
def test_punctuation_and_case_of_a_number_do_not_matter(value: str) -> None:
    spaced = Identifier(type="tax", value=f"{value.lower()} ")
    assert normalised(spaced) == normalised(Identifier(type="tax", value=value.upper()))
    assert key(spaced) == key(Identifier(type="tax", value=value.replace(" ", "-")))
