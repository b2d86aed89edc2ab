"""An acronym that stands beside the name it stands for: United Aircraft Corporation (UAC).

>>> own_acronym("united aircraft corporation uac pjsc".split())
3
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sanctionscreen.names.lexicon import latin_words
from sanctionscreen.names.name import Role
from sanctionscreen.names.traced import Traced
from sanctionscreen.names.traits import traits

#: One or two words in brackets, to the end of the name.
_BRACKETED = re.compile(r"\(([^\W\d_]+(?: [^\W\d_]+)?)\)[ .]*$")
#: An acronym of three letters is too many things to stand for a name by itself.
_SHORTEST_ALONE = 4
#: An acronym beside its own name has so many letters, and is made from so many words at least.
_SHORTEST, _LONGEST, _FEWEST = 3, 8, 3
#: So many letters of a word may be in it: AVIC, KOMID.
_MOST_OF_A_WORD = 2
#: Roles of words that it may leave out.
_LEFT_OUT = frozenset({Role.PARTICLE, Role.LEGAL, Role.GENERIC, Role.PLACE})


def acronym_in_brackets(traced: Traced, original: str) -> Traced | None:
    """Give the acronym that a name has in brackets after several words, if it is one: in capitals, and no table's word.

    >>> name = "Islamic Revolutionary Guard Corps (IRGC)"
    >>> acronym_in_brackets(Traced.whole(name.lower()), name).text
    'irgc'
    """
    found = _BRACKETED.search(traced.text) if ")" in traced.text else None
    if found is None or traced.text[: found.start()].count(" ") < 2:
        return None
    acronym = traced.part(*found.span(1))
    written = original[acronym.starts[0] : acronym.ends[-1]]
    last = acronym.text.rpartition(" ")[2]
    telling = len(last) >= _SHORTEST_ALONE and last not in latin_words().words
    return acronym if telling and written.isupper() else None


def own_acronym(words: Sequence[str]) -> int | None:
    """Give the place of a word that is made from the beginnings of those before it or, the first, of those behind it.

    >>> for text in ("avic aviation industry corporation of china", "komid korea mining development trading",
    ...              "global trading company gtx"):
    ...     print(own_acronym(text.split()))
    0
    0
    None
    """
    if len(words) <= _FEWEST:
        return None
    if words[0][0] == words[1][0] and _is_made_from(words[0], words[1:]):
        return 0
    begins = {words[0][0], words[1][0]}
    places = (place for place in range(_FEWEST, len(words)) if words[place][0] in begins)
    return next((place for place in places if _is_made_from(words[place], words[:place])), None)


def _is_made_from(acronym: str, words: Sequence[str]) -> bool:
    """Whether an acronym is made from the beginnings of words in order; it may leave out those in `_LEFT_OUT`."""
    if not (_SHORTEST <= len(acronym) <= _LONGEST and acronym.isalpha()) or traits(acronym).senses:
        return False
    made = {(0, 0)}  # how many letters are made, and from how many words
    for word in words:
        left_out = _may_be_left_out(word)
        longer = {
            (letters + count, min(used + 1, _FEWEST))
            for letters, used in made
            for count in range(1, _MOST_OF_A_WORD + 1)
            if letters + count <= len(acronym) and word.startswith(acronym[letters : letters + count])
        }
        made = longer | made if left_out else longer
    return (len(acronym), _FEWEST) in made


def _may_be_left_out(word: str) -> bool:
    return any(sense.role in _LEFT_OUT for sense in traits(word).senses)
