"""`prevent extract`, `prevent check` and `prevent explain`: single texts without any notebook."""

from __future__ import annotations

import json
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from helpers.commands.application import app
from helpers.commands.output import plain_row, print_lines
from helpers.errors import CallError, EvidenceError

if TYPE_CHECKING:
    from helpers.records import Reading
    from helpers.sources.files import SourceError, SourceText

RECORDS = (".jsonl", ".ndjson", ".parquet", ".pq")  # many texts in one file
FILE_NAME = re.compile(r"\S+\.(?:txt|md|html?|pdf)", re.IGNORECASE)


class Table(StrEnum):
    """The tables that `extract` can print."""

    statistics = "statistics"
    events = "events"
    sentences = "sentences"
    quotations = "quotations"
    findings = "findings"
    documents = "documents"
    checks = "checks"


@app.command(
    short_help="Print what texts state as JSON Lines.",
    epilog="Examples: prevent extract article.txt  ·  prevent extract --table events *.txt  ·  "
    "curl … | prevent extract",
)
def extract(
    files: Annotated[
        list[str] | None,
        typer.Argument(help="Texts or folders of texts; - or nothing reads standard input.", metavar="FILE…"),
    ] = None,
    table: Annotated[Table, typer.Option(help="Which table to print.")] = Table.statistics,
) -> None:
    """Print what texts state as JSON Lines on standard output, one row a line."""
    for reading in _readings(files, "statistics" if table is Table.checks else table.value):
        print_lines(json.dumps(plain_row(row), ensure_ascii=False, allow_nan=False) for row in _rows(reading, table))


@app.command(
    short_help="Print a verdict for every number, with its reason.",
    epilog="Examples: prevent check article.txt  ·  prevent check data/raw",
)
def check(
    files: Annotated[
        list[str] | None,
        typer.Argument(help="Texts or folders of texts; - or nothing reads standard input.", metavar="FILE…"),
    ] = None,
) -> None:
    """Print a verdict for every statistic that the official figures could bear out, with its reason."""
    for reading in _readings(files, "statistics"):
        stated = {statistic.statistic_id: statistic.surface for statistic in reading.statistics}
        checks = _rows(reading, Table.checks)
        print_lines("\t".join((row.statistic_id, row.verdict, stated[row.statistic_id], row.reason)) for row in checks)


@app.command(
    short_help="Show how each number of a text is read, and why.",
    epilog="Examples: prevent explain 'In 2019/20, 6,287 people were referred.'  ·  prevent explain article.txt  ·  "
    "prevent explain - --published 2021-03-01",
)
def explain(
    source: Annotated[str, typer.Argument(help="A text, a file, or - for standard input.", metavar="TEXT|FILE|-")],
    published: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"], help="Day of publication, for “last year” and the like.", metavar="YYYY-MM-DD"
        ),
    ] = None,
) -> None:
    """Show how a text is read: each number with a reason for every field, and each number refused."""
    from helpers.explaining.explanations import explain as explain_text
    from helpers.explaining.explanations import explain_document

    day = published.date() if published else None
    if not source.strip():
        raise CallError("the text is empty; expected a text, a file, or - for standard input")
    if FILE_NAME.fullmatch(source) and not _is_there(source):
        raise CallError(f"there is no file {source!r}; expected a text, a file, or - for standard input")
    if source != "-" and not _is_there(source):
        print_lines([str(explain_text(source, day))])
        return
    for text in _sources([source]):
        if isinstance(text, EvidenceError):
            raise text
        text.document.published_date = day or text.document.published_date
        print_lines([str(explain_document(text.text, text.document))])


def _is_there(name: str) -> bool:
    """Whether a file or folder of this name is there; words that can be no name are none."""
    try:
        return Path(name).exists()
    except (OSError, ValueError):
        return False


def _readings(files: list[str] | None, table: str) -> Iterator[Reading]:
    """Yield the reading of every text that is named, as far as one table needs it.

    Says which could not be read, and ends with status 1 if any.
    """
    from helpers.reading import read_document

    failed = False
    for source in _sources(files or ["-"]):
        if isinstance(source, EvidenceError):
            typer.echo(f"prevent: {source}", err=True)
            failed = True
        else:
            yield read_document(source.text, source.document, tables=[table])
    if failed:
        raise typer.Exit(1)


def _sources(names: list[str]) -> Iterator[SourceText | SourceError]:
    """Yield every text that is named, with what a catalogue beside it says, or the error that kept it from being read.

    A wrong catalogue stops the run.
    """
    from helpers.records import Problem
    from helpers.sources.catalogue import comparable_path, read_catalogue
    from helpers.sources.files import SourceError, iterate_folder, read_file, with_row
    from helpers.sources.folders import READABLE

    catalogue = cache(read_catalogue)
    for name in names:
        try:
            if name == "-":
                yield _standard_input()
            elif Path(name).is_dir():
                is_empty = True
                for found in iterate_folder(Path(name)):
                    if not isinstance(found, Problem):
                        yield found
                    elif found.severity == "error":
                        yield SourceError(found)
                    is_empty = is_empty and isinstance(found, Problem) and found.severity != "error"
                if is_empty:
                    typer.echo(f"prevent: the folder {name!r} holds no text; expected {READABLE}", err=True)
            elif name.lower().endswith(RECORDS):
                action = "Read it with `prevent corpus`."
                yield SourceError(Problem(name, "error", "a file of many texts", "one text a file", action))
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
