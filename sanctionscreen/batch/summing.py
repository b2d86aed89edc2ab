"""What became of the rows of a table, counted while they go by.

A tally is plain data, so that it travels between processes and is kept in a journal.

>>> tally = Tally(outcomes=Counter(clear=1))
>>> tally.add(Tally(outcomes=Counter(alarm=1), hits=2, history=1))
>>> tally.outcomes["alarm"], tally.outcomes["clear"], tally.hits, tally.history
(1, 1, 2, 1)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, Self

from sanctionscreen.hits import ListUsed

#: How many rows that were not screened the summary quotes.
QUOTED = 20
#: How much of a fault is quoted: each line of a journal holds all that are, and a cell or a header may have any length.
MOST_FAULT = 400

_COUNTED = ("outcomes", "dispositions")
_FIGURES = ("hits", "history", "noted", "blank")

Outcome = Literal["alarm", "review", "not_screened", "history", "clear"]


def quoted(fault: str) -> str:
    """Give what is quoted of a fault.

    >>> quoted("row 2: not JSON"), len(quoted("x" * 1_000_000))
    ('row 2: not JSON', 400)
    """
    return fault if len(fault) <= MOST_FAULT else f"{fault[: MOST_FAULT - 1]}…"


@dataclass(frozen=True, slots=True)
class BatchSummary:
    """What became of the rows of a table.

    Attributes:
        outcomes: how many rows came to each outcome.
        dispositions: how many rows the policy disposed of in each way, the rows that are not written too.
        hits: of all rows, each of them written.
        history: parties found of whom nothing was in force, of all rows, each of them written.
        noted: clear rows of which something was not understood or not compared, which their notes say.
        blank: rows with nothing in them, which are not counted otherwise.
        columns: which field was read from which column.
        unused: the columns that no field was read from, in the order of the table.
        unread: the sheets of a workbook that were not read.
        faults: why rows were not screened, the first few.
        checksum: SHA-256 of the table.
        as_of: the day the lists were asked about.
        cutoff: from 0 to 1; hits score at least this.
        engine: version of the code and of its weights.
        settings: what else decided, where it is not the default: the context, and the policy's fingerprint.
        lists: what was searched.
        warnings: of the lists, what the policy says of them, and of columns that may hold names too.
        resumed: how many rows were taken over from a run that was broken off, blank ones too.
        restarted: why such a run was not gone on with, where there was one.
    """

    outcomes: Mapping[Outcome, int]
    dispositions: Mapping[str, int]
    hits: int
    history: int
    noted: int
    blank: int
    columns: Mapping[str, str]
    unused: tuple[str, ...]
    unread: tuple[str, ...]
    faults: tuple[str, ...]
    checksum: str
    as_of: date
    cutoff: float
    engine: str
    settings: Mapping[str, Any]
    lists: tuple[ListUsed, ...]
    warnings: tuple[str, ...]
    resumed: int = 0
    restarted: str | None = None

    @property
    def rows(self) -> int:
        """How many rows were read, without the header and blank ones."""
        return sum(self.outcomes.values())


@dataclass(slots=True)
class Tally:
    """Counts of some rows; the fields are those of `BatchSummary`."""

    outcomes: Counter[str] = field(default_factory=Counter)
    dispositions: Counter[str] = field(default_factory=Counter)
    hits: int = 0
    history: int = 0
    noted: int = 0
    blank: int = 0
    faults: list[str] = field(default_factory=list)

    def add(self, more: Tally) -> None:
        """Count in the rows that came after."""
        self.outcomes.update(more.outcomes)
        self.dispositions.update(more.dispositions)
        self.hits += more.hits
        self.history += more.history
        self.noted += more.noted
        self.blank += more.blank
        self.faults = (self.faults + more.faults)[:QUOTED]

    def plain(self) -> dict[str, Any]:
        """Give it as JSON has it."""
        counts = {name: dict(getattr(self, name)) for name in _COUNTED}
        return {**counts, **{name: getattr(self, name) for name in _FIGURES}, "faults": self.faults}

    @classmethod
    def read(cls, plain: Mapping[str, Any]) -> Self:
        """Read what `plain` gave.

        Raises:
            KeyError, TypeError, ValueError: when it is something else.
        """
        outcomes, dispositions = (Counter({str(k): int(n) for k, n in plain[name].items()}) for name in _COUNTED)
        figures = {name: int(plain[name]) for name in _FIGURES}
        return cls(outcomes, dispositions, **figures, faults=list(map(str, plain["faults"])))
