"""A name cut into words for the variant makers: the spelling as given, and the role of each word.

Words keep their case and accents. A person's name with a comma, as lists print it, is turned to its natural
order first; other commas are left out. Words that belong together move together: `units` ties a particle
to the word it introduces.

>>> NameWords.of("AL-ZAWAHIRI, Ayman Muhammad", "person").texts
('Ayman', 'Muhammad', 'AL-ZAWAHIRI')
>>> [word.role.value for word in NameWords.of("Acme Trading Co., Ltd.", "organization").words]
['word', 'generic', 'legal', 'legal']
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import TypeVar

from sanctionscreen.names import Role, Token, parse
from sanctionscreen.records import Kind

T = TypeVar("T")

#: Which role a written word has that holds several tokens (`AL-ZAWAHIRI` is a particle and a word).
_FIRST = (Role.WORD, Role.GENERIC, Role.PLACE, Role.NUMBER, Role.INITIAL, Role.LEGAL, Role.TITLE, Role.PARTICLE)
#: Particles that say whose child a person is.
_PARENT = frozenset({"son", "daughter"})
#: The fewest letters of a word that can tell who is named.
DISTINCTIVE = 4
_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class NameWord:
    """A word as written.

    Attributes:
        text: the word, without commas.
        role: what it does in the name.
        of_parent: it is a particle such as `bin`.
        goes_on: it makes one phrase with the word before it, as `Kong` does.
    """

    text: str
    role: Role
    of_parent: bool = False
    goes_on: bool = False

    @property
    def letters(self) -> int:
        """How many letters and digits it has."""
        return sum(map(str.isalnum, self.text))


@dataclass(frozen=True, slots=True)
class NameWords:
    """The words of a name in order, and what it names."""

    words: tuple[NameWord, ...]
    kind: Kind | None

    @classmethod
    def of(cls, name: str, kind: Kind | None = None) -> NameWords:
        """Cut a name into words; the kind is inferred where it is not given."""
        parsed = parse(name, kind)
        tokens = parsed.readings[0].tokens if parsed.readings else ()
        found: list[NameWord] = []
        turned_at, last = 0, None
        for chunk in re.finditer(r"\S+", parsed.original):
            inside = [t for t in tokens if t.start < chunk.end() and t.end > chunk.start()]
            if text := chunk[0].strip(",;"):
                found.append(_word(text, inside, last))
                last = inside[-1] if inside else None
            if chunk[0].endswith(",") and not turned_at:
                turned_at = len(found)
        if parsed.kind == "person" and turned_at:
            found = found[turned_at:] + found[:turned_at]
        return cls(tuple(found), parsed.kind)

    @property
    def texts(self) -> tuple[str, ...]:
        """The words as written."""
        return tuple(word.text for word in self.words)

    @property
    def distinctive(self) -> tuple[int, ...]:
        """Positions of the words that can tell who is named."""
        return tuple(i for i, w in enumerate(self.words) if w.role is Role.WORD and w.letters >= DISTINCTIVE)

    @property
    def core_end(self) -> int:
        """Position past the last word that is no legal form."""
        return 1 + max((i for i, w in enumerate(self.words) if w.role is not Role.LEGAL), default=-1)

    @property
    def has_patronymic(self) -> bool:
        """Whether a particle says whose child is named: then the order of the words tells who is who."""
        return any(word.of_parent for word in self.words)

    def units(self) -> tuple[tuple[int, ...], ...]:
        """Positions that move together: particles with the word that follows them, and the words of a phrase."""
        units: list[tuple[int, ...]] = []
        waiting: tuple[int, ...] = ()
        for i, word in enumerate(self.words):
            if word.goes_on and units and not waiting:
                waiting = units.pop()
            waiting += (i,)
            if word.role is not Role.PARTICLE:
                units.append(waiting)
                waiting = ()
        return (*units, waiting) if waiting else tuple(units)

    def in_order(self, units: Iterable[Sequence[int]]) -> str:
        """Write the words of these units, one after the other."""
        return " ".join(self.words[i].text for unit in units for i in unit)

    def without(self, positions: Iterable[int]) -> str:
        """Write the name without some of its words."""
        left_out = set(positions)
        return " ".join(w.text for i, w in enumerate(self.words) if i not in left_out)

    def with_word(self, position: int, text: str) -> str:
        """Write the name with one word in another spelling."""
        return " ".join(text if i == position else w.text for i, w in enumerate(self.words))

    def with_added(self, position: int, text: str) -> str:
        """Write the name with a word more, before the word at a position."""
        texts = list(self.texts)
        return " ".join([*texts[:position], text, *texts[position:]])


def _word(text: str, tokens: list[Token], before: Token | None) -> NameWord:
    """Make a word of the tokens that stand in it."""
    role = min((t.role for t in tokens), key=_FIRST.index, default=Role.PARTICLE)
    of_parent = role is Role.PARTICLE and any(t.concept in _PARENT for t in tokens)
    return NameWord(text, role, of_parent, before is not None and before in tokens)


def pick(options: Sequence[T], random: Random) -> T:
    """Choose one; through `random.random()`, which gives the same for a seed in every version of Python."""
    return options[int(random.random() * len(options))]


def cased_like(model: str, text: str) -> str:
    """Write a text in capitals where the model is all capitals.

    >>> cased_like("HUSSEIN", "Bin"), cased_like("Hussein", "Bin")
    ('BIN', 'Bin')
    """
    return text.upper() if model.isupper() else text


@cache
def table(name: str) -> tuple[tuple[str, ...], ...]:
    """Give the rows of a table beside this file; a line that begins with `#` is no row."""
    lines = (_HERE / name).read_text(encoding="utf-8").splitlines()
    return tuple(tuple(line.split("\t")) for line in lines if line and not line.startswith("#"))
