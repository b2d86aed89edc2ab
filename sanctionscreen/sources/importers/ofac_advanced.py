"""OFAC's Advanced XML (`SDN_ADVANCED.XML`, `CONS_ADVANCED.XML`): the United Nations' exchange model, filled by OFAC.

The file is a set of tables that refer to one another by number: reference values, locations, identity documents,
parties with their names and features, ties, and sanctions entries. It is read in one pass: the tables that come
before the parties are kept as small tuples, and the ties and entries that come after them are added to drafts.
Schema: https://ofac.treasury.gov/specially-designated-nationals-list-data-formats-data-schemas
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from xml.etree.ElementTree import Element

from sanctionscreen.errors import SourceError
from sanctionscreen.records import Kind, NameQuality, NameType
from sanctionscreen.sources.importers.base import Imported, ImportReport, Options, as_of, finish
from sanctionscreen.sources.importers.building import build_all
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
from sanctionscreen.sources.importers.periods import period, point
from sanctionscreen.sources.importers.us_lists import of_listing, ofac_header
from sanctionscreen.sources.importers.xmlfiles import keep_unknown, records, text_of

TITLE = "OFAC Advanced XML"
_REFERENCES = known_names("ofac-advanced-references")
_KNOWN = known_names("ofac-advanced")
_GIVEN = ("First Name", "Middle Name", "Patronymic", "Nickname")
_STREET = ("ADDRESS1", "ADDRESS2", "ADDRESS3")
_PLACES = {"CITY": "city", "STATE/PROVINCE": "region", "REGION": "region", "POSTAL CODE": "postal_code"}


@dataclass(slots=True)
class _Entries:
    """The sanctions entries of one party: lists with their days, programs, legal bases, measures."""

    lists: dict[str, date | None] = field(default_factory=dict)
    programs: dict[str, None] = field(default_factory=dict)
    bases: dict[str, None] = field(default_factory=dict)
    measures: dict[str, None] = field(default_factory=dict)


@dataclass(slots=True)
class _File:
    """The tables of one file, as far as they have been read."""

    path: Path
    report: ImportReport
    words: defaultdict[str, dict[str | None, str]] = field(default_factory=lambda: defaultdict(dict))
    attributes: dict[tuple[str, str | None], dict[str, str]] = field(default_factory=dict)
    locations: dict[str, dict[str, str]] = field(default_factory=dict)
    documents: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    drafts: dict[str, Draft] = field(default_factory=dict)
    entries: dict[str, _Entries] = field(default_factory=dict)
    facts: dict[str, list[tuple[str, str, str]]] = field(default_factory=dict)
    stated: date | None = None

    def word(self, table: str, number: str | None) -> str:
        """The text of a reference value; empty for a number that is not there."""
        return self.words[table].get(number, "")

    def attribute(self, table: str, number: str | None, name: str) -> str:
        """An attribute of a reference value; empty where there is none."""
        return self.attributes.get((table, number), {}).get(name, "")


def read(path: Path, options: Options) -> Imported:
    """Read the file.

    Raises:
        SourceError: another format, a damaged file, no date.
    """
    file = _File(path, ImportReport("ofac-advanced", files=[path.name]))
    for record in records(path, "Sanctions", {*_REFERENCES, *_STEPS}, TITLE):
        _STEPS.get(record.tag, _reference)(file, record)
    is_sdn = _is_sdn(file)
    for number, draft in file.drafts.items():
        otherwise = "sdn" if is_sdn else "ofac-cons"
        _list(draft, file.entries.get(number, _Entries()), otherwise, file.facts.get(number, []))
    header = ofac_header(is_sdn, as_of(path, options, file.stated))
    return finish(path, header, build_all(list(file.drafts.values())), file.report)


def _is_sdn(file: _File) -> bool:
    """By the file's name, as OFAC gives it, else by the list that most of its entries are of."""
    name = file.path.name.lower()
    if name.startswith(("sdn", "cons")):
        return name.startswith("sdn")
    consolidated = sum("Consolidated List" in entries.lists for entries in file.entries.values())
    return 2 * consolidated < max(1, len(file.entries))


def _reference(file: _File, record: Element) -> None:
    number = record.get("ID", "")
    file.words[record.tag][number] = clean(record.text)
    file.attributes[record.tag, number] = dict(record.attrib)


def _issued(file: _File, record: Element) -> None:
    file.stated = whole_date(point(record) or "")


