"""What the result of a run depends on beside the sources: code and lexicon, libraries that read, official figures."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

from helpers.paths import PACKAGE

# What only shows, runs or compares finished tables; every other module and list takes part in reading and checking.
NOT_READING = ("builds", "commands", "comparing", "reports", "templates", "cli.py")
CODE = (".py", ".yml", ".json")
LIBRARIES = ("ftfy", "lxml", "nltk", "pyarrow", "pypdfium2", "trafilatura")


@cache
def code_version() -> str:
    """Return a digest of all code and word lists that take part in reading and checking, and of the libraries used."""
    files = [path for path in sorted(PACKAGE.rglob("*")) if path.suffix in CODE]
    kept = [path for path in files if path.relative_to(PACKAGE).parts[0] not in NOT_READING]
    digest = hashlib.sha256("\n".join(f"{name} {version(name)}" for name in LIBRARIES).encode())
    for path in kept:
        digest.update(f"{path.relative_to(PACKAGE).as_posix()}\n".encode() + path.read_bytes())
    return digest.hexdigest()


def figures_version(official: Path) -> str:
    """Return a digest of the official tables in a folder."""
    digest = hashlib.sha256()
    for path in sorted(official.glob("*.csv")):
        digest.update(f"{path.name}\n".encode() + path.read_bytes())
    return digest.hexdigest()


def worker_faults(code: str, figures: str, official: Path, aside: Path) -> list[str]:
    """Return what keeps the worker that this runs in from taking part: other code, other figures, other folders."""
    faults = []
    if code_version() != code:
        faults.append("it has another version of the project; install the same one everywhere")
    if not aside.is_dir():
        faults.append(f"it does not see {str(aside.parent)!r}; share this folder under the same path")
    if figures_version(official) != figures:
        faults.append(f"it does not see the same official tables in {str(official)!r}; share or copy the folder")
    return faults
