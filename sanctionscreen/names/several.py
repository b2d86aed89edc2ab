"""Several names in one field: at words like "alias", and at strokes.

>>> [part.text for part in several_names(Traced.whole("abbas, abu (alias zaydan, muhammad)"))]
['abbas, abu', 'zaydan, muhammad']
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sanctionscreen.names.lexicon import latin_words
from sanctionscreen.names.markers import LETTERS, ORDINARY, WITH_STROKE, WORDS
from sanctionscreen.names.rereading import is_legal
from sanctionscreen.names.traced import Traced

_ORDINARY = "|".join(ORDINARY)
#: Of the abbreviations, each with or without points or strokes; of ordinary words, those in brackets or after a comma.
_ALIAS = re.compile(
    rf"\b(?:{'|'.join(sorted(WORDS, key=len, reverse=True))}|{WITH_STROKE}"
    rf"|{'|'.join('[./]?'.join(marker) + '[.]?' for marker in LETTERS)}"
    rf"|(?:(?<=[(\[])|(?<=[(\[,;] ))(?:{_ORDINARY})(?=[ -]))(?![^\W_])[:.]?"
)
_STROKE = re.compile(f"/|(?<= )(?:{_ORDINARY})(?= )")
#: A stroke, and what every alias marker contains.
_MARKERS = (
    *("/", "ka", "k.a", "dba", "d.ba", "b.a"),
    *(marker for marker in WORDS if not any(other != marker and other in marker for other in WORDS)),
    *(word + seam for word in ORDINARY for seam in " -"),
)
#: A part of a name from its first letter or digit to its last, with a point or a bracket that closes it.
_INNER = re.compile(r"[^\W_](?:.*[^\W_]\.?)?")
_LETTERS = re.compile(r"[^\W\d_]+")
_SHORTEST_ACRONYM = 3
_SHORTEST_NAME = 5
_MOST_NAMES = 3


def several_names(traced: Traced) -> list[Traced]:
    """Cut a field that holds several names, at words like "alias" and at strokes; empty where it holds one.

    Parts at a stroke, or at "now" and "ex" in the open, are names if each has, beside legal forms, several words or one
    that no table knows, and has five letters, or is an acronym like the other parts: not A/S, not Import/Export Ltd.

    >>> [part.text for part in several_names(Traced.whole("adf/nalu"))], several_names(Traced.whole("maersk a/s"))
    (['adf', 'nalu'], [])
    >>> [part.text for part in several_names(Traced.whole("rosvooruzhenie (now rosoboronexport)"))]
    ['rosvooruzhenie', 'rosoboronexport']
    """
    text = traced.text
    if not may_be_several(text):
        return []
    parts = _parts(traced, _ALIAS)
    if len(parts) > 1:
        return parts
    parts = _parts(traced, _STROKE)
    return parts if len(parts) > 1 and _are_names([part.text for part in parts]) else []


def may_be_several(text: str) -> bool:
    """Tell, at a quick look, whether a text may hold a stroke or a word that parts names."""
    return any(map(text.__contains__, _MARKERS))


def _parts(traced: Traced, seam: re.Pattern[str]) -> list[Traced]:
    """Cut a text at a pattern, without the brackets and spaces around the parts; the first must not be empty."""
    seams = list(seam.finditer(traced.text))
    if not seams:
        return []
    parts: list[Traced] = []
    begin = 0
    for match in [*seams, None]:
        end = match.start() if match else len(traced.text)
        inner = _INNER.search(traced.text, begin, end)
        if inner:
            parts.append(traced.part(*inner.span()))
        if not parts:
            return []
        begin = match.end() if match else end
    return parts[:_MOST_NAMES]


def _are_names(parts: Sequence[str]) -> bool:
    words = [[word for word in _LETTERS.findall(part) if not is_legal(word, word)] for part in parts]
    known = latin_words().words
    if not all(len(part) > 1 or any(word not in known for word in part) for part in words):
        return False
    acronyms = all(len(part) == 1 and len(part[0]) >= _SHORTEST_ACRONYM for part in words)
    return acronyms or all(len("".join(part)) >= _SHORTEST_NAME for part in words)
