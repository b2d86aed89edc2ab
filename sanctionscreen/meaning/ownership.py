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

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sanctionscreen.meaning.findings import shown
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
    """

    def __init__(self, holdings: Iterable[Holding], as_of: date) -> None:
        self.as_of = as_of
        self.names: dict[str, str] = {}  # key -> first spelling
        self.by_owner: dict[str, dict[str, Tie]] = {}
        self.by_company: dict[str, list[Tie]] = {}
        self.by_joint: dict[str, list[Tie]] = {}
        self._problems: dict[str, list[str]] = {}
        self._keys: dict[str, str] = {}
        for holding in holdings:
            self._add(holding)
        self._check_sums()

    @property
    def parties(self) -> tuple[str, ...]:
        """Everyone named as owner or company, first spellings: all of them are to be screened."""
        return tuple(self.names.values())

    @property
    def problems(self) -> tuple[str, ...]:
        """What contradicts itself in the stakes, and how it was counted."""
        return tuple(text for texts in self._problems.values() for text in texts)

    def problems_of(self, company: str) -> tuple[str, ...]:
        """What contradicts itself in the stakes in one company, by its key."""
        return tuple(self._problems.get(company, ()))

    def key(self, name: str) -> str:
        """Fold a name for comparison: compatibility forms, case and spaces."""
        found = self._keys.get(name)
        if found is None:
            found = self._keys[name] = " ".join(_fold(_fold(name)).split())
        return found

    def _add(self, holding: Holding) -> None:
        owner, company = self.key(holding.owner), self.key(holding.company)
        self.names.setdefault(owner, holding.owner)
        self.names.setdefault(company, holding.company)
        surely, maybe = holding.held(self.as_of)
        if not maybe:
            return
        low = round(holding.low * UNIT) if surely else 0
        high = round(holding.high * UNIT)
        sure_control = holding.control and surely
        tie = Tie(owner, company, low, high, sure_control, holding.control,
                  holding.affiliate, holding.unknown, holding.joint)  # fmt: skip
        before = self.by_owner.setdefault(owner, {}).setdefault(company, tie)
        if before is tie:
            self.by_company.setdefault(company, []).append(tie)
        else:
            self._check_agreement(before, tie)
            before.join(tie)
        if holding.joint:
            self.by_joint.setdefault(holding.joint, []).append(before)

    def _check_agreement(self, one: Tie, other: Tie) -> None:
        """Note a contradiction; an affiliate without a share contradicts none."""
        if (other.low <= one.high and one.low <= other.high) or one.affiliate or other.affiliate:
            return
        said = " and ".join(shown(tie.low / UNIT, tie.high / UNIT) for tie in (one, other))
        what = f"stakes of {self.names[one.owner]} in {self.names[one.company]}"
        self._problem(one.company, f"{what} contradict each other on {self.as_of}: {said}, the larger counts")

    def _check_sums(self) -> None:
        for company, ties in self.by_company.items():
            total = sum(tie.low for tie in ties)
            if total > 100 * UNIT + _ROUNDING:
                whole = shown(total / UNIT, total / UNIT)
                what = f"stakes in {self.names[company]} add up to {whole} on {self.as_of}"
                self._problem(company, f"{what}: counted as stated, find out which is wrong")

    def _problem(self, company: str, text: str) -> None:
        self._problems.setdefault(company, []).append(text)


def _fold(text: str) -> str:
    """Compatibility forms and case; folded twice it stays as it is, as in Unicode's NFKC_Casefold."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
