"""The one table of weights: what each word counts, what each difference costs, where the cutoff lies.

Every figure that decides a score stands here, beside the observation that set it. The index and the scorer
both read this table, and neither knows the other.

A word has a **mass** from 0 to 100: how much it tells about who is named. It is 100 for a word seen in one
name of the reference corpus or in none, and falls with the logarithm of the number of names that hold it, so
that "technology" weighs little and "hikvision" much. The names of one listed group count as one: "huawei" tells
much, however many of its companies are listed. A trade that the corpus lacks counts as the commonest word of its
meaning: "jituan" as "group". The counts come from `word_counts.tsv` and `trade_counts.tsv`, which
`.ci/tables/make_word_counts.py` makes from official lists and clean names; it ships with the package and has a
version, so that the score of a pair of names depends on the two names and this version alone.

>>> mass("hikvision", Role.WORD) > mass("mohammed", Role.WORD) > mass("technology", Role.GENERIC)
True
>>> mass("ltd", Role.LEGAL)
3
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path

from sanctionscreen.names.name import Role

#: Changes whenever a figure of this file, a count of the table or a word of the tables of names changes a score.
VERSION = "2026.11.10"

#: The cutoff used when none is given, in points.
CUTOFF = 700

#: No search goes below this: the bounds that make the index exact hold from here up, since a word matched by
#: its initial alone costs more than 1 - 0.5 of its mass.
LOWEST_CUTOFF = 500

#: The least and the most a word of each role can weigh.
LIMITS: dict[Role, tuple[int, int]] = {
    Role.WORD: (20, 100),
    Role.INITIAL: (12, 12),
    Role.PARTICLE: (2, 2),
    Role.TITLE: (2, 2),
    Role.GENERIC: (10, 70),
    Role.PLACE: (12, 36),
    Role.NUMBER: (40, 40),
    Role.LEGAL: (3, 3),
}

#: What share of its rarity a word of these roles counts, in hundredths: a rare trade still says little of who it is.
SHARES = {Role.GENERIC: 70, Role.PLACE: 50}

#: The most a word of so few letters can weigh: three letters never seen are a typing error or an abbreviation
#: as often as a name.
SHORT_WORDS = {1: 20, 2: 40, 3: 60, 4: 80}

#: The most that a word can weigh that is common in English, by how common: 10 for the commonest (SCOWL's sizes).
#: "Nova", "Premier" and "Golden Star" say little of who is named, however few names hold them. Set, with
#: `ENOUGH_EVIDENCE` and `ALONE`, where clean companies raised a third of the alarms they had raised before.
ENGLISH = {10: 40, 20: 50, 35: 60}
#: The same for words of trades: "Cameras" tells no more for being one.
ENGLISH_TRADES = {10: 50, 20: 50, 35: 60}
_IN_ENGLISH = {Role.WORD: ENGLISH, Role.GENERIC: ENGLISH_TRADES}

#: The most that one Chinese or Korean syllable can weigh, as romanised: there are about four hundred of them (Hanyu
#: Pinyin, ISO 7098), so each is shared by many names.
SYLLABLE = 35
_CONSONANTS = "bpmfdtnlgkhjqxrzcsyw"
_VOWEL_TO_END = (
    "a|ai|an|ang|ao|e|ei|en|eng|er|i|ia|ian|iang|iao|ie|in|ing|iong|iu|o|ong|ou|u|ua|uai|uan|uang|ue|ui|un|uo|eo|eong|"
    "yeon|yeong|eun|yun|oo"
)
#: The syllables, and how many letters the longest has.
LONGEST_SYLLABLE = 6
SYLLABLES = frozenset(
    before + rest
    for before in (*_CONSONANTS, "zh", "ch", "sh", "")
    for rest in _VOWEL_TO_END.split("|")
    if len(before + rest) <= LONGEST_SYLLABLE
)
#: A slip within one syllable makes another name (Chen / Cheng, Lin / Lian), so it costs more, in hundredths.
SYLLABLE_SLIP = 190

# --- what a difference between two aligned words costs, in thousandths of their mass -------------------

#: Same meaning, other word: "banco" and "bank". A legal form or particle of one class is no difference.
CONCEPT_COST: dict[Role, int] = {Role.GENERIC: 40, Role.PLACE: 20, Role.NUMBER: 20, Role.TITLE: 0}
#: One given name, short or in a neighbouring language: "Bill" and "William".
GIVEN_NAME_COST = 120
#: Same sound, other spelling: "Yevgeny" and "Evgenii"; and so much more where every letter differs.
SOUND_COST, SOUND_EDITS_COST = 60, 400
#: The same where the longer word has so few letters: "Coty" and "Koti" are two names as often as one.
SHORT_SOUND_COST = {2: 200, 3: 160, 4: 120}
#: Only consonants are written, by how many: "mhmd" and "Muhammad". Two consonants fit half the names there are.
SKELETON_COSTS = {2: 380, 3: 220, 4: 140}
#: Heard through another script, with no edit, and at most.
HEARD_COST, MOST_HEARD_COST = 40, 600
#: What it costs besides if every letter is another, by how many consonants the script keeps. So set that a word alone
#: reaches the default cutoff about where one in three of those it is heard like, among 6,000 names, is its own.
HEARD_EDITS_COSTS = {2: 800, 3: 600, 4: 450, 5: 350}
#: "V." and "Vladimir". More than 1 - cutoff, so that initials alone never bring a name to the cutoff.
INITIAL_COST = 520
#: The same where no person is named: "Bajaj Finance" and "B-Finance" are two companies.
INITIAL_COST_ELSEWHERE = 800
#: "HIK VISION" and "HIKVISION".
JOIN_COST = 20

#: The shortest word that can have so many typing errors, in Latin letters and in Han characters (by whether the
#: word is Han). Two edits must leave four letters in place, three edits eight.
SHORTEST_EDITED = {False: {1: 2, 2: 6, 3: 11}, True: {1: 3}}

#: Scripts in which a character is a syllable.
SYLLABIC = frozenset({"Hani", "Hang"})

#: Cost of a typing error by number of edits and length of the longer word: the first row that is long enough.
#: One edit in "Ali" is another word more often than not; Sancho / Sánchez are two people, Schulze / Scholz one.
EDIT_COSTS: dict[int, tuple[tuple[int, int], ...]] = {
    1: ((3, 400), (4, 240), (5, 200), (6, 160), (8, 130), (10, 110), (99, 90)),
    2: ((7, 480), (8, 400), (9, 340), (11, 280), (99, 230)),
    3: ((13, 420), (99, 340)),
}
#: The same for Han characters: each is a syllable with a meaning, and 习近平 is not 习近朋.
HAN_EDIT_COSTS: dict[int, tuple[tuple[int, int], ...]] = {1: ((4, 700), (6, 400), (99, 250))}

#: A typing error in the first letter is rare, so it costs more, in hundredths: Gates / Cates, Nike / Kike.
FIRST_LETTER = 125
#: Where next to nothing but the misspelt word matched (so much mass of one side), the error weighs more, in hundredths,
#: by letters of the longer word: Graco / Granco and Recon / Rexon are two companies, Hikvison / Hikvision one. A
#: person's other name says enough, however common: Mohammed Zeidan / Muhammad Zaydan.
ALONE: tuple[tuple[int, int], ...] = ((6, 220), (8, 230))
ALONE_REST = 40
#: What that costs at most, in points: names with a slip in every word stay to be found at a low cutoff.
ALONE_POINTS = 150

#: A romanisation makes no typing errors, so across scripts one weighs more, in hundredths.
ACROSS_SCRIPTS = 220

#: A legal form or title shorter than this is looked up, never taken for a misspelling.
SHORTEST_MISSPELT = 4

# --- what words without a partner cost, in thousandths of their mass -----------------------------------

#: Words that one side has and the other lacks, where what matched is distinctive.
OMISSION = 760
#: The same where what matched is next to nothing ("International Trading").
OMISSION_WEAK = 2200
#: What counts as next to nothing, and as enough, in mass of one side.
WEAK_EVIDENCE, ENOUGH_EVIDENCE = 40, 130
#: The most, in points, that words cost which only the listed name has: a name whose every word is in the listed one is
#: no alarm for that alone ("United Corporation"), yet stays to be found at a low cutoff.
LISTED_OMISSION_POINTS = 480
#: The same where all that the listed name has more are trades and places beside one brand: "Hikvision" for "Hangzhou
#: Hikvision Digital Technology"; or all that the name asked for has more are trades beside a rarer brand (`is_group`)
#: that is a listed name by itself: "Hikvision CCTV Cameras". A brand has so many letters, is no common English word,
#: and stands in few names. The same beside what a list itself says is a brand, whatever words they are where it is a
#: rarer one ("Hytera Mobilfunk"), and trades and places where it is not ("ZTE Mobile Devices").
BRAND_OMISSION_POINTS = 260
BRAND_LETTERS, BRAND_RARITY = 5, 45
#: A shorter one is an acronym that many share, and a brand only where it stands in next to no other name: "ZTE".
ACRONYM_LETTERS, ACRONYM_RARITY = 3, 80
#: The most that a place beside one brand costs: "SOHO China Ltd." for "SOHO Developers, Inc.".
BRANCH_POINTS = 250
#: The same beside a rarer brand, which tells a group: "Huawei Deutschland GmbH" for "Huawei Technologies Co., Ltd.". So
#: do trades beside one that a list says is a brand, which raises, with the brands of the bundled lists, two alarms more
#: on 21,864 clean companies.
GROUP_BRANCH_POINTS = 90
GROUP_RARITY = 75
#: Words, by their concepts, that say what a company is in its group, and no more of who it is than a place does. They
#: count as one beside a rarer brand: with any brand, "Titan International" and "AVI Global Trust" raised alarms.
STANDING = frozenset({"group", "subsidiary", "holding", "international", "global", "world", "branch", "office"})
#: The most that a slip in such a brand costs, in thousandths of its mass, for it to be one all the same: "Hikvison
#: Europe" for "Hikvision".
BRAND_SLIP = 180
#: The same where the brand was heard through another script: "Хиквижн Россия", "ハイクビジョンジャパン".
BRAND_HEARD = 200
#: A rare brand of so many letters that is a listed name by itself is found beside trades with a slip too, or written
#: apart, and the trades cost so much beside the slip: "Hikvison Cameras", "Hik Vision Cameras". With seven
#: letters, ten more of 21,864 clean companies raised alarms; with eight, none.
LONG_BRAND_POINTS = 170
LONG_BRAND_LETTERS = 8
#: The same for a whole listed name of several words that weigh so much together: "Iran Air Deutschland GmbH".
WHOLE_MASS = 60
#: Words on both sides that the other lacks: "Barack Obama" and "Michelle Obama".
CONFLICT = 1600
#: What a conflict of distinctive words costs on top, in points, however long the rest of the names is: with
#: "Rafi Abd-al-Latif Tilfah" shared, al-Dulaimi and al-Tikriti are still two people. In full from this mass on.
CONFLICT_POINTS, CONFLICT_MASS = 150, 60

# --- whole points -----------------------------------------------------------------------------------

#: Both names have a number and they differ: Brigade 44 and Brigade 55.
NUMBER_POINTS = 320
#: Both names have an initial and they differ: William G. Frost and William W. Frost.
INITIAL_POINTS = 220
#: The words stand in another order.
ORDER_POINTS = 8
#: "Salman bin Muhammad" and "Muhammad bin Salman".
PATRONYMIC_POINTS = 350
#: Names in different scripts can agree by romanisation only.
SCRIPT_POINTS = 10
#: The whole of one name is the other with its spaces taken out or put elsewhere.
RESPACED_POINTS = 25
#: One name is the initials of the other, by number of letters.
ACRONYM_POINTS: dict[int, int] = {3: 340, 4: 270, 5: 200}
#: More where the list has the initials: most names that spell them out are somebody else's.
LISTED_ACRONYM_POINTS = 60
#: More where the name asked for is written like a word and not in capitals: Teac Corporation is no acronym.
WORD_ACRONYM_POINTS = 60
#: The last words are shorter than a name and stand where the other name has its legal form: "s.rwl." for "S.R.L.".
LEGAL_POINTS = 60
#: The longest word taken for a misspelt legal form.
LONGEST_LEGAL_SLIP = 4
#: The name reads like one of another kind ("Trico Bancshares" against a vessel called Orico).
GUESSED_KIND_POINTS = 120
#: Letters that no honest spelling needs were undone.
DISGUISE_POINTS = 10


def is_syllable(text: str) -> bool:
    """Whether a word can be one Chinese or Korean syllable."""
    return text in SYLLABLES


@cache
def _counts() -> tuple[dict[str, int], int]:
    """Number of names that hold each word, and the number of names counted."""
    cells = "\t".join(_lines("word_counts.tsv")).split("\t")
    counts = dict(zip(cells[::2], map(int, cells[1::2]), strict=True))
    return counts, counts.pop("*")


@cache
def _trades() -> dict[str, int]:
    """Of each meaning of a trade, the number of names that hold its commonest word."""
    rows = (line.partition("\t") for line in _lines("trade_counts.tsv"))
    return {meaning: int(count) for meaning, _, count in rows}


@cache
def _english() -> dict[str, int]:
    """How common the words of English are: SCOWL's sizes, the least first."""
    rows = (line.partition("\t") for line in _lines("english_words.tsv"))
    return {word: size for row in rows for size in (int(row[0]),) for word in row[2].split(" ")}


