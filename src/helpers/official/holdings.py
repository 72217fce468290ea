"""Holdings: which official releases are held, and the totals of the series by year, as plain tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from helpers.official.series import OfficialSeries
from helpers.official.wording import is_financial_year, number_words, year_words
from helpers.vocabulary import OFFICIAL_MEASURES


def release_lines(series: OfficialSeries) -> list[str]:
    """Return a table of the releases held, in the order of their years: name, place, day it was out, number of figures.

    One release may have come out on several days, a row each; a day not known exactly is the first on which it was out.
    """
    held = Counter((one.release, one.day, one.geography, one.published) for one in series.figures)
    rows = [
        (release, place, published or f"by {day}", f"{count:,}")
        for (release, day, place, published), count in sorted(held.items())
    ]
    return _table(("release", "geography", "published", "figures"), rows)


def total_lines(series: OfficialSeries) -> list[str]:
    """Return a table of the totals by financial year, newest revision of each; a dash where none is held."""
    rows = []
    for place in series.places():
        held = {measure: series.periods_of(measure, "total", "total", place) for measure in OFFICIAL_MEASURES}
        for period in sorted({one for periods in held.values() for one in periods if is_financial_year(one)}):
            found = [series.figure_as_of(measure, "total", "total", period, place) for measure in OFFICIAL_MEASURES]
            counts = [number_words(one.count) if one and one.count is not None else "–" for one in found]
            rows.append((place, year_words(period[0]), *counts))
    return _table(("geography", "year", *OFFICIAL_MEASURES), rows)


def _table(header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> list[str]:
    """Return lines of columns as wide as their widest cell, numbers to the right."""
    widths = [max(map(len, column)) for column in zip(header, *rows, strict=True)]
    is_number = [
        all(row[place].replace(",", "").isdigit() or row[place] == "–" for row in rows) for place in range(len(header))
    ]
    return [
        "  ".join(
            cell.rjust(width) if right else cell.ljust(width)
            for cell, width, right in zip(row, widths, is_number, strict=True)
        ).rstrip()
        for row in (header, *rows)
    ]
