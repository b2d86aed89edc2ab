"""A list of what is only proposed or reported, kept by the user: each entry with its source and its review date.

A newspaper says that a company may be designated. That forbids nothing, and a buyer still wants to know. Such an entry
raises a **watch** with the words "not designated", never a block, and lapses to history after its review date
(`sanctionscreen.meaning.status`). The file is a list file like any other: load it beside the others.

>>> entry = watched("Globex Dynamics", "reported", published=date(2026, 5, 4), review_by=date(2027, 5, 4),
...     source_url="https://news.example/globex")
>>> entry.id, entry.listings[0].status, str(entry.listings[0].review_by)
('globex-dynamics', 'reported', '2027-05-04')
"""

from __future__ import annotations

import re
import tempfile
import unicodedata
from collections.abc import Sequence
from datetime import date
from hashlib import blake2b
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from sanctionscreen.errors import InputError, ListError
from sanctionscreen.names import parse
from sanctionscreen.records import Kind, ListedParty, ListFile, ListHeader, Program
from sanctionscreen.sources.loading import LoadedList, load_lists
from sanctionscreen.sources.writing import as_yaml, replace_file

#: The program of an entry that names none.
PROGRAM = "WATCH"


def watched(
    name: str,
    status: Literal["proposed", "reported"],
    *,
    published: date,
    review_by: date,
    source_url: str,
    kind: Kind = "organization",
    aliases: Sequence[str] = (),
    country: str | None = None,
    of_list: str | None = None,
    program: str | None = None,
    remarks: str | None = None,
) -> ListedParty:
    """Make an entry of a watch list.

    Args:
        name: of the party.
        status: whether the listing is proposed or reported.
        published: the day of the source: the watch begins.
        review_by: the last day of the watch.
        source_url: where it is proposed or reported.
        kind: what is named.
        aliases: its other names.
        country: as a code.
        of_list: id of the list it may come on, such as `sdn`; the watch list's own if not given.
        program: of that list; `WATCH` if not given.
        remarks: what else there is to say.

    Raises:
        InputError: when a value is not sound, a name has nothing to be compared, or the review comes before the report.
    """
    for one in (name, *aliases):
        _must_be_readable(one, kind)
    if not re.match(r"https?://[^\s/]+", source_url):
        raise InputError(f"source {source_url[:80]!r} is no link: write it as https://...")
    if review_by < published:
        raise InputError(f"review by {review_by} comes before {published}, the day of the source")
    names = [{"name": name, "type": "primary"}, *({"name": alias} for alias in aliases)]
    listing = {"list": of_list, "program": program or PROGRAM, "published": published, "status": status}
    listing |= {"review_by": review_by, "remarks": remarks, "source_url": source_url}
    try:
        return ListedParty.model_validate(
            {
                "id": _id(name),
                "kind": kind,
                "names": names,
                "countries": [country] if country else [],
                "listings": [listing],
            }
        )
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise InputError(f"watch entry: {where}: {first['msg']}") from error


def _must_be_readable(name: str, kind: Kind) -> None:
    """Refuse a name that nothing could ever match."""
    if not name.strip():
        raise InputError("watch entry: a name is blank: give the name of the party")
    if not any(reading.tokens for reading in parse(name, kind).readings):
        raise InputError(f"watch entry: name {name[:80]!r} has no letters or digits that can be compared")


def _id(name: str) -> str:
    """An id made of the name: its Latin letters and digits, or a fingerprint where it has none."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:80] or blake2b(name.encode(), digest_size=6).hexdigest()


def add_watch(path: str | Path, entry: ListedParty) -> LoadedList:
    """Add an entry to a watch list, which is begun if there is none; what stands in the file stays, comments too.

    The date of the list becomes that of its newest entry. The new file takes the place of the old one at one stroke,
    and only once it has been loaded without a fault.

    Raises:
        InputError: when the party stands on the list already, or its source is of a day to come.
        ListError: when the list has faults, or cannot be written.
    """
    file, published = Path(path), entry.listings[0].published
    if published and published > date.today():
        raise InputError(f"published {published} is still to come: give the day of the source")
    if not file.exists():
        return _put(file, as_yaml(_begun(file, entry).model_dump(exclude_defaults=True)))
    (before,) = load_lists([file])
    if any(party.id == entry.id for party in before.parties):
        raise InputError(f"{file}: {entry.id!r} stands on it already: edit its entry there")
    known = [program.id for program in before.header.programs]
    if known and entry.listings[0].program not in known:
        raise InputError(f"{file}: program {entry.listings[0].program!r} is none of its own: {', '.join(known)}")
    days = [one.published for party in (*before.parties, entry) for one in party.listings]
    as_of = max(before.header.as_of, *(day for day in days if day and day <= date.today()))
    dated = _dated(file.read_text(encoding="utf-8-sig"), before.header.as_of, as_of)
    for margin in ("", "  ", "    "):
        text = _appended(dated, entry, margin)
        if _holds(text, as_of, (*before.parties, entry)):
            return _put(file, text)
    raise InputError(f"{file}: an entry can only be added where 'parties' stands last, one '- ' a party")


def _begun(file: Path, entry: ListedParty) -> ListFile:
    header = ListHeader(
        id=re.sub(r"[^a-z0-9]+", "-", file.stem.lower()).strip("-") or "watch",
        title="Proposed and reported listings: not designated",
        authority="none: nothing here is in force",
        publisher="the user's own",
        as_of=entry.listings[0].published or date.today(),
        licence="internal",
        programs=(Program(id=PROGRAM, title="Proposed or reported, not designated"),),
    )
    return ListFile(header=header, parties=(entry,))


def _dated(text: str, old: date, new: date) -> str:
    """The text with another day in its header: the first `as_of` outside a comment."""
    return re.sub(rf"(?m)^((?!\s*#).*?\bas_of['\"]?:\s*['\"]?){old}", rf"\g<1>{new}", text, count=1)


def _appended(text: str, entry: ListedParty, margin: str) -> str:
    written = as_yaml({"parties": (entry.model_dump(exclude_defaults=True),)}).split("\n", 1)[1]
    indented = "".join(f"{margin}{line}\n" for line in written.splitlines())
    return f"{text.rstrip()}\n{indented}"


def _holds(text: str, as_of: date, parties: tuple[ListedParty, ...]) -> bool:
    """Whether a text is a list file of that day and exactly these parties."""
    try:
        held = _loaded(text)
    except ListError:
        return False
    return held.header.as_of == as_of and held.parties == parties


def _loaded(text: str) -> LoadedList:
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder) / "watch.yaml"
        draft.write_text(text, encoding="utf-8")
        return load_lists([draft])[0]


def _put(file: Path, text: str) -> LoadedList:
    _loaded(text)
    replace_file(file, text.encode("utf-8"))
    return load_lists([file])[0]
