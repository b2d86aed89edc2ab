"""The whole road: a vendor's name goes in, explained hits come out.

    list file --loading--> records --names--> index --snapshot--> Screener
    vendor name --names--> Name --index--> candidates --scoring--> evidence --> Hit

>>> screener = Screener.load()
>>> hit = screener.screen("Hangzhou Hikvison Digital Technology").hits[0]
>>> hit.listed_party.primary_name
'Hangzhou Hikvision Digital Technology Co., Ltd.'
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path

from sanctionscreen.errors import InputError, SanctionScreenError, SnapshotError
from sanctionscreen.hits import FULL, Evidence, Hit, ListUsed, NotScreened, ScreeningResult, TextHit
from sanctionscreen.matching import weights
from sanctionscreen.matching.evidence import evidence_of
from sanctionscreen.matching.facts import facts_of
from sanctionscreen.matching.index import Found
from sanctionscreen.matching.prepared import PreparedName, prepare
from sanctionscreen.meaning.context import Context
from sanctionscreen.meaning.effects import effects_of_party
from sanctionscreen.meaning.policy import Policy, decide
from sanctionscreen.meaning.status import split
from sanctionscreen.names import parse
from sanctionscreen.records import ListedParty, Party
from sanctionscreen.scanning import text_hits
from sanctionscreen.snapshot import ENGINE, SUFFIX, CompiledList, Snapshot, carries
from sanctionscreen.sources.loading import bundled_lists, load_lists

#: The cutoff used when none is given, from 0 to 1.
DEFAULT_CUTOFF = weights.CUTOFF / FULL

#: The least a matching official identifier makes of a hit, in points: short of 1000, since numbers are mistyped too.
IDENTIFIED = 950


class Screener:
    """Lists ready to be asked. Immutable, and safe to share between threads."""

    def __init__(self, snapshots: Iterable[Snapshot], not_loaded: Iterable[NotScreened] = ()) -> None:
        self._snapshots = tuple(snapshots)
        self._not_loaded = tuple(not_loaded)

    @classmethod
    def load(cls, *paths: str | Path, skip_broken: bool = False, merge: bool = True) -> Screener:
        """Load lists: folders, YAML files, compiled snapshots; the lists that ship with the package if none.

        Args:
            *paths: what to load; all YAML files are loaded together.
            skip_broken: go on without what cannot be loaded. Every result then names it, and is never clear. Each
                path is loaded for itself then, and nothing is merged from one to the other.
            merge: make one party of records that are certainly one on several lists (`sources.merging` says when); a
                hit then says why. Each snapshot was merged, or not, when it was compiled.

        Raises:
            ListError: when list files have faults; it holds all of them.
            SnapshotError: when a snapshot is damaged or of another version, or merged and `merge` is false.
        """
        compiled = [Path(p) for p in paths if Path(p).suffix == SUFFIX]
        written = [Path(p) for p in paths if Path(p).suffix != SUFFIX] if paths else [bundled_lists()]
        snapshots, not_loaded = [], []
        for group in [*([p] for p in compiled), *([[p] for p in written] if skip_broken else [written])]:
            try:
                snapshots.append(_load(group, merge))
            except SanctionScreenError as error:
                if not skip_broken:
                    raise
                not_loaded.append(NotScreened(what=str(group[0]), why=str(error)))
        return cls([s for s in snapshots if s is not None], not_loaded)

    def lists(self, as_of: date | None = None) -> tuple[ListUsed, ...]:
        """What is loaded: each list with its date, age on `as_of` (today if not given) and fingerprint."""
        day = as_of or date.today()
        return tuple(_used(one, day) for snapshot in self._snapshots for one in snapshot.lists)

    def parties(self) -> Iterator[ListedParty]:
        """Every listed party, list by list."""
        return (snapshot.party(number) for snapshot in self._snapshots for number in range(len(snapshot)))

    def screen(
        self,
        party: str | Party,
        *,
        as_of: date | None = None,
        cutoff: float = DEFAULT_CUTOFF,
        context: Context | None = None,
        policy: Policy | None = None,
    ) -> ScreeningResult:
        """Find the listed parties that a vendor or customer may be.

        Args:
            party: a name, or a party with what else is known of it.
            as_of: the day the lists are asked about; today if not given.
            cutoff: the least score of a hit, from 0.6 to 1.
            context: where the user stands and what they do: effects that it covers come first; all count if not given.
            policy: what decides the disposition; the cautious default if not given.

        Raises:
            InputError: when the cutoff is out of range.
        """
        asked = party if isinstance(party, Party) else Party(name=party)
        least, day = _points(cutoff), as_of or date.today()
        name = prepare(parse(asked.name, asked.kind))
        hits = [_arranged(hit, context) for one in self._snapshots for hit in _hits(one, asked, name, least, day)]
        current = [hit for hit in hits if hit.in_force or hit.watch]
        history = [hit for hit in hits if not (hit.in_force or hit.watch)]
        result = ScreeningResult(
            query=asked,
            as_of=day,
            cutoff=cutoff,
            hits=tuple(sorted(current, key=_rank)),
            history=tuple(sorted(history, key=_rank)),
            lists=(lists := self.lists(day)),
            not_screened=(*self._not_loaded, *_unreadable(name, asked), *_no_lists(lists)),
            warnings=tuple(_stale(one) for one in lists if one.stale),
            notes=name.name.notes,
            engine=ENGINE,
            settings={"context": asdict(context)} if context else {},
        )
        return result.model_copy(update={"decision": decide(result, policy, context)})

    def screen_many(
        self,
        parties: Iterable[str | Party],
        *,
        as_of: date | None = None,
        cutoff: float = DEFAULT_CUTOFF,
        context: Context | None = None,
        policy: Policy | None = None,
    ) -> Iterator[ScreeningResult]:
        """Screen one after the other, in order, without holding more than one result."""
        day = as_of or date.today()
        for party in parties:
            yield self.screen(party, as_of=day, cutoff=cutoff, context=context, policy=policy)

    def scan(
        self,
        text: str,
        *,
        as_of: date | None = None,
        cutoff: float = DEFAULT_CUTOFF,
        context: Context | None = None,
    ) -> tuple[TextHit, ...]:
        """Find listed names and addresses inside a text; `sanctionscreen.scanning` says what counts as a mention.

        Args:
            text: line items, a contract, a shipping description, an address: up to 20 million characters.
            as_of: the day the lists are asked about; today if not given.
            cutoff: the least score of the words against the listed name.
            context: where the user stands and what they do: effects that it covers come first.

        Returns:
            The mentions in the order of the text; of those of one party that overlap, the best. One whose party
            has nothing in force or on watch on that day has it in `hit.history` only.

        Raises:
            InputError: when the text is too long, or a list took no part: no text is clear by accident.
        """
        for missing in (*self._not_loaded, *_no_lists(self.lists(as_of))):
            raise InputError(f"{missing.what}: {missing.why}: a text is scanned against every list or not at all")
        least, day = _points(cutoff), as_of or date.today()
        found = [hit for one in self._snapshots for hit in text_hits(one, text, least, day)]
        hits = (hit.model_copy(update={"hit": _arranged(hit.hit, context)}) for hit in found)
        return tuple(sorted(hits, key=lambda one: (one.start, one.end, _rank(one.hit))))


def _load(paths: list[Path], merge: bool) -> Snapshot | None:
    if not paths:
        return None
    if paths[0].suffix != SUFFIX:
        return Snapshot.of(load_lists(paths), merge=merge)
    snapshot = Snapshot.open(paths[0])
    if snapshot.merged and not merge:
        raise SnapshotError(f"{paths[0]}: was compiled with parties merged; compile it again with --no-merge")
    return snapshot


def _points(cutoff: float) -> int:
    points = math.ceil(cutoff * FULL - 1e-9) if math.isfinite(cutoff) else -1
    if not weights.LOWEST_CUTOFF <= points <= FULL:
        raise InputError(f"cutoff {cutoff} is out of range: give one from {weights.LOWEST_CUTOFF / FULL} to 1")
    return points


def _used(one: CompiledList, day: date) -> ListUsed:
    age = (day - one.header.as_of).days
    limit = one.header.stale_after_days
    return ListUsed(
        id=one.header.id,
        title=one.header.title,
        as_of=one.header.as_of,
        age_days=age,
        stale=limit is not None and age > limit,
        checksum=one.checksum,
        parties=one.parties,
        names=one.names,
        file=one.file,
    )


def _stale(one: ListUsed) -> str:
    return f"{one.id} is stale: its data is of {one.as_of}, {one.age_days} days before the day asked about"


def _unreadable(name: PreparedName, asked: Party) -> list[NotScreened]:
    if any(r.words for r in name.readings):
        return []
    why = "it is blank" if not asked.name.strip() else "it has no letters or digits that can be compared"
    return [NotScreened(what="the name", why=why)]


def _no_lists(lists: tuple[ListUsed, ...]) -> list[NotScreened]:
    return [] if lists else [NotScreened(what="every list", why="no list is loaded")]


def _hits(snapshot: Snapshot, asked: Party, name: PreparedName, least: int, day: date) -> Iterator[Hit]:
    """Hits of one snapshot, by name or by identifier."""
    by_party: dict[int, list[Found]] = {}
    for found in snapshot.index.search(name, least):
        by_party.setdefault(found.party, []).append(found)
    for identifier in asked.identifiers:
        for party in snapshot.identified(identifier):
            by_party.setdefault(party, [])
    for party, matches in by_party.items():
        hit = _hit(asked, name, snapshot.party(party), matches, day)
        if hit.points >= least or _exact_strong(hit):
            yield hit.model_copy(update={"merged": snapshot.ties_of(party)})


def _hit(asked: Party, name: PreparedName, listed: ListedParty, matches: list[Found], day: date) -> Hit:
    """The best of the names that matched, with the facts beside it."""
    best = max(matches, key=lambda m: (m.score.points, _is_strong(listed, m), -m.number), default=None)
    matched = listed.names[best.number] if best else None
    evidence = evidence_of(best.score, name.name.original, matched.name) if best and matched else ()
    evidence += facts_of(asked, listed)
    evidence += _identified(asked, listed, sum(e.contribution for e in evidence))
    strong = any(_is_strong(listed, m) for m in matches)
    status = split(listed.listings, day)
    return Hit(
        listed_party=listed,
        matched_name=matched,
        points=sum(e.contribution for e in evidence),
        evidence=evidence,
        level="alarm" if strong or any(e.rule == "same_identifier" for e in evidence) else "review",
        agreements=sum(e.rule.endswith("_agrees") or e.rule == "same_identifier" for e in evidence),
        contradictions=sum(e.rule.endswith("_differs") for e in evidence),
        effects=effects_of_party(listed, day),
        in_force=status.in_force,
        watch=status.watch,
        history=status.history,
    )


def _arranged(hit: Hit, context: Context | None) -> Hit:
    return hit.model_copy(update={"effects": context.arrange(hit.effects)}) if context else hit


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


def _rank(hit: Hit) -> tuple[int, int, int, str]:
    return (-hit.points, -hit.agreements, hit.contradictions, hit.listed_party.id)
