"""Listed names inside text: line items, contracts, shipping descriptions, addresses.

What must be there of a name is all but its legal form and titles, in order; a person's family name may come first or
last. `sanctionscreen.matching.phrases` says how words may differ, and why by less than those of a vendor's own name.
The words are then scored against the name as any name is. A listed address counts by its first parts up to the one
with a number: some entries of the Entity List are addresses, and an address is a red flag (15 CFR 744.11 and
Supplement No. 4 to part 744), not an identity.

A name in other words or by its sound is not looked for: that is what screening the vendor's own name is for.
Information, not legal advice.

>>> from datetime import date
>>> from sanctionscreen.screening import Screener
>>> text = "2x HIKVISION DS-2CD2143 dome cam"
>>> found = Screener.load().scan(text, as_of=date(2022, 5, 20))
>>> [(one.start, one.end, one.text) for one in found.mentions]
[(3, 12, 'HIKVISION')]
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache, partial
from typing import Literal

from sanctionscreen.hits import Evidence, Hit, NotScreened, TextHit
from sanctionscreen.matching import weights
from sanctionscreen.matching.evidence import evidence_of
from sanctionscreen.matching.phrases import WORD, Phrase, fold
from sanctionscreen.matching.phrasing import ADDRESS_WORDS
from sanctionscreen.matching.prepared import FORMAL, PreparedName, prepare_text
from sanctionscreen.matching.scoring import score
from sanctionscreen.meaning.matched import matched
from sanctionscreen.meaning.whereabouts import MAX_ADDRESS
from sanctionscreen.names.invisible import without_codes
from sanctionscreen.names.name import Role
from sanctionscreen.records import Party
from sanctionscreen.snapshot import Snapshot

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
        for one in snapshot.phrases.find(without_codes(text))
        if (hit := judge(said := text[one.start : one.end], one.phrase))
    ]
    return list(_best(found))


def unreadable(text: str) -> Iterator[NotScreened]:
    """Say it of a text with nothing to compare, such as a scanned page without its letters: it was not screened.

    >>> next(unreadable("???")).why
    'it has no letters or digits that can be compared'
    """
    if not any(map(str.isalnum, text)):
        why = "it has no letters or digits that can be compared" if text.strip() else "it is blank"
        yield NotScreened(what="the text", why=why)


def address_hits(snapshot: Snapshot, asked: Party, day: date) -> Iterator[Hit]:
    """Find the parties at whose listed address a party is; in another country, as far as known, it is another street.

    Args:
        snapshot: the lists.
        asked: the party, by its `address` and its countries.
        day: the day the lists are asked about.
    """
    text = (asked.address or "")[:MAX_ADDRESS]
    if not _may_hold_address(snapshot, text):
        return
    phrases = (one.phrase for one in snapshot.phrases.find(text))
    for party, phrase in {phrase.party: phrase for phrase in phrases if phrase.name is None}.items():
        listed = snapshot.party(party)
        country = listed.addresses[phrase.number].country
        if not (country and asked.all_countries) or country in asked.all_countries:
            evidence = _same_address(" ".join(phrase.words))
            yield matched(listed, day, evidence=evidence, level="review", merged=snapshot.ties_of(party))


def _may_hold_address(snapshot: Snapshot, text: str) -> bool:
    """Whether a listed address begins somewhere in a text: looked up first, since nearly no text holds one."""
    words = WORD.findall(text.lower() if text.isascii() else fold(text)[0])
    windows = zip(*(words[place:] for place in range(ADDRESS_WORDS)), strict=False)
    return not snapshot.address_beginnings.isdisjoint(windows)


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
    listed, ties = snapshot.party(phrase.party), snapshot.ties_of(phrase.party)
    if phrase.name is None:
        return matched(listed, day, evidence=_same_address(said), level="review", merged=ties)
    asked, name = prepare_text(said, listed.kind), listed.names[phrase.number]
    result = score(asked, snapshot.index.stored.name(phrase.name))
    if result is None or result.points < least:
        return None
    level: Level = "review" if name.quality == "weak" or _is_common(asked) else "alarm"
    evidence = evidence_of(result, said, name.name)
    return matched(listed, day, evidence=evidence, level=level, name=name, merged=ties)


def _same_address(said: str) -> tuple[Evidence, ...]:
    """An address alone is worth the default cutoff and no more."""
    return (Evidence(rule="address_agrees", contribution=weights.CUTOFF, detail=said),)


def _is_common(asked: PreparedName) -> bool:
    return all(word.role in COMMON for reading in asked.readings[:1] for word in reading.words)
