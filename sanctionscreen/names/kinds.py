"""What a name names, as far as its words tell.

Most vendor tables do not say whether a row is a person or a company. A legal form or a business word tells an
organisation, a ship's prefix a vessel; a title, a patronymic or a word for son or daughter a person. An
organisation's word weighs more than a ship's, and a ship's more than a person's: Sheikh Zayed University is no
person. Of the names of the 2021 SDN list, without the comma that parts a person's name, fewer than one in a
hundred is told wrongly.

>>> from sanctionscreen.names import parse
>>> [parse(name).kind for name in ("Salman bin Ali", "Bin Ali Group", "M/V Ali", "Ali")]
['person', 'organization', 'vessel', None]
"""

from __future__ import annotations

from sanctionscreen.names.name import Role
from sanctionscreen.names.roles import Context, holds, is_inside, is_joined
from sanctionscreen.names.senses import Sense
from sanctionscreen.records import Kind

KINSHIP = frozenset({"son", "daughter"})
#: Endings of Russian, Ukrainian and Belarusian patronymics, as romanised.
_PATRONYMICS = ("ovich", "evich", "ovych", "evych", "avich", "ovna", "evna", "ivna", "yivna", "avna")
_PATRONYMIC_LETTERS = frozenset(ending[-1] for ending in _PATRONYMICS)
_SHORTEST_PATRONYMIC = 7
_GENERIC, _LEGAL, _TITLE = Role.GENERIC, Role.LEGAL, Role.TITLE


def kind_of(context: Context) -> Kind | None:
    """Infer what a name names from its words in a context without a kind; None where they do not tell."""
    found: Kind | None = None
    for place, word in enumerate(context.words):
        for sense in word.senses:
            hint = _hint(sense, context, place)
            if hint == "organization":
                return hint
            if hint == "vessel" or found is None:
                found = hint or found
        if found is None and place and is_patronymic(word.text):
            found = "person"
    return found


def is_patronymic(text: str) -> bool:
    """Tell whether a word is a patronymic by its ending."""
    return len(text) >= _SHORTEST_PATRONYMIC and text[-1] in _PATRONYMIC_LETTERS and text.endswith(_PATRONYMICS)


def _hint(sense: Sense, context: Context, place: int) -> Kind | None:
    """Tell what one meaning of a word says of the kind of the name."""
    role = sense.role
    if role is _GENERIC:
        return "organization" if sense.tells else None
    if len(context.words) == 1:
        return None
    if role is _LEGAL:
        return "organization" if holds(sense, context, place) and not _may_be_initials(context, place) else None
    if role is _TITLE:
        return _title_hint(sense, context, place)
    return "person" if sense.concept in KINSHIP and is_inside(context, place) else None


def _may_be_initials(context: Context, place: int) -> bool:
    """Tell whether letters with points beside one word that no table knows may be initials: Usmanov A.B."""
    word, others = context.words[place], [one for one in context.words if one is not context.words[place]]
    return word.may_be_initials and len(others) == 1 and not others[0].senses


def _title_hint(sense: Sense, context: Context, place: int) -> Kind | None:
    if is_joined(context, place) or (sense.where and place > 0):
        return None
    return "vessel" if sense.where == "vessel" else "person"
