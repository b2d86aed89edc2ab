"""What is common to the US lists: their short ids, programs, and facts that belong to a listing.

OFAC gives the days of an entry as facts of the party ("Listing Date (CMIC): 03 Jun 2021"), and so it does
with the directives of a program; `place_fact` puts them into the listing they belong to.

>>> list_id("Entity List (EL) - Bureau of Industry and Security"), programs_of("NPWMD] [IFSR")
('el', ['NPWMD', 'IFSR'])
>>> list_of_program("CMIC-EO13959", "ofac-cons"), list_of_program("SDGT", "sdn")
('cmic', 'sdn')
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from sanctionscreen.sources.importers.datetexts import whole_date
from sanctionscreen.sources.importers.draft import Draft

OFAC = "Office of Foreign Assets Control, U.S. Department of the Treasury"
OFAC_URL = "https://sanctionslist.ofac.treas.gov/"
#: Works of the United States Government are not subject to copyright (17 U.S.C. 105).
PUBLIC_DOMAIN = "Public domain (17 U.S.C. 105)"

#: Beginnings of the programs of OFAC's non-SDN lists.
_LISTS_OF_PROGRAMS = (("NS-PLC", "plc"), ("FSE-", "fse"), ("CMIC", "cmic"), ("CCMC", "cmic"), ("MBS", "mbs"),
                      ("561-", "cap"), ("UKRAINE-EO13662", "ssi"))  # fmt: skip
_FIELDS = {
    "Listing Date": "published",
    "Effective Date": "effective_date",
    "Purchase/Sales For Divestment Date": "divest_by",
}
_DATED = re.compile(r"(Listing Date|Effective Date|Purchase/Sales For Divestment Date) \(([^()]+)\):?")
_DIRECTIVE = re.compile(r"Executive Order (\d+) Directive (?:Determination|Information)")
_ORDER = re.compile(r"E\.?O\.? ?(\d+)")


def ofac_header(is_sdn: bool, day: date) -> dict[str, object]:
    """The header of a list file made from any of OFAC's formats."""
    return {
        "id": "ofac-sdn" if is_sdn else "ofac-cons",
        "title": "OFAC Specially Designated Nationals and Blocked Persons List"
        if is_sdn
        else "OFAC Consolidated (non-SDN) Sanctions List",
        "authority": "31 CFR chapter V",
        "publisher": OFAC,
        "source_url": OFAC_URL,
        "as_of": day,
        "licence": PUBLIC_DOMAIN,
    }


@lru_cache(maxsize=1)
def us_lists() -> tuple[dict[str, Any], ...]:
    """The rows of `us_lists.yaml`."""
    return tuple(yaml.safe_load((files(__package__) / "us_lists.yaml").read_text(encoding="utf-8")))


@lru_cache(maxsize=64)
def us_list(title: str) -> dict[str, Any] | None:
    """The row of the list whose title this is; None for another list."""
    lowered = title.lower()
    return next((row for row in us_lists() if any(n.lower() in lowered for n in row["names"])), None)


def list_id(title: str) -> str | None:
    """The short id of a list by its title; None for another list."""
    row = us_list(title)
    return row["id"] if row else None


def programs_of(text: str) -> list[str]:
    """Split OFAC's programs: `NPWMD] [IFSR` in the CSV files, `UKRAINE-EO13662; MBS` in the CSL."""
    return [program for part in re.split(r"\] \[|; ", text) if (program := part.strip(" []"))]


@lru_cache(maxsize=1024)
def list_of_program(program: str, otherwise: str) -> str:
    """The list that a program is part of, `otherwise` where the program does not tell."""
    if otherwise == "sdn":
        return otherwise
    return next((own for start, own in _LISTS_OF_PROGRAMS if program.startswith(start)), otherwise)


def is_dated(label: str) -> bool:
    """Whether a label is that of a day of an entry: `Listing Date (CMIC)`."""
    return _DATED.fullmatch(label) is not None


@lru_cache(maxsize=1024)
def of_listing(label: str) -> bool:
    """Whether what a label says is of an entry, not of the party: `place_fact` is for it."""
    return is_dated(label) or _DIRECTIVE.match(label) is not None


def place_fact(draft: Draft, label: str, value: str) -> bool:
    """Put a date or a directive into the listing it belongs to; False where it is neither or fits none.

    A date is tagged with the program (`CMIC`) or with the order and directive (`EO 14024 Directive 2`). A
    listing keeps the first date it gets; a later one stays in the remarks with its tag.
    """
    if not of_listing(label):
        return False
    if dated := _DATED.fullmatch(label):
        return _place_date(draft, _FIELDS[dated[1]], dated[2], value)
    if (directive := _DIRECTIVE.match(label)) and value.startswith("Subject to Directive"):
        numbers = [n for n, fields in enumerate(draft.listings) if directive[1] in fields["program"]]
        for number in numbers:
            draft.listing_remark(number, f"E.O. {directive[1]}: {value}")
        return bool(numbers)
    return False


def _of_order(order: str, fields: dict[str, Any]) -> bool:
    """Whether a listing is under a directive of an order; a party blocked as SDN is under the order itself."""
    return fields.get("list") != "sdn" and (order in fields["program"] or fields["program"] == "MBS")


def _place_date(draft: Draft, field: str, tag: str, value: str) -> bool:
    day = whole_date(value)
    order = _ORDER.match(tag)
    placed = False
    for fields in draft.listings if day else []:
        program = fields["program"]
        fits = _of_order(order[1], fields) if order else program.startswith(tag)
        if fits and fields.setdefault(field, day) == day:
            placed = True
    return placed
