"""How long builds take: from nothing, of nothing new, of one changed text; against papermill's command line."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from subprocess import PIPE, STDOUT

from helpers.builds.parameters import NEEDS

ROOT = Path(__file__).resolve().parents[1]
COMMANDS = Path(sys.executable).parent  # where `prevent` and `papermill` lie beside our Python


@dataclass(frozen=True)
class Builds:
    """Seconds of one round: papermill by notebook, the build from nothing, of nothing new, and of one changed text.

    `notebooks` is the part of the build from nothing until the last notebook was done, before the pages were.
    """

    papermill: dict[str, float]
    notebooks: float
    nothing: float
    unchanged: float
    one_text: float

    def times(self, seconds: float) -> float:
        """Return how many times as fast as papermill something was."""
        return sum(self.papermill.values()) / seconds


def copy_project(folder: Path) -> Path:
    """Copy what a build reads into a folder, so that nothing of earlier builds is at hand; return the copy."""
    folder.mkdir(parents=True)
    for name in ("notebooks", "data/raw"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns(".*"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    for name in ("data/processed", "reports"):
        (folder / name).mkdir(parents=True)
    return folder


def run(command: list[str], cwd: Path, bytecode: Path | None = None) -> float:
    """Run a command; return its seconds, and show what it said when it fails."""
    return run_told(command, cwd, bytecode)[""]


def run_told(command: list[str], cwd: Path, bytecode: Path | None = None) -> dict[str, float]:
    """Run a command; return after how many seconds it said each line, and "" its end. Show what it said when it fails.

    The share done, with which a build begins its lines, is left out.
    """
    surroundings = os.environ | {"JUPYTER_PREFER_ENV_PATH": "1", "PYDEVD_DISABLE_FILE_VALIDATION": "1"}
    surroundings |= {"PYTHONPYCACHEPREFIX": str(bytecode)} if bytecode else {}
    begun = time.perf_counter()
    said: dict[str, float] = {}
    with subprocess.Popen(command, cwd=cwd, stdout=PIPE, stderr=STDOUT, text=True, env=surroundings) as process:
        for line in process.stdout or ():
            said[line.partition("% ")[2].strip() or line.strip()] = time.perf_counter() - begun
    if process.returncode:
        raise RuntimeError(f"{Path(command[0]).name} {command[1]} failed:\n" + "\n".join([*said][-30:]))
    return said | {"": time.perf_counter() - begun}


def papermill_seconds(folder: Path, bytecode: Path | None = None) -> dict[str, float]:
    """Return the seconds of each notebook through the papermill command; it writes tables and figures, but no pages."""
    project = copy_project(folder)
    seconds = {}
    for notebook in (project / "notebooks" / f"{name}.ipynb" for name in NEEDS):
        command = [str(COMMANDS / "papermill"), str(notebook), str(project / notebook.name), "--cwd", "notebooks"]
        seconds[notebook.stem] = run([*command, "-k", "python3", "--no-progress-bar"], project, bytecode)
    return seconds


def measure_builds(folder: Path, is_cold: bool) -> Builds:
    """Measure one round, papermill and the build in turn; cold means that each finds no compiled bytecode at all."""
    bytecode = {name: folder / f"bytecode-{name}" if is_cold else None for name in ("papermill", "build")}
    papermill = papermill_seconds(folder / "papermill", bytecode["papermill"])
    project = copy_project(folder / "build")
    command = [str(COMMANDS / "prevent"), "build"]
    nothing = run_told(command, project, bytecode["build"])
    unchanged = run(command, project, bytecode["build"])
    text = sorted((project / "data" / "raw").glob("*.txt"))[0]
    text.write_bytes(text.read_bytes() + b"\nNo further referrals were made in the year to March 2020.\n")
    last = nothing[f"finished {[*NEEDS][-1]}"]
    return Builds(papermill, last, nothing[""], unchanged, run(command, project, bytecode["build"]))
