"""A drawn figure with everything that belongs to it: caption, words for those who cannot see it, and its numbers."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
from matplotlib import rc_context, style
from matplotlib.figure import Figure as Canvas

from helpers.escaping import visible
from helpers.paths import PACKAGE
from helpers.reports.spreadsheets import write_spreadsheet_csv

STYLE = PACKAGE / "figure_style.mplstyle"
BLUE, RED, GREEN, PINK, GREY, INK, PALE = "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#767676", "#1b1b1b", "#d9dde1"
# Names of the page's colours; a figure opened by itself falls back on the ones drawn.
SCHEME = {
    BLUE: "--blue", RED: "--red", GREEN: "--green", PINK: "--pink", GREY: "--grey", INK: "--ink", PALE: "--pale",
    "#ffffff": "--page",
}  # fmt: skip


@dataclass(frozen=True)
class Figure:
    """One figure as it goes into notebooks, pages and files.

    Attributes
    ----------
    name : str
        File name without ending, also its address on a page (``#figure-<name>``).
    title, caption, alt : str
        Heading; unit, source and release; what is to be seen, in words with numbers.
    svg : str
        The drawing, or nothing where there was nothing to draw: then `alt` is shown alone.
    numbers : pandas.DataFrame
        The numbers drawn, one row a mark.
    """

    name: str
    title: str
    caption: str
    alt: str
    svg: str
    numbers: pd.DataFrame

    def _repr_html_(self) -> str:
        if not self.svg:
            return f'<p class="empty" id="figure-{self.name}">{visible(self.title)}: {visible(self.alt)}</p>'
        return (
            f'<figure id="figure-{self.name}"><div class="drawing" tabindex="0">{self.svg}</div><figcaption>'
            f"<strong>{visible(self.title)}.</strong> {visible(self.alt)} <small>{visible(self.caption)} "
            f'<a href="data/{self.name}.csv">The numbers drawn</a></small>'
            "</figcaption></figure>"
        )

    def __repr__(self) -> str:
        return f"{self.title}. {self.alt} {self.caption}"


@contextmanager
def canvas(width: float = 8.0, height: float = 4.0, columns: int = 1, rows: int = 1, **layout: Any) -> Iterator[Any]:
    """Yield a canvas and its axes in the project's style; sizes in inches."""
    with style.context(STYLE):
        drawn = Canvas(figsize=(width, height))
        yield drawn, drawn.subplots(rows, columns, **layout)


def finish(name: str, title: str, caption: str, alt: str, drawn: Canvas, numbers: pd.DataFrame) -> Figure:
    """Return the drawn canvas as a `Figure`: the same bytes for the same drawing, colours that follow the page.

    Raises
    ------
    ValueError
        When `alt` is empty: a figure that cannot be read aloud is not published.
    """
    if not alt.strip():
        raise ValueError(f"figure {name!r} has no alternative text: say in words what it shows, with the numbers")
    content = io.StringIO()
    with style.context(STYLE), rc_context({"svg.hashsalt": name}), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing from font")  # the reader's own fonts write the text
        drawn.savefig(content, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    return Figure(name, title, caption, alt, _tidy(content.getvalue(), name, alt), numbers)


def nothing_to_draw(name: str, title: str, why: str) -> Figure:
    """Return a figure that says why it is empty."""
    return Figure(name, title, "", why, "", pd.DataFrame())


def save_figure(figure: Figure, reports: Path | str) -> Figure:
    """Write ``figures/<name>.svg`` and ``data/<name>.csv`` under `reports`, and return the figure to be shown."""
    for folder in ("figures", "data"):
        (Path(reports) / folder).mkdir(parents=True, exist_ok=True)
    drawing = Path(reports) / "figures" / f"{figure.name}.svg"
    if figure.svg:
        drawing.write_text(
            '<?xml version="1.0" encoding="utf-8"?>\n' + figure.svg + "\n", encoding="utf-8", newline="\n"
        )
    else:
        drawing.unlink(missing_ok=True)
    table = Path(reports) / "data" / f"{figure.name}.csv"
    write_spreadsheet_csv(figure.numbers, table)
    return figure


def _tidy(svg: str, name: str, alt: str) -> str:
    """Return the SVG for use inside a page: labelled, scalable, without ids that nothing refers to."""
    svg = svg[svg.index("<svg") :].strip()
    svg = re.sub(r"<metadata>.*?</metadata>|<!--.*?-->|<style.*?</style>|<defs>\s*</defs>", "", svg, flags=re.S)
    used = set(re.findall(r"#([\w-]+)", svg))
    svg = re.sub(r' id="([^"]+)"', lambda found: found[0] if found[1] in used else "", svg)
    svg = re.sub(r"font-family: [^;\"]*", "font-family: sans-serif", svg)
    svg = re.sub(r"\s*\n\s*", "\n", svg).replace("xlink:href", "href")
    for colour, variable in SCHEME.items():
        svg = svg.replace(colour, f"var({variable}, {colour})")
    head = re.search(r"<svg[^>]*>", svg)
    box = re.search(r'viewBox="[^"]*"', head[0]) if head else None
    if not head or not box:
        raise ValueError(f"figure {name!r}: matplotlib wrote no SVG with a viewBox")
    names = 'xmlns="http://www.w3.org/2000/svg"'
    opening = f'<svg {names} {box[0]} style="stroke-linejoin: round" role="img" aria-labelledby="{name}-words">'
    return f'{opening}<title id="{name}-words">{visible(alt)}</title>{svg[head.end() :]}'
