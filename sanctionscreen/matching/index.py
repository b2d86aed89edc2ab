"""The index: every listed name that scoring could put at or above the cutoff, and no scan of the list.

It loses nothing. `docs/explanation/index-is-exact.md` gives the proof; in short:

1. All hashes of the words of the query, of runs of them and of the whole name are looked up in one step (`keys`).
2. `vocabulary` tells all listed words that each word may stand for: those found by a key, and its misspellings, stored
   beforehand where the word is listed itself and found by `spelling` where not.
3. The weightiest words of the query are **essential** when a name that has none of them stays below the cutoff whatever
   else it has. Only readings that have an essential word, or a run of words that is one, are looked at.
4. `sharing` adds up what these have in common with the query, and `bounds` works out from the masses the most that each
   could score. A few readings are taken one by one; of many, arrays leave a few.
5. Names of which a reading may reach the cutoff, or is found as a whole (run together, its brand, an acronym), are
   scored, and a hit is told for each party that bears the name.

Steps 1 to 4 take the readings of many queries at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import Any, NamedTuple

from sanctionscreen.hits import FULL
from sanctionscreen.matching import weights
from sanctionscreen.matching.bounds import essential
from sanctionscreen.matching.building import build
from sanctionscreen.matching.joined import joined_hashes, run_hashes, whole_hash
from sanctionscreen.matching.keys import Keys
from sanctionscreen.matching.layout import KINDS, Array, view
from sanctionscreen.matching.prepared import Prepared, PreparedName
from sanctionscreen.matching.scoring import Score, acronym_points, score
from sanctionscreen.matching.sharing import Asked, Listed
from sanctionscreen.matching.stored import StoredNames
from sanctionscreen.matching.vocabulary import LookedUp, Similar, Vocabulary
from sanctionscreen.matching.words import Word, key_hash
from sanctionscreen.names.name import Role

#: How many names are searched at once: more would need more memory and save no time.
AT_ONCE = 32

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
        self._brands = {key_hash(f"={script}:{text}"): text for script, text in tables["brands"]}
        self._brand_texts = frozenset(self._brands.values())
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
            found = iter(self._readings(some, cutoff))
            yield from (self._by_name([next(found) for _ in query.readings]) for query in some)

    def effort(self, query: PreparedName, cutoff: int) -> Effort:
        """Count what a search for a name has to do: the same on every machine, unlike the time it takes."""
        words = list(dict.fromkeys(word for one in query.readings for word in one.words))
        compared = sum(map(self.vocabulary.compared, words))
        asked = self._look_up([query], cutoff)
        bounded, _ = self._listed.touched(asked, [essential(one.reading, cutoff) for one in asked])
        return Effort(len(words), compared, len(bounded), len(next(self.candidates([query], cutoff))))

    def _judge(
        self, query: PreparedName, name: int, cutoff: int, pairs: list[tuple[int, int]] | None = None
    ) -> list[Found]:
        """The name once for each party that bears it; nothing where it stays below the cutoff."""
        result = score(query, self.stored.name(name), pairs, cutoff)
        if result is None:
            return []
        return [Found(party, number, result) for party, number in self.stored.bearers(name)]

    def _by_name(self, readings: list[Iterable[int]]) -> Candidates:
        """The listed readings for each of a query's, by name and in order: of those that fit alike the first counts."""
        found: Candidates = {}
        for place, listed in enumerate(readings):
            for reading in sorted(listed):
                name = self._reading_name[reading]
                found.setdefault(name, []).append((place, reading - self._name_reading[name]))
        return found

    def _readings(self, queries: Sequence[PreparedName], cutoff: int) -> list[set[int]]:
        """For each reading of the queries the listed ones that may reach the cutoff, each once."""
        every = self._look_up(queries, cutoff)
        found = [set(asked.wholes) for asked in every]
        for own, reached in zip(found, self._listed.within(every, cutoff), strict=True):
            own.update(reached)
        return found

    def _look_up(self, queries: Sequence[PreparedName], cutoff: int) -> list[Asked]:
        """Look up all that the readings of queries could have in common with listed ones."""
        readings = [one for query in queries for one in query.readings]
        guesses = [_guessed(query) for query in queries for _ in query.readings]
        similar, unseen = self.vocabulary.known(readings)
        sought = [self.vocabulary.hashes(word) for word in unseen]
        runs = [list(run_hashes(one, "=")) for one in readings]
        wholes = [_whole_hashes(one, cutoff) for one in readings]
        if self._brands and cutoff <= FULL - weights.GROUP_BRANCH_POINTS:
            for one, own, whole in zip(readings, runs, wholes, strict=True):
                whole += self._said_brands(one, own)
        places = self._keys.places(chain(*sought, *wholes, [run for own in runs for _, _, run in own]))
        found = [self._found(word, hashes, places) for word, hashes in zip(unseen, sought, strict=True)]
        similar.update(zip(unseen, self.vocabulary.similar(found), strict=True))
        brands = [self._brand_hashes(one, similar, cutoff) for one in readings]
        if any(brands):
            places |= self._keys.places(chain(*brands))
        asked = zip(readings, guesses, runs, map(chain, wholes, brands), strict=True)
        return [self._asked(*each, similar, places) for each in asked]

    def _said_brands(self, one: Prepared, runs: Iterable[tuple[int, int, int]]) -> list[int]:
        """Hashes of the words and runs of words of a reading that a list says are brands."""
        texts = [text for text in one.texts if text in self._brand_texts]
        texts += [self._brands[key] for _, _, key in runs if key in self._brands]
        return [whole_hash(one, text) for text in texts]

    def _brand_hashes(self, one: Prepared, similar: Mapping[Word, Similar], cutoff: int) -> list[int]:
        """Hashes of the listed brands that the one of a reading is but for a slip, where that can reach the cutoff."""
        if cutoff > FULL - weights.GROUP_BRANCH_POINTS or not weights.is_group(one.brand):
            return []
        costs = next((similar[word].costs for word in one.words if word.text == one.brand), {})
        texts = {self.vocabulary.text(term) for term, cost in costs.items() if cost <= weights.BRAND_HEARD}
        if not _asks_for_group(one):
            texts = {text for text in texts if text in self._brand_texts or weights.is_long_brand(text)}
        return [whole_hash(one, text) for text in texts - {one.brand}]

    def _found(self, word: Word, hashes: Sequence[int], places: Mapping[int, int]) -> LookedUp:
        """What is found by the hashes of a word; by the last, runs of words written as it is."""
        under: list[tuple[int, list[int]]] = []
        begun: list[int] = []
        for one in hashes[:-1]:
            if one in places:
                least, terms = self._keys.terms(places[one])
                if least == weights.INITIAL_COST:
                    begun = terms
                else:
                    under.append((least, terms))
        return LookedUp(word, under, begun, self._keys.wholes(places[hashes[-1]]) if hashes[-1] in places else [])

    def _asked(
        self,
        one: Prepared,
        guessed: int,
        runs: Iterable[tuple[int, int, int]],
        wholes: Iterable[int],
        similar: Mapping[Word, Similar],
        places: Mapping[int, int],
    ) -> Asked:
        """Put together what was found for a reading: by its words, by runs of them, and by the whole of it."""
        like = [(1 << place, word.mass, similar[word]) for place, word in enumerate(one.words)]
        parts = [(bits, found.runs) for bits, _, found in like if found.runs]
        for first, last, key in runs:
            if key in places:
                _, terms = self._keys.terms(places[key])
                mass = sum([w.mass for w in one.words[first:last]])
                like.append(((1 << last) - (1 << first), mass, Similar(dict.fromkeys(terms, 0), terms)))
        found = [reading for key in wholes if key in places for reading, _ in self._keys.wholes(places[key])]
        return Asked(one, guessed, like, found, parts)


