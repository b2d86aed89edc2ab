"""The EU list in FSF schema 1.1, as XML (`xmlFullSanctionsList_1_1`) and CSV (`csvFullSanctionsList_1_1`).

Both say the same of an entity, in attributes or in columns; a column `NameAlias_WholeName` is the attribute
`wholeName` of an element `nameAlias`. So a row of the CSV file, which holds one name, address, birth date or
document of an entity, is turned into attributes and read by the same functions. Columns are found by name.

>>> _attributes({"NameAlias_WholeName": "ACME", "Address_City": ""}, "NameAlias_")
{'wholeName': 'ACME'}
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from xml.etree.ElementTree import Element

from sanctionscreen.errors import SourceError
from sanctionscreen.records import Kind
from sanctionscreen.sources.importers.base import Imported, ImportReport, Options, as_of, finish
from sanctionscreen.sources.importers.building import build_all
from sanctionscreen.sources.importers.cleaning import clean
from sanctionscreen.sources.importers.datetexts import whole_date
from sanctionscreen.sources.importers.draft import Draft
from sanctionscreen.sources.importers.eu_terms import birth_date, header, language, said
from sanctionscreen.sources.importers.known import known_names
from sanctionscreen.sources.importers.tables import Row, Table, csv_cells
from sanctionscreen.sources.importers.xmlfiles import (
    check_root,
    keep_unknown,
    records,
    root_attributes,
    text_of,
    texts_of,
)

TITLE = "the EU list (FSF 1.1)"
_KINDS: dict[str, Kind] = {"person": "person", "enterprise": "organization", "P": "person", "E": "organization"}
_KNOWN = known_names("eu")
#: What keeps the EU's own house in order: numbers, the act that states a fact, its language.
_HOUSE = known_names("eu-house")
_NAME = _HOUSE | {
    "wholeName",
    "firstName",
    "middleName",
    "lastName",
    "nameLanguage",
    "function",
    "title",
    "gender",
    "strong",
}
_ADDRESS = _HOUSE | {
    "street",
    "city",
    "zipCode",
    "region",
    "place",
    "poBox",
    "countryIso2Code",
    "countryDescription",
    "asAtListingTime",
}
_BIRTH = _HOUSE | {
    "birthdate", "birthDate", "day", "dayOfMonth", "month", "year", "yearRangeFrom", "yearRangeTo", "circa", "city",
    "region", "place", "countryIso2Code", "countryDescription", "calendarType",
}  # fmt: skip
_DOCUMENT = _HOUSE | {
    "number", "latinNumber", "identificationTypeCode", "identificationTypeDescription", "typeCode", "typeDescription",
    "issueDate", "issuedDate", "validTo", "countryIso2Code", "countryDescription",
}  # fmt: skip
_PREFIXES = ("NameAlias_", "Address_", "BirthDate_", "Identification_", "Citizenship_")


def read_xml(path: Path, options: Options) -> Imported:
    """Read the XML file.

    Raises:
        SourceError: another format, a damaged file, no date.
    """
    check_root(path, ("export",), TITLE)
    stated = whole_date(root_attributes(path).get("generationDate", "")[:10])
    report = ImportReport("eu", files=[path.name])
    drafts: list[Draft] = []
    for record in records(path, "export", ("sanctionEntity",), TITLE):
        report.rows += 1
        drafts.append(_entity(path, record, report))
    return finish(path, header(as_of(path, options, stated)), build_all(drafts), report)


def _entity(path: Path, record: Element, report: ImportReport) -> Draft:
    subject = record.find("subjectType")
    kind = subject.get("code", "") if subject is not None else ""
    draft = _draft(path, report, f"entity {record.get('logicalId')}", record.get("logicalId", ""), kind)
    details = {key: record.get(key, "") for key in ("unitedNationId", "designationDate", "designationDetails")}
    _details(draft, details, [*texts_of(record, "remark")])
    for regulation in record.findall("regulation"):
        attributes = dict(regulation.attrib) | {"publicationUrl": text_of(regulation, "publicationUrl")}
        _regulation(draft, attributes, record.get("euReferenceNumber", ""))
    for tag, place in _ELEMENTS.items():
        for element in record.findall(tag):
            inner = texts_of(element, "remark")
            place(draft, dict(element.attrib) | ({"remark": "; ".join(inner)} if inner else {}))
    keep_unknown(draft, record, _KNOWN)
    return _listed(draft)


def _draft(path: Path, report: ImportReport, where: str, number: str, kind: str) -> Draft:
    if not number.strip().isalnum():
        raise SourceError(f"{path}: {where}: no logical id: damaged, download the file again")
    draft = Draft(report, where, f"eu-{number.strip()}", _KINDS.get(kind, "organization"))
    if kind not in _KINDS:
        draft.odd(f"unknown type {kind!r}, taken for an organization")
    return draft


def _details(draft: Draft, details: Mapping[str, str], remarks: list[str]) -> None:
    labels = {"unitedNationId": "UN reference", "designationDate": "designated", "designationDetails": "designation"}
    for key, label in labels.items():
        draft.remark(f"{label}: {details[key]}" if details.get(key) else "")
    for remark in remarks:
        draft.remark(remark)


def _regulation(draft: Draft, regulation: Mapping[str, str], reference: str) -> None:
    """A listing: one for each programme and act."""
    days = {key: whole_date(regulation.get(key, "")[:10]) for key in ("publicationDate", "entryIntoForceDate")}
    fields = {
        "program": clean(regulation.get("programme")) or "EU",
        "citation": clean(regulation.get("numberTitle")),
        "published": days["publicationDate"],
        "effective_date": days["entryIntoForceDate"],
        "reference": clean(reference),
        "source_url": clean(regulation.get("publicationUrl")),
    }
    draft.listing_once(**fields)


def _listed(draft: Draft) -> Draft:
    if not draft.listings:
        draft.odd("no regulation states this entity's programme")
        draft.listing(program="EU", reference=draft.id.removeprefix("eu-"))
    return draft


def _name(draft: Draft, name: Mapping[str, str]) -> None:
    """A name; one that is not `strong` is weak."""
    given = " ".join(filter(None, (clean(name.get(key)) for key in ("firstName", "middleName"))))
    family = clean(name.get("lastName"))
    whole = clean(name.get("wholeName")) or " ".join(filter(None, (given, family)))
    weak = name.get("strong", "").lower() == "false"
    draft.name(
        whole,
        "aka" if draft.primary_names or weak else "primary",
        "weak" if weak else "strong",
        family=family if draft.kind == "person" else None,
        given=given if draft.kind == "person" else None,
        note=said(name, _NAME),
        **language(name.get("nameLanguage", "")),
    )
    if name.get("gender"):
        draft.set_gender(name["gender"])
    for key in ("title", "function"):
        draft.title(name.get(key))


def _address(draft: Draft, address: Mapping[str, str]) -> None:
    street = [address.get("street"), f"PO box {address['poBox']}" if address.get("poBox") else ""]
    region = [address.get("place"), address.get("region")]
    draft.address(
        _country(address),
        street=", ".join(filter(None, street)),
        city=address.get("city"),
        region=", ".join(filter(None, region)),
        postal_code=address.get("zipCode"),
        note=said(address, _ADDRESS),
    )


def _country(fields: Mapping[str, str]) -> str:
    """The country's description, else its code; the EU writes 00 for none."""
    code = fields.get("countryIso2Code", "")
    description = fields.get("countryDescription", "")
    return description if description and description.upper() != "UNKNOWN" else "" if code == "00" else code


