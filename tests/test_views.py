"""The words of a sentence and the way back to the source text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from helpers.statistics.views import View, view_stretches


def test_every_run_of_white_space_is_one_blank():
    assert View("a  b\r\n\tc", 0, 8).words == "a b c"


@given(st.text(alphabet="ab \n\r\t\u00a0", max_size=60))
def test_offsets_lead_back_to_the_same_characters(text):
    view = View(text, 0, len(text))
    for place, letter in enumerate(view.words):
        start, end = view.span(place, place + 1)
        assert text[start:end] == letter or (letter == " " and text[start:end].isspace())


@given(st.text(alphabet="ab,; \n", max_size=200), st.integers(4, 40))
def test_stretches_are_short_and_leave_nothing_out(text, longest):
    views = list(view_stretches(text, 0, len(text), longest))
    assert all(len(view.words) <= longest for view in views)
    assert views[0].start == 0
    assert sum(len("".join(view.words.split())) for view in views) == len("".join(text.split()))


def test_a_long_sentence_is_cut_at_its_last_pause():
    first, second = view_stretches("one two three; four five", 0, 24, 18)
    assert (first.words, second.words) == ("one two three; ", "four five")


def test_a_dash_in_a_wrong_encoding_is_read_as_one():
    text = "a â€“ bâ€™s"
    view = View(text, 0, len(text))
    assert view.words == "a – b’s"
    assert [view.span(place, place + 1)[0] for place in range(7)] == [0, 1, 2, 5, 6, 7, 10]
