"""What a reviewer does with a hit: OFAC's steps for assessing a name match, filled in from the evidence.

OFAC asks, in this order, on which list the name stands, whether both are of one kind, how much of the listed
name matches, what else is known of either, and whether there are several similarities (FAQ 5, "How do I
determine if I have a valid OFAC match?", https://ofac.treasury.gov/faqs/5). Each step is answered from the
record and the question, and says what to ask the vendor for where the answer is missing. Information, not
legal advice.

>>> listed = ListedParty(id="acme", kind="organization", names=[{"name": "Acme Corp"}], countries=["CU"],
...     listings=[{"list": "sdn", "program": "CUBA"}])
>>> hit = Hit(listed_party=listed, matched_name=listed.names[0], points=900, evidence=(), level="alarm")
>>> steps = {step.step: step for step in checklist(Party(name="Acme", country="CU"), hit)}
>>> steps["country"].answer, steps["kind"].answer
('yes: Cuba; listed: Cuba', None)
>>> steps["kind"].ask
'Is Acme a person, an organization, a vessel or an aircraft? The listed party is an organization.'
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TypeVar

from sanctionscreen.countries import country_name
from sanctionscreen.dates import PartialDate
from sanctionscreen.hits import Hit, Span, Value
from sanctionscreen.records import ListedName, ListedParty, Listing, Party

T = TypeVar("T")

_ARTICLE = {"organization": "an organization", "aircraft": "an aircraft"}


class Step(Value):
    """One step of the checklist.

    Attributes:
        step: `list`, `kind`, `name`, `country`, `birth_date`, `identifiers`, `address` or `similarities`.
        question: what is asked.
        answer: what is known, or None.
        ask: what to find out, or None where nothing is missing.
    """

    step: str
    question: str
    answer: str | None = None
    ask: str | None = None


def checklist(query: Party, hit: Hit) -> tuple[Step, ...]:
    """Fill in OFAC's steps for a hit on a screened party."""
    party = hit.listed_party
    facts = (_country(query, party), _birth_date(query, party), _identifiers(query, party), _address(query, party))
    return (
        _list(hit),
        _kind(query, party),
        _name(hit),
        *(step for step in facts if step),
        _similarities(hit),
    )


def _list(hit: Hit) -> Step:
    listings = hit.in_force or hit.watch or hit.history or hit.listed_party.listings
    answer = "; ".join(_told(listing) for listing in listings)
    standing = "in force" if hit.in_force else "not in force on the day asked about"
    return Step(
        step="list",
        question="Which list and program is it, and is the entry in force?",
        answer=f"{answer}: {standing}",
    )


def _told(listing: Listing) -> str:
    return " ".join(filter(None, (listing.list, listing.program, listing.citation)))


def _kind(query: Party, party: ListedParty) -> Step:
    question = "Are both of one kind: person, organization, vessel, aircraft?"
    listed = _ARTICLE.get(party.kind, f"a {party.kind}")
    if query.kind is None:
        ask = f"Is {query.name[:80]} a person, an organization, a vessel or an aircraft?"
        ask += f" The listed party is {listed}."
        return Step(step="kind", question=question, ask=ask)
    same = "yes" if query.kind == party.kind else "no"
    return Step(step="kind", question=question, answer=f"{same}: {query.kind}, and the listed party is {listed}")


def _name(hit: Hit) -> Step:
    question = "Is it the full listed name that matches, or only a part of it?"
    name = hit.matched_name
    if name is None:
        what = "an identifier" if hit.level == "alarm" else "an address"
        return Step(step="name", question=question, answer=f"no name matches, {what} does")
    spans = [span for evidence in hit.evidence if evidence.contribution > 0 for span in evidence.listed]
    share = _covered(name, spans)
    weak = ", a weak alias" if name.quality == "weak" else ""
    if share >= 1:
        return Step(step="name", question=question, answer=f"the full name {name.name!r}{weak}")
    ask = f"What is the full name? Only {share:.0%} of the letters of {name.name!r}{weak} are accounted for."
    return Step(step="name", question=question, answer=f"a part of {name.name!r}{weak}", ask=ask)


def _covered(name: ListedName, spans: Sequence[Span]) -> float:
    """The share of a name's letters and digits that lie in spans of evidence."""
    letters = {place for place, letter in enumerate(name.name) if letter.isalnum()}
    covered = {place for span in spans for place in range(span.start, span.end)}
    return len(letters & covered) / len(letters) if letters else 0.0


def _country(query: Party, party: ListedParty) -> Step:
    listed = dict.fromkeys((*party.countries, *(a.country for a in party.addresses if a.country)))
    return _fact(
        "country",
        "Does the country agree?",
        query.all_countries,
        tuple(listed),
        lambda one, other: one == other,
        "In which countries is it registered, resident or a citizen?",
        country_name,
    )


def _birth_date(query: Party, party: ListedParty) -> Step | None:
    if party.kind != "person":
        return None
    known = (query.birth_date,) if query.birth_date else ()
    return _fact(
        "birth_date", "Does the date of birth agree?", known, party.birth_dates, PartialDate.agrees_with,
        "What is the date of birth, from a document?", str,
    )  # fmt: skip


def _identifiers(query: Party, party: ListedParty) -> Step:
    return _fact(
        "identifiers",
        "Do official numbers agree?",
        tuple((i.type, _bare(i.value)) for i in query.identifiers),
        tuple((i.type, _bare(i.value)) for i in party.identifiers),
        lambda one, other: one == other,
        "Which registration, tax, passport or IMO number does it have?",
        lambda pair: " ".join(pair),
    )


def _address(query: Party, party: ListedParty) -> Step:
    question = "Is it at a listed address?"
    listed = [", ".join(filter(None, (a.street, a.text, a.city, a.region, a.country))) for a in party.addresses]
    if not listed:
        return Step(step="address", question=question, answer="the list gives no address")
    if not query.address:
        return Step(step="address", question=question, ask=f"Where is it? Listed: {_some(listed)}.")
    answer = f"asked about {query.address[:200]!r}; listed: {_some(listed)}"
    return Step(step="address", question=question, answer=answer, ask="Compare the two: are they one place?")


def _similarities(hit: Hit) -> Step:
    question = "Are there several similarities or exact matches?"
    answer = f"{hit.agreements} other facts agree, {hit.contradictions} contradict"
    if hit.agreements:
        return Step(step="similarities", question=question, answer=answer)
    ask = "Nothing but the name speaks for it yet: get the facts above before deciding."
    return Step(step="similarities", question=question, answer=answer, ask=ask)


def _fact(
    step: str,
    question: str,
    known: Sequence[T],
    listed: Sequence[T],
    agree: Callable[[T, T], bool],
    ask: str,
    show: Callable[[T], str],
) -> Step:
    """One fact on both sides: agrees, differs, or missing on one of them."""
    shown = _some([show(fact) for fact in listed])
    if not listed:
        return Step(step=step, question=question, answer="the list does not say")
    if not known:
        return Step(step=step, question=question, ask=f"{ask} Listed: {shown}.")
    both = any(agree(one, other) for one in known for other in listed)
    answer = f"{'yes' if both else 'no'}: {_some([show(fact) for fact in known])}; listed: {shown}"
    return Step(step=step, question=question, answer=answer)


def _bare(number: str) -> str:
    return re.sub(r"\W", "", number).upper()


def _some(texts: Sequence[str], most: int = 5) -> str:
    """The first few of many, and how many more there are."""
    more = f" and {len(texts) - most} more" if len(texts) > most else ""
    return "; ".join(texts[:most]) + more
