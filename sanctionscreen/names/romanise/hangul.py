"""Hangul to Latin by the Revised Romanization of Korean (2000), syllable by syllable.

A syllable of Hangul is arithmetic (Unicode, chapter 3.12): initial, vowel and final consonant. A final before
a vowel is carried over as people write it in names: 박인 is `bagin`. A name of two to four syllables that begins
with a family name is written as Koreans write it, family name first and apart.

>>> "".join(romanised("김정은")), "".join(romanised("삼성전자")), "".join(romanised("남궁민수"))
('kim jeongeun', 'samseongjeonja', 'namgung minsu')
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from sanctionscreen.names.tsv import rows

_FIRST, _VOWELS, _FINALS = 0xAC00, 21, 28
_NULL_INITIAL = 11

#: Family names in the spelling their bearers use most, where it is not the Revised Romanization.
_CUSTOMARY = {
    "김": "kim", "이": "lee", "박": "park", "최": "choi", "정": "jung", "강": "kang", "조": "cho", "윤": "yoon",
    "임": "lim", "신": "shin", "권": "kwon", "오": "oh", "우": "woo", "유": "yoo", "구": "koo", "문": "moon",
    "노": "noh", "고": "ko", "리": "ri", "국": "kook", "곽": "kwak", "길": "gil", "주": "joo", "전": "jeon",
}  # fmt: skip
_SURNAMES = frozenset(
    "김이박최정강조윤장임한오서신권황안송류유홍전고문손양배백허남심노하곽성차주우구민나진지엄채원천방공현함변염"
    "여추도소석선설마길연위표명기반왕금옥육인맹제모탁국어은편용예경봉사부가복태목형피두감음빈동온호범좌팽승간"
    "상시갈단견당화리로량렴류림"
)
_SURNAMES_OF_TWO = frozenset({"남궁", "황보", "제갈", "선우", "독고", "서문", "사공", "동방"})
_WORD = re.compile("[\uac00-\ud7a3]+")


def romanised(text: str) -> list[str]:
    """Give the Latin of each character.

    >>> romanised("박 인")
    ['bak', ' ', 'in']
    """
    return _by_words(text, _word)


def unparted(text: str) -> list[str] | None:
    """Give the Latin of each character where no word is a Korean person's name; None if that changes nothing.

    >>> unparted("마크롱"), unparted("삼성전자")
    (['ma', 'keu', 'rong'], None)
    """
    return _by_words(text, _syllables) if any(map(family_length, _WORD.findall(text))) else None


def _by_words(text: str, read: Callable[[str], list[str]]) -> list[str]:
    """Give each character of a text, those of words in Hangul as they are read."""
    pieces = list(text)
    for word in _WORD.finditer(text):
        pieces[slice(*word.span())] = read(word[0])
    return pieces


def family_length(word: str) -> int:
    """Give how many syllables of a Hangul word are a family name with a given name after it, 0 for none.

    >>> family_length("김정은"), family_length("남궁민수"), family_length("삼성전자"), family_length("김")
    (1, 2, 0, 0)
    """
    if word[:2] in _SURNAMES_OF_TWO and len(word) in {3, 4}:
        return 2
    return 1 if word[0] in _SURNAMES and len(word) in {2, 3} else 0


def person(family: str, given: str) -> list[str]:
    """Give the Latin of each syllable of a person's name, the given name apart.

    >>> person("김", "정은")
    ['kim', ' jeong', 'eun']
    """
    pieces = _syllables(family) + _syllables(given)
    pieces[len(family)] = " " + pieces[len(family)]
    return [_CUSTOMARY.get(family, pieces[0]), *pieces[1:]]


def _word(word: str) -> list[str]:
    family = family_length(word)
    return person(word[:family], word[family:]) if family else _syllables(word)


@cache
def _parts(part: str) -> list[tuple[str, str]]:
    """Give the initials, vowels or finals in Unicode's order, each elsewhere and before a vowel."""
    return [
        (latin.replace("*", ""), linked.replace("*", ""))
        for name, _, latin, linked in rows("romanise/hangul.tsv")
        if name == part
    ]


def _decomposed(syllable: str) -> tuple[int, int, int]:
    """Give the numbers of the initial, the vowel and the final of a syllable."""
    index = ord(syllable) - _FIRST
    return index // (_VOWELS * _FINALS), index // _FINALS % _VOWELS, index % _FINALS


def _syllables(word: str) -> list[str]:
    pieces: list[str] = []
    for char, after in zip(word, f"{word[1:]} ", strict=False):
        initial, vowel, final = _decomposed(char)
        onset = _parts("initial")[initial][0]
        if onset == "r" and pieces and pieces[-1].endswith("l"):
            onset = "l"
        linked = after != " " and _decomposed(after)[0] == _NULL_INITIAL
        pieces.append(onset + _parts("vowel")[vowel][0] + _parts("final")[final][linked])
    return pieces
