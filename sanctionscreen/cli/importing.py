"""`sanctionscreen import`: an official file to a YAML list."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
from typer.core import TyperCommand

from sanctionscreen.cli.console import FAILED, complain, print_table, read_date
from sanctionscreen.layout import paragraph, shown

if TYPE_CHECKING:
    from sanctionscreen.sources.gathering import Gathered
    from sanctionscreen.sources.importers import ImportReport

#: What stands for the format where every file of a folder is to be imported.
EVERY = "all"
#: How many oddities are printed; all of them are counted.
PRINTED = 20


class ImportCommand(TyperCommand):
    """The command, with the formats below its help; they are looked up only when help is asked for."""

    def format_epilog(self, _: Any, formatter: Any) -> None:
        """Write every format with its title."""
        from sanctionscreen.sources.importers import IMPORTERS

        with formatter.section("Formats"):
            formatter.write_dl([(one.id, one.title) for one in IMPORTERS.values()])
            formatter.write_dl([(EVERY, "every file of a folder that is of one of these formats, but 'table'")])


def import_list(
    format_id: Annotated[str, typer.Argument(metavar="FORMAT", help="One of the formats below.")],
    path: Annotated[Path, typer.Argument(metavar="PATH", help="The official file, or a folder of several.")],
    *,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help="The YAML list, or the folder, to write.")
    ],
    as_of: Annotated[
        date | None,
        typer.Option(metavar="YYYY-MM-DD", parser=read_date, help="The data's date, where the file does not say."),
    ] = None,
    mapping: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The mapping file of the format 'table'.")
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Take anything odd for an error.")] = False,
) -> None:
    """Turn an official file into a YAML list, and say what became of it.

    With 'all', every official file below the folder PATH: the latest edition
    of each list goes to lists/ in the folder of -o, and every edition to
    archive/ there; --as-of is for files that do not say.

    \b
    Examples:
      sanctionscreen import ofac-csv downloads/2024-05-03 -o sdn.yaml
      sanctionscreen import csl consolidated.csv -o csl.yaml
      sanctionscreen import all downloads -o official
    """
    if format_id == EVERY:
        import_all(path, output, as_of=as_of, strict=strict)
    from sanctionscreen.sources.importers import import_list as read
    from sanctionscreen.sources.writing import write_list

    imported = read(format_id, path, strict=strict, as_of=as_of, mapping=mapping)
    write_list(imported.list_file, output)
    typer.echo(f"{output}: {imported.list_file.header.title}, as of {imported.list_file.header.as_of}")
    print_report(imported.report)


def import_all(path: Path, output: Path, *, as_of: date | None, strict: bool) -> NoReturn:
    """Import a folder and print one table of what became of its files."""
    from sanctionscreen.sources.gathering import gather

    found = gather(path, output, as_of=as_of, strict=strict)
    columns = ("File", "List", "As of", "Rows:", "Parties:", "Names:", "Weak:", "Numbers:", "Unplaced:", "Odd:")
    print_table(columns, [row for one in found for row in _row(one)])
    others = [one.path.name for one in found if not one.imported and not one.why]
    if others:
        typer.echo("\n".join(paragraph(shown(f"No official lists: {', '.join(others)}"), rest="  ")))
    for one in found:
        if one.why:
            complain(one.why)
    raise typer.Exit(FAILED if any(one.why for one in found) or not any(one.imported for one in found) else 0)


def _row(one: Gathered) -> Iterator[tuple[object, ...]]:
    if one.imported is None:
        return
    header, report = one.imported
    weak = sum(count for (_, quality), count in report.names.items() if quality == "weak")
    counts = (report.rows, report.parties, report.total_names, weak, report.identifiers.total(), report.unplaced)
    yield (one.path.name, f"{header.id} ({report.format})", header.as_of, *counts, len(report.oddities))


def print_report(report: ImportReport) -> None:
    """Print what an import read, and what it made of it: counts, then what is odd."""
    rows: list[tuple[object, ...]] = [("rows read", report.rows), ("parties", report.parties)]
    rows += [("names", report.total_names)]
    rows += [
        (f"  {script or 'no script'}, {quality}", count) for (script, quality), count in report.names.most_common()
    ]
    rows += [("identifiers", report.identifiers.total())]
    rows += [(f"  {kind}", count) for kind, count in report.identifiers.most_common()]
    rows += [("remarks kept unplaced", report.unplaced), ("oddities", len(report.oddities))]
    print_table(("What", "Count:"), rows)
    for line in (*report.notes, *map(str, report.oddities[:PRINTED])):
        typer.echo(shown(line))
    if len(report.oddities) > PRINTED:
        typer.echo(f"... and {len(report.oddities) - PRINTED} more oddities")
