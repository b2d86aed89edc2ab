"""What is found by the hash of a key: listed terms, and listed readings as a whole or by a run of their words.

A key is a string that says what kind of likeness it stands for (`words`, `building`). Its hash is looked up, and a
collision only adds a candidate.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from sanctionscreen.matching.layout import Array, view


class Keys:
    """The keys of an index, by their hashes."""

    def __init__(self, arrays: Mapping[str, Array]) -> None:
        self._hashes = arrays["key_hash"]
        self._term_offsets, self._terms = view(arrays["key_offset"]), view(arrays["key_term"])
        self._least = view(arrays["key_least"])
        self._whole_offsets, self._readings = view(arrays["whole_offset"]), view(arrays["whole_reading"])
        self._masses = view(arrays["whole_mass"])

    def places(self, hashes: Iterable[int]) -> dict[int, int]:
        """Of these hashes those that something is found by, each with its place in the index."""
        wanted, known = np.fromiter(hashes, np.uint32), self._hashes
        wanted.sort()  # neighbours are looked for in the same place
        places = known.searchsorted(wanted)
        found = known.take(places) == wanted
        return dict(zip(wanted[found].tolist(), places[found].tolist(), strict=True))

    def terms(self, place: int) -> tuple[int, list[int]]:
        """The least that any of the terms found at a place costs, and the terms."""
        return self._least[place], self._terms[self._term_offsets[place] : self._term_offsets[place + 1]].tolist()

    def wholes(self, place: int) -> list[tuple[int, int]]:
        """The readings found at a place, each with the mass of the run of its words, or 0 where it is the whole."""
        first, last = self._whole_offsets[place], self._whole_offsets[place + 1]
        return list(zip(self._readings[first:last], self._masses[first:last], strict=True))
