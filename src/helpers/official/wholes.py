"""The wholes that official figures are shares of: which are in use, and what a printed base belongs to."""

from __future__ import annotations

from collections.abc import Iterable

from helpers.official.rows import Figure
from helpers.official.series import OfficialSeries

SPECIAL_BASES = {"concern": "concern_specified", "gender": "gender_specified", "age": "age_known"}
TOTAL = ("total", "total")
UNKNOWN = {"concern_specified": "unspecified", "gender_specified": "gender_not_specified", "age_known": "age_unknown"}
EARLIER_STEPS = {"channel_adopted": ("referrals", "channel_discussed"), "channel_discussed": ("referrals",)}


def bases(series: OfficialSeries, figure: Figure) -> dict[str, float]:
    """Return every whole in the figure's own release that its count can be a share of, the usual one first."""
    found: dict[str, float | None] = {}
    if figure.base:
        found[base_name(series, figure) or figure.measure] = figure.base
    for name, subject in wholes_of(figure):
        found.setdefault(name, _count(series, figure, subject) or _known_part(series, figure, subject))
    return {name: whole for name, whole in found.items() if whole}


def wholes_of(figure: Figure) -> Iterable[tuple[str, tuple[str, str, str]]]:
    """Yield what a figure can be a share of: the name as a denominator, and the figure that is its count."""
    measure, dimension, category = figure.measure, figure.dimension, figure.category
    earlier = EARLIER_STEPS.get(measure, ())
    if dimension == "total":
        yield from ((step, (step, *TOTAL)) for step in earlier)
        return
    yield measure, (measure, *TOTAL)
    if special := SPECIAL_BASES.get(dimension):
        yield f"{measure}:{special}", (measure, dimension, special)
    if dimension == "concern_age":
        parent = category.split("+")[0]
        yield f"{measure}:{parent}", (measure, "concern", parent)
    for step in earlier:
        yield step, (step, *TOTAL)
        yield f"{step}:{category}", (step, dimension, category)


def base_name(series: OfficialSeries, figure: Figure) -> str | None:
    """Return the denominator that the figure's printed base belongs to; None when no base was printed."""
    if figure.measure == "adoption_rate":
        return f"referrals:{figure.category}"
    if figure.dimension == "total" and figure.measure != "referrals":
        return "referrals"
    if figure.base is None:
        return None
    special = SPECIAL_BASES.get(figure.dimension)
    if special and figure.base == _count(series, figure, (figure.measure, figure.dimension, special)):
        return f"{figure.measure}:{special}"
    if figure.dimension == "concern_age":
        return f"{figure.measure}:{figure.category.split('+')[0]}"
    return figure.measure


def _known_part(series: OfficialSeries, figure: Figure, subject: tuple[str, str, str]) -> float | None:
    """Return how many are known where a release only prints how many are not: the total less the unknown."""
    measure, dimension, category = subject
    total = _count(series, figure, (measure, *TOTAL))
    unknown = _count(series, figure, (measure, dimension, UNKNOWN.get(category, "")))
    return None if total is None or unknown is None else total - unknown


def _count(series: OfficialSeries, figure: Figure, subject: tuple[str, str, str]) -> float | None:
    """Return the count of another subject in the figure's own release, place and period."""
    other = series.in_release(figure.release, (*subject, figure.geography, figure.period_start, figure.period_end))
    return other.count if other else None
