"""The US Denied Persons List of the Bureau of Industry and Security, as tab-separated text (`dpl.txt`).

https://www.bis.gov/ (15 CFR 764.3(a)(2)). The file has no number for a party: the rows of one name and one day are
one denied person with several addresses. Days are American. The kind of party is not stated, see `kinds.py`.
"""

from __future__ import annotations

import re
from pathlib import Path

from sanctionscreen.sources.importers.base import Imported, ImportReport, Options, as_of, finish
from sanctionscreen.sources.importers.building import build_all
from sanctionscreen.sources.importers.datetexts import whole_date
from sanctionscreen.sources.importers.draft import Draft
from sanctionscreen.sources.importers.kinds import infer
from sanctionscreen.sources.importers.known import known_names
from sanctionscreen.sources.importers.tables import Row, Table, csv_cells
from sanctionscreen.sources.importers.us_lists import PUBLIC_DOMAIN

TITLE = "the Denied Persons List"
COLUMNS = known_names("bis-dpl")


def read(path: Path, options: Options) -> Imported:
    """Read the file.

    Raises:
        SourceError: another format, a broken row, no date.
    """
    report = ImportReport("bis-dpl", files=[path.name])
    drafts: dict[str, Draft] = {}
    table = Table(path, TITLE, COLUMNS, frozenset({"Name", "Street_Address", "FR_Citation"}), partial=options.cut_short)
    for row in table.rows(csv_cells(path, ("utf-8", "cp1252"), "\t"), report):
        report.rows += 1
        own = f"bis-dpl-{slug(row['Name'])}-{slug(row['Effective_Date'])}"
        draft = drafts.setdefault(own, Draft(report, f"row {row.number}", own, infer(row["Name"], "person")))
        draft.where = f"row {row.number}"
        _row(draft, row)
    persons = sum(draft.kind == "person" for draft in drafts.values())
    report.notes.append(
        f"kind inferred, as the list states none: {persons} persons, {len(drafts) - persons} organizations"
    )
    header = {
        "id": "bis-dpl",
        "title": "US Denied Persons List",
        "authority": "15 CFR 764.3(a)(2)",
        "publisher": "Bureau of Industry and Security, U.S. Department of Commerce",
        "source_url": "https://www.bis.gov/",
        "as_of": as_of(path, options),
        "licence": PUBLIC_DOMAIN,
    }
    return finish(path, header, build_all(list(drafts.values())), report)


def slug(text: str) -> str:
    """Words as part of an id.

    >>> slug(" I. ASH"), slug("06/19/2003")
    ('i-ash', '06-19-2003')
    """
    return re.sub(r"\W+", "-", text.lower()).strip("-") or "none"


def _row(draft: Draft, row: Row) -> None:
    draft.name(row["Name"], "primary")
    draft.address(
        row["Country"],
        street=row["Street_Address"],
        city=row["City"],
        region=row["State"],
        postal_code=row["Postal_Code"],
    )
    days = {"effective_date": row["Effective_Date"], "end_date": row["Expiration_Date"]}
    found = {field: whole_date(text, month_first=True) for field, text in days.items()}
    for field, text in days.items():
        if text and not found[field]:
            draft.odd(f"not a day: {text!r}, kept in the remarks")
            draft.remark(f"{field}: {text}")
    said = {
        "standard order": row["Standard_Order"],
        "last update": row["Last_Update"],
        "action": row["Action"],
    }
    entry = {"list": "dpl", "program": "DPL", "citation": row["FR_Citation"], **found}
    entry["remarks"] = "; ".join(f"{label}: {text}" for label, text in said.items() if text)
    draft.listing_once(**entry)
    row.keep_unknown(draft, COLUMNS)
