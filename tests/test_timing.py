"""The period of a number: stated, compared, pointed at, inherited or blocked."""

from __future__ import annotations

from datetime import date

import pytest
from reads import statistics_in, the_only


def years(text: str) -> dict[str, str | None]:
    """Surface and financial year ("2023/24") of each number of a text."""
    return {
        row.surface: f"{row.period_start.year}/{row.period_end.year % 100:02d}" if row.period_start else None
        for row in statistics_in(text)
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("There were 6,922 referrals in the year to March 2024.", {"6,922": "2023/24"}),
        ("Referrals rose from 6,406 in 2021/22 to 6,817 in 2022/23.", {"6,406": "2021/22", "6,817": "2022/23"}),
        (
            "There were 6,817 referrals in 2022/23, compared with 6,406 the year before.",
            {"6,817": "2022/23", "6,406": "2021/22"},
        ),
        ("In 2022/23 referrals rose to 6,817 from 6,406.", {"6,817": "2022/23", "6,406": "2021/22"}),
        (
            "In 2021/22 there were 6,406 referrals; in 2022/23 there were 6,817.",
            {"6,406": "2021/22", "6,817": "2022/23"},
        ),
        (
            "There were 6,406 referrals in 2021/22. The following year there were 6,817.",
            {"6,406": "2021/22", "6,817": "2022/23"},
        ),
        (
            "There were 6,817 referrals in 2022/23. The previous year there were 6,406.",
            {"6,817": "2022/23", "6,406": "2021/22"},
        ),
        ("There were 6,817 referrals last year.", {"6,817": "2023/24"}),
        (
            "In 2023/24 they fell. There were 6,922 referrals, the most outside 2015/16 (7,631) and 2017/18 (7,318).",
            {"6,922": "2023/24", "7,631": "2015/16", "7,318": "2017/18"},
        ),
        (
            "There were 6,922 referrals in 2023/24. In the bulletin of December, 2,788 were referred by schools.",
            {"6,922": "2023/24", "2,788": "2023/24"},
        ),
        (
            "There were 6,922 referrals in 2023/24, up 1.5% on the previous year's 6,817.",
            {"6,922": "2023/24", "1.5%": "2023/24", "6,817": "2022/23"},
        ),
        (
            "Adopted cases went from 13% of referrals in 2020/21 to 12% and then 9%.",
            {"13%": "2020/21", "12%": "2021/22", "9%": "2022/23"},
        ),
        (
            "Adopted cases went from 14% of referrals in 2020/21 to 13% in 2021/22 and then to 9%.",
            {"14%": "2020/21", "13%": "2021/22", "9%": "2022/23"},
        ),
        (
            "There were 6,922 referrals and 512 adoptions in 2023/24, up from 6,817 and 645 respectively.",
            {"6,922": "2023/24", "512": "2023/24", "6,817": "2022/23", "645": "2022/23"},
        ),
    ],
)
def test_a_number_has_the_year_that_its_words_give_it(text, expected):
    assert years(text) == expected


def test_official_measures_inherit_the_period_of_the_sentences_before():
    rows = statistics_in("There were 6,922 referrals in 2023/24. Of these, 902 were discussed at a panel.")
    assert [row.period_source for row in rows] == ["stated", "inherited"]
    assert rows[1].period_start == date(2023, 4, 1)


def test_durations_and_ages_have_no_period():
    rows = statistics_in("There were 6,922 referrals in 2023/24. He was 14 years old and waited three months.")
    assert [row.period_start for row in rows[1:]] == [None, None]


@pytest.mark.parametrize(
    "text",
    [
        "The union polled 400 members in March 2024.",
        "The council will make a grant of £40,000 next year.",
        "He was the subject of two referrals, the first of them in June 2020.",
    ],
)
def test_the_time_at_which_something_is_done_is_no_period_of_its_number(text):
    assert the_only(text).period_start is None


def test_a_vague_period_blocks_inheritance():
    rows = statistics_in("There were 6,922 referrals in 2023/24. In a typical year there are 6,500 referrals.")
    assert rows[1].period_start is None


@pytest.mark.parametrize(
    ("text", "period", "base"),
    [
        ("In 2022/23 referrals rose by 6% on the previous year.", 2022, 2021),
        ("In 2022/23 referrals were up 12% since 2018/19.", 2022, 2018),
        ("Between 2018/19 and 2022/23 referrals rose by 12%.", 2022, 2018),
    ],
)
def test_a_change_has_the_period_it_ends_in_and_the_one_it_starts_from(text, period, base):
    row = the_only(text)
    assert (row.period_start.year, row.base_period_start.year) == (period, base)


def test_without_a_publication_date_last_year_is_unknown():
    assert the_only("There were 6,817 referrals last year.", None).period_start is None


@pytest.mark.parametrize(
    "text",
    [
        "In 2022/23, 645 were adopted. Panels discussed 1,113 cases, a fall of 25% on the 1,486 of 2021/22.",
        "There were 6,817 referrals in 2022/23, and since 2019/20 the total has grown by a twelfth.",
    ],
)
def test_a_year_that_a_change_starts_from_is_not_that_of_the_number_before_it(text):
    assert {row.period_start.year for row in statistics_in(text) if row.surface in ("1,113", "6,817")} == {2022}


