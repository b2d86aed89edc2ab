"""The index: every listed name that scoring could put at or above the cutoff, and no scan of the list.

It loses nothing. `docs/explanation/index.md` writes the bounds out; in short:

1. Words are alike only where they share a key or lie within `Word.reach` edits. Keys are looked up; words within
   k edits differ in length by at most k and in their letter masks by at most 2k bits, so one pass over the words
   of those lengths finds them. So the listed words that a word of the query may stand for are all found.
2. The weightiest words of the query are **essential** when a name that has none of them stays below the
   cutoff whatever else it has. Only names with an essential word (or found as a whole: run together, as an
   acronym) are looked at.
3. Of each of those, the most it could score is worked out from the masses alone; if that reaches the cutoff, it is
   scored exactly.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from sanctionscreen.hits import FULL
from sanctionscreen.matching import weights
from sanctionscreen.matching.building import KINDS, ROLES, Array, build, key_hash, letter_mask, spelt_group
from sanctionscreen.matching.prepared import Prepared, PreparedName
from sanctionscreen.matching.scoring import Score, omission_rate, score
from sanctionscreen.matching.words import Word, make_word
from sanctionscreen.names.name import Name, Reading, Role, Token

#: How many looked-up words and listed names are kept.
REMEMBERED = 20_000


@dataclass(frozen=True, slots=True)
class Found:
    """A listed name at or above the cutoff: its party, its number within the party, its score."""

    party: int
    number: int
    score: Score


class Index:
    """Prepared names, laid out for search. Read-only once made, and safe to share between threads."""

    def __init__(self, arrays: Mapping[str, Array], tables: Mapping[str, Any]) -> None:
        self.arrays = arrays
        self.tables = tables
        self.names = len(arrays["name_party"])
        self._similar = lru_cache(maxsize=REMEMBERED)(self._similar_terms)
        self._name = lru_cache(maxsize=REMEMBERED)(self._read_name)
        self._word = lru_cache(maxsize=REMEMBERED)(self._read_word)

    @classmethod
    def of(cls, names: Iterable[tuple[PreparedName, int, int]]) -> Index:
        """Build an index of names, each with its party's number and its own."""
        return cls(*build(names))

    def forget(self) -> None:
        """Empty what was remembered of earlier queries: for measuring, and to give memory back."""
        for remembered in (self._similar, self._name, self._word):
            remembered.cache_clear()

    # --- reading back what was stored ----------------------------------------------------------------

    def prepared_name(self, name: int) -> PreparedName:
        """The stored name, as it was when it was built, but for its original text."""
        return self._name(name)

    def _read_name(self, name: int) -> PreparedName:
        first, last = self.arrays["name_reading"][name : name + 2]
        readings = tuple(self._read_reading(r) for r in range(first, last))
        disguises, notes = self.tables["marks"].get(str(name), ((), ()))
        kind = KINDS[self.arrays["name_kind"][name]]
        shell = Name("", kind, False, tuple(r.reading for r in readings), tuple(disguises), tuple(notes))
        return PreparedName(shell, readings)

    def _read_reading(self, reading: int) -> Prepared:
        at = self.arrays
        first, last = at["reading_offset"][reading : reading + 2]
        words = tuple(self._word(t) for t in at["reading_term"][first:last].tolist())
        places = zip(at["reading_start"][first:last].tolist(), at["reading_end"][first:last].tolist(), strict=True)
        tokens = tuple(
            Token(w.text, w.role, start, end, w.concept, w.skeleton)
            for w, (start, end) in zip(words, places, strict=True)
        )
        script, standard = self.tables["standards"][int(at["reading_standard"][reading])]
        return Prepared(Reading(script, standard, tokens), words)

    def _read_word(self, term: int) -> Word:
        at = self.arrays
        return make_word(
            self._texts[term],
            ROLES[at["term_role"][term]],
            self._concepts[term],
            self.tables["scripts"][at["term_script"][term]],
            bool(at["term_skeleton"][term]),
        )

    @cached_property
    def _texts(self) -> list[str]:
        return _split(self.arrays["term_text"])

    @cached_property
    def _concepts(self) -> list[str]:
        return _split(self.arrays["term_concept"])

    # --- search ----------------------------------------------------------------------------------------

    def search(self, query: PreparedName, cutoff: int) -> list[Found]:
        """Every listed name with at least `cutoff` points against the query, in the order of the list.

        Args:
            query: the name asked for.
            cutoff: in points, at least `weights.LOWEST_CUTOFF`.
        """
        names = np.unique(np.concatenate([self._candidates(r, cutoff) for r in query.readings] or [_NONE]))
        return [found for name in names.tolist() if (found := self._judge(query, name, cutoff))]

    def scan(self, query: PreparedName, cutoff: int) -> list[Found]:
        """The same by scoring every name: what `search` is measured and tested against."""
        return [found for name in range(self.names) if (found := self._judge(query, name, cutoff))]

    def _judge(self, query: PreparedName, name: int, cutoff: int) -> Found | None:
        result = score(query, self.prepared_name(name))
        if result is None or result.points < cutoff:
            return None
        return Found(int(self.arrays["name_party"][name]), int(self.arrays["name_number"][name]), result)

    def _candidates(self, query: Prepared, cutoff: int) -> NDArray[np.int32]:
        """Names of which some reading may reach the cutoff against this reading of the query."""
        wholes = self._wholes(query)
        matches = self._matches(query)
        readings = self._within_bounds(query, matches, self._touched(query, matches, cutoff), cutoff)
        return self.arrays["reading_name"][np.concatenate((wholes, readings))]

    def _wholes(self, query: Prepared) -> NDArray[np.int32]:
        """Readings that the query is as a whole, or that write one of its words as several."""
        script = query.script
        keys = [f"j:{script}:{text}" for text in query.joined]
        keys += [f"r:{script}:{w.text}" for w in query.words]
        keys += [f"x:{text}" for text in query.acronyms]
        if query.single is not None:
            keys.append(f"a:{query.single.text}")
        hashes = np.array([key_hash(k) for k in keys], np.uint64)
        return self._looked_up("whole_hash", "whole_reading", hashes)

    def _looked_up(self, keys: str, values: str, hashes: NDArray[np.uint64]) -> NDArray[np.int32]:
        """Every value stored under one of the hashes."""
        firsts = np.searchsorted(self.arrays[keys], hashes, "left")
        lasts = np.searchsorted(self.arrays[keys], hashes, "right")
        return _slices(self.arrays[values], firsts, lasts)

    def _matches(self, query: Prepared) -> _Matches:
        """The listed words that each word of the query may stand for, as one table."""
        terms, bits = [], []
        for i, w in enumerate(query.words):
            similar = self._similar(w)
            terms.append(similar)
            bits.append(np.full(len(similar), 1 << i, np.int64))
        for text, (first, last) in query.runs.items():
            same = self._looked_up("key_hash", "key_term", _hashes([f"={query.script}:{text}"]))
            terms.append(same)
            bits.append(np.full(len(same), (1 << last) - (1 << first), np.int64))
        return _Matches.of(terms, bits)

    def _similar_terms(self, one: Word) -> NDArray[np.int32]:
        """Every listed word that `alike` could find like this one, and its initial."""
        keys = list(one.keys)
        if one.role is not Role.INITIAL:
            keys.append(f"i:{one.text[:1]}")
        by_key = self._looked_up("key_hash", "key_term", _hashes(keys))
        return np.unique(np.concatenate((by_key, self._within_edits(one))))

    def _within_edits(self, one: Word) -> NDArray[np.int32]:
        """Listed words of the same script within reach."""
        limit, length, group = one.reach, len(one.text), spelt_group(one)
        if not limit:
            return _NONE
        base = group * 256
        first = self.arrays["group_starts"][base + max(1, length - limit)]
        last = self.arrays["group_starts"][base + min(255, length + limit) + 1]
        differ = np.bitwise_count(self.arrays["term_mask"][first:last] ^ np.uint64(letter_mask(one.text)))
        slack = np.abs(self.arrays["term_length"][first:last].astype(np.int16) - length)
        near = np.flatnonzero(differ <= 2 * limit - slack) + first
        if not len(near):
            return _NONE
        texts = [self._texts[t] for t in near.tolist()]
        edits = cdist([one.text], texts, scorer=OSA.distance, score_cutoff=limit, dtype=np.uint8)[0]
        return cast("NDArray[np.int32]", near[edits <= limit].astype(np.int32))

    def _touched(self, query: Prepared, matches: _Matches, cutoff: int) -> NDArray[np.int32]:
        """Readings with an essential word of the query; those with initials by a wider measure."""
        spelt, wide = _essential(query, cutoff)
        at = self.arrays
        found = self._posted(matches.terms[(matches.bits & spelt != 0) & ~self._is_initial(matches.terms)])
        if wide != spelt:
            more = self._posted(matches.terms[(matches.bits & wide != 0) & ~self._is_initial(matches.terms)])
            found = np.concatenate((found, more[at["reading_initials"][more]]))
        return np.unique(found)

    def _is_initial(self, terms: NDArray[np.int32]) -> NDArray[np.bool_]:
        return cast("NDArray[np.bool_]", self.arrays["term_role"][terms] == ROLES.index(Role.INITIAL))

    def _posted(self, terms: NDArray[np.int32]) -> NDArray[np.int32]:
        offsets = self.arrays["posting_offset"]
        return _slices(self.arrays["posting_reading"], offsets[terms], offsets[terms + 1])

    def _within_bounds(
        self, query: Prepared, matches: _Matches, readings: NDArray[np.int32], cutoff: int
    ) -> NDArray[np.int32]:
        """Of these readings, the ones whose upper bound reaches the cutoff."""
        if not len(readings):
            return _NONE
        at = self.arrays
        firsts, lasts = at["reading_offset"][readings], at["reading_offset"][readings + 1]
        terms = _slices(at["reading_term"], firsts, lasts)
        bits = matches.of_terms(terms)
        first_letters = [ord(w.text[0]) for w in query.words if w.role is Role.INITIAL]
        matched = bits != 0
        if first_letters:
            matched |= np.isin(at["term_first"][terms], first_letters)
        bounds = np.concatenate(([0], np.cumsum(lasts - firsts)))
        listed = _run_sums(np.where(matched, at["term_mass"][terms], 0).astype(np.int64), bounds)
        asked = _mass_of_bits(query, np.bitwise_or.reduceat(bits, bounds[:-1]))
        possible = _most_points(query, asked, listed, at["reading_mass"][readings].astype(np.int64))
        return readings[possible >= cutoff]


