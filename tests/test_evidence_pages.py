"""Evidence pages: every number leads to its words and back, closed texts stay excerpts, hostile ones stay text."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from os.path import normpath
from pathlib import Path

import pandas as pd
import pytest
from builds import Built

from helpers.errors import EvidenceError
from helpers.records import Check, Corroboration, Document, Event, Finding, Quotation, Sentence, Statistic
from helpers.reports.evidence_pages import write_evidence_pages
from helpers.reports.marked_texts import read_marked_texts, show_document
from helpers.reports.uses import find_uses
from helpers.schemas import RECORDS
from helpers.tables import read_table, write_table

PAGE = {"pages": [("index.html", "Start")], "parameters": [("raw", "x")], "versions": [("Build", "1")]}
TEXT = "Prevent\nA hidden \u202e word here. She said “6,287 were <b>referred</b>” in May 2019. Menu"


class Page(HTMLParser):
    """The marks, addresses and links of a page."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.marks: dict[str, str] = {}
        self.ids: list[str] = []
        self.links: list[str] = []
        self.opened: list[str] = []
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.ids += [given["id"]] if "id" in given else []
        self.links += [given["href"]] if tag == "a" else []
        if tag == "mark":  # those of the legend have no address
            self.opened.append(given.get("id", "legend"))
            self.marks.setdefault(self.opened[-1], "")

    def handle_endtag(self, tag):
        if tag == "mark":
            self.opened.pop()

    def handle_data(self, data):
        for anchor in self.opened:
            self.marks[anchor] += data


def place(start: int, end: int) -> tuple[str, str, int, int]:
    return ("a", "a:0", start, end)


@pytest.fixture
def processed(tmp_path):
    """The tables of a text with one number, one event, one quotation, one finding and a hidden character."""
    said = TEXT.index("6,287")
    start, end, day = TEXT.index("“"), TEXT.index("”") + 1, TEXT.index("May")
    bounds = [(0, 7, "heading"), (8, TEXT.index(" She"), "body"), (TEXT.index("She"), TEXT.index(" Menu"), "body")]
    bounds.append((TEXT.index("Menu"), len(TEXT), "furniture"))
    values = ("6,287", "count", 6287.0, 6287.0, 6287.0)
    number = Statistic(f"a:{said}", *place(said, said + 5), *values, unit="referrals", measure="referrals")
    check = Check(number.statistic_id, "differs", "no <release>", 6817.0, official_source_url="javascript:alert(1)")
    may = (pd.Timestamp("2019-05-01").date(), pd.Timestamp("2019-05-31").date())
    rows = {
        "documents": [
            Document(
                "a", "A <title>", "P\u202e", url="https://example.org/?a=1&b", raw_path="a.txt", raw_sha256="00ff"
            ),
            Document("b", licence="CC0-1.0"),
        ],
        "sentences": [Sentence(f"a:{s}", "a", s, e, TEXT[s:e], role) for s, e, role in bounds],
        "statistics": [number],
        "checks": [check],
        "events": [Event(f"a:{day}", *place(day, day + 8), "May 2019", *may, "month", "stated", "referral", "x")],
        "quotations": [Quotation(f"a:{start}-{end}", "a", start, end, TEXT[start:end], "She", None, True)],
        "findings": [Finding(f"a:{start + 1}", "a", start + 1, end - 1, "issue", 2, None, "x")],
        "corroborations": [
            Corroboration("f", "statistic", f"a:{said}", f"a:{said}", None, None, "a", "conflicts", ""),
            Corroboration("f", "statistic", "b:1", "b:1", None, None, "b", "conflicts", ""),
        ],
    }
    folder = tmp_path / "processed"
    for name in RECORDS:
        write_table(name, rows.get(name, []), folder)
    (folder / "text").mkdir()
    (folder / "text" / "a.txt").write_text(TEXT, encoding="utf-8")
    (folder / "text" / "b.txt").write_text("", encoding="utf-8")
    return folder


@pytest.fixture
def reports(tmp_path, processed):
    """The evidence pages of that text, which one page links to."""
    folder = tmp_path / "reports"
    folder.mkdir()
    to_words = f'<a id="use-1" href="evidence/a.html#a:{TEXT.index("6,287")}">6,287</a>'
    page = f"<h1>Start</h1><h2>The <b>answer</b> &amp; more</h2>{to_words}"
    (folder / "index.html").write_text(page, encoding="utf-8")
    write_evidence_pages(processed, folder, ["index.html"], PAGE)
    return folder


def test_every_mark_has_an_address_and_a_note_and_both_lead_to_each_other(reports):
    page = Page(reports / "evidence" / "a.html")
    assert {anchor: said for anchor, said in page.marks.items() if anchor.startswith("a:")} == {
        f"a:{TEXT.index('6,287')}": "6,287"
    }
    kinds = {"a:", "event-a:", "quotation-a:-", "finding-a:", "legend"}
    assert {re.sub(r"\d+", "", anchor) for anchor in page.marks} == kinds
    for anchor in page.marks.keys() - {"legend"}:
        assert f"note-{anchor}" in page.ids
        assert {f"#{anchor}", f"#note-{anchor}"} <= set(page.links)
    assert len(page.ids) == len(set(page.ids))


