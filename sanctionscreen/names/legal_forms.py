"""Legal forms: the part of an organisation's name that the law asks for, and that everyone writes differently.

ISO 20275 (https://www.iso.org/standard/67462.html) lists the entity legal forms of the world; GLEIF keeps the
code list (https://www.gleif.org/en/about-lei/code-lists/iso-20275-entity-legal-forms-code-list). Here they are
folded to `CLASSES`, compact enough that a form and its usual renderings fall together: OOO, S.R.L. and "limited
liability company" are `llc`; Ltd, GmbH and 有限公司 are `limited`. The two make one `family`, for translations
do not keep them apart. The forms are in `words/legal_usage.tsv` (by hand) and `words/legal_forms.tsv` (from
ISO 20275); `words/README.md` says how they were made.

Many abbreviations are ordinary words or names (As, Sa, Co, Ag). Such a form counts only where custom puts it,
at the end of a name or at its start, and not where it is written as a name is: "Vale SA" but "Maria Sa".

>>> from sanctionscreen.names import parse
>>> [token.concept for token in parse("Siemens AG").readings[0].tokens]
['', 'public_limited']
>>> [token.concept for token in parse("Ag Growth Fund").readings[0].tokens]
['', '', 'fund']
"""

from __future__ import annotations

from collections.abc import Sequence

from sanctionscreen.names.name import Role
from sanctionscreen.names.splitting import Word
from sanctionscreen.records import Kind

#: Every class of legal form, with the family it belongs to.
CLASSES = {
    "limited": "limited",  # private company limited by shares: Ltd, GmbH, B.V.
    "llc": "limited",  # limited liability company by its very name: LLC, OOO, S.A.R.L.
    "public_limited": "share_company",  # company with shares, open or closed: plc, AG, S.A., OAO
    "corporation": "share_company",  # Inc., Corp.
    "company": "company",  # Co., compañía, companies of no stated form
    "partnership": "partnership",  # general partnership: OHG, S.N.C.
    "limited_partnership": "partnership",  # LP, KG, S.C.S.
    "llp": "partnership",  # limited liability partnership
    "cooperative": "cooperative",  # e.G., S. Coop.
    "association": "association",  # e.V., A.S.B.L.
    "foundation": "association",  # Stiftung, fundación, where the law makes it a form
    "state_enterprise": "state_enterprise",  # FGUP, unitary enterprise
    "private_enterprise": "private_enterprise",  # ChUP, joint venture
    "sole_trader": "sole_trader",  # e.K., FOP
    "office": "office",  # no company of its own: representative office, Zweigniederlassung, accounts payable
}

#: Ambiguous forms are no longer than this; longer ones are no names.
_AMBIGUOUS_LENGTH = 3
_AT_THE_END = frozenset({"", "end", "ends", "later"})
_BETWEEN = frozenset({"and", "of"})
_LEGAL, _PLACE = Role.LEGAL, Role.PLACE


def family(concept: str) -> str:
    """Give the family of a class of legal form: classes of one family are renderings of one another.

    >>> family("llc") == family("limited"), family("llc") == family("public_limited")
    (True, False)
    """
    return CLASSES[concept]


def tail(words: Sequence[Word]) -> int:
    """Give where the end of a name begins: legal forms, and places and particles among them.

    A name never consists of its end alone: the result is at least 1.
    """
    place = len(words)
    while place > 1 and _belongs_to_the_end(words[place - 1]):
        place -= 1
    return place


def _belongs_to_the_end(word: Word) -> bool:
    for sense in word.senses:
        if sense.role is _LEGAL:
            if sense.where in _AT_THE_END:
                return True
        elif sense.role is _PLACE or sense.concept in _BETWEEN:
            return True
    return False


def is_written_as_form(word: Word, original: str, kind: Kind | None) -> bool:
    """Tell whether a short ambiguous form is written as forms are, and not as a name is.

    With points, or in capitals, or in a name without capitals. In a person's name only capitals among small
    letters will do: "Nicolás Maduro SA". Where the name is known to be an organisation's, any writing does.
    """
    written = original[word.start : word.end]
    if kind == "person":
        return written.isupper() and not original.isupper()
    if kind is not None or word.parts or len(word.text) > _AMBIGUOUS_LENGTH:
        return True
    return not (written.istitle() or written.islower()) or original.islower()
