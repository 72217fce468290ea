"""One notebook run through papermill, in a process of its own, with what went wrong if it fails."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from helpers.builds.forks import SERVER

ADDED = {"injected-parameters", "papermill-error-cell-tag"}  # cells of papermill's own, which the reader has not
EXECUTED = "executed.ipynb"


@dataclass(frozen=True)
class Failure:
    """What went wrong in a notebook: the cell (counted from 1), its heading, the error and its traceback."""

    notebook: str
    cell: int | None
    heading: str
    error: str
    traceback: str


def run_notebook(folder: Path, notebook: Path, parameters: Mapping[str, Any], cell_seconds: int) -> Failure | None:
    """Run a notebook through papermill; return what failed, or nothing.

    Parameters
    ----------
    folder : Path
        Where the executed notebook is written; ``processed`` and ``reports`` are folders in it.
    notebook : Path
        The notebook.
    parameters : mapping
        Name → value of those it knows.
    cell_seconds : int
        Seconds that one cell may take.
    """
    import papermill
    from traitlets.config import Config

    from helpers.builds import engines

    settings = Config()
    settings.KernelManager.transport_encryption = "auto"  # other users of the machine cannot read along
    settings.AsyncKernelManager.client_factory = "helpers.builds.kernels.PromptClient"
    settings.NotebookClient.shutdown_kernel = "immediate"  # everything is written by then; a slow goodbye gains nothing
    if SERVER in os.environ:  # two kernels that start at once could take the same port, but not the same file
        settings.KernelManager.transport = "ipc"
        settings.KernelManager.connection_file = str(Path(os.environ[SERVER]).with_name(f"{notebook.stem}.json"))
    os.environ["JUPYTER_PREFER_ENV_PATH"] = "1"  # the kernel of this environment, not one of the user's others
    os.environ["JUPYTER_DEFAULT_PROVISIONER_NAME"] = "prevent-forked"  # see `helpers.builds.kernels`
    os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"
    inside = {name: str(folder / name) for name in ("processed", "reports") if name in parameters}
    output = folder / EXECUTED
    try:
        papermill.execute_notebook(
            notebook,
            output,
            parameters=dict(parameters) | inside,
            engine_name=engines.NAME,
            kernel_name="python3",
            cwd=notebook.parent,
            progress_bar=False,
            config=settings,
            execution_timeout=cell_seconds,
        )
    except Exception as error:  # a notebook may fail in any way; all of them end in the same report
        return _failure(notebook.stem, output, cell_seconds, error)
    _strip_circumstances(output)
    return None


def _strip_circumstances(executed: Path) -> None:
    """Take from an executed notebook what says when and where it ran, so that two runs give the same bytes."""
    notebook = json.loads(executed.read_text(encoding="utf-8"))
    notebook["metadata"].pop("papermill", None)
    cells = [cell for cell in notebook["cells"] if not ADDED.intersection(cell["metadata"].get("tags", []))]
    for cell in cells:
        for name in ("papermill", "execution"):
            cell["metadata"].pop(name, None)
        if cell["cell_type"] == "code":
            cell["outputs"] = _joined(cell["outputs"])
    content = json.dumps(notebook | {"cells": cells}, indent=1, sort_keys=True, ensure_ascii=False)
    executed.write_text(content, encoding="utf-8", newline="\n")


def _joined(outputs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return outputs with what was printed in a row as one; where it was cut depends on the clock."""
    joined: list[dict[str, Any]] = []
    for output in outputs:
        if output["output_type"] == "stream":
            output["text"] = "".join(output["text"])
            last = joined[-1] if joined else {}
            if last.get("name") == output["name"] and last["output_type"] == "stream":
                last["text"] += output["text"]
                continue
        joined.append(output)
    return joined


def _failure(name: str, output: Path, cell_seconds: int, error: Exception) -> Failure:
    """Return what is known about a failed run, from the error and from the notebook as far as it got."""
    import nbformat

    try:
        cells = nbformat.read(output, as_version=4).cells
    except (OSError, ValueError):  # papermill got nowhere, or the disk was full
        cells = []
    cells = [cell for cell in cells if not ADDED.intersection(cell.metadata.get("tags", []))]
    begun = [place for place, cell in enumerate(cells) if cell.metadata.get("papermill", {}).get("start_time")]
    index = max(begun, default=None)  # cells run in order, so the last one begun is the one that failed
    if getattr(error, "ename", None):
        # ignored: the error comes from papermill, which has no types
        said = f"{error.ename}: {error.evalue}"  # type: ignore[attr-defined]
    elif type(error).__name__ == "CellTimeoutError":
        said = f"the cell took longer than {cell_seconds} seconds"
    else:
        said = f"{type(error).__name__}: {error}"
    headings = [line for cell in cells[: index or 0] for line in cell.source.splitlines() if line.startswith("#")]
    heading = headings[-1].lstrip("# ") if headings else ""
    return Failure(name, None if index is None else index + 1, heading, said, str(error))
