"""What must hold for the verdict on any stated figure, however it is worded."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stated import ALL_YEARS, INFINITE, SEEN, SERIES, check, of_concern, percent, stated, verdict, year

from helpers.official.series import NATIONAL
from helpers.official.shares import Subject, share_readings

GROUPS = [
    (measure, category, first)
    for measure, category, first in (
        (one.measure, one.category, one.period_start.year)
        for one in SERIES.figures
        if one.dimension == "concern" and one.geography == NATIONAL and one.measure != "adoption_rate"
        and one.period_end == year(one.period_start.year)[1]
    )
]  # fmt: skip


@given(group=st.sampled_from(GROUPS), share=st.integers(0, 100), named=st.booleans())
@settings(max_examples=150, deadline=None)
def test_a_verdict_does_not_depend_on_how_a_share_is_stated(group: tuple[str, str, int], share: int, named: bool):
    measure, category, first = group
    fields: dict[str, Any] = {**of_concern(category, measure), "period": year(first)}
    fields["denominator"] = measure if named else None
    as_percent = check(percent(share, **fields))
    of_hundred = check(stated(share, kind="ratio", denominator_value=100, **fields))
    parts = stated(share / 100, (share - 0.5) / 100, (share + 0.5) / 100, kind="fraction", unit="share", **fields)
    as_part = check(parts)
    assert as_percent.verdict == of_hundred.verdict == as_part.verdict
    assert as_percent.official_value == of_hundred.official_value == as_part.official_value


FIGURES = [one for one in SERIES.figures if one.measure in ("referrals", "channel_discussed", "channel_adopted")]


@given(
    figure=st.sampled_from(FIGURES),
    offset=st.floats(-0.2, 0.2),
    down=st.floats(0, 2000),
    up=st.one_of(st.floats(0, 2000), st.just(INFINITE)),
    published=st.one_of(st.none(), st.dates(date(2016, 1, 1), date(2026, 1, 1))),
)
@settings(max_examples=300, deadline=None)
def test_a_wider_wording_never_turns_agrees_into_differs(
    figure: Any, offset: float, down: float, up: float, published: date | None
):
    is_share = figure.count is None
    value = (figure.percent if is_share else figure.count) * (1 + offset * (offset > 0.05))
    exact = stated(
        value, value - 0.5, value + 0.5, kind="percentage" if is_share else "count", measure=figure.measure,
        dimension=figure.dimension, category=figure.category, geography=figure.geography,
        period=(figure.period_start, figure.period_end),
    )  # fmt: skip
    wider = replace(exact, value_low=exact.value_low - down, value_high=exact.value_high + up)
    order = ("agrees", "agreed_at_the_time", "agrees_with_other_release", "not_comparable", "differs")
    before, after = (order.index(verdict(one, published)) for one in (exact, wider))
    assert after <= before


@given(low=st.integers(40_000, 70_000), width=st.integers(0, 20_000), more=st.integers(0, 20_000))
@settings(max_examples=100, deadline=None)
def test_a_wider_sum_never_turns_agrees_into_differs(low: int, width: int, more: int):
    narrow = stated(low, low, low + width, period=ALL_YEARS)
    wide = stated(low, low - more, low + width + more, period=ALL_YEARS)
    if verdict(narrow, SEEN) == "agrees":
        assert verdict(wide, SEEN) == "agrees"


def test_every_figure_held_agrees_with_itself_when_it_was_published():
    for one in FIGURES:
        fields = {"measure": one.measure, "dimension": one.dimension, "category": one.category}
        fields |= {"geography": one.geography, "period": (one.period_start, one.period_end)}
        if one.count is not None:
            assert verdict(stated(one.count, **fields), one.day, one.day) == "agrees", one
        if one.percent is not None:
            assert verdict(percent(one.percent, **fields), one.day, one.day) == "agrees", one


def test_every_share_held_agrees_on_its_own_denominator():
    n_shares = 0
    for one in FIGURES:
        subject = Subject(one.measure, one.dimension, one.category, one.geography)
        period = (one.period_start, one.period_end)
        for share in share_readings(SERIES, subject, period, date.max):
            if share.denominator is None:
                continue
            fields = {"measure": one.measure, "dimension": one.dimension, "category": one.category}
            fields |= {"geography": one.geography, "period": period, "denominator": share.denominator}
            assert verdict(percent(share.value, 0.001, **fields)) == "agrees", share
            n_shares += 1
    assert n_shares > 500


@pytest.mark.parametrize("days", [(date.min, date.max), (date.max, date.max), (date.min, date.min)])
def test_the_ends_of_the_calendar_are_periods_like_others(days: tuple[date, date]):
    for direction in ("level", "rise"):
        assert verdict(stated(5, period=days, direction=direction), date.max) != "agrees"
        moved = stated(5, period=year(2019), base=days, direction=direction, kind="multiple")
        assert verdict(moved, date.min) != "agrees"


@given(
    values=st.lists(st.floats(allow_nan=False), min_size=2, max_size=2),
    kind=st.sampled_from(["count", "percentage", "fraction", "ratio", "multiple", "rate", "duration", "money"]),
    direction=st.sampled_from(["level", "rise", "fall"]),
    unit=st.sampled_from(["percent", "percentage_point", "people", "times", ""]),
    dimension=st.sampled_from([None, "total", "concern", "age", "concern_age", "outcome"]),
    category=st.sampled_from([None, "total", "islamist", "under_15", "islamist+under_15", "", "|"]),
    days=st.lists(st.one_of(st.none(), st.dates()), min_size=4, max_size=4),
    whole=st.one_of(st.none(), st.sampled_from([0.0, 5.0, 100.0, 697.0, -1.0])),
    per=st.sampled_from([None, "day", "week", "month", "year", "100000"]),
    caveat=st.sampled_from([None, "combined", "each"]),
    published=st.one_of(st.none(), st.dates()),
)
@settings(max_examples=400, deadline=None)
def test_odd_statistics_get_a_verdict_and_never_an_exception(
    values: list[float], kind: str, direction: str, unit: str, dimension: str | None, category: str | None,
    days: list[date | None], whole: float | None, per: str | None, caveat: str | None, published: date | None,
):  # fmt: skip
    low, high = sorted(values)
    start, end = sorted(days[:2], key=lambda day: day or date.min)
    base = sorted(days[2:], key=lambda day: day or date.min)
    statistic = stated(
        low, low, high, kind=kind, direction=direction, unit=unit, dimension=dimension, category=category,
        period=(start, end), base=(base[0], base[1]), denominator_value=whole, per=per, caveat=caveat,
        combined_with="islamist" if caveat else None,
    )  # fmt: skip
    found = check(statistic, published)
    assert found.reason.endswith(".")
    assert len(found.reason) < 3000
