"""What the script of a page adds, in a real browser: sorting, filtering, searching, folding; no other script runs."""

from __future__ import annotations

import pandas as pd
import pytest
from browsers import accessibility_faults, visited

from helpers.reports.displays import Fragment, link, show_table, verdict_label
from helpers.reports.pages import write_first_page

pytestmark = pytest.mark.browser
CARS = pd.DataFrame(
    {
        "name": [link("#n", f"row {number}") for number in range(12)],
        "stated": ["almost 60,000", "1.2 million", "6,287", "43%", "–", "900", "7", "8", "9", "10", "11", "12"],
        "when": ["the year to March 2020", "2 May 2019", "2018", "–", "June 2019", *["1 June 2019"] * 7],
        "verdict": [verdict_label("agrees" if number % 3 else "differs") for number in range(12)],
        "texts": ["Bée; Cat", "Cat", "Dog", *["Bée"] * 9],
        "n": [float(number % 5) for number in range(12)],
    }
)


@pytest.fixture(scope="module")
def page_of_tables(tmp_path_factory):
    """A page with one long table of every kind of column, and one short table."""
    target = tmp_path_factory.mktemp("page") / "index.html"
    tables = [show_table(CARS, "Cars", limit=8), show_table(CARS.head(4)[["n"]], "Few")]
    words = {"title": "Cars", "pages": [("index.html", "Start")], "parameters": [("a", "b")], "versions": [("a", "b")]}
    write_first_page(target, Fragment("<p>All.</p>", "All."), [("Table", tables)], words)
    return target


@pytest.fixture
def page(browser, page_of_tables):
    with visited(browser, page_of_tables) as (page, heard):
        yield page
        assert heard == []


def column(page, number):
    """The visible cells of a column of the first table."""
    rows = "[...document.querySelectorAll('.table')[0].querySelectorAll('tbody tr')].filter(e => e.checkVisibility())"
    return page.evaluate(f"{rows}.map(e => e.cells[{number}].innerText)")


def status(page):
    return page.get_by_role("status").first.inner_text()


def test_what_goes_on_beside_a_narrow_screen_has_shadows_at_its_edges_but_not_in_print(browser, page_of_tables):
    grounds = "getComputedStyle(document.querySelector('.table')).backgroundImage"
    with visited(browser, page_of_tables, width=390) as (page, _):
        assert page.evaluate(grounds).count("linear-gradient") == 4
        page.emulate_media(media="print")
        assert page.evaluate(grounds) == "none"


def test_long_table_is_folded_until_asked_for_and_whole_in_print(page):
    assert len(column(page, 0)) == 8
    assert status(page) == "8 of 12 rows shown"
    page.emulate_media(media="print")
    assert len(column(page, 0)) == 12
    page.emulate_media(media="screen")
    button = page.get_by_role("button", name="Show all 12")
    button.focus()
    page.keyboard.press("Enter")
    assert len(column(page, 0)) == 12
    assert status(page) == "12 rows"
    page.get_by_role("button", name="Show the first 8").click()
    assert len(column(page, 0)) == 8


@pytest.mark.parametrize(
    ("heading", "number", "ends"),
    [
        ("Stated", 1, ["7", "8", "1.2 million", "–"]),
        ("When", 2, ["2018", "2 May 2019", "the year to March 2020", "–"]),
        ("N", 5, ["0", "0", "4", "4"]),
        ("Name", 0, ["row 0", "row 1", "row 10", "row 11"]),
    ],
)
def test_columns_sort_by_what_they_hold_and_absent_values_come_last(page, heading, number, ends):
    page.get_by_role("button", name="Show all 12").click()
    page.get_by_role("button", name=heading, exact=True).first.focus()
    page.keyboard.press("Space")
    shown = column(page, number)
    assert [*shown[:2], *shown[-2:]] == ends
    assert page.get_by_role("columnheader", name=heading, exact=True).first.get_attribute("aria-sort") == "ascending"
    page.keyboard.press("Space")
    backwards = column(page, number)
    filled = [words for words in shown if words != "–"]
    assert next(words for words in backwards if words != "–") == filled[-1]
    assert backwards.count("–") == shown.count("–")
    assert backwards[-1] == shown[-1] or shown.count("–") == 0
    assert page.locator("[aria-sort]").count() == 1
    assert page.locator("[aria-sort=descending]").count() == 1


def test_filters_hold_together_with_the_search(page):
    page.get_by_label("Verdict").select_option("differs")
    assert column(page, 0) == ["row 0", "row 3", "row 6", "row 9"]
    assert status(page) == "4 of 12 rows shown"
    page.get_by_label("Texts").select_option("Cat")
    assert column(page, 0) == ["row 0"]
    page.get_by_label("Verdict").select_option("")
    assert column(page, 0) == ["row 0", "row 1"]
    page.get_by_label("Search this table").fill("60000")
    assert column(page, 0) == ["row 0"]
    page.get_by_label("Search this table").fill("nothing of the kind")
    assert column(page, 0) == []
    assert status(page) == "0 of 12 rows shown"


@pytest.mark.parametrize(
    ("words", "found"),
    [("BEE cat", ["row 0"]), ('"2 may"', ["row 1"]), ("1.2 MILLION", ["row 1"]), ("<b>", []), ("6,287", ["row 2"])],
)
def test_search_passes_over_capitals_accents_and_commas(page, words, found):
    page.get_by_label("Search this table").fill(words)
    assert column(page, 0) == found


def test_a_short_table_sorts_but_has_no_controls(page):
    assert page.get_by_role("region", name="Few").get_by_role("button").count() == 1
    assert page.locator(".controls").count() == 1


def test_everything_is_there_without_the_script(browser, page_of_tables):
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto(page_of_tables.as_uri())
    assert page.get_by_role("row").filter(visible=True).count() == 13 + 5 + 4
    assert page.locator("button, input, select").count() == 0
    context.close()


def test_axe_finds_what_it_should(browser, tmp_path):
    bad = tmp_path / "bad.html"
    bad.write_text("<!DOCTYPE html><title>t</title><img src=x><p style='color:#eee'>pale", encoding="utf-8")
    with visited(browser, bad) as (page, _):
        found = {fault.split()[0] for fault in accessibility_faults(page)}
    assert {"html-has-lang", "image-alt", "color-contrast"} <= found


def test_no_other_script_may_run(browser, page_of_tables, tmp_path):
    changed = tmp_path / "changed.html"
    foreign = "<script>window.hit = 1</script><p onclick=hit()></body>"
    changed.write_text(page_of_tables.read_text(encoding="utf-8").replace("</body>", foreign), encoding="utf-8")
    with visited(browser, changed) as (page, heard):
        assert page.evaluate("window.hit") is None
        assert any("violates the following Content Security Policy" in line for line in heard)
