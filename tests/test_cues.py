"""The lexicon of measures and categories: every example is read, and a user's own entries work as well."""

from __future__ import annotations

import shutil
from itertools import pairwise

import pytest
import yaml
from reads import statistics_in

from helpers import lexicon
from helpers.numbers import cues
from helpers.numbers.cues import find_categories, find_measures, measure_of_noun
from helpers.numbers.denominators import names_own_whole, whole_length
from helpers.numbers.references import POINTS_BACK, is_elliptic
from helpers.paths import LEXICON

MEASURES = lexicon.read_lexicon("measures")
BREAKDOWNS = [
    (entry["dimension"], category)
    for entry in lexicon.read_lexicon("categories")
    for category in entry["categories"]
    if entry["dimension"] != "base"
]
NAMED = [
    ("right-wing referrals", "concern", "extreme_right_wing"),
    ("Islamist cases", "concern", "islamist"),
    ("referrals from the police", "sector", "police"),
    ("referrals from schools", "sector", "education"),
    ("males", "gender", "male"),
    ("those aged under 15", "age", "under_15"),
    ("15 to 20-year-olds", "age", "age_15_20"),
    ("signposted to other services", "outcome", "signposted"),
    ("in the North East", "region", "north_east"),
    ("secondary school pupils", "education_setting", "secondary_school"),
    ("incel concerns", "concern", "incel"),
]


@pytest.fixture
def own_lexicon(tmp_path, monkeypatch):
    """A copy of the lexicon that a test may change; what was compiled from it is forgotten before and after."""
    folder = shutil.copytree(LEXICON, tmp_path / "lexicon")
    caches = (lexicon.read_lexicon, cues._measure_words, cues._category_words, cues.measure_of_noun)
    monkeypatch.setattr(lexicon, "LEXICON", folder)
    for cached in caches:
        cached.cache_clear()
    yield folder
    monkeypatch.undo()
    for cached in caches:
        cached.cache_clear()


@pytest.mark.parametrize("entry", MEASURES, ids=[entry["example"] for entry in MEASURES])
def test_example_of_every_measure_reads_as_that_measure(entry):
    assert entry["measure"] in {row.measure for row in statistics_in(f"The text says that {entry['example']}.")}


@pytest.mark.parametrize(("words", "dimension", "category"), NAMED)
def test_categories_are_found_by_their_names(words, dimension, category):
    assert (dimension, category) in {(cue.dimension, cue.category) for cue in find_categories(f"40 {words} came")}


def test_a_bare_name_of_a_sector_counts_only_where_sources_are_spoken_of():
    assert find_categories("the police arrested 12 people") == []
    assert find_categories("the police arrested 12 people", "sector")[0].category == "police"
    assert find_categories("40 came from schools and 12 through police forces")[-1].category == "police"


def test_cues_never_overlap():
    words = "no clear ideology, mixed, unstable or unclear ideology, extreme right-wing, under 18s aged 31 and over"
    found = find_categories(words)
    assert all(one.end <= other.start for one, other in pairwise(found))


def test_a_counted_noun_names_its_measure():
    assert [measure_of_noun(noun) for noun in ("sessions", "attacks", "teapots")] == ["sessions", "attacks", None]


def test_wholes_are_named_by_the_phrase_after_a_share():
    assert whole_length(" of all referrals were") == len(" of all referrals")
    assert names_own_whole(" of referrals")
    assert not names_own_whole(" of these were")
    assert not names_own_whole(" in all")


def test_sentences_that_point_back_are_told():
    assert is_elliptic("Of these, 40 were boys")
    assert POINTS_BACK.search("Of those, 40 were boys")
    assert not POINTS_BACK.search("40 of those referred")
    assert not is_elliptic("Teachers referred 40 boys")


def test_a_measure_added_to_the_lexicon_is_read(own_lexicon):
    entries = yaml.safe_load((own_lexicon / "measures.yml").read_text(encoding="utf-8"))
    entries.append({"measure": "sessions", "example": "nine seances", "noun": ["seances?"]})
    (own_lexicon / "measures.yml").write_text(yaml.safe_dump(entries, allow_unicode=True), encoding="utf-8")
    assert find_measures("there were nine seances")[0].measure == "sessions"
    assert [row.measure for row in statistics_in("There were nine seances in the hall.")] == ["sessions"]


def test_a_category_added_to_the_lexicon_is_read(own_lexicon):
    entries = yaml.safe_load((own_lexicon / "categories.yml").read_text(encoding="utf-8"))
    entries[0]["categories"]["nihilist"] = {"always": ["nihilis(?:t|m)"]}
    (own_lexicon / "categories.yml").write_text(yaml.safe_dump(entries, allow_unicode=True), encoding="utf-8")
    (row,) = statistics_in("In 2023/24 there were 40 nihilist referrals to Prevent.")
    assert (row.dimension, row.category) == ("concern", "nihilist")
