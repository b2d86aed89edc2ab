"""What the words of names can mean: the tables of `words/`, each part read when first needed.

A word or phrase may mean several things; which one holds is decided where it stands (`tokens`). The order of
the tables is the order in which meanings are tried. Latin words, and Cyrillic and Greek ones as romanised, make
one vocabulary, for people write them in Latin letters too. Words of other scripts are romanised without their
vowels or by syllables, and would be mistaken for Latin ones: they make another. Han words are kept as they are.

>>> latin_words().words["banco"]
(Sense(role=<Role.GENERIC: 'generic'>, concept='bank', where='business', tells=True),)
>>> [sense.concept for sense in latin_words().phrases["hong kong"]]
['hk']
>>> unspaced_words()["银行"][0].concept, [sense.concept for sense in other_words().words["bank"]]
('bank', ['bank'])
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from sanctionscreen.countries import english_spellings, foreign_spellings
from sanctionscreen.names.name import Role
from sanctionscreen.names.normalise import Traced, normalise
from sanctionscreen.names.romanise.han import simplified
from sanctionscreen.names.scripts import script_of
from sanctionscreen.names.senses import NO_SENSES, Sense
from sanctionscreen.names.splitting import split
from sanctionscreen.names.transliterate import romanise
from sanctionscreen.names.tsv import pairs, rows

#: Scripts whose words share a vocabulary.
LATIN_VOCABULARY = frozenset({"Latn", "Cyrl", "Grek", ""})

#: Scripts in which words stand beside each other without a space.
_UNSPACED = frozenset({"Hani", "Hang", "Kana"})

#: Scripts in which a word takes "for the" before it, and how that is written.
_FOR_THE = {"Arab": "لل", "Hebr": "ל"}

#: Tables in the order in which meanings are tried, each with the role and the condition of a word without one.
_TABLES = (
    ("legal_usage", Role.LEGAL, ""),
    ("titles", Role.TITLE, ""),
    ("particles", Role.PARTICLE, ""),
    ("numbers", Role.NUMBER, "not_person"),
    ("places", Role.PLACE, "business"),
    ("generic", Role.GENERIC, "business"),
    ("legal_forms", Role.LEGAL, ""),
    ("given_names", Role.WORD, "person"),
)
#: A spelling of a country shorter than this stands in `places.tsv` or is no word of a name ("car", "roc").
_SHORTEST_COUNTRY = 4
#: An abbreviation of a legal form up to this long is also written with its letters apart: "S. p. A."
_LONGEST_SPACED = 4


@dataclass(slots=True)
class Vocabulary:
    """Meanings of words and of phrases (words joined by one space).

    `begun` gives for the first two words of phrases how many words the longest of them has.
    """

    words: dict[str, tuple[Sense, ...]] = field(default_factory=dict)
    phrases: dict[str, tuple[Sense, ...]] = field(default_factory=dict)
    begun: dict[str, dict[str, int]] = field(default_factory=dict)

    def add(self, form: str, sense: Sense) -> None:
        """Add a meaning of a word or phrase, unless it has one under the same condition.

        >>> vocabulary = Vocabulary()
        >>> vocabulary.add("hong kong", Sense(Role.PLACE, "hk"))
        >>> vocabulary.begun
        {'hong': {'kong': 2}}
        """
        spaces = form.count(" ")
        table = self.phrases if spaces else self.words
        known = table.get(form)
        if known is None:
            table[form] = (sense,)
            if spaces:
                first, second = form.split(" ", 2)[:2]
                seconds = self.begun.setdefault(first, {})
                seconds[second] = max(seconds.get(second, 0), spaces + 1)
        elif all(other.where != sense.where for other in known):
            table[form] = (*known, sense)

    def add_translation(self, form: str, sense: Sense) -> None:
        """Add a romanised form, unless it is spelt like a Latin one of its concept: that one's condition holds."""
        known = self.words.get(form, NO_SENSES) + self.phrases.get(form, NO_SENSES)
        if all(other[:2] != sense[:2] for other in known):
            self.add(form, sense)


#: The columns of a table behind the concept: words in Latin letters, in Cyrillic and Greek ones, in other scripts.
_LATIN, _ROMANISED, _OTHERS = range(3)
#: A spelling, its column, and what it means; no class, since there are thousands.
_Form = tuple[str, int, Sense]
#: By column, the table made beforehand of what its forms are romanised to.
_TABLE_OF = {_ROMANISED: "words/romanised.tsv", _OTHERS: "words/romanised_others.tsv"}


