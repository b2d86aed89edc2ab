"""Other ways to cut the same text: glued words, family name first, digits for letters.

Each gives words or text in place of those as they stand, or None where there is nothing to change.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from sanctionscreen.names.disguised import has_small_l
from sanctionscreen.names.lexicon import latin_words
from sanctionscreen.names.name import Role
from sanctionscreen.names.normalise import Traced, unleet
from sanctionscreen.names.senses import NO_SENSES
from sanctionscreen.names.splitting import Word
from sanctionscreen.names.traits import NO_PERSON, signs_of, traits
from sanctionscreen.records import Kind

_CHUNK = re.compile(r"(?<![^\W_])[a-z0-9@$!|]+(?:-[a-z0-9@$!|]+)*(?![^\W_])")
_SIGN = re.compile(r"[0-9@$!|]")
_MIXED = re.compile(r"[a-z][0-9@$!|]|[0-9@$!|][a-z]")
#: A small letter, or one without case, before a capital, so far as a quick look tells.
_CAPITAL_INSIDE = re.compile(r"[^\W\d_A-Z][A-Z]")
#: Not one that ends its word (GmbH, SpA): a single letter is no legal form and no piece of a glued word.
_CAPITAL_INSIDE_ASCII = re.compile("[a-z][A-Z][A-Za-z0-9]")
_INITIALS = re.compile(r"[A-Z]{2}|[B-DF-HJ-NP-TV-Z]{3}")
MOST_INITIALS = 3
#: Longest family and given names, in words, that a comma parts where the kind of the name is not known.
_LONGEST_FAMILY, _LONGEST_GIVEN = 3, 4


def given_first(words: Sequence[Word], kind: Kind | None) -> list[Word] | None:
    """Put the family name that stands before a comma after the given names; what follows a second comma stays.

    Where the kind is not known, both parts must be short and hold no word of an organisation's name.

    >>> from sanctionscreen.names.splitting import split
    >>> given_first(split(Traced.whole("abbas, abu")), None)
    [Word('abu', 7, 10), Word('abbas', 0, 5)]
    >>> given_first(split(Traced.whole("acme, ltd")), None) is None
    True
    """
    if kind not in ("person", None):
        return None
    commas = [place for place, word in enumerate(words) if place and "," in word.gap]
    if not commas:
        return None
    first, second = commas[0], (*commas, len(words))[1]
    family, given = words[:first], words[first:second]
    if kind is None and (len(family) > _LONGEST_FAMILY or len(given) > _LONGEST_GIVEN or signs_of(words) & NO_PERSON):
        return None
    if all(_has_role(word, Role.TITLE, Role.LEGAL) for word in given):
        return None
    return [*given, *family, *words[second:]]


def _has_role(word: Word, *roles: Role) -> bool:
    return any(sense.role in roles for sense in latin_words().words.get(word.text, NO_SENSES))


def legal_form_apart(words: Sequence[Word], original: str) -> list[Word]:
    """Cut off legal forms glued to a word and told by capitals: SiemensAG, but PepsiCo.

    >>> from sanctionscreen.names.splitting import split
    >>> legal_form_apart(split(Traced.whole("siemensag")), "SiemensAG")
    [Word('siemens', 0, 7), Word('ag', 7, 9)]
    """
    if not has_capital_inside(original):
        return list(words)
    apart: list[Word] = []
    for word in words:
        seams = _seams(word, original)
        seam = next((seam for seam in seams if is_legal(word.text[seam:], original[word.start + seam : word.end])), 0)
        if seam:
            apart += _cut_at(word, [0, seam, len(word.text)])
        else:
            apart.append(word)
    return apart


def parted_at_capitals(words: Sequence[Word], original: str) -> list[Word] | None:
    """Part words glued together, at their capitals: SergeiLavrov.

    >>> from sanctionscreen.names.splitting import split
    >>> parted_at_capitals(split(Traced.whole("sergeilavrov")), "SergeiLavrov")
    [Word('sergei', 0, 6), Word('lavrov', 6, 12)]
    >>> parted_at_capitals(split(Traced.whole("ebay inc")), "eBay Inc") is None
    True
    """
    if not has_capital_inside(original):
        return None
    parted = [piece for word in words for piece in _pieces(word, original)]
    return parted if len(parted) > len(words) else None


def has_capital_inside(original: str) -> bool:
    """Tell, at a quick look, whether a capital stands inside a word."""
    if original.istitle() or original.isupper() or original.islower():
        return False
    seam = _CAPITAL_INSIDE_ASCII if original.isascii() else _CAPITAL_INSIDE
    return seam.search(original) is not None


def _pieces(word: Word, original: str) -> list[Word]:
    """Cut a word at its seams, if every piece has two letters."""
    places = [0, *_seams(word, original), len(word.text)]
    if len(places) < 3 or any(end - begin < 2 for begin, end in pairwise(places)):
        return [word]
    return _cut_at(word, places)


def _seams(word: Word, original: str) -> list[int]:
    """Give where a small letter meets a capital, if letters and places of the original agree one to one.

    None where it may be an l for an I: CONVlASA is no Convl ASA.
    """
    written = original[word.start : word.end]
    if len(written) != len(word.text) or has_small_l(written):
        return []
    return [place for place in range(1, len(written)) if written[place - 1].islower() and written[place].isupper()]


def _cut_at(word: Word, places: Sequence[int]) -> list[Word]:
    return [
        Word(word.text[begin:end], word.start + begin, word.start + end, word.gap if begin == 0 else "")
        for begin, end in pairwise(places)
    ]


def is_legal(text: str, written: str) -> bool:
    """Tell whether the end of a glued word is a legal form: in capitals if it has but two letters."""
    is_told = len(text) > 2 or written.isupper()
    return is_told and any(sense.role is Role.LEGAL for sense in latin_words().words.get(text, NO_SENSES))


def may_have_leet(text: str) -> bool:
    """Tell, at a quick look, whether a text may hold digits or signs for letters."""
    return _SIGN.search(text) is not None


def without_leet(traced: Traced) -> tuple[Traced, ...]:
    """Read digits and signs that stand for letters as those letters, the likeliest reading first: h1kvision.

    >>> [one.text for one in without_leet(Traced.whole("h1kvision 3m"))]
    ['hikvision 3m', 'hlkvision 3m']
    """
    text = traced.text
    if not may_have_leet(text) or not _MIXED.search(text):
        return ()
    found = {chunk: letters for chunk in _CHUNK.findall(text) if (letters := unleet(chunk))}
    most = max(map(len, found.values()), default=0)
    read = (_with_letters(text, found, number) for number in range(most))
    return tuple(Traced(letters, traced.starts, traced.ends) for letters in read)


def _with_letters(text: str, found: Mapping[str, tuple[str, ...]], number: int) -> str:
    """Give a text with each disguised word in its reading of a number, or its last one."""
    letters = {chunk: readings[min(number, len(readings) - 1)] for chunk, readings in found.items()}
    return _CHUNK.sub(lambda chunk: letters.get(chunk[0], chunk[0]), text)


#: How many characters a field for a name often has: 35 are those of a line in a SWIFT message and of SAP's NAME1, 40
#: those of SAP's business partners.
FIELD_WIDTHS = frozenset({30, 35, 40})
#: A name whose last word was cut has so many others at least.
_FEWEST_WHOLE = 2


def may_be_cut_off(words: Sequence[str], text: str) -> bool:
    """Tell whether a normalised name is as long as a field, and its last word one that no table knows: half a word.

    >>> [may_be_cut_off(text.split(), text) for text in (
    ...     "semiconductor manufacturing interna", "semiconductor manufacturing limited")]
    [True, False]
    """
    if len(text) not in FIELD_WIDTHS or len(words) <= _FEWEST_WHOLE or not text[-1].isalnum():
        return False
    return not traits(words[-1]).senses


#: Letters that one letter of Cyrillic is romanised as (BGN/PCGN), where they stand for a name that begins so: Yu. Ye.
_ONE_LETTER = frozenset({"ye", "yu", "ya", "yo", "kh", "zh", "ts", "ch", "sh"})
#: A name that has initials beside it has so many letters at least.
_SHORTEST_SURNAME = 3


def initials_beside(words: Sequence[Word], original: str) -> list[Word]:
    """Take what has points beside one name for initials, also where it may be a legal form; nothing where none has.

    >>> from sanctionscreen.names.splitting import split
    >>> [word.text for word in initials_beside(split(Traced.whole("usmanov a.b.")), "Usmanov A.B.")]
    ['usmanov', 'a', 'b']
    >>> [word.text for word in initials_beside(split(Traced.whole("yu.v. kovalchuk")), "Yu.V. Kovalchuk")]
    ['y', 'v', 'kovalchuk']
    """
    found: list[Word] = []
    named = 0
    for word in words:
        pointed = original.startswith(".", word.end)
        if word.may_be_initials:
            found += map(_initial, word.parts)
        elif pointed and (len(word.text) == 1 or word.text in _ONE_LETTER):
            found.append(_initial(word))
        else:
            found.append(word)
            named += 1 if len(word.text) >= _SHORTEST_SURNAME and word.text.isalpha() else len(words)
    changed = len(found) > len(words) or any(one.text != word.text for one, word in zip(found, words, strict=False))
    return found if named == 1 and changed else []


def _initial(word: Word) -> Word:
    """Take a word for an initial, whatever else the letter may be."""
    initial = Word(word.text[0], word.start, word.end, word.gap)
    initial.is_known = True
    return initial


def initials_of_capitals(words: Sequence[Word], original: str) -> list[Word] | None:
    """Take two capitals, or three without a vowel, before a name in small letters for initials: JC Juncker.

    >>> from sanctionscreen.names.splitting import split
    >>> initials_of_capitals(split(Traced.whole("jc juncker")), "JC Juncker")
    [Word('j', 0, 1), Word('c', 1, 2), Word('juncker', 3, 10)]
    >>> initials_of_capitals(split(Traced.whole("jc juncker")), "JC JUNCKER") is None
    True
    """
    if len(words) < 2 or original.isupper() or "," in original:
        return None
    first = words[0]
    written = original[first.start : first.end]
    if not _INITIALS.fullmatch(written):
        return None
    letters = [
        Word(letter.lower(), first.start + place, first.start + place + 1, first.gap if place == 0 else "")
        for place, letter in enumerate(written)
    ]
    return [*letters, *words[1:]]
