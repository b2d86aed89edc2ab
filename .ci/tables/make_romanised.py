"""Make `sanctionscreen/names/words/romanised.tsv`: what the forms in other scripts are romanised to.

    python .ci/tables/make_romanised.py

Run it when such a form was added or changed, or when romanisation changed; a test says so. The lexicon would give the
same without the table: it saves a process 20 ms at its first name.
"""

from __future__ import annotations

from pathlib import Path

from sanctionscreen.names.lexicon import forms_in_other_scripts, romanised

TABLE = Path(__file__).resolve().parents[2] / "sanctionscreen" / "names" / "words" / "romanised.tsv"
NOTICE = (
    "# Forms of these tables in other scripts than Latin and Han, romanised. Made by .ci/tables/make_romanised.py\n"
)


def main() -> None:
    """Write the table."""
    rows = [f"{form}\t{romanised(form)}\n" for form in forms_in_other_scripts()]
    TABLE.write_text(NOTICE + "".join(rows), encoding="utf-8")


if __name__ == "__main__":
    main()
