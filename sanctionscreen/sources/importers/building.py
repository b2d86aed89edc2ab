"""Drafts to records: ties by name resolved, ids checked, parties made in the order they were read."""

from __future__ import annotations

from collections.abc import Iterable

from sanctionscreen.errors import SourceError
from sanctionscreen.records import ListedParty
from sanctionscreen.sources.importers.draft import Draft


def tie_all(drafts: Iterable[Draft]) -> None:
    """Tie relations given by name to the party that bears the name, where exactly one does.

    Sources write `Linked To: MAHAN AIR`, and mean the party whose primary name is MAHAN AIR.
    """
    drafts = list(drafts)
    ids: dict[str, str | None] = {}
    for draft in drafts:
        for name in draft.primary_names:
            ids[name] = None if name in ids else draft.id
    for draft in drafts:
        draft.tie(ids)


def build_all(drafts: list[Draft]) -> list[ListedParty]:
    """Make the records, letting go of each draft, ordered as they were read; one without a name is left out.

    Raises:
        SourceError: as `Draft.build`; also when two parties have one id.
    """
    parties, seen = [], set()
    for number, draft in enumerate(drafts):
        if draft.id in seen:
            raise SourceError(f"{draft.where}: a second record {draft.id}: the file is damaged, download it again")
        seen.add(draft.id)
        if draft.nameless:
            draft.odd(f"{draft.id} has no name: left out, as nothing can match it")
        else:
            parties.append(draft.build())
        drafts[number] = None  # type: ignore[call-overload]  # the memory of large files counts
    return parties
