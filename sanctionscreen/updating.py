"""Official lists kept fresh: fetch, import, check, and only then put the new edition in the place of the old one.

    folder/lists/ofac-sdn.yaml      the current edition of each list
    folder/lists.snapshot           all of them, compiled: Screener.load("folder/lists.snapshot")
    folder/archive/                 every edition that was ever in use
    folder/state.json               what publishers said of them, for conditional requests

A new edition takes the place of the old one only if it can be read and loaded, is the list that was asked for, is not
older, and has not lost more than a set share of its parties or names: a download that was cut short must not clear
anybody. Otherwise the old one stays, and the outcome says why. Lists and snapshot change at one stroke, by
`sources.switching`: what is killed at any moment leaves those of before or, once the next update has settled them,
the new ones. One update at a time works in a folder.

It stands above `sources` because it compiles.

>>> Outcome("csl", "kept", why="answered 500").failed
True
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Literal

from sanctionscreen._version import __version__
from sanctionscreen.errors import SanctionScreenError, SnapshotError, SourceError
from sanctionscreen.snapshot import Snapshot
from sanctionscreen.sources import archive
from sanctionscreen.sources.diffing import ListDiff, diff
from sanctionscreen.sources.downloading import Fetch, Fetching, Seen, fetching
from sanctionscreen.sources.files import read_text
from sanctionscreen.sources.importers import import_list
from sanctionscreen.sources.loading import LoadedList, load_lists
from sanctionscreen.sources.official import Source
from sanctionscreen.sources.switching import LISTS, NEXT, at_work
from sanctionscreen.sources.writing import replace_file, write_list

SNAPSHOT, STATE = "lists.snapshot", "state.json"

State = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one source.

    Attributes:
        source: its id.
        what: `new` (there was none), `updated`, `unchanged`, `kept` (the old edition stays: see `why`), or `failed`
            (there is none at all: see `why`).
        why: what went wrong.
        current: the edition that is in use now; in a rehearsal, the one that would be.
        changes: what is different from the edition before.
        today: the day on which it was updated.
    """

    source: str
    what: Literal["new", "updated", "unchanged", "kept", "failed"]
    why: str = ""
    current: LoadedList | None = None
    changes: ListDiff | None = None
    today: date = field(default_factory=date.today)

    @property
    def failed(self) -> bool:
        """Whether no edition that can be vouched for was got."""
        return self.what in ("kept", "failed")

    @property
    def age_days(self) -> int | None:
        """The age of the data in use, in days."""
        return (self.today - self.current.header.as_of).days if self.current else None

    @property
    def stale(self) -> bool:
        """Whether the data in use is older than its limit."""
        limit = self.current.header.stale_after_days if self.current else None
        return limit is not None and self.age_days is not None and self.age_days > limit


def update(
    sources: Iterable[Source],
    folder: Path,
    how: Fetching | None = None,
    *,
    rehearse: bool = False,
    merge: bool = True,
) -> tuple[Outcome, ...]:
    """Bring lists up to date.

    Args:
        sources: which.
        folder: where the lists are, or will be.
        how: how files are fetched.
        rehearse: whether to find out only: nothing in the folder is changed.
        merge: whether records that are certainly one party become one in the snapshot.

    Raises:
        MissingExtraError: without httpx, unless the mirror is a folder.
        SourceError: when another update is at work in the folder, or it cannot be written.
        ListError, SnapshotError: when the lists cannot be compiled.
    """
    how = how or Fetching()
    with _desk(folder, rehearse) as desk, fetching(how) as fetch:
        outcomes = tuple(_Update(source, folder, desk, how, fetch).run(rehearse=rehearse) for source in sources)
        if not rehearse:
            compile_lists(folder, desk / NEXT, merge=merge)
    return outcomes


@contextmanager
def _desk(folder: Path, rehearse: bool) -> Iterator[Path]:
    """A folder for downloads: outside of the one that a rehearsal is not to change."""
    if rehearse:
        with tempfile.TemporaryDirectory() as desk:
            yield Path(desk)
    else:
        with at_work(folder) as place:
            yield place


def compile_lists(folder: Path, ahead: Path | None = None, *, merge: bool = True) -> None:
    """Compile the lists of a folder, unless its snapshot is of these very editions already.

    Args:
        folder: where the lists and their snapshot are.
        ahead: a folder of lists that are to take the places of those; the snapshot is put there.
        merge: whether records that are certainly one party become one.

    Raises:
        ListError, SnapshotError: when a list cannot be loaded or the snapshot not written.
    """
    ahead = ahead or folder
    files = {path.name: path for where in (folder, ahead) for path in (where / LISTS).glob("*.yaml")}
    found = [read_text(files[name]).checksum for name in sorted(files)]
    if files and _compiled(folder / SNAPSHOT, merge) != sorted(found):
        lists = load_lists(files[name] for name in sorted(files))
        placed = [replace(one, file=str(folder / LISTS / Path(one.file).name)) for one in lists]
        Snapshot.of(placed, merge=merge).save(ahead / SNAPSHOT)


def _compiled(snapshot: Path, merge: bool) -> list[str] | None:
    """The checksums of the editions in a snapshot; None where there is none that can be used."""
    try:
        opened = Snapshot.open(snapshot)
    except SnapshotError:
        return None
    return sorted(one.checksum for one in opened.lists) if opened.merged == merge else None