def _birth(draft: Draft, birth: Mapping[str, str]) -> None:
    ends = [birth.get(key, "") for key in ("yearRangeFrom", "yearRangeTo")]
    parts = [birth.get(key, "") for key in ("year", "month", "day")]
    text = birth.get("birthdate") or birth.get("birthDate") or _spell(parts) or " to ".join(filter(None, ends))
    birth_date(draft, f"{text} (circa)" if text and birth.get("circa", "").lower() == "true" else text)
    towns = [birth.get(key, "") for key in ("city", "place", "region")] + [_country(birth)]
    draft.birth_place(", ".join(filter(None, towns)))
    if birth.get("calendarType", "GREGORIAN") not in ("", "GREGORIAN"):
        draft.remark(f"date of birth {text}: calendar {birth['calendarType']}")
    draft.remark(said(birth, _BIRTH))


def _spell(parts: list[str]) -> str:
    """Year, month and day as one; a part that is not known is empty or zero."""
    known = [part for part in parts if part.isdigit() and int(part)]
    return "-".join(part.zfill(2) for part in known) if parts[0] in known else ""


def _identification(draft: Draft, document: Mapping[str, str]) -> None:
    code = document.get("identificationTypeCode") or document.get("typeCode", "")
    words = document.get("identificationTypeDescription") or document.get("typeDescription", "")
    number, latin = clean(document.get("number")), clean(document.get("latinNumber"))
    notes = [
        f"number in Latin letters: {latin}" if latin and number and latin != number else "",
        said(document, _DOCUMENT),
    ]
    draft.identifier(
        f"{code}-{words}" if code and words else code or words or "Other identification number",
        number or latin,
        _country(document),
        document.get("issueDate") or document.get("issuedDate", ""),
        document.get("validTo", ""),
        "; ".join(filter(None, notes)),
    )


