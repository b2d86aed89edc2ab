"""From a party asked about to hits, in one snapshot: names found by the index, identifiers, and the facts beside them.

    asked.name --index--> names at or above the cutoff --party by party--> the best name, facts, status, effects

>>> from sanctionscreen.matching.prepared import prepare_text
>>> from sanctionscreen.sources.loading import bundled_lists, load_lists
>>> snapshot, asked = Snapshot.of(load_lists([bundled_lists()])), Party(name="Hikvison")
>>> found = snapshot.index.search(prepare_text(asked.name, None), 700)
>>> hit, = hits_of(snapshot, asked, found, 700, date(2022, 5, 5))
>>> hit.matched_name.name, hit.level
('Hikvision', 'alarm')
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from sanctionscreen.hits import Evidence, Hit
from sanctionscreen.matching.evidence import evidence_of
from sanctionscreen.matching.facts import facts_of
from sanctionscreen.matching.index import Found
from sanctionscreen.meaning.matched import matched
from sanctionscreen.names import MAX_LENGTH
from sanctionscreen.records import ListedParty, Party
from sanctionscreen.snapshot import Snapshot, carries

#: The least a matching official identifier makes of a hit, in points: short of 1000, since numbers are mistyped too.
IDENTIFIED = 950


def hits_of(snapshot: Snapshot, asked: Party, names: Iterable[Found], least: int, day: date) -> Iterator[Hit]:
    """Hits of one snapshot, by name or by identifier.

    Args:
        snapshot: where to look.
        asked: the party asked about.
        names: what the index found for its name.
        least: in points; an exact strong name is a hit even where contradicting facts take it below.
        day: the day asked about.
    """
    by_party: dict[int, list[Found]] = {}
    for found in names:
        by_party.setdefault(found.party, []).append(found)
    for identifier in asked.identifiers:
        for party in snapshot.identified(identifier):
            by_party.setdefault(party, [])
    for party, matches in by_party.items():
        hit = _hit(asked, snapshot.party(party), matches, day)
        if hit.points >= least or _exact_strong(hit):
            yield hit.model_copy(update={"merged": snapshot.ties_of(party)})


def _hit(asked: Party, listed: ListedParty, matches: list[Found], day: date) -> Hit:
    """The best of the names that matched, with the facts beside it."""
    best = max(matches, key=lambda m: (m.score.points, _is_strong(listed, m), -m.number), default=None)
    name = listed.names[best.number] if best else None
    evidence = evidence_of(best.score, asked.name[:MAX_LENGTH], name.name) if best and name else ()
    evidence += facts_of(asked, listed)
    evidence += (identified := _identified(asked, listed, sum(e.contribution for e in evidence)))
    strong = any(_is_strong(listed, m) for m in matches)
    return matched(listed, day, evidence=evidence, level="alarm" if strong or identified else "review", name=name)


def _is_strong(listed: ListedParty, found: Found) -> bool:
    return listed.names[found.number].quality == "strong"


def _identified(asked: Party, listed: ListedParty, points: int) -> tuple[Evidence, ...]:
    """A shared official identifier lifts any score to `IDENTIFIED` at least."""
    shared = [one for one in asked.identifiers if carries(listed, one)]
    lift = max(0, IDENTIFIED - points)
    return tuple(
        Evidence(rule="same_identifier", contribution=lift if one is shared[0] else 0, detail=f"{one.type} {one.value}")
        for one in shared
    )


def _exact_strong(hit: Hit) -> bool:
    """An exact strong name is never dropped for a contradicting fact."""
    exact = any(e.rule == "identical_name" for e in hit.evidence)
    return exact and hit.matched_name is not None and hit.matched_name.quality == "strong"


def rank(hit: Hit) -> tuple[int, int, int, str]:
    """What hits are ordered by: the score, then the facts that agree."""
    return (-hit.points, -hit.agreements, hit.contradictions, hit.listed_party.id)
