"""`prevent corpus`: millions of texts into tables of Parquet, on this machine or on a cluster."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from helpers.commands.application import app

if TYPE_CHECKING:
    from helpers.corpora.runs import Outcome, Tell

PAUSE = 5.0  # seconds between two lines of progress where no bar can be drawn


@app.command(
    short_help="Read and check corpora of any size.",
    epilog="Examples: prevent corpus texts --out tables  ·  prevent corpus 'news/*.jsonl.gz' --text-column body "
    "--out tables  ·  prevent corpus texts.parquet --out tables --scheduler tcp://10.0.0.5:8786",
)
def corpus(
    sources: Annotated[
        list[str],
        typer.Argument(
            help="Folders, files and patterns: texts, JSON Lines (.jsonl, .ndjson), Parquet; also as .gz and .zst.",
            metavar="SOURCE…",
            show_default=False,
        ),
    ],
    out: Annotated[
        Path, typer.Option(help="Folder of the tables; what an earlier run finished there is kept.", metavar="DIR")
    ],
    scheduler: Annotated[
        str, typer.Option(help="Address of a Dask scheduler; 'none' reads in this very process.", metavar="ADDRESS")
    ] = "",
    workers: Annotated[
        int, typer.Option(help="Processes on this machine (default: one a core); 1 reads in this process.", min=0)
    ] = 0,
    text_column: Annotated[str, typer.Option(help="Column of the text in JSON Lines and Parquet.")] = "text",
    id_column: Annotated[str, typer.Option(help="Column of the identifier (default: document_id or id).")] = "",
    date_column: Annotated[
        str, typer.Option(help="Column of the day of publication (default: published_date or date).")
    ] = "",
    official: Annotated[
        Path | None,
        typer.Option(help="Folder of the official tables (default: the project's).", exists=True, file_okay=False),
    ] = None,
    batch: Annotated[int, typer.Option(help="Texts a worker reads at a time.", min=1)] = 1_000,
    is_fresh: Annotated[bool, typer.Option("--fresh", help="Read everything again.")] = False,
) -> None:
    """Read and check corpora of any size into one folder of Parquet files a table; an interrupted run goes on."""
    from helpers.corpora.columns import Columns
    from helpers.corpora.mapping import default_workers
    from helpers.corpora.runs import Call, run_corpus

    columns = Columns(text_column, id_column, date_column)
    call = Call(sources, out, columns, workers or default_workers(), scheduler, official, is_fresh, batch)
    try:
        with _progress() as tell:
            outcome = run_corpus(call, tell, lambda line: typer.echo(line, err=True))
    except KeyboardInterrupt:
        typer.echo("prevent: interrupted; run the same command again to go on, what is finished is kept", err=True)
        raise typer.Exit(1) from None
    if not outcome.rows["documents"]:
        _warn_of_nothing(sources)
    _print_outcome(outcome, out)


def _print_outcome(outcome: Outcome, out: Path) -> None:
    """Print what came of a run; a source that broke off ends the command with status 1."""
    rows = outcome.rows
    kept = (
        f" ({outcome.n_kept:,} of {outcome.n_kept + outcome.n_read:,} batches were finished before)"
        if outcome.n_kept
        else ""
    )
    problems = _count(rows["problems"], "problem") + (", named in the table problems" if rows["problems"] else "")
    typer.echo(
        f"{_count(rows['documents'], 'text')} {'states' if rows['documents'] == 1 else 'state'} "
        f"{_count(rows['statistics'], 'number')}, {rows['checks']:,} of them checked; {problems}{kept}. "
        f"The tables are in {out}"
    )
    for problem in outcome.broken:
        typer.echo(
            f"prevent: {problem.file}: {problem.problem}; expected {problem.expected}. {problem.action}", err=True
        )
    if outcome.broken:
        raise typer.Exit(1)


def _warn_of_nothing(sources: list[str]) -> None:
    """Print a warning that no text was read."""
    from helpers.sources.folders import READABLE

    typer.echo(
        f"prevent: warning: no text was read from {', '.join(map(repr, sources))}; expected {READABLE} in a folder, or "
        "JSON Lines or Parquet. Put texts there (`prevent add FILE --raw DIR` does), or name other sources",
        err=True,
    )


def _count(number: int, noun: str) -> str:
    """Return a number and its noun."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


@contextmanager
def _progress() -> Iterator[Tell]:
    """Provide what shows how far a run is: a bar on a terminal, else a line now and then."""
    if not sys.stderr.isatty():
        yield _Lines()
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("starting", total=None)
        yield lambda stage, done, of: progress.update(task, description=stage, completed=done, total=of or None)


class _Lines:
    """Shows progress as lines: one a stage, and one whenever some seconds have passed."""

    def __init__(self) -> None:
        self._stage, self._told = "", 0.0

    def __call__(self, stage: str, done: int, of: int) -> None:
        """Tell a stage, and the texts done and in all."""
        if stage != self._stage or time.monotonic() - self._told >= PAUSE or done == of:
            self._stage, self._told = stage, time.monotonic()
            told = f"{done:,} of {_count(of, 'text')} ({done / of:.0%})" if of else _count(done, "text")
            typer.echo(f"{stage}: {told}", err=True)
