"""The schema of list files, for editors: JSON Schema, draft 2020-12 (https://json-schema.org/draft/2020-12).

It is made from the records themselves, and what their docstrings say of a field is what an editor shows while that
field is typed. `sanctionscreen schema` prints it; this line on top of a list file makes an editor with a YAML
language server complete and check the file:

    # yaml-language-server: $schema=list.schema.json

>>> schema = json_schema()
>>> schema["$defs"]["ListHeader"]["properties"]["as_of"]["description"]
'The date of the data, not of the file.'
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from sanctionscreen import records
from sanctionscreen.records import ListFile

#: The name of this schema; it is the same wherever a copy of it lies.
SCHEMA_ID = "urn:sanctionscreen:list-file"

_ATTRIBUTES = re.compile(r"Attributes:\n((?:    .*\n?|\n)*)")
_ATTRIBUTE = re.compile(r"^    (\w[\w, ]*): (.*(?:\n     .*)*)", re.MULTILINE)


def json_schema() -> dict[str, Any]:
    """Give the schema of a list file, each field with its description."""
    schema = ListFile.model_json_schema()
    definitions = schema.pop("$defs")
    for name, definition in [("ListFile", schema), *definitions.items()]:
        _describe(definition, getattr(records, name))
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA_ID}
    return {**head, **schema, "$defs": definitions}


def _describe(definition: dict[str, Any], record: type[BaseModel]) -> None:
    """Give a record and its fields what the record's docstring says of them."""
    doc = inspect.getdoc(record) or ""
    definition["description"] = doc.partition("\n\n")[0]
    for field, said in _said_of_fields(doc):
        definition["properties"][field]["description"] = said


def _said_of_fields(doc: str) -> Iterator[tuple[str, str]]:
    section = _ATTRIBUTES.search(doc)
    for fields, said in _ATTRIBUTE.findall(section[1]) if section else ():
        text = " ".join(said.split())
        for field in fields.split(", "):
            yield field, f"{text[0].upper()}{text[1:]}"
