"""Faults in the official tables: percentages, bases, sums, quarters, the Channel funnel, published changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from helpers.errors import TableError
from helpers.official.rows import (
    CHANGES_COLUMNS,
    CHANGES_FILE,
    STATISTICS_COLUMNS,
    STATISTICS_FILE,
    Figure,
    Period,
    Row,
    read_figures,
    read_rows,
)
from helpers.official.series import OfficialSeries
from helpers.official.shares import HALF, ROUNDING
from helpers.official.wording import is_financial_year, number_words, period_words, year_words
from helpers.vocabulary import DIMENSIONS, OFFICIAL_MEASURES

CHECKED = ("text", "derived", "secondary")
FIGURE_MEASURES = (*OFFICIAL_MEASURES, "channel_exit_no_concern", "adoption_rate")
# Bases, and sums of other categories: no parts of a breakdown.
NOT_PARTS = frozenset({
    "gender_specified", "age_known", "concern_specified", "no_ideology_combined", "age_20_and_under", "under_18", "asd",
    "not_suitable_channel",
})  # fmt: skip
OVERLAPPING = ("concern_age", "education_setting")  # breakdowns that are parts of something other than the total
COMPLETE = frozenset({
    ("England and Wales", "2015-16", "referrals", "concern"),
    ("England and Wales", "2015-16", "channel_discussed", "concern"),
    ("England and Wales", "2015-16", "channel_adopted", "concern"),
    ("England and Wales", "2015-16", "referrals", "outcome"),
    ("England and Wales", "2017-18", "referrals", "gender"),
    ("England and Wales", "2017-18", "referrals", "outcome"),
    ("England and Wales", "2024-25", "referrals", "concern"),
    ("England and Wales", "2024-25", "referrals", "mental_health_neurodiversity"),
    ("Scotland", "2017-18", "referrals", "age"),
    ("Scotland", "2017-18", "referrals", "gender"),
    ("Scotland", "2017-18", "referrals", "outcome"),
    ("Scotland", "2022-23", "referrals", "gender"),
})  # fmt: skip


def find_official_faults(folder: Path) -> list[str]:
    """Return every fault of the official tables in a folder, one sentence each; an empty list when they are sound.

    Parameters
    ----------
    folder : Path
        Holds ``prevent_statistics.csv`` and ``prevent_changes.csv``.

    Notes
    -----
    Revisions (one figure, several values by release) are no faults. Rows that cannot be read hide the arithmetic ones,
    as no figures are there to add up; mend them first.
    """
    try:
        rows = read_rows(folder / STATISTICS_FILE, STATISTICS_COLUMNS)
        change_rows = read_rows(folder / CHANGES_FILE, CHANGES_COLUMNS)
    except TableError as error:
        return [str(error)]
    faults = [*_row_faults(rows), *_change_row_faults(change_rows, rows)]
    try:
        figures, changes = read_figures(folder)
    except TableError as error:
        return [*faults, str(error)]
    series = OfficialSeries(tuple(figures), {key: tuple(found) for key, found in changes.items()})
    for find in (_share_faults, _base_faults, _sum_faults, _quarter_faults, _funnel_faults, _change_faults):
        faults.extend(find(series))
    return faults


def find_revisions(series: OfficialSeries) -> list[str]:
    """Return the counts that releases revised, one line each: what, then the value by release."""
    found = []
    for releases in _by_key(series).values():
        counted = [figure for figure in releases if figure.count is not None]
        if len({figure.count for figure in counted}) > 1:
            values = ", ".join(f"{one.release}: {number_words(one.count or 0)} ({one.checked})" for one in counted)
            found.append(f"{_about(counted[0])}: {values}")
    return found


def _row_faults(rows: list[Row]) -> Iterator[str]:
    """Yield what is wrong with single rows, and rows that stand twice."""
    seen: set[tuple[str, ...]] = set()
    for number, row in enumerate(rows, 2):
        what = "/".join((row["measure"], row["dimension"], row["category"]))
        where = f"{STATISTICS_FILE} row {number} ({row['release']}, {what})"
        tests = (
            (not row["count"] and not row["percent"], "has neither count nor percent"),
            (row["checked"] not in CHECKED, f"checked is {row['checked']!r}, expected one of {', '.join(CHECKED)}"),
            (row["measure"] not in FIGURE_MEASURES, f"unknown measure, expected one of {', '.join(FIGURE_MEASURES)}"),
            (row["dimension"] not in DIMENSIONS, f"unknown dimension, expected one of {', '.join(DIMENSIONS)}"),
            (not row["source_url"].startswith("http"), f"source_url is {row['source_url']!r}, expected an address"),
            (row["checked"] == "text" and row["source_type"] == "secondary", "is 'text' although not official"),
            (not row["category_label"], "has no category_label"),
            (row["period_start"] >= row["period_end"], "has a period that ends before it starts"),
            (not row["release_published"] and row["geography"] == "England and Wales", "has no release_published"),
            (_is_early(row), f"was published on {row['release_published']!r}, before its period ended"),
        )  # fmt: skip
        yield from (f"{where}: {words}" for wrong, words in tests if wrong)
        yield from (f"{where}: {words}" for words in _number_faults(row))
        key = tuple(row[name] for name in STATISTICS_COLUMNS[:8] if name != "release_published")
        if key in seen:
            yield f"{where}: stands twice; keep one row for a figure in a release"
        seen.add(key)


def _is_early(row: Row) -> bool:
    """Say whether a release is dated before the end of the period that it is about."""
    published = row["release_published"]
    return bool(published) and published <= row["period_end"][: len(published)]


def _number_faults(row: Row) -> Iterator[str]:
    """Yield numbers and dates of a row that cannot be read or lie out of range."""
    for name in ("count", "percent", "base_count"):
        try:
            number = float(row[name] or 0)
        except ValueError:
            yield f"{name} is {row[name]!r}, expected a number"
            continue
        if not 0 <= number <= (100 if name == "percent" else float("inf")):
            yield f"{name} is {row[name]!r}, out of range"
    for name in ("period_start", "period_end"):
        try:
            date.fromisoformat(row[name])
        except ValueError:
            yield f"{name} is {row[name]!r}, expected a day such as 2020-03-31"


def _change_row_faults(change_rows: list[Row], rows: list[Row]) -> Iterator[str]:
    """Yield published changes of a release that the figures do not know."""
    releases = {(row["geography"], row["release"]) for row in rows}
    for number, row in enumerate(change_rows, 2):
        if (row["geography"], row["release"]) not in releases:
            yield f"{CHANGES_FILE} row {number}: no figure of release {row['release']!r} for {row['geography']} is held"


def _share_faults(series: OfficialSeries) -> Iterator[str]:
    """Yield counts above their base and percentages that neither their own nor another release's counts give."""
    for releases in _by_key(series).values():
        for figure in releases:
            if figure.count is not None and figure.base is not None and figure.count > figure.base:
                yield f"{_about(figure)}: {number_words(figure.count)} exceeds its base {number_words(figure.base)}"
            counted = [figure] if figure.count is not None else releases
            exact = [100 * one.count / one.base for one in counted if one.count is not None and one.base]
            percent = figure.percent
            if percent is not None and exact and all(abs(share - percent) > ROUNDING for share in exact):
                yield f"{_about(figure)}: the counts give {exact[0]:.1f}%, the table has {number_words(percent, '%')}"


