r"""A name as typed, made comparable: same letters, same characters, whatever hand or machine wrote it.

The steps, in order (each keeps the trail back to the original, see `Traced`):

1. Cut at `MAX_LENGTH` characters; a note says so.
2. Take out what cannot be seen: controls, lone surrogates, zero-width and bidirectional characters,
   variation selectors, soft hyphens. Text under a right-to-left override is read in the order in which it
   is seen. Where no honest spelling puts such a character, that is a disguise: `zero_width`, `bidi`.
3. Write every apostrophe as `'`, every dash as `-`, every kind of white space as one space, none at the ends.
4. Unicode NFKC (https://www.unicode.org/reports/tr15/) and full case folding. A Turkish dotted capital
   becomes a plain i; a dotless ı stays, until romanisation makes it i.
5. In a word of Latin, Cyrillic, Greek or Cherokee letters mixed, letters that look like one of the word's
   main script become that letter (Unicode UTS #39, https://www.unicode.org/reports/tr39/, "mixed-script
   confusables"), unless a letter of the word has no such double. So does a word of four letters or more in
   which every letter is a double, in a name that is otherwise Latin ("whole-script confusables"). A disguise:
   `homoglyph`. So are letters of the mathematical, squared and regional-indicator alphabets.
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
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby
from typing import NamedTuple

from sanctionscreen.names.scripts import JOINER_SCRIPTS, RIGHT_TO_LEFT, UNSPACED_SCRIPTS, script_of
from sanctionscreen.names.tsv import rows

#: Characters of a name that are read. The longest name on the lists of OFAC, BIS, UN, EU and UK has fewer
#: than 400; more than this is no name.
MAX_LENGTH = 512


@dataclass(frozen=True, slots=True)
class Traced:
    """A text made from another one, and for each of its characters the span of the original it came from.

    `starts[i]` and `ends[i]` (excluded) belong to `text[i]`.

    >>> traced = normalise("Ｃaﬀe").traced
    >>> traced.text, traced.span(2, 4)  # both letters of the ligature
    ('caffe', (2, 3))
    """

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    @classmethod
    def whole(cls, text: str) -> Traced:
        """Trace a text to itself."""
        return cls(text, range(len(text)), range(1, len(text) + 1))

    @classmethod
    def joined(cls, pieces: Iterable[tuple[str, int, int]]) -> Traced:
        """Join pieces of text, each with the span of the original that it came from."""
        text: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        for piece, start, end in pieces:
            text.append(piece)
            starts.extend([start] * len(piece))
            ends.extend([end] * len(piece))
        return cls("".join(text), tuple(starts), tuple(ends))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Give the span of the original that `text[start:end]` came from; needs `start < end`."""
        return min(self.starts[start:end]), max(self.ends[start:end])

    def part(self, start: int, end: int) -> Traced:
        """Give `text[start:end]` with its trail."""
        return Traced(self.text[start:end], self.starts[start:end], self.ends[start:end])


@dataclass(frozen=True, slots=True)
class Normalised:
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


class _Char(NamedTuple):
    """A folded character, as it was before case folding, and its span in the original."""

    folded: str
    cased: str
    start: int
    end: int


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
    return not ((_LOOKALIKE.search(text) and _LATIN.search(text)) or _MIXABLE.search(text))


def _normalise_any(original: str) -> Normalised:
    disguises: list[str] = []
    chars = _fold_confusables(_folded(_visible(original[:MAX_LENGTH], disguises), disguises), disguises)
    chars = _single_spaced(chars)
    notes: tuple[str, ...] = ()
    if len(original) > MAX_LENGTH or len(chars) > MAX_LENGTH:
        notes = (f"the name is longer than {MAX_LENGTH} characters; only those were read",)
        chars = _single_spaced(chars[:MAX_LENGTH])
    traced = Traced.joined((char.folded, char.start, char.end) for char in chars)
    return Normalised(traced, tuple(dict.fromkeys(disguises)), notes)


# Step 2: what cannot be seen. ---------------------------------------------------------------------------

