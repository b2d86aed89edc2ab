"""Japanese kana to Latin by modified Hepburn, without macrons: トヨタ is `toyota`, とうきょう `tokyo`.

>>> "".join(romanised("トヨタ")), "".join(romanised("とうきょう")), "".join(romanised("マッキントッシュ"))
('toyota', 'tokyo', 'makkintosshu')
>>> "".join(romanised("ファーウェイ")), "".join(romanised("ウラジーミル・プーチン"))
('fawei', 'urajimiru・puchin')
"""

from __future__ import annotations

from sanctionscreen.names.tsv import pairs

_HIRAGANA = range(0x3041, 0x3097)
_TO_KATAKANA = 0x60
_SMALL_TSU = "ッ"
_LENGTHENING = frozenset("ーｰ")
#: A long o is written with う, a long u with う and a long o in some words with お.
_LONG = {("o", "ウ"), ("u", "ウ"), ("o", "オ")}


def romanised(text: str) -> list[str]:
    """Give the Latin of each character.

    >>> romanised("きょうと"), romanised("ッ")
    (['kyo', '', '', 'to'], [''])
    """
    hiragana = [ord(char) in _HIRAGANA for char in text]
    kana = "".join(
        chr(ord(char) + _TO_KATAKANA) if is_hiragana else char for char, is_hiragana in zip(text, hiragana, strict=True)
    )
    pieces: list[str] = []
    while len(pieces) < len(kana):
        place = len(pieces)
        pieces += _sound(kana, place, long="".join(pieces[-2:])[-1:] if hiragana[place] else "")
    return _doubled(kana, pieces)


def _sound(kana: str, place: int, *, long: str) -> list[str]:
    """Give the Latin of one sound, one or two characters; `long` is the vowel before it that it may lengthen."""
    table = pairs("romanise/kana.tsv")
    if kana[place : place + 2] in table and len(kana) > place + 1:
        return [table[kana[place : place + 2]], ""]
    char = kana[place]
    if char in _LENGTHENING or char == _SMALL_TSU or (long, char) in _LONG:
        return [""]
    return [table.get(char, char)]


def _doubled(kana: str, pieces: list[str]) -> list[str]:
    """Double the consonant after a small tsu; before ch it is a t."""
    for place, char in enumerate(kana[:-1]):
        after = pieces[place + 1][:1]
        if char == _SMALL_TSU and after.isascii() and after.isalpha():
            pieces[place] = "t" if pieces[place + 1].startswith("ch") else after
    return pieces
