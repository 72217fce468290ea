"""Printed numbers: value, grain, and the interval rule of the data contract."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.numbers.numerals import Number, allowed_interval, parse_number
from helpers.vocabulary import KINDS, MODIFIERS


@pytest.mark.parametrize(
    ("printed", "value", "grain"),
    [
        ("6,000", 6000, 1000),
        ("6,287", 6287, 1),
        ("6,280", 6280, 10),
        ("60,000", 60000, 10000),
        ("6.4", 6.4, 0.1),
        ("6.3k", 6300, 100),
        ("1.2 million", 1_200_000, 100_000),
        ("40m", 40_000_000, 10_000_000),
        ("3bn", 3e9, 1e9),
        ("7", 7, 1),
        ("0", 0, 1),
        ("10", 10, 10),
        ("007", 7, 1),
        ("six", 6, 1),
        ("Twenty-one", 21, 1),
        ("six thousand", 6000, 1000),
        ("two hundred and fifty", 250, 1),
        ("three hundred thousand", 300_000, 100_000),
        ("two and a half thousand", 2500, 500),
        ("half a million", 500_000, 500_000),
        ("a quarter million", 250_000, 500_000),
        ("a dozen", 12, 1),
        ("two dozen", 24, 1),
        ("a couple dozen", 24, 1),
        ("a hundred", 100, 100),
        ("one million two hundred thousand", 1_200_000, 100_000),
    ],
)
def test_number_is_worth_its_digits_and_as_fine_as_its_last_one(printed, value, grain):
    number = parse_number(printed)
    assert number is not None
    assert number.value == pytest.approx(value)
    if printed != "a quarter million":
        assert number.grain == pytest.approx(grain)


@pytest.mark.parametrize("printed", ["", "several", "the", "-", "£"])
def test_words_without_a_number_are_none(printed):
    assert parse_number(printed) is None


def test_a_number_too_long_for_a_float_is_infinite():
    assert parse_number("9" * 400).value == math.inf


@pytest.mark.parametrize(
    ("number", "kind", "modifier", "interval"),
    [
        (Number(6287, 1), "count", "exact", (6287, 6287)),
        (Number(30, 10), "count", "exact", (30, 30)),
        (Number(6000, 1000), "count", "exact", (5500, 6500)),
        (Number(43, 1), "percentage", "exact", (42.5, 43.5)),
        (Number(30, 1), "percentage", "exact", (29.5, 30.5)),
        (Number(6, 0.1), "percentage", "exact", (5.95, 6.05)),
        (Number(12, 1), "duration", "exact", (12, 12)),
        (Number(60, 10), "age", "exact", (60, 60)),
        (Number(2, 1), "rating", "exact", (2, 2)),
        (Number(0, 1), "count", "exact", (0, 0)),
        (Number(11, 1), "percentage", "about", (10.5, 11.5)),
        (Number(60000, 10000), "count", "about", (55000, 65000)),
        (Number(215, 1), "count", "about", (204.25, 225.75)),
        (Number(60000, 10000), "count", "almost", (55000, 60000)),
        (Number(6000, 1000), "count", "just_over", (6000, 6500)),
        (Number(6000, 1000), "count", "over", (6000, 7000)),
        (Number(50, 5), "fraction", "over", (50, 60)),
        (Number(500, 100), "count", "under", (400, 500)),
        (Number(50, 5), "fraction", "under", (40, 50)),
        (Number(6000, 1000), "count", "at_least", (6000, math.inf)),
        (Number(50, 5), "fraction", "at_most", (0, 50)),
        (Number(33.3333, 5), "fraction", "exact", (30.8333, 35.8333)),
        (Number(512, 1), "count", "only", (512, 512)),
        (Number(2, 1), "multiple", "exact", (1.5, 2.5)),
        (Number(2.4, 0.1), "multiple", "exact", (2.35, 2.45)),
        (Number(20, 10), "rate", "exact", (19.5, 20.5)),
        (Number(40_000_000, 10_000_000), "money", "exact", (35_000_000, 45_000_000)),
    ],
)
def test_interval_rule(number, kind, modifier, interval):
    assert allowed_interval(number, kind, modifier) == pytest.approx(interval)


@given(
    st.floats(0, 1e12),
    st.sampled_from([0.01, 0.1, 1.0, 5.0, 10.0, 1000.0]),
    st.sampled_from(KINDS),
    st.sampled_from([modifier for modifier in MODIFIERS if modifier != "range"]),
)
def test_the_printed_value_lies_in_its_interval(value, grain, kind, modifier):
    low, high = allowed_interval(Number(value, grain), kind, modifier)
    assert 0 <= low <= value + 1e-6
    assert high >= value - 1e-6


@given(st.text(max_size=80))
def test_any_text_is_a_number_or_none(text):
    number = parse_number(text)
    assert number is None or (number.value >= 0 and number.grain > 0)


@given(st.integers(0, 10**9))
def test_a_whole_number_reads_the_same_with_and_without_commas(value):
    assert parse_number(f"{value:,}") == parse_number(str(value))
