"""`prevent official`: the official tables held, and whether they are sound."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from helpers.commands.application import app
from helpers.commands.output import print_lines


@app.command(
    short_help="Print the official releases held, or their faults.",
    epilog="Examples: prevent official  ·  prevent official --check  ·  prevent official --check --folder new",
)
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
    print_lines(faults)
    if faults:
        raise typer.Exit(1)
    series = read_official(folder)
    if is_check:
        typer.echo(f"no fault in {len(series.figures):,} figures")
    else:
        print_lines([*release_lines(series), "", *total_lines(series)])
