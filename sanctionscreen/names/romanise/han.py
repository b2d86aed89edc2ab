"""Han characters to Latin by Hanyu Pinyin (ISO 7098:2015), words before characters.

A character may have several readings; the word it stands in tells which: 重庆 is Chongqing, 重 alone zhong. Text
is cut into words by pypinyin's phrases and by the words of company names in `han_words.tsv`; what neither
knows is taken two characters at a time, as most Chinese words and brands are. A text of two to four characters
that begins with a family name and holds no such word is a person: 单国强 is `shan guoqiang`.

>>> "".join(romanised("重庆银行")), "".join(romanised("海康威视数字技术")), "".join(romanised("单国强"))
('chongqing yinhang', 'haikang weishi shuzi jishu', 'shan guoqiang')
>>> simplified("海康威視")
'海康威视'
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from sanctionscreen.names.tsv import pairs, rows

#: Han characters side by side.
RUN = re.compile("[\u3005\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
_LONGEST_WORD = 8
#: The word "what", in which 什 is shen; in names it is shi: 布什, 喀什, 什邡.
_WHAT = "什么"
#: A person's name has at most this many characters, its family name included.
_LONGEST_PERSON = 4


def simplified(text: str) -> str:
    """Write traditional characters and Japanese new forms as the simplified ones, one for one."""
    return text.translate(_variants())


@cache
def _variants() -> dict[int, str]:
    return {ord(char): plain for char, plain in pairs("romanise/han_variants.tsv").items()}


@cache
def _phrases() -> frozenset[str]:
    from pypinyin.constants import PHRASES_DICT  # takes 0.2 s, wanted for Han text alone

    return frozenset(word for word in PHRASES_DICT if len(word) <= _LONGEST_WORD)


@cache
def _business_words() -> frozenset[str]:
    """Words that Latin spellings of company names write as one."""
    return frozenset(word for row in rows("romanise/han_words.tsv") for word in row[0].split())


@cache
def _surnames() -> dict[str, list[str]]:
    """Family names with their syllables; none where the ordinary reading serves."""
    return {name: syllables.split() for name, syllables in rows("romanise/han_surnames.tsv")}


def romanised(text: str) -> list[str]:
    """Give the pinyin of each character, without tones; words stand apart.

    >>> romanised("长江存储")
    ['chang', 'jiang', ' cun', 'chu']
    """
    pieces = list(text)
    for run in RUN.finditer(text):
        pieces[slice(*run.span())] = _run(simplified(run[0]))
    return pieces


def unparted(text: str) -> list[str]:
    """Give the pinyin of each character of a foreign name, which has no family name in front: 查尔斯 is Charles.

    >>> "".join(unparted("查尔斯")), "".join(romanised("查尔斯"))
    ('chaersi', 'zha ersi')
    """
    return _syllables(simplified(text), surname=False)


def family_length(text: str) -> int:
    """Give how many characters of a Han text are a family name with a given name after it, 0 for none.

    >>> family_length("习近平"), family_length("欧阳修"), family_length("中国银行"), family_length("李")
    (1, 2, 0, 0)
    """
    if not 2 <= len(text) <= _LONGEST_PERSON or any(word in text for word in _business_words()):
        return 0
    if text[:2] in _surnames() and len(text) > 2:
        return 2
    return 1 if text[0] in _surnames() and len(text) < _LONGEST_PERSON else 0


@lru_cache(maxsize=4096)
def _run(text: str) -> tuple[str, ...]:
    """Give the pinyin of a run of Han characters and nothing else."""
    family = family_length(text)
    words = [text[:family], text[family:]] if family else _segmented(text)
    pieces: list[str] = []
    for word in words:
        syllables = _syllables(word, surname=bool(family) and not pieces)
        if pieces:
            syllables[0] = " " + syllables[0]
        pieces += syllables
    return tuple(pieces)


def _syllables(word: str, *, surname: bool) -> list[str]:
    from pypinyin import Style, lazy_pinyin  # takes 0.2 s, wanted for Han text alone

    known = _surnames().get(word) if surname else None
    if known:
        return list(known)
    # A list, one item a character, is what pypinyin documents; its annotation knows only strings.
    syllables = lazy_pinyin([word], style=Style.NORMAL, errors=list)  # type: ignore[arg-type]
    if _WHAT not in word:
        syllables = ["shi" if char == _WHAT[0] else latin for char, latin in zip(word, syllables, strict=True)]
    return [syllable.replace("v", "u") for syllable in syllables]


def _segmented(text: str) -> list[str]:
    """Cut text into the longest known words from the left, and what lies between them two by two."""
    words: list[str] = []
    unknown = ""
    place = 0
    while place < len(text):
        word = _longest_word(text, place)
        if len(word) == 1:
            unknown += word
        else:
            words += [*_paired(unknown), word]
            unknown = ""
        place += len(word)
    return words + _paired(unknown)


def _longest_word(text: str, place: int) -> str:
    """Give the longest word of company names that begins here, else the longest phrase, else one character."""
    for words in (_business_words(), _phrases()):
        for length in range(min(_LONGEST_WORD, len(text) - place), 1, -1):
            if text[place : place + length] in words:
                return text[place : place + length]
    return text[place]


def _paired(text: str) -> list[str]:
    """Cut characters two by two, the last three together."""
    cut = [text[place : place + 2] for place in range(0, len(text), 2)]
    if len(cut) > 1 and len(cut[-1]) == 1:
        cut[-2:] = [cut[-2] + cut[-1]]
    return cut
