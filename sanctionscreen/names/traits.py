"""What a word tells by its letters alone, remembered: most words of names come again and again.

Its meanings in Latin letters, the phrases that it begins, and signs of what a rule may find in it, so that the rules
are asked only where there is something for them.

>>> traits("hong").phrases["kong"]  # special administrative region
5
>>> [traits(text).signs == sign for text, sign in (("sudann", SLIP), ("hikvisssion", REPEATED), ("nuruddin", COMPOUND))]
[True, True, True]
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from sanctionscreen.names.compounds import may_be_compound
from sanctionscreen.names.disguised import may_repeat
from sanctionscreen.names.kinds import KINSHIP, is_patronymic
from sanctionscreen.names.ledger import LEDGER_WORDS
from sanctionscreen.names.lexicon import latin_words
from sanctionscreen.names.markers import LAST_WORDS
from sanctionscreen.names.misspelt import slips_of
from sanctionscreen.names.name import Role
from sanctionscreen.names.senses import NO_SENSES, Sense, is_namesake_place
from sanctionscreen.names.splitting import Word

#: Signs: no table knows the word, and it is one typing error away from a word of phrases.
SLIP = 1
#: A letter stands three times.
REPEATED = 2
#: It may be of an Arabic compound.
COMPOUND = 4
#: It is one letter, or it is written with points.
LETTER = 8
#: It may be a word that parts names, or one that ledgers write beside them.
MARKER = 16
#: It may say what kind of name it stands in.
HINT = 32
#: It tells an organisation, unless it is all of the name or, if it is only `LATER`, its first word.
ORGANISATION, LATER = 64, 128
#: It is no word of a person's name with a comma.
NO_PERSON = 256
#: It may be a number.
NUMBER = 512

NO_PHRASES: Mapping[str, int] = {}
_NO_PERSON_ROLES = frozenset({Role.LEGAL, Role.GENERIC, Role.PLACE, Role.NUMBER})


class Traits(NamedTuple):
    """What a word tells.

    Attributes:
        senses: its meanings.
        phrases: for the second word of each phrase that it begins, how many words the longest such phrase has.
        signs: a bit each.
    """

    senses: tuple[Sense, ...]
    phrases: Mapping[str, int]
    signs: int


@lru_cache(maxsize=65536)
def traits(text: str) -> Traits:
    """Give what a word tells."""
    vocabulary = latin_words()
    senses, phrases = vocabulary.words.get(text), vocabulary.begun.get(text)
    signs = SLIP if senses is None and slips_of(text) else 0
    if senses is not None:
        signs |= _signs_of_senses(senses)
    if is_patronymic(text):
        signs |= HINT
    if not text.isalpha():
        signs |= NO_PERSON
    if may_repeat(text):
        signs |= REPEATED
    if may_be_compound(text):
        signs |= COMPOUND
    if len(text) == 1:
        signs |= LETTER
    if text in LAST_WORDS or text in LEDGER_WORDS:
        signs |= MARKER
    return Traits(senses or NO_SENSES, phrases or NO_PHRASES, signs)


def _signs_of_senses(senses: Iterable[Sense]) -> int:
    signs = 0
    for sense in senses:
        role, concept, where, tells = sense
        if role in (Role.LEGAL, Role.TITLE) or concept in KINSHIP or is_namesake_place(sense):
            signs |= HINT
        if (role is Role.GENERIC and tells) or (role is Role.LEGAL and not where):
            signs |= ORGANISATION
        if role is Role.LEGAL and where == "later":
            signs |= LATER
        if role is Role.NUMBER:
            signs |= NUMBER
        if role in _NO_PERSON_ROLES:
            signs |= NO_PERSON
    return signs


def signs_of(words: Iterable[Word]) -> int:
    """Give the signs of all words together."""
    signs = 0
    for word in words:
        signs |= traits(word.text)[2]
        if word.parts:
            signs |= LETTER
    return signs
