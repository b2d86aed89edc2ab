"""Words that sound alike: spellings of one name by many standards share a key.

A word is read spelling by spelling (`sounds.tsv`, each with the language or standard that spells so) into
sounds: consonants of one class, vowels in three classes. Where a spelling sounds otherwise in another language
the word gets a second key; two words sound alike if they share one. Nothing here knows scripts: words come
romanised.

>>> all(sound_keys(a) & sound_keys(b) for a, b in [
...     ("muhammad", "mohammed"), ("yevgeny", "evgenii"), ("hussein", "husayn"), ("tchaikovsky", "chaykovskiy"),
...     ("mueller", "muller"), ("hsiao", "xiao"), ("jon", "john"), ("ali", "aly")])
True
>>> any(sound_keys(a) & sound_keys(b) for a, b in [
...     ("ali", "ola"), ("kim", "kam"), ("mahmoud", "muhammad"), ("hasan", "hussein"), ("ivanov", "ivanova")])
False
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import product
from pathlib import Path

#: Keys of one word at most.
MAX_KEYS = 6
#: Words up to this long keep e apart from a: Ali is not Eli.
_SHORT = 4

_TABLE = Path(__file__).parent / "sounds.tsv"
_REPEATED = re.compile(r"(.)\1+")
_W_AS_VOWEL = re.compile("(?<=[AEIU])W(?![AEIU])")


@cache
def _spellings() -> tuple[dict[str, tuple[str, ...]], int]:
    """Map a spelling to its sounds; and the length of the longest."""
    table = {}
    for line in _TABLE.read_text(encoding="utf-8").split("\n"):
        if line and not line.startswith("#"):
            spelling, *sounds = line.split("\t")[:3]
            table[spelling] = tuple(filter(None, sounds))
    return table, max(map(len, table))


@lru_cache(maxsize=65536)
def sound_keys(word: str) -> frozenset[str]:
    """Give the keys of a romanised word in small letters; none where it has no letters.

    >>> sorted(sound_keys("sergei"))
    ['SArgAI', 'SIrgI']
    >>> sound_keys("44")
    frozenset()
    """
    keys: dict[str, None] = {}
    for sounds in product(*_sounds(word)):
        key = _joined("".join(sounds))
        if "E" in key and len(word) > _SHORT:
            keys[_REPEATED.sub(r"\1", key.replace("E", "A"))] = None
        keys[_REPEATED.sub(r"\1", key.replace("E", "I"))] = None
        if len(keys) >= MAX_KEYS:
            break
    return frozenset(list(keys)[:MAX_KEYS]) - {""}


def _joined(sounds: str) -> str:
    """Settle what only the sounds beside can tell: a w after a vowel, and doubled sounds."""
    return _REPEATED.sub(r"\1", _W_AS_VOWEL.sub("U", sounds).replace("W", "v"))


def _sounds(word: str) -> list[tuple[str, ...]]:
    """Read a word into its sounds, each place with the sounds it may have."""
    table, longest = _spellings()
    text = f"^{word}$"
    sounds = []
    place = 0
    while place < len(text):
        for length in range(longest, 0, -1):
            found = table.get(text[place : place + length])
            if found is not None and place + length <= len(text):
                sounds.append(found)
                break
        place += length
    return sounds


_COARSE = str.maketrans({"p": "b", "v": "f", "g": "k", "A": "", "E": "", "I": "", "U": "", "C": "S"})


@lru_cache(maxsize=65536)
def skeleton(word: str) -> str:
    """Give the consonants of a romanised word, as they can be told from a script that writes no vowels.

    A vowel at the start counts as one letter, all others as none.

    >>> skeleton("muhammad"), skeleton("mhmd"), skeleton("ibrahim"), skeleton("abrhm")
    ('mhmd', 'mhmd', 'abrhm', 'abrhm')
    """
    sounds = _joined("".join(choices[0] for choices in _sounds(word)))
    bare = sounds.translate(_COARSE)
    return _REPEATED.sub(r"\1", "a" + bare if sounds[:1] in {"A", "E", "I", "U"} else bare)
