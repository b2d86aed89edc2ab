"""`sanctionscreen schema`: the JSON Schema of list files."""

from __future__ import annotations

from sanctionscreen.cli.console import print_json


def schema() -> None:
    """Print the JSON Schema of list files, for editors that check and complete.

    \b
    Examples:
      sanctionscreen schema > list.schema.json
    """
    from sanctionscreen.records import ListFile

    print_json({"$schema": "https://json-schema.org/draft/2020-12/schema", **ListFile.model_json_schema()})
