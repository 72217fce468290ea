"""What a number measures, of which category, as a share of what: lists, pairs, wholes, negations."""

from __future__ import annotations

import pytest
from reads import statistics_in, the_only

REFERRALS, DISCUSSED, ADOPTED = "referrals", "channel_discussed", "channel_adopted"


def categories_in(text: str) -> list[tuple[str, str | None]]:
    return [(row.surface, row.category) for row in statistics_in(text)]


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("In 2023/24, 6,922 people were referred to Prevent.", [REFERRALS]),
        ("Of the 6,922 referrals, 902 were discussed at a Channel panel.", [REFERRALS, DISCUSSED]),
        ("Of 6,922 referrals, 902 were discussed at a panel and 512 adopted as Channel cases.", None),
        ("Channel adopted 512 people.", [ADOPTED]),
        ("There were 512 adopted Channel cases.", [ADOPTED]),
        ("The review made four recommendations.", ["recommendations"]),
        ("Only one session was held instead of two.", ["sessions", "sessions"]),
        ("Three attacks left 12 people dead.", ["attacks", "deaths"]),
        ("The scheme cost £40m.", ["cost"]),
        ("The boy was 14 years old.", ["age"]),
        ("The hall seats 300 people.", ["other"]),
        ("In 2023/24, 88% of those reported were never adopted.", [ADOPTED]),
        ("Just 7% of referrals made in 2023/24 led to support.", [ADOPTED]),
        ("It is open to as many as 40 teenagers.", ["other"]),
        ("The motion was carried by eight to three.", ["other", "other"]),
        (
            "In 2022/23 the share discussed at a panel was 16% and the share adopted 9%; in 2021/22 these were 23% "
            "and 13% respectively.",
            [DISCUSSED, ADOPTED, DISCUSSED, ADOPTED],
        ),
        ("Add up every referral since April 2015 and it comes to more than 50,000.", [REFERRALS]),
        ("He was jailed for 13 years.", ["sentence"]),
        ("Half of its budget went on rent.", ["other"]),
        (
            "In 2023/24, 6,922 people were sent Prevent's way. Channel, which helps, took just 512 of them.",
            [REFERRALS, ADOPTED],
        ),
        ("We took 900 calls. In 2023 two-thirds of them came from fathers.", ["other", "other"]),
        ("We visited 34 schools. Half of them had made referrals.", ["other", "other"]),
        ("Of those adopted, 302 were referred by the police and 210 by schools.", [ADOPTED, ADOPTED]),
        ("The killer of two worshippers first came to notice at 14.", ["deaths", "age"]),
        ("The grant was cut by a third to £85,000.", ["cost", "cost"]),
        ("Its 90-page report makes five recommendations.", ["other", "recommendations"]),
        ("Over a quarter could not name the lead.", ["other"]),
        ("The provider attended two sessions instead of the six agreed.", ["sessions", "sessions"]),
        ("The youngest person that anyone rang us about this year was eight.", ["age"]),
        ("A second referral followed in June 2020 and a third in January 2021.", []),
        ("In 2023/24, adoptions and referrals came to 512 and 6,922 respectively.", [ADOPTED, REFERRALS]),
        (
            "In 2023/24 there were 6,922 referrals. Roughly one in 14 cases, 512 in all, were adopted.",
            [REFERRALS, ADOPTED, ADOPTED],
        ),
        (
            "In 2023/24 there were 6,922 referrals. A tenth, 693 altogether, were adopted.",
            [REFERRALS, ADOPTED, ADOPTED],
        ),
        ("In 2022/23 41 of the 63 referrals were for boys, and six were adopted.", [REFERRALS, ADOPTED]),
        ("There were 6,922 referrals in 2023/24. The deadline was missed in 12% of cases.", [REFERRALS, "other"]),
        ("There were 6,922 referrals in 2023/24. The limit was kept for 88% of referrals.", [REFERRALS, "other"]),
        (
            "There were 6,922 referrals and 512 adoptions in 2023/24, up from 6,817 and 645 respectively.",
            [REFERRALS, ADOPTED, REFERRALS, ADOPTED],
        ),
        ("There were 6,922 referrals in 2023/24. We hold sessions, of which there are six.", [REFERRALS, "sessions"]),
        ("There were 6,922 referrals in 2023/24. The sex of 31 people was not known.", [REFERRALS] * 2),
        ("More of those adopted were referred over Islamism (310) than the far right (230).", [ADOPTED, ADOPTED]),
    ],
)
def test_a_number_measures_what_its_clause_says(text, measures):
    expected = measures if measures is not None else [REFERRALS, DISCUSSED, ADOPTED]
    assert [row.measure for row in statistics_in(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "In 2023/24 there were 1,314 Islamist referrals and 1,798 right-wing referrals.",
            [("1,314", "islamist"), ("1,798", "extreme_right_wing")],
        ),
        (
            "Referrals in 2023/24: Islamist (1,314), right-wing (1,798).",
            [("1,314", "islamist"), ("1,798", "extreme_right_wing")],
        ),
        (
            "In 2023/24 referrals for Islamist and right-wing concerns were 1,314 and 1,798 respectively.",
            [("1,314", "islamist"), ("1,798", "extreme_right_wing")],
        ),
        ("In 2023/24 there were 6,922 referrals to Prevent.", [("6,922", "total")]),
        ("Males made up 88% of referrals in 2023/24.", [("88%", "male")]),
        (
            "In 2023/24 the police made 2,079 referrals and 2,788 came from education.",
            [("2,079", "police"), ("2,788", "education")],
        ),
        (
            "Right-wing concerns, 10% of referrals in 2015/16, made up 19% in 2023/24, a rise of nine points.",
            [("10%", "extreme_right_wing"), ("19%", "extreme_right_wing"), ("nine points", "extreme_right_wing")],
        ),
        (
            "There were 6,922 referrals in 2023/24. Neo-Nazis supplied 1,314; the Islamists, who take up half of the "
            "budget, barely 913. In 2016/17 that last figure was 3,704. It has since fallen by 75%.",
            [
                ("6,922", "total"),
                ("1,314", "extreme_right_wing"),
                ("half", None),
                *(("913", "islamist"), ("3,704", "islamist"), ("75%", "islamist")),
            ],
        ),
        ("Prevent referrals rise by a fifth as police warn of trend among teenagers", [("a fifth", "total")]),
        (
            "In 2023/24 Islamist concerns were behind 913 referrals, of which 131 (14%) were adopted.",
            [("913", "islamist"), ("131", "islamist"), ("14%", "islamist")],
        ),
        (
            "In 2023/24 the North West had 811 referrals. Of these, 71 (9%) were adopted.",
            [("811", "north_west"), ("71", "north_west"), ("9%", "north_west")],
        ),
        (
            "In 2023/24 police made 1,921 referrals and schools 2,788. Of these, 512 were adopted.",
            [("1,921", "police"), ("2,788", "education"), ("512", "total")],
        ),
        (
            "Of the 63 people referred in Northgate in 2023/24, 41 were under 15 and six were adopted.",
            [("63", "total"), ("41", "under_15"), ("six", "total")],
        ),
        (
            "In 2023/24 one in seven referrals (913 in all) concerned Islamist extremism.",
            [("one in seven", "islamist"), ("913", "islamist")],
        ),
        (
            "In 2023/24 more than a third of referrals, 2,788 in all, came from schools.",
            [("a third", "education"), ("2,788", "education")],
        ),
        (
            "In 2023/24 right-wing cases made up 45% of adoptions, whereas in 2015/16 it had been 26%.",
            [("45%", "extreme_right_wing"), ("26%", "extreme_right_wing")],
        ),
        (
            "There were 6,922 referrals. School massacres were the concern in 162 cases – about one in 40.",
            [("6,922", "total"), ("162", "school_massacre"), ("one in 40", "school_massacre")],
        ),
        (
            "In 2023/24 right-wing cases made up 45% of adoptions. Islamism was a lesser concern than in 2015/16, when "
            "264 such cases were adopted.",
            [("45%", "extreme_right_wing"), ("264", "islamist")],
        ),
        (
            "In 2023/24 health bodies made 10% of referrals. In Scotland the total rose to 162.",
            [("10%", "health"), ("162", "total")],
        ),
        (
            "In 2022/23 school massacres led to 159 referrals. The total for the year to March 2024 is still to come, "
            "at about 7,000.",
            [("159", "school_massacre"), ("7,000", "total")],
        ),
        (
            "In 2023/24 there were 6,922 referrals. The age of 31 people was not known.",
            [("6,922", "total"), ("31", None)],
        ),
        (
            "In 2023/24, 2,489 – more than one in three – were referred for a vulnerability but no ideology.",
            [("2,489", "vulnerability_no_ideology"), ("one in three", "vulnerability_no_ideology")],
        ),
    ],
)
def test_categories_go_with_their_numbers(text, expected):
    assert categories_in(text) == expected


