"""Errors speak to the reader: one base, faults in a list, the nearest known word."""

from __future__ import annotations

import inspect

import pytest

from helpers import errors
from helpers.errors import EvidenceError, listing, nearest


def test_every_error_of_ours_can_be_caught_as_one():
    classes = [each for _, each in inspect.getmembers(errors, inspect.isclass) if each.__module__ == errors.__name__]
    assert len(classes) > 1
    assert all(issubclass(each, EvidenceError) for each in classes)


def test_faults_are_listed_one_a_line():
    assert listing(["first", "second"]) == "  - first\n  - second"
    assert listing([]) == ""


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("as_off", "Did you mean 'as_of'?"),
        ("AS_OF", "Known: as_of, raw."),
        ("zzz", "Known: as_of, raw."),
        ("", "Known: as_of, raw."),
    ],
)
def test_a_mistyped_word_gets_the_nearest_or_all_known(word, hint):
    assert nearest(word, ["raw", "as_of"]) == hint


def test_known_words_may_come_from_a_generator():
    assert nearest("statistic", (name for name in ("statistics", "events"))) == "Did you mean 'statistics'?"
