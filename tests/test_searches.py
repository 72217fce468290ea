"""Searching for any of many patterns finds what a plain alternation of them finds, in less time."""

from __future__ import annotations

import re
import subprocess
import sys
from functools import cache

import pytest
from conftest import ROOT
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from helpers import openings
from helpers.numbers import candidates, cues, periods
from helpers.openings import KEPT, NUMBER, Needs, needles_of, needs_of, openings_of
from helpers.searches import WORD_START, AnyOf, lower, lower_pattern
from helpers.seldom import Seldom
from helpers.statistics import events, extraction  # noqa: F401  # all of the reading, with its patterns

SEARCHES = {
    "numbers": candidates._PHRASE,
    "dates": periods._PHRASE,
    "measures": cues._measure_words()[0],
    "categories": cues._category_words().names,
}
WORDS = """
one two a hundred dozen 12 1,204 3.5 20 2019/20 2020 % per cent year-old years aged under 15 to 17 and of the MI5
SW1P 4DF 9/11 a.b@c.uk £4.5m Ward 7 Act ( ) , . - – : ½ ¹ no zero half third in March last week on Friday adopted
referred Channel panel right-wing Islamist police London İ 10.30am 4th £ #7 [3]
"""


@cache
def plain(name: str) -> re.Pattern[str]:
    """The alternation that a search stands for."""
    search = SEARCHES[name]
    parts = (f"(?P<_{place}>{one.written})" for place, one in enumerate(search._alternatives))
    return re.compile(f"{WORD_START}(?:{'|'.join(parts)})", 0 if search._is_small else re.IGNORECASE)


def found_by(name: str, text: str) -> tuple[list, list]:
    """What a search and its plain alternation find."""
    search = SEARCHES[name]
    text = lower(text) if search._is_small else text
    ours = [(match.span(), found) for found, match in search.finditer(text)]
    names = [one.name for one in search._alternatives]
    matches = (match for match in plain(name).finditer(text) if match.group())
    return ours, [(match.span(), names[int(match.lastgroup[1:])]) for match in matches]


@pytest.mark.parametrize("name", SEARCHES)
def test_every_search_finds_in_our_texts_what_its_plain_alternation_finds(name):
    for path in sorted((ROOT / "tests" / "gold").rglob("*.txt"))[::3]:
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
            ours, theirs = found_by(name, line)
            assert ours == theirs, line


@pytest.mark.parametrize("name", SEARCHES)
@given(words=st.lists(st.sampled_from(WORDS.split())), glue=st.sampled_from([" ", ""]))
@settings(max_examples=50, deadline=None)
def test_every_search_finds_in_any_mix_of_words_what_its_plain_alternation_finds(name, words, glue):
    text = glue.join(words)
    ours, theirs = found_by(name, text)
    numbers = [number.span() for number in NUMBER.finditer(text)]
    assume(not any(start < place < end for (place, _), _ in theirs for start, end in numbers))  # "7,2019/20"
    assert ours == theirs


@pytest.mark.parametrize(
    "name",
    ["MI5", "SW1P 4DF", "a.b+c@d.org", "x-y.gov.uk", "Covid-19", "Hut 7, ", "Terrorism 2015 Act", "AB-12", "Pier 3/20"],
)
@pytest.mark.parametrize("text", ["{}", "see {} there", "({})", "é{}", "1{}", "- {}"])
def test_a_rule_that_can_begin_with_any_word_is_tried_where_it_fits(name, text):
    ours, theirs = found_by("numbers", text.format(name))
    assert ours == theirs


def test_openings_and_needles_tell_what_a_pattern_cannot_do_without():
    assert openings_of(r"\d{1,3}(?:,\d{3})+ people") == {"0 peop"}
    assert openings_of(r"(?<=\bnot )(?:many|two) ") == {"many ", "two "}
    assert openings_of(r"(?:very )?\w+") == {""}
    assert needles_of(r"\d+ years?(?: ago|$)") == {" year"}
    assert needles_of(r"(?:a|b)") == frozenset()
    assert lower_pattern(r"(?P<who>[A-Z]\W+)(?-i:X)") == r"(?:[a-z]\W+)(?:x)"


def test_small_letters_keep_every_character_in_its_place():
    assert lower("ABC İſKÀ") == "abc isk\N{LATIN SMALL LETTER A WITH GRAVE}"


def test_a_search_tells_names_apart_and_the_first_that_fits_wins():
    search = AnyOf([("short", "rate"), ("long", "rates? of"), ("long", "ratio")], before=r"\b", after=r"\b")
    assert [name for name, _ in search.finditer("rates of a ratio at a rate of")] == ["long", "long", "short"]


def test_what_is_kept_of_our_patterns_is_what_they_need(tmp_path):
    again = tmp_path / "openings.json"
    subprocess.run([sys.executable, "training/keep_openings.py", str(again)], cwd=ROOT, check=True)
    assert again.read_bytes() == KEPT.read_bytes(), "patterns have changed: run python training/keep_openings.py"


def test_of_a_pattern_that_is_not_kept_the_needs_are_found_anew(monkeypatch):
    pattern = f"{candidates._PHRASE._alternatives[0].written} too"
    assert needs_of(pattern) == Needs(openings_of(pattern), needles_of(pattern))
    monkeypatch.setattr(openings, "_kept", lambda: {openings.key_of("cats?"): [["dog"], ["og"]]})
    assert needs_of("cats?") == (frozenset({"dog"}), frozenset({"og"}))
    assert needs_of("cats") == (frozenset({"cats"}), frozenset({"cats"}))


@cache
def seldom_ones() -> dict[str, Seldom]:
    """The patterns of the reading that are tried only in texts that hold their needles, by where they are."""
    modules = [(name, module) for name, module in sys.modules.items() if name.startswith("helpers.")]
    return {
        f"{name}.{key}": value
        for name, module in modules
        for key, value in vars(module).items()
        if isinstance(value, Seldom)
    }


def test_a_pattern_tried_only_where_it_may_fit_is_found_wherever_it_fits():
    assert len(seldom_ones()) > 10
    for path in sorted((ROOT / "tests" / "gold").rglob("*.txt"))[::2]:
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
            for words in (line, line[: len(line) // 2], line[-40:], lower(line)):
                for name, one in seldom_ones().items():
                    assert (one.search(words) is None) == (one._search(words) is None), (name, words)
                    assert (one.match(words) is None) == (one._match(words) is None), (name, words)


def test_whoever_asks_for_categories_may_change_the_list():
    words = "Of these, 12 were girls and 30 were boys."
    first = cues.find_categories(words)
    first.pop()
    assert len(cues.find_categories(words)) == len(first) + 1
