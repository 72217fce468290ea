"""What commands write to standard output: lines that any reader takes, records as JSON."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from typing import Any

import typer


def plain_row(row: Any) -> dict[str, Any]:
    """Return a record for JSON: columns in order, days as ISO, infinity and not-a-number as null."""
    values = {field.name: getattr(row, field.name) for field in fields(row)}
    for name, value in values.items():
        if isinstance(value, date):
            values[name] = value.isoformat()
        elif isinstance(value, float) and not -sys.float_info.max <= value <= sys.float_info.max:
            values[name] = None
    return values


def print_lines(lines: Iterable[str]) -> None:
    """Write lines to standard output as UTF-8; when its reader has had enough, end without a word."""
    content = "".join(f"{line}\n" for line in lines)
    try:
        sys.stdout.buffer.write(content.encode("utf-8", "backslashreplace"))  # lone surrogates become JSON escapes
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is still buffered goes nowhere
        raise typer.Exit from None