class _Update:
    """One source on its way."""

    def __init__(self, source: Source, folder: Path, desk: Path, how: Fetching, fetch: Fetch) -> None:
        self._source = source
        self._folder = folder
        self._desk = desk / source.id
        self._next = desk / NEXT
        self._how = how
        self._fetch = fetch
        self._target = folder / LISTS / f"{source.id}.yaml"
        self._old: LoadedList | None = None

    def run(self, *, rehearse: bool) -> Outcome:
        """Do it all; whatever goes wrong becomes an outcome, and leaves the old edition where it is."""
        try:
            self._old = self._load_old()
            return self._renew(rehearse)
        except SanctionScreenError as error:
            # Where a file was for a moment tells nobody anything.
            first = str(error).replace(f"{self._desk}{os.sep}", "").splitlines()[0]
            why = " ".join(first.split())
        except OSError as error:
            why = f"{error.filename or self._folder}: {error.strerror or error}"
        return Outcome(self._source.id, "kept" if self._old else "failed", why, self._old)

    def _load_old(self) -> LoadedList | None:
        return load_lists([self._target])[0] if self._target.exists() else None

    def _renew(self, rehearse: bool) -> Outcome:
        self._desk.mkdir()
        seen = self._download()
        if seen is None:
            return Outcome(self._source.id, "unchanged", current=self._old)
        new = self._import(seen)
        if self._old and new.checksum == self._old.checksum:
            what: Literal["new", "updated", "unchanged"] = "unchanged"
        else:
            self._check(new)
            what = "updated" if self._old else "new"
        if not rehearse:
            self._put(new, seen)
        changes = diff(self._old, new) if self._old and what == "updated" else None
        return Outcome(self._source.id, what, current=new, changes=changes)

    def _download(self) -> dict[str, Seen] | None:
        """Fetch every file; None where none has changed. One that has needs the others beside it."""
        known = self._known()
        found = {file.name: self._get(file.name, known.get(file.name, Seen())) for file in self._source.files}
        if not any(found.values()):
            return None
        return {name: seen or self._get(name, Seen()) or Seen() for name, seen in found.items()}

    def _get(self, name: str, seen: Seen) -> Seen | None:
        file = next(one for one in self._source.files if one.name == name)
        return self._fetch(self._source.id, file, self._desk / name, seen, self._source.max_megabytes)

    def _known(self) -> dict[str, Seen]:
        """What publishers said of the edition at hand, if it is the one they spoke of and this version imported it."""
        state = _state(self._folder).get(self._source.id)
        if not isinstance(state, dict) or not self._old or state.get("of") != self._of(self._old):
            return {}
        if self._how.as_of not in (None, self._old.header.as_of):  # the same files may be said to be of another day
            return {}
        return {name: Seen(*map(str, said)) for name, said in state["files"].items()}

    def _of(self, edition: LoadedList) -> list[str]:
        addresses = [f"{file.name} {file.address}" for file in self._source.files]
        return [edition.checksum, __version__, self._source.format, str(self._source.stale_after_days), *addresses]

    def _import(self, seen: dict[str, Seen]) -> LoadedList:
        """Import what was fetched, write it beside the old edition, and load it as any user would."""
        # Importers take the day from the data, else from the name of the file or of its folder.
        place = self._desk / self._day(seen)
        place.mkdir()
        for name in seen:
            (self._desk / name).rename(place / name)
        path = place / self._source.files[0].name if len(seen) == 1 else place
        imported = import_list(self._source.format, path, mapping=self._source.mapping).list_file
        header = imported.header.model_copy(update={"stale_after_days": self._source.stale_after_days})
        draft = self._desk / f"{self._source.id}.yaml"
        write_list(imported.model_copy(update={"header": header}), draft)
        return load_lists([draft])[0]

    def _day(self, seen: dict[str, Seen]) -> str:
        """The day that files are of, where they do not say it; of a folder's nobody may know it."""
        if self._how.folder:
            return str(self._how.as_of or "mirror")
        days = [one.day for one in seen.values() if one.day]
        return str(max(days) if days else datetime.now(UTC).date())

    def _check(self, new: LoadedList) -> None:
        """Refuse what is not this list, or is older or much shorter than the edition at hand.

        Raises:
            SourceError: with the reason.
        """
        if new.header.id != self._source.id:
            raise SourceError(f"what was downloaded is the list {new.header.id}, not {self._source.id}")
        if self._old is None:
            return
        was, is_now = self._old.header.as_of, new.header.as_of
        if is_now < was:
            raise SourceError(f"what was downloaded is of {is_now}, older than the edition at hand, of {was}")
        for what, before, after in _sizes(self._old, new):
            if after < self._source.minimum_share * before:
                least = f"less than {self._source.minimum_share:.0%} of the {before:,} at hand (minimum_share)"
                raise SourceError(f"what was downloaded has {after:,} {what}, {least}: cut short?")

    def _put(self, new: LoadedList, seen: dict[str, Seen]) -> None:
        """Make the edition ready to take the place of the old one."""
        archive.store(new, self._next / archive.FOLDER)
        files = {name: [one.etag, one.last_modified] for name, one in seen.items()}
        known = _state(self._next) or _state(self._folder)
        state = {**known, self._source.id: {"of": self._of(new), "files": files}}
        text = json.dumps(state, indent=1, sort_keys=True)
        replace_file(self._next / STATE, text.encode("utf-8"))
        (self._next / LISTS).mkdir(exist_ok=True)
        Path(new.file).replace(self._next / LISTS / self._target.name)


def _sizes(old: LoadedList, new: LoadedList) -> Iterator[tuple[str, int, int]]:
    yield "parties", len(old.parties), len(new.parties)
    yield "names", sum(len(one.names) for one in old.parties), sum(len(one.names) for one in new.parties)


def _state(folder: Path) -> State:
    """What was written down; nothing where it cannot be read, so that everything is fetched again."""
    try:
        state = json.loads((folder / STATE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return state if isinstance(state, dict) else {}
