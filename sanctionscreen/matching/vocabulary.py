"""The listed words that a word of the query may stand for, and what each would cost at least.

Words are alike where they share a key or lie within a few edits (`similarity`). Keys are looked up (`keys`), and so are
the misspellings of a word that is listed itself; those of any other are searched for (`spelling`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from rapidfuzz.distance import OSA

from sanctionscreen.matching import weights
from sanctionscreen.matching.hearing import SCRIPTS, unfilled
from sanctionscreen.matching.layout import Array, Ints, view
from sanctionscreen.matching.prepared import Prepared
from sanctionscreen.matching.spelling import NEVER, Spelling
from sanctionscreen.matching.texts import Texts
from sanctionscreen.matching.words import Word, heard, key_hash, key_hashes
from sanctionscreen.names.name import Role

#: How many looked-up words are kept.
REMEMBERED = 100_000


_NOTHING: Mapping[int, int] = {}

#: What every letter being another adds, at least, to what a word costs that is heard through another script.
_HEARD_EDITS_COST = min(weights.HEARD_EDITS_COSTS.values())


class Similar:
    """Listed terms that a word, or a run of words, may stand for.

    Attributes:
        costs: the least that each would cost, in thousandths of its mass.
        telling: those that can be why a name is looked at: all but the ones that are its initial.
        begun: the ones that are its initial, and nothing else.
        runs: mass of the run, by listed reading of which a run of words is written as the word is.
    """

    __slots__ = ("_terms", "begun", "costs", "runs", "telling")

    def __init__(
        self,
        costs: dict[int, int],
        telling: list[int],
        begun: Collection[int] = (),
        runs: Mapping[int, int] = _NOTHING,
    ) -> None:
        self.costs = costs
        self.begun = begun
        self.telling = telling
        self.runs = runs
        self._terms: Ints | None = None

    @property
    def terms(self) -> Ints:
        """The terms, as an array."""
        if self._terms is None:
            self._terms = np.fromiter(self.costs, np.int64, len(self.costs))
        return self._terms


class LookedUp(NamedTuple):
    """A word, and what is found by its keys.

    Attributes:
        word: the word.
        under: the terms found by each of its keys, after the least that they cost; but for those that are its initial.
        begun: the terms that are its initial.
        runs: the readings of which a run of words is written as the word is, each with the mass of the run.
    """

    word: Word
    under: Sequence[tuple[int, list[int]]]
    begun: Sequence[int]
    runs: Sequence[tuple[int, int]]


class Vocabulary:
    """The distinct words of an index. Read-only but for what it remembers, and safe to share between threads."""

    def __init__(self, arrays: Mapping[str, Array], texts: Texts, scripts: Iterable[str]) -> None:
        """Make the vocabulary of an index.

        Args:
            arrays: of the index.
            texts: of its terms.
            scripts: that its names were written in.
        """
        self._spelling, self._texts = Spelling(arrays, texts), texts
        self._reaches, self._near = view(arrays["term_reach"]), view(arrays["near_offset"])
        self._near_terms, self._near_costs = view(arrays["near_term"]), view(arrays["near_cost"])
        self._scripts = tuple(sorted(set(SCRIPTS) & set(scripts)))
        self._seen: dict[Word, Similar] = {}

    def forget(self) -> None:
        """Empty what was remembered."""
        self._seen.clear()

    def known(self, readings: Iterable[Prepared]) -> tuple[dict[Word, Similar], list[Word]]:
        """What the words of these readings may stand for, as far as it is remembered; and the other words."""
        seen = self._seen
        words = {word: seen.get(word) for one in readings for word in one.words}
        known = {word: similar for word, similar in words.items() if similar is not None}
        return known, [word for word in words if word not in known]

    def hashes(self, one: Word) -> list[int]:
        """Hashes of the keys that a word is looked up by; the last is that of runs of listed words."""
        hashes = one.sought.copy()
        if self._scripts:
            hashes += key_hashes(heard(one, self._scripts))
        if one.role is not Role.INITIAL:
            hashes.append(_initial_hash(one.text[:1]))
        hashes.append(key_hash(f"r:{one.script}:{one.text}"))
        return hashes

    def similar(self, looked_up: Sequence[LookedUp]) -> list[Similar]:
        """What words may stand for, by key and by spelling; remembered from now on."""
        costs = [self._by_key(one) for one in looked_up]
        known = [self._listed(*each) if each[0].word.reach else () for each in zip(looked_up, costs, strict=True)]
        unknown = [one.word for one, own in zip(looked_up, known, strict=True) if own is None]
        misspelt = iter(self._spelling.misspelt(unknown) if unknown else ())
        if len(self._seen) + len(looked_up) > REMEMBERED:
            self._seen.clear()
        found = []
        for one, own, slips in zip(looked_up, costs, known, strict=True):
            every = dict(next(misspelt) if slips is None else slips)
            _keep_least(every, own.items())
            telling = list(every)
            begun = [term for term in one.begun if term not in every]
            every.update(dict.fromkeys(begun, weights.INITIAL_COST))
            found.append(Similar(every, telling, begun, _summed(one.runs) if one.runs else _NOTHING))
            self._seen[one.word] = found[-1]
        return found

    def text(self, term: int) -> str:
        """The text of a term."""
        return self._texts[term]

    def compared(self, one: Word) -> int:
        """How many terms the edits of a word are counted for, where nothing is remembered."""
        return len(self._spelling.near([one])[0]) if one.reach else 0

    def _by_key(self, one: LookedUp) -> dict[int, int]:
        """What the terms cost that are found by a key."""
        costs: dict[int, int] = {}
        for least, terms in one.under:
            if least == weights.SOUND_COST:
                _keep_least(costs, self._by_edits(one.word.text, terms, least, weights.SOUND_EDITS_COST))
            elif least == weights.HEARD_COST and one.word.origin in SCRIPTS:
                text = unfilled(one.word.text, one.word.origin)
                _keep_least(costs, self._by_edits(text, terms, least, _HEARD_EDITS_COST))
            else:
                for term in terms:
                    costs[term] = min(least, costs.get(term, NEVER))
        return costs

    def _listed(self, one: LookedUp, costs: Mapping[int, int]) -> Iterable[tuple[int, int]] | None:
        """Terms that are a listed word but for typing errors, and what they cost; of most listed words it is known."""
        for term, cost in costs.items():
            first, last = self._near[term], self._near[term + 1]
            if not cost and first < last and self._is_term(one.word, term):
                return zip(self._near_terms[first:last], self._near_costs[first:last], strict=True)
        return None

    def _is_term(self, one: Word, term: int) -> bool:
        return self._reaches[term] == one.reach and self._texts[term] == one.text

    def _by_edits(self, text: str, terms: list[int], least: int, most: int) -> Iterator[tuple[int, int]]:
        """What terms cost of which it is told by how they are spelt, `most` if every letter is another."""
        for term in terms:
            other = self._texts[term]
            yield term, least + most * OSA.distance(text, other) // max(len(text), len(other))


def _summed(runs: Sequence[tuple[int, int]]) -> dict[int, int]:
    """The mass of the runs of each reading."""
    masses: dict[int, int] = {}
    for reading, mass in runs:
        masses[reading] = masses.get(reading, 0) + mass
    return masses


def _keep_least(costs: dict[int, int], found: Iterable[tuple[int, int]]) -> None:
    for term, cost in found:
        if cost < costs.get(term, NEVER):
            costs[term] = cost


@lru_cache(maxsize=4096)
def _initial_hash(letter: str) -> int:
    return key_hash(f"i:{letter}")
