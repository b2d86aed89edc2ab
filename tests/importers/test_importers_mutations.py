"""Real records, damaged where it hurts: cells, elements and attributes of them, in files that are well formed still.

Bytes changed at random mostly break the form of a file, which the parser notices; what an importer makes of a record
that says something impossible is seen only where the form holds.
"""

from __future__ import annotations

import copy
import csv
import gzip
import io
import json
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from importers.importer_samples import zip_of

from sanctionscreen.errors import SourceError
from sanctionscreen.records import ListFile
from sanctionscreen.sources.importers import import_list
from sanctionscreen.sources.loading import load_lists
from sanctionscreen.sources.writing import write_list

#: Texts that mean something to some importer, in a place where they mean nothing.
_NASTY = (
    "-0-", "00/00/0000", "31 Feb 1962", "1962 to 1955", "circa", "0000", "9999-99-99", "DOB ; POB ; a.k.a. ''.",
    "; ; (((", "(Linked To:", "Passport ()", "Listing Date (CMIC): never", "true", "-1", "N/A", "'", ",,,", "IMO 1",
    "x y", "\u202e", "=1+1", "00123", "https://", "ZZ", "a" * 300, "\u00a0", "؟", "漢字", "1;2;3", "{}", "NO",
    "2020-01-01T00:00:00Z",
)  # fmt: skip
_TEXTS = st.one_of(
    st.sampled_from(_NASTY), st.text(st.characters(exclude_categories=("Cs", "Cc"), max_codepoint=0xFFFD), max_size=12)
)
#: What is done, where (twice), and the text that is put there.
_CHANGES = st.lists(
    st.tuples(
        st.sampled_from(["say", "empty", "double", "drop", "swap", "attribute", "rename"]),
        st.floats(0, 0.999),
        st.floats(0, 0.999),
        _TEXTS,
    ),
    min_size=1,
    max_size=5,
)
Changes = list[tuple[str, float, float, str]]


def change_table(rows: list[list[str]], changes: Changes) -> list[list[str]]:
    """Change rows and cells; every row keeps its length, but that two in a hundred lose a cell."""
    rows = [list(row) for row in rows]
    for kind, at, across, text in changes:
        row = rows[int(at * len(rows))]
        if not row:  # it has lost its only cell
            continue
        cell = int(across * len(row))
        if kind in ("say", "attribute"):
            row[cell] = text
        elif kind == "empty":
            row[cell] = ""
        elif kind == "swap":
            row[cell], row[-1] = row[-1], row[cell]
        elif kind == "double":
            rows.append(list(row))
        elif kind == "drop" and len(rows) > 2:
            rows.remove(row)
        elif kind == "rename" and across < 0.02:
            row.pop()
    return rows


def change_xml(root: ET.Element, changes: Changes) -> ET.Element:
    """Change elements, their texts and attributes."""
    root = copy.deepcopy(root)
    for kind, at, across, text in changes:
        elements = list(root.iter())
        parent = elements[int(at * len(elements))]
        child = parent[int(across * len(parent))] if len(parent) else parent
        if kind == "say":
            child.text = text
        elif kind == "empty":
            child.text = None
        elif kind == "double" and child is not parent:
            parent.append(copy.deepcopy(child))
        elif kind in ("drop", "swap") and child is not parent:
            parent.remove(child)
            if kind == "swap":
                elements[int(across * len(elements))].append(child)
        elif kind == "attribute" and child.attrib:
            child.set(sorted(child.attrib)[int(across * len(child.attrib))], text)
        elif kind == "rename" and child is not parent:
            child.tag = "shoeSize"
    return root


def change_json(lines: list[Any], changes: Changes) -> list[Any]:
    """Change records and their properties."""
    lines = copy.deepcopy(lines)
    for kind, at, across, text in changes:
        record = lines[int(at * len(lines))]
        part = (
            record["properties"] if kind in ("say", "empty") and isinstance(record.get("properties"), dict) else record
        )
        key = sorted(part)[int(across * len(part))] if part else "properties"
        if kind == "double":
            lines.append(record)
        elif kind == "drop" and len(lines) > 2:
            lines.remove(record)
        else:
            part[key] = {"say": [text], "swap": {"id": text}, "rename": 7, "empty": []}.get(kind, text)
    return lines


@dataclass(frozen=True)
class Excerpt:
    """Some real records.

    Attributes:
        format: the importer's id.
        name: what the file is called.
        damaged: gives the content of the file with changes made to it.
    """

    format: str
    name: str
    damaged: Callable[[Changes], bytes]


def of_table(format_id: str, path: Path, count: int, separator: str = ",", encoding: str = "utf-8") -> Excerpt:
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    reader = csv.reader(io.StringIO(data.decode(encoding), newline=""), delimiter=separator)
    rows = [row for row, _ in zip(reader, range(count), strict=False)]

    def damaged(changes: Changes) -> bytes:
        text = io.StringIO(newline="")
        csv.writer(text, delimiter=separator).writerows(change_table(rows, changes))
        return text.getvalue().encode(encoding, "replace")

    return Excerpt(format_id, path.name.removesuffix(".gz"), damaged)


