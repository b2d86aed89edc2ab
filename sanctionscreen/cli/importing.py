"""`sanctionscreen import`: an official file to a YAML list."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand

from sanctionscreen.cli.console import print_table, read_date
from sanctionscreen.layout import shown

if TYPE_CHECKING:
    from sanctionscreen.sources.importers import ImportReport

#: How many oddities are printed; all of them are counted.
PRINTED = 20


class ImportCommand(TyperCommand):
    """The command, with the formats below its help; they are looked up only when help is asked for."""

    def format_epilog(self, _: Any, formatter: Any) -> None:
        """Write every format with its title."""
        from sanctionscreen.sources.importers import IMPORTERS

        with formatter.section("Formats"):
            formatter.write_dl([(one.id, one.title) for one in IMPORTERS.values()])


def import_list(
    format_id: Annotated[str, typer.Argument(metavar="FORMAT", help="One of the formats below.")],
    path: Annotated[Path, typer.Argument(metavar="PATH", help="The official file, or a folder of several.")],
    *,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="The YAML list to write.")],
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

    \b
    Examples:
      sanctionscreen import ofac-csv downloads/2024-05-03 -o sdn.yaml
      sanctionscreen import csl consolidated.csv -o csl.yaml
    """
    from sanctionscreen.sources.importers import import_list as read
    from sanctionscreen.sources.writing import write_list

    imported = read(format_id, path, strict=strict, as_of=as_of, mapping=mapping)
    write_list(imported.list_file, output)
    typer.echo(f"{output}: {imported.list_file.header.title}, as of {imported.list_file.header.as_of}")
    print_report(imported.report)


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
