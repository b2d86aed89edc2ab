"""Names of plain words, read at once: most names of companies are such.

A name is plain where none of the steps of `parsing` has a reason to do more than look its words up: letters of
ASCII, with commas and points behind words alone; no phrase, no typing error in one, no word with a sign (`traits`)
of another reading; and words that are the same whatever stands beside them. It has one reading. Any other name is
left to those steps, and the two say the same: this is a shorter road, not another one.

>>> plain_name("Bergmann Logistik GmbH", None) == parsed("Bergmann Logistik GmbH", None)
True
>>> plain_name("S.A. Bergmann", None) is None
True
"""

from __future__ import annotations

import re

from sanctionscreen.names.misspelt import LONGEST_MISSPELT, misspelt_phrase
from sanctionscreen.names.name import Name, Reading, Role, Token
from sanctionscreen.names.normalise import MAX_LENGTH
from sanctionscreen.names.rereading import MOST_INITIALS
from sanctionscreen.names.tokens import role_anyway
from sanctionscreen.names.traits import (
    COMPOUND,
    HINT,
    LATER,
    LETTER,
    MARKER,
    NO_PERSON,
    NO_PHRASES,
    NUMBER,
    ORGANISATION,
    REPEATED,
    SLIP,
    traits,
)
from sanctionscreen.names.transliterate import AS_WRITTEN
from sanctionscreen.records import Kind

_PLAIN_WORD = "(?:[A-Z]+[a-z]*|[a-z]+)"
_PLAIN = re.compile(rf"{_PLAIN_WORD}(?:[.,]* {_PLAIN_WORD})*[.,]*")
_PARTING = str.maketrans(",.", "  ")
#: So many words are left to the other steps.
_MANY_WORDS = 20
_UNUSUAL = REPEATED | COMPOUND | LETTER | MARKER | NUMBER
#: Roles that do not say who is meant.
_NOT_TELLING = frozenset({Role.LEGAL, Role.PARTICLE})


def plain_name(text: str, kind: Kind | None) -> Name | None:
    """Read a plain name; None where it is not plain."""
    if len(text) > MAX_LENGTH or _PLAIN.fullmatch(text) is None:
        return None
    lower = text.lower()
    words = lower.translate(_PARTING).split()
    signs = _signs(words)
    if signs is None or ("," in text and (kind == "person" or not (kind or signs & NO_PERSON))):
        return None
    known = kind or ("organization" if signs & (ORGANISATION | LATER) else None)
    if known is None and signs & HINT:
        return None
    if known in ("person", None) and len(words[0]) <= MOST_INITIALS:
        return None
    tokens = _tokens(lower, words, known)
    if tokens is None:
        return None
    return Name(text, known, kind is not known, (Reading("Latn", AS_WRITTEN, tokens),))


def _signs(words: list[str]) -> int | None:
    """Give the signs of all words together; None where they may be phrases or have other readings."""
    signs, every, begun = 0, HINT, NO_PHRASES
    for word in words:
        if word in begun:
            return None
        _, begun, found = traits(word)
        signs |= found
        every &= found
    if signs & _UNUSUAL or every or len(words) >= _MANY_WORDS or traits(words[0]).signs & LATER:
        return None
    if signs & SLIP and any(misspelt_phrase(words[at : at + LONGEST_MISSPELT]) for at in range(len(words))):
        return None
    return signs


def _tokens(text: str, words: list[str], kind: Kind | None) -> tuple[Token, ...] | None:
    """Give the tokens of words; None where other words decide what one is, or none says who is meant."""
    tokens: list[Token] = []
    end, telling, last = 0, False, len(words) - 1
    for place, word in enumerate(words):
        told = role_anyway(word, kind, place == 0, place == last)
        if told is None:
            return None
        _, role, concept = told
        start = text.index(word, end)
        end = start + len(word)
        tokens.append(Token(word, role, start, end, concept))
        telling = telling or role not in _NOT_TELLING
    return tuple(tokens) if telling else None
