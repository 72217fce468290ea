"""The date phrases of a text: where they stand, from which day to which, and how they were resolved."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from helpers.lexicon import read_forms
from helpers.numbers.calendars import month_bounds, months_in
from helpers.numbers.relative_dates import RELATIVE_READERS
from helpers.numbers.stated_dates import STATED_READERS
from helpers.searches import AnyOf

READERS = STATED_READERS | RELATIVE_READERS
_PHRASE = AnyOf(read_forms("date_forms"), re.IGNORECASE, before=r"\b")
_OF_PAPER = re.compile(r"\b(?:bulletin|report|release|statement|briefing|publication)s? (?:of|from) [^.;,]{0,5}$")
_HOLDS_FIGURE = re.compile(r"\b(?:in|during|for|of|to|over)(?: the)?\s*$", re.IGNORECASE)
_COORDINATED = ("", "and", "or", ",", "and in")


class DateSpan(NamedTuple):
    """A date phrase: its place, the days it names (both inclusive), and how it came by them.

    `form` is ``day``, ``month``, ``year``, ``last_year``, ``financial_year``, ``reporting`` (a reporting period),
    ``span``, ``window`` (up to publication), ``latest`` (the latest released year), ``previous``, ``same`` and
    ``following`` (left to the context), ``records`` or ``vague``; days are None where the phrase alone does not give
    them.
    """

    start: int
    end: int
    first: date | None
    last: date | None
    precision: str
    source: str
    form: str


def find_date_spans(text: str, today: date | None) -> list[DateSpan]:
    """Return the date phrases of `text`, in order, without overlap.

    Parameters
    ----------
    text : str
        Any words; offsets are half-open characters of it.
    today : date or None
        Publication date that relative phrases ("last week") are resolved from; without it they stay unresolved.

    Examples
    --------
    >>> [(span.form, str(span.last)) for span in find_date_spans("in the year to March 2020", None)]
    [('reporting', '2020-03-31')]
    """
    found = []
    for form, match in _PHRASE.finditer(text):
        resolved = READERS[form](match.group(), today)
        if resolved is not None:
            found.append(DateSpan(match.start(), match.end(), *resolved))
    return _share_years(text, found)


def _share_years(text: str, spans: list[DateSpan]) -> list[DateSpan]:
    """Give a bare month the year of the month it is coordinated with ("in February and April 2021")."""
    for place in range(len(spans) - 2, -1, -1):
        here, following = spans[place], spans[place + 1]
        has_year = following.form == "month" and following.source == "stated" and following.first
        is_bare = here.form == "month" and here.source == "relative"
        if has_year and is_bare and text[here.end : following.start].strip().lower() in _COORDINATED:
            first, last = month_bounds(has_year.year, months_in(text[here.start : here.end])[0])
            spans[place] = here._replace(first=first, last=last, source="stated")
    return spans


def is_of_paper(words: str, span: DateSpan) -> bool:
    """Return whether a day or month is when a paper came out, not what it counts ("the bulletin of December")."""
    return span.form in ("month", "day") and bool(_OF_PAPER.search(words, max(0, span.start - 24), span.start + 5))


def has_own_figure(words: str, span: DateSpan, leads: list[int]) -> bool:
    """Return whether a date has a figure of its own in brackets ("the most outside 2017/18 (7,318)").

    `leads` are the offsets at which the figures after the one in question begin.
    """
    if not words.startswith(" (", span.end) or span.end + 2 not in leads:
        return False
    return _HOLDS_FIGURE.search(words[max(0, span.start - 12) : span.start]) is None
