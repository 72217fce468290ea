"""Days, months and years as printed in British texts, and the arithmetic of calendar and financial years."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

Period = tuple[date, date]  # first and last day, both inclusive
MONTHS = {
    name: number
    for number, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
         "september sept sep", "october oct", "november nov", "december dec"), 1,
    )
    for name in names.split()
}  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTH = re.compile(r"\b(" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_TWO_YEARS = re.compile(
    r"(?:(?P<long>(?:19[4-9]|20[0-4])\d)|(?P<short>\d\d)) ?(?:[/–-]| to ) ?(?P<end>\d{4}|\d\d)(?!\d)"
)


class Resolved(NamedTuple):
    """What a date phrase names: days (both inclusive, None where it does not say), and how it came by them."""

    first: date | None
    last: date | None
    precision: str
    source: str
    form: str


def month_bounds(year: int, month: int) -> Period:
    """Return the first and last day of a month."""
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def financial_year(start_year: int) -> Period:
    """Return 1 April to 31 March of the financial year that starts in `start_year`."""
    return date(start_year, 4, 1), date(start_year + 1, 3, 31)


def months_before(day: date, months: int) -> date:
    """Return the same day `months` earlier, or the last day of that month when it is shorter.

    Examples
    --------
    >>> months_before(date(2024, 3, 31), 1)
    datetime.date(2024, 2, 29)
    """
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    if year < 1:
        return date.min
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def year_earlier(period: Period, years: int = 1) -> Period:
    """Return the same period `years` earlier (negative: later); month ends stay month ends."""
    first, last = (months_before(day, 12 * years) for day in period)
    if period[1] == month_bounds(period[1].year, period[1].month)[1]:
        last = month_bounds(last.year, last.month)[1]
    return first, last


def years_in(phrase: str) -> list[int]:
    """Return the calendar years printed in full, in order."""
    return [int(found) for found in _YEAR.findall(phrase)]


def months_in(phrase: str) -> list[int]:
    """Return the numbers of the months named, in order.

    Examples
    --------
    >>> months_in("from Sept to March")
    [9, 3]
    """
    return [MONTHS[name] for name in _MONTH.findall(phrase.lower())]


def day_on(year: int, month: int, day: int) -> date | None:
    """Return a date, None when there is no such day (30 February)."""
    return date(year, month, day) if 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1] else None


def financial_start(phrase: str) -> int | None:
    """Return the year in which a printed financial year starts, None when its two years do not follow each other.

    Examples
    --------
    >>> financial_start("2019/20"), financial_start("2019/22")
    (2019, None)
    """
    found = _TWO_YEARS.search(phrase)
    if not found:
        return next(iter(years_in(phrase)), None)
    start = int(found["long"]) if found["long"] else 2000 + int(found["short"])
    return start if int(found["end"]) % 100 == (start + 1) % 100 else None


def stated(first: date | None, last: date | None, form: str, precision: str = "period") -> Resolved | None:
    """Return days that a phrase states in full, None when one does not exist or they are swapped."""
    return Resolved(first, last, precision, "stated", form) if first and last and first <= last else None


def part_of(year: Period, phrase: str) -> Period:
    """Return the part of a year that a phrase names by its place in it.

    Examples
    --------
    >>> [str(day) for day in part_of((date(2024, 4, 1), date(2025, 3, 31)), "final quarter of the year")]
    ['2025-01-01', '2025-03-31']
    """
    words = phrase.lower()
    months = 6 if "six" in words else 3
    if words.startswith(("final", "last", "fourth", "closing")):
        return months_before(year[1], months) + timedelta(days=1), year[1]
    skipped = {"second": 3, "third": 6}.get(words.split()[0], 0)
    first = months_before(year[0], -skipped)
    return first, months_before(first, -months) - timedelta(days=1)


def pointer(form: str) -> Resolved:
    """Return a phrase that points at a period which only its surroundings give ("the previous year")."""
    return Resolved(None, None, "period", "relative", form)


def one_day(day: date | None, source: str = "stated") -> Resolved | None:
    """Return a single day, None when it does not exist."""
    return Resolved(day, day, "day", source, "day") if day else None
