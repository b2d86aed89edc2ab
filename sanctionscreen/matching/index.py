"""The index: every listed name that scoring could put at or above the cutoff, and no scan of the list.

It loses nothing. `docs/explanation/index-is-exact.md` gives the proof; in short:

1. `vocabulary` finds all listed words that a word of the query may stand for.
2. The weightiest words of the query are **essential** when a name that has none of them stays below the cutoff
   whatever else it has. Only names with an essential word, or found as a whole (run together, as an acronym), are
   looked at.
3. `bounds` works out from the masses the most that each of those could score; what reaches the cutoff is scored.

Steps 1 to 3 take the readings of many names at once, since a few operations on long arrays cost less than many on short
ones: a **pair** is a reading of a query, by its row, and a reading of a listed name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from sanctionscreen.matching.bounds import essential
from sanctionscreen.matching.building import build
from sanctionscreen.matching.keys import Keys
from sanctionscreen.matching.layout import Array, view
from sanctionscreen.matching.prepared import Prepared, PreparedName
from sanctionscreen.matching.scoring import Score, acronym_points, score
from sanctionscreen.matching.sharing import Asked, Listed, Part
from sanctionscreen.matching.stored import StoredNames
from sanctionscreen.matching.vocabulary import Similar, Vocabulary
from sanctionscreen.matching.words import Word, key_hashes

#: How many names are searched at once: more would need more memory and save no time.
AT_ONCE = 32
#: So many readings are looked at one by one; from there on arrays are quicker.
FEW = 100

#: For each name that has to be scored, the readings to compare: the query's and the listed name's, by number.
Candidates = dict[int, list[tuple[int, int]]]


class Found(NamedTuple):
    """A listed name at or above the cutoff: its party, its number within the party, its score."""

    party: int
    number: int
    score: Score


class Effort(NamedTuple):
    """What a search has to do, where nothing is remembered.

    Attributes:
        words: words of the query that are looked up.
        compared: listed words whose edits are counted.
        bounded: readings of listed names whose bound is taken.
        scored: listed names that are scored.
    """

    words: int
    compared: int
    bounded: int
    scored: int


class Index:
    """Prepared names, laid out for search. Read-only once made, and safe to share between threads."""

    def __init__(self, arrays: Mapping[str, Array], tables: Mapping[str, Any]) -> None:
        self.arrays = arrays
        self.stored = StoredNames(arrays, tables)
        self._scripts = tuple(tables["scripts"])
        self._keys, self._listed = Keys(arrays), Listed(arrays)
        self._reading_name, self._name_reading = view(arrays["reading_name"]), view(arrays["name_reading"])

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The distinct words of the names; laid out at the first use."""
        return Vocabulary(self.arrays, self.stored.texts, self._scripts)

    @classmethod
    def of(cls, names: Iterable[tuple[PreparedName, int, int]]) -> Index:
        """Build an index of names, each with its party's number and its own."""
        return cls(*build(names))

    def __len__(self) -> int:
        return len(self.stored)

    def forget(self) -> None:
        """Empty what was remembered of earlier queries: for measuring, and to give memory back."""
        self.stored.forget()
        self.vocabulary.forget()

    def search(self, query: PreparedName, cutoff: int) -> list[Found]:
        """Every listed name with at least `cutoff` points against the query, in the order of the list.

        Args:
            query: the name asked for.
            cutoff: in points, at least `weights.LOWEST_CUTOFF`.
        """
        return next(self.search_many([query], cutoff))

    def search_many(self, queries: Sequence[PreparedName], cutoff: int) -> Iterator[list[Found]]:
        """The same for many names, in order; together they cost less than one by one."""
        for query, names in zip(queries, self.candidates(queries, cutoff), strict=True):
            yield _in_order(found for name, pairs in names.items() for found in self._judge(query, name, cutoff, pairs))

    def scan(self, query: PreparedName, cutoff: int) -> list[Found]:
        """The same by scoring every name: what `search` is measured and tested against."""
        return _in_order(found for name in range(len(self)) for found in self._judge(query, name, cutoff))

    def candidates(self, queries: Sequence[PreparedName], cutoff: int) -> Iterator[Candidates]:
        """For each query the names that have to be scored, in order."""
        for first in range(0, len(queries), AT_ONCE):
            some = queries[first : first + AT_ONCE]
            found = iter(self._readings([one for query in some for one in query.readings], cutoff))
            yield from (self._by_name([next(found) for _ in query.readings]) for query in some)

    def effort(self, query: PreparedName, cutoff: int) -> Effort:
        """Count what a search for a name has to do: the same on every machine, unlike the time it takes."""
        words = list(dict.fromkeys(word for one in query.readings for word in one.words))
        compared = sum(map(self.vocabulary.compared, words))
        asked = self._look_up(query.readings, cutoff)
        bounded = sum(len(self._listed.touched(one, essential(one.reading, cutoff))) for one in asked)
        return Effort(len(words), compared, bounded, len(next(self.candidates([query], cutoff))))

    def _judge(
        self, query: PreparedName, name: int, cutoff: int, pairs: list[tuple[int, int]] | None = None
    ) -> list[Found]:
        """The name once for each party that bears it; nothing where it stays below the cutoff."""
        result = score(query, self.stored.name(name), pairs)
        if result is None or result.points < cutoff:
            return []
        first, last = self.arrays["name_bearer"][name : name + 2].tolist()
        parties, numbers = self.arrays["bearer_party"][first:last], self.arrays["bearer_number"][first:last]
        return [Found(party, number, result) for party, number in zip(parties.tolist(), numbers.tolist(), strict=True)]

    def _by_name(self, readings: list[Iterable[int]]) -> Candidates:
        """Listed readings, for each reading of a query, as names."""
        found: Candidates = {}
        for place, listed in enumerate(readings):
            for reading in listed:
                name = self._reading_name[reading]
                found.setdefault(name, []).append((place, reading - self._name_reading[name]))
        return found

    def _readings(self, readings: Sequence[Prepared], cutoff: int) -> list[set[int]]:
        """For each reading the listed ones that may reach the cutoff, each once."""
        every = self._look_up(readings, cutoff)
        touched = [self._listed.touched(asked, essential(asked.reading, cutoff)) for asked in every]
        found = [set(asked.wholes) for asked in every]
        if sum(map(len, touched)) > FEW:
            for own, reached in zip(found, self._listed.many(every, touched, cutoff), strict=True):
                own.update(reached)
        else:
            for own, asked, listed in zip(found, every, touched, strict=True):
                if listed:
                    own.update(self._listed.few(asked, listed, cutoff))
        return found

    def _look_up(self, readings: Sequence[Prepared], cutoff: int) -> list[Asked]:
        """Look up all that readings could have in common with listed ones."""
        similar, unseen = self.vocabulary.known(readings)
        hashes: list[int] = []
        new: list[tuple[Word, int, int]] = []
        for word in unseen:
            first = len(hashes)
            hashes += self.vocabulary.hashes(word)
            new.append((word, first, len(hashes)))
        runs: list[tuple[list[int], list[int], int, int]] = []
        for one in readings:
            bits, keys = _runs(one)
            first = len(hashes)
            hashes += keys
            whole_bits, keys = _wholes(one, cutoff)
            runs.append((bits, whole_bits, first, first + len(bits)))
            hashes += keys
        places = self._keys.places(hashes)
        for word, first, last in sorted(new, key=_by_length):  # the masks of one length are passed over together
            similar[word] = self.vocabulary.similar(word, self._keys.terms(places[first:last]))
        return [
            self._asked(
                one,
                similar,
                zip(bits, places[first:last], strict=True),
                zip(whole_bits, places[last : last + len(whole_bits)], strict=True),
            )
            for one, (bits, whole_bits, first, last) in zip(readings, runs, strict=True)
        ]

    def _asked(
        self,
        one: Prepared,
        similar: Mapping[Word, Similar],
        runs: Iterable[tuple[int, int]],
        wholes: Iterable[tuple[int, int]],
    ) -> Asked:
        """Put together what was found for a reading: by its words, by runs of them, and by the whole of it."""
        like = [(1 << place, similar[word]) for place, word in enumerate(one.words)]
        whole: list[int] = []
        parts: dict[int, list[Part]] = {}
        nowhere = self._keys.nowhere
        for bits, place in runs:
            if place != nowhere:
                for _, terms in self._keys.terms((place,)):
                    like.append((bits, Similar(dict.fromkeys(terms, 0), terms)))
        for bits, place in wholes:
            if place != nowhere:
                for reading, mass in self._keys.wholes(place):
                    if mass:
                        parts.setdefault(reading, []).append(Part(bits, mass))
                    else:
                        whole.append(reading)
        return Asked(one, like, whole, parts)


