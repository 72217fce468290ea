"""Tables flattened to lines: rows take measure, breakdown and years from what stands above them."""

from __future__ import annotations

import pytest
from reads import statistics_in

from helpers.statistics.tabular import read_header

CAPTION = "Table 4: Referrals by age, England and Wales, 2019/20\nAge group Referrals %\n"


def read(text: str) -> list[tuple[str, str, str | None, str | None, str]]:
    """Surface, measure, dimension, category and first year of each number."""
    rows = statistics_in(text)
    return [
        (row.surface, row.measure, row.dimension, row.category, str(row.period_start.year) if row.period_start else "")
        for row in rows
    ]


@pytest.mark.parametrize(
    ("row", "surface", "category"),
    [
        ("Under 15 1,559 26%", "1,559", "under_15"),
        ("15 to 20 1,864 30%", "1,864", "age_15_20"),
        ("15-20: 1,864 (30%)", "1,864", "age_15_20"),
        ("31 and over 700 12%", "700", "age_31_plus"),
        ("Not known 29", "29", None),
    ],
)
def test_a_row_is_of_the_category_in_its_label(row, surface, category):
    assert read(f"{CAPTION}{row}\n")[0] == (surface, "referrals", "age", category, "2019")


def test_a_row_of_totals_is_about_all():
    assert read(f"{CAPTION}Under 15 1,559\nTotal 6,287\n")[1] == ("6,287", "referrals", "total", "total", "2019")


def test_columns_are_paired_with_the_measures_of_the_header():
    text = "Table 5: from referral to adoption\nYear Referrals Discussed Adopted\n2018/19 5,737 1,328 561\n"
    assert [(surface, measure, year) for surface, measure, *_, year in read(text)] == [
        ("5,737", "referrals", "2018"),
        ("1,328", "channel_discussed", "2018"),
        ("561", "channel_adopted", "2018"),
    ]


def test_columns_are_paired_with_the_years_of_the_header():
    text = "Channel cases by type of concern\nConcern 2018/19 2019/20\nIslamist 210 205\n"
    assert read(text) == [
        ("210", "channel_adopted", "concern", "islamist", "2018"),
        ("205", "channel_adopted", "concern", "islamist", "2019"),
    ]


@pytest.mark.parametrize("header", ["Share in 2019/20", "% of referrals (2019/20)", "Percentage 2019/20"])
def test_the_year_of_a_column_of_shares_is_none_of_a_column_of_counts(header):
    caption = "Table 2: Referrals by sector, England and Wales"
    text = f"{caption}\nSector 2018/19 2019/20 {header}\nPolice 1,624 1,950 31%\nAll sectors 5,737 6,287\n"
    assert [year for *_, year in read(text)] == ["2018", "2019", "2019", "2018", "2019"]


def test_shares_without_a_sign_are_cells_of_their_own():
    text = "Referrals by sector\nSector | 2018/19 | 2019/20 | % in 2019/20\nPolice | 1,624 | 1,950 | 31\n"
    assert [year for *_, year in read(text)] == ["2018", "2019", "2019"]


def test_a_change_between_two_columns_stays_a_change():
    text = "Referrals by sector\nSector 2018/19 2019/20 Change\nPolice 1,624 1,950 +20%\nHealth 590 574 -3%\n"
    rows = statistics_in(text)
    assert [row.direction for row in rows] == ["level", "level", "rise", "level", "level", "fall"]
    assert [row.denominator for row in rows] == [None] * 6


def test_years_of_nothing_but_shares_are_those_of_its_columns():
    text = "Share of referrals by sector\nSector % in 2018/19 % in 2019/20\nPolice 29% 31%\n"
    assert [year for *_, year in read(text)] == ["2018", "2019"]


def test_bare_names_of_sources_count_in_a_table_about_sources():
    text = "Table 1: Referrals by source, 2019/20\nPolice 1,950 31%\nHealth 574 9%\n"
    assert [category for *_, category, _ in read(text)] == ["police", "police", "health", "health"]


@pytest.mark.parametrize(
    "line", ["Staff in post 40", "Chairs 12 14", "The clerk of Hexley, who covers the police, answered 143"]
)
def test_a_line_that_names_no_part_of_the_whole_is_left_as_it_reads(line):
    text = f"{CAPTION}Under 15 1,559\nNothing more was published that year.\n{line}\n"
    assert {measure for _, measure, *_ in read(text)[1:]} <= {"other"}


@pytest.mark.parametrize("missing", ["[x]", "[c]", "–", "n/a"])
def test_an_empty_cell_keeps_its_column(missing):
    header = (
        "Table 2: Referrals and adopted cases by type of concern, 2019/20\nConcern Referrals Adopted % of adopted\n"
    )
    rows = read(f"{header}Islamist 1,487 {missing} 30%\nRight wing {missing} 302 43%\nTotal 6,287 697 {missing}\n")
    assert [(surface, measure) for surface, measure, *_ in rows if not surface.startswith("2")] == [
        ("1,487", "referrals"), ("30%", "channel_adopted"), ("302", "channel_adopted"), ("43%", "channel_adopted"),
        ("6,287", "referrals"), ("697", "channel_adopted"),
    ]  # fmt: skip


def test_an_empty_cell_of_shares_keeps_its_year():
    text = "Share of referrals by sector\nSector 2018/19 2019/20\nPolice – 31%\n"
    assert read(text) == [("31%", "referrals", "sector", "police", "2019")]


def test_a_table_ends_with_the_next_sentence():
    table = read_header(None, "Table 2: Channel cases by source", [])
    assert table is not None
    assert (table.dimension, table.measure) == ("sector", "channel_adopted")
    assert read_header(table, "The offices of the trust moved to another street.", []) is None


@pytest.mark.parametrize(
    ("head", "first"),
    [
        ("Year ending March    Referrals    Adopted", "2017"),
        ("Year to 31 March   Referrals   Adopted", "2017"),
        ("Financial year ending   Referrals   Adopted", "2017"),
        ("12 months to March   Referrals   Adopted", "2017"),
        ("Calendar year   Referrals   Adopted", "2018"),
        ("Year   Referrals   Adopted", "2018"),
        ("12 months to December   Referrals   Adopted", "2018"),
    ],
)
def test_a_bare_year_in_a_row_is_the_one_that_the_head_speaks_of(head, first):
    rows = read(f"Table 2: Prevent, England and Wales\n{head}\n2018   7,318   394\n2020   6,287   697\n")
    assert rows[:2] == [
        ("7,318", "referrals", "total", "total", first), ("394", "channel_adopted", "total", "total", first),
    ]  # fmt: skip
    assert rows[2][-1] == str(int(first) + 2)


def test_the_head_of_a_table_says_when_the_years_of_its_columns_end():
    rows = read(
        "Table 3: Referrals by type of concern, years ending March\nConcern   2019   2020\nIslamist   1,404   1,487\n"
        "Right wing   1,391   1,388\n"
    )
    assert [row[-1] for row in rows] == ["2018", "2019"] * 2


def test_years_below_a_table_are_calendar_years_again():
    rows = read("Year ending March   Referrals\n2020   6,287\n\nThe form changed. There were 12 arrests in 2019.\n")
    assert [row[-1] for row in rows] == ["2019", "2019"]
