"""Reports in a real browser, from disk and without a network: nothing asked for, nothing wrong, nothing dangerous."""

from __future__ import annotations

import csv
import re
from itertools import pairwise
from pathlib import Path

import pytest
from browsers import accessibility_faults, visited
from builds import Built, build_texts

from helpers.reports.pages import page_script

pytestmark = [pytest.mark.browser, pytest.mark.notebooks]
PAGES = ["index", "10_read_sources", "20_extract_statistics", "30_check_statistics", "40_compare_sources", "50_report"]
EVIDENCE = ["evidence/gazette_northgate", "evidence/gazette_record_share"]
LARGEST_PAGE = 500_000  # bytes
A4_WIDTH = 718  # CSS pixels within usual margins
ATTACK = (
    "<script>window.hit = 1</script><img src=x onerror='window.hit = 1'><b onclick=hit()></b> $\\frac{1}$ \u202eevil"
)
FILE = "a <img src=x onerror=hit()> & 'b'.txt"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory) -> Built:
    """The report of texts that try to break out: in their words, their names and their catalogue."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "raw").mkdir()
    text = (
        f"{ATTACK}\n\nIn the year to March 2020, 6,287 people {ATTACK} were referred to Prevent. "
        f'"{ATTACK}", said Anna {ATTACK} Smith. On 12 May 2019 the pupil {ATTACK} was referred to Prevent.\n\n'
        f"Recommendation 1\nThe council should {ATTACK} train its staff.\n"
    )
    for name in (FILE, "second.txt"):
        (folder / "raw" / name).write_text(text, encoding="utf-8")
    row = {
        "document_id": "hostile", "file": FILE, "title": ATTACK, "publisher": ATTACK, "document_type": "news",
        "published_date": "2020-12-01", "licence": ATTACK, "note": ATTACK,
        "url": "https://example.org/?\"><script>hit()</script>",
    }  # fmt: skip
    with (folder / "raw" / "sources.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(row))
        writer.writeheader()
        writer.writerow(row)
    return build_texts(folder / "raw", folder)


@pytest.mark.parametrize("name", [*PAGES, *EVIDENCE])
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_page_asks_for_nothing_and_fits_the_screen(browser, built, name, width, scheme):
    with visited(browser, built.reports / f"{name}.html", width=width, scheme=scheme) as (page, heard):
        assert heard == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.locator("h1").count() == 1


@pytest.mark.parametrize("name", [*PAGES, *EVIDENCE])
def test_no_table_is_cut_off_in_print(browser, built, name):
    with visited(browser, built.reports / f"{name}.html", width=A4_WIDTH) as (page, _):
        page.emulate_media(media="print")
        wide = (
            f"[...document.querySelectorAll('table')].filter(e => e.getBoundingClientRect().right > {A4_WIDTH}).length"
        )
        assert page.evaluate(wide) == 0


@pytest.mark.parametrize("name", [*PAGES, *EVIDENCE])
def test_page_can_be_read_aloud(browser, built, name):
    with visited(browser, built.reports / f"{name}.html") as (page, _):
        assert page.evaluate("[...document.querySelectorAll('img:not([alt]), svg:not([role=img])')].length") == 0
        names = page.evaluate(
            "[...document.querySelectorAll('svg')].map(e => e.querySelector('title')?.textContent ?? '')"
        )
        assert all(re.search(r"\d", words) for words in names)
        levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4')].map(e => Number(e.tagName[1]))")
        assert all(after - before <= 1 for before, after in pairwise(levels))
        unnamed = "t => !(t.caption || t.closest('[aria-label]')) || t.querySelector('th:not([scope])')"
        tables = f"[...document.querySelectorAll('table')].filter({unnamed}).length"
        assert page.evaluate(tables) == 0
        ids = page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)")
        assert len(ids) == len(set(ids))


def test_axe_finds_nothing_on_any_page(browser, built):
    faults = {}
    for path in sorted(built.reports.rglob("*.html")):
        with visited(browser, path) as (page, _):
            if found := accessibility_faults(page):
                faults[path.name] = found
    assert faults == {}


def test_every_link_between_pages_leads_somewhere(browser, built):
    for name in PAGES:
        with visited(browser, built.reports / f"{name}.html") as (page, _):
            for address in page.evaluate("[...document.querySelectorAll('a[href]')].map(e => e.getAttribute('href'))"):
                if address.startswith("#"):
                    assert page.locator(f"[id='{address[1:]}']").count() == 1, f"{name}: {address}"
                elif not address.startswith("http"):
                    assert (built.reports / address.split("#")[0]).is_file(), f"{name}: {address}"


def test_number_can_be_followed_to_its_words_and_back(browser, built):
    with visited(browser, built.reports / "50_report.html") as (page, _):
        number = page.locator("td a[href^='evidence/'][href*='#']").first
        came_from, said = number.get_attribute("id"), number.inner_text()
        number.press("Enter")
        words = page.locator("mark:target")
        assert words.inner_text() in said
        assert words.is_visible()
        page.locator("mark:target + a.sign").press("Enter")
        page.locator("li:target summary").press("Enter")
        page.locator("li:target .uses a[href*='50_report.html']").first.press("Enter")
        assert page.url.endswith(f"/50_report.html#{came_from}")


def test_what_was_read_is_open_on_paper(browser, built):
    with visited(browser, built.reports / f"{EVIDENCE[1]}.html") as (page, _):
        reason = page.locator(".notes details p").first
        assert not reason.is_visible()
        page.emulate_media(media="print")
        assert reason.is_visible()


def test_code_is_folded_away_and_opens_by_keyboard(browser, built):
    with visited(browser, built.reports / "50_report.html") as (page, _):
        code = page.locator("details.code").first
        assert code.locator("pre").is_hidden()
        code.locator("summary").focus()
        page.keyboard.press("Enter")
        assert code.locator("pre").is_visible()


def test_dark_scheme_reaches_page_and_figures(browser, built):
    with visited(browser, built.reports / "50_report.html", scheme="dark") as (page, _):
        assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(21, 24, 27)"
        ink = page.evaluate("getComputedStyle(document.querySelector('.drawing svg text')).fill")
        assert ink == "rgb(236, 236, 236)"


def test_every_page_prints(browser, built):
    with visited(browser, built.reports / "50_report.html") as (page, _):
        page.emulate_media(media="print")
        assert page.locator("details.code").first.is_hidden()
        assert page.pdf()[:5] == b"%PDF-"


def test_pages_are_small_and_name_no_path_of_this_machine(built):
    for path in built.reports.rglob("*.html"):
        page = path.read_text(encoding="utf-8")
        assert len(page.encode()) < LARGEST_PAGE, path.name
        assert str(built.reports.parent) not in page, path.name
        assert str(Path.home()) + "/" not in page, path.name


@pytest.mark.parametrize("name", [*PAGES, "evidence/hostile"])
def test_hostile_texts_are_shown_as_text(browser, hostile, name):
    with visited(browser, hostile.reports / f"{name}.html") as (page, heard):
        assert heard == []
        assert page.evaluate("window.hit") is None
        assert page.evaluate("document.querySelectorAll('img, iframe, [onclick], [onerror]').length") == 0
        assert page.evaluate("[...document.scripts].map(e => e.textContent)") == [page_script()["script"]]
        addresses = page.evaluate("[...document.querySelectorAll('a')].map(e => e.href)")
        assert not [address for address in addresses if not address.startswith(("file:", "https:"))]
        assert "\u202e" not in page.content()


def test_hostile_words_can_be_read_on_the_first_page(browser, hostile):
    with visited(browser, hostile.reports / "index.html") as (page, _):
        shown = page.locator("main").inner_text()
        assert "<script>window.hit = 1</script>" in shown
        assert "[U+202E]evil" in shown
