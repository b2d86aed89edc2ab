"""The whole road: a vendor's name goes in, explained hits come out.

    list file --loading--> records --names--> index --snapshot--> Screener
    vendor name --names--> Name --index--> candidates --scoring--> evidence --> Hit

>>> screener = Screener.load()
>>> hit = screener.screen("Hangzhou Hikvison Digital Technology").hits[0]
>>> hit.listed_party.primary_name
'Hangzhou Hikvision Digital Technology Co., Ltd.'
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TypeVar

from sanctionscreen.errors import InputError
from sanctionscreen.finding import rank
from sanctionscreen.hits import ListUsed, NotScreened, ScreeningResult, TextResult
from sanctionscreen.loaded import Loaded
from sanctionscreen.matching.index import AT_ONCE
from sanctionscreen.meaning.context import Context
from sanctionscreen.meaning.policy import Policy
from sanctionscreen.question import DEFAULT_CUTOFF, Answer, Question, arranged, day_of, points
from sanctionscreen.records import ListedParty, Party
from sanctionscreen.scanning import text_hits, unreadable
from sanctionscreen.snapshot import Snapshot
from sanctionscreen.workers import chosen, in_order

__all__ = ["DEFAULT_CUTOFF", "Screener"]

T = TypeVar("T")

#: From how many parties on more processes are worth their start.
LARGE = 2_000
#: How many parties a worker is given at a time.
CHUNK = 256


class Screener:
    """Lists ready to be asked. Immutable, and safe to share between threads.

    One that was loaded from snapshots alone pickles: another process opens the same files.
    """

    def __init__(self, snapshots: Iterable[Snapshot], not_loaded: Iterable[NotScreened] = ()) -> None:
        self.loaded = Loaded(snapshots, not_loaded)

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
        return cls.of(Loaded.load(paths, skip_broken=skip_broken, merge=merge))

    @classmethod
    def of(cls, loaded: Loaded) -> Screener:
        """Make one of lists that are loaded."""
        screener = cls(())
        screener.loaded = loaded
        return screener

    def lists(self, as_of: date | None = None) -> tuple[ListUsed, ...]:
        """What is loaded: each list with its date, age on `as_of` (today if not given) and fingerprint."""
        return self.loaded.used(day_of(as_of))

    def parties(self) -> Iterator[ListedParty]:
        """Every listed party, list by list."""
        return (snapshot.party(number) for snapshot in self.loaded.snapshots for number in range(len(snapshot)))

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
            cutoff: the least score of a hit, from 0.5 to 1.
            context: where the user stands and what they do: effects that it covers come first; all count if not given.
            policy: what decides the disposition; the cautious default if not given.

        Raises:
            InputError: when the cutoff is out of range, or an argument is of another type.
        """
        return Question(self.loaded, as_of, cutoff, context, policy)(_party(party))

    def screen_many(
        self,
        parties: Iterable[str | Party],
        *,
        as_of: date | None = None,
        cutoff: float = DEFAULT_CUTOFF,
        context: Context | None = None,
        policy: Policy | None = None,
        workers: int | None = None,
    ) -> Iterator[ScreeningResult]:
        """Screen one after the other, in order, without holding more than a few results.

        The arguments are checked at once, and each party when its turn comes.

        Args:
            parties: names, or parties with what else is known of them.
            as_of: the day the lists are asked about; today if not given.
            cutoff: the least score of a hit, from 0.5 to 1.
            context: where the user stands and what they do.
            policy: what decides the disposition.
            workers: how many processes share the work, each with the same snapshot mapped into memory; more than one
                read ahead. If not given, all cores for a collection of at least `LARGE` parties, such as a list. What
                comes from elsewhere, such as a generator, is then screened here, one by one as it comes.

        Raises:
            InputError: when the cutoff is out of range, an argument is of another type, or there is less than 1 worker.
            WorkerError: when a worker is killed.
        """
        if isinstance(parties, str):
            raise InputError(f"parties: {parties[:60]!r} is one name, and would be read letter by letter: give a list")
        if isinstance(parties, Party) or not isinstance(parties, Iterable):
            raise InputError(f"parties: {parties!r} is no list: give a list of names, or of Party")
        question = Question(self.loaded, as_of, cutoff, context, policy)
        count = chosen(workers, large=isinstance(parties, Collection) and len(parties) >= LARGE)
        return _answered(question, parties, count)

    def scan(
        self,
        text: str,
        *,
        as_of: date | None = None,
        cutoff: float = DEFAULT_CUTOFF,
        context: Context | None = None,
    ) -> TextResult:
        """Find listed names and addresses inside a text; `sanctionscreen.scanning` says what counts as a mention.

        Args:
            text: line items, a contract, a shipping description, an address: up to 20 million characters.
            as_of: the day the lists are asked about; today if not given.
            cutoff: the least score of the words against the listed name.
            context: where the user stands and what they do: effects that it covers come first.

        Returns:
            The mentions in the order of the text; of those of one party that overlap, the best. A list that could not
            be loaded stands in `not_screened`, and so does a text without letters or digits.

        Raises:
            InputError: when the text is too long, or an argument is out of range or of another type.
        """
        if not isinstance(text, str):
            raise InputError(f"{type(text).__name__} is no text: give a str")
        asked = Question(self.loaded, as_of, cutoff, context).nothing
        with self.loaded.unchanged():
            found = [hit for one in self.loaded.snapshots for hit in text_hits(one, text, points(cutoff), asked.as_of)]
        hits = (hit.model_copy(update={"hit": arranged(hit.hit, context)}) for hit in found)
        return TextResult(
            as_of=asked.as_of,
            cutoff=cutoff,
            characters=len(text),
            mentions=tuple(sorted(hits, key=lambda one: (one.start, one.end, rank(one.hit)))),
            lists=asked.lists,
            not_screened=(*asked.not_screened, *unreadable(text)),
            warnings=asked.warnings,
            engine=asked.engine,
        )


def in_chunks(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Give items in lists of `size`, the last one shorter.

    >>> list(in_chunks("abcde", 2))
    [['a', 'b'], ['c', 'd'], ['e']]
    """
    left = iter(items)
    while chunk := list(islice(left, size)):
        yield chunk


def _answered(question: Question, parties: Iterable[str | Party], workers: int) -> Iterator[ScreeningResult]:
    """Answer for each party, here or in so many workers."""
    if workers == 1:
        for some in in_chunks(parties, AT_ONCE if isinstance(parties, Collection) else 1):
            yield from question.of_many(map(_party, some))
        return
    with question.lists.shared() as lists:
        task = partial(_briefly, question.asked_of(lists))
        for chunk, answers in in_order(task, in_chunks(parties, CHUNK), workers):
            yield from map(question.whole, map(_party, chunk), answers)


def _briefly(question: Question, given: Iterable[str | Party]) -> list[Answer]:
    """Answer for parties in a worker: a name travels there as it is, which is cheaper than a record."""
    return question.briefly([_party(one) for one in given])


def _party(given: str | Party) -> Party:
    if isinstance(given, Party):
        return given
    if not isinstance(given, str):
        raise InputError(f"{given!r} is no party: give a name, or a Party")
    return Party(name=given)
