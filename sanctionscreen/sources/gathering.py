"""A folder of downloads, imported as a whole: every file that some importer knows.

    folder/lists/ofac-sdn.yaml      the latest edition of each list
    folder/archive/ofac-sdn/...     every edition

Files are taken one at a time, so that memory stays flat. The format is found by how a file begins, or else by asking
every importer; a file that looks like an official list and cannot be imported is told apart from one that does not.

>>> from tempfile import TemporaryDirectory
>>> with TemporaryDirectory() as downloads, TemporaryDirectory() as folder:
...     _ = (Path(downloads) / "notes.txt").write_text("nothing official")
...     [(one.path.name, one.imported, one.why) for one in gather(Path(downloads), Path(folder))]
[('notes.txt', None, '')]
"""

from __future__ import annotations

import re
import tempfile
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
from sanctionscreen.sources.locking import locked
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
    try:
        (folder / "lists").mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SourceError(f"{error.filename}: {error.strerror}") from error
    found = []
    with locked(folder):
        for path in _files(downloads):
            imported, why = _imported(path, as_of, partial(import_list, strict=strict, cut_short=cut_short))
            if imported:
                _keep(imported, folder)
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


def _keep(imported: Imported, folder: Path) -> None:
    """Put an edition into the archive, and in the place of the list where it is the latest."""
    header = imported.list_file.header
    current = folder / "lists" / f"{header.id}.yaml"
    with tempfile.TemporaryDirectory(dir=folder, prefix=".gathering-") as desk:
        draft = Path(desk) / current.name
        write_list(imported.list_file, draft)
        archive.store(load_lists([draft])[0], folder / archive.FOLDER)
        if archive.editions_of(folder / archive.FOLDER, header.id)[-1].as_of <= header.as_of:
            draft.replace(current)
