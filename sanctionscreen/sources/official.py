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

import yaml
from pydantic import Field, StringConstraints, ValidationError

from sanctionscreen.errors import SourceError
from sanctionscreen.records import Record, Text
from sanctionscreen.sources.importers import IMPORTERS
from sanctionscreen.sources.limits import shipped


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
    said = _data(own, _read(own)).get("fetching") or {} if own is not None else {}
    try:
        return Settings.model_validate(said).model_dump(exclude_none=True)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(("fetching", *map(str, first["loc"])))
        raise SourceError(f"{own}: {place}: {first['msg']}") from error


def official_sources(own: Path | None = None) -> dict[str, Source]:
    """Give every source by its id.

    Args:
        own: a file of one's own: what it says of a source stands over what ships.

    Raises:
        SourceError: when that file cannot be read or says something that no source is.
    """
    rows: dict[str, dict[str, Any]] = {row["id"]: row for row in shipped()["sources"]}
    if own is not None:
        rows |= {one: rows.get(one, {}) | row for one, row in _rows(own, _read(own)).items()}
    return {one: _source(row, own) for one, row in rows.items()}


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8"
        raise SourceError(f"{path}: cannot be read: {reason}") from error


def _data(path: Path, text: str) -> dict[str, Any]:
    try:
        data = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise SourceError(f"{path}: not YAML: {' '.join(str(error).split())}") from error
    if not isinstance(data, dict) or not data or data.keys() - {"sources", "fetching"}:
        raise SourceError(f"{path}: wants 'sources:', 'fetching:' or both, and nothing else beside them")
    return data


def _rows(path: Path, text: str) -> dict[str, dict[str, Any]]:
    rows = _data(path, text).get("sources", [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) and isinstance(row.get("id"), str) for row in rows):
        raise SourceError(f"{path}: wants under 'sources:' a list of sources, each with its 'id'")
    return {row["id"]: row for row in rows}


def _source(row: dict[str, Any], own: Path | None) -> Source:
    try:
        source = Source.model_validate(row)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise SourceError(f"{own}: source {row['id']!r}: {place}: {first['msg']}") from error
    if source.format not in IMPORTERS:
        raise SourceError(f"{own}: source {source.id!r}: no format {source.format!r}: one of {', '.join(IMPORTERS)}")
    return source
