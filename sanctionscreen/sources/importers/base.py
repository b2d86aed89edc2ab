"""What every importer is: a name, a title, and a `read` that turns an official file into an `Imported`.

An importer never drops anything silently. What it cannot place stays in the party's remarks, and what is
odd (a date that is no date, a column nobody knows) is an `Oddity` with its place in the file. A file that
cannot be read as the format it was said to be is a `SourceError` in one line.

>>> report = ImportReport("un")
>>> report.odd("row 7", "not a date: '31 June'")
>>> print(report.oddities[0])
row 7: not a date: '31 June'
"""

from __future__ import annotations

import importlib
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Protocol, cast

from pydantic import ValidationError

from sanctionscreen.errors import SourceError
from sanctionscreen.records import ListedParty, ListFile, ListHeader
from sanctionscreen.sources.limits import stale_after_days

_DATE = re.compile(r"(?<!\d)(\d{4})-?(\d{2})-?(\d{2})(?!\d)")


@dataclass(frozen=True, slots=True)
class Options:
    """What a user may say about an import.

    Attributes:
        as_of: the date of the data, where neither the file nor its name states it; it overrides both.
        mapping: the mapping file of the `table` importer.
        cut_short: whether a table with a header that ends in the middle of a row is read as far as it goes.
    """

    as_of: date | None = None
    mapping: Path | None = None
    cut_short: bool = False


@dataclass(frozen=True, slots=True)
class Oddity:
    """Something unexpected in a source, kept but worth a look."""

    where: str
    message: str

    def __str__(self) -> str:
        """Give the oddity as `where: what`."""
        return f"{self.where}: {self.message}"


@dataclass(slots=True)
class ImportReport:
    """What an import read, and what it made of it.

    Attributes:
        format: the importer's id.
        files: the names of the files read, the main one first.
        rows: records read from all of them: rows of a table, elements of an XML file.
        parties: parties made.
        names: how many names, by ISO 15924 script and quality.
        identifiers: how many identifiers, by type.
        unplaced: remarks no rule could place: kept word for word in the party's remarks.
        oddities: what is odd, with its place.
        notes: what a user should know that is not odd: a companion file that is not there.
        cut_short: the row in which the file ends too soon; 0 where it is whole.
        missing: parts of the official data that are not in the files, such as aliases, each with its note.
    """

    format: str
    files: list[str] = field(default_factory=list)
    rows: int = 0
    parties: int = 0
    names: Counter[tuple[str, str]] = field(default_factory=Counter)
    identifiers: Counter[str] = field(default_factory=Counter)
    unplaced: int = 0
    oddities: list[Oddity] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    cut_short: int = 0
    missing: dict[str, str] = field(default_factory=dict)
    _unknown: dict[tuple[str, str], int] = field(default_factory=dict, repr=False)

    def odd(self, where: str, message: str) -> None:
        """Note an oddity."""
        self.oddities.append(Oddity(where, message))

    def lacks(self, part: str, note: str) -> None:
        """Note that a part of the official data is not in the files: the title of the list will say so."""
        self.missing[part] = note
        self.notes.append(note)

    def unknown(self, what: str, name: str, where: str) -> None:
        """Note a name nobody knows (a column, an element, a country) the first time that it is seen."""
        if (what, name) not in self._unknown:
            self.odd(where, f"unknown {what} {name!r}, kept as it is")
        self._unknown[what, name] = self._unknown.get((what, name), 0) + 1

    @property
    def total_names(self) -> int:
        """How many names, in all scripts and qualities."""
        return self.names.total()


@dataclass(frozen=True, slots=True)
class Imported:
    """A list file made from an official one, and the report of how."""

    list_file: ListFile
    report: ImportReport


class Reader(Protocol):
    """The `read` of an importer's module."""

    def __call__(self, path: Path, options: Options) -> Imported:
        """Read the file or folder.

        Raises:
            SourceError: when it is not this format, damaged, or its date is not known.
        """
        ...  # pragma: no cover  # a protocol has no body


@dataclass(frozen=True, slots=True)
class Importer:
    """One format: `module` is imported only when it is used.

    Attributes:
        id: what a user types.
        title: one line for the help text.
        module: its module, in this package.
    """

    id: str
    title: str
    module: str

    def read(self, path: Path, options: Options) -> Imported:
        """Read the file or folder as this format.

        Raises:
            SourceError: when it is not this format, damaged, or its date is not known.
        """
        module = importlib.import_module(f"sanctionscreen.sources.importers.{self.module}")
        return cast("Reader", module.read)(path, options)


def as_of(path: Path, options: Options, stated: date | None = None) -> date:
    """The date of the data: the user's, else the one the data states, else the one in the file's name.

    >>> as_of(Path("ofac/2021-07-07/sdn.csv"), Options())
    datetime.date(2021, 7, 7)
    >>> as_of(Path("sdn.csv"), Options())
    Traceback (most recent call last):
    sanctionscreen.errors.SourceError: sdn.csv: the file does not say of when it is: give --as-of YYYY-MM-DD

    Raises:
        SourceError: when nobody says.
    """
    known = options.as_of or stated or _date_in(path.name) or _date_in(path.absolute().parent.name)
    if known is None:
        raise SourceError(f"{path}: the file does not say of when it is: give --as-of YYYY-MM-DD")
    return known


def _date_in(name: str) -> date | None:
    for match in _DATE.finditer(name):
        try:
            return date(*(int(part) for part in match.groups()))
        except ValueError:
            continue
    return None


def finish(path: Path, header: Mapping[str, object], parties: list[ListedParty], report: ImportReport) -> Imported:
    """Put header and parties together.

    Raises:
        SourceError: when there is no party at all: an empty list clears everybody.
    """
    if not parties:
        raise SourceError(f"{path}: no party in it: the file is empty or cut short; download it again")
    report.parties = len(parties)
    gaps = _gaps(report)
    if gaps:
        title = f"{header['title']} (incomplete: {', '.join(gaps)})"
        header = {**header, "title": title, "remarks": "; ".join(gaps.values())}
    limit = stale_after_days().get(str(header.get("id")))
    header = {"stale_after_days": limit, **header}
    try:
        return Imported(ListFile(header=ListHeader.model_validate(header), parties=tuple(parties)), report)
    except ValidationError as error:
        raise SourceError(f"{path}: {error.errors()[0]['msg']}") from error


def _gaps(report: ImportReport) -> dict[str, str]:
    """What keeps a list from being whole: in two words for its title, and in a sentence for its remarks."""
    gaps = {f"no {part}": note for part, note in report.missing.items()}
    if report.cut_short:
        said = f"the file was cut short in row {report.cut_short}: what stood from there on is missing"
        gaps = {"cut short": said, **gaps}
    return gaps
