"""The ownership rules of each jurisdiction, as data: `tables/ownership.yaml`.

Each rule says which listings begin it, at which share it catches, whether owners add up, what control means,
and its state by date. A state that could not be confirmed is applied as if in force, and says so; whoever
knows better sets it: here, in a policy file (`ownership_rules`), or on the command line (`--ownership-rule`).
What is known of a day is not for setting: a state that is set counts for nothing then, and says so.

>>> bis = next(rule for rule in ownership_rules() if rule.rule == "bis-affiliates")
>>> [str(bis.state(date(*day)).state) for day in ((2025, 9, 1), (2025, 10, 1), (2026, 1, 1), (2026, 12, 1))]
['not_yet', 'in_force', 'suspended', 'not_confirmed']
>>> confirmed = ownership_rules({"bis-affiliates": "suspended"})
>>> bis = next(r for r in confirmed if r.rule == "bis-affiliates")
>>> bis.state(date(2026, 12, 1)).state, bis.unheeded(date(2026, 12, 1))
('suspended', None)
>>> bis.unheeded(date(2025, 10, 15))
'bis-affiliates=suspended has no effect: on 2025-10-15 the rule is known to be in force'
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Literal

from sanctionscreen.errors import InputError
from sanctionscreen.meaning.effect_tables import Jurisdiction, SourceDate, canonical, read_table
from sanctionscreen.meaning.effects import effects_of
from sanctionscreen.meaning.holdings import UNIT
from sanctionscreen.records import Listing, Record, Text

RuleState = Literal["in_force", "not_confirmed", "suspended", "not_yet"]

#: What a user may confirm a rule to be.
CONFIRMED = ("in_force", "suspended")
#: What a known state is called.
_KNOWN = {"in_force": "in force", "suspended": "suspended", "not_yet": "not yet in force"}


class Period(Record):
    """The state of a rule from one day until the day before another."""

    since: date = date.min
    until: date = date.max
    state: RuleState
    note: Text | None = None

    @property
    def applies(self) -> bool:
        """Whether the rule is applied: in force, or not confirmed and read with caution."""
        return self.state in ("in_force", "not_confirmed")


class OwnershipRule(Record):
    """One rule of how a listing reaches owned companies; the fields are described in the table itself."""

    rule: Text
    title: Text
    jurisdiction: Jurisdiction
    lists: tuple[Text, ...]
    effects: tuple[Text, ...]
    carries: tuple[Text, ...]
    reaches: bool = True
    share: float
    test: Literal["at_least", "more_than"]
    aggregate: bool
    share_means: Literal["caught", "points"]
    control_means: Literal["caught", "points", "caution", "nothing"]
    lesser_means: Literal["points", "caution", "nothing"]
    affiliates: bool = False
    source: Text
    dated: SourceDate
    url: Text
    note: Text
    periods: tuple[Period, ...]
    set_to: RuleState | None = None  # by the user, and no row of the table

    def state(self, as_of: date) -> Period:
        """Give the rule's state on a day."""
        return next(p for p in self.periods if p.since <= as_of < p.until or p.until == date.max)

    def unheeded(self, as_of: date) -> str | None:
        """Say it where the state that the user set counts for nothing on a day, because another is known."""
        known = self.state(as_of).state
        if self.set_to in (None, known):
            return None
        return f"{self.rule}={self.set_to} has no effect: on {as_of} the rule is known to be {_KNOWN[known]}"

    def catches(self, total: int) -> bool:
        """Tell whether counted stakes, in millionths of a per cent, reach the threshold."""
        needed = round(self.share * UNIT)
        return total >= needed if self.test == "at_least" else total > needed

    @property
    def threshold(self) -> str:
        """The threshold in words."""
        if not self.reaches:
            return "no share: owned companies are not reached"
        share = f"{self.test.replace('_', ' ')} {self.share:g}%"
        return share if self.share_means == "caught" else f"{share}, which only points to it"


@cache
def _shipped() -> tuple[OwnershipRule, ...]:
    return tuple(OwnershipRule.model_validate(row) for row in read_table("ownership.yaml"))


def ownership_rules(settings: Mapping[str, str] | None = None) -> tuple[OwnershipRule, ...]:
    """Give every rule, with the states that the user has confirmed.

    Args:
        settings: rule id to `in_force` or `suspended`, in place of the states that are `not_confirmed`.

    Raises:
        InputError: for a rule or a state that does not exist, and for a rule whose state is known on every day.
    """
    chosen = dict(settings or {})
    known = {rule.rule for rule in _shipped()}
    open_to_doubt = {rule.rule for rule in _shipped() if any(p.state == "not_confirmed" for p in rule.periods)}
    for rule, state in chosen.items():
        if rule not in known:
            raise InputError(f"ownership rules: {rule!r} is none of {', '.join(sorted(known))}")
        if state not in CONFIRMED:
            raise InputError(f"ownership rules: {rule}: {state!r} is none of {', '.join(CONFIRMED)}")
        if rule not in open_to_doubt:
            others = ", ".join(sorted(open_to_doubt))
            raise InputError(f"ownership rules: {rule}: its state is known and not for setting; those of {others} are")
    return tuple(_with_state(rule, chosen.get(rule.rule)) for rule in _shipped())


def _with_state(rule: OwnershipRule, state: str | None) -> OwnershipRule:
    if state is None:
        return rule
    settled = {"state": state, "note": "Its state is as set by the user."}
    periods = (p.model_copy(update=settled) if p.state == "not_confirmed" else p for p in rule.periods)
    return rule.model_copy(update={"periods": tuple(periods), "set_to": state})


def begins(rule: OwnershipRule, listings: Iterable[Listing], as_of: date) -> bool:
    """Tell whether a party with these listings passes its stakes on under a rule on a day.

    >>> sdn = Listing(list="sdn", program="GLOMAG", effective_date="2020-07-31")
    >>> ofac = next(rule for rule in ownership_rules() if rule.rule == "ofac-50")
    >>> begins(ofac, [sdn], date(2021, 1, 1)), begins(ofac, [sdn], date(2019, 1, 1))
    (True, False)
    """
    return any(
        effect.in_force and effect.effect in rule.effects
        for listing in listings
        if canonical(listing.list or "") in rule.lists
        for effect in effects_of(listing, as_of)
    )


def starting_points(rule: OwnershipRule, listed: Mapping[str, Sequence[Listing]], as_of: date) -> tuple[str, ...]:
    """Give the parties, of those `listed` with their listings, that pass their stakes on under a rule."""
    return tuple(party for party, listings in listed.items() if begins(rule, listings, as_of))