@cache
def latin_words() -> Vocabulary:
    """Give the words of names in Latin, Cyrillic and Greek letters, and of countries."""
    made = Vocabulary()
    for spelling, column, sense in _forms(_LATIN, _ROMANISED):
        if column == _ROMANISED:
            made.add_translation(_romanised(spelling, column), sense)
            continue
        made.add(spelling, sense)
        if sense.role is Role.LEGAL and spelling.isalpha() and len(spelling) <= _LONGEST_SPACED:
            made.add(" ".join(spelling), sense if sense.where else sense._replace(where="end"))
    for spelling, code in english_spellings():
        if spelling.isascii() and len(spelling) >= _SHORTEST_COUNTRY and "," not in spelling:
            _add_country(made, _words(spelling.lower()), code)
    return made


def _words(text: str) -> str:
    """Give a text as the parser's words with one space between them."""
    if text.replace(" ", "").isalpha():
        return text
    return " ".join(word.text for word in split(Traced.whole(text)))


def _add_country(vocabulary: Vocabulary, spelling: str, code: str) -> None:
    """Add the name of a country unless the tables say which place it is."""
    known = vocabulary.words.get(spelling, NO_SENSES) + vocabulary.phrases.get(spelling, NO_SENSES)
    if not any(sense.role is Role.PLACE for sense in known):
        vocabulary.add(spelling, Sense(Role.PLACE, code.lower(), "business", tells=False))


@cache
def other_words() -> Vocabulary:
    """Give the words of names in other scripts than Latin, Cyrillic, Greek and Han, as romanised."""
    made = Vocabulary()
    for spelling, column, sense in _forms(_OTHERS):
        for form in _inflected(spelling, sense.role):
            made.add(_romanised(form, column), sense)
    return made


def _inflected(spelling: str, role: Role) -> tuple[str, ...]:
    """Give a form, and what it is behind "for the": trade is تجارة, for trade للتجارة; nothing of Han characters."""
    script = script_of(spelling[0])
    if script == "Hani":
        return ()
    prefix = _FOR_THE.get(script) if role is Role.GENERIC else None
    return (spelling, prefix + spelling) if prefix else (spelling,)


@cache
def unspaced_words() -> dict[str, tuple[Sense, ...]]:
    """Give the words of names in scripts that need no spaces, as written: Han, simplified, Hangul and katakana."""
    made: dict[str, tuple[Sense, ...]] = {}
    for spelling, _, sense in _forms(_OTHERS):
        script = script_of(spelling[0])
        if script in _UNSPACED:
            made.setdefault(simplified(spelling) if script == "Hani" else spelling, (sense,))
    return made


def _forms(*columns: int) -> Iterator[_Form]:
    """Give every form of these columns of every table with its meaning; of countries those not in Latin letters."""
    for table, role, where in _TABLES:
        yield from _forms_of(table, role, where, columns)
    for column in columns:
        if column != _LATIN:
            yield from _countries(column)


def _forms_of(table: str, role: Role, where: str, columns: Sequence[int]) -> Iterator[_Form]:
    for concept, *cells in rows(f"words/{table}.tsv"):
        plain = Sense(role, concept, where)
        for column in columns:
            if column >= len(cells) or not cells[column]:
                continue
            for form in cells[column].split("|"):
                spelling, _, condition = form.partition(":")
                sense = plain
                if condition or spelling[-1] == "~":
                    sense = Sense(role, concept, condition or where, tells=spelling[-1] != "~")
                    spelling = spelling.rstrip("~")
                yield spelling, column, sense


def _countries(column: int) -> Iterator[_Form]:
    """Give the names of countries in other scripts than the Latin one."""
    for code, spellings in foreign_spellings(column):
        sense = Sense(Role.PLACE, code.lower(), "business", tells=False)
        yield from ((spelling, column, sense) for spelling in spellings)


def forms() -> Iterator[tuple[str, Role, str]]:
    """Give every form of every table with its role and concept."""
    return ((spelling, sense.role, sense.concept) for spelling, _, sense in _forms(_LATIN, _ROMANISED, _OTHERS))


def romanised_forms() -> Iterator[tuple[str, dict[str, str]]]:
    """Give the tables of forms that are romanised to be looked up, each by its name."""
    for column, table in _TABLE_OF.items():
        forms = {form for spelling, _, sense in _forms(column) for form in _inflected(spelling, sense.role)}
        yield table, {form: romanised(form) for form in sorted(forms)}


def romanised(form: str) -> str:
    """Fold a form to the words that the parser sees.

    >>> romanised("общество")
    'obshchestvo'
    """
    return " ".join(word.text for word in split(romanise(normalise(form).traced)[0].traced))


def _romanised(form: str, column: int) -> str:
    """The same, read from a table that was made beforehand where it has the form."""
    known = pairs(_TABLE_OF[column]).get(form)
    return romanised(form) if known is None else known
