"""What the processes of a build load before others are forked from them, in the order in which it is needed."""

from __future__ import annotations

import importlib
import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

# The first kernel waits for these, while `papermill` is loaded elsewhere.
EARLY = (
    "ipykernel.kernelapp", "ipykernel.ipkernel", "ipykernel.debugger", "IPython.core.completerlib",
    "IPython.core.debugger", "IPython.core.oinspect", "IPython.extensions.storemagic", "psutil",
    "tornado.platform.asyncio", "helpers.tables", "helpers.readings", "helpers.reports.overviews",
    "helpers.reports.listings",
)  # fmt: skip
RUNNERS = (
    "papermill", "helpers.builds.engines", "helpers.builds.kernels", "ipykernel.kernelspec", "IPython.display", "psutil"
)  # fmt: skip
LATE = (
    "helpers.numbers.candidates", "helpers.statistics.events", "nltk.stem.snowball", "helpers.findings.reviews",
    "helpers.reading", "helpers.checks.verdicts", "scipy.sparse", "scipy.special", "scipy.linalg", "scipy.optimize",
    "scipy.integrate", "scipy.interpolate", "scipy.stats", "sklearn.base", "sklearn.feature_extraction.text",
    "helpers.comparing.corroborations", "sklearn.linear_model", "sklearn.decomposition", "helpers.comparing.themes",
    "helpers.reports.contrasts", "seaborn", "helpers.reports.figures", "helpers.reports.concerns",
    "helpers.reports.conclusions",
)  # fmt: skip
PAGES = (
    "nbconvert", "helpers.reports.pages", "helpers.reports.summary", "helpers.builds.changes",
    "helpers.reports.downloads", "helpers.reports.searching", "helpers.reports.evidence_pages",
)  # fmt: skip


# What the colouring of code meets in notebooks: its patterns are made when they are first used.
CODE = 'from a import b\n\nfor c in {"d": 1.0}.items():  # e\n    print(f"{len(c):,} {b!r}", c[2:] if b > 3 else not d)'


def load(name: str) -> None:
    """Load a module, and use what is slow when it is used for the first time."""
    with _without(*UNUSED.get(name, ())):
        importlib.import_module(name)
        if name in FIRST_USES:
            FIRST_USES[name]()


@contextmanager
def _without(*names: str) -> Iterator[None]:
    """Have packages count as not installed, for one that only looks whether they are there."""
    hidden = [name for name in names if name not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type] # ignored: None means "not to be imported"
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]


def _draw() -> None:
    """Draw a figure, for fonts and styles."""
    from pandas import DataFrame

    from helpers.reports.drawing import canvas, finish

    with canvas() as (drawn, axes):
        axes.barh(["a", "b"], [1, 2], label="c")
        axes.legend()
        _ = finish("first", "First", "", "a figure that nobody sees", drawn, DataFrame(), "for the key").svg


def _check_tables() -> None:
    """Check empty tables, for the schemas."""
    from helpers.schemas import RECORDS
    from helpers.tables import table_frame

    for table in RECORDS:
        table_frame(table, [])


def _read() -> None:
    """Read a sentence, for the patterns that are only made when they are first used."""
    from helpers.reading import read_document
    from helpers.records import Document

    read_document("In the year to March 2019, 5,738 people were referred to Prevent.", Document("first"))


def _write_page() -> None:
    """Write an empty page that nobody sees, for the exporter and its templates, and compile those of other pages."""
    from helpers.reports.pages import compile_templates, write_page

    compile_templates()
    with tempfile.TemporaryDirectory() as folder:
        notebook = Path(folder) / "empty.ipynb"
        cells: list[dict[str, Any]] = [{"cell_type": "markdown", "id": "a", "metadata": {}, "source": "# Empty"}]
        cells.append({**cells[0], "cell_type": "code", "id": "b", "source": CODE, "execution_count": 1, "outputs": []})
        notebook.write_text(json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}))
        write_page(notebook, Path(folder) / "empty.html", {"pages": [], "parameters": [], "versions": []})


FIRST_USES: dict[str, Callable[[], None]] = {
    "helpers.tables": _check_tables,
    "helpers.reports.overviews": _draw,
    "helpers.reading": _read,
    "helpers.reports.pages": _write_page,
}
# jsonschema would build the grammar of a format that notebooks do not use, papermill load what reads a file system of
# others, pandera what makes up tables for tests, each kernel a debugger, nltk what learns to parse; all of these take
# longer than the rest.
UNUSED = {
    "papermill": ("rfc3987_syntax", "pyarrow"), "nbconvert": ("rfc3987_syntax",), "helpers.tables": ("hypothesis",),
    "ipykernel.debugger": ("debugpy",), "nltk.stem.snowball": ("sklearn", "scipy"),
}  # fmt: skip
