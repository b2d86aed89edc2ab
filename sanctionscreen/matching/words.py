"""Words as they are compared: a token, what it weighs, and the keys it can be found by.

Two words are alike where they share a key (the same text, concept, sound or consonants) or differ by few
enough edits. The index finds words by exactly these two ways, which is why it loses nothing.

>>> muhammad = word(Token("muhammad", Role.WORD, 0, 8), "Latn")
>>> "=Latn:muhammad" in muhammad.keys
True
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import lru_cache
from zlib import crc32

from sanctionscreen.matching import weights
from sanctionscreen.matching.hearing import SCRIPTS, heard_keys
from sanctionscreen.matching.sounds import sounding
from sanctionscreen.matching.syllables import is_chinese, is_syllables
from sanctionscreen.names.name import Role, Token

#: Roles of words that say who is named, in letters.
SPELT = frozenset({Role.WORD, Role.GENERIC, Role.PLACE})
#: Roles of words from tables that can still be misspelt where they are long ("Limted", "fourteennth").
MISSPELT = frozenset({Role.LEGAL, Role.TITLE, Role.PARTICLE, Role.NUMBER})


#: What makes a word the word it is: its text, role and concept, the script of the reading it stands in, whether only
#: consonants are written, and the script that it was written in before it was romanised.
Identity = tuple[str, Role, str, str, bool, str]


class Word:
    """A token prepared for comparison. Never changed once made; remembered, so that it is compared by identity.

    Attributes:
        text, role, concept, script, skeleton, origin: its identity.
        mass: what it counts, 0 to 100.
        reach: the most edits at which another word can still be taken for it.
        mask: its `letter_mask`.
        hashes: of its keys.
    """

    __slots__ = (
        "_keys", "_sought", "concept", "hashes", "mask", "mass", "origin", "reach", "role", "script", "skeleton",
        "text",
    )  # fmt: skip

    def __init__(
        self,
        identity: Identity,
        mass: int,
        reach: int,
        mask: int,
        hashes: Iterable[int],
        sought: list[int] | None = None,
    ) -> None:
        self.text, self.role, self.concept, self.script, self.skeleton, self.origin = identity
        self.mass = mass
        self.reach = reach
        self.mask = mask
        self.hashes = frozenset(hashes)
        self._sought = sought
        self._keys: frozenset[str] | None = None  # made when they are asked for

    @property
    def identity(self) -> Identity:
        """What makes it this word."""
        return self.text, self.role, self.concept, self.script, self.skeleton, self.origin

    @property
    def keys(self) -> frozenset[str]:
        """What it can be found by; two words that share one are alike."""
        if self._keys is None:
            self._keys = frozenset(_keys(self.identity)[0].split("\n"))
        return self._keys

    @property
    def sought(self) -> list[int]:
        """Hashes of the keys by which it looks for words of a list.

        One with its vowels is like another by consonants alone only where that has none.

        >>> putin = make_word("putin", Role.WORD, "", "Latn", False, "Latn")
        >>> [key for key in putin.keys if key_hash(key) not in putin.sought], key_hash("b:btn") in putin.sought
        (['k:btn'], True)
        """
        if self._sought is None:
            self._sought = _hashes(self.identity)[1]
        return self._sought

    def __repr__(self) -> str:
        """Show the word and what it does."""
        return f"Word({self.text!r}, {self.role.value})"


def key_hash(key: str) -> int:
    """Thirty-two bits of a key, the same on every machine; a collision only adds a candidate.

    >>> key_hash("=Latn:acme")
    3215486687
    """
    return crc32(key.encode("utf-8", "replace"))


def key_hashes(keys: Collection[str]) -> list[int]:
    """The `key_hash` of each; no key has an end of line."""
    return _line_hashes("\n".join(keys)) if keys else []


def _line_hashes(keys: str) -> list[int]:
    """The `key_hash` of each line."""
    return list(map(crc32, keys.encode("utf-8", "replace").split(b"\n")))


def letter_mask(text: str) -> int:
    """Which letters a word has, which it has twice, and how long it is, in 64 bits.

    Letters: bits 0-25 for the first time, 26-51 for the second; everything else: four classes, once, and outside
    ASCII any of 56. Length: eight bits of which one more is set, then one more cleared, with each character. Taking
    away or adding a character changes at most one bit besides that of the length, so words within k edits differ in
    at most 2k: a changed character changes two bits and leaves the length.

    >>> (letter_mask("anna") ^ letter_mask("ana")).bit_count()
    2
    """
    seen = twice = 0
    bits = _BITS if text.isascii() else _OTHER_BITS
    for char in text:
        bit = bits[char]
        twice |= seen & bit
        seen |= bit
    letters, others = seen & _LETTERS, seen >> _OTHERS
    return letters | (twice & _LETTERS) << _OTHERS | others | _LENGTHS[len(text) % len(_LENGTHS)]


#: While a mask is made, letters have the bits of their first time, and everything else its own beyond those.
_OTHERS = 26
_LETTERS = (1 << _OTHERS) - 1


class _Bits(dict[str, int]):
    """The bit of each character."""

    def __missing__(self, char: str) -> int:
        place = ord(char) - 97
        if 0 <= place < _OTHERS:
            return 1 << place
        return 1 << _OTHERS + (52 + place % 4 if place < 31 else place % 56)


_OTHER_BITS = _Bits()
#: Those of ASCII, in a plain dictionary, which Python looks up faster.
_BITS = {char: _OTHER_BITS[char] for char in map(chr, range(128))}
#: The bits of each length.
_LENGTHS = tuple(((1 << step) - 1 if step <= 8 else 0xFF ^ ((1 << (step - 8)) - 1)) << 56 for step in range(16))


def pair_mask(text: str) -> int:
    """Which pairs of neighbouring letters a word has, in either order, its two ends included, in 64 bits.

    A letter added, dropped or changed, or two neighbours swapped, takes away two pairs at most and brings two at most
    (one more where a letter is added), so words within k edits differ in at most 4k bits.

    >>> (pair_mask("hikvision") ^ pair_mask("hikivsion")).bit_count() <= 4
    True
    """
    mask, before = 0, 1
    for char in text:
        code = ord(char)
        mask |= 1 << _pair_bit(before, code) if before < code else 1 << _pair_bit(code, before)
        before = code
    return mask | 1 << _pair_bit(0, before)


@lru_cache(maxsize=16_384)
def _pair_bit(one: int, other: int) -> int:
    """The bit of a pair: the top six of a product with the odd number nearest to the golden ratio of 32 bits."""
    return ((one * 131 + other) * 2654435761 >> 20) % 64


def word(token: Token, script: str, origin: str = "Latn") -> Word:
    """Prepare a token of a reading in `script`, written in `origin` to begin with."""
    heard_as = "Kana" if origin == "Hira" else origin
    return make_word(token.text, token.role, token.concept, script, token.skeleton, heard_as)


@lru_cache(maxsize=200_000)
def make_word(text: str, role: Role, concept: str, script: str, bare: bool, origin: str) -> Word:
    """Prepare a word from its parts; `bare` says that only consonants are written."""
    identity = (text, role, concept, script, bare, origin)
    hashes, sought = _hashes(identity)
    mass = weights.mass(text, role, concept)
    return Word(identity, mass, _reach(text, role, script), letter_mask(text), hashes, sought)


def _hashes(identity: Identity) -> tuple[list[int], list[int]]:
    """Hashes of the keys that a word is found by, and of those by which it looks for others."""
    keys, consonants = _keys(identity)
    if identity[4] or not consonants:
        hashes = _line_hashes(keys)
        return hashes, hashes
    hashes = _line_hashes(f"{bare_key(consonants)}\n{keys}")
    return hashes[1:], hashes[:-1]


def _keys(identity: Identity) -> tuple[str, str]:
    """Give the keys of a word, a line each; and that of its consonants, the last of them, if it has one."""
    text, role, concept, script, _, origin = identity
    keys = f"={script}:{text}"
    if concept:
        keys += "".join([f"\n~{script}:{role}:{one}" for one in concept.split("|")])
    if script == "Latn" and role in SPELT:
        sounds, consonants = sounding(text)
        if sounds and text.isalpha():
            keys += "\ns:" + "\ns:".join(sounds)
        if origin != "Latn":
            keys += "".join([f"\nh:{key}" for key in heard_keys(text, origin)])
        if len(consonants) > 1:
            consonants = f"k:{consonants}"
            return f"{keys}\n{consonants}", consonants
    return keys, ""


def is_consonants(key: str) -> bool:
    """Whether a key is of consonants alone."""
    return key[0] == "k"


def bare_key(key: str) -> str:
    """The key of these consonants for words of which only they are written."""
    return f"b{key[1:]}"


#: By script, whether a word in Latin letters may be of its language itself: then its romanisation is all that tells.
_NATIVE = {"Hani": is_chinese, "Hang": is_syllables}


def heard(one: Word, listeners: tuple[str, ...]) -> frozenset[str]:
    """The keys by which a word in Latin letters would be found from words written in other scripts."""
    if one.origin != "Latn" or one.script != "Latn" or one.role not in SPELT:
        return frozenset()
    return _heard(one.text, listeners)


@lru_cache(maxsize=65536)
def _heard(text: str, listeners: tuple[str, ...]) -> frozenset[str]:
    known = tuple(s for s in listeners if s in SCRIPTS and not (s in _NATIVE and _NATIVE[s](text)))
    return frozenset(f"h:{key}" for key in heard_keys(text, "Latn", known))


def _reach(text: str, role: Role, script: str) -> int:
    if role in SPELT:
        return weights.reach(len(text), han=script in weights.SYLLABIC)
    return 1 if role in MISSPELT and text.isalpha() and len(text) >= weights.SHORTEST_MISSPELT else 0
