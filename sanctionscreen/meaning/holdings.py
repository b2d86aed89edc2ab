"""Who holds how much of whom: stakes from list files, from a user's table, or made on the fly.

A share is per cent of the whole: exact ("30"), a range ("45-55", ">50", "<25") or unknown (empty). An unknown
share is not zero: it is anything from 0 to 100, and a red flag. Control without a share (the right to appoint
most of a board, a management contract) is told apart, since some rules count it and some do not.

>>> parse_share("45-55%"), parse_share(30), parse_share("")
((45.0, 55.0), (30.0, 30.0), (0.0, 100.0))
>>> parse_share("most of it")
Traceback (most recent call last):
ValueError: share: 'most of it' is not a percentage: write 30, 45-55, >50, <25, or leave it empty
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from sanctionscreen.dates import CIRCA, PartialDate
from sanctionscreen.meaning.reading import Row, build, read_rows
from sanctionscreen.records import ListedParty, Relation, Stake

#: Shares are counted in whole millionths of a per cent, so that 33.3 + 16.7 is 50 and no order of adding matters.
UNIT = 1_000_000

COLUMNS = ("owner", "company", "share", "since", "until", "control", "joint", "source")

_NUMBER = r"(\d{1,3}(?:\.\d{1,6})?)\s*%?"
_EXACT = re.compile(_NUMBER)
_RANGE = re.compile(rf"{_NUMBER}\s*(?:-|\u2013|to)\s*{_NUMBER}")
_BOUND = re.compile(rf"(>=|<=|>|<)\s*{_NUMBER}")
_UNKNOWN = ("", "unknown", "?", "n/a")
_YES = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False, "": False}


@dataclass(frozen=True, slots=True)
class Holding:
    """A stake of an owner in a company, or another tie between them.

    Attributes:
        owner, company: names or ids; one party has one spelling, but for case and spaces.
        low, high: per cent of the company, 0 to 100; both the same where the share is known.
        since, until: first and last day on which it was held, as far as known.
        control: the owner controls the company, whatever its share.
        affiliate: the two are affiliates, and no share is stated; goes both ways.
        joint: a label shared by holdings that are exercised together under one arrangement.
        source: where it is stated.
    """

    owner: str
    company: str
    low: float = 0.0
    high: float = 100.0
    since: PartialDate | None = None
    until: PartialDate | None = None
    control: bool = False
    affiliate: bool = False
    joint: str | None = None
    source: str | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.high <= 100:
            raise ValueError(f"share: from {self.low:g} to {self.high:g} is not within 0 to 100 per cent")
        if not self.owner.strip() or not self.company.strip():
            raise ValueError("owner and company: both are needed")
        if self.since and self.until and self.until.latest < self.since.earliest:
            raise ValueError(f"until: {self.until} is before since, {self.since}")

    @property
    def unknown(self) -> bool:
        """Whether nothing is known of the share."""
        return self.low == 0 and self.high == 100

    def held(self, as_of: date) -> tuple[bool, bool]:
        """Tell whether it was certainly held on a day, and whether it may have been.

        >>> stake = Holding("A", "B", 30, 30, since=PartialDate.parse("2021"))
        >>> stake.held(date(2021, 6, 1)), stake.held(date(2022, 1, 1)), stake.held(date(2020, 1, 1))
        ((False, True), (True, True), (False, False))
        """
        if self.since is None and self.until is None:
            return True, True
        day = as_of.toordinal()
        maybe_since, surely_since = _span(self.since, 0)
        surely_until, maybe_until = _span(self.until, date.max.toordinal())
        return surely_since <= day <= surely_until, maybe_since <= day <= maybe_until


def _span(day: PartialDate | None, otherwise: int) -> tuple[int, int]:
    """First and last day that a date may mean, as ordinals."""
    if day is None:
        return otherwise, otherwise
    slack = CIRCA if day.circa else 0
    return day.earliest.toordinal() - slack, day.latest.toordinal() + slack


def parse_share(value: object) -> tuple[float, float]:
    """Read a share: the least and the most per cent it can be.

    `>50` is a millionth of a per cent more than 50, so that a rule of "more than 50" holds for it.

    Raises:
        ValueError: for text that is no share, a share below 0 or above 100, or a range upside down.
    """
    return _share("" if value is None else str(value).strip().lower())


@lru_cache(maxsize=10_000)
def _share(text: str) -> tuple[float, float]:
    if text in _UNKNOWN:
        return 0.0, 100.0
    if exact := _EXACT.fullmatch(text):
        low = high = float(exact[1])
    elif between := _RANGE.fullmatch(text):
        low, high = float(between[1]), float(between[2])
    elif bound := _BOUND.fullmatch(text):
        low, high = _bounded(bound[1], float(bound[2]))
    else:
        hint = ": write a decimal point, not a comma" if re.fullmatch(r"\d+,\d+ ?%?", text) else ""
        hint = hint or ": write 30, 45-55, >50, <25, or leave it empty"
        raise ValueError(f"share: {text[:60]!r} is not a percentage{hint}")
    if max(low, high) > 100:
        raise ValueError(f"share: {text!r} is not within 0 to 100 per cent")
    if low > high:
        raise ValueError(f"share: {text!r} is upside down: write {high:g}-{low:g}")
    return low, high


def _bounded(sign: str, number: float) -> tuple[float, float]:
    step = 0.0 if sign.endswith("=") else 1 / UNIT
    return (number + step, 100.0) if sign[0] == ">" else (0.0, max(number - step, 0.0))


def load_stakes(path: str | Path) -> tuple[Holding, ...]:
    """Read a user's stakes, CSV or YAML: columns owner, company, share, and since, until, control, joint, source.

    Raises:
        InputError: with every fault of the file, one a line.
    """
    file = Path(path)
    return build(file, read_rows(file, COLUMNS, ("owner", "company")), _holding)


def _holding(row: Row) -> Holding:
    get = row.fields.get
    low, high = parse_share(get("share"))
    return Holding(
        owner=_text(get("owner")) or "",
        company=_text(get("company")) or "",
        low=low,
        high=high,
        since=_day("since", get("since")),
        until=_day("until", get("until")),
        control=_flag(get("control")),
        joint=_text(get("joint")),
        source=_text(get("source")),
    )


def _text(value: Any) -> str | None:
    return (str(value).strip() or None) if value is not None else None


def _day(field: str, value: Any) -> PartialDate | None:
    text = _text(value)
    try:
        return PartialDate.parse(text) if text else None
    except ValueError as error:
        raise ValueError(f"{field}: {error}") from error


def _flag(value: Any) -> bool:
    text = "" if value is None else str(value).strip().lower()
    if text not in _YES:
        raise ValueError(f"control: {text[:20]!r} is neither yes nor no")
    return _YES[text]


def holdings_of(parties: Iterable[ListedParty]) -> tuple[Holding, ...]:
    """Read the ties that list files state, as holdings between party ids, or names where there is no id.

    `subsidiary_of` counts as control with an unknown share, `controlled_by` the same; `owned_by` without a
    stake is an unknown share; other relations ("linked to", family, office) are no ownership.
    """
    return tuple(h for party in parties for relation in party.relations for h in tie(party.id, relation))


def tie(party: str, relation: Relation) -> Iterator[Holding]:
    """Read one tie of a party: no holding where it is no ownership, two for affiliates."""
    other = relation.party or relation.name or ""
    stake = relation.stake or Stake()
    source = relation.source or stake.source
    match relation.type:
        case "owned_by" | "subsidiary_of" | "controlled_by":
            yield from_stake(other, party, stake, control=relation.type != "owned_by", source=source)
        case "parent_of":
            yield from_stake(party, other, stake, control=True, source=source)
        case "affiliate_of":
            yield Holding(other, party, 0, 0, affiliate=True, source=source)
            yield Holding(party, other, 0, 0, affiliate=True, source=source)


def from_stake(owner: str, company: str, stake: Stake, *, control: bool = False, source: str | None = None) -> Holding:
    """Make a holding of a stake as records carry it.

    >>> from_stake("CETC HIK", "Hikvision", Stake(share_min=39, share_max=39)).low
    39.0
    """
    return Holding(
        owner=owner,
        company=company,
        low=stake.share_min,
        high=stake.share_max,
        since=stake.since,
        until=stake.until,
        control=control,
        source=source or stake.source,
    )
