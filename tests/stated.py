"""Stated figures for the tests of the verdicts: a statistic in one line, and its verdict."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from helpers.checks.verdicts import judge
from helpers.official.series import NATIONAL, financial_year, read_official
from helpers.records import Check, Statistic

ROOT = Path(__file__).parents[1]
SERIES = read_official(ROOT / "data" / "raw" / "official")
INFINITE = float("inf")


def year(first: int) -> tuple[date, date]:
    return financial_year(date(first, 4, 1))


def stated(value: float | None, low: float | None = None, high: float | None = None, **fields: Any) -> Statistic:
    """Return a statistic about all referrals of 2019/20 in England and Wales, unless fields say otherwise."""
    period = fields.pop("period", year(2019))
    base = fields.pop("base", (None, None))
    kind = fields.pop("kind", "count")
    defaults = {"percentage": "percent", "fraction": "percent", "multiple": "times"}
    values: dict[str, Any] = {
        "unit": defaults.get(kind, "referrals"), "measure": "referrals", "dimension": "total", "category": "total",
        "geography": NATIONAL, "period_start": period[0], "period_end": period[1], "base_period_start": base[0],
        "base_period_end": base[1],
    }  # fmt: skip
    bottom = low if low is not None else value
    top = high if high is not None else value
    assert bottom is not None
    assert top is not None
    return Statistic("d:0", "d", "d:0", 0, 1, str(value), kind, value, bottom, top, **{**values, **fields})


def percent(value: float, grain: float = 1.0, **fields: Any) -> Statistic:
    return stated(value, value - grain / 2, value + grain / 2, kind="percentage", **fields)


def of_concern(category: str, measure: str = "referrals") -> dict[str, Any]:
    return {"measure": measure, "dimension": "concern", "category": category}


def check(statistic: Statistic, published: date | None = None, as_of: date | None = None) -> Check:
    return judge(statistic, published, SERIES, as_of)


def verdict(statistic: Statistic, published: date | None = None, as_of: date | None = None) -> str:
    return check(statistic, published, as_of).verdict


ADOPTED = {"measure": "channel_adopted"}
DISCUSSED = {"measure": "channel_discussed"}
ALL_YEARS = (date(2015, 2, 14), date(2025, 2, 14))
SEEN = date(2025, 2, 14)
Y2024 = year(2024)
