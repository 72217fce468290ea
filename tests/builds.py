"""Building reports in tests: a folder of texts in, tables and pages out."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from helpers.builds.build import build
from helpers.builds.parameters import plan_build


@dataclass(frozen=True)
class Built:
    """Where a build put its tables and pages, and what it said on the way."""

    processed: Path
    reports: Path
    said: list[str]


def build_texts(raw: Path, folder: Path, **options) -> Built:
    """Build the report of a folder of texts inside `folder`."""
    made = Built(folder / "processed", folder / "reports", [])
    plan = plan_build(raw, made.processed, made.reports, **options)
    build(plan, lambda line, share: made.said.append(f"{share:.0%} {line}"))
    return made


def published(folder: Path, pattern: str = "*") -> list[Path]:
    """The files that a reader sees: none of the store of earlier builds and of single steps, which is hidden."""
    paths = [path for path in sorted(folder.rglob(pattern)) if path.is_file()]
    return [path for path in paths if not any(part.startswith(".") for part in path.relative_to(folder).parts)]


def digests(folder: Path) -> dict[str, str]:
    """The sha256 of every file under a folder, by its path."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
