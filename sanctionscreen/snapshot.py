"""A snapshot: any set of lists, compiled. Records, parsed names, the index and the phrases in one file of arrays.

Its head tells the engine that wrote it and the lists with their dates and checksums. Nothing in the file is code: it is
mapped into memory and read in place, and nothing in it is used before its checksum was compared (`arrayfile`): what
every search reads when the file is opened; a record, or the phrases that texts are scanned for, when first needed. A
file that is damaged, or was written by another engine, is refused with one line.

A snapshot that is replaced while it is in use stays what it was to those who have it open, as long as the new one takes
its name, as `save` and `mv` do. One that is written over in place, as `cp` does, is refused from then on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from pydantic import BaseModel, ConfigDict

from sanctionscreen._version import __version__
from sanctionscreen.arrayfile import Array, Arrays, MappedArrays, write
from sanctionscreen.errors import SnapshotError
from sanctionscreen.matching import identifiers, weights
from sanctionscreen.matching.building import build, stored_texts
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

MAGIC = b"SSCREEN\x08"
#: What wrote the scores: another version may parse a name otherwise, so its snapshots are not read.
ENGINE = f"sanctionscreen {__version__}, weights {weights.VERSION}"
SUFFIX = ".snapshot"
#: Arrays that no search reads: records, why they were merged, phrases. All others are compared when a file is opened.
_LATER = ("party_text", "tie_text", "phrase_")


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

    def __init__(self, arrays: Arrays, head: Mapping[str, Any]) -> None:
        self._arrays = arrays
        self._head = head
        self.lists = tuple(CompiledList.model_validate(one) for one in head["lists"])
        self._searched = arrays.take(name for name in arrays.names if not name.startswith(_LATER))
        self.index = Index(self._searched, head["tables"])
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
        return cls(Arrays(arrays), {**head, "tables": tables, "identifier_types": types})

    @classmethod
    def open(cls, path: Path | str) -> Snapshot:
        """Map a snapshot file.

        Raises:
            SnapshotError: when the file cannot be read, is damaged, or was written by another version.
        """
        mapped = MappedArrays.open(Path(path), MAGIC)
        if mapped.head["engine"] != ENGINE:
            written = mapped.head["engine"]
            raise SnapshotError(f"{path}: written by {written}, this is {ENGINE}; compile the lists again")
        return cls(mapped, mapped.head)

    def save(self, path: Path | str) -> None:
        """Write the snapshot; the file is whole or not there.

        Raises:
            SnapshotError: when the file cannot be written.
        """
        write(Path(path), MAGIC, self._head, self._arrays.take(self._arrays.names))

    def __len__(self) -> int:
        return self._arrays.size("party_text_offsets") - 1

    @property
    def phrases(self) -> Phrases:
        """The names and addresses as they are found inside text; laid out at the first use."""
        self.ensure_unchanged()
        return self._phrases

    @cached_property
    def _phrases(self) -> Phrases:
        return Phrases(self._arrays.take(name for name in self._arrays.names if name.startswith("phrase_")))

    def ensure_unchanged(self) -> None:
        """Make sure that the file is still the one that was opened.

        Raises:
            SnapshotError: when it was cut or written over.
        """
        self._arrays.ensure_unchanged()

    @cached_property
    def address_beginnings(self) -> frozenset[tuple[str, ...]]:
        """The first words of every address that is looked for, as many as all of them have."""
        numbers = np.flatnonzero(self._arrays.take(["phrase_name"])["phrase_name"] == NO_NAME).tolist()
        phrases = self.phrases
        return frozenset(phrases[number].words[:ADDRESS_WORDS] for number in numbers)

    def _read_party(self, party: int) -> ListedParty:
        return ListedParty.model_validate_json(self._text("party_text", party))

    def _text(self, array: str, party: int) -> bytes:
        first, last = self._arrays.part(f"{array}_offsets", party, party + 2).tolist()
        text = self._arrays.part(array, first, last).tobytes()
        self.ensure_unchanged()  # it was read after it was compared
        return text

    def ties_of(self, party: int) -> tuple[str, ...]:
        """Why the records that a party was merged of are one, a sentence each; none where it is one record."""
        return tuple(self._text("tie_text", party).decode("utf-8").splitlines())

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
        hashes = self._searched["identifier_hash"]
        wanted = np.uint32(key_hash(key))
        first, last = np.searchsorted(hashes, wanted, "left"), np.searchsorted(hashes, wanted, "right")
        candidates = sorted(set(self._searched["identifier_party"][first:last].tolist()))
        self.ensure_unchanged()
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
            yield prepare(parse(name.name, party.kind), is_brand=name.type == "brand"), number, place


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
