"""Spellings that no honest typist needs: made to be read by a person and missed by a program.

>>> from random import Random
>>> hikvision = NameWords.of("Hikvision", "organization")
>>> letters_spaced(hikvision, Random(4)), leet(hikvision, Random(4))
('H i k v i s i o n', 'H1kv1sion')
>>> zero_width(hikvision, Random(1)) == "Hikvision"
False
"""

from __future__ import annotations

from random import Random

from sanctionscreen.names import Role
from sanctionscreen.variants.words import NameWords, pick

#: Latin letters and letters of other scripts that look the same (Unicode UTS #39, confusables.txt).
HOMOGLYPHS = {
    "a": "а", "c": "с", "e": "е", "i": "і", "j": "ј", "o": "оο", "p": "р", "s": "ѕ", "x": "х", "y": "у", "v": "ν",
    "A": "АΑ", "B": "ВΒ", "C": "С", "E": "ЕΕ", "H": "НΗ", "I": "ІΙ", "K": "КΚ", "M": "МΜ", "N": "Ν", "O": "ОΟ",
    "P": "РΡ", "S": "Ѕ", "T": "ТΤ", "X": "ХΧ", "Y": "Υ", "Z": "Ζ",
}  # fmt: skip
LEET = {"a": "4", "e": "3", "i": "1", "o": "0", "s": "5", "t": "7", "l": "1", "b": "8"}
#: Characters that are not seen: zero-width space, non-joiner, joiner, word joiner, byte-order mark, soft hyphen.
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
_LONG_ENOUGH = 5


def _word(name: NameWords, random: Random) -> int | None:
    """Choose a distinctive word long enough to be read in spite of it all."""
    options = [i for i in name.distinctive if name.words[i].letters >= _LONG_ENOUGH and name.words[i].text.isascii()]
    return pick(options, random) if options else None


def _replaced(name: NameWords, random: Random, table: dict[str, str], most: int) -> str | None:
    i = _word(name, random)
    if i is None:
        return None
    letters = list(name.words[i].text)
    places = [at for at, letter in enumerate(letters) if letter in table]
    for _ in range(min(most, len(places))):
        at = places.pop(int(random.random() * len(places)))
        letters[at] = pick(table[letters[at]], random)
    changed = "".join(letters)
    return name.with_word(i, changed) if changed != name.words[i].text else None


def homoglyphs(name: NameWords, random: Random) -> str | None:
    """Up to three letters of a word are of another script that looks the same."""
    return _replaced(name, random, HOMOGLYPHS, 3)


def leet(name: NameWords, random: Random) -> str | None:
    """Up to two letters of a word are digits that look like them: `H1kvi5ion`."""
    return _replaced(name, random, LEET | {k.upper(): v for k, v in LEET.items()}, 2)


def zero_width(name: NameWords, random: Random) -> str | None:
    """A character that is not seen stands within a word."""
    i = _word(name, random)
    if i is None:
        return None
    text = name.words[i].text
    at = pick(range(1, len(text)), random)
    return name.with_word(i, text[:at] + pick(INVISIBLE, random) + text[at:])


def letters_spaced(name: NameWords, random: Random) -> str | None:
    """The letters of a word stand apart: `H i k v i s i o n`."""
    i = _word(name, random)
    if i is None or not name.words[i].text.isalpha():
        return None
    return name.with_word(i, pick((" ", ".", "-"), random).join(name.words[i].text))


def letters_repeated(name: NameWords, random: Random) -> str | None:
    """A letter stands three times: `Hikvisssion`."""
    i = _word(name, random)
    if i is None:
        return None
    text = name.words[i].text
    at = pick([place for place, letter in enumerate(text) if letter.isalpha()], random)
    return name.with_word(i, text[:at] + 3 * text[at] + text[at + 1 :])


def words_reversed(name: NameWords, random: Random) -> str | None:  # noqa: ARG001  # every maker takes both
    """The words stand in reverse, but for the legal form."""
    units = [unit for unit in name.units() if name.words[unit[-1]].role is not Role.LEGAL]
    if name.has_patronymic or len(units) < 2:  # it takes two to turn round
        return None
    forms = [unit for unit in name.units() if name.words[unit[-1]].role is Role.LEGAL]
    changed = name.in_order([*reversed(units), *forms])
    return changed if changed != " ".join(name.texts) else None


MAKERS = (homoglyphs, zero_width, leet, letters_spaced, letters_repeated, words_reversed)