_NONE = np.empty(0, np.int32)


@dataclass(frozen=True)
class _Matches:
    """Listed terms, in order, with the query words each may stand for as bits."""

    terms: NDArray[np.int32]
    bits: NDArray[np.int64]

    @classmethod
    def of(cls, terms: list[NDArray[np.int32]], bits: list[NDArray[np.int64]]) -> _Matches:
        """Bring many lists together, one row a term."""
        if not terms:
            return cls(_NONE, np.empty(0, np.int64))
        every, places = np.unique(np.concatenate(terms), return_inverse=True)
        joined = np.zeros(len(every), np.int64)
        np.bitwise_or.at(joined, places, np.concatenate(bits))
        return cls(every, joined)

    def of_terms(self, terms: NDArray[np.int32]) -> NDArray[np.int64]:
        """The bits of any terms; 0 where the query has nothing like it."""
        if not len(self.terms):
            return np.zeros(len(terms), np.int64)
        place = np.searchsorted(self.terms, terms)
        place[place == len(self.terms)] = 0
        return np.where(self.terms[place] == terms, self.bits[place], 0)


def _split(lines: NDArray[np.uint8]) -> list[str]:
    return lines.tobytes().decode("utf-8").split("\n")


def _hashes(keys: list[str]) -> NDArray[np.uint64]:
    return np.array([key_hash(k) for k in keys], np.uint64)


