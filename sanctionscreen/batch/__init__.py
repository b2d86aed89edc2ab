r"""A table of vendors in, a table of hits out: on all cores, in order, in little memory, and never half done.

Every row has an outcome, and none is clear by accident: a row that cannot be read or has no name that can be compared
stands in the output as `not_screened`, with the reason. A fact that is not understood (a country nobody knows) is
left out of the screening, which then rests on the name alone, and the row says so.

>>> import tempfile
>>> from datetime import date
>>> from pathlib import Path
>>> from sanctionscreen.screening import Screener
>>> with tempfile.TemporaryDirectory() as folder:
...     table, out = Path(folder, "vendors.csv"), Path(folder, "hits.csv")
...     _ = table.write_text("vendor,country\nHikvison,China\nBlue Heron,FR\n?,\n", encoding="utf-8")
...     summary = screen_file(Screener.load(), table, out, as_of=date(2022, 5, 20))
>>> {outcome: rows for outcome, rows in summary.outcomes.items() if rows}
{'alarm': 1, 'not_screened': 1, 'clear': 1}

The output has a row for each hit and for each row that was not screened, with the columns of the input behind; `.jsonl`
output holds the whole of each hit. Rows that are clear are counted, and written on request.

`judging` makes records of rows, here or in worker processes; `drafts` keeps what is written until it is whole, so that
a run that was killed goes on where it stopped; `summing` counts; `files` puts them together.
"""

from sanctionscreen.batch.drafts import part_of
from sanctionscreen.batch.files import screen_file
from sanctionscreen.batch.judging import COLUMNS
from sanctionscreen.batch.summing import QUOTED, BatchSummary, Outcome

__all__ = ["COLUMNS", "QUOTED", "BatchSummary", "Outcome", "part_of", "screen_file"]
