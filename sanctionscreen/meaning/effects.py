"""What a listing forbids, to whom, in which direction, since when, and by which source.

A name on a list is the beginning of a question, not its end: the Entity List does not forbid buying, NS-CMIC
forbids only trade in securities, the Unverified List forbids nothing and asks for care. The tables in
`meaning/tables` say this for every list and program, each row with its public source; the words for effects
are in `tables/effects.yaml`. What a table does not know is reported as **unknown**, never as harmless. This
is information, not legal advice.

>>> from sanctionscreen.records import Listing
>>> listing = Listing(list="el", program="EL", effective_date="2019-10-09", citation="84 FR 54002")
>>> [(e.effect, e.directions, e.in_force) for e in effects_of(listing, date(2022, 5, 5))]
[('export_licence', ('export', 'sell'), True)]
>>> effects_of(Listing(list="house-list", program="X"), date(2022, 5, 5))[0].effect
'unknown'
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from sanctionscreen.hits import Effect
from sanctionscreen.meaning.effect_tables import (
    EffectRow,
    ListRow,
    ProgramRow,
    find_list,
    find_program,
    gravest_first,
    tables,
    vocabulary,
)
from sanctionscreen.meaning.status import Standing, standing
from sanctionscreen.records import Kind, ListedParty, Listing


def effects_of(
    listing: Listing,
    as_of: date,
    *,
    kind: Kind | None = None,
    remarks: Sequence[str] = (),
    list_id: str | None = None,
) -> tuple[Effect, ...]:
    """Tell what follows from a listing on the day `as_of`, what is in force first, then the gravest.

    Args:
        listing: the entry; its `list` and `program` find the rows of the tables.
        as_of: the day in question.
        kind: of the listed party; measures for other kinds are left out, unless there are no others.
        remarks: of the listed party, where the entry's own measures or directives may be named.
        list_id: of the file, for a listing that names no list of its own.

    Returns:
        At least one effect. `in_force` is False, and `status` says why, for what has not begun, has ended
        or is only proposed or reported.
    """
    if listing.list is None and list_id is not None:
        listing = listing.model_copy(update={"list": list_id})
    place = standing(listing, as_of)
    if listing.status in ("proposed", "reported"):
        return (_watch(listing, place),)
    list_row = find_list(listing.list)
    program = find_program(list_row, listing.program) if list_row else None
    if list_row is None or (program is None and not list_row.every_program):
        return (_unknown(listing, list_row, place),)
    text = " ".join(filter(None, (listing.remarks, *remarks))).casefold()
    rows = _named((program and program.effects) or list_row.effects, _stated(list_row, listing))
    fitting = [row for row in rows if kind is None or not row.kinds or kind in row.kinds] or rows
    found = [_effect(row, listing, list_row, program, place, as_of, text) for row in fitting]
    return tuple(sorted(found, key=gravest_first))


def effects_of_party(party: ListedParty, as_of: date, *, list_id: str | None = None) -> tuple[Effect, ...]:
    """Tell what follows from all listings of a party, what is in force first, then the gravest.

    Args:
        party: the record; its remarks may name directives or measures of its listings.
        as_of: the day in question.
        list_id: of the file, for listings that name no list of their own.
    """
    found = [
        effect
        for listing in party.listings
        for effect in effects_of(listing, as_of, kind=party.kind, remarks=party.remarks, list_id=list_id)
    ]
    return tuple(sorted(found, key=gravest_first))


def has_row(list_id: str, program: str) -> bool:
    """Tell whether the tables have a row for this very program of this list.

    >>> has_row("sdn", "GLOMAG"), has_row("sdn", "NEW-PROGRAM"), has_row("nobody", "X")
    (True, False, False)
    """
    list_row = find_list(list_id)
    return list_row is not None and find_program(list_row, program) is not None


def _named(rows: Sequence[EffectRow], stated: str) -> list[EffectRow]:
    """The rows whose measure the entry states, or, where it states none, those that its list assumes."""
    named = [row for row in rows if any(_states(stated, words.casefold()) for words in row.measure)]
    return named or [row for row in rows if not row.measure] or [rows[0]]


def _stated(list_row: ListRow, listing: Listing) -> str:
    """The part of an entry's remarks that states its measures."""
    remarks = (listing.remarks or "").casefold()
    if list_row.measures_after is None:
        return remarks
    return remarks.partition(list_row.measures_after.casefold())[2].partition(";")[0]


def _states(stated: str, measure: str) -> bool:
    """Whether a measure is stated, and not as one that does not apply ("Travel Ban: No")."""
    _, found, after = stated.partition(measure)
    return bool(found) and not re.match(r"\s*:\s*(?:no|n|false|0|n/?a|-)\s*(?:;|$)", after)