def _location(file: _File, record: Element) -> None:
    area, country = record.find("LocationAreaCode"), record.find("LocationCountry")
    found = {"country": file.word("Country", country.get("CountryID"))} if country is not None else {}
    if not found and area is not None:
        found["country"] = file.attribute("AreaCode", area.get("AreaCodeID"), "Description")
    streets, others = {}, []
    for part in record.findall("LocationPart"):
        kind = file.word("LocPartType", part.get("LocPartTypeID"))
        text = ", ".join(t for value in part.findall("LocationPartValue") if (t := text_of(value, "Value")))
        if kind in _PLACES:
            found[_PLACES[kind]] = text
        elif kind in _STREET:
            streets[kind] = text
        else:
            others.append(text)
    street = ", ".join(streets[kind] for kind in _STREET if streets.get(kind))
    found |= {"street": street} if street else {}
    found |= {"note": "; ".join(others)} if others else {}
    file.locations[record.get("ID", "")] = found


def _document(file: _File, record: Element) -> None:
    where = file.locations.get(record.get("IssuedIn-LocationID", ""), {})
    validity = file.word("Validity", record.get("ValidityID"))
    notes = [text_of(record, "IssuingAuthority"), text_of(record, "Comment"), ", ".join(where.values())]
    notes += [validity] if validity != "Valid" else []
    found = {
        "label": file.word("IDRegDocType", record.get("IDRegDocTypeID")),
        "value": text_of(record, "IDRegistrationNo"),
        "country": file.word("Country", record.get("IssuedBy-CountryID")),
        "note": "; ".join(filter(None, notes)),
    }
    for day in record.findall("DocumentDate"):
        kind = file.word("IDRegDocDateType", day.get("IDRegDocDateTypeID"))
        found["expires" if kind == "Expiration Date" else "issued"] = period(day)
    file.documents.setdefault(record.get("IdentityID", ""), []).append(found)


def _party(file: _File, record: Element) -> None:
    file.report.rows += 1
    number, profile = record.get("FixedRef", ""), record.find("Profile")
    if not number.isdigit() or profile is None:
        raise SourceError(
            f"{file.path}: party {file.report.rows}: no number or profile: damaged, download the file again"
        )
    draft = Draft(file.report, f"party {number}", f"ofac-{number}", _kind(file, profile))
    own = profile.get("ID", number)
    file.drafts[own] = draft
    for identity in profile.findall("Identity"):
        _names(file, draft, identity)
        for document in file.documents.pop(identity.get("ID", ""), []):
            draft.identifier(**document)
    for remark in (text_of(record, "Comment"), text_of(profile, "Comment")):
        read_remarks(draft, remark)
    for fact in profile.findall("Feature"):
        for version in fact.findall("FeatureVersion"):
            _feature(file, draft, own, file.word("FeatureType", fact.get("FeatureTypeID")), version)
    keep_unknown(draft, record, _KNOWN)


def _kind(file: _File, profile: Element) -> Kind:
    """A vessel or aircraft by its subtype, a person or an organisation by the type above it."""
    number = profile.get("PartySubTypeID")
    above = file.word("PartyType", file.attribute("PartySubType", number, "PartyTypeID"))
    return KINDS.get(file.word("PartySubType", number)) or KINDS.get(above) or "organization"


def _names(file: _File, draft: Draft, identity: Element) -> None:
    groups, kinds = identity.find("NamePartGroups"), file.words["NamePartType"]
    given = {
        group.get("ID", "")
        for group in (groups.iter("NamePartGroup") if groups is not None else ())
        if kinds.get(group.get("NamePartTypeID")) in _GIVEN
    }
    for alias in identity.findall("Alias"):
        word = file.word("AliasType", alias.get("AliasTypeID"))
        quality: NameQuality = "weak" if alias.get("LowQuality") == "true" else "strong"
        main = alias.get("Primary") == "true"
        spellings = alias.findall("DocumentedName")
        if main and len(spellings) > 1:
            spellings.sort(key=lambda name: _script(file, next(name.iter("NamePartValue"), None)) != "Latin")
        for place, name in enumerate(spellings):
            first = main and not place
            kind: NameType = "primary" if first else "aka" if main else ALIASES.get(word, "aka")
            note = "" if first or word in ("A.K.A.", "F.K.A.") else "primary name" if main else word
            _name(file, draft, name, given, (kind, quality, note))


def _script(file: _File, value: Element | None) -> str:
    """The script of a part of a name."""
    return file.word("Script", value.get("ScriptID")) if value is not None else ""


