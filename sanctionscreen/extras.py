"""Optional dependencies, imported where they are first needed.

>>> needed("json", "reading JSON", "json").loads("[1]")
[1]
"""

from __future__ import annotations

import importlib
from typing import Any

from sanctionscreen.errors import MissingExtraError


def needed(module: str, what: str, extra: str) -> Any:
    """Import a module of an optional dependency.

    Raises:
        MissingExtraError: when it is not installed.
    """
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise MissingExtraError(what, extra) from error
