"""Building the index: names to flat arrays that can be written to a file and mapped back.

The arrays, by what they are about:

- terms, the distinct words of all readings, ordered by script and length: `term_*`
- deleted, the terms by what is left of them when letters are taken away: `deleted_*`
- near, for each term the terms that it may be a misspelling of: `near_*`
- keys, every hash that something is found by, each once and in order, with its terms: `key_*`
- wholes, readings that a hash stands for as a whole, or for a run of their words: `whole_*`, by the same hashes
- readings, each with its terms in order and their places in the original: `reading_*`
- postings, the readings of each term, those with initials first: `posting_*`
- names, each with its readings: `name_*`; names that are read alike are one
- bearers, the parties of each name, each with the number of the name within the party: `bearer_*`
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from sanctionscreen.matching import weights
from sanctionscreen.matching.deletions import filed
from sanctionscreen.matching.hearing import SCRIPTS
from sanctionscreen.matching.joined import joined_hashes, run_hashes
from sanctionscreen.matching.layout import KINDS, LONGEST, ROLES, Array, spelt_group
from sanctionscreen.matching.prepared import Prepared, PreparedName
from sanctionscreen.matching.spelling import Spelling
from sanctionscreen.matching.texts import Texts
from sanctionscreen.matching.words import SPELT, Word, bare_key, heard, is_consonants, key_hash, pair_mask
from sanctionscreen.names.name import Role

#: Of so many terms each is compared with all others when an index is built.
MOST_COMPARED = 100_000

#: The misspellings of so many are looked for at once.
_AT_ONCE = 256

#: The largest hash.
_LAST = np.uint32(0xFFFFFFFF)

#: The least that a word found by each kind of key costs, by the key's first letter.
LEAST = {
    "=": 0,
    "~": 0,
    "s": weights.SOUND_COST,
    "k": min(weights.SKELETON_COSTS.values()),
    "b": min(weights.SKELETON_COSTS.values()),
    "h": weights.HEARD_COST,
    "i": weights.INITIAL_COST,
}


def term_keys(one: Word) -> Iterator[str]:
    """Every key a listed word is found by."""
    yield from one.keys
    if one.skeleton:
        yield from map(bare_key, filter(is_consonants, one.keys))
    yield from heard(one, SCRIPTS)
    if one.role is Role.INITIAL:
        yield f"i:{one.text}"


def whole_hashes(one: Prepared) -> Iterator[tuple[int, int]]:
    """The hashes of all keys of runs of a reading's words, with the mass of the run; and of the whole of it, with 0."""
    for first, last, found in run_hashes(one, "r:"):
        yield found, sum([w.mass for w in one.words[first:last]])
    for found in joined_hashes(one):
        yield found, 0
    for text in one.acronyms:
        yield key_hash(f"a:{text}"), 0
    if one.single is not None:
        yield key_hash(f"x:{one.single.text}"), 0


#: A reading as it is told from others: standard, terms, places, and the name run together.
_Read = tuple[int, tuple[int, ...], tuple[tuple[int, int], ...], str]


