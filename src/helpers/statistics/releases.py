"""When the national figures of each financial year came out, for phrases such as "last year"."""

from __future__ import annotations

from datetime import date
from functools import cache

from helpers.errors import TableError
from helpers.official.series import NATIONAL, financial_year, read_official
from helpers.paths import official_folder

# names that the news use for either of two official categories: the first is taken unless only the second fits
AMBIGUOUS = {"no_ideology_combined": "no_ideology_identified"}


@cache
def _figures(measure: str, category: str, start: date) -> tuple[tuple[float | None, float | None], ...]:
    """Return count and percentage of a type of concern in one financial year, a pair a release."""
    try:
        series = read_official(official_folder())
    except TableError:
        return ()
    found = series.releases_of(measure, "concern", category, financial_year(start), NATIONAL)
    return tuple((figure.count, figure.percent) for figure in found)


def fitting_category(measure: str, category: str, start: date | None, low: float, high: float, is_share: bool) -> str:
    """Return the category that an ambiguous name means, by the official figure that fits ("no clear ideology").

    Parameters
    ----------
    measure, category : str
        As read; a category without a second meaning is returned as it is.
    start : date or None
        First day of the period; without it nothing can fit.
    low, high : float
        The interval that the wording allows, in per cent for a share.
    is_share : bool
        Whether to compare with published percentages rather than counts.
    """
    other = AMBIGUOUS.get(category)
    if other is None or start is None:
        return category
    fits = {
        name: any(
            low <= value <= high for pair in _figures(measure, name, start) if (value := pair[is_share]) is not None
        )
        for name in (category, other)
    }
    return other if fits[other] and not fits[category] else category


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
    """Return the latest financial year whose national figures were out on `day`, None without any."""
    if day is None:
        return None
    out = [start for published, start in _release_calendar() if published <= day]
    return financial_year(max(out)) if out else None
