"""Names as the index stores them, read back one at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from typing import Any

from sanctionscreen.matching.layout import KINDS, ROLES, Array, View, view
from sanctionscreen.matching.once import once
from sanctionscreen.matching.prepared import Prepared, PreparedName
from sanctionscreen.matching.texts import Texts
from sanctionscreen.matching.words import Word
from sanctionscreen.names.name import Name

#: The arrays that names are read from.
_READ = ("name_", "reading_", "term_", "marked_", "lettered_", "letters_", "bearer_")
#: How many names and words are kept once read.
REMEMBERED = 20_000
#: What is told of most names: what they name, by its place in `KINDS`.
_BARE = tuple(Name("", kind, False, ()) for kind in KINDS)


class StoredReading(Prepared):
    """A reading of a stored name: where its words stand is read when it is told, since most are only scored."""

    def __init__(
        self,
        at: Mapping[str, View],
        reading: int,
        script: str,
        standard: str,
        letters: str,
        words: tuple[Word, ...],
    ) -> None:
        self._at, self._reading = at, reading
        self.script, self.standard, self.letters, self.words = script, standard, letters, words

    @once
    def places(self) -> tuple[tuple[int, int], ...]:
        """Where each word stands in the original, first character and past the last."""
        first, last = self._at["reading_offset"][self._reading : self._reading + 2]
        return tuple(zip(self._at["reading_start"][first:last], self._at["reading_end"][first:last], strict=True))


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

    @cached_property
    def _marks(self) -> dict[int, int]:
        """What is told of a name, by name: few have any."""
        return dict(zip(self._at["marked_name"], self._at["marked_mark"], strict=True))

    @cached_property
    def _lettered(self) -> dict[int, int]:
        """Which readings have letters of their own, and the place of these: few do."""
        return {reading: place for place, reading in enumerate(self._at["lettered_reading"])}

    def bearers(self, name: int) -> Iterator[tuple[int, int]]:
        """The parties that bear a name, each with the number that the name has there."""
        first, last = self._at["name_bearer"][name : name + 2]
        return zip(self._at["bearer_party"][first:last], self._at["bearer_number"][first:last], strict=True)

    def _read_name(self, name: int) -> PreparedName:
        """The stored name as it was when the index was built, but for its original text."""
        first = self._at["name_reading"]
        readings = tuple(map(self._read_reading, range(first[name], first[name + 1])))
        bare = _BARE[self._at["name_kind"][name]]
        mark = self._marks.get(name)
        if mark is None:
            return PreparedName(bare, readings)
        disguises, notes, is_brand = self._tables["marks"][mark]
        return PreparedName(bare._replace(disguises=tuple(disguises), notes=tuple(notes)), readings, is_brand)

    def _read_reading(self, reading: int) -> Prepared:
        at = self._at
        first = at["reading_offset"]
        words = tuple(map(self._word, at["reading_term"][first[reading] : first[reading + 1]]))
        script, standard = self._tables["standards"][at["reading_standard"][reading]]
        place = self._lettered.get(reading)
        letters = "" if place is None else self._letters(place)
        return StoredReading(at, reading, script, standard, letters, words)

    def _letters(self, place: int) -> str:
        first, last = self._at["letters_text_offset"][place : place + 2]
        return bytes(self._at["letters_text"][first:last]).decode("utf-8")

    def _read_word(self, term: int) -> Word:
        at, scripts = self._at, self._tables["scripts"]
        first = at["term_hash_offset"]
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
            at["term_hash"][first[term] : first[term + 1]],
        )
