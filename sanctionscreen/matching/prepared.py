"""A name prepared for comparison: its readings as weighed words, and the keys of the whole.

>>> from sanctionscreen.names import parse
>>> prepare(parse("Hik Vision Europe BV")).readings[0].runs["hikvision"]
(0, 2)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from sanctionscreen.matching import weights
from sanctionscreen.matching.once import once
from sanctionscreen.matching.words import Word, make_word, word
from sanctionscreen.names import parse
from sanctionscreen.names.name import Name, Reading, Role, Token
from sanctionscreen.names.scripts import script_of
from sanctionscreen.names.transliterate import AS_WRITTEN
from sanctionscreen.records import Kind

#: Roles that say nothing about who is named: left out of acronyms and of the name run together.
FORMAL = frozenset({Role.LEGAL, Role.TITLE})
#: Roles of words whose first letters an acronym may leave out.
_LEFT_OUT = (
    frozenset({Role.TITLE}),
    frozenset({Role.TITLE, Role.LEGAL}),
    frozenset({Role.TITLE, Role.PARTICLE, Role.NUMBER}),
    frozenset({Role.TITLE, Role.PARTICLE, Role.NUMBER, Role.LEGAL}),
)
_SHORTEST_ACRONYM = min(weights.ACRONYM_POINTS)
#: Roles of words that stand beside a brand.
_BESIDE_BRAND = FORMAL | {Role.GENERIC, Role.PLACE, Role.PARTICLE}
#: Roles of words that may be a misspelt legal form.
_MAY_BE_LEGAL = frozenset({Role.WORD, Role.INITIAL})
#: How many neighbouring words may stand for one word of the other name.
LONGEST_RUN = 3


@dataclass(unsafe_hash=True)
class Prepared:
    """One reading: its words and what can be looked up about it as a whole. Never changed once made.

    Attributes:
        script, standard, letters: as the reading has them.
        words: in order.
        places: where each word stands in the original, first character and past the last.
        tail: positions of short abbreviated words at the end, that may be a misspelt legal form.
        capitalised: the first word that says who is named begins with a capital and has no other; of queries only.
    """

    script: str
    standard: str
    letters: str
    words: tuple[Word, ...]
    places: tuple[tuple[int, int], ...]
    tail: tuple[int, ...] = ()
    capitalised: bool = False

    @once
    def mass(self) -> int:
        """What all words together count."""
        return sum([w.mass for w in self.words])

    @once
    def texts(self) -> tuple[str, ...]:
        """The words as compared."""
        return tuple([w.text for w in self.words])

    @once
    def core(self) -> tuple[int, ...]:
        """Positions of the words that say who is named."""
        return tuple([i for i, w in enumerate(self.words) if w.role not in FORMAL])

    @once
    def free(self) -> frozenset[int]:
        """Positions of words that may go unmatched at no cost to their mass: initials and the tail."""
        if not (self.tail or self.initials):
            return frozenset()
        return frozenset(self.tail) | {i for i, w in enumerate(self.words) if w.role is Role.INITIAL}

    @once
    def initials(self) -> list[int]:
        """The letters of the name's initials, by code point."""
        return [ord(w.text[0]) for w in self.words if w.role is Role.INITIAL]

    @once
    def runs(self) -> dict[str, tuple[int, int]]:
        """Neighbouring words written as one: text to first and past-the-last position."""
        found: dict[str, tuple[int, int]] = {}
        texts = [w.text if w.role not in FORMAL else "" for w in self.words]
        for size in range(2, LONGEST_RUN + 1):
            for first in range(len(texts) - size + 1):
                part = texts[first : first + size]
                if all(part):
                    found.setdefault("".join(part), (first, first + size))
        return found

    @once
    def brand(self) -> str:
        """The one distinctive word, where all others are trades, places, legal forms and particles; else nothing."""
        found = ""
        for w in self.words:
            if w.role in _BESIDE_BRAND:
                continue
            if w.role is not Role.WORD or found not in ("", w.text):
                return ""
            found = w.text
        return found if found and weights.is_brand(found) else ""

    @once
    def brand_apart(self) -> str:
        """The neighbouring words that alone say who is named, written as one, where they are several; else nothing."""
        telling = [i for i, w in enumerate(self.words) if w.role not in _BESIDE_BRAND]
        if not 1 < len(telling) <= LONGEST_RUN or telling[-1] - telling[0] >= len(telling):
            return ""
        return "".join([self.words[i].text for i in telling])

    @once
    def unspaced(self) -> frozenset[str]:
        """The whole name written as one word, with and without its legal form, last word first too."""
        texts = self.texts
        found = {self.letters, "".join(texts), "".join(texts[-1:] + texts[:-1])}
        if len(self.core) != len(texts):
            texts = tuple([self.words[i].text for i in self.core])
            found.update(("".join(texts), "".join(texts[-1:] + texts[:-1])))
        return frozenset(found - {""})

    @once
    def sizes(self) -> frozenset[int]:
        """How long the texts of `unspaced` are."""
        every, formal = 0, 0
        for w in self.words:
            every += len(w.text)
            if w.role in FORMAL:
                formal += len(w.text)
        return frozenset((every, every - formal, len(self.letters))) - {0}

    @once
    def acronyms(self) -> frozenset[str]:
        """The initials of the name's words, with and without particles and legal form, where enough to tell."""
        if len(self.words) < _SHORTEST_ACRONYM or self.script != "Latn":
            return frozenset()
        if any(w.origin in weights.SYLLABIC for w in self.words):
            return frozenset()
        letters = [(w.text[0], w.role) for w in self.words]
        made = {"".join([letter for letter, role in letters if role not in left_out]) for left_out in _LEFT_OUT}
        return frozenset(a for a in made if len(a) >= _SHORTEST_ACRONYM)

    @once
    def son(self) -> int | None:
        """Position of the first word that means "son of"."""
        places = (i for i, w in enumerate(self.words) if w.concept == "son" and w.role is Role.PARTICLE)
        return next(places, None)

    @once
    def single(self) -> Word | None:
        """The one word that says who is named, where there is only one."""
        return self.words[self.core[0]] if len(self.core) == 1 else None


