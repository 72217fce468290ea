"""The publication date: found by its marks in every order and language of dates used in Britain, never made up."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.sources.pubdates import day_of_name, has_day, published_day, read_day

VALENTINE = date(2025, 2, 14)


@pytest.mark.parametrize(
    "written",
    [
        "2025-02-14", "2025/02/14", "2025-02-14T09:30:00Z", "14 February 2025", "14th February 2025", "14 Feb 2025",
        "Friday 14 February 2025", "Fri, 14 Feb 2025", "14th of February, 2025", "February 14, 2025", "14/02/2025",
        "14.2.2025", "14-02-2025", "02/14/2025", "14/02/25", "14-Feb-2025",
    ],
)  # fmt: skip
def test_days_are_read_in_every_order(written):
    assert read_day(written) == VALENTINE


@pytest.mark.parametrize(
    "written", ["", "2025", "February 2025", "31 June 2025", "2025-13-40", "00/00/0000", "tomorrow", "2019/20"]
)
def test_what_is_no_day_is_none(written):
    assert read_day(written) is None


def test_numbers_are_read_in_the_british_order():
    assert read_day("12/02/2025") == date(2025, 2, 12)


@pytest.mark.parametrize(
    "line",
    [
        "date 2025-02-14", "date 2025-02-14 The minister updated the House.", "Published 14 February 2025",
        "Published: 14/02/2025", "Published on 14 February 2025 at 10:30", "First published on 14 Feb 2025",
        "Published 14 February 2025 · Commissioned by the department", "Completed · Published 14 February 2025",
        "Release date: 14 February 2025", "**Published:** 14 February 2025", "| Published | 14 February 2025 |",
        "Published by the Sample Office on 14 February 2025", "Sample Office. Published 14 February 2025.",
        "Prevent lead speaksPublished14 February 2025ShareSave", "Published 14 February 2025 Last updated 3 March 2025",
        "Friday 14 February 2025", "Fri 14 Feb 2025 10.15 GMT", "14 February 2025 · 3 min read",
        "14 February 2025, 09:30", "By A Reporter, 14 February 2025", "Sample Charity Trust, 14 February 2025",
        "Volume 7: debated on Friday 14 February 2025", "Hansard > Commons > 14 February 2025 > Commons Chamber",
        "Home › News › 14/02/2025", "5 min read | 14 February 2025, 07:15 | 3 Replies",
    ],
)  # fmt: skip
def test_a_marked_date_near_the_top_is_the_publication_date(line):
    assert published_day(["A headline about Prevent", line, "The body begins here."], [], "text") == VALENTINE


@pytest.mark.parametrize("label", ["Published", "Published:", "Date published", "First published", "Date"])
def test_a_label_may_stand_above_its_date(label):
    assert (
        published_day(["A headline", label, "14 February 2025", "Last updated", "3 March 2025"], [], "x") == VALENTINE
    )


@pytest.mark.parametrize(
    "line",
    [
        "He was stabbed on 14 February 2025 in the market.",
        "Published on 14 February 2025, the review found six issues.",
        "The review, published 14 February 2025, found six issues.", "Last updated 14 February 2025",
        "Updated: 14 February 2025", "Minutes of the meeting held on 14 February 2025", "Year ending 31 March 2024",
        "Recorded on 14 February 2025", "© 2025 Sample Broadcaster", "Published in February 2025", "Published 2025",
        "The trial of the man who killed two people began in Easterleigh, 14 February 2025", "Issued 31 February 2025",
    ],
)  # fmt: skip
def test_other_dates_are_not(line):
    assert published_day(["A headline about Prevent", line, "The body begins here."], [line], "text") is None


@pytest.mark.parametrize(
    "line", ["Updated 14 February 2025, 06:02 GMT", "Statistical Bulletin 3/25, published 14 February 2025"]
)
def test_a_day_to_the_minute_or_after_the_number_of_a_bulletin_is_one(line):
    assert published_day(["A headline", line, "Body."], [], "x") == VALENTINE


def test_a_date_under_last_updated_is_not_the_publication_date():
    assert published_day(["A headline", "Last updated", "14 February 2025", "Body."], [], "x") is None


def test_several_lone_dates_are_a_list_of_happenings():
    assert published_day(["What happened", "14 February 2025", "A", "15 February 2025", "B"], [], "x") is None


def test_first_published_wins_over_published_and_a_label_over_a_lone_date():
    lines = ["A headline", "3 March 2025", "Published 4 March 2025", "First published 14 February 2025"]
    assert published_day(lines, [], "x") == VALENTINE
    assert published_day(lines[:3], [], "x") == date(2025, 3, 4)


def test_a_labelled_date_may_close_the_text():
    assert published_day(["A headline"], ["First published on Fri 14 Feb 2025 10.00 GMT"], "x") == VALENTINE


def test_what_the_text_says_wins_over_the_file_name():
    assert published_day(["A headline", "Published 14 February 2025"], [], "2021-11-19-x") == VALENTINE
    assert published_day(["A headline"], [], "2021-11-19-x") == date(2021, 11, 19)


@pytest.mark.parametrize(
    "stem",
    [
        "2021-11-19-regional-news",
        "20211119_x",
        "news_2021_11_19",
        "x-19-11-2021",
        "x 19 November 2021",
        "news-19nov2021",
    ],
)
def test_file_names_hold_dates(stem):
    assert day_of_name(stem) == date(2021, 11, 19)


@pytest.mark.parametrize(
    "stem",
    [
        "000_9043140682ffed5a", "a20211119b", "prevent-2019-20", "year-ending-31-march-2020", "20211399", "2021-11",
        "up-to-31-march-2020", "120211119", "report-2021", "19-2021-11",
    ],
)  # fmt: skip
def test_other_numbers_in_file_names_are_no_dates(stem):
    assert day_of_name(stem) is None


def test_lines_that_end_or_are_labelled_with_a_day_are_known():
    assert has_day("Friday 14 February 2025, 10:15 GMT")
    assert has_day("Volume 7: debated on Friday 14 February 2025")
    assert not has_day("14 February 2025 was a Friday")
    assert not has_day("Figures for the year to March 2025")


@given(st.lists(st.text(st.characters(), max_size=40), max_size=5), st.text(max_size=30))
def test_any_lines_and_names_are_looked_at(lines, stem):
    published_day([line for line in lines if line.strip()], lines, stem)


@pytest.mark.parametrize(
    "part", ["Published ", "14 ", "1", "Published by a ", "A, ", "· Published 1", "date-", "14 February "]
)
def test_long_lines_cost_time_in_proportion(part):
    started = time.process_time()
    published_day([part * (20_000 // len(part))] * 15, [], "x")
    assert time.process_time() - started < 5
