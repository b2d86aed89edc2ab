"""`sanctionscreen import`: an official file to a YAML list."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
from typer.core import TyperCommand

from sanctionscreen.cli.console import FAILED, complain, print_table, read_date
from sanctionscreen.layout import paragraph, shown

if TYPE_CHECKING:
    from sanctionscreen.records import ListHeader
    from sanctionscreen.sources.importers import ImportReport

#: What stands for the format where every file of a folder is to be imported.
EVERY = "all"
#: How many oddities are printed; all of them are counted.
PRINTED = 20
#: How many of each file where a folder is imported.
ODD_OF_MANY = 2


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
    cut_short: Annotated[
        bool, typer.Option("--allow-cut-short", help="Read a CSV file that ends within a row as far as it goes.")
    ] = False,
) -> None:
    """Turn an official file into a YAML list, and say what became of it.

    With 'all', every official file below the folder PATH: the latest edition
    of each list goes to lists/ in the folder of -o, and every edition to
    archive/ there; --as-of is for files that do not say.

    A file that was cut short is refused, since whoever stood behind the cut
    would be cleared. With --allow-cut-short a CSV file, such as a sample, is
    read up to the cut; the title of the list says that it is incomplete.

    \b
    Examples:
      sanctionscreen import ofac-csv downloads/2024-05-03 -o sdn.yaml
      sanctionscreen import csl consolidated.csv -o csl.yaml
      sanctionscreen import all downloads -o official
    """
    if format_id == EVERY:
        import_all(path, output, as_of=as_of, strict=strict, cut_short=cut_short)
    from sanctionscreen.sources.importers import IMPORTERS, no_format
    from sanctionscreen.sources.importers import import_list as read
    from sanctionscreen.sources.writing import write_list

    if format_id not in IMPORTERS:
        raise no_format(format_id, (*IMPORTERS, EVERY))
    imported = read(format_id, path, strict=strict, as_of=as_of, mapping=mapping, cut_short=cut_short)
    write_list(imported.list_file, output)
    typer.echo(f"{output}: {imported.list_file.header.title}, as of {imported.list_file.header.as_of}")
    print_report(imported.report)


def import_all(path: Path, output: Path, *, as_of: date | None, strict: bool, cut_short: bool) -> NoReturn:
    """Import a folder and print one table of what became of its files."""
    from sanctionscreen.sources.gathering import gather

    found = gather(path, output, as_of=as_of, strict=strict, cut_short=cut_short)
    reports = [(one.path, *one.imported) for one in found if one.imported]
    columns = ("Format", "As of", "Rows:", "Parties:", "Names:", "Weak:", "Ids:", "Rest:", "Odd:")
    counts = [_counts(report) for _, _, report in reports]
    rows = [(report.format, header.as_of, *row) for (_, header, report), row in zip(reports, counts, strict=True)]
    print_table(columns, [*rows, ("all", "", *map(sum, zip(*counts, strict=True)))] if rows else [])
    typer.echo("Ids: identifiers; Rest: remarks kept unplaced; Odd: oddities.")
    for file, header, report in reports:
        _print_file(file.relative_to(path), header, report)
    others = [one.path.name for one in found if not one.imported and not one.why]
    if others:
        typer.echo("\n".join(paragraph(shown(f"No official lists: {', '.join(others)}"), rest="  ")))
    for one in found:
        if one.why:
            complain(one.why)
    raise typer.Exit(FAILED if any(one.why for one in found) or not reports else 0)


def _counts(report: ImportReport) -> tuple[int, ...]:
    weak = sum(count for (_, quality), count in report.names.items() if quality == "weak")
    counts = (report.rows, report.parties, report.total_names, weak, report.identifiers.total(), report.unplaced)
    return (*counts, len(report.oddities))


def _print_file(file: Path, header: ListHeader, report: ImportReport) -> None:
    """Print which list a file became, what there is to know of that, and what is odd in it."""
    typer.echo("\n".join(paragraph(shown(f"{header.id} of {header.as_of}: {file}: {header.title}"), rest="  ")))
    for said in (*report.notes, *map(str, report.oddities[:ODD_OF_MANY])):
        typer.echo("\n".join(paragraph(shown(said), first="  ", rest="    ")))
    if len(report.oddities) > ODD_OF_MANY:
        typer.echo(f"  ... and {len(report.oddities) - ODD_OF_MANY} more oddities: import the file alone to see them")


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
