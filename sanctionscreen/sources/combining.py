"""Several records of one party to one record that says everything they say, and each thing once.

>>> def record(name, **listing):
...     return ListedParty.model_validate(
...         {"id": "x", "kind": "organization", "names": [{"name": name}], "listings": [{"program": "P", **listing}]})
>>> party = combined([("a", record("Acme")), ("b", record("ACME Ltd")), ("b", record("Acme", remarks="x"))])
>>> [name.name for name in party.names], [(one.list, one.remarks) for one in party.listings]
(['Acme', 'ACME Ltd'], [('a', None), ('b', 'x')])
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

from sanctionscreen.records import Address, Identifier, ListedName, ListedParty, Listing

T = TypeVar("T")

_SEPARATOR = re.compile(r"[\W_]+")
#: What makes two listings the same entry. A day on which it ended must be the same as well: of two editions of a list
#: one may know it and the other not, and then both are kept.
_SAME_ENTRY = ("list", "program", "reference", "status", "end_date")
#: Fields in which two sources may differ about the same entry; the first source's stand.
_WORDING = frozenset({"authority", "source_url"})


def combined(records: Sequence[tuple[str, ListedParty]]) -> ListedParty:
    """Make one record of several.

    Args:
        records: each with the id of the list file it is from; the first gives id, kind and what cannot be several.
    """
    parties = [party for _, party in records]
    return parties[0].model_copy(
        update={
            "names": _names(name for party in parties for name in party.names),
            "identifiers": _once((one for party in parties for one in party.identifiers), identifier_key),
            "addresses": _once((one for party in parties for one in party.addresses), _address_key),
            "countries": _once((one for party in parties for one in party.countries), str),
            "birth_dates": _once((one for party in parties for one in party.birth_dates), str),
            "birth_places": _once((one for party in parties for one in party.birth_places), str.casefold),
            "gender": next((party.gender for party in parties if party.gender), None),
            "titles": _once((one for party in parties for one in party.titles), str.casefold),
            "relations": _once((one for party in parties for one in party.relations), lambda relation: relation),
            "listings": _listings(_with_list(list_id, one) for list_id, party in records for one in party.listings),
            "remarks": _once((one for party in parties for one in party.remarks), str),
        }
    )


def relinked(party: ListedParty, ids: Mapping[str, str | None]) -> ListedParty:
    """Let relations lead to other ids; one whose id becomes None leads to the party itself, and goes."""
    if all(one == new for one, new in ids.items()):
        return party
    led = ((one, ids.get(one.party, one.party) if one.party else None) for one in party.relations)
    relations = (one.model_copy(update={"party": new}) for one, new in led if new or not one.party)
    return party.model_copy(update={"relations": tuple(relations)})


def identifier_key(identifier: Identifier) -> tuple[str, str, str | None]:
    """What makes two identifiers the same: type, country, and letters and digits of the number, in capitals.

    >>> identifier_key(Identifier(type="imo", value="IMO 918-7629"))
    ('imo', '9187629', None)
    """
    number = _SEPARATOR.sub("", unicodedata.normalize("NFKC", identifier.value)).upper()
    return identifier.type, number.removeprefix(identifier.type.upper()), identifier.country


def _address_key(address: Address) -> Hashable:
    """The words of an address: sources divide the same one differently."""
    parts = (address.text, address.street, address.city, address.region, address.postal_code)
    words = _SEPARATOR.sub(" ", " ".join(part for part in parts if part)).casefold().split()
    return " ".join(words), address.country, address.country_text if not address.country else None


def _once(things: Iterable[T], key: Callable[[T], Hashable]) -> tuple[T, ...]:
    found: dict[Hashable, T] = {}
    for thing in things:
        found.setdefault(key(thing), thing)
    return tuple(found.values())


def _names(names: Iterable[ListedName]) -> tuple[ListedName, ...]:
    """Each spelling once. One that any list gives as strong is strong: the other lists may not know qualities."""
    found: dict[str, ListedName] = {}
    for name in names:
        known = found.setdefault(name.name, name)
        if known.quality == "weak" and name.quality == "strong":
            found[name.name] = known.model_copy(update={"quality": "strong"})
    return tuple(found.values())


def _with_list(list_id: str, listing: Listing) -> Listing:
    return listing if listing.list else listing.model_copy(update={"list": list_id})


def _listings(listings: Iterable[Listing]) -> tuple[Listing, ...]:
    """Each entry once, with all that is said of it; where sources contradict one another, what each of them says."""
    found: list[Listing] = []
    for listing in listings:
        for place, known in enumerate(found):
            if _one_entry(known, listing):
                said = {field: value for field, value in listing if getattr(known, field) is None}
                found[place] = known.model_copy(update=said)
                break
        else:
            found.append(listing)
    return tuple(found)


def _one_entry(a: Listing, b: Listing) -> bool:
    if any(getattr(a, field) != getattr(b, field) for field in _SAME_ENTRY):
        return False
    facts = ((value, getattr(b, field)) for field, value in a if field not in _WORDING)
    return all(None in pair or pair[0] == pair[1] for pair in facts)
