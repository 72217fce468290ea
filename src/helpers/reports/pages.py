"""Reports as self-contained HTML, a page a notebook and a first page: one script, ours, no request, all escaped."""

from __future__ import annotations

import base64
import csv
import hashlib
import json
import platform
import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import jinja2
import markupsafe
import nbformat
import nh3
from nbconvert import HTMLExporter, TemplateExporter
from nbconvert.filters import Highlight2HTML
from traitlets.config import Config

from helpers.escaping import spelled_out, visible
from helpers.paths import TEMPLATES, official_folder, project_root
from helpers.reports.checkouts import checkout_words
from helpers.reports.displays import REPORTS, Fragment
from helpers.reports.pictures import refuse_silent_pictures
from helpers.reports.uses import write_with_uses
from helpers.sources.catalogue import NAME as CATALOGUE

PACKAGES = ("prevent-evidence", "pandas", "pandera", "pyarrow", "matplotlib", "seaborn", "nbconvert", "papermill")
SVG_TAGS = {
    "svg", "g", "path", "rect", "use", "text", "tspan", "title", "defs", "clipPath", "polygon", "circle", "line",
}  # fmt: skip
HTML_TAGS = {"figure", "figcaption", "section", "details", "summary", "caption", "small", "thead", "tbody"}
DRAWN = {
    "d", "x", "y", "x1", "x2", "y1", "y2", "r", "cx", "cy", "width", "height", "points", "transform", "style",
    "clip-path",
}  # fmt: skip
ATTRIBUTES = {
    **{tag: set(names) for tag, names in nh3.ALLOWED_ATTRIBUTES.items()},
    **{tag: DRAWN for tag in SVG_TAGS},
    "*": {"class", "id", "role", "aria-label", "aria-labelledby", "aria-hidden", "tabindex"},
    "svg": {"viewBox", "style", "width", "height"},
    "use": DRAWN | {"href"},
    "th": {"scope", "colspan", "rowspan"},
    "img": {"src", "alt", "width", "height"},
}


def clean_html(markup: str) -> str:
    """Return `markup` with only the elements and attributes that a report needs: no script, handler, form or frame."""
    return nh3.clean(
        markup,
        tags=nh3.ALLOWED_TAGS | SVG_TAGS | HTML_TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=_keep_inside,
        url_schemes={"http", "https", "mailto", "data"},
        link_rel=None,  # each page forbids to tell where a reader comes from
    )


def _keep_inside(tag: str, attribute: str, value: str) -> str | None:
    """Return the attribute's value unless it would fetch something from elsewhere or float above the page."""
    if attribute == "src" or tag == "use":
        outside = attribute in ("src", "href") and not value.startswith(("data:image/", "#"))
        return None if outside else value
    if attribute == "href":
        return None if value.lower().lstrip().startswith("data:") else value.removeprefix(REPORTS)
    if attribute in ("style", "clip-path") and re.search(r"url\((?!#)|position|@import|expression", value, re.I):
        return None
    return value


def write_page(executed: Path, target: Path, page: Mapping[str, Any]) -> None:
    """Write one executed notebook as a page.

    Parameters
    ----------
    executed, target : Path
        The executed notebook and the HTML file to write.
    page : mapping
        ``pages`` (address, title) of all pages, ``parameters`` and ``versions`` (name, value) for the foot of the page.

    Raises
    ------
    BuildError
        When the notebook shows a picture without words for those who cannot see it.
    """
    notebook = nbformat.read(executed, as_version=4)
    refuse_silent_pictures(notebook, executed.name)
    story = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    contents = [(_address(title), title) for title in re.findall(r"^## (.+)$", story, re.M)]
    values = {**_shown(page), "title": page_title(executed), "address": target.name, "contents": contents}
    # HTMLExporter's own would parse the finished page again, to give words to pictures, of which none is silent by now.
    markup, _ = TemplateExporter.from_notebook_node(_exporter(), notebook, resources={"page": values})
    write_with_uses(target, re.sub(r"[ \t]+\n|\n{3,}", "\n", markup))


def write_first_page(
    target: Path, answer: Fragment, sections: Sequence[tuple[str, Sequence[Any]]], page: Mapping[str, Any]
) -> None:
    """Write the first page: the answer, then sections of (title, parts that can show themselves as HTML)."""
    values = {**page, "address": target.name, "contents": [(_address(title), title) for title, _ in sections]}
    shown = [(_address(title), title, [safe_html(part) for part in parts]) for title, parts in sections]
    write_with_uses(target, render_page("first_page", values, answer=safe_html(answer), sections=shown))


def render_page(template: str, page: Mapping[str, Any], **values: Any) -> str:
    """Return a page from one of our own templates; every value that is no cleaned HTML is escaped."""
    return _environment().get_template(f"{template}.html.j2").render(page=_shown(page), **values)


