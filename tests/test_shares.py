"""Shares of every whole in use, fractions, ratios, bounds, and groups made up of parts."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from stated import ADOPTED, DISCUSSED, Y2024, check, of_concern, percent, stated, verdict, year

from helpers.reports.evidence import official_words


@pytest.mark.parametrize(
    ("value", "denominator", "expected"),
    [
        (21, "referrals", "agrees"),  # as the release words it
        (20, "referrals", "agrees"),  # as the counts give it
        (21, "referrals:concern_specified", "agrees"),
        (20, "referrals:concern_specified", "differs"),
        (21, None, "agrees"),
        (20, None, "agrees"),
        (22, "referrals", "differs"),
        (22, None, "differs"),
        (19, "referrals", "differs"),
    ],
)
def test_a_share_is_checked_on_the_whole_that_the_text_names(value: float, denominator: str | None, expected: str):
    statistic = percent(value, denominator=denominator, period=Y2024, **of_concern("extreme_right_wing"))
    assert verdict(statistic) == expected


def test_where_no_whole_is_named_the_reason_says_which_one_fits():
    reason = check(percent(20, period=Y2024, **of_concern("extreme_right_wing"))).reason
    assert "the text names no whole, the share of all referrals fits" in reason


def test_the_share_of_a_concern_that_was_adopted_is_no_share_of_channel_cases():
    group = of_concern("islamist", "channel_adopted")
    assert verdict(percent(26, denominator="referrals:islamist", period=Y2024, **group)) == "agrees"
    assert verdict(percent(26, denominator="referrals", period=Y2024, **group)) == "agrees"
    assert verdict(percent(26, denominator="channel_adopted", period=Y2024, **group)) == "differs"
    assert verdict(percent(15, denominator="channel_adopted", period=Y2024, **group)) == "agrees"
    assert verdict(percent(15, denominator="referrals:islamist", period=Y2024, **group)) == "differs"


def test_those_known_are_the_total_less_the_unknown():
    group = {"period": year(2015), **of_concern("islamist")}
    assert verdict(percent(77, denominator="referrals:concern_specified", **group)) == "agrees"
    assert verdict(percent(65, denominator="referrals:concern_specified", **group)) == "differs"
    assert verdict(percent(77, denominator="referrals", **group)) == "differs"
    assert (
        "a share of referrals with a known type of concern"
        in check(percent(77, denominator="referrals", **group)).reason
    )


def test_a_published_adoption_rate_needs_no_counts():
    group = of_concern("no_ideology_combined", "channel_adopted")
    rate = {"denominator": "referrals:no_ideology_combined", "period": Y2024, **group}
    assert verdict(percent(7, **rate)) == "agrees"
    assert verdict(percent(9, **rate)) == "differs"


def test_channel_totals_are_shares_of_referrals():
    assert verdict(percent(23, denominator="referrals", **DISCUSSED)) == "agrees"
    assert verdict(percent(11, denominator="referrals", **DISCUSSED)) == "differs"
    assert verdict(percent(49, denominator="channel_discussed", **ADOPTED)) == "agrees"
    assert verdict(percent(50, denominator="channel_discussed", **ADOPTED)) == "differs"


@pytest.mark.parametrize(
    ("low", "high", "expected"), [(50, 60, "agrees"), (47.5, 52.5, "agrees"), (60, 70, "differs"), (40, 50, "differs")]
)
def test_fractions_are_shares(low: float, high: float, expected: str):
    group = {"dimension": "concern", "category": "mixed_unstable_unclear"}
    assert verdict(stated(50, low, high, kind="fraction", **group)) == expected


def test_a_figure_finer_than_the_published_percentage_is_left_open():
    group = of_concern("islamist")
    of_2022 = {"period": year(2022), "denominator": "referrals", **group}
    assert verdict(percent(11, **of_2022)) == "agrees"
    assert verdict(percent(11.3, 0.1, **of_2022)) == "no_series"
    assert verdict(percent(12.3, 0.1, **of_2022)) == "differs"
    assert verdict(percent(23.7, 0.1, denominator="referrals", **group)) == "agrees"
    assert verdict(percent(24.3, 0.1, denominator="referrals", **group)) == "differs"


def test_a_count_under_a_published_percentage_is_judged_by_its_bounds():
    of_2022 = {"period": year(2022), **ADOPTED}
    for inside in (580, 645, 647):
        found = check(stated(inside, **of_2022))
        assert found.verdict == "no_series"
        assert "580 to 647" in found.reason
        assert (found.official_value, found.difference, found.official_release) == (None, None, "2023-24")
    assert verdict(stated(579, **of_2022)) == "differs"
    assert verdict(stated(654, **of_2022)) == "differs"
    assert verdict(stated(600, 550, 650, **of_2022)) == "agrees"


def test_an_official_value_that_is_only_bounded_is_shown_with_its_bounds():
    number = stated(579, period=year(2022), **ADOPTED)
    found = check(number)
    assert found.verdict == "differs"
    shown = SimpleNamespace(kind=number.kind, unit=number.unit, **asdict(found))
    assert official_words(shown) == "580 to 647"
    exact = check(stated(6287))
    assert (exact.official_low, exact.official_high) == (None, None)


def test_a_ratio_is_checked_with_its_whole():
    group = of_concern("extreme_right_wing", "channel_adopted")
    ratio = {"kind": "ratio", "unit": "cases", **group}
    assert verdict(stated(302, denominator_value=697, denominator="channel_adopted", **ratio)) == "agrees"
    assert verdict(stated(302, denominator_value=679, denominator="channel_adopted", **ratio)) == "differs"
    assert verdict(stated(302, denominator_value=679, **ratio)) == "not_comparable"
    assert verdict(stated(203, denominator_value=697, denominator="channel_adopted", **ratio)) == "differs"


def test_a_stated_zero_is_a_count_like_any_other():
    quarter = (date(2015, 7, 1), date(2015, 9, 30))
    assert verdict(stated(0, period=quarter, **of_concern("other", "channel_adopted"))) == "agrees"
    assert verdict(stated(0, **of_concern("islamist"))) == "differs"


@pytest.mark.parametrize(
    ("fields", "right", "wrong"),
    [
        ({"dimension": "sector", "category": "police"}, 1950, 1928),
        ({"dimension": "age", "category": "under_15"}, 1559, 1864),
        ({"dimension": "gender", "category": "male"}, 5514, 5541),
        ({"dimension": "region", "category": "south_east"}, 867, 876),
        ({"dimension": "outcome", "category": "no_further_action", "period": Y2024}, 2636, 2366),
        ({"dimension": "outcome", "category": "discussed_channel"}, 1424, 1242),
        ({"dimension": "mental_health_neurodiversity", "category": "asd", "period": Y2024}, 1226, 1262),
        ({"period": (date(2025, 1, 1), date(2025, 3, 31))}, 3287, 3288),
    ],
)
def test_every_dimension_can_be_checked(fields: dict[str, Any], right: float, wrong: float):
    assert verdict(stated(right, **fields)) == "agrees"
    assert verdict(stated(wrong, **fields)) == "differs"


def test_categories_taken_together_are_added():
    pair = {"combined_with": "extreme_right_wing", "caveat": "combined", "denominator": "channel_adopted"}
    group = of_concern("islamist", "channel_adopted")
    assert verdict(percent(73, **pair, **group)) == "agrees"
    assert verdict(stated(512, **pair, **group)) == "agrees"
    found = check(percent(43, **pair, **group))
    assert found.verdict == "differs"
    assert "it would fit extreme right wing alone" in found.reason


def test_categories_taken_together_need_every_one_of_them():
    pair = {"combined_with": "school_massacre", "caveat": "combined"}
    found = check(stated(2000, **pair, **of_concern("islamist")))
    assert found.verdict == "not_comparable"
    assert "no figure is held for school massacre" in found.reason


def test_a_number_for_each_must_fit_each():
    pair = {"dimension": "sector", "category": "police", "combined_with": "education", "caveat": "each"}
    assert verdict(percent(31, **pair)) == "agrees"
    assert verdict(percent(30, **pair, period=Y2024)) == "differs"
    assert verdict(percent(31, **{**pair, "combined_with": "health"})) == "no_series"


def test_a_group_that_is_held_in_parts_is_added_up():
    young = {"dimension": "age", "category": "age_20_and_under", "period": year(2015)}
    assert verdict(stated(4274, **young)) == "agrees"
    assert verdict(stated(4275, **young)) == "differs"
    assert verdict(stated(50, 50, 60, kind="fraction", **young)) == "agrees"
    assert verdict(percent(60, **young)) == "differs"


def test_a_share_over_years_needs_every_year():
    police = {"dimension": "sector", "category": "police", "denominator": "referrals"}
    assert verdict(percent(29, period=(date(2019, 4, 1), date(2024, 3, 31)), **police)) == "differs"
    assert verdict(percent(31, period=(date(2019, 4, 1), date(2024, 3, 31)), **police)) == "differs"
    assert verdict(percent(30, period=(date(2019, 4, 1), date(2024, 3, 31)), **police)) == "agrees"
    found = check(percent(30, period=(date(2015, 4, 1), date(2024, 3, 31)), **police))
    assert found.verdict == "not_comparable"
    assert "no figure is held for 2017/18 to 2018/19" in found.reason


def test_a_count_whose_release_prints_no_whole_takes_the_one_then_known():
    found = check(percent(37, denominator="channel_adopted", period=year(2016),
                          **of_concern("extreme_right_wing", "channel_adopted")))  # fmt: skip
    assert found.verdict == "agrees"
    assert "124 of 332" in found.reason
    assert "the whole from release 2016-17" in found.reason
