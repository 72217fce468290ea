"""The official series: what was known when, sums, shares, changes, breaks, and the checker of its tables."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.checks.questions import years_of
from helpers.errors import TableError
from helpers.official.faults import find_official_faults, find_revisions
from helpers.official.rows import CHANGES_FILE, STATISTICS_FILE, Row
from helpers.official.series import NATIONAL, OfficialSeries, financial_year, read_official
from helpers.official.shares import Subject, count_readings, share_readings

FOLDER = Path(__file__).parents[1] / "data" / "raw" / "official"
SERIES = read_official(FOLDER)
TOTAL = ("total", "total")
Y2018, Y2019, Y2022, Y2024 = (financial_year(date(year, 4, 1)) for year in (2018, 2019, 2022, 2024))


def adopted_on(day: date | None) -> float | None:
    figure = SERIES.figure_as_of("channel_adopted", *TOTAL, Y2019, NATIONAL, day)
    return figure.count if figure else None


def test_a_figure_is_the_one_known_on_the_day():
    assert adopted_on(date(2020, 11, 25)) is None
    assert adopted_on(date(2020, 11, 26)) == 697
    assert adopted_on(date(2021, 11, 17)) == 697
    assert adopted_on(date(2021, 11, 18)) == 692
    assert adopted_on(None) == 692


@given(day=st.dates(date(2015, 1, 1), date(2027, 1, 1)))
@settings(max_examples=60, deadline=None)
def test_a_figure_as_of_a_day_was_never_published_after_it(day: date):
    for figure in SERIES.figures:
        known = SERIES.figure_as_of(*figure.key[:3], figure.key[4:], figure.geography, day)
        assert known is None or (known.day <= day and known.published <= day.isoformat())
        assert known is None or known.key == figure.key


def test_all_releases_of_a_figure_stand_oldest_first():
    found = SERIES.releases_of("channel_adopted", *TOTAL, Y2018, NATIONAL)
    assert [(one.release, one.count) for one in found] == [("2018-19", 561), ("2019-20", 556)]


def test_a_release_dated_by_month_is_certain_only_on_its_last_day():
    scotland = ("referrals", *TOTAL, financial_year(date(2021, 4, 1)), "Scotland")
    assert SERIES.figure_as_of(*scotland, date(2023, 1, 30)) is None
    found = SERIES.figure_as_of(*scotland, date(2023, 1, 31))
    assert found is not None
    assert found.count == 91


def test_a_release_without_a_day_is_certain_once_a_later_dated_one_is_out():
    scotland = ("referrals", *TOTAL, financial_year(date(2023, 4, 1)), "Scotland")
    assert SERIES.figure_as_of(*scotland, date(2025, 11, 29)) is None
    found = SERIES.figure_as_of(*scotland, date(2025, 11, 30))
    assert found is not None
    assert found.count == 114


def test_a_sum_over_years_names_the_missing_ones():
    decade = [date(year, 4, 1) for year in range(2014, 2024)]
    found = SERIES.sum_over_years("referrals", *TOTAL, decade, NATIONAL)
    assert found.total == 58_126
    assert found.missing == (date(2014, 4, 1),)
    assert len(found.figures) == 9


def test_a_sum_over_years_takes_only_what_was_out_on_the_day():
    years = [date(2018, 4, 1), date(2019, 4, 1)]
    found = SERIES.sum_over_years("referrals", *TOTAL, years, NATIONAL, date(2020, 1, 1))
    assert found.total == 5_738
    assert found.missing == (date(2019, 4, 1),)


def test_a_decade_up_to_a_day_stands_for_the_ten_years_that_ended_in_it():
    day = date(2025, 2, 14)
    years = years_of((date(2015, 2, 14), day), day)
    assert (years[0].year, years[-1].year, len(years)) == (2014, 2023, 10)


def test_a_period_in_calendar_years_stands_for_the_years_wholly_in_it():
    years = years_of((date(2015, 1, 1), date(2020, 12, 31)), date.max)
    assert [year.year for year in years] == [2015, 2016, 2017, 2018, 2019]


def shares_of(category: str, period: tuple[date, date] = Y2024, measure: str = "referrals") -> dict[object, float]:
    found = share_readings(SERIES, Subject(measure, "concern", category, NATIONAL), period, date.max)
    return {(one.denominator, one.is_published): round(one.value, 2) for one in found}


def test_shares_are_given_on_every_denominator_in_use():
    found = shares_of("extreme_right_wing")
    assert found == {
        ("referrals:concern_specified", False): 20.5,
        ("referrals", False): 20.48,
        ("referrals:concern_specified", True): 21,
    }


def test_adopted_cases_of_a_concern_are_also_a_share_of_its_referrals():
    found = shares_of("islamist", measure="channel_adopted")
    assert found["referrals:islamist", False] == 25.98
    assert found["referrals:islamist", True] == 26
    assert found["channel_adopted:concern_specified", True] == 15


def test_count_and_base_of_a_share_come_from_one_release():
    adopted = Subject("channel_adopted", *TOTAL, NATIONAL)
    first = share_readings(SERIES, adopted, Y2019, date(2021, 1, 1))
    revised = share_readings(SERIES, adopted, Y2019, date.max)
    assert "697 of 6,287" in first[0].words
    assert "692 of 6,287" in revised[0].words


def test_a_count_without_a_row_is_bounded_by_the_published_percentage():
    found = count_readings(SERIES, Subject("channel_adopted", *TOTAL, NATIONAL), Y2022, date.max)
    assert [(one.low, one.high) for one in found] == [(580, 647)]


def test_a_newer_percentage_that_confirms_a_count_leaves_it_standing():
    found = count_readings(
        SERIES, Subject("channel_adopted", *TOTAL, NATIONAL), financial_year(date(2023, 4, 1)), date.max
    )
    assert [one.value for one in found] == [512]


def test_categories_are_broken_where_their_list_was_drawn_up_anew():
    assert SERIES.break_between("concern", "other", date(2015, 4, 1), date(2024, 4, 1)) == date(2017, 4, 1)
    assert SERIES.break_between("concern", "other", date(2017, 4, 1), date(2023, 4, 1)) is None
    assert SERIES.break_between("concern", "islamist", date(2015, 4, 1), date(2024, 4, 1)) is None
    assert SERIES.break_between("sector", "police", date(2015, 4, 1), date(2024, 4, 1)) is None


def test_published_changes_are_found_by_both_years():
    found = SERIES.changes_of("referrals", *TOTAL, date(2024, 4, 1), date(2023, 4, 1), NATIONAL)
    assert [one.percent for one in found] == [27]
    assert SERIES.changes_of("referrals", *TOTAL, date(2024, 4, 1), date(2022, 4, 1), NATIONAL) == ()


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOLDER, tmp_path / "official"))


def rewrite(path: Path, edit: Callable[[list[Row]], None]) -> None:
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    edit(rows)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def find_row(rows: list[Row], release: str, measure: str, category: str, year: str) -> Row:
    keys = ("release", "measure", "category", "geography")
    wanted = (release, measure, category, NATIONAL)
    year_end = f"{int(year) + 1}-03-31"
    return next(
        row
        for row in rows
        if tuple(row[key] for key in keys) == wanted
        and (row["period_start"], row["period_end"]) == (f"{year}-04-01", year_end)
    )


def test_adding_a_release_is_adding_rows_only(copied: Path):
    def add(rows: list[Row]) -> None:
        old = find_row(rows, "2024-25", "referrals", "total", "2024")
        rows.append({**old, "release": "2025-26", "release_published": "2026-11-05", "count": "8770"})

    rewrite(copied / STATISTICS_FILE, add)
    series = read_official(copied)
    of_2024 = ("referrals", *TOTAL, Y2024, NATIONAL)
    assert [one.count for one in series.releases_of(*of_2024)] == [8778, 8770]
    before = series.figure_as_of(*of_2024, date(2026, 11, 4))
    assert before is not None
    assert before.count == 8778
    assert find_official_faults(copied) == []


def test_our_own_tables_are_sound():
    assert find_official_faults(FOLDER) == []


def test_revisions_are_listed_and_are_no_fault():
    found = find_revisions(SERIES)
    assert len(found) == 8
    assert any("2019-20: 697 (text), 2020-21: 692 (derived)" in line for line in found)


FAULTS = [
    (("2019-20", "channel_adopted", "islamist", "2019"), {"count": "260"}, "the counts give 37.3%, the table has 30%"),
    (("2019-20", "channel_adopted", "islamist", "2019"), {"base_count": "690"}, "base 690 is no total"),
    (("2019-20", "channel_adopted", "islamist", "2019"), {"count": "900"}, "900 exceeds its base 697"),
    (("2024-25", "referrals", "anarchist", "2024"), {"count": "14"}, "quarters add to 13, the year is 14"),
    (("2017-18", "referrals", "female", "2017"), {"count": "950"}, "parts add to 7,321, the total is 7,318"),
    (("2016-17", "referrals", "police", "2016"), {"percent": "75"}, "percentages add to 107"),
    (("2020-21", "channel_discussed", "total", "2020"), {"count": "600"}, "later steps exceed earlier"),
    (("2021-22", "referrals", "total", "2021"), {"count": "7406"}, "published +30%"),
    (("2020-21", "channel_adopted", "islamist", "2020"), {"count": "", "percent": ""}, "neither count nor percent"),
    (("2019-20", "referrals", "male", "2019"), {"percent": "188"}, "percent is '188', out of range"),
    (("2019-20", "referrals", "male", "2019"), {"count": "-5"}, "count is '-5', out of range"),
    (("2019-20", "referrals", "male", "2019"), {"count": "many"}, "count is 'many', expected a number"),
    (("2019-20", "referrals", "male", "2019"), {"count": "inf"}, "not a finite number: 'inf'"),
    (("2019-20", "referrals", "male", "2019"), {"checked": "seen"}, "checked is 'seen'"),
    (("2019-20", "referrals", "male", "2019"), {"measure": "referral"}, "unknown measure"),
    (("2019-20", "referrals", "male", "2019"), {"dimension": "sex"}, "unknown dimension"),
    (("2019-20", "referrals", "male", "2019"), {"source_url": "a book"}, "expected an address"),
    (("2019-20", "referrals", "male", "2019"), {"source_type": "secondary"}, "'text' although not official"),
    (("2019-20", "referrals", "male", "2019"), {"category_label": ""}, "no category_label"),
    (("2019-20", "referrals", "male", "2019"), {"period_end": "2019-03-31"}, "ends before it starts"),
    (("2019-20", "referrals", "male", "2019"), {"period_end": "March"}, "expected a day such as"),
    (("2019-20", "referrals", "male", "2019"), {"release_published": ""}, "has no release_published"),
    (("2019-20", "referrals", "male", "2019"), {"release_published": "2019-11"}, "before its period ended"),
    (("2021-22", "referrals", "education", "2021"), {"category": "police"}, "stands twice"),
]


@pytest.mark.parametrize(("row", "change", "words"), FAULTS, ids=[words for _, _, words in FAULTS])
def test_a_fault_in_the_tables_is_named(
    copied: Path, row: tuple[str, str, str, str], change: dict[str, str], words: str
):
    rewrite(copied / STATISTICS_FILE, lambda rows: find_row(rows, *row).update(change))
    found = find_official_faults(copied)
    assert any(words in fault for fault in found), found


def test_a_percentage_without_a_count_is_held_against_other_releases(copied: Path):
    rewrite(
        copied / STATISTICS_FILE,
        lambda rows: find_row(rows, "2024-25", "channel_adopted", "total", "2023").update(percent="9"),
    )
    assert any("the counts give 7.4%, the table has 9%" in fault for fault in find_official_faults(copied))


def test_a_wrong_published_change_is_named(copied: Path):
    rewrite(copied / CHANGES_FILE, lambda rows: rows[-3].update(change_percent="29"))
    assert any("published +29%" in fault for fault in find_official_faults(copied))


def test_a_change_of_an_unknown_release_is_named(copied: Path):
    rewrite(copied / CHANGES_FILE, lambda rows: rows[0].update(release="1999-00"))
    assert any("no figure of release '1999-00'" in fault for fault in find_official_faults(copied))


def test_all_faults_are_listed_at_once(copied: Path):
    def spoil(rows: list[Row]) -> None:
        find_row(rows, "2019-20", "channel_adopted", "islamist", "2019").update(count="260")
        find_row(rows, "2017-18", "referrals", "female", "2017").update(count="950")
        find_row(rows, "2019-20", "referrals", "police", "2019").update(checked="seen")

    rewrite(copied / STATISTICS_FILE, spoil)
    found = " ".join(find_official_faults(copied))
    assert all(words in found for words in ("37.3%", "7,321", "'seen'"))


def test_rows_that_cannot_be_read_are_all_named_with_file_and_row(copied: Path):
    rewrite(copied / STATISTICS_FILE, lambda rows: (rows[0].update(count="x"), rows[5].update(period_start="soon")))
    with pytest.raises(TableError) as caught:
        read_official(copied)
    assert f"{STATISTICS_FILE} row 2" in str(caught.value)
    assert f"{STATISTICS_FILE} row 7" in str(caught.value)


def test_a_missing_file_or_column_says_what_was_expected(copied: Path):
    rewrite(copied / CHANGES_FILE, lambda rows: [row.pop("change_percent") for row in rows])
    with pytest.raises(TableError, match="lacks the columns \\['change_percent'\\]"):
        read_official(copied)
    (copied / CHANGES_FILE).unlink()
    with pytest.raises(TableError, match="put the official figures there"):
        read_official(copied)
    assert len(find_official_faults(copied)) == 1


def test_reading_the_tables_needs_no_pandas():
    import subprocess
    import sys

    code = "import sys, helpers.checks.verdicts, helpers.official.faults; sys.exit('pandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_an_empty_series_holds_nothing():
    empty = OfficialSeries(())
    assert empty.figure_as_of("referrals", *TOTAL, Y2019, NATIONAL) is None
    assert empty.release_days(NATIONAL) == []
    assert not empty.has_geography(NATIONAL)
