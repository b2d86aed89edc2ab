"""The tables of what lists mean, as they ship with the package: one folder of YAML files, read once.

A file holds lists of one jurisdiction; a list holds its effects and its programs; a program may rest on an
authority of its own, or have effects of its own. Names of lists and programs are compared without regard to
case, spaces and hyphens, and each may have aliases, so that every importer's spelling finds its row.

>>> find_list("SDN").list, find_list("entity-list").title
('sdn', 'Entity List')
>>> find_list("somebody's own list") is None
True
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Annotated, Any, Literal, TypeVar

import yaml
from pydantic import BeforeValidator, Field

from sanctionscreen.hits import Effect
from sanctionscreen.records import Kind, Record, Text

K = TypeVar("K")
V = TypeVar("V")

TABLES = files("sanctionscreen.meaning") / "tables"

#: Tables of effects. The others in the folder (ownership, places, policy) have their own readers.
FILES = ("us.yaml", "us_trade.yaml", "un.yaml", "eu.yaml", "uk.yaml", "ca.yaml", "au.yaml")

Jurisdiction = Literal["US", "UN", "EU", "UK", "CA", "AU"]
Activity = Literal[
    "all", "buy", "sell", "export", "import", "invest", "pay", "travel", "federal_contract", "federal_funds"
]

#: A year, a month or a day, as text: the precision at which the source dates itself.
SourceDate = Annotated[Text, BeforeValidator(str)]


class EffectRow(Record):
    """One thing that a list, or a program of it, does.

    Attributes:
        measure: words by which an entry states this measure. Where an entry states any of its list's
            measures, only those stated apply.
        if_entry_says: words of an entry, and what they mean; what is found is added to the note.
        kinds: only parties of these kinds; all where empty.
        since, until: the rule's own dates; `until` is the first day on which it no longer holds.
        days_after_publication: when it starts where an entry has no effective date.
        days_after_listing: how long after an entry's date it starts, always.
        source, dated, url: the public document that states it, its date, and where it is read.
    """

    effect: Text
    title: Text | None = None
    binds: Text
    directions: tuple[Activity, ...]
    reaches_owned: Text | None = None
    measure: tuple[Text, ...] = ()
    if_entry_says: dict[Text, Text] = Field(default_factory=dict)
    kinds: tuple[Kind, ...] = ()
    since: date | None = None
    until: date | None = None
    days_after_publication: int = 0
    days_after_listing: int = 0
    authority: Text
    source: Text
    dated: SourceDate
    url: Text
    next_question: Text
    note: Text | None = None


class ProgramRow(Record):
    """A program of a list. What it does not state is as its list states it."""

    program: Text
    aliases: tuple[Text, ...] = ()
    title: Text
    authority: Text | None = None
    dated: SourceDate | None = None
    url: Text | None = None
    effects: tuple[EffectRow, ...] = ()
    note: Text | None = None


class ListRow(Record):
    """A list.

    `every_program` says that its effects hold whatever program an entry names. `measures_after` is the label
    after which an entry's remarks state its measures, up to a semicolon; the whole remarks where it is not given.
    """

    list: Text
    aliases: tuple[Text, ...] = ()
    title: Text
    every_program: bool = False
    measures_after: Text | None = None
    effects: tuple[EffectRow, ...]
    programs: tuple[ProgramRow, ...] = ()
    programs_file: Text | None = None


class Table(Record):
    """One file of lists of one jurisdiction; `collections` are files that carry several lists at once."""

    jurisdiction: Jurisdiction
    collections: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    lists: tuple[ListRow, ...]


class EffectWord(Record):
    """A word of the vocabulary of effects."""

    effect: Text
    title: Text
    meaning: Text


@dataclass(frozen=True, slots=True)
class Tables:
    """All tables together, indexed by folded names."""

    lists: dict[str, ListRow]
    programs: dict[tuple[str, str], ProgramRow]
    jurisdictions: dict[str, Jurisdiction]
    collections: dict[str, tuple[str, ...]]


def fold(name: str) -> str:
    """Fold a name of a list or program for comparison.

    >>> fold("CAATSA - Russia") == fold("caatsa-russia")
    True
    """
    return re.sub(r"[\s_\-\u2010-\u2014]+", "", name).casefold()


def read_table(name: str) -> Any:
    """Read one YAML file of the folder; they ship with the package, so what is in them is trusted."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load((TABLES / name).read_text(encoding="utf-8"), Loader=loader)  # noqa: S506  # a safe loader


@cache
def tables() -> Tables:
    """Read every table of effects, once a process.

    Raises:
        ValueError: when two rows claim one name; a test holds the shipped files to it.
    """
    found = Tables({}, {}, {}, {})
    for name in FILES:
        table = Table.model_validate(read_table(name))
        found.collections.update(table.collections)
        for row in table.lists:
            found.jurisdictions[row.list] = table.jurisdiction
            for spelling in (row.list, *row.aliases):
                _put(found.lists, fold(spelling), row)
            for program in _programs(row):
                for spelling in (program.program, *program.aliases):
                    _put(found.programs, (row.list, fold(spelling)), program)
    return found


def _programs(row: ListRow) -> Iterator[ProgramRow]:
    yield from row.programs
    if row.programs_file:
        yield from map(ProgramRow.model_validate, read_table(row.programs_file))


def _put(into: dict[K, V], key: K, value: V) -> None:
    if into.setdefault(key, value) is not value:
        raise ValueError(f"two rows of the tables of effects claim {key!r}")


@cache
def vocabulary() -> dict[str, EffectWord]:
    """The words for effects, gravest first."""
    words = map(EffectWord.model_validate, read_table("effects.yaml"))
    return {word.effect: word for word in words}


@cache
def _ranks() -> dict[str, int]:
    return {word: rank for rank, word in enumerate(vocabulary())}


def gravest_first(effect: Effect) -> tuple[bool, int]:
    """Sort key of effects: those in force first, then the gravest."""
    return not effect.in_force, _ranks()[effect.effect]


def find_list(name: str | None) -> ListRow | None:
    """Find the row of a list by its id or an alias."""
    return tables().lists.get(fold(name)) if name else None


def find_program(list_row: ListRow, program: str) -> ProgramRow | None:
    """Find the row of a program of a list by its name or an alias."""
    return tables().programs.get((list_row.list, fold(program)))


def canonical(name: str) -> str:
    """Give a list's id as the tables know it, or the name itself.

    >>> canonical("ns-cmic"), canonical("my-own-list")
    ('cmic', 'my-own-list')
    """
    row = find_list(name)
    return row.list if row else name


def carried_by(file_id: str) -> frozenset[str]:
    """Give the ids of the lists that a file of that id carries: itself, or several.

    >>> "sdn" in carried_by("csl"), sorted(carried_by("ofac-sdn"))
    (True, ['ofac-sdn', 'sdn'])
    """
    return frozenset((file_id, canonical(file_id), *tables().collections.get(file_id, ())))
