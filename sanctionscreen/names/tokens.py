"""Words to tokens: which meaning of a word holds where it stands.

In order:

1. `look_up`: phrases of the tables become one word ("limited liability company", "hong kong"), and every word
   gets the meanings it can have.
2. `kind_of`: what the name names, if the words tell.
3. `tokens_of`: for each word the first meaning whose condition holds; digits, numerals and single letters by
   rule; a number of two words ("forty-four") made one; where nothing but a legal form would be left, the words
   count as words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from sanctionscreen.names.legal_forms import is_written_as_form, tail
from sanctionscreen.names.lexicon import LATIN_VOCABULARY, Vocabulary, latin_words, other_words
from sanctionscreen.names.name import Role, Token
from sanctionscreen.names.numerals import numeral, roman, sum_of
from sanctionscreen.names.scripts import script_of
from sanctionscreen.names.senses import NO_SENSES, Sense
from sanctionscreen.names.splitting import Word
from sanctionscreen.records import Kind

ONLY_A_LEGAL_FORM = "the name is only a legal form"

#: Roles that say who is meant; a name must keep one of them.
_TELLING = frozenset({Role.WORD, Role.INITIAL, Role.GENERIC, Role.PLACE, Role.NUMBER})
_SUFFIX_NUMERALS = frozenset({"ii", "iii", "iv"})
_PATRONYMIC = re.compile(r".{2,}(?:ovich|evich|ovna|evna|ovych|evych|ivna)")


def look_up(words: Sequence[Word], original: str) -> list[Word]:
    """Make phrases one word and give every word its meanings.

    >>> from sanctionscreen.names.normalise import Traced
    >>> from sanctionscreen.names.splitting import split
    >>> look_up(split(Traced.whole("the hong kong office")), "the hong kong office")
    [Word('the', 0, 3), Word('hongkong', 4, 13), Word('office', 14, 20)]
    """
    found: list[Word] = []
    place, count = 0, len(words)
    while place < count:
        word = words[place]
        if word.is_known:
            found.append(word)
            place += 1
            continue
        vocabulary = _vocabulary(word, original)
        size = vocabulary.longest.get(word.text, 1)
        phrase = _phrase(vocabulary, words[place : place + size]) if size > 1 else None
        if phrase is None:
            word.senses = vocabulary.words.get(word.text, NO_SENSES)
            phrase = word
        found.append(phrase)
        place += len(phrase.parts) if phrase.is_phrase else 1
    return found


def _vocabulary(word: Word, original: str) -> Vocabulary:
    """Give the vocabulary of the script that a word is written in."""
    written = original[word.start]
    return latin_words() if written.isascii() or script_of(written) in LATIN_VOCABULARY else other_words()


def _phrase(vocabulary: Vocabulary, words: Sequence[Word]) -> Word | None:
    """Make the longest phrase that these words begin with one word."""
    texts = [word.text for word in words]
    for size in range(len(texts), 1, -1):
        senses = vocabulary.phrases.get(" ".join(texts[:size]))
        if senses and not any(word.is_known for word in words[:size]):
            joined = Word("".join(texts[:size]), words[0].start, words[size - 1].end, words[0].gap)
            joined.senses = senses
            joined.parts = tuple(words[:size])
            joined.is_phrase = True
            return joined
    return None


class _Context(NamedTuple):
    """What decides between the meanings of a word, beside the word itself."""

    words: Sequence[Word]
    end: int
    original: str
    kind: Kind | None

    @classmethod
    def of(cls, words: Sequence[Word], original: str, kind: Kind | None) -> _Context:
        """Give the context of looked-up words."""
        return cls(words, tail(words), original, kind)


def kind_of(words: Sequence[Word], original: str) -> Kind | None:
    """Infer what a name names; None where its words do not tell.

    A legal form or a business word tells an organisation, a ship's prefix a vessel, a title, a patronymic or a
    word for son or daughter a person; an organisation's word weighs more than a person's.

    >>> from sanctionscreen.names.normalise import Traced
    >>> from sanctionscreen.names.splitting import split
    >>> [kind_of(look_up(split(Traced.whole(name)), name), name) for name in ("salman bin ali", "bin ali group", "ali")]
    ['person', 'organization', None]
    """
    context = _Context.of(words, original, None)
    hints: set[Kind] = set()
    for place, word in enumerate(words):
        for sense in word.senses:
            hint = _hint(sense, context, place)
            if hint:
                hints.add(hint)
        if place and _PATRONYMIC.fullmatch(word.text):
            hints.add("person")
    return next((kind for kind in _BY_WEIGHT if kind in hints), None)


_BY_WEIGHT: tuple[Kind, ...] = ("organization", "vessel", "person")
_KINSHIP = frozenset({"son", "daughter"})


def _hint(sense: Sense, context: _Context, place: int) -> Kind | None:
    """Tell what one meaning of a word says of the kind of a name that has several words."""
    alone = len(context.words) == 1
    if sense.role is Role.GENERIC:
        return "organization" if sense.tells else None
    if alone:
        return None
    if sense.role is Role.LEGAL:
        return "organization" if _holds(sense, context, place) else None
    if sense.role is Role.TITLE:
        if sense.where == "vessel":
            return "vessel" if place == 0 else None
        first = place == 0 and not _is_joined(context, place)
        return "person" if first or not sense.where else None
    is_kinship = sense.concept in _KINSHIP and 0 < place < len(context.words) - 1
    return "person" if is_kinship else None


def tokens_of(
    words: Sequence[Word], original: str, kind: Kind | None, *, letters_apart: bool
) -> tuple[list[Token], tuple[str, ...]]:
    """Give the tokens of looked-up words, and notes.

    With `letters_apart`, letters joined by points are initials, each a token: J.P. Smith.
    """
    context = _Context.of(words, original, kind)
    if any(word.is_phrase for word in words):
        context = _Context.of(_settled(context), original, kind)
    tokens: list[Token] = []
    for place, word in enumerate(context.words):
        sense = _sense(context, place)
        if sense is not None:
            tokens.append(Token(word.text, sense.role, word.start, word.end, sense.concept))
        elif word.parts and letters_apart:
            tokens += [Token(letter.text, Role.INITIAL, letter.start, letter.end) for letter in word.parts]
        else:
            role, concept = _by_rule(word.text, place >= context.end - 1 > 0, kind)
            tokens.append(Token(word.text, role, word.start, word.end, concept))
    tokens = _numbers_joined(tokens)
    if tokens and not any(token.role in _TELLING for token in tokens):
        return _as_words(words)
    return tokens, ()


def _settled(context: _Context) -> list[Word]:
    """Take apart the phrases that mean nothing where they stand."""
    settled: list[Word] = []
    for place, word in enumerate(context.words):
        if not word.is_phrase or _sense(context, place) is not None:
            settled.append(word)
            continue
        for part in word.parts:
            part.senses = _vocabulary(part, context.original).words.get(part.text, NO_SENSES)
            settled.append(part)
    return settled


def _sense(context: _Context, place: int) -> Sense | None:
    """Give the first meaning that holds for the word at a place."""
    for sense in context.words[place].senses:
        if _holds(sense, context, place):
            return sense
    return None


def _holds(sense: Sense, context: _Context, place: int) -> bool:
    """Tell whether a meaning holds at a place; `words/README.md` lists the conditions."""
    if sense.role is Role.LEGAL:
        return _is_legal(sense.where, context, place)
    if sense.role is Role.PARTICLE and place == len(context.words) - 1:
        return False
    if sense.role is Role.TITLE and not _may_be_title(sense, context, place):
        return False
    if not sense.where:
        return True
    if sense.where == "business":
        return context.kind in ("organization", None)
    return _CONDITIONS[sense.where](context, place)


def _may_be_title(sense: Sense, context: _Context, place: int) -> bool:
    """Tell whether a title may stand here: not before a hyphen, nor in a ship's name but as its prefix."""
    named = sense.where == "vessel" or context.kind not in ("vessel", "aircraft")
    return named and not _is_joined(context, place)


