"""Pictures that say nothing to readers who cannot see them; a page with one is not published."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import html

from helpers.errors import BuildError, listing

NAMED = ".//*[local-name()='title']"


def refuse_silent_pictures(notebook: Any, name: str) -> None:
    """Raise `BuildError` listing every picture among the outputs of a notebook that has no words beside it.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        An executed notebook.
    name : str
        What it is called in the message.
    """
    faults = [
        f"code cell {number}: {fault}"
        for number, cell in enumerate((one for one in notebook.cells if one.cell_type == "code"), start=1)
        for output in cell.outputs
        for fault in _faults(output.get("data", {}))
    ]
    if faults:
        raise BuildError(
            f"{name} shows {len(faults)} picture(s) that cannot be read aloud:\n{listing(faults)}\n"
            "Show figures by helpers.reports.drawing (finish, then save_figure), which ask for words; give img an alt."
        )


def _faults(data: dict[str, Any]) -> Iterator[str]:
    """Yield what is wrong with the pictures of one output."""
    if "text/html" not in data:
        yield from (f"a bare {kind}" for kind in data if kind.startswith("image/"))
    elif any(sign in data["text/html"] for sign in ("<img", "<svg")):
        shown = html.fragment_fromstring(str(data["text/html"]), create_parent="div")
        for picture in shown.iter("img", "svg"):
            words = picture.get("alt") if picture.tag == "img" else picture.get("aria-label")
            words = words or " ".join(title.text or "" for title in picture.xpath(NAMED))
            if picture.get("aria-hidden") != "true" and not words.strip():
                yield f"an {picture.tag} element without words"
