"""What a text says of listed parties, in words.

`Screener.scan` finds the mentions (`sanctionscreen.scanning` says what counts as one). Information, not legal advice.

>>> from datetime import date
>>> from sanctionscreen.screening import Screener
>>> found = Screener.load().scan("2x HIKVISION DS-2CD2143 dome cam", as_of=date(2022, 5, 20))
>>> [one.text for one in found.mentions], found.clear
(['HIKVISION'], False)
>>> print(explain_text(found).splitlines()[0])
1 mention in 32 characters, as of 2022-05-20.
"""

from __future__ import annotations

from sanctionscreen.basis import basis
from sanctionscreen.hits import TextHit, TextResult
from sanctionscreen.layout import NO_ADVICE, counted, paragraph, quoted, shown


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
