"""A table of vendors in, a table of hits out: on all cores, in order, in little memory, and never half done.

Every row has an outcome, and none is clear by accident: a row that cannot be read or has no name that can be compared
stands in the output as `not_screened`, with the reason. A fact that is not understood (a country nobody knows) is
left out of the screening, which then rests on the name alone, and the row says so.

    summary = screen_file(Screener.load(), "vendors.csv", "hits.csv")
    print(summary.outcomes)

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
