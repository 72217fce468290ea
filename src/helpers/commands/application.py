"""The application that every command of `prevent` registers itself with."""

from __future__ import annotations

import re
from importlib.metadata import version
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

# What the parser says of a wrong value, and how we put it.
WORDINGS = (
    (re.compile(r"^Value error, "), ""),
    (re.compile(r"^Input should be greater than or equal to (\S+)$"), r"expected \1 or more"),
    (re.compile(r"^Input should be a valid integer\b.*"), "expected a whole number"),
)


class PlainGroup(TyperGroup):
    """The commands, which tell of a wrong value in plain words."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command that is asked for."""
        try:
            return super().invoke(ctx)
        except typer.BadParameter as error:
            for pattern, words in WORDINGS:
                error.message = pattern.sub(words, error.message)
            raise


app = typer.Typer(
    name="prevent",
    cls=PlainGroup,
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
