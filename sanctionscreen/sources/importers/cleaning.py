r"""Text as files carry it, made safe to keep: one line, no control characters, nothing else changed.

Zero-width and bidirectional marks stay: what a source published is evidence, and the name rules know them.
Script codes are ISO 15924 (https://www.unicode.org/iso15924/).

>>> clean("Xi\x92an")
'Xi’an'
>>> clean("  ACME\r\n Trading\x00 "), script_of("Хиквижн"), script_of("ACME 7")
('ACME Trading', 'Cyrl', 'Latn')
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

#: First word of a letter's Unicode name, to the ISO 15924 code of its script.
_SCRIPTS = {
    "LATIN": "Latn", "CYRILLIC": "Cyrl", "ARABIC": "Arab", "CJK": "Hani", "HANGUL": "Hang", "HEBREW": "Hebr",
    "GREEK": "Grek", "HIRAGANA": "Hira", "KATAKANA": "Kana", "THAI": "Thai", "DEVANAGARI": "Deva",
    "ARMENIAN": "Armn", "GEORGIAN": "Geor", "BENGALI": "Beng", "ETHIOPIC": "Ethi", "KHMER": "Khmr",
    "MYANMAR": "Mymr", "TAMIL": "Taml", "GURMUKHI": "Guru", "LAO": "Laoo", "FULLWIDTH": "Latn",
    "HALFWIDTH": "Kana", "SINHALA": "Sinh", "TIFINAGH": "Tfng", "BOPOMOFO": "Bopo",
}  # fmt: skip
#: The C1 controls are no letters: they are Windows-1252 read as Latin-1 (Xi\x92an for Xi’an).
_WINDOWS = {n: char for n in range(0x80, 0xA0) if (char := bytes([n]).decode("cp1252", "ignore"))}


def clean(text: str | None) -> str:
    """Give the text on one line, without control characters and outer blanks; empty for None."""
    if not text:
        return ""
    if text.isprintable():
        # The space is the one blank that is printable; most texts are tidy already.
        tidy = "  " not in text and text[0] != " " and text[-1] != " "
        return text if tidy else " ".join(text.split())
    text = text.translate(_WINDOWS)
    text = "".join(" " if c.isspace() else c for c in text if c.isspace() or not _is_control(c))
    return " ".join(text.split())


def _is_control(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cs", "Cn")


def script_of(text: str) -> str:
    """The ISO 15924 code of the first letter's script that is not Latin, `Latn` if there is none.

    `Zyyy` (undetermined) for a script that no list here is written in.
    """
    return "Latn" if text.isascii() else _script_of(text)


@lru_cache(maxsize=4096)
def _script_of(text: str) -> str:
    found = {_SCRIPTS.get(unicodedata.name(c, "").split(" ")[0], "Zyyy") for c in text if c.isalpha()}
    return min(found - {"Latn", "Zyyy"}, default="Zyyy" if found == {"Zyyy"} else "Latn")
