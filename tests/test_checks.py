"""Verdicts on stated figures: all six, what cannot be compared, places, and the table."""

from __future__ import annotations

import csv
from datetime import date

import pytest
from stated import ADOPTED, ROOT, SERIES, Y2024, check, of_concern, percent, stated, verdict, year

from helpers.checks.verdicts import check_statistics
from helpers.records import Document, Statistic

GOLD = ROOT.parent / "shared" / "gold" / "seeds" / "statistics.csv"


def test_the_newest_figure_in_the_interval_agrees():
    found = check(stated(6000, 6000, 6500, modifier="just_over"))
    assert found.verdict == "agrees"
    assert (found.official_value, found.difference) == (6287, -287)
    assert found.official_published == "2021-11-18"
    assert found.official_source_url is not None
    assert found.official_source_url.startswith("http")


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        (date(2020, 12, 1), "agreed_at_the_time"),
        (date(2022, 12, 1), "agrees_with_other_release"),
        (date(2020, 1, 1), "agrees_with_other_release"),
        (None, "agrees_with_other_release"),
    ],
)
def test_a_revised_figure_agreed_only_while_it_was_current(published: date | None, expected: str):
    found = check(stated(697, **ADOPTED), published)
    assert found.verdict == expected
    assert "since revised: 692" in found.reason
    assert found.official_value == 692
    assert verdict(stated(692, **ADOPTED), published) == "agrees"


def test_as_of_hides_later_releases():
    assert verdict(stated(697, **ADOPTED), date(2020, 12, 1), date(2021, 1, 1)) == "agrees"
    assert verdict(stated(692, **ADOPTED), date(2020, 12, 1), date(2021, 1, 1)) == "differs"
    assert verdict(stated(692, **ADOPTED), date(2020, 12, 1), date(2020, 11, 1)) == "no_series"


def test_a_figure_of_no_release_differs_and_the_right_one_is_named():
    found = check(stated(6500))
    assert found.verdict == "differs"
    assert "would be right with 6,287" in found.reason
    assert found.difference == 213


def test_agreement_names_what_was_known_on_the_day():
    found = check(percent(11, denominator="referrals", **ADOPTED), date(2020, 12, 1))
    assert found.verdict == "agrees"
    assert "692 of 6,287 = 11.01% of all referrals" in found.reason
    assert "known on the day of the text: 697 of 6,287" in found.reason


@pytest.mark.parametrize(
    ("statistic", "reason"),
    [
        (stated(0, dimension=None, category=None, caveat="one_case"), "one case"),
        (stated(9000, caveat="forecast"), "forecast"),
        (percent(89, caveat="complement", **ADOPTED), "complement"),
        (stated(6287, caveat="hypothetical"), "hypothetical"),
        (stated(6287, caveat="combined"), "category"),
        (stated(6287, dimension=None, category=None), "category"),
        (stated(6287, period=(None, None)), "period"),
        (percent(43), "denominator"),
        (stated(2, 1.5, 2.5, kind="multiple"), "measure"),
        (stated(25, kind="age", unit="years"), "measure"),
        (stated(10, 9.5, 10.5, kind="percentage", unit="percentage_point"), "measure"),
    ],
)
def test_what_is_not_known_well_enough_is_not_comparable_for_that_reason(statistic: Statistic, reason: str):
    found = check(statistic)
    assert found.verdict == "not_comparable"
    assert found.reason.lower().startswith(reason)
    assert found.official_value is None


@pytest.mark.parametrize(
    "statistic",
    [
        stated(120, geography="Leicester"),
        stated(120, dimension="age", category=None),
        stated(120, dimension="region", category=None),
        stated(16, 15.5, 16.5, kind="rate", per="100000"),
        stated(6287, period=(date(2019, 1, 1), date(2019, 12, 31))),
        stated(6287, period=year(2012)),
        stated(900, **of_concern("mixed_unstable_unclear"), period=Y2024),
        stated(55, dimension="sector", category="health"),
    ],
)
def test_what_the_tables_do_not_hold_has_no_series(statistic: Statistic):
    assert verdict(statistic) == "no_series"


