"""Words as they are compared: a token, what it weighs, and the keys it can be found by.

Two words are alike where they share a key (the same text, concept, sound or consonants) or differ by few
enough edits. The index finds words by exactly these two ways, which is why it loses nothing.

>>> muhammad = word(Token("muhammad", Role.WORD, 0, 8), "Latn")
>>> "=Latn:muhammad" in muhammad.keys
True
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from sanctionscreen.matching import weights
from sanctionscreen.matching.hearing import SCRIPTS, heard_keys
from sanctionscreen.matching.sounds import skeleton, sound_keys
from sanctionscreen.names.name import Role, Token

#: Roles of words that say who is named, in letters.
SPELT = frozenset({Role.WORD, Role.GENERIC, Role.PLACE})
#: Roles of words from tables that can still be misspelt where they are long ("Limted", "fourteennth").
MISSPELT = frozenset({Role.LEGAL, Role.TITLE, Role.PARTICLE, Role.NUMBER})


@dataclass(frozen=True, slots=True, eq=False)
class Word:
    """A token prepared for comparison; equal tokens share one `Word`, so that words are compared by identity.

    Attributes:
        text, role, concept: as the token has them.
        script: of the reading the word stands in.
        skeleton: only consonants are written.
        origin: the script that the word was written in, before it was romanised.
        mass: what it counts, 0 to 100.
        keys: what it can be found by; two words that share one are alike.
        reach: the most edits at which another word can still be taken for it.
    """

    text: str
    role: Role
    concept: str
    script: str
    skeleton: bool
    origin: str
    mass: int
    keys: frozenset[str]
    reach: int

    @property
    def identity(self) -> tuple[str, Role, str, str, bool, str]:
        """What makes it this word."""
        return self.text, self.role, self.concept, self.script, self.skeleton, self.origin


def word(token: Token, script: str, origin: str = "Latn") -> Word:
    """Prepare a token of a reading in `script`, written in `origin` to begin with."""
    heard_as = "Kana" if origin == "Hira" else origin
    return make_word(token.text, token.role, token.concept, script, token.skeleton, heard_as)


@lru_cache(maxsize=200_000)
def make_word(text: str, role: Role, concept: str, script: str, bare: bool, origin: str) -> Word:
    """Prepare a word from its parts; `bare` says that only consonants are written."""
    spelt = role in SPELT
    keys = {f"={script}:{text}"}
    if concept:
        keys.add(f"~{script}:{role}:{concept}")
    if spelt and script == "Latn":
        if not bare and text.isalpha():
            keys.update(f"s:{key}" for key in sound_keys(text))
        consonants = skeleton(text)
        if len(consonants) > 1:
            keys.add(f"k:{consonants}")
        if origin != "Latn":
            keys.update(f"h:{key}" for key in heard_keys(text, origin))
    mass, reach = weights.mass(text, role), _reach(text, role, script)
    return Word(text, role, concept, script, bare, origin, mass, frozenset(keys), reach)


def heard(one: Word, listeners: tuple[str, ...]) -> frozenset[str]:
    """The keys by which a word in Latin letters would be found from words written in other scripts."""
    if one.origin != "Latn" or one.script != "Latn" or one.role not in SPELT:
        return frozenset()
    known = tuple(script for script in listeners if script in SCRIPTS)
    return frozenset(f"h:{key}" for key in heard_keys(one.text, "Latn", known)) if known else frozenset()


def _reach(text: str, role: Role, script: str) -> int:
    if role in SPELT:
        return weights.reach(len(text), han=script in weights.SYLLABIC)
    return 1 if role in MISSPELT and text.isalpha() and len(text) >= weights.SHORTEST_MISSPELT else 0
