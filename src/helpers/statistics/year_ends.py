"""Tables whose head says when a year ends: below "Year ending March", 2016 is the year to March 2016."""

from __future__ import annotations

import re

from helpers.numbers.calendars import month_bounds, months_before, months_in
from helpers.numbers.periods import DateSpan
from helpers.seldom import Seldom

MARCH = 3  # in which the years of the official series end
_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_HEAD = Seldom(
    r"\b(?:financial |fiscal |reporting )?(?:years?|12 months|twelve months)[- ](?:ending|ended|to|end)"
    rf"(?: in| on| the end of)?(?: \d\d?(?:st|nd|rd|th)?)? (?P<month>{_MONTH})\b",
    re.IGNORECASE,
)
_CELL = re.compile(  # "Financial year ending | Referrals"
    rf"\W*(?:financial |fiscal )?years? (?:ending|ended|end)\b[\s*:|,]*(?:$|(?!(?-i:{_MONTH})\b)(?-i:[A-Z(]))",
    re.IGNORECASE,
)
_YEAR_AFTER = re.compile(r",? ?(?:19|20)\d\d")


def year_end(words: str, dates: list[DateSpan]) -> int | None:
    """Return the month in which the years of a table end, by a line of its caption or header; None when it is silent.

    Examples
    --------
    >>> year_end("Year ending 31 March Referrals Cases", []), year_end("Calendar year Referrals", [])
    (3, None)
    """
    found = _HEAD.search(words)
    if found is None:
        return MARCH if _CELL.match(words) else None
    several = sum(span.form in ("year", "reporting") for span in dates) > 1  # "Year ending March 2019 2020 2021"
    return months_in(found["month"])[0] if several or not _YEAR_AFTER.match(words, found.end()) else None


def end_years(dates: list[DateSpan], month: int | None) -> list[DateSpan]:
    """Return date phrases with each bare year as the one that ends in `month` of it."""
    if month is None:
        return dates
    return [_ending(span, month) if span.form == "year" and span.source == "stated" else span for span in dates]


def _ending(span: DateSpan, month: int) -> DateSpan:
    if span.last is None or span.end - span.start != 4:
        return span
    first, last = month_bounds(span.last.year, month)
    return span._replace(first=months_before(first, 11), last=last, precision="period", form="reporting")


def without_head(words: str, dates: list[DateSpan]) -> list[DateSpan]:
    """Return date phrases without the head of a table, which names no year ("Year to March", beside other heads)."""
    return [span for span in dates if span.source == "stated" or not _HEAD.match(words[span.start : span.end])]
