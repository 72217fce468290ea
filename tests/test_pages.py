"""Pages: one file each, one script of ours, no request; what comes from a text is shown as text."""

from __future__ import annotations

import base64
import hashlib
import re
import shutil

import nbformat
import pandas as pd
import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from small_tables import write_tables

from helpers.errors import BuildError
from helpers.records import Document
from helpers.reports.displays import Fragment, show_table
from helpers.reports.drawing import canvas, finish
from helpers.reports.pages import clean_html, describe_build, page_script, write_first_page, write_page

PAGE = {
    "pages": [("index.html", "Start"), ("x.html", "X <b>")],
    "parameters": [("raw", "<i>")],
    "versions": [("P", "1")],
}
ATTACKS = [
    "<script>alert(1)</script>",
    '<img src="https://example.org/x.png">',
    '<img src=x onerror="alert(1)">',
    '<svg onload="alert(1)"><use href="https://example.org/a.svg#b"></use></svg>',
    '<a href="javascript:alert(1)">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    '<iframe src="https://example.org"></iframe>',
    '<form action="https://example.org"><input name=a></form>',
    "<style>body{display:none}</style>",
    '<p style="background:url(https://example.org/x)">x</p>',
    '<div style="position:fixed;inset:0">x</div>',
    '<link rel="stylesheet" href="https://example.org/x.css">',
    '<meta http-equiv="refresh" content="0;url=https://example.org">',
    '<base href="https://example.org/">',
    '<svg><rect style="fill:url(https://example.org/#a)"></rect></svg>',
    '<math><annotation-xml encoding="text/html"><script>alert(1)</script></annotation-xml></math>',
]
DANGER = re.compile(
    r"<(script|iframe|form|input|style|link|meta|base|object|embed)\b|\son\w+\s*=|javascript:|data:text|url\(https?|"
    r"position:|(src|<use[^>]*href)=\"https?:",
    re.I,
)
TAGS = re.compile(r'<[^>"]*(?:"[^"]*"[^>"]*)*>')  # what stands between tags is shown, and may look like one


def page_of(cells, tmp_path) -> str:
    notebook = tmp_path / "x.ipynb"
    nbformat.write(
        new_notebook(cells=[new_markdown_cell("# A title\n\n## One\n\n## Two\n\n## Three"), *cells]), notebook
    )
    write_page(notebook, tmp_path / "x.html", PAGE)
    return (tmp_path / "x.html").read_text(encoding="utf-8")


def body_of(page: str) -> str:
    """The page without its own head and script."""
    return page.split("</head>")[1].replace(f"<script>{page_script()['script']}</script>", "")


@pytest.mark.parametrize("attack", ATTACKS)
def test_cleaning_leaves_nothing_that_runs_or_fetches(attack):
    assert not DANGER.search(clean_html(attack)), clean_html(attack)


@given(
    st.lists(st.sampled_from([*ATTACKS, "<", ">", '"', "'", "<b", "-->", "<![CDATA[", "</svg>", "<svg>"]), max_size=6)
)
def test_no_mixture_of_attacks_survives_cleaning(pieces):
    cleaned = clean_html("".join(pieces))
    assert not DANGER.search("".join(TAGS.findall(cleaned))), cleaned


def test_cleaning_twice_is_cleaning_once():
    for attack in ATTACKS:
        assert clean_html(clean_html(attack)) == clean_html(attack)


def test_figures_and_tables_pass_cleaning_whole():
    with canvas(3, 2) as (drawing, axes):
        axes.plot([1, 2], [3, 4], marker="o")
    figure = finish("name", "Title", "Unit: none.", "It rises from 3 to 4.", drawing, pd.DataFrame({"a": [1]}))
    cleaned = clean_html(figure._repr_html_())
    for kept in (
        'role="img"',
        "viewBox",
        "<title",
        "It rises from 3 to 4.",
        "<use ",
        'href="#',
        "var(--blue",
        "figcaption",
    ):
        assert kept in cleaned, kept
    table = clean_html(show_table(pd.DataFrame({"a": [1]}), "Caption").html)
    for kept in ("<caption>", 'scope="col"', 'scope="row"', 'role="region"', 'tabindex="0"'):
        assert kept in table, kept


def test_outputs_of_every_kind_are_shown_safely(tmp_path):
    hostile = "<script>alert(1)</script>"
    outputs = [
        new_output("stream", name="stdout", text=hostile),
        new_output("display_data", data={"text/html": f"<p>kept</p>{hostile}"}),
        new_output("display_data", data={"text/plain": hostile}),
        new_output("display_data", data={"application/javascript": "alert(1)", "text/plain": "plain"}),
        new_output("error", ename="E", evalue=hostile, traceback=[hostile]),
    ]
    page = page_of([new_code_cell("x = '</details><script>1</script>'", outputs=outputs)], tmp_path)
    assert not DANGER.search(body_of(page))
    assert "<p>kept</p>" in page
    assert page.count("&lt;script&gt;") >= 3


