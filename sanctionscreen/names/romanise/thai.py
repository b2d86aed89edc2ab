"""Thai to Latin: vowels stand before, above, below or after their consonant, or are not written at all.

A syllable is found by its written vowel; two consonants without one have an o between them, one alone an a.
Standard: Royal Thai General System of Transcription (1999), without tones, as the letters say; a name that
keeps a Sanskrit spelling is said otherwise.

>>> "".join(romanised("สมชาย")), "".join(romanised("ประเทศไทย")), "".join(romanised("เชียงใหม่"))
('somchai', 'prathetthai', 'chiangmai')
"""

from __future__ import annotations

import re
from functools import cache

from sanctionscreen.names.tsv import rows

_CONSONANT = "[ก-ฮ]"
_TONES = "[่-๋]?"
_ONSET = f"(?P<onset>[กขคตปผพศ][รลว](?!์)|ห[งญนมยรลว]|{_CONSONANT}){_TONES}"
_ALONE = f"(?P<onset>{_CONSONANT}){_TONES}"
_BEFORE_FINAL = f"(?={_CONSONANT}(?![ะ-ฺ็]))"
#: What stands before the onset, what after it, and how the vowel is said; the first that fits.
_VOWELS = (
    ("เ", "ีย", "ia"), ("เ", "ือ", "uea"), ("เ", "าะ", "o"), ("เ", "า", "ao"), ("เ", "อ", "oe"), ("เ", "ิ", "oe"),
    ("เ", "[ะ็]?", "e"), ("แ", "[ะ็]?", "ae"), ("โ", "ะ?", "o"), ("[ใไ]", "ย?", "ai"),
    ("", "ัว", "ua"), ("", "[ัะา]", "a"), ("", "ำ", "am"), ("", "[ิี]", "i"), ("", "ือ?|ึ", "ue"),
    ("", "[ุู]", "u"), ("", "็?อ", "o"), ("", f"รร{_BEFORE_FINAL}", "a"), ("", "รร", "an"),
    ("", f"ว{_BEFORE_FINAL}", "ua"),
)  # fmt: skip
_SILENT = re.compile(f"{_CONSONANT}[ิุ]?์")
#: After a final consonant two may be silent, and an r at the end of the word: จันทร์ is chan, บุตร but.
_SILENT_AFTER_FINAL = re.compile(f"{_CONSONANT}{{1,2}}[ิุ]?์|ร(?![ก-๎])")


@cache
def _syllables() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Each way to write a vowel; forty patterns, made when Thai is first met."""
    return tuple(
        (re.compile(f"{before}{onset}(?:{after}){_TONES}"), vowel)
        for before, after, vowel in _VOWELS
        for onset in (_ONSET, _ALONE)
    )


@cache
def _consonants() -> dict[str, tuple[str, str]]:
    return {
        letter: (initial.replace("*", ""), final.replace("*", ""))
        for letter, initial, final in rows("romanise/thai.tsv")
    }


def romanised(text: str) -> list[str]:
    """Give the Latin of each character.

    >>> romanised("เวร"), romanised("ทวี")
    (['', 'we', 'n'], ['tha', 'wi', ''])
    """
    pieces: list[str] = []
    silent = _SILENT
    while len(pieces) < len(text):
        unsaid = silent.match(text, len(pieces))
        silent = _SILENT
        if unsaid:
            pieces += [""] * len(unsaid[0])
            continue
        pieces += _syllable(text, len(pieces))
        final = _final(text, len(pieces))
        if final:
            pieces += final
            silent = _SILENT_AFTER_FINAL
    return pieces


def _syllable(text: str, place: int) -> list[str]:
    """Give the Latin of the syllable that begins here, without its final consonant."""
    for pattern, vowel in _syllables():
        found = pattern.match(text, place)
        if found:
            pieces = [""] * len(found[0])
            start, end = found.start("onset") - place, found.end("onset") - place
            for letter in range(start, end):
                pieces[letter] = _consonants()[text[place + letter]][0]
            if found["onset"].startswith("ห") and end - start == 2:  # a silent h that raises the tone
                pieces[start] = ""
            pieces[end - 1] += vowel
            return pieces
    if text[place] not in _consonants():
        return [text[place] if text[place].isalnum() or text[place].isspace() else ""]
    followed = text[place + 1 : place + 2]
    vowel = "o" if _final(text, place + 1) else "a" if "ก" <= followed <= "ไ" else ""
    return [_consonants()[text[place]][0] + vowel]


def _final(text: str, place: int) -> list[str]:
    """Give the Latin of the final consonant that stands here; nothing where another syllable begins."""
    letter = text[place : place + 1]
    if letter not in _consonants() or _SILENT.match(text, place):
        return []
    if any(pattern.match(text, place) for pattern, _ in _syllables()):
        return []
    return [_consonants()[letter][1]]
