"""Dated happenings: days, types, descriptions, and dates that are none."""

from __future__ import annotations

from datetime import date

import pytest
from reads import events_in

from helpers.lexicon import read_lexicon
from helpers.vocabulary import EVENT_TYPES


@pytest.mark.parametrize(
    ("text", "surface", "first", "last", "precision", "source"),
    [
        ("He was referred on 15 October 2021.", "15 October 2021", "2021-10-15", "2021-10-15", "day", "stated"),
        ("She was adopted in February 2020.", "February 2020", "2020-02-01", "2020-02-29", "month", "stated"),
        ("The duty began in 2015.", "2015", "2015-01-01", "2015-12-31", "year", "stated"),
        (
            "The attacks took place between 2014 and 2016.",
            "2014 and 2016",
            "2014-01-01",
            "2016-12-31",
            "period",
            "stated",
        ),
        ("The report came out on Friday.", "Friday", "2025-01-10", "2025-01-10", "day", "relative"),
        ("It was done by the end of April 2021.", "April 2021", "2021-04-01", "2021-04-30", "month", "stated"),
    ],
)
def test_a_happening_has_its_days(text, surface, first, last, precision, source):
    (event,) = events_in(text)
    assert (str(event.date_start), str(event.date_end)) == (first, last)
    assert (event.precision, event.date_source) == (precision, source)
    assert event.surface.endswith(surface) or surface.endswith(event.surface)


def test_a_month_in_a_clause_about_what_is_to_come_lies_ahead():
    (event,) = events_in("Four were carried out; the other two will be in force by the end of October.")
    assert event.date_start == date(2025, 10, 1)


def test_the_year_of_the_youngest_is_no_event():
    assert events_in("The youngest child that any of my officers had to talk to this year was nine.") == []
    assert [event.event_type for event in events_in("A boy of nine was referred last year.")] == ["referral"]


def test_the_date_of_an_ordinal_is_an_event_like_the_others():
    events = events_in("A second referral was made in March 2018 and a third in May 2019.")
    assert [(event.date_start, event.event_type) for event in events] == [
        (date(2018, 3, 1), "referral"), (date(2019, 5, 1), "referral"),
    ]  # fmt: skip


def test_two_coordinated_months_are_two_events():
    events = events_in("He was referred in February and April 2021.")
    assert [event.date_start for event in events] == [date(2021, 2, 1), date(2021, 4, 1)]


def test_the_year_of_a_share_is_no_happening():
    assert not events_in("We took 900 calls. In 2019 two-thirds of them came from fathers.")


@pytest.mark.parametrize(
    ("text", "event_type"),
    [
        ("He was referred to Prevent in May 2019.", "referral"),
        ("He was adopted as a Channel case in May 2019.", "adoption"),
        ("His case was closed in May 2019.", "exit"),
        ("The inquiry began in May 2019.", "review"),
        ("Three people were stabbed in May 2019.", "attack"),
        ("She pleaded guilty in May 2019.", "conviction"),
        ("The bulletin was published in May 2019.", "publication"),
        ("The new duty was introduced in May 2019.", "reform"),
        ("A review was announced in May 2019.", "review"),
        ("They met in May 2019.", "other"),
        ("He was convicted of possessing bomb-making notes in May 2019 and jailed.", "conviction"),
        ("It is a review of the contacts that the attacker had with Prevent before May 2019.", "attack"),
        ("In the bulletin of May 2019, 2,788 were referred by schools.", "publication"),
    ],
)
def test_the_nearest_words_tell_what_happened(text, event_type):
    assert events_in(text)[0].event_type == event_type


@pytest.mark.parametrize(
    ("text", "surface", "first"),
    [
        ("He was referred in March 2014. He was adopted that June.", "June", "2014-06-01"),
        ("He was referred in March 2014. He was adopted in the May of that year.", "May of that year", "2014-05-01"),
        ("The inquiry opened in September 2022 and reported the following March.", "March", "2023-03-01"),
        ("He was referred in March 2019. In June the panel met.", "June", "2019-06-01"),
        ("The attack of 15 October 2021 led to a review in March.", "March", "2022-03-01"),
    ],
)
def test_a_month_leans_on_the_date_before_it(text, surface, first):
    event = events_in(text)[-1]
    assert (event.surface, str(event.date_start), event.precision) == (surface, first, "month")
    assert event.date_source == "relative"


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("The next session is at the library on 22 September.", "2025-09-22"),
        ("30 April: deadline for returns.", "2025-04-30"),
        ("He was arrested on 22 September.", "2024-09-22"),
        ("He struck on May 4 last year.", "2024-05-04"),
        ("The pilot ended in April last year.", "2024-04-01"),
        ("He left on 12-02-2021.", "2021-02-12"),
        ("The team had no leader for five months until October.", "2024-10-01"),
        ("The office will be shut for five months until October.", "2025-10-01"),
        ("It happened on the night of 14/15 August 2023.", "2023-08-14"),
        ("October: a review found two failings.", "2024-10-01"),
    ],
)
def test_a_date_without_its_year_lies_where_the_words_put_it(text, first):
    assert [str(event.date_start) for event in events_in(text)] == [first]


