"""Anchoring: dates that lean on another date of the text ("that June", "April of that year"), or lie ahead."""

from __future__ import annotations

import re
from datetime import date

from helpers.numbers.calendars import WEEKDAYS, day_on, month_bounds, months_in
from helpers.numbers.periods import DateSpan, find_date_spans

MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
LEANING = re.compile(
    rf"\b(?P<lead>[Tt]hat|[Tt]he (?:same|following|next)|[Ii]n the)\s(?P<month>{MONTH})\b"
    r"(?!,? (?:of |in )?(?:\d{4}|that\b|the (?:same|following|next)))"
    rf"|\b(?P<named>{MONTH}),? (?:of |in )?(?P<year>that|the (?:same|following|next)) year\b"
)
_MONTH = re.compile(MONTH)
LEADS = ("hat ", "he same ", "he following ", "he next ", "n the ")
ALONE = re.compile(rf"(?:in|since|until|by|from|early|late|and|by the end of|of)?\s*{MONTH}", re.IGNORECASE)
AHEAD = re.compile(
    r"\b(?:will|shall|due|next|upcoming|forthcoming|deadline|scheduled|expected|(?:is|are) to|to be|diary|register|"
    r"book|closing date|takes place|coming)\b",
    re.IGNORECASE,
)
BEHIND = re.compile(
    r"\b(?:was|were|had|did|(?!scheduled|expected)(?<! be )(?<! not )\w{3,}ed|died|met|told|said|found|began|stood|"
    r"left|came|took|went|gave|held|sat)\b"
)
OPENS = re.compile(  # "The centre, refitted by volunteers, opens on 9 May"
    r"\b(?:(?:re)?opens|closes|starts|begins|ends|launches|resumes|expires|takes (?:place|effect)|"
    r"comes into (?:force|effect)) (?:again )?(?:on |from |in )?$"
)
PAIR = re.compile(
    r"\b[IiOo]n (?P<first>[^,;]{3,18} (?:19|20)\d\d) and (?P<second>(?:\d\d? )?[A-Z][a-z]+ (?:19|20)\d\d)$"
)
LASTED = re.compile(  # "it had no head for a year until October"
    r"\b(?:was|were|had|did|went|ran|stood|stayed|remained)\b[^.;]{0,60}? for (?:an? |almost |over )?[\w-]+ ?"
    r"(?:day|week|month|year)s? $"
)
CLAUSE_ENDS = re.compile(r"; |, (?:and|but|so) (?=(?:the|a|an|it|this|that|they|he|she|we|there|its|their)\b)")
DAY = re.compile(r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)?(?!\d)")
LONGEST_WAIT = 330  # days that a date without its year may lie ahead


def split_pairs(words: str, dates: list[DateSpan]) -> list[DateSpan]:
    """Return the date phrases with "in June 2018 and March 2019" as two: what happens in both is no span of time."""
    found: list[DateSpan] = []
    for span in dates:
        pair = PAIR.search(words, max(0, span.start - 3), span.end) if span.form == "span" else None
        halves = [pair.span(name) for name in ("first", "second")] if pair and pair.start("first") == span.start else []
        parts = [
            half._replace(start=half.start + start, end=half.end + start)
            for start, end in halves
            for half in find_date_spans(words[start:end], None)
        ]
        found += parts if len(parts) == len(halves) > 0 else [span]
    return found


def with_leaning(words: str, dates: list[DateSpan], anchor: date | None) -> list[DateSpan]:
    """Return the date phrases of a stretch together with the months that lean on a date before them.

    Parameters
    ----------
    words : str
        The words of one stretch.
    dates : list of DateSpan
        Its other date phrases, in order.
    anchor : date or None
        First day of the latest date that the text names before this stretch.
    """
    if not (_MONTH.search(words) and any(lead in words for lead in LEADS)):
        return dates
    found = list(dates)
    for match in LEANING.finditer(words):
        start = match.start("month" if match["month"] else "named")
        before = [span.first for span in dates if span.end <= match.start() and span.first and span.source == "stated"]
        latest = before[-1] if before else anchor
        if latest and not any(span.start < match.end() and start < span.end for span in dates if span.first):
            month = months_in(match["month"] or match["named"])[0]
            found = [span for span in found if span.first or span.end <= start or match.end() <= span.start]
            found.append(
                DateSpan(start, match.end(), *_month_after(match, month, latest), "month", "relative", "month")
            )
    return sorted(found, key=lambda span: span.start)


def _month_after(match: re.Match[str], month: int, latest: date) -> tuple[date, date]:
    """Return the days of the month that leans on `latest`."""
    is_later = (match["lead"] or match["year"]).lower().endswith(("following", "next"))
    if match["year"]:
        return month_bounds(latest.year + is_later, month)
    return month_bounds(latest.year + (month < latest.month or (is_later and month == latest.month)), month)


def lean_on(words: str, span: DateSpan, anchor: date | None, today: date | None) -> DateSpan:
    """Return a date without its year in the year that the words around it mean.

    "In March 2024 he was referred. In June the panel met": the month follows the date before it, not the publication.
    "The next session is on 22 September" lies ahead of it.
    """
    if span.source != "relative" or span.form not in ("day", "month"):
        return span
    surface = words[span.start : span.end]
    if span.first is None or span.last is None:
        return _first_after(span, surface, anchor) if anchor else span
    if span.form == "month" and anchor and ALONE.fullmatch(surface) and anchor.year < span.first.year:
        year = anchor.year + (span.first.month < anchor.month)
        moved = month_bounds(year, span.first.month)
        return span._replace(first=moved[0], last=moved[1]) if moved[0] < span.first else span
    named = next((day for day in WEEKDAYS if day in surface.lower()), None)
    if named and WEEKDAYS.index(named) == span.first.weekday():
        return span
    if today and span.first > today and surface.lower().startswith("until ") and LASTED.search(words[: span.start]):
        first, last = month_bounds(span.first.year - 1, span.first.month)
        return span._replace(first=first, last=last) if span.form == "month" else span
    if today and span.first < today and months_in(surface) and _lies_ahead(words, span):
        return _a_year_on(span, today)
    return span


def _lies_ahead(words: str, span: DateSpan) -> bool:
    """Say whether the clause of a date, to the ends of it, speaks of what is to come."""
    if OPENS.search(words[: span.start]):
        return True
    start = max((found.end() for found in CLAUSE_ENDS.finditer(words, 0, span.start)), default=0)
    stop = CLAUSE_ENDS.search(words, span.end)
    clause = words[start : stop.start() if stop else len(words)]
    return AHEAD.search(clause) is not None and not BEHIND.search(clause)


def _first_after(span: DateSpan, surface: str, anchor: date) -> DateSpan:
    """Return the first such day or month after `anchor`, for a text that has no publication date."""
    months, number = months_in(surface), DAY.search(surface)
    if not months or (span.form == "day" and not number):
        return span
    for year in (anchor.year, anchor.year + 1):
        first, last = month_bounds(year, months[0])
        if span.form == "day" and number:
            day = day_on(year, months[0], int(number[1]))
            first = last = day or date.min
        if last >= anchor:
            return span._replace(first=first, last=last)
    return span


def _a_year_on(span: DateSpan, today: date) -> DateSpan:
    """Return the same day or month of the following year if it is near."""
    if span.first is None or span.last is None or (span.first.month, span.first.day) == (2, 29):
        return span
    if span.form == "month":
        first, last = month_bounds(span.first.year + 1, span.first.month)
    else:
        first = last = span.first.replace(year=span.first.year + 1)
    return span._replace(first=first, last=last) if (first - today).days <= LONGEST_WAIT else span
