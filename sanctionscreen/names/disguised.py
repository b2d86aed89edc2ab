"""Other readings of what may be a disguise: digits for letters, a small l for a capital I, letters apart.

And of what was spoilt on its way: letters that another character set did not have. They are readings to try, never
what a name is replaced by: `3M` is a name, and so is `J R R Tolkien`.
"""

from __future__ import annotations

import re

from sanctionscreen.names.traced import Traced

_LEET = {"l": str.maketrans("01345678@$!|", "oleasgtbasll"), "i": str.maketrans("01345678@$!|", "oieasgtbasii")}
#: A word, or words joined by hyphens, in which digits or signs may stand for letters.
_LEET_WORD = re.compile(r"[a-z01345678@$!|-]+")
#: Letters that a word must keep for its digits to be taken for letters too.
_FEWEST_LETTERS = 3
_NUMBER_INSIDE = re.compile(r"\d{3}|!$")
_VOWEL_BESIDE_ONE = re.compile(r"(?<=[aeiou])1|(?<![a-z0-9])1(?=[aeiou])|1(?=1)")
#: Characters of scripts that write a syllable or a word with each, beside one another or with spaces between them.
_SYLLABLES = "\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff"
_SPACED = re.compile(rf"(?<![^\W_])[^\W\d_{_SYLLABLES}](?:[ ._-]{{1,2}}[^\W\d_{_SYLLABLES}](?![^\W_])){{2,}}\.?")
#: A letter between what may part letters, as every one of these that is not at an end, so far as a quick look tells.
_APART = re.compile(r"[ ._-][^\W\d_][ ._-]")
#: A word of two capitals or more, and of small l's: so programs that read scans write an I, too.
_SMALL_L = re.compile(r"(?<![^\W_])(?=(?:l*[A-Z]){2})[A-Z]*l[A-Zl]*(?![^\W_])")
#: Three times the same.
_THRICE = re.compile(r"(.)\1\1")
#: A letter that stands three times or more.
_REPEATED = re.compile(r"([^\W\d_])\1\1+")
#: What stands for a letter that was lost.
LOST = "\ufffd"
_LOST_INSIDE = re.compile(rf"(?<=[^\W\d_])[?{LOST}]{{1,3}}(?=[^\W\d_])")
#: Words that only repeat a letter (WWW) or count (XXIII).
_NO_REPETITION = re.compile(r"(.)\1*|[ivxlcdm]+")


def unleet(word: str) -> tuple[str, ...]:
    """Read the digits in a normalised word as the letters they stand for; nothing where nothing suggests it.

    There must be three letters, no more digits than letters, and no number of its own: no three digits in a row. A 1
    is an l or an i, so a word with one has two or three readings, the likelier first: l beside a vowel.

    >>> unleet("h1kvision"), unleet("m1cr0s0ft"), unleet("4hm4d"), unleet("al-n45er")
    (('hikvision', 'hlkvision'), ('microsoft', 'mlcrosoft'), ('ahmad',), ('al-naser',))
    >>> [unleet(word) for word in ("3m", "b2b", "a10", "10x", "s24", "44th", "imo9187629", "hikvision")]
    [(), (), (), (), (), (), (), ()]
    """
    if word.isalpha() or _LEET_WORD.fullmatch(word) is None or _NUMBER_INSIDE.search(word):
        return ()
    letters = sum(map(str.isalpha, word))
    if letters < _FEWEST_LETTERS or letters < len(word) - letters - word.count("-"):
        return ()
    likely = _VOWEL_BESIDE_ONE.sub("l", word).translate(_LEET["i"])
    return tuple(dict.fromkeys((likely, word.translate(_LEET["i"]), word.translate(_LEET["l"]))))


def has_small_l(original: str) -> bool:
    """Tell whether a small l stands among capitals.

    >>> [has_small_l(text) for text in ("CONVlASA", "lRAN AlR", "GmbH", "McDONALD", "HuaweiLtd", "l'OREAL", "Al-ASSAD")]
    [True, True, False, False, False, False, False]
    """
    return _SMALL_L.search(original) is not None


def with_capital_i(traced: Traced, original: str) -> Traced | None:
    """Take a small l among capitals for a capital I; None where there is none.

    >>> with_capital_i(Traced.whole("convlasa ltd"), "CONVlASA Ltd").text
    'conviasa ltd'
    """
    words = [word.span() for word in _SMALL_L.finditer(original)]
    places = {place for begin, end in words for place in range(begin, end) if original[place] == "l"}
    if not places:
        return None
    text = "".join("i" if start in places else char for char, start in zip(traced.text, traced.starts, strict=True))
    return traced._replace(text=text)


def may_repeat(text: str) -> bool:
    """Tell, at a quick look, whether a letter may stand three times."""
    return _THRICE.search(text) is not None


def unrepeated(traced: Traced) -> tuple[Traced, ...]:
    """Take letters that stand three times for one, and for two; nothing where none does.

    >>> [one.text for one in unrepeated(Traced.whole("hikvisssion"))]
    ['hikvision', 'hikvission']
    >>> unrepeated(Traced.whole("www fund xxiii"))
    ()
    """
    text = traced.text
    if not may_repeat(text):
        return ()
    found = _REPEATED.finditer(text)
    runs = [run.span() for run in found if _NO_REPETITION.fullmatch(_word_around(text, run)) is None]
    if not runs:
        return ()
    return tuple(_without(traced, {at for first, last in runs for at in range(first + kept, last)}) for kept in (1, 2))


def _word_around(text: str, run: re.Match[str]) -> str:
    """Give the word that a run of letters stands in."""
    first, last = run.span()
    while first and text[first - 1].isalnum():
        first -= 1
    while last < len(text) and text[last].isalnum():
        last += 1
    return text[first:last]


def without_lost(traced: Traced) -> Traced | None:
    """Join what stands around letters that were lost to another character set; None where none were.

    >>> without_lost(Traced.whole("petr?leos de venezuela")).text, without_lost(Traced.whole("who? me"))
    ('petrleos de venezuela', None)
    """
    lost = {place for run in _LOST_INSIDE.finditer(traced.text) for place in range(*run.span())}
    return _without(traced, lost) if lost else None


def _without(traced: Traced, dropped: set[int]) -> Traced:
    """Leave out some places of a text."""
    kept = [place for place in range(len(traced.text)) if place not in dropped]
    return Traced.joined((traced.text[place], traced.starts[place], traced.ends[place]) for place in kept)


def unspaced(traced: Traced) -> Traced | None:
    """Join three or more letters that stand one by one; None where there are none.

    >>> unspaced(Traced.whole("s m i c holdings")).text
    'smic holdings'
    >>> unspaced(Traced.whole("h.i.k.v.i.s.i.o.n")).text
    'hikvision'
    >>> unspaced(Traced.whole("a b volvo")) is None
    True
    """
    runs = list(_SPACED.finditer(traced.text)) if _APART.search(traced.text) else []
    if not runs:
        return None
    dropped = {place for run in runs for place in range(*run.span()) if not traced.text[place].isalpha()}
    return _without(traced, dropped)
