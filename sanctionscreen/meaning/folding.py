"""Names of the user's own files, compared: two spellings of one party that only care of typing tells apart.

Stakes, suppliers and decisions name parties as somebody typed them. Compatibility forms, case, spaces, full stops and
commas make no other party of one; a letter or another legal form does.

>>> key("Blue Heron, LTD.") == key("blue  heron Ltd"), key("Blue Heron Ltd") == key("Blue Heron Limited")
(True, False)
"""

from __future__ import annotations

import unicodedata

#: "Ltd." is "Ltd" and "S.A." is "SA"; a comma parts words as a space does.
_POINTS = {ord("."): None, ord(","): " "}


def key(name: str) -> str:
    """Fold a name for comparison; folded again it stays as it is."""
    folded = name.lower() if name.isascii() else _fold(_fold(name))
    return " ".join(folded.translate(_POINTS).split()) or folded


def _fold(text: str) -> str:
    """Compatibility forms and case; folded twice it stays as it is, as in Unicode's NFKC_Casefold."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
