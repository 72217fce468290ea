"""Wording and themes of sources: what each stresses, what goes together, how alike they are."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.comparing.likeness import stopwords
from helpers.comparing.themes import PASSAGE, find_themes
from helpers.comparing.wording import compare_sources, find_collocations, find_concordance, find_keywords
from helpers.records import Sentence

SCHOOL = "Teachers at the school asked the college tutors about pupils."
PANEL = "A Channel panel met the mentor and the panel chair took notes."
MARKET = "Traders at the market sold apples and pears under the old clock."


def sentences(**texts: list[str]) -> list[Sentence]:
    return [
        Sentence(f"{name}:{place * 100}", name, place * 100, place * 100 + 99, text, "body")
        for name, parts in texts.items()
        for place, text in enumerate(parts)
    ]


def corpus() -> list[Sentence]:
    return sentences(a=[SCHOOL] * 12 + [PANEL] * 8, b=[PANEL] * 20, c=[MARKET] * 20)


def test_keywords_are_what_one_source_says_more_often_than_the_others():
    found = find_keywords(corpus())
    words = found.groupby("document_id")["word"].agg(list)
    assert "pupils" in words["a"]
    assert "market" in words["c"]
    assert "pupils" not in words.get("b", [])
    assert (found["keyness"] > 0).all()
    row = found[found["word"] == "market"].iloc[0]
    assert (row["count"], row["elsewhere"]) == (20, 0)


def test_keywords_need_something_to_compare_with():
    assert find_keywords(sentences(a=[SCHOOL] * 9)).empty
    assert find_keywords([]).empty


def test_collocations_are_pairs_in_one_sentence_without_stopwords():
    found = find_collocations(sentences(a=["He joined the Prevent programme.", "Programme staff met."] * 5))
    assert set(found["pair"]) == {"prevent programme", "staff met", "programme staff"}
    assert dict(zip(found["pair"], found["count"], strict=True))["prevent programme"] == 5
    assert not {word for pair in found["pair"] for word in pair.split()} & stopwords()


def test_concordance_shows_the_words_around_a_term_as_printed():
    found = find_concordance(sentences(b=["The Channel panel met."], a=["A channel, they said."]), "channel", width=4)
    assert found[["document_id", "before", "term", "after"]].to_numpy().tolist() == [
        ["a", "A ", "channel", ", th"],
        ["b", "The ", "Channel", " pan"],
    ]


@pytest.mark.parametrize("term", ["", "   ", "(", ".*", "chan"])
def test_a_concordance_term_is_a_word_and_no_pattern(term):
    assert find_concordance(sentences(a=["The Channel panel met."]), term).empty


def test_sources_are_as_alike_as_their_words():
    alike = compare_sources(corpus())
    assert alike.loc["a", "b"] > alike.loc["a", "c"] == 0.0
    assert alike.index.tolist() == alike.columns.tolist() == ["a", "b", "c"]
    assert (alike.to_numpy().diagonal() == 1.0).all()
    assert alike.equals(alike.T)


def test_themes_gather_the_words_of_one_subject_and_say_why_there_are_so_many():
    themes = find_themes(corpus())
    named = [set(words.split(", ")) for words in themes.words["words"]]
    assert any({"market", "apples"} <= words and "pupils" not in words for words in named)
    assert any({"pupils", "teachers"} <= words and "market" not in words for words in named)
    assert themes.reason.startswith(f"{len(named)} themes")
    assert "coherence" in themes.reason
    totals = themes.shares.groupby("document_id")["share"].sum()
    assert totals.between(0.99, 1.01).all()


@pytest.mark.parametrize("rows", [[], sentences(a=[""]), sentences(a=[SCHOOL]), sentences(a=[SCHOOL], b=[PANEL])])
def test_too_little_text_gives_no_themes_and_says_so(rows):
    themes = find_themes(rows)
    assert themes.words.empty
    assert themes.shares.empty
    assert themes.reason.startswith("No themes")
    assert isinstance(compare_sources(rows), pd.DataFrame)
    assert find_collocations(rows).empty


def test_furniture_is_never_read():
    rows = corpus()
    menu = sentences(a=["Subscribe newsletter cookies menu"] * 4 * PASSAGE)
    for row in menu:
        row.role, row.span_start = "furniture", row.span_start + 5000
    assert find_keywords(rows + menu).equals(find_keywords(rows))
    assert find_collocations(rows + menu).equals(find_collocations(rows))
    assert compare_sources(rows + menu).equals(compare_sources(rows))
    assert find_themes(rows + menu).words.equals(find_themes(rows).words)
    assert find_concordance(menu, "cookies").empty


@settings(max_examples=10)
@given(st.randoms(use_true_random=False))
def test_the_order_of_sentences_does_not_change_any_table(random):
    rows = corpus()
    mixed = random.sample(rows, len(rows))
    for table in (find_keywords, find_collocations, compare_sources):
        assert table(mixed).equals(table(rows))
    assert find_themes(mixed).words.equals(find_themes(rows).words)
    assert find_themes(mixed).shares.equals(find_themes(rows).shares)
