"""Dates as lists give them: whole, in part, about, or between.

A birth date on a sanctions list is often a year, or "circa 1962", or a range. `PartialDate` keeps exactly
what was said and can tell whether two such dates can be the same day. Its spelling is the subset of the
Extended Date/Time Format (ISO 8601-2:2019, https://www.loc.gov/standards/datetime/) that lists need:

>>> [str(PartialDate.parse(t)) for t in ("1962", "1962-03", "1962-03-05", "1962~", "1955/1958")]
['1962', '1962-03', '1962-03-05', '1962~', '1955/1958']
>>> PartialDate.parse("1962").agrees_with(PartialDate.parse("1962-03-05"))
True
>>> PartialDate.parse("5 March 1962")
Traceback (most recent call last):
ValueError: not a date: '5 March 1962' (write 1962, 1962-03, 1962-03-05, 1962~ for circa, or 1955/1958)
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

_POINT = r"\d{4}(?:-\d{2}(?:-\d{2})?)?"
_FORM = re.compile(rf"({_POINT})(?:(~)|/({_POINT})(~)?)?")

#: A date marked circa agrees with any day this many days away. OFAC and the UN mark a year as circa where
#: sources differ by a year or two.
CIRCA = 731


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A day, month, year or range of them, possibly approximate.

    `earliest` and `latest` are the first and last day that the text allows, circa not counted in.
    """

    earliest: date
    latest: date
    circa: bool
    text: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the Extended Date/Time spelling.

        Raises:
            ValueError: when the text is not such a date, or a range ends before it begins.
        """
        form = _FORM.fullmatch(text.strip())
        if form is None:
            raise ValueError(f"not a date: {text!r} (write 1962, 1962-03, 1962-03-05, 1962~ for circa, or 1955/1958)")
        first, last = form[1], form[3] or form[1]
        earliest, latest = _span(first)[0], _span(last)[1]
        if latest < earliest:
            raise ValueError(f"a range that ends before it begins: {text!r}")
        return cls(earliest, latest, bool(form[2] or form[4]), text.strip())

    def agrees_with(self, other: PartialDate) -> bool:
        """Tell whether both can be the same day.

        >>> circa = PartialDate.parse("1962~")
        >>> circa.agrees_with(PartialDate.parse("1963-05-01")), circa.agrees_with(PartialDate.parse("1970"))
        (True, False)
        """
        slack = CIRCA if self.circa or other.circa else 0
        begins, ends = other.earliest.toordinal() - slack, other.latest.toordinal() + slack
        return begins <= self.latest.toordinal() and self.earliest.toordinal() <= ends

    def __str__(self) -> str:
        """Give the date as it was written."""
        return self.text

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Read a string, a whole `date` or a plain year; write the string."""
        return core_schema.no_info_plain_validator_function(
            cls._validate, serialization=core_schema.to_string_ser_schema()
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Describe the spelling to editors."""
        return {"type": ["string", "integer"], "examples": ["1962", "1962-03-05", "1962~"]}

    @classmethod
    def _validate(cls, value: object) -> Self:
        if isinstance(value, cls):
            return value
        if isinstance(value, str | date) or (isinstance(value, int) and not isinstance(value, bool)):
            return cls.parse(str(value))
        raise ValueError(f"not a date: {value!r}")


def _span(point: str) -> tuple[date, date]:
    """First and last day of a year, month or day."""
    parts = [int(part) for part in point.split("-")]
    try:
        if len(parts) == 1:
            return date(parts[0], 1, 1), date(parts[0], 12, 31)
        if len(parts) == 2:
            last = calendar.monthrange(*parts)[1]
            return date(parts[0], parts[1], 1), date(parts[0], parts[1], last)
        day = date(*parts)
    except (ValueError, calendar.IllegalMonthError) as error:
        raise ValueError(f"no such day: {point!r}") from error
    return day, day