@cache
def _known() -> frozenset[str]:
    """The words that a table says something of, in one place to look: most new words are not among them."""
    return SYLLABLES.union(_english(), _counts()[0])


def _lines(table: str) -> list[str]:
    """Lines of a table beside this file; those that begin with # are comments."""
    text = (Path(__file__).parent / table).read_text(encoding="utf-8")
    return [line for line in text.split("\n") if line and not line.startswith("#")]


def rarity(word: str) -> int:
    """From 0 (in every name of the corpus) to 100 (in one or none)."""
    counts, names = _counts()
    return _rarity(counts.get(word, 1), names)


@lru_cache(maxsize=4096)
def _rarity(count: int, names: int) -> int:
    """Of a word that so many names hold."""
    return round(100 * math.log(names / count) / math.log(names))


def mass(text: str, role: Role, concept: str = "") -> int:
    """What a word counts, from 0 to 100; of a trade with two meanings that the corpus lacks, by the rarer of them."""
    least, most = LIMITS[role]
    if least == most:
        return least
    if len(text) in SHORT_WORDS and text.isascii():
        most = min(most, SHORT_WORDS[len(text)])
    weight = SHARES.get(role, 100)
    if text in _known():
        if text in SYLLABLES:
            most = min(most, SYLLABLE)
        elif role in _IN_ENGLISH and text in _english():
            most = min(most, _IN_ENGLISH[role].get(_english()[text], most))
        weight = rarity(text) * weight // 100
    elif role is Role.GENERIC:
        count = min([_trades().get(meaning, 1) for meaning in concept.split("|")])
        weight = _rarity(count, _counts()[1]) * weight // 100
    return min(most, max(least, weight))


