"""Changes, rates and sums over years, against the periods and wholes that the text names."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from stated import ADOPTED, ALL_YEARS, INFINITE, SEEN, Y2024, check, of_concern, percent, stated, verdict, year

from helpers.records import Statistic


@pytest.mark.parametrize(
    ("statistic", "expected"),
    [
        (percent(27, direction="rise", period=Y2024), "agrees"),
        (percent(26.8, 0.1, direction="rise", period=Y2024), "agrees"),
        (percent(28, direction="rise", period=Y2024), "differs"),
        (percent(22, direction="fall", period=year(2020)), "agrees"),
        (percent(22, direction="rise", period=year(2020)), "differs"),
        (percent(40, direction="rise", period=Y2024, base=year(2019)), "agrees"),
        (percent(27, direction="rise", period=Y2024, base=year(2019)), "differs"),
        (stated(1856, direction="rise", period=Y2024), "agrees"),
        (stated(1856, direction="fall", period=Y2024), "differs"),
        (stated(2, 1.5, 2.5, kind="multiple", direction="rise", period=Y2024, **ADOPTED), "differs"),
        (stated(3, 2.5, 3.5, kind="multiple", direction="rise", period=Y2024, **ADOPTED), "agrees"),
        (stated(0.5, 0.4, 0.6, kind="multiple", direction="fall", **of_concern("islamist"), period=year(2018),
                base=year(2017)), "agrees"),
        (stated(2, 1.5, 2.5, kind="multiple", direction="fall", **of_concern("islamist"), period=year(2018),
                base=year(2017)), "agrees"),
        (stated(0.5, 0.45, 0.55, kind="multiple", direction="fall", period=year(2018)), "differs"),
        (percent(10, direction="rise", unit="percentage_point", period=Y2024, denominator="referrals", **ADOPTED),
         "agrees"),
        (percent(12, direction="rise", unit="percentage_point", period=Y2024, denominator="referrals", **ADOPTED),
         "differs"),
        (percent(20, direction="rise", period=(date(2018, 4, 1), date(2020, 3, 31))), "differs"),
        (percent(10, direction="rise", period=(date(2018, 4, 1), date(2020, 3, 31))), "agrees"),
    ],
)  # fmt: skip
def test_changes_are_checked_against_the_year_named_or_the_year_before(statistic: Statistic, expected: str):
    assert verdict(statistic) == expected


def test_points_lie_between_shares_as_they_are_printed():
    change = {"direction": "fall", "unit": "percentage_point", "denominator": "referrals"}
    years = {"period": year(2023), "base": year(2019), **of_concern("islamist")}  # from 23.65% to 13.19%
    assert verdict(percent(11, **change, **years)) == "agrees"
    assert verdict(percent(10, **change, **years)) == "agrees"
    assert verdict(percent(12, **change, **years)) == "differs"


def test_percentage_points_are_not_percent():
    share = {"direction": "rise", "period": Y2024, "denominator": "referrals", **ADOPTED}
    points = check(percent(10, **share))
    assert points.verdict == "differs"
    assert "a change in percentage points, which is not per cent" in points.reason
    relative = check(percent(127, unit="percentage_point", **share))
    assert relative.verdict == "differs"
    assert "a change in per cent, which is not percentage points" in relative.reason


def test_a_change_across_a_break_is_not_comparable_unless_the_category_kept_its_meaning():
    broken = percent(50, direction="fall", period=Y2024, base=year(2020), **of_concern("mixed_unstable_unclear"))
    found = check(broken)
    assert found.verdict == "not_comparable"
    assert "drawn up anew for 2024/25" in found.reason
    unbroken = replace(broken, period_start=year(2019)[0], period_end=year(2019)[1])
    unbroken = replace(unbroken, base_period_start=year(2018)[0], base_period_end=year(2018)[1])
    assert verdict(unbroken) == "differs"
    assert verdict(percent(37, direction="rise", period=Y2024, **of_concern("extreme_right_wing"))) == "agrees"
    assert verdict(percent(36, direction="rise", period=year(2017), **of_concern("extreme_right_wing"))) == "agrees"


@pytest.mark.parametrize(
    ("value", "per", "expected"),
    [(24, "day", "agrees"), (42, "day", "differs"), (168, "week", "agrees"), (732, "month", "agrees"),
     (735, "month", "differs"), (8778, "year", "agrees"), (24, "week", "differs")],
)  # fmt: skip
def test_a_rate_is_the_count_divided_by_the_days(value: float, per: str, expected: str):
    assert verdict(stated(value, value - 0.5, value + 0.5, kind="rate", per=per, period=Y2024)) == expected


def test_a_rate_over_years_needs_every_year():
    rate = {"kind": "rate", "per": "day", "period": (date(2021, 4, 1), date(2024, 3, 31))}
    assert verdict(stated(18.4, 18.35, 18.45, **rate)) == "agrees"
    assert verdict(stated(20, 19.5, 20.5, **rate)) == "differs"
    found = check(stated(18, 17.5, 18.5, **{**rate, "period": (date(2013, 4, 1), date(2024, 3, 31))}))
    assert found.verdict == "not_comparable"
    assert "2013/14 to 2014/15" in found.reason


@pytest.mark.parametrize(
    ("value", "low", "high", "expected"),
    [
        (60_000, 55_000, 60_000, "agrees"),
        (58_000, 58_000, INFINITE, "agrees"),
        (58_126, 58_126, 58_126, "not_comparable"),
        (70_000, 65_000, 70_000, "not_comparable"),
        (50_000, 45_000, 50_000, "differs"),
    ],
)
def test_a_sum_with_a_year_missing_goes_by_what_the_wording_allows(
    value: float, low: float, high: float, expected: str
):
    found = check(stated(value, low, high, period=ALL_YEARS), SEEN)
    assert found.verdict == expected
    assert expected == "differs" or value == 58_000 or "2014/15" in found.reason


def test_a_sum_of_few_years_may_leave_none_out():
    assert verdict(stated(20_000, 15_000, 20_000, period=(date(2014, 4, 1), date(2017, 3, 31)))) == "not_comparable"


def test_a_sum_takes_the_years_that_were_out_when_the_text_was_published():
    whole = (date(2015, 4, 1), date(2025, 11, 30))
    assert verdict(stated(58_126, period=whole), date(2025, 7, 1)) == "agrees"
    assert verdict(stated(66_904, period=whole), date(2025, 11, 30)) == "agrees"
    assert verdict(stated(66_904, period=whole), date(2025, 7, 1)) == "differs"


def test_quarters_make_up_a_half_year():
    half = (date(2024, 4, 1), date(2024, 9, 30))
    assert verdict(stated(3558, period=half)) == "agrees"
    assert verdict(stated(3559, period=half)) == "differs"
    assert verdict(stated(3558, period=(date(2024, 5, 1), date(2024, 9, 30)))) == "no_series"
