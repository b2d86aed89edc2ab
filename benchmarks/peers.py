"""Other scorers, run on the same rows in the same run.

rapidfuzz is a dependency of this package, so three of its scorers always run. nomenklatura runs where it is installed
(`pip install nomenklatura`, which needs ICU). Every scorer gives 0 to 1000 points.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process, utils

from sanctionscreen.evaluation import LabelledPair
from sanctionscreen.records import Kind

Peer = Callable[[str, str, Kind | None], int]

RAPIDFUZZ = {
    "rapidfuzz WRatio": fuzz.WRatio,
    "rapidfuzz token_sort_ratio": fuzz.token_sort_ratio,
    "rapidfuzz token_set_ratio": fuzz.token_set_ratio,
}
#: The cutoff nomenklatura's documentation gives for its matchers.
NOMENKLATURA_CUTOFF = 700
_SCHEMATA = {"person": "Person", "organization": "Organization", "vessel": "Vessel", "aircraft": "Airplane"}


def _fuzzy(scorer: Callable[..., float]) -> Peer:
    def points(a: str, b: str, kind: Kind | None) -> int:  # noqa: ARG001  # these scorers know no kinds
        return round(10 * scorer(prepared(a), prepared(b)))

    return points


@cache
def prepared(name: str) -> str:
    """Lower case, letters and digits only: rapidfuzz's own preparation."""
    return utils.default_process(name)


def _nomenklatura() -> dict[str, Peer]:
    try:
        from followthemoney import model  # optional
        from nomenklatura.matching import get_algorithm  # optional
    except ImportError:
        return {}

    numbers = itertools.count()

    def peer(name: str) -> Peer | None:
        algorithm = get_algorithm(name)
        if algorithm is None:
            return None
        config = algorithm.default_config()

        def entity(text: str, kind: Kind | None) -> object:
            # What an entity's names are is remembered by its id, so each entity has one of its own.
            record = {"id": f"e{next(numbers)}", "properties": {"name": [text]}}
            return model.get_proxy({**record, "schema": _SCHEMATA.get(kind or "", "LegalEntity")})

        def points(a: str, b: str, kind: Kind | None) -> int:
            return round(1000 * algorithm.compare(entity(a, kind), entity(b, kind), config).score)

        return points

    return {f"nomenklatura {name}": made for name in ("logic-v2", "logic-v1", "name-based") if (made := peer(name))}


@cache
def peers() -> dict[str, Peer]:
    """Every scorer that is here, by name."""
    return {name: _fuzzy(scorer) for name, scorer in RAPIDFUZZ.items()} | _nomenklatura()


def pair_scorer(peer: Peer) -> Callable[[LabelledPair], int]:
    """Make a peer a scorer of labelled pairs."""
    return lambda pair: peer(pair.query, pair.candidate, pair.kind)


def first_of(scorer: str, query: str, names: Sequence[str], parties: NDArray[np.int64], right: int) -> bool:
    """Tell whether no party of a list scores higher than the right one, by brute force over all its names."""
    choices = [prepared(name) for name in names]
    scores = process.cdist([prepared(query)], choices, scorer=RAPIDFUZZ[scorer], dtype=np.float32)[0]
    best = np.zeros(parties.max() + 1, np.float32)
    np.maximum.at(best, parties, scores)
    return bool(best[right] > 0 and best[right] >= best.max())


def best_scores(scorer: str, queries: Sequence[str], names: Sequence[str]) -> list[int]:
    """Give the highest points of each query against many names, by a rapidfuzz scorer; brute force."""
    choices = [prepared(name) for name in names]
    found = []
    for query in queries:
        best = process.extractOne(prepared(query), choices, scorer=RAPIDFUZZ[scorer], processor=None)
        found.append(round(10 * best[1]) if best else 0)
    return found
