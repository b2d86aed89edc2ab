"""A hit in plain sentences: what matched, what differed and at what cost, what it means and where it is published.

Nothing is added here. Every sentence is made from one piece of structured evidence, by its rule's row in `SENTENCES`,
or from one field of the record; so the text can be read beside the JSON and says neither more nor less.

>>> from sanctionscreen.screening import Screener
>>> result = Screener.load().screen("Hangzhou Hikvison Digital Technology")
>>> text = explain(result.hits[0])
>>> print(text.splitlines()[0])
Hangzhou Hikvision Digital Technology Co., Ltd. (organization, CN)
>>> '"Hikvison" differs from "Hikvision" by 1 edit' in text
True
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sanctionscreen.asking import disposition, steps
from sanctionscreen.basis import basis
from sanctionscreen.errors import InputError
from sanctionscreen.hits import FULL, Comparison, Disposition, Effect, Evidence, Hit, ScreeningResult, Span, TextResult
from sanctionscreen.layout import LINE, NO_ADVICE, counted, figured, paragraph, quoted, section, shown
from sanctionscreen.meaning.context import Context
from sanctionscreen.meaning.status import milestones
from sanctionscreen.records import Listing, Party
from sanctionscreen.texts import explain_text

#: What each rule says. `{query}` and `{listed}` are the words of either name, `{words}` those of the one side that
#: has any and `{side}` that side, `{or_nothing}` those of the listed name if it has any, `{detail}` what was compared.
SENTENCES: dict[str, str] = {
    # Words alike.
    "exact_word": "{query} is the same word as {listed}.",
    "same_concept": "{query} means the same as {listed} ({detail}).",
    "same_given_name": "{query} is the given name {listed} in another form ({detail}).",
    "same_sound": "{query} sounds like {listed}.",
    "same_consonants": "{query} has the consonants of {listed} ({detail}), one of them written without vowels.",
    "heard_alike": "{query} and {listed} are one name, each as its script writes what is heard.",
    "typo": "{query} differs from {listed} by {detail}.",
    "initial": "{query} and {listed}: one is the initial of the other.",
    "joined_words": "{query} and {listed} are one word, written apart on one side.",
    # Words without a partner.
    "omitted_words": "Only {side} has {words}.",
    "conflicting_words": "The name asked for has {query} where the listed name has {listed}.",
    "other_branch": "Beside the same brand, the name asked for has {query}, and the listed name {or_nothing}: it may "
    "be a company of the same group elsewhere.",
    "different_number": "The numbers differ: {query} and {listed}.",
    "different_initial": "The initials differ: {query} and {listed}.",
    "misspelt_legal_form": "{query} stands where the listed name has its legal form, and is taken for it, misspelt.",
    # Names as a whole.
    "identical_name": "The names are the same, but for case, accents, punctuation and variants of characters.",
    "respaced_name": "The names have the same letters with the spaces elsewhere ({detail}).",
    "acronym": "One name is the acronym of the other: {query} and {listed}.",
    "word_order": "The words stand in another order.",
    "swapped_patronymic": "Father and son have changed places: {query} and {listed}.",
    "transliterated": "The names are in different scripts and agree by romanisation ({detail}).",
    "other_reading": "One of the names was read in another way than as it stands ({detail}).",
    "other_kind_guessed": "By its words the name asked for seems to be of another kind ({detail}).",
    "disguised": "The name asked for is written so as to look like something else ({detail}): a likely disguise.",
    "floor": "The differences cost more than there was; no score is below 0.",
    # Facts beside the name.
    "same_identifier": "The official identifier is the same: {detail}.",
    "kind_agrees": "The kind agrees: {detail} (asked / listed).",
    "kind_differs": "The kind contradicts: {detail} (asked / listed).",
    "birth_date_agrees": "The birth date agrees: {detail} (asked / listed).",
    "birth_date_near": "The birth date is near, but not the same: {detail} (asked / listed).",
    "birth_date_differs": "The birth date contradicts: {detail} (asked / listed).",
    "country_agrees": "The country agrees: {detail} (asked / listed).",
    "country_differs": "The country differs: {detail} (asked / listed).",
    "address_agrees": "The address agrees: {detail}.",
    "limit_of_facts": "Contradicting facts together cost no more than this.",
}

#: What is said of a rule that has no row: its own name, so that nothing is left out.
UNKNOWN = "{rule}: {query} {listed} {detail}"

#: Rules that share the 1000 points among the words they pair; all but the first take off what the difference costs.
_SAME = "exact_word"
DIFFERING = (
    "same_concept",
    "same_given_name",
    "same_sound",
    "same_consonants",
    "heard_alike",
    "typo",
    "initial",
    "joined_words",
    "respaced_name",
    "acronym",
)
_PAIRING = frozenset((_SAME, *DIFFERING))

_LIMITS = f"{NO_ADVICE} A clear result says only what these lists say."


def explain(found: Hit | ScreeningResult | Comparison | TextResult, *, checklist: bool = False) -> str:
    """Tell in plain sentences what was found, why, and what that means.

    Lines are at most 80 columns wide, but for words that are longer, and carry no colour. Characters that a terminal
    would act on (controls, changes of writing direction, zero-width characters) are written as escapes.

    Args:
        found: a `ScreeningResult` (what was asked, what was found, in which lists of which dates, and what was not
            screened), one of its hits, what `compare` returns, or what `Screener.scan` does.
        checklist: of a result, whether to show every step of OFAC's checklist, and not only what to ask the vendor for.

    Raises:
        InputError: when it is something else.

    >>> from datetime import date
    >>> from sanctionscreen.matching import compare
    >>> from sanctionscreen.screening import Screener
    >>> print(explain(Screener.load().screen("?!", as_of=date(2022, 5, 20))).splitlines()[0])
    Not clear: "?!" could not be screened in full, as of 2022-05-20.
    >>> print(explain(compare("HIKVISION", "Hikvision")).splitlines()[0])
    "HIKVISION" and "Hikvision": score 1.000.
    """
    if isinstance(found, ScreeningResult):
        return _result(found, checklist=checklist)
    if isinstance(found, TextResult):
        return explain_text(found)
    if isinstance(found, Comparison):
        return _comparison(found)
    if not isinstance(found, Hit):
        raise InputError(f"{type(found).__name__} is nothing that was found: give a result, a hit or a comparison")
    return "\n".join(_explained(found, Context()))


def _result(result: ScreeningResult, *, checklist: bool) -> str:
    context = Context(**result.settings.get("context", {}))
    lines = [*paragraph(_outcome(result)), *disposition(result)]
    for place in result.places:
        lines += section(place.told, (_effect(one, ()) for one in place.effects))
    for number, hit in enumerate(result.hits, 1):
        lines += ["", LINE, f"Hit {number} of {len(result.hits)}", "", *_explained(hit, context)]
        lines += steps(result.query, hit, whole=checklist)
    for hit in result.history:
        lines += ["", LINE, "Known, but nothing in force on that day", "", *_explained(hit, context)]
    lines += basis(result.lists, result.not_screened, result.warnings, result.engine, notes=result.notes)
    return "\n".join([*lines, *paragraph(_LIMITS)])


# --- a hit ---------------------------------------------------------------------------------------------


def _explained(hit: Hit, context: Context) -> Iterator[str]:
    party = hit.listed_party
    yield from paragraph(f"{shown(party.primary_name)} ({', '.join([party.kind, *party.countries])})")
    yield from paragraph(_verdict(hit))
    yield from ("", "Why (1000 points are a score of 1)")
    yield from _reasons(hit.evidence)
    yield from figured(str(hit.points), "points in all.")
    yield from section("On the list", map(_listing, hit.in_force))
    yield from section("On watch, not designated", map(_listing, hit.watch))
    yield from section("Not in force on that day", map(_listing, hit.history))
    yield from section("One party of several records", map(shown, hit.merged))
    in_force = [one for one in hit.effects if one.in_force]
    counting = [one for one in in_force if context.covers(one)]
    yield from section("What follows", (_effect(one, hit.in_force) for one in counting))
    others = (_effect(one, hit.in_force) for one in in_force if one not in counting)
    yield from section("In force, but not for what was asked about", others)
    yield from section("Begins later", (_effect(one, hit.in_force) for one in hit.effects if _begins_later(one, hit)))


def _verdict(hit: Hit) -> str:
    name = hit.matched_name
    by = f"its name {quoted(name.name)} ({name.type}, {name.quality})" if name else "an official identifier alone"
    level = "alarm" if hit.level == "alarm" else "for review: a weak name raises no alarm alone"
    if name is None and hit.level == "review":
        by, level = "its address alone", "for review: a red flag, and no identity"
    return f"Score {hit.score:.3f} by {by}; {level}."


def _reasons(evidence: Sequence[Evidence]) -> Iterator[str]:
    """Each piece of evidence as a sentence with its points, and what differences between paired words cost.

    The points of a pair are what it is worth less what its difference costs. Pairs are worth 1000 points together,
    so that the cost is what they lack; where one pair alone differs, the cost is its own.
    """
    pairs = [one for one in evidence if one.rule in _PAIRING]
    differing = [one for one in pairs if one.rule != _SAME]
    lacking = FULL - sum(one.contribution for one in pairs)
    for one in evidence:
        cost = f" That cost {counted(lacking, 'point', 'points')}." if [one] == differing else ""
        yield from figured(f"{one.contribution:+}" if one.contribution else "0", sentence(one) + cost)
    if len(differing) > 1:
        yield from figured("", f"The differences between these words cost {lacking} points together.")


def sentence(one: Evidence) -> str:
    """Tell one piece of evidence as a sentence.

    >>> sentence(Evidence(rule="word_order", contribution=-8))
    'The words stand in another order.'
    >>> sentence(Evidence(rule="a_rule_of_tomorrow", contribution=0, detail="x"))
    'a_rule_of_tomorrow: x'
    """
    query, listed = _words(one.query), _words(one.listed)
    text = SENTENCES.get(one.rule, UNKNOWN).format(
        rule=one.rule,
        query=query,
        listed=listed,
        words=query or listed,
        or_nothing=listed or "nothing more",
        side="the name asked for" if one.query else "the listed name",
        detail=shown(one.detail or ""),
    )
    source = f" Source: {shown(one.source)}." if one.source else ""
    return " ".join(text.replace(" ()", "").split()) + source


def _words(spans: Sequence[Span]) -> str:
    return quoted(" ".join(span.text for span in spans)) if spans else ""


def _listing(one: Listing) -> str:
    """What a listing is, its dates, and where it is published."""
    parts = [
        f"{one.program} of the list {one.list}" if one.list else one.program,
        "; ".join(f"{milestone.what} {milestone.day}" for milestone in milestones(one)),
        "reported, not designated" if one.status == "reported" else "",
        "proposed, not designated" if one.status == "proposed" else "",
        f"authority: {one.authority}" if one.authority else "",
        f"notice: {one.citation}" if one.citation else "",
        f"reference {one.reference}" if one.reference else "",
        *_terms(one),
        f"remarks: {one.remarks}" if one.remarks else "",
        one.source_url or "",
    ]
    return _joined(parts)


def _terms(one: Listing) -> tuple[str, ...]:
    terms = {"licence requirement": one.licence_requirement, "licence policy": one.licence_policy}
    return tuple(f"{what}: {text}" for what, text in terms.items() if text)


def _effect(one: Effect, listings: Iterable[Listing]) -> str:
    """What an effect forbids to whom, since when, by what source, and what to ask next."""
    parts = [
        one.title,
        f"binds {one.binds}",
        f"since {one.since}" if one.since else "",
        f"until {one.until}" if one.until else "",
        f"reaches owned companies: {one.reaches_owned}" if one.reaches_owned else "",
        _own_note(one, listings),
        f"source: {one.source}" if one.source else "",
        one.source_url or "",
        f"ask next: {one.next_question}" if one.next_question else "",
    ]
    return _joined(parts)


def _begins_later(one: Effect, hit: Hit) -> bool:
    """Whether a listing is in force and this effect of it is not yet; listings to come are told as listings."""
    begun = {(listing.list, listing.program) for listing in hit.in_force}
    return one.status == "not_yet" and (one.list, one.program) in begun


def _own_note(one: Effect, listings: Iterable[Listing]) -> str:
    """An effect's note without the terms of its listing, which stand with the listing."""
    note = one.note or ""
    for listing in listings:
        for term in _terms(listing):
            note = note.replace(term, "")
    return "; ".join(filter(None, (part.strip() for part in note.split("; "))))


