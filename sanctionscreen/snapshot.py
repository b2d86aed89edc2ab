"""A snapshot: any set of lists, compiled. Records, parsed names, the index and the phrases in one file.

    magic (8 bytes) | SHA-256 of the rest (32) | length of the head (8) | head, JSON | arrays, each on 64 bytes

The head tells the format, the engine that wrote it, the lists with their dates and checksums, and where each array
lies. Nothing in the file is code: it is mapped into memory and read in place, records one at a time as hits need
them. A file that is damaged, or was written by another engine, is refused with one line.
"""

from __future__ import annotations

import json
import mmap
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from pydantic import BaseModel, ConfigDict

from sanctionscreen._version import __version__
from sanctionscreen.errors import SnapshotError
from sanctionscreen.matching import identifiers, weights
from sanctionscreen.matching.building import Array, build, stored_texts
from sanctionscreen.matching.index import Index
from sanctionscreen.matching.mentions import Phrases
from sanctionscreen.matching.phrasing import ADDRESS_WORDS, NO_NAME, phrase_arrays
from sanctionscreen.matching.prepared import PreparedName, prepare
from sanctionscreen.matching.words import key_hash
from sanctionscreen.names import parse
from sanctionscreen.records import Identifier, ListedParty, ListHeader
from sanctionscreen.sources.loading import LoadedList
from sanctionscreen.sources.merging import Member, MergedParty
from sanctionscreen.sources.merging import merge as merge_lists

MAGIC = b"SSCREEN\x04"
#: What wrote the scores: another version may parse a name otherwise, so its snapshots are not read.
ENGINE = f"sanctionscreen {__version__}, weights {weights.VERSION}"
SUFFIX = ".snapshot"
_ALIGNED = 64
_PREFIX = len(MAGIC) + 32 + 8


class CompiledList(BaseModel):
    """A list that a snapshot was made of."""

    model_config = ConfigDict(frozen=True)

    header: ListHeader
    file: str
    checksum: str
    parties: int
    names: int


class Snapshot:
    """Lists ready to be searched, in memory or mapped from a file. Read-only, safe to share between threads."""

    def __init__(self, arrays: Mapping[str, Array], head: Mapping[str, Any]) -> None:
        self._arrays = arrays
        self._head = head
        self.lists = tuple(CompiledList.model_validate(one) for one in head["lists"])
        self.index = Index(arrays, head["tables"])
        self.party = lru_cache(maxsize=10_000)(self._read_party)

    @classmethod
    def of(cls, lists: Sequence[LoadedList], *, merge: bool = True) -> Snapshot:
        """Compile lists: parse every name and build the index.

        Args:
            lists: lists whose ids differ.
            merge: whether records that are certainly one party become one (`sources.merging` says when).
        """
        merged = merge_lists(lists) if merge else _unmerged(lists)
        parties = [_with_list(one.party, one.members[0].list_id) for one in merged]
        arrays, tables = build(_names(parties))
        arrays |= _party_arrays(merged, parties) | _identifier_arrays(parties) | phrase_arrays(parties, arrays)
        head = {"engine": ENGINE, "lists": [_compiled(one).model_dump(mode="json") for one in lists], "merged": merge}
        types = sorted({one.type for party in parties for one in party.identifiers})
        return cls(arrays, {**head, "tables": tables, "identifier_types": types})

    @classmethod
    def open(cls, path: Path | str) -> Snapshot:
        """Map a snapshot file.

        Raises:
            SnapshotError: when the file cannot be read, is damaged, or was written by another version.
        """
        return cls(*_read(Path(path)))

    def save(self, path: Path | str) -> None:
        """Write the snapshot; the file is whole or not there.

        Raises:
            SnapshotError: when the file cannot be written.
        """
        _write(Path(path), self._arrays, self._head)

    def __len__(self) -> int:
        return len(self._arrays["party_text_offsets"]) - 1

    @cached_property
    def phrases(self) -> Phrases:
        """The names and addresses as they are found inside text; laid out at the first use."""
        return Phrases(self._arrays)

    @cached_property
    def address_beginnings(self) -> frozenset[tuple[str, ...]]:
        """The first words of every address that is looked for, as many as all of them have."""
        numbers = np.flatnonzero(self._arrays["phrase_name"] == NO_NAME).tolist()
        return frozenset(self.phrases[number].words[:ADDRESS_WORDS] for number in numbers)

    def _read_party(self, party: int) -> ListedParty:
        first, last = self._arrays["party_text_offsets"][party : party + 2]
        return ListedParty.model_validate_json(self._arrays["party_text"][first:last].tobytes())

    def ties_of(self, party: int) -> tuple[str, ...]:
        """Why the records that a party was merged of are one, a sentence each; none where it is one record."""
        first, last = self._arrays["tie_text_offsets"][party : party + 2]
        return tuple(self._arrays["tie_text"][first:last].tobytes().decode("utf-8").splitlines())

    @property
    def merged(self) -> bool:
        """Whether records of one party were made one."""
        return bool(self._head["merged"])

    @property
    def identifier_types(self) -> frozenset[str]:
        """The types of identifiers that some party carries."""
        return frozenset(self._head["identifier_types"])

    def identified(self, identifier: Identifier) -> list[int]:
        """Parties that carry this official identifier."""
        key = identifiers.key(identifier)
        if key is None:
            return []
        hashes = self._arrays["identifier_hash"]
        wanted = np.uint32(key_hash(key))
        first, last = np.searchsorted(hashes, wanted, "left"), np.searchsorted(hashes, wanted, "right")
        candidates = sorted(set(self._arrays["identifier_party"][first:last].tolist()))
        return [p for p in candidates if carries(self.party(p), identifier)]