def test_a_number_for_two_categories_is_one_row_with_both():
    (row,) = statistics_in("Islamist and right-wing cases made up 70% of referrals in 2023/24.")
    assert (row.category, row.combined_with, row.caveat) == ("islamist", "extreme_right_wing", "combined")


def test_a_number_for_each_of_two_categories_says_so():
    (row,) = statistics_in("Islamist and right-wing cases each made up 35% of referrals in 2023/24.")
    assert row.caveat == "each"


def test_a_share_of_those_who_never_were_is_a_complement():
    assert the_only("In 2023/24, 93% of those reported were never adopted.").caveat == "complement"


def test_votes_are_counted_as_such():
    rows = statistics_in("Its report made three recommendations. The board voted by eight to five to accept them.")
    assert [row.unit for row in rows] == ["recommendations", "votes", "votes"]


def test_a_share_of_those_who_were_not_is_a_complement():
    (row,) = statistics_in("In 2023/24, 93% of referrals were not adopted as Channel cases.")
    assert (row.measure, row.caveat, row.denominator) == (ADOPTED, "complement", REFERRALS)


@pytest.mark.parametrize(
    ("text", "denominators"),
    [
        ("In 2023/24, 13% of referrals were discussed at a panel.", [REFERRALS]),
        ("In 2023/24, 45% of adopted cases were right-wing.", [ADOPTED]),
        (
            "Right-wing cases made up 19% of referrals where a type of concern was specified.",
            ["referrals:concern_specified"],
        ),
        ("There were 6,922 referrals in 2023/24.", [None]),
        (
            "Some 6,922 were referred in 2023/24. One in 14 were adopted. Schools made up 40% of the total.",
            [None, REFERRALS, REFERRALS],
        ),
        (
            "In 2023/24 512 cases were adopted. Right-wing ones made up 45% of the total.",
            [None, ADOPTED],
        ),
        ("Referrals rose by 5% in 2023/24.", [None]),
    ],
)
def test_a_share_names_what_it_is_a_share_of(text, denominators):
    assert [row.denominator for row in statistics_in(text)] == denominators