def _name(file: _File, draft: Draft, name: Element, given: set[str], said: tuple[NameType, NameQuality, str]) -> None:
    """Put the parts of a name together as OFAC prints them: family name, comma, given names."""
    values = list(name.iter("NamePartValue"))
    script = _script(file, values[0] if values else None)
    parts = {
        "family": " ".join(clean(value.text) for value in values if value.get("NamePartGroupID") not in given),
        "given": " ".join(clean(value.text) for value in values if value.get("NamePartGroupID") in given),
    }
    whole = ", ".join(filter(None, parts.values()))
    notes = [said[2]] if said[2] else []
    notes += [script] if script and script not in SCRIPTS else []
    known = parts if draft.kind == "person" and all(parts.values()) else {}
    draft.name(whole, said[0], said[1], script=SCRIPTS.get(script), note="; ".join(notes), **known)


def _feature(file: _File, draft: Draft, own: str, label: str, version: Element) -> None:
    """Place a feature now, or with the listings where it is a fact of theirs."""
    detail, place = version.find("VersionDetail"), version.find("VersionLocation")
    comment, reliability = text_of(version, "Comment"), file.word("Reliability", version.get("ReliabilityID"))
    notes = [comment, reliability if reliability not in ("Confirmed", "Unknown") else ""]
    note = "; ".join(filter(None, notes))
    where = dict(file.locations.get(place.get("LocationID", ""), {})) if place is not None else {}
    if label == "Location":
        return draft.address(**(where | ({"note": note} if note else {})))
    value = clean(detail.text) if detail is not None else ""
    if not value and detail is not None:
        value = file.word("DetailReference", detail.get("DetailReferenceID"))
    if version.find("DatePeriod") is not None:
        value = period(version)
    fact = (label, value or ", ".join(where.values()), note)
    if of_listing(label):
        return file.facts.setdefault(own, []).append(fact)
    return feature(draft, *fact)


def _tie(file: _File, record: Element) -> None:
    draft = file.drafts.get(record.get("From-ProfileID", ""))
    number = record.get("To-ProfileID", "")
    other = file.drafts.get(number)
    if draft is None:
        return
    kind = file.word("RelationType", record.get("RelationTypeID"))
    name = other.primary_names[0] if other and other.primary_names else f"OFAC {number}"
    relation(draft, kind, name, other.id if other and not other.nameless else None)
    if record.get("Former") == "true" or text_of(record, "Comment"):
        draft.remark(f"{kind} {name}: {'former ' * (record.get('Former') == 'true')}{text_of(record, 'Comment')}")


def _entry(file: _File, record: Element) -> None:
    """One entry: its list, the first day of its events, their legal bases, its programs and measures."""
    entries = file.entries.setdefault(record.get("ProfileID", ""), _Entries())
    title = file.word("List", record.get("ListID")) or "Unknown list"
    days = [whole_date(day) for event in record.findall("EntryEvent") if (day := point(event.find("Date")))]
    entries.lists[title] = min((day for day in days if day), default=None)
    for event in record.findall("EntryEvent"):
        entries.bases.setdefault(file.word("LegalBasis", event.get("LegalBasisID")))
    for effect in record.findall("SanctionsMeasure"):
        kind, comment = file.word("SanctionsType", effect.get("SanctionsTypeID")), text_of(effect, "Comment")
        if kind == "Program":
            entries.programs.setdefault(comment or "unknown")
        else:
            entries.measures.setdefault(" ".join(filter(None, (kind, comment))))


def _list(draft: Draft, entries: _Entries, otherwise: str, facts: list[tuple[str, str, str]]) -> None:
    """Make the listings of a party from its entries, and place the facts that belong to listings.

    Programs and legal bases stand apart in the file, in one order; where they are not as many, each legal
    basis goes into the remarks of the listings.
    """
    if not entries.programs:
        draft.odd("no sanctions entry in the file is this party's: its program and dates are not known")
    programs, bases = list(entries.programs) or ["unknown"], [b for b in entries.bases if b]
    paired: list[str | None] = [*bases] if len(bases) == len(programs) else [None] * len(programs)
    lists = dict(entries.lists) or {otherwise: None}
    listings(draft, lists, list(zip(programs, paired, strict=True)), draft.id.removeprefix("ofac-"))
    for text in (*entries.measures, *(basis for basis in bases if basis not in paired)):
        measure(draft, text)
    for fact in facts:
        feature(draft, *fact)


_STEPS: dict[str, Callable[[_File, Element], None]] = {
    "DateOfIssue": _issued,
    "Location": _location,
    "IDRegDocument": _document,
    "DistinctParty": _party,
    "ProfileRelationship": _tie,
    "SanctionsEntry": _entry,
}
