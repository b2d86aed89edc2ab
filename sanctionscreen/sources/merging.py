"""One party, many lists: records of different lists that are certainly the same party become one.

A company on the SDN list, the Consolidated Screening List and the EU list is one risk with several listings. Two
records are one party when

1. they state the **same entry**: one list's own number for it. The Consolidated Screening List repeats the number
   that OFAC gives an entry (its `entity_number` is OFAC's `uid`), so both are OFAC's entry of that number; or
2. they carry the **same official identifier**, are of one kind, and have compatible names. An identifier that is
   issued country by country counts only where both records state the same one.

A name alone never ties. Nor does anything tie records that a list itself keeps apart: two records of one file on the
same list, or two that bear different numbers of the same list. Every tie is kept and says why, and the records that
were merged are kept as they were, so that a merger can be shown and undone. A relation to a record that was merged
leads to the party it became.

>>> from sanctionscreen.sources.loading import bundled_lists, load_lists
>>> merged = merge(load_lists([bundled_lists()]))
>>> len(merged) == sum(len(one.members) for one in merged)   # nothing ties the bundled lists
True
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import Literal, Protocol

from sanctionscreen.names import parse
from sanctionscreen.names.name import Role
from sanctionscreen.records import Identifier, Kind, ListedParty, ListHeader
from sanctionscreen.sources.combining import combined, identifier_key, relinked

#: Identifiers of which each is issued once in the world: to a legal entity (LEI, ISO 17442), a ship (IMO Resolution
#: A.1117(30)), a company that runs ships (IMO Resolution MSC.160(78)), a business (D-U-N-S), an issue of shares (ISIN,
#: ISO 6166), a bank (BIC, ISO 9362).
WORLDWIDE = frozenset({"lei", "imo", "imo_company", "duns", "isin", "swift_bic"})

#: Identifiers that are issued once in a country, each with the register that issues it: China's Unified Social Credit
#: Code (GB 32100-2015) is the number of registration.
NATIONAL = {
    "national_id": "national_id",
    "passport": "passport",
    "registration_number": "registration_number",
    "tax_id": "tax_id",
    "uscc": "registration_number",
    "vat_number": "vat_number",
}

#: Shorter numbers tie nothing: "12345" is the number of many things.
SHORTEST = 6

#: An entry or identifier that more records state is no entry or identifier of one party.
_MOST_SHARED = 20

Compatible = Callable[[ListedParty, ListedParty], bool]


class PartyList(Protocol):
    """A header and parties: a `LoadedList` or a `ListFile`."""

    @property
    def header(self) -> ListHeader:
        """What the list is."""
        ...  # pragma: no cover  # a protocol has no body

    @property
    def parties(self) -> tuple[ListedParty, ...]:
        """The parties on it."""
        ...  # pragma: no cover  # a protocol has no body


@dataclass(frozen=True, slots=True)
class Member:
    """A record as its list has it."""

    list_id: str
    party: ListedParty

    def __str__(self) -> str:
        """Give its list, its id and its name."""
        return f"{self.list_id}/{self.party.id} ({self.party.primary_name})"


@dataclass(frozen=True, slots=True)
class Tie:
    """Why two records are one party.

    Attributes:
        rule: what ties them.
        detail: what they share.
        first, second: the records.
    """

    rule: Literal["same_entry", "same_identifier"]
    detail: str
    first: Member
    second: Member

    def __str__(self) -> str:
        """Give the tie as a sentence."""
        return f"{self.first} and {self.second} are one party: both {self.detail}."


@dataclass(frozen=True, slots=True)
class MergedParty:
    """A party with everything that its records say.

    Attributes:
        party: the party: id and kind of the first record, everything else of all. Each listing names its list.
        members: the records it was made of, as they were, in the order of the lists.
        ties: why they are one; none where there is one record.
    """

    party: ListedParty
    members: tuple[Member, ...]
    ties: tuple[Tie, ...] = ()


def share_a_word(a: ListedParty, b: ListedParty) -> bool:
    """Whether some name of one and some name of the other share a distinctive word, in any reading.

    >>> def company(name):
    ...     return ListedParty.model_validate(
    ...         {"id": "x", "kind": "organization", "names": [{"name": name}], "listings": [{"program": "X"}]})
    >>> share_a_word(company("Hikvision Ltd"), company("HIKVISION Europe BV"))
    True
    >>> share_a_word(company("Hikvision Ltd"), company("Dahua Ltd"))
    False
    """
    words_a, words_b = (
        frozenset().union(*(_words_of(name.name, party.kind) for name in party.names)) for party in (a, b)
    )
    return not words_a.isdisjoint(words_b)


def merge(lists: Iterable[PartyList], compatible: Compatible = share_a_word) -> tuple[MergedParty, ...]:
    """Merge the records that are certainly one party.

    Args:
        lists: lists whose ids differ. The record of an earlier list gives a merged party its id.
        compatible: whether two records that share an identifier have names that one party can have.

    Returns:
        Every party once, in the order of their first records.
    """
    members = [Member(one.header.id, party) for one in lists for party in one.parties]
    entries = [_entries(member) for member in members]
    groups = _Groups(members, entries)
    for first, second, tie in _same_entries(members, entries):
        groups.join(first, second, tie)
    for first, second, tie in _same_identifiers(members, entries):
        if groups.joinable(first, second) and compatible(members[first].party, members[second].party):
            groups.join(first, second, tie)
    return tuple(groups)


#: Of each list on which a record stands: the numbers it has there, and the files that say so.
_Entries = dict[str, tuple[frozenset[str], frozenset[str]]]
#: Two records by their numbers, and what ties them.
_Found = Iterator[tuple[int, int, Tie]]


def _same_entries(members: Sequence[Member], entries: Sequence[_Entries]) -> _Found:
    by_entry: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, stated in enumerate(entries):
        for list_id, (references, _) in stated.items():
            for reference in references:
                by_entry[list_id, reference].append(number)
    for (list_id, reference), numbers in sorted(by_entry.items()):
        for first, second in _pairs(numbers, members, entries):
            detail = f"are entry {reference} of the list {list_id}"
            yield first, second, Tie("same_entry", detail, members[first], members[second])


def _same_identifiers(members: Sequence[Member], entries: Sequence[_Entries]) -> _Found:
    by_identifier: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for number, member in enumerate(members):
        for key in dict.fromkeys(map(_key, member.party.identifiers)):
            if key is not None:
                by_identifier[member.party.kind, *key].append(number)
    for (_, register, value), numbers in sorted(by_identifier.items()):
        for first, second in _pairs(numbers, members, entries):
            detail = f"carry {register.replace('_', ' ')} {value}"
            yield first, second, Tie("same_identifier", detail, members[first], members[second])


def _pairs(numbers: Sequence[int], members: Sequence[Member], entries: Sequence[_Entries]) -> list[tuple[int, int]]:
    """The pairs among records that state the same number, in an order that does not depend on that of the lists.

    There are none where a list keeps two of them apart: which of the two a third record is, the number does not say.
    """
    if not 2 <= len(numbers) <= _MOST_SHARED:
        return []
    ordered = sorted(numbers, key=lambda number: (members[number].list_id, members[number].party.id))
    pairs = list(combinations(ordered, 2))
    return [] if any(_apart(entries[a], entries[b]) for a, b in pairs) else pairs


def _key(identifier: Identifier) -> tuple[str, str] | None:
    """What an identifier is compared by: register and number; None where it ties nothing."""
    type_, number, country = identifier_key(identifier)
    if identifier.valid is False or len(number) < SHORTEST or len(set(number)) == 1:
        return None
    if type_ in WORLDWIDE:
        return type_, number
    register = NATIONAL.get(type_)
    return (f"{country} {register}", number) if register and country else None


@lru_cache(maxsize=10_000)
def _words_of(text: str, kind: Kind) -> frozenset[str]:
    """The distinctive words of a name."""
    tokens = (token for reading in parse(text, kind).readings for token in reading.tokens)
    return frozenset(token.text for token in tokens if token.role is Role.WORD)


def _entries(member: Member) -> _Entries:
    files = frozenset({member.list_id})
    numbers: dict[str, set[str]] = {}
    for listing in member.party.listings:
        stated = {listing.reference} if listing.reference else set()
        numbers.setdefault(listing.list or member.list_id, set()).update(stated)
    return {list_id: (frozenset(found), files) for list_id, found in numbers.items()}


def _apart(a: _Entries, b: _Entries) -> bool:
    """Whether a list itself keeps two records apart."""
    for list_id in a.keys() & b.keys():
        (numbers_a, files_a), (numbers_b, files_b) = a[list_id], b[list_id]
        if files_a & files_b or (numbers_a and numbers_b and not numbers_a & numbers_b):
            return True
    return False


class _Groups:
    """Records in groups that stand for one party each: a union-find structure that refuses some unions."""

    def __init__(self, members: Sequence[Member], entries: Sequence[_Entries]) -> None:
        self._members = members
        self._above = list(range(len(members)))
        self._numbers = [[number] for number in range(len(members))]
        self._entries = [dict(stated) for stated in entries]
        self._ties: list[list[Tie]] = [[] for _ in members]
        self._anywhere = {member.party.id: number for number, member in reversed(list(enumerate(members)))}
        self._in_list = {(member.list_id, member.party.id): number for number, member in enumerate(members)}

    def joinable(self, first: int, second: int) -> bool:
        """Whether two records are in different groups that no list keeps apart."""
        a, b = self._top(first), self._top(second)
        return a != b and not _apart(self._entries[a], self._entries[b])

    def join(self, first: int, second: int, tie: Tie) -> None:
        """Make the groups of two records one, where they are `joinable`."""
        if not self.joinable(first, second):
            return
        kept, gone = sorted((self._top(first), self._top(second)))
        self._above[gone] = kept
        self._numbers[kept] += self._numbers[gone]
        self._ties[kept] += [*self._ties[gone], tie]
        for list_id, (numbers, files) in self._entries[gone].items():
            known = self._entries[kept].get(list_id, (frozenset(), frozenset()))
            self._entries[kept][list_id] = known[0] | numbers, known[1] | files

    def _top(self, number: int) -> int:
        while self._above[number] != number:
            self._above[number] = number = self._above[self._above[number]]
        return number

    def __iter__(self) -> Iterator[MergedParty]:
        """Give each group as a party, in the order of their first records."""
        for number, above in enumerate(self._above):
            if number == above:
                yield self._merged(number)

    def _merged(self, number: int) -> MergedParty:
        members = tuple(self._members[one] for one in sorted(self._numbers[number]))
        linked = [(member.list_id, self._relinked(member, number)) for member in members]
        party = linked[0][1] if len(linked) == 1 else combined(linked)
        return MergedParty(party, members, tuple(self._ties[number]))

    def _relinked(self, member: Member, own: int) -> ListedParty:
        """The record, its relations leading to the parties that their records became; none to itself."""
        if not any(relation.party for relation in member.party.relations):
            return member.party
        ids = {relation.party for relation in member.party.relations if relation.party}
        tops = {one: top for one in ids if (top := self._top_of(member.list_id, one)) is not None}
        return relinked(
            member.party, {one: None if top == own else self._members[top].party.id for one, top in tops.items()}
        )

    def _top_of(self, list_id: str, party_id: str) -> int | None:
        """The group of the party that a list means by an id: its own, or else another list's."""
        number = self._in_list.get((list_id, party_id), self._anywhere.get(party_id))
        return None if number is None else self._top(number)