@pytest.mark.parametrize(
    ("text", "surface", "whole"),
    [
        ("Of the 6,922 referrals in 2023/24, 902 (13%) were discussed at a panel.", "13%", 6922),
        ("In 2023/24, 13% of the 6,922 referrals were discussed at a panel.", "13%", 6922),
        ("There were 6,922 referrals in 2023/24. Of these, 13% were discussed at a panel.", "13%", 6922),
        ("There were 6,922 referrals in 2023/24, of which 902 (13%) were discussed at a panel.", "13%", 6922),
        ("In 2023/24, 111 of the 611 cases were right-wing.", "111 of the 611", 611),
        ("In 2023/24 there were 6,922 referrals, or some 19 a day, of which 512 (7%) were adopted.", "7%", 6922),
        (
            "Schools made 611 referrals in 2023/24. Nine in ten of those whose sex was known were male.",
            "Nine in ten",
            None,
        ),
    ],
)
def test_a_printed_whole_is_the_denominator_value(text, surface, whole):
    assert {row.surface: row.denominator_value for row in statistics_in(text)}[surface] == whole


def test_the_noun_of_an_earlier_number_holds_for_a_bare_one():
    rows = statistics_in("Only one session was held instead of two.")
    assert [(row.value, row.unit) for row in rows] == [(1, "sessions"), (2, "sessions")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Files are kept for six years rather than the current three.", [("duration", 6.0), ("duration", 3.0)]),
        ("Notes are held for ten years instead of the present six.", [("duration", 10.0), ("duration", 6.0)]),
        ("The average age of those referred had dropped to 15.", [("age", 15.0)]),
        ("The median age fell from 17 to 16.", [("age", 17.0), ("age", 16.0)]),
        ("They sit in their rooms until three in the morning.", []),
        ("Old files are opened after 3 and again after 9 months.", [("duration", 3.0), ("duration", 9.0)]),
        ("Files are checked after 6, 12 and 24 months.", [("duration", 6.0), ("duration", 12.0), ("duration", 24.0)]),
        ("They met him at three and then at nine months.", [("duration", 3.0), ("duration", 9.0)]),
        ("The panel heard six and then after 12 months closed the file.", [("count", 6.0), ("duration", 12.0)]),
        ("The mentor held three meetings instead of the eight planned.", [("count", 3.0), ("count", 8.0)]),
        ("A second letter came in March 2018 and a third in May 2019.", []),
        ("A second, a third and a fourth letter followed.", []),
        ("A second referral came from his doctor, a third from a mentor.", []),
        ("In the second half of 2023/24 a third of referrals came from schools.", [("fraction", 33.3333)]),
        ("Some 140 councils did so, as the Terrorism Act 2015 allows.", [("count", 140.0)]),
        ("Of the 12 pupils, three in the morning class were late.", [("count", 12.0), ("count", 3.0)]),
    ],
)
def test_kinds_by_ellipsis_and_numbers_that_name_a_time(text, expected):
    assert [(row.kind, row.value) for row in statistics_in(text)] == expected


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("Nobody would accept a 47-day wait for a child.", ["elapsed"]),
        ("There was a six-month delay.", ["elapsed"]),
        ("The average wait for a first discussion had been cut to less than 26 days.", ["elapsed"]),
        ("The panel held a 12-month review.", ["other"]),
        ("She was given a six-month course for carers.", ["other"]),
    ],
)
def test_waits_lie_between_two_things(text, measures):
    assert [row.measure for row in statistics_in(text)] == measures


