"""The browser that pages and notebooks are tried in, started so that it calls nobody."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
QUIET += ["--disable-component-update", "--disable-sync"]

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
    """Return what axe-core finds wrong with a page: rule, number of places and the first; colours in dark as well."""
    found = []
    for scheme, rules in {"light": {"type": "tag", "values": WCAG}, "dark": ["color-contrast"]}.items():
        page.emulate_media(color_scheme=scheme)
        ran = Axe().run(page, options={"runOnly": rules, "resultTypes": ["violations"]})
        found += [(scheme, one["id"], one["nodes"]) for one in ran.response["violations"]]
    return [f"{rule} in {scheme}, {len(nodes)} places: {nodes[0]['html'][:300]}" for scheme, rule, nodes in found]
