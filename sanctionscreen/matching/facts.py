"""Facts beside the name: country, birth date, kind, address.

Agreement is shown and ranks hits of one score; it adds no points, for a common name in a common country is not
surer than the name. Absence costs nothing. A contradiction takes points away and says so, and all of them together
take at most `MOST`, so that an exact strong name never falls below the default cutoff. The country of an
organisation never costs anything: vendors trade from everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable

from sanctionscreen.dates import PartialDate
from sanctionscreen.hits import Evidence, Span
from sanctionscreen.records import ListedParty, Party

#: What contradictions cost, in points: a year of birth that is far off tells two people apart; one that is near may
#: be a typing error (day and month swapped, one digit wrong), and a country is often only where somebody lives.
BIRTH_DATE, BIRTH_DATE_NEAR, COUNTRY, KIND = 200, 60, 40, 150
#: The most that all contradictions together cost: an identical name keeps 750 points.
MOST = 250
#: Birth dates this many years apart can be one misremembered date.
NEAR_YEARS = 2


def facts_of(query: Party, listed: ListedParty) -> tuple[Evidence, ...]:
    """Compare every fact that both sides state.

    >>> party = ListedParty.model_validate({"id": "x", "kind": "person", "names": [{"name": "A B"}],
    ...     "birth_dates": ["1962"], "listings": [{"program": "P"}]})
    >>> [e.rule for e in facts_of(Party(name="A B", birth_date="1980-01-01"), party)]
    ['birth_date_differs']
    """
    found = [*_kind(query, listed), *_birth_date(query, listed), *_country(query, listed), *_address(query, listed)]
    return tuple(found) + _at_most(found)


def _at_most(found: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Give back what contradictions cost over `MOST`."""
    over = -sum(e.contribution for e in found) - MOST
    return (Evidence(rule="limit_of_facts", contribution=over),) if over > 0 else ()


def _fact(rule: str, cost: int, asked: str, detail: str) -> Evidence:
    span = Span(text=asked, start=0, end=len(asked))
    return Evidence(rule=rule, contribution=-cost, query=(span,), detail=detail)


def _kind(query: Party, listed: ListedParty) -> list[Evidence]:
    """A stated kind that is not the listed one: a company is not a vessel of the same name."""
    if query.kind is None:
        return []
    detail = f"{query.kind} / {listed.kind}"
    if query.kind == listed.kind:
        return [_fact("kind_agrees", 0, query.kind, detail)]
    return [_fact("kind_differs", KIND, query.kind, detail)]


def _birth_date(query: Party, listed: ListedParty) -> list[Evidence]:
    """The birth date agrees with one of the listed ones as far as both are known, or with none."""
    asked = query.birth_date
    if asked is None or not listed.birth_dates:
        return []
    detail = f"{asked} / {', '.join(map(str, listed.birth_dates))}"
    if any(asked.agrees_with(known) for known in listed.birth_dates):
        return [_fact("birth_date_agrees", 0, str(asked), detail)]
    near = any(_near(asked, known) for known in listed.birth_dates)
    rule = "birth_date_near" if near else "birth_date_differs"
    return [_fact(rule, BIRTH_DATE_NEAR if near else BIRTH_DATE, str(asked), detail)]


def _near(a: PartialDate, b: PartialDate) -> bool:
    return abs(a.earliest.year - b.earliest.year) <= NEAR_YEARS


def _country(query: Party, listed: ListedParty) -> list[Evidence]:
    """A country in common; or none, which costs points for a person only."""
    asked = query.all_countries
    known = tuple(dict.fromkeys([*listed.countries, *(a.country for a in listed.addresses if a.country)]))
    if not asked or not known:
        return []
    detail = f"{', '.join(asked)} / {', '.join(known)}"
    if set(asked) & set(known):
        return [_fact("country_agrees", 0, asked[0], detail)]
    cost = COUNTRY if listed.kind == "person" else 0
    return [_fact("country_differs", cost, asked[0], detail)]


def _address(query: Party, listed: ListedParty) -> list[Evidence]:
    """The listed city, or its postal code, stands in the address given."""
    if not query.address:
        return []
    words = " ".join(query.address.casefold().replace(",", " ").split())
    for address in listed.addresses:
        shared = [part for part in (address.street, address.city, address.postal_code) if part and _within(part, words)]
        if shared:
            return [_fact("address_agrees", 0, query.address, ", ".join(shared))]
    return []


def _within(part: str, words: str) -> bool:
    return f" {' '.join(part.casefold().replace(',', ' ').split())} " in f" {words} "
