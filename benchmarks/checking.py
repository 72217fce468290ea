"""How long judging many statistics takes: real ones of the sample corpus, varied in size, period and category."""

from __future__ import annotations

import json
import random
import sys
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

from helpers.checks.verdicts import check_statistics
from helpers.official.series import OfficialSeries, read_official
from helpers.reading import read_document
from helpers.records import Document, Statistic
from helpers.sources.files import read_folder
from helpers.vocabulary import OFFICIAL_MEASURES


def real_statistics(raw: Path) -> tuple[list[Statistic], list[Document]]:
    """Return the statistics of official measures that the texts of a folder state, and their documents."""
    texts, _ = read_folder(raw)
    found = [row for source in texts for row in read_document(source.text, source.document).statistics]
    return [row for row in found if row.measure in OFFICIAL_MEASURES], [source.document for source in texts]


def moved(day: date | None, years: int) -> date | None:
    """Return the same day some years on; 29 February becomes the 28th."""
    if day is None:
        return None
    return day.replace(year=day.year + years, day=28 if (day.month, day.day) == (2, 29) else day.day)


def vary_statistics(real: list[Statistic], series: OfficialSeries, count: int) -> list[Statistic]:
    """Return `count` statistics: each real one again and again, with another size, year and category every time."""
    chance = random.Random(0)
    varied = []
    for number in range(count):
        row = real[number % len(real)]
        scale, years = chance.uniform(0.5, 1.5), chance.randint(-3, 3)
        category = row.category
        if row.dimension not in (None, "total") and category:
            category = chance.choice(series.categories_of(row.measure, row.dimension or "") or [category])
        varied.append(
            replace(
                row,
                statistic_id=f"{row.statistic_id}:{number}",
                value=None if row.value is None else round(row.value * scale),
                value_low=row.value_low * scale,
                value_high=row.value_high * scale,
                category=category,
                period_start=moved(row.period_start, years),
                period_end=moved(row.period_end, years),
            )
        )
    return varied


def main() -> None:
    """Print the seconds for a number of statistics, and how often each verdict was given, as JSON."""
    raw, count = Path(sys.argv[1]), int(sys.argv[2])
    real, documents = real_statistics(raw)
    series = read_official(raw / "official")
    statistics = vary_statistics(real, series, count)
    begun = time.perf_counter()
    checks = check_statistics(statistics, documents, series)
    seconds = time.perf_counter() - begun
    verdicts = [check.verdict for check in checks]
    counts = {verdict: verdicts.count(verdict) for verdict in sorted(set(verdicts))}
    print(json.dumps({"seconds": seconds, "checked": len(checks), "real": len(real), "verdicts": counts}))


if __name__ == "__main__":
    main()
