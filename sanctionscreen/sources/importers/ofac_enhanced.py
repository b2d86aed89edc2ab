"""OFAC's Enhanced XML (`SDN_ENHANCED.ZIP`, `CONS_ENHANCED.ZIP`), zipped or plain: the fullest of its formats.

Each entity carries its lists with the day of publication, programs with their legal authority, names with all
their spellings by script, addresses, features, identity documents and ties. Schema:
https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/ENHANCED_XML.xsd
"""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import Element

from sanctionscreen.errors import SourceError
from sanctionscreen.records import NameQuality, NameType
from sanctionscreen.sources.importers.base import Imported, ImportReport, Options, as_of, finish
from sanctionscreen.sources.importers.building import build_all, tie_all
from sanctionscreen.sources.importers.cleaning import clean
from sanctionscreen.sources.importers.datetexts import whole_date
from sanctionscreen.sources.importers.draft import Draft
from sanctionscreen.sources.importers.known import known_names
from sanctionscreen.sources.importers.ofac_remarks import read_remarks
from sanctionscreen.sources.importers.ofac_terms import (
    ALIASES,
    KINDS,
    SCRIPTS,
    feature,
    listings,
    measure,
    relation,
)
from sanctionscreen.sources.importers.us_lists import ofac_header
from sanctionscreen.sources.importers.xmlfiles import (
    inside,
    keep_unknown,
    leaves,
    records,
    text_of,
    texts_inside,
    texts_of,
)

TITLE = "OFAC Enhanced XML"
_RECORDS = ("publicationInfo", "referenceValues", "featureTypes", "entity")
_KNOWN = known_names("ofac-enhanced")
_STREET = ("ADDRESS1", "ADDRESS2", "ADDRESS3")
_PARTS = {"CITY": "city", "STATE/PROVINCE": "region", "REGION": "region", "POSTAL CODE": "postal_code"}
_PLACED = frozenset({*_STREET, *_PARTS})


def read(path: Path, options: Options) -> Imported:
    """Read the XML file or the zip with it.

    Raises:
        SourceError: another format, a damaged file, no date.
    """
    report = ImportReport("ofac-enhanced", files=[path.name])
    drafts: list[Draft] = []
    ties: list[tuple[Draft, str, str, str]] = []
    stated, is_sdn = None, True
    for record in records(path, "sanctionsData", _RECORDS, TITLE):
        if record.tag == "publicationInfo":
            stated = whole_date(text_of(record, "dataAsOf"))
            is_sdn = "Consolidated List" not in texts_of(record, ".//sanctionsList")
        elif record.tag == "entity":
            report.rows += 1
            drafts.append(_entity(path, record, report, ties))
    known = {draft.id for draft in drafts if not draft.nameless}
    for draft, kind, name, party in ties:
        relation(draft, kind, name, party if party in known else None)
    tie_all(drafts)
    header = ofac_header(is_sdn, as_of(path, options, stated))
    return finish(path, header, build_all(drafts), report)


def _entity(path: Path, record: Element, report: ImportReport, ties: list[tuple[Draft, str, str, str]]) -> Draft:
    uid, general = record.get("id", ""), record.find("generalInfo")
    kind = text_of(general, "entityType") if general is not None else ""
    if not uid.isdigit():
        raise SourceError(f"{path}: entity {report.rows}: no number: damaged, download the file again")
    draft = Draft(report, f"entity {uid}", f"ofac-{uid}", KINDS.get(kind, "organization"))
    if kind not in KINDS:
        draft.odd(f"unknown type {kind!r}, taken for an organization")
    for name in inside(record, "names", "name"):
        _name(draft, name)
    _listings(draft, record, uid)
    for title in inside(record, "generalInfo", "title"):
        draft.title(title.text)
    read_remarks(draft, text_of(general, "remarks") if general is not None else "")
    for address in inside(record, "addresses", "address"):
        _address(draft, address)
    for fact in inside(record, "features", "feature"):
        _feature(draft, fact)
    for document in inside(record, "identityDocuments", "identityDocument"):
        _document(draft, document)
    for tie in inside(record, "relationships", "relationship"):
        other = tie.find("relatedEntity")
        if other is not None:
            ties.append((draft, text_of(tie, "type"), clean(other.text), f"ofac-{other.get('entityId')}"))
    keep_unknown(draft, record, _KNOWN)
    return draft


