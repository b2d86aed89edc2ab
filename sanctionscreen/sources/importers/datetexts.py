"""Dates as official files write them, read into `PartialDate` without gaining or losing precision.

OFAC writes `10 Dec 1948`, `circa 1951`, `01 Jan 1961 to 31 Dec 1962`; the UK `05/02/1969`, `00/00/1963` and
`dd/mm/1963`; Australia `Between 1955 and 1958`. A text that is none of these is None, and the caller keeps it.

>>> [str(partial_date(t)) for t in ("10 Dec 1948", "circa 1951", "1960 to 1962", "05/02/1969", "00/00/1963")]
['1948-12-10', '1951~', '1960/1962', '1969-02-05', '1963']
>>> partial_date("as a child") is None
True
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from sanctionscreen.dates import PartialDate

_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july",
         "aug august", "sep sept september", "oct october", "nov november", "dec december"), start=1,
    )
    for name in names.split()
}  # fmt: skip
_CIRCA = re.compile(r"^(?:circa|approximately|approx\.?|about|around|c\.|ca\.|probably|possibly)\s*", re.IGNORECASE)
_BETWEEN = re.compile(r"^between\s+(.+?)\s+and\s+(.+)$", re.IGNORECASE)
_TO = re.compile(r"\s+to\s+|(?<=\d{4})\s*[-–]\s*(?=\d{4}$)", re.IGNORECASE)
#: As `PartialDate` itself writes a date.
_EDTF = re.compile(r"\d{4}(?:-\d{2}){0,2}(?:~|/\d{4}(?:-\d{2}){0,2}~?)?")
_YEAR = re.compile(r"\d{4}")
_ISO = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?(?:T[\d:.+Z-]*)?")
_SLASHED = re.compile(r"(\d{1,2}|dd)[/.-](\d{1,2}|mm)[/.-](\d{4})", re.IGNORECASE)
_WORDED = re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th)?[ -])?([a-z]+)\.?[ ,-]+(\d{4})", re.IGNORECASE)
_AMERICAN = re.compile(r"([a-z]+)\.? (\d{1,2}),? (\d{4})", re.IGNORECASE)
_LONGEST = 60


@lru_cache(maxsize=8192)
def partial_date(text: str, month_first: bool = False) -> PartialDate | None:
    """Read a date, a month, a year, a range of them, or one of these "circa"; None for anything else.

    Args:
        text: as the source writes it.
        month_first: whether `06/03/2021` is the third of June, as in the United States.
    """
    text = text.strip().rstrip(".")
    if not text or len(text) > _LONGEST:
        return None
    if _EDTF.fullmatch(text):
        return _parsed(text)
    bare = _CIRCA.sub("", text)
    circa = "~" if bare != text else ""
    between = _BETWEEN.match(bare)
    ends = between.groups() if between else _TO.split(bare)
    points = [_point(_CIRCA.sub("", end.strip()), month_first) for end in ends]
    if not 1 <= len(points) <= 2 or None in points:
        return None
    return _parsed("/".join(str(point) for point in points) + circa)


def either_way(text: str) -> tuple[PartialDate, PartialDate] | None:
    """Read a date day first and month first, where both are dates and not the same one.

    >>> [str(one) for one in either_way("03/04/2025") or ()]
    ['2025-04-03', '2025-03-04']
    >>> either_way("13/04/2025"), either_way("04/04/2025"), either_way("3 April 2025")
    (None, None, None)
    """
    day_first, month_first = partial_date(text), partial_date(text, month_first=True)
    return (day_first, month_first) if day_first and month_first and day_first != month_first else None


def _parsed(text: str) -> PartialDate | None:
    try:
        return PartialDate.parse(text)
    except ValueError:
        return None


def whole_date(text: str, month_first: bool = False) -> date | None:
    """Read a whole day; None for anything less.

    >>> whole_date("02/11/2022"), whole_date("Feb 2022")
    (datetime.date(2022, 11, 2), None)
    """
    partial = partial_date(text, month_first)
    return partial.earliest if partial and partial.earliest == partial.latest and not partial.circa else None


def spelled(year: str | int, month: str | int = 0, day: str | int = 0) -> str | None:
    """Write year, month and day as `PartialDate` wants them; a zero is "not known".

    >>> spelled(1963, "7"), spelled("1963", 0, 5)
    ('1963-07', '1963')
    """
    parts = [int(year), int(month), int(day)]
    if not parts[1]:
        return f"{parts[0]:04d}"
    return f"{parts[0]:04d}-{parts[1]:02d}" + (f"-{parts[2]:02d}" if parts[2] else "")


def _point(text: str, month_first: bool) -> str | None:
    if _YEAR.fullmatch(text):
        return text
    if match := _ISO.fullmatch(text):
        return spelled(match[1], match[2], match[3] or 0)
    if match := _SLASHED.fullmatch(text):
        first, second = (0 if part.isalpha() else int(part) for part in match.groups()[:2])
        return spelled(match[3], first, second) if month_first else spelled(match[3], second, first)
    if match := _WORDED.fullmatch(text):
        month = _MONTHS.get(match[2].lower())
        return spelled(match[3], month, match[1] or 0) if month else None
    if match := _AMERICAN.fullmatch(text):
        month = _MONTHS.get(match[1].lower())
        return spelled(match[3], month, match[2]) if month else None
    return None