def test_an_undated_text_takes_the_year_from_the_date_before():
    events = events_in("The webinar is on 14 March 2024. 30 April: deadline for returns.", None)
    assert [event.date_start for event in events] == [date(2024, 3, 14), date(2024, 4, 30)]


def test_a_month_that_leans_on_a_year_is_one_event_in_an_undated_text():
    events = events_in("He was reported in October 2017 and adopted by the panel in November of that year.", None)
    assert [event.date_start for event in events] == [date(2017, 10, 1), date(2017, 11, 1)]


def test_a_date_that_names_something_or_only_contrasts_is_no_event():
    assert events_in("The September 11 attacks were raised. Today there is a form. See KCSIE 2023.") == []


def test_every_type_of_the_lexicon_is_one_of_the_contract():
    assert set(read_lexicon("event_types")) <= set(EVENT_TYPES)


@pytest.mark.parametrize(
    "text",
    [
        "There were 6,922 referrals in the year to March 2024.",
        "There were 6,922 referrals in 2023/24.",
        "There were 6,922 Prevent referrals in 2023.",
        "The Counter-Terrorism and Security Act 2015 applies.",
        "Numbers vary in a typical year.",
    ],
)
def test_periods_of_figures_and_years_in_names_are_no_events(text):
    assert events_in(text) == []


def test_the_description_is_the_clause_of_the_date():
    (event,) = events_in("It rained; he was referred in May 2019; it stopped.")
    assert event.description == "he was referred in May 2019"


def test_a_long_description_is_cut():
    (event,) = events_in(f"He was referred in May 2019 {'and then ' * 60}left.")
    assert len(event.description) == 300
    assert event.description.endswith("…")


def test_without_a_publication_date_only_stated_days_are_events():
    assert [event.surface for event in events_in("On Friday he left. He came on 2 May 2019.", None)] == ["2 May 2019"]


def test_a_deadline_that_will_be_missed_lies_ahead_though_its_sentence_looks_back():
    events = events_in("The chair stood down in November, and the deadline of 12 March will be missed.")
    assert [event.date_start for event in events] == [date(2024, 11, 1), date(2025, 3, 12)]


@pytest.mark.parametrize(
    "text",
    ["Peers heard in 2018 that he had been referred.", "It is the most referrals since the series began in 2018."],
)
def test_what_was_told_or_counted_since_a_year_did_not_happen_in_it(text):
    assert [event.event_type for event in events_in(text)] == ["other"]


@pytest.mark.parametrize(
    ("text", "event_type"),
    [
        ("On 9 March 2023 he walked into the hall and took the lives of two men.", "attack"),
        ("He pleaded guilty to both murders in November 2023.", "conviction"),
        ("The decision to close the case, in May 2021, was hers.", "exit"),
        ("All of it will be done by July 2025.", "reform"),
        ("Schools have had a legal duty to help since 1 July 2015.", "reform"),
        ("Press notice, 10 December 2024", "publication"),
        ("There were calls before police raided the flat on 17 September 2019.", "other"),
    ],
)
def test_more_words_tell_what_happened(text, event_type):
    assert [event.event_type for event in events_in(text)] == [event_type]


def test_the_year_of_a_forecast_is_no_happening():
    assert events_in("Spending will rise by 4% next year.") == []


@pytest.mark.parametrize(
    "text",
    [
        "Forces heard of more young men last year than in any year before.",
        "This year the trust is spending another £300,000 on its youth clubs.",
    ],
)
def test_the_year_of_a_record_or_of_money_is_no_happening(text):
    assert events_in(text) == []


def test_months_of_two_referrals_are_two_events():
    events = events_in("Two more referrals, in June 2018 and March 2019, came to nothing.")
    assert [event.date_start for event in events] == [date(2018, 6, 1), date(2019, 3, 1)]


def test_what_has_applied_since_a_month_is_an_event_beside_a_share():
    events = events_in("The target has applied since June 2019, and 71% of referrals in England and Wales met it.")
    assert [(event.date_start, event.event_type) for event in events] == [(date(2019, 6, 1), "reform")]


@pytest.mark.parametrize(
    ("text", "event_type"),
    [
        ("His name reached Prevent in May 2019.", "referral"),
        ("The council asks for views: its consultation on the new form closes on 8 May 2023.", "other"),
        ("The review made many proposals, and nine had been delivered by June 2021.", "reform"),
    ],
)
def test_what_is_done_last_before_a_date_gives_its_type(text, event_type):
    assert [event.event_type for event in events_in(text)] == [event_type]


def test_what_opens_lies_ahead():
    (event,) = events_in("The centre, which was refitted by volunteers, opens on 9 January.")[-1:]
    assert event.date_start > date(2021, 10, 1)
