"""Letters that look like those of another script: the Greek capital eta in "Ηikvision".

Unicode Technical Standard #39 (https://www.unicode.org/reports/tr39/) calls them confusables; `confusables.tsv`
has those of Latin, Cyrillic, Greek and Cherokee.

>>> from sanctionscreen.names.traced import Char
>>> disguises = []
>>> word = fold_confusables([Char("η", "Η", 0, 1), Char("i", "i", 1, 2), Char("k", "k", 2, 3)], disguises)
>>> "".join(char.folded for char in word), disguises
('hik', ['homoglyph'])
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from itertools import groupby

from sanctionscreen.names.scripts import script_of
from sanctionscreen.names.traced import Char, is_continuation
from sanctionscreen.names.tsv import rows

#: Two scripts of the lookalike table in one text, so far as a quick look tells.
_LATIN = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_LOOKALIKE = re.compile("[\u0370-\u052f\u1f00-\u1fff]")
_MIXABLE = re.compile("[\u0370-\u03ff].*[\u0400-\u052f]|[\u0400-\u052f].*[\u0370-\u03ff]|[\u13a0-\u13ff\uab70-\uabbf]")
LOOKALIKE_SCRIPTS = ("Latn", "Cyrl", "Grek", "Cher")
#: A word shorter than this may be a whole word of another script: ОАО, РАО, ΑΕ.
_WHOLE_WORD_LENGTH = 4


@cache
def _lookalikes() -> dict[tuple[str, str], str]:
    """Map a letter and a script to the letter of that script that looks the same."""
    table = {}
    for row in rows("confusables.tsv"):
        for script, cell in zip(LOOKALIKE_SCRIPTS, row, strict=True):
            if not cell.startswith("-"):
                table.update({(letter, script): cell[0].casefold() for letter in "".join(row)})
    return table


def fold_confusables(chars: list[Char], disguises: list[str]) -> list[Char]:
    """Fold letters to the main script of their word, then doubles of whole words to Latin; `chars` if none are."""
    if not may_be_confused("".join(char.folded for char in chars)):
        return chars
    words = [list(word) for _, word in groupby(chars, key=_is_of_a_word)]
    latin = any(tuple(_script_counts(word)) == ("Latn",) for word in words)
    folded = [_fold_mixed(word, latin=latin) for word in words]
    if _is_otherwise_latin(folded):
        folded = [_fold_whole(word) for word in folded]
    if folded == words:
        return chars
    disguises.append("homoglyph")
    return [char for word in folded for char in word]


def _is_of_a_word(char: Char) -> bool:
    return char.folded.isalnum() or is_continuation(char.folded)


def _script_counts(word: Iterable[Char]) -> Counter[str]:
    scripts = (script_of(char.folded) for char in word)
    return Counter(script for script in scripts if script in LOOKALIKE_SCRIPTS)


def _fold_mixed(word: list[Char], *, latin: bool) -> list[Char]:
    """Fold a word of mixed script to its main one, beside Latin words to Latin, where each letter has a double."""
    counts = _script_counts(word)
    if len(counts) < 2:
        return word
    folded = _folded_to("Latn", word) if latin else word
    return _folded_to(max(LOOKALIKE_SCRIPTS, key=lambda script: counts[script]), word) if folded is word else folded


def _is_otherwise_latin(words: list[list[Char]]) -> bool:
    """Tell whether a name has Latin words, and no other words but doubles of Latin ones."""
    scripts = [tuple(_script_counts(word)) for word in words]
    return ("Latn",) in scripts and all(
        found in {(), ("Latn",)} or _folded_to("Latn", word) is not word
        for found, word in zip(scripts, words, strict=True)
    )


def _fold_whole(word: list[Char]) -> list[Char]:
    letters = sum(_script_counts(word).values())
    return _folded_to("Latn", word) if letters >= _WHOLE_WORD_LENGTH else word


def _folded_to(script: str, word: list[Char]) -> list[Char]:
    """Write a word with the letters of one script, or give the word itself where a letter has no double."""
    folded = []
    for char in word:
        if script_of(char.folded) in {script, ""}:
            folded.append(char)
            continue
        table = _lookalikes()
        double = table.get((char.cased, script)) or table.get((char.folded, script))
        if double is None:
            return word
        folded.append(char._replace(folded=double, cased=double))
    return folded


def may_be_confused(text: str) -> bool:
    """Tell, at a quick look, whether a text may hold letters to fold."""
    return bool((_LOOKALIKE.search(text) and _LATIN.search(text)) or _MIXABLE.search(text))
