"""Date phrases that name their days themselves: "31 March 2020", "the year to March 2020", "Q3 2021/22"."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from helpers.lexicon import read_pieces
from helpers.numbers.calendars import (
    Resolved,
    day_on,
    financial_start,
    financial_year,
    month_bounds,
    months_before,
    months_in,
    one_day,
    stated,
    years_in,
)
from helpers.numbers.numerals import parse_number

Reader = Callable[[str, date | None], Resolved | None]
PIECES = read_pieces("date_forms")
ORDERS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4, "last": 4, "one": 1, "two": 2, "three": 3, "four": 4,
}  # fmt: skip
_FINANCIAL = re.compile(PIECES["FY"])
_COUNT = re.compile(rf"{PIECES['COUNT']}(?=[- ])", re.IGNORECASE)
_TO = re.compile(PIECES["TO"], re.IGNORECASE)
_ENDING = re.compile(r" (?:ending|ended|to|up to(?: and including)?|until|through) ", re.IGNORECASE)
_WEEKDAY = re.compile(PIECES["WEEKDAY"], re.IGNORECASE)
_DAY = re.compile(r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)?(?!\d)")
_RANGE_DAY = re.compile(r"(?<![\d/–-])(\d{1,2})(?:st|nd|rd|th)?\b(?!\d)")  # not the end of 2021/22
_SHORT_YEAR = re.compile(r"[’`](\d\d)$")
_LAST_DAY = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)?\b(?! ?\d)")


def _iso(phrase: str, today: date | None) -> Resolved | None:
    year, month, day = map(int, phrase.split("-"))
    return one_day(day_on(year, month, day))


def _slashed(phrase: str, today: date | None) -> Resolved | None:
    """Read "15/10/2021" in the British order; two digits up to 69 are of this century."""
    day, month, year = map(int, re.split(r"[/.-]", phrase))
    century = 0 if year >= 100 else 2000 if year < 70 else 1900
    return one_day(day_on(century + year, month, day))


def _financial(phrase: str, today: date | None) -> Resolved | None:
    """Read "2019/20"; two years that do not follow each other are a span of calendar years."""
    start = financial_start(phrase)
    if start is not None:
        return stated(*financial_year(start), "financial_year")
    years = years_in(phrase)
    return stated(date(years[0], 1, 1), date(years[1], 12, 31), "span") if len(years) == 2 else None


def _financial_years(phrase: str, today: date | None) -> Resolved | None:
    starts = [financial_start(found.group()) for found in _FINANCIAL.finditer(phrase)]
    if len(starts) < 2 or starts[0] is None or starts[1] is None:
        return None
    return stated(financial_year(starts[0])[0], financial_year(starts[1])[1], "reporting")


def _years_range(phrase: str, today: date | None) -> Resolved | None:
    first, last = years_in(phrase)[:2]
    return stated(date(first, 1, 1), date(last, 12, 31), "span")


def _length_in_months(phrase: str) -> int:
    count = parse_number(found[0]) if (found := _COUNT.match(phrase)) else None
    size = 1 if "month" in phrase else 3 if phrase.startswith("quarter") else 120 if "decade" in phrase else 12
    return int(count.value if count else 1) * size


def _ending(phrase: str, today: date | None) -> Resolved | None:
    """Read "year to March 2020", "12 months ended 31 March 2020": the length before the day or month named."""
    head, tail = _ENDING.split(phrase, maxsplit=1)
    months, years = months_in(tail), years_in(tail)
    if months and years:
        year = years[0]
    elif months and today:
        year = today.year - (months[0] >= today.month)
    else:
        return None
    number = _LAST_DAY.search(tail)
    last = day_on(year, months[0], int(number[1])) if number else month_bounds(year, months[0])[1]
    if last is None:
        return None
    length = _length_in_months(head.lower())
    if last == month_bounds(last.year, last.month)[1]:
        first = months_before(last.replace(day=1), length - 1)
    else:
        first = months_before(last, length) + timedelta(days=1)
    return Resolved(first, last, "period", "stated" if years else "relative", "reporting")


def _months_range(phrase: str, today: date | None) -> Resolved | None:
    """Read "April 2019 to March 2020", "October to December 2021/22": whole months unless days are printed."""
    sides = _TO.split(phrase, maxsplit=1)
    months = [months_in(side)[:1] for side in sides]
    if len(sides) < 2 or not months[0] or not months[1]:
        return None
    (first_month,), (last_month,) = months
    start = financial_start(sides[1]) if _FINANCIAL.search(sides[1]) else None
    if start is not None:
        first_year, last_year = start + (first_month < 4), start + (last_month < 4)
    else:
        last_year = years_in(sides[1])[0]
        first_year = next(iter(years_in(sides[0])), last_year - (first_month > last_month))
    days = [_RANGE_DAY.search(side) for side in sides]
    first = day_on(first_year, first_month, int(days[0][1]) if days[0] else 1)
    last = day_on(last_year, last_month, int(days[1][1])) if days[1] else month_bounds(last_year, last_month)[1]
    is_financial = first is not None and (first, last) == financial_year(first.year)
    return stated(first, last, "financial_year" if is_financial else "span")


def _days_range(phrase: str, today: date | None) -> Resolved | None:
    days = [int(found) for found in re.findall(r"\b(\d{1,2})(?:st|nd|rd|th)?\b", phrase)]
    years, month = years_in(phrase), months_in(phrase)[0]
    year = years[0] if years else _nearest_year(today, month, days[1])
    return stated(day_on(year, month, days[0]), day_on(year, month, days[1]), "span") if year else None


def _nearest_year(today: date | None, month: int, day: int) -> int | None:
    """Return the year of a day printed without one: that of publication, or the one before when it lies far ahead."""
    if today is None:
        return None
    there = day_on(today.year, month, day)
    return today.year - (there is not None and there - today > timedelta(days=31))


def _start_of(phrase: str) -> tuple[int | None, int | None]:
    """Return the start year when a phrase names a financial year, and else the calendar year it names."""
    if _FINANCIAL.search(phrase) or "financial" in phrase:
        return financial_start(phrase), next(iter(years_in(phrase)), None)
    return None, next(iter(years_in(phrase)), None)


def _quarter(phrase: str, today: date | None) -> Resolved | None:
    """Read a quarter: of a calendar year, or of a financial one when that is what is printed."""
    lowered = phrase.lower()
    digit = re.search(r"(?:q|quarter )([1-4])", lowered)
    named = (ORDERS[word] for word in re.findall(r"[a-z]+", lowered) if word in ORDERS)
    number = int(digit[1]) if digit else next(named, 1)
    start, year = _start_of(lowered)
    if start is None and year is None:
        if today is None:
            return None
        start, year = _start_of(f"{lowered} {today.year - ('last year' in lowered)}")
    month = 3 * number - 2
    if start is not None:
        year, month = start + number // 4, (month + 2) % 12 + 1
    if year is None:
        return None
    return stated(date(year, month, 1), month_bounds(year, month + 2)[1], "reporting")


def _half(phrase: str, today: date | None) -> Resolved | None:
    lowered = phrase.lower()
    later = 6 if lowered.startswith("second") else 0
    start, year = _start_of(lowered)
    if start is not None:
        first = date(start, 4 + later, 1)
    elif year is not None:
        first = date(year, 1 + later, 1)
    else:
        return None
    end = months_before(first, -5)
    return stated(first, month_bounds(end.year, end.month)[1], "reporting")


def _months_of(phrase: str, today: date | None) -> Resolved | None:
    """Read "first three months of 2025": so many months from the beginning or up to the end of a year."""
    lowered = phrase.lower()
    number = parse_number(lowered.split()[1])
    start, year = _start_of(lowered)
    if number is None or not 1 <= number.value <= 12 or (start is None and year is None):
        return None
    first = date(start, 4, 1) if start is not None else date(int(year or 0), 1, 1)
    count = int(number.value)
    if lowered.startswith(("last", "final", "closing")):
        first = months_before(first, count - 12)
    end = months_before(first, 1 - count)
    return stated(first, month_bounds(end.year, end.month)[1], "reporting")


def _day_phrase(phrase: str, today: date | None) -> Resolved | None:
    """Read "15 October 2021", "October 15, 2021", "12th February"; without a year the nearest day up to publication."""
    years, months, number = years_in(phrase), months_in(_WEEKDAY.sub(" ", phrase)), _DAY.search(phrase)
    if not months or not number:
        return None
    if years:
        return one_day(day_on(years[0], months[0], int(number[1])))
    if short := _SHORT_YEAR.search(phrase):
        return one_day(day_on(2000 + int(short[1]), months[0], int(number[1])))
    if today is None:
        return Resolved(None, None, "day", "relative", "day")
    lowered = phrase.lower()
    if lowered.endswith(("last year", "this year")):
        year: int | None = today.year - lowered.endswith("last year")
    else:
        year = _nearest_year(today, months[0], int(number[1]))
    return one_day(day_on(year, months[0], int(number[1])), "relative") if year else None


def _month_phrase(phrase: str, today: date | None) -> Resolved | None:
    if not years_in(phrase):
        if today is None:
            return Resolved(None, None, "month", "relative", "month")
        bounds = month_bounds(today.year - phrase.endswith("last year"), months_in(phrase)[0])
        return Resolved(*bounds, "month", "relative", "month")
    return stated(*month_bounds(years_in(phrase)[0], months_in(phrase)[0]), "month", "month")


def _year_phrase(phrase: str, today: date | None) -> Resolved | None:
    year = years_in(phrase)[0]
    return stated(date(year, 1, 1), date(year, 12, 31), "year", "year")


STATED_READERS: dict[str, Reader] = {
    "iso": _iso,
    "slashed": _slashed,
    "ending": _ending,
    "months_range": _months_range,
    "days_range": _days_range,
    "quarter": _quarter,
    "half": _half,
    "months_of": _months_of,
    "financial_years": _financial_years,
    "financial_year": _financial,
    "years_range": _years_range,
    "day": _day_phrase,
    "month": _month_phrase,
    "year": _year_phrase,
}
