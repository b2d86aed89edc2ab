"""The navigation of the docs, made by mkdocs when it builds: one section a folder, every page of it by name.

A page is in the navigation because it is there, so none is forgotten; its title is its first heading.
"""

from pathlib import Path
from typing import Any

#: The four parts, in the order in which a reader needs them, and the folder of each.
PARTS = {"Tutorial": "tutorial", "How-to": "how-to", "Explanation": "explanation", "Reference": "reference"}


def on_config(config: Any) -> Any:
    """Give mkdocs its navigation."""
    docs = Path(config["docs_dir"])
    parts = [{title: _pages(docs, folder)} for title, folder in PARTS.items()]
    config["nav"] = ["index.md", *(part for part in parts if all(part.values()))]
    return config


def _pages(docs: Path, folder: str) -> list[str]:
    """The pages of a part; `index.md` comes first."""
    pages = sorted(docs.joinpath(folder).rglob("*.md"), key=lambda page: (page.name != "index.md", str(page)))
    return [page.relative_to(docs).as_posix() for page in pages]
