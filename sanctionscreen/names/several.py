"""Several names in one field: at words like "alias", at strokes, and in two scripts.

>>> [part.text for part in several_names(Traced.whole("abbas, abu (alias zaydan, muhammad)"))]
['abbas, abu', 'zaydan, muhammad']
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from sanctionscreen.names.confusables import LOOKALIKE_SCRIPTS
from sanctionscreen.names.lexicon import latin_words
from sanctionscreen.names.markers import LETTERS, ORDINARY, WITH_STROKE, WORDS
from sanctionscreen.names.name import Role
from sanctionscreen.names.rereading import is_legal
from sanctionscreen.names.scripts import script_of
from sanctionscreen.names.splitting import Word
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
#: More names of one field than this are not read.
MOST_NAMES = 4
#: Scripts that write a syllable or a word with each character, and how many of these a name in them has at least.
_SYLLABIC, _FEWEST_SYLLABLES = frozenset({"Bopo", "Hang", "Hani", "Hira", "Kana"}), 2
#: How many letters a name in any other script has at least: ZTE, DJI.
_FEWEST_LETTERS = 3

#: Roles of words that do not say by themselves who is meant.
_BESIDE_A_NAME = frozenset({Role.LEGAL, Role.GENERIC, Role.PLACE, Role.PARTICLE, Role.TITLE, Role.NUMBER})


def several_names(traced: Traced) -> list[Traced]:
    """Cut a field that holds several names, at words like "alias" and at strokes; empty where it holds one.

    Where such a word stands first or last, what is beside it is the one part: d/b/a Hikvision.

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
    if len(parts) > 1 or (parts and _are_names([parts[0].text])):
        return parts
    parts = _parts(traced, _STROKE)
    return parts if len(parts) > 1 and _are_names([part.text for part in parts]) else []


def may_be_several(text: str) -> bool:
    """Tell, at a quick look, whether a text may hold a stroke or a word that parts names."""
    return any(map(text.__contains__, _MARKERS))


def _parts(traced: Traced, seam: re.Pattern[str]) -> list[Traced]:
    """Cut a text at a pattern, without the brackets and spaces around the parts, which are not empty."""
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
        begin = match.end() if match else end
    return parts


def _are_names(parts: Sequence[str]) -> bool:
    words = [[word for word in _LETTERS.findall(part) if not is_legal(word, word)] for part in parts]
    known = latin_words().words
    if not all(len(part) > 1 or any(word not in known for word in part) for part in words):
        return False
    acronyms = all(len(part) == 1 and len(part[0]) >= _SHORTEST_ACRONYM for part in words)
    return acronyms or all(len("".join(part)) >= _SHORTEST_NAME for part in words)


def in_two_scripts(traced: Traced) -> list[Traced]:
    """Cut a name that stands in Latin letters and in another script into the two; empty where it stands in one.

    Each must have some letters. A word of two scripts that look alike is a disguise, not two names.

    >>> [part.text for part in in_two_scripts(Traced.whole("yitu (依图科技) limited"))]
    ['yitu (      limited', '依图科技)']
    >>> in_two_scripts(Traced.whole("ао siemens")), in_two_scripts(Traced.whole("hikviжion завод"))
    ([], [])
    """
    scripts = [script_of(char) for char in traced.text]
    if not _are_written_out(scripts) or any(_look_alike(*pair) for pair in pairwise(scripts)):
        return []
    return [_only(traced, scripts, latin=latin) for latin in (True, False)]


def _are_written_out(scripts: Sequence[str]) -> bool:
    """Tell whether Latin letters, and those of other scripts, are each enough for a name."""
    latin = scripts.count("Latn")
    others = len(scripts) - scripts.count("") - latin
    syllables = sum(script in _SYLLABIC for script in scripts)
    return latin >= _FEWEST_LETTERS and (others >= _FEWEST_LETTERS or syllables >= _FEWEST_SYLLABLES)


def _look_alike(one: str, other: str) -> bool:
    """Tell whether these are two of the scripts whose letters look alike."""
    return one != other and one in LOOKALIKE_SCRIPTS and other in LOOKALIKE_SCRIPTS


def _only(traced: Traced, scripts: Sequence[str], *, latin: bool) -> Traced:
    """Blank out all but Latin letters, or just these; what belongs to no script goes with what is before it."""
    script = next(filter(None, scripts))
    chars: list[str] = []
    for char, its in zip(traced.text, scripts, strict=True):
        script = its or script
        chars.append(char if (script == "Latn") is latin else " ")
    text = "".join(chars)
    return Traced(text, traced.starts, traced.ends).part(len(text) - len(text.lstrip()), len(text.rstrip()))


def say_who(words: Sequence[Word]) -> bool:
    """Tell whether looked-up words are a name by themselves: one that no table knows, or a place and a business."""
    roles = {sense.role for word in words for sense in word.senses}
    return {Role.PLACE, Role.GENERIC} <= roles or any(
        len(word.text) > 1 and word.text.isalpha() and _BESIDE_A_NAME.isdisjoint(sense.role for sense in word.senses)
        for word in words
    )
