"""What the value of a typed cell is as text, and which values no text stands for.

A cell of JSON, Excel, Parquet or a DataFrame has a type. Numbers and days have a plain text; a list, or bytes of nobody
knows which encoding, have none, and a name made of it would be another name. Such a cell is carried through as it is,
and a row whose name it is must not be screened.

>>> text_of(7.0), text_of(None), text_of(True), text_of(["x"])
('7', '', 'true', '["x"]')
>>> odd_of(("name", "since"), (["Foo", "Hikvision"], date(2020, 1, 1)))
{'name': 'several values', 'since': 'a date'}
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from types import NoneType
from typing import Any

#: What a cell over several lines holds where a quotation mark is most likely stray; in any column, for the row that is
#: lost is another one.
SWALLOWED = "lines that look like rows of their own"
#: What it may hold, by delimiters in any number; an address has such lines too, a name has none.
SPREAD = "lines that may be rows of their own"

#: What JSON has no number for (https://www.rfc-editor.org/rfc/rfc8259, 6), though many programs write it.
NO_NUMBER = "NaN or an infinite number"

#: What a cell of a workbook is whose formula was written by a program that did not reckon it.
NO_VALUE = "a formula without a stored value"

#: What is no name, though it is no fault in another cell: a birth date is a date, an address has lines.
NO_NAME = frozenset({"a date", "a time", "true or false", NO_NUMBER, SPREAD})

#: Types whose text is what the cell says; most rows have no others.
_PLAIN = frozenset({str, int, float, Decimal, NoneType})

#: Whole numbers up to this size have a decimal text in Python, whose limit is 4,300 digits.
_MOST_BITS = 14_000

#: What spreadsheets show for a formula that failed, in the languages whose words are here: `#REF!`, `#N/A`, `#¿NOMBRE?`
#: (https://support.microsoft.com/office/error-type-function-10958677-7c8d-44f7-ae77-b9a9ee6eefaa).
_ERROR = re.compile(r"\s*#(N/[AD]|NV|[¡¿]?[A-ZÀ-Þ/0]+[!?])\s*")


@dataclass(frozen=True, slots=True)
class Odd:
    """A value that a file holds and that cannot be read as what it should be.

    Attributes:
        text: what is carried through.
        what: it is.
    """

    text: str
    what: str

    def __str__(self) -> str:
        return self.text


def text_of(value: Any) -> str:
    """Give a value of a typed cell as text: what is missing as nothing, whole numbers and days plainly."""
    if isinstance(value, str):
        return value
    if value is None or _is_nan(value):
        return ""
    if isinstance(value, int) and value.bit_length() > _MOST_BITS:
        return hex(value)
    if isinstance(value, float | Decimal) and math.isfinite(value) and value == int(value):
        return str(int(value))
    if isinstance(value, datetime) and not (value.hour or value.minute or value.second or value.microsecond):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.decode("utf-8", "backslashreplace")
    if isinstance(value, bool | list | dict):
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)


def _is_nan(value: Any) -> bool:
    """Whether a number is none; of a decimal one that signals it, only itself may be asked."""
    return value.is_nan() if isinstance(value, Decimal) else isinstance(value, float) and math.isnan(value)


def odd_of(columns: Sequence[str], values: Sequence[Any]) -> Mapping[str, str] | None:
    """Say what the cells of a row are that are no plain text or number: column to what it is; None where all are."""
    if _PLAIN.issuperset(map(type, values)):
        return None
    cells = zip(columns, values, strict=False)
    return {column: what for column, value in cells if type(value) not in _PLAIN and (what := _what(value))} or None


def _what(value: Any) -> str:
    """What a value is, in words; nothing where its text is as good."""
    if isinstance(value, date):
        return "a date"
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, Odd):
        return value.what
    if isinstance(value, time | timedelta):
        return "a time"
    if isinstance(value, bytes):
        return "" if _is_utf_8(value) else "bytes that are not UTF-8"
    return "several values" if isinstance(value, Iterable) and not isinstance(value, str) else ""


def _is_utf_8(value: bytes) -> bool:
    try:
        value.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def is_error(text: str) -> bool:
    """Whether a cell is what a spreadsheet shows for a formula that failed.

    >>> is_error("#REF!"), is_error("# REF Ltd")
    (True, False)
    """
    return _ERROR.fullmatch(text) is not None