_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_OVERRIDES = frozenset("\u202d\u202e")
_JOINERS = frozenset("\u200c\u200d")
_WORD_BREAKS = frozenset("\u200b\u2060")
_VARIATIONS = frozenset(
    [*map(chr, range(0xFE00, 0xFE10)), *map(chr, range(0xE0100, 0xE01F0)), *"\u180b\u180c\u180d\u180f"]
)
#: Of Unicode's default-ignorable characters, those that are letters or marks by category.
_BLANK_LETTERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0") | _VARIATIONS
_REVERSED = re.compile("\u202e([^\u202c\u202e]*)")


@lru_cache(maxsize=8192)
def _is_invisible(char: str) -> bool:
    return char in _BLANK_LETTERS or (not char.isspace() and unicodedata.category(char) in {"Cc", "Cf", "Cs"})


def _visible(text: str, disguises: list[str]) -> list[tuple[str, int]]:
    """Give the characters that can be seen, each with its place, in the order in which they are seen."""
    order = list(range(len(text)))
    for override in _REVERSED.finditer(text):
        if _reads_backwards(override[1]):
            order[override.start(1) : override.end(1)] = reversed(range(*override.span(1)))
    kept = []
    for place in order:
        if _is_invisible(text[place]):
            disguises.extend(_disguise(text, place))
        else:
            kept.append((text[place], place))
    return kept


def _reads_backwards(text: str) -> bool:
    """Tell whether an override turns this text round: it has letters, none of a right-to-left script."""
    return not any(script_of(char) in RIGHT_TO_LEFT or _is_continuation(char) for char in text)


def _disguise(text: str, place: int) -> Iterator[str]:
    """Name the disguise that an invisible character is, if no honest spelling puts it there."""
    char = text[place]
    if char in _OVERRIDES:
        yield "bidi"
        return
    before = _neighbour(reversed(text[:place]))
    after = _neighbour(text[place + 1 :])
    if not (before.isalnum() and after.isalnum()) or char == "\u00ad":
        return
    beside = {script_of(before), script_of(after)}
    if char in _BIDI:
        if not any(script_of(other) in RIGHT_TO_LEFT for other in text):
            yield "bidi"
    elif not beside & _ordinary_beside(char) and unicodedata.category(char) not in {"Cc", "Cs"}:
        yield "zero_width"


def _neighbour(text: Iterable[str]) -> str:
    """Give the nearest character that can be seen; marks count as the letter that carries them."""
    return next((char for char in text if not _is_invisible(char) and not unicodedata.combining(char)), "")


def _ordinary_beside(char: str) -> frozenset[str]:
    """Give the scripts whose ordinary spelling has this invisible character inside words."""
    if char in _JOINERS:
        return JOINER_SCRIPTS
    if char in _WORD_BREAKS:
        return UNSPACED_SCRIPTS
    if char in _VARIATIONS:
        return frozenset({"Hani", "Mong", "Mymr", ""})
    return frozenset({"Hang", "Khmr"}) if char in _BLANK_LETTERS else frozenset()


#: Two scripts of the lookalike table in one text, so far as a quick look tells.
_LATIN = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_LOOKALIKE = re.compile("[\u0370-\u052f\u1f00-\u1fff]")
_MIXABLE = re.compile(
    "[\u0370-\u03ff].*[\u0400-\u052f]|[\u0400-\u052f].*[\u0370-\u03ff]|[\u13a0-\u13ff\uab70-\uabbf]"
)


# Steps 3 and 4: one spelling for each character. --------------------------------------------------------

_APOSTROPHES = "‘’‚‛ʹʻʼʽˈ´′＇ꞌ՚"
_DASHES = "‐‑‒–—―−⁃﹘﹣－"
_PLAIN = {ord(char): "'" for char in _APOSTROPHES} | {ord(char): "-" for char in _DASHES}
#: Printable characters that are to be replaced or taken out.
_UNUSUAL = re.compile(
    f"[{_APOSTROPHES}{_DASHES}\u0130\u0307\U0001f130-\U0001f1ff{''.join(_BLANK_LETTERS)}]"
)


