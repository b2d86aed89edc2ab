"""A name, read: its words with their roles, in every reading that its script allows.

Types only; `sanctionscreen.names.parse` makes them. Every word keeps the place in the original text it was
read from, so that an explanation can point at it.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from sanctionscreen.records import Kind


class Role(StrEnum):
    """What a word does in a name.

    Python looks a member of an enumeration up slowly, so a module that asks for one at every word gives it a name.
    """

    WORD = "word"  # distinctive: a given name, a family name, a brand
    INITIAL = "initial"  # one letter that stands for a word
    PARTICLE = "particle"  # al, bin, van, de, and, of, the
    TITLE = "title"  # Mr, Dr, General, Haji, MV
    GENERIC = "generic"  # trading, technology, bank
    PLACE = "place"  # Hangzhou, Europe
    NUMBER = "number"  # 44, VII, second
    LEGAL = "legal"  # Ltd, GmbH, OOO

    __hash__ = str.__hash__  # roles are looked up for every word; that of `Enum` is slower


class Token(NamedTuple):
    """One word of a reading.

    Attributes:
        text: the word as compared: lower case, letters and digits only, in the reading's script.
        role: what it does in the name.
        start, end: where it stands in the original text (end excluded).
        concept: what it means, where a table knows: `limited` for a legal form of that class, `bank` for
            banco, `44` for "forty four", `ru` for Russia, `muhammad` is none. Words of one concept and
            role are the same word. Two that it can stand for are apart by `|`. Empty where no table knows it.
        skeleton: the word is only consonants (an unvowelled Arabic or Hebrew word, romanised).
    """

    text: str
    role: Role
    start: int
    end: int
    concept: str = ""
    skeleton: bool = False


class Reading(NamedTuple):
    """One way to read a name.

    Attributes:
        script: `Latn` where the words are in Latin letters, else the ISO 15924 code of the words
            (`Hani` for Han characters kept as they are, folded to simplified).
        standard: how it was romanised ("pinyin", "Unidecode", "as written"), for explanations.
        tokens: in the order of the original.
        letters: the whole name run together as romanised, where the words are not spelt that way.
    """

    script: str
    standard: str
    tokens: tuple[Token, ...]
    letters: str = ""


class Name(NamedTuple):
    """A name and its readings; the first reading is the main one.

    Attributes:
        original: the text as given, cut at `MAX_LENGTH` characters.
        kind: what it names, as stated or inferred from its words; None where nothing tells.
        inferred: whether `kind` was inferred.
        readings: at least one, unless there is nothing to compare.
        disguises: what was undone that no honest spelling needs: `homoglyph`, `zero_width`, `leet`, ...
        notes: what a user must be told: that the name was cut, that it holds only a legal form.
    """

    original: str
    kind: Kind | None
    inferred: bool
    readings: tuple[Reading, ...]
    disguises: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
