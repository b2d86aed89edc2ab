"""Which script a character belongs to, as an ISO 15924 code.

Scripts are the Unicode property of UAX #24 (https://www.unicode.org/reports/tr24/), which the standard
library does not carry; `scripts.tsv` restates it for living scripts. Digits, punctuation, spaces and
combining marks shared by all belong to none.

>>> [script_of(char) for char in "aжق海김ก-"]
['Latn', 'Cyrl', 'Arab', 'Hani', 'Hang', 'Thai', '']
>>> scripts_in("ОАО Gazprom"), dominant_script("ОАО Gazprom"), dominant_script("1984")
(('Cyrl', 'Latn'), 'Latn', '')
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from functools import cache, lru_cache

from sanctionscreen.names.tsv import rows

#: Scripts written from right to left.
RIGHT_TO_LEFT = frozenset({"Adlm", "Arab", "Hebr", "Nkoo", "Rohg", "Syrc", "Thaa"})

#: Scripts in which a zero-width (non-)joiner is part of ordinary spelling.
JOINER_SCRIPTS = frozenset(
    {
        "Arab", "Beng", "Deva", "Gujr", "Guru", "Java", "Khmr", "Knda", "Mlym", "Mong", "Mymr", "Nkoo", "Orya", "Sinh",
        "Syrc", "Taml", "Telu", "Tibt",
    }
)  # fmt: skip

#: Scripts without spaces between words, in which a zero-width space may mark them.
UNSPACED_SCRIPTS = frozenset({"Bali", "Java", "Khmr", "Laoo", "Lana", "Mymr", "Talu", "Thai", "Tibt"})


@cache
def _ranges() -> tuple[list[int], list[tuple[int, str]]]:
    """First code points, and beside each the last one and the script."""
    table = sorted((int(first, 16), int(last, 16), script) for first, last, script in rows("scripts.tsv"))
    return [first for first, _, _ in table], [(last, script) for _, last, script in table]


@lru_cache(maxsize=8192)
def script_of(char: str) -> str:
    r"""Give the ISO 15924 code of one character; empty where it belongs to no script or to a dead one.

    >>> script_of("ł"), script_of("1"), script_of("\ud800")
    ('Latn', '', '')
    """
    starts, ends = _ranges()
    place = bisect_right(starts, ord(char)) - 1
    if place < 0:
        return ""
    last, script = ends[place]
    return script if ord(char) <= last else ""


def scripts_in(text: str) -> tuple[str, ...]:
    """Give the scripts of a text in the order in which they first stand in it.

    >>> scripts_in("株式会社トヨタ")
    ('Hani', 'Kana')
    """
    if text.isascii():
        return ("Latn",) if any(map(str.isalpha, text)) else ()
    return tuple(dict.fromkeys(filter(None, map(script_of, text))))


def dominant_script(text: str) -> str:
    """Give the script with the most characters; of two with as many, the first; empty where there is none."""
    counts = Counter(filter(None, map(script_of, text)))
    return max(counts, key=counts.__getitem__, default="")
