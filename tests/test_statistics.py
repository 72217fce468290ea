"""The statistics of whole texts: places, speakers, units, rates, caveats, zeros, furniture, and hostile texts."""

from __future__ import annotations

import re
import sys
from dataclasses import asdict
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reads import read_text, statistics_in, the_only

from helpers.lexicon import read_lexicon
from helpers.records import Document, Sentence
from helpers.statistics.events import find_events
from helpers.statistics.extraction import extract_statistics
from helpers.statistics.views import LONGEST

PHRASES = [
    *(example for entry in read_lexicon("refusals") for example in entry["examples"]),
    *(example for entry in read_lexicon("number_forms")["forms"] for example in entry["examples"]),
    *(example for entry in read_lexicon("date_forms")["forms"] for example in entry["examples"]),
    *(entry["example"] for entry in read_lexicon("measures")),
    *(
        "of which",
        "respectively",
        "Islamist",
        "right-wing",
        "from",
        "to",
        "up",
        "than",
        "\n\n",
        "\r\n",
        "“",
        "”",
        "; ",
        ". ",
    ),
]


@pytest.mark.parametrize(
    ("text", "geography"),
    [
        ("In England and Wales there were 6,922 referrals in 2023/24.", "England and Wales"),
        ("Police Scotland received 97 referrals in 2023/24.", "Scotland"),
        ("In Lancashire there were 240 referrals in 2023/24.", "Lancashire"),
        ("There were 340 referrals from the North West in 2023/24.", "England and Wales"),
        ("The fair cost £40,000 in Lancashire.", None),
        ("Avon and Somerset Police received 143 referrals in 2023/24.", "Avon and Somerset"),
        ("In 2023/24 Ashshire’s force received 143 referrals.", "Ashshire"),
        ("The Ashshire constabulary recorded 143 referrals in 2023/24.", "Ashshire"),
        ("Ashshire Police received 160 referrals in 2023/24.", "Ashshire"),
        ("West Ashshire Constabulary made 143 referrals in 2023/24.", "West Ashshire"),
        ("In 2023/24 the Ashshire force handled 240 referrals.", "Ashshire"),
        ("In 2023/24 the Metropolitan force handled 240 referrals.", None),
        ("In 2023/24 the task force handled 240 referrals.", None),
        ("Ashcombe Council made 143 referrals in 2023/24.", "Ashcombe"),
    ],
)
def test_a_figure_of_a_local_area_is_never_the_national_one(text, geography):
    assert the_only(text).geography == geography


def test_place_and_period_are_those_the_text_is_about():
    rows = statistics_in("Scotland had 97 referrals in 2023/24.\n\nThere were 12 adopted Channel cases.")
    assert (rows[1].geography, rows[1].period_start) == ("Scotland", date(2023, 4, 1))


def test_the_headline_takes_the_period_that_the_text_names_first():
    rows = statistics_in("Prevent referrals reach 6,922\n\nThere were 6,922 referrals in England in 2023/24.")
    assert {row.period_start for row in rows} == {date(2023, 4, 1)}


def test_the_speaker_of_a_quoted_number_is_noted():
    (row,) = statistics_in("Ms Reed said: “There were 6,922 referrals in 2023/24.”")
    assert row.speaker == "Ms Reed"


@pytest.mark.parametrize(
    ("text", "kind", "per"),
    [
        ("About 20 people a day are referred to Prevent.", "rate", "day"),
        ("There are 11 referrals per 100,000 people.", "rate", "100000"),
        ("It costs £40m a year.", "money", None),
    ],
)
def test_rates_say_what_they_are_per(text, kind, per):
    row = statistics_in(text)[0]
    assert (row.kind, row.per) == (kind, per)


@pytest.mark.parametrize(
    ("text", "caveat"),
    [
        ("Referrals are expected to reach 10,000 in 2025/26.", "forecast"),
        ("He was referred three times.", "one_case"),
        ("There were no further Prevent referrals.", "one_case"),
        ("He left in May. A further two referrals were closed.", "one_case"),
    ],
)
def test_what_is_no_plain_figure_says_so(text, caveat):
    assert the_only(text).caveat == caveat


