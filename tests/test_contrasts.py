"""Contrasts between texts: what each stresses, which repeat each other, and how a term is used."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from helpers.comparing.themes import find_themes
from helpers.records import Document, Sentence
from helpers.reports import contrasts

TEXTS = {
    "minutes": ["The panel met and the panel chair read the minutes of the panel.", "The chair closed the panel."],
    "paper": [
        "Schools sent more referrals, and a referral from schools is read by the police.",
        "Colleges and schools asked for training after each referral that the schools had made.",
    ],
}
LABELS = pd.Series({"minutes": "Minutes", "paper": "A paper", "reprint": "Another paper"})


def sentences(texts: dict[str, list[str]]) -> list[Sentence]:
    return [
        Sentence(f"{name}:{place}", name, place * 100, place * 100 + len(words), words, "body", 0.0)
        for name, said in texts.items()
        for place, words in enumerate(said)
    ]


@pytest.fixture
def reprinted() -> list[Sentence]:
    """The two texts, and one that repeats the second."""
    return sentences(TEXTS | {"reprint": TEXTS["paper"]})


def test_stressed_words_are_told_with_their_uses_here_and_elsewhere():
    stressed = contrasts.stressed_words(sentences(TEXTS), LABELS)
    table = contrasts.stress_table(stressed).set_index("Text").iloc[:, 0]
    assert "panel (4 : 0)" in table["Minutes"]
    figure = contrasts.stress_by_document(stressed)
    assert "Minutes: panel" in figure.alt.words
    assert set(figure.numbers["document_id"]) <= set(TEXTS)


def test_copy_stands_first_and_is_named(reprinted):
    dated = [
        Document(name, published_date=date(2025, 2, day)) for day, name in enumerate(["minutes", "paper", "reprint"], 1)
    ]
    pairs = contrasts.likest_pairs(reprinted, dated, LABELS)
    assert len(pairs) == 3
    assert pairs["Copied"].tolist() == ["Another paper is a copy of A paper", "–", "–"]
    assert pairs["Likeness"].iloc[0] == "1.00"


def test_grid_of_likeness_says_which_two_are_likest(reprinted):
    assert "3 texts compared by their words; the likest two are A paper and Another paper (1.00)" in (
        contrasts.likeness_grid(reprinted, LABELS).alt.words
    )


def test_term_is_shown_with_its_surroundings_and_read_as_no_pattern():
    lines = contrasts.term_lines(sentences(TEXTS), "REFERRAL", LABELS)
    assert lines["Text"].tolist() == ["A paper", "A paper"]
    assert lines["Term"].tolist() == ["referral", "referral"]
    assert contrasts.term_lines(sentences(TEXTS), ".*", LABELS).empty
    assert contrasts.term_lines(sentences(TEXTS), "", LABELS).empty


def test_themes_name_the_texts_in_which_they_are_strong():
    words = {"minutes": "panel chair meeting agenda", "paper": "schools police referral training"}
    rows = sentences({name: [f"The {said} and the {said} again."] * 25 for name, said in words.items()})
    table = contrasts.theme_table(find_themes(rows), LABELS)
    assert sorted(text.split(" (")[0] for text in table.iloc[:, 1]) == ["A paper", "Minutes"]


@pytest.mark.parametrize("texts", [{}, {"minutes": TEXTS["minutes"]}])
def test_too_few_texts_give_empty_answers_that_say_so(texts):
    rows = sentences(texts)
    stressed = contrasts.stressed_words(rows, LABELS)
    assert contrasts.stress_table(stressed).empty
    assert contrasts.stress_by_document(stressed).svg == contrasts.likeness_grid(rows, LABELS).svg == ""
    assert contrasts.likest_pairs(rows, [], LABELS).empty
    assert contrasts.theme_table(find_themes(rows), LABELS).empty
