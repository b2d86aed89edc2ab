"""What changed between two editions of a list: parties added, removed, changed, and what of them.

Parties are told apart by their ids, which the importers take from the publisher's own numbers. The order of
names, listings and other facts does not matter, only which there are.

Some sources come in several files, and an edition that was imported without one lacks what stands there: the aliases
and addresses of OFAC's legacy CSV set have files of their own. What nobody has in one edition, and many have in the
other, is taken for missing: it is not compared, never read as a removal, and the report says so.

>>> from sanctionscreen.records import ListFile
>>> def edition(day, *ids):
...     header = {"id": "x", "title": "X", "authority": "Y", "publisher": "Z", "as_of": day, "licence": "CC0"}
...     parties = [{"id": i, "kind": "person", "names": [{"name": f"Name of {i}", "type": "primary"}],
...                 "listings": [{"program": "P"}]} for i in ids]
...     return ListFile.model_validate({"header": header, "parties": parties})
>>> found = diff(edition("2026-01-01", "a", "b"), edition("2026-02-01", "b", "c"))
>>> [entry.name for entry in found.added], [entry.name for entry in found.removed], found.unchanged
(['Name of c'], ['Name of a'], 1)
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict

from sanctionscreen.records import Kind, ListedName, ListedParty, Record
from sanctionscreen.sources.merging import PartyList

#: What nobody has in one edition is missing from it, rather than gone, where at least so many have it in the other.
FEWEST_FOR_MISSING = 20


class DiffValue(BaseModel):
    """Base of every part of a report: immutable."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Edition(DiffValue):
    """One of the two editions that were compared."""

    id: str
    title: str
    as_of: date
    parties: int


class PartyLine(DiffValue):
    """A party that only one edition has."""

    id: str
    name: str
    kind: Kind
    programs: tuple[str, ...]


class FieldChange(DiffValue):
    """What of one field only the old and only the new edition says."""

    field: str
    removed: tuple[str, ...]
    added: tuple[str, ...]


class PartyChange(DiffValue):
    """A party of which the editions say different things."""

    id: str
    name: str
    changes: tuple[FieldChange, ...]


class ListDiff(DiffValue):
    """What changed.

    Attributes:
        old, new: the editions.
        added, removed, changed: parties, in the order of their edition.
        unchanged: how many parties both editions say the same of.
        not_compared: what one edition lacks, and which: never counted as a change.
        notes: what else a reader must know: that the new edition is older, that these are two lists.
    """

    old: Edition
    new: Edition
    added: tuple[PartyLine, ...]
    removed: tuple[PartyLine, ...]
    changed: tuple[PartyChange, ...]
    unchanged: int
    not_compared: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def diff(old: PartyList, new: PartyList) -> ListDiff:
    """Compare two editions of a list."""
    before = {party.id: party for party in old.parties}
    after = {party.id: party for party in new.parties}
    missing = [aspect for aspect in _ASPECTS if _missing(aspect, old.parties, new.parties)]
    both = [(before[party_id], party) for party_id, party in after.items() if party_id in before]
    changed = [change for pair in both if (change := _party_change(*pair, missing))]
    return ListDiff(
        old=_edition(old),
        new=_edition(new),
        added=tuple(_line(party) for party_id, party in after.items() if party_id not in before),
        removed=tuple(_line(party) for party_id, party in before.items() if party_id not in after),
        changed=tuple(changed),
        unchanged=len(both) - len(changed),
        not_compared=tuple(_not_compared(aspect, old, new) for aspect in missing),
        notes=tuple(_notes(old, new)),
    )


class _Aspect:
    """Something that a source may keep in a file of its own.

    Attributes:
        field: the field of a party it stands in.
        what: its name in a report.
        belongs: which values of the field it is.
    """

    def __init__(self, field: str, what: str, belongs: Callable[[Any], bool] = lambda _: True) -> None:
        self.field = field
        self.what = what
        self.belongs = belongs

    def count(self, parties: Sequence[ListedParty]) -> int:
        """How many parties have any of it."""
        return sum(any(map(self.belongs, getattr(party, self.field))) for party in parties)


def _is_alias(name: ListedName) -> bool:
    """Weak aliases are not among them: OFAC keeps those in the remarks of the party itself."""
    return name.type != "primary" and name.quality == "strong"


_ASPECTS = (_Aspect("names", "aliases", _is_alias), _Aspect("addresses", "addresses"))


def _missing(aspect: _Aspect, *editions: Sequence[ListedParty]) -> bool:
    counts = [aspect.count(parties) for parties in editions]
    return min(counts) == 0 and max(counts) >= FEWEST_FOR_MISSING


def _not_compared(aspect: _Aspect, old: PartyList, new: PartyList) -> str:
    lacking = old if aspect.count(old.parties) == 0 else new
    return f"{aspect.what}: the edition of {lacking.header.as_of} has none at all, as if imported without their file"


