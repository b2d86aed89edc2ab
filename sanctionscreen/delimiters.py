r"""What divides the cells of a CSV table, and which cells have swallowed rows.

RFC 4180 (https://www.rfc-editor.org/rfc/rfc4180) has the comma, and spreadsheets write what their country has.

>>> delimiter_of("owner;company;share"), delimiter_of("name")
(';', ',')

A quoted cell may go over several lines, as addresses and notes do. Two stray quotation marks make such a cell too, and
the rows between them are then part of it. What tells them apart is how the lines are divided: a row has as many
delimiters as the header, and writes them without a space; a sentence has any number, with a space after each.

>>> header, note = ["vendor", "note"], "stray\nHikvision,bad\nBlue Heron,seen in 5"
>>> swallowing(header, ["Acme", note], ","), swallowing(header, ["Acme", "5 Road\nParis, France"], ",")
([1], [])
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_DELIMITERS = ",;\t|"

#: Where a text goes on in another line of a CSV file.
_LINE_BREAK = re.compile(r"\r\n|\r|\n")


def delimiter_of(header: str) -> str:
    """Give the delimiter that stands most often in the first line of a table; a comma where none does."""
    return max(_DELIMITERS, key=header.count)


def lines_of(cell: str) -> list[str]:
    r"""Give the lines of a cell, as the lines of a file are told apart.

    >>> lines_of("5 Road\r\nParis")
    ['5 Road', 'Paris']
    """
    return _LINE_BREAK.split(cell)


def swallowing(header: Sequence[str], cells: Sequence[str], delimiter: str) -> list[int]:
    """Give the places of the cells of a row that hold lines like rows of the table.

    Args:
        header: the cells of the first row, as they stand there.
        cells: of the row.
        delimiter: of the table.
    """
    return [place for place, cell in enumerate(cells) if _swallows(header, cells, place, lines_of(cell), delimiter)]


def header_swallowing(header: Sequence[str], delimiter: str) -> list[int]:
    r"""Give the places of the cells of a header that hold lines like rows: how long a row is, nobody knows there.

    >>> header_swallowing(["vendor", "country\nHikvision,CN\nAcme 5", "FR"], ",")
    [1]
    >>> header_swallowing(["vendor", "country\n(ISO, 2 letters)"], ",")
    []
    """
    return [place for place, cell in enumerate(header) if _swallows_any(header, lines_of(cell), delimiter)]


def _swallows(header: Sequence[str], cells: Sequence[str], place: int, lines: list[str], delimiter: str) -> bool:
    """Whether a line between is a row, or both the first, with the cells before, and the last, with those behind."""
    if len(lines) == 1:
        return False
    if len(header) == 1:
        return any(map(str.strip, lines[1:]))
    needed, spaced = len(header) - 1, _spaced(header)
    first, *between, last = lines
    if any(line.count(delimiter) == needed and _divided(line, delimiter, spaced=spaced) for line in between):
        return True
    ends = place + first.count(delimiter), last.count(delimiter) + len(cells) - 1 - place
    return ends == (needed, needed) and any(_divided(line, delimiter, spaced=spaced) for line in (first, last))


def _swallows_any(header: Sequence[str], lines: list[str], delimiter: str) -> bool:
    if len(lines) == 1:
        return False
    spaced = _spaced(header)
    divided = any(_divided(line, delimiter, spaced=spaced) for line in lines)
    return divided or (len(header) == 1 and any(map(str.strip, lines[1:])))


def _spaced(header: Sequence[str]) -> bool:
    """Whether a table has a space behind its delimiters, so that a space there tells nothing."""
    return any(cell.startswith(" ") for cell in header[1:])


def _divided(line: str, delimiter: str, *, spaced: bool) -> bool:
    """Whether a line is divided as rows are: by a delimiter without a space behind it, and not as `10,000` is."""
    return any(spaced or _divides(line, place) for place in _places(line, delimiter))


def _places(line: str, delimiter: str) -> Iterator[int]:
    return (found.start() for found in re.finditer(re.escape(delimiter), line))


def _divides(line: str, place: int) -> bool:
    before, delimiter, behind = line[:place][-1:], line[place], line[place + 1 : place + 2]
    return behind != " " and not (delimiter == "," and before.isdecimal() and behind.isdecimal())
