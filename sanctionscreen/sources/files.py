"""Files to text: which files a path stands for, and their text where it is text.

A list file is UTF-8 (RFC 3629, https://www.rfc-editor.org/rfc/rfc3629) with the characters that YAML allows, at most
`MAX_BYTES` long. A file that is not is refused with the reason and what mends it.

>>> find(["no/such/place"]).faults
(Fault(file='no/such/place', line=0, message='no such file or folder', path=''),)
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISREG

from sanctionscreen.errors import Fault, ListError
from sanctionscreen.sources.switching import LISTS

#: Longest file that is read. All official lists together are a fifth of it.
MAX_BYTES = 256 * 1024 * 1024

_SUFFIXES = frozenset({".yaml", ".yml"})
_COMPILED = ".snapshot"
#: What stands beside `lists/` in a folder that `sanctionscreen.updating` or `sanctionscreen.sources.gathering` wrote.
_EDITIONS = "archive/*/????-??-??-*.yaml"
#: Byte order marks, the longer first: https://www.unicode.org/faq/utf_bom.html.
_MARKS = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
#: Characters that YAML 1.2 does not allow (chapter 5.1), but for byte order marks and surrogates, which UTF-8 has not.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class TextFile:
    """A file as it was read.

    Attributes:
        name: its path as the user gave it, or below the folder the user gave.
        text: what it says.
        checksum: SHA-256 of its bytes, in hexadecimal.
    """

    name: str
    text: str
    checksum: str


@dataclass(frozen=True, slots=True)
class FoundFiles:
    """The files that paths stand for, and a fault for every path that stands for nothing."""

    files: tuple[Path, ...]
    faults: tuple[Fault, ...]


def find(paths: Iterable[str | Path]) -> FoundFiles:
    """Give the list files that paths stand for: a file itself, of a folder every YAML file below it.

    Hidden files and folders are skipped, the others come in the order of their names; links to folders are followed. A
    file reached twice is given once. What may hold lists and cannot be looked into is a fault: a folder that may not be
    read, a link that leads nowhere, a compiled snapshot.
    """
    found: dict[Path, Path] = {}
    faults: list[Fault] = []
    for path in [Path(paths)] if isinstance(paths, str | Path) else map(Path, paths):
        meant = _meant(path)
        faults += meant.faults
        for file in meant.files:
            found.setdefault(file.resolve(), file)
    return FoundFiles(tuple(found.values()), tuple(faults))


def read_text(path: Path) -> TextFile:
    """Read a file.

    Raises:
        ListError: when it cannot be read, is no regular file, is too long, or is not text in UTF-8.
    """
    name = str(path)
    try:
        if not S_ISREG(path.stat().st_mode):  # to open a pipe would be to wait for somebody who writes into it
            raise ListError([Fault(name, 0, "not a regular file")])
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise ListError([Fault(name, 0, f"cannot be read: {error.strerror}")]) from error
    line, wrong = _undecodable(data)
    if wrong:
        raise ListError([Fault(name, line, wrong)])
    return TextFile(name, data.decode("utf-8-sig"), hashlib.sha256(data).hexdigest())


def _meant(path: Path) -> FoundFiles:
    """What one path stands for."""
    try:
        if path.is_dir():
            return _below(path)
        wrong = _wrong(path)
    except (OSError, ValueError) as error:  # a folder that may not be entered; a NUL in the path
        wrong = _unread(error)
    return FoundFiles((), (Fault(str(path), 0, wrong),)) if wrong else FoundFiles((path,), ())


def _wrong(path: Path) -> str | None:
    """What keeps a path that is no folder from being a list file."""
    if not path.exists():
        return "no such file or folder"
    if path.suffix == _COMPILED:
        return "a compiled snapshot, where list files in YAML are asked for: name those that it was compiled from"
    if path.suffix.lower() not in _SUFFIXES:
        return "not a list file (.yaml or .yml): bring an official file in with `sanctionscreen import`"
    return None if path.is_file() else "not a regular file"


def _below(folder: Path) -> FoundFiles:
    """Every list file below a folder; each folder is entered once, however many links lead to it."""
    files: list[Path] = []
    errors: list[OSError] = []
    faults: list[Fault] = []
    entered: set[str] = set()
    for above, folders, names in os.walk(folder, onerror=errors.append, followlinks=True):
        if past := _editions(Path(above)):
            return FoundFiles((), (Fault(str(folder), 0, past),))
        real = os.path.realpath(above)
        shown = [] if real in entered else sorted(name for name in [*folders, *names] if not name.startswith("."))
        entered.add(real)
        folders[:] = [name for name in shown if name in folders]
        for path in (Path(above, name) for name in shown if name not in folders):
            wrong = _amiss(path)
            if wrong:
                faults.append(Fault(str(path), 0, wrong))
            elif path.suffix.lower() in _SUFFIXES:
                files.append(path)
    faults += [Fault(str(error.filename or folder), 0, _unread(error)) for error in errors]
    if not files and not faults:
        faults.append(Fault(str(folder), 0, "a folder without list files (.yaml or .yml)"))
    return FoundFiles(tuple(files), tuple(faults))


def _editions(folder: Path) -> str | None:
    """What is amiss with a folder that holds past editions of lists beside the current ones."""
    if not (folder / LISTS).is_dir() or next(folder.glob(_EDITIONS), None) is None:
        return None
    there = (folder / name for name in (LISTS, f"{LISTS}{_COMPILED}"))
    instead = " or ".join(str(path) for path in there if path.exists())
    return f"the archive in {folder} holds every edition of the same lists: give {instead} instead"


def _amiss(path: Path) -> str | None:
    """Why lists may be missed for what stands in a folder and is no folder; None where nothing is."""
    try:
        path.stat()
    except OSError as error:  # it may be a link to a folder
        return _unread(error)
    if path.suffix.lower() == _COMPILED and not _of_lists_beside(path):
        return "a compiled snapshot in a folder of list files: give it by itself, or move it out of the folder"
    return None


def _of_lists_beside(snapshot: Path) -> bool:
    """Whether a snapshot is, by its place, of the very lists that are read beside it: `update` puts both there."""
    return snapshot.name == f"{LISTS}{_COMPILED}" and (snapshot.parent / LISTS).is_dir()


def _unread(error: Exception) -> str:
    return f"cannot be read: {getattr(error, 'strerror', None) or error}"


def _undecodable(data: bytes) -> tuple[int, str | None]:
    """The line at which bytes stop being the text of a list, and why; None where they are all text."""
    if len(data) > MAX_BYTES:
        return 1, f"longer than {MAX_BYTES // 1024 // 1024} MiB: divide the list, or compile it from its source"
    for mark, name in _MARKS:
        if data.startswith(mark):
            return 1, f"this is {name}: save the file as UTF-8"
    if b"\0" in data[:4]:
        return 1, "this looks like UTF-16, or is no text at all: save the file as UTF-8"
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _line(data[: error.start]), (
            f"not UTF-8 (byte 0x{data[error.start]:02X}), perhaps Latin-1 or Windows-1252: save the file as UTF-8"
        )
    found = _FORBIDDEN.search(text)
    if found is None:
        return 1, None
    return text.count("\n", 0, found.start()) + 1, f"a character that no text holds, U+{ord(found[0]):04X}: {_REASON}"


_REASON = "the file is damaged, or not text; write it as an escape in double quotes if it is meant"


def _line(before: bytes) -> int:
    return before.count(b"\n") + 1