def _notes(old: PartyList, new: PartyList) -> Iterator[str]:
    if old.header.id != new.header.id:
        yield f"these are two lists, {old.header.id} and {new.header.id}: ids may not mean the same party"
    if new.header.as_of < old.header.as_of:
        yield f"the second edition, of {new.header.as_of}, is older than the first, of {old.header.as_of}"


def _edition(edition: PartyList) -> Edition:
    header = edition.header
    return Edition(id=header.id, title=header.title, as_of=header.as_of, parties=len(edition.parties))


def _line(party: ListedParty) -> PartyLine:
    programs = tuple(dict.fromkeys(listing.program for listing in party.listings))
    return PartyLine(id=party.id, name=party.primary_name, kind=party.kind, programs=programs)


def _party_change(old: ListedParty, new: ListedParty, missing: Sequence[_Aspect]) -> PartyChange | None:
    if old == new:
        return None
    changes = [change for field in ListedParty.model_fields if (change := _field_change(field, old, new, missing))]
    return PartyChange(id=new.id, name=new.primary_name, changes=tuple(changes)) if changes else None


def _field_change(field: str, old: ListedParty, new: ListedParty, missing: Sequence[_Aspect]) -> FieldChange | None:
    before, after = getattr(old, field), getattr(new, field)
    if before == after:
        return None
    left_out = [aspect for aspect in missing if aspect.field == field]
    was, is_now = _said(before, left_out), _said(after, left_out)
    if was == is_now:
        return None
    return FieldChange(field=field, removed=tuple((was - is_now).elements()), added=tuple((is_now - was).elements()))


def _said(value: object, left_out: Sequence[_Aspect]) -> Counter[str]:
    values = value if isinstance(value, tuple) else (value,) if value is not None else ()
    return Counter(_text(one) for one in values if not any(aspect.belongs(one) for aspect in left_out))


def _text(value: object) -> str:
    """A value in one line: what it is first, everything else it says in brackets."""
    if not isinstance(value, Record):
        return str(value).lower() if isinstance(value, bool) else str(value)
    said = [(field, _text(one)) for field, one in value if one is not None and one != _default(value, field)]
    first = next((text for field, text in said if field in _NAMING), "")
    rest = ", ".join(f"{field} {text}" for field, text in said if field not in _NAMING or text != first)
    return f"{first} ({rest})" if first and rest else first or rest


#: The field of each record that says what it is, and need not be named.
_NAMING = frozenset({"name", "value", "text", "program"})


def _default(record: Record, field: str) -> object:
    return type(record).model_fields[field].default


def counts(found: ListDiff) -> str:
    """Say how many parties were added, removed and changed."""
    said = f"{len(found.added)} added, {len(found.removed)} removed, {len(found.changed)} changed"
    return f"{found.old.parties} parties became {found.new.parties}: {said}, {found.unchanged} unchanged."


def rows(found: ListDiff) -> Iterator[tuple[str, str, str, str, str]]:
    """Give a report as a table: what happened, to which party by id and name, to what of it, and what that says."""
    for what, lines in (("added", found.added), ("removed", found.removed)):
        yield from ((what, one.id, one.name, one.kind, ", ".join(one.programs)) for one in lines)
    for party in found.changed:
        for change in party.changes:
            field = change.field.replace("_", " ")
            yield from (("changed", party.id, party.name, f"{field} removed", text) for text in change.removed)
            yield from (("changed", party.id, party.name, f"{field} added", text) for text in change.added)


#: Characters that Markdown or HTML would take for markup.
_MARKUP = re.compile(r"([\\`*_{}\[\]<>|#~&])")


def markdown(found: ListDiff) -> str:
    r"""Write a report as Markdown; nothing in a name is taken for markup.

    >>> _plain("[x](y) | <b>\n1")
    '\\[x\\](y) \\| \\<b\\> 1'
    """
    return "\n".join(_markdown(found)) + "\n"


def _markdown(found: ListDiff) -> Iterator[str]:
    old, new = found.old, found.new
    yield f"# {_plain(new.title)}: {old.as_of} to {new.as_of}"
    yield ""
    yield counts(found)
    for heading, lines in (("Not compared", found.not_compared), ("Note", found.notes)):
        for line in lines:
            yield f"\n**{heading}:** {_plain(line)}."
    for heading, entries in (("Added", found.added), ("Removed", found.removed)):
        yield from _table(heading, entries)
    if found.changed:
        yield "\n## Changed\n"
    for party in found.changed:
        yield f"- **{_plain(party.name)}** ({_plain(party.id)})"
        for change in party.changes:
            field = change.field.replace("_", " ")
            yield from (f"  - {field}, removed: {_plain(text)}" for text in change.removed)
            yield from (f"  - {field}, added: {_plain(text)}" for text in change.added)


def _table(heading: str, entries: Sequence[PartyLine]) -> Iterator[str]:
    if not entries:
        return
    yield f"\n## {heading}\n"
    yield "| Id | Name | Kind | Programs |"
    yield "|---|---|---|---|"
    for entry in entries:
        cells = (entry.id, entry.name, entry.kind, ", ".join(entry.programs))
        yield f"| {' | '.join(map(_plain, cells))} |"


def _plain(text: str) -> str:
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))
