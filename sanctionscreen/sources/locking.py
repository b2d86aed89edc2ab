"""A folder for one process at a time: a lock on a file in it, which the system lifts when the process ends.

The lock file stays; that it is there means nothing. A process that was killed leaves no lock behind.

>>> import tempfile
>>> with tempfile.TemporaryDirectory() as folder, locked(Path(folder)):
...     (Path(folder) / ".lock").is_file()
True
"""

from __future__ import annotations

import importlib
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sanctionscreen.errors import SourceError

NAME = ".lock"
#: Between two tries to get the lock, in seconds.
_PAUSE = 0.1


@contextmanager
def locked(folder: Path, wait: float = 600.0) -> Iterator[None]:
    """Hold the lock of a folder.

    Args:
        folder: a folder that is there.
        wait: how long to wait for another process to end, in seconds.

    Raises:
        SourceError: when another process still holds it then, or the folder cannot be written.
    """
    try:
        handle = os.open(folder / NAME, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise SourceError(f"{folder}: cannot be locked: {error.strerror}") from error
    try:
        _wait_for(handle, folder, time.monotonic() + wait)
        yield
    finally:
        os.close(handle)  # which lifts the lock


def _wait_for(handle: int, folder: Path, until: float) -> None:
    while not taken(handle):
        if time.monotonic() >= until:
            raise SourceError(f"{folder}: another update is at work here: wait for it to end")
        time.sleep(_PAUSE)


def taken(handle: int) -> bool:
    """Try to take the lock of an open file; tell whether that was done. Systems differ in what locks one."""
    try:
        if os.name == "nt":  # pragma: no cover  # Windows
            windows = importlib.import_module("msvcrt")
            windows.locking(handle, windows.LK_NBLCK, 1)
        else:
            unix = importlib.import_module("fcntl")
            unix.flock(handle, unix.LOCK_EX | unix.LOCK_NB)
    except OSError:
        return False
    return True