@pytest.mark.parametrize(
    "text",
    [
        "One of the best plans is one of ours.",
        "There is no doubt, and no longer any question.",
        "Over the past three years it changed.",
        "It may not sum to 100% due to rounding.",
        "Call 0800 789 321 or see section 26.",
        "Children aged 11 to 15 took part.",
        "It opened on 15 October 2021 at 10.30am.",
        "He arrived first, on the 21st.",
        "It was half the job.",
        "The counting rules make the two years hard to compare.",
        "One should not set one figure against the other, because the three periods cannot be compared.",
        "The grant has not fallen by a third.",
        "Those who sign can reach us by textphone on 18555.",
        "Join us: 4,310 signatures and counting!",
        "To file a form is none of the work.",
        "The hall opens again on 4 May, two years to the day.",
    ],
)
def test_what_is_no_statistic_is_no_row(text):
    assert statistics_in(text) == []


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("More than 2000 people came.", [2000]),
        ("None of the pupils came.", [0]),
        ("He was away for six and 12 months.", [6, 12]),
        ("It takes six to eight weeks.", [None]),
        ("Only one session was held.", [1]),
        ("Of the schools asked, none of the heads came.", [0]),
        ("Prevent is one of the four strands of the plan.", [4]),
        ("One of the three pillars of the plan is Prevent.", [3]),
        ("No police officers turned up.", [0]),
        ("The team had no leader for five months until October.", [5]),
    ],
)
def test_what_is_stated_is_a_row(text, values):
    assert [row.value for row in statistics_in(text)] == values


def test_numbers_that_white_space_divides_keep_their_place_in_the_source():
    (row,) = statistics_in("In 2023/24 there were 11 \t per cent more referrals than before.")
    assert row.surface == "11 \t per cent"


def check_rows(text: str) -> None:
    sentences, statistics, events = read_text(text)
    spans = {sentence.sentence_id: (sentence.span_start, sentence.span_end) for sentence in sentences}
    for rows in (statistics, events):
        assert all(row.surface == text[row.span_start : row.span_end] for row in rows)
        assert all(spans[row.sentence_id][0] <= row.span_start for row in rows)
        assert all(row.span_end <= spans[row.sentence_id][1] for row in rows)
        placed = sorted((row.span_start, row.span_end) for row in rows)
        assert all(one[1] <= other[0] for one, other in pairwise(placed))
    assert all(row.value_low <= row.value_high for row in statistics)
    _, renamed, _ = read_text(text, document_id="other")
    assert [without_names(row) for row in renamed] == [without_names(row) for row in statistics]


def without_names(row) -> dict:
    return {name: value for name, value in asdict(row).items() if not name.endswith("_id")}


@given(st.text(max_size=300))
def test_rows_of_any_text_are_where_they_say(text):
    check_rows(text)


@given(st.lists(st.sampled_from(PHRASES), max_size=12), st.sampled_from([" ", ", ", ". ", "\n", "\r\n\r\n"]))
@settings(max_examples=150)
def test_rows_of_phrases_in_any_order_are_where_they_say(phrases, joint):
    check_rows(joint.join(phrases))