@lru_cache(maxsize=8192)
def _is_continuation(char: str) -> bool:
    """Tell whether a character belongs to the one before: a mark, or a Hangul vowel or final."""
    first = unicodedata.normalize("NFKD", char)[0]
    return unicodedata.category(first) in {"Mn", "Mc", "Me"} or "\u1160" <= first <= "\u11ff"


def _folded(visible: list[tuple[str, int]], disguises: list[str]) -> list[_Char]:
    """Compose and case-fold a text cluster by cluster: a character with the marks that follow it."""
    chars: list[_Char] = []
    place = 0
    while place < len(visible):
        end = place + 1
        while end < len(visible) and _is_continuation(visible[end][0]):
            end += 1
        cluster = "".join(char for char, _ in visible[place:end])
        places = [original for _, original in visible[place:end]]
        chars.extend(_Char(*pair, min(places), max(places) + 1) for pair in _fold(cluster))
        if not cluster.isascii() and _is_styled(cluster[0]):
            disguises.append("homoglyph")
        place = end
    return chars


@lru_cache(maxsize=16384)
def _fold(cluster: str) -> tuple[tuple[str, str], ...]:
    """Give the characters that a cluster becomes, each folded and as it was before case folding."""
    if cluster.isspace():
        return ((" ", " "),)
    cased = unicodedata.normalize("NFKC", _unstyled(cluster.translate(_PLAIN)))
    if cased[0] == " ":  # a spacing accent: NFKC makes it a space that carries a mark
        return ((" ", " "),)
    folded = cased
    for _ in range(
        3
    ):  # case folding can undo composition, and composition case folding; two rounds settle it
        folded = unicodedata.normalize("NFKC", folded.casefold()).replace("i\u0307", "i")
    if len(cased) != len(folded):
        cased = folded
    return tuple(zip(folded, cased, strict=True))


def _is_styled(char: str) -> bool:
    """Tell whether a letter is of an alphabet made for formulas or signs, not for names."""
    return "\U0001d400" <= char <= "\U0001d7ff" or "\U0001f130" <= char <= "\U0001f1ff"


def _unstyled(cluster: str) -> str:
    """Write negative-circled, negative-squared and regional-indicator letters, which NFKC keeps, plainly."""
    code = ord(cluster[0])
    for first in (0x1F150, 0x1F170, 0x1F1E6):
        if first <= code < first + 26:
            return chr(ord("A") + code - first) + cluster[1:]
    return cluster


def _single_spaced(chars: Sequence[_Char]) -> list[_Char]:
    """Give the characters with runs of spaces made one, and none at the ends."""
    spaced = [
        char for place, char in enumerate(chars) if char.folded != " " or chars[place - 1].folded != " "
    ]
    if spaced and spaced[0].folded == " ":
        del spaced[0]
    if spaced and spaced[-1].folded == " ":
        del spaced[-1]
    return spaced


# Step 5: letters that look like those of another script. ------------------------------------------------

_LOOKALIKE_SCRIPTS = ("Latn", "Cyrl", "Grek", "Cher")
#: A word shorter than this may be a whole word of another script: ОАО, РАО, ΑΕ.
_WHOLE_WORD_LENGTH = 4


@cache
def _lookalikes() -> dict[tuple[str, str], str]:
    """Map a letter and a script to the letter of that script that looks the same."""
    table = {}
    for row in rows("confusables.tsv"):
        cells = [(script, cell) for script, cell in zip(_LOOKALIKE_SCRIPTS, row, strict=True) if cell != "-"]
        for script, cell in cells:
            for _, letters in cells:
                table.update({(letter, script): cell[0].casefold() for letter in letters})
    return table


def _fold_confusables(chars: list[_Char], disguises: list[str]) -> list[_Char]:
    """Fold letters to the main script of their word, then doubles of whole words to Latin."""
    if all(char.folded.isascii() for char in chars):
        return chars
    words = [list(word) for _, word in groupby(chars, key=lambda char: char.folded == " ")]
    folded = [_fold_mixed(word) for word in words]
    if _is_otherwise_latin(folded):
        folded = [_fold_whole(word) for word in folded]
    if folded != words:
        disguises.append("homoglyph")
    return [char for word in folded for char in word]


