"""A score's parts as evidence: positions of words become pieces of the two original texts.

>>> from sanctionscreen.matching import compare
>>> [e.rule for e in compare("Hikvison", "Hikvision").evidence]
['typo']
"""

from __future__ import annotations

from sanctionscreen.hits import Evidence, Span
from sanctionscreen.matching.prepared import Prepared
from sanctionscreen.matching.scoring import Part, Score


def evidence_of(score: Score, query: str, listed: str) -> tuple[Evidence, ...]:
    """Give every part of a score with the pieces of both texts that it speaks of."""
    return tuple(_evidence(part, score, query, listed) for part in score.parts)


def _evidence(part: Part, score: Score, query: str, listed: str) -> Evidence:
    return Evidence(
        rule=part.rule,
        contribution=part.points,
        query=_spans(score.query, part.query, query),
        listed=_spans(score.listed, part.listed, listed),
        detail=part.detail or None,
    )


def _spans(reading: Prepared, positions: tuple[int, ...], original: str) -> tuple[Span, ...]:
    """Where the words stand in the original; words read from one piece of it give it once."""
    places = dict.fromkeys(reading.places[i] for i in positions)
    return tuple(Span(text=original[start:end], start=start, end=end) for start, end in places)
