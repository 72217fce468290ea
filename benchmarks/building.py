"""How long the whole build takes, against the same notebooks through papermill's command line one after another."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
COMMANDS = Path(sys.executable).parent  # where `prevent` and `papermill` lie beside our Python


def copy_project(folder: Path) -> Path:
    """Copy what a build reads into a folder, so that nothing of earlier builds is at hand; return the copy."""
    folder.mkdir(parents=True)
    for name in ("notebooks", "data/raw"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns(".*"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    for name in ("data/processed", "reports"):
        (folder / name).mkdir(parents=True)
    return folder


def run(command: list[str], cwd: Path) -> float:
    """Run a command; return its seconds, and show what it said when it fails."""
    surroundings = os.environ | {"JUPYTER_PREFER_ENV_PATH": "1", "PYDEVD_DISABLE_FILE_VALIDATION": "1"}
    begun = time.perf_counter()
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, env=surroundings)
    if done.returncode:
        raise RuntimeError(f"{Path(command[0]).name} {command[1]} failed:\n{done.stderr[-2000:]}")
    return time.perf_counter() - begun


def build_seconds(folder: Path) -> float:
    """Return the seconds of `prevent build` from nothing: tables, figures and pages."""
    return run([str(COMMANDS / "prevent"), "build"], copy_project(folder))


def papermill_seconds(folder: Path) -> dict[str, float]:
    """Return the seconds of each notebook through the papermill command; it writes tables and figures, but no pages."""
    project = copy_project(folder)
    seconds = {}
    for notebook in sorted((project / "notebooks").glob("*.ipynb")):
        command = [str(COMMANDS / "papermill"), str(notebook), str(project / notebook.name), "--cwd", "notebooks"]
        seconds[notebook.stem] = run([*command, "-k", "python3", "--no-progress-bar"], project)
    return seconds
