"""A source text with everything that was found in it marked in place, as evidence pages and notebooks show it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from helpers.comparing.number_facts import MONTHS
from helpers.errors import EvidenceError, nearest
from helpers.escaping import spelled_out
from helpers.paths import TEMPLATES, project_root
from helpers.records import Sentence
from helpers.reports.displays import REPORTS, Fragment, each_row, enumerated, link, together
from helpers.reports.evidence import anchor_of, label_statistics, label_texts
from helpers.reports.marks import GAP, Mark, Passage, find_passages, marks_by_passage, weave
from helpers.reports.notes import NOTES, Note, note_words, show_note
from helpers.sources.files import load_text
from helpers.tables import read_table, table_records

MARKED = {
    "statistics": "statistic", "events": "event", "quotations": "quotation", "findings": "finding",
}  # fmt: skip
Uses = Mapping[str, Sequence[Fragment]]


@dataclass(frozen=True)
class MarkedText:
    """One source text with its marks in order of their place, the note on each, and who else states the same."""

    document: Any
    label: str
    text: str
    sentences: list[Sentence]
    marks: list[Mark]
    notes: dict[str, Note]
    others: dict[str, list[tuple[str, str, str]]]


def read_marked_texts(processed: Path | str, document_id: str | None = None) -> Iterator[MarkedText]:
    """Yield every text of a build with its marks, or the one that is named.

    Parameters
    ----------
    processed : Path
        Folder of the tables and stored texts.
    document_id : str, optional
        Only this text.

    Raises
    ------
    EvidenceError
        When there is no such document.
    """
    names = ("documents", "sentences", "statistics", "checks", "events", "quotations", "findings", "corroborations")
    tables = {name: read_table(name, processed) for name in names}
    documents, checks = tables["documents"], tables.pop("checks")
    known = documents["document_id"]
    if document_id is not None and document_id not in set(known):
        raise EvidenceError(f"there is no document {document_id!r} in {processed}. {nearest(document_id, known)}")
    tables["statistics"] = label_statistics(tables["statistics"], checks, documents)
    labels = label_texts(documents)
    others = _others(tables, labels)
    groups = {name: dict(list(tables[name].groupby("document_id"))) for name in ("sentences", *MARKED)}
    for row in each_row(documents if document_id is None else documents[known == document_id]):
        key, text = row.document_id, load_text(row.document_id, Path(processed))
        found = {name: groups[name].get(key, tables[name].head(0)) for name in groups}
        marks, notes = _marks(text, found)
        sentences = sorted(table_records("sentences", found["sentences"]), key=lambda one: one.span_start)
        told = {mark.anchor: others[mark.anchor] for mark in marks if mark.anchor in others}
        yield MarkedText(row, labels[key], text, sentences, marks, notes, told)


def _marks(text: str, found: Mapping[str, pd.DataFrame]) -> tuple[list[Mark], dict[str, Note]]:
    """Return the marks of one text in order of their place, and the note on each."""
    places: list[tuple[int, int, str, str]] = []
    notes: dict[str, Note] = {}
    for table, kind in MARKED.items():
        for row in each_row(found[table]):
            anchor = anchor_of(kind, getattr(row, f"{kind}_id"))
            notes[anchor] = NOTES[kind](row)
            end = row.span_start + len(text[row.span_start : row.span_end].rstrip())
            places.append((row.span_start, -end, kind, anchor))
    marks = [
        Mark(anchor, kind, start, -end, notes[anchor].sign, notes[anchor].said, number)
        for number, (start, end, kind, anchor) in enumerate(sorted(places), start=1)
    ]
    return marks, notes


def _others(tables: Mapping[str, pd.DataFrame], labels: pd.Series[str]) -> dict[str, list[tuple[str, str, str]]]:
    """Return for the address of each member of a fact the other texts: address, label of the text, agreement.

    Of a text with several members one is named that can be true together with this one, else its first. In a conflict
    only what excludes this very number or date conflicts with it.
    """
    found: dict[str, list[tuple[str, str, str]]] = {}
    bounds = _bounds(tables["statistics"], tables["events"])
    for _, members in tables["corroborations"].groupby("fact_id"):
        rows = [
            (row.document_id, anchor_of(row.member_kind, row.member_id), row.agreement) for row in each_row(members)
        ]
        for document_id, anchor, agreement in rows:
            firsts: dict[str, tuple[str, bool]] = {}
            for one, other, _ in rows:
                excluded = agreement == "conflicts" and _is_apart(bounds.get(anchor), bounds.get(other))
                if one not in firsts or (firsts[one][1] and not excluded):
                    firsts[one] = other, excluded
            firsts.pop(document_id)
            said = "" if agreement == "conflicts" else agreement
            found[anchor] = [
                (f"{one}.html#{other}", labels[one], "conflicts" if excluded else said)
                for one, (other, excluded) in sorted(firsts.items())
            ]
    return found


def _bounds(statistics: pd.DataFrame, events: pd.DataFrame) -> dict[str, tuple[float, float]]:
    """Return the lowest and highest value that each number or date can have, by its address; durations in months."""
    bounds: dict[str, tuple[float, float]] = {}
    for row in each_row(statistics):
        scale = MONTHS.get(row.unit, 1.0) if row.kind == "duration" else -1.0 if row.direction == "fall" else 1.0
        low, high = sorted((row.value_low * scale, row.value_high * scale))
        bounds[anchor_of("statistic", row.statistic_id)] = low, high
    for row in each_row(events):
        bounds[anchor_of("event", row.event_id)] = row.date_start.toordinal(), row.date_end.toordinal()
    return bounds


def _is_apart(one: tuple[float, float] | None, other: tuple[float, float] | None) -> bool:
    """Return whether two members of a fact cannot both be true; of those without bounds nobody knows it."""
    return one is None or other is None or one[0] > other[1] or other[0] > one[1]


def show_marked(marked: MarkedText, excerpts_only: bool, uses: Uses | None = None, evidence: str = "") -> Fragment:
    """Return a text with its marks, and the notes on them beside each passage.

    Parameters
    ----------
    marked : MarkedText
        From `read_marked_texts`.
    excerpts_only : bool
        Leave out the sentences without a mark, and say how much that is.
    uses : mapping, optional
        Links to the places that use a mark, by its address.
    evidence : str
        What leads from where this is shown to the other evidence pages.
    """
    passages = find_passages(marked.text, marked.sentences, marked.marks, excerpts_only)
    begun: set[str] = set()
    blocks, lines = [], []
    for passage, marks in zip(passages, marks_by_passage(passages, marked.marks), strict=True):
        if passage.block == GAP:
            lines.append(_gap_words(passage))
            blocks.append(f'<p class="gap">{lines[-1]}</p>')
            continue
        new = [mark for mark in marks if mark.anchor not in begun]
        woven = weave(marked.text, passage, marks, begun)
        blocks.append(_block(passage, woven, "".join(_note(marked, mark, uses or {}, evidence) for mark in new)))
        lines.append(spelled_out(marked.text[passage.start : passage.end]))
        lines += [note_words(mark.number, marked.notes[mark.anchor]) for mark in new]
    return Fragment(f'<div class="evidence">{"".join(blocks)}</div>', "\n".join(lines))


def _gap_words(passage: Passage) -> str:
    """Return what is left out in a gap."""
    sentences = f"{passage.n_sentences:,} sentence{'' if passage.n_sentences == 1 else 's'}"
    return f"[…] {sentences} left out, {passage.end - passage.start:,} characters"


def _block(passage: Passage, woven: str, notes: str) -> str:
    """Return a passage and the notes on it; a heading of the text is one of the page, below those of its sections."""
    tag = "h3" if passage.block == "heading" else "p"
    beside = f'<ol class="notes" aria-label="Notes on this passage">{notes}</ol>' if notes else ""
    label = '<span class="kind">page furniture</span> ' if passage.block == "furniture" else ""
    return f'<div class="passage"><{tag} class="{passage.block}">{label}{woven}</{tag}>{beside}</div>'


def _note(marked: MarkedText, mark: Mark, uses: Uses, evidence: str) -> str:
    """Return the note on a mark, with ways to those who state the same and to the places that use it."""
    others = [
        together(link(f"{evidence}{address}", label), "" if agreement in ("", "same") else f" ({agreement})")
        for address, label, agreement in marked.others.get(mark.anchor, [])
    ]
    used = enumerated(uses.get(mark.anchor, ()), last=", ")
    return show_note(mark, marked.notes[mark.anchor], enumerated(others, last=", "), used)


def show_document(document_id: str, processed: Path | str | None = None, excerpts_only: bool = False) -> Fragment:
    """Return a text with everything that was found in it marked in place, to be shown in a notebook.

    Parameters
    ----------
    document_id : str
        Identifier in the table ``documents``.
    processed : Path, optional
        Folder of the tables, ``data/processed`` of the project by default.
    excerpts_only : bool
        Leave out the sentences without a mark, as pages do for texts that may not be passed on whole.

    Returns
    -------
    Fragment
        Shows itself in JupyterLab; `print` gives the same in plain words.

    Raises
    ------
    EvidenceError
        When there is no such document.
    TableError
        When nothing has been built yet.
    """
    (marked,) = read_marked_texts(processed or project_root() / "data" / "processed", document_id)
    shown = show_marked(marked, excerpts_only, evidence=f"{REPORTS}evidence/")
    style = (TEMPLATES / "evidence" / "marks.css").read_text(encoding="utf-8")
    return Fragment(f"<style>{style}</style>{shown.html}", f"{marked.label}\n{shown.words}")