def _in_order(names: Iterable[Found]) -> list[Found]:
    return sorted(names, key=lambda found: (found.party, found.number))


def _guessed(query: PreparedName) -> int:
    """What a query was guessed to name, by its place in `KINDS`; 0 where that is known or nothing tells."""
    return KINDS.index(query.kind) if query.name.inferred else 0


def _asks_for_group(one: Prepared) -> bool:
    """Whether a reading has beside its brand words that `scoring.other_branch` lets cost so little."""
    return any(w.role is Role.PLACE or w.concept in weights.STANDING for w in one.words)


def _asks_for_branch(one: Prepared) -> bool:
    """Whether a reading may be of a branch of a whole listed name: it has a place, or a rare brand in a group."""
    return any(w.role is Role.PLACE for w in one.words) or (weights.is_group(one.brand) and _asks_for_group(one))


def _whole_hashes(one: Prepared, cutoff: int) -> list[int]:
    """Hashes of the keys of what a reading is as a whole, where that can reach the cutoff."""
    hashes = list(joined_hashes(one))
    if cutoff <= FULL - weights.GROUP_BRANCH_POINTS and _asks_for_branch(one):
        hashes += [key for _, _, key in run_hashes(one, "j:")]  # a whole listed name, and where else
    if weights.is_long_brand(one.brand_apart):
        hashes.append(whole_hash(one, one.brand_apart))
    if acronym_points(len(one.words), short_listed=True) >= cutoff:
        hashes += [key_hash(f"x:{text}") for text in one.acronyms]
    short = one.single
    if short is not None and acronym_points(len(short.text), as_word=one.capitalised) >= cutoff:
        hashes.append(key_hash(f"a:{short.text}"))
    return hashes
