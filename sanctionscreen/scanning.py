"""Listed names inside text: line items, contracts, shipping descriptions, addresses.

What must be there of a name is all but its legal form and titles, in order; a person's family name may come first or
last. `sanctionscreen.matching.phrases` says how words may differ. The words are then scored against the name as any
name is. A listed address counts by its first parts up to the one with a number: some entries of the Entity List are
addresses, and an address is a red flag (15 CFR 744.11 and Supplement No. 4 to part 744), not an identity.

A name in other words or by its sound is not looked for: that is what screening the vendor's own name is for.
Information, not legal advice.

>>> from datetime import date
>>> from sanctionscreen.screening import Screener
>>> text = "2x HIKVISION DS-2CD2143 dome cam"
>>> [(one.start, one.end, one.text) for one in Screener.load().scan(text, as_of=date(2022, 5, 20))]
[(3, 12, 'HIKVISION')]
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache, lru_cache, partial
from typing import Literal

from sanctionscreen.hits import Evidence, Hit, TextHit
from sanctionscreen.matching import weights
from sanctionscreen.matching.evidence import evidence_of
from sanctionscreen.matching.phrases import Phrase, Phrases, words
from sanctionscreen.matching.prepared import FORMAL, PreparedName, prepare_text
from sanctionscreen.matching.scoring import score
from sanctionscreen.meaning.effects import effects_of_party
from sanctionscreen.meaning.status import split
from sanctionscreen.names.name import Role
from sanctionscreen.records import Address, Kind, ListedName
from sanctionscreen.snapshot import Snapshot

#: The fewest letters of a name that is looked for.
SHORTEST = 2
#: The fewest words of an address that say where it is.
ADDRESS_WORDS = 4
#: Words of these roles alone ("Universal Trading") name nobody in a text: somebody has to look.
COMMON = FORMAL | {Role.GENERIC, Role.PLACE, Role.NUMBER, Role.PARTICLE}


Level = Literal["alarm", "review"]


def text_hits(snapshot: Snapshot, text: str, least: int, day: date) -> list[TextHit]:
    """Find what a text says of one snapshot's parties, in the order of the text.

    Args:
        snapshot: the lists.
        text: what is scanned.
        least: the least score, in points.
        day: the day the lists are asked about.

    Raises:
        InputError: for more text than is scanned at once.
    """
    judge = cache(partial(_judged, snapshot, least, day))  # the same words of the same name are the same hit
    found = [
        TextHit(start=one.start, end=one.end, text=said, about=_about(one.phrase), hit=hit)
        for one in phrases_of(snapshot).mentions(text)
        if (hit := judge(said := text[one.start : one.end], one.phrase))
    ]
    return list(_best(found))


def _about(phrase: Phrase) -> Literal["name", "address"]:
    return "address" if phrase.name is None else "name"


def _best(found: Iterable[TextHit]) -> Iterator[TextHit]:
    """Of the mentions of one party that overlap, the one with the best score, and of those the longest."""
    taken: dict[str, list[tuple[int, int]]] = {}
    for one in sorted(found, key=lambda hit: (-hit.hit.points, hit.start - hit.end, hit.start)):
        before = taken.setdefault(one.hit.listed_party.id, [])
        place = bisect(before, (one.start, one.end))
        beside = before[max(0, place - 1) : place + 1]  # what is taken never overlaps, so its neighbours tell
        if all(one.end <= start or end <= one.start for start, end in beside):
            before.insert(place, (one.start, one.end))
            yield one


def _judged(snapshot: Snapshot, least: int, day: date, said: str, phrase: Phrase) -> Hit | None:
    """The hit of these words, or None where they score too little."""
    if phrase.name is None:
        return _hit(snapshot, phrase.party, None, _same_address(said), "review", day)
    listed = snapshot.party(phrase.party)
    asked, name = prepare_text(said, listed.kind), listed.names[phrase.number]
    result = score(asked, snapshot.index.stored.name(phrase.name))
    if result is None or result.points < least:
        return None
    level: Level = "review" if name.quality == "weak" or _is_common(asked) else "alarm"
    return _hit(snapshot, phrase.party, name, evidence_of(result, said, name.name), level, day)


def _same_address(said: str) -> tuple[Evidence, ...]:
    """An address alone is worth the default cutoff and no more."""
    return (Evidence(rule="address_agrees", contribution=weights.CUTOFF, detail=said),)


def _is_common(asked: PreparedName) -> bool:
    return all(word.role in COMMON for reading in asked.readings[:1] for word in reading.words)


def _hit(
    snapshot: Snapshot, party: int, name: ListedName | None, evidence: tuple[Evidence, ...], level: Level, day: date
) -> Hit:
    listed = snapshot.party(party)
    status = split(listed.listings, day)
    return Hit(
        listed_party=listed,
        matched_name=name,
        points=sum(one.contribution for one in evidence),
        evidence=evidence,
        level=level,
        effects=effects_of_party(listed, day),
        in_force=status.in_force,
        watch=status.watch,
        history=status.history,
        merged=snapshot.ties_of(party),
    )


# --- what is looked for --------------------------------------------------------------------------------


@lru_cache(maxsize=8)
def phrases_of(snapshot: Snapshot) -> Phrases:
    """Lay out the names and addresses of a snapshot; done once for each."""
    return Phrases(_phrases(snapshot))


def _phrases(snapshot: Snapshot) -> Iterator[Phrase]:
    """The phrases of every name and address, each once."""
    index = snapshot.index
    parties, numbers = index.arrays["name_party"].tolist(), index.arrays["name_number"].tolist()
    for name, (party, number) in enumerate(zip(parties, numbers, strict=True)):
        listed = snapshot.party(party)
        formal = _formal(snapshot, name)
        for said in dict.fromkeys(name_phrases(listed.names[number], listed.kind, formal)):
            yield Phrase(said, party, name, number)
    for party in range(len(snapshot)):
        for number, address in enumerate(snapshot.party(party).addresses):
            if said := address_phrase(address):
                yield Phrase(said, party, None, number)


def _formal(snapshot: Snapshot, name: int) -> tuple[tuple[int, int], ...]:
    """Where the legal forms and titles of a stored name stand."""
    readings = snapshot.index.stored.name(name).readings
    tokens = readings[0].reading.tokens if readings else ()
    return tuple((token.start, token.end) for token in tokens if token.role in FORMAL)


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
