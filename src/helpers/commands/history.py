"""`prevent history` and `prevent diff`: what was built when, and what changed between two builds."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from helpers.commands.application import app
from helpers.commands.output import print_lines
from helpers.errors import CallError, nearest

Reports = Annotated[Path | None, typer.Option(help="Folder of the pages (default: reports).", metavar="DIR")]


@app.command(
    short_help="List every run of `prevent build`.",
    epilog="Examples: prevent history  ·  prevent history --reports out",
)
def history(reports: Reports = None) -> None:
    """List every run of `prevent build`: when, how long, what became of it, and what it found."""
    from helpers.builds.ledger import read_ledger

    runs = read_ledger(_folder(reports))
    if not runs:
        raise CallError(
            f"no run is recorded in {str(_folder(reports))!r}: run `prevent build`, or name another with --reports"
        )
    lines = [("begun", "seconds", "outcome", "build", "what")]
    for line in runs:
        named = str(line.get("name") or line.get("build") or "–")
        lines.append((str(line.get("begun")), str(line.get("seconds", "–")), str(line["outcome"]), named, _found(line)))
    widths = [max(len(line[place]) for line in lines) for place in range(4)]
    print_lines(
        "  ".join([*(cell.ljust(width) for cell, width in zip(line, widths, strict=False)), line[4]]).rstrip()
        for line in lines
    )


@app.command(
    short_help="Print what changed between two kept builds.",
    epilog="Examples: prevent diff  ·  prevent diff 0003  ·  prevent diff 0002 0005",
)
def diff(
    before: Annotated[str | None, typer.Argument(help="A kept build (default: the one before).", metavar="A")] = None,
    after: Annotated[str | None, typer.Argument(help="A later one (default: the published one).", metavar="B")] = None,
    reports: Reports = None,
) -> None:
    """Print what changed between two kept builds: texts, numbers added, removed or read differently, verdicts."""
    from helpers.builds.store import Places, current_name, kept_builds

    folder = _folder(reports)
    places = Places(folder, folder)
    kept = kept_builds(places)
    if not kept:
        raise CallError(f"no build is kept in {str(folder)!r}: run `prevent build`, or name another with --reports")
    last = _chosen(after, kept) if after else current_name(places)
    earlier = kept[: kept.index(last)]
    if not before and not earlier:
        raise CallError(f"no build before {last} is kept, so there is nothing to compare it with")
    first = _chosen(before, kept) if before else earlier[-1]
    from helpers.builds.changes import find_changes

    changes = find_changes(places.store / first / "processed", places.store / last / "processed")
    rows = ("\t".join(map(str, row)) for row in changes.rows.itertuples(index=False))
    print_lines([f"From {first} to {last}:", *changes.sentences(), *rows])


def _folder(reports: Path | None) -> Path:
    """Return the folder of the pages."""
    from helpers.paths import project_root

    return reports or project_root() / "reports"


def _chosen(asked: str, kept: list[str]) -> str:
    """Return the kept build that is meant by its name, number or identifier, or their beginning."""
    number = asked.lstrip("0") if asked.isdigit() else None
    for name in kept:
        counted, _, identifier = name.partition("-")
        if name.startswith(asked) or identifier.startswith(asked) or number == counted.lstrip("0"):
            return name
    raise CallError(f"no build {asked!r} is kept. {nearest(asked, kept)}")


def _found(line: dict[str, Any]) -> str:
    """Return what a build found, or why it failed."""
    if failures := line.get("failures"):
        return "; ".join(f"{failure['notebook']}: {_first_line(failure['error'])}" for failure in failures)
    rows, verdicts = line.get("rows") or {}, line.get("verdicts") or {}
    said = [f"{rows.get(name, 0):,} {name}" for name in ("documents", "statistics") if rows]
    said += [f"{count:,} {verdict}" for verdict, count in verdicts.items()]
    return ", ".join(said + ([f"{len(line['problems'])} problems"] if line.get("problems") else []))


def _first_line(error: str) -> str:
    """Return the first line of an error, with a sign that more follow; the run's folder holds all of it."""
    first, *more = error.strip().splitlines() or [""]
    return f"{first} …" if more else first
