"""What divides the cells of a CSV table: RFC 4180 has the comma, and spreadsheets write what their country has.

>>> delimiter_of("owner;company;share"), delimiter_of("name")
(';', ',')
"""

from __future__ import annotations

_DELIMITERS = ",;\t|"


def delimiter_of(header: str) -> str:
    """Give the delimiter that stands most often in the first line of a table; a comma where none does."""
    return max(_DELIMITERS, key=header.count)
