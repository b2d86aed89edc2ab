"""Kanji read as Japanese names: 山田太郎 is `yamada taro` as well as `shantian tailang`.

Only a text that is made whole of known family names, given names and words of company names
(`japanese_names.tsv`) is read so; kana among them by `kana`.

>>> "".join(romanised("山田太郎") or [])
'yamada taro'
>>> "".join(romanised("三菱重工業") or []), romanised("海康威视")
('mitsubishi jukogyo', None)
"""

from __future__ import annotations

from functools import cache, lru_cache

from sanctionscreen.names.romanise import han, kana
from sanctionscreen.names.romanise.sharing import shared_out
from sanctionscreen.names.tsv import rows

_LONGEST_WORD = 6
_LONGEST_TEXT = 24


@cache
def _readings() -> dict[str, str]:
    """Map a word to its reading; family names before the words and given names of the same characters."""
    table: dict[str, str] = {}
    for kanji, reading, _ in rows("romanise/japanese_names.tsv"):
        table.setdefault(kanji, reading)
    return table


def romanised(text: str) -> list[str] | None:
    """Give the Latin of each character, or None where the kanji are not all Japanese names.

    >>> romanised("佐々木一郎")
    ['sa', 'sa', 'ki', ' ich', 'iro']
    """
    pieces = kana.romanised(text)
    for run in han.RUN.finditer(text):
        start, end = run.span()
        words = _words(run[0]) if end - start <= _LONGEST_TEXT else None
        if words is None:
            return None
        pieces[start:end] = _spelt(words)
        if start and pieces[start - 1][-1:].isalnum():
            pieces[start] = " " + pieces[start]
        if pieces[end : end + 1] and pieces[end][:1].isalnum():
            pieces[end] = " " + pieces[end]
    return pieces


def _spelt(words: tuple[str, ...]) -> list[str]:
    pieces: list[str] = []
    for word in words:
        shares = shared_out(_readings()[word], len(word))
        if pieces:
            shares[0] = " " + shares[0]
        pieces += shares
    return pieces


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[str, ...] | None:
    """Cut text into as few known words as can be, or None."""
    if not text:
        return ()
    best = None
    for length in range(min(_LONGEST_WORD, len(text)), 0, -1):
        rest = _words(text[length:]) if text[:length] in _readings() else None
        if rest is not None and (best is None or len(rest) + 1 < len(best)):
            best = (text[:length], *rest)
    return best
