"""A drawn figure with everything that belongs to it: caption, words for those who cannot see it, and its numbers."""

from __future__ import annotations

import io
import os
import re
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache, cached_property, partial
from pathlib import Path
from typing import Any

import matplotlib
import pandas as pd
from matplotlib import rc_context, style
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure as Canvas

from helpers.escaping import visible
from helpers.fingerprints import code_fingerprint, digest_of
from helpers.paths import PACKAGE
from helpers.reports.displays import REPORTS, Fragment, enumerated, link, together
from helpers.reports.spreadsheets import write_spreadsheet_csv

PNG_DPI = 160
PNG_LEVEL = 3  # of compression: drawings come out no larger than with the usual 6, in half the time
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
    title : str
        Its heading.
    caption, alt : Fragment
        Unit, source and release; what is to be seen, in words with numbers. Both may hold links.
    numbers : pandas.DataFrame
        The numbers drawn, one row a mark.
    drawn : callable
        Gives the drawing as SVG, empty where there was nothing to draw, and as PNG; called once it is needed.
    key : str
        A hash of all that is drawn, where the same figure may have been saved before; else empty.
    """

    name: str
    title: str
    caption: Fragment
    alt: Fragment
    numbers: pd.DataFrame
    drawn: Callable[[], tuple[str, bytes]]
    key: str = ""

    @cached_property
    def _drawings(self) -> tuple[str, bytes]:
        return self.drawn()

    @property
    def svg(self) -> str:
        """The drawing, or nothing where there was nothing to draw: then `alt` is shown alone."""
        return self._drawings[0]

    @property
    def png(self) -> bytes:
        """The same as pixels, for where no SVG can be used."""
        return self._drawings[1]

    def _repr_html_(self) -> str:
        if not self.svg:
            return f'<p class="empty" id="figure-{self.name}">{visible(self.title)}: {self.alt.html}</p>'
        files = [("CSV", f"data/{self.name}.csv")]
        files += [(kind, f"figures/{self.name}.{kind.lower()}") for kind in ("SVG", "PNG")]
        ways = enumerated([link(f"{REPORTS}{address}", kind) for kind, address in files], last=", ")
        return (
            f'<figure id="figure-{self.name}"><div class="drawing" role="region" tabindex="0" '
            f'aria-label="{visible(self.title)}">{self.svg}</div><figcaption>'
            f"<strong>{visible(self.title)}.</strong> {self.alt.html} <small>{self.caption.html} "
            f"The numbers drawn and the drawing: {ways.html}</small></figcaption></figure>"
        )

    def __repr__(self) -> str:
        return f"{self.title}. {self.alt} {self.caption}"


@contextmanager
def canvas(width: float = 8.0, height: float = 4.0, columns: int = 1, rows: int = 1, **layout: Any) -> Iterator[Any]:
    """Yield a canvas and its axes in the project's style; sizes in inches."""
    with style.context(STYLE):
        drawn = Canvas(figsize=(width, height), dpi=PNG_DPI)
        FigureCanvasAgg(drawn)
        yield drawn, drawn.subplots(rows, columns, **layout)


def finish(
    name: str,
    title: str,
    caption: str | Fragment,
    alt: str | Fragment,
    drawn: Canvas,
    numbers: pd.DataFrame,
    shown: Any = None,
) -> Figure:
    """Return the drawn canvas as a `Figure`: the same bytes for the same drawing, colours that follow the page.

    Parameters
    ----------
    name, title, caption, alt, drawn, numbers
        As for `Figure`; the canvas is drawn on.
    shown : optional
        All that is drawn, as values that JSON can write, for a figure that several notebooks show: where it has been
        saved with the same, it is not drawn again.

    Raises
    ------
    ValueError
        When `alt` is empty: a figure that cannot be read aloud is not published.
    """
    told = together(alt)
    if not told.words.strip():
        raise ValueError(f"figure {name!r} has no alternative text: say in words what it shows, with the numbers")
    key = "" if shown is None else digest_of([_code(), name, told.words, shown])
    return Figure(name, title, together(caption), told, numbers, partial(_draw, drawn, name, told.words), key)


