"""Chinese names in Cyrillic letters by the system of Palladius to pinyin: Чжу Хайлунь is Zhu Hailun.

Russian writes Chinese names so. They are read so only where that tells itself: every word is made of the system's
syllables and nothing else, and either a syllable among them is one that Russian and Japanese names in Cyrillic letters
do not have, or there is a family name of one syllable before a given name of one or two. So Иван is not Yi Wang. A
syllable that ends in н has a consonant or ъ behind it: Чанъань.

>>> [pinyin("хайлунь"), pinyin("цзиньпин"), pinyin("чанъань"), pinyin("сиань"), pinyin("сергей")]
['hailun', 'jinping', 'changan', 'xian', '']
>>> [tells_itself(words, alone=True) for words in (["чжу", "хайлунь"], ["ван", "и"], ["иван"], ["анна", "ли"])]
[True, True, False, False]
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from sanctionscreen.names.tsv import rows

#: What neither Russian words nor Japanese names by the system of Polivanov have, but by accident.
_CHINESE = re.compile("цз|чж|[вжфчш]э|[гкхчшж]уа|хуэ|юй|юэ|нь(?![аеиоуэюя])")
#: Most syllables of a family and of a given name.
_LONGEST_FAMILY, _LONGEST_GIVEN = 1, 2


@cache
def pinyin_of() -> dict[str, str]:
    """Map syllables in Cyrillic letters to pinyin."""
    return {spelt: latin for latin, cyrillic in rows("romanise/palladius.tsv") for spelt in cyrillic.split("|")}


@cache
def _syllable() -> re.Pattern[str]:
    """The longest syllable that stands at a place, with a ъ that parts it from the next."""
    longest_first = sorted(pinyin_of(), key=len, reverse=True)
    spelt = (f"{one}(?![аеиоуэюя])" if one.endswith("н") else one for one in longest_first)
    return re.compile(f"(?:{'|'.join(spelt)})ъ?")


def _syllables(word: str) -> list[str]:
    """Cut a word into syllables; nothing where it is not made of them alone."""
    found = _syllable().findall(word)
    return [one.removesuffix("ъ") for one in found] if "".join(found) == word else []


def pinyin(word: str) -> str:
    """Write a word in small letters in pinyin; nothing where it is not made of syllables alone."""
    return "".join(pinyin_of()[syllable] for syllable in _syllables(word))


def tells_itself(words: Sequence[str], *, alone: bool) -> bool:
    """Tell whether words of syllables are Chinese: by a syllable, or by their number if they are all of a name."""
    if any(map(_CHINESE.search, words)):
        return True
    lengths = [len(_syllables(word)) for word in words]
    return alone and len(words) == 2 and lengths[0] <= _LONGEST_FAMILY and lengths[1] <= _LONGEST_GIVEN
