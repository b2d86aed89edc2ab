"""The spellings of a table as one pattern that cuts a word into them, the longest first at each place.

>>> longest_first(["s", "sch", "c", "h", "sc"]).findall("schsxc")
['sch', 's', 'c']
"""

from __future__ import annotations

import re
from collections.abc import Iterable


def longest_first(spellings: Iterable[str]) -> re.Pattern[str]:
    """Match a spelling; they are tried by their first letter, so that a place of a word rules out most at once."""
    by_letter: dict[str, list[str]] = {}
    for spelling in sorted(spellings, key=len, reverse=True):
        by_letter.setdefault(spelling[0], []).append(re.escape(spelling[1:]))
    return re.compile("|".join(f"{re.escape(letter)}(?:{'|'.join(rest)})" for letter, rest in by_letter.items()))
