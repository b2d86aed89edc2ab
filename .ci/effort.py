"""Count what searches have to do, for `tests/effort.tsv`.

$ python .ci/effort.py             # prints the table
$ python .ci/effort.py --refresh   # writes it, where more or less work is meant
"""

from __future__ import annotations

import sys
from pathlib import Path

from sanctionscreen.matching import weights
from sanctionscreen.matching.prepared import prepare
from sanctionscreen.names import parse
from sanctionscreen.snapshot import Snapshot
from sanctionscreen.sources.loading import bundled_lists, load_lists

TABLE = Path(__file__).parent.parent / "tests" / "effort.tsv"
HEAD = "# What a search of the bundled lists has to do: name, words looked up, words compared, names bounded, scored.\n"
NAMES = """
Hikvision
Hikvison
HIK VISION europe bv
Hangzhou Hikvision Digital Technology Co., Ltd.
杭州海康威视数字技术股份有限公司
Хиквижн
H1kvision
Semiconducter Manufacturing Intl
SMIC
General Trading Company Limited
International Technology Development
China National Bank
Xinjiang Cotton
J. Smith
Lakeside Bakery Ltd
Maple Street Dental Practice
Northern Instruments GmbH
Wang Li
44
Zhejiang Dahua
The Company
"""


def table() -> str:
    """The table as text."""
    index = Snapshot.of(load_lists([bundled_lists()])).index
    efforts = ((name, index.effort(prepare(parse(name)), weights.CUTOFF)) for name in NAMES.strip().splitlines())
    return HEAD + "".join("\t".join((name, *map(str, effort))) + "\n" for name, effort in efforts)


if __name__ == "__main__":
    if "--refresh" in sys.argv:
        TABLE.write_text(table(), encoding="utf-8")
    else:
        print(table(), end="")