@dataclass
class _Rows:
    """What is gathered while names come in."""

    terms: dict[tuple[object, ...], int] = field(default_factory=dict)
    words: list[Word] = field(default_factory=list)
    standards: dict[tuple[str, str], int] = field(default_factory=dict)
    concepts: dict[str, int] = field(default_factory=lambda: {"": 0})
    names: dict[tuple[object, ...], int] = field(default_factory=dict)
    bearers: list[tuple[int, int, int]] = field(default_factory=list)
    reading_standard: list[int] = field(default_factory=list)
    reading_terms: list[int] = field(default_factory=list)
    reading_starts: list[int] = field(default_factory=list)
    reading_ends: list[int] = field(default_factory=list)
    reading_offsets: list[int] = field(default_factory=lambda: [0])
    reading_name: list[int] = field(default_factory=list)
    wholes: list[tuple[int, int, int]] = field(default_factory=list)
    name_kind: list[int] = field(default_factory=list)
    name_readings: list[int] = field(default_factory=lambda: [0])
    marks: dict[tuple[tuple[str, ...], tuple[str, ...], bool], int] = field(default_factory=dict)
    marked: list[tuple[int, int]] = field(default_factory=list)
    letters: dict[int, str] = field(default_factory=dict)
    brands: set[tuple[str, str]] = field(default_factory=set)

    def add(self, name: PreparedName, party: int, number: int) -> None:
        """Add a name of a party; one that is read like another is stored once."""
        read = tuple(self._read(one) for one in name.readings)
        mark = name.name.disguises, name.name.notes, name.is_brand
        known = self.names.setdefault((name.kind, read, *mark), len(self.name_kind))
        if known == len(self.name_kind):
            if any(mark):
                self.marked.append((known, self.marks.setdefault(mark, len(self.marks))))
            self._add_name(name, read)
        self.bearers.append((known, party, number))

    def _read(self, one: Prepared) -> _Read:
        standard = self.standards.setdefault((one.script, one.standard), len(self.standards))
        return standard, tuple(map(self._term, one.words)), one.places, one.letters

    def _term(self, one: Word) -> int:
        number = self.terms.setdefault(one.identity, len(self.words))
        if number == len(self.words):
            self.words.append(one)
            self.concepts.setdefault(one.concept, len(self.concepts))
        return number

    def _add_name(self, name: PreparedName, read: Sequence[_Read]) -> None:
        for one, told in zip(name.readings, read, strict=True):
            self._add_reading(one, told)
            if name.is_brand and one.single is not None:
                self.brands.add((one.script, one.single.text))
        self.name_kind.append(KINDS.index(name.kind))
        self.name_readings.append(len(self.reading_name))

    def _add_reading(self, one: Prepared, told: _Read) -> None:
        reading = len(self.reading_name)
        standard, terms, places, letters = told
        self.reading_terms += terms
        self.reading_starts += [start for start, _ in places]
        self.reading_ends += [end for _, end in places]
        self.wholes += [(found, reading, mass) for found, mass in set(whole_hashes(one))]
        if letters:
            self.letters[reading] = letters
        self.reading_standard.append(standard)
        self.reading_offsets.append(len(self.reading_terms))
        self.reading_name.append(len(self.name_kind))


def build(names: Iterable[tuple[PreparedName, int, int]]) -> tuple[dict[str, Array], dict[str, object]]:
    """Build the arrays of an index, and its small tables.

    Args:
        names: each with the number of its party and its own number within the party.
    """
    rows = _Rows()
    for name, party, number in names:
        rows.add(name, party, number)
    order = sorted(range(len(rows.words)), key=lambda i: _order(rows.words[i]))
    words = [rows.words[i] for i in order]
    place = np.empty(len(words), np.int32)
    place[order] = np.arange(len(words), dtype=np.int32)
    reading_term = place[rows.reading_terms] if rows.reading_terms else np.empty(0, np.int32)
    scripts = sorted({w.script for w in words} | {w.origin for w in words})
    terms = {**_term_arrays(words, scripts, rows.concepts), **filed(words)}
    arrays: dict[str, Array] = {
        **terms,
        **_near_arrays(words, terms, reading_term),
        **_key_arrays(words, rows.wholes),
        **_reading_arrays(rows, reading_term, words),
        **_posting_arrays(rows, reading_term, words),
        **_name_arrays(rows),
        **_rare_arrays(rows),
    }
    tables: dict[str, object] = {
        "standards": [list(kind) for kind in rows.standards],
        "marks": list(rows.marks),
        "scripts": scripts,
        "concepts": list(rows.concepts),
        "brands": sorted(rows.brands),
    }
    return arrays, tables


def _order(one: Word) -> tuple[object, ...]:
    """Words that are compared by edits together, by length."""
    return spelt_group(one), len(one.text), *one.identity


