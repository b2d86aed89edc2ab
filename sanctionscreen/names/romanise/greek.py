"""Greek to Latin by ELOT 743 (ISO 843 transcription): Νικόλαος is `nikolaos`, Ευάγγελος `evangelos`.

>>> "".join(romanised("νικόλαος")), "".join(romanised("ευάγγελος")), "".join(romanised("μπακογιάννης"))
('nikolaos', 'evangelos', 'bakogiannis')
"""

from __future__ import annotations

import unicodedata

from sanctionscreen.names.tsv import pairs

#: Before these letters, and at the end of a word, the υ of αυ, ευ and ηυ is f; elsewhere it is v.
_VOICELESS = frozenset("θκξπστφχψ")
_DIAERESIS = "\u0308"


def romanised(text: str) -> list[str]:
    """Give the Latin of each character.

    >>> romanised("ευθύ"), romanised("μαΐου")
    (['e', 'f', 'th', 'y'], ['m', 'a', 'i', 'ou', ''])
    """
    decomposed = [unicodedata.normalize("NFD", char) for char in text]
    plain = "".join(char[0] for char in decomposed)
    pieces: list[str] = []
    while len(pieces) < len(plain):
        place = len(pieces)
        joined = _DIAERESIS not in "".join(decomposed[place + 1 : place + 2])
        pieces += _sound(plain, place) if joined else [_single(plain, place)]
    return pieces


def _sound(plain: str, place: int) -> list[str]:
    """Give the Latin of one sound, one or two letters."""
    pair = plain[place : place + 2]
    if pair in {"αυ", "ευ", "ηυ"}:
        after = plain[place + 2 : place + 3]
        return [_single(plain, place), "v" if after.isalpha() and after not in _VOICELESS else "f"]
    starts = place == 0 or not plain[place - 1].isalpha()
    table = pairs("romanise/greek.tsv")
    found = (table.get(f"^{pair}") if starts else None) or table.get(pair)
    return [_single(plain, place)] if found is None or len(pair) == 1 else [found, ""]


def _single(plain: str, place: int) -> str:
    return pairs("romanise/greek.tsv").get(plain[place], plain[place])
