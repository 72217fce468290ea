"""The command `prevent`: build the reports, or read and check single texts without any notebook."""

from __future__ import annotations

import re
import sys

import typer

from helpers.commands import adding, building, corpora, history, releases, schedule, texts
from helpers.commands.application import app
from helpers.errors import CallError, EvidenceError
from helpers.lexicon import check_patterns

COMMANDS = adding, building, corpora, history, releases, schedule, texts  # importing a module registers its commands


def main() -> None:
    """Run the command; errors that a user is meant to read end it with status 1, wrong calls with 2."""
    try:
        try:
            app()
        except re.error:
            check_patterns()  # says which pattern of the lexicon it is
            raise
    except CallError as error:
        typer.echo(f"prevent: {error}", err=True)
        sys.exit(2)
    except EvidenceError as error:
        typer.echo(f"prevent: {error}", err=True)
        sys.exit(1)
