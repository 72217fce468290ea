"""The dates of a text, stretch by stretch, and what the sentences before make of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from helpers.numbers.candidates import count_numbers
from helpers.numbers.periods import find_date_spans
from helpers.records import Sentence
from helpers.statistics.context import Context
from helpers.statistics.traces import Trace
from helpers.statistics.views import View, view_stretches
from helpers.statistics.year_ends import end_years

MOST_NUMBERS = 80  # in one stretch of words: each of them is looked at beside all the others
CROWDED = 2 * MOST_NUMBERS  # characters that hold no more numbers than that
_PARAGRAPH_NUMBER = re.compile(
    r"\d{1,2}(?:\.\d{1,2}){1,2}[.)]?"
    r"(?:\s+(?=[A-Z“‘\"'][a-z’'])(?!(?:Million|Billion|Per)\b)|\s+(?=\d[\d,]* [a-z]{2}))"
)


def look_for_dates(text: str, sentences: list[Sentence], today: date | None) -> Iterator[tuple[int, Trace]]:
    """Yield index and trace, with the dates found, of each stretch of the sentences that are no furniture."""
    for index, sentence in enumerate(sentences):
        if sentence.role != "furniture":
            for view in _stretches(text, sentence):
                yield index, Trace(sentence, view, find_date_spans(view.words, today))


def _stretches(text: str, sentence: Sentence) -> Iterator[View]:
    """Yield the stretches that a sentence is read in, shorter where numbers crowd; the number before it is none."""
    mark = _PARAGRAPH_NUMBER.match(text, sentence.span_start, sentence.span_end)
    for view in view_stretches(text, mark.end() if mark else sentence.span_start, sentence.span_end):
        if len(view.words) > CROWDED and count_numbers(view.words) > MOST_NUMBERS:
            yield from view_stretches(text, *view.span(0, len(view.words)), longest=CROWDED)
        else:
            yield view


def latest_day(places: list[tuple[int, Trace]]) -> date | None:
    """Return the latest day that a text dates something to, as a stand-in for an unknown day of publication."""
    days = [
        span.last
        for _, trace in places
        for span in trace.dates
        if span.last and span.source == "stated" and span.form in ("day", "month")
    ]
    return max(days, default=None)


def settle_dates(trace: Trace, context: Context) -> None:
    """Let the dates of a stretch mean what the sentences before make of them, in place.

    "The last decade" ends at `context.until` where no day of publication is known; a bare year that opens a row is the
    one that the head of the table speaks of.
    """
    if context.today is None and any(span.form == "window" and span.first is None for span in trace.dates):
        spans = find_date_spans(trace.view.words, context.until)
        closed = {span.start: span for span in spans if span.form == "window"}
        trace.dates = [closed.get(span.start, span) for span in trace.dates]
    if trace.dates and context.table and context.table.ends and not trace.view.words.rstrip().endswith("."):
        trace.dates = end_years(trace.dates, context.table.ends)
