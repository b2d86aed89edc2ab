"""Who owns the party asked about, and whom of them a list names: screening that follows the stakes.

A vendor that matches nothing may still be caught: 30 and 25 per cent of it held by two listed parties make 55, and
the 50 Percent Rule blocks it. Stakes come from the user, from the `relations` of the `Party`, and from the lists
themselves. Every owner on the way up is screened by name; `sanctionscreen.meaning.reach` does the arithmetic, and its
rules name their sources and dates. Information, not legal advice.

>>> from datetime import date
>>> from sanctionscreen.meaning.holdings import Holding
>>> from sanctionscreen.screening import Screener
>>> stakes = [Holding("Hikvision", "Blue Heron Ltd", 30, 30), Holding("Dahua Technology", "Blue Heron Ltd", 25, 25)]
>>> found = screen_owners(Screener.load(), "Blue Heron Ltd", stakes, as_of=date(2025, 10, 15))
>>> found.result.hits, found.clear, str(found.decision.disposition)
((), False, 'escalate')
>>> next(f.steps[0].text for f in found.findings if f.rule == "bis-affiliates")
'Hikvision 30% + Dahua Technology 25% = 55% of Blue Heron Ltd'
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import cast

from pydantic import computed_field

from sanctionscreen import asking
from sanctionscreen.errors import InputError
from sanctionscreen.hits import Decision, Disposition, Hit, NotScreened, ScreeningResult, Summed, Value
from sanctionscreen.layout import NO_ADVICE, counted, paragraph, quoted, section, shown
from sanctionscreen.meaning.context import Context
from sanctionscreen.meaning.findings import Finding
from sanctionscreen.meaning.holdings import Holding, holdings_of, tie
from sanctionscreen.meaning.ownership import Ownership
from sanctionscreen.meaning.ownership_rules import OwnershipRule, ownership_rules
from sanctionscreen.meaning.policy import Policy, decide, without_decisions
from sanctionscreen.meaning.reach import carried, findings, follow
from sanctionscreen.question import day_of
from sanctionscreen.records import Party
from sanctionscreen.screening import DEFAULT_CUTOFF, Screener
from sanctionscreen.sources.faults import nearest

#: How many owners of one party are screened, the nearest first; what is left out is told as not screened.
MOST_OWNERS = 2_000


class Owner(Value):
    """An owner that a list may name, with its hits, and whether they are enough to follow its stakes."""

    name: str
    hits: tuple[Hit, ...]
    followed: bool


class OwnersResult(Summed):
    """A screening that followed the ownership.

    Attributes:
        result: of the party's own name.
        owners: those above it that a list may name.
        findings: what each rule says about the party, with path and arithmetic, most certain first.
        hits: the owners' hits with the effects that the rules carry over to the party.
        problems: what contradicts itself in the stakes, and how it was counted.
        not_screened: owners that took no part, and why.
        notes: what a reviewer must know of what was asked: a state of a rule that was set and counts for nothing.
        decision: what may happen next, for the party and its owners together.
    """

    result: ScreeningResult
    owners: tuple[Owner, ...]
    findings: tuple[Finding, ...]
    hits: tuple[Hit, ...]
    problems: tuple[str, ...] = ()
    not_screened: tuple[NotScreened, ...] = ()
    notes: tuple[str, ...] = ()
    decision: Decision

    @property
    def found(self) -> bool:
        """Whether the name or the ownership shows anything."""
        return bool(self.result.found or self.findings or self.owners)

    @computed_field  # type: ignore[prop-decorator]  # mypy does not know decorated properties
    @property
    def clear(self) -> bool:
        """True only where neither the name nor the ownership shows anything, nothing was left out, no list is stale."""
        return self.result.clear and not self.found and not self.not_screened


def screen_owners(
    screener: Screener,
    party: str | Party,
    stakes: Iterable[Holding] = (),
    *,
    as_of: date | None = None,
    cutoff: float = DEFAULT_CUTOFF,
    context: Context | None = None,
    policy: Policy | None = None,
    rules: Sequence[OwnershipRule] | None = None,
) -> OwnersResult:
    """Screen a party and everyone who owns it, and follow the ownership rules down to it.

    Args:
        screener: the lists; ties that they state between parties count as well.
        party: a name, or a party, whose `relations` count as stakes.
        stakes: who owns whom, as `load_stakes` reads them; what is not above the party does not matter. Where there are
            some and none is of the party, its owners count as not screened.
        as_of: the day in question; today if not given.
        cutoff: the least score of a hit, for the party and its owners alike.
        context: where the user stands and what they do.
        policy: what decides the disposition; the cautious default if not given.
        rules: the ownership rules; if not given all that ship, in the states that the policy confirms.

    Raises:
        InputError: when the cutoff is out of range, or an argument is of another type.
    """
    if isinstance(stakes, str | Path):
        raise InputError(f"stakes: {str(stakes)!r} is a file: read it with load_stakes")
    asked = party if isinstance(party, Party) else Party(name=party)
    day = day_of(as_of)
    search = _Search(screener, day, cutoff, context, policy)
    result = screener.screen(asked, as_of=day, cutoff=cutoff, context=context, policy=policy)
    own = (*stakes, *(holding for relation in asked.relations for holding in tie(asked.name, relation)))
    stated = Ownership(own, day)
    search.not_screened += _not_in(stated, asked.name)
    search.above(asked.name, stated)
    ownership = Ownership((*own, *_named(search.spellings(asked.name, result), _listed_ties(screener))), day)
    search.above(asked.name, ownership)
    chosen = ownership_rules(policy.ownership_rules if policy else {}) if rules is None else rules
    listed = {o.name: [one for hit in _strong(o.hits) for one in hit.listed_party.listings] for o in search.owners()}
    told = findings(asked.name, follow(ownership, {name: found for name, found in listed.items() if found}, chosen))
    hits = tuple(_carried(told, {o.name: o.hits for o in search.owners()}))
    whole = result.model_copy(update={"hits": hits, "not_screened": (*result.not_screened, *search.not_screened)})
    by_name = cast("Decision", result.decision)  # a screening always decides
    decided = (by_name, decide(whole, without_decisions(policy), context))
    gravest = max(decided, key=lambda decision: decision.disposition)
    return OwnersResult(
        result=result,
        owners=search.owners(),
        findings=told,
        hits=hits,
        problems=ownership.problems_of(ownership.key(asked.name)),
        not_screened=tuple(dict.fromkeys(search.not_screened)),
        notes=tuple(filter(None, (rule.unheeded(day) for rule in chosen))),
        decision=_decided(
            gravest.model_copy(update={"hits": tuple(hit for one in decided for hit in one.hits)}),
            told,
            search.owners(),
        ),
    )


def _not_in(stated: Ownership, name: str) -> list[NotScreened]:
    """Say it where stakes are given and none of them is of the party: another spelling of it may be meant."""
    if not stated.names or stated.key(name) in stated.names:
        return []
    hint = nearest(name, stated.parties) or ": write it as they do"
    return [NotScreened(what="the owners", why=f"the stakes say nothing of {quoted(name)}{hint}")]


class _Search:
    """The owners screened so far."""

    def __init__(
        self, screener: Screener, day: date, cutoff: float, context: Context | None, policy: Policy | None
    ) -> None:
        self._screener = screener
        self._how = {"as_of": day, "cutoff": cutoff, "context": context, "policy": policy}
        self._found: dict[str, ScreeningResult] = {}
        self.not_screened: list[NotScreened] = []

    def above(self, company: str, ownership: Ownership) -> None:
        """Screen everyone above a company, the nearest first."""
        names = list(_above(ownership, ownership.key(company)))
        for name in names[:MOST_OWNERS]:
            if name not in self._found:
                self._found[name] = result = self._screener.screen(name, **self._how)  # type: ignore[arg-type]  # of each its own type
                self.not_screened += [NotScreened(what=f"owner {name[:80]!r}", why=n.why) for n in result.not_screened]
        if left := names[MOST_OWNERS:]:
            why = f"more than {MOST_OWNERS:,} owners stand above the party"
            self.not_screened.append(NotScreened(what=counted(len(left), "owner", "owners"), why=why))

    def owners(self) -> tuple[Owner, ...]:
        """Those that a list may name."""
        return tuple(
            Owner(name=name, hits=result.hits, followed=bool(_strong(result.hits)))
            for name, result in self._found.items()
            if result.hits
        )

    def spellings(self, company: str, result: ScreeningResult) -> dict[str, str]:
        """How the stakes spell each listed party that stands in them, by its id; the best match has it."""
        found = [
            (hit.points, hit.listed_party.id, name)
            for name, one in ((company, result), *self._found.items())
            for hit in _strong(one.hits)
        ]
        return {party: name for _, party, name in sorted(found)}


def _above(ownership: Ownership, company: str) -> Iterator[str]:
    """Everyone who owns a company, directly or not, by their first spelling, the nearest first."""
    seen, waiting = {company}, deque([company])
    while waiting:
        for one in ownership.owners_of(waiting.popleft()):
            if one.owner not in seen:
                seen.add(one.owner)
                waiting.append(one.owner)
                yield ownership.names[one.owner]


@lru_cache(maxsize=4)
def _listed_ties(screener: Screener) -> tuple[tuple[Holding, ...], Mapping[str, str]]:
    """The ties that lists state, and the names of the parties in them, by id."""
    names: dict[str, str] = {}
    ties: list[Holding] = []
    for party in screener.parties():
        names[party.id] = party.primary_name
        ties += holdings_of([party])
    needed = {end for holding in ties for end in (holding.owner, holding.company)}
    return tuple(ties), {party: name for party, name in names.items() if party in needed}


def _named(spellings: Mapping[str, str], listed: tuple[tuple[Holding, ...], Mapping[str, str]]) -> Iterator[Holding]:
    """The ties that lists state, between names as the stakes spell them."""
    holdings, names = listed
    known = {**names, **spellings}
    for one in holdings:
        yield replace(one, owner=known.get(one.owner, one.owner), company=known.get(one.company, one.company))


def _strong(hits: Iterable[Hit]) -> list[Hit]:
    """Hits that are enough to follow the stakes: by a strong name, in force on the day."""
    return [hit for hit in hits if hit.level == "alarm" and hit.in_force]


def _carried(told: Iterable[Finding], hits: Mapping[str, Sequence[Hit]]) -> Iterator[Hit]:
    """The owners' hits with what the rules carry over; the facts that agree are the owner's and confirm nothing."""
    for finding in told:
        owners = {stake.owner: None for step in finding.steps for stake in step.counted if stake.listed}
        for owner in owners:
            for hit in _strong(hits.get(owner, ())):
                if effects := carried(finding, hit.effects):
                    yield hit.model_copy(update={"effects": effects, "agreements": 0})


def _decided(decision: Decision, told: Sequence[Finding], owners: Sequence[Owner]) -> Decision:
    """A listed owner is never passed over, even where it holds too little for any rule."""
    if decision.disposition is not Disposition.CLEAR or not (told or owners):
        return decision
    about = told[0].company if told else owners[0].name
    why = "A listed party may stand among the owners, and no rule is known to be reached: somebody has to look."
    return Decision(disposition=Disposition.REVIEW, rule="listed-owner", why=why, about=about)


def explain_owners(found: OwnersResult) -> str:
    """Tell what the ownership shows: each rule's verdict with its path, what to clear up, and the source."""
    about = f"{quoted(found.result.query.name)} by its owners, as of {found.result.as_of}"
    count = counted(len(found.findings), "finding", "findings")
    lines = [*paragraph(f"{count} for {about}."), *paragraph(asking.told(found.decision))]
    for one in found.findings:
        lines += ["", *paragraph(f"{_verdict(one)}: {shown(one.title)}")]
        lines += [line for text in _told(one) for line in paragraph(shown(text), first="- ", rest="  ")]
    names = (f"{owner.name}: {_best(owner)}" for owner in found.owners)
    lines += section("Owners that a list may name", map(shown, names))
    lines += section("Mind", map(shown, (*found.problems, *found.notes)))
    lines += section("Not screened", (shown(f"{one.what}: {one.why}") for one in found.not_screened))
    return "\n".join([*lines, "", NO_ADVICE])


def _verdict(one: Finding) -> str:
    words = {"yes": "Caught", "possibly": "Possibly caught", "no": "Not caught, but look"}
    return words[one.verdict] if one.applies or one.verdict == "no" else f"Would be caught (rule {one.state})"


def _told(one: Finding) -> Iterator[str]:
    yield from (step.text for step in one.steps)
    yield f"asks for {one.threshold}; the rule is {one.state.replace('_', ' ')} on that day"
    yield from one.flags
    yield from filter(None, (one.note,))
    yield f"source: {one.source} {one.source_url}"


def _best(owner: Owner) -> str:
    hit = owner.hits[0]
    lists = ", ".join(dict.fromkeys(f"{one.list} {one.program}" for one in (*hit.in_force, *hit.watch)))
    weak = "" if owner.followed else "; not followed: no strong name in force"
    return f"{hit.listed_party.primary_name}, score {hit.score:.3f} ({lists}){weak}"