class PreparedName(NamedTuple):
    """A name and its prepared readings; whether a list says of it that it is a brand."""

    name: Name
    readings: tuple[Prepared, ...]
    is_brand: bool = False

    @property
    def kind(self) -> Kind | None:
        """What the name names, as far as is known."""
        return self.name.kind


def prepare(name: Name, *, is_brand: bool = False) -> PreparedName:
    """Weigh the words of every reading."""
    return PreparedName(name, tuple([_prepare_reading(name, reading) for reading in name.readings]), is_brand)


def _prepare_reading(name: Name, reading: Reading) -> Prepared:
    script, standard, tokens, letters = reading
    if script != "Latn" or standard.startswith(AS_WRITTEN):
        words = [make_word(text, role, concept, script, bare, "Latn") for text, role, _, _, concept, bare in tokens]
    else:
        words = [word(t, script, _origin(name, standard, t)) for t in tokens]
    original = name.original
    places = tuple([token[2:4] for token in tokens])
    tail = _tail(original, tokens) if "." in original and name.kind != "person" else ()
    return Prepared(script, standard, letters, tuple(words), places, tail, _capitalised(original, tokens))


def _capitalised(original: str, tokens: Sequence[Token]) -> bool:
    """Whether the first word that says who is named is written like a word: Teac, but not TEAC or teac."""
    for token in tokens:
        if token.role not in FORMAL:
            return original[token.start : token.end].istitle()
    return False


def _origin(name: Name, standard: str, token: Token) -> str:
    """The script a word was romanised from; none (`Zyyy`) beside the main romanisation, which is not heard."""
    main = name.readings[0].standard.partition(",")[0]
    return script_of(name.original[token.start]) if standard.startswith(main) else "Zyyy"


def _tail(original: str, tokens: Sequence[Token]) -> tuple[int, ...]:
    """Positions of short words with a full stop at the end of a name, after its first word."""
    first = len(tokens)
    while first > 1 and _is_short(original, tokens[first - 1]):
        first -= 1
    return tuple(range(first, len(tokens)))


def _is_short(original: str, token: Token) -> bool:
    """Whether a word is written as abbreviations are, and no table says of what it is one."""
    return (
        original.startswith(".", token.end)
        and len(token.text) <= weights.LONGEST_LEGAL_SLIP
        and token.role in _MAY_BE_LEGAL
    )


@lru_cache(maxsize=100_000)
def prepare_text(text: str, kind: Kind | None) -> PreparedName:
    """Parse and prepare, remembering what was seen."""
    return prepare(parse(text, kind))