def _effect(
    row: EffectRow,
    listing: Listing,
    list_row: ListRow,
    program: ProgramRow | None,
    place: Standing,
    as_of: date,
    text: str,
) -> Effect:
    since = _since(row, listing)
    until = min((day for day in (listing.end_date, row.until) if day), default=None)
    status = _status(place, since, until, as_of)
    return Effect(
        effect=row.effect,
        list=listing.list or list_row.list,
        program=listing.program,
        title=row.title or f"{vocabulary()[row.effect].title}: {list_row.title}",
        binds=row.binds,
        jurisdiction=tables().jurisdictions[list_row.list],
        directions=row.directions,
        reaches_owned=row.reaches_owned,
        since=since,
        until=until,
        in_force=status is Standing.IN_FORCE,
        status=status.value,
        authority=_authority(row, program, listing),
        citation=listing.citation,
        source=_source(row, program),
        source_url=_url(row, program),
        next_question=row.next_question,
        note=_note(row, program, listing, text),
    )


def _since(row: EffectRow, listing: Listing) -> date | None:
    """When an effect begins: the later of the entry's day, with the rule's delay, and the rule's own day."""
    begins = listing.effective_date
    if begins is None and listing.published:
        begins = listing.published + timedelta(days=row.days_after_publication)
    if begins:
        begins += timedelta(days=row.days_after_listing)
    return max((day for day in (begins, row.since) if day), default=None)


def _status(place: Standing, since: date | None, until: date | None, as_of: date) -> Standing:
    if place is not Standing.IN_FORCE:
        return place
    if since and as_of < since:
        return Standing.NOT_YET
    return Standing.ENDED if until and as_of >= until else Standing.IN_FORCE


def _own_authority(row: EffectRow, program: ProgramRow | None) -> bool:
    """Whether the program states its own authority for effects that are its list's."""
    return program is not None and program.authority is not None and row not in program.effects


def _authority(row: EffectRow, program: ProgramRow | None, listing: Listing) -> str:
    """The program's own authority where the tables have it, else the entry's, else the list's."""
    if program and program.authority and _own_authority(row, program):
        return program.authority
    if program and row in program.effects:
        return row.authority
    return listing.authority or row.authority


def _source(row: EffectRow, program: ProgramRow | None) -> str:
    source = f"{row.source}, {row.dated}"
    if program and _own_authority(row, program):
        source += f"; {program.authority}" + (f", {program.dated}" if program.dated else "")
    return source


def _url(row: EffectRow, program: ProgramRow | None) -> str:
    return program.url if program and program.url and _own_authority(row, program) else row.url


def _note(row: EffectRow, program: ProgramRow | None, listing: Listing, text: str) -> str | None:
    notes = [row.note, program.note if program else f"program {listing.program!r} has no row of its own"]
    notes += [meaning for words, meaning in row.if_entry_says.items() if _says(text, words)]
    notes += [f"licence requirement: {listing.licence_requirement}" if listing.licence_requirement else None]
    notes += [f"licence policy: {listing.licence_policy}" if listing.licence_policy else None]
    notes += [f"divest by {listing.divest_by}" if listing.divest_by else None]
    return "; ".join(filter(None, notes)) or None


def _says(text: str, words: str) -> bool:
    """Whether a text has these words and not only as the beginning of longer ones (Directive 1, 1a)."""
    place = text.find(words.casefold())
    return place >= 0 and not text[place + len(words) : place + len(words) + 1].isalnum()


def _watch(listing: Listing, place: Standing) -> Effect:
    list_row = find_list(listing.list)
    told = listing.citation or listing.source_url or "no source given"
    when = f", {listing.published}" if listing.published else ""
    review = f"; to be reviewed by {listing.review_by}" if listing.review_by else ""
    return Effect(
        effect="watch",
        list=listing.list or "",
        program=listing.program,
        title=f"{listing.status}, not designated: {list_row.title if list_row else listing.program}",
        binds="nobody: not designated",
        jurisdiction=tables().jurisdictions[list_row.list] if list_row else None,
        since=listing.published or listing.effective_date,
        until=listing.end_date,
        in_force=False,
        status=place.value,
        authority=listing.authority,
        citation=listing.citation,
        source=f"{told}{when}",
        source_url=listing.source_url,
        next_question="Has it been made, denied or dropped since? Look for a later notice.",
        note=f"not designated; {listing.status}: {told}{when}{review}",
    )


def _unknown(listing: Listing, list_row: ListRow | None, place: Standing) -> Effect:
    what = f"program {listing.program!r} of list {listing.list!r}" if list_row else f"list {listing.list!r}"
    return Effect(
        effect="unknown",
        list=listing.list or "",
        program=listing.program,
        title=f"Effect not known: {what} has no row in the tables",
        binds="not known",
        jurisdiction=tables().jurisdictions[list_row.list] if list_row else None,
        since=listing.effective_date or listing.published,
        until=listing.end_date,
        in_force=place is Standing.IN_FORCE,
        status=place.value,
        authority=listing.authority,
        citation=listing.citation,
        source=listing.citation,
        source_url=listing.source_url,
        next_question="What does this list or program forbid? Find its legal basis before going on.",
        note="unknown is not harmless: nothing is known of what it forbids",
    )
