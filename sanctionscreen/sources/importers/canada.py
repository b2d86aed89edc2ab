"""Canada's Consolidated Autonomous Sanctions List, XML (`sema-lmes.xml`): SEMA and the Magnitsky-style act.

Published by Global Affairs Canada (https://www.international.gc.ca/).
A record is identified by regime, schedule and item. Aliases are one text, parted by commas; for people most of
them are another spelling of one part of the name ("Andrei" for Andrey Borisovich SHEIN), which never stands for the
whole: an alias of one word is weak. Some names are given in English and French, parted by a slash.

>>> aliases("IAMI, Havapeyma Co., Ltd., HESA")
['IAMI', 'Havapeyma Co., Ltd.', 'HESA']
>>> bilingual("Medical Sciences University/Université des sciences médicales")
('Medical Sciences University', 'Université des sciences médicales')
"""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree.ElementTree import Element

from sanctionscreen.errors import SourceError
from sanctionscreen.records import Kind
from sanctionscreen.sources.importers.base import Imported, ImportReport, Options, as_of, finish
from sanctionscreen.sources.importers.bis_dpl import slug
from sanctionscreen.sources.importers.building import build_all
from sanctionscreen.sources.importers.datetexts import whole_date
from sanctionscreen.sources.importers.draft import Draft
from sanctionscreen.sources.importers.known import known_names
from sanctionscreen.sources.importers.xmlfiles import keep_unknown, records, text_of

TITLE = "Canada's SEMA list"
_KNOWN = known_names("canada")
#: A comma before one of these is part of a company's name.
_COMMA = re.compile(
    r",\s+(?!(?:Ltd|Limited|Inc|Incorporated|LLC|L\.L\.C|Co|Corp|Corporation|S\.A|SA|GmbH|PJS|PJSC|JSC|OJSC|PLC|LP|"
    r"AG|B\.V|Pte|Pvt|FZE|FZCO|OOO|OAO|ZAO)\b)"
)
_ACRONYM = re.compile(r"\(([A-Z]{4,})\)")


def read(path: Path, options: Options) -> Imported:
    """Read the file.

    Raises:
        SourceError: another format, a damaged file, no date.
    """
    report = ImportReport("canada", files=[path.name])
    drafts: list[Draft] = []
    for record in records(path, "data-set", ("record",), TITLE):
        report.rows += 1
        drafts.append(_party(path, record, report))
    header = {
        "id": "ca-sema",
        "title": "Consolidated Canadian Autonomous Sanctions List",
        "authority": "Special Economic Measures Act; Justice for Victims of Corrupt Foreign Officials Act",
        "publisher": "Global Affairs Canada",
        "source_url": "https://www.international.gc.ca/world-monde/international_relations-relations_internationales/"
        "sanctions/consolidated-consolide.aspx",
        "as_of": as_of(path, options),
        "licence": "Open Government Licence - Canada",
    }
    return finish(path, header, build_all(drafts), report)


def _party(path: Path, record: Element, report: ImportReport) -> Draft:
    regime, schedule, item = (text_of(record, tag) for tag in ("Country", "Schedule", "Item"))
    if not regime or not item:
        raise SourceError(f"{path}: record {report.rows}: no Country or Item: damaged, download the file again")
    entity = text_of(record, "Entity") or text_of(record, "EntityOrShip")
    ship = text_of(record, "ShipIMONumber")
    kind: Kind = "vessel" if ship else "organization" if entity else "person"
    english = regime.partition(" / ")[0]
    program = acronym[1] if (acronym := _ACRONYM.search(english)) else english
    own = "-".join(slug(part) for part in ("ca", program, schedule, item) if part)
    draft = Draft(report, f"record {report.rows}", own, kind)
    _names(draft, record, entity)
    for title in (text_of(record, "Title"), text_of(record, "TitleOrShip")):
        draft.title(title)
    for day in re.split(r" or | ou ", text_of(record, "DateOfBirth") or text_of(record, "DateOfBirthOrShipBuildDate")):
        draft.birth_date(day) if kind == "person" else draft.remark(f"built: {day}" if day else "")
    draft.identifier("IMO number", ship)
    _listing(draft, record, program, regime)
    keep_unknown(draft, record, _KNOWN)
    return draft


def _names(draft: Draft, record: Element, entity: str) -> None:
    given, family = text_of(record, "GivenName"), text_of(record, "LastName")
    if entity:
        english, french = bilingual(entity)
        draft.name(english, "primary")
        draft.name(french, language="fr")
    else:
        parts = {"family": family, "given": given} if given and family else {}
        draft.name(f"{given} {family}", "primary", **parts)
    for alias in aliases(text_of(record, "Aliases")):
        for name in bilingual(alias):
            alone = draft.kind == "person" and " " not in name
            draft.name(name, "aka", "weak" if alone else "strong", note="part of a name" if alone else None)


def aliases(text: str) -> list[str]:
    """Part the aliases at commas, except before a legal form."""
    return [part for piece in _COMMA.split(text) if (part := piece.strip())]


def bilingual(name: str) -> tuple[str, str]:
    """Part a name given in two languages; the second is empty where there is one."""
    first, slash, second = name.partition("/")
    if slash and "/" not in second and len(first.split()) >= 3 and len(second.split()) >= 3:
        return first.strip(), second.strip()
    return name, ""


def _listing(draft: Draft, record: Element, program: str, regime: str) -> None:
    schedule, item, listed = (text_of(record, tag) for tag in ("Schedule", "Item", "DateOfListing"))
    day = whole_date(listed)
    if listed and not day:
        draft.odd(f"not a day: {listed!r}, kept in the remarks")
        draft.remark(f"date of listing: {listed}")
    reference = ", ".join(part for part in (f"schedule {schedule}" if schedule else "", f"item {item}") if part)
    draft.listing(program=program, effective_date=day, reference=reference, remarks=regime)
