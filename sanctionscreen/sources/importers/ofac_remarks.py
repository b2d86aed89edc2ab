"""OFAC's remarks: facts in a row, each with its label, parted by semicolons.

    DOB 19 Jun 1951; POB Giza, Egypt; Passport 1084010 (Egypt); alt. Passport 19820215; a.k.a. 'X'.

The labels are those of OFAC's data specification of the legacy files
(https://ofac.treasury.gov/specially-designated-nationals-list-sdn-list/legacy-sdn-list-formats). Names in
quotation marks are weak aliases: OFAC publishes them in the remarks for that reason (FAQ 122). A piece that
no rule knows is kept word for word.

>>> split("DOB 1946; a.k.a. 'BNC'.")
['DOB 1946', "a.k.a. 'BNC'"]
>>> document("Passport", "G737411 (Tunisia) issued 24 Oct 1990 expires 20 Sep 1997")
Document(label='Passport', value='G737411', country='Tunisia', issued='24 Oct 1990', expires='20 Sep 1997', note='')
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from sanctionscreen.countries import country_code
from sanctionscreen.records import NameType
from sanctionscreen.sources.importers.draft import Draft
from sanctionscreen.sources.importers.labels import known_kind
from sanctionscreen.sources.importers.us_lists import place_fact

_ALIAS = re.compile(r"(?:alt\. )?([afn])\.k\.a\. '(.+)'", re.IGNORECASE)
_FACT = re.compile(
    r"(?:alt\. )?(DOB|POB|nationality of registration|nationality|citizen|Gender|Linked To:|Vessel Flag) (.+)",
    re.IGNORECASE,
)
_TAGGED = re.compile(r"(.+? \([^()]+\)):? (\d{2} \w{3} \d{4})")
_DIRECTIVE = re.compile(
    r"((?:alt\. )?Executive Order \d+ Directive (?:Determination|Information)(?: -)?) (Subject to .+)"
)
_DAY = r"(?:\d{1,2} )?(?:[A-Z][a-z]{2,8} )?\d{4}"
_ISSUED = re.compile(rf",? issued ({_DAY})\b")
_EXPIRES = re.compile(rf",? expires? ({_DAY})\b")
_PARENTHESIS = re.compile(r"\s*\(([^()]+)\)$")
_WALLET = re.compile(r"Digital Currency Address - (\S+)")
#: The longest label in `labels.yaml` has ten words.
_LABEL_WORDS = 12
_KINDS_OF_ALIAS: dict[str, NameType] = {"a": "aka", "f": "fka", "n": "aka"}


class Document(NamedTuple):
    """An identifier as the remarks give it."""

    label: str
    value: str
    country: str
    issued: str
    expires: str
    note: str


def split(remarks: str) -> list[str]:
    """Part the remarks into facts; the full stop at the very end is not part of the last one."""
    return [part for piece in remarks.removesuffix(".").split("; ") if (part := piece.strip())]


def read_remarks(draft: Draft, remarks: str) -> None:
    """Place every fact of the remarks; what no rule knows is kept word for word and counted as unplaced."""
    for piece in split(remarks):
        if piece.startswith("(Linked To:") or (piece.startswith("Linked To:") and piece.endswith(")")):
            piece = _without_outer(piece)  # the parenthesis spans several pieces in the CSL
        if not draft.says(piece) and not any(rule(draft, piece) for rule in _RULES):
            draft.remark(piece, placed=False)


def _without_outer(piece: str) -> str:
    piece = piece.removeprefix("(")
    return piece.removesuffix(")") if piece.count(")") > piece.count("(") else piece


def _alias(draft: Draft, piece: str) -> bool:
    """`a.k.a. 'PACHO'` is a weak alias."""
    if not (match := _ALIAS.fullmatch(piece)):
        return False
    letter = match[1].lower()
    draft.name(match[2], _KINDS_OF_ALIAS[letter], "weak", note="n.k.a." if letter == "n" else None)
    return True


def _fact(draft: Draft, piece: str) -> bool:
    """`DOB 1946`, `POB Giza, Egypt`, `nationality Iran`, `citizen Iran`, `Gender Male`, `Linked To: X`."""
    if not (match := _FACT.fullmatch(piece)):
        return False
    place(draft, match[1].lower().rstrip(":"), match[2])
    return True


def place(draft: Draft, label: str, value: str) -> None:
    """Place a fact that needs no more than its label: date and place of birth, country, gender, tie."""
    _FACTS[label](draft, value)


_FACTS: dict[str, Callable[[Draft, str], object]] = {
    "dob": Draft.birth_date,
    "pob": Draft.birth_place,
    "gender": Draft.set_gender,
    "nationality": lambda draft, text: draft.country(text, "nationality"),
    "nationality of registration": lambda draft, text: draft.country(text, "Nationality of Registration"),
    "citizen": lambda draft, text: draft.country(text, "citizen"),
    "vessel flag": lambda draft, text: draft.country(text, "Vessel Flag"),
    "linked to": lambda draft, text: draft.relation("linked_to", text),
}


def _of_listing(draft: Draft, piece: str) -> bool:
    """`Listing Date (CMIC): 03 Jun 2021` and `Executive Order 13662 Directive ... Subject to Directive 1`."""
    if "Date (" not in piece and "Directive" not in piece:
        return False
    match = _TAGGED.fullmatch(piece) or _DIRECTIVE.fullmatch(piece)
    return match is not None and place_fact(draft, match[1].removeprefix("alt. "), match[2])


def _identifier(draft: Draft, piece: str) -> bool:
    """`Passport 1084010 (Egypt)`, and facts with a known label that have no field of their own."""
    words = piece.removeprefix("alt. ").split(" ")
    label = _label(tuple(words[: _LABEL_WORDS + 1]))
    if not label:
        return False
    value = " ".join(words[label.count(" ") + 1 :])
    if label.startswith("Digital") and (wallet := _WALLET.match(f"{label} {value}")):
        label, value = wallet[0], f"{label} {value}"[wallet.end() :].strip()
    if known_kind(label) == "remark":
        draft.remark(piece)
    else:
        draft.identifier(*document(label, value))
    return True


@lru_cache(maxsize=16384)
def _label(words: tuple[str, ...]) -> str:
    """The longest run of first words that is a known label and leaves a value; empty for none."""
    for count in range(len(words) - 1, 0, -1):
        label = " ".join(words[:count])
        if known_kind(label):
            return label
    return ""


def document(label: str, value: str) -> Document:
    """Take country, issue and expiry off a document's number.

    A parenthesis at the end is the country where it names one, else a note.
    """
    issued, value = _take(_ISSUED, value)
    expires, value = _take(_EXPIRES, value)
    value, _, note = value.strip().partition(" issued ")
    notes, country = [f"issued {note}"] if note else [], ""
    while (match := _PARENTHESIS.search(value)) and match.start():
        if not country and country_code(match[1]):
            country = match[1]
        else:
            notes.insert(0, match[0].strip())
        value = value[: match.start()]
    return Document(label, value.removeprefix("# ").strip(), country, issued, expires, "; ".join(notes))


def _take(pattern: re.Pattern[str], text: str) -> tuple[str, str]:
    """Take what a pattern finds out of a text: what it found, and the rest."""
    match = pattern.search(text)
    return (match[1], text[: match.start()] + text[match.end() :]) if match else ("", text)


_RULES: tuple[Callable[[Draft, str], bool], ...] = (_fact, _of_listing, _identifier, _alias)