def carries(party: ListedParty, identifier: Identifier) -> bool:
    """Whether a party carries this official identifier."""
    return any(identifiers.same_identifier(identifier, own) for own in party.identifiers)


def _with_list(party: ListedParty, list_id: str) -> ListedParty:
    """Say in every listing which list it is of."""
    if all(one.list for one in party.listings):
        return party
    listings = tuple(one if one.list else one.model_copy(update={"list": list_id}) for one in party.listings)
    return party.model_copy(update={"listings": listings})


def _names(parties: Sequence[ListedParty]) -> Iterator[tuple[PreparedName, int, int]]:
    for number, party in enumerate(parties):
        for place, name in enumerate(party.names):
            yield prepare(parse(name.name, party.kind)), number, place


def _compiled(one: LoadedList) -> CompiledList:
    names = sum(len(party.names) for party in one.parties)
    return CompiledList(header=one.header, file=one.file, checksum=one.checksum, parties=len(one.parties), names=names)


def _unmerged(lists: Sequence[LoadedList]) -> tuple[MergedParty, ...]:
    return tuple(MergedParty(party, (Member(one.header.id, party),)) for one in lists for party in one.parties)


def _party_arrays(merged: Sequence[MergedParty], parties: Sequence[ListedParty]) -> dict[str, Array]:
    text, offsets = stored_texts([p.model_dump_json(exclude_defaults=True) for p in parties])
    ties, tie_offsets = stored_texts(["\n".join(" ".join(str(tie).split()) for tie in one.ties) for one in merged])
    return {
        "party_text": text,
        "party_text_offsets": offsets,
        "tie_text": ties,
        "tie_text_offsets": tie_offsets,
    }


def _identifier_arrays(parties: Sequence[ListedParty]) -> dict[str, Array]:
    pairs = sorted(
        (key_hash(key), number)
        for number, party in enumerate(parties)
        for one in party.identifiers
        if (key := identifiers.key(one))
    )
    return {
        "identifier_hash": np.array([p[0] for p in pairs], np.uint32),
        "identifier_party": np.array([p[1] for p in pairs], np.int32),
    }


# --- the file ------------------------------------------------------------------------------------------


def _write(path: Path, arrays: Mapping[str, Array], head: Mapping[str, Any]) -> None:
    layout, chunks = [], []
    at = 0
    for name, array in arrays.items():
        data = np.ascontiguousarray(array).tobytes()
        padded = data + b"\0" * (-len(data) % _ALIGNED)
        layout.append([name, array.dtype.str, array.shape[0], at])
        chunks.append(padded)
        at += len(padded)
    text = json.dumps({**head, "arrays": layout}, ensure_ascii=False, sort_keys=True).encode("utf-8")
    text += b" " * (-(_PREFIX + len(text)) % _ALIGNED)
    body = b"".join([len(text).to_bytes(8, "little"), text, *chunks])
    _replace(path, MAGIC + sha256(body).digest() + body)


def _replace(path: Path, data: bytes) -> None:
    """Write beside the file, then take its place in one step."""
    temporary: str | None = None
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except OSError as error:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        raise SnapshotError(f"{path}: cannot be written: {error.strerror}") from error


def _read(path: Path) -> tuple[dict[str, Array], dict[str, Any]]:
    try:
        with path.open("rb") as file:
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "the file is empty"
        raise SnapshotError(f"{path}: not a snapshot that can be opened: {reason}") from error
    body = memoryview(mapped)
    if body[: len(MAGIC)] != MAGIC:
        raise SnapshotError(f"{path}: not a snapshot of this format; make one with: sanctionscreen compile")
    if sha256(body[len(MAGIC) + 32 :]).digest() != body[len(MAGIC) : len(MAGIC) + 32]:
        raise SnapshotError(f"{path}: damaged (its checksum does not match); compile the lists again")
    size = int.from_bytes(body[_PREFIX - 8 : _PREFIX], "little")
    head: dict[str, Any] = json.loads(bytes(body[_PREFIX : _PREFIX + size]))
    if head["engine"] != ENGINE:
        raise SnapshotError(f"{path}: written by {head['engine']}, this is {ENGINE}; compile the lists again")
    start = _PREFIX + size
    arrays: dict[str, Array] = {
        name: np.frombuffer(body, np.dtype(dtype), count, start + at) for name, dtype, count, at in head["arrays"]
    }
    return arrays, head
