"""The page on which everything can be searched: every statement in a row, each with the way to its words.

It is a page of tables, so it can be read, printed and searched by the browser itself where no script runs; the script
of all pages adds one box that searches its tables at once.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from pathlib import Path
from textwrap import shorten
from typing import Any

import pandas as pd

from helpers.reports.displays import Fragment, each_row, link, show_table, verdict_label, when_words
from helpers.reports.downloads import without_withheld
from helpers.reports.evidence import (
    Evidence,
    concern_words,
    evidence_link,
    label_texts,
    official_words,
    read_evidence,
    statistic_link,
    text_link,
)
from helpers.tables import read_table

TITLE = "Search everything"
ADDRESS = "search.html"
ANSWER = Fragment(
    "<p>Every statistic, event, quotation and finding, and what stands around them, a row each; every row leads to its "
    'words. The tables to take away are on the <a href="index.html#pages-figures-and-their-numbers">first page</a>.</p>'
    '<div id="search-all"></div>',
    "Every statement in a row.",
)
FIRST_ROWS, MOST_ROWS = 10, 2_000
LONGEST = 320  # characters of a sentence or quotation that a row shows
SECTIONS = re.compile(
    r'<h2 id="(?P<address>[^"]+)">(?P<section>.*?)</h2>'
    r'|<figure id="(?P<figure>[^"]+)">.*?<figcaption>(?P<caption>.*?)<small>',
    re.S,
)


def search_sections(
    processed: Path, reports: Path, pages: Sequence[tuple[str, str]], excerpts_only: bool = True
) -> list[tuple[str, list[Any]]]:
    """Return the sections (title, parts) of the search page.

    Parameters
    ----------
    processed, reports : Path
        Folders of the tables and of the pages.
    pages : sequence of (address, title)
        The pages whose sections and figures are listed; they are written already.
    excerpts_only : bool
        Leave out the sentences of texts that may not be passed on, unless something is stated in them.
    """
    evidence = read_evidence(processed)
    more = {name: read_table(name, processed) for name in ("sentences", "quotations")}
    labels = label_texts(evidence.documents)
    quotations = more["quotations"].assign(label=more["quotations"]["document_id"].map(labels))
    sentences = more["sentences"].set_index("sentence_id", drop=False)
    frames = {name: getattr(evidence, name) for name in ("documents", "statistics", "events", "findings")}
    shown = without_withheld({**frames, **more}) if excerpts_only else more["sentences"]
    tables = {
        "Statistics": ("One row a stated number", _statistics(evidence, sentences["text"])),
        "Events": ("One row a dated happening", _events(evidence.events)),
        "Quotations": ("One row a quotation", _quotations(quotations)),
        "Findings": ("One row a finding of a review", _findings(evidence.findings)),
        "Other sentences": (
            "One row a sentence without a statistic, page furniture left out", _sentences(shown, evidence, labels)
        ),
        "Pages and figures": ("One row a section or figure", _pages(reports, pages)),
    }  # fmt: skip
    return [
        (title, [show_table(table, caption, limit=FIRST_ROWS, most=MOST_ROWS, empty="None was found.")])
        for title, (caption, table) in tables.items()
    ]


def _statistics(evidence: Evidence, words: pd.Series[str]) -> pd.DataFrame:
    """Return all statistics for searching."""
    rows = [
        (
            statistic_link(row), str(row.measure).replace("_", " "), _category(row), row.period, _known(row.geography),
            official_words(row), verdict_label(row.verdict) if isinstance(row.verdict, str) else "–", text_link(row),
            _short(words.get(row.sentence_id, "")),
        )
        for row in each_row(evidence.statistics)
    ]  # fmt: skip
    columns = ["Stated", "Measure", "Category", "Period", "Place", "Official", "Verdict", "Text", "Sentence"]
    return pd.DataFrame(rows, columns=columns)


def _events(events: pd.DataFrame) -> pd.DataFrame:
    """Return all events for searching."""
    rows = [
        (evidence_link("event", row.event_id, when_words(row.date_start, row.date_end)), row.event_type,
         _short(row.description), text_link(row))
        for row in each_row(events)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["When", "Type", "What", "Text"])


def _quotations(quotations: pd.DataFrame) -> pd.DataFrame:
    """Return all quotations for searching."""
    rows = [
        (evidence_link("quotation", row.quotation_id, _short(row.text)), _known(row.speaker),
         "direct" if row.is_direct else "reported", text_link(row))
        for row in each_row(quotations)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["Words", "Speaker", "Kind", "Text"])


def _findings(findings: pd.DataFrame) -> pd.DataFrame:
    """Return all findings for searching."""
    rows = [
        (evidence_link("finding", row.finding_id, _short(row.text)), row.kind, _known(row.addressee),
         _known(row.status), text_link(row))
        for row in each_row(findings)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["Words", "Kind", "Addressee", "Status", "Text"])


def _sentences(sentences: pd.DataFrame, evidence: Evidence, labels: pd.Series[str]) -> pd.DataFrame:
    """Return the sentences that may be shown and hold no statistic, for searching."""
    held = set(evidence.statistics["sentence_id"])
    kept = sentences[sentences["text"].notna() & (sentences["role"] != "furniture")]
    kept = kept[~kept["sentence_id"].isin(held)]
    kept = kept.assign(label=kept["document_id"].map(labels))  # apart: labels of more rows would fill an empty table
    rows = [
        (_short(row.text), row.role.replace("_", " "), _known(row.section), text_link(row)) for row in each_row(kept)
    ]
    return pd.DataFrame(rows, columns=["Words", "Role", "Section", "Text"])


def _pages(reports: Path, pages: Sequence[tuple[str, str]]) -> pd.DataFrame:
    """Return the sections and figures of the written pages, with what the figures show."""
    rows = []
    for address, title in pages:
        for found in SECTIONS.finditer((reports / address).read_text(encoding="utf-8")):
            words = html.unescape(re.sub(r"<[^>]*>", "", found["section"] or found["caption"])).strip()
            place = f"{address}#{found['address'] or found['figure']}"
            rows.append((link(place, title), "figure" if found["figure"] else "section", words))
    return pd.DataFrame(rows, columns=["Page", "Kind", "Words"])


def _category(statistic: Any) -> str:
    """Return the category of a statistic in words."""
    if pd.isna(statistic.category):
        return "–"
    return "all" if statistic.category == "total" else concern_words(statistic.category)


def _known(value: Any) -> str:
    """Return a value, or a dash where there is none."""
    return "–" if pd.isna(value) else str(value)


def _short(text: str) -> str:
    """Return the beginning of a text that fits into a row."""
    return shorten(text[: 4 * LONGEST], LONGEST, placeholder=" …")  # a sentence may be as long as its text
