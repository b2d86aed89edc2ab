"""Make `sanctionscreen/matching/english_words.tsv`: English words by how common they are.

    python .ci/tables/make_english_words.py scowl/english-words scowl/american-words

The source is SCOWL (http://wordlist.aspell.net/, version 2020.12.07), sizes 10, 20 and 35: the smaller the size, the
commoner the words. Only plain words in small letters are kept, without names, abbreviations and possessives.
"""

from __future__ import annotations

import sys
from pathlib import Path

TABLE = Path(__file__).resolve().parents[2] / "sanctionscreen" / "matching" / "english_words.tsv"
SIZES = (10, 20, 35)
SHORTEST = 3
NOTICE = """\
# English words by how common they are: a size of SCOWL, and its words. Made by .ci/tables/make_english_words.py
# from SCOWL (http://wordlist.aspell.net/), Copyright 2000-2011 by Kevin Atkinson. Permission to use, copy, modify,
# distribute and sell these word lists, the associated scripts, the output created from the scripts, and its
# documentation for any purpose is hereby granted without fee, provided that the above copyright notice appears in all
# copies and that both that copyright notice and this permission notice appear in supporting documentation. Kevin
# Atkinson makes no representations about the suitability of this array for any purpose. It is provided "as is" without
# express or implied warranty.
"""


def main() -> None:
    """Write the table."""
    sizes: dict[str, int] = {}
    for size in SIZES:
        for stem in sys.argv[1:]:
            for word in Path(f"{stem}.{size}").read_text(encoding="latin-1").split():
                if word.isascii() and word.isalpha() and word.islower() and len(word) >= SHORTEST:
                    sizes.setdefault(word, size)
    rows = [f"{size}\t{' '.join(sorted(word for word, at in sizes.items() if at == size))}\n" for size in SIZES]
    TABLE.write_text(NOTICE + "".join(rows), encoding="utf-8")


if __name__ == "__main__":
    main()
