"""Words that can be Chinese or Korean, as romanised: a row of syllables and nothing else.

Each can be cut in more than one way (xian, xi-an), so each place that some cut reaches is gone on from once: the work
grows with the length of a word, whatever stands in it.

>>> is_syllables("haikang"), is_syllables("pelosi"), is_syllables("clinton")
(True, True, False)
>>> is_chinese("haikang"), is_chinese("hsiping"), is_chinese("pelosi")
(True, True, False)
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from functools import cache

from sanctionscreen.matching.weights import LONGEST_SYLLABLE, SYLLABLES
from sanctionscreen.names.romanise.wade_giles import pinyin_of


def is_syllables(text: str) -> bool:
    """Whether a word can be Chinese or Korean, however it is romanised."""
    return _made_of(text, SYLLABLES)


def is_chinese(text: str) -> bool:
    """Whether a word can be Chinese, in pinyin (ISO 7098:2015) or Wade-Giles without its apostrophes."""
    return any(_made_of(text, syllables) for syllables in _chinese())


@cache
def _chinese() -> tuple[frozenset[str], frozenset[str]]:
    """Give the syllables of pinyin and those of Wade-Giles."""
    return frozenset(pinyin_of().values()), frozenset(giles.replace("'", "") for giles in pinyin_of())


def _made_of(text: str, syllables: AbstractSet[str]) -> bool:
    reached, left = {0}, [0]
    while left:
        start = left.pop()
        for end in range(min(start + LONGEST_SYLLABLE, len(text)), start, -1):
            if end not in reached and text[start:end] in syllables:
                reached.add(end)
                left.append(end)
    return len(text) in reached and text != ""
