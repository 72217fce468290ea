"""The counts that a text stated before and that later shares may be shares of."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from helpers.records import Statistic

BASES = {"concern_specified": "concern", "gender_specified": "gender", "age_known": "age"}


class Whole(NamedTuple):
    """A count that later shares may be shares of: its value, its name as a denominator, when and where it held."""

    value: float | None
    denominator: str
    sentence: int = 0
    start: date | None = None
    geography: str | None = None


def as_whole(row: Statistic) -> Whole:
    """Return a count as the whole of later shares: its value and its name as a denominator."""
    is_part = row.category is not None and (row.dimension == "concern" or row.category in BASES)
    name = f"{row.measure}:{row.category}" if is_part else row.measure
    return Whole(float(row.value or 0), name, geography=row.geography)
