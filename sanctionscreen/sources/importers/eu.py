"""The EU consolidated financial sanctions list: XML 1.1, CSV 1.1, and the XML schema before it (root `WHOLE`).

The file says which it is. Schema 1.1 is read in `eu_fsf.py`; the older one, in use until 2017, is read here.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from xml.etree.ElementTree import Element

from sanctionscreen.errors import SourceError
from sanctionscreen.records import Kind
from sanctionscreen.sources.importers.base import Imported, ImportReport, Options, as_of, finish
from sanctionscreen.sources.importers.building import build_all
from sanctionscreen.sources.importers.cleaning import clean
from sanctionscreen.sources.importers.datetexts import whole_date
from sanctionscreen.sources.importers.draft import Draft
from sanctionscreen.sources.importers.eu_fsf import read_csv, read_xml
from sanctionscreen.sources.importers.eu_terms import birth_date, header, language, typed_number
from sanctionscreen.sources.importers.files import head, zipped
from sanctionscreen.sources.importers.known import known_names
from sanctionscreen.sources.importers.sniffing import looks_like
from sanctionscreen.sources.importers.xmlfiles import (
    check_root,
    keep_unknown,
    records,
    root_attributes,
    text_of,
)

TITLE = "the EU list"
_KINDS: dict[str, Kind] = {"P": "person", "E": "organization"}
_KNOWN = known_names("eu-old")


def read(path: Path, options: Options) -> Imported:
    """Read whichever of the three schemas the file is in.

    Raises:
        SourceError: another format, a damaged file, no date.
    """
    if not zipped(path) and not head(path, 512).lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        return read_csv(path, options)
    if "old schema" in looks_like(path):
        return _read_old(path, options)
    return read_xml(path, options)


def _read_old(path: Path, options: Options) -> Imported:
    check_root(path, ("WHOLE",), TITLE)
    report = ImportReport("eu", files=[path.name])
    stated = whole_date(root_attributes(path).get("Date", ""))
    drafts: list[Draft] = []
    for record in records(path, "WHOLE", ("ENTITY",), TITLE):
        report.rows += 1
        drafts.append(_entity(path, record, report))
    return finish(path, header(as_of(path, options, stated)), build_all(drafts), report)


def _entity(path: Path, record: Element, report: ImportReport) -> Draft:
    number, kind = record.get("Id", ""), record.get("Type", "")
    if not number.isdigit():
        raise SourceError(f"{path}: entity {report.rows}: no Id: damaged, download the file again")
    draft = Draft(report, f"entity {number}", f"eu-{number}", _KINDS.get(kind, "organization"))
    if kind not in _KINDS:
        draft.odd(f"unknown type {kind!r}, taken for an organization")
    _listing(draft, record.attrib)
    draft.remark(record.get("remark"))
    for name in record.findall("NAME"):
        _name(draft, name, record.get("legal_basis", ""))
    for birth in record.findall("BIRTH"):
        birth_date(draft, text_of(birth, "DATE"))
        place = ", ".join(text for tag in ("PLACE", "COUNTRY") if (text := text_of(birth, tag)))
        draft.birth_place(place)
    for document in record.findall("PASSPORT"):
        value, label, note = typed_number(clean(document.findtext("NUMBER")))
        draft.identifier(label, value, text_of(document, "COUNTRY"), note=note)
    for citizen in record.findall("CITIZEN"):
        draft.country(text_of(citizen, "COUNTRY"), "citizen")
    for address in record.findall("ADDRESS"):
        street = ", ".join(text for tag in ("NUMBER", "STREET") if (text := text_of(address, tag)))
        fields = {"city": "CITY", "postal_code": "ZIPCODE", "note": "OTHER"}
        parts = {field: text_of(address, tag) for field, tag in fields.items()}
        draft.address(text_of(address, "COUNTRY"), street=street, **parts)
    keep_unknown(draft, record, _KNOWN)
    return draft


def _listing(draft: Draft, attributes: Mapping[str, str]) -> None:
    day = whole_date(attributes.get("reg_date", ""))
    if attributes.get("reg_date") and not day:
        draft.odd(f"not a day: {attributes['reg_date']!r}, kept in the remarks")
        draft.remark(f"reg_date: {attributes['reg_date']}")
    draft.listing(
        program=clean(attributes.get("programme")) or "EU",
        citation=clean(attributes.get("legal_basis")),
        published=day,
        reference=attributes.get("Id"),
        source_url=clean(attributes.get("pdf_link")),
    )


def _name(draft: Draft, name: Element, basis: str) -> None:
    """A name; one that another legal act states names that act as its source."""
    family, middle = text_of(name, "LASTNAME"), text_of(name, "MIDDLENAME")
    given = " ".join(filter(None, (text_of(name, "FIRSTNAME"), middle)))
    whole = text_of(name, "WHOLENAME") or " ".join(filter(None, (given, family)))
    own = clean(name.get("legal_basis"))
    draft.name(
        whole,
        "aka" if draft.primary_names else "primary",
        family=family if draft.kind == "person" else None,
        given=given if draft.kind == "person" else None,
        source=own if own and own != basis else None,
        **language(text_of(name, "LANGUAGE")),
    )
    if gender := text_of(name, "GENDER"):
        draft.set_gender(gender)
    for title in (text_of(name, "TITLE"), text_of(name, "FUNCTION")):
        draft.title(title)
