"""The scripts of India to Latin: Devanagari, Bengali, Gurmukhi, Gujarati, Odia, Tamil, Telugu, Kannada, Malayalam.

A consonant carries an a unless a vowel sign or a virama takes it away. In the languages of the north that a is
not spoken at the end of a word (schwa deletion), unless a cluster of consonants needs it: नरेन्द्र मोदी is
`narendra modi`, प्रकाश `prakash`. Standard: Hunterian transliteration (Survey of India), see `brahmic.tsv`.

>>> "".join(romanised("नरेन्द्र मोदी")), "".join(romanised("প্রণব")), "".join(romanised("ਸਿੰਘ"))
('narendra modi', 'pranab', 'singh')
>>> "".join(romanised("ராமசாமி")), "".join(romanised("ఆంధ్ర")), "".join(romanised("രാജ"))
('ramasami', 'andhra', 'raja')
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from sanctionscreen.names.tsv import rows

#: First code point of each block; the blocks of 128 follow one another.
_FIRST, _BLOCK, _LAST = 0x0900, 0x80, 0x0D7F
#: Blocks of languages that drop the last a: Devanagari, Bengali, Gurmukhi, Gujarati.
_DROPPING = frozenset({0x0900, 0x0980, 0x0A00, 0x0A80})
#: Letters that stand elsewhere in their block, or sound otherwise in their language.
_OWN = {
    "ব": ("c", "b"), "য": ("c", "j"), "য়": ("c", "y"), "ৎ": ("c", "t"), "ৰ": ("c", "r"), "ৱ": ("c", "w"),
    "ੰ": ("n", "n"), "ੱ": ("n", ""), "ச": ("c", "s"), "ஜ": ("c", "j"), "ഴ": ("c", "zh"),
    "ൺ": ("n", "n"), "ൻ": ("n", "n"), "ർ": ("n", "r"), "ൽ": ("n", "l"), "ൾ": ("n", "l"), "ൿ": ("n", "k"),
}  # fmt: skip


class _Sign(NamedTuple):
    kind: str
    latin: str


@cache
def _table() -> dict[int, _Sign]:
    return {
        int(offset, 16): _Sign(kind, latin.replace("*", "")) for offset, kind, latin in rows("romanise/brahmic.tsv")
    }


def _sign(char: str) -> _Sign | None:
    if char in _OWN:
        return _Sign(*_OWN[char])
    return _table().get((ord(char) - _FIRST) % _BLOCK) if _FIRST <= ord(char) <= _LAST else None


def romanised(text: str) -> list[str]:
    """Give the Latin of each character.

    >>> romanised("कमल")
    ['ka', 'ma', 'l']
    """
    signs = [_sign(char) for char in text]
    pieces = []
    for place, (char, sign) in enumerate(zip(text, signs, strict=True)):
        if sign is None:
            pieces.append(char)
        elif sign.kind == "c" and _has_a(text, signs, place):
            pieces.append(sign.latin + "a")
        else:
            pieces.append(sign.latin)
    return pieces


def _kind(signs: list[_Sign | None], place: int) -> str:
    """Give the kind of the sign at a place; empty outside a word."""
    sign = signs[place] if 0 <= place < len(signs) else None
    return sign.kind if sign else ""


def _has_a(text: str, signs: list[_Sign | None], place: int) -> bool:
    """Tell whether the consonant at a place keeps its a."""
    after = _next_kind(signs, place)
    if after in {"s", "x"}:
        return False
    block = ord(text[place]) // _BLOCK * _BLOCK
    if after or block not in _DROPPING:
        return True
    starts_word = _kind(signs, place - 1) == ""
    return starts_word or _kind(signs, place - 1) == "x"


def _next_kind(signs: list[_Sign | None], place: int) -> str:
    """Give the kind of the next sign that is not a dot below."""
    place += 1
    while _kind(signs, place) == "n" and not (signs[place] or _Sign("", "")).latin:
        place += 1
    return _kind(signs, place)