def test_the_borough_of_a_council_s_page_is_the_one_it_governs():
    text = "Marfleet Borough Council\n\nThe board heard that 48 people living in the borough were referred in 2023/24."
    assert [row.geography for row in statistics_in(text)] == ["Marfleet"]


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("The bomber was locked up for six years.", ["sentence"]),
        ("He was sent to a young offenders' institution for three years.", ["sentence"]),
        ("Another was given 18 months and a girl of 17 a nine-month referral order.", ["sentence", "age", "sentence"]),
        ("She will serve at least half of the sentence.", ["sentence"]),
        ("She was given 28 days to reply.", ["other"]),
        ("He was given three months of support.", ["other"]),
        ("The appeal was given 14 days.", ["other"]),
        ("He taught there for half of the summer term.", ["other"]),
        ("She waited 12 weeks for a panel. The guidance says no more than 28 days.", ["elapsed", "elapsed"]),
        ("The file had been shut for almost three years.", ["elapsed"]),
        ("The refresher takes up to 45 minutes.", ["other"]),
        ("Police took 14 minutes to arrive.", ["elapsed"]),
        ("She is retiring after 31 years of keeping people safe.", ["service"]),
        ("A mentor saw the boy nine times.", ["sessions"]),
        ("The panel met four times. I met nine teachers.", ["sessions", "other"]),
        ("The target for a first answer will be shortened to 12 working days.", ["elapsed"]),
        ("A visit must follow within 21 days of a report, and notes are kept for ten years.", ["elapsed", "retention"]),
        ("The team had been without a leader for five months.", ["elapsed"]),
        ("Notes are kept for a minimum of ten years.", ["retention"]),
        ("The time between a first call and the meeting of the panel averaged 23 days.", ["elapsed"]),
        ("In 30 years in this chamber I have seen nothing like it.", ["service"]),
        ("Funding will fall by 5% next year.", ["cost"]),
        ("She spoke of the nine years that she had spent as a social worker.", ["service"]),
        ("Their trust has been tested for six years. She has been a nurse for six years.", ["other", "service"]),
        ("The county's share had been cut by a quarter to £60,000.", ["cost", "cost"]),
        ("The grant went up 10%, from £2m.", ["cost", "cost"]),
        ("Referrals rose by 5% to 6,922 in 2023/24, and £2m was spent.", [REFERRALS, REFERRALS, "cost"]),
        ("The killer of three shoppers was known to them.", ["deaths"]),
        ("The murder of three friends in the park shocked the town.", ["deaths"]),
        ("The mentor held three meetings instead of the eight planned.", ["sessions", "sessions"]),
        ("Records are held. The answer sent in 2019, eight years, was too long.", ["retention"]),
        ("Files should be kept for ten years. The usual limit, four years, is too short.", ["retention"] * 2),
        ("How long are records kept?\nUsually for six years.", ["retention"]),
        ("How long are your details kept?\nIt depends. The course takes six years.", ["elapsed"]),
        ("How long will it be held?\nFor up to six years.", ["retention"]),
        ("Details are removed from police databases after six years.", ["retention"]),
        ("The boy was removed from school after six years.", ["elapsed"]),
        ("Half of the staff had left.", ["other"]),
        ("There were 6,922 referrals in 2023/24. The last quarter alone brought in 3,200 reports.", [REFERRALS] * 2),
        ("There were 6,922 referrals in 2023/24. The inquiry read 300 reports.", [REFERRALS, "other"]),
        (
            "In 2023/24 25% of referrals in England and Wales came from schools, against a target of 30%.",
            [REFERRALS, REFERRALS],
        ),
    ],
)
def test_a_length_of_time_or_a_number_of_times_measures_what_its_words_say(text, measures):
    assert [row.measure for row in statistics_in(text)] == measures