def reach(length: int, *, han: bool = False) -> int:
    """The most edits at which a word of this length can still be taken for another.

    >>> [reach(n) for n in (1, 2, 5, 6, 10, 11)]
    [0, 1, 1, 2, 2, 3]
    """
    by_length = _REACH[han]
    return by_length[min(length, len(by_length) - 1)]


def _reach_by_length(shortest: Mapping[int, int]) -> tuple[int, ...]:
    """The most edits for each length of a word, up to that from which it stays the same."""
    lengths = range(max(shortest.values()) + 1)
    return tuple(max((e for e, least in shortest.items() if length >= least), default=0) for length in lengths)


_REACH = {han: _reach_by_length(shortest) for han, shortest in SHORTEST_EDITED.items()}


def is_brand(text: str) -> bool:
    """Whether a word can tell a company by itself.

    >>> is_brand("hikvision"), is_brand("premier"), is_brand("muhammad"), is_brand("zte")
    (True, False, False, True)
    """
    if len(text) < ACRONYM_LETTERS or not text.isalpha() or text in _english():
        return False
    return rarity(text) >= (BRAND_RARITY if len(text) >= BRAND_LETTERS else ACRONYM_RARITY)


def is_long_brand(text: str) -> bool:
    """Whether a word tells a group and is so long that no slip makes another brand of it.

    >>> is_long_brand("hikvision"), is_long_brand("huawei"), is_long_brand("intercontinental")
    (True, False, False)
    """
    return len(text) >= LONG_BRAND_LETTERS and is_group(text) and is_brand(text)


