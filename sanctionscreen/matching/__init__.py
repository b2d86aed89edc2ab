"""Name against name, and one name against many.

Read in this order: `weights` (the one table of figures), `words` and `similarity` (word against word), `prepared`,
`alignment` and `scoring` (name against name), `evidence`; then one name against many, without a scan: `index` and
`building` (what it does and what it stands on), `keys`, `joined`, `spelling`, `deletions` and `vocabulary` (which
listed words a word may be), `bounds` and `sharing` (which names may reach the cutoff); `phrases` and
`mentions` (names inside text); `identifiers` and `facts` (what else is known).
"""

from __future__ import annotations

from sanctionscreen.errors import InputError
from sanctionscreen.hits import Comparison
from sanctionscreen.matching.evidence import evidence_of
from sanctionscreen.matching.prepared import prepare_text
from sanctionscreen.matching.scoring import score
from sanctionscreen.records import Kind


def compare(a: str, b: str, kind: Kind | None = None) -> Comparison:
    """Compare two names, without any list.

    Args:
        a: the name asked for.
        b: the name it is compared with.
        kind: what both names name, where it is known.

    Raises:
        InputError: when a name is no text.

    >>> compare("Hangzhou Hikvison", "Hangzhou Hikvision").score > 0.9
    True
    >>> compare("Barack Obama", "Michelle Obama").score < 0.7
    True
    """
    for name in (a, b):
        if not isinstance(name, str):
            raise InputError(f"{name!r} is no name: give text")
    query, listed = prepare_text(a, kind), prepare_text(b, kind)
    found = score(query, listed)
    notes = tuple(dict.fromkeys(query.name.notes + listed.name.notes))
    if found is None:
        return Comparison(query=a, listed=b, points=0, evidence=(), kind=kind, notes=notes)
    parts = evidence_of(found, query.name.original, listed.name.original)
    return Comparison(query=a, listed=b, points=found.points, evidence=parts, kind=kind, notes=notes)
