"""Building the index: names to flat arrays that can be written to a file and mapped back.

The arrays, by what they are about:

- terms, the distinct words of all readings, ordered by script and length: `term_*`
- keys, every hash a term can be found by, in order, with the term: `key_hash`, `key_term`
- wholes, hashes of what stands for a whole reading or a run of its words: `whole_hash`, `whole_reading`
- readings, each with its terms in order and their places in the original: `reading_*`
- postings, the readings of each term: `posting_*`
- names, each with its readings, its party and its number within the party: `name_*`
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sanctionscreen.matching.hearing import SCRIPTS
from sanctionscreen.matching.prepared import Prepared, PreparedName
from sanctionscreen.matching.words import SPELT, Word, heard, key_hash
from sanctionscreen.names.name import Role
from sanctionscreen.records import Kind

Array = NDArray[Any]

#: Order of the roles in stored arrays.
ROLES: tuple[Role, ...] = tuple(Role)


#: Order of the kinds in stored arrays.
KINDS: tuple[Kind | None, ...] = (None, "person", "organization", "vessel", "aircraft")


#: Words longer than this are filed as if they were this long: they can be no nearer to one another than they are.
LONGEST = 255


def term_keys(one: Word) -> Iterator[str]:
    """Every key a listed word is found by."""
    yield from one.keys
    yield from heard(one, SCRIPTS)
    if one.role is Role.INITIAL:
        yield f"i:{one.text}"


def whole_keys(one: Prepared) -> Iterator[str]:
    """Every key that stands for a reading as a whole, or for a run of its words."""
    for text in one.runs:
        yield f"r:{one.script}:{text}"
    for text in one.joined:
        yield f"j:{one.script}:{text}"
    for text in one.acronyms:
        yield f"a:{text}"
    if one.single is not None:
        yield f"x:{one.single.text}"


def spelt_group(one: Word) -> int:
    """Latin words first, then Han, then what is never compared by edits."""
    if not one.reach:
        return 2
    return 0 if one.script == "Latn" else 1


@dataclass
class _Rows:
    """What is gathered while names come in."""

    terms: dict[tuple[object, ...], int] = field(default_factory=dict)
    words: list[Word] = field(default_factory=list)
    standards: dict[tuple[str, str], int] = field(default_factory=dict)
    reading_standard: list[int] = field(default_factory=list)
    reading_terms: list[int] = field(default_factory=list)
    reading_starts: list[int] = field(default_factory=list)
    reading_ends: list[int] = field(default_factory=list)
    reading_offsets: list[int] = field(default_factory=lambda: [0])
    reading_name: list[int] = field(default_factory=list)
    whole_hash: list[int] = field(default_factory=list)
    whole_reading: list[int] = field(default_factory=list)
    name_party: list[int] = field(default_factory=list)
    name_number: list[int] = field(default_factory=list)
    name_kind: list[int] = field(default_factory=list)
    name_readings: list[int] = field(default_factory=lambda: [0])
    marks: dict[str, list[list[str]]] = field(default_factory=dict)
    letters: dict[str, str] = field(default_factory=dict)

    def add(self, name: PreparedName, party: int, number: int) -> None:
        for one in name.readings:
            self._add_reading(one)
        if name.name.disguises or name.name.notes:
            marks = [list(name.name.disguises), list(name.name.notes)]
            self.marks[str(len(self.name_party))] = marks
        self.name_party.append(party)
        self.name_number.append(number)
        self.name_kind.append(KINDS.index(name.kind))
        self.name_readings.append(len(self.reading_name))

    def _term(self, one: Word) -> int:
        number = self.terms.setdefault(one.identity, len(self.words))
        if number == len(self.words):
            self.words.append(one)
        return number

    def _add_reading(self, one: Prepared) -> None:
        reading = len(self.reading_name)
        for w, (start, end) in zip(one.words, one.places, strict=True):
            self.reading_terms.append(self._term(w))
            self.reading_starts.append(start)
            self.reading_ends.append(end)
        for key in set(whole_keys(one)):
            self.whole_hash.append(key_hash(key))
            self.whole_reading.append(reading)
        if one.letters:
            self.letters[str(reading)] = one.letters
        kind = (one.script, one.standard)
        self.reading_standard.append(self.standards.setdefault(kind, len(self.standards)))
        self.reading_offsets.append(len(self.reading_terms))
        self.reading_name.append(len(self.name_party))


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
    arrays: dict[str, Array] = {
        **_term_arrays(words),
        **_key_arrays(words),
        **_reading_arrays(rows, reading_term, words),
        **_posting_arrays(rows, reading_term, len(words)),
    }
    scripts = sorted({w.script for w in words} | {w.origin for w in words})
    tables: dict[str, object] = {
        "standards": [list(kind) for kind in rows.standards],
        "marks": rows.marks,
        "letters": rows.letters,
        "scripts": scripts,
    }
    arrays["term_script"] = np.array([scripts.index(w.script) for w in words], np.uint8)
    arrays["term_origin"] = np.array([scripts.index(w.origin) for w in words], np.uint8)
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


def _lines(texts: list[str]) -> Array:
    """Strings without line ends as one run of bytes, which one `split` takes apart again."""
    return np.frombuffer("\n".join(texts).encode("utf-8"), np.uint8)


def _term_arrays(words: list[Word]) -> dict[str, Array]:
    groups = np.array([spelt_group(w) for w in words], np.uint8)
    lengths = np.array([min(len(w.text), LONGEST) for w in words], np.uint8)
    hashes = [sorted(w.hashes) for w in words]
    return {
        "term_text": _lines([w.text for w in words]),
        "term_concept": _lines([w.concept for w in words]),
        "term_hash": np.array([one for each in hashes for one in each], np.uint32),
        "term_hash_offset": np.cumsum([0, *map(len, hashes)], dtype=np.int64),
        "term_group": groups,
        "term_length": lengths,
        "term_mask": np.array([w.mask for w in words], np.uint64),
        "term_mass": np.array([w.mass for w in words], np.uint8),
        "term_reach": np.array([w.reach for w in words], np.uint8),
        "term_role": np.array([ROLES.index(w.role) for w in words], np.uint8),
        "term_skeleton": np.array([w.skeleton for w in words], np.bool_),
        "term_first": np.array([ord(w.text[0]) if w.role in SPELT else 0 for w in words], np.uint32),
        "group_starts": np.searchsorted(groups.astype(np.uint32) * 256 + lengths, np.arange(3 * 256 + 1)).astype(
            np.int32
        ),
    }


def _key_arrays(words: list[Word]) -> dict[str, Array]:
    pairs = [(key_hash(key), i) for i, w in enumerate(words) for key in term_keys(w)]
    return _sorted_pairs("key_hash", "key_term", [p[0] for p in pairs], [p[1] for p in pairs])


def _sorted_pairs(key: str, value: str, hashes: list[int], values: list[int]) -> dict[str, Array]:
    hashed, valued = np.array(hashes, np.uint32), np.array(values, np.int32)
    order = np.lexsort((valued, hashed))
    return {key: hashed[order], value: valued[order]}


def _reading_arrays(rows: _Rows, terms: Array, words: list[Word]) -> dict[str, Array]:
    masses = np.array([w.mass for w in words] + [0], np.int64)
    initials = np.array([w.role is Role.INITIAL for w in words] + [False], np.bool_)
    offsets = np.array(rows.reading_offsets, np.int64)
    return {
        "reading_term": terms,
        "reading_offset": offsets,
        "reading_start": np.array(rows.reading_starts, np.uint16),
        "reading_end": np.array(rows.reading_ends, np.uint16),
        "reading_mass": _sums(masses[terms], offsets).astype(np.uint16),
        "reading_initials": _sums(initials[terms].astype(np.int64), offsets).astype(np.bool_),
        "reading_standard": np.array(rows.reading_standard, np.uint8),
        "reading_name": np.array(rows.reading_name, np.int32),
        "name_party": np.array(rows.name_party, np.int32),
        "name_kind": np.array(rows.name_kind, np.uint8),
        "name_number": np.array(rows.name_number, np.uint16),
        "name_reading": np.array(rows.name_readings, np.int32),
        **_sorted_pairs("whole_hash", "whole_reading", rows.whole_hash, rows.whole_reading),
    }


def _sums(values: Array, offsets: Array) -> Array:
    """Sum of each run; `reduceat` would go wrong on an empty one."""
    total = np.concatenate(([0], np.cumsum(values)))
    return total[offsets[1:]] - total[offsets[:-1]]


def _posting_arrays(rows: _Rows, terms: Array, count: int) -> dict[str, Array]:
    offsets = np.array(rows.reading_offsets, np.int64)
    readings = np.repeat(np.arange(len(rows.reading_name), dtype=np.int32), offsets[1:] - offsets[:-1])
    order = np.lexsort((readings, terms))
    return {
        "posting_reading": readings[order],
        "posting_offset": np.searchsorted(terms[order], np.arange(count + 1)).astype(np.int64),
    }
