"""Dated happenings of a text: every date with what happened, unless it is the reporting period of a statistic."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import cache

from helpers.lexicon import read_lexicon
from helpers.periods import DateSpan, find_date_spans
from helpers.records import Document, Event, Sentence, Statistic
from helpers.views import View
from helpers.vocabulary import OFFICIAL_MEASURES

FORMS = frozenset(("day", "month", "year", "span", "last_year"))
PRECISION = {"day": "day", "month": "month", "year": "year", "last_year": "year", "span": "period"}
_CLAUSE_BREAK = re.compile(r"; | [–-] |: ")
_DATE_LINE = re.compile(r"\W*(?:date|published|posted|updated|dated|first published)?\W*$", re.IGNORECASE)
_IN_NAME = re.compile(r"^\)? ?(?:Act|Bill|Regulations|Order)\b|^ (?:figures|statistics|data|total|level|levels)\b")
_ACT_BEFORE = re.compile(r"\b(?:Act|Bill|Regulations|Order|Strategy|Duty Guidance)(?: of)? ?\(?$")


def find_events(
    text: str, sentences: list[Sentence], document: Document, statistics: Iterable[Statistic] = ()
) -> list[Event]:
    """Return the dated happenings of a text.

    Parameters
    ----------
    text : str
        Source text; spans are half-open characters of it.
    sentences : list of Sentence
        Its sentences; of furniture only date lines are read.
    document : Document
        The publication date resolves "on Friday" and "last week".
    statistics : iterable of Statistic
        Numbers read in the text: a date that is the period of a national figure belongs to it and is no event.

    Returns
    -------
    list of Event
        One row a date, in order; "between 2014 and 2016" is one with a period.
    """
    periods: dict[str, set[tuple[date | None, date | None]]] = {}
    for row in statistics:
        if row.measure in OFFICIAL_MEASURES and row.caveat != "one_case":
            taken = periods.setdefault(row.sentence_id, set())
            taken |= {(row.period_start, row.period_end), (row.base_period_start, row.base_period_end)}
    found = []
    for sentence in sentences:
        view = View(text, sentence.span_start, sentence.span_end)
        spans = find_date_spans(view.words, document.published_date)
        for span in spans:
            if _is_event(view.words, span, sentence, periods.get(sentence.sentence_id, set())):
                found.append(_event(view, span, sentence, document))
    return found


def _is_event(words: str, span: DateSpan, sentence: Sentence, taken: set[tuple[date | None, date | None]]) -> bool:
    """Whether a date phrase dates a happening: not a reporting period, not the year in a name."""
    if span.form not in FORMS or span.first is None or span.last is None or (span.first, span.last) in taken:
        return False
    if sentence.role == "furniture":
        is_line = _DATE_LINE.match(words[: span.start]) and len(words) - (span.end - span.start) < 30
        return bool(is_line and span.form == "day" and span.source == "stated")
    since_total = re.search(r"\bsince\s$", words[: span.start], re.IGNORECASE) or words[
        span.start : span.end
    ].lower().startswith("since")
    if taken and (span.form == "last_year" or since_total):
        return False
    if span.form == "day" and re.search(r"\b(?:today|tomorrow|tonight)$", words[span.start : span.end], re.IGNORECASE):
        return span.start < 3 or _event_type(words, span) not in ("other", "attack")
    if span.form in ("year", "month") and _IN_NAME.match(words[span.end :]):
        return False
    return not _ACT_BEFORE.search(words[: span.start])


def _event(view: View, span: DateSpan, sentence: Sentence, document: Document) -> Event:
    """Return the row of one date phrase, without the preposition it may carry."""
    lead = re.match(
        r"(?:on|in|by|since|until|from|during|between|of|and|the end of|early|late|mid-| )+\s?(?=\S)",
        view.words[span.start : span.end],
        re.IGNORECASE,
    )
    begin = span.start + (lead.end() if lead and lead.end() < span.end - span.start else 0)
    start, end = view.place(begin), view.place(span.end - 1) + 1
    assert span.first is not None and span.last is not None  # noqa: S101  (checked by _is_event)
    return Event(
        event_id=f"{document.document_id}:{start}", document_id=document.document_id, sentence_id=sentence.sentence_id,
        span_start=start, span_end=end, surface=view.source[start:end], date_start=span.first, date_end=span.last,
        precision=PRECISION[span.form] if span.form != "span" else "period", date_source="relative" if span.source == "relative" else "stated",
        event_type=_event_type(view.words, span), description=_description(view.words, span),
    )  # fmt: skip


@cache
def _type_patterns() -> re.Pattern[str]:
    parts = [f"(?P<{name}>{'|'.join(patterns)})" for name, patterns in read_lexicon("event_types").items()]
    return re.compile("|".join(parts), re.IGNORECASE)


def _event_type(words: str, span: DateSpan) -> str:
    """Return the kind of the happening whose words stand nearest to the date; words before it count as nearer."""
    best, nearest = "other", 10.0**9
    start, end = max(0, span.start - 160), min(len(words), span.end + 120)
    for match in _type_patterns().finditer(words, start, end):
        if match.start() >= span.start and match.end() <= span.end:
            continue
        distance = span.start - match.end() if match.end() <= span.start else 1.5 * (match.start() - span.end) + 5
        between = words[match.end() : span.start] if match.end() <= span.start else words[span.end : match.start()]
        distance += 60 * len(re.findall(r"[;.] | but | while ", between)) + 15 * between.count(",")
        if distance < nearest:
            best, nearest = str(match.lastgroup), distance
    return best


def _description(words: str, span: DateSpan) -> str:
    """Return the clause that a date stands in, at most 300 characters."""
    start = max((found.end() for found in _CLAUSE_BREAK.finditer(words, 0, span.start)), default=0)
    stop = _CLAUSE_BREAK.search(words, span.end)
    clause = words[start : stop.start() if stop else len(words)].strip()
    return clause if len(clause) <= 300 else clause[:299] + "…"
