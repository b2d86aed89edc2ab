"""The stakes as they stood on one day: who held what of whom, and what contradicts itself in it.

`Ownership` takes holdings from list files and from the user, keeps those that were or may have been held on a
day, and joins what is said of one owner and one company. `sanctionscreen.meaning.reach` follows a rule through
it.

>>> stakes = Ownership([Holding("Alpha", "Vendor", 60, 60), Holding("ALPHA", "Vendor", 30, 30),
...     Holding("Beta", "Vendor", 50, 50)], date(2024, 1, 1))
>>> for problem in stakes.problems:
...     print(problem)
stakes of Alpha in Vendor contradict each other on 2024-01-01: 60% and 30%, the larger counts
stakes in Vendor add up to 110% on 2024-01-01: counted as stated, find out which is wrong
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np

from sanctionscreen.meaning.findings import shown
from sanctionscreen.meaning.folding import key
from sanctionscreen.meaning.holdings import UNIT, Holding

#: Published shares are rounded; only a sum this much beyond 100 per cent is called wrong.
_ROUNDING = UNIT // 2


@dataclass(slots=True)
class Tie:
    """Everything one owner holds of one company on the day, shares in millionths of a per cent.

    `low` and `control` are certain, `high` and `may_control` the most that can be.
    """

    owner: str
    company: str
    low: int
    high: int
    control: bool
    may_control: bool
    affiliate: bool
    unknown: bool
    joint: str | None

    def join(self, other: Tie) -> None:
        """Take in another statement about the same two: what is larger counts."""
        self.low, self.high = max(self.low, other.low), max(self.high, other.high)
        self.control |= other.control
        self.may_control |= other.may_control
        self.affiliate |= other.affiliate
        self.unknown |= other.unknown
        self.joint = self.joint or other.joint


class Ownership:
    """The stakes as they stood on one day, and what is wrong with them.

    Two statements about one owner and company are one stake: the larger figure counts at either end, so that
    a further statement never clears anyone. A stake whose date leaves open whether it was held that day
    counts at its most and not at its least. Stakes in one company that add up to more than 100 per cent count
    as stated. What was found wrong is in `problems`.

    Ties are worked out when they are asked for: of a million stakes, those that a question leads to.
    """

    def __init__(self, holdings: Iterable[Holding], as_of: date) -> None:
        self.as_of = as_of
        self.names: dict[str, str] = {}  # key -> first spelling
        self._numbers: dict[str, int] = {}  # key, or any spelling of it -> number
        self._keys: list[str] = []  # by number
        self._holdings: list[Holding] = []
        self._joint: dict[str, dict[tuple[str, str], None]] = {}
        self._owners, self._companies = array("q"), array("q")  # numbers, holding by holding
        for holding in holdings:
            owner, company = self._number(holding.owner), self._number(holding.company)
            if not holding.held(as_of)[1]:
                continue
            self._holdings.append(holding)
            self._owners.append(owner)
            self._companies.append(company)
            if holding.joint:
                self._joint.setdefault(holding.joint, {})[self._keys[owner], self._keys[company]] = None
        self._of_owner, self._of_company = (_Grouped(of, len(self.names)) for of in (self._owners, self._companies))
        self.stakes_of = cache(self._stakes_of)
        self.owners_of = cache(self._owners_of)

    @property
    def parties(self) -> tuple[str, ...]:
        """Everyone named as owner or company, first spellings: all of them are to be screened."""
        return tuple(self.names.values())

    @property
    def problems(self) -> tuple[str, ...]:
        """What contradicts itself in the stakes, and how it was counted."""
        return tuple(text for company in self.names for text in self.problems_of(company))

    def problems_of(self, company: str) -> tuple[str, ...]:
        """What contradicts itself in the stakes in one company, by its key."""
        return (*self._contradictions(company), *self._too_much(company))

    def key(self, name: str) -> str:
        """The name folded for comparison (`folding`)."""
        number = self._numbers.get(name)
        return key(name) if number is None else self._keys[number]

    def joint(self, label: str) -> Iterator[Tie]:
        """The ties that are exercised together under one arrangement."""
        for owner, company in self._joint.get(label, ()):
            yield next(tie for tie in self.stakes_of(owner) if tie.company == company)

    def _number(self, name: str) -> int:
        """The number of a party, whose first spelling is its name."""
        found = self._numbers.get(name)
        if found is None:
            folded = key(name)
            found = self._numbers.setdefault(folded, len(self._keys))
            if found == len(self._keys):
                self._keys.append(folded)
                self.names[folded] = name
            self._numbers[name] = found
        return found

    def _stakes_of(self, owner: str) -> tuple[Tie, ...]:
        """What an owner holds, by its key, a tie for each company."""
        return self._joined(self._of_owner, owner, lambda tie: tie.company)

    def _owners_of(self, company: str) -> tuple[Tie, ...]:
        """Who holds a company, by its key, a tie for each owner."""
        return self._joined(self._of_company, company, lambda tie: tie.owner)

    def _joined(self, grouped: _Grouped, party: str, other: Callable[[Tie], str]) -> tuple[Tie, ...]:
        every = self._ties(grouped, party)
        if len(every) < 2:
            return tuple(every)
        ties: dict[str, Tie] = {}
        for tie in every:
            before = ties.setdefault(other(tie), tie)
            if before is not tie:
                before.join(tie)
        return tuple(ties.values())

    def _ties(self, grouped: _Grouped, party: str) -> list[Tie]:
        """Every statement about a party, each as a tie of its own."""
        number = self._numbers.get(party)
        return [] if number is None else list(map(self._tie, grouped.of(number)))

    def _tie(self, place: int) -> Tie:
        one = self._holdings[place]
        surely = one.held(self.as_of)[0]
        low, high = round(one.low * UNIT) if surely else 0, round(one.high * UNIT)
        owner, company = self._keys[self._owners[place]], self._keys[self._companies[place]]
        control = one.control and surely
        return Tie(owner, company, low, high, control, one.control, one.affiliate, one.unknown, one.joint)

    def _contradictions(self, company: str) -> Iterator[str]:
        """Statements that cannot both hold; an affiliate without a share contradicts none."""
        before: dict[str, Tie] = {}
        for tie in self._ties(self._of_company, company):
            one = before.setdefault(tie.owner, tie)
            apart = tie.low > one.high or one.low > tie.high
            if apart and not one.affiliate and not tie.affiliate:
                said = " and ".join(shown(each.low / UNIT, each.high / UNIT) for each in (one, tie))
                what = f"stakes of {self.names[one.owner]} in {self.names[company]}"
                yield f"{what} contradict each other on {self.as_of}: {said}, the larger counts"
            if one is not tie:
                one.join(tie)

    def _too_much(self, company: str) -> Iterator[str]:
        total = sum(tie.low for tie in self.owners_of(company))
        if total > 100 * UNIT + _ROUNDING:
            whole = shown(total / UNIT, total / UNIT)
            what = f"stakes in {self.names[company]} add up to {whole} on {self.as_of}"
            yield f"{what}: counted as stated, find out which is wrong"


class _Grouped:
    """Places in a list by the number of a party."""

    def __init__(self, numbers: array[int], parties: int) -> None:
        of = np.frombuffer(numbers, np.int64)
        self._places: list[int] = np.argsort(of, kind="stable").tolist()
        self._starts: list[int] = np.concatenate(([0], np.cumsum(np.bincount(of, minlength=parties)))).tolist()

    def of(self, number: int) -> list[int]:
        """The places of one party, in order."""
        return self._places[self._starts[number] : self._starts[number + 1]]
