"""The fields of the UK Sanctions List, by name: what each becomes.

>>> key("Business registration number (s)"), key("D.O.B"), key("Name 6")
('businessregistrationnumbers', 'dob', 'name6')
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date

from sanctionscreen.records import Kind, NameType
from sanctionscreen.sources.importers.datetexts import whole_date
from sanctionscreen.sources.importers.draft import Draft
from sanctionscreen.sources.importers.ofac_terms import SCRIPTS

KINDS: dict[str, Kind] = {
    "individual": "person", "entity": "organization", "ship": "vessel", "aircraft": "aircraft",
}  # fmt: skip
_TYPES: dict[str, NameType] = {
    "": "aka", "primary name": "primary", "primary name variation": "aka", "alias": "aka", "aka": "aka",
    "fka": "fka", "prime alias": "primary",
}  # fmt: skip
#: ISO 639-1 codes of the languages that the list's original-script names are in.
_LANGUAGES = {
    "russian": "ru", "ukrainian": "uk", "belarusian": "be", "arabic": "ar", "farsi": "fa", "persian": "fa",
    "chinese": "zh", "mandarin": "zh", "korean": "ko", "burmese": "my", "pashto": "ps", "urdu": "ur", "serbian": "sr",
    "bosnian": "bs", "spanish": "es", "french": "fr", "georgian": "ka", "hebrew": "he", "turkish": "tr", "dari": "prs",
    "somali": "so", "armenian": "hy", "macedonian": "mk", "bulgarian": "bg", "japanese": "ja", "kazakh": "kk",
}  # fmt: skip
_NAME_PARTS = ("name1", "name2", "name3", "name4", "name5")
_ADDRESS_LINES = tuple(f"addressline{n}" for n in range(1, 7))


def key(column: str) -> str:
    """A column's or element's name without blanks, case and signs."""
    return re.sub(r"[^a-z0-9]", "", column.lower())


def uk_header(list_id: str, day: date) -> dict[str, object]:
    """The header of the list file; `list_id` is `uk-fcdo` or `uk-ofsi`."""
    fcdo = list_id == "uk-fcdo"
    return {
        "id": list_id,
        "title": "UK Sanctions List" if fcdo else "UK Consolidated List of Financial Sanctions Targets (OFSI ConList)",
        "authority": "Sanctions and Anti-Money Laundering Act 2018; the regulations of each regime"
        if fcdo
        else "the regulations of each regime",
        "publisher": "Foreign, Commonwealth & Development Office"
        if fcdo
        else "Office of Financial Sanctions Implementation, HM Treasury",
        "source_url": "https://www.gov.uk/government/publications/the-uk-sanctions-list"
        if fcdo
        else "https://www.gov.uk/government/publications/financial-sanctions-consolidated-list-of-targets",
        "as_of": day,
        "licence": "Open Government Licence v3.0",
    }


def place(draft: Draft, fields: Mapping[str, str]) -> list[str]:
    """Place the fields of one row or group of elements; the names nobody knows are given back.

    Args:
        draft: the party.
        fields: texts by `key`.
    """
    for rule in _GROUPS:
        rule(draft, fields)
    for name, simple in _SIMPLE.items():
        if fields.get(name):
            simple(draft, fields[name])
    return [name for name, text in fields.items() if text and name not in _PLACED]


def _name(draft: Draft, fields: Mapping[str, str]) -> None:
    """Name 6 is the family name, or the whole name of what is no person; 1 to 5 stand before it."""
    given = " ".join(fields[part] for part in _NAME_PARTS if fields.get(part))
    family = fields.get("name6", "") or fields.get("name", "")
    whole = " ".join(filter(None, (given, family)))
    kind, strength = fields.get("nametype", ""), fields.get("aliasstrength", "")
    parts = {"family": family, "given": given} if draft.kind == "person" and given and family else {}
    first = _TYPES.get(kind.lower(), "aka") if kind or draft.primary_names else "primary"
    note = kind if kind.lower() == "primary name variation" or kind.lower() not in _TYPES else ""
    draft.name(whole, first, "weak" if strength.lower().startswith("low") else "strong", note=note, **parts)


def _original_script(draft: Draft, fields: Mapping[str, str]) -> None:
    script, language = fields.get("nonlatinscripttype", ""), fields.get("nonlatinscriptlanguage", "")
    code, tongue = SCRIPTS.get(script.title()), _LANGUAGES.get(language.lower())
    notes = [text for text, known in ((script, code), (language, tongue)) if text and not known]
    draft.name(fields.get("namenonlatinscript"), script=code, language=tongue, note="; ".join(notes))


def _address(draft: Draft, fields: Mapping[str, str]) -> None:
    lines = [fields[line] for line in _ADDRESS_LINES if fields.get(line)]
    draft.address(fields.get("addresscountry", ""), text=", ".join(lines), postal_code=fields.get("addresspostalcode"))


def _listing(draft: Draft, fields: Mapping[str, str]) -> None:
    """The entry, once a party: its regime, day, measures and source."""
    if not fields.get("regimename"):
        return
    day = whole_date(fields.get("datedesignated", ""))
    if fields.get("datedesignated") and not day:
        draft.odd(f"not a day: {fields['datedesignated']!r}, kept in the remarks")
        draft.remark(f"date designated: {fields['datedesignated']}")
    said = {
        "sanctions imposed": fields.get("sanctionsimposed", ""),
        "designated by": fields.get("designationsource", ""),
        "OFSI group": fields.get("ofsigroupid", ""),
        "UN reference": fields.get("unreferencenumber", ""),
        "last updated": fields.get("lastupdated", ""),
    }
    entry = {
        "program": fields["regimename"],
        "effective_date": day,
        "reference": draft.id.removeprefix("uk-"),
        "remarks": "; ".join(f"{label}: {text}" for label, text in said.items() if text),
    }
    draft.listing_once(**entry)


def _document(label: str, number: str, more: str) -> Callable[[Draft, Mapping[str, str]], None]:
    def placed(draft: Draft, fields: Mapping[str, str]) -> None:
        note = fields.get(more, "")
        if fields.get(number):
            draft.identifier(label, fields[number], note=note)
        else:
            draft.remark(f"{label}: {note}" if note else "")

    return placed


def _birth_place(draft: Draft, fields: Mapping[str, str]) -> None:
    draft.birth_place(", ".join(fields[k] for k in ("townofbirth", "countryofbirth") if fields.get(k)))


def _labelled(label: str) -> Callable[[Draft, str], None]:
    return lambda draft, text: draft.remark(f"{label}: {text}")


_GROUPS = (
    _name, _original_script, _listing, _address, _birth_place,
    _document("Passport", "passportnumber", "passportadditionalinformation"),
    _document("National Identifier number", "nationalidentifiernumber", "nationalidentifieradditionalinformation"),
)  # fmt: skip
_SIMPLE: dict[str, Callable[[Draft, str], None]] = {
    "title": Draft.title,
    "position": Draft.title,
    "gender": Draft.set_gender,
    "dob": Draft.birth_date,
    "nationalityies": lambda draft, text: draft.country(text, "nationality"),
    "nationality": lambda draft, text: draft.country(text, "nationality"),
    "currentbelievedflagofship": lambda draft, text: draft.country(text, "flag"),
    "currentbelievedflagofships": lambda draft, text: draft.country(text, "flag"),
    "businessregistrationnumbers": lambda draft, text: draft.identifier("Business registration number (s)", text),
    "businessregistrationnumber": lambda draft, text: draft.identifier("Business registration number (s)", text),
    "imonumber": lambda draft, text: draft.identifier("IMO number", text),
    "hullidentificationnumberhin": lambda draft, text: draft.identifier("Hull identification number (HIN)", text),
    "hullidentificationnumber": lambda draft, text: draft.identifier("Hull identification number (HIN)", text),
    "parentcompany": lambda draft, text: draft.relation("subsidiary_of", text),
    "subsidiaries": lambda draft, text: draft.relation("parent_of", text),
    "subsidiary": lambda draft, text: draft.relation("parent_of", text),
    "currentowneroperators": lambda draft, text: draft.relation("owned_by", text, note="current owner or operator"),
    "currentowneroperator": lambda draft, text: draft.relation("owned_by", text, note="current owner or operator"),
    "previousowneroperators": _labelled("previous owner or operator"),
    "previousowneroperator": _labelled("previous owner or operator"),
    "previousflags": _labelled("previous flags"),
    "previousflag": _labelled("previous flags"),
    "typeofentity": _labelled("type of entity"),
    "typeofship": _labelled("type of ship"),
    "tonnageofship": _labelled("tonnage of ship"),
    "lengthofship": _labelled("length of ship"),
    "yearbuilt": _labelled("year built"),
    "phonenumber": _labelled("Phone Number"),
    "website": _labelled("Website"),
    "emailaddress": _labelled("Email Address"),
    "otherinformation": Draft.remark,
    "ukstatementofreasons": _labelled("UK statement of reasons"),
}
_PLACED = frozenset(
    {*_SIMPLE, *_NAME_PARTS, *_ADDRESS_LINES, "name", "name6", "nametype", "aliasstrength", "namenonlatinscript",
     "nonlatinscripttype", "nonlatinscriptlanguage", "addresscountry", "addresspostalcode", "regimename",
     "datedesignated", "sanctionsimposed", "designationsource", "ofsigroupid", "unreferencenumber", "lastupdated",
     "passportnumber", "passportadditionalinformation", "nationalidentifiernumber",
     "nationalidentifieradditionalinformation", "townofbirth", "countryofbirth", "uniqueid", "type",
     "designationtype", "individualentityship"}
)  # fmt: skip
