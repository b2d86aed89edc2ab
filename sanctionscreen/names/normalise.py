r"""A name as typed, made comparable: same letters, same characters, whatever hand or machine wrote it.

The steps, in order (each keeps the trail back to the original, see `Traced`):

1. Cut at `MAX_LENGTH` characters; a note says so.
2. Take out what cannot be seen: terminal codes, controls, lone surrogates, zero-width and bidirectional
   characters, variation selectors, soft hyphens. Text under a right-to-left override is read in the order in which it
   is seen. Where no honest spelling puts such a character, that is a disguise: `zero_width`, `bidi`.
3. Write every apostrophe as `'`, every dash as `-`, every kind of white space as one space, none at the ends.
4. Unicode NFKC (https://www.unicode.org/reports/tr15/) and full case folding. A Turkish dotted capital
   becomes a plain i; a dotless ı stays, until romanisation makes it i.
5. In a word of Latin, Cyrillic, Greek or Cherokee letters mixed, letters that look like one of the word's
   main script become that letter (Unicode UTS #39, https://www.unicode.org/reports/tr39/, "mixed-script
   confusables"), unless a letter of the word has no such double. So does a word of four letters or more in
   which every letter is a double, in a name that is otherwise Latin ("whole-script confusables"). A disguise:
   `homoglyph`. So are letters of the mathematical, circled and squared alphabets.
6. Cut again at `MAX_LENGTH`, for a ligature may unfold to many letters.

Not done here: no letter loses its diacritics, nothing is transliterated (that is `romanise`), punctuation
and legal forms stay (that is `parse`), and digits are left alone: `unleet` and `unspaced` give other
readings for the parser to try. Normalising twice equals normalising once.

>>> normalise("Ηikvision\u200b  EUROPE").text  # begins with a Greek capital eta
'hikvision europe'
>>> normalise("Ηik\u200bvision").disguises
('zero_width', 'homoglyph')
>>> normalise("می\u200cشود").disguises  # ordinary Persian spelling
()
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from sanctionscreen.names.confusables import fold_confusables, may_be_confused
from sanctionscreen.names.disguised import unleet, unspaced
from sanctionscreen.names.invisible import BLANK_LETTERS, visible
from sanctionscreen.names.traced import Char, Traced, is_continuation

__all__ = ["MAX_LENGTH", "Normalised", "Traced", "normalise", "unleet", "unspaced"]

#: Characters of a name that are read. The longest name on the lists of OFAC, BIS, UN, EU and UK has fewer
#: than 400; more than this is no name.
MAX_LENGTH = 512

#: How a note ends that says what of a name was read, and so that the rest was not.
CUT = "; only those were read"

_APOSTROPHES = "‘’‚‛ʹʻʼʽˈ´′＇ꞌ՚"
_DASHES = "‐‑‒–—―−⁃﹘﹣－"
_PLAIN = {ord(char): "'" for char in _APOSTROPHES} | {ord(char): "-" for char in _DASHES}
#: Printable characters that are to be replaced or taken out.
_UNUSUAL = re.compile(f"[{_APOSTROPHES}{_DASHES}\u0130\u0307\U0001f130-\U0001f189{''.join(BLANK_LETTERS)}]")


class Normalised(NamedTuple):
    """A normalised name.

    Attributes:
        traced: the text, with the trail to the original.
        disguises: what was undone that no honest spelling needs: `zero_width`, `bidi`, `homoglyph`.
        notes: what a user must be told.
    """

    traced: Traced
    disguises: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The normalised text."""
        return self.traced.text


def normalise(original: str) -> Normalised:
    r"""Normalise a name by the steps at the head of this module; never raises.

    >>> normalise("Straße 7").text, normalise("İŞ Bankası").text, normalise("\ud800").text
    ('strasse 7', 'iş bankası', '')
    """
    if len(original) > MAX_LENGTH or not original.isprintable() or "  " in original:
        return _normalise_any(original)
    if original[:1] == " " or original[-1:] == " ":
        return _normalise_any(original)
    if original.isascii():
        return Normalised(Traced.whole(original.lower()))
    folded = original.casefold()
    if len(folded) == len(original) and _is_plain(original) and _is_plain(folded):
        return Normalised(Traced.whole(folded))
    return _normalise_any(original)


