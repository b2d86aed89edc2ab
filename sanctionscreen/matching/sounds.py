"""Words that sound alike: spellings of one name by many standards share a key.

A word is cut into spellings (`sounds.tsv`, each with the language or standard that spells so) and these into
sounds: consonants of one class, vowels of three. Where a spelling sounds otherwise in another language the word
gets another key; so does a word that `respellings.tsv` gives in another system, as Wade-Giles for pinyin. Two
words sound alike if they share a key. Nothing here knows scripts: words come romanised, in small letters.

>>> all(sound_keys(a) & sound_keys(b) for a, b in [
...     ("muhammad", "mohammed"), ("yevgeny", "evgenii"), ("hussein", "husayn"), ("tchaikovsky", "chaykovskiy"),
...     ("mueller", "muller"), ("hsiao", "xiao"), ("jon", "john"), ("ali", "aly"), ("mehmet", "mohamed")])
True
>>> any(sound_keys(a) & sound_keys(b) for a, b in [
...     ("ali", "ola"), ("kim", "kam"), ("mahmoud", "muhammad"), ("hasan", "hussein"), ("ivanov", "ivanova")])
False
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
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
#: A sound before the same sound.
_REPEATED = re.compile(r"(.)(?=\1)")
_W_AS_VOWEL = re.compile("(?<=[AEIU])W(?![AEIU])")


def rows(table: str) -> list[list[str]]:
    """Give the rows of a tab-separated table beside this module; lines that begin with `#` are left out.

    >>> rows("respellings.tsv")[0]
    ['chang', 'zhang', 'Wade-Giles']
    """
    lines = (_HERE / table).read_text(encoding="utf-8").split("\n")
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


@lru_cache(maxsize=65536)
def sound_keys(word: str) -> frozenset[str]:
    """Give the keys of a word, at most `MAX_KEYS`; none where it has no letters of Latin.

    >>> sorted(sound_keys("sergei")), sorted(sound_keys("kuo"))
    (['SArgAI', 'SIrgI'], ['gU', 'kU'])
    >>> sound_keys("44")
    frozenset()
    """
    keys = _keys(word)
    for other in respelt(word):
        keys += _keys(other)
    return frozenset(islice(dict.fromkeys(filter(None, keys)), MAX_KEYS))


def respelt(word: str) -> tuple[str, ...]:
    """Give a word as other systems spell it: Chinese and Japanese syllable by syllable, others as the table has them.

    >>> respelt("hsiaoping"), respelt("junitiro"), respelt("pak"), respelt("acme")
    (('xiaobing', 'xiaoping'), ('junichiro',), ('park',), ())
    """
    table = _respellings()
    if word in table:
        return table[word]
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


def _keys(word: str) -> list[str]:
    """Give the keys of one spelling; e counts as i, and in longer words also as a."""
    ways = "AI" if len(word) > _SHORT else "I"
    return _single("\n".join([line.replace("E", way) for line in _sounds(word) for way in ways])).split("\n")


@lru_cache(maxsize=4096)
def _sounds(word: str) -> list[str]:
    """Give the sounds of a word, in each way to read it, the likeliest first."""
    table, cut = _spellings()
    places = [table[spelling] for spelling in cut.findall(f"^{word}$")]
    readings = map("".join, islice(product(*places), _MAX_READINGS))
    return [_settled(sounds) if "W" in sounds else sounds for sounds in readings]


def _settled(sounds: str) -> str:
    """Settle whether a w is a vowel, which only the sounds beside it can tell."""
    return _W_AS_VOWEL.sub("U", sounds).replace("W", "v")


def _single(sounds: str) -> str:
    """Make every run of one sound a single one."""
    return _REPEATED.sub("", sounds)


@cache
def _spellings() -> tuple[dict[str, tuple[str, ...]], re.Pattern[str]]:
    """Map a spelling to its sounds; and the pattern that cuts a word into spellings."""
    table = {row[0]: tuple(row[1].split(" ")) for row in rows("sounds.tsv")}
    return table, longest_first(table)


_COARSE = str.maketrans({"p": "b", "v": "f", "g": "k", "C": "S"} | dict.fromkeys("AEIU", ""))


@lru_cache(maxsize=65536)
def skeleton(word: str) -> str:
    """Give the consonants of a romanised word, as they can be told from a script that writes no vowels.

    A vowel at the start counts as one letter, all others as none.

    >>> skeleton("muhammad"), skeleton("mhmd"), skeleton("ibrahim"), skeleton("abrhm")
    ('mhmd', 'mhmd', 'abrhm', 'abrhm')
    """
    sounds = _sounds(word)[0]
    bare = _single(sounds).translate(_COARSE)
    return _single("a" + bare if sounds[:1] in {"A", "E", "I", "U"} else bare)
