"""List files to records: all of them or none.

Every fault of every file is collected and told at once, with its line and its place; nothing is half loaded. A file
is read quickly first, and a second time for line numbers only where it has faults. `lists/README.md` describes the
files.

>>> lists = load_lists([bundled_lists()])
>>> {one.header.id for one in lists} >= {"us-supply-chain"}
True
>>> load_lists(["sdn.csv"])
Traceback (most recent call last):
sanctionscreen.errors.ListError: sdn.csv: no such file or folder
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sanctionscreen.errors import Fault, ListError
from sanctionscreen.pausing import collector_paused
from sanctionscreen.records import ListedParty, ListFile, ListHeader
from sanctionscreen.sources.checks import Outline, across, outline, within
from sanctionscreen.sources.faults import Problem, check, jsonpath
from sanctionscreen.sources.files import find, read_text
from sanctionscreen.yamldata import MAX_FAULTS, PARSER, Parser, YamlError, line_at, lines_of, read


@dataclass(frozen=True, slots=True)
class LoadedList:
    """A list as it was loaded.

    Attributes:
        header: what the list is.
        parties: in the order of the file.
        file: where it was loaded from.
        checksum: SHA-256 of the file's bytes, in hexadecimal.
    """

    header: ListHeader
    parties: tuple[ListedParty, ...]
    file: str
    checksum: str


def bundled_lists() -> Path:
    """Give the folder of the lists that ship with this package.

    >>> (bundled_lists() / "README.md").is_file()
    True
    """
    package = Path(__file__).resolve().parents[1]
    installed = package / "bundled"
    return installed if installed.is_dir() else package.parent / "lists"


def load_lists(paths: Iterable[str | Path], parser: Parser = PARSER) -> tuple[LoadedList, ...]:
    """Load list files.

    Args:
        paths: folders, in which every YAML file counts, and files.
        parser: a PyYAML loader class, the quickest by default.

    Raises:
        ListError: when anything is wrong with any of them; it holds all that is.
    """
    with collector_paused():
        found = find(paths)
        files = [_File(path, parser) for path in found.files]
        faults = [*found.faults, *(fault for file in files for fault in file.faults)]
        # A file that could not be read at all may hold the very party that a relation leads to.
        if not found.faults and all(file.outline for file in files):
            faults += _across(files)
    if faults:
        raise ListError(sorted(faults))
    return tuple(file.loaded for file in files if file.loaded)


_AND_MORE = f"and more: no more than {MAX_FAULTS} faults are told of one file"


class _File:
    """A list file on its way: `loaded` once it has no faults, `outline` once it is YAML."""

    def __init__(self, path: Path, parser: Parser) -> None:
        self.loaded: LoadedList | None = None
        self.outline: Outline | None = None
        self.faults: list[Fault] = []
        try:
            self.text = read_text(path)
            data = read(self.text.text, parser)
        except ListError as error:
            self.faults += error.faults
        except YamlError as error:
            self.faults += [Fault(self.text.name, line, said, jsonpath(place)) for line, said, place in error.faults]
        else:
            self._load(data)

    def _load(self, data: object) -> None:
        self.outline = outline(data)
        checked = check(ListFile, data)
        wrong: list[Problem] = (
            [*checked.problems, *within(data)] if isinstance(data, dict) else [((), _not_a_list(data))]
        )
        self.faults = self.explain(wrong)
        if checked.record and not wrong:
            header, parties = checked.record.header, checked.record.parties
            self.loaded = LoadedList(header, parties, self.text.name, self.text.checksum)

    def explain(self, wrong: list[Problem]) -> list[Fault]:
        """Give problems their lines."""
        lines = lines_of(self.text.text) if wrong else {}
        faults = [Fault(self.text.name, line_at(lines, place), said, jsonpath(place)) for place, said in wrong]
        told = sorted(faults)[:MAX_FAULTS]
        return told if len(faults) < MAX_FAULTS else [*told, Fault(self.text.name, told[-1].line, _AND_MORE)]


def _across(files: list[_File]) -> list[Fault]:
    found: dict[int, list[Problem]] = {}
    for number, place, said in across([(file.text.name, file.outline) for file in files if file.outline]):
        found.setdefault(number, []).append((place, said))
    return [fault for number, wrong in found.items() for fault in files[number].explain(wrong)]


def _not_a_list(data: object) -> str:
    if data is None:
        return "an empty file: a list file has a 'header' and 'parties'"
    what = "a list" if isinstance(data, list) else "a text"
    return f"{what} at the top of the file: a list file has a 'header' and 'parties' there"
