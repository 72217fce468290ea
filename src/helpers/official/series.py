"""The official series by release: what was known on a day, sums over years, published changes, broken categories."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from helpers.official.rows import Change, Figure, Key, Period, read_figures

NATIONAL = "England and Wales"
# First days of the years with a new list of concern types, and the types that kept their meaning all through.
CONCERN_BREAKS = (date(2017, 4, 1), date(2024, 4, 1))
MEMO_LIMIT = 100_000  # texts ask a few thousand different questions, hostile ones any number
STABLE_CONCERNS = frozenset({"islamist", "extreme_right_wing"})

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class YearSum:
    """The sum of one figure over financial years: the years held, the first days of the years that are missing."""

    total: float
    figures: tuple[Figure, ...]
    missing: tuple[date, ...]


@dataclass
class OfficialSeries:
    """Every figure and published change held, found by what they are about; releases stand oldest first.

    `memo` keeps what comparisons derived from the figures, which never change once read.
    """

    figures: tuple[Figure, ...]
    changes: dict[Key, tuple[Change, ...]] = field(default_factory=dict)
    memo: dict[Any, Any] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_key: dict[Key, list[Figure]] = {}
        by_release: dict[tuple[str, Key], Figure] = {}
        for figure in sorted(self.figures, key=_age):
            by_key.setdefault(figure.key, []).append(figure)
            by_release[(figure.release, figure.key)] = figure
        self._by_key = {key: tuple(found) for key, found in by_key.items()}
        self._by_release = by_release
        self._periods: dict[Key | tuple[str, ...], list[Period]] = {}
        self._categories: dict[tuple[str, str], set[str]] = {}
        self._days: dict[str, list[date]] = {}
        for measure, dimension, category, geography, start, end in sorted(self._by_key):
            self._periods.setdefault((measure, dimension, category, geography), []).append((start, end))
            self._categories.setdefault((measure, dimension), set()).add(category)
        for geography in {figure.geography for figure in self.figures}:
            self._days[geography] = sorted({one.day for one in self.figures if one.geography == geography})

    def remember(self, key: tuple[Hashable, ...], answer: Callable[[], Answer]) -> Answer:
        """Return what was answered to `key` before, else ask and keep it."""
        if key not in self.memo:
            if len(self.memo) >= MEMO_LIMIT:
                self.memo.clear()
            self.memo[key] = answer()
        found: Answer = self.memo[key]
        return found

    def releases_of(
        self, measure: str, dimension: str, category: str, period: Period, geography: str, day: date | None = None
    ) -> tuple[Figure, ...]:
        """Return a figure as each release printed it, oldest first, only those out on `day` where one is given."""
        found = self._by_key.get((measure, dimension, category, geography, *period), ())
        return found if day is None else tuple(figure for figure in found if figure.day <= day)

    def figure_as_of(
        self, measure: str, dimension: str, category: str, period: Period, geography: str, day: date | None = None
    ) -> Figure | None:
        """Return the figure as it was known on a day.

        Parameters
        ----------
        measure, dimension, category : str
            Keys of the official tables, such as ``referrals``, ``concern``, ``islamist``.
        period : tuple of date
            First and last day of the period, inclusive.
        geography : str
            ``England and Wales`` or ``Scotland``.
        day : date, optional
            Only releases that were certainly out on this day count; all of them when left out.

        Returns
        -------
        Figure or None
            The newest such release's figure; None when no release that was out holds it.
        """
        found = self.releases_of(measure, dimension, category, period, geography, day)
        return found[-1] if found else None

    def in_release(self, release: str, key: Key) -> Figure | None:
        """Return the figure that one release printed, or None."""
        return self._by_release.get((release, key))

    def periods_of(self, measure: str, dimension: str, category: str, geography: str) -> list[Period]:
        """Return the periods for which a figure is held, in order of time."""
        return self._periods.get((measure, dimension, category, geography), [])

    def categories_of(self, measure: str, dimension: str) -> list[str]:
        """Return the categories held for a measure and dimension, in alphabetical order."""
        return sorted(self._categories.get((measure, dimension), ()))

    def release_days(self, geography: str) -> list[date]:
        """Return the days on which something new was out for a geography, oldest first."""
        return self._days.get(geography, [])

    def places(self) -> list[str]:
        """Return the geographies for which figures are held."""
        return sorted(self._days)

    def has_geography(self, geography: str) -> bool:
        """Say whether any figure of this geography is held."""
        return geography in self._days

    def sum_over_years(
        self,
        measure: str,
        dimension: str,
        category: str,
        years: Iterable[date],
        geography: str,
        day: date | None = None,
    ) -> YearSum:
        """Add up a figure over financial years, newest revision of each, and name the years without a count.

        Parameters
        ----------
        years : iterable of date
            First days (1 April) of the financial years wanted.
        day : date, optional
            Only releases out on this day count.
        """
        held: list[Figure] = []
        missing: list[date] = []
        for start in years:
            found = self.releases_of(measure, dimension, category, financial_year(start), geography, day)
            counted = [figure for figure in found if figure.count is not None]
            held.extend(counted[-1:])
            missing.extend([] if counted else [start])
        return YearSum(sum(figure.count or 0.0 for figure in held), tuple(held), tuple(missing))

    def changes_of(
        self, measure: str, dimension: str, category: str, later: date, earlier: date, geography: str
    ) -> tuple[Change, ...]:
        """Return the published changes between two years given by their first days, oldest release first."""
        return self.changes.get((measure, dimension, category, geography, later, earlier), ())

    def break_between(self, dimension: str, category: str, one: date, other: date) -> date | None:
        """Return the first day of the year in which a category changed its meaning between two periods, if it did."""
        if not dimension.startswith("concern") or category.split("+")[0] in STABLE_CONCERNS:
            return None
        return next((day for day in CONCERN_BREAKS if min(one, other) < day <= max(one, other)), None)


def financial_year(start: date) -> Period:
    """Return first and last day of the financial year that begins on 1 April of `start`'s year.

    Examples
    --------
    >>> [str(day) for day in financial_year(date(2019, 4, 1))]
    ['2019-04-01', '2020-03-31']
    """
    return date(start.year, 4, 1), date(start.year + 1, 3, 31)


def read_official(folder: Path) -> OfficialSeries:
    """Read the official figures and changes of a folder; see `official_rows.read_figures` for files and errors."""
    figures, changes = read_figures(folder)
    return OfficialSeries(tuple(figures), {key: tuple(sorted(found, key=_age)) for key, found in changes.items()})


def _age(one: Figure | Change) -> tuple[date, str]:
    """Return what puts releases in order: the day they were out, then their name."""
    return one.day, one.release