@cache
def _code() -> str:
    """Return a hash of what draws: our own code, and matplotlib."""
    return digest_of([code_fingerprint("import helpers.reports.overviews"), matplotlib.__version__])


def _draw(drawn: Canvas, name: str, alt: str) -> tuple[str, bytes]:
    """Return a canvas as SVG and as PNG."""
    drawing, pixels = io.StringIO(), io.BytesIO()
    nothing = {"Date": None, "Creator": None, "Format": None, "Type": None}  # so that two runs write the same bytes
    # Laid out once, here: by the style's own setting each `savefig` would do that again.
    once = rc_context({"svg.hashsalt": name, "figure.constrained_layout.use": False})
    with style.context(STYLE), once, warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing from font")  # the reader's own fonts write the text
        _lay_out(drawn)
        drawn.savefig(pixels, format="png", metadata={"Software": None}, pil_kwargs={"compress_level": PNG_LEVEL})
        drawn.savefig(drawing, format="svg", metadata=nothing)
    return _tidy(drawing.getvalue(), name, alt), pixels.getvalue()


def _lay_out(drawn: Canvas) -> None:
    """Give every part of a drawing its place once for both formats: each `savefig` would draw it all for that."""
    engine = drawn.get_layout_engine()
    if engine:
        engine.execute(drawn)
        drawn.set_layout_engine(None)  # by "none" each `savefig` would still draw everything twice


def nothing_to_draw(name: str, title: str, why: str) -> Figure:
    """Return a figure that says why it is empty."""
    return Figure(name, title, together(), together(why), pd.DataFrame(), lambda: ("", b""))


def as_saved(figure: Figure, reports: Path | str) -> Figure:
    """Return a figure with the drawing that lies under `reports`, if that shows the same; else the figure itself."""
    drawing = Path(reports) / "figures" / f"{figure.name}.svg"
    try:
        head, _, svg = drawing.read_text(encoding="utf-8").partition("\n<svg")
        if figure.key and head == _head(figure.key):
            saved = f"<svg{svg.rstrip()}", drawing.with_suffix(".png").read_bytes()
            return replace(figure, drawn=lambda: saved)
    except OSError:  # there is none, or only half of it
        pass
    return figure


def _head(key: str) -> str:
    """Return what stands before a saved drawing."""
    return '<?xml version="1.0" encoding="utf-8"?>' + (f"\n<!-- {key} -->" if key else "")


def save_figure(figure: Figure, reports: Path | str) -> Figure:
    """Write ``figures/<name>.svg`` and ``.png`` and ``data/<name>.csv`` under `reports`; return what is to be shown."""
    for folder in ("figures", "data"):
        (Path(reports) / folder).mkdir(parents=True, exist_ok=True)
    drawing = Path(reports) / "figures" / f"{figure.name}.svg"
    wanted, figure = figure, as_saved(figure, reports)
    if figure.svg and figure is wanted:
        _replace(drawing.with_suffix(".png"), figure.png)
        _replace(drawing, f"{_head(figure.key)}\n{figure.svg}\n")  # last, since it tells that both show the same
    elif not figure.svg:
        drawing.unlink(missing_ok=True)
        drawing.with_suffix(".png").unlink(missing_ok=True)
    table = Path(reports) / "data" / f"{figure.name}.csv"
    part = table.with_name(f"{table.name}.part")
    write_spreadsheet_csv(figure.numbers, part)
    os.replace(part, table)
    return figure


def _replace(path: Path, content: str | bytes) -> None:
    """Write a file in one step; what lies there may be a link into a published build, which must stay as it is."""
    part = path.with_name(f"{path.name}.part")
    part.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    os.replace(part, path)


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
