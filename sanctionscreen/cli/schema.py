"""`sanctionscreen schema`: the JSON Schema of list files."""

from __future__ import annotations

from sanctionscreen.cli.console import print_json


def schema() -> None:
    """Print the JSON Schema of list files, for editors that check and complete.

    \b
    Examples:
      sanctionscreen schema > list.schema.json
    """
    from sanctionscreen.sources.schema import json_schema

    print_json(json_schema())