def _script_counts(word: Iterable[_Char]) -> Counter[str]:
    scripts = (script_of(char.folded) for char in word)
    return Counter(script for script in scripts if script in _LOOKALIKE_SCRIPTS)


def _fold_mixed(word: list[_Char]) -> list[_Char]:
    """Fold a word of mixed script to its main one, where every other letter has a double there."""
    counts = _script_counts(word)
    if len(counts) < 2:
        return word
    main = max(_LOOKALIKE_SCRIPTS, key=lambda script: counts[script])
    return _folded_to(main, word)


def _is_otherwise_latin(words: list[list[_Char]]) -> bool:
    """Tell whether a name has Latin words, and no other words but doubles of Latin ones."""
    scripts = [tuple(_script_counts(word)) for word in words]
    return ("Latn",) in scripts and all(
        found in {(), ("Latn",)} or _folded_to("Latn", word) is not word
        for found, word in zip(scripts, words, strict=True)
    )


def _fold_whole(word: list[_Char]) -> list[_Char]:
    letters = sum(_script_counts(word).values())
    return _folded_to("Latn", word) if letters >= _WHOLE_WORD_LENGTH else word


def _folded_to(script: str, word: list[_Char]) -> list[_Char]:
    """Write a word with the letters of one script, or give the word itself where a letter has no double."""
    folded = []
    for char in word:
        if script_of(char.folded) in {script, ""}:
            folded.append(char)
            continue
        table = _lookalikes()
        double = table.get((char.cased, script)) or table.get((char.folded, script))
        if double is None:
            return word
        folded.append(char._replace(folded=double, cased=double))
    return folded


# Other readings. ----------------------------------------------------------------------------------------

_LEET = str.maketrans("01345678@$!|", "oieasgtbasii")
_LEET_WORD = re.compile(r"(?=.*[a-z].*[a-z].*[a-z])[a-z01345678@$!|]{4,}")
_NUMBER_INSIDE = re.compile(r"\d{3}|\d\d$|(?<![a-z]{4})\d$")
_VOWEL_BESIDE_ONE = re.compile(r"(?<=[aeiou])1|(?<![a-z0-9])1(?=[aeiou])|1(?=1)")
_SPACED = re.compile(r"(?<![^\W_])[^\W\d_](?:[ ._-]{1,2}[^\W\d_](?![^\W_])){2,}\.?")


def unleet(word: str) -> str | None:
    """Read the digits in a normalised word as the letters they stand for; None where nothing suggests it.

    There must be three letters and at most half as many digits, none of them a number of its own: three
    digits in a row, two at the end, or one after fewer than four letters. So `3m`, `b2b`, `a10`, `10x` and
    hull numbers are left alone. A 1 is an l beside a vowel, else an i.

    >>> unleet("h1kvision"), unleet("m1cr0s0ft"), unleet("huawe1"), unleet("$m!c")
    ('hikvision', 'microsoft', 'huawel', None)
    >>> [unleet(word) for word in ("3m", "b2b", "a10", "10x", "s24", "web3", "imo9187629", "hikvision")]
    [None, None, None, None, None, None, None, None]
    """
    if word.isalpha() or _LEET_WORD.fullmatch(word) is None:
        return None
    letters = sum(map(str.isalpha, word))
    if letters < 2 * (len(word) - letters) or _NUMBER_INSIDE.search(word):
        return None
    return _VOWEL_BESIDE_ONE.sub("l", word).translate(_LEET)


def unspaced(traced: Traced) -> Traced | None:
    """Join three or more letters that stand one by one; None where there are none.

    >>> unspaced(normalise("S M I C Holdings").traced).text
    'smic holdings'
    >>> unspaced(normalise("H.I.K.V.I.S.I.O.N").traced).text
    'hikvision'
    >>> unspaced(normalise("A B Volvo").traced) is None
    True
    """
    runs = list(_SPACED.finditer(traced.text))
    if not runs:
        return None
    dropped = {place for run in runs for place in range(*run.span()) if not traced.text[place].isalpha()}
    kept = [place for place in range(len(traced.text)) if place not in dropped]
    return Traced.joined((traced.text[place], traced.starts[place], traced.ends[place]) for place in kept)
