"""Reports in a real browser, from disk and without a network: nothing asked for, nothing wrong, nothing dangerous."""

from __future__ import annotations

import csv
import html
import json
import re
import unicodedata
from pathlib import Path
from urllib.parse import quote

import pandas as pd
import pypdfium2
import pytest
from browsers import Survey, survey, visited
from builds import Built, build_texts, published

from helpers.reports.pages import page_script
from helpers.tables import read_table

pytestmark = [pytest.mark.browser, pytest.mark.notebooks]
PAGES = [
    "index", "10_read_sources", "20_extract_statistics", "30_check_statistics", "40_compare_sources", "50_report",
    "search",
]  # fmt: skip
EVIDENCE = ["evidence/gazette_northgate", "evidence/gazette_record_share"]
LARGEST_PAGE = 500_000  # bytes
LARGEST_REPORT = 5_000_000
ATTACK = (
    "<script>window.hit = 1</script><img src=x onerror='window.hit = 1'><b onclick=hit()></b> $\\frac{1}$ "
    "<style>h1 { display: none }</style></details></textarea>\u202eevil"
)
FORMULA = "=cmd|' /C calc'!A0"
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
        "document_id": "hostile", "file": FILE, "title": FORMULA + ATTACK, "publisher": ATTACK, "document_type": "news",
        "published_date": "2020-12-01", "licence": ATTACK, "note": ATTACK,
        "url": "https://example.org/?\"><script>hit()</script>",
    }  # fmt: skip
    with (folder / "raw" / "sources.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(row))
        writer.writeheader()
        writer.writerow(row)
    (folder / "hostile.yml").write_text(f"term: {json.dumps(ATTACK)}\n", encoding="utf-8")
    return build_texts(folder / "raw", folder, params=folder / "hostile.yml")


@pytest.fixture(scope="module")
def surveys(browser, built) -> dict[str, Survey]:
    """What was seen on every page of the report, each opened once."""
    paths = published(built.reports, "*.html")
    return {path.relative_to(built.reports).as_posix(): survey(browser, path) for path in paths}


def seen(surveys: dict[str, Survey], what: str) -> dict[str, object]:
    """The pages on which something is wrong, with what it is."""
    return {name: found for name, one in surveys.items() if (found := getattr(one, what))}


def test_every_page_is_looked_at(surveys):
    assert {f"{name}.html" for name in [*PAGES, *EVIDENCE]} < surveys.keys()
    assert len(surveys) > 20


def test_no_page_asks_for_anything_or_complains(surveys):
    assert seen(surveys, "heard") == {}


def test_no_page_scrolls_sideways_on_a_screen_or_a_phone(surveys):
    assert seen(surveys, "sideways") == {}


def test_no_table_is_cut_off_in_print(surveys):
    assert seen(surveys, "cut_off") == {}


def test_every_page_can_be_read_aloud(surveys):
    assert seen(surveys, "unreadable") == {}


def test_axe_finds_nothing_on_any_page_light_or_dark(surveys):
    assert seen(surveys, "faults") == {}


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


def test_words_are_found_from_any_page_and_lead_to_their_place(browser, built):
    with visited(browser, built.reports / f"{EVIDENCE[0]}.html") as (page, heard):
        page.get_by_label("Search all pages").fill("6287 referrals")
        page.keyboard.press("Enter")
        page.wait_for_url("**/search.html?q=*")
        assert page.get_by_label("Search everything").input_value() == "6287 referrals"
        rows = page.locator("section:not(.origin) tbody tr").filter(visible=True).all_text_contents()
        assert rows
        assert [row for row in rows if "6,287" not in row or "referrals" not in row] == []
        said = page.get_by_role("status").first.inner_text()
        assert int(re.match(r"(\d+) rows? with these words, in all tables", said)[1]) >= len(rows)
        page.locator("td a[href^='evidence/'], th a[href^='evidence/']").filter(visible=True).first.click()
        assert page.locator("mark:target").is_visible()
        assert heard == []


def test_what_is_searched_for_is_never_run(browser, built):
    attack = "?q=" + quote("<img src=x onerror='window.hit=1'>\"><script>window.hit=1</script>")
    with visited(browser, built.reports / "search.html", attack) as (page, heard):
        assert page.evaluate("window.hit") is None
        assert page.get_by_role("status").first.inner_text() == "0 rows with these words, in all tables"
        assert heard == []


def test_every_control_is_reached_by_keyboard_and_seen(browser, built):
    with visited(browser, built.reports / "30_check_statistics.html") as (page, _):
        can = "a[href], button, input, select, summary, [tabindex='0']"
        wanted = page.locator(can).filter(visible=True).count()
        reached = set()
        for place in range(wanted):
            page.keyboard.press("Tab")
            at = page.evaluate(
                f'[[...document.querySelectorAll("{can}")].indexOf(document.activeElement),'
                " getComputedStyle(document.activeElement).outlineStyle, document.activeElement.className]"
            )
            assert at[1] != "none", f"{at} shows no focus"
            assert (place > 0) or at[2] == "skip"
            reached.add(at[0])
        assert len(reached) == wanted


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


def letters(text: str) -> str:
    """Letters and digits alone: lines are broken, and marks drawn, in their own way on paper."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text)))


@pytest.mark.parametrize("name", ["index", "50_report", "search", EVIDENCE[0]])
def test_page_prints_with_every_row_of_its_tables(browser, built, name):
    with visited(browser, built.reports / f"{name}.html") as (page, _):
        cells = page.locator("tbody th, tbody td").evaluate_all("all => all.map(e => e.textContent)")
        with pypdfium2.PdfDocument(page.pdf()) as pdf:
            printed = letters("".join(sheet.get_textpage().get_text_bounded() for sheet in pdf))
    assert len(cells) > 20
    assert [cell for cell in cells if letters(cell) not in printed] == []


def assert_small(reports: Path):
    sizes = {path.relative_to(reports).as_posix(): path.stat().st_size for path in published(reports)}
    assert {name: size for name, size in sizes.items() if name.endswith(".html") and size >= LARGEST_PAGE} == {}
    whole = sum(sizes.values())
    assert whole < LARGEST_REPORT


def test_report_is_small_and_names_no_path_of_this_machine(built):
    assert_small(built.reports)
    for path in published(built.reports, "*.html"):
        page = path.read_text(encoding="utf-8")
        assert str(built.reports.parent) not in page, path.name
        assert str(Path.home()) + "/" not in page, path.name


def test_report_of_the_real_texts_is_small_and_passes_on_no_text_whole(shared_seeds, tmp_path):
    made = build_texts(shared_seeds, tmp_path)
    assert_small(made.reports)
    tables = {name: read_table(name, made.processed) for name in ("documents", "sentences", "quotations", "findings")}
    found = {"documents": ["title"], "quotations": ["text"], "findings": ["text", "addressee"]}
    said = "\n".join(words for name, names in found.items() for one in names for words in tables[name][one].dropna())
    given = pd.read_parquet(made.reports / "tables" / "sentences.parquet")["text"]
    pages = {path.name: html.unescape(path.read_text(encoding="utf-8")) for path in published(made.reports, "*.html")}
    withheld = tables["sentences"].loc[given.isna().to_numpy(), "text"]
    withheld = [words for words in withheld if len(words) > 60 and words not in said]
    assert len(withheld) > 10
    assert {name: words for name, page in pages.items() for words in withheld if words in page} == {}


def test_hostile_texts_are_shown_as_text(browser, hostile):
    paths = published(hostile.reports, "*.html")
    assert len(paths) == len(PAGES) + 1  # the two texts are the same, so one is kept
    for path in paths:
        with visited(browser, path) as (page, heard):
            assert heard == []
            assert page.evaluate("window.hit") is None
            assert page.evaluate("document.querySelectorAll('img, iframe, [onclick], [onerror]').length") == 0
            assert page.evaluate("[...document.scripts].map(e => e.textContent)") == [page_script()["script"]]
            addresses = page.evaluate("[...document.querySelectorAll('a')].map(e => e.href)")
            assert not [address for address in addresses if not address.startswith(("file:", "http:", "https:"))]
            assert "\u202e" not in page.content()
            assert page.locator("h1").is_visible()


def test_hostile_texts_run_in_no_spreadsheet(hostile):
    tables = [*hostile.reports.glob("tables/*.csv"), *hostile.reports.glob("data/*.csv")]
    assert len(tables) > 10
    said = []
    for path in tables:
        for row in csv.reader(path.read_text(encoding="utf-8-sig").splitlines()):
            said += [cell for cell in row if not re.fullmatch(r"-?[\d.]+(e-?\d+)?", cell)]
    assert [cell for cell in said if cell.startswith(("=", "+", "-", "@"))] == []
    assert any(cell.startswith("'=cmd|") for cell in said)


def test_hostile_words_can_be_read_on_the_first_page(browser, hostile):
    with visited(browser, hostile.reports / "index.html") as (page, _):
        shown = page.locator("main").inner_text()
        assert "<script>window.hit = 1</script>" in shown
        assert "[U+202E]evil" in shown
