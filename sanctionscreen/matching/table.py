"""What the words of many readings may stand for, laid out so that any listed term is looked up in one step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sanctionscreen.hits import FULL


class Similar(NamedTuple):
    """Listed terms that a word may stand for.

    Attributes:
        terms: each once.
        costs: the least that each would cost, in thousandths of its mass.
        telling: those that can be why a name is looked at; an initial only for an equal initial.
    """

    terms: NDArray[np.int32]
    costs: NDArray[np.int64]
    telling: NDArray[np.int32]


class Like(NamedTuple):
    """What is like one word, or a run of words, of a reading.

    Attributes:
        row: number of the reading.
        bits: the words of the reading, one bit each.
        similar: the terms they may stand for.
    """

    row: int
    bits: int
    similar: Similar


class Table:
    """By row and listed term: the words of the reading that the term may be, and what that costs at least.

    >>> one = Similar(np.array([3, 5], np.int32), np.array([0, 90]), np.array([3, 5], np.int32))
    >>> table = Table(8, 2, [Like(0, 0b01, one), Like(0, 0b10, one), Like(1, 0b100, one)])
    >>> [part.tolist() for part in table.of(np.array([0, 1, 1]), np.array([5, 3, 4]))]
    [[3, 4, 0], [90, 0, 1000]]
    """

    def __init__(self, terms: int, rows: int, like: Sequence[Like]) -> None:
        """Lay it out.

        Args:
            terms: how many listed terms there are.
            rows: how many readings.
            like: what is like their words.
        """
        found = np.concatenate([one.similar.terms for one in like])
        sizes = [len(one.similar.terms) for one in like]
        self._columns = np.zeros(terms, np.int32)
        self._columns[found] = np.arange(1, len(found) + 1)  # where a term stands twice, one of its numbers
        self._width = len(found) + 1
        places = np.array([one.row for one in like]).repeat(sizes) * self._width + self._columns[found]
        self._bits = np.zeros(rows * self._width, np.int64)
        np.bitwise_or.at(self._bits, places, np.array([one.bits for one in like]).repeat(sizes))
        self._saved = np.zeros(rows * self._width, np.int64)
        np.maximum.at(self._saved, places, FULL - np.concatenate([one.similar.costs for one in like]))

    def of(self, rows: NDArray[np.int64], terms: NDArray[np.int32]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Bits and costs of each term in its row; none, at full cost, where nothing is like it."""
        places = rows * self._width + self._columns[terms]
        return self._bits[places], FULL - self._saved[places]