@pytest.mark.parametrize(
    ("text", "surface", "period", "base"),
    [
        (
            "There were 6,406 referrals in 2021/22. They rose by 30%, having fallen by 22% the year before.",
            "22%",
            2020,
            2019,
        ),
        ("There were 6,406 referrals in 2021/22, up 30% after a drop of 22% the year before.", "22%", 2020, 2019),
        ("Referrals grew by 30% in 2021/22, compared with a fall of 22% the year before.", "22%", 2020, 2019),
        ("There were 6,406 referrals in 2021/22, up 30% on the year before.", "30%", 2021, 2020),
        (
            "There were 6,406 referrals in 2021/22. That is up from 4,915 in 2020/21, when schools were closed, "
            "and a rise of 30%.",
            "30%",
            2021,
            2020,
        ),
    ],
)
def test_a_change_before_another_happened_in_the_year_before(text, surface, period, base):
    row = next(row for row in statistics_in(text) if row.surface == surface)
    assert (row.period_start.year, row.base_period_start.year) == (period, base)


def test_a_change_since_a_year_starts_with_the_figure_of_that_year():
    text = (
        "There were 6,922 referrals in 2023/24. Right-wing ones have nearly doubled since 2015/16, from 759 to 1,314."
    )
    assert years(text) == {"6,922": "2023/24", "doubled": "2023/24", "759": "2015/16", "1,314": "2023/24"}


def test_what_is_added_up_since_a_month_is_a_sum_of_years():
    text = "In 2023/24 6,922 were referred. Add up every referral since April 2015 and you get 57,000."
    assert years(text)["57,000"] == "2015/24"


def test_a_change_since_a_year_starts_there_whatever_else_is_compared():
    row = statistics_in(
        "There were 6,817 referrals, 6% up on the year before, and since 2019/20 the total has risen by 8%."
    )[-1]
    assert row.base_period_start.year == 2019


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "In 2021/22 there were 6,406 referrals. Half were under 18; in 2016/17 a third had been.",
            {"6,406": "2021/22", "Half": "2021/22", "a third": "2016/17"},
        ),
        (
            "In 2021/22 there were 6,406 referrals. Islamist cases were 16%, but in 2016/17 the share was 61%.",
            {"6,406": "2021/22", "16%": "2021/22", "61%": "2016/17"},
        ),
        (
            "In 2021/22 there were 6,406 referrals. Boys made up 88%; in 2016/17 they were 81%. Some 804 were adopted.",
            {"6,406": "2021/22", "88%": "2021/22", "81%": "2016/17", "804": "2021/22"},
        ),
        (
            "There were 6,922 referrals in 2023/24. That was 105 (or 2%) more than in 2022/23, about 19 a day.",
            {"6,922": "2023/24", "105": "2023/24", "2%": "2023/24", "19": "2023/24"},
        ),
        (
            "There were 6,922 referrals in 2023/24.\n\nIn 2015/16 there were 7,631; in the year that he has just "
            "quoted, 512 were adopted.",
            {"6,922": "2023/24", "7,631": "2015/16", "512": "2023/24"},
        ),
        (
            "There were 6,406 referrals in 2021/22. In 2023/24 police recorded 300 crimes. That year 512 were adopted.",
            {"6,406": "2021/22", "300": "2023/24", "512": "2023/24"},
        ),
        (
            "There were 6,406 referrals in 2021/22. In the year he was referred to Prevent, 512 were adopted.",
            {"6,406": "2021/22", "512": "2021/22"},
        ),
    ],
)
def test_a_year_holds_for_its_own_clause(text, expected):
    assert years(text) == expected


def test_a_change_in_figures_with_its_share_in_brackets_is_a_change():
    rows = statistics_in("There were 6,922 referrals in 2023/24. That was 105 (2%) more than in 2022/23.")
    assert [row.direction for row in rows] == ["level", "rise", "rise"]
    assert [row.base_period_start and row.base_period_start.year for row in rows] == [None, 2022, 2022]


def test_a_level_with_a_change_in_brackets_stays_one():
    rows = statistics_in("In 2023/24 there were 6,922 referrals (up 2% on the year before), and 512 (7%) were adopted.")
    assert [row.direction for row in rows] == ["level", "rise", "level", "level"]


def test_a_change_between_two_numbers_starts_from_the_year_of_the_first():
    row = statistics_in("In 2016/17 there were 3,706 Islamist referrals; in 2023/24 there were 913, a fall of 75%.")[-1]
    assert (row.period_start.year, row.base_period_start.year) == (2023, 2016)


def test_nothing_has_been_counted_in_a_year_that_lies_ahead():
    text = (
        "Plan for 2025/26\n\nIn 2023/24 there were 6,922 referrals in England and Wales. We expect 7,500 referrals in "
        "2025/26.\n\nOf the referrals, 40% came from schools."
    )
    assert years(text) == {"6,922": "2023/24", "7,500": "2025/26", "40%": "2023/24"}


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("The scheme cost £40m in 2021/22.", 2021),
        ("In 2021/22 the Home Office spent £12m on it.", 2021),
        ("A new line would cost £300,000 a year.", None),
        ("It will spend £5,000 on posters from September.", None),
        ("He admitted three counts under the Terrorism Act 2000.", None),
    ],
)
def test_money_has_the_year_printed_with_it_and_an_act_dates_nothing(text, year):
    row = the_only(text)
    assert (row.period_start and row.period_start.year) == year
