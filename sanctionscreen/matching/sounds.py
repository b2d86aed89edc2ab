"""Words that sound alike: spellings of one name by many standards share a key.

A word is cut into spellings (`sounds.tsv`, each with the language or standard that spells so) and these into
sounds: consonants of one class, vowels of three. Where a spelling sounds otherwise in another language the word
gets another key; so does a word that `respellings.tsv` gives in another system, as Wade-Giles for pinyin. Two
words sound alike if they share a key. Nothing here knows scripts: words come romanised, in small letters.

>>> def alike(a, b): return bool({*sounding(a)[0]} & {*sounding(b)[0]})
>>> all(alike(a, b) for a, b in [
...     ("muhammad", "mohammed"), ("yevgeny", "evgenii"), ("hussein", "husayn"), ("tchaikovsky", "chaykovskiy"),
...     ("mueller", "muller"), ("hsiao", "xiao"), ("jon", "john"), ("ali", "aly"), ("mehmet", "mohamed")])
True
>>> any(alike(a, b) for a, b in [
...     ("ali", "ola"), ("kim", "kam"), ("mahmoud", "muhammad"), ("hasan", "hussein"), ("ivanov", "ivanova")])
False
"""

from __future__ import annotations

import re
from functools import cache, partial
from itertools import islice, product
from pathlib import Path

from sanctionscreen.matching.spellings import longest_first

#: Keys of one word at most.
MAX_KEYS = 8
#: Words up to this long keep e apart from a: Ali is not Eli.
_SHORT = 4
#: Readings of one spelling of a word that are followed.
_MAX_READINGS = 6

_HERE = Path(__file__).parent
#: Make every run of one sound a single one.
_single = partial(re.compile(r"(.)(?=\1)").sub, "")
#: The consonants that a script without vowels tells apart; complete, since Python is slow at what is missing.
_COARSE = {code: code for code in range(128)} | str.maketrans("pvgC", "bfkS", "AEIU")
_W_AS_VOWEL = re.compile("(?<=[AEIU])W(?![AEIU])")


def rows(table: str) -> list[list[str]]:
    """Give the rows of a tab-separated table beside this module; lines that begin with `#` are left out.

    >>> rows("respellings.tsv")[0]
    ['chang', 'zhang', 'Wade-Giles']
    """
    lines = (_HERE / table).read_text(encoding="utf-8").split("\n")
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def sounding(word: str) -> tuple[list[str], str]:
    """Give the keys of a word, each once, and its consonants.

    Of the keys there are at most `MAX_KEYS`, and none where it has no letters of Latin. The consonants are those that
    can be told from a script that writes no vowels: a vowel at the start counts as one letter, all others as none.

    >>> sounding("sergei"), sounding("kuo")
    ((['SArgAI', 'SIrgI'], 'Srk'), (['kU', 'gU'], 'k'))
    >>> sounding("44")
    ([], '')
    >>> [sounding(word)[1] for word in ("muhammad", "mhmd", "ibrahim", "abrhm")]
    ['mhmd', 'mhmd', 'abrhm', 'abrhm']
    """
    keys, consonants = _sounding(word)
    for other in respelt(word):
        keys += _sounding(other)[0]
    return keys if len(keys) == 1 else list(dict.fromkeys(keys))[:MAX_KEYS], consonants


def respelt(word: str) -> tuple[str, ...]:
    """Give a word as other systems spell it: Chinese and Japanese syllable by syllable, others as the table has them.

    >>> respelt("hsiaoping"), respelt("junitiro"), respelt("pak"), respelt("acme")
    (('xiaobing', 'xiaoping'), ('junichiro',), ('park',), ())
    """
    table = _respellings()
    if word in table:
        return table[word]
    if not word.endswith(_ENDS) or not _MARKS.search(word):
        return ()
    chinese = _CHINESE_MARKS.search(word) and _chinese_word().fullmatch(word)
    if chinese:
        choices = [(*table.get(syllable, ()), syllable) for syllable in chinese.groups() if syllable]
        return tuple("".join(choice) for choice in islice(product(*choices), 2))
    if _JAPANESE_MARKS.search(word) and _JAPANESE_WORD.fullmatch(word):
        return (_JAPANESE_MARKS.sub(_hepburn, word),)
    return ()


