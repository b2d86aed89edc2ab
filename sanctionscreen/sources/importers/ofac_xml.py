"""OFAC's legacy XML (`SDN.XML`, `CONSOLIDATED.XML`), root `sdnList`: the CSV set in one file, fields divided.

https://ofac.treasury.gov/specially-designated-nationals-list-sdn-list/legacy-sdn-list-formats . The file states
how many records it holds; another count is an oddity.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from xml.etree.ElementTree import Element

from sanctionscreen.errors import SourceError
from sanctionscreen.records import NameQuality
from sanctionscreen.sources.importers.base import Imported, ImportReport, Options, as_of, finish
from sanctionscreen.sources.importers.building import build_all, tie_all
from sanctionscreen.sources.importers.datetexts import whole_date
from sanctionscreen.sources.importers.draft import Draft
from sanctionscreen.sources.importers.known import known_names
from sanctionscreen.sources.importers.ofac_csv import vessel
from sanctionscreen.sources.importers.ofac_remarks import place, read_remarks
from sanctionscreen.sources.importers.ofac_terms import ALIASES, KINDS, feature
from sanctionscreen.sources.importers.us_lists import list_of_program, ofac_header
from sanctionscreen.sources.importers.xmlfiles import inside, keep_unknown, records, text_of, texts_of

TITLE = "OFAC legacy XML"
_KNOWN = known_names("ofac-xml")
_VESSEL = ("callSign", "vesselType", "tonnage", "grossRegisteredTonnage", "vesselFlag", "vesselOwner")
_FACTS = (
    ("nationalityList/nationality/country", "nationality"),
    ("citizenshipList/citizenship/country", "citizen"),
    ("dateOfBirthList/dateOfBirthItem/dateOfBirth", "dob"),
    ("placeOfBirthList/placeOfBirthItem/placeOfBirth", "pob"),
)


def read(path: Path, options: Options) -> Imported:
    """Read the file.

    Raises:
        SourceError: another format, a damaged file, no date.
    """
    report = ImportReport("ofac-xml", files=[path.name])
    drafts: list[Draft] = []
    stated: date | None = None
    count = ""
    is_sdn = not path.name.lower().startswith("cons")
    for record in records(path, "sdnList", ("publshInformation", "sdnEntry"), TITLE):
        if record.tag == "publshInformation":
            stated = whole_date(text_of(record, "Publish_Date"), month_first=True)
            count = text_of(record, "Record_Count")
        else:
            report.rows += 1
            drafts.append(_entry(path, record, report, "sdn" if is_sdn else "ofac-cons"))
    if count and count != str(report.rows):
        report.odd("publshInformation", f"says {count} records, {report.rows} are in the file")
    tie_all(drafts)
    return finish(path, ofac_header(is_sdn, as_of(path, options, stated)), build_all(drafts), report)


def _entry(path: Path, record: Element, report: ImportReport, list_id: str) -> Draft:
    uid, kind = text_of(record, "uid"), text_of(record, "sdnType")
    if not uid.isdigit():
        raise SourceError(f"{path}: entry {report.rows}: no number: damaged, download the file again")
    draft = Draft(report, f"entry {uid}", f"ofac-{uid}", KINDS.get(kind, "organization"))
    if kind not in KINDS:
        draft.odd(f"unknown type {kind!r}, taken for an organization")
    _name(draft, record, "Name", "strong")
    for program in texts_of(record, "programList/program") or [list_id.upper()]:
        draft.listing(list=list_of_program(program, list_id), program=program, reference=uid)
    for alias in inside(record, "akaList", "aka"):
        _name(draft, alias, text_of(alias, "type"), "weak" if text_of(alias, "category") == "weak" else "strong")
    draft.title(text_of(record, "title"))
    for where, label in _FACTS:
        for text in texts_of(record, where):
            place(draft, label, text)
    for document in inside(record, "idList", "id"):
        _document(draft, document)
    for address in inside(record, "addressList", "address"):
        _address(draft, address)
    vessel(draft, [text_of(record, f"vesselInfo/{cell}") for cell in _VESSEL])
    read_remarks(draft, text_of(record, "remarks"))
    keep_unknown(draft, record, _KNOWN)
    return draft


def _name(draft: Draft, element: Element, kind: str, quality: NameQuality) -> None:
    family, given = text_of(element, "lastName"), text_of(element, "firstName")
    parts = {"family": family, "given": given} if draft.kind == "person" and given and family else {}
    if kind not in ALIASES:
        draft.odd(f"unknown kind of alias {kind!r}, taken for a.k.a.")
    note = kind if kind not in ("Name", "a.k.a.", "f.k.a.") else None
    whole = ", ".join(text for text in (family, given) if text)
    draft.name(whole, ALIASES.get(kind, "aka"), quality, note=note, **parts)


def _document(draft: Draft, document: Element) -> None:
    """OFAC puts identity documents and features into one list."""
    label, value = text_of(document, "idType"), text_of(document, "idNumber")
    more = [text_of(document, name) for name in ("idCountry", "issueDate", "expirationDate")]
    if any(more):
        draft.identifier(label, value, *more)
    else:
        feature(draft, label, value)


def _address(draft: Draft, address: Element) -> None:
    street = ", ".join(text for n in (1, 2, 3) if (text := text_of(address, f"address{n}")))
    fields = {"city": "city", "region": "stateOrProvince", "postal_code": "postalCode"}
    parts = {field: text_of(address, name) for field, name in fields.items()}
    draft.address(text_of(address, "country"), street=street, **parts)
