"""A reading that belongs to a whole word, shared out over the characters of the word, so that the trail is kept."""

from __future__ import annotations

from itertools import pairwise


def shared_out(latin: str, places: int) -> list[str]:
    """Cut a reading into as many pieces as there are characters, as evenly as can be.

    >>> shared_out("muhammad", 4), shared_out("ab", 3)
    (['mu', 'ha', 'mm', 'ad'], ['a', '', 'b'])
    """
    cuts = [round(place * len(latin) / places) for place in range(places + 1)]
    return [latin[start:end] for start, end in pairwise(cuts)]
