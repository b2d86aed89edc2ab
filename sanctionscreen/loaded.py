"""Lists as they are loaded: snapshots, each mapped from its file or made in memory, and what could not be loaded.

Lists loaded from snapshots alone pickle as the names of their files, so that every process maps the same file and no
records are sent about. A file that was replaced in the meantime is refused: two processes never ask different lists.

>>> lists = Loaded.load([])
>>> lists.searched([("Hikvison", None)], 700)[0].found[0][0].score.points > 700
True
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cached_property
from hashlib import sha256
from itertools import islice
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

from sanctionscreen.errors import SanctionScreenError, SnapshotError
from sanctionscreen.hits import ListUsed, NotScreened
from sanctionscreen.matching.identifiers import KNOWN
from sanctionscreen.matching.index import Found
from sanctionscreen.matching.prepared import prepare
from sanctionscreen.names import parse
from sanctionscreen.names.tokens import ONLY_A_LEGAL_FORM
from sanctionscreen.records import Kind
from sanctionscreen.snapshot import ENGINE, SUFFIX, CompiledList, Snapshot
from sanctionscreen.sources.loading import bundled_lists, load_lists
from sanctionscreen.workers import scratch, threads_suffice

#: How many names are remembered with what was found for them: a name that is asked for again is not searched again.
REMEMBERED = 10_000


class Searched(NamedTuple):
    """What the lists have for a name, whatever else is known of its bearer.

    Attributes:
        readable: whether there is anything in it that can be compared and tells one party from another.
        notes: what a reviewer must know of it.
        found: the names found, snapshot by snapshot.
    """

    readable: bool
    notes: tuple[str, ...]
    found: tuple[Sequence[Found], ...]


class Loaded:
    """Snapshots with the files they were opened from, where they were, and what could not be loaded."""

    def __init__(
        self,
        snapshots: Iterable[Snapshot],
        not_loaded: Iterable[NotScreened] = (),
        files: Iterable[Path | None] | None = None,
    ) -> None:
        self.snapshots = tuple(snapshots)
        self.not_loaded = tuple(not_loaded)
        self.files = tuple(files) if files is not None else (None,) * len(self.snapshots)
        self._remembered: dict[tuple[str, Kind | None, int], Searched] = {}
        self._remembering = Lock()

    @classmethod
    def load(cls, paths: Sequence[str | Path], *, skip_broken: bool = False, merge: bool = True) -> Loaded:
        """Load lists; the arguments are those of `Screener.load`.

        Raises:
            ListError, SnapshotError: when some cannot be loaded and are not to be skipped.
        """
        compiled = [[Path(p)] for p in paths if Path(p).suffix == SUFFIX]
        written = [Path(p) for p in paths if Path(p).suffix != SUFFIX] if paths else [bundled_lists()]
        together = [[path] for path in written] if skip_broken else [written] if written else []
        snapshots, files, not_loaded = [], [], []
        for group in (*compiled, *together):
            try:
                snapshots.append(_load(group, merge))
                files.append(group[0].absolute() if group[0].suffix == SUFFIX else None)
            except SanctionScreenError as error:
                if not skip_broken:
                    raise
                not_loaded.append(NotScreened(what=str(group[0]), why=str(error)))
        return cls(snapshots, not_loaded, files)

    def used(self, day: date) -> tuple[ListUsed, ...]:
        """Each list with its date, age on that day and fingerprint."""
        return tuple(_used(one, day) for snapshot in self.snapshots for one in snapshot.lists)

    @cached_property
    def identifier_types(self) -> frozenset[str]:
        """The types of official identifiers that can be compared: those known by themselves, and those on the lists."""
        return KNOWN.union(*(snapshot.identifier_types for snapshot in self.snapshots))

    @property
    def fingerprint(self) -> str:
        """What tells these lists and this engine from others, in 64 hexadecimal digits."""
        lists = [(s.merged, [(one.header.id, one.checksum) for one in s.lists]) for s in self.snapshots]
        return sha256(repr((ENGINE, lists, self.not_loaded)).encode()).hexdigest()

    @contextmanager
    def shared(self) -> Iterator[Loaded]:
        """Give the same lists as other processes can open them, for as long as the context lasts.

        What is in memory only is written to a temporary snapshot; not where threads do the work.

        Raises:
            SnapshotError: when that cannot be written.
        """
        if threads_suffice() or None not in self.files:
            yield self
            return
        with scratch() as folder:
            files = [file or folder / f"{number}{SUFFIX}" for number, file in enumerate(self.files)]
            for snapshot, file, path in zip(self.snapshots, self.files, files, strict=True):
                if file is None:
                    snapshot.save(path)
            yield Loaded(self.snapshots, self.not_loaded, files)

    def __reduce__(self) -> tuple[Any, ...]:
        if None in self.files:
            raise TypeError("lists in memory do not pickle: compile them, and load the snapshot")
        return _reopened, (self.files, self.not_loaded, self.fingerprint)

    @contextmanager
    def unchanged(self) -> Iterator[None]:
        """Search while the files are what they were when they were opened.

        That is made sure of before and after: what was found, and what failed, in a file that somebody wrote over
        meanwhile says nothing.

        Raises:
            SnapshotError: when a file was cut or written over.
        """
        self._ensure_unchanged()
        try:
            yield
        finally:
            self._ensure_unchanged()

    def _ensure_unchanged(self) -> None:
        for one in self.snapshots:
            one.ensure_unchanged()

    def searched(self, names: Iterable[tuple[str, Kind | None]], least: int) -> list[Searched]:
        """Give what there is for each name with its kind, at or above so many points.

        Names that are searched together cost less than one by one, and one that comes again costs nothing.
        """
        asked = [(name, kind, least) for name, kind in names]
        found = {one: self._remembered.get(one) for one in asked}
        new = [one for one, known in found.items() if known is None]
        found.update(zip(new, self._search(new, least), strict=True))
        self._remember({one: known for one in new if (known := found[one])})
        return [known for one in asked if (known := found[one])]

    def _search(self, asked: Sequence[tuple[str, Kind | None, int]], least: int) -> Iterator[Searched]:
        names = [prepare(parse(name, kind)) for name, kind, _ in asked]
        with self.unchanged():
            by_snapshot = [one.index.search_many(names, least) for one in self.snapshots]
            for name in names:
                found = tuple(tuple(next(one)) for one in by_snapshot)
                readable = any(reading.words for reading in name.readings) and ONLY_A_LEGAL_FORM not in name.name.notes
                yield Searched(readable, name.name.notes, found)

    def _remember(self, new: dict[tuple[str, Kind | None, int], Searched]) -> None:
        """Remember what was found, and forget what was found first where that is too much."""
        with self._remembering:
            self._remembered.update(new)
            for key in list(islice(self._remembered, max(0, len(self._remembered) - REMEMBERED))):
                del self._remembered[key]


def _reopened(files: Sequence[Path], not_loaded: tuple[NotScreened, ...], fingerprint: str) -> Loaded:
    lists = Loaded(map(Snapshot.open, files), not_loaded, files)
    if lists.fingerprint != fingerprint:
        names = ", ".join(map(str, files))
        raise SnapshotError(f"{names}: replaced by another while in use: screen again with the new one")
    return lists


def _load(paths: list[Path], merge: bool) -> Snapshot:
    if paths[0].suffix != SUFFIX:
        return Snapshot.of(load_lists(paths), merge=merge)
    snapshot = Snapshot.open(paths[0])
    if snapshot.merged and not merge:
        raise SnapshotError(f"{paths[0]}: was compiled with parties merged; compile it again with --no-merge")
    return snapshot


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
