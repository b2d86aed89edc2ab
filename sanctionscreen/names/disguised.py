"""Other readings of what may be a disguise: digits for letters, letters apart.

They are readings to try, never what a name is replaced by: `3M` is a name, and so is `J R R Tolkien`.
"""

from __future__ import annotations

import re

from sanctionscreen.names.traced import Traced

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

    >>> unspaced(Traced.whole("s m i c holdings")).text
    'smic holdings'
    >>> unspaced(Traced.whole("h.i.k.v.i.s.i.o.n")).text
    'hikvision'
    >>> unspaced(Traced.whole("a b volvo")) is None
    True
    """
    runs = list(_SPACED.finditer(traced.text))
    if not runs:
        return None
    dropped = {place for run in runs for place in range(*run.span()) if not traced.text[place].isalpha()}
    kept = [place for place in range(len(traced.text)) if place not in dropped]
    return Traced.joined((traced.text[place], traced.starts[place], traced.ends[place]) for place in kept)
