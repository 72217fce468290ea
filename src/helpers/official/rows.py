"""The rows of the official tables: figures and published changes by release, and the day each was certainly out."""

from __future__ import annotations

import calendar
import csv
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from helpers.errors import TableError, listing

STATISTICS_FILE = "prevent_statistics.csv"
CHANGES_FILE = "prevent_changes.csv"
STATISTICS_COLUMNS = (
    "release", "release_published", "geography", "period_start", "period_end", "measure", "dimension", "category",
    "category_label", "count", "percent", "source_url", "checked", "base_count", "source_type", "note",
)  # fmt: skip
CHANGES_COLUMNS = (
    "release", "geography", "measure", "period_start", "previous_period_start", "dimension", "category",
    "change_percent", "source_url", "checked",
)  # fmt: skip
Period = tuple[date, date]
Key = tuple[str, str, str, str, date, date]

Row = dict[str, str]
Parsed = TypeVar("Parsed")
Releases = dict[tuple[str, str], tuple[str, date]]


@dataclass(frozen=True, slots=True)
class Figure:
    """One official figure as one release printed it; `count` is a number of people or referrals, `percent` 0-100.

    `published` is the day as printed (perhaps only a month, or empty); `day` is the first day on which the figure is
    certain to have been out.
    """

    release: str
    published: str
    day: date
    geography: str
    period_start: date
    period_end: date
    measure: str
    dimension: str
    category: str
    label: str
    count: float | None
    percent: float | None
    base: float | None
    source_url: str
    checked: str

    @property
    def key(self) -> Key:
        """Return what the figure is about, whichever release it stands in."""
        return (self.measure, self.dimension, self.category, self.geography, self.period_start, self.period_end)


@dataclass(frozen=True, slots=True)
class Change:
    """One published change between two years in per cent, positive for a rise."""

    release: str
    published: str
    day: date
    percent: float
    source_url: str


def read_rows(path: Path, columns: tuple[str, ...]) -> list[Row]:
    """Return the rows of a CSV as printed; raises `TableError` when the file or one of its columns is missing."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream, restval="")
            rows = list(reader)
    except FileNotFoundError:
        raise TableError(
            f"there is no {path.name} in {str(path.parent)!r}; put the official figures there, or name another folder"
        ) from None
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        said = getattr(error, "strerror", None) or error
        raise TableError(f"{path} cannot be read ({said}); put the official figures there") from None
    missing = [name for name in columns if name not in (reader.fieldnames or ())]
    if missing:
        raise TableError(f"{path} lacks the columns {missing}; expected {', '.join(columns)}")
    return rows


def read_figures(folder: Path) -> tuple[list[Figure], dict[Key, list[Change]]]:
    """Return all figures and published changes of a folder.

    Parameters
    ----------
    folder : Path
        Holds ``prevent_statistics.csv`` and ``prevent_changes.csv`` (`STATISTICS_COLUMNS`, `CHANGES_COLUMNS`).

    Raises
    ------
    TableError
        When a file or column is missing, or dates or numbers cannot be read; every such row is listed.
    """
    rows = read_rows(folder / STATISTICS_FILE, STATISTICS_COLUMNS)
    releases = release_days(rows)
    faults: list[str] = []
    figures = list(_parsed(rows, STATISTICS_FILE, releases, _figure, faults))
    change_rows = read_rows(folder / CHANGES_FILE, CHANGES_COLUMNS)
    changes: dict[Key, list[Change]] = {}
    for key, change in _parsed(change_rows, CHANGES_FILE, releases, _change, faults):
        changes.setdefault(key, []).append(change)
    if faults:
        raise TableError(f"official figures in {folder} cannot be read; mend these rows:\n{listing(faults)}")
    return figures, changes


def release_days(rows: list[Row]) -> Releases:
    """Return, by geography and release, its day as printed and the first day on which it was certainly out.

    Notes
    -----
    A release with only a month counts as out from the last day of that month. One without any day counts as out when
    the next dated release of the same geography was, else on no day (`date.max`).
    """
    printed = {(row["geography"], row["release"]): row["release_published"] for row in rows}
    days = {release: certain_day(text) for release, text in printed.items()}
    for geography, name in [release for release, day in days.items() if day == date.max]:
        later = [day for (other, newer), day in days.items() if other == geography and newer > name]
        days[geography, name] = min(later, default=date.max)
    return {release: (printed[release], day) for release, day in days.items()}


def certain_day(printed: str) -> date:
    """Return the last day that a printed day or month may mean; `date.max` for anything else.

    Examples
    --------
    >>> print(certain_day("2023-01"), certain_day("2020-11-26"))
    2023-01-31 2020-11-26
    """
    try:
        if len(printed) == len("2023-01"):
            first = date.fromisoformat(f"{printed}-01")
            return first.replace(day=calendar.monthrange(first.year, first.month)[1])
        return date.fromisoformat(printed)
    except ValueError:
        return date.max


def _parsed(
    rows: list[Row], name: str, releases: Releases, parse: Callable[[Row, Releases], Parsed], faults: list[str]
) -> Iterator[Parsed]:
    """Yield the rows that can be read and note the others."""
    for number, row in enumerate(rows, 2):
        try:
            yield parse(row, releases)
        except ValueError as error:
            faults.append(f"{name} row {number}: {error}")


def _figure(row: Row, releases: Releases) -> Figure:
    """Return one row as a figure."""
    count, percent, base = (_number(row[name]) for name in ("count", "percent", "base_count"))
    start, end = date.fromisoformat(row["period_start"]), date.fromisoformat(row["period_end"])
    published, day = releases[row["geography"], row["release"]]
    return Figure(
        row["release"], published, day, row["geography"], start, end, row["measure"], row["dimension"], row["category"],
        row["category_label"], count, percent, base, row["source_url"], row["checked"],
    )  # fmt: skip


def _change(row: Row, releases: Releases) -> tuple[Key, Change]:
    """Return one row as a published change and what it is about: its key ends in the later and the earlier year."""
    years = date.fromisoformat(row["period_start"]), date.fromisoformat(row["previous_period_start"])
    published, day = releases.get((row["geography"], row["release"]), ("", date.max))
    change = Change(row["release"], published, day, _number(row["change_percent"]) or 0.0, row["source_url"])
    return (row["measure"], row["dimension"], row["category"], row["geography"], *years), change


def _number(printed: str) -> float | None:
    """Return a printed number, None for an empty field; raises `ValueError` for anything else, infinity included."""
    number = float(printed) if printed else None
    if number is not None and not math.isfinite(number):
        raise ValueError(f"not a finite number: {printed!r}")
    return number
