"""One notebook run through papermill, in a process of its own, with what went wrong if it fails."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ADDED = {"injected-parameters", "papermill-error-cell-tag"}  # cells of papermill's own, which the reader has not


@dataclass(frozen=True)
class Run:
    """One notebook to be run: where it lies, where its output goes, and the parameters it gets."""

    notebook: Path
    output: Path
    parameters: dict[str, Any]
    cell_seconds: int


@dataclass(frozen=True)
class Failure:
    """What went wrong in a notebook: the cell (counted from 1), its heading, the error and its traceback."""

    notebook: str
    cell: int | None
    heading: str
    error: str
    traceback: str


def run_notebook(run: Run) -> Failure | None:
    """Run one notebook in this process's kernel environment; return what failed, or nothing."""
    import papermill
    from traitlets.config import Config

    settings = Config()
    settings.KernelManager.transport_encryption = "auto"  # other users of the machine cannot read along
    settings.NotebookClient.shutdown_kernel = "immediate"  # everything is written by then; a slow goodbye gains nothing
    os.environ["JUPYTER_PREFER_ENV_PATH"] = "1"  # the kernel of this environment, not one of the user's others
    os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"
    try:
        papermill.execute_notebook(
            run.notebook,
            run.output,
            parameters=run.parameters,
            kernel_name="python3",
            cwd=run.notebook.parent,
            progress_bar=False,
            config=settings,
            execution_timeout=run.cell_seconds,
        )
    except Exception as error:  # a notebook may fail in any way; all of them end in the same report
        return _failure(run, error)
    return None


def _failure(run: Run, error: Exception) -> Failure:
    """Return what is known about a failed run, from the error and from the notebook as far as it got."""
    import nbformat

    cells = nbformat.read(run.output, as_version=4).cells if run.output.is_file() else []
    cells = [cell for cell in cells if not ADDED.intersection(cell.metadata.get("tags", []))]
    begun = [place for place, cell in enumerate(cells) if cell.metadata.get("papermill", {}).get("start_time")]
    index = max(begun, default=None)  # cells run in order, so the last one begun is the one that failed
    if getattr(error, "ename", None):
        # ignored: the error comes from papermill, which has no types
        said = f"{error.ename}: {error.evalue}"  # type: ignore[attr-defined]
    elif type(error).__name__ == "CellTimeoutError":
        said = f"the cell took longer than {run.cell_seconds} seconds"
    else:
        said = f"{type(error).__name__}: {error}"
    headings = [line for cell in cells[: index or 0] for line in cell.source.splitlines() if line.startswith("#")]
    heading = headings[-1].lstrip("# ") if headings else ""
    return Failure(run.notebook.stem, None if index is None else index + 1, heading, said, str(error))
