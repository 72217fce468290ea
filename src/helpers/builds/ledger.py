"""The ledger ``reports/builds.jsonl``: one line a run of `prevent build`, whatever became of it."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

LEDGER = "builds.jsonl"


def add_line(reports: Path, line: dict[str, Any]) -> None:
    """Add a line to the ledger, in one write; a line that was cut off by a crash stays by itself."""
    path = reports / LEDGER
    content = json.dumps(line, ensure_ascii=False, default=str) + "\n"
    with path.open("ab+") as stream:
        if stream.tell():
            stream.seek(-1, os.SEEK_END)
            if stream.read(1) != b"\n":
                content = "\n" + content
        stream.write(content.encode("utf-8", "backslashreplace"))


def read_ledger(reports: Path) -> list[dict[str, Any]]:
    """Return all lines of the ledger, oldest first; what is no whole line is passed over."""
    path = reports / LEDGER
    lines = []
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines() if path.is_file() else ():
        try:
            found = json.loads(line)
        except ValueError:
            continue
        if isinstance(found, dict):
            lines.append(found)
    return lines
