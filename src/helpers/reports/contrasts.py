"""How the texts differ in their words: what each stresses, how alike they are, and how a term is used."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from helpers.comparing.copies import find_copies
from helpers.comparing.themes import Themes
from helpers.comparing.wording import compare_sources, find_collocations, find_concordance, find_keywords, read_prose
from helpers.records import Document, Sentence
from helpers.reports.displays import each_row
from helpers.reports.drawing import BLUE, GREY, INK, PALE, Figure, canvas, finish, nothing_to_draw

WORDS = 4  # words of a text that fit beside each other in a figure
TEXTS = 24  # texts that fit below each other
STRONG = 0.25  # share of a theme in a text from which the text is named


def stressed_words(sentences: Sequence[Sentence], labels: pd.Series[str]) -> pd.DataFrame:
    """Return the words that each text uses more often than the others do: those of `find_keywords`, with ``label``."""
    words = find_keywords(sentences)
    return words.assign(label=words["document_id"].map(labels))


def stress_table(stressed: pd.DataFrame) -> pd.DataFrame:
    """Return what each text stresses: one row a text, each word with its uses in the text and in all others."""
    rows = [
        (label, ", ".join(f"{row.word} ({row.count_here:,} : {row.elsewhere:,})" for row in each_row(words)))
        for label, words in stressed.rename(columns={"count": "count_here"}).groupby("label", sort=False)
    ]
    return pd.DataFrame(rows, columns=["Text", "Words that it stresses (uses in it : in all others)"])


def stress_by_document(stressed: pd.DataFrame) -> Figure:
    """Draw the words that each text stresses most, each on a bar as long as its log-likelihood."""
    name, title = "stress_by_document", "What each text stresses"
    if stressed.empty:
        return nothing_to_draw(name, title, "No text uses a word clearly more often than the others do.")
    table = stressed.groupby("label", sort=False).head(WORDS)
    texts = list(dict.fromkeys(table["label"]))[:TEXTS]
    table = table[table["label"].isin(texts)]
    longest = table["keyness"].max()
    with canvas(8, 0.7 + 0.34 * len(texts)) as (drawn, axes):
        for place, label in enumerate(texts):
            for column, row in enumerate(each_row(table[table["label"] == label])):
                axes.barh(place, 0.94 * row.keyness / longest, left=column, color=PALE, height=0.72)
                axes.annotate(row.word, (column, place), (3, 0), textcoords="offset points", va="center", color=INK)
        axes.set(yticks=range(len(texts)), yticklabels=texts, ylim=(len(texts) - 0.4, -0.6), xlim=(0, WORDS), xticks=[])
        axes.tick_params(length=0)
        axes.spines["bottom"].set_visible(False)
    first = "; ".join(f"{label}: {', '.join(table[table['label'] == label]['word'].head(2))}" for label in texts[:8])
    alt = f"The words that each of {len(texts)} texts stresses most. {first}."
    caption = f"Bars: log-likelihood against all other texts, the longest {longest:.0f}. Source: the texts named."
    return finish(name, title, caption, alt, drawn, table)


def theme_table(themes: Themes, labels: pd.Series[str]) -> pd.DataFrame:
    """Return one row a theme: its weightiest words, and the texts in which it is strong, the strongest first."""
    shares = themes.shares[themes.shares["share"] >= STRONG].sort_values("share", ascending=False, kind="stable")
    rows = []
    for row in each_row(themes.words):
        strong = each_row(shares[shares["theme"] == row.theme])
        rows.append((row.words, "; ".join(f"{labels[one.document_id]} ({one.share:.0%})" for one in strong)))
    return pd.DataFrame(rows, columns=["Words of the theme", "Texts in which it is strong (share of the text)"])


def likest_pairs(sentences: Sequence[Sentence], documents: Sequence[Document], labels: pd.Series[str]) -> pd.DataFrame:
    """Return every two texts with their likeness (0 to 1), copies first, then the likest; one row a pair."""
    alike, prose = compare_sources(sentences), read_prose(sentences)
    texts = {name: " ".join(row.text for row in prose if row.document_id == name) for name in alike.index}
    copies = find_copies(documents, texts)
    rows = []
    for place, one in enumerate(alike.index):
        for other in alike.index[place + 1 :]:
            copy = one if copies.get(one) == other else other if copies.get(other) == one else None
            note = f"{labels[copy]} is a copy of {labels[copies[copy]]}" if copy else "–"
            rows.append((labels[one], labels[other], alike.loc[one, other], note, copy is None))
    table = pd.DataFrame(rows, columns=["One text", "The other", "Likeness", "Copied", "own"])
    table = table.sort_values(["own", "Likeness"], ascending=[True, False], kind="stable", ignore_index=True)
    table["Likeness"] = [f"{value:.2f}" for value in table["Likeness"]]  # 0.20 beside 0.21
    return table.drop(columns="own")


def likeness_grid(sentences: Sequence[Sentence], labels: pd.Series[str]) -> Figure:
    """Draw how alike each two texts are, as squares on a grid: the larger, the more alike."""
    name, title = "likeness_of_documents", "How alike the texts are"
    alike = compare_sources(sentences).iloc[:TEXTS, :TEXTS]
    if len(alike) < 2:
        return nothing_to_draw(name, title, "There are no two texts to compare.")
    names = [str(labels[one]) for one in alike.index]
    pairs = [(row, column) for row in range(len(names)) for column in range(row)]
    values = [float(alike.to_numpy()[row, column]) for row, column in pairs]
    with canvas(8, 1.4 + 0.36 * len(names)) as (drawn, axes):
        sizes = [400 * value for value in values]  # area in square points
        axes.scatter([column for _, column in pairs], [row for row, _ in pairs], sizes, marker="s", color=BLUE)
        axes.set(yticks=range(len(names)), yticklabels=[f"{place + 1}  {name}" for place, name in enumerate(names)])
        axes.set(xticks=range(len(names)), xticklabels=[str(place + 1) for place in range(len(names))])
        axes.set(xlim=(-0.6, len(names) - 0.4), ylim=(len(names) - 0.4, -0.6))
        axes.tick_params(length=0)
        axes.spines[:].set_color(GREY)
    best = max(range(len(pairs)), key=values.__getitem__)
    row, column = pairs[best]
    alt = (
        f"{len(names)} texts compared by their words; the likest two are {names[column]} and {names[row]} "
        f"({values[best]:.2f}), the middle value is {float(pd.Series(values).median()):.2f}."
    )
    caption = "Area of a square: cosine of the words' TF-IDF weights, 0 to 1. Source: the texts named."
    return finish(name, title, caption, alt, drawn, alike.rename_axis("document_id").reset_index())


def joined_words(sentences: Sequence[Sentence]) -> pd.DataFrame:
    """Return neighbouring words that go together: one row a pair, the strongest first."""
    table = find_collocations(sentences)
    return table.rename(columns={"pair": "Words", "count": "Times", "likelihood_ratio": "Log-likelihood"})


def term_lines(sentences: Sequence[Sentence], term: str, labels: pd.Series[str]) -> pd.DataFrame:
    """Return the places where `term` stands, with the words around it: one row a place."""
    lines = find_concordance(sentences, term)
    rows = [(labels[row.document_id], row.before, row.term, row.after) for row in each_row(lines)]
    return pd.DataFrame(rows, columns=["Text", "Before", "Term", "After"])
