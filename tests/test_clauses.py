"""The words around a number: groups, modifiers, directions, units and nouns; places and durations."""

from __future__ import annotations

import pytest

from helpers.lexicon import read_lexicon
from helpers.numbers.candidates import find_candidates
from helpers.numbers.clauses import Clause, make_mentions
from helpers.numbers.nouns import head_noun
from helpers.numbers.places import find_places
from helpers.statistics.durations import duration_measure
from helpers.statistics.stated import keep_stated

MODIFIERS = read_lexicon("modifiers")
BEFORE = [(name, word) for name, words in MODIFIERS["before"].items() for word in words]
AFTER = [(name, word) for name, words in MODIFIERS["after"].items() for word in words]


def mentions_in(text: str):
    return make_mentions(text, keep_stated(text, find_candidates(text, [])[0])[0])


@pytest.mark.parametrize(
    ("text", "sizes"),
    [
        ("there were 381 (5%) and 512 (7%)", [2, 2]),
        ("there were 512, or 7 per cent, in all", [2]),
        ("just 512 people, which is 7%", [2]),
        ("a third of cases (33%) were closed", [2]),
        ("for men (1,950; 31%) and women", [2]),
        ("there were 1,950 cases – 31% – in all", [2]),
        ("there were 1,950 cases, up 31%", [1, 1]),
        ("there were 381 and 512 cases", [1, 1]),
        ("5% and 7% of them", [1, 1]),
        ("381 cases (5%), 40 (1%) of them girls", [2, 2]),
    ],
)
def test_a_count_and_its_share_are_one_group(text, sizes):
    assert [len(members) for members in Clause(text, mentions_in(text), [], []).groups] == sizes


@pytest.mark.parametrize(("name", "word"), BEFORE)
def test_every_modifier_before_a_number_is_read(name, word):
    assert mentions_in(f"there were {word} 6,000 referrals")[-1].modifier == name


@pytest.mark.parametrize(("name", "word"), AFTER)
def test_every_modifier_after_a_number_is_read(name, word):
    joined = word if word.startswith("-") else f" {word}"
    assert mentions_in(f"there were 6,000{joined} referrals")[0].modifier == name


def test_some_is_about_only_before_a_round_number():
    assert mentions_in("there were some 6,000 cases")[0].modifier == "about"
    assert mentions_in("there were some 6,287 cases")[0].modifier == "exact"


def test_a_modifier_before_a_pair_holds_for_both():
    assert [m.modifier for m in mentions_in("there were only 512, or 7 per cent")] == ["only", "only"]


@pytest.mark.parametrize(
    ("text", "modifier"),
    [
        ("he did so over five years", "exact"),
        ("he served for over five years", "over"),
        ("12 more referrals than the 40 of before", "exact"),
        ("no case should wait more than 10 days", "at_most"),
        ("a panel must not take longer than 28 days", "at_most"),
        ("nobody had waited more than six weeks", "at_most"),
        ("no panel met more than four times", "at_most"),
        ("not a single panel met more than four times", "at_most"),
        ("not all schools made more than five referrals", "over"),
        ("it cannot cost more than £400", "at_most"),
        ("the wait should never be more than 30 days", "at_most"),
        ("no school made fewer than 12 referrals", "at_least"),
        ("there is no doubt that more than 10 days passed", "over"),
        ("there were no referrals in more than 10 schools", "over"),
        ("it did not open because more than 10 days had passed", "over"),
        ("they were not trained, and more than 10 left", "over"),
    ],
)
def test_over_and_than_can_be_no_modifier(text, modifier):
    assert mentions_in(text)[-1].modifier == modifier


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("referrals rose by 6%", "rise"),
        ("referrals were up 6.4%", "rise"),
        ("a 22% fall in referrals", "fall"),
        ("a rise of 6 per cent", "rise"),
        ("referrals rose sharply 6%", "rise"),
        ("referrals fell by a fifth", "fall"),
        ("412 more than before", "rise"),
        ("22 per cent fewer than in spring", "fall"),
        ("referrals doubled", "rise"),
        ("referrals halved", "fall"),
        ("the share rose to 43%", "level"),
        ("a further 40 referrals", "level"),
        ("referrals (+6%)", "rise"),
        ("referrals (−6%)", "fall"),
        ("43% of referrals", "level"),
        ("twice as many boys as girls", "level"),
        ("twice as many as last year", "rise"),
        ("the number of 43", "level"),
    ],
)
def test_a_change_has_a_direction(text, direction):
    assert mentions_in(text)[0].direction == direction


@pytest.mark.parametrize(
    ("after", "noun"),
    [
        (" further Prevent referrals in the year", "referrals"),
        (" session being provided", "sessions"),
        (" of the people referred", "people"),
        (" young people were", "people"),
        (" child was", "children"),
        (" was the total", ""),
        (" previous", ""),
        (" agency, which", "agencies"),
        (" in 2019", ""),
        ("-strong 2019 panels", "panels"),
        ("", ""),
    ],
)
def test_the_counted_noun_is_a_plural(after, noun):
    assert head_noun(after) == noun


@pytest.mark.parametrize(
    ("entry"), read_lexicon("durations"), ids=[entry["example"] for entry in read_lexicon("durations")]
)
def test_every_kind_of_duration_is_told_by_its_words(entry):
    words = entry["example"]
    (found,) = find_candidates(words, [])[0]
    assert duration_measure(words, found.start, found.end) == entry["measure"]


def test_a_length_as_an_adjective_is_no_time_between_two_things():
    assert duration_measure("after a 12-month review", 8, 16) == "other"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("in England and Wales", ["England and Wales"]),
        ("numbers nationally", ["England and Wales"]),
        ("Police Scotland said", ["Scotland"]),
        ("across Lancashire", ["Lancashire"]),
        ("in Ashcombe last year", ["Ashcombe"]),
        ("Ashcombe recorded 40 referrals", ["Ashcombe"]),
        ("the London Borough of Ashcombe", ["Ashcombe"]),
        ("Ashcombe Council said", ["Ashcombe"]),
        ("the Ashcombe panel", ["Ashcombe"]),
        ("in Prevent, in March and in Parliament", []),
        ("They recorded 40", []),
    ],
)
def test_places_are_found_by_name_and_by_shape(text, names):
    assert [place.name for place in find_places(text)] == names
