"""Cyrillic to Latin by the standard of the language that the letters of a text betray.

One canonical romanisation a language (`cyrillic.tsv` names them): spellings by the other standards (ISO 9,
GOST, passports, German, French) meet it by sound, in `sanctionscreen.matching.sounds`.

>>> "".join(romanised("евгений хрущёв")), "".join(romanised("володимир зеленський"))
('yevgeniy khrushchev', 'volodymyr zelenskyi')
>>> language("слободан милошевић"), language("търговска банка"), language("тоқаев"), language("иван")
('sr', 'bg', 'other', 'ru')
"""

from __future__ import annotations

import re
from functools import cache

from sanctionscreen.names.tsv import rows

_LANGUAGES = ("ru", "uk", "be", "bg", "sr", "other")

#: Letters that tell a language, looked for in this order; Russian is what none of them tells.
_SIGNS = (
    ("sr", re.compile("[јљњђћџѓќѕ]")),
    ("other", re.compile("[әғқңөұүһҳҷҗӣӯҡҙҫӗӳӏҽ]")),
    ("be", re.compile("[ў]|і.*ы|ы.*і")),
    ("uk", re.compile("[іїєґ]|[сцз]ьк|ьо")),
    ("bg", re.compile("ъ(?![еёюяиє])")),
)
_SOFTENING = frozenset("аеёиоуыэюяіїєъь'")
#: Standards by language, for explanations.
STANDARDS = {
    "ru": "BGN/PCGN (Russian)",
    "uk": "Ukrainian national system",
    "be": "Belarusian national system",
    "bg": "Bulgarian national system",
    "sr": "Gaj's Latin alphabet",
    "other": "BGN/PCGN",
}


def language(text: str) -> str:
    """Tell the language of Cyrillic text by its letters: ru, uk, be, bg, sr (or Macedonian) or other."""
    return next((language for language, sign in _SIGNS if sign.search(text)), "ru")


@cache
def _table(language: str) -> dict[str, tuple[str, str]]:
    """Map a letter to what it is at the start of a syllable and elsewhere."""
    column = _LANGUAGES.index(language) + 1
    table = {}
    for row in rows("romanise/cyrillic.tsv"):
        cell = row[column] if column < len(row) and row[column] != "-" else row[1]
        first, _, second = cell.replace("*", "").partition("|")
        table[row[0]] = (first, second or first)
    return table


def romanised(text: str) -> list[str]:
    """Give the Latin of each character of a casefolded Cyrillic text.

    >>> romanised("ельцин")
    ['ye', 'l', '', 'ts', 'i', 'n']
    """
    spoken = language(text)
    table = _table(spoken)
    # The Ukrainian system knows two forms by the start of the word alone.
    softening = frozenset() if spoken == "uk" else _SOFTENING
    before = " "
    pieces = []
    for char in text:
        forms = table.get(char)
        starts = not before.isalpha() or before in softening
        pieces.append(_after_sibilant(char, before) or (char if forms is None else forms[not starts]))
        before = char
    return pieces


def _after_sibilant(char: str, before: str) -> str:
    """Give ё after ж, ч, ш and щ, where it is written e: Хрущёв is Khrushchev."""
    return "e" if char == "ё" and before in "жчшщ" else ""
