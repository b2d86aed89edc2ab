"""Names as the index stores them, read back one at a time."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sanctionscreen.matching.building import KINDS, ROLES, Array
from sanctionscreen.matching.prepared import Prepared, PreparedName
from sanctionscreen.matching.words import Word, make_word
from sanctionscreen.names.name import Name, Reading, Token

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
        return len(self._arrays["name_party"])

    def forget(self) -> None:
        """Empty what was remembered."""
        self.name.cache_clear()
        self._word.cache_clear()

    @cached_property
    def texts(self) -> NDArray[np.object_]:
        """The text of every term."""
        return np.array(_split(self._arrays["term_text"]), object)

    @cached_property
    def _concepts(self) -> list[str]:
        return _split(self._arrays["term_concept"])

    def _read_name(self, name: int) -> PreparedName:
        """The stored name as it was when the index was built, but for its original text."""
        first, last = self._arrays["name_reading"][name : name + 2]
        readings = tuple(self._read_reading(r) for r in range(first, last))
        disguises, notes = self._tables["marks"].get(str(name), ((), ()))
        kind = KINDS[self._arrays["name_kind"][name]]
        shell = Name("", kind, False, tuple(r.reading for r in readings), tuple(disguises), tuple(notes))
        return PreparedName(shell, readings)

    def _read_reading(self, reading: int) -> Prepared:
        at = self._arrays
        first, last = at["reading_offset"][reading : reading + 2]
        words = tuple(self._word(t) for t in at["reading_term"][first:last].tolist())
        starts, ends = at["reading_start"][first:last].tolist(), at["reading_end"][first:last].tolist()
        tokens = tuple(
            Token(w.text, w.role, start, end, w.concept, w.skeleton)
            for w, start, end in zip(words, starts, ends, strict=True)
        )
        script, standard = self._tables["standards"][int(at["reading_standard"][reading])]
        letters = self._tables["letters"].get(str(reading), "")
        return Prepared(Reading(script, standard, tokens, letters), words)

    def _read_word(self, term: int) -> Word:
        at = self._arrays
        scripts = self._tables["scripts"]
        script, origin = scripts[at["term_script"][term]], scripts[at["term_origin"][term]]
        role, bare = ROLES[at["term_role"][term]], bool(at["term_skeleton"][term])
        return make_word(self.texts[term], role, self._concepts[term], script, bare, origin)


def _split(lines: NDArray[Any]) -> list[str]:
    return lines.tobytes().decode("utf-8").split("\n")
