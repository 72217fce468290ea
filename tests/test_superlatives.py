"""Claims of rank beside a number are held against the years of the series."""

from __future__ import annotations

import pytest
from stated import Y2024, check, stated, year


@pytest.mark.parametrize(
    ("value", "first", "clause", "words"),
    [
        (8778, 2024, "a record 8778 referrals were made", "the highest, which it is of the 10 periods"),
        (6922, 2023, "the 6922 referrals were the highest since 2019", "the highest, which it is of the 5 periods"),
        (
            6922,
            2023,
            "the 6922 referrals were the highest ever",
            "which it is not of the 9 periods held up to then: 7,631",
        ),
        (6922, 2023, "6922 referrals, the third highest number since 2015", "the third highest, which it is"),
        (4915, 2020, "4915, the lowest since comparable figures began", "the lowest, which it is"),
        (5737, 2018, "falling to a record low of 5737", "the lowest, which it is"),
        (6287, 2019, "falling to a record low of 6287", "the lowest, which it is not"),
    ],
)
def test_a_claim_of_rank_is_held_against_the_years_before(value: float, first: int, clause: str, words: str):
    statistic = stated(value, period=year(first), clause=clause)
    statistic.surface = str(value)
    found = check(statistic)
    assert found.verdict == "agrees"
    assert words in found.reason


@pytest.mark.parametrize(
    "clause",
    [
        "8778 referrals were recorded", "the police made the highest number, 8778", "",
        "a record 9000 crimes and 8778 referrals", "the highest ever was 300, while 8778 were referred",
        "the record shows 8778 referrals", "she kept a record of the 8778 referrals",
    ],
)  # fmt: skip
def test_no_rank_is_read_where_none_is_claimed_of_the_number(clause: str):
    statistic = stated(8778, period=Y2024, clause=clause)
    statistic.surface = "8778"
    assert "The text calls it" not in check(statistic).reason
