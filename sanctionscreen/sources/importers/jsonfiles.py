r"""JSON files and JSON lines, with bounds and clear errors.

>>> import tempfile
>>> file = Path(tempfile.mkdtemp()) / "a.json"
>>> _ = file.write_text('{"id": 1}\n{"id": 2')
>>> [record["id"] for _, record in json_lines(file)]
Traceback (most recent call last):
sanctionscreen.errors.SourceError: ...a.json: line 2: not JSON: cut short, download it again
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sanctionscreen.errors import SourceError
from sanctionscreen.sources.importers.files import faults, open_text
from sanctionscreen.sources.importers.sniffing import OTHER, looks_like


def read_json(path: Path) -> Any:
    """Read a whole JSON file.

    Raises:
        SourceError: when it is not JSON, nested beyond measure, or cannot be read.
    """
    with faults(path), open_text(path) as file:
        return _loads(path, file.read(), 1)


def json_lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Read one object a line: line number and object; empty lines are passed over.

    Raises:
        SourceError: for a line that is not a JSON object.
    """
    with faults(path), open_text(path) as file:
        for number, line in enumerate(file, start=1):
            if line.strip():
                record = _loads(path, line, number)
                if not isinstance(record, dict):
                    raise SourceError(f"{path}: line {number}: not a JSON object: one a line is wanted")
                yield number, record


def _loads(path: Path, text: str, line: int) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        where = error.lineno + line - 1
        words = looks_like(path)
        seems = (
            f"it looks like {words}" if words not in ("JSON", OTHER) and line == 1 else "cut short, download it again"
        )
        raise SourceError(f"{path}: line {where}: not JSON: {seems}") from error
    except (RecursionError, ValueError) as error:
        raise SourceError(f"{path}: line {line}: nested or long beyond measure: refused") from error
