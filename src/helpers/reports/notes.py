"""Notes on the marks of a text: what was read there, its verdict and reason, and who else states it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from helpers.escaping import visible
from helpers.official.wording import base_words, interval_words, number_words
from helpers.reports.displays import VERDICT_MARKS, Fragment, together, verdict_label, when_words
from helpers.reports.evidence import MEASURE_WORDS, concern_words, noun_words, official_link, subject_words
from helpers.reports.marks import Mark

UNCHECKED = "#"
SIGNS = {"event": "◆", "quotation": "❝", "finding": "¶"}
PERIOD_SOURCES = {
    "stated": "stated there",
    "inherited": "taken from the text before",
    "relative": "worked out from the day of publication",
}
UNITS = {"percent": "%", "percentage_point": " percentage points", "gbp": " pounds"}


@dataclass(frozen=True, slots=True)
class Note:
    """What is said of one mark: a headline, a verdict with its reason if there is one, fields (name, value)."""

    sign: str
    said: str
    headline: Fragment
    fields: list[tuple[str, Any]]
    verdict: Fragment | None = None
    reason: str = ""


def note_statistic(row: Any) -> Note:
    """Return the note on a stated number: a row of `label_statistics` with verdicts."""
    measured = row.measure if row.measure in MEASURE_WORDS else None
    about = subject_words(row) if measured else noun_words(row)
    when = "" if row.period == "–" else f", {row.period}"
    headline = _bold(row.stated, f" {about}{when}" if about else when)
    checked = isinstance(row.verdict, str)
    said = f"{row.surface}: {row.verdict.replace('_', ' ') if checked else 'not checked'}"
    if not checked:
        return Note(UNCHECKED, said, headline, _fields(row))
    official = "" if pd.isna(row.official_value) else together("; official: ", official_link(row))
    verdict = together(verdict_label(row.verdict), official)
    return Note(VERDICT_MARKS[row.verdict], said, headline, _fields(row), verdict, row.reason)


def _fields(row: Any) -> list[tuple[str, Any]]:
    """Return what was read of a stated number, without what is not known."""
    unit = UNITS.get(row.unit, f" {row.unit}".replace("_", " "))
    whole = "" if pd.isna(row.denominator) else base_words(row.denominator)
    if not pd.isna(row.denominator_value):
        whole = f"{whole} ({number_words(row.denominator_value)})" if whole else number_words(row.denominator_value)
    source = "" if pd.isna(row.period_source) else f" ({PERIOD_SOURCES[row.period_source]})"
    fields = [
        ("Kind", row.kind + ("" if row.direction == "level" else f", {row.direction}")),
        ("Wording allows", interval_words(row.value_low, row.value_high, unit)),
        ("Measure", row.measure.replace("_", " ")),
        ("By", _breakdown(row)),
        ("Share of", whole),
        ("Place", _known(row.geography)),
        ("Period", "" if row.period == "–" else f"{row.period}{source}"),
        ("Compared with", when_words(row.base_period_start, row.base_period_end).strip("–")),
        ("Caveat", _known(row.caveat)),
        ("Stated by", _known(row.speaker)),
    ]
    return [(name, value) for name, value in fields if value]


def _breakdown(row: Any) -> str:
    """Return of which part of a breakdown a number is; nothing where it is of all."""
    if pd.isna(row.dimension) or row.dimension == "total":
        return ""
    dimension = row.dimension.replace("_", " ")
    return dimension if pd.isna(row.category) else f"{dimension}, {concern_words(row.category)}"


def note_event(row: Any) -> Note:
    """Return the note on a dated happening."""
    when = when_words(row.date_start, row.date_end)
    source = "worked out from another day" if row.date_source == "relative" else "stated there"
    fields = [("Kind", row.event_type), ("Day known to the", row.precision), ("Date", source)]
    return Note(SIGNS["event"], f"{row.surface}: dated event", _bold(when, f" – {row.event_type}"), fields)


def note_quotation(row: Any) -> Note:
    """Return the note on direct or reported speech."""
    speaker = _known(row.speaker) or "a speaker who is not named"
    how = "direct, in quotation marks" if row.is_direct else "reported"
    fields = [("Speech", how), ("Speaker's role", _known(row.speaker_role))]
    headline = _bold(speaker, " – quotation" if row.is_direct else " – reported speech")
    return Note(SIGNS["quotation"], f"end of words of {speaker}", headline, [one for one in fields if one[1]])


def note_finding(row: Any) -> Note:
    """Return the note on a recommendation or issue of a review."""
    name = row.kind + ("" if pd.isna(row.number) else f" {int(row.number)}")
    fields = [("Addressed to", _known(row.addressee)), ("Status", _known(row.status) or "not stated")]
    return Note(SIGNS["finding"], f"end of {name}", _bold(name), [one for one in fields if one[1]])


def show_note(mark: Mark, note: Note, others: Fragment, uses: Fragment) -> str:
    """Return a note as a list item with a way back to its mark.

    Parameters
    ----------
    mark, note : Mark, Note
        The mark, and what is said of it.
    others, uses : Fragment
        Links to the other texts that state the same, and to the places that use the statement; may be empty.
    """
    label = visible(f"back to {note.said}")
    back = f'<a class="back" href="#{mark.anchor}" aria-label="{label}">{note.sign}{mark.number}</a>'
    verdict = f"<p>{note.verdict.html}</p>" if note.verdict else ""
    same = f"<p>Also stated by: {others.html}</p>" if others.words else ""
    reason = f"<p>{visible(note.reason)}</p>" if note.reason else ""
    listed = "".join(
        f"<div><dt>{visible(name)}</dt> <dd>{together(value).html}</dd></div>" for name, value in note.fields
    )
    used = f'<p class="uses">Used in: {uses.html}</p>' if uses.words else ""
    asked = "Why, and what was read" if note.reason else "What was read"
    folded = f"<details><summary>{asked}</summary>{reason}<dl>{listed}</dl>{used}</details>"
    return f'<li id="note-{mark.anchor}"><p>{back} {note.headline.html}</p>{verdict}{same}{folded}</li>'


def note_words(number: int, note: Note) -> str:
    """Return a note in plain words."""
    verdict = f" {note.verdict.words}: {note.reason}" if note.verdict else ""
    fields = "; ".join(f"{name.lower()}: {together(value).words}" for name, value in note.fields)
    return f"[{note.sign}{number}] {note.headline.words}.{verdict} {fields}"


NOTES: dict[str, Callable[[Any], Note]] = {
    "statistic": note_statistic, "event": note_event, "quotation": note_quotation, "finding": note_finding,
}  # fmt: skip


def _bold(words: str, more: str = "") -> Fragment:
    """Return words in bold, and more behind them."""
    return together(Fragment(f"<b>{visible(words)}</b>", words), more)


def _known(*values: Any) -> str:
    """Return what is known of some keys and names, in words; nothing where nothing is."""
    kept: Iterable[str] = (str(value).replace("_", " ") for value in values if not pd.isna(value))
    return ", ".join(dict.fromkeys(kept))
