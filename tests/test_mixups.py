"""Mix-ups that explain a difference are named, and no others."""

from __future__ import annotations

from datetime import date

import pytest
from stated import ADOPTED, SERIES, Y2024, check, of_concern, percent, stated, year

from helpers.checks.mixups import explain_difference
from helpers.checks.questions import Question
from helpers.official.series import NATIONAL
from helpers.records import Statistic

MIXUPS = [
    (stated(6406, period=year(2020)), "the year to March 2022 instead"),
    (stated(1424, **ADOPTED), "cases discussed at a Channel panel rather than adopted Channel cases"),
    (percent(43, denominator="referrals", **of_concern("extreme_right_wing")), "adopted Channel cases rather than"),
    (percent(20, denominator="referrals:concern_specified", period=Y2024, **of_concern("extreme_right_wing")),
     "a share of all referrals"),
    (percent(56, denominator="referrals", period=Y2024, **of_concern("no_ideology_identified")),
     "no ideology (combined), which takes two categories together"),
    (percent(34, period=Y2024, **of_concern("no_ideology_combined")), "no ideology identified alone"),
    (percent(27, direction="fall", period=Y2024), "the opposite direction"),
    (percent(27, direction="rise", period=year(2023)), "the change to the year to March 2025 instead"),
    (stated(302, **of_concern("islamist", "channel_adopted")), "extreme right wing in the same period"),
    (percent(23, denominator="referrals", **ADOPTED), "cases discussed at a Channel panel rather than"),
    (percent(10, direction="rise", period=Y2024, denominator="referrals", **ADOPTED), "percentage points"),
]  # fmt: skip


@pytest.mark.parametrize(("statistic", "words"), MIXUPS, ids=[words for _, words in MIXUPS])
def test_a_mixup_that_explains_a_difference_is_named(statistic: Statistic, words: str):
    found = check(statistic)
    assert found.verdict == "differs"
    assert words in found.reason


def test_a_difference_without_a_mixup_names_none():
    reason = check(stated(6666)).reason
    assert "it would fit" not in reason


def test_the_variant_itself_is_never_offered_as_a_mixup():
    question = Question("count", "referrals", "total", ("total",), NATIONAL, year(2019))
    assert explain_difference(SERIES, question, date.max, lambda found: None) == ""
