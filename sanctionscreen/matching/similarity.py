"""Word against word: are they alike, by which rule, and at what cost.

Each rule is a function of two words that gives its finding or None; its docstring is its published
explanation and its name is the rule's name in the evidence. `alike` asks all of them and keeps the cheapest.

>>> from sanctionscreen.matching.words import word
>>> from sanctionscreen.names.name import Role, Token
>>> def latin(text): return word(Token(text, Role.WORD, 0, len(text)), "Latn")
>>> alike(latin("hikvison"), latin("hikvision"))
Alike(cost=110, rule='typo', detail='1 edit')
>>> alike(latin("obama"), latin("biden")) is None
True
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from sanctionscreen.matching import weights
from sanctionscreen.matching.hearing import unfilled
from sanctionscreen.matching.words import SPELT, Word, heard
from sanctionscreen.names.name import Role

_INITIAL = Role.INITIAL
#: The letters of a country's code, which is its concept.
_COUNTRY_CODE = 2


class Alike(NamedTuple):
    """How two words are alike.

    Attributes:
        cost: what the difference costs, in thousandths of the words' mass; 0 for the same word.
        rule: the rule that found it.
        detail: what was compared, for the explanation.
    """

    cost: int
    rule: str
    detail: str


#: What two equal words have.
SAME = Alike(0, "exact_word", "")


def exact_word(a: Word, b: Word) -> Alike | None:
    """The same letters, once case, accents and punctuation are set aside."""
    return SAME if a.text == b.text and a.script == b.script else None


def same_concept(a: Word, b: Word) -> Alike | None:
    """Different words with one meaning in a table: "Ltd" and "Limited", "banco" and "bank", "VII" and "7"."""
    if a.concept and b.concept and a.role is b.role is not Role.WORD:
        shared = a.concept if a.concept == b.concept else _shared(a.concept, b.concept)
        cost = weights.CONCEPT_COST.get(a.role, 0)
        return Alike(cost, "same_concept", shared.replace("|", " or ")) if shared else None
    return None


def _shared(concept: str, other: str) -> str:
    """What both can mean, where one of them can mean several things: "elec." and "electronics"."""
    if "|" not in concept and "|" not in other:
        return ""
    return "|".join(sorted({*concept.split("|")} & {*other.split("|")}))


def same_given_name(a: Word, b: Word) -> Alike | None:
    """One given name of a table, short or in a neighbouring language: "Bill" and "William", "Serhiy" and "Sergey"."""
    if a.concept and a.concept == b.concept and a.role is b.role is Role.WORD:
        return Alike(weights.GIVEN_NAME_COST, "same_given_name", a.concept)
    return None


def same_sound(a: Word, b: Word) -> Alike | None:
    """Two spellings of one sound, as romanisations differ: "Yevgeny" and "Evgenii"."""
    if a.role not in SPELT or a.hashes.isdisjoint(b.hashes):  # which spares making the keys of a stored word
        return None
    shared = sorted([k for k in a.keys & b.keys if k.startswith("s:")])
    if not shared:
        return None
    edits = OSA.distance(a.text, b.text)
    longest = max(len(a.text), len(b.text))
    extra = weights.SOUND_EDITS_COST * edits // longest + weights.SHORT_SOUND_COST.get(longest, 0)
    cost = weights.SOUND_COST + extra
    if weights.is_syllable(a.text) and weights.is_syllable(b.text):
        cost = cost * weights.SYLLABLE_SLIP // 100
    return Alike(cost, "same_sound", shared[0][2:])


def same_consonants(a: Word, b: Word) -> Alike | None:
    """A word written without its vowels, as in Arabic and Hebrew, against a full spelling of it."""
    if not (a.skeleton or b.skeleton):
        return None
    shared = sorted(k for k in a.keys & b.keys if k.startswith("k:"))
    if not shared:
        return None
    cost = weights.SKELETON_COSTS[min(len(shared[0]) - 2, max(weights.SKELETON_COSTS))]
    return Alike(cost, "same_consonants", shared[0][2:])


def heard_alike(a: Word, b: Word) -> Alike | None:
    """What another script keeps of a foreign name: Clinton is 克林顿, Springsteen スプリングスティーン.

    It costs less the more consonants are kept and the nearer the romanised letters are. A name that is Chinese or
    Korean itself is compared by its romanisation alone.
    """
    if (a.origin == "Latn") == (b.origin == "Latn"):
        return None
    written, other = (a, b) if a.origin == "Latn" else (b, a)
    shared = heard(written, (other.origin,)) & other.keys
    if not shared:
        return None
    key = max(sorted(shared), key=len).partition(":")[2]
    most = weights.HEARD_EDITS_COSTS[min(len(key.partition(":")[2]), max(weights.HEARD_EDITS_COSTS))]
    read = unfilled(other.text, other.origin)
    cost = weights.HEARD_COST + most * OSA.distance(written.text, read) // max(len(written.text), len(read))
    return Alike(min(cost, weights.MOST_HEARD_COST), "heard_alike", key)


def typo(a: Word, b: Word) -> Alike | None:
    """Few enough letters added, dropped, changed or swapped for the length of the word; two countries are none."""
    limit = min(a.reach, b.reach)
    if not limit or a.script != b.script or abs(len(a.text) - len(b.text)) > limit or _two_countries(a, b):
        return None
    edits = OSA.distance(a.text, b.text, score_cutoff=limit)
    if edits > limit:
        return None
    cost = weights.typo_cost(a.text, b.text, edits, han=a.script in weights.SYLLABIC)
    return None if cost is None else Alike(cost, "typo", f"{edits} edit" + "s" * (edits > 1))


def _two_countries(a: Word, b: Word) -> bool:
    """Whether each is another country: Iran is no misspelt Iraq. Provinces are mistaken for each other: Shaanxi."""
    if a.role is not Role.PLACE or b.role is not Role.PLACE or not (a.concept and b.concept):
        return False
    countries, others = set(a.concept.split("|")), set(b.concept.split("|"))
    return countries.isdisjoint(others) and all(len(one) == _COUNTRY_CODE for one in countries | others)


def initial(a: Word, b: Word) -> Alike | None:
    """A single letter for a word that begins with it: "V." and "Vladimir"."""
    one, other = (a, b) if a.role is _INITIAL else (b, a)
    if one.role is _INITIAL and other.role in SPELT and other.text[0] == one.text:
        return Alike(weights.INITIAL_COST, "initial", one.text)
    return None


Rule = Callable[[Word, Word], Alike | None]
RULES: tuple[Rule, ...] = (
    same_concept,
    same_given_name,
    same_sound,
    same_consonants,
    heard_alike,
    typo,
    initial,
)


#: Those that count for words romanised from one script in one way: words that only sound alike are two.
SPELT_RULES = tuple(rule for rule in RULES if rule is not same_sound)


def alike(a: Word, b: Word) -> Alike | None:
    """Give the cheapest way in which two words of one script are alike, or None."""
    return exact_word(a, b) or _cheapest(a, b, False)


def spelt_alike(a: Word, b: Word) -> Alike | None:
    """The same for words romanised from one script in one way: those that only sound alike are two."""
    return exact_word(a, b) or _cheapest(a, b, True)


def apart(a: Word, b: Word) -> bool:
    """Whether no rule can have a finding, which is so for most pairs and quickly told.

    They share no key, have too many different letters for a typing error, neither is an initial, and neither was
    written in a script that the other was not.
    """
    different = (a.mask ^ b.mask).bit_count()
    return (
        (different > 2 * a.reach or different > 2 * b.reach)
        and a.hashes.isdisjoint(b.hashes)
        and a.origin == b.origin
        and not ((a.role is _INITIAL or b.role is _INITIAL) and a.text[:1] == b.text[:1])
    )


@lru_cache(maxsize=100_000)
def _cheapest(a: Word, b: Word, spelt: bool) -> Alike | None:
    best: Alike | None = None
    for rule in SPELT_RULES if spelt else RULES:
        finding = rule(a, b)
        if finding is not None and (best is None or finding < best):
            best = finding
    return best