def _base_faults(series: OfficialSeries) -> Iterator[str]:
    """Yield bases that are no total or known part of the same period."""
    wholes: dict[tuple[str, Period, str], set[float | None]] = defaultdict(set)
    for one in series.figures:
        if one.dimension == "total" or one.category in NOT_PARTS:
            wholes[one.geography, (one.period_start, one.period_end), one.measure].add(one.count)
    for one in series.figures:
        period = (one.period_start, one.period_end)
        allowed = wholes[one.geography, period, one.measure] | wholes[one.geography, period, "referrals"]
        if one.dimension == "concern_age":
            parent = series.releases_of(one.measure, "concern", one.category.split("+")[0], period, one.geography)
            allowed = allowed | {figure.count for figure in parent}
        if one.base is not None and one.base not in allowed:
            yield f"{_about(one)}: base {number_words(one.base)} is no total held for that period"


def _sum_faults(series: OfficialSeries) -> Iterator[str]:
    """Yield breakdowns that do not add up to their total, or to more than it."""
    groups: dict[tuple[str, str, str, Period, str], list[Figure]] = defaultdict(list)
    for one in series.figures:
        if one.dimension not in ("total", *OVERLAPPING) and one.category not in NOT_PARTS:
            groups[one.geography, one.release, one.measure, (one.period_start, one.period_end), one.dimension].append(
                one
            )
    for (geography, release, measure, period, dimension), parts in groups.items():
        total = series.in_release(release, (measure, "total", "total", geography, *period))
        if total is None or total.count is None:
            continue
        have = sum(part.count or 0 for part in parts)
        where = f"{geography} release {release}, {period_words(period)}, {measure} by {dimension}"
        complete = (geography, release, measure, dimension) in COMPLETE and _is_own_year(release, period)
        if have > total.count or (complete and have != total.count):
            yield f"{where}: parts add to {number_words(have)}, the total is {number_words(total.count)}"
        shares = [part.percent for part in parts if part.percent is not None]
        if sum(shares) > 100 + HALF * len(shares):
            yield f"{where}: percentages add to {sum(shares):g}"