def stored_texts(texts: list[str]) -> tuple[Array, Array]:
    """Strings as one run of bytes, with where each begins."""
    encoded = [t.encode("utf-8") for t in texts]
    offsets = np.zeros(len(encoded) + 1, np.int64)
    np.cumsum([len(e) for e in encoded], out=offsets[1:])
    return np.frombuffer(b"".join(encoded), np.uint8), offsets


def _term_arrays(words: list[Word], scripts: list[str], concepts: Mapping[str, int]) -> dict[str, Array]:
    groups = np.array([spelt_group(w) for w in words], np.uint32)
    lengths = np.array([min(len(w.text), LONGEST) for w in words], np.uint8)
    hashes = [sorted(w.hashes) for w in words]
    return {
        "term_text": np.frombuffer("".join(w.text for w in words).encode("utf-8"), np.uint8),
        "term_start": np.cumsum([0, *(len(w.text) for w in words)], dtype=np.uint32),
        "term_concept": np.array([concepts[w.concept] for w in words], np.uint16),
        "term_hash": np.array([one for each in hashes for one in each], np.uint32),
        "term_hash_offset": np.cumsum([0, *map(len, hashes)], dtype=np.int64),
        "term_length": lengths,
        "term_mask": np.array([w.mask for w in words], np.uint64),
        "term_pairs": np.array([pair_mask(w.text) for w in words], np.uint64),
        "term_mass": np.array([w.mass for w in words], np.uint8),
        "term_reach": np.array([w.reach for w in words], np.uint8),
        "term_role": np.array([ROLES.index(w.role) for w in words], np.uint8),
        "term_skeleton": np.array([w.skeleton for w in words], np.bool_),
        "term_first": np.array([ord(w.text[0]) if w.role in SPELT else 0 for w in words], np.uint32),
        "term_script": np.array([scripts.index(w.script) for w in words], np.uint8),
        "term_origin": np.array([scripts.index(w.origin) for w in words], np.uint8),
        "group_starts": np.searchsorted(groups * 256 + lengths, np.arange(3 * 256 + 1)).astype(np.int32),
    }


def _near_arrays(words: list[Word], arrays: Mapping[str, Array], reading_term: Array) -> dict[str, Array]:
    """For each term the terms that it may be a misspelling of, itself among them, and what they cost.

    Where there are many terms, only for those of several readings, since to compare each with all takes long.
    """
    spelling = Spelling(arrays, Texts(arrays))
    counts = np.bincount(reading_term, minlength=len(words)).tolist()
    fewest = 1 if len(words) <= MOST_COMPARED else 2
    asked = [term for term, (one, count) in enumerate(zip(words, counts, strict=True)) if one.reach and count >= fewest]
    near: list[list[tuple[int, int]]] = [[] for _ in words]
    for first in range(0, len(asked), _AT_ONCE):
        some = asked[first : first + _AT_ONCE]
        for term, own in zip(some, spelling.misspelt([words[term] for term in some]), strict=True):
            near[term] = sorted(own)
    pairs = [pair for own in near for pair in own]
    return {
        "near_offset": np.cumsum([0, *map(len, near)], dtype=np.int64),
        "near_term": _column(pairs, 0, np.int32),
        "near_cost": _column(pairs, 1, np.uint16),
    }


def _key_arrays(words: list[Word], wholes: Sequence[tuple[int, int, int]]) -> dict[str, Array]:
    """Terms and readings by the hashes of their keys.

    A last hash that nothing is found by stands for all that are not there.
    """
    keys = [(key_hash(key), i, LEAST[key[0]]) for i, w in enumerate(words) for key in term_keys(w)]
    hashes = np.append(np.unique(np.concatenate((_column(keys, 0, np.uint32), _column(wholes, 0, np.uint32)))), _LAST)
    term_offset, term, cost = _under(hashes, keys)
    whole_offset, reading, mass = _under(hashes, wholes)
    least = np.full(len(hashes), LEAST["="], np.uint16)
    held = term_offset[:-1] < term_offset[1:]
    if len(cost):
        least[held] = np.minimum.reduceat(cost, term_offset[:-1][held])
    return {
        "key_hash": hashes,
        "key_offset": term_offset,
        "key_term": term,
        "key_least": least,
        "whole_offset": whole_offset,
        "whole_reading": reading,
        "whole_mass": mass,
    }