def _citizenship(draft: Draft, citizenship: Mapping[str, str]) -> None:
    draft.country(_country(citizenship), "citizen")


def _contact(draft: Draft, contact: Mapping[str, str]) -> None:
    draft.remark(
        " ".join(
            filter(None, (contact.get("key", ""), contact.get("value", ""), said(contact, _HOUSE | {"key", "value"})))
        )
    )


_ELEMENTS: dict[str, Callable[[Draft, Mapping[str, str]], None]] = {
    "nameAlias": _name,
    "address": _address,
    "birthdate": _birth,
    "identification": _identification,
    "citizenship": _citizenship,
    "contactInfo": _contact,
}
_SECTIONS = dict(zip(_PREFIXES, (_name, _address, _birth, _identification, _citizenship), strict=True))


def read_csv(path: Path, options: Options) -> Imported:
    """Read the CSV file: UTF-8, with or without a byte order mark, or Windows-1252 as some copies have been.

    Raises:
        SourceError: another format, a broken row, no date.
    """
    report = ImportReport("eu", files=[path.name])
    drafts: dict[str, Draft] = {}
    stated: date | None = None
    table = Table(
        path, TITLE, _Columns(), frozenset({"Entity_LogicalId", "NameAlias_WholeName"}), partial=options.cut_short
    )
    for row in table.rows(csv_cells(path, ("utf-8", "cp1252"), ";"), report):
        report.rows += 1
        stated = stated or whole_date(row["fileGenerationDate"])
        _row(path, row, report, drafts)
    for draft in drafts.values():
        _listed(draft)
    return finish(path, header(as_of(path, options, stated)), build_all(list(drafts.values())), report)


class _Columns(frozenset[str]):
    """The columns of schema 1.1: whatever begins with the name of one of its sections."""

    def __contains__(self, column: object) -> bool:
        return isinstance(column, str) and column.startswith(("fileGenerationDate", "Entity_", *_PREFIXES))


def _row(path: Path, row: Row, report: ImportReport, drafts: dict[str, Draft]) -> None:
    number = row["Entity_LogicalId"]
    if number not in drafts:
        kind = row["Entity_SubjectType_ClassificationCode"] or row["Entity_SubjectType"]
        drafts[number] = _draft(path, report, f"row {row.number}", number, kind)
    draft = drafts[number]
    draft.where = f"row {row.number}"
    entity = _attributes(row.cells, "Entity_")
    _details(draft, entity, [row["Entity_Remark"]])
    regulation = {key.removeprefix("regulation_"): text for key, text in entity.items()}
    if any(key.startswith("regulation_") for key in entity):
        named = {key[0].lower() + key[1:]: text for key, text in regulation.items()}
        _regulation(draft, named, row["Entity_EU_ReferenceNumber"])
    for prefix, place in _SECTIONS.items():
        if attributes := _attributes(row.cells, prefix):
            place(draft, attributes)
    row.keep_unknown(draft, _Columns())


def _attributes(cells: Mapping[str, str], prefix: str) -> dict[str, str]:
    """The cells of one section that say something, under the names of the XML file's attributes."""
    names = {
        column: column.removeprefix(prefix) for column, text in cells.items() if text and column.startswith(prefix)
    }
    return {name[0].lower() + name[1:]: cells[column] for column, name in names.items() if name}