def test_respective_shares_keep_the_order_of_their_categories():
    rows = categories_in(
        "In 2023/24 right-wing concerns made up 45% of adopted cases and Islamist ones 23%; in 2016/17, the respective "
        "shares were 37% and 55%."
    )
    assert [category for _, category in rows] == ["extreme_right_wing", "islamist"] * 2


def test_a_multiple_of_another_share_is_of_the_category_before_it():
    rows = categories_in("In 2023/24 45% of adopted cases were right-wing, almost twice the Islamist share (23%).")
    assert [category for _, category in rows] == ["extreme_right_wing", "extreme_right_wing", "islamist"]


def test_those_reported_are_the_referrals():
    row = statistics_in("In 2023/24 512 people were adopted by Channel, 7% of those reported.")[-1]
    assert (row.measure, row.denominator) == (ADOPTED, REFERRALS)


@pytest.mark.parametrize(
    ("text", "surface", "modifier", "kind"),
    [
        ("He turned up to four of them.", "four", "exact", "count"),
        ("Up to four of them came.", "four", "at_most", "count"),
        ("Referrals crept up to 159.", "159", "exact", "count"),
        ("There were some 19 a day.", "19", "about", "rate"),
        ("There were some 19 pupils.", "19", "exact", "count"),
        ("Her pupils, some of them only 11, wrote it.", "11", "only", "age"),
        ("Of the pupils, only 11 wrote it.", "11", "only", "count"),
        ("They have had no letters in weeks.", "no", "exact", "count"),
    ],
)
def test_the_words_around_a_number_say_how_it_is_meant(text, surface, modifier, kind):
    (row,) = statistics_in(text)
    assert (row.surface, row.modifier, row.kind) == (surface, modifier, kind)


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("How long is the information kept?\nNormally for six years.", "retention"),
        ("It is normally removed from police systems after six years.", "retention"),
        ("Records are kept for 12 years. The present rule, six years, is shorter.", "retention"),
        ("She asked for what length of time a record is held. The answer in May, six years, was long.", "retention"),
        ("How long does it take?\nUsually six months.", "elapsed"),
        ("What happens next?\nUsually six months of work.", "other"),
        ("Each case is looked at after 6 and again after 12 months.", "elapsed"),
    ],
)
def test_an_answer_measures_the_length_that_was_asked_for(text, measure):
    rows = [row for row in statistics_in(text) if row.kind == "duration"]
    assert {row.measure for row in rows if row.value != 12} == {measure}


def test_a_share_of_another_place_goes_on_about_the_one_before_it():
    text = (
        "The reviewer interviewed 23 people. In the year to March 2021 the Barset force made 200 referrals, of which "
        "18 (9%) were adopted; across England and Wales the proportion was 14%."
    )
    rows = {row.surface: row for row in statistics_in(text)}
    assert [rows[surface].geography for surface in ("200", "18", "9%")] == ["Barset"] * 3
    assert (rows["14%"].measure, rows["14%"].geography) == (ADOPTED, "England and Wales")
    assert (rows["9%"].denominator_value, rows["14%"].denominator_value) == (200, None)


def test_how_far_some_got_is_the_stage_of_the_sentences_before():
    text = "In 2023/24, 512 were adopted. In 2018/19 there were 5,738 referrals and a tenth of them got that far."
    assert [row.measure for row in statistics_in(text)] == [ADOPTED, REFERRALS, ADOPTED]


def test_a_rate_of_a_unit_is_no_single_case_and_of_no_nation():
    text = "There were 6,922 referrals in England and Wales in 2023/24. He said his unit sees two referrals a day."
    row = statistics_in(text)[1]
    assert (row.kind, row.category, row.geography) == ("rate", "total", None)


@pytest.mark.parametrize(
    ("text", "modifier"),
    [
        ("No child should wait more than ten days.", "at_most"),
        ("Panels must not take more than ten days.", "at_most"),
        ("No panel met, and families waited more than ten days.", "over"),
    ],
)
def test_what_must_not_be_passed_is_an_upper_bound(text, modifier):
    assert statistics_in(text)[-1].modifier == modifier
