"""`prevent build`: the main job."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from helpers.commands.application import app


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