def _column(rows: Sequence[tuple[int, ...]], place: int, dtype: type[np.generic]) -> Array:
    return np.array([row[place] for row in rows], dtype)


def _under(hashes: Array, rows: Sequence[tuple[int, int, int]]) -> tuple[Array, Array, Array]:
    """Where the rows of each hash begin, and their values in that order."""
    own, values = _column(rows, 0, np.uint32), _column(rows, 1, np.int32)
    order = np.lexsort((values, own))
    offsets = np.append(own[order].searchsorted(hashes[:-1]), (len(rows), len(rows)))
    return offsets.astype(np.uint32), values[order], _column(rows, 2, np.uint16)[order]


def _reading_arrays(rows: _Rows, terms: Array, words: list[Word]) -> dict[str, Array]:
    masses = np.array([w.mass for w in words] + [0], np.int64)
    offsets = np.array(rows.reading_offsets, np.int64)
    return {
        "reading_term": terms,
        "reading_offset": offsets,
        "reading_start": np.array(rows.reading_starts, np.uint16),
        "reading_end": np.array(rows.reading_ends, np.uint16),
        "reading_mass": _sums(masses[terms], offsets).astype(np.uint16),
        "reading_standard": np.array(rows.reading_standard, np.uint8),
        "reading_name": np.array(rows.reading_name, np.int32),
        "reading_kind": np.array([rows.name_kind[name] for name in rows.reading_name], np.uint8),
    }


def _name_arrays(rows: _Rows) -> dict[str, Array]:
    bearers = sorted(rows.bearers)
    return {
        "name_kind": np.array(rows.name_kind, np.uint8),
        "name_reading": np.array(rows.name_readings, np.int32),
        "name_bearer": np.searchsorted(_column(bearers, 0, np.int32), np.arange(len(rows.name_kind) + 1)).astype(
            np.int32
        ),
        "bearer_party": _column(bearers, 1, np.int32),
        "bearer_number": _column(bearers, 2, np.uint16),
    }


def _rare_arrays(rows: _Rows) -> dict[str, Array]:
    """What few names and readings have: the numbers of those that do, in order, and what each has."""
    text, offsets = stored_texts(list(rows.letters.values()))
    return {
        "marked_name": _column(rows.marked, 0, np.int32),
        "marked_mark": _column(rows.marked, 1, np.uint16),
        "lettered_reading": np.array(list(rows.letters), np.int32),
        "letters_text": text,
        "letters_text_offset": offsets,
    }


def _sums(values: Array, offsets: Array) -> Array:
    """Sum of each run; `reduceat` would go wrong on an empty one."""
    total = np.concatenate(([0], np.cumsum(values)))
    return total[offsets[1:]] - total[offsets[:-1]]


def _posting_arrays(rows: _Rows, terms: Array, words: list[Word]) -> dict[str, Array]:
    offsets = np.array(rows.reading_offsets, np.int64)
    readings = np.repeat(np.arange(len(rows.reading_name), dtype=np.int32), offsets[1:] - offsets[:-1])
    plain = ~_with_initials(terms, offsets, words)[readings]
    order = np.lexsort((readings, plain, terms))
    bounds = (terms.astype(np.int64) * 2 + plain)[order].searchsorted(np.arange(2 * len(words) + 1))
    return {
        "posting_reading": readings[order],
        "posting_offset": bounds[::2].astype(np.int64),
        "posting_plain": bounds[1::2].astype(np.int64),
    }


def _with_initials(terms: Array, offsets: Array, words: list[Word]) -> Array:
    """Whether each reading has initials."""
    initials = np.array([w.role is Role.INITIAL for w in words] + [False], np.bool_)
    return _sums(initials[terms].astype(np.int64), offsets).astype(np.bool_)