def _is_own_year(release: str, period: Period) -> bool:
    """Say whether a period lies in the financial year that the release is named after."""
    year = int(release[:4])
    return date(year, 4, 1) <= period[0] and period[1] <= date(year + 1, 3, 31)


def _quarter_faults(series: OfficialSeries) -> Iterator[str]:
    """Yield years that are not the sum of their four quarters in the same release."""
    for year in series.figures:
        period = (year.period_start, year.period_end)
        if year.count is None or not is_financial_year(period):
            continue
        held = series.periods_of(year.measure, year.dimension, year.category, year.geography)
        inside = [one for one in held if period[0] <= one[0] and one[1] <= period[1] and one != period]
        found = [series.in_release(year.release, (*year.key[:4], *one)) for one in inside]
        counts = [one.count for one in found if one is not None and one.count is not None]
        if len(counts) == 4 and sum(counts) != year.count:
            yield f"{_about(year)}: quarters add to {number_words(sum(counts))}, the year is {number_words(year.count)}"


def _funnel_faults(series: OfficialSeries) -> Iterator[str]:
    """Yield releases with more cases discussed than referred, or more adopted than discussed."""
    steps: dict[tuple[str, str, Period], dict[str, float]] = defaultdict(dict)
    for one in series.figures:
        if one.dimension == "total" and one.count is not None and one.measure in OFFICIAL_MEASURES:
            steps[one.geography, one.release, (one.period_start, one.period_end)][one.measure] = one.count
    for (geography, release, period), counts in steps.items():
        values = [counts[measure] for measure in OFFICIAL_MEASURES if measure in counts]
        if values != sorted(values, reverse=True):
            spelt = ", ".join(f"{measure} {number_words(counts[measure])}" for measure in counts)
            yield f"{geography} release {release}, {period_words(period)}: later steps exceed earlier: {spelt}"


def _change_faults(series: OfficialSeries) -> Iterator[str]:
    """Yield published changes that the counts known to that release do not give."""
    for (measure, dimension, category, geography, later, earlier), changes in series.changes.items():
        for change in changes:
            counts = []
            for start in (later, earlier):
                period = (start, date(start.year + 1, 3, 31))
                found = series.releases_of(measure, dimension, category, period, geography)
                counts.append([one.count for one in found if one.count is not None and one.release <= change.release])
            where = f"{geography} release {change.release}, change of {measure}/{category} to {year_words(later)}"
            if not all(counts) or not counts[1][-1]:
                continue  # a gap in the tables, or nothing to rise from: no fault
            exact = 100 * (counts[0][-1] / counts[1][-1] - 1)
            room = HALF if change.percent == int(change.percent) else HALF / 10
            if abs(exact - change.percent) > room + 1e-6:
                yield f"{where}: the counts give {exact:+.2f}%, published {change.percent:+g}%"


def _by_key(series: OfficialSeries) -> dict[object, list[Figure]]:
    """Return the figures by what they are about, oldest release first."""
    found: dict[object, list[Figure]] = defaultdict(list)
    for figure in sorted(series.figures, key=lambda one: one.release):
        found[figure.key].append(figure)
    return found


def _about(figure: Figure) -> str:
    """Return where a figure stands."""
    period = period_words((figure.period_start, figure.period_end))
    what: Iterable[str] = (figure.measure, figure.dimension, figure.category)
    return f"{figure.geography} release {figure.release}, {period}, {'/'.join(what)}"
