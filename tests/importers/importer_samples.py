"""One small file of every format, made by hand from the publishers' schemas, with what an import of it gives.

The files stand in `samples/`, one folder each; the parties in them are invented, and each file has at least one of
everything that its format can say. Archives and workbooks are packed here from their parts.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

AS_OF = date(2024, 5, 3)
FOLDER = Path(__file__).parent / "samples"


@dataclass(frozen=True)
class Sample:
    """A file, or several, and what comes out.

    Attributes:
        format: the importer's id.
        files: name and content of each file; the first is the one to import.
        parties: how many parties.
        names: how many names.
        broken: a place in the first file; a cut after it leaves a broken record.
        mapping: the name of the mapping file.
    """

    format: str
    files: dict[str, bytes]
    parties: int
    names: int
    broken: bytes
    mapping: str = ""

    def write(self, folder: Path) -> Path:
        """Write the files; the path of the first one."""
        for name, content in self.files.items():
            (folder / name).write_bytes(content)
        return folder / next(iter(self.files))

    def keywords(self, folder: Path) -> dict[str, object]:
        """The keyword arguments of `import_list`."""
        return {"as_of": AS_OF, "mapping": folder / self.mapping if self.mapping else None}


def files_of(folder: str, first: str) -> dict[str, bytes]:
    """The files of one sample, the named one first."""
    found = {file.name: file.read_bytes() for file in sorted((FOLDER / folder).iterdir())}
    return {first: found.pop(first), **found}


def zip_of(name: str, content: bytes) -> bytes:
    """A zip archive with one file, the same bytes every time."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def workbook(sheet: str, text: str) -> bytes:
    """An Excel workbook with one sheet: numbers and days are stored as such."""
    import openpyxl

    book = openpyxl.Workbook()
    book.active.title = sheet
    for row in csv.reader(io.StringIO(text)):
        book.active.append([_cell(cell) for cell in row])
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def _cell(text: str) -> object:
    if text.isdigit():
        return int(text)
    try:
        return datetime.strptime(text, "%Y-%m-%d")  # a day in a workbook has no zone
    except ValueError:
        return text or None


def _simple(
    name: str, file: str, parties: int, names: int, broken: bytes, format_id: str = "", mapping: str = ""
) -> Callable[[], Sample]:
    return lambda: Sample(format_id or name, files_of(name, file), parties, names, broken, mapping)


def _zipped() -> Sample:
    content = files_of("ofac-enhanced", "cons_enhanced.xml")["cons_enhanced.xml"]
    return Sample("ofac-enhanced", {"cons_enhanced.zip": zip_of("CONS_ENHANCED.XML", content)}, 2, 5, b"PK\x03\x04")


def _ods() -> Sample:
    content = files_of("uk-ods", "content.xml")["content.xml"]
    return Sample("uk", {"uk.ods": zip_of("content.xml", content)}, 2, 2, b"PK\x03\x04")


def _xlsx() -> Sample:
    content = files_of("australia", "rows.csv")["rows.csv"].decode()
    return Sample("australia", {"australia.xlsx": workbook("Consolidated List", content)}, 2, 4, b"PK\x03\x04")


SAMPLES: dict[str, Callable[[], Sample]] = {
    "ofac-csv": _simple("ofac-csv", "sdn.csv", 3, 8, b'37,"DOE'),
    "ofac-xml": _simple("ofac-xml", "sdn.xml", 2, 4, b"<dateOfBirth>"),
    "ofac-advanced": _simple("ofac-advanced", "sdn_advanced.xml", 2, 4, b"<DistinctParty "),
    "ofac-enhanced": _simple("ofac-enhanced", "cons_enhanced.xml", 2, 5, b"<features>"),
    "ofac-enhanced-zip": _zipped,
    "csl": _simple("csl", "consolidated.csv", 6, 10, b"aa11bb22cc35"),
    "csl-json": _simple("csl-json", "consolidated.json", 1, 2, b'"results"', "csl"),
    "bis-dpl": _simple("bis-dpl", "dpl.txt", 2, 2, b'"ACME'),
    "un": _simple("un", "consolidated.xml", 2, 6, b"<NATIONALITY>"),
    "eu-old": _simple("eu-old", "global.xml", 2, 3, b"<BIRTH", "eu"),
    "eu-fsf": _simple("eu-fsf", "fsf.xml", 2, 3, b"<birthdate", "eu"),
    "eu-csv": _simple("eu-csv", "fsf.csv", 2, 3, b"Johnny", "eu"),
    "uk-csv": _simple("uk-csv", "uk.csv", 3, 5, b"Jon", "uk"),
    "uk-xml": _simple("uk-xml", "uk.xml", 2, 4, b"<Nationality>", "uk"),
    "uk-ods": _ods,
    "uk-conlist": _simple("uk-conlist", "conlist.csv", 2, 3, b"G827238", "uk"),
    "canada": _simple("canada", "sema-lmes.xml", 3, 8, b"<GivenName>"),
    "australia": _xlsx,
    "opensanctions-simple": _simple("opensanctions-simple", "targets.simple.csv", 2, 4, b'"NK-2"', "opensanctions"),
    "opensanctions-ftm": _simple("opensanctions-ftm", "entities.ftm.json", 2, 6, b'"Company"', "opensanctions"),
    "table": _simple("table", "watch.csv", 2, 6, b"Acme Limited", mapping="m.yaml"),
    "table-json": _simple("table-json", "watch.jsonl", 2, 4, b'"Company"', "table", "m.yaml"),
}
