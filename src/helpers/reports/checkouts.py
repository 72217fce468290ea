"""Which version of the project made a page: the commit of its checkout."""

from __future__ import annotations

import os
import shutil
import subprocess
from functools import cache
from pathlib import Path

NOT_IN_GIT = "not in git"
WATCHED = ("src", "notebooks")  # folders whose changes since the commit are told


@cache
def checkout_words(root: Path) -> str:
    """Return the commit that is checked out in `root`, and whether code or notebooks were changed since.

    A folder that is no checkout of its own, and a machine without git, give "not in git".
    """
    top = _git(root, "rev-parse", "--show-toplevel")
    commit = _git(root, "rev-parse", "HEAD")
    if not top or not commit or Path(top).resolve() != root.resolve():
        return NOT_IN_GIT
    changed = _git(root, "status", "--porcelain", "--untracked-files=no", "--", *WATCHED)
    return f"{commit}, with changes in {' or '.join(WATCHED)}" if changed else commit


def _git(root: Path, *arguments: str) -> str:
    """Return what git says, nothing where it fails or is missing."""
    program = shutil.which("git")
    if not program:
        return ""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    call = [program, "--no-optional-locks", "-C", str(root), *arguments]
    # silenced: the program is git and the arguments are our own
    done = subprocess.run(call, capture_output=True, text=True, check=False, env=environment)  # noqa: S603
    return done.stdout.strip() if done.returncode == 0 else ""
