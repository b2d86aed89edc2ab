"""Who else is caught because of who owns them, with the path and its arithmetic.

A rule is followed from the listed parties on at both ends of what is known: with the least that every stake
can be, which catches for certain, and with the most, which catches possibly. So a stake of 45 to 55 per cent,
or one that nobody knows, comes out as "possibly" with both sums worked out. Information, not legal advice; the
rules and their sources are in `tables/ownership.yaml`, the cascade in `sanctionscreen.meaning.cascade`.

>>> from datetime import date
>>> from sanctionscreen.meaning.holdings import Holding
>>> stakes = Ownership([Holding("Alpha", "Vendor", 30, 30), Holding("Beta", "Vendor", 25, 25)], date(2024, 1, 1))
>>> ofac = ownership_rules()[0]
>>> finding = Reach(stakes, ofac, ["Alpha", "Beta"]).finding("vendor")
>>> finding.verdict, finding.steps[0].text
('yes', 'Alpha 30% + Beta 25% = 55% of Vendor')
>>> Reach(stakes, ofac, ["Alpha"]).finding("vendor").verdict
'no'
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from sanctionscreen.hits import Effect
from sanctionscreen.meaning.cascade import cascade
from sanctionscreen.meaning.findings import Counted, Finding, Step, Verdict, shown
from sanctionscreen.meaning.holdings import UNIT
from sanctionscreen.meaning.ownership import Ownership, Tie
from sanctionscreen.meaning.ownership_rules import OwnershipRule, ownership_rules, starting_points
from sanctionscreen.records import Listing

#: What control weighs where a rule counts it: more than any sum of shares.
_CONTROL = 1_000_000 * UNIT

Weight = Callable[[OwnershipRule, Tie], int]


def least(rule: OwnershipRule, tie: Tie) -> int:
    """The least that a tie weighs under a rule, in millionths of a per cent."""
    control = _CONTROL if tie.control and rule.control_means == "caught" else 0
    return control + (tie.low if rule.share_means == "caught" else 0)


def most(rule: OwnershipRule, tie: Tie) -> int:
    """The most that a tie weighs under a rule, in millionths of a per cent."""
    control = _CONTROL if tie.may_control and rule.control_means in ("caught", "points") else 0
    affiliate = 1 if tie.affiliate and rule.affiliates else 0
    return control + affiliate + tie.high


@dataclass(frozen=True, slots=True, eq=False)
class _Group:
    """Listed parties whose stakes add up, and whom they catch for certain and possibly, step by step."""

    listed: frozenset[str]
    joint: frozenset[str]
    sure: Mapping[str, int]
    possible: Mapping[str, int]

    def verdict(self, key: str) -> Verdict:
        if key in self.sure:
            return "yes"
        return "possibly" if key in self.possible else "no"

    def counts_surely(self, tie: Tie) -> bool:
        return tie.owner in self.sure or tie.joint in self.joint


class Reach:
    """What one rule catches on one day, from a set of listed parties on."""

    def __init__(self, ownership: Ownership, rule: OwnershipRule, listed: Iterable[str]) -> None:
        self.ownership = ownership
        self.rule = rule
        self.listed = tuple(dict.fromkeys(map(ownership.key, listed)))
        together = [self.listed] if rule.aggregate else [(party,) for party in self.listed]
        self._groups_of: dict[str, list[_Group]] = {}
        for group in map(self._group, together):
            for party in group.possible:
                self._groups_of.setdefault(party, []).append(group)

    @property
    def caught(self) -> frozenset[str]:
        """Keys of the parties caught for certain or possibly, the listed ones included."""
        return frozenset(self._groups_of)

    def verdict(self, party: str) -> Verdict:
        """Tell whether a party is caught: `yes`, `possibly` or `no`."""
        return self._verdict(self.ownership.key(party))

    def _verdict(self, key: str) -> Verdict:
        groups = self._groups_of.get(key, ())
        if not groups or (not self.rule.reaches and key not in self.listed):
            return "no"
        return "yes" if any(key in group.sure for group in groups) else "possibly"

    def finding(self, party: str) -> Finding:
        """Give the verdict on a party with the path and its arithmetic."""
        key = self.ownership.key(party)
        group = self._nearest(key)
        steps = tuple(self._steps(key, group)) if group else ()
        last = next((step for step in steps if self.ownership.key(step.company) == key), None)
        period = self.rule.state(self.ownership.as_of)
        return Finding(
            company=self.ownership.names.get(key, party),
            rule=self.rule.rule,
            title=self.rule.title,
            jurisdiction=self.rule.jurisdiction,
            verdict=self._verdict(key),
            applies=period.applies,
            state=period.state,
            carries=self.rule.carries,
            low=last.low if last else 0,
            high=last.high if last else 0,
            threshold=self.rule.threshold,
            steps=steps,
            flags=tuple(dict.fromkeys(self._flags(key, steps))),
            note=" ".join(filter(None, (period.note, self.rule.note))),
            source=f"{self.rule.source}, {self.rule.dated}",
            source_url=self.rule.url,
        )

    def _group(self, listed: Sequence[str]) -> _Group:
        ties = (tie for party in listed for tie in self.ownership.stakes_of(party))
        joint = frozenset(tie.joint for tie in ties if tie.joint and not self.rule.aggregate)
        return _Group(
            listed=frozenset(listed),
            joint=joint,
            sure=self._cascade(listed, joint, least, self.rule.catches),
            possible=self._cascade(listed, joint, most, self._may_catch),
        )

    def _cascade(
        self, listed: Sequence[str], joint: frozenset[str], weight: Weight, catches: Callable[[int], bool]
    ) -> dict[str, int]:
        """Run the rule with one weight; stakes jointly arranged with those of the listed count as theirs."""
        together = (tie for label in sorted(joint) for tie in self.ownership.joint(label))
        extra = [(tie.company, weight(self.rule, tie)) for tie in together if tie.owner not in listed]
        return cascade(partial(self._stakes, weight), listed, catches, extra)

    def _stakes(self, weight: Weight, owner: str) -> Iterator[tuple[str, int]]:
        for tie in self.ownership.stakes_of(owner):
            yield tie.company, weight(self.rule, tie)

    def _may_catch(self, total: int) -> bool:
        return total > 0 if self.rule.lesser_means == "points" else self.rule.catches(total)

    def _nearest(self, key: str) -> _Group | None:
        """The group that catches a party most surely, or else holds most of it."""
        owners = (tie.owner for tie in self.ownership.owners_of(key))
        near = {id(g): g for party in (key, *owners) for g in self._groups_of.get(party, ())}
        ranks = ("no", "possibly", "yes")
        return max(near.values(), key=lambda g: (ranks.index(g.verdict(key)), self._held(key, g)), default=None)

    def _held(self, key: str, group: _Group) -> int:
        return sum(tie.high for tie in self._counted(key, group, group.possible))

    def _counted(self, key: str, group: _Group, caught: Mapping[str, int]) -> list[Tie]:
        """The ties into a company that count: of owners caught before it, or jointly arranged with them."""
        return [
            tie
            for tie in self.ownership.owners_of(key)
            if most(self.rule, tie) and (_before(tie.owner, key, caught) or tie.joint in group.joint)
        ]

    def _steps(self, key: str, group: _Group) -> Iterator[Step]:
        """The path: every company between the listed owners and this one, those caught first coming first."""
        caught = group.sure if key in group.sure else group.possible
        found: dict[str, list[Tie]] = {}
        waiting = [key]
        while waiting:
            company = waiting.pop()
            if company in found or company in group.listed:
                continue
            found[company] = self._counted(company, group, caught)
            waiting += [tie.owner for tie in found[company] if _before(tie.owner, company, caught)]
        for company in sorted(found, key=lambda c: caught.get(c, len(caught))):
            if found[company]:
                yield self._step(company, found[company], group)

    def _step(self, company: str, ties: list[Tie], group: _Group) -> Step:
        return Step(
            company=self.ownership.names[company],
            counted=tuple(self._stake(tie, group) for tie in ties),
            low=sum(tie.low for tie in ties if group.counts_surely(tie)) / UNIT,
            high=sum(tie.high for tie in ties) / UNIT,
        )

    def _stake(self, tie: Tie, group: _Group) -> Counted:
        return Counted(
            owner=self.ownership.names[tie.owner],
            low=tie.low / UNIT,
            high=tie.high / UNIT,
            listed=tie.owner in group.listed,
            certain=group.counts_surely(tie),
            unknown=tie.unknown and not tie.low,
            control=tie.may_control,
            affiliate=tie.affiliate,
            joint=tie.joint if tie.joint in group.joint else None,
        )

    def _flags(self, key: str, steps: Sequence[Step]) -> Iterator[str]:
        """What a reviewer has to clear up, in order of the path."""
        for step in steps:
            for stake in step.counted:
                if stake.unknown:
                    yield f"the share of {stake.owner} in {step.company} is not known: find out (red flag)"
                if stake.control and self.rule.control_means == "caution":
                    yield f"{stake.owner} controls {step.company}: control alone does not catch, caution is urged"
            yield from self.ownership.problems_of(self.ownership.key(step.company))
        if steps and self._verdict(key) == "no":
            yield from self._lesser(key, steps[-1])

    def _lesser(self, key: str, last: Step) -> Iterator[str]:
        if self.rule.lesser_means == "caution":
            held = shown(last.low, last.high)
            yield f"caught owners hold {held} of {last.company}, the rule asks for {self.rule.threshold}: caution"
        if not self.rule.aggregate:
            ties = self.ownership.owners_of(key)
            total = sum(tie.high for tie in ties if tie.owner in self._groups_of)
            if self.rule.catches(total):
                whole = shown(total / UNIT, total / UNIT)
                yield f"several listed owners together hold up to {whole}: ask whether they act jointly"


def _before(owner: str, company: str, caught: Mapping[str, int]) -> bool:
    """Whether an owner was caught before a company, so that no evidence rests on itself."""
    return owner in caught and caught[owner] < caught.get(company, len(caught))


def follow(
    ownership: Ownership,
    listed: Mapping[str, Sequence[Listing]],
    rules: Sequence[OwnershipRule] | None = None,
) -> tuple[Reach, ...]:
    """Follow every rule that any listed party begins.

    Args:
        ownership: the stakes on a day.
        listed: the listed owners, by name or id as the stakes spell them, with their listings.
        rules: all shipped rules if not given.
    """
    chosen = ownership_rules() if rules is None else rules
    starts = ((rule, starting_points(rule, listed, ownership.as_of)) for rule in chosen)
    return tuple(Reach(ownership, rule, parties) for rule, parties in starts if parties)


def findings(party: str, reaches: Iterable[Reach]) -> tuple[Finding, ...]:
    """Give what the rules say about a party, most certain first; rules with nothing to say are left out."""
    told = [f for reach in reaches if (f := reach.finding(party)).says_something]
    return tuple(sorted(told, key=lambda f: (not f.applies, ("yes", "possibly", "no").index(f.verdict))))


def carried(finding: Finding, effects: Iterable[Effect]) -> tuple[Effect, ...]:
    """Give the effects of a caught company: those of its listed owners that the rule carries over.

    They count as in force where the rule applies; a verdict of `possibly` says so in `status` and note.
    """
    if finding.verdict == "no":
        return ()
    path = "; ".join(step.text for step in finding.steps)
    status = "possibly" if finding.verdict == "possibly" else finding.state
    return tuple(
        effect.model_copy(
            update={
                "title": f"{effect.title}, by {finding.title}",
                "in_force": effect.in_force and finding.applies,
                "status": status if effect.in_force else effect.status,
                "source": finding.source,
                "source_url": finding.source_url,
                "note": f"{finding.verdict}, through ownership: {path}",
            }
        )
        for effect in effects
        if effect.effect in finding.carries
    )