def is_group(brand: str) -> bool:
    """Whether a brand alone tells a group, whatever companies of it are called.

    >>> is_group("huawei"), is_group("titan"), is_group("avi"), is_group("")
    (True, False, False, False)
    """
    return len(brand) >= BRAND_LETTERS and rarity(brand) >= GROUP_RARITY


def alone(length: int) -> int:
    """What a slip weighs more, in hundredths, where next to nothing but the misspelt word matched.

    >>> alone(6), alone(9)
    (220, 100)
    """
    return next((share for longest, share in ALONE if length <= longest), 100)


def _costs_by_length(rows: Sequence[tuple[int, int]]) -> tuple[int, ...]:
    """The cost for each length of a word, up to that from which it stays the same."""
    return tuple(next(cost for longest, cost in rows if length <= longest) for length in range(rows[-1][0] + 1))


_EDIT_COSTS = {
    han: {edits: _costs_by_length(rows) for edits, rows in costs.items()}
    for han, costs in ((False, EDIT_COSTS), (True, HAN_EDIT_COSTS))
}


def typo_cost(one: str, other: str, edits: int, *, han: bool = False) -> int | None:
    """Cost of so many edits between two words, by what they are; None where they are two words.

    >>> typo_cost("hikvison", "hikvision", 1) < typo_cost("gikvision", "hikvision", 1)
    True
    """
    shortest, longest = (len(one), len(other)) if len(one) < len(other) else (len(other), len(one))
    if not edits or edits > reach(shortest, han=han):
        return None
    by_length = _EDIT_COSTS[han][edits]
    cost = by_length[min(longest, len(by_length) - 1)]
    if one[0] != other[0]:
        cost = cost * FIRST_LETTER // 100
    if is_syllable(one) and is_syllable(other):
        cost = cost * SYLLABLE_SLIP // 100
    return cost
