"""Phrases of the tables with a typing error in a word of theirs: "Informaton Technology", "Sout Sudan".

A phrase is one word to the parser, so a slip in it would leave its other words without a partner. Words that no table
knows are looked up among the words of phrases, one typing error away; where they and their neighbours make a phrase
of a trade, a place or a legal form, they are joined as the phrase is, and keep their own letters. What the slip costs
is for the comparison to say.

>>> slips_of("informaton"), slips_of("sudann"), slips_of("hikvision")
(('information',), ('sudan',), ())
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import product

from rapidfuzz.distance import OSA

from sanctionscreen.names.lexicon import latin_words
from sanctionscreen.names.name import Role
from sanctionscreen.names.senses import Sense

#: Shorter words are looked up as they stand.
_SHORTEST = 4
#: Phrases of more words than this are not looked up.
LONGEST_MISSPELT = 4
_ROLES = frozenset({Role.GENERIC, Role.PLACE, Role.LEGAL})


def misspelt_phrase(words: Sequence[str]) -> tuple[int, tuple[Sense, ...]] | None:
    """Tell how many of these words make a phrase, were one letter of each unknown word another, and what it means.

    A trade or a place misspelt has no concept, so that it is compared by its letters.
    """
    if len(words) < 2:
        return None
    vocabulary = latin_words()
    begun = [vocabulary.begun[first] for first in _spellings(words[0]) if first in vocabulary.begun]
    if not begun:
        return None
    longest = max([seconds.get(second, 1) for seconds in begun for second in _spellings(words[1])])
    for size in range(min(len(words), longest), 1, -1):
        for spelt in product(*map(_spellings, words[:size])):
            senses = vocabulary.phrases.get(" ".join(spelt))
            if senses and spelt != tuple(words[:size]) and senses[0].role in _ROLES:
                return size, tuple(s if s.role is Role.LEGAL else s._replace(concept="") for s in senses)
    return None


@lru_cache(maxsize=65536)
def _spellings(word: str) -> tuple[str, ...]:
    """Give the words of phrases that a word may be a slip of; a word of the tables is spelt as it stands."""
    return (slips_of(word) if word not in latin_words().words else ()) or (word,)


@lru_cache(maxsize=65536)
def slips_of(text: str) -> tuple[str, ...]:
    """Give the words of phrases that a word is one typing error away from; none for words that are well spelt."""
    if len(text) < _SHORTEST or not text.isascii():
        return ()
    begins, ends = _by_half(len(text))
    half = (len(text) - 1) // 2
    near = begins.get(text[:half], []) + ends.get(text[-half:], [])
    return tuple(sorted({word for word in near if OSA.distance(text, word, score_cutoff=1) == 1})) if near else ()


@cache
def phrase_words() -> frozenset[str]:
    """Give the words that are looked up misspelt: those of telling phrases that are long enough."""
    phrases = latin_words().phrases.items()
    known = {word for phrase, senses in phrases if senses[0].role in _ROLES for word in phrase.split(" ")}
    return frozenset(word for word in known if len(word) >= _SHORTEST)


@cache
def _by_half(length: int) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Map how the words of phrases begin and how they end to themselves, for a word of a length one error away.

    Less than half of that word is looked at on either side, so that one error, even of two letters that changed
    places, leaves one of the sides as it is.
    """
    half = (length - 1) // 2
    begins: dict[str, list[str]] = {}
    ends: dict[str, list[str]] = {}
    for word in phrase_words():
        if abs(len(word) - length) <= 1:
            begins.setdefault(word[:half], []).append(word)
            ends.setdefault(word[-half:], []).append(word)
    return begins, ends
