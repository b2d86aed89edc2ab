"""What became of the rows of a table, counted while they go by.

A tally is plain data, so that it travels between processes and is kept in a journal.

>>> tally = Tally(outcomes=Counter(clear=1))
>>> tally.add(Tally(outcomes=Counter(alarm=1), hits=2))
>>> tally.outcomes["alarm"], tally.outcomes["clear"], tally.hits
(1, 1, 2)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Self

from sanctionscreen.hits import ListUsed

#: How many rows that were not screened the summary quotes.
QUOTED = 20

Outcome = Literal["alarm", "review", "not_screened", "history", "clear"]


@dataclass(frozen=True, slots=True)
class BatchSummary:
    """What became of the rows of a table.

    Attributes:
        outcomes: how many rows came to each outcome.
        dispositions: how many rows the policy disposed of in each way, the rows that are not written too.
        hits: written, of all rows.
        blank: rows with nothing in them, which are not counted otherwise.
        columns: which field was read from which column.
        faults: why rows were not screened, the first few.
        lists: what was searched.
        warnings: of the lists, and what the policy says of them.
        resumed: how many rows were taken over from a run that was broken off, blank ones too.
        restarted: why such a run was not gone on with, where there was one.
    """

    outcomes: Mapping[Outcome, int]
    dispositions: Mapping[str, int]
    hits: int
    blank: int
    columns: Mapping[str, str]
    faults: tuple[str, ...]
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
    blank: int = 0
    faults: list[str] = field(default_factory=list)

    def add(self, more: Tally) -> None:
        """Count in the rows that came after."""
        self.outcomes.update(more.outcomes)
        self.dispositions.update(more.dispositions)
        self.hits += more.hits
        self.blank += more.blank
        self.faults = (self.faults + more.faults)[:QUOTED]

    def plain(self) -> dict[str, Any]:
        """Give it as JSON has it."""
        counts = {"outcomes": dict(self.outcomes), "dispositions": dict(self.dispositions)}
        return {**counts, "hits": self.hits, "blank": self.blank, "faults": self.faults}

    @classmethod
    def read(cls, plain: Mapping[str, Any]) -> Self:
        """Read what `plain` gave.

        Raises:
            KeyError, TypeError, ValueError: when it is something else.
        """
        counts = {
            name: Counter({str(k): int(n) for k, n in plain[name].items()}) for name in ("outcomes", "dispositions")
        }
        return cls(**counts, hits=int(plain["hits"]), blank=int(plain["blank"]), faults=list(map(str, plain["faults"])))
