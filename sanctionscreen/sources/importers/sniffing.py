"""What a file looks like, so that an importer given the wrong one can say which one it is.

Nothing is decided by it but the words of an error.

>>> in_words(b"<!DOCTYPE html><html><body>Service unavailable")
'an HTML page, perhaps an error page saved in place of the file'
>>> in_words(b'<?xml version="1.0"?><sdnList xmlns="x">')
'OFAC legacy XML (ofac-xml)'
>>> in_words(b"_id,source,entity_number,type,programs,name")
'the Consolidated Screening List (csl)'
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from sanctionscreen.errors import SourceError
from sanctionscreen.sources.importers.files import faults, head, zipped

_HTML = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype html|html)", re.IGNORECASE | re.DOTALL)
_ROOT = re.compile(rb"<([A-Za-z_][\w.:-]*)")
_ROOTS = {
    "sdnList": "OFAC legacy XML (ofac-xml)",
    "Sanctions": "OFAC Advanced XML (ofac-advanced)",
    "sanctionsData": "OFAC Enhanced XML (ofac-enhanced)",
    "CONSOLIDATED_LIST": "the UN Security Council list (un)",
    "WHOLE": "the EU list in its old schema (eu)",
    "export": "the EU list (eu)",
    "Designations": "the UK Sanctions List (uk)",
    "data-set": "Canada's SEMA list (canada)",
}
#: Words that stand in the first lines of one format only.
_HEADERS = (
    (b"_id,source,entity_number", "the Consolidated Screening List (csl)"),
    (b'"Street_Address"', "the Denied Persons List (bis-dpl)"),
    (b"Entity_LogicalId", "the EU list as CSV (eu)"),
    (b"OFSI Group ID", "the UK Sanctions List (uk)"),
    (b"Name 6,Name 1", "the OFSI ConList (uk)"),
    (b'"schema","name","aliases"', "OpenSanctions targets.simple.csv (opensanctions)"),
    (b"id,schema,name,aliases", "OpenSanctions targets.simple.csv (opensanctions)"),
    (b'"schema":', "OpenSanctions FollowTheMoney JSON (opensanctions)"),
    (b"-0- ,", "an OFAC legacy CSV file (ofac-csv)"),
    (b"-0-,", "an OFAC legacy CSV file (ofac-csv)"),
)
_MEMBERS = (
    ("content.xml", "an OpenDocument spreadsheet"),
    ("xl/workbook.xml", "an Excel workbook"),
    ("_enhanced.xml", "OFAC Enhanced XML in a zip (ofac-enhanced)"),
)
_MAGIC = ((b"%PDF", "a PDF"), (b"\xd0\xcf\x11\xe0", "an old Excel file (.xls)"), (b"\x1f\x8b", "a gzip file"))
#: What a file is called that looks like nothing known.
OTHER = "something else"


def in_words(start: bytes) -> str:
    """Say what a file that begins with these bytes looks like."""
    start = start.removeprefix(b"\xef\xbb\xbf")
    if _HTML.match(start[:4096]):
        return "an HTML page, perhaps an error page saved in place of the file"
    for magic, words in _MAGIC:
        if start.startswith(magic):
            return words
    stripped = start.lstrip()
    if stripped.startswith(b"<"):
        return _xml(stripped)
    for sign, words in _HEADERS:
        if sign in start[:8192]:
            return words
    return "JSON" if stripped.startswith((b"{", b"[")) else OTHER


def _xml(start: bytes) -> str:
    root = _ROOT.search(re.sub(rb"<\?.*?\?>|<!--.*?-->", b"", start[:8192], flags=re.DOTALL))
    name = root[1].decode("ascii", "replace").rpartition(":")[2] if root else ""
    return _ROOTS.get(name, f"XML with root <{name}>" if name else "XML")


def looks_like(path: Path) -> str:
    """Say what the file looks like.

    Raises:
        SourceError: when it cannot be read at all.
    """
    if not zipped(path):
        return in_words(head(path))
    with faults(path), zipfile.ZipFile(path) as archive:
        names = [name.lower() for name in archive.namelist()]
    for ending, words in _MEMBERS:
        if any(name.endswith(ending) for name in names):
            return words
    return "a zip archive"


def wrong_format(path: Path, wanted: str) -> SourceError:
    """The error for a file that is not `wanted`: it says what the file looks like."""
    return SourceError(f"{path}: not {wanted}: it looks like {looks_like(path)}")
