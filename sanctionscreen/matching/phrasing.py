"""What of a list is looked for in text: its names and addresses as phrases, in flat arrays that a snapshot holds.

They are laid out when lists are compiled, since that reads every record; `matching.mentions` looks them up. A name is
said by all of it, with or without its legal forms and titles; a person's family name may come first or last. An address
is said by its first parts, up to the one with a number.

The arrays: `phrase_text`, the distinct words; `phrase_word`, the words of each phrase, from `phrase_offset` on; and
`phrase_party`, `phrase_name` (`NO_NAME` for an address) and `phrase_number`, what each phrase is of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

import numpy as np

from sanctionscreen.matching.layout import ROLES, Array
from sanctionscreen.matching.phrases import Phrase, words
from sanctionscreen.matching.prepared import FORMAL
from sanctionscreen.records import Address, Kind, ListedName, ListedParty

#: The fewest letters of a name that is looked for.
SHORTEST = 2
#: The fewest words of an address that say where it is.
ADDRESS_WORDS = 4
#: Stands for the number of a name in the phrases of an address.
NO_NAME = -1

_FORMAL = [ROLES.index(role) for role in FORMAL]


def phrase_arrays(parties: Sequence[ListedParty], arrays: Mapping[str, Array]) -> dict[str, Array]:
    """Lay out the phrases of every name and address of a list.

    Args:
        parties: as the index numbers them.
        arrays: of the index of their names.
    """
    return stored_phrases([*_names(parties, arrays), *_addresses(parties)])


def stored_phrases(phrases: Sequence[Phrase]) -> dict[str, Array]:
    """Phrases as flat arrays."""
    numbers: dict[str, int] = {}
    said = [numbers.setdefault(word, len(numbers)) for phrase in phrases for word in phrase.words]
    names = [NO_NAME if phrase.name is None else phrase.name for phrase in phrases]
    return {
        "phrase_text": np.frombuffer("\n".join(numbers).encode("utf-8"), np.uint8),
        "phrase_word": np.array(said, np.int32),
        "phrase_offset": np.cumsum([0, *(len(phrase.words) for phrase in phrases)], dtype=np.int64),
        "phrase_party": np.array([phrase.party for phrase in phrases], np.int32),
        "phrase_name": np.array(names, np.int32),
        "phrase_number": np.array([phrase.number for phrase in phrases], np.int32),
    }


def _names(parties: Sequence[ListedParty], arrays: Mapping[str, Array]) -> Iterator[Phrase]:
    owners, numbers = arrays["bearer_party"].tolist(), arrays["bearer_number"].tolist()
    bounds = pairwise(arrays["name_bearer"].tolist())
    for name, ((first, last), formal) in enumerate(zip(bounds, _formal(arrays), strict=True)):
        for party, number in zip(owners[first:last], numbers[first:last], strict=True):
            listed = parties[party]
            for said in dict.fromkeys(name_phrases(listed.names[number], listed.kind, formal)):
                yield Phrase(said, party, name, number)


def _addresses(parties: Sequence[ListedParty]) -> Iterator[Phrase]:
    for party, listed in enumerate(parties):
        for number, address in enumerate(listed.addresses):
            if said := address_phrase(address):
                yield Phrase(said, party, None, number)


def _formal(arrays: Mapping[str, Array]) -> Iterator[list[tuple[int, int]]]:
    """Where the legal forms and titles of each name stand, by its first reading."""
    is_formal = np.isin(arrays["term_role"], _FORMAL)[arrays["reading_term"]]
    starts, ends, offsets = arrays["reading_start"], arrays["reading_end"], arrays["reading_offset"]
    readings = arrays["name_reading"]
    for first, last in zip(readings[:-1].tolist(), readings[1:].tolist(), strict=True):
        here = slice(*offsets[first : first + 2]) if first < last else slice(0)
        formal = is_formal[here]
        yield list(zip(starts[here][formal].tolist(), ends[here][formal].tolist(), strict=True))


def name_phrases(name: ListedName, kind: Kind, formal: Sequence[tuple[int, int]]) -> Iterator[tuple[str, ...]]:
    """The ways to say a name: whole, without legal form and titles, and a person's in either order.

    >>> name = ListedName(name="Acme Robotics Ltd")
    >>> list(name_phrases(name, "organization", [(14, 17)]))
    [('acme', 'robotics', 'ltd'), ('acme', 'robotics')]
    """
    every = words(name.name)
    core = [w.text for w in every if not any(start <= w.start < end for start, end in formal)]
    orders = [[word.text for word in every], core]
    if kind == "person" and len(core) > 1:
        orders += [[*core[1:], core[0]], [core[-1], *core[:-1]]]
    for order in orders:
        if core and sum(map(len, core)) >= SHORTEST and not "".join(core).isdigit():
            yield tuple(order)


def address_phrase(address: Address) -> tuple[str, ...]:
    """What says where an address is: its parts up to the one with a number, where they are enough words.

    >>> address_phrase(Address(text="No. 555 Qianmo Road, Binjiang District, Hangzhou 310052, China"))
    ('no', '555', 'qianmo', 'road')
    >>> address_phrase(Address(text="Tehran, Iran"))
    ()
    """
    said: list[str] = []
    for part in re.split(r"[,;\n，、]", ", ".join(filter(None, (address.street, address.text, address.city)))):
        said += [word.text for word in words(part)]
        if len(said) >= ADDRESS_WORDS and any(word.isdigit() for word in said):
            return tuple(said)
    return ()
