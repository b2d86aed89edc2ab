"""What the words of many readings may stand for, laid out so that any listed term is looked up in one step."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sanctionscreen.matching.layout import Ints
from sanctionscreen.matching.vocabulary import Similar

#: Of a number that tells what a term is worth, the bits from here on are the mass asked for, and the rest that listed.
MATCHED_BITS = 32
LISTED = (1 << MATCHED_BITS) - 1


class Table:
    """By row and listed term: the mass of the row's words that the term may be, and its own mass.

    >>> like = [(1, 60, Similar({3: 0, 5: 90}, [])), (2, 40, Similar({5: 0}, []))], [(1, 20, Similar({4: 0}, []))]
    >>> table = Table(np.full(8, 30, np.uint8), np.zeros(8, np.int32), like)
    >>> worth = table.of(np.array([0, 1]), np.array([2, 2]), np.array([3, 5, 3, 4])).tolist()
    >>> [(each >> MATCHED_BITS, each & LISTED) for each in worth]
    [(60, 30), (100, 30), (0, 0), (20, 30)]
    """

    def __init__(
        self, masses: NDArray[np.uint8], columns: NDArray[np.int32], rows: Sequence[Sequence[tuple[int, int, Similar]]]
    ) -> None:
        """Lay it out.

        Args:
            masses: of the listed terms.
            columns: a zero for each of them; it is written to, and `clear` makes it zeros again.
            rows: for the words of each reading, or runs of them: their bits, mass and the terms they may stand for.
        """
        like = [(row, mass, similar.terms) for row, own in enumerate(rows) for _, mass, similar in own]
        found = np.concatenate([terms for _, _, terms in like])
        sizes = [len(terms) for _, _, terms in like]
        self._found, self._columns = found, columns
        columns[found] = np.arange(1, len(found) + 1)  # where a term stands twice, one of its numbers
        self._width = len(found) + 1
        places = np.array([row * self._width for row, _, _ in like]).repeat(sizes)
        places += columns.take(found)
        self._worth = np.zeros(len(rows) * self._width, np.int64)
        np.add.at(self._worth, places, np.array([mass << MATCHED_BITS for _, mass, _ in like]).repeat(sizes))
        self._worth[places] |= masses.take(found)

    def clear(self) -> None:
        """Give the columns back; nothing can be looked up any more."""
        self._columns[self._found] = 0

    def of(self, rows: Ints, sizes: Ints, terms: NDArray[np.int32]) -> Ints:
        """What each term is worth, of which each row has so many; nothing where nothing is like it."""
        places = (rows * self._width).repeat(sizes)
        places += self._columns.take(terms)
        return self._worth.take(places)