def _by_length(looked_up: tuple[Word, int, int]) -> int:
    return len(looked_up[0].text)


def _in_order(names: Iterable[Found]) -> list[Found]:
    return sorted(names, key=lambda found: (found.party, found.number))


def _runs(one: Prepared) -> tuple[list[int], list[int]]:
    """Neighbouring words of a reading written as one: their bits, and the hashes of their keys."""
    key = f"={one.script}:"
    bits = [(1 << last) - (1 << first) for first, last in one.runs.values()]
    return bits, key_hashes([key + text for text in one.runs])


def _wholes(one: Prepared, cutoff: int) -> tuple[list[int], list[int]]:
    """Each word by its bit, and what a reading is as a whole, where that can reach the cutoff; and their hashes."""
    run, joined = f"r:{one.script}:", f"j:{one.script}:"
    keys = [run + text for text in one.texts]
    keys += [joined + text for text in one.joined]
    if acronym_points(len(one.words), short_listed=True) >= cutoff:
        keys += [f"x:{text}" for text in one.acronyms]
    short = one.single
    if short is not None and acronym_points(len(short.text), as_word=one.capitalised) >= cutoff:
        keys.append(f"a:{short.text}")
    words = len(one.words)
    return [1 << place if place < words else 0 for place in range(len(keys))], key_hashes(keys)
