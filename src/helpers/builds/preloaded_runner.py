"""What every worker needs, loaded once in the process that workers are forked from. Import it for that alone."""

from __future__ import annotations

import gc
import importlib
import json
import sys
import tempfile
from pathlib import Path

NEEDED = (
    "papermill", "helpers.reports.pages", "helpers.reports.summary", "helpers.builds.changes",
    "helpers.reports.downloads", "helpers.reports.searching", "helpers.reports.evidence_pages",
)  # fmt: skip

# jsonschema would build the grammar of a format that notebooks do not use, which takes longer than all the rest.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type] # ignored: None means "not to be imported"
for name in NEEDED:
    importlib.import_module(name)


def _first_page() -> None:
    """Write an empty page that nobody sees, for the exporter and its templates."""
    from helpers.reports.pages import write_page

    with tempfile.TemporaryDirectory() as folder:
        notebook = Path(folder) / "empty.ipynb"
        cells = [{"cell_type": "markdown", "id": "a", "metadata": {}, "source": "# Empty"}]
        notebook.write_text(json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}))
        write_page(notebook, Path(folder) / "empty.html", {"pages": [], "parameters": [], "versions": []})


_first_page()
gc.freeze()  # what is shared with the workers is not walked through, and so not copied, by each of them
