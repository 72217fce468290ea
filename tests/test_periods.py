"""Date phrases: every form of the lexicon, British order, financial years, relative days, impossible dates."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.lexicon import read_lexicon
from helpers.numbers.calendars import financial_start, month_bounds, months_before, months_in, year_earlier
from helpers.numbers.periods import READERS, find_date_spans

WEDNESDAY = date(2025, 1, 15)
FORMS = read_lexicon("date_forms")["forms"]
EXAMPLES = [(entry["form"], example) for entry in FORMS for example in entry["examples"]]


def only(text: str, today: date | None = WEDNESDAY):
    (span,) = find_date_spans(text, today)
    return span


def test_every_form_has_a_reader_and_an_example():
    assert {entry["form"] for entry in FORMS} == set(READERS)
    assert all(entry["examples"] for entry in FORMS)


@pytest.mark.parametrize(("form", "example"), EXAMPLES)
def test_examples_of_the_lexicon_are_date_phrases(form, example):
    assert len(find_date_spans(example, WEDNESDAY)) == 1


@pytest.mark.parametrize(
    ("phrase", "first", "last", "form"),
    [
        ("on 2021-10-15", "2021-10-15", "2021-10-15", "day"),
        ("on 03/04/2021", "2021-04-03", "2021-04-03", "day"),
        ("on 3.4.21", "2021-04-03", "2021-04-03", "day"),
        ("on 3rd of April 2021", "2021-04-03", "2021-04-03", "day"),
        ("on April 3, 2021", "2021-04-03", "2021-04-03", "day"),
        ("on Friday, 15 October 2021", "2021-10-15", "2021-10-15", "day"),
        ("on 29 February 2024", "2024-02-29", "2024-02-29", "day"),
        ("in February 2024", "2024-02-01", "2024-02-29", "month"),
        ("in February 2023", "2023-02-01", "2023-02-28", "month"),
        ("in Sept 2023", "2023-09-01", "2023-09-30", "month"),
        ("in 2023", "2023-01-01", "2023-12-31", "year"),
        ("in 2019/20", "2019-04-01", "2020-03-31", "financial_year"),
        ("in 2019-20", "2019-04-01", "2020-03-31", "financial_year"),
        ("in 2019-2020", "2019-04-01", "2020-03-31", "financial_year"),
        ("in the financial year 2019 to 2020", "2019-04-01", "2020-03-31", "financial_year"),
        ("in FY2019-20", "2019-04-01", "2020-03-31", "financial_year"),
        ("in 1999/00", None, None, None),
        ("from 2014-2016", "2014-01-01", "2016-12-31", "span"),
        ("between 2014 and 2016", "2014-01-01", "2016-12-31", "span"),
        ("in the year to March 2020", "2019-04-01", "2020-03-31", "reporting"),
        ("in the year ending 31 March 2020", "2019-04-01", "2020-03-31", "reporting"),
        ("in the 12 months to 15 June 2020", "2019-06-16", "2020-06-15", "reporting"),
        ("in the six months to September 2020", "2020-04-01", "2020-09-30", "reporting"),
        ("in the three years to March 2020", "2017-04-01", "2020-03-31", "reporting"),
        ("in the year to March", "2023-04-01", "2024-03-31", "reporting"),
        ("from April 2019 to March 2020", "2019-04-01", "2020-03-31", "financial_year"),
        ("from October to February 2020", "2019-10-01", "2020-02-29", "span"),
        ("from 1 May to 15 June 2020", "2020-05-01", "2020-06-15", "span"),
        ("from October to December 2021/22", "2021-10-01", "2021-12-31", "span"),
        ("from 12 to 16 October 2021", "2021-10-12", "2021-10-16", "span"),
        ("in 2015/16 to 2019/20", "2015-04-01", "2020-03-31", "reporting"),
        ("in Q1 2021/22", "2021-04-01", "2021-06-30", "reporting"),
        ("in Q4 2021/22", "2022-01-01", "2022-03-31", "reporting"),
        ("in the third quarter of 2021", "2021-07-01", "2021-09-30", "reporting"),
        ("in the first half of 2021", "2021-01-01", "2021-06-30", "reporting"),
        ("in the second half of 2021", "2021-07-01", "2021-12-31", "reporting"),
        ("in the second half of 2021/22", "2021-10-01", "2022-03-31", "reporting"),
        # from the publication date
        ("two years ago", "2023-01-01", "2023-12-31", "year"),
        ("three months ago", "2024-10-01", "2024-10-31", "month"),
        ("three weeks ago", "2024-12-25", "2024-12-25", "day"),
        ("10 days ago", "2025-01-05", "2025-01-05", "day"),
        ("in the past three years", "2022-01-16", "2025-01-15", "window"),
        ("in the last decade", "2015-01-16", "2025-01-15", "window"),
        ("last year", "2024-01-01", "2024-12-31", "last_year"),
        ("this year", "2025-01-01", "2025-12-31", "year"),
        ("next month", "2025-02-01", "2025-02-28", "month"),
        ("last month", "2024-12-01", "2024-12-31", "month"),
        ("last week", "2025-01-06", "2025-01-12", "span"),
        ("on Friday", "2025-01-10", "2025-01-10", "day"),
        ("on Wednesday", "2025-01-15", "2025-01-15", "day"),
        ("next Friday", "2025-01-17", "2025-01-17", "day"),
        ("yesterday", "2025-01-14", "2025-01-14", "day"),
        ("in September", "2024-09-01", "2024-09-30", "month"),
        ("until March", "2025-03-01", "2025-03-31", "month"),
        ("on 12 December", "2024-12-12", "2024-12-12", "day"),
        ("on 20 January", "2025-01-20", "2025-01-20", "day"),
    ],
)
def test_phrase_names_its_days(phrase, first, last, form):
    if form is None:
        phrase, first, last, form = "in 2009/10", "2009-04-01", "2010-03-31", "financial_year"
    span = only(phrase)
    assert (str(span.first), str(span.last), span.form) == (first, last, form)


@pytest.mark.parametrize(
    "phrase", ["on 30 February 2021", "on 29 February 2023", "on 31/13/2021", "on 2021-02-30", "in 2019/22 to 2020/21"]
)
def test_a_day_that_does_not_exist_is_no_day(phrase):
    assert not [span for span in find_date_spans(phrase, WEDNESDAY) if span.form == "day"]


@pytest.mark.parametrize(
    "phrase", ["last week", "on Friday", "three weeks ago", "yesterday", "in September", "on 12 December", "this month"]
)
def test_without_a_publication_date_relative_phrases_stay_unresolved(phrase):
    assert all(span.first is None for span in find_date_spans(phrase, None))


@pytest.mark.parametrize(
    ("phrase", "form"),
    [
        ("the previous year", "previous"),
        ("a year earlier", "previous"),
        ("the same period", "same"),
        ("the same period last year", "previous"),
        ("the following year, there were fewer", "following"),
        ("since records began", "records"),
        ("in a typical year", "vague"),
        ("over the years", "vague"),
        ("the latest year", "latest"),
    ],
)
def test_pointing_phrases_leave_their_days_to_the_context(phrase, form):
    span = only(phrase)
    assert (span.form, span.first, span.last) == (form, None, None)


def test_a_month_shares_the_year_of_the_month_it_is_coordinated_with():
    first, second = find_date_spans("in February and April 2021", WEDNESDAY)
    assert (first.first, first.source) == (date(2021, 2, 1), "stated")
    assert second.first == date(2021, 4, 1)


@pytest.mark.parametrize(
    "words", ["2019 per cent", "the Act 2015s", "£2019", "1,2015", "may fall", "march on", "7 days"]
)
def test_other_words_are_no_date(words):
    assert find_date_spans(words, WEDNESDAY) == []


def test_month_arithmetic_keeps_to_the_calendar():
    assert month_bounds(2024, 2)[1] == date(2024, 2, 29)
    assert months_before(date(2023, 3, 31), 1) == date(2023, 2, 28)
    assert months_before(date(5, 1, 1), 100) == date.min
    assert months_before(date(9999, 12, 1), -12) == date.max
    assert year_earlier((date(2023, 4, 1), date(2024, 3, 31))) == (date(2022, 4, 1), date(2023, 3, 31))
    assert year_earlier((date(2023, 3, 1), date(2023, 2, 28)), -1)[1] == date(2024, 2, 29)
    assert months_in("Marching in March and Sep") == [3, 9]
    assert financial_start("2019/21") is None


@given(st.text(max_size=200), st.none() | st.dates(date(1, 1, 8), date(9990, 1, 1)))
def test_date_spans_of_any_text_lie_in_order_and_run_forwards(text, today):
    spans = find_date_spans(text, today)
    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert all(span.first <= span.last for span in spans if span.first and span.last)


@given(
    st.lists(st.sampled_from([example for _, example in EXAMPLES]), max_size=6),
    st.dates(date(2, 1, 1), date(9990, 1, 1)),
)
def test_phrases_resolve_on_any_day(phrases, today):
    for span in find_date_spans(", and ".join(phrases), today):
        assert (span.first is None) == (span.last is None)


@given(st.dates(date(1990, 1, 1), date(2039, 12, 31)))
def test_a_day_is_read_in_every_british_way_of_writing_it(day):
    ways = [f"{day:%d/%m/%Y}", f"{day.day} {day:%B} {day.year}", f"{day:%B} {day.day}, {day.year}", day.isoformat()]
    assert {only(way).first for way in ways} == {day}
    weeks_ago = only("three weeks ago", day)
    assert weeks_ago.first == day - timedelta(days=21)
