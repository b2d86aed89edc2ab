"""Han text cut into what it says: 杭州 | 海康威视 | 数字 | 技术 | 股份有限公司.

Chinese and Japanese organisations write place, brand, business and legal form without spaces, mostly in that
order. Words of the tables are found, the longest first; what is left over is the distinctive part, and stays
whole. A single character left between two words is no brand: it makes one with the word after it (新 | 东方 is
新东方), or with the word before it at the end. The character for city, county or province goes with the place
before it.

>>> [(piece.start, piece.end, [sense.concept for sense in piece.senses]) for piece in cut("杭州海康威视数字技术")]
[(0, 2, ['hangzhou']), (2, 6, []), (6, 8, ['digital']), (8, 10, ['technology'])]
>>> [piece.senses[0].concept for piece in cut("中国电子科技集团公司第五十四研究所") if piece.senses]
['cn', 'electronics', 'technology', 'group', 'company', '54', 'research_institute']
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from sanctionscreen.names import run_on
from sanctionscreen.names.lexicon import unspaced_words
from sanctionscreen.names.name import Role
from sanctionscreen.names.numerals import chinese
from sanctionscreen.names.romanise import han
from sanctionscreen.names.senses import NO_SENSES, Sense
from sanctionscreen.names.splitting import Segment, Segments
from sanctionscreen.names.traced import Traced
from sanctionscreen.records import Kind

_LONGEST = 10
#: Of so many characters a legal form is no part of a brand: 有限公司 before 北京分公司.
_SHORTEST_FORM = 4
_AFTER_PLACE = frozenset("市省县区州")
_NUMBER = re.compile(
    "第[零〇一二三四五六七八九十百千]{1,8}|[零〇一二三四五六七八九十百千]{2,8}(?=研究|所|厂|局|师|团|院)"
)


def segments_of(traced: Traced, kind: Kind | None) -> Segments:
    """Cut what no spaces part in a normalised name; a person's Han characters into family and given name.

    >>> from sanctionscreen.names.normalise import normalise
    >>> segments_of(normalise("习近平").traced, "person")
    {0: (0, ()), 1: (1, ()), 2: (1, ())}
    """
    segments: dict[int, tuple[int, tuple[Sense, ...]]] = {}
    for begin, pieces in _pieces(han.simplified(traced.text), kind):
        for piece in pieces:
            number = begin + piece.start
            for place in range(number, begin + piece.end):
                segments[traced.starts[place]] = (number, piece.senses)
    return segments


def _pieces(text: str, kind: Kind | None) -> Iterator[tuple[int, Iterable[Segment]]]:
    """Give where each run of characters begins that is cut, and its pieces."""
    for run in han.RUN.finditer(text):
        family = han.family_length(run[0]) if kind in ("person", None) else 0
        whole = Segment(0, family, NO_SENSES), Segment(family, len(run[0]), NO_SENSES)
        yield run.start(), whole if family else cut(run[0])
    if kind != "person":
        yield from run_on.pieces(text)


@lru_cache(maxsize=4096)
def cut(text: str) -> tuple[Segment, ...]:
    """Cut a run of simplified Han characters and nothing else."""
    pieces: list[Segment] = []
    place = 0
    while place < len(text):
        piece = _word_at(text, place)
        if not piece.senses and pieces and not pieces[-1].senses:
            pieces[-1] = pieces[-1]._replace(end=piece.end)
        elif text[place] in _AFTER_PLACE and pieces and _is_place(pieces[-1]):
            pieces[-1] = pieces[-1]._replace(end=place + 1)
            piece = pieces[-1]
        else:
            pieces.append(piece)
        place = piece.end
    return tuple(_without_single(pieces))


def _is_place(piece: Segment) -> bool:
    return any(sense.role is Role.PLACE for sense in piece.senses)


def _word_at(text: str, place: int) -> Segment:
    """Give the longest word that begins here, or one character that means nothing."""
    number = _NUMBER.match(text, place)
    if number:
        sense = Sense(Role.NUMBER, chinese(number[0]), tells=False)
        return Segment(place, number.end(), (sense,))
    known = unspaced_words()
    for end in range(min(place + _LONGEST, len(text)), place + 1, -1):
        senses = known.get(text[place:end])
        if senses and _may_stand(senses[0], place, end, len(text)):
            return Segment(place, end, senses)
    senses = known.get(text[place], NO_SENSES) if place and place == len(text) - 1 else NO_SENSES
    return Segment(place, place + 1, senses)


def _may_stand(sense: Sense, start: int, end: int, length: int) -> bool:
    """Tell whether a word may stand here: a legal form at either end of the text, or before a number or a branch."""
    long = sense.concept == "company" or end - start >= _SHORTEST_FORM
    return sense.role is not Role.LEGAL or start == 0 or end == length or long


def _without_single(pieces: list[Segment]) -> list[Segment]:
    """Join a single left-over character with the business word or place after it, or else before it."""
    joined: list[Segment] = []
    for place, piece in enumerate(pieces):
        alone = joined[-1] if joined and joined[-1].end - joined[-1].start == 1 and not joined[-1].senses else None
        last = place == len(pieces) - 1
        if alone and _is_ordinary(piece):
            joined[-1] = Segment(alone.start, piece.end, NO_SENSES)
        elif last and joined and not piece.senses and piece.end - piece.start == 1 and _is_ordinary(joined[-1]):
            joined[-1] = Segment(joined[-1].start, piece.end, NO_SENSES)
        else:
            joined.append(piece)
    return joined


def _is_ordinary(piece: Segment) -> bool:
    return any(sense.role in (Role.GENERIC, Role.PLACE) for sense in piece.senses)
