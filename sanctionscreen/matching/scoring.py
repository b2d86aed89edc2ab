"""Name against name: the score in whole points, and what it is made of.

Two identical names have 1000 points. Every difference costs points, rounded up, so that a lesser match always
scores below an identical one; what is left is the score. The points of the matched words add up to 1000, and
each difference is taken off where it arose, so that the contributions add up to the score exactly.

The cost of unpaired words depends on both sides. A word that only one side has is an **omission** ("Hikvision"
for "Hangzhou Hikvision Digital Technology"). Where both sides have words that the other lacks, the smaller of
the two masses is in **conflict**, and costs far more.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from itertools import product
from typing import NamedTuple

from sanctionscreen.hits import FULL
from sanctionscreen.matching import weights
from sanctionscreen.matching.alignment import Alignment, Pair, align, is_latin
from sanctionscreen.matching.prepared import Prepared, PreparedName
from sanctionscreen.matching.similarity import SAME
from sanctionscreen.names.name import Role
from sanctionscreen.names.readings import CUT_OFF, DISGUISED
from sanctionscreen.records import Kind

#: Kinds of names that may be a person's.
_MAY_BE_PERSON: frozenset[Kind | None] = frozenset({"person", None})
#: Kinds of names that may have a brand in them.
_MAY_HAVE_BRAND: frozenset[Kind | None] = frozenset({"organization", None})


class Part(NamedTuple):
    """One part of a score: a rule, its points, and the positions it speaks of on both sides."""

    rule: str
    points: int
    query: tuple[int, ...]
    listed: tuple[int, ...]
    detail: str = ""


class Score(NamedTuple):
    """The points of two names and the parts that add up to them, for the readings that fit best."""

    points: int
    parts: tuple[Part, ...]
    query: Prepared
    listed: Prepared


def score(
    query: PreparedName, listed: PreparedName, pairs: Iterable[tuple[int, int]] | None = None, cutoff: int = 0
) -> Score | None:
    """Compare two names by the readings that fit best; None where they share no script, or stay below the cutoff.

    Args:
        query: the name asked for.
        listed: the name it is compared with.
        pairs: numbers of the readings to compare, in order, where it is known that no others count.
        cutoff: the fewest points that are told.
    """
    best: Score | None = None
    own = own_scripts(query, listed)
    kinds = frozenset((query.kind, listed.kind))
    if pairs is None:
        pairs = product(range(len(query.readings)), range(len(listed.readings)))
    for i, j in pairs:
        a, b = query.readings[i], listed.readings[j]
        if a.script != b.script or (own and a.script not in own):
            continue
        if CUT_OFF in b.standard or (CUT_OFF in a.standard and not _goes_on(query, b)):
            continue
        costs = _name_costs(query, a, listed, b)
        if FULL + _points(costs) < cutoff:
            continue
        found = score_readings(a, b, costs, kinds, cutoff, is_brand=listed.is_brand)
        if found.points >= cutoff:
            best, cutoff = found, found.points + 1  # of those that fit alike the first counts
    return best


def own_scripts(query: PreparedName, listed: PreparedName) -> set[str]:
    """The scripts other than Latin that both names are written in: where there are any, only those are compared.

    Characters that only sound alike are not the same name.
    """
    asked = {r.script for r in query.readings if r.script != "Latn"}
    return asked and asked & {r.script for r in listed.readings}


def _goes_on(query: PreparedName, listed: Prepared) -> bool:
    """Whether the last word of the name asked for is the beginning of a listed one, and not all of it."""
    main = query.readings[0]
    last = max(range(len(main.words)), key=main.places.__getitem__)
    half = main.words[last].text
    return any(w.text != half and w.text.startswith(half) for w in listed.words)


def _name_costs(query: PreparedName, a: Prepared, listed: PreparedName, b: Prepared) -> list[Part]:
    """What the names cost as a whole, before their words are looked at."""
    undone = [one for one in query.name.disguises if DISGUISED.get(one, "") in a.standard]
    costs = [Part("disguised", -weights.DISGUISE_POINTS, (), (), one) for one in undone]
    if query.name.inferred and listed.kind and query.kind != listed.kind:
        detail = f"{query.kind} / {listed.kind}"
        costs.append(Part("other_kind_guessed", -weights.GUESSED_KIND_POINTS, (), (), detail))
    if a.standard != b.standard:
        detail = f"{a.standard} / {b.standard}"
        rule = "other_reading" if is_latin(a) and is_latin(b) else "transliterated"
        costs.append(Part(rule, -weights.SCRIPT_POINTS, (), (), detail))
    return costs


def score_readings(
    query: Prepared,
    listed: Prepared,
    costs: list[Part],
    kinds: frozenset[Kind | None],
    cutoff: int = 0,
    *,
    is_brand: bool = False,
) -> Score:
    """Compare two readings of one script; `costs` are taken off whatever the words say.

    `kinds` are those of both names, as far as is known; `is_brand` says that a list has the listed one as a brand. What
    stays below the cutoff may have no points at all.
    """
    least = cutoff and cutoff - _points(costs)
    parts = identical_name(query, listed) or _by_words(query, listed, kinds, least, is_brand=is_brand)
    if _points(parts) < FULL - weights.RESPACED_POINTS:  # the most that these can have
        for other in (respaced_name(query, listed), acronym(query, listed)):
            if other and (not parts or _points(other) > _points(parts)):
                parts = other
    parts = parts + costs if parts else []
    points = _points(parts)
    if points < 0:
        parts, points = [*parts, Part("floor", -points, (), ())], 0
    return Score(points, tuple(parts), query, listed)


def _points(parts: Iterable[Part]) -> int:
    return sum([part.points for part in parts])


def identical_name(query: Prepared, listed: Prepared) -> list[Part]:
    """The same words in the same order, once case, accents and punctuation are set aside."""
    if query.texts != listed.texts or not query.texts:
        return []
    return [Part("identical_name", FULL, _all(query), _all(listed))]


def respaced_name(query: Prepared, listed: Prepared) -> list[Part]:
    """The same letters with the spaces left out or put elsewhere, legal forms and titles set aside."""
    if query.sizes.isdisjoint(listed.sizes):
        return []
    shared = sorted(query.unspaced & listed.unspaced)
    if not shared or len(shared[0]) < 4:
        return []
    return [Part("respaced_name", FULL - weights.RESPACED_POINTS, _all(query), _all(listed), shared[0])]


def acronym(query: Prepared, listed: Prepared) -> list[Part]:
    """One name is a single word made of the first letters of the other's words."""
    short = query.single
    if short is not None and short.text in listed.acronyms:
        points = acronym_points(len(short.text), as_word=query.capitalised)
        return [Part("acronym", points, _all(query), _all(listed), short.text)]
    short = listed.single if min(map(len, listed.texts), default=0) <= len(query.words) else None
    if short is not None and short.text in query.acronyms:
        points = acronym_points(len(short.text), short_listed=True)
        return [Part("acronym", points, _all(query), _all(listed), short.text)]
    return []


