"""Latin letters without their diacritics: Müller is `muller`, Łukasz `lukasz`, Đorđe `dorde`.

The other way to write such a letter (Mueller, Aabenraa, Djordje) meets this one by sound, in
`sanctionscreen.matching.sounds`.

>>> "".join(romanised("müller")), "".join(romanised("łukasz ʿabd")), "".join(romanised("ağaoğlu"))
('muller', 'lukasz abd', 'agaoglu')
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from sanctionscreen.names.tsv import pairs


def romanised(text: str) -> list[str]:
    """Give the plain letters of each character.

    >>> romanised("æ"), romanised("x̌")
    (['ae'], ['x', ''])
    """
    return [char if char.isascii() else _plain(char) for char in text]


@lru_cache(maxsize=4096)
def _plain(char: str) -> str:
    known = pairs("romanise/latin.tsv").get(char)
    if known is not None:
        return known.replace("*", "")
    bare = "".join(part for part in unicodedata.normalize("NFD", char) if not unicodedata.combining(part))
    return bare if bare == char or bare.isascii() else "".join(romanised(bare))