def test_a_missing_period_is_helped_by_the_years_that_fit():
    assert "it would fit the year to March 2020" in check(stated(6287, period=(None, None))).reason
    assert "it would fit" not in check(stated(6288, period=(None, None))).reason


def test_a_gap_names_the_years_that_are_held():
    reason = check(stated(55, dimension="sector", category="local_authority")).reason
    assert "they hold some for 2024/25" in reason


def test_scotland_is_never_taken_for_england_and_wales():
    of_2023 = {"period": year(2023)}
    assert verdict(stated(114, geography="Scotland", **of_2023)) == "agrees"
    assert verdict(stated(6922, geography="Scotland", **of_2023)) == "differs"
    assert "Scotland rather than England and Wales" in check(stated(114, **of_2023)).reason


def test_a_total_without_a_place_is_taken_for_the_national_series_and_says_so():
    found = check(stated(6287, geography=None))
    assert found.verdict == "agrees"
    assert "the series for England and Wales is assumed" in found.reason
    assert verdict(stated(6500, geography=None)) == "differs"


def test_a_small_total_without_a_place_may_be_a_town():
    assert verdict(stated(52, geography=None)) == "not_comparable"
    assert verdict(stated(52)) == "differs"
    assert verdict(stated(3200, geography=None)) == "differs"
    assert verdict(percent(2, geography=None, denominator="referrals", **ADOPTED)) == "differs"


def test_a_group_without_a_place_is_judged_against_england_and_wales():
    group = of_concern("islamist")
    assert verdict(stated(1487, geography=None, **group)) == "agrees"
    found = check(stated(1500, geography=None, **group))
    assert found.verdict == "differs"
    assert "the series for England and Wales is assumed" in found.reason
    assert verdict(stated(37, geography=None, **group)) == "not_comparable"


def test_the_united_kingdom_is_read_as_the_series_with_a_note():
    found = check(stated(6287, geography="UK"))
    assert found.verdict == "agrees"
    assert "the text says UK" in found.reason


def test_only_official_measures_are_judged_one_row_each_in_order():
    rows = [stated(6287), stated(5, measure="sessions"), stated(697, **ADOPTED)]
    rows[2].statistic_id = "d:9"
    documents = [Document("d", published_date=date(2020, 12, 1))]
    found = check_statistics(rows, documents, SERIES)
    assert [(one.statistic_id, one.verdict) for one in found] == [("d:0", "agrees"), ("d:9", "agreed_at_the_time")]


def test_the_gold_of_the_real_texts_comes_out():
    if not GOLD.is_file():
        pytest.skip(f"no gold at {GOLD}")
    published = {"000": date(2021, 11, 19), "003": date(2025, 2, 14)}
    judged = 0
    with GOLD.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            if not row["verdict"]:
                continue
            choices = {name: text.split("|") for name, text in row.items() if text}
            first = {name: next((one for one in found if one), "") for name, found in choices.items()}
            days = [
                date.fromisoformat(first[name]) if first.get(name) else None for name in ("period_start", "period_end")
            ]
            is_national = row["dimension"].startswith(("total", "concern"))
            statistic = stated(
                float(row["value"]), float(row["value_low"]), float(row["value_high"]), kind=row["kind"],
                measure=first["measure"], unit=first["unit"], denominator=first.get("denominator"),
                dimension=first["dimension"] if is_national else None,
                category=first["category"] if is_national else None,
                geography=choices.get("geography", [""])[0] or None, period=(days[0], days[1]),
                caveat=None if is_national else "one_case",
            )  # fmt: skip
            assert verdict(statistic, published.get(row["document"][:3])) in choices["verdict"], row
            judged += 1
    assert judged == 7
