"""What no single record can know: whether ids are unique, programs declared, relations to somebody.

These rules look at a whole file, or at all files together, as plain data: they speak up about a file that has other
faults too, and are silent about a value that has no sense, since the schema speaks about that.

>>> data = {"header": {"id": "x", "programs": [{"id": "UFLPA"}]},
...         "parties": [{"id": "a", "listings": [{"program": "UFPLA"}]}, {"id": "a"}]}
>>> for place, message in within(data):
...     print(message, place)
the id 'a' is that of $.parties[0] already ('parties', 1, 'id')
unknown program 'UFPLA', not among header.programs: did you mean 'UFLPA'? ('parties', 0, 'listings', 0, 'program')
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from sanctionscreen.sources.faults import Problem, jsonpath, nearest
from sanctionscreen.yamldata import Place, quoted

#: Among more ids than this none is suggested: the nearest would take seconds to find and be some other party's.
_MOST_SUGGESTED = 20_000

#: A value and its place.
_Found = Iterator[tuple[Place, Any]]


@dataclass(frozen=True, slots=True)
class Outline:
    """What other files need to know of a file.

    Attributes:
        list_id: the id in its header, or None where it has none.
        party_ids: the ids of its parties.
        relations: the parties that its relations lead to, with the place of each.
    """

    list_id: str | None
    party_ids: frozenset[str]
    relations: tuple[tuple[Place, str], ...]


def outline(data: object) -> Outline:
    """Take from a file's data what `across` needs."""
    list_id = _get(_get(data, "header"), "id")
    return Outline(
        list_id if isinstance(list_id, str) else None,
        frozenset(party_id for _, party_id in _values(data, "parties", "id")),
        tuple(_values(data, "parties", "relations", "party")),
    )


def within(data: object) -> Iterator[Problem]:
    """Check one file by itself."""
    return chain(_unique_ids(data), _declared_programs(data), _primary_names(data))


def across(files: Sequence[tuple[str, Outline]]) -> Iterator[tuple[int, Place, str]]:
    """Check files with one another.

    Args:
        files: each with its name.

    Returns:
        Number of the file, place, and what is wrong there.
    """
    return chain(_unique_lists(files), _related_to_somebody([file for _, file in files]))


def _unique_ids(data: object) -> Iterator[Problem]:
    """A party's id is its own within its list: relations and reviews refer to it."""
    seen: dict[str, Place] = {}
    for place, party_id in _values(data, "parties", "id"):
        first = seen.setdefault(party_id, place)
        if first != place:
            yield place, f"the id {quoted(party_id)} is that of {jsonpath(first[:-1])} already"


def _declared_programs(data: object) -> Iterator[Problem]:
    """A listing's program is among the header's, where the header declares any; each is reported once."""
    declared = {value for _, value in _values(_get(data, "header"), "programs", "id")}
    told = set(declared)
    for place, program in _values(data, "parties", "listings", "program"):
        if declared and program not in told:
            told.add(program)
            suggestion = nearest(program, sorted(declared))
            yield place, f"unknown program {quoted(program)}, not among header.programs{suggestion}"


def _primary_names(data: object) -> Iterator[Problem]:
    """A party is shown under its primary name: its first name, or the only one so marked."""
    for place, party in _items(data, "parties"):
        types = [_get(name, "type") for _, name in _items(party, "names")]
        if types and types[0] != "primary" and types.count("primary") != 1:
            count = "several names are" if "primary" in types else "no name is"
            yield (*place, "names"), f"{count} primary: write 'type: primary' under the one to show, and put it first"


def _unique_lists(files: Sequence[tuple[str, Outline]]) -> Iterator[tuple[int, Place, str]]:
    """A list's id is its own among all that are loaded together."""
    seen: dict[str, str] = {}
    for number, (name, file) in enumerate(files):
        if file.list_id in seen:
            yield (
                number,
                ("header", "id"),
                f"the list id {quoted(file.list_id)} is that of {seen[file.list_id]} already",
            )
        elif file.list_id is not None:
            seen[file.list_id] = name


def _related_to_somebody(files: Sequence[Outline]) -> Iterator[tuple[int, Place, str]]:
    """A relation leads to a party that one of the lists has; one that no list names has a `name` instead."""
    known: frozenset[str] = frozenset().union(*(file.party_ids for file in files))
    for number, file in enumerate(files):
        for place, party_id in file.relations:
            if party_id not in known:
                suggestion = nearest(party_id, sorted(known)) if len(known) <= _MOST_SUGGESTED else ""
                yield (
                    number,
                    place,
                    f"no loaded list has a party {quoted(party_id)}{suggestion or ': give its name instead'}",
                )


def _values(data: object, *fields: str) -> _Found:
    """The texts at `data[field][...][field]`, through lists of mappings, the last field of each."""
    *lists, last = fields
    for place, item in _nested(data, lists):
        value = item.get(last)
        if isinstance(value, str) and value.strip():
            yield (*place, last), value.strip()


def _nested(data: object, lists: Sequence[str]) -> _Found:
    if not lists:
        yield (), data
        return
    for place, item in _items(data, lists[0]):
        for inner, found in _nested(item, lists[1:]):
            yield (*place, *inner), found


def _items(data: object, field: str) -> _Found:
    """The mappings in the list under a field."""
    items = _get(data, field)
    for number, item in enumerate(items if isinstance(items, list) else ()):
        if isinstance(item, dict):
            yield (field, number), item


def _get(data: object, field: str) -> Any:
    return data.get(field) if isinstance(data, dict) else None
