"""Every edition that was ever in use, so that any past screening can be repeated on the lists of its day.

    archive/ofac-sdn/2026-03-02-1f0c9a52d3b8.yaml      list, the date of its data, the start of its SHA-256

Editions are kept as list files, not as snapshots: a snapshot belongs to one version of this package. A past result
names each list with its date and checksum, and `edition` finds the very file; `editions_on` gives what was current on
a day.

>>> import tempfile
>>> from sanctionscreen.sources.loading import bundled_lists, load_lists
>>> (one, *_) = load_lists([bundled_lists()])
>>> with tempfile.TemporaryDirectory() as folder:
...     kept = store(one, Path(folder))
...     [path == kept for path in editions_on(Path(folder), one.header.as_of)], editions_on(Path(folder), date.min)
([True], ())
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sanctionscreen.errors import SourceError
from sanctionscreen.sources.loading import LoadedList
from sanctionscreen.sources.writing import replace_file

#: Its name beside the lists.
FOLDER = "archive"
_NAME = re.compile(r"(\d{4}-\d{2}-\d{2})-([0-9a-f]{12})\.yaml")


@dataclass(frozen=True, slots=True, order=True)
class Edition:
    """An edition in the archive.

    Attributes:
        list_id: the list.
        as_of: the date of its data.
        checksum: the first twelve digits of the SHA-256 of its file.
        path: the file.
    """

    list_id: str
    as_of: date
    checksum: str
    path: Path


def place_of(loaded: LoadedList, archive: Path) -> Path:
    """Where an edition is kept, or would be."""
    return archive / loaded.header.id / f"{loaded.header.as_of}-{loaded.checksum[:12]}.yaml"


def store(loaded: LoadedList, archive: Path) -> Path:
    """Keep an edition. One that is kept already stays as it is.

    Raises:
        SourceError: when the folder cannot be made.
        ListError: when the file cannot be written.
    """
    kept = place_of(loaded, archive)
    if not kept.exists():
        try:
            kept.parent.mkdir(parents=True, exist_ok=True)
            data = Path(loaded.file).read_bytes()
        except OSError as error:
            raise SourceError(f"{error.filename}: {error.strerror}") from error
        replace_file(kept, data)
    return kept


def editions(archive: Path) -> tuple[Edition, ...]:
    """Every edition, list by list, the oldest first; of two with the same date, the one kept later comes later.

    Raises:
        SourceError: when there is no such folder.
    """
    if not archive.is_dir():
        raise SourceError(f"{archive}: no such folder")
    return tuple(sorted(_editions(archive), key=lambda one: (one.list_id, one.as_of, one.path.stat().st_mtime_ns)))


def editions_of(archive: Path, list_id: str) -> tuple[Edition, ...]:
    """Every edition of one list, the oldest first."""
    return tuple(one for one in editions(archive) if one.list_id == list_id)


def _editions(archive: Path) -> Iterator[Edition]:
    for path in archive.glob("*/*.yaml"):
        if name := _NAME.fullmatch(path.name):
            yield Edition(path.parent.name, date.fromisoformat(name[1]), name[2], path)


def edition(archive: Path, list_id: str, checksum: str) -> Path:
    """Give the file that a past result names.

    Args:
        archive: the folder.
        list_id: the list.
        checksum: as in `ScreeningResult.lists`; its first twelve digits are enough.

    Raises:
        SourceError: when it is not in the archive.
    """
    for one in editions_of(archive, list_id):
        if one.checksum == checksum[:12]:
            return one.path
    raise SourceError(f"{archive}: no edition {checksum[:12]} of {list_id}")


def editions_on(archive: Path, day: date) -> tuple[Path, ...]:
    """Give, of each list, the last edition whose data is of that day or before: `Screener.load(*paths)`."""
    last = {one.list_id: one.path for one in editions(archive) if one.as_of <= day}
    return tuple(last.values())
