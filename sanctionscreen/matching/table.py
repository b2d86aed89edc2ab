"""What the words of many readings may stand for, laid out so that any listed term is looked up in one step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]

#: Of a number that tells what a term is worth, this much says that it may be paired, and the rest what is not lost.
#: There is room for what forty words of a mass of 100 save, and for forty runs of three such words, twice.
MATCHED = 1 << 24


class Like(NamedTuple):
    """What is like one word, or a run of words, of a reading.

    Attributes:
        row: number of the reading.
        bits: the words of the reading, one bit each.
        terms: the terms they may stand for, each once.
        costs: the least that each would cost, in thousandths of its mass.
    """

    row: int
    bits: int
    terms: Ints
    costs: Ints


class Table:
    """By row and listed term: the words of the reading that the term may be, and what it is worth.

    A term is worth its mass times `MATCHED` and what its difference leaves of `most`: twice its cost is taken off,
    since both sides lose it.

    >>> terms, costs = np.array([3, 5]), np.array([0, 90])
    >>> like = [Like(row, bits, terms, costs) for row, bits in ((0, 0b01), (0, 0b10), (1, 0b100))]
    >>> table = Table(np.full(8, 30, np.uint8), np.zeros(8, np.int32), 2, like, 300)
    >>> bits, worth = table.of(np.array([0, 1, 1]), np.array([5, 3, 4]))
    >>> bits.tolist(), [divmod(each, MATCHED) for each in worth.tolist()]
    ([3, 4, 0], [(30, 3600), (30, 9000), (0, 0)])
    """

    def __init__(
        self, masses: NDArray[np.uint8], columns: NDArray[np.int32], rows: int, like: Sequence[Like], most: int
    ) -> None:
        """Lay it out.

        Args:
            masses: of the listed terms.
            columns: a zero for each of them; it is written to, and `clear` makes it zeros again.
            rows: how many readings.
            like: what is like their words.
            most: the most, in thousandths, that a pair of words can lose where a name reaches the cutoff.
        """
        found = np.concatenate([one.terms for one in like])
        sizes = [len(one.terms) for one in like]
        self._found, self._columns = found, columns
        columns[found] = np.arange(1, len(found) + 1)  # where a term stands twice, one of its numbers
        self._width = len(found) + 1
        places = np.array([one.row * self._width for one in like]).repeat(sizes)
        places += self._columns.take(found)
        self._bits = np.zeros(rows * self._width, np.int64)
        np.bitwise_or.at(self._bits, places, np.array([one.bits for one in like]).repeat(sizes))
        worth = np.concatenate([one.costs for one in like])
        worth *= -2
        worth += most
        np.maximum(worth, 0, out=worth)
        worth += MATCHED
        worth *= masses.take(found)
        self._worth = np.zeros(rows * self._width, np.int64)
        np.maximum.at(self._worth, places, worth)

    def clear(self) -> None:
        """Give the columns back; nothing can be looked up any more."""
        self._columns[self._found] = 0

    def of(self, rows: Ints, terms: NDArray[np.int32]) -> tuple[Ints, Ints]:
        """Words and worth of each term in its row; nothing where nothing is like it."""
        places = rows * self._width
        places += self._columns.take(terms)
        return self._bits.take(places), self._worth.take(places)
