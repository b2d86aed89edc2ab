"""What is found by the hash of a key: listed terms, and listed readings as a whole or by a run of their words.

A key is a string that says what kind of likeness it stands for (`words`, `building`). Its hash is looked up, and a
collision only adds a candidate.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sanctionscreen.matching.building import Array

Ints = NDArray[np.int64]
#: Where hashes stand among those of the index.
Places = NDArray[np.intp]


class Wholes(NamedTuple):
    """Readings found by key.

    Attributes:
        numbers: which of the keys each was found by.
        readings: the listed readings.
        masses: of the run of words that the key stands for; 0 where it stands for the whole reading.
    """

    numbers: Ints
    readings: Ints
    masses: Ints


class Keys:
    """The keys of an index, by their hashes."""

    def __init__(self, arrays: Mapping[str, Array]) -> None:
        self._arrays = arrays

    def places(self, hashes: Sequence[int]) -> Places:
        """Where these hashes stand; one that nothing is found by is the last."""
        wanted, known = np.array(hashes, np.uint32), self._arrays["key_hash"]
        places = known.searchsorted(wanted)
        places[known.take(places) != wanted] = len(known) - 1
        return places

    def terms(self, places: Places) -> Iterator[tuple[int, list[int]]]:
        """For each place the least that a term found there costs, and the terms."""
        firsts, sizes = _ranges(self._arrays["key_offset"], places)
        terms = slices(self._arrays["key_term"], firsts, sizes).tolist()
        least = self._arrays["key_least"].take(places).tolist()
        ends = [0, *sizes.cumsum().tolist()]
        return ((cost, terms[first:last]) for cost, (first, last) in zip(least, pairwise(ends), strict=True))

    def wholes(self, places: Places) -> Wholes:
        """The readings found at these places."""
        firsts, sizes = _ranges(self._arrays["whole_offset"], places)
        readings = slices(self._arrays["whole_reading"], firsts, sizes).astype(np.int64)
        masses = slices(self._arrays["whole_mass"], firsts, sizes).astype(np.int64)
        return Wholes(np.arange(len(places)).repeat(sizes), readings, masses)


def _ranges(offsets: Array, places: Places) -> tuple[Ints, Ints]:
    firsts = offsets.take(places).astype(np.int64)
    return firsts, offsets.take(places + 1) - firsts


def slices(values: NDArray[Any], firsts: NDArray[Any], sizes: NDArray[Any]) -> NDArray[Any]:
    """`values[first : first + size]` of every pair, one after the other, without a loop."""
    ends = sizes.cumsum()
    if not len(ends) or not ends[-1]:
        return values[:0]
    steps = (firsts - ends + sizes).repeat(sizes)
    steps += np.arange(ends[-1])
    return values.take(steps)