def _listings(draft: Draft, record: Element, uid: str) -> None:
    lists = {
        (found.text or "").strip(): whole_date(found.get("datePublished", ""))
        for found in inside(record, "sanctionsLists", "sanctionsList")
    }
    programs = texts_inside(record, "sanctionsPrograms", "sanctionsProgram")
    authorities: list[str | None] = [*texts_inside(record, "legalAuthorities", "legalAuthority")]
    if len(authorities) != len(programs):
        draft.remark("; ".join(filter(None, authorities)))
        authorities = [None] * len(programs)
    listings(draft, lists, list(zip(programs, authorities, strict=True)), uid)
    for kind in texts_inside(record, "sanctionsTypes", "sanctionsType"):
        measure(draft, kind)


def _name(draft: Draft, name: Element) -> None:
    """A name in all its spellings; the first spelling of the primary name is the primary one."""
    said = leaves(name)
    main, alias = said.get("isPrimary") == "true", said.get("aliasType", "")
    quality: NameQuality = "weak" if said.get("isLowQuality") == "true" else "strong"
    for translation in inside(name, "translations", "translation"):
        spelling = leaves(translation)
        first = main and spelling.get("isPrimary") == "true"
        kind: NameType = "primary" if first else ALIASES.get(alias, "aka")
        script = spelling.get("script", "")
        notes = ["primary name"] if main and not first else []
        notes += [alias] if alias and alias not in ("A.K.A.", "F.K.A.") else []
        notes += [script] if script not in SCRIPTS else []
        draft.name(
            spelling.get("formattedFullName"), kind, quality, script=SCRIPTS.get(script), note="; ".join(notes),
            **_parts(draft, spelling),
        )  # fmt: skip


def _parts(draft: Draft, spelling: dict[str, str]) -> dict[str, str | None]:
    if draft.kind != "person":
        return {}
    return {"family": spelling.get("formattedLastName"), "given": spelling.get("formattedFirstName")}


def _address(draft: Draft, address: Element) -> None:
    country = text_of(address, "country")
    for spelling in inside(address, "translations", "translation"):
        said = [leaves(part) for part in inside(spelling, "addressParts", "addressPart")]
        parts = {part.get("type", ""): part.get("value", "") for part in said}
        fields = {_PARTS[kind]: text for kind, text in parts.items() if kind in _PARTS}
        street = ", ".join(parts[kind] for kind in _STREET if parts.get(kind))
        other = "; ".join(f"{kind}: {text}" for kind, text in parts.items() if kind not in _PLACED)
        draft.address(country, street=street, note=other, **fields)


def _feature(draft: Draft, fact: Element) -> None:
    said = leaves(fact)
    reliability = said.get("reliability", "")
    notes = (said.get("comments"), reliability if reliability != "Confirmed" else "")
    feature(draft, said.get("type", ""), said.get("value", ""), "; ".join(filter(None, notes)))


def _document(draft: Draft, document: Element) -> None:
    said = leaves(document)
    notes = [said.get("issuingAuthority"), said.get("issuingLocation"), said.get("comments")]
    notes += ["marked not valid"] if said.get("isValid") == "false" else []
    draft.identifier(
        said.get("type", ""),
        said.get("documentNumber"),
        said.get("issuingCountry", ""),
        said.get("issueDate", ""),
        said.get("expirationDate", ""),
        "; ".join(filter(None, notes)),
    )
