"""The browser that pages and notebooks are tried in, started so that it calls nobody."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
QUIET += ["--disable-component-update", "--disable-sync"]

A4_WIDTH = 718  # CSS pixels within usual margins
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@contextmanager
def running_browser(chromium: str) -> Iterator:
    """Start Chromium for the length of a block; skips where Playwright is missing."""
    with sync_playwright() as started:
        running = started.chromium.launch(executable_path=chromium, args=QUIET)
        yield running
        running.close()


@contextmanager
def visited(browser, path: Path, query: str = "", width: int = 1280, scheme: str = "light") -> Iterator:
    """Open a page from disk, offline; gives it with everything that it asked for and complained of."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, offline=True)
    page = context.new_page()
    heard: list[str] = []
    page.on("console", lambda message: heard.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: heard.append(f"error: {error}"))
    page.on("dialog", lambda dialog: heard.append(f"dialog: {dialog.message}"))

    def note_request(request) -> None:
        if not request.url.startswith("file:"):
            heard.append(f"request: {request.url}")

    page.on("request", note_request)
    page.goto(path.as_uri() + query)
    yield page, heard
    context.close()


def accessibility_faults(page) -> list[str]:
    """Return what axe-core finds wrong with a page: rule, number of places and the first; colours in dark as well.

    In the dark the first rows of a table stand for the rest, because comparing colours takes most of the time.
    """
    page.evaluate(Axe().axe_script)
    found = []
    for scheme, rules, context in (
        ("light", {"type": "tag", "values": WCAG}, {"include": [["html"]]}),
        ("dark", ["color-contrast"], {"include": [["html"]], "exclude": [["tbody tr:nth-child(n + 13)"]]}),
    ):
        page.emulate_media(color_scheme=scheme)
        options = {"runOnly": rules, "resultTypes": ["violations"]}
        ran = page.evaluate("([context, options]) => axe.run(context, options)", [context, options])
        found += [(scheme, one["id"], one["nodes"]) for one in ran["violations"]]
    return [f"{rule} in {scheme}, {len(nodes)} places: {nodes[0]['html'][:300]}" for scheme, rule, nodes in found]


WIDE_TABLES = (
    "width => [...document.querySelectorAll('table')].filter(e => e.getBoundingClientRect().right > width).length"
)
READ_ALOUD = """() => {
  const all = (selector, test) => [...document.querySelectorAll(selector)].filter(test ?? (() => true));
  const ids = all('[id]').map(e => e.id);
  return {
    'pages without one h1': Math.abs(all('h1').length - 1),
    'pictures without words': all('img:not([alt]), svg:not([role=img])').length
      + all('svg', e => !/\\d/.test(e.querySelector('title')?.textContent ?? '')).length,
    'headings that jump': all('h1, h2, h3, h4, h5').map(e => Number(e.tagName[1]))
      .filter((level, place, levels) => place && level > levels[place - 1] + 1).length,
    'tables without a name': all('table', e => !(e.caption || e.closest('[aria-label]'))).length,
    'table headings without scope': all('th:not([scope])').length,
    'addresses given twice': ids.length - new Set(ids).size,
  };
}"""


@dataclass(frozen=True)
class Survey:
    """What was seen on one page: what it asked for and complained of, and what is wrong with it."""

    heard: list[str]
    unreadable: dict[str, int]
    sideways: list[int]  # widths at which the page scrolls sideways
    cut_off: int  # tables that do not fit on paper
    faults: list[str]


def survey(browser, path: Path) -> Survey:
    """Open a page once, and look at it wide, narrow, in the dark and on paper."""
    with visited(browser, path) as (page, heard):
        unreadable = {what: number for what, number in page.evaluate(READ_ALOUD).items() if number}
        sideways = []
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 900})
            if page.evaluate("document.documentElement.scrollWidth") > width:
                sideways.append(width)
        page.set_viewport_size({"width": A4_WIDTH, "height": 1000})
        page.emulate_media(media="print")
        cut_off = page.evaluate(WIDE_TABLES, A4_WIDTH)
        page.emulate_media(media="screen")
        page.set_viewport_size({"width": 1280, "height": 900})
        return Survey(heard, unreadable, sideways, cut_off, accessibility_faults(page))
