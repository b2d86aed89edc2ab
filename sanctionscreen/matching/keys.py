"""What is found by the hash of a key: listed terms, and listed readings as a whole or by a run of their words.

A key is a string that says what kind of likeness it stands for (`words`, `building`). Its hash is looked up, and a
collision only adds a candidate.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from sanctionscreen.matching.layout import Array, view


class Keys:
    """The keys of an index, by their hashes."""

    def __init__(self, arrays: Mapping[str, Array]) -> None:
        self._hashes = arrays["key_hash"]
        self.nowhere = len(self._hashes) - 1
        self._term_offsets, self._terms = view(arrays["key_offset"]), view(arrays["key_term"])
        self._least = view(arrays["key_least"])
        self._whole_offsets, self._readings = view(arrays["whole_offset"]), view(arrays["whole_reading"])
        self._masses = view(arrays["whole_mass"])

    def places(self, hashes: Sequence[int]) -> list[int]:
        """Where these hashes stand among those of the index; `nowhere` for one that nothing is found by."""
        wanted, known = np.array(hashes, np.uint32), self._hashes
        places = known.searchsorted(wanted)
        places[known.take(places) != wanted] = self.nowhere
        found: list[int] = places.tolist()
        return found

    def terms(self, places: Iterable[int]) -> list[tuple[int, list[int]]]:
        """The terms found at some of these places, each time after the least that any of them costs."""
        least, terms, offsets, nowhere = self._least, self._terms, self._term_offsets, self.nowhere
        return [(least[at], terms[offsets[at] : offsets[at + 1]].tolist()) for at in places if at != nowhere]

    def wholes(self, place: int) -> list[tuple[int, int]]:
        """The readings found at a place, each with the mass of the run of its words, or 0 where it is the whole."""
        if place == self.nowhere:
            return []
        first, last = self._whole_offsets[place], self._whole_offsets[place + 1]
        return list(zip(self._readings[first:last], self._masses[first:last], strict=True))
