"""Arabic script to Latin: Arabic, Persian, Urdu, Pashto, Uyghur, Sorani.

Short vowels are not written. The commonest names have them in `arabic_names.tsv`; other words come out as
consonants with some long vowels (بوتفليقة is `butfliqa`) and are compared by their consonants. The article stands
apart, as Latin spelling writes it. Standard: BGN/PCGN without diacritics, see `arabic.tsv`.

>>> "".join(romanised("محمد بن سلمان")), "".join(romanised("عبد الله الراشد")), "".join(romanised("بوتفليقة"))
('muhammad bin salman', 'abd allah al-rashid', 'butfliqa')
>>> is_bare("بوتفليقة"), is_bare("محمد"), is_bare("المحمود")
(True, False, False)
"""

from __future__ import annotations

import re
from functools import cache

from sanctionscreen.names.romanise.sharing import shared_out
from sanctionscreen.names.tsv import pairs, rows

#: Letters that Arabic proper does not have.
_PERSIAN = re.compile("[پچژگکیہےٹڈڑںھښږځڅټډړڼېۍګ]")
_WORD = re.compile(r"[\u0620-\u065f\u066e-\u06d3\u06ee-\u06ff\u0750-\u077f]+")
_MARKS = re.compile("[\u0640\u064b-\u0652\u0670]")
_ARTICLE = "ال"
_SERVANT = "عبدال"
#: Letters of one sound that Arabic, Persian and Urdu keyboards and careless hands interchange.
_SAME_LETTERS = str.maketrans("أإآٱىیئکةہھؤ", "اااايييكهههو")
#: The article and a word of two letters is a word of four: الله, البر; of fewer it is no article.
_SHORTEST_WITH_ARTICLE = 5
_LONG = {"و": "u", "ي": "i", "ی": "i"}
_VOWEL_LETTERS = frozenset("اأإآىيیو\u064e\u064f\u0650\u064b\u064c\u064d\u0670")


def romanised(text: str) -> list[str]:
    """Give the Latin of each character.

    >>> romanised("الشمس")
    ['al', '-', 'sh', 'a', 'ms']
    """
    persian = bool(_PERSIAN.search(text))
    pieces = list(text)
    for word in _WORD.finditer(text):
        pieces[slice(*word.span())] = _word(word[0], persian=persian)
    return pieces


def is_bare(word: str) -> bool:
    """Tell whether the romanisation of one word lacks vowels that are spoken."""
    return not _known(_MARKS.sub("", word))


def _known(word: str) -> str:
    """Give a word with its vowels, the article and "servant of" before it told apart; empty if it is not known."""
    names = pairs("romanise/arabic_names.tsv")
    letters = word.translate(_SAME_LETTERS)
    for written, spelt in (("", ""), (_ARTICLE, "al-"), (_SERVANT, "abd al-"), (_SERVANT[:3], "abd ")):
        if letters.startswith(written) and letters.removeprefix(written) in names:
            return spelt + names[letters.removeprefix(written)]
    return ""


def _word(word: str, *, persian: bool) -> list[str]:
    bare = _MARKS.sub("", word)
    known = _known(bare)
    if not known:
        return _spelt(word, persian=persian)
    shares = iter(shared_out(known, len(bare)))
    return ["" if _MARKS.match(char) else next(shares) for char in word]


@cache
def _table(persian: bool) -> dict[str, str]:  # cached by value
    return {
        row[0]: (row[2] if persian and len(row) > 2 else row[1]).replace("*", "") for row in rows("romanise/arabic.tsv")
    }


def _spelt(word: str, *, persian: bool) -> list[str]:
    """Romanise a word letter by letter: weak letters as vowels or consonants, the first ayn, the article."""
    table = _table(persian)
    pieces = [_weak(word, place) or table.get(char, char) for place, char in enumerate(word)]
    if word[0] == "ع" and word[1:2] not in {"ا", "ي", "ی"}:
        pieces[0] = "a"
    if word[0] == "ا" and word[1:2] in _LONG:
        pieces[:2] = "", _LONG[word[1]]
    if word.startswith(_SERVANT) and len(word) > len(_SERVANT) + 1:
        pieces[3:6] = " a", "l-", pieces[5]
    if word.startswith(_ARTICLE) and len(word) >= _SHORTEST_WITH_ARTICLE:
        pieces[2] = "-" + pieces[2]
    return pieces


def _weak(word: str, place: int) -> str:
    """Give w and y between two consonants, or after one at the end, as the vowels they most often are there."""
    char = word[place]
    if char not in _LONG or place == 0 or (place == len(_ARTICLE) and word.startswith(_ARTICLE)):
        return ""
    before = word[place - 1] if place > 1 or word[0] not in _LONG else ""  # at the start they are consonants
    if {before, word[place + 1 : place + 2]} & _VOWEL_LETTERS:
        return ""
    return _LONG[char]