@cache
def acronym_points(letters: int, *, short_listed: bool = False, as_word: bool = False) -> int:
    """What an acronym of so many letters has: less where the list has the short name, or the query writes it as a word.

    >>> acronym_points(4) > acronym_points(3) > acronym_points(2)
    True
    """
    cost = (
        FULL
        if letters < min(weights.ACRONYM_POINTS)
        else weights.ACRONYM_POINTS[min(letters, max(weights.ACRONYM_POINTS))]
    )
    cost += weights.LISTED_ACRONYM_POINTS if short_listed else 0
    cost += weights.WORD_ACRONYM_POINTS if as_word else 0
    return FULL - cost


def _all(one: Prepared) -> tuple[int, ...]:
    return tuple(range(len(one.words)))


def _by_words(
    query: Prepared, listed: Prepared, kinds: frozenset[Kind | None], cutoff: int, *, is_brand: bool
) -> list[Part]:
    """Points of the paired words, less what each difference costs; nothing where the words left cost too much."""
    alignment = align(query, listed)
    if not alignment.pairs:
        return []
    slips = _legal_slips(query, listed, alignment)
    if slips:
        alignment = alignment._replace(query_left=tuple([i for i in alignment.query_left if i not in slips]))
    matched = sum([p.mass for p in alignment.pairs])
    left_q = sum([query.words[i].mass for i in alignment.query_left])
    left_l = sum([listed.words[j].mass for j in alignment.listed_left])
    total = matched + left_q + left_l
    branded = "person" not in kinds and bool(query.brand) and query.brand == listed.brand
    beside = beside_brand if is_brand else beside_long_brand
    said = beside(query, listed, alignment) if kinds <= _MAY_HAVE_BRAND else None
    if said is not None:
        most = said
    elif left_q < left_l:
        most = weights.BRAND_OMISSION_POINTS if branded else weights.LISTED_OMISSION_POINTS
    else:
        added = branded and _adds_trades(query, listed, alignment)
        most = weights.BRAND_OMISSION_POINTS if added else weights.OMISSION_WEAK  # which nothing exceeds
    left = _left_parts(alignment, left_q, left_l, matched, total, most)
    grouped = branded or ("person" not in kinds and _has_name_of_group(query, listed, alignment))
    branch = other_branch(query, listed, alignment) if grouped else []
    if branch and _points(left) < branch[0].points:
        left = branch
    if cutoff and FULL + _points(left) < cutoff:
        return []
    across = query.standard != listed.standard and is_latin(query) != is_latin(listed)
    # What a branch is called says nothing of how sure its brand is.
    shared = total if left is not branch and said is None else matched
    most = weights.ALONE_POINTS if said is None else 0  # a brand is no name like others
    person = kinds <= _MAY_BE_PERSON
    parts = _pair_parts(alignment.pairs, matched, shared, most, across=across, person=person)
    parts += left
    if alignment.query_left and alignment.listed_left:
        parts += different_number(query, listed, alignment)
        parts += different_initial(query, listed, alignment)
    order = word_order(alignment)
    if order:  # else no father stands in the place of his son
        parts += swapped_patronymic(query, listed, alignment) + order
    if slips:
        parts.append(Part("misspelt_legal_form", -weights.LEGAL_POINTS, slips, ()))
    return parts


