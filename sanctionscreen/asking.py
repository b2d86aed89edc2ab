r"""What to do with a hit, in words: the disposition with the rule that decided it, and what to ask the vendor for.

The disposition is the policy's (`sanctionscreen.meaning.policy`), and the questions are those of the checklist that
OFAC gives for a name match (`sanctionscreen.meaning.next_steps`). Information, not legal advice.

>>> from datetime import date
>>> from sanctionscreen.screening import Screener
>>> result = Screener.load().screen("Hikvision", as_of=date(2022, 5, 20))
>>> print("\n".join(disposition(result)).split(" (")[0])
Disposition: escalate — rule forbidden-for-a-purpose
>>> print(steps(result.query, result.hits[0])[1])
Ask the vendor for
"""

from __future__ import annotations

from collections.abc import Iterator

from sanctionscreen.hits import Decision, Hit, ScreeningResult
from sanctionscreen.layout import paragraph, shown
from sanctionscreen.meaning.next_steps import Step, checklist
from sanctionscreen.records import Party


def disposition(result: ScreeningResult) -> list[str]:
    """Tell what may happen next and which rule of the policy decided it, as lines."""
    return list(paragraph(told(result.decision))) if result.decision else []


def told(decision: Decision) -> str:
    """A decision as a sentence.

    >>> told(Decision(disposition="review", rule="stale-list", why="9 days old.", about="sdn"))
    'Disposition: review — rule stale-list (sdn): 9 days old.'
    """
    about = f" ({shown(decision.about)})" if decision.about else ""
    return f"Disposition: {decision.disposition} — rule {shown(decision.rule)}{about}: {shown(decision.why)}"


def steps(query: Party, hit: Hit, *, whole: bool = False) -> list[str]:
    """Tell what to ask the vendor for to settle a hit, as lines of a section; nothing where all is known.

    Args:
        query: the party asked about.
        hit: one of its hits.
        whole: whether to tell every step of the checklist with its answer.
    """
    found = checklist(query, hit)
    lines = [line for step in found if step.ask for line in paragraph(shown(step.ask), first="- ", rest="  ")]
    section = ["", "Ask the vendor for", *lines] if lines else []
    return [*_checklist(found), *section] if whole else section


def _checklist(found: tuple[Step, ...]) -> Iterator[str]:
    yield from ("", "Checklist (OFAC FAQ 5, https://ofac.treasury.gov/faqs/5)")
    for step in found:
        answer = step.answer or "not known"
        yield from paragraph(shown(f"{step.question} {answer}."), first="- ", rest="  ")
