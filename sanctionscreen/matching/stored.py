"""Names as the index stores them, read back one at a time."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any

from sanctionscreen.matching.layout import KINDS, ROLES, Array, view
from sanctionscreen.matching.prepared import Prepared, PreparedName
from sanctionscreen.matching.texts import Texts
from sanctionscreen.matching.words import Word
from sanctionscreen.names.name import Name

#: The arrays that names are read from.
_READ = ("name_", "reading_", "term_", "marked_", "lettered_", "letters_")
#: How many names and words are kept once read.
REMEMBERED = 20_000


class StoredNames:
    """The prepared names of an index. Read-only, safe to share between threads."""

    def __init__(self, arrays: Mapping[str, Array], tables: Mapping[str, Any]) -> None:
        self._at = {name: view(array) for name, array in arrays.items() if name.startswith(_READ)}
        self._arrays, self._tables = arrays, tables
        self.name = lru_cache(maxsize=REMEMBERED)(self._read_name)
        self._word = lru_cache(maxsize=REMEMBERED)(self._read_word)

    def __len__(self) -> int:
        return len(self._at["name_kind"])

    def forget(self) -> None:
        """Empty what was remembered."""
        self.name.cache_clear()
        self._word.cache_clear()

    @cached_property
    def texts(self) -> Texts:
        """The text of every term; laid out at the first use."""
        return Texts(self._arrays)

    def _read_name(self, name: int) -> PreparedName:
        """The stored name as it was when the index was built, but for its original text."""
        first, last = self._at["name_reading"][name : name + 2]
        readings = tuple(map(self._read_reading, range(first, last)))
        mark = _place(self._at["marked_name"], name)
        disguises, notes = ((), ()) if mark is None else self._tables["marks"][self._at["marked_mark"][mark]]
        kind = KINDS[self._at["name_kind"][name]]
        return PreparedName(Name("", kind, False, (), tuple(disguises), tuple(notes)), readings)

    def _read_reading(self, reading: int) -> Prepared:
        at = self._at
        first, last = at["reading_offset"][reading : reading + 2]
        words = tuple(map(self._word, at["reading_term"][first:last]))
        places = tuple(zip(at["reading_start"][first:last], at["reading_end"][first:last], strict=True))
        script, standard = self._tables["standards"][at["reading_standard"][reading]]
        return Prepared(script, standard, self._letters(reading), words, places)

    def _letters(self, reading: int) -> str:
        place = _place(self._at["lettered_reading"], reading)
        if place is None:
            return ""
        first, last = self._at["letters_text_offset"][place : place + 2]
        return str(self._at["letters_text"][first:last], "utf-8")

    def _read_word(self, term: int) -> Word:
        at, scripts = self._at, self._tables["scripts"]
        first, last = at["term_hash_offset"][term : term + 2]
        identity = (
            self.texts[term],
            ROLES[at["term_role"][term]],
            self._tables["concepts"][at["term_concept"][term]],
            scripts[at["term_script"][term]],
            bool(at["term_skeleton"][term]),
            scripts[at["term_origin"][term]],
        )
        return Word(
            identity,
            at["term_mass"][term],
            at["term_reach"][term],
            at["term_mask"][term],
            at["term_hash"][first:last],
        )


def _place(known: Sequence[int], number: int) -> int | None:
    """Where a number stands among ordered ones."""
    place = bisect_left(known, number)
    return place if place < len(known) and known[place] == number else None
