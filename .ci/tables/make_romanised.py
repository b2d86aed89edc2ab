"""Make `romanised.tsv` and `romanised_others.tsv` of `sanctionscreen/names/words`: what forms are romanised to.

    python .ci/tables/make_romanised.py

Run it when such a form was added or changed, or when romanisation changed; a test says so. The lexicon would give the
same without the tables: they save a process 20 ms at its first name.
"""

from __future__ import annotations

from pathlib import Path

from sanctionscreen.names.lexicon import romanised_forms

NAMES = Path(__file__).resolve().parents[2] / "sanctionscreen" / "names"
NOTICE = "# Forms of these tables and names of countries, romanised. Made by .ci/tables/make_romanised.py\n"


def main() -> None:
    """Write the tables."""
    for table, made in romanised_forms():
        rows = [f"{form}\t{latin}\n" for form, latin in made.items()]
        (NAMES / table).write_text(NOTICE + "".join(rows), encoding="utf-8")


if __name__ == "__main__":
    main()
