"""What a stated number says, as a question to the official series, and the financial years that a long period means."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from helpers.official.rows import Period
from helpers.official.series import financial_year
from helpers.official.shares import Subject

FIRST_YEAR, LAST_YEAR = 2000, 2100  # no other year can be missing from a sum: the programme is younger


@dataclass(frozen=True, slots=True)
class Question:
    """What a stated number says, without the number: equal questions have equal official answers.

    `form` is ``count``, ``share``, ``rate``, ``change`` (per cent), ``points``, ``difference`` (of counts) or
    ``multiple``; the last four run from `base_period` to `period`. `sign` is -1 for a fall. `categories` are taken
    together. `known_by` is the day up to which years count into a sum.
    """

    form: str
    measure: str
    dimension: str
    categories: tuple[str, ...]
    geography: str
    period: Period
    base_period: Period | None = None
    sign: int = 1
    denominator: str | None = None
    per: str | None = None
    known_by: date = date.max

    def subjects(self) -> list[Subject]:
        """Return one subject for each category."""
        return [Subject(self.measure, self.dimension, category, self.geography) for category in self.categories]


def years_of(period: Period, known_by: date) -> list[date]:
    """Return the first days of the financial years that a longer period stands for, as far as ended by a day.

    A period that begins with a month (``2015-04-01``, ``2015-01-01``) takes the years that lie wholly in it; one that
    runs up to a day ("the last decade") takes the years that ended in it.
    """
    start, end = period
    wholly = start.day == 1 and start.month in (1, 4)
    last = min(end.year, known_by.year, LAST_YEAR)
    years = [date(year, 4, 1) for year in range(max(start.year - 1, FIRST_YEAR), last + 1)]
    ended = [year for year in years if start < financial_year(year)[1] <= min(end, known_by)]
    return [year for year in ended if year >= start] if wholly else ended


def is_long(period: Period) -> bool:
    """Say whether a period is longer than a year, so that it takes a sum."""
    return (period[1] - period[0]).days > 366
