"""Marked copies are read as written, and intervals are those of the data contract."""

import math

import pytest
from annotate import annotate
from marked import GoldError, interval, last_digit, passages, period, periods, read_marked, statistic


@pytest.mark.parametrize(
    ("surface", "words", "low", "high"),
    [
        ("6,287", "count u=people other", 6287, 6287),
        ("43%", "percentage other", 42.5, 43.5),
        ("30%", "percentage other", 29.5, 30.5),
        ("6.0%", "percentage other", 5.95, 6.05),
        ("6,000", "count u=people other", 5500, 6500),
        ("11%", "percentage about other", 10.5, 11.5),
        ("512", "count about u=people other", 486.4, 537.6),
        ("60,000", "count almost u=people other", 55000, 60000),
        ("40 years", "duration 40 almost u=years other", 35, 40),
        ("6,000", "count just_over u=people other", 6000, 6500),
        ("6,000", "count over u=people other", 6000, 7000),
        ("half", "fraction 50 over other", 50, 60),
        ("half", "fraction 50 under other", 40, 50),
        ("half", "fraction 50 at_most other", 0, 50),
        ("500", "count under u=people other", 400, 500),
        ("20", "count at_most u=people other", 0, 20),
        ("24 years", "duration 24 at_least u=years sentence", 24, math.inf),
        ("512", "count only u=cases other", 512, 512),
        ("no", "count 0 u=referrals other", 0, 0),
        ("40", "count u=people other", 40, 40),
        ("1,770", "count u=people other", 1765, 1775),
        ("five and seven", "count 5..7 u=mentors other", 5, 7),
        ("One in ten", "fraction 10 other", 7.5, 12.5),
        ("doubled", "multiple 2 rise other", 1.5, 2.5),
        ("2.4 times", "multiple other", 2.35, 2.45),
        ("20", "rate u=people other", 19.5, 20.5),
        ("£40m", "money 40000000 cost", 35e6, 45e6),
        ("£2.1m", "money 2100000 cost", 2.05e6, 2.15e6),
        ("Â£4.99", "money cost", 4.99, 4.99),
        ("Two and a half thousand", "count 2500 g=500 u=people other", 2250, 2750),
        ("2 out of 5", "rating 2 dv=5 u=points rating", 2, 2),
    ],
)
def test_interval_of_the_wording_is_the_contracts(surface, words, low, high):
    row = statistic(surface, words)
    assert (float(row["value_low"]), float(row["value_high"])) == (pytest.approx(low), pytest.approx(high))


def test_zeros_count_as_digits_only_where_the_rule_says_so():
    assert last_digit("6,000", zeros_count=False) == 1000
    assert last_digit("30%", zeros_count=True) == 1
    assert last_digit("1.2 million", zeros_count=False) == pytest.approx(100_000)
    assert interval("count", 60000, "exact", 10000) == (55000, 65000)


def test_periods_are_financial_years_months_years_days_and_spans():
    assert period("2019/20") == ("2019-04-01", "2020-03-31", "period")
    assert period("2024-02") == ("2024-02-01", "2024-02-29", "month")
    assert period("2016") == ("2016-01-01", "2016-12-31", "year")
    assert period("2024-04..2024-06") == ("2024-04-01", "2024-06-30", "period")
    assert periods("|2016") == ("|2016-01-01", "|2016-12-31", "year")


def test_marks_give_offsets_of_the_text_without_them():
    marked = read_marked("¶Of «{6,287} people», ‹one› left.", "x", [])
    assert marked.text == "Of 6,287 people, one left."
    assert marked.starts == [0]
    assert [(kind, marked.text[start:end]) for kind, start, end in marked.marks] == [
        ("q", "6,287 people"), ("s", "6,287"), ("r", "one"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "note", "message"),
    [
        ("In {6,287} cases", "s 6,288 :: count u=cases other", "meets the mark"),
        ("In {6,287} cases", "r 6,287 :: name", "no mark is left"),
        ("In {6,287} cases", "s 6,287 :: count other", "a unit u= is wanted"),
        ("In {6,287} cases", "s 6,287 :: count u=cases referrals", "c= wanted"),
        ("In {many} cases", "s many :: count u=cases other", "its value is wanted"),
        ("In {6,287} cases", "s 6,287 :: count roughly u=cases other", "roughly"),
    ],
)
def test_an_annotation_that_does_not_fit_is_an_error(text, note, message):
    with pytest.raises(GoldError, match=message):
        annotate(read_marked(text, "x", [note]), "x.txt", 0, {"statistics": [], "rejects": []}, [])


@pytest.mark.parametrize("text", ["a number {6", "a number 6}", "{6} and ⟦rest"])
def test_marks_that_do_not_close_are_an_error(text):
    with pytest.raises(GoldError, match="x: "):
        read_marked(text, "x", [])


def test_passages_end_with_their_annotations(tmp_path):
    path = tmp_path / "group.txt"
    path.write_text("First {6}.\n| s 6 :: a\n\nSecond line\nof two.\n| r x :: b\n| r y :: c\n", encoding="utf-8")
    assert list(passages(path)) == [
        ("First {6}.\n", ["s 6 :: a"]),
        ("Second line\nof two.\n", ["r x :: b", "r y :: c"]),
    ]
