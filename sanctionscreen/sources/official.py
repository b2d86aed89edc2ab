"""Where the official lists are published: `sources.yaml`, and a user's own file over it.

A file of one's own has the same shape. A source whose `id` is known replaces the fields that it names; one that is
not known is added, and must be complete. Beside its `sources` it may say how files are fetched, under `fetching`.

>>> sources = official_sources()
>>> sources["csl"].files[0].name, sources["csl"].stale_after_days
('consolidated.csv', 7)
>>> official_sources(Path("no-such-file.yaml"))
Traceback (most recent call last):
sanctionscreen.errors.SourceError: no-such-file.yaml: cannot be read: No such file or directory
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, StringConstraints, ValidationError

from sanctionscreen.errors import SourceError
from sanctionscreen.records import Record, Text
from sanctionscreen.sources.importers import IMPORTERS
from sanctionscreen.sources.limits import shipped
from sanctionscreen.yamldata import Place, YamlError, line_at, lines_of, quoted, read


class SourceFile(Record):
    """One file of a source.

    Attributes:
        name: what it is called once downloaded; importers know files by their names.
        address: where it is published, over TLS.
    """

    name: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][\w.-]*$")]
    address: Annotated[str, StringConstraints(pattern=r"^https://\S+$")]


class Source(Record):
    """An official source, and what an update of it must satisfy.

    Attributes:
        id: the id of the list that it becomes.
        format: the importer that reads it.
        files: its files; several are imported as a folder.
        mapping: the mapping file of the format `table`.
        cadence: how often it is published, in words.
        stale_after_days: how old its data may be before a result warns of it.
        minimum_share: the least share, from 0 to 1, of the old edition's parties and names that a new one must have.
        max_megabytes: the most that one of its files may measure.
    """

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*$")]
    format: Text
    files: Annotated[tuple[SourceFile, ...], Field(min_length=1)]
    mapping: Path | None = None
    cadence: Text = "as published"
    stale_after_days: Annotated[int, Field(gt=0)] = 30
    minimum_share: Annotated[float, Field(ge=0, le=1)] = 0.9
    max_megabytes: Annotated[int, Field(gt=0)] = 500


class Settings(Record):
    """How files are fetched, as a file says it: see `sanctionscreen.sources.downloading.Fetching`.

    Attributes:
        mirror: a folder or an address that holds, for each source, a folder of its id with its files.
        proxy: the address of a proxy.
        timeout, deadline: in seconds, for the next bytes and for a whole file.
        tries: how often a file is tried.
        pause: before the second try, in seconds.
    """

    mirror: Text | None = None
    proxy: Text | None = None
    timeout: Annotated[float, Field(gt=0)] | None = None
    deadline: Annotated[float, Field(gt=0)] | None = None
    tries: Annotated[int, Field(gt=0)] | None = None
    pause: Annotated[float, Field(ge=0)] | None = None


def fetch_settings(own: Path | None = None) -> dict[str, Any]:
    """Give what a file of one's own says of fetching, by the names of `Settings`; nothing where there is none.

    Raises:
        SourceError: when that file cannot be read or says something that is no such setting.
    """
    if own is None:
        return {}
    file = _Own(own)
    try:
        return Settings.model_validate(file.said.get("fetching") or {}).model_dump(exclude_none=True)
    except ValidationError as error:
        first = error.errors()[0]
        place = ("fetching", *first["loc"])
        raise file.wrong(place, f"{'.'.join(map(str, place))}: {first['msg']}") from error


def official_sources(own: Path | None = None) -> dict[str, Source]:
    """Give every source by its id.

    Args:
        own: a file of one's own: what it says of a source stands over what ships.

    Raises:
        SourceError: when that file cannot be read or says something that no source is.
    """
    known: dict[str, dict[str, Any]] = {row["id"]: row for row in shipped()["sources"]}
    sources = {one: Source.model_validate(row) for one, row in known.items()}
    if own is not None:
        file = _Own(own)
        sources |= {one: file.source(number, known.get(one, {})) for one, number in file.numbers().items()}
    return sources


class _Own:
    """A file of one's own.

    Attributes:
        said: what it says.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._text = path.read_text(encoding="utf-8-sig")
            said = read(self._text)
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "not UTF-8"
            raise SourceError(f"{path}: cannot be read: {reason}") from error
        except YamlError as error:
            raise SourceError(error.told(path)) from error
        if not isinstance(said, dict) or not said or said.keys() - {"sources", "fetching"}:
            raise self.wrong((), "wants 'sources:', 'fetching:' or both, and nothing else beside them")
        self.said: dict[str, Any] = said

    def wrong(self, place: Place, why: str) -> SourceError:
        """An error that tells the line of a place."""
        return SourceError(f"{self._path}:{line_at(lines_of(self._text), place)}: {why}")

    def numbers(self) -> dict[str, int]:
        """Where each source stands, by its id.

        Raises:
            SourceError: for what is no list of sources, and for an id that is given twice.
        """
        rows = self.said.get("sources", [])
        if not isinstance(rows, list):
            raise self.wrong(("sources",), "wants under 'sources:' a list of sources, each with its 'id'")
        numbers: dict[str, int] = {}
        for number, row in enumerate(rows):
            if not isinstance(row, dict) or not isinstance(row.get("id"), str):
                raise self.wrong(("sources", number), "wants under 'sources:' a list of sources, each with its 'id'")
            if row["id"] in numbers:
                raise self.wrong(("sources", number), f"the source {quoted(row['id'])} is given twice")
            numbers[row["id"]] = number
        return numbers

    def source(self, number: int, known: dict[str, Any]) -> Source:
        """Give a source; what it does not say is as it is known.

        Raises:
            SourceError: when it says something that no source is.
        """
        row = known | self.said["sources"][number]
        told = f"source {quoted(row['id'])}: "
        try:
            source = Source.model_validate(row)
        except ValidationError as error:
            first = error.errors()[0]
            field = ".".join(map(str, first["loc"]))
            raise self.wrong(("sources", number, *first["loc"]), f"{told}{field}: {first['msg']}") from error
        if source.format not in IMPORTERS:
            why = f"{told}no format {quoted(source.format)}: one of {', '.join(IMPORTERS)}"
            raise self.wrong(("sources", number, "format"), why)
        return source
