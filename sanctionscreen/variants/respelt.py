"""The same name in other letters: another romanisation, another script, accents, punctuation, capitals.

>>> from random import Random
>>> transliterated(NameWords.of("Sergei Khrushchev", "person"), Random(5))
'Sergei Chruschtschew'
>>> script_changed(NameWords.of("Vladimir Putin", "person"), Random(3))
'Владимир Путин'
>>> script_changed(NameWords.of("Jack Wilson", "person"), Random(3)) is None
True
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from random import Random

from sanctionscreen.names import Role
from sanctionscreen.names.tsv import pairs
from sanctionscreen.variants.words import NameWords, pick, table

#: A letter, and what an accent makes of it that folds back to the letter in every standard.
_ACCENTS = {row[0]: row[1:] for row in ("aáāà", "eéēè", "iíīì", "oóōò", "uúūù", "cçč", "sšş", "zž", "nñ", "gğ")}


class Spelling:
    """Letters and what is written for them: `zh=ž ^ye=е s$=ς`, the longest that fit first.

    >>> Spelling("sh=sch v=w ov$=off").of("shustov"), Spelling("a=α b=β").of("abc"), Spelling("a=α").whole("abc")
    ('schustoff', 'αβc', None)
    """

    def __init__(self, rules: str) -> None:
        pairs = [rule.split("=") for rule in rules.split()]
        pairs.sort(key=lambda pair: (-len(pair[0].strip("^$")), -len(pair[0])))
        sources = [re.sub(r"\$$", r"(?![^\\W_])", re.sub(r"^\^", r"(?<![^\\W_])", source)) for source, _ in pairs]
        self._written = [written for _, written in pairs]
        self._pattern = re.compile("|".join(f"({source})" for source in sources))
        self._whole = re.compile(f"(?:{'|'.join(sources)})+")

    def of(self, text: str) -> str:
        """Respell what the rules fit; the rest stays."""
        return self._pattern.sub(lambda found: self._written[(found.lastindex or 0) - 1], text)

    def whole(self, text: str) -> str | None:
        """Respell a text that the rules make up altogether."""
        return self.of(text) if self._whole.fullmatch(text) else None


@cache
def _spelling(rules: str) -> Spelling:
    return Spelling(rules)


@cache
def _wade_giles() -> dict[str, str]:
    """Pinyin syllables, and each in Wade-Giles."""
    return pairs("romanise/wade_giles.tsv")


def _syllables_of(word: str) -> list[str] | None:
    """Cut a pinyin word into syllables from the left, the longest that leaves syllables behind it.

    >>> _syllables_of("xiaoping"), _syllables_of("change"), _syllables_of("smith")
    (['xiao', 'ping'], ['chang', 'e'], None)
    """
    if not word:
        return []
    for size in range(min(6, len(word)), 0, -1):
        if word[:size] in _wade_giles() and (rest := _syllables_of(word[size:])) is not None:
            return [word[:size], *rest]
    return None


def wade_giles(word: str) -> str | None:
    """Respell a word of Hanyu Pinyin in Wade-Giles; None where it is no such word.

    >>> wade_giles("xiaoping"), wade_giles("zhang"), wade_giles("smith")
    ("hsiao-p'ing", 'chang', None)
    """
    if len(word) > _LONGEST_PINYIN:
        return None
    syllables = _syllables_of(word)
    return "-".join(_wade_giles()[s] for s in syllables) if syllables else None


#: No Chinese given name or family name in pinyin is longer.
_LONGEST_PINYIN = 14


def _languages(name: NameWords) -> set[str]:
    words = [w.text.lower() for w in name.words if w.role is not Role.LEGAL]
    found = {language for language, tell in table("tells.tsv") if any(re.fullmatch(tell, word) for word in words)}
    spelt = [w for w in words if w.isalpha()]
    pinyin = spelt == words and 1 < len(spelt) < 4 and all(map(wade_giles, spelt))
    return found | ({"chinese"} if pinyin and name.kind in ("person", None) else set())


def transliterated(name: NameWords, random: Random) -> str | None:
    """The name as another standard or custom romanises it: `Chruschtschew`, `Hsiao-p'ing`, `Mohamed`."""
    languages = _languages(name)
    options = [
        spelt
        for language, _, rules in table("respellings.tsv")
        if language in languages and (spelt := _by_words(name, _spelling(rules).of)) is not None
    ]
    if "chinese" in languages and (spelt := _by_words(name, lambda word: wade_giles(word) or word)):
        options.append(spelt)
    return pick(options, random) if options else None


def _by_words(name: NameWords, respell: Callable[[str], str]) -> str | None:
    texts = [w.text if w.role is Role.LEGAL else _like(w.text, respell(w.text.lower())) for w in name.words]
    spelt = " ".join(texts)
    return spelt if spelt != " ".join(name.texts) else None


def _like(model: str, text: str) -> str:
    """Write a text in the capitals of its model."""
    if text == model.lower():
        return model
    if model.isupper() and len(model) > 1:
        return text.upper()
    return text[:1].upper() + text[1:] if model[:1].isupper() else text


def script_changed(name: NameWords, random: Random) -> str | None:
    """The name in a script whose standard romanisation gives back these Latin letters.

    Of persons and vessels, and of organisations that bear nothing but distinctive words and a legal form.
    """
    words = [w for w in name.words if w.role is not Role.LEGAL]
    if not name.distinctive or any(w.role is not Role.WORD for w in words):
        return None
    options = []
    for _, _, rules in table("scripts.tsv"):
        spelt = [_spelling(rules).whole(w.text.lower()) for w in words]
        if all(spelt):
            options.append(" ".join(_like(w.text, text) for w, text in zip(words, spelt, strict=True) if text))
    return pick(options, random) if options else None


def accents_changed(name: NameWords, random: Random) -> str | None:
    """Accents are left out; where there are none, one is added: `Muḥammad`, `Muhammád`."""
    text = " ".join(name.texts)
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    if bare != text:
        return unicodedata.normalize("NFC", bare)
    places = [(i, letter) for i, letter in enumerate(text) if letter.lower() in _ACCENTS]
    if not places:
        return None
    i, letter = pick(places, random)
    accented = pick(_ACCENTS[letter.lower()], random)
    return text[:i] + (accented.upper() if letter.isupper() else accented) + text[i + 1 :]


def punctuation_changed(name: NameWords, random: Random) -> str | None:
    """Hyphens, apostrophes and full stops are left out or written otherwise: `Al Zawahiri`, `A.I.G.`."""
    text = " ".join(name.texts)
    changes = (("-", " "), ("-", ""), ("'", ""), ("'", "’"), ("-", "–"), (".", ""), ("&", "and"), ("(", ""))
    options = [changed for old, new in changes if (changed := text.replace(old, new)) != text]
    return pick(options, random).strip() if options else None


def case_changed(name: NameWords, random: Random) -> str | None:
    """Capitals where there were small letters, or the other way round."""
    text = " ".join(name.texts)
    options = [c for c in (text.lower(), text.upper(), text.title(), text.swapcase()) if c != text]
    return pick(options, random) if options else None


MAKERS = (transliterated, script_changed, accents_changed, punctuation_changed, case_changed)
