"""Explaining a text: every field has a reason from the reading itself, every refusal is shown, nothing is executed."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import helpers
from helpers.explaining.explanations import Explanation, explain

TEXT = (
    "Just over 6,000 people were referred to Prevent in England and Wales in the year to March 2020. Of these, 24% "
    "were for right-wing concerns. Under section 26, schools must report. Up 12% on the year before, the figure "
    "surprised nobody in the past three years."
)
FIELDS = ["kind", "value", "modifier", "unit", "measure", "category", "geography", "period", "speaker", "verdict"]


def fields(explanation: Explanation, surface: str) -> dict[str, tuple[str, str]]:
    """The lines of the number printed so: what each field was read as, and why."""
    numbers = [number for sentence in explanation.sentences for number in sentence.numbers]
    (number,) = [number for number in numbers if number.surface == surface]
    return {line.field: (line.value, line.why) for line in number.lines}


def test_every_field_of_a_number_has_a_value_and_a_reason():
    read = fields(explain(TEXT), "6,000")
    assert list(read) == FIELDS
    assert all(value and why for value, why in read.values())


@pytest.mark.parametrize(
    ("surface", "field", "value", "why"),
    [
        ("6,000", "value", "6,000", "allows 6,000 to 6,500 people: just over, printed to the nearest 1,000"),
        ("6,000", "modifier", "just_over", "the words before it: “Just over”"),
        ("6,000", "measure", "referrals", "the words beside it: “people were referred”"),
        ("6,000", "geography", "England and Wales", "named in the sentence: “England and Wales”"),
        ("6,000", "period", "the year to March 2020 (stated)", "dated by: “year to March 2020”"),
        ("24%", "category", "concern / extreme_right_wing", "named after it: “right-wing concerns”"),
        ("24%", "measure", "referrals", f"the sentences before: “{TEXT[:80]}…”"),
        ("24%", "period", "the year to March 2020 (inherited)", f"the sentences before: “{TEXT[:80]}…”"),
        ("24%", "denominator", "referrals = 6,000", f"the whole stated before it: “{TEXT[:80]}…”"),
        ("12%", "direction", "rise", "the words: “Up”"),
    ],
)
def test_a_reason_names_the_words_that_gave_the_field(surface, field, value, why):
    assert fields(explain(TEXT), surface)[field] == (value, why)


def test_every_number_refused_is_shown_with_its_reason():
    refused = [pair for sentence in explain(TEXT).sentences for pair in sentence.refused]
    assert ("section 26", "number of a section, page or item") in refused
    read = explain("Nobody saw the 9/11 attacks coming.")
    refused = dict(pair for sentence in read.sentences for pair in sentence.refused)
    assert refused["9/11"] == "name that holds a number"


def test_numbers_that_are_well_formed_but_not_stated_are_refused_too():
    refused = dict(
        pair
        for text in ("The numbers of the past 12 months fell.", "There is no doubt.", "One teacher saw 40 others.")
        for sentence in explain(text).sentences
        for pair in sentence.refused
    )
    assert refused == {
        "no": "no zero of anything that is counted",
        "One": "pronoun or article, set against no other number",
    }


def test_numbers_of_furniture_are_named_as_such():
    page = "Home News Sport\n\nThe review was published.\n\n3 min read\nShare this page 214\n"
    sentences = explain(page).sentences
    furniture = [sentence for sentence in sentences if sentence.reading[0] == "furniture"]
    assert any(why == "page furniture" for sentence in furniture for _, why in sentence.refused)


def test_dates_are_shown_with_the_days_they_were_taken_for():
    sentence = explain("Referrals rose last year.", date(2021, 3, 1)).sentences[0]
    assert sentence.dates == [("last year", "last year, relative: 1 January 2020 to 31 December 2020")]


def test_the_day_of_publication_dates_last_year():
    text = "Last year 6,287 people were referred to Prevent in England and Wales."
    assert fields(explain(text), "6,287")["period"][0] == "–"
    assert fields(explain(text, date(2021, 3, 1)), "6,287")["period"][0] == "the year to March 2020 (relative)"


def test_html_and_words_say_the_same_and_hold_no_markup_of_the_text():
    shown = explain("<b>7 people</b> were referred to Prevent <script>alert(1)</script> in 2019/20.")
    page = shown._repr_html_()
    assert "<script" not in page
    assert "<b>" not in page
    for word in ("measure", "referrals", "the year to March 2020"):
        assert word in page
        assert word in str(shown)
    tags = "div p br small details summary strong table thead tbody tr th td ul li"
    assert set(re.findall(r"<(\w+)", page)) <= set(tags.split())


def test_hidden_characters_are_spelled_out():
    shown = explain("It took \u202e7 people\u202c a day.")
    assert "\u202e" not in str(shown) + shown._repr_html_()
    assert "[U+202E]" in str(shown)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=120))
def test_any_text_is_explained(text):
    shown = explain(text)
    assert isinstance(str(shown), str)
    assert shown._repr_html_().startswith("<div")


def test_the_package_offers_explain_without_reading_anything_at_import():
    ask = "import sys, helpers; print(sorted(name for name in sys.modules if name.startswith('helpers.')))"
    answer = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=False)
    assert (answer.stdout.strip(), answer.stderr) == ("[]", "")
    assert helpers.explain is explain
    with pytest.raises(AttributeError, match="no attribute 'explian'"):
        _ = helpers.explian
