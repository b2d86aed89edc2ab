"""Names as the index stores them, read back one at a time."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sanctionscreen.matching.building import KINDS, ROLES, Array
from sanctionscreen.matching.prepared import Prepared, PreparedName
from sanctionscreen.matching.words import Word
from sanctionscreen.names.name import Name

#: How many names and words are kept once read.
REMEMBERED = 20_000


class StoredNames:
    """The prepared names of an index. Read-only, safe to share between threads."""

    def __init__(self, arrays: Mapping[str, Array], tables: Mapping[str, Any]) -> None:
        self._arrays = arrays
        self._tables = tables
        self.name = lru_cache(maxsize=REMEMBERED)(self._read_name)
        self._word = lru_cache(maxsize=REMEMBERED)(self._read_word)

    def __len__(self) -> int:
        return len(self._arrays["name_kind"])

    def forget(self) -> None:
        """Empty what was remembered."""
        self.name.cache_clear()
        self._word.cache_clear()

    @cached_property
    def texts(self) -> list[str]:
        """The text of every term."""
        return self._arrays["term_text"].tobytes().decode("utf-8").split("\n")

    def _read_name(self, name: int) -> PreparedName:
        """The stored name as it was when the index was built, but for its original text."""
        first, last = self._arrays["name_reading"][name : name + 2].tolist()
        readings = tuple(map(self._read_reading, range(first, last)))
        disguises, notes = self._tables["marks"].get(str(name), ((), ()))
        kind = KINDS[self._arrays["name_kind"][name]]
        return PreparedName(Name("", kind, False, (), tuple(disguises), tuple(notes)), readings)

    def _read_reading(self, reading: int) -> Prepared:
        at = self._arrays
        first, last = at["reading_offset"][reading : reading + 2].tolist()
        words = tuple(map(self._word, at["reading_term"][first:last].tolist()))
        places = zip(at["reading_start"][first:last].tolist(), at["reading_end"][first:last].tolist(), strict=True)
        script, standard = self._tables["standards"][int(at["reading_standard"][reading])]
        letters = self._tables["letters"].get(str(reading), "")
        return Prepared(script, standard, letters, words, tuple(places))

    def _read_word(self, term: int) -> Word:
        at, scripts = self._arrays, self._tables["scripts"]
        first, last = at["term_hash_offset"][term : term + 2].tolist()
        identity = (
            self.texts[term],
            ROLES[at["term_role"][term]],
            self._tables["concepts"][at["term_concept"][term]],
            scripts[at["term_script"][term]],
            bool(at["term_skeleton"][term]),
            scripts[at["term_origin"][term]],
        )
        mass, reach, mask = int(at["term_mass"][term]), int(at["term_reach"][term]), int(at["term_mask"][term])
        return Word(identity, mass, reach, mask, at["term_hash"][first:last].tolist(), None)
