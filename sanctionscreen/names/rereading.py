"""Other ways to cut the same text: glued words, family name first, digits for letters.

Each gives words or text in place of those as they stand, or None where there is nothing to change.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from sanctionscreen.names.lexicon import latin_words
from sanctionscreen.names.name import Role
from sanctionscreen.names.normalise import Traced, unleet
from sanctionscreen.names.senses import NO_SENSES
from sanctionscreen.names.splitting import Word
from sanctionscreen.records import Kind

_CHUNK = re.compile(r"\S+")
_MIXED = re.compile(r"[a-z][0-9@$!|]|[0-9@$!|][a-z]")
_INITIALS = re.compile(r"[A-Z]{2}|[B-DF-HJ-NP-TV-Z]{3}")
#: Longest family and given names, in words, that a comma parts where the kind of the name is not known.
_LONGEST_FAMILY, _LONGEST_GIVEN = 3, 4
_NO_PERSON = frozenset({Role.LEGAL, Role.GENERIC, Role.PLACE, Role.NUMBER})


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
    if kind is None and not _may_be_a_person(words, family, given):
        return None
    if all(_has_role(word, Role.TITLE, Role.LEGAL) for word in given):
        return None
    return [*given, *family, *words[second:]]


def _may_be_a_person(words: Sequence[Word], family: Sequence[Word], given: Sequence[Word]) -> bool:
    short = len(family) <= _LONGEST_FAMILY and len(given) <= _LONGEST_GIVEN
    return short and not any(_has_role(word, *_NO_PERSON) or not word.text.isalpha() for word in words)


def _has_role(word: Word, *roles: Role) -> bool:
    return any(sense.role in roles for sense in latin_words().words.get(word.text, NO_SENSES))


def legal_form_apart(words: Sequence[Word], original: str) -> list[Word]:
    """Cut off legal forms glued to a word and told by a capital: SiemensAG.

    >>> from sanctionscreen.names.splitting import split
    >>> legal_form_apart(split(Traced.whole("siemensag")), "SiemensAG")
    [Word('siemens', 0, 7), Word('ag', 7, 9)]
    """
    apart: list[Word] = []
    for word in words:
        pieces = _pieces(word, original)
        if len(pieces) > 1 and _has_role(pieces[-1], Role.LEGAL):
            length = len(pieces[-1].text)
            seam = pieces[-1].start
            apart += [Word(word.text[:-length], word.start, seam, word.gap), pieces[-1]]
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
    parted = [piece for word in words for piece in _pieces(word, original)]
    return parted if len(parted) > len(words) else None


def _pieces(word: Word, original: str) -> list[Word]:
    """Cut a word at its seams, if every piece has two letters and letters and places agree one to one."""
    written = original[word.start : word.end]
    if len(written) != len(word.text):
        return [word]
    seams = [place for place in range(1, len(written)) if _is_seam(written[place - 1], written[place])]
    places = [0, *seams, len(written)]
    if len(places) < 3 or any(end - begin < 2 for begin, end in pairwise(places)):
        return [word]
    return [
        Word(word.text[begin:end], word.start + begin, word.start + end, word.gap if begin == 0 else "")
        for begin, end in pairwise(places)
    ]


def _is_seam(before: str, after: str) -> bool:
    """Tell whether two words may have been glued here: a small letter with a capital after it."""
    return before.islower() and after.isupper()


def without_leet(traced: Traced) -> Traced | None:
    """Read digits and signs that stand for letters as those letters: h1kvision.

    >>> without_leet(Traced.whole("h1kvision 3m")).text
    'hikvision 3m'
    """
    if not _MIXED.search(traced.text):
        return None
    text = _CHUNK.sub(lambda chunk: unleet(chunk[0]) or chunk[0], traced.text)
    return None if text == traced.text else Traced(text, traced.starts, traced.ends)


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
