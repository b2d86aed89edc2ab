"""Arabic names of two or three words that Latin spelling writes in many ways, made one word.

`abd` ("servant of") with the article and a name of God is one name, and so is what stands before `al-din`
("of the faith"): Abd al-Rahman, Abdul Rahman, Abdelrahman and Abdurrahman are one name, as are Nur al-Din, Nur
ud-Din, Noureddine and Nuruddin. The article's l takes the sound of certain consonants after it (the sun
letters), which is why it comes in so many spellings. See the Library of Congress romanization table for Arabic
(https://www.loc.gov/catdir/cpso/romanization/arabic.pdf), rules 11 and 17. What the words keep of their own
spelling (Rahman, Rehman) is left to comparison by sound.

`Abu` and `Umm` ("father of", "mother of") stay words of their own.

>>> [one_word(name) for name in ("abdelrahman", "abdurrahman", "abdallah", "noureddine", "abdali", "geraldine")]
['abdulrahman', 'abdulrahman', 'abdullah', 'nuruddin', 'abdali', 'geraldine']
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sanctionscreen.names.splitting import Word

_ARTICLES = frozenset(
    f"{vowel}{sound}" for vowel in "aeiou" for sound in ("l", "r", "s", "d", "n", "t", "z", "sh", "dh", "th")
)
_SERVANT = "abdul"
#: How every word of the faith below ends.
_DIN_AT_END = tuple(f"d{vowel}{end}" for vowel in ("i", "ee", "ei", "y") for end in ("n", "ne"))
_ABD = re.compile(r"abd(?:[aeo]|ou?|u)(?:[lrsdntz]|sh|dh|th)?")
_ALLAH = frozenset({"allah", "ullah", "ollah", "alla", "ulla", "illah", "ellah", "lah", "llah"})
_DIN = frozenset({"din", "deen", "dine", "deene", "dein", "dyn"})
_ARTICLE_DIN = re.compile(r"(?:[aeiou]|ou)(?:dd|ld)(?:i|ee|ei|y)ne?")
_FULL_ABD = re.compile(r"abd(?:ou|[aeou])(?:l|([rsdntz]|sh)(?=\1)|(?=[rsdntz]))(?=(.{3}))(?!la)(?P<name>.+)")
_FULL_ALLAH = re.compile(r"abd(?:ou|[aeou])ll?ah?")
_FULL_DIN = re.compile(r"(?P<name>.{2,}?)(?:ou|[aeiou])(?:dd(?:i|ee|ei|y)ne?|ld(?:i|ee|ei|y)n)")


def join_compounds(words: Sequence[Word], *, faith: bool = True) -> list[Word]:
    """Join the words of such names, and spell alike those that are one word already.

    Without `faith`, X al-Din stays apart.

    >>> from sanctionscreen.names.normalise import Traced
    >>> from sanctionscreen.names.splitting import split
    >>> join_compounds(split(Traced.whole("abd al-rahman nur ad-din")))
    [Word('abdulrahman', 0, 13), Word('nuruddin', 14, 24)]
    """
    if not may_join(words):
        return list(words)
    joined: list[Word] = []
    place = 0
    while place < len(words):
        word = words[place]
        length, text = _abd_at(words, place) or (faith and _din_at(words, place)) or (1, one_word(word.text))
        if length > 1 or text != word.text:
            word = _joined(words[place : place + length], text)
        joined.append(word)
        place += length
    return joined


def compounds_apart(words: Sequence[Word]) -> list[Word] | None:
    """Part abd and the name of God again, and leave X al-Din apart, for names in which a part is left out or misspelt.

    None where there is nothing to part.

    >>> from sanctionscreen.names.normalise import Traced
    >>> from sanctionscreen.names.splitting import split
    >>> compounds_apart(split(Traced.whole("abdelrahman ali")))
    [Word('abdul', 0, 5), Word('rahman', 5, 11), Word('ali', 12, 15)]
    >>> compounds_apart(split(Traced.whole("safi al-din")))
    [Word('safi', 0, 4), Word('al', 5, 7), Word('din', 8, 11)]
    """
    if not may_join(words):
        return None
    parted: list[Word] = []
    for word in join_compounds(words, faith=False):
        name = word.text.removeprefix(_SERVANT)
        if name in {word.text, "", "lah"}:
            parted.append(word)
            continue
        seam = max(word.start + 1, word.end - len(name))
        parted += [Word(_SERVANT, word.start, seam, word.gap), Word(name, seam, word.end, "")]
    return parted if len(parted) > len(join_compounds(words)) else None


def one_word(text: str) -> str:
    """Give the common spelling of such a name written as one word; any other word as it is.

    >>> one_word("abdoulaziz"), one_word("salahuddin"), one_word("abdulov")
    ('abdulaziz', 'salahuddin', 'abdulov')
    """
    if text.startswith("abd"):
        if _FULL_ALLAH.fullmatch(text):
            return "abdullah"
        full = _FULL_ABD.fullmatch(text)
        return f"abdul{full['name']}" if full else text
    if "din" in text or "dee" in text:
        full = _FULL_DIN.fullmatch(text)
        return _of_the_faith(full["name"]) if full else text
    return text


def may_join(words: Sequence[Word]) -> bool:
    """Tell, at a quick look, whether words may hold such a name."""
    return any(may_be_compound(word.text) for word in words)


def may_be_compound(text: str) -> bool:
    """Tell, at a quick look, whether a word may be of such a name."""
    return "abd" in text or text.endswith(_DIN_AT_END)


def _abd_at(words: Sequence[Word], place: int) -> tuple[int, str] | None:
    """Tell how many words a name with abd takes from here, and its spelling."""
    first = words[place].text
    if not first.startswith("abd") or not (first == "abd" or _ABD.fullmatch(first)):
        return None
    rest = [word.text for word in words[place + 1 : place + 3]]
    if rest and rest[0] in _ALLAH:
        return 2, "abdullah"
    if len(rest) > 1 and rest[0] in _ARTICLES:
        return 3, "abdullah" if rest[1] in _ALLAH else f"abdul{rest[1]}"
    if rest and len(rest[0]) > 2 and (first != "abd" or rest[0] not in _ARTICLES):
        return 2, f"abdul{rest[0]}"
    return None


def _din_at(words: Sequence[Word], place: int) -> tuple[int, str] | None:
    """Tell how many words a name with al-din takes from here, and its spelling."""
    name = words[place].text
    rest = [word.text for word in words[place + 1 : place + 3]]
    if not rest or len(name) < 2 or name in _ARTICLES:
        return None
    if len(rest) > 1 and rest[0] in _ARTICLES and rest[1] in _DIN:
        return 3, _of_the_faith(name)
    return (2, _of_the_faith(name)) if _ARTICLE_DIN.fullmatch(rest[0]) else None


def _of_the_faith(name: str) -> str:
    """Write X al-Din as one word, without the vowel before it; French spelling writes u as ou."""
    return f"{name.replace('ou', 'u').rstrip('aeiou') or name}uddin"


def _joined(words: Sequence[Word], text: str) -> Word:
    start, end = min(word.start for word in words), max(word.end for word in words)
    return Word(text, start, end, words[0].gap)