def _slices(values: NDArray[Any], firsts: NDArray[Any], lasts: NDArray[Any]) -> NDArray[Any]:
    """`values[first:last]` of every pair, one after the other, without a loop."""
    sizes = lasts - firsts
    ends = np.cumsum(sizes)
    if not len(ends) or not ends[-1]:
        return values[:0]
    steps = np.arange(ends[-1]) + np.repeat(firsts - (ends - sizes), sizes)
    return cast("NDArray[Any]", values[steps])


def _run_sums(values: NDArray[np.int64], bounds: NDArray[np.int64]) -> NDArray[np.int64]:
    total = np.concatenate(([0], np.cumsum(values)))
    return cast("NDArray[np.int64]", total[bounds[1:]] - total[bounds[:-1]])


def _mass_of_bits(query: Prepared, bits: NDArray[np.int64]) -> NDArray[np.int64]:
    """Mass of the query's words whose bit is set; what may cost nothing counts as matched always."""
    masses = np.zeros(len(bits), np.int64)
    for i, w in enumerate(query.words):
        masses += w.mass if i in query.free else (bits >> i & 1) * w.mass
    return masses


def _most_points(
    query: Prepared, asked: NDArray[np.int64], listed: NDArray[np.int64], total: NDArray[np.int64]
) -> NDArray[np.float64]:
    """The most points names can have whose matched words weigh `asked` and `listed` at most.

    What no word of the other side is like stays unpaired; paired words count at most what both weigh, and cost
    nothing at best. The rest is `scoring._left_parts`, with every figure on the generous side.
    """
    left_q, left_l = query.mass - asked, total - listed
    matched = asked + listed
    low, high = weights.WEAK_EVIDENCE, weights.ENOUGH_EVIDENCE
    short = high - np.clip(matched // 2, low, high)
    rate = weights.OMISSION + (weights.OMISSION_WEAK - weights.OMISSION) * short // (high - low)
    lost = rate * np.abs(left_q - left_l) + 2 * weights.CONFLICT * np.minimum(left_q, left_l)
    return cast("NDArray[np.float64]", FULL - lost / np.maximum(matched + left_q + left_l, 1) + 1e-6)


def _essential(query: Prepared, cutoff: int) -> tuple[int, int]:
    """The words without one of which no name reaches the cutoff, as bits: where all are spelt, and with initials.

    The weightiest words are taken until the `rest` could not carry a name to the cutoff: then at best `2 * rest` is
    matched, and every essential word costs at least the rate of an omission, or that of an initial where the
    listed name has initials. Initials of the query cost more than any cutoff leaves, so they never help.
    """
    order = sorted(range(len(query.words)), key=lambda i: -query.words[i].mass)
    order = [i for i in order if i not in query.free]
    has_initials = any(w.role is Role.INITIAL for w in query.words)
    taken, rest = 0, sum(query.words[i].mass for i in order)
    bits = spelt = wide = 0
    for i in order:
        rate = weights.OMISSION if has_initials else omission_rate(rest)
        if not spelt and _below(rate, taken, rest, cutoff):
            spelt = bits
        if _below(weights.INITIAL_COST, taken, rest, cutoff):
            wide = bits
            break
        bits |= 1 << i
        taken, rest = taken + query.words[i].mass, rest - query.words[i].mass
    return spelt or bits, wide or bits


def _below(rate: int, taken: int, rest: int, cutoff: int) -> bool:
    """Whether losing `taken` at this rate, with `rest` matched in full, stays below the cutoff."""
    return taken > 0 and rate * taken > (FULL - cutoff) * (2 * rest + taken)