def _is_plain(text: str) -> bool:
    """Tell whether every step but case folding leaves a printable text as it is."""
    if _UNUSUAL.search(text) or not unicodedata.is_normalized("NFKC", text):
        return False
    return not may_be_confused(text)


def _normalise_any(original: str) -> Normalised:
    disguises: list[str] = []
    seen = [Char(char, char, place, place + 1) for char, place in visible(original[:MAX_LENGTH], disguises)]
    chars = _folded(seen, disguises)
    unmixed = fold_confusables(chars, disguises)
    if unmixed is not chars:  # a letter and the mark behind it may be one character now
        chars = _folded(unmixed, disguises)
    chars = _single_spaced(chars)
    notes: tuple[str, ...] = ()
    if len(original) > MAX_LENGTH or len(chars) > MAX_LENGTH:
        notes = (f"the name is longer than {MAX_LENGTH} characters{CUT}",)
        chars = _single_spaced(chars[:MAX_LENGTH])
    traced = Traced.joined((char.folded, char.start, char.end) for char in chars)
    return Normalised(traced, tuple(dict.fromkeys(disguises)), notes)


def _folded(seen: list[Char], disguises: list[str]) -> list[Char]:
    """Compose and case-fold a text cluster by cluster: a character with the marks that follow it."""
    chars: list[Char] = []
    place = 0
    while place < len(seen):
        end = place + 1
        while end < len(seen) and is_continuation(seen[end].folded):
            end += 1
        cluster = "".join(char.folded for char in seen[place:end])
        start, stop = min(char.start for char in seen[place:end]), max(char.end for char in seen[place:end])
        chars.extend(Char(*pair, start, stop) for pair in _fold(cluster))
        if _is_styled(cluster[0]) and chars[-1].folded != cluster[-1]:
            disguises.append("homoglyph")
        place = end
    return chars


@lru_cache(maxsize=16384)
def _fold(cluster: str) -> tuple[tuple[str, str], ...]:
    """Give the characters that a cluster becomes, each folded and as it was before case folding."""
    cased = unicodedata.normalize("NFKC", _unstyled(cluster.translate(_PLAIN)))
    if cased[0] == " ":  # also a spacing accent, which NFKC makes a space that carries a mark
        return ((" ", " "),)
    folded = cased
    for _ in range(3):  # case folding can undo composition, and composition case folding; two rounds settle it
        folded = unicodedata.normalize("NFKC", folded.casefold()).replace("i\u0307", "i")
    if len(cased) != len(folded):
        cased = folded
    return tuple(zip(folded, cased, strict=True))


def _is_styled(char: str) -> bool:
    """Tell whether a letter is of an alphabet made for formulas or signs, not for names."""
    return "\U0001d400" <= char <= "\U0001d7ff" or "\U0001f130" <= char <= "\U0001f189"


def _unstyled(cluster: str) -> str:
    """Write negative-circled and negative-squared letters, which NFKC keeps, plainly."""
    code = ord(cluster[0])
    for first in (0x1F150, 0x1F170):
        if first <= code < first + 26:
            return chr(ord("A") + code - first) + cluster[1:]
    return cluster


def _single_spaced(chars: Sequence[Char]) -> list[Char]:
    """Give the characters with runs of spaces made one, and none at the ends."""
    spaced = [char for place, char in enumerate(chars) if char.folded != " " or chars[place - 1].folded != " "]
    if spaced and spaced[0].folded == " ":
        del spaced[0]
    if spaced and spaced[-1].folded == " ":
        del spaced[-1]
    return spaced
