"""Chinese personal names in Wade-Giles to pinyin: Chang Chi-ch'eng is Zhang Jicheng.

Read so only where it tells itself: two or three syllables of Wade-Giles and nothing else, two of them joined by a
hyphen, and at least one that pinyin would spell otherwise. An apostrophe tells an aspirated consonant; where it was
left out, the syllable is read as it stands. The table is that of H. A. Giles, A Chinese-English Dictionary, 1912.

>>> from sanctionscreen.names.splitting import split
>>> from sanctionscreen.names.traced import Traced
>>> from_wade_giles(split(Traced.whole("chang chi-ch'eng")), "Chang Chi-ch'eng")
[Word('zhang', 0, 5), Word('jicheng', 6, 16)]
>>> from_wade_giles(split(Traced.whole("kim jong-un")), "Kim Jong-un") is None
True
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from sanctionscreen.names.splitting import Word
from sanctionscreen.names.tsv import rows

_FEWEST, _MOST = 2, 4
_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʻʼ`´", "'"))


@cache
def pinyin_of() -> dict[str, str]:
    """Map syllables of Wade-Giles, with their apostrophes, to pinyin."""
    return {giles: pinyin for pinyin, giles in rows("romanise/wade_giles.tsv")}


def from_wade_giles(words: Sequence[Word], original: str) -> list[Word] | None:
    """Give the words of a name in pinyin, syllables joined by a hyphen made one; None where it is not Wade-Giles."""
    if not _FEWEST <= len(words) <= _MOST or not any(word.gap == "-" for word in words):
        return None
    made: list[Word] = []
    changed = False
    for word in words:
        written = original[word.start : word.end].lower().translate(_APOSTROPHES)
        pinyin = pinyin_of().get(written)
        if pinyin is None:
            return None
        changed |= pinyin != written
        if word.gap == "-" and made:
            made[-1] = Word(made[-1].text + pinyin, made[-1].start, word.end, made[-1].gap)
        else:
            made.append(Word(pinyin, word.start, word.end, word.gap))
    return made if changed and len(made) > 1 else None
