"""Words that stand between several names in one field, or before one: alias, f/k/a, vormals, attn.

>>> "formerly known as" in WORDS, "now" in WORDS, "vormals" in LAST_WORDS
(True, False, True)
"""

from __future__ import annotations

#: English, German, French, Spanish, Italian and Dutch, in letters and spaces; no word of a name.
WORDS = (
    *("alias", "also known as", "better known as", "known as", "now known as", "doing business as", "trading as"),
    *("formerly", "formerly known as", "previously", "previously known as", "vormals", "ehemals", "anciennement"),
    *("anteriormente", "precedentemente", "voorheen"),
    *("attn", "messrs"),
)
#: Abbreviations, written together, with points or with strokes; the last of these with a stroke alone.
LETTERS = ("aka", "fka", "nka", "dba")
WITH_STROKE = "t/a"
#: Words of names too: Now Foods, Ex Libris.
ORDINARY = ("now", "ex")

#: A word that ends each marker in letters and spaces.
LAST_WORDS = frozenset({*(marker.split()[-1] for marker in WORDS), *LETTERS, *ORDINARY})
