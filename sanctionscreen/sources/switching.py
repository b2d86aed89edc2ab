"""Several files of a folder replaced at one stroke: all of them, or none, whatever happens in between.

To rename a file is one step for every system; to rename several is not. So the new files are written whole into a
folder of their own, and one renaming of that folder decides. What was killed before it is forgotten; what was killed
after it is finished by whoever works in the folder next, for which `at_work` calls `settle` first.

>>> import tempfile
>>> with tempfile.TemporaryDirectory() as name:
...     folder, new = Path(name), Path(name) / ".new"
...     new.mkdir()
...     _ = [(where / "a.txt").write_text(text) for where, text in ((folder, "old"), (new, "new"))]
...     switch(new, folder)
...     (folder / "a.txt").read_text(), [path.name for path in folder.iterdir()]
('new', ['a.txt'])
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sanctionscreen.errors import SourceError
from sanctionscreen.sources.locking import locked

#: Where the lists are, in a folder of them.
LISTS = "lists"
#: What is to take the place of what is there, on the desk of whoever works in the folder.
NEXT = "next"
#: The folder of what is decided, inside the one it is for.
DECIDED = ".decided"
#: Beginnings of the names of what work that was killed may leave behind.
_HALF_DONE = (".at-work-", ".lists.snapshot.", ".state.json.")


@contextmanager
def at_work(folder: Path) -> Iterator[Path]:
    """Work in a folder of lists, alone, and change it at one stroke at the end, if nothing goes wrong until then.

    Args:
        folder: made where it is not there, with a place for lists in it.

    Yields:
        A folder to work on, which goes away; what stands in `NEXT` in it is what will be in the folder.

    Raises:
        SourceError: when the folder cannot be made, locked or written.
    """
    try:
        (folder / LISTS).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SourceError(f"{error.filename}: {error.strerror}") from error
    with locked(folder):
        settle(folder)
        _clear(folder)
        with tempfile.TemporaryDirectory(dir=folder, prefix=_HALF_DONE[0], ignore_cleanup_errors=True) as desk:
            new = Path(desk) / NEXT
            new.mkdir()
            yield Path(desk)
            switch(new, folder)


def _clear(folder: Path) -> None:
    for path in folder.iterdir():
        if path.name.startswith(_HALF_DONE):
            shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)


def switch(new: Path, folder: Path) -> None:
    """Let the files of one folder take the places of those of another.

    Args:
        new: a folder on the same file system as `folder`; it is gone afterwards.
        folder: what it is for; files that `new` does not have stay.

    Raises:
        SourceError: when a file cannot be renamed.
    """
    try:
        new.rename(folder / DECIDED)
    except OSError as error:
        raise SourceError(f"{folder}: cannot be written: {error.strerror}") from error
    try:
        settle(folder)
    except KeyboardInterrupt:  # comes too late: it is decided
        settle(folder)


def settle(folder: Path) -> None:
    """Finish a switch that was decided; where none was, do nothing.

    Raises:
        SourceError: when a file cannot be renamed; nothing is lost, and the next call goes on.
    """
    decided = folder / DECIDED
    if not decided.is_dir():
        return
    try:
        for path in sorted(path for path in decided.rglob("*") if path.is_file()):
            _take_place(path, folder / path.relative_to(decided))
        shutil.rmtree(decided)
    except OSError as error:
        raise SourceError(f"{error.filename}: cannot be written: {error.strerror}") from error


def _take_place(path: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    path.replace(target)
