"""A text, scanned: every mention of a listed party in it, and what the answer rests on.

`Screener.scan` finds the mentions (`sanctionscreen.scanning` says what counts as one). Here they come with the lists
that were searched, their dates, and whatever took no part: no text is clear by accident. Information, not legal advice.

>>> from datetime import date
>>> from sanctionscreen.screening import Screener
>>> found = scan_text(Screener.load(), "2x HIKVISION DS-2CD2143 dome cam", as_of=date(2022, 5, 20))
>>> [one.text for one in found.mentions], found.clear
(['HIKVISION'], False)
>>> print(explain_text(found).splitlines()[0])
1 mention in 32 characters, as of 2022-05-20.
>>> scan_text(Screener.load(), "???").not_screened[0].why
'it has no letters or digits that can be compared'
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pydantic import computed_field

from sanctionscreen.basis import basis
from sanctionscreen.hits import ListUsed, NotScreened, Summed, TextHit
from sanctionscreen.layout import NO_ADVICE, counted, paragraph, quoted, shown
from sanctionscreen.meaning.context import Context
from sanctionscreen.question import Question
from sanctionscreen.screening import DEFAULT_CUTOFF, Screener


class TextResult(Summed):
    """What a text says of listed parties.

    Attributes:
        as_of: the day the lists were asked about.
        cutoff: from 0 to 1; mentions score at least this.
        characters: how long the text is.
        mentions: in the order of the text; one whose party had nothing in force or on watch on that day has it in
            `hit.history` only.
        lists: what was searched.
        not_screened: what was not, and why.
        warnings: what a reviewer must know of the lists: stale data.
        engine: version of the code and of its weights.
    """

    as_of: date
    cutoff: float
    characters: int
    mentions: tuple[TextHit, ...]
    lists: tuple[ListUsed, ...]
    not_screened: tuple[NotScreened, ...] = ()
    warnings: tuple[str, ...] = ()
    engine: str

    @property
    def counting(self) -> tuple[TextHit, ...]:
        """The mentions of parties with something in force or on watch."""
        return tuple(one for one in self.mentions if one.hit.in_force or one.hit.watch)

    @computed_field  # type: ignore[prop-decorator]  # mypy does not know decorated properties
    @property
    def clear(self) -> bool:
        """True only where nothing that counts is mentioned and nothing was left out."""
        return not (self.counting or self.not_screened)


def scan_text(
    screener: Screener,
    text: str,
    *,
    as_of: date | None = None,
    cutoff: float = DEFAULT_CUTOFF,
    context: Context | None = None,
) -> TextResult:
    """Find listed names and addresses inside a text, and say what the answer rests on.

    Args:
        screener: the lists; one that could not be loaded is told as not screened.
        text: line items, a contract, a shipping description, an address: up to 20 million characters.
        as_of: the day in question; today if not given.
        cutoff: the least score of the words against the listed name.
        context: where the user stands and what they do: effects that it covers come first.

    Raises:
        InputError: when the text is too long, or the cutoff out of range.
    """
    asked = Question(screener.loaded, as_of, cutoff, context).nothing
    loaded = Screener(screener.loaded.snapshots)
    found = loaded.scan(text, as_of=asked.as_of, cutoff=cutoff, context=context) if asked.lists else ()
    return TextResult(
        as_of=asked.as_of,
        cutoff=cutoff,
        characters=len(text),
        mentions=found,
        lists=asked.lists,
        not_screened=(*asked.not_screened, *_unreadable(text)),
        warnings=asked.warnings,
        engine=asked.engine,
    )


def _unreadable(text: str) -> Iterator[NotScreened]:
    """A text with nothing to compare, such as a scanned page without its letters, was not screened."""
    if not any(map(str.isalnum, text)):
        why = "it has no letters or digits that can be compared" if text.strip() else "it is blank"
        yield NotScreened(what="the text", why=why)


def explain_text(found: TextResult) -> str:
    """Tell each mention with where it stands in the text, in characters, what follows, and what was searched."""
    lines = list(paragraph(_outcome(found)))
    for one in found.mentions:
        lines += paragraph(_told(one), rest="  ")
    lines += basis(found.lists, found.not_screened, found.warnings, found.engine)
    return "\n".join([*lines, NO_ADVICE])


def _outcome(found: TextResult) -> str:
    if found.not_screened and not found.counting:
        return f"Not clear: the text could not be scanned in full, as of {found.as_of}."
    size = counted(found.characters, "character", "characters")
    return f"{counted(len(found.counting), 'mention', 'mentions')} in {size}, as of {found.as_of}."


def _told(one: TextHit) -> str:
    hit = one.hit
    effects = dict.fromkeys(effect.effect for effect in hit.effects if effect.in_force)
    watch = "watch, not designated" if hit.watch else ""
    follows = "; ".join(filter(None, (", ".join(effects), watch))) or "known, but nothing in force on that day"
    about = "at a listed address, a red flag" if one.about == "address" else f"score {hit.score:.3f}, {hit.level}"
    where = f"{one.start}-{one.end} {quoted(one.text)}"
    return f"{where}: {shown(hit.listed_party.primary_name)}, {about}: {follows}"
