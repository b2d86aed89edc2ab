"""Words to tokens: every word with its role and its meaning.

1. `look_up`: phrases of the tables become one word ("limited liability company", "hong kong"), and every word
   gets the meanings it can have.
2. `tokens_of`: for each word the meaning that holds where it stands (`roles`); digits, numerals and single
   letters by rule; a number of two words ("forty-four") made one; where nothing but a legal form would be left,
   its words count as words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from sanctionscreen.names.lexicon import LATIN_VOCABULARY, Vocabulary, latin_words, other_words
from sanctionscreen.names.misspelt import LONGEST_MISSPELT, misspelt_phrase, slips_of
from sanctionscreen.names.name import Role, Token
from sanctionscreen.names.numerals import LONGEST_ROMAN, numeral, roman, sum_of
from sanctionscreen.names.roles import Context, holds_anyway, sense_at
from sanctionscreen.names.scripts import script_of
from sanctionscreen.names.senses import NO_SENSES, Sense
from sanctionscreen.names.splitting import Word
from sanctionscreen.names.traits import SLIP, traits
from sanctionscreen.records import Kind

ONLY_A_LEGAL_FORM = "the name is only a legal form"

#: Roles that say who is meant; a name must keep one of them.
_TELLING = frozenset({Role.WORD, Role.INITIAL, Role.GENERIC, Role.PLACE, Role.NUMBER})
_WORD, _INITIAL, _NUMBER, _LEGAL = Role.WORD, Role.INITIAL, Role.NUMBER, Role.LEGAL
_SUFFIX_NUMERALS = frozenset({"ii", "iii", "iv"})


def look_up(words: Sequence[Word], original: str) -> Sequence[Word]:
    """Make phrases one word and give every word its meanings; the words themselves where nothing is made of them.

    >>> from sanctionscreen.names.normalise import Traced
    >>> from sanctionscreen.names.splitting import split
    >>> look_up(split(Traced.whole("the hong kong office")), "the hong kong office")
    [Word('the', 0, 3), Word('hongkong', 4, 13), Word('office', 14, 20)]
    """
    plain = latin_words() if original.isascii() else None
    if plain and _stay_apart(words):
        return words
    is_latin = len(words) > 1 and (plain or _vocabulary(words[0], original) is latin_words())
    known = latin_words().words if is_latin else None
    slipped = known is not None and [word for word in words if word.text not in known and slips_of(word.text)]
    found: list[Word] = []
    place, count = 0, len(words)
    while place < count:
        word = words[place]
        if word.is_known:
            found.append(word)
            place += 1
            continue
        vocabulary = plain or _vocabulary(word, original)
        begun = vocabulary.begun.get(word.text) if place + 1 < count else None
        size = begun.get(words[place + 1].text) if begun else None
        phrase = _phrase(vocabulary, words[place : place + size]) if size else None
        if phrase is None and slipped:
            phrase = _misspelt(words[place : place + LONGEST_MISSPELT])
        if phrase is None:
            word.senses = vocabulary.words.get(word.text, NO_SENSES)
            phrase = word
        found.append(phrase)
        place += len(phrase.parts) if phrase.is_phrase else 1
    return found


def _stay_apart(words: Sequence[Word]) -> bool:
    """Give words in Latin letters their meanings if, at a quick look, none of them makes a phrase; tell whether."""
    told = [traits(word.text) for word in words]
    begun: Mapping[str, int] = {}
    for word, (_, phrases, signs) in zip(words, told, strict=True):
        if word.text in begun or signs & SLIP:
            return False
        begun = phrases
    for word, (senses, _, _) in zip(words, told, strict=True):
        if not word.is_known:
            word.senses = senses
    return True


def _vocabulary(word: Word, original: str) -> Vocabulary:
    """Give the vocabulary of the script that a word is written in."""
    written = original[word.start]
    return latin_words() if written.isascii() or script_of(written) in LATIN_VOCABULARY else other_words()


def _phrase(vocabulary: Vocabulary, words: Sequence[Word]) -> Word | None:
    """Make the longest phrase that these words begin with one word."""
    texts = [word.text for word in words]
    for size in range(len(texts), 1, -1):
        senses = vocabulary.phrases.get(" ".join(texts[:size]))
        if senses and _stand_together(words[:size]):
            return _joined(words[:size], senses)
    return None


def _misspelt(words: Sequence[Word]) -> Word | None:
    """Make a phrase with a typing error one word, in its own letters."""
    found = misspelt_phrase([word.text for word in words])
    if found is None or not _stand_together(words[: found[0]]):
        return None
    return _joined(words[: found[0]], found[1])


def _joined(words: Sequence[Word], senses: tuple[Sense, ...]) -> Word:
    joined = Word("".join(word.text for word in words), words[0].start, words[-1].end, words[0].gap)
    joined.senses = senses
    joined.parts = tuple(words)
    joined.is_phrase = True
    return joined


def _stand_together(words: Sequence[Word]) -> bool:
    """Tell whether words stand in the original as they do here, and none is known from the cutting of Han text."""
    in_place = all(before.start < after.start for before, after in pairwise(words))
    return in_place and not any(word.is_known for word in words)


def tokens_of(context: Context, *, letters_apart: bool) -> tuple[list[Token], tuple[str, ...]]:
    """Give the tokens of looked-up words, and notes.

    With `letters_apart`, letters joined by points are initials, each a token: J.P. Smith.
    """
    words, kind = context.words, context.kind
    if [word for word in words if word.is_phrase]:
        context = Context.of(_settled(context), context.original, kind)
    tokens: list[Token] = []
    last = len(context.words) - 1
    for place, word in enumerate(context.words):
        text, told = word.text, role_anyway(word.text, kind, place == 0, place == last)
        if told is not None and told[0] is word.senses and not word.parts:
            tokens.append(Token(text, told[1], word.start, word.end, told[2]))
            continue
        sense = sense_at(context, place) if word.senses else None
        if sense is not None:
            tokens.append(Token(text, sense.role, word.start, word.end, sense.concept))
        elif word.parts and letters_apart:
            tokens += [Token(letter.text, _INITIAL, letter.start, letter.end) for letter in word.parts]
        else:
            role, concept = _by_rule(text, place >= context.end - 1 > 0, kind)
            tokens.append(Token(text, role, word.start, word.end, concept))
    roles = [token.role for token in tokens]
    only_legal = kind != "person" and bool(words) and all(map(is_of_a_legal_form, words))
    if only_legal or _TELLING.isdisjoint(roles):
        return _as_words(words), (ONLY_A_LEGAL_FORM,) if only_legal else ()
    return _numbers_joined(tokens) if _NUMBER in roles else tokens, ()


@lru_cache(maxsize=65536)
def role_anyway(text: str, kind: Kind | None, first: bool, last: bool) -> tuple[tuple[Sense, ...], Role, str] | None:
    """Give the senses of a word in Latin letters, its role and its concept, whatever the other words of the name are.

    None where they decide.
    """
    senses = traits(text).senses
    for sense in senses:
        told = holds_anyway(sense, kind, first=first, last=last)
        if told:
            return senses, sense.role, sense.concept
        if told is None:
            return None
    if len(text) > LONGEST_ROMAN and text.isalpha():
        return senses, _WORD, ""
    return None if roman(text) else (senses, *_by_rule(text, last=False, kind=kind))


def _settled(context: Context) -> list[Word]:
    """Take apart the phrases that mean nothing where they stand."""
    settled: list[Word] = []
    for place, word in enumerate(context.words):
        if not word.is_phrase or sense_at(context, place) is not None:
            settled.append(word)
            continue
        for part in word.parts:
            part.senses = _vocabulary(part, context.original).words.get(part.text, NO_SENSES)
            settled.append(part)
    return settled


def _by_rule(text: str, last: bool, kind: Kind | None) -> tuple[Role, str]:
    """Give the role and concept of a word that no table knows."""
    value = _roman(text, last, kind) if text.isalpha() else numeral(text)
    if value:
        return _NUMBER, value
    return (_INITIAL if len(text) == 1 and text.isascii() else _WORD), ""


def _roman(text: str, last: bool, kind: Kind | None) -> str:
    """Read a Roman numeral where one can stand: Fund VII, Henry III; a single letter at the end alone."""
    if kind in ("organization", "vessel"):
        return roman(text) if last or len(text) > 1 else ""
    return roman(text) if last and text in _SUFFIX_NUMERALS else ""


def _numbers_joined(tokens: list[Token]) -> list[Token]:
    """Make tens and a unit beside each other one number."""
    joined: list[Token] = []
    for token in tokens:
        before = joined[-1] if joined else None
        if before is not None and before.role is token.role is Role.NUMBER:
            value = sum_of(before.concept, token.concept)
            if value and not before.text.isdigit():
                joined[-1] = Token(before.text + token.text, Role.NUMBER, before.start, token.end, value)
                continue
        joined.append(token)
    return joined


def is_of_a_legal_form(word: Word) -> bool:
    """Tell whether a looked-up word may be a legal form, or of one."""
    return _LEGAL in [sense.role for sense in word.senses] if word.senses else False


def _as_words(words: Sequence[Word]) -> list[Token]:
    """Count words as words where nothing else is left to compare."""
    apart = [part for word in words for part in (word.parts if word.is_phrase else (word,))]
    return [Token(word.text, Role.WORD, word.start, word.end) for word in apart]
