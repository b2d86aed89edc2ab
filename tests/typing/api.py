"""The public names as a user's type checker sees them; `.ci/run` checks this file against the installed package."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import assert_type

import sanctionscreen
from sanctionscreen import (
    DEFAULT_CUTOFF,
    Comparison,
    Context,
    Decision,
    Effect,
    Evidence,
    Hit,
    Identifier,
    InputError,
    ListedName,
    ListedParty,
    ListError,
    Listing,
    ListUsed,
    NotScreened,
    PartialDate,
    Party,
    SanctionScreenError,
    Screener,
    ScreeningResult,
    TextHit,
    TextResult,
    compare,
    explain,
    screen_owners,
)


def loading() -> Screener:
    """Lists are loaded from paths of either type, or are those that ship."""
    try:
        screener = Screener.load("lists/", "sdn.yaml")
    except ListError as error:
        assert_type(error.faults[0].line, int)
        screener = Screener.load()
    return assert_type(screener, Screener)


def asking(screener: Screener) -> Iterator[ScreeningResult]:
    """A question is a name or a party with facts."""
    lei = Identifier(type="lei", value="5493001KJTIIGC8Y1R12")
    party = Party(name="X", kind="person", country="CN", birth_date=PartialDate.parse("1962"), identifiers=(lei,))
    try:
        assert_type(screener.screen("X"), ScreeningResult)
        assert_type(screener.screen(party, as_of=date(2022, 5, 4), cutoff=DEFAULT_CUTOFF), ScreeningResult)
    except InputError as error:
        family: SanctionScreenError = error
        raise family from None
    return assert_type(screener.screen_many(["X", party]), Iterator[ScreeningResult])


def reading(result: ScreeningResult) -> None:
    """An answer is typed through and through."""
    assert_type(result.hits, tuple[Hit, ...])
    assert_type(result.clear, bool)
    assert_type(result.lists, tuple[ListUsed, ...])
    assert_type(result.not_screened, tuple[NotScreened, ...])
    hit = result.hits[0]
    assert_type(hit.score, float)
    assert_type(hit.matched_name, ListedName | None)
    assert_type(hit.listed_party, ListedParty)
    assert_type(hit.evidence, tuple[Evidence, ...])
    assert_type(hit.effects, tuple[Effect, ...])
    assert_type(hit.in_force, tuple[Listing, ...])
    assert_type(explain(hit), str)
    assert_type(result.model_dump_json(), str)


def meaning(screener: Screener) -> None:
    """What follows is typed as well."""
    result = screener.screen("X", context=Context(jurisdictions=["US"], activities=["buy"]))
    assert_type(result.decision, Decision | None)
    assert_type(screener.scan("2x HIKVISION"), TextResult)
    assert_type(screener.scan("2x HIKVISION").mentions, tuple[TextHit, ...])
    assert_type(screen_owners(screener, "X").decision, Decision)


def comparing() -> None:
    """Two names need no list."""
    found = compare("Xi Jinping", "习近平", kind="person")
    assert_type(found, Comparison)
    assert_type(found.score, float)
    assert_type(sanctionscreen.__version__, str)
