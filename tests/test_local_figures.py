"""Figures of one place among national ones: headings, councils, numbered paragraphs, rates, places of those hurt."""

from __future__ import annotations

import pytest
from reads import statistics_in

REPORT = """ASHCOMBE BOROUGH COUNCIL
Report to Cabinet

Prevent: review of the year and plan for 2025/26

1.  National picture
1.1  In 2023/24 there were 6,922 referrals to Prevent in England and Wales.
1.2  Of these, 40% came from schools. 2.9 was the score of the service.
2.  The position in Ashcombe
2.1  The Borough made 41 referrals in 2023/24, a rate of 22.4 per 100,000 residents. Twelve came from schools.
2.2  Four were adopted by the Channel panel, which has met eight times.
3.  Training
3.1  In all 900 members of staff have been trained, 71% of the total, against a target of 95%.
Page 3 of 9
Cabinet minute 88, 4 May 2024
"""


def test_a_report_of_a_council_tells_its_own_figures_from_the_national_ones():
    rows = {row.surface: row for row in statistics_in(REPORT)}
    places = {surface: row.geography for surface, row in rows.items()}
    assert {places[surface] for surface in ("6,922", "40%")} == {"England and Wales"}
    assert {places[surface] for surface in ("41", "22.4", "Twelve", "Four")} == {"Ashcombe"}
    assert {rows[surface].period_start.year for surface in ("6,922", "40%", "41", "22.4", "Twelve", "Four")} == {2023}
    assert rows["40%"].denominator_value == 6922
    assert (rows["Four"].measure, rows["Four"].unit, rows["eight"].measure) == ("channel_adopted", "cases", "sessions")
    assert (rows["22.4"].kind, rows["22.4"].measure) == ("rate", "referrals")
    assert rows["95%"].measure == "other"
    assert not {"9", "88"} & set(rows)


@pytest.mark.parametrize(
    ("heading", "place"),
    [
        ("The picture in Ashcombe", "Ashcombe"),
        ("Local figures: Ashcombe", "Ashcombe"),
        ("Referrals in Ashcombe", "Ashcombe"),
        ("How Ashcombe compares", "Ashcombe"),
        ("The attack in Ashcombe", "England and Wales"),
        ("Referrals in the North East", "England and Wales"),
        ("What happened next", "England and Wales"),
    ],
)
def test_a_heading_names_the_place_of_what_stands_below_it(heading, place):
    text = f"There were 6,922 referrals in England and Wales in 2023/24.\n\n{heading}\n\nSchools made 12 referrals.\n"
    assert statistics_in(text)[-1].geography == place


def test_parts_of_what_a_force_dealt_with_are_of_its_area():
    rows = statistics_in(
        "There were 6,287 referrals in England and Wales in 2019/20. In 2020/21 the Ashshire force handled 240 "
        "referrals, of which 24 (10%) were adopted; in England and Wales 14% were."
    )
    assert [row.geography for row in rows] == ["England and Wales", *["Ashshire"] * 3, "England and Wales"]


def test_what_a_nation_publishes_of_its_own_is_its_own():
    rows = statistics_in(
        "There were 6,922 referrals in England and Wales in 2023/24. Police Scotland keeps a count of its own: it "
        "had 97 referrals in 2023/24, of which 80% were for males."
    )
    assert [row.geography for row in rows] == ["England and Wales", "Scotland", "Scotland"]


def test_below_the_next_heading_figures_are_national_again():
    text = (
        "There were 6,922 referrals in England and Wales in 2023/24.\n\nReferrals in Ashcombe\n\nThere were 41 "
        "referrals.\n\nNational trends\n\nSchools made 2,788 referrals.\n"
    )
    assert [row.geography for row in statistics_in(text)] == ["England and Wales", "Ashcombe", "England and Wales"]


def test_the_district_of_a_report_is_the_one_whose_council_wrote_it():
    text = (
        "Westmoor District Council\n\nIn 2023/24 there were 6,922 referrals in England and Wales.\n\nWestmoor\n\n"
        "Referrals in the district fell from 31 to 24 in 2023/24.\n"
    )
    assert [row.geography for row in statistics_in(text)] == ["England and Wales", "Westmoor", "Westmoor"]


@pytest.mark.parametrize("name", ["ARTS COUNCIL", "NATIONAL COUNCIL FOR YOUTH", "SECURITY COUNCIL"])
def test_not_every_council_is_that_of_a_place(name):
    text = "Here 6,922 people were referred in England and Wales in 2023/24. Here 512 were adopted."
    rows = statistics_in(f"{name}\n\n{text}\n")
    assert {row.geography for row in rows} == {"England and Wales"}


def test_those_killed_and_hurt_together_have_one_place():
    rows = statistics_in("He killed two people and injured five at the station in Luton.")
    assert [(row.measure, row.geography) for row in rows] == [("deaths", "Luton"), ("other", "Luton")]


@pytest.mark.parametrize("force", ["Barsetshire Police received", "The Barsetshire force dealt with"])
def test_figures_of_a_force_are_of_its_area(force):
    assert statistics_in(f"{force} 143 referrals in 2023/24.")[0].geography == "Barsetshire"


def test_whoever_speaks_of_a_number_is_not_its_place():
    (row,) = statistics_in("A spokesman for the force in Luton said that 24 officers had joined.")
    assert row.geography is None


def test_a_concern_about_northern_ireland_is_no_place():
    rows = statistics_in("In England and Wales in 2023/24 16 referrals were related to Northern Ireland.")
    assert [(row.category, row.geography) for row in rows] == [("northern_ireland", "England and Wales")]
    rows = statistics_in("There were 16 referrals in Northern Ireland in 2023/24.")
    assert [(row.category, row.geography) for row in rows] == [("total", "Northern Ireland")]