@pytest.mark.parametrize(
    "data",
    [{"image/png": "iVBORw0KGgo=", "text/plain": "<Figure>"}, {"image/svg+xml": "<svg></svg>"},
     {"text/html": "<p><img src='data:image/png;base64,AA=='></p>"}, {"text/html": "<img src='data:,' alt=' '>"},
     {"text/html": "<figure><svg role='img'><path d='M0 0'/></svg></figure>"},
     {"text/html": "<img src='data:,' alt=''>"}, {"text/html": "<svg><title> </title></svg>"}],
)  # fmt: skip
def test_picture_without_words_is_not_published(tmp_path, data):
    cells = [new_code_cell("1"), new_code_cell("2", outputs=[new_output("display_data", data=data)])]
    with pytest.raises(BuildError, match=r"1 picture\(s\) that cannot be read aloud:\n  - code cell 2: a"):
        page_of(cells, tmp_path)
    assert not (tmp_path / "x.html").exists()


@pytest.mark.parametrize(
    "markup",
    ["<img src='data:,' alt='6,287 people'>", "<svg><title>6,287 people</title></svg>",
     "<svg aria-hidden='true'></svg>", "<svg aria-label='6,287 people'></svg>", "<p>no picture</p>"],
)  # fmt: skip
def test_picture_with_words_is_published(tmp_path, markup):
    assert page_of([new_code_cell("1", outputs=[new_output("display_data", data={"text/html": markup})])], tmp_path)


def test_page_names_no_other_host_and_forbids_all_requests(tmp_path):
    page = page_of([], tmp_path)
    assert re.findall(r'(?:src|href)="(?!#)([^"]+)"', page) == ["index.html", "x.html"]
    policy = re.search(r'<meta [^>]*http-equiv="Content-Security-Policy"[^>]*>', page)[0]
    allowed = dict(part.split(" ", 1) for part in re.search(r'content="([^"]+)"', policy)[1].split("; "))
    script = re.search(r"<script>(.*?)</script>", page, re.S)[1]
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert allowed == {
        "default-src": "'none'", "style-src": "'unsafe-inline'", "img-src": "'self' data:",
        "script-src": f"'sha256-{digest}'", "base-uri": "'none'",
    }  # fmt: skip
    assert len(script) < 12_000


def test_page_has_title_language_contents_and_folded_code(tmp_path):
    page = page_of([new_code_cell("answer = 42")], tmp_path)
    assert "<title>A title</title>" in page
    assert '<html lang="en-GB">' in page
    assert '<a href="#two">Two</a>' in page
    assert '<h2 id="two">Two</h2>' in page
    assert re.search(r"<details class=\"code\"><summary>.*?answer", page, re.S)


def test_parameter_cells_are_replaced_by_a_table(tmp_path):
    cells = [new_code_cell("secret = 1", metadata={"tags": ["parameters"]})]
    cells += [new_code_cell("secret = 2", metadata={"tags": ["injected-parameters"]})]
    page = page_of(cells, tmp_path)
    assert "secret" not in page
    assert "<td>&lt;i&gt;</td>" in page


def test_same_notebook_gives_the_same_page_whatever_its_timings(tmp_path):
    pages = []
    for second in ("1", "2"):
        injected = new_code_cell("a = 1", metadata={"tags": ["injected-parameters"]})
        timed = new_code_cell(
            "print(1)", id="fixed", metadata={"papermill": {"duration": second}}, execution_count=int(second)
        )
        pages.append(page_of([injected, timed], tmp_path))
    assert pages[0] == pages[1]


def test_first_page_escapes_titles_and_cleans_parts(tmp_path):
    target = tmp_path / "index.html"
    parts = [Fragment("<p>fine</p><script>alert(1)</script>", ""), "<b>words</b>"]
    write_first_page(target, Fragment("<ul><li>answer</li></ul>", ""), [("A & <B>", parts)], PAGE | {"title": "<T>"})
    page = target.read_text(encoding="utf-8")
    assert not DANGER.search(body_of(page))
    assert "<title>&lt;T&gt;</title>" in page
    assert '<h2 id="a-b">A &amp; &lt;B&gt;</h2>' in page
    assert "&lt;b&gt;words&lt;/b&gt;" in page
    assert "X &lt;b&gt;" in page


def test_identifier_of_a_build_follows_its_inputs_alone(tmp_path):
    made = []
    raw = tmp_path / "raw"
    shutil.copytree(ROOT / "data" / "raw" / "official", raw / "official")
    for place, (digest, parameters) in enumerate([("x", {}), ("x", {}), ("y", {}), ("x", {"as_of": "2021-10-18"})]):
        document = Document("a", raw_path="a.txt", raw_sha256=digest)
        processed = write_tables(tmp_path / str(place), {"documents": [document]})
        made.append(dict(describe_build(processed, raw, parameters)))
    (raw / "sources.csv").write_text("another catalogue", encoding="utf-8")
    made.append(dict(describe_build(tmp_path / "0", raw, {})))
    assert made[0] == made[1]
    assert len({one["Build"] for one in made}) == 4
    official = (raw / "official" / "prevent_statistics.csv").read_bytes()
    assert made[0]["prevent_statistics.csv"] == f"sha256 {hashlib.sha256(official).hexdigest()}"
    assert made[0]["pandas"] == pd.__version__
