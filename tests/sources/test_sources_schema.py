"""The published schema says of every field what it is, and agrees with the loader."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sanctionscreen import records
from sanctionscreen.errors import ListError
from sanctionscreen.records import ListFile, Record
from sanctionscreen.sources.loading import bundled_lists, load_lists
from sanctionscreen.sources.schema import SCHEMA_ID, json_schema

SCHEMA = json_schema()
RECORDS: dict[str, Any] = {"ListFile": SCHEMA, **SCHEMA["$defs"]}
FIELDS = [(name, field) for name, record in RECORDS.items() for field in record["properties"]]


def test_it_says_what_it_is() -> None:
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert SCHEMA["$id"] == SCHEMA_ID
    assert SCHEMA["required"] == ["header", "parties"]


@pytest.mark.parametrize(("name", "field"), FIELDS)
def test_every_field_is_described(name: str, field: str) -> None:
    description = RECORDS[name]["properties"][field]["description"]
    assert description[0].isupper() or description[0] == "`"
    assert description.endswith((".", ")"))
    assert "  " not in description


def test_every_record_of_a_list_file_is_there() -> None:
    models = {name for name, value in vars(records).items() if isinstance(value, type) and issubclass(value, Record)}
    assert set(RECORDS) == models - {"Record", "Party"}


def test_unknown_fields_are_refused_as_the_loader_refuses_them() -> None:
    assert all(record["additionalProperties"] is False for record in RECORDS.values())


@pytest.mark.parametrize(
    ("name", "field", "expected"),
    [
        ("ListedParty", "kind", {"enum": ["person", "organization", "vessel", "aircraft"]}),
        ("Listing", "status", {"enum": ["in_force", "delisted", "proposed", "reported"], "default": "in_force"}),
        ("ListedParty", "countries", {"items": {"pattern": "^[A-Z]{2}$", "type": "string"}}),
        ("ListHeader", "as_of", {"format": "date", "type": "string"}),
    ],
)
def test_what_an_editor_checks(name: str, field: str, expected: dict[str, object]) -> None:
    assert RECORDS[name]["properties"][field].items() >= expected.items()


def test_making_it_leaves_the_records_alone() -> None:
    assert json_schema() == SCHEMA
    assert ListFile.model_json_schema()["$defs"]["ListHeader"]["properties"]["id"].get("description") is None


def test_the_copy_beside_the_lists_is_the_same() -> None:
    """`sanctionscreen schema > lists/list.schema.json` makes it."""
    copy = (bundled_lists() / "list.schema.json").read_text(encoding="utf-8")
    assert json.loads(copy) == SCHEMA


README = (bundled_lists() / "README.md").read_text(encoding="utf-8")
EXAMPLE = README.partition("```yaml\n")[2].partition("```")[0]


def test_the_example_of_the_readme_loads(tmp_path: Path) -> None:
    path = tmp_path / "our-watch-list.yaml"
    path.write_text(EXAMPLE, encoding="utf-8")
    (loaded,) = load_lists([path])
    acme, novak = loaded.parties
    assert acme.identifiers[0].value == "00123456"
    assert [name.name for name in acme.names][1] == "艾克米机器人有限公司"
    assert (novak.birth_dates[0].circa, novak.listings[0].status) == (True, "proposed")


def test_the_fault_of_the_readme_is_the_one_that_is_told(tmp_path: Path) -> None:
    path = tmp_path / "our-watch-list.yaml"
    path.write_text(EXAMPLE.replace("kind: organization", "kind: organisation"), encoding="utf-8")
    with pytest.raises(ListError) as raised:
        load_lists([path])
    assert str(raised.value).replace(str(tmp_path), "")[1:] in README.split("\n")


def test_the_readme_names_every_field_and_every_word() -> None:
    fields = {field for _, field in FIELDS} - {"header", "parties"}
    words = {word for record in RECORDS.values() for word in _words(record)}
    assert {name for name in fields | words if f"`{name}`" not in README} == set()


def _words(schema: Any) -> Iterator[str]:
    """The words that a schema lets choose from."""
    if isinstance(schema, dict):
        yield from schema.get("enum", ())
        schema = list(schema.values())
    if isinstance(schema, list):
        for inner in schema:
            yield from _words(inner)
