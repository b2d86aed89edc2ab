"""The United Nations Security Council Consolidated List, XML.

Individuals and entities under the Council's sanctions, with original-script names and aliases of good or low
quality; low quality is for names the Committee could not confirm, read here as weak. The elements are those of
https://www.un.org/sc/resources/sc-sanctions.xsd ; the list is at https://main.un.org/securitycouncil/sanctions .

>>> QUALITY["Low"]
('weak', 'aka')
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from xml.etree.ElementTree import Element

from sanctionscreen.errors import SourceError
from sanctionscreen.records import NameQuality, NameType
from sanctionscreen.sources.importers.base import Imported, ImportReport, Options, as_of, finish
from sanctionscreen.sources.importers.building import build_all
from sanctionscreen.sources.importers.cleaning import clean
from sanctionscreen.sources.importers.datetexts import partial_date, whole_date
from sanctionscreen.sources.importers.draft import Draft
from sanctionscreen.sources.importers.known import known_names
from sanctionscreen.sources.importers.xmlfiles import (
    check_root,
    keep_unknown,
    records,
    root_attributes,
    text_of,
    texts_of,
)

TITLE = "the UN Security Council list"
ROOT = "CONSOLIDATED_LIST"
#: The aliases' qualities: of the name, and the kind of alias.
QUALITY: dict[str, tuple[NameQuality, NameType]] = {
    "Good": ("strong", "aka"), "Low": ("weak", "aka"), "High": ("strong", "aka"),
    "a.k.a.": ("strong", "aka"), "f.k.a.": ("strong", "fka"), "": ("strong", "aka"),
}  # fmt: skip
_KNOWN = known_names("un")
_NAMES = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")


def read(path: Path, options: Options) -> Imported:
    """Read the file.

    Raises:
        SourceError: another format, a damaged file, no date.
    """
    check_root(path, (ROOT,), TITLE)
    stated = whole_date(root_attributes(path).get("dateGenerated", "")[:10])
    report = ImportReport("un", files=[path.name])
    drafts: list[Draft] = []
    for record in records(path, ROOT, ("INDIVIDUAL", "ENTITY"), TITLE):
        report.rows += 1
        drafts.append(_party(path, record, report))
    header = {
        "id": "un-sc",
        "title": "United Nations Security Council Consolidated List",
        "authority": "United Nations Charter, Chapter VII (Article 41)",
        "publisher": "United Nations Security Council",
        "source_url": "https://main.un.org/securitycouncil/en/content/un-sc-consolidated-list",
        "as_of": as_of(path, options, stated),
        "licence": "https://www.un.org/en/about-us/terms-of-use",
    }
    return finish(path, header, build_all(drafts), report)


def _party(path: Path, record: Element, report: ImportReport) -> Draft:
    reference, number = text_of(record, "REFERENCE_NUMBER"), text_of(record, "DATAID")
    if not number.isalnum():
        raise SourceError(f"{path}: record {report.rows}: no DATAID: damaged, download the file again")
    kind = "person" if record.tag == "INDIVIDUAL" else "organization"
    draft = Draft(report, f"record {report.rows} ({reference})", f"un-{number}", kind)  # type: ignore[arg-type]  # one of two literals
    draft.name(" ".join(text for part in _NAMES if (text := text_of(record, part))), "primary")
    draft.name(text_of(record, "NAME_ORIGINAL_SCRIPT"), note="original script")
    for alias in (*record.findall("INDIVIDUAL_ALIAS"), *record.findall("ENTITY_ALIAS")):
        _alias(draft, alias)
    _listing(draft, record, reference)
    _facts(draft, record)
    for birth in record.findall("INDIVIDUAL_DATE_OF_BIRTH"):
        _birth_date(draft, birth)
    for place in record.findall("INDIVIDUAL_PLACE_OF_BIRTH"):
        draft.birth_place(_joined(place, ("CITY", "STATE_PROVINCE", "COUNTRY", "NOTE")))
    for address in (*record.findall("INDIVIDUAL_ADDRESS"), *record.findall("ENTITY_ADDRESS")):
        fields = {
            "street": "STREET",
            "city": "CITY",
            "region": "STATE_PROVINCE",
            "postal_code": "ZIP_CODE",
            "note": "NOTE",
        }
        draft.address(text_of(address, "COUNTRY"), **{key: text_of(address, name) for key, name in fields.items()})
    for document in record.findall("INDIVIDUAL_DOCUMENT"):
        _document(draft, document)
    keep_unknown(draft, record, _KNOWN)
    return draft


def _joined(element: Element, names: Iterable[str]) -> str:
    return ", ".join(text for name in names if (text := text_of(element, name)))


def _alias(draft: Draft, alias: Element) -> None:
    """An alias; the birth facts that one alias was used with go into its note, and count for the party too."""
    word = text_of(alias, "QUALITY")
    if word not in QUALITY:
        draft.odd(f"unknown quality of an alias {word!r}, taken for good")
    quality, kind = QUALITY.get(word, ("strong", "aka"))
    born = [text_of(alias, name) for name in ("DATE_OF_BIRTH", "CITY_OF_BIRTH", "COUNTRY_OF_BIRTH")]
    notes = [text_of(alias, "NOTE"), f"born {', '.join(filter(None, born))}" if any(born) else ""]
    draft.name(text_of(alias, "ALIAS_NAME"), kind, quality, note="; ".join(filter(None, notes)))


def _listing(draft: Draft, record: Element, reference: str) -> None:
    day, listed = whole_date(text_of(record, "LISTED_ON")[:10]), text_of(record, "LISTED_ON")
    updated = texts_of(record, "LAST_DAY_UPDATED/VALUE")
    remarks = [f"last updated {', '.join(updated)}"] if updated else []
    remarks += [f"submitted by {text}" for text in texts_of(record, "SUBMITTED_BY")]
    remarks += [f"submitted on {text}" for text in texts_of(record, "SUBMITTED_ON")]
    if listed and not day:
        draft.odd(f"not a day: {listed!r}, kept in the remarks")
        remarks.append(f"listed on {listed}")
    draft.listing(
        program=text_of(record, "UN_LIST_TYPE") or "UN",
        published=day,
        reference=reference or None,
        remarks="; ".join(remarks),
    )


def _facts(draft: Draft, record: Element) -> None:
    for title in (*texts_of(record, "TITLE/VALUE"), *texts_of(record, "DESIGNATION/VALUE")):
        draft.title(title)
    for country in texts_of(record, "NATIONALITY/VALUE"):
        draft.country(country, "nationality")
    for gender in texts_of(record, "GENDER"):
        draft.set_gender(gender)
    draft.remark(clean(record.findtext("COMMENTS1")))


def _birth_date(draft: Draft, birth: Element) -> None:
    """`EXACT`, `APPROXIMATELY` or `BETWEEN`, with a day, a year or two years, and perhaps a note."""
    kind = text_of(birth, "TYPE_OF_DATE").upper()
    between = [text_of(birth, "FROM_YEAR"), text_of(birth, "TO_YEAR")]
    text = text_of(birth, "DATE")[:10] or text_of(birth, "YEAR") or " to ".join(filter(None, between))
    note = text_of(birth, "NOTE")
    circa = "circa " if kind == "APPROXIMATELY" and not all(between) else ""
    if text and partial_date(circa + text):
        draft.birth_date(circa + text)
        draft.remark(f"date of birth {text}: {note}" if note else "")
    elif text or note:
        draft.birth_date(" ".join(filter(None, (text, note))))


def _document(draft: Draft, document: Element) -> None:
    labels = [text_of(document, "TYPE_OF_DOCUMENT"), text_of(document, "TYPE_OF_DOCUMENT2")]
    label = labels[0] or labels[1] or "Document"
    issuers = [text_of(document, name) for name in ("ISSUING_COUNTRY", "COUNTRY_OF_ISSUE", "CITY_OF_ISSUE")]
    notes = [labels[1] if labels[0] else "", *(text for text in issuers[1:] if text and text != issuers[0])]
    notes.append(text_of(document, "NOTE"))
    note = "; ".join(filter(None, notes))
    number, issued = text_of(document, "NUMBER"), text_of(document, "DATE_OF_ISSUE")
    if number:
        draft.identifier(label, number, issuers[0] or issuers[1], issued=issued, note=note)
    elif any((*labels, *issuers, issued, note)):
        draft.remark("; ".join(filter(None, (label, issuers[0], issued and f"issued {issued}", note))))