#: What Wade-Giles has and neither pinyin nor most other languages have; each beginning is one letter, which is faster.
_CHINESE_MARKS = re.compile("hs|tz|ieh|ueh|hih|ss?zu|ssu|ts[aeou]|kuo|tung|jung|erh")
#: What Kunrei-shiki (ISO 3602:1989) spells otherwise than Hepburn; s is the same sound in both.
_HEPBURN = {"ti": "chi", "tu": "tsu", "hu": "fu", "zi": "ji", "ty": "ch", "zy": "j"}
_JAPANESE_MARKS = re.compile("t[iuy]|hu|z[iy]")
#: The last letters of all these syllables; most words of company names end in another.
_ENDS = tuple("aeioungh")
#: Any of these marks: most words have none.
_MARKS = re.compile(f"{_CHINESE_MARKS.pattern}|{_JAPANESE_MARKS.pattern}")
#: Three or more syllables that Japanese can have: shorter words are too many things.
_JAPANESE_WORD = re.compile("(?:(?:[kgsztdnhbpmr]y?|[jfyw]|sh|ch|ts|kk|ss|tt|pp)?[aiueo](?:n(?![aiueoy]))?){3,}")


def _hepburn(spelling: re.Match[str]) -> str:
    return _HEPBURN[spelling[0]]


@cache
def _chinese_word() -> re.Pattern[str]:
    """Match a word of two or three Wade-Giles syllables, each in a group of its own."""
    known = [spelling for spelling, _, system in rows("respellings.tsv") if system.startswith("Wade-Giles")]
    syllable = "|".join(sorted(known, key=len, reverse=True))
    return re.compile(rf"({syllable})({syllable})({syllable})?")


@cache
def _respellings() -> dict[str, tuple[str, ...]]:
    """Map a spelling to the others, of all systems that have it."""
    table: dict[str, tuple[str, ...]] = {}
    for spelling, others, _ in rows("respellings.tsv"):
        table[spelling] = (*table.get(spelling, ()), *others.split(" "))
    return {spelling: others for spelling, others in table.items() if others != (spelling,)}


def _sounding(word: str) -> tuple[list[str], str]:
    """Give the keys of one spelling, and its consonants; e counts as i, and in longer words also as a."""
    sounds = _sounds(word)
    if not sounds:
        return [], ""
    consonants = sounds.partition("\n")[0].translate(_COARSE)
    start = "a" if sounds[0] in "AEIU" else ""
    if "E" in sounds:
        ways = "AI" if len(word) > _SHORT else "I"
        sounds = "\n".join([line.replace("E", way) for line in sounds.split("\n") for way in ways])
    *keys, consonants = _single(f"{sounds}\n{start}{consonants}").split("\n")
    return keys, consonants


def _sounds(word: str) -> str:
    """Give the sounds of a word, a line for each way to read it, the likeliest first."""
    table, cut = _spellings()
    places = list(map(table.__getitem__, cut.findall(f"^{word}$")))
    sounds = "".join(places)
    if " " in sounds:
        choices = [place.split(" ") for place in places]
        sounds = "\n".join(map("".join, islice(product(*choices), _MAX_READINGS)))
    return _settled(sounds) if "W" in sounds else sounds


def _settled(sounds: str) -> str:
    """Settle whether a w is a vowel, which only the sounds beside it can tell."""
    return _W_AS_VOWEL.sub("U", sounds).replace("W", "v")


@cache
def _spellings() -> tuple[dict[str, str], re.Pattern[str]]:
    """Map a spelling to its sounds, with spaces between; and the pattern that cuts a word into spellings."""
    table = {row[0]: row[1] for row in rows("sounds.tsv")}
    return table, longest_first(table)
