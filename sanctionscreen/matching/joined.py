"""What is looked up about a reading beside its words: runs of them written as one, and the whole of it.

These are keys as those of words are (`words`): strings that are equal where two readings are alike. Only their hashes
are made, and that of a run goes on from that of the words before.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from zlib import crc32

from sanctionscreen.matching.prepared import FORMAL, LONGEST_RUN, Prepared
from sanctionscreen.matching.words import key_hash

_start = cache(key_hash)


def run_hashes(one: Prepared, kind: str) -> Iterator[tuple[int, int, int]]:
    """Neighbouring words written as one: first and past-the-last position, and the hash of a kind of key.

    >>> from sanctionscreen.matching.prepared import prepare_text
    >>> list(run_hashes(prepare_text("Hik Vision BV", None).readings[0], "=")) == [(0, 2, key_hash("=Latn:hikvision"))]
    True
    """
    start, count = _start(f"{kind}{one.script}:"), len(one.words)
    texts = [b"" if w.role in FORMAL else w.text.encode("utf-8", "replace") for w in one.words]
    for first, text in enumerate(texts):
        if not text:
            continue
        found = crc32(text, start)
        for last in range(first + 1, min(first + LONGEST_RUN, count)):
            if not texts[last]:
                break
            found = crc32(texts[last], found)
            yield first, last + 1, found


def joined_hashes(one: Prepared) -> set[int]:
    """What stands for the whole name: how it is written as one word, and its brand.

    >>> from sanctionscreen.matching.prepared import prepare_text
    >>> key_hash("j:Latn:hikvision") in joined_hashes(prepare_text("Hik Vision BV", None).readings[0])
    True
    """
    found = {whole_hash(one, text) for text in one.unspaced}
    if one.brand:
        found.add(whole_hash(one, one.brand))
    return found


def whole_hash(one: Prepared, text: str) -> int:
    """What stands for a whole name of the script of a reading that is so written as one word, or has that brand."""
    return crc32(text.encode("utf-8", "replace"), _start(f"j:{one.script}:"))