def of_xml(
    format_id: str, name: str, text: str, record: str, step: int, pack: Callable[[bytes], bytes] = bytes
) -> Excerpt:
    """Every so many of the records of a file, with what stands before and after them."""
    found = list(re.finditer(rf"<{record}[ >].*?</{record}>", text, re.DOTALL))
    parts = [text[: found[0].start()], *(one[0] for one in found[::step]), text[found[-1].end() :]]
    root = ET.fromstring("".join(parts).lstrip("\ufeff").encode())  # noqa: S314  # a real list, and no attack

    def damaged(changes: Changes) -> bytes:
        return pack(ET.tostring(change_xml(root, changes), encoding="utf-8", xml_declaration=True))

    return Excerpt(format_id, name, damaged)


def of_json(format_id: str, path: Path, count: int) -> Excerpt:
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()[:count]]

    def damaged(changes: Changes) -> bytes:
        return "\n".join(json.dumps(line) for line in change_json(lines, changes)).encode()

    return Excerpt(format_id, path.name, damaged)


def of_zip(path: Path, member: str) -> str:
    with zipfile.ZipFile(path) as archive:
        return archive.read(next(name for name in archive.namelist() if name.lower().endswith(member))).decode(
            "utf-8-sig"
        )


def packed_sheet(content: bytes) -> bytes:
    return zip_of("content.xml", content)


def excerpts(data: Path) -> dict[str, Excerpt]:
    cons = data / "ofac" / "consolidated"
    legacy, enhanced = "consolidated-2018-04-06.xml", "cons_enhanced-2025-01-10.zip"
    advanced, ods = "sdn_advanced-sample-2024-02-23.xml", "FCDO_SL-2025-08-11.ods"
    un, eu, canada = "un/2020-03-20/consolidated.xml", "eu/2016-02-11/global_v0.xml", "canada/2020-04-15/sema-lmes.xml"

    def text(path: Path) -> str:
        return path.read_text(encoding="utf-8-sig")

    return {
        "ofac-csv": of_table("ofac-csv", data / "ofac/2021-07-07/sdn.csv", 60),
        "ofac-xml": of_xml("ofac-xml", legacy, text(cons / legacy), "sdnEntry", 40),
        "ofac-advanced": of_xml("ofac-advanced", advanced, text(cons / advanced), "DistinctParty", 4),
        "ofac-enhanced": of_xml("ofac-enhanced", "cons.xml", of_zip(cons / enhanced, ".xml"), "entity", 30),
        "csl": of_table("csl", data / "csl/2022-05-16/consolidated.csv.gz", 60),
        "bis-dpl": of_table("bis-dpl", data / "bis/2023-11-30/dpl.txt", 60, "\t", "cp1252"),
        "un": of_xml("un", "un.xml", text(data / un), "INDIVIDUAL", 60),
        "eu": of_xml("eu", "eu.xml", text(data / eu), "ENTITY", 40),
        "uk-ods": of_xml("uk", ods, of_zip(data / "uk" / ods, "content.xml"), "table:table-row", 400, packed_sheet),
        "uk-conlist": of_table("uk", data / "uk/ConList-sample-2016-02-17.csv", 60, ",", "cp1252"),
        "canada": of_xml("canada", "sema.xml", text(data / canada), "record", 90),
        "opensanctions-simple": of_table("opensanctions", data / "opensanctions/targets.simple-sample.csv", 30),
        "opensanctions-ftm": of_json("opensanctions", data / "opensanctions/entities.ftm-sample.json", 60),
    }  # fmt: skip


NAMES = (
    "ofac-csv", "ofac-xml", "ofac-advanced", "ofac-enhanced", "csl", "bis-dpl", "un", "eu", "uk-ods", "uk-conlist",
    "canada", "opensanctions-simple", "opensanctions-ftm",
)  # fmt: skip


@pytest.fixture(scope="module")
def real(shared: Path) -> dict[str, Excerpt]:
    return excerpts(shared / "data")


@pytest.mark.parametrize("name", NAMES)
def test_an_excerpt_that_nothing_was_done_to_is_imported(name: str, real: dict[str, Excerpt], tmp_path: Path) -> None:
    path = tmp_path / real[name].name
    path.write_bytes(real[name].damaged([]))
    assert import_list(real[name].format, path, as_of=date(2024, 1, 2)).report.parties >= 8


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=40)
@given(changes=_CHANGES)
def test_a_damaged_record_is_kept_or_raises_the_documented_error(
    name: str, real: dict[str, Excerpt], changes: Changes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("damaged")
    path = folder / real[name].name
    path.write_bytes(real[name].damaged(changes))
    try:
        imported = import_list(real[name].format, path, as_of=date(2024, 1, 2))
    except SourceError as error:
        assert "\n" not in str(error)  # noqa: PT017  # both outcomes are right
        return
    write_list(imported.list_file, folder / "out.yaml")
    (loaded,) = load_lists([folder / "out.yaml"])
    assert ListFile(header=loaded.header, parties=loaded.parties) == imported.list_file
