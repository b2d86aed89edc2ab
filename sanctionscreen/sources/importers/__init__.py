"""Official files to list files: one module a format, one shape for all.

    for importer in IMPORTERS.values():
        print(importer.id, importer.title)
    imported = import_list("ofac-csv", "ofac/2021-07-07")
    imported.list_file, imported.report

An importer's module is loaded when it is first used.

>>> import_list("ofac-cvs", "sdn.csv")
Traceback (most recent call last):
sanctionscreen.errors.SourceError: no format 'ofac-cvs': did you mean 'ofac-csv'? All: ofac-csv, ...
"""

from __future__ import annotations

import difflib
from collections.abc import Collection
from datetime import date
from os import PathLike
from pathlib import Path

from sanctionscreen.errors import SourceError
from sanctionscreen.pausing import collector_paused
from sanctionscreen.sources.importers.base import Imported, Importer, ImportReport, Oddity, Options

#: Every format, by the id that a user types.
IMPORTERS: dict[str, Importer] = {
    importer.id: importer
    for importer in (
        Importer("ofac-csv", "OFAC SDN or non-SDN list, legacy CSV set (sdn.csv, alt.csv, add.csv)", "ofac_csv"),
        Importer("ofac-xml", "OFAC SDN or non-SDN list, legacy XML (sdn.xml, consolidated.xml)", "ofac_xml"),
        Importer("ofac-advanced", "OFAC SDN or non-SDN list, Advanced XML", "ofac_advanced"),
        Importer("ofac-enhanced", "OFAC SDN or non-SDN list, Enhanced XML, zipped or plain", "ofac_enhanced"),
        Importer("csl", "US Consolidated Screening List, CSV or JSON", "csl"),
        Importer("bis-dpl", "US Denied Persons List, tab-separated text", "bis_dpl"),
        Importer("un", "UN Security Council Consolidated List, XML", "un"),
        Importer("eu", "EU financial sanctions, XML 1.1, CSV 1.1 or the old XML", "eu"),
        Importer("uk", "UK Sanctions List (ODS, CSV, XML) or OFSI ConList CSV", "uk"),
        Importer("canada", "Canada's autonomous sanctions (SEMA), XML", "canada"),
        Importer("australia", "Australia's DFAT Consolidated List, xlsx", "australia"),
        Importer(
            "opensanctions", "OpenSanctions targets.simple.csv, FollowTheMoney or nested JSON lines", "opensanctions"
        ),
        Importer("table", "any CSV, Excel or JSON-lines table, by a mapping file", "table"),
    )
}


def import_list(
    format_id: str,
    path: str | PathLike[str],
    *,
    strict: bool = False,
    as_of: date | None = None,
    mapping: str | PathLike[str] | None = None,
    cut_short: bool = False,
) -> Imported:
    """Read an official file.

    Args:
        format_id: a key of `IMPORTERS`.
        path: the file, or a folder for a format of several files.
        strict: whether anything odd is an error.
        as_of: the date of the data, where neither the file nor its name states it.
        mapping: the mapping file of the `table` format.
        cut_short: whether a CSV file that ends in the middle of a row is read as far as it goes, into a list that
            says so in its title. XML, JSON and archives that are cut short are always refused.

    Raises:
        SourceError: unknown format, a file that is not this format or is damaged, an oddity when strict.
    """
    importer = IMPORTERS.get(format_id)
    if importer is None:
        raise no_format(format_id, IMPORTERS)
    options = Options(as_of=as_of, mapping=Path(mapping) if mapping else None, cut_short=cut_short)
    with collector_paused():
        imported = importer.read(Path(path), options)
    if strict and imported.report.oddities:
        count = len(imported.report.oddities)
        raise SourceError(
            f"{path}: {imported.report.oddities[0]} (1 of {count} oddities): look into it, or import without strict"
        )
    return imported


def no_format(format_id: str, known: Collection[str]) -> SourceError:
    """Make the error that tells of a format that is none of those known."""
    near = difflib.get_close_matches(format_id, known, n=1, cutoff=0.5)
    hint = f"did you mean {near[0]!r}? " if near else ""
    return SourceError(f"no format {format_id!r}: {hint}All: {', '.join(known)}")


__all__ = ["IMPORTERS", "ImportReport", "Imported", "Importer", "Oddity", "Options", "import_list", "no_format"]
