"""A folder of downloads, imported as a whole: every file that some importer knows.

    folder/lists/ofac-sdn.yaml      the latest edition of each list
    folder/archive/ofac-sdn/...     every edition

Files are taken one at a time, so that memory stays flat, and all that they become is put into the folder at one stroke
at the end: an import that is broken off changes nothing. The format is found by how a file begins, or else by asking
every importer; a file that looks like an official list and cannot be imported is told apart from one that does not.

>>> from tempfile import TemporaryDirectory
>>> with TemporaryDirectory() as downloads, TemporaryDirectory() as folder:
...     _ = (Path(downloads) / "notes.txt").write_text("nothing official")
...     [(one.path.name, one.imported, one.why) for one in gather(Path(downloads), Path(folder))]
[('notes.txt', None, '')]
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from sanctionscreen.errors import MissingExtraError, SourceError
from sanctionscreen.records import ListHeader
from sanctionscreen.sources import archive
from sanctionscreen.sources.importers import IMPORTERS, Imported, ImportReport, import_list
from sanctionscreen.sources.importers.sniffing import looks_like
from sanctionscreen.sources.loading import load_lists
from sanctionscreen.sources.switching import LISTS, NEXT, at_work
from sanctionscreen.sources.writing import write_list

#: Endings of official files.
_ENDINGS = frozenset({".csv", ".gz", ".json", ".jsonl", ".ods", ".tsv", ".txt", ".xlsx", ".xml", ".zip"})
_FORMAT = re.compile(r"\(([a-z-]+)\)$")


@dataclass(frozen=True, slots=True)
class Gathered:
    """What became of one file.

    Attributes:
        path: the file.
        imported: the header of the list it became and the report of its import; None where it became none.
        why: why it became none, where it looks like an official list; empty where it does not.
    """

    path: Path
    imported: tuple[ListHeader, ImportReport] | None = None
    why: str = ""


def gather(
    downloads: Path, folder: Path, *, as_of: date | None = None, strict: bool = False, cut_short: bool = False
) -> tuple[Gathered, ...]:
    """Import every official file below a folder.

    Args:
        downloads: where the files are.
        folder: where `lists` and `archive` are made.
        as_of: the date of the data, for files that do not say.
        strict: whether anything odd is an error.
        cut_short: as in `import_list`.

    Raises:
        SourceError: when there is no such folder, or the other one cannot be made.
        ListError: when a list cannot be written.
    """
    if not downloads.is_dir():
        raise SourceError(f"{downloads}: no such folder")
    found = []
    with at_work(folder) as desk:
        for path in _files(downloads):
            imported, why = _imported(path, as_of, partial(import_list, strict=strict, cut_short=cut_short))
            if imported:
                _keep(imported, folder, desk)
            found.append(Gathered(path, (imported.list_file.header, imported.report) if imported else None, why))
    companions = {one.path.with_name(name) for one in found if one.imported for name in one.imported[1].files[1:]}
    return tuple(one for one in found if one.path not in companions)


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.suffix.lower() in _ENDINGS and path.is_file())


def _imported(path: Path, as_of: date | None, read: Callable[..., Imported]) -> tuple[Imported | None, str]:
    """What a file becomes, or why it becomes nothing."""
    try:
        sign = _FORMAT.search(looks_like(path))
    except SourceError as error:
        return None, str(error)
    formats = [sign[1]] if sign else [one for one in IMPORTERS if one != "table"]
    why = ""
    for format_id in formats:
        for day in dict.fromkeys((None, as_of)):  # the file's own word first
            try:
                return read(format_id, path, as_of=day), ""
            except (SourceError, MissingExtraError) as error:
                why = str(error)
    return None, why if sign else ""


def _keep(imported: Imported, folder: Path, desk: Path) -> None:
    """Make an edition ready for the archive, and for the place of the list where it is the latest."""
    header, new = imported.list_file.header, desk / NEXT
    draft = desk / f"{header.id}.yaml"
    write_list(imported.list_file, draft)
    (edition,) = load_lists([draft])
    if not archive.place_of(edition, folder / archive.FOLDER).exists():
        archive.store(edition, new / archive.FOLDER)
    archives = [path for path in (folder / archive.FOLDER, new / archive.FOLDER) if path.is_dir()]
    if all(one.as_of <= header.as_of for path in archives for one in archive.editions_of(path, header.id)):
        (new / LISTS).mkdir(exist_ok=True)
        draft.replace(new / LISTS / draft.name)
