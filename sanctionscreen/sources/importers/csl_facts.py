"""The column `ids` of the Consolidated Screening List: identifiers and other facts, in two orders.

`RU, 7736640919, Tax ID No.; Male, Gender` in the files of 2022, `Passport, 836238033, KP; Gender, Male` since.

>>> [fact.label for fact in facts("CN, X0906223, Passport; Male, Gender; Passport, 836238033, KP")]
['Passport', 'Gender', 'Passport']
"""

from __future__ import annotations

import re
from typing import NamedTuple

from sanctionscreen.countries import country_code
from sanctionscreen.sources.importers.labels import known_kind
from sanctionscreen.sources.importers.us_lists import is_dated

_CODE = re.compile(r"[A-Z]{2}")
_DATED = re.compile(r"(issued|expires) (\d{4}-\d{2}-\d{2})")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
#: Labels of facts that are no identifiers, to the words that `ofac_remarks.place` knows.
PLAIN_FACTS = {
    "Gender": "gender",
    "Vessel Flag": "vessel flag",
    "Nationality of Registration": "nationality of registration",
}


class Fact(NamedTuple):
    """One piece of the column `ids`; an empty label is one that nobody knows.

    `day` is a date of which the CSV file does not say whether it is that of issue or expiry.
    """

    label: str
    value: str
    country: str = ""
    day: str = ""
    issued: str = ""
    expires: str = ""


def facts(text: str) -> list[Fact]:
    """Part the column `ids`: country, number, date and label, in either order.

    A piece without a known label is the beginning of the next one where labels stand last, and the end of the
    one before where they stand first: some values have a semicolon in them.
    """
    found: list[Fact] = []
    pending: list[str] = []
    first = False
    for piece in [part for piece in text.split(";") if (part := piece.strip())]:
        parts = piece.split(", ")
        if is_label(parts[0]) and len(parts) > 1:
            first = True
            found.append(_labelled(parts[0], parts[1:]))
        elif is_label(parts[-1]) and len(parts) > 1:
            found.append(_labelled(parts[-1], ["; ".join([*pending, parts[0]]), *parts[1:-1]]))
            pending = []
        elif first and found:
            found[-1] = found[-1]._replace(value=f"{found[-1].value}; {piece}")
        else:
            pending.append(piece)
    return found + [Fact("", piece) for piece in pending]


def is_label(text: str) -> bool:
    """Whether the text is a label of the column `ids`."""
    return text in PLAIN_FACTS or known_kind(text) is not None or is_dated(text)


def _labelled(label: str, parts: list[str]) -> Fact:
    """Take country and dates off the number; they stand before it in the old order, after it in the new one."""
    taken = {"label": label}
    for place_of in (0, -1):
        while len(parts) > 1 and (kind := _part_kind(parts[place_of])) and kind[0] not in taken:
            taken[kind[0]] = kind[1]
            del parts[place_of]
    return Fact(value=", ".join(parts), **taken)


def _part_kind(part: str) -> tuple[str, str] | None:
    if _DAY.fullmatch(part):
        return "day", part
    if match := _DATED.fullmatch(part):
        return match[1], match[2]
    return ("country", part) if _CODE.fullmatch(part) and country_code(part) else None