def compile_templates() -> None:
    """Compile our own templates, for processes that are forked from this one; those of notebooks are the exporter's."""
    for name in ("first_page", "evidence_page"):
        _environment().get_template(f"{name}.html.j2")


@cache
def _environment() -> jinja2.Environment:
    """Return what holds our own templates, which are compiled once."""
    return jinja2.Environment(loader=jinja2.FileSystemLoader(TEMPLATES / "evidence"), autoescape=True)


def _shown(page: Mapping[str, Any]) -> dict[str, Any]:
    """Return what all pages show, with the script, and with hidden characters of the parameters spelled out."""
    parameters = [(name, spelled_out(value)) for name, value in page["parameters"]]
    return {**page, **page_script(), "parameters": parameters}


@cache
def page_script() -> dict[str, markupsafe.Markup]:
    """Return the one script that a page may run, and the hash by which its policy tells it from any other."""
    script = (TEMPLATES / "evidence" / "tables.js").read_text(encoding="utf-8").strip()
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    # silenced: both are our own; the script lies in the package and the hash is made of digits and letters
    return {"script": markupsafe.Markup(script), "script_hash": markupsafe.Markup(f"sha256-{digest}")}  # noqa: S704


def page_title(notebook: Path) -> str:
    """Return the first heading of a notebook."""
    for cell in nbformat.read(notebook, as_version=4).cells:
        found = re.search(r"^# (.+)$", cell.source, re.M) if cell.cell_type == "markdown" else None
        if found:
            return str(found[1])
    return notebook.stem


def describe_build(processed: Path, raw: Path, parameters: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return what a report was made from: identifier, inputs with the sha256 of their bytes, versions.

    Parameters
    ----------
    processed, raw : Path
        Folders of tables, of which ``documents`` names the source texts, and of source texts.
    parameters : mapping
        Every parameter but the folders.

    Returns
    -------
    list of (str, str)
        The identifier is the same for the same texts, catalogue, official figures and parameters, whenever and
        wherever they are built.
    """
    with (processed / "documents.csv").open(encoding="utf-8", newline="") as stream:
        texts = [f"{row['raw_path']} {row['raw_sha256']}" for row in csv.DictReader(stream)]
    files = [path for path in (raw / CATALOGUE, *sorted(official_folder(raw).glob("*.csv"))) if path.is_file()]
    inputs = [
        (f"Source texts ({len(texts):,})", _digest("\n".join(texts).encode())),
        *((path.name, _digest(path.read_bytes())) for path in files),
    ]
    chosen = json.dumps(sorted(parameters.items()), default=str)
    identifier = _digest("\n".join([*(digest for _, digest in inputs), chosen]).encode())[:16]
    versions = [
        ("Commit", checkout_words(project_root())),
        ("Python", platform.python_version()),
        *((name, version(name)) for name in PACKAGES),
    ]
    return [("Build", identifier), *((name, f"sha256 {digest}") for name, digest in inputs), *versions]


def _digest(content: bytes) -> str:
    """Return the sha256 of `content` as hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def _address(title: str) -> str:
    """Return a heading's address on its page."""
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")


def _dressed(markup: str) -> str:
    """Return the HTML of a story cell with addresses on second-level headings and tables that scroll by themselves."""

    def heading(found: re.Match[str]) -> str:
        words = re.sub(r"<[^>]*>|¶", "", found[1])
        return f'<h2 id="{_address(words)}">{words}</h2>'

    markup = re.sub(r"<h2[^>]*>(.*?)</h2>", heading, markup, flags=re.S)
    framed = '<div class="table" role="region" tabindex="0" aria-label="What is read and written"><table>'
    return markup.replace("<table>", framed).replace("</table>", "</table></div>").replace("<th>", '<th scope="col">')


def safe_html(part: Any) -> markupsafe.Markup:
    """Return what `part` shows of itself, cleaned."""
    # silenced: clean_html is what makes the markup safe
    return markupsafe.Markup(clean_html(part._repr_html_() if hasattr(part, "_repr_html_") else visible(str(part))))  # noqa: S704


@cache
def _exporter() -> Any:
    """Return the notebook exporter with our template and filters."""
    settings = Config()
    settings.HTMLExporter.sanitize_html = True
    exporter = HTMLExporter(
        config=settings, template_name="evidence", extra_template_basedirs=[str(TEMPLATES)], exclude_anchor_links=True
    )
    exporter.register_preprocessor("nbconvert.preprocessors.CoalesceStreamsPreprocessor", enabled=True)
    exporter.register_filter("clean_html", clean_html)
    exporter.register_filter("dressed", _dressed)
    exporter.register_filter("highlight_code", Highlight2HTML(pygments_lexer="ipython3", parent=exporter))
    return exporter
