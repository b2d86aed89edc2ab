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
from sanctionscreen.matching.sounds import skeleton, sound_keys
from sanctionscreen.names.name import Role, Token

#: Roles of words that say who is named, in letters.
SPELT = frozenset({Role.WORD, Role.GENERIC, Role.PLACE})
#: Roles of words from tables that can still be misspelt where they are long ("Limted").
MISSPELT = frozenset({Role.LEGAL, Role.TITLE, Role.PARTICLE})


@dataclass(frozen=True, slots=True, eq=False)
class Word:
    """A token prepared for comparison; equal tokens share one `Word`, so that words are compared by identity.

    Attributes:
        text, role, concept: as the token has them.
        script: of the reading the word stands in.
        skeleton: only consonants are written.
        mass: what it counts, 0 to 100.
        keys: what it can be found by; two words that share one are alike.
        reach: the most edits at which another word can still be taken for it.
    """

    text: str
    role: Role
    concept: str
    script: str
    skeleton: bool
    mass: int
    keys: frozenset[str]
    reach: int

    @property
    def identity(self) -> tuple[str, Role, str, str, bool]:
        """What makes it this word."""
        return self.text, self.role, self.concept, self.script, self.skeleton


def word(token: Token, script: str) -> Word:
    """Prepare a token of a reading in `script`."""
    return make_word(token.text, token.role, token.concept, script, token.skeleton)


@lru_cache(maxsize=200_000)
def make_word(text: str, role: Role, concept: str, script: str, bare: bool) -> Word:
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
    mass, reach = weights.mass(text, role), _reach(text, role, script)
    return Word(text, role, concept, script, bare, mass, frozenset(keys), reach)


def _reach(text: str, role: Role, script: str) -> int:
    if role in SPELT:
        return weights.reach(len(text), han=script == "Hani")
    return 1 if role in MISSPELT and len(text) >= weights.SHORTEST_MISSPELT else 0
