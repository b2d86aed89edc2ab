"""The whole road, as one function: a party goes in, hits come out, each with what follows from it.

    asked.name --names--> Name --index--> candidates --scoring--> names found
    names found --facts, status, effects--> hits --policy--> disposition

What is the same for every party (the day, the lists, the cutoff) is made ready once, so that thousands of parties for
whom nothing is found cost little more than the search.

>>> from sanctionscreen.records import Party
>>> question = Question(Loaded.load([]))
>>> question(Party(name="Hikvison")).hits[0].matched_name.name
'Hikvision'
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from dataclasses import asdict
from datetime import date, datetime
from typing import Any, TypeVar

from sanctionscreen.errors import InputError
from sanctionscreen.finding import hits_of, rank
from sanctionscreen.hits import FULL, Hit, ListUsed, NotScreened, ScreeningResult
from sanctionscreen.loaded import Loaded, Searched
from sanctionscreen.matching import weights
from sanctionscreen.matching.identifiers import doubt
from sanctionscreen.meaning.context import Context
from sanctionscreen.meaning.policy import Policy, decide, left_out_lists
from sanctionscreen.meaning.whereabouts import MAX_ADDRESS, whereabouts
from sanctionscreen.names.normalise import CUT
from sanctionscreen.names.parsing import LOST_LETTERS
from sanctionscreen.names.tokens import ONLY_A_LEGAL_FORM
from sanctionscreen.pausing import collector_paused
from sanctionscreen.records import Party
from sanctionscreen.scanning import address_hits
from sanctionscreen.snapshot import ENGINE

#: The cutoff used when none is given, from 0 to 1.
DEFAULT_CUTOFF = weights.CUTOFF / FULL

T = TypeVar("T")

#: What was found for a party; or, where nothing was, not even history or a place, the notes on it alone.
Answer = ScreeningResult | tuple[str, ...]


class Question:
    """What is asked of the lists about any party; called with one, it gives the result.

    It pickles where its lists do.
    """

    def __init__(
        self,
        lists: Loaded,
        as_of: date | None = None,
        cutoff: float = DEFAULT_CUTOFF,
        context: Context | None = None,
        policy: Policy | None = None,
    ) -> None:
        """Make ready what is the same for every party; the arguments are those of `Screener.screen`.

        Raises:
            InputError: when the cutoff is out of range, or an argument is of another type.
        """
        self.day = day_of(as_of)
        self.lists, self._least = lists, points(cutoff)
        self._context = of_type("context", context, Context, "Context(jurisdictions=['US'])")
        self._policy = of_type("policy", policy, Policy, "load_policy('policy.yaml')")
        used = lists.used(self.day)
        nothing = ScreeningResult(
            query=Party(name=""),
            as_of=self.day,
            cutoff=cutoff,
            hits=(),
            lists=used,
            not_screened=(*lists.not_loaded, *no_lists(used), *left_out_lists(policy, used)),
            warnings=tuple(_stale(one) for one in used if one.stale),
            engine=ENGINE,
            settings=_settings(context, policy),
        )
        #: The result for a party for whom nothing is found.
        self.nothing = self._decided(nothing)

    def __call__(self, asked: Party) -> ScreeningResult:
        """Find the listed parties that a party may be."""
        return self.of_many([asked])[0]

    def of_many(self, parties: Iterable[Party]) -> list[ScreeningResult]:
        """The same for many parties, in order; together they cost less than one by one."""
        asked = list(parties)
        return [self.whole(one, answer) for one, answer in zip(asked, self.briefly(asked), strict=True)]

    def briefly(self, parties: Sequence[Party]) -> list[Answer]:
        """The same, without the results that say nothing: `whole` makes them, where somebody wants to see them."""
        with collector_paused():
            names = self.lists.searched([(one.name, one.kind) for one in parties], self._least)
            return [self._answer(one, name) for one, name in zip(parties, names, strict=True)]

    def whole(self, asked: Party, answer: Answer) -> ScreeningResult:
        """Give the result that an answer stands for."""
        if isinstance(answer, ScreeningResult):
            return answer
        return self.nothing.model_copy(update={"query": asked, "notes": answer})

    def _answer(self, asked: Party, name: Searched) -> Answer:
        places = whereabouts(asked, self.day)
        hits = [arranged(hit, self._context) for hit in self._hits(asked, name)]
        left_out = [*_unreadable(name, asked), *_cut(name, asked)]
        if not (left_out or hits or places):
            return self._notes(asked, name)
        current = [hit for hit in hits if hit.in_force or hit.watch]
        history = [hit for hit in hits if not (hit.in_force or hit.watch)]
        result = self.nothing.model_copy(
            update={
                "query": asked,
                "hits": tuple(sorted(current, key=rank)),
                "history": tuple(sorted(history, key=rank)),
                "places": places,
                "not_screened": (*self.nothing.not_screened, *left_out),
                "notes": self._notes(asked, name),
            }
        )
        return self._decided(result)

    def left_out(self, asked: Party, what: str, why: str) -> ScreeningResult:
        """Give the result for a party that could not be screened."""
        left_out = (*self.nothing.not_screened, NotScreened(what=what, why=why))
        return self._decided(self.nothing.model_copy(update={"query": asked, "not_screened": left_out}))

    def asked_of(self, lists: Loaded) -> Question:
        """Ask the same of the same lists, opened another time."""
        question = copy(self)
        question.lists = lists
        return question

    def _notes(self, asked: Party, name: Searched) -> tuple[str, ...]:
        """What a reviewer must know of the name and of the identifiers asked about."""
        notes = tuple([note for note in name.notes if note != ONLY_A_LEGAL_FORM])  # which `_unreadable` says
        if not asked.identifiers:
            return notes
        doubts = (doubt(one, self.lists.identifier_types) for one in asked.identifiers)
        return (*notes, *filter(None, doubts))

    def _decided(self, result: ScreeningResult) -> ScreeningResult:
        return result.model_copy(update={"decision": decide(result, self._policy, self._context)})

    def _hits(self, asked: Party, name: Searched) -> Iterator[Hit]:
        for snapshot, found in zip(self.lists.snapshots, name.found, strict=True):
            hits = list(hits_of(snapshot, asked, found, self._least, self.day)) if found or asked.identifiers else []
            yield from hits
            if asked.address and self._least <= weights.CUTOFF:
                known = {hit.listed_party.id for hit in hits}
                there = address_hits(snapshot, asked, self.day)
                yield from (hit for hit in there if hit.listed_party.id not in known)


def points(cutoff: float) -> int:
    """Give a cutoff in points.

    Raises:
        InputError: when it is out of range.
    """
    if not isinstance(cutoff, int | float):
        raise InputError(f"cutoff: {cutoff!r} is no number: give one from {weights.LOWEST_CUTOFF / FULL} to 1")
    least = math.ceil(cutoff * FULL - 1e-9) if math.isfinite(cutoff) else -1
    if not weights.LOWEST_CUTOFF <= least <= FULL:
        raise InputError(f"cutoff {cutoff} is out of range: give one from {weights.LOWEST_CUTOFF / FULL} to 1")
    return least


def day_of(as_of: date | None) -> date:
    """Give the day asked about: today if none is given.

    Raises:
        InputError: when it is no day.

    >>> day_of(date(2019, 10, 10)).isoformat()
    '2019-10-10'
    """
    if as_of is None:
        return date.today()
    if isinstance(as_of, datetime) or not isinstance(as_of, date):
        raise InputError(f"as_of: {as_of!r} is no day: give a date, as in date(2019, 10, 10)")
    return as_of


def of_type(name: str, given: T | None, known: type[T], example: str) -> T | None:
    """Give an argument as it is.

    Raises:
        InputError: when it is of another type.
    """
    if given is not None and not isinstance(given, known):
        raise InputError(f"{name}: {type(given).__name__} is no {known.__name__}: give one, as in {example}")
    return given


def arranged(hit: Hit, context: Context | None) -> Hit:
    """Give a hit with the effects that a context covers first."""
    return hit.model_copy(update={"effects": context.arrange(hit.effects)}) if context else hit


def _settings(context: Context | None, policy: Policy | None) -> dict[str, Any]:
    """What else decides, as far as it is not the default: the context, and which policy, by its fingerprint."""
    settings: dict[str, Any] = {"context": asdict(context)} if context else {}
    return {**settings, "policy": policy.fingerprint} if policy else settings


def no_lists(lists: tuple[ListUsed, ...]) -> list[NotScreened]:
    """Say it where there was no list to ask."""
    return [] if lists else [NotScreened(what="every list", why="no list is loaded")]


def _stale(one: ListUsed) -> str:
    return f"{one.id} is stale: its data is of {one.as_of}, {one.age_days} days before the day asked about"


def _cut(name: Searched, asked: Party) -> list[NotScreened]:
    """Say it where a name or an address was not read whole: the rest may name anybody."""
    unread = (note for note in name.notes if note.endswith(CUT) or note == LOST_LETTERS)
    cut = [NotScreened(what="the rest of the name", why=note) for note in unread]
    if asked.address and len(asked.address) > MAX_ADDRESS:
        why = f"the address is longer than {MAX_ADDRESS} characters{CUT}"
        cut.append(NotScreened(what="the rest of the address", why=why))
    return cut


def _unreadable(name: Searched, asked: Party) -> list[NotScreened]:
    if name.readable:
        return []
    why = "it has no letters or digits that can be compared"
    if not asked.name.strip():
        why = "it is blank"
    elif ONLY_A_LEGAL_FORM in name.notes:
        why = "it holds only a legal form"
    return [NotScreened(what="the name", why=why)]
