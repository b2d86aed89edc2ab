"""Which meaning of a word holds where it stands.

A word of the tables may mean several things: `general` is a rank before a person's name and a business word
elsewhere, `as` a Norwegian company, an Arabic article before a hyphen, or just a name. Each meaning has a
condition; the first whose condition is met holds. `words/README.md` lists the conditions.

>>> from sanctionscreen.names import parse
>>> [token.role.value for token in parse("General Motors AS").readings[0].tokens]
['generic', 'generic', 'legal']
>>> [token.role.value for token in parse("General Ali as-Sadr", "person").readings[0].tokens]
['title', 'word', 'particle', 'word']
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from sanctionscreen.names.legal_forms import is_written_as_form, tail
from sanctionscreen.names.name import Role
from sanctionscreen.names.numerals import numeral
from sanctionscreen.names.senses import Sense
from sanctionscreen.names.splitting import Word
from sanctionscreen.records import Kind

_LEGAL, _PARTICLE, _TITLE = Role.LEGAL, Role.PARTICLE, Role.TITLE


class Context(NamedTuple):
    """What decides between the meanings of a word, beside the word itself.

    Attributes:
        words: all words of the name, looked up.
        end: where the end of the name begins, see `legal_forms.tail`.
        original: the name as typed.
        kind: what it names, as far as is known.
    """

    words: Sequence[Word]
    end: int
    original: str
    kind: Kind | None

    @classmethod
    def of(cls, words: Sequence[Word], original: str, kind: Kind | None) -> Context:
        """Give the context of looked-up words."""
        return cls(words, tail(words), original, kind)


def sense_at(context: Context, place: int) -> Sense | None:
    """Give the first meaning that holds for the word at a place; None where none does."""
    for sense in context.words[place].senses:
        if holds(sense, context, place):
            return sense
    return None


def holds(sense: Sense, context: Context, place: int) -> bool:
    """Tell whether a meaning holds for the word at a place."""
    told = holds_anyway(sense, context.kind, first=place == 0, last=place == len(context.words) - 1)
    if told is not None:
        return told
    role, where = sense.role, sense.where
    if role is _LEGAL:
        return _is_legal(where, context, place)
    if role is _TITLE and not _may_be_title(where, context, place):
        return False
    if where in _KINDS:
        return context.kind in _KINDS[where]
    return not where or _CONDITIONS[where](context, place)


def holds_anyway(sense: Sense, kind: Kind | None, *, first: bool, last: bool) -> bool | None:
    """Tell whether a meaning holds, whatever the other words of the name are; None where they decide."""
    role, where = sense.role, sense.where
    if where == "business":
        return kind in _KINDS[where]
    if role is _LEGAL:
        if kind in ("vessel", "aircraft"):
            return False
        return True if kind != "person" and (not where or (where == "later" and not first)) else None
    if role is _PARTICLE and last:
        return False
    if role is _TITLE:
        return None
    return kind in _KINDS[where] if where in _KINDS else (None if where else True)


def is_joined(context: Context, place: int) -> bool:
    """Tell whether a hyphen joins a word to the one after it."""
    return place + 1 < len(context.words) and context.words[place + 1].gap == "-"


def is_inside(context: Context, place: int) -> bool:
    """Tell whether a word is neither the first nor the last."""
    return 0 < place < len(context.words) - 1


def _may_be_title(where: str, context: Context, place: int) -> bool:
    """Tell whether a title may stand here: not before a hyphen, nor in a ship's name but as its prefix."""
    named = where == "vessel" or context.kind not in ("vessel", "aircraft")
    return named and not is_joined(context, place)


def _is_legal(where: str, context: Context, place: int) -> bool:
    at_end = place >= context.end
    if where in ("", "later"):
        return at_end
    stands = (at_end and where != "start") or (where != "end" and _is_first(context, place))
    words = context.words
    apart = not is_joined(context, place) and words[place].gap != "-"
    return stands and apart and len(words) > 1 and is_written_as_form(words[place], context.original, context.kind)


def _is_first(context: Context, place: int) -> bool:
    """Tell whether nothing but titles and legal forms stands before a word, and something after it."""
    before = context.words[:place]
    return place + 1 < len(context.words) and all(
        any(sense.role in (_TITLE, _LEGAL) for sense in word.senses) for word in before
    )


def _is_small(context: Context, place: int) -> bool:
    return is_inside(context, place) and context.original[context.words[place].start].islower()


def _is_before_number(context: Context, place: int) -> bool:
    return place + 1 < len(context.words) and bool(numeral(context.words[place + 1].text))


#: Conditions that the kind of the name decides, each with the kinds that meet it.
_KINDS: dict[str, frozenset[Kind | None]] = {
    "business": frozenset({"organization", None}),
    "person": frozenset({"person", None}),
    "not_person": frozenset({"organization", "vessel", "aircraft", None}),
    "organization": frozenset({"organization", "vessel", "aircraft"}),
}
#: Other conditions of meanings but those of legal forms.
_CONDITIONS: dict[str, Callable[[Context, int], bool]] = {
    "vessel": lambda context, place: context.kind == "vessel" and place == 0,
    "start": _is_first,
    "end": lambda context, place: 0 < place == len(context.words) - 1,
    "inside": is_inside,
    "small": _is_small,
    "join": is_joined,
    "digit": _is_before_number,
}
