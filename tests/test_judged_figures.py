"""Figures stated in public pages or written for the test, each judged by hand before the program did (facts only)."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest
from stated import check, stated

PATH = Path(__file__).parent / "judged_figures.csv"
WORDS = (
    "kind", "unit", "modifier", "direction", "measure", "dimension", "category", "denominator", "geography", "per",
    "caveat", "combined_with",
)  # fmt: skip


def read_judged() -> list[dict[str, str]]:
    with PATH.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def day(printed: str) -> date | None:
    return date.fromisoformat(printed) if printed else None


def judged_cases() -> list[object]:
    """One case a row; a row with a gap is known to come out wrong, and has to be mended once it no longer does."""
    return [
        pytest.param(
            row, id=row["about"], marks=[pytest.mark.xfail(strict=True, reason=row["gap"])] if row["gap"] else []
        )
        for row in read_judged()
    ]


@pytest.mark.parametrize("row", judged_cases())
def test_a_verdict_is_the_one_found_by_hand(row: dict[str, str]):
    statistic = stated(
        float(row["value"]), float(row["value_low"]), float(row["value_high"]),
        denominator_value=float(row["denominator_value"]) if row["denominator_value"] else None,
        period=(day(row["period_start"]), day(row["period_end"])),
        base=(day(row["base_period_start"]), day(row["base_period_end"])),
        **{name: row[name] or None for name in WORDS},
    )  # fmt: skip
    found = check(statistic, day(row["published_date"]))
    assert found.verdict == row["expected"], found.reason


def test_the_figures_cover_every_verdict_and_hardly_any_gap():
    rows = read_judged()
    assert len(rows) >= 80
    assert {row["expected"] for row in rows} == {
        "agrees", "agreed_at_the_time", "agrees_with_other_release", "differs", "not_comparable", "no_series",
    }  # fmt: skip
    assert sum(bool(row["gap"]) for row in rows) <= 0.05 * len(rows)
