"""A normalised name in Latin letters, whatever its script, and in its own where that tells more.

`romanise` gives the readings of a text, the main one first:

1. Latin as written, diacritics folded. Other scripts are romanised run by run, each by the standard of its
   module in `sanctionscreen.names.romanise`; scripts without a module by Unidecode.
2. Han characters as they are, folded to simplified ones (`Hani`): different characters with one reading are
   different names.
3. Other Latin readings of the same characters: Japanese, Cantonese, Korean, where the text can be such a name; and of
   Hangul as a foreign name, where it can be a Korean one.

Every character keeps the trail back to the original.

>>> [(reading.script, reading.standard, reading.text) for reading in romanise(normalise("ПАО «Газпром»").traced)]
[('Latn', 'BGN/PCGN (Russian)', 'pao «gazprom»')]
>>> [(reading.script, reading.text) for reading in romanise(normalise("習近平").traced)]
[('Latn', 'xi jinping'), ('Hani', '习近平'), ('Latn', 'chap kanping')]
>>> romanise(normalise("Hikvision 海康").traced)[0].text
'hikvision haikang'
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from sanctionscreen.names.normalise import normalise
from sanctionscreen.names.romanise import (
    arabic,
    armenian,
    brahmic,
    cyrillic,
    ethiopic,
    georgian,
    greek,
    han,
    han_names,
    hangul,
    hebrew,
    japanese,
    kana,
    khmer,
    latin,
    thai,
)  # fmt: skip
from sanctionscreen.names.scripts import script_of
from sanctionscreen.names.traced import Traced

__all__ = ["AS_WRITTEN", "Romanised", "is_bare", "normalise", "romanise"]


class Romanised(NamedTuple):
    """One reading of a text.

    Attributes:
        script: `Latn`, or the ISO 15924 code of the script that was kept.
        standard: how it was made, for explanations.
        traced: the text, with the trail to the original.
    """

    script: str
    standard: str
    traced: Traced

    @property
    def text(self) -> str:
        """The text of the reading."""
        return self.traced.text


AS_WRITTEN = "as written"
_HEPBURN = "Hepburn"
#: Hangul of which no family name is parted from a given name.
UNPARTED = "Revised Romanization, unparted"
_HUNTERIAN = ("Hunterian", brahmic.romanised)
#: The standard and the module for each script; Cyrillic's standard depends on the language.
_MODULES: Mapping[str, tuple[str, Callable[[str], list[str]]]] = {
    "Arab": ("BGN/PCGN (Arabic script)", arabic.romanised),
    "Armn": ("BGN/PCGN (Armenian)", armenian.romanised),
    "Cyrl": ("", cyrillic.romanised),
    "Ethi": ("BGN/PCGN (Amharic)", ethiopic.romanised),
    "Geor": ("Georgian national system", georgian.romanised),
    "Grek": ("ELOT 743", greek.romanised),
    "Hang": ("Revised Romanization of Korean", hangul.romanised),
    "Hani": ("pinyin", han.romanised),
    "Hebr": ("Academy of the Hebrew Language", hebrew.romanised),
    "Hira": (_HEPBURN, kana.romanised),
    "Kana": (_HEPBURN, kana.romanised),
    "Khmr": ("UNGEGN (Khmer)", khmer.romanised),
    "Latn": (AS_WRITTEN, latin.romanised),
    "Thai": ("Royal Thai General System", thai.romanised),
} | dict.fromkeys(("Beng", "Deva", "Gujr", "Guru", "Knda", "Mlym", "Orya", "Taml", "Telu"), _HUNTERIAN)
#: Scripts that stand beside Han in one language.
_BESIDE_HAN = frozenset({"Bopo", "Hang", "Hani", "Hira", "Kana", "Latn"})
#: Scripts whose words stand beside words of another script without a space.
_UNSPACED = frozenset({"Hani", "Hira", "Kana", "Thai", "Laoo", "Khmr", "Mymr"})


def romanise(traced: Traced) -> tuple[Romanised, ...]:
    """Give the readings of a normalised text, the main one, in Latin letters, first.

    >>> [reading.text for reading in romanise(normalise("Łódź 7").traced)]
    ['lodz 7']
    """
    if traced.text.isascii():
        return (Romanised("Latn", AS_WRITTEN, traced),)
    runs = list(_runs(traced.text))
    scripts = {script for script, _ in runs}
    if scripts == {"Hang"}:
        return _main(traced, runs), *_hangul_readings(traced)
    if "Hani" not in scripts or not scripts <= _BESIDE_HAN:
        return (_main(traced, runs),)
    readings = [_main(traced, runs), *_han_readings(traced)]
    if scripts & {"Hira", "Kana"} and readings[-1].standard == _HEPBURN:
        readings.insert(0, readings.pop())
    return tuple(readings)


def is_bare(word: str) -> bool:
    """Tell whether the romanisation of one normalised word lacks vowels that are spoken.

    >>> is_bare("بوتفليقة"), is_bare("محمد"), is_bare("putin")
    (True, False, False)
    """
    scripts = {script_of(char) for char in word}
    return ("Arab" in scripts and arabic.is_bare(word)) or ("Hebr" in scripts and hebrew.is_bare(word))


def _main(traced: Traced, runs: list[tuple[str, str]]) -> Romanised:
    """Romanise run by run."""
    pieces: list[str] = []
    standards: dict[str, None] = {}
    before = ""
    for script, run in runs:
        standard, romanised = _MODULES.get(script, ("Unidecode", _unidecoded))
        standards[standard or cyrillic.STANDARDS[cyrillic.language(run)]] = None
        spelt = _plain(romanised(run))
        if {script, before} & _UNSPACED and pieces and pieces[-1][-1:].isalnum() and spelt[0][:1].isalnum():
            spelt[0] = " " + spelt[0]
        pieces += spelt
        before = script
    standards.pop(AS_WRITTEN, None)
    return Romanised("Latn", ", ".join(standards) or AS_WRITTEN, _respelt(traced, pieces))


def _hangul_readings(traced: Traced) -> Iterator[Romanised]:
    """Give the other readings of a text in Hangul: kept, and with no family name parted from a given name."""
    yield Romanised("Hang", AS_WRITTEN, traced)
    pieces = hangul.unparted(traced.text)
    if pieces is not None:
        yield Romanised("Latn", UNPARTED, _respelt(traced, pieces))


def _han_readings(traced: Traced) -> Iterator[Romanised]:
    """Give the other readings of a text with Han characters: kept, Cantonese, Korean, Japanese."""
    text = traced.text
    yield Romanised("Hani", AS_WRITTEN, _respelt(traced, list(han.simplified(text))))
    for standard, romanised in (
        ("Cantonese (Hong Kong Government)", han_names.cantonese),
        ("Sino-Korean, Revised Romanization", han_names.korean),
        (_HEPBURN, japanese.romanised),
    ):
        pieces = romanised(text)
        if pieces is not None:
            yield Romanised("Latn", standard, _respelt(traced, _plain(pieces)))


def _respelt(traced: Traced, pieces: list[str]) -> Traced:
    """Write each character of a text as a piece, and keep the trail; a silent letter goes with the one before."""
    ends = list(traced.ends)
    for place in range(len(pieces) - 1, 0, -1):
        if not pieces[place] and traced.text[place] != " ":
            ends[place - 1] = max(ends[place - 1], ends[place])
    return Traced.joined(zip(pieces, traced.starts, ends, strict=True))


def _runs(text: str) -> Iterator[tuple[str, str]]:
    """Cut a text where its script changes; what belongs to no script goes with what is before it."""
    scripts: list[str] = []
    current = next(filter(None, map(script_of, text)), "Latn")
    for char in text:
        current = script_of(char) or current
        scripts.append(current)
    place = 0
    for script, group in groupby(scripts):
        length = len(list(group))
        yield script, text[place : place + length]
        place += length


def _plain(pieces: list[str]) -> list[str]:
    """Leave nothing but plain Latin letters: what a module does not know goes to Unidecode."""
    return [piece if piece.isascii() else "".join(map(_decoded, piece)) for piece in pieces]


def _unidecoded(text: str) -> list[str]:
    return [_decoded(char) for char in text]


@lru_cache(maxsize=8192)
def _decoded(char: str) -> str:
    """Give Unidecode's spelling in small letters; punctuation stays as it is, marks are dropped."""
    from unidecode import unidecode  # wanted for rare characters alone

    if char.isascii() or not (char.isalnum() or script_of(char)):
        return char
    return "".join(filter(str.isalnum, unidecode(char, errors="ignore").lower()))
