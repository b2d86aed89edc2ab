"""One family of exceptions: catch `SanctionScreenError` and you have caught them all.

Every message is one line that names what is wrong, where, and what would mend it. A command line user
sees that line and never a traceback.

>>> issubclass(ListError, SanctionScreenError) and issubclass(SanctionScreenError, Exception)
True
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class SanctionScreenError(Exception):
    """Base of every exception that this package raises on purpose."""


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing wrong in one file; line 0 is for what is wrong with the file as a whole, and is not told.

    >>> print(Fault("lists/x.yaml", 41, "empty name", "$.parties[3].names[0].name"))
    lists/x.yaml:41: empty name @ $.parties[3].names[0].name
    >>> print(Fault("lists/y.yaml", 0, "no such file or folder"))
    lists/y.yaml: no such file or folder
    """

    file: str
    line: int
    message: str
    path: str = ""

    def __str__(self) -> str:
        """Give the fault as `file:line: what is wrong @ path`."""
        place = f"{self.file}:{self.line}" if self.line else self.file
        where = f" @ {self.path}" if self.path else ""
        return f"{place}: {self.message}{where}"


class ListError(SanctionScreenError):
    """List files that cannot be loaded; `faults` holds every fault of every file.

    >>> print(ListError([Fault("a.yaml", 2, "empty name"), Fault("b.yaml", 1, "not a list file")]))
    a.yaml:2: empty name
    b.yaml:1: not a list file
    """

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


class SourceError(SanctionScreenError):
    """An official file that an importer cannot read as the format it was told."""


class SnapshotError(SanctionScreenError):
    """A compiled snapshot that is damaged, or was written by another version."""


class InputError(SanctionScreenError):
    """A question that cannot be asked: an unreadable vendor table, a cutoff out of range."""


class WorkerError(SanctionScreenError):
    """A worker process that ended before its work was done: killed, or out of memory."""


class MissingExtraError(SanctionScreenError):
    """An optional dependency that is not installed; the message is the line that installs it.

    >>> print(MissingExtraError("reading Excel files", "excel"))
    reading Excel files needs an optional dependency: pip install "sanctionscreen[excel]"
    """

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(f'{what} needs an optional dependency: pip install "sanctionscreen[{extra}]"')
