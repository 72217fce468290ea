"""Typed numbers and refused ones: every example of both lists, spans, ranges, glued words and broken signs."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.lexicon import read_lexicon
from helpers.numbers.candidates import find_candidates, holds_number
from helpers.numbers.number_readers import READERS

REFUSALS = read_lexicon("refusals")
FORMS = read_lexicon("number_forms")["forms"]
REFUSED = [(entry["why"], example) for entry in REFUSALS for example in entry["examples"]]
TYPED = [(entry["form"], example) for entry in FORMS for example in entry["examples"]]


def only(text: str):
    (candidate,) = find_candidates(text, [])[0]
    return candidate


@pytest.mark.parametrize(("why", "example"), REFUSED)
def test_examples_of_the_lexicon_are_refused_for_their_reason(why, example):
    _, refusals = find_candidates(example, [])
    assert why in {refusal.why for refusal in refusals}


@pytest.mark.parametrize(("why", "example"), [pair for pair in REFUSED if "6,922" not in pair[1]])
def test_nothing_is_left_of_what_is_refused(why, example):
    if example in ("one or two of them",):
        return
    candidates, _ = find_candidates(example, [])
    assert [example[found.start : found.end] for found in candidates] == []


def test_every_form_has_a_reader():
    assert {entry["form"] for entry in FORMS} == set(READERS)


@pytest.mark.parametrize(("form", "example"), TYPED)
def test_examples_of_the_lexicon_are_read_in_their_form(form, example):
    assert only(example).form == form


@pytest.mark.parametrize(
    ("text", "surface", "kind", "value"),
    [
        ("there were 6,922 people", "6,922", "count", 6922),
        ("and 43% of them", "43%", "percentage", 43),
        ("a rise of 11 per cent", "11 per cent", "percentage", 11),
        ("up 2.5 percentage points", "2.5 percentage points", "percentage", 2.5),
        ("four and a half per cent", "four and a half per cent", "percentage", 4.5),
        ("one in ten of them", "one in ten", "fraction", 10),
        ("nine out of 10 cases", "nine out of 10", "fraction", 90),
        ("11 out of 30 cases", "11 out of 30", "ratio", 11),
        ("two-thirds of them", "two-thirds", "fraction", 200 / 3),
        ("nearly three-quarters waited", "three-quarters", "fraction", 75),
        ("fewer than a fifth rated it", "a fifth", "fraction", 20),
        ("a quarter strongly agreed", "a quarter", "fraction", 25),
        ("the age of 19 individuals", "19", "count", 19),
        ("half of them", "half", "fraction", 50),
        ("111 of the 611 cases", "111 of the 611", "ratio", 111),
        ("rated 2 out of 5", "2 out of 5", "rating", 2),
        ("it cost £40m", "£40m", "money", 40e6),
        ("it cost Â£4.99 a copy", "Â£4.99", "money", 4.99),
        ("a 14-year-old boy", "14-year-old", "age", 14),
        ("boys aged 14", "14", "age", 14),
        ("Sam Reed, 25, said", "25", "age", 25),
        ("after 12 months", "12 months", "duration", 12),
        ("two and a half years on", "two and a half years", "duration", 2.5),
        ("referrals doubled", "doubled", "multiple", 2),
        ("three times as many", "three times", "multiple", 3),
        ("a fivefold rise", "fivefold", "multiple", 5),
        ("numbers halved", "halved", "multiple", 0.5),
        ("a dozen cases", "a dozen", "count", 12),
        ("no further referrals", "no", "count", 0),
        ("60-odd cases", "60", "count", 60),
        ("the youngest person anybody ever wrote to us about was eight", "eight", "age", 8),
        ("The oldest boy that my team met this term was 17.", "17", "age", 17),
        ("He came to the notice of his teachers at 13.", "13", "age", 13),
        ("She was first brought to their attention at 15, when", "15", "age", 15),
        ("He was jailed at 19.", "19", "age", 19),
        ("She left school at 15 and", "15", "age", 15),
        ("teaching bored 13-year-olds to cook", "13-year-olds", "age", 13),
    ],
)
def test_a_number_has_the_span_kind_and_value_it_prints(text, surface, kind, value):
    found = only(text)
    assert (text[found.start : found.end], found.kind) == (surface, kind)
    assert found.number.value == pytest.approx(value, abs=1e-3)


@pytest.mark.parametrize(
    ("text", "surface", "low", "high"),
    [
        ("between 5 and 7 years in prison", "5 and 7 years", 5, 7),
        ("between 10% and 12% of them", "10% and 12%", 10, 12),
        ("some 10-12% of them", "10-12%", 10, 12),
        ("between 50 and 60 cases", "50 and 60", 50, 60),
        ("two or three people", "two or three", 2, 3),
        ("it cost £10-12m", "£10-12m", 10e6, 12e6),
    ],
)
def test_a_range_spans_both_its_ends(text, surface, low, high):
    found = only(text)
    assert text[found.start : found.end] == surface
    assert (found.number.value, found.high.value) == pytest.approx((low, high))


@pytest.mark.parametrize(
    "text",
    [
        "the number of ten-year-olds",
        "13-year-olds and younger",
        "14-year-olds made up most",
        "Nine times out of ten it is a joke.",
        "it works 99 times out of 100.",
    ],
)
def test_groups_and_figures_of_speech_state_no_number(text):
    assert find_candidates(text, [])[0] == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The youngest boy told us that the number of letters was nine.", "count"),
        ("The gang was jailed at 19 courts.", "count"),
        ("It came to the notice of the board at 10 meetings.", "count"),
        ("Schools come to the notice of inspectors at 30% of visits.", "percentage"),
    ],
)
def test_not_every_number_near_a_person_is_an_age(text, kind):
    assert only(text).kind == kind


@pytest.mark.parametrize("text", ["between 60 and 50 cases", "12-10%", "9 out of 5 stars", "700 of the 611 cases"])
def test_an_impossible_range_or_part_is_not_read_as_one(text):
    assert all(found.high is None and found.whole is None for found in find_candidates(text, [])[0])


def test_percentage_points_are_not_percent():
    assert (only("up 3 percentage points").unit, only("up 3 per cent").unit) == ("percentage_point", "percent")


def test_a_number_glued_to_letters_is_a_name():
    assert find_candidates("unit4b and the A12 near B2B", [])[0] == []


def test_dates_hide_the_numbers_in_them():
    assert find_candidates("12 people in 2019", [(13, 17)])[0] == find_candidates("12 people in ....", [])[0]


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_candidates_and_refusals_of_any_text_never_overlap(text):
    candidates, refusals = find_candidates(text, [])
    spans = sorted((found.start, found.end) for found in (*candidates, *refusals))
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert holds_number(text) or not candidates


@given(st.lists(st.sampled_from([example for _, example in REFUSED + TYPED]), min_size=1, max_size=5))
def test_forms_in_any_company_are_read_without_fault(examples):
    candidates, _ = find_candidates("; ".join(examples), [])
    assert all(found.number.value >= 0 for found in candidates)
