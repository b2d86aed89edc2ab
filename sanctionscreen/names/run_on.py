"""Words that run on in kana and in Hangul: ハイクビジョン | ジャパン, 하이크비전 | 코리아.

Japanese companies write loanwords of kana, and Korean ones any words, with and without spaces between them. Words of
the tables are taken off the end of such a run and then off its beginning, the longest first. What is left is the
distinctive part, and stays whole, whatever words its sounds could be. A brand or a foreigner's name may begin or end
as such a word sounds (가스프롬 is Gazprom, not gas): so the run is read whole too (`foreign`).

>>> [[(piece.start, piece.end) for piece in found] for _, found in pieces("ハイクビジョンジャパン")]
[[(0, 7), (7, 11)]]
>>> [sense.concept for _, found in pieces("조선광업개발무역회사") for piece in found for sense in piece.senses]
['kp', 'mining', 'development', 'trade', 'company']
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from sanctionscreen.names.lexicon import unspaced_words
from sanctionscreen.names.name import Role
from sanctionscreen.names.romanise.hangul import family_length
from sanctionscreen.names.senses import NO_SENSES
from sanctionscreen.names.splitting import Segment

#: The scripts of runs.
SCRIPTS = frozenset({"Hang", "Kana"})
_RUN = re.compile("(?P<kana>[\u30a1-\u30faー]+)|(?P<hangul>[\uac00-\ud7a3]+)")
_LONGEST = 12
#: A word is taken off where it has so many characters; the sounds of a shorter one end too many others.
_SHORTEST = {"kana": 3, "hangul": 2}
#: A single character left over is no brand: the word beside it is not taken off.
_ALONE = 1


def pieces(text: str) -> Iterator[tuple[int, tuple[Segment, ...]]]:
    """Give where each run begins that has words of the tables, and its pieces. A Korean person's name is left whole.

    >>> list(pieces("김서울 하이크비전"))
    []
    """
    for run in _RUN.finditer(text):
        found = _cut(run[0], _SHORTEST[str(run.lastgroup)])
        if found[0].senses if len(found) == 1 else not family_length(run[0]):
            yield run.start(), found


@lru_cache(maxsize=4096)
def _cut(text: str, shortest: int) -> tuple[Segment, ...]:
    begin, end = 0, len(text)
    before: list[Segment] = []
    after: list[Segment] = []
    while found := _at_end(text, begin, end, shortest):
        after.insert(0, found)
        end = found.start
    while found := _at_beginning(text, begin, end, shortest):
        before.append(found)
        begin = found.end
    if begin == end:
        return (*before, *after)
    return (*map(_untold, before), Segment(begin, end, NO_SENSES), *map(_untold, after))


def _untold(piece: Segment) -> Segment:
    """Let a word beside what is left over not tell a company: its sounds may be a part of somebody's name."""
    return piece._replace(senses=tuple(s if s.role is Role.LEGAL else s._replace(tells=False) for s in piece.senses))


def _at_end(text: str, begin: int, end: int, shortest: int) -> Segment | None:
    """Give the longest word that ends a text."""
    starts = range(max(begin, end - _LONGEST), end - shortest + 1)
    found = (_word(text, start, end) for start in starts if start - begin != _ALONE)
    return next(filter(None, found), None)


def _at_beginning(text: str, begin: int, end: int, shortest: int) -> Segment | None:
    """Give the longest word that begins a text."""
    ends = range(min(end, begin + _LONGEST), begin + shortest - 1, -1)
    found = (_word(text, begin, last) for last in ends if end - last != _ALONE)
    return next(filter(None, found), None)


def _word(text: str, start: int, end: int) -> Segment | None:
    senses = unspaced_words().get(text[start:end])
    return Segment(start, end, senses) if senses else None
