"""When the national figures of each financial year came out, for phrases such as "last year"."""

from __future__ import annotations

from datetime import date
from functools import cache

from helpers.errors import TableError
from helpers.official import NATIONAL, financial_year, read_official
from helpers.paths import official_folder


@cache
def _release_calendar() -> tuple[tuple[date, date], ...]:
    """Return (day out, first day of the year) of every national release of a financial year, oldest first."""
    try:
        figures = read_official(official_folder()).figures
    except TableError:
        return ()
    first_out: dict[date, date] = {}
    for figure in figures:
        is_total = (figure.measure, figure.dimension, figure.geography) == ("referrals", "total", NATIONAL)
        if is_total and (figure.period_start, figure.period_end) == financial_year(figure.period_start):
            out = first_out.get(figure.period_start, date.max)
            first_out[figure.period_start] = min(out, figure.day)
    return tuple(sorted((day, start) for start, day in first_out.items()))


def latest_financial_year(day: date | None) -> tuple[date, date] | None:
    """Return the latest financial year whose national figures were out on `day`, None before the first or without a day."""
    if day is None:
        return None
    out = [start for published, start in _release_calendar() if published <= day]
    return financial_year(max(out)) if out else None