@pytest.mark.parametrize(
    ("text", "surface", "fields"),
    [
        ("Education's referrals rose most in 2023/24: 2,788, or 40%.", "2,788", ("referrals", "education", None)),
        ("There were 611 referrals. Over half of them, 340, were under 15.", "340", ("referrals", "under_15", None)),
        ("Of 900 referrals 611 of them, well over half, were for men.", "611", ("referrals", "male", None)),
        ("A third were sent by a school, college or university.", "A third", ("referrals", "education", "referrals")),
        ("School referrals triple as forces plead for help.", "triple", ("referrals", "education", None)),
        ("Schools made 2,305 referrals, almost twice the 1,221 of 2020/21.", "1,221", ("referrals", "education", None)),
        ("Islamist referrals (913) were 13% of the total.", "13%", ("referrals", "islamist", "referrals")),
        ("Some 611 referrals were for men, and 343 were for under-15s.", "343", ("referrals", "under_15", None)),
        ("A third of referrals, 36% to be exact, were Islamist.", "A third", ("referrals", "islamist", "referrals")),
        ("Health bodies made 574 referrals â€“ 9% â€“ in all.", "9%", ("referrals", "health", "referrals")),
        (
            "Some 512 people were adopted. Of those with a known concern, 45% were right-wing.",
            "45%",
            ("channel_adopted", "extreme_right_wing", "channel_adopted:concern_specified"),
        ),
        (
            "Under-15s made up 29% of referrals where age was known, and 37% of adopted cases.",
            "37%",
            ("channel_adopted", "under_15", "channel_adopted"),
        ),
        (
            "Islamist cases were 19% of adoptions, right-wing ones 45%. Among referrals the two are level on 24%.",
            "24%",
            ("referrals", "islamist", "referrals"),
        ),
        ("Schools are busy as the national figure reaches 8,778 referrals.", "8,778", ("referrals", "total", None)),
        ("If each school had its own nurse we'd need 9,000 of them.", "9,000", ("other", None, None)),
        ("Two people were killed and five wounded by one man.", "five", ("other", None, None)),
    ],
)  # fmt: skip
def test_a_number_is_of_what_its_sentence_goes_on_about(text, surface, fields):
    row = {row.surface: row for row in statistics_in(text)}[surface]
    assert (row.measure, row.category, row.denominator) == fields


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("What mark would you give it?\n\nA six, maybe. It was a three before.", ["rating", "rating"]),
        ("How would you rate it?\n\nSeven out of ten. Nine out of ten were boys.", ["rating", "fraction"]),
        ("Is that the usual rate?\n\nNine out of ten came from schools.", ["fraction"]),
        ("He was 19 at the trial and 16 when his school rang.", ["age", "age"]),
        ("He was 19 in 2012; 16 people were referred.", ["age", "count"]),
        ("More than half – 57% – were under 21.", ["fraction", "percentage"]),
        ("It took six months, and two-thirds closed within six weeks.", ["duration", "fraction", "duration"]),
        ("Some 44% felt sure, down six points since 2021.", ["percentage", "percentage"]),
    ],
)
def test_a_bare_number_is_of_the_kind_that_was_asked_or_named(text, kinds):
    assert [row.kind for row in statistics_in(text)] == kinds


@pytest.mark.parametrize(
    "text",
    [
        "We have heard that promise a thousand times.",
        "The scheme is cheap at twice the price.",
        "Ask me whether it works: a hundred per cent not.",
    ],
)
def test_an_idiom_states_no_number(text):
    assert statistics_in(text) == []


def test_a_number_denied_as_it_was_reported_is_none():
    assert the_only("It came to 31% of cases, not the 40% quoted on the radio.").value == 31


@given(st.lists(st.sampled_from([phrase for phrase in PHRASES if "\r" not in phrase]), max_size=8))
def test_line_ends_of_another_system_change_no_value(phrases):
    text = "\n\n".join(phrases)
    rows, others = statistics_in(text), statistics_in(text.replace("\n", "\r\n"))
    assert [(row.surface, row.value, row.measure) for row in rows] == [
        (row.surface, row.value, row.measure) for row in others
    ]


HOSTILE = {
    "numbers": "1 ",
    "numbers with commas": "1,000, ",
    "shares in brackets": "12 (5%) ",
    "years": "2019 and ",
    "words of change": "up 5% than ",
    "categories": "Islamist 12 right-wing ",
    "wholes": "of the 12 referrals ",
    "ranges": "between 1 and ",
    "open brackets": "((12 ",
    "number words": "twenty one hundred ",
    "places": "in Ashcombe 12 ",
    "no blanks": "a1,",
    "dates": "1 May to 2 June 2020, ",
}


def calls_for(text: str) -> int:
    """Calls of functions, built-in ones included, that reading a text takes: a measure of work that no clock blurs."""
    count = 0

    def note(frame, event, argument) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sentence = Sentence("text:0", "text", 0, len(text), text, "body")
    document = Document("text", published_date=date(2025, 1, 15))
    sys.setprofile(note)
    try:
        find_events(text, [sentence], document, extract_statistics(text, [sentence], document, []))
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("shape", HOSTILE)
def test_a_sentence_without_end_takes_work_in_step_with_its_length(shape):
    unit = HOSTILE[shape]
    text = unit * (LONGEST // len(unit))
    calls_for(text * 2)  # compiles patterns, reads official figures
    more = calls_for(text * 2)
    once = calls_for(text)
    assert more < 2.5 * once


def test_no_pattern_runs_past_its_stretch():
    text = "12 " * (LONGEST // 2)
    rows = statistics_in(f"There were {text}referrals.")
    assert all(len(row.clause) <= 400 and re.fullmatch(r"12", row.surface) for row in rows)
