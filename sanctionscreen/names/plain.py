"""Names of plain words, read at once: three in four names of vendors are such.

A name is plain where the steps of `parsing` have nothing to do but look its words up: letters of ASCII, with commas
and points behind words alone; no phrase, and no typing error in one; no word with a sign (`traits`) of another
reading; and every word the same whatever words stand beside it. It has one reading. Any other name is left to those
steps. What they say of a plain name is what is said here, in a quarter of the time.

>>> name = plain_name("Bergmann Logistik GmbH", None)
>>> name.kind, [(token.text, token.role.value) for token in name.readings[0].tokens]
('organization', [('bergmann', 'word'), ('logistik', 'generic'), ('gmbh', 'legal')])
>>> [plain_name(text, None) for text in ("S.A. Bergmann", "BergmannAG", "Petrov, Ivan", "Hong Kong Ltd", "Bergmann AG")]
[None, None, None, None, None]
"""

from __future__ import annotations

import re

from sanctionscreen.names.acronyms import own_acronym
from sanctionscreen.names.misspelt import LONGEST_MISSPELT, misspelt_phrase
from sanctionscreen.names.name import Name, Reading, Role, Token
from sanctionscreen.names.normalise import MAX_LENGTH
from sanctionscreen.names.readings import MANY_WORDS
from sanctionscreen.names.rereading import MOST_INITIALS, may_be_cut_off
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

#: No capital behind a small letter, where a word may be two, but as its last (GmbH, SpA), and no l that may be an I.
#: What was once read as a word is not tried in other ways: those of many words would take time without end.
_WORD = r"(?>(?:[A-Z](?!l+[A-Z]\b)[a-z]*|[A-Z]{2,}(?:[a-km-z][a-z]*)?|[a-z]+)[A-Z]?(?![A-Za-z]))"
_PLAIN = re.compile(rf"{_WORD}(?:[.,]* {_WORD})*[.,]*")
_UNUSUAL = REPEATED | COMPOUND | LETTER | MARKER | NUMBER
#: Makes a named tuple of all its fields in half the time that its own name takes.
_made = tuple.__new__
#: Roles that do not say who is meant.
_NOT_TELLING = frozenset({Role.LEGAL, Role.PARTICLE})


def plain_name(text: str, kind: Kind | None) -> Name | None:
    """Read a plain name; None where it is not plain."""
    if len(text) > MAX_LENGTH or _PLAIN.fullmatch(text) is None:
        return None
    lower = text.lower()  # places in it are those in the name
    words = lower.replace(",", " ").replace(".", " ").split()
    unusual = may_be_cut_off(words, text) or own_acronym(words) is not None
    signs = None if unusual else _signs(words)
    if signs is None or ("," in text and (kind == "person" or not (kind or signs & NO_PERSON))):
        return None
    known = kind or ("organization" if signs & (ORGANISATION | LATER) else None)
    if known is None and signs & HINT:
        return None
    if known in ("person", None) and len(words[0]) <= MOST_INITIALS and text[: len(words[0])].isupper():
        return None
    tokens = _tokens(lower, words, known)
    if tokens is None:
        return None
    inferred = kind is None and known is not None
    return Name(text, known, inferred, (Reading("Latn", AS_WRITTEN, tokens),))


def _signs(words: list[str]) -> int | None:
    """Give the signs of all words together; None where they may be phrases or have other readings."""
    signs, every, begun = 0, HINT, NO_PHRASES
    for word in words:
        if word in begun:
            return None
        _, begun, found = traits(word)
        signs |= found
        every &= found
    if signs & _UNUSUAL or every or len(words) >= MANY_WORDS or traits(words[0]).signs & LATER:
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
        tokens.append(_made(Token, (word, role, start, end, concept, False)))
        telling = telling or role not in _NOT_TELLING
    return tuple(tokens) if telling else None
