"""What the EU's three schemas share: header, dates, languages, identification.

The list is that of Financial Sanctions Files (FSF), kept by the European Commission for all restrictive measures
under Article 215 TFEU: https://data.europa.eu/data/datasets/consolidated-list-of-persons-groups-and-entities-subject-to-eu-financial-sanctions
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from sanctionscreen.sources.importers.draft import Draft

_APPROXIMATE = re.compile(r"\s*\((?:approximative|approximate|circa)\)", re.IGNORECASE)
#: `AD001095 (passport-National passport) ((passport))`, as the old schema and the CSV file write a number.
_TYPED = re.compile(r"(.*?)\s*\((\w+-[^()]*)\)\s*(.*)", re.DOTALL)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}")


def header(day: date) -> dict[str, object]:
    """The header of the list file."""
    return {
        "id": "eu-fsf",
        "title": "EU consolidated list of persons, groups and entities subject to financial sanctions",
        "authority": "Article 215 TFEU; the regulation that each entry cites",
        "publisher": "European Commission, DG FISMA",
        "source_url": "https://webgate.ec.europa.eu/fsd/fsf",
        "as_of": day,
        "licence": "CC BY 4.0 (https://commission.europa.eu/legal-notice_en)",
    }


def birth_date(draft: Draft, text: str) -> None:
    """A date of birth; `1957 (approximative)` is circa.

    >>> from sanctionscreen.sources.importers.base import ImportReport
    >>> draft = Draft(ImportReport("eu"), "entity 1", "eu-1", "person")
    >>> birth_date(draft, "1957 (approximative)")
    >>> draft.name("X"); draft.listing(program="IRQ"); draft.build().birth_dates[0].text
    '1957~'
    """
    plain = _APPROXIMATE.sub("", text)
    draft.birth_date(plain if plain == text else f"circa {plain}")


def typed_number(text: str) -> tuple[str, str, str]:
    """Part a number from its type and what else the brackets after it say.

    >>> typed_number("AD001095 (passport-National passport) ((passport))")
    ('AD001095', 'passport-National passport', '((passport))')
    >>> typed_number("8888")
    ('8888', 'other-Other identification number', '')
    """
    match = _TYPED.fullmatch(text.strip())
    return (match[1], match[2], match[3].strip()) if match else (text, "other-Other identification number", "")


def language(code: str) -> dict[str, str]:
    """The language of a name as a field, where it is a code."""
    return {"language": code.lower()} if _LANGUAGE.fullmatch(code) else {}


def said(fields: Mapping[str, str], used: frozenset[str]) -> str:
    """What fields say that have no place of their own, as `name: text`; empty values and bare falsehoods aside."""
    return "; ".join(
        f"{name}: {text}" for name, text in fields.items() if text and text != "false" and name not in used
    )
