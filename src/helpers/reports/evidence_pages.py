"""Evidence pages: each text with its marks, where it came from, and the ways from its words to what uses them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from helpers.escaping import spelled_out, visible
from helpers.official.wording import number_words
from helpers.reports.displays import Fragment, enumerated, link, show_table, together, when_words
from helpers.reports.licences import is_open
from helpers.reports.marked_texts import MarkedText, read_marked_texts, show_marked
from helpers.reports.pages import render_page, safe_html
from helpers.reports.uses import Use, find_uses

FOLDER = "evidence"
LEGEND = [
    ('<mark class="statistic">number</mark>', "a stated number; behind it its verdict (✓ ≈ ✗ ? –), or # where none"),
    ('<mark class="event">day</mark>', "a dated event (◆)"),
    ('<mark class="quotation">words</mark>', "a quotation (❝)"),
    ('<mark class="finding">words</mark>', "a finding of a review (¶)"),
]
FOUND = {
    "statistic": ("number", "numbers"),
    "event": ("dated event", "dated events"),
    "quotation": ("quotation", "quotations"),
    "finding": ("finding of a review", "findings of reviews"),
}
PART = "only the sentences in which something was found, since the licence is not known to be open"


def write_evidence_pages(
    processed: Path, reports: Path, pages: Sequence[str], page: Mapping[str, Any], excerpts_only: bool = True
) -> None:
    """Write ``evidence/<document_id>.html`` for every text.

    Parameters
    ----------
    processed, reports : Path
        Folders of the tables and of the pages.
    pages : sequence of str
        Names of the written pages, which are searched for links to these ones; the answer first.
    page : mapping
        As for `write_page`.
    excerpts_only : bool
        Show of texts whose licence is not open only the sentences with marks.
    """
    folder = reports / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    uses = find_uses([reports / name for name in pages])
    around = [(f"../{address}", title) for address, title in page["pages"]]
    for marked in read_marked_texts(processed):
        values = {**page, "pages": around, "title": spelled_out(_title(marked.document)), "address": "", "marked": True}
        in_part = excerpts_only and not is_open(marked.document.licence)
        text = show_marked(marked, in_part, {mark.anchor: _shown(uses.get(mark.anchor, [])) for mark in marked.marks})
        parts = {
            "lead": safe_html(_lead(marked)),
            "origin": safe_html(_origin(marked.document, in_part)),
            "legend": safe_html(_legend(in_part)),
            "text": safe_html(text),
        }
        markup = render_page("evidence_page", values, **parts)
        (folder / f"{marked.document.document_id}.html").write_text(markup, encoding="utf-8", newline="\n")


def _shown(uses: Sequence[Use]) -> list[Fragment]:
    """Return links to the places that use a statement."""
    return [link(f"../{use.address}", f"{use.page}: {use.section}" if use.section else use.page) for use in uses]


def _title(document: Any) -> str:
    """Return the name of a text: its title, or else its identifier."""
    return str(document.document_id if pd.isna(document.title) else document.title)


def _lead(marked: MarkedText) -> Fragment:
    """Return what was found in the text, in one sentence."""
    kinds = [mark.kind for mark in marked.marks]
    counted = [(kinds.count(kind), names) for kind, names in FOUND.items() if kind in kinds]
    parts = [f"{number:,} {names[number > 1]}" for number, names in counted]
    return together("Found in this text: ", enumerated(parts) if parts else "nothing", ".")


def _origin(document: Any, in_part: bool) -> Fragment:
    """Return the table of what is known about a text and its file."""
    licence = "not known" if pd.isna(document.licence) else str(document.licence)
    url = "not known" if pd.isna(document.url) else link(str(document.url), str(document.url))
    rows = [
        ("Publisher", "not known" if pd.isna(document.publisher) else document.publisher),
        ("Published", "not known" if pd.isna(document.published_date) else when_words(*[document.published_date] * 2)),
        ("Type", str(document.document_type).replace("_", " ")),
        ("Address", url),
        ("Licence", licence),
        ("Shown here", PART if in_part else "in full"),
        ("Length", f"{number_words(document.n_characters)} characters, {number_words(document.n_sentences)} sentences"),
        ("Page furniture", number_words(round(100 * document.furniture_share), "% of the characters")),
        ("Repeats", "no earlier text here" if pd.isna(document.is_copy_of) else document.is_copy_of),
        ("File", document.raw_path),
        ("sha256 of the file", document.raw_sha256),
        ("Encoding", "not known" if pd.isna(document.encoding) else document.encoding),
        ("Id in the tables", document.document_id),
    ]
    table = pd.DataFrame(rows, columns=["What", "Known"])
    return show_table(table, "What is known about the text", limit=len(rows))


def _legend(in_part: bool) -> Fragment:
    """Return what the marks mean."""
    entries = "; ".join(f"{sample} {visible(words)}" for sample, words in LEGEND)
    left_out = " Sentences without a mark are left out: […]." if in_part else " Page furniture is grey and labelled."
    return Fragment(
        f'<p class="evidence legend">Marks: {entries}. Each leads to a note, and the note leads back.{left_out}</p>',
        "Marks: number, day, quotation, finding.",
    )