def _legal_slips(query: Prepared, listed: Prepared, alignment: Alignment) -> tuple[int, ...]:
    """Short words at the end of the query, where the listed name has a legal form that the query lacks."""
    if not query.tail or not any(listed.words[j].role is Role.LEGAL for j in alignment.listed_left):
        return ()
    return tuple([i for i in query.tail if i in alignment.query_left])


def _pair_parts(
    pairs: tuple[Pair, ...], matched: int, total: int, most: int, *, across: bool, person: bool
) -> list[Part]:
    """Share 1000 points among the pairs by mass, and take off what each pair's difference costs.

    `most` is what slips may cost more where little else matched, all together.
    """
    parts, given, seen = [], 0, 0
    for pair in pairs:
        seen += pair.mass
        share = FULL * seen // matched - given
        given += share
        if pair.alike is not SAME:
            own, alone = _pair_cost(pair, matched, across=across, person=person)
            more = min(most, alone * pair.mass // total)
            most -= more
            share -= max(1, -(-own * pair.mass // total) + more)
        parts.append(Part(pair.alike.rule, share, pair.query, pair.listed, pair.alike.detail))
    return parts


def _pair_cost(pair: Pair, matched: int, *, across: bool, person: bool) -> tuple[int, int]:
    """What a pair's difference costs, and what a slip costs more where little else matched.

    A slip costs more across scripts, an initial where no person is named.
    """
    cost, rule = pair.alike.cost, pair.alike.rule
    if rule == "initial" and not person:
        cost = weights.INITIAL_COST_ELSEWHERE
    if rule not in ("typo", "same_sound"):
        return cost, 0
    if across:
        return (cost * weights.ACROSS_SCRIPTS // 100 if rule == "typo" else cost), 0
    if matched - pair.mass > (0 if person else 2 * weights.ALONE_REST):
        return cost, 0
    return cost, cost * (weights.alone(pair.length) - 100) // 100


def _left_parts(alignment: Alignment, left_q: int, left_l: int, matched: int, total: int, most: int) -> list[Part]:
    """What the words without a partner cost."""
    parts = []
    both, more = min(left_q, left_l), abs(left_q - left_l)
    if both:
        cost = -(-2 * weights.CONFLICT * both // total)
        cost += weights.CONFLICT_POINTS * min(both, weights.CONFLICT_MASS) // weights.CONFLICT_MASS
        parts.append(Part("conflicting_words", -cost, alignment.query_left, alignment.listed_left))
    if more:
        cost = min(most, -(-omission_rate(matched // 2) * more // total))
        only_q, only_l = (alignment.query_left, ()) if left_q > left_l else ((), alignment.listed_left)
        parts.append(Part("omitted_words", -cost, only_q, only_l))
    return parts


def _adds_trades(query: Prepared, listed: Prepared, alignment: Alignment) -> bool:
    """Whether all that the name asked for adds to a listed brand alone are trades: "Hikvision CCTV" for "Hikvision"."""
    return (
        weights.is_group(query.brand)
        and all(query.words[i].role in _WHAT for i in alignment.query_left)
        and _has_all(listed, alignment)
    )


def _has_all(listed: Prepared, alignment: Alignment) -> bool:
    """Whether every word of a listed name has a partner, but for its legal form."""
    return all(listed.words[j].role is Role.LEGAL for j in alignment.listed_left)


def beside_brand(query: Prepared, listed: Prepared, alignment: Alignment) -> int | None:
    """The most that words cost beside what a list says is a brand, in points; None where it is none, or is not there.

    Beside trades and places it may be written apart, and a rare one may have a slip: Hik Vision Cameras, Hikvison
    Cameras. Beside other words a rare one alone counts, as it is, and they cost more: Hytera Mobilfunk. One that others
    might share, as those of few letters, stands beside trades and places: ZTE Mobile Devices.
    """
    brand = listed.single
    if brand is None or not _has_all(listed, alignment):
        return None
    rare, exact = weights.is_group(brand.text), brand.text in query.texts
    if {query.words[i].role for i in alignment.query_left} <= _WHERE | _WHAT:
        exact = exact or brand.text in query.runs
        if rare and (exact or misspells_brand(query, listed, alignment)):
            return weights.GROUP_BRANCH_POINTS
        return weights.BRAND_OMISSION_POINTS if exact and weights.is_brand(brand.text) else None
    return weights.BRAND_OMISSION_POINTS if exact and rare else None


def beside_long_brand(query: Prepared, listed: Prepared, alignment: Alignment) -> int | None:
    """The most that trades and places cost beside a long rare brand that is all of a listed name, and has a slip here.

    The same holds for such a brand written apart. Spelt as it is listed, it is a brand like others, and None is given.
    """
    brand = listed.single
    if brand is None or not weights.is_long_brand(brand.text) or not _has_all(listed, alignment):
        return None
    left = {query.words[i].role for i in alignment.query_left}
    if not left <= _WHERE | _WHAT or left <= _WHERE & _WHAT:
        return None
    if query.brand_apart == brand.text:
        return weights.BRAND_OMISSION_POINTS
    slips = query.brand != brand.text and misspells_brand(query, listed, alignment)
    return weights.LONG_BRAND_POINTS if slips else None


def _has_name_of_group(query: Prepared, listed: Prepared, alignment: Alignment) -> bool:
    """Whether the name asked for has in it what names the listed party's group; the index finds these by their keys."""
    return misspells_brand(query, listed, alignment) or holds_whole(query, listed, alignment)


def misspells_brand(query: Prepared, listed: Prepared, alignment: Alignment) -> bool:
    """Whether the brands of both are one but for a slip, and rare enough to tell a group: Hikvison Europe."""
    if not (weights.is_group(query.brand) and weights.is_group(listed.brand)):
        return False
    both = ((query.brand,), (listed.brand,))
    most = weights.BRAND_SLIP if is_latin(query) == is_latin(listed) else weights.BRAND_HEARD
    return any(
        pair.alike.cost <= most and both == (_texts(query, pair.query), _texts(listed, pair.listed))
        for pair in alignment.pairs
    )


def _texts(one: Prepared, places: Iterable[int]) -> tuple[str, ...]:
    return tuple([one.words[place].text for place in places])


#: Roles of words of which a whole name has one.
_TELLING = frozenset({Role.WORD, Role.PLACE})
#: Roles of words that say where a company is, and what it does.
_WHERE = frozenset({Role.PLACE, Role.LEGAL, Role.PARTICLE})
_WHAT = frozenset({Role.GENERIC, Role.LEGAL, Role.PARTICLE})


def holds_whole(query: Prepared, listed: Prepared, alignment: Alignment) -> bool:
    """Whether neighbouring words asked for are the whole of a listed name but for its legal form.

    "Iran Air" in "Iran Air Deutschland" is as good as a brand, though no word of it is one; "National Bank" is not.
    """
    if not _has_all(listed, alignment):
        return False
    whole = [listed.words[j] for j in listed.core]
    if _TELLING.isdisjoint([w.role for w in whole]) or sum([w.mass for w in whole]) < weights.WHOLE_MASS:
        return False
    return "".join([w.text for w in whole]) in query.runs


def other_branch(query: Prepared, listed: Prepared, alignment: Alignment) -> list[Part]:
    """Beside one brand, the name asked for says where and the listed one what: Huawei Deutschland, Huawei Technologies.

    So is what it is in its group: Huawei Group, Huawei Office; and so are two trades of one brand in one place: Chengdu
    Spaceon Electronics, Chengdu Spaceon Technology. A national company is not its parent, and a buyer must see the
    parent's listing all the same. A place at the head of the listed name is its seat, as Chinese names have it; one
    elsewhere makes it a branch of its own, and two at the head are two companies (Sichuan Hongda, Dandong Hongda).
    """
    left = [query.words[i] for i in alignment.query_left]
    asked = {w.role for w in left if w.concept not in weights.STANDING}
    head = listed.core[0]
    seat = head in alignment.listed_left and query.core[0] not in alignment.query_left
    seat = seat and listed.words[head].role is Role.PLACE
    known = {listed.words[j].role for j in alignment.listed_left if j != head or not seat}
    where = asked <= _WHERE and known <= _WHAT
    here = any(query.words[i].role is Role.PLACE for pair in alignment.pairs for i in pair.query)
    both = asked <= _WHERE | _WHAT and known <= _WHERE & _WHAT
    rare = weights.is_group(query.brand)
    standing = rare and any(w.concept in weights.STANDING for w in left)
    trades = rare and here and asked <= _WHAT and known <= _WHAT
    if not trades and not ((Role.PLACE in asked or standing) and (where or both)):
        return []
    points = weights.GROUP_BRANCH_POINTS if rare and Role.PLACE in asked else weights.BRANCH_POINTS
    return [Part("other_branch", -points, alignment.query_left, alignment.listed_left)]


def omission_rate(evidence: int) -> int:
    """What an omission costs, in thousandths, by the mass of one side that did match.

    >>> omission_rate(200) == weights.OMISSION, omission_rate(10) == weights.OMISSION_WEAK
    (True, True)
    """
    low, high = weights.WEAK_EVIDENCE, weights.ENOUGH_EVIDENCE
    short = high - min(max(evidence, low), high)
    return weights.OMISSION + (weights.OMISSION_WEAK - weights.OMISSION) * short // (high - low)


def different_number(query: Prepared, listed: Prepared, alignment: Alignment) -> list[Part]:
    """Both names have a number and the numbers differ: Brigade 44 is not Brigade 55."""
    asked, known = _left_with(query, listed, alignment, Role.NUMBER)
    return [Part("different_number", -weights.NUMBER_POINTS, asked, known)] if asked and known else []


def different_initial(query: Prepared, listed: Prepared, alignment: Alignment) -> list[Part]:
    """Both names have an initial and the initials differ: William G. Frost is not William W. Frost."""
    asked, known = _left_with(query, listed, alignment, Role.INITIAL)
    return [Part("different_initial", -weights.INITIAL_POINTS, asked, known)] if asked and known else []


def _left_with(
    query: Prepared, listed: Prepared, alignment: Alignment, role: Role
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The words of a role that stand without a partner, on each side; the listed ones where both have any."""
    asked = tuple([i for i in alignment.query_left if query.words[i].role is role])
    known = tuple([j for j in alignment.listed_left if listed.words[j].role is role]) if asked else ()
    return asked, known


def swapped_patronymic(query: Prepared, listed: Prepared, alignment: Alignment) -> list[Part]:
    """The one before "bin" in one name stands after it in the other, and the reverse: father and son."""
    son_q = query.son
    son_l = listed.son if son_q is not None else None
    if son_q is None or son_l is None:
        return []
    moved = [p for p in alignment.pairs if (p.query[0] < son_q) != (p.listed[0] < son_l)]
    down = [p for p in moved if p.query[0] < son_q]
    if not down or len(down) == len(moved):
        return []
    asked = tuple(i for p in moved for i in p.query)
    known = tuple(j for p in moved for j in p.listed)
    return [Part("swapped_patronymic", -weights.PATRONYMIC_POINTS, asked, known)]


def word_order(alignment: Alignment) -> list[Part]:
    """The words stand in another order."""
    places = [p.listed for p in alignment.pairs]
    return [] if places == sorted(places) else [Part("word_order", -weights.ORDER_POINTS, (), ())]
