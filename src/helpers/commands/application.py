"""The application that every command of `prevent` registers itself with."""

from __future__ import annotations

from importlib.metadata import version
from typing import Annotated

import typer

app = typer.Typer(
    name="prevent",
    help="Read texts about the Prevent programme and check every statistic that they state.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


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
