"""Names as they are heard through another script: Springsteen is スプリングスティーン, Clinton 克林顿.

A script that was not made for a name keeps of it what it can: Japanese has no l, Korean no f, Chinese no
consonants without a vowel, Arabic and Hebrew write few vowels. What is left is a row of consonants in coarse
classes, one set of classes a script (`heard_classes.tsv`). A word in Latin letters gets the keys by which it
would be found from each script; a word romanised from a script gets the keys of that script. Equal keys mean
that one may be the other.

>>> heard_keys("springsteen", "Latn") & heard_keys("supuringusutin", "Kana")
frozenset({'Kana:sprngstn'})
>>> bool(heard_keys("clinton", "Latn") & heard_keys("kelindun", "Hani"))
True
>>> heard_keys("clinton", "Latn") & heard_keys("bushi", "Hani")
frozenset()
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain, islice, product
from pathlib import Path

from sanctionscreen.matching.spellings import longest_first

#: Scripts whose words have keys of their own; kana of both kinds are one.
SCRIPTS = ("Arab", "Cyrl", "Hang", "Hani", "Hebr", "Kana")

_HERE = Path(__file__).parent
#: Readings of one word that are followed, the likeliest first.
_MAX_READINGS = 12
#: Consonants that a key needs: fewer say too little.
_FEWEST = 2

#: Signs of a vowel; E is one that Korean puts between consonants.
_VOWELS = "VE"
#: Liquids and nasals, and what they are where no vowel follows.
_WAITING = "rlmRLM"
#: What a liquid or nasal is written as before a vowel, while the others wait.
_ONSETS = {"rV": "1", "lV": "2", "mV": "3"}
#: Vowels that a script puts behind a consonant that has none of its own, as romanised.
_FILLING = {"Kana": re.compile(r"(?<=[b-df-hj-np-tv-z])u(?![aeio])|(?<=[dt])o(?![aeiu])"), "Hang": re.compile("eu")}
#: The start of a reading, which a vowel makes a letter.
_START = "^"


def _rows(table: str) -> Iterator[list[str]]:
    for line in (_HERE / table).read_text(encoding="utf-8").split("\n"):
        if line and not line.startswith("#"):
            yield line.split("\t")


def heard_keys(word: str, script: str, listeners: tuple[str, ...] = SCRIPTS) -> frozenset[str]:
    """Give the keys of a romanised word: for other scripts if it was written in Latin letters, else for its own.

    Args:
        word: small Latin letters.
        script: ISO 15924 code of the script that the word was written in.
        listeners: the scripts to give a Latin word keys for; an index of one script needs no others.

    >>> sorted(heard_keys("putin", "Cyrl")), heard_keys("putin", "Thai"), heard_keys("li", "Hani")
    (['Cyrl:ptn'], frozenset(), frozenset())
    """
    script = "Kana" if script == "Hira" else script
    if script == "Latn":
        spellings = _spelt(word, script)
        return frozenset(chain.from_iterable([_keys(spellings, script, heard) for heard in listeners]))
    return frozenset(_keys(_spelt(word, script), script, script)) if script in SCRIPTS else frozenset()


def unfilled(word: str, script: str) -> str:
    """Give a romanised word without the vowels that the script has put in, so far as that can be told.

    >>> unfilled("supuringusutin", "Kana"), unfilled("seupeuringseutin", "Hang"), unfilled("kelindun", "Hani")
    ('springstin', 'springstin', 'kelindun')
    """
    return _FILLING[script].sub("", word) if script in _FILLING else word


def _spelt(word: str, script: str) -> list[str]:
    """Cut a word into the spellings that the table knows, the longest first; what it does not know is left out."""
    return _spelling(script).findall(f"^{word}$")


@cache
def _spelling(script: str) -> re.Pattern[str]:
    return longest_first(_spellings(script))


def _keys(spellings: list[str], written: str, heard: str) -> list[str]:
    """Give the keys of a word written in one script and heard in another, or in the same."""
    folded = _folded(written, heard)
    choices = [folded[spelling] for spelling in spellings]
    readings = _marked(set(map("".join, islice(product(*choices), _MAX_READINGS))))
    endings = _endings(heard)[: None if written == "Latn" else 1]
    kept = {consonants for table in endings for consonants in readings.translate(table).split("\n")}
    return [f"{heard}:{one}" for one in kept if len(one) - (one[:1] == "a") >= _FEWEST]


def _marked(readings: Iterable[str]) -> str:
    """Write readings a line each, with marks for what a vowel changes: the start, and what stands before it."""
    marked = _START + f"\n{_START}".join(readings)
    for sounds, onset in _ONSETS.items():
        marked = marked.replace(sounds, onset)
    for vowel in _VOWELS:
        marked = marked.replace(_START + vowel, "a")
    return marked


@cache
def _spellings(script: str) -> dict[str, tuple[str, ...]]:
    """Map a spelling to its sounds, the likeliest first."""
    return {
        spelling: tuple(sounds.replace("*", "").split(" "))
        for row_script, spelling, sounds in _rows("heard.tsv")
        if row_script == script
    }


@cache
def _classes(script: str) -> dict[str, tuple[str, ...]]:
    """Map a sound to the classes it may be heard as in a script."""
    return {
        sound: tuple(classes.replace("*", "").split(" "))
        for row_script, sounds, classes in _rows("heard_classes.tsv")
        for sound in sounds.split()
        if row_script == script
    }


@cache
def _folded(written: str, heard: str) -> dict[str, tuple[str, ...]]:
    """Map a spelling to its sounds in the classes of a script; liquids and nasals wait for what follows them."""
    table = {ord(sound): to[0] for sound, to in _classes(heard).items() if sound not in _WAITING}
    return {
        spelling: tuple(dict.fromkeys(sound.translate(table) for sound in sounds))
        for spelling, sounds in _spellings(written).items()
    }


@cache
def _endings(heard: str) -> list[dict[int, str]]:
    """Give the ways to fold what waited and drop the vowels, one for each way in which a coda may be heard."""
    classes = _classes(heard)
    tables = []
    for way in range(max(map(len, classes.values()))):
        table = dict.fromkeys(map(ord, _VOWELS + _START), "")
        for sounds, mark in _ONSETS.items():
            sound = sounds[0]
            onset = classes.get(sound, (sound,))
            coda = classes.get(sound.upper(), onset)
            table[ord(mark)] = onset[way % len(onset)]
            table[ord(sound)] = table[ord(sound.upper())] = coda[way % len(coda)]
        tables.append(table)
    return tables
