"""A bill of suppliers, screened: every party and every place in it, with the way down from the product.

Each supplier is screened by name, and each origin read for the regions that mean something; then
`sanctionscreen.meaning.supply` finds the way from every product to every hit. A presumption that goods are made with
forced labour runs up with the goods (Uyghur Forced Labor Prevention Act, Pub. L. 117-78, 23 December 2021,
https://www.govinfo.gov/link/plaw/117/public/78). Information, not legal advice.

>>> from datetime import date
>>> from sanctionscreen.screening import Screener
>>> links = [SupplyLink("Panel Co", "Roof kit", goods="solar panels"),
...     SupplyLink("Hoshine Silicon Industry", "Panel Co", goods="metallurgical silicon")]
>>> found = screen_supply(Screener.load(), links, as_of=date(2024, 1, 1))
>>> found.exposures[0].text, found.exposures[0].carried_up, found.clear
('Roof kit <- Panel Co (solar panels) <- Hoshine Silicon Industry (metallurgical silicon)', True, False)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from pydantic import computed_field

from sanctionscreen import asking
from sanctionscreen.basis import basis
from sanctionscreen.errors import InputError
from sanctionscreen.hits import Decision, Disposition, Effect, ListUsed, NotScreened, ScreeningResult, Summed, any_stale
from sanctionscreen.layout import NO_ADVICE, counted, paragraph, section, shown
from sanctionscreen.meaning.context import Context
from sanctionscreen.meaning.folding import key
from sanctionscreen.meaning.places import regions
from sanctionscreen.meaning.policy import Policy
from sanctionscreen.meaning.supply import Exposure, SupplyLink, suppliers, trace
from sanctionscreen.question import Question, day_of
from sanctionscreen.screening import DEFAULT_CUTOFF, Screener


class SupplyResult(Summed):
    """What a bill of suppliers shows.

    Attributes:
        as_of: the day in question.
        parties: how many were screened, products and suppliers alike.
        exposures: each product with each supplier of it that a list or a place makes a hit, nearest tier first.
        results: of the parties with hits.
        lists: what was searched.
        not_screened: what took no part, and why.
        warnings: what a reviewer must know of the lists: stale data.
        engine: version of the code and of its weights.
        decision: the gravest of the parties' decisions; a place with a rule in force escalates.
    """

    as_of: date
    parties: int
    exposures: tuple[Exposure, ...]
    results: tuple[ScreeningResult, ...]
    lists: tuple[ListUsed, ...]
    not_screened: tuple[NotScreened, ...] = ()
    warnings: tuple[str, ...] = ()
    engine: str
    decision: Decision

    @property
    def found(self) -> bool:
        """Whether anything was found that counts now."""
        return bool(self.exposures or self.results)

    @computed_field  # type: ignore[prop-decorator]  # mypy does not know decorated properties
    @property
    def clear(self) -> bool:
        """True only where nothing was found, nothing was left out and no list is stale."""
        return not (self.found or self.not_screened or any_stale(self.lists))


def screen_supply(
    screener: Screener,
    links: Iterable[SupplyLink],
    *,
    as_of: date | None = None,
    cutoff: float = DEFAULT_CUTOFF,
    context: Context | None = None,
    policy: Policy | None = None,
) -> SupplyResult:
    """Screen every supplier and place of a bill of suppliers.

    Args:
        screener: the lists.
        links: who supplies whom, as `load_suppliers` reads them; products at the top are screened too.
        as_of: the day in question; today if not given.
        cutoff: the least score of a hit.
        context: where the user stands and what they do.
        policy: what decides the disposition; the cautious default if not given.
    """
    if isinstance(links, str | Path):
        raise InputError(f"links: {str(links)!r} is a file: read it with load_suppliers")
    bill, day = tuple(links), day_of(as_of)
    names = suppliers(bill)
    nothing = Question(screener.loaded, day, cutoff, context, policy).nothing
    every = list(screener.screen_many(names, as_of=day, cutoff=cutoff, context=context, policy=policy))
    found = [result for result in every if result.hits or result.places]
    effects = {result.query.name: tuple(_effects(result, context)) for result in found}
    exposures = trace(bill, effects, as_of=day)
    return SupplyResult(
        as_of=day,
        parties=len(names),
        exposures=exposures,
        results=tuple(found),
        lists=nothing.lists,
        not_screened=tuple(dict.fromkeys(_not_screened([nothing, *every]))),
        warnings=nothing.warnings,
        engine=nothing.engine,
        decision=_decision([*every, nothing], exposures),
    )


def _effects(result: ScreeningResult, context: Context | None) -> Iterator[Effect]:
    """The effects of all hits and places of a party, each once, what counts in the context first."""
    found = (*(hit.effects for hit in result.hits), *(place.effects for place in result.places))
    every = dict.fromkeys(effect for effects in found for effect in effects)
    yield from (context or Context()).arrange(every)


def _not_screened(results: Iterable[ScreeningResult]) -> Iterator[NotScreened]:
    for result in results:
        for one in result.not_screened:
            what = f"the name {result.query.name[:80]!r}" if one.what == "the name" else one.what
            yield NotScreened(what=what, why=one.why)


def _decision(results: Sequence[ScreeningResult], exposures: Sequence[Exposure]) -> Decision:
    """The gravest decision on any party; a place with a rule in force escalates."""
    decisions = [result.decision for result in results if result.decision]
    decisions += [_place_decision(one) for one in exposures if _of_place(one)]
    gravest = max(decisions, key=lambda decision: decision.disposition)
    return gravest.model_copy(update={"hits": ()})


def _of_place(one: Exposure) -> bool:
    return any(effect.in_force and effect.list in regions() for effect in one.effects)


def _place_decision(one: Exposure) -> Decision:
    why = "Goods come from a region with rules of its own: somebody has to look."
    return Decision(disposition=Disposition.ESCALATE, rule="region", why=why, about=one.text[:200])


def explain_supply(found: SupplyResult) -> str:
    """Tell each exposure with its way down from the product, what matched, what follows, and what was searched."""
    count = counted(len(found.exposures), "exposure", "exposures")
    about = f"{counted(found.parties, 'party', 'parties')} of the bill of suppliers, as of {found.as_of}"
    lines = list(paragraph(f"{count} in {about}."))
    lines += paragraph(asking.told(found.decision))
    matched = {key(result.query.name): result for result in found.results}
    for one in found.exposures:
        lines += ["", *paragraph(shown(one.text), rest="  ")]
        lines += [line for text in _told(one, matched.get(key(one.supplier))) for line in _item(text)]
    below = {key(one.supplier) for one in found.exposures}
    tops = [result for name, result in matched.items() if name not in below]
    lines += section("At the top", (shown(f"{result.query.name}: {_matched(result)}") for result in tops))
    lines += basis(found.lists, found.not_screened, found.warnings, found.engine)
    return "\n".join([*lines, NO_ADVICE])


def _told(one: Exposure, result: ScreeningResult | None) -> Iterator[str]:
    yield f"tier {one.tier}" + (f": {_matched(result)}" if result else ": its place")
    for effect in one.effects:
        if effect.in_force or effect.status == "not_designated":
            source = f"{effect.source} {effect.source_url or ''}".strip()
            yield f"{effect.title}; binds {effect.binds}; source: {source}"
    if one.carried_up:
        yield f"the presumption runs up with the goods: {one.product} may not be imported unless it is rebutted"
    yield from one.warnings


def _matched(result: ScreeningResult) -> str:
    if not result.hits:
        return result.places[0].told
    hit = result.hits[0]
    more = f" and {len(result.hits) - 1} more" if len(result.hits) > 1 else ""
    return f"{hit.listed_party.primary_name}, score {hit.score:.3f}{more}"


def _item(text: str) -> Iterator[str]:
    return paragraph(shown(text), first="- ", rest="  ")
