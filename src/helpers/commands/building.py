"""`prevent build`: the main job, for one report or for several."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from helpers.commands.application import app
from helpers.errors import BuildError, CallError

if TYPE_CHECKING:
    from helpers.builds.parameters import Plan
    from helpers.builds.progress import Tell


@app.command(
    short_help="Bring tables, figures and HTML reports up to date.",
    epilog="Examples: prevent build  ·  prevent build --raw texts --reports out  ·  prevent build --params monthly.yml",
)
def build(
    raw: Annotated[Path | None, typer.Option(help="Folder of source texts (default: data/raw).", metavar="DIR")] = None,
    processed: Annotated[
        Path | None, typer.Option(help="Folder of the tables (default: data/processed).", metavar="DIR")
    ] = None,
    reports: Annotated[Path | None, typer.Option(help="Folder of the pages (default: reports).", metavar="DIR")] = None,
    params: Annotated[
        list[Path] | None,
        typer.Option(
            help="YAML file of parameters (default: notebooks/parameters.yml). One file rules the one report, and "
            "replaces what was there; several, or a folder of them (even of one), give a report each, in folders of "
            "their names.",
            metavar="FILE",
        ),
    ] = None,
    wait: Annotated[bool, typer.Option("--wait", help="Wait when another build is at work there.")] = False,
    keep: Annotated[int, typer.Option(help="How many builds are kept.", min=1)] = 5,
    cell_seconds: Annotated[int, typer.Option(help="Seconds that one cell of a notebook may take.", min=1)] = 600,
    publish: Annotated[
        Path | None, typer.Option(help="Publish a copy of the pages here, for a web server.", metavar="DIR")
    ] = None,
) -> None:
    """Bring tables, figures and HTML reports up to date; a failure leaves the last good ones in place."""
    from helpers.builds.build import build as build_reports
    from helpers.builds.parameters import check_apart
    from helpers.builds.publishing import publish_pages

    failed = []
    plans = _plans(raw, processed, reports, params or [], cell_seconds)
    if publish:
        for name, plan in plans:
            check_apart(plan.raw, "publish", publish / name)
    for name, plan in plans:
        try:
            with _telling(name) as tell:
                first_page = build_reports(plan, tell, wait, keep)
            if publish:
                publish_pages(plan, publish / name)
        except BuildError as error:
            failed.append(f"{name}: {error}" if name else str(error))
        else:
            typer.echo(f"The report is at {first_page}")
            _warn_of_nothing(plan)
    if failed:
        raise BuildError("\n".join(failed))


def _warn_of_nothing(plan: Plan) -> None:
    """Print a warning when the report that was built is of no text at all."""
    from helpers.builds.store import Places, current_name, read_manifest
    from helpers.sources.folders import READABLE

    places = Places(plan.processed, plan.reports)
    manifest = read_manifest(places, current_name(places))
    if manifest and not manifest.facts.get("rows", {}).get("documents"):
        typer.echo(
            f"prevent: warning: no text was read from {str(plan.raw)!r}, so the report is empty; expected {READABLE}. "
            "Put texts there, or `prevent add FILE --raw DIR`, or name another folder with --raw",
            err=True,
        )


def _plans(
    raw: Path | None, processed: Path | None, reports: Path | None, params: Sequence[Path], cell_seconds: int
) -> list[tuple[str, Plan]]:
    """Return a plan for each report with its name, which is empty when there is one report only."""
    from helpers.builds.parameters import plan_build
    from helpers.paths import project_root

    files = [file for path in params for file in (sorted(path.glob("*.yml")) if path.is_dir() else [path])]
    if len(files) == 1 and not params[0].is_dir():
        return [("", plan_build(raw, processed, reports, files[0], cell_seconds))]
    if not files:
        if params:
            raise CallError(f"there is no parameters file (*.yml) in {[str(path) for path in params]}")
        return [("", plan_build(raw, processed, reports, None, cell_seconds))]
    names = [file.stem for file in files]
    if len(set(names)) < len(names):
        raise CallError(f"reports are named after their parameters files, and these share names: {sorted(names)}")
    above = processed or project_root() / "data" / "processed", reports or project_root() / "reports"
    return [
        (file.stem, plan_build(raw, above[0] / file.stem, above[1] / file.stem, file, cell_seconds)) for file in files
    ]


@contextmanager
def _telling(name: str) -> Iterator[Tell]:
    """Yield what tells the user how far the build of a report is: a bar on a terminal, lines elsewhere."""
    before = f"{name}: " if name else ""
    if not sys.stderr.isatty():
        yield lambda line, share: typer.echo(f"{share:4.0%} {before}{line}", err=True)
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("starting", total=1.0)
        yield lambda line, share: progress.update(task, description=before + line, completed=share)