def _is_legal(where: str, context: _Context, place: int) -> bool:
    if context.kind in ("vessel", "aircraft"):
        return False
    at_end = place >= context.end
    if where in ("", "later"):
        return at_end or (context.kind != "person" and (place > 0 or not where))
    stands = (at_end and where != "start") or (where != "end" and _is_first(context, place))
    words = context.words
    apart = not _is_joined(context, place) and words[place].gap != "-"
    return stands and apart and len(words) > 1 and is_written_as_form(words[place], context.original, context.kind)


def _is_first(context: _Context, place: int) -> bool:
    """Tell whether nothing but titles and legal forms stands before a word, and something after it."""
    before = context.words[:place]
    return place + 1 < len(context.words) and all(
        any(sense.role in (Role.TITLE, Role.LEGAL) for sense in word.senses) for word in before
    )


def _is_inside(context: _Context, place: int) -> bool:
    return 0 < place < len(context.words) - 1


def _is_small(context: _Context, place: int) -> bool:
    return _is_inside(context, place) and context.original[context.words[place].start].islower()


def _is_joined(context: _Context, place: int) -> bool:
    return place + 1 < len(context.words) and context.words[place + 1].gap == "-"


def _is_before_number(context: _Context, place: int) -> bool:
    return place + 1 < len(context.words) and bool(numeral(context.words[place + 1].text))


#: Conditions of meanings other than those of legal forms.
_CONDITIONS: dict[str, Callable[[_Context, int], bool]] = {
    "person": lambda context, _: context.kind in ("person", None),
    "not_person": lambda context, _: context.kind != "person",
    "organization": lambda context, _: context.kind not in ("person", None),
    "vessel": lambda context, place: context.kind == "vessel" and place == 0,
    "start": _is_first,
    "end": lambda context, place: 0 < place == len(context.words) - 1,
    "inside": _is_inside,
    "small": _is_small,
    "join": _is_joined,
    "digit": _is_before_number,
}


def _by_rule(text: str, last: bool, kind: Kind | None) -> tuple[Role, str]:
    """Give the role and concept of a word that no table knows."""
    value = numeral(text) or _roman(text, last, kind)
    if value:
        return Role.NUMBER, value
    return (Role.INITIAL if len(text) == 1 and text.isascii() else Role.WORD), ""


def _roman(text: str, last: bool, kind: Kind | None) -> str:
    """Read a Roman numeral where one can stand: Fund VII, Henry III; a single letter at the end alone."""
    if kind in ("organization", "vessel"):
        return roman(text) if last or len(text) > 1 else ""
    return roman(text) if last and text in _SUFFIX_NUMERALS else ""


def _numbers_joined(tokens: list[Token]) -> list[Token]:
    """Make tens and a unit beside each other one number."""
    if not any(token.role is Role.NUMBER for token in tokens):
        return tokens
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


def _as_words(words: Sequence[Word]) -> tuple[list[Token], tuple[str, ...]]:
    """Count words as words where nothing else is left to compare."""
    legal = any(sense.role is Role.LEGAL for word in words for sense in word.senses)
    apart = [part for word in words for part in (word.parts if word.is_phrase else (word,))]
    tokens = [Token(word.text, Role.WORD, word.start, word.end) for word in apart]
    return tokens, (ONLY_A_LEGAL_FORM,) if legal else ()
