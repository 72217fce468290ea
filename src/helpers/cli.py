"""The command `prevent`: build the reports, or read and check single texts without any notebook."""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import fields
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from helpers.errors import CallError, EvidenceError

if TYPE_CHECKING:
    from helpers.records import Reading
    from helpers.sources.files import SourceError, SourceText

app = typer.Typer(
    name="prevent",
    help="Read texts about the Prevent programme and check every statistic that they state.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


class Table(StrEnum):
    """The tables that `extract` can print."""

    statistics = "statistics"
    events = "events"
    sentences = "sentences"
    quotations = "quotations"
    findings = "findings"
    documents = "documents"
    checks = "checks"


def _print_version(asked: bool) -> None:
    """Print the version and end."""
    if asked:
        typer.echo(f"prevent {version('prevent-evidence')}")
        raise typer.Exit


@app.callback()
def prevent(
    _: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Read texts about the Prevent programme, and check every statistic that they state."""


@app.command(
    epilog="Examples: prevent build  ·  prevent build --raw texts --reports out  ·  prevent build --params monthly.yml"
)
def build(
    raw: Annotated[Path | None, typer.Option(help="Folder of source texts (default: data/raw).", metavar="DIR")] = None,
    processed: Annotated[
        Path | None, typer.Option(help="Folder of the tables (default: data/processed).", metavar="DIR")
    ] = None,
    reports: Annotated[Path | None, typer.Option(help="Folder of the pages (default: reports).", metavar="DIR")] = None,
    params: Annotated[
        Path | None, typer.Option(help="YAML file of parameters (default: notebooks/parameters.yml).", metavar="FILE")
    ] = None,
) -> None:
    """Run every notebook and write tables, figures and HTML reports; a failure leaves the last good ones in place."""
    from helpers.builds.build import build as build_reports
    from helpers.builds.parameters import plan_build

    plan = plan_build(raw, processed, reports, params)
    if sys.stderr.isatty():
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

        columns = TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn()
        with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
            task = progress.add_task("starting", total=1.0)
            first_page = build_reports(
                plan, lambda line, share: progress.update(task, description=line, completed=share)
            )
    else:
        first_page = build_reports(plan, lambda line, share: typer.echo(f"{share:4.0%} {line}", err=True))
    typer.echo(f"The report is at {first_page}")


@app.command(
    epilog="Examples: prevent extract article.txt  ·  prevent extract --table events *.txt  ·  curl … | prevent extract"
)
def extract(
    files: Annotated[
        list[str] | None,
        typer.Argument(help="Texts or folders of texts; - or nothing reads standard input.", metavar="FILE…"),
    ] = None,
    table: Annotated[Table, typer.Option(help="Which table to print.")] = Table.statistics,
) -> None:
    """Print what texts state as JSON Lines on standard output, one row a line."""
    for reading in _readings(files):
        _print(json.dumps(_plain(row), ensure_ascii=False, allow_nan=False) for row in _rows(reading, table))


@app.command(epilog="Examples: prevent check article.txt  ·  prevent check data/raw")
def check(
    files: Annotated[
        list[str] | None,
        typer.Argument(help="Texts or folders of texts; - or nothing reads standard input.", metavar="FILE…"),
    ] = None,
) -> None:
    """Print a verdict for every statistic that the official figures could bear out, with its reason."""
    for reading in _readings(files):
        stated = {statistic.statistic_id: statistic.surface for statistic in reading.statistics}
        checks = _rows(reading, Table.checks)
        _print("\t".join((row.statistic_id, row.verdict, stated[row.statistic_id], row.reason)) for row in checks)


@app.command(epilog="Examples: prevent official  ·  prevent official --check  ·  prevent official --check --folder new")
def official(
    folder: Annotated[
        Path | None,
        typer.Option(help="Folder of the official tables (default: the project's).", exists=True, file_okay=False),
    ] = None,
    is_check: Annotated[bool, typer.Option("--check", help="List every fault of the tables instead.")] = False,
) -> None:
    """Print the official releases held and the totals by year, or every fault of the official tables."""
    from helpers.official.faults import find_official_faults
    from helpers.official.holdings import release_lines, total_lines
    from helpers.official.series import read_official
    from helpers.paths import official_folder

    folder = folder or official_folder()
    faults = find_official_faults(folder) if is_check else []
    _print(faults)
    if faults:
        raise typer.Exit(1)
    series = read_official(folder)
    if is_check:
        typer.echo(f"no fault in {len(series.figures):,} figures")
    else:
        _print([*release_lines(series), "", *total_lines(series)])


def _readings(files: list[str] | None) -> Iterator[Reading]:
    """Yield the reading of every text that is named; say which could not be read, and end with status 1 if any."""
    from helpers.reading import read_document

    failed = False
    for source in _sources(files or ["-"]):
        if isinstance(source, EvidenceError):
            typer.echo(f"prevent: {source}", err=True)
            failed = True
        else:
            yield read_document(source.text, source.document)
    if failed:
        raise typer.Exit(1)


def _sources(names: list[str]) -> Iterator[SourceText | SourceError]:
    """Yield every text that is named, with what a catalogue beside it says, or the error that kept it from being read.

    A wrong catalogue stops the run.
    """
    from helpers.sources.catalogue import comparable_path, read_catalogue
    from helpers.sources.files import SourceError, read_file, read_folder, with_row

    catalogue = cache(read_catalogue)
    for name in names:
        try:
            if name == "-":
                yield _standard_input()
            elif Path(name).is_dir():
                texts, problems = read_folder(Path(name))
                yield from texts
                yield from (SourceError(problem) for problem in problems if problem.severity == "error")
            else:
                rows = catalogue(Path(name).parent) or {}
                yield with_row(read_file(Path(name)), rows.get(comparable_path(Path(name).name)))
        except SourceError as error:
            yield error


def _standard_input() -> SourceText:
    """Return the text on standard input, read as a file of that name would be."""
    from helpers.sources.files import read_file

    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "stdin.txt"
        with copy.open("wb") as stream:
            shutil.copyfileobj(sys.stdin.buffer, stream)
        return read_file(copy, Path(folder))


def _rows(reading: Reading, table: Table) -> list[Any]:
    """Return the rows of one table of a reading."""
    if table is Table.documents:
        return [reading.document]
    if table is Table.checks:
        from helpers.checks.verdicts import check_statistics
        from helpers.official.series import read_official
        from helpers.paths import official_folder

        return check_statistics(reading.statistics, [reading.document], read_official(official_folder()))
    return list(getattr(reading, table.value))


def _plain(row: Any) -> dict[str, Any]:
    """Return a record for JSON: columns in order, days as ISO, infinity and not-a-number as null."""
    values = {field.name: getattr(row, field.name) for field in fields(row)}
    for name, value in values.items():
        if isinstance(value, date):
            values[name] = value.isoformat()
        elif isinstance(value, float) and not -sys.float_info.max <= value <= sys.float_info.max:
            values[name] = None
    return values


def _print(lines: Iterable[str]) -> None:
    """Write lines to standard output as UTF-8; when its reader has had enough, end without a word."""
    content = "".join(f"{line}\n" for line in lines)
    try:
        sys.stdout.buffer.write(content.encode("utf-8", "backslashreplace"))  # lone surrogates become JSON escapes
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is still buffered goes nowhere
        raise typer.Exit from None


def main() -> None:
    """Run the command; errors that a user is meant to read end it with status 1, wrong calls with 2."""
    try:
        app()
    except CallError as error:
        typer.echo(f"prevent: {error}", err=True)
        sys.exit(2)
    except EvidenceError as error:
        typer.echo(f"prevent: {error}", err=True)
        sys.exit(1)
