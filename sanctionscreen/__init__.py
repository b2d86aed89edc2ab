"""Screen vendor and customer names against sanctions and supply-chain lists: offline, explained, repeatable.

    from sanctionscreen import Party, Screener, compare, explain

    screener = Screener.load()                        # the lists that ship with the package
    result = screener.screen("Hangzhou Hikvison Digital Technology")
    print(explain(result.hits[0]))

To read the code, begin with `records` (what a list says), go on to `screening`, where the whole road is one
function, and then along it: `sources` (files to records), `names` (text to words), `matching` (names against names),
`meaning` (what a listing forbids), `explaining` (a hit in words).

The public names below load when they are first used, so that importing the package costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from sanctionscreen._version import __version__

if TYPE_CHECKING:
    from sanctionscreen.dates import PartialDate
    from sanctionscreen.errors import (
        InputError,
        ListError,
        MissingExtraError,
        SanctionScreenError,
        SnapshotError,
        SourceError,
        WorkerError,
    )
    from sanctionscreen.explaining import explain
    from sanctionscreen.hits import (
        Comparison,
        Decision,
        Disposition,
        Effect,
        Evidence,
        Hit,
        ListUsed,
        NotScreened,
        ScreeningResult,
        TextHit,
        TextResult,
    )
    from sanctionscreen.matching import compare
    from sanctionscreen.meaning.context import Context
    from sanctionscreen.meaning.holdings import load_stakes
    from sanctionscreen.meaning.policy import Policy, load_policy
    from sanctionscreen.meaning.supply import load_suppliers
    from sanctionscreen.owners import screen_owners
    from sanctionscreen.records import (
        Address,
        Identifier,
        ListedName,
        ListedParty,
        ListFile,
        ListHeader,
        Listing,
        Party,
        Relation,
        Stake,
    )
    from sanctionscreen.screening import DEFAULT_CUTOFF, Screener
    from sanctionscreen.supplying import screen_supply

_HOME = {
    "Address": "records",
    "Comparison": "hits",
    "Context": "meaning.context",
    "DEFAULT_CUTOFF": "screening",
    "Decision": "hits",
    "Disposition": "hits",
    "Effect": "hits",
    "Evidence": "hits",
    "Hit": "hits",
    "Identifier": "records",
    "InputError": "errors",
    "ListError": "errors",
    "ListFile": "records",
    "ListHeader": "records",
    "ListUsed": "hits",
    "ListedName": "records",
    "ListedParty": "records",
    "Listing": "records",
    "MissingExtraError": "errors",
    "NotScreened": "hits",
    "PartialDate": "dates",
    "Party": "records",
    "Policy": "meaning.policy",
    "Relation": "records",
    "SanctionScreenError": "errors",
    "Screener": "screening",
    "ScreeningResult": "hits",
    "SnapshotError": "errors",
    "SourceError": "errors",
    "Stake": "records",
    "TextHit": "hits",
    "TextResult": "hits",
    "WorkerError": "errors",
    "compare": "matching",
    "explain": "explaining",
    "load_policy": "meaning.policy",
    "load_stakes": "meaning.holdings",
    "load_suppliers": "meaning.supply",
    "screen_owners": "owners",
    "screen_supply": "supplying",
}

__all__ = [
    "DEFAULT_CUTOFF",
    "Address",
    "Comparison",
    "Context",
    "Decision",
    "Disposition",
    "Effect",
    "Evidence",
    "Hit",
    "Identifier",
    "InputError",
    "ListError",
    "ListFile",
    "ListHeader",
    "ListUsed",
    "ListedName",
    "ListedParty",
    "Listing",
    "MissingExtraError",
    "NotScreened",
    "PartialDate",
    "Party",
    "Policy",
    "Relation",
    "SanctionScreenError",
    "Screener",
    "ScreeningResult",
    "SnapshotError",
    "SourceError",
    "Stake",
    "TextHit",
    "TextResult",
    "WorkerError",
    "__version__",
    "compare",
    "explain",
    "load_policy",
    "load_stakes",
    "load_suppliers",
    "screen_owners",
    "screen_supply",
]


def __getattr__(name: str) -> Any:
    """Load a public name from its module when it is first asked for."""
    home = _HOME.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"sanctionscreen.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the public names."""
    return sorted(__all__)