def test_number_leads_back_to_the_pages_that_use_it_and_to_other_texts(reports):
    markup = (reports / "evidence" / "a.html").read_text(encoding="utf-8")
    assert '<a href="../index.html#use-1">Start: The answer &amp; more</a>' in markup
    assert '<a href="b.html#b:1">b</a> (conflicts)' in markup


def test_only_what_excludes_a_number_conflicts_with_it(processed):
    values = {"a": 6817.0, "b": 6817.0, "c": 7100.0}
    numbers = [
        Statistic(f"{name}:0", name, f"{name}:0", 0, 5, f"{value:,.0f}", "count", value, value, value)
        for name, value in values.items()
    ]
    rows = [Corroboration("f", "statistic", f"{n}:0", f"{n}:0", None, None, n, "conflicts", "") for n in values]
    write_table("documents", [Document(name) for name in values], processed)
    write_table("statistics", numbers, processed)
    write_table("corroborations", rows, processed)
    (processed / "text" / "c.txt").write_text("7,100", encoding="utf-8")
    told = {
        marked.label: next(iter(marked.others.values())) for marked in read_marked_texts(processed) if marked.others
    }
    assert [each[1:] for each in told["a"]] == [("b", ""), ("c", "conflicts")]
    assert [each[1:] for each in told["c"]] == [("a", "conflicts"), ("b", "conflicts")]


def test_text_of_unknown_licence_shows_only_the_sentences_with_marks(reports, processed):
    markup = (reports / "evidence" / "a.html").read_text(encoding="utf-8")
    assert "word here" not in markup
    assert re.findall(r'<p class="gap">(.*?)</p>', markup) == [
        "[…] 2 sentences left out, 29 characters", "[…] 1 sentence left out, 4 characters",
    ]  # fmt: skip
    write_evidence_pages(processed, reports, ["index.html"], PAGE, excerpts_only=False)
    markup = (reports / "evidence" / "a.html").read_text(encoding="utf-8")
    assert "A hidden [U+202E] word here." in markup
    assert '<p class="furniture">' in markup
    assert "<h3" in markup


def test_markup_in_texts_and_reasons_is_shown_and_only_web_addresses_become_links(reports):
    markup = (reports / "evidence" / "a.html").read_text(encoding="utf-8")
    assert "&lt;b&gt;referred&lt;/b&gt;" in markup
    assert "no &lt;release&gt;" in markup
    assert "<title>A &lt;title&gt;</title>" in markup
    assert "\u202e" not in markup
    assert 'href="https://example.org/?a=1&amp;b"' in markup
    assert "javascript:" not in "".join(Page(reports / "evidence" / "a.html").links)


def test_uses_are_named_once_a_section(tmp_path):
    way = '<a id="use-{}" class="x" href="evidence/a.html#a:1">1</a>'
    (tmp_path / "p.html").write_text(
        f"<h1>Page</h1>{way.format(1)}<h2>One</h2>{way.format(2)}{way.format(3)}<h2>Two</h2>{way.format(4)}",
        encoding="utf-8",
    )
    uses = find_uses([tmp_path / "p.html"])["a:1"]
    assert [(use.address, use.section) for use in uses] == [
        ("p.html#use-1", "Page"), ("p.html#use-2", "One"), ("p.html#use-4", "Two"),
    ]  # fmt: skip


def test_document_is_shown_in_a_notebook_with_its_own_style(processed):
    shown = show_document("a", processed)
    assert shown.html.startswith("<style>")
    assert "A hidden [U+202E] word here." in shown.html
    assert "✗" in shown.words
    assert "no <release>" in shown.words
    assert "../reports/evidence/b.html#b:1" in shown.html


def test_unknown_document_is_told_with_the_nearest_name(processed):
    with pytest.raises(EvidenceError, match="there is no document 'aa'"):
        show_document("aa", processed)


@pytest.mark.notebooks
def test_every_stated_number_stands_marked_on_the_page_of_its_text(built: Built):
    statistics = read_table("statistics", built.processed)
    pages = {name: Page(built.reports / "evidence" / f"{name}.html") for name in set(statistics["document_id"])}
    for row in statistics.itertuples(index=False):
        assert pages[row.document_id].marks[row.statistic_id].split() == row.surface.split()


@pytest.mark.notebooks
def test_every_link_to_words_arrives_and_every_way_back_too(built: Built):
    pages = {path: Page(path) for path in [*built.reports.glob("*.html"), *built.reports.glob("evidence/*.html")]}
    followed = 0
    for path, page in pages.items():
        for link in page.links:
            target, _, anchor = link.partition("#")
            if not link.startswith("http") and (not target or target.endswith(".html")) and anchor:
                goal = Path(normpath(path.parent / target)) if target else path
                assert anchor in pages[goal].ids, f"{path.name}: {link}"
                followed += 1
    assert followed > 1000