def _joined(parts: Iterable[str]) -> str:
    """Parts as sentences; each begins with a capital unless it is an address on the web."""
    said = [part.strip().rstrip(".") for part in parts if part]
    return " ".join(
        shown(part)
        if part.startswith("http")
        else shown(part[:1].upper() + part[1:]) + ("" if part.endswith("?") else ".")
        for part in said
    )


# --- a result ------------------------------------------------------------------------------------------


def _outcome(result: ScreeningResult) -> str:
    name, when = _asked(result.query), f"as of {result.as_of}"
    if result.hits:
        count = counted(len(result.hits), "hit", "hits")
        return f"{count} for {name}, {when}, at a cutoff of {result.cutoff:.2f}."
    if result.not_screened:
        return f"Not clear: {name} could not be screened in full, {when}."
    if result.places:
        return f"No hit for {name}, {when}, but a place with rules of its own."
    known = " A party of that name is known, but nothing was in force." if result.history else ""
    clear = result.clear and (result.decision is None or result.decision.disposition is Disposition.CLEAR)
    return f"{'Clear: no hit' if clear else 'No hit'} for {name}, {when}, at a cutoff of {result.cutoff:.2f}.{known}"


def _asked(party: Party) -> str:
    facts = [
        party.kind,
        *party.all_countries,
        str(party.birth_date) if party.birth_date else None,
        *(f"{one.type} {one.value}" for one in party.identifiers),
        party.address,
    ]
    told = ", ".join(shown(fact) for fact in facts if fact)
    return quoted(party.name) + (f" ({told})" if told else "")


# --- a comparison --------------------------------------------------------------------------------------


def _comparison(found: Comparison) -> str:
    head = paragraph(f"{quoted(found.query)} and {quoted(found.listed)}: score {found.score:.3f}.")
    reasons = list(_reasons(found.evidence)) or ["No word of one name is like a word of the other."]
    return "\n".join([*head, *reasons, *section("Mind", map(shown, found.notes))])
