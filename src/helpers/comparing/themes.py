"""Themes that run through the documents, by non-negative matrix factorisation of their passages (scikit-learn)."""

from __future__ import annotations

import warnings
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import combinations
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from sklearn.decomposition import NMF
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_extraction.text import TfidfVectorizer

from helpers.comparing.likeness import stopwords
from helpers.comparing.wording import FEWEST_USES, read_prose, words_of
from helpers.records import Sentence

PASSAGE = 5  # sentences that are read as one passage
MOST_THEMES = 8
PASSAGES_PER_THEME = 4  # with fewer, a theme would be a paragraph
THEME_WORDS = 8  # words that a theme is named by and judged by
NEARLY = 0.02  # coherence that another theme has to add
SEED = 2015


class Themes(NamedTuple):
    """Themes of a corpus: their words, their share in each document, and why there are so many."""

    words: pd.DataFrame
    shares: pd.DataFrame
    reason: str


def find_themes(sentences: Iterable[Sentence], most: int = MOST_THEMES) -> Themes:
    """Return themes that run through the documents, by non-negative matrix factorisation of their passages.

    Parameters
    ----------
    sentences : iterable of Sentence
        Of any documents, read in passages of `PASSAGE` sentences.
    most : int
        Themes at most.

    Returns
    -------
    Themes
        ``words``: ``theme`` (from 1), ``words`` (the weightiest, joined by a comma), ``coherence`` (−1 to 1).
        ``shares``: ``document_id``, ``theme`` and ``share`` of the document (0 to 1).
        ``reason``: why there are so many, or none.

    Notes
    -----
    The number of themes is the smallest whose words keep together in the passages about as well as those of the best
    number (normalised pointwise mutual information, averaged over the themes).
    """
    owners, passages = _passages(sentences)
    highest = min(most, len(passages) // PASSAGES_PER_THEME)
    contained = [{*words} for words in passages]
    uses = Counter(word for words in contained for word in words)
    vocabulary = sorted(word for word, count in uses.items() if count >= FEWEST_USES)
    if highest < 2 or len(vocabulary) < 2 * highest:
        return _no_themes(len(passages))
    weights = TfidfVectorizer(analyzer=list, vocabulary=vocabulary, sublinear_tf=True).fit_transform(passages)
    tried = {}
    for number in range(2, highest + 1):
        shares, themes = _factorise(weights, number)
        named = [[vocabulary[place] for place in _heaviest(theme)] for theme in themes]
        tried[number] = (shares, named, [_coherence(words, contained) for words in named])
    means = {number: float(np.mean(coherences)) for number, (_, _, coherences) in tried.items()}
    best = min(number for number in means if means[number] >= max(means.values()) - NEARLY)
    shares, named, coherences = tried[best]
    values = ", ".join(f"{number}: {mean:.2f}" for number, mean in means.items())
    reason = (
        f"{best} themes: the smallest number whose words keep together about as well as any in the "
        f"{len(passages)} passages (mean coherence by number of themes: {values})."
    )
    return Themes(_theme_words(named, coherences), _theme_shares(owners, shares), reason)


def _passages(sentences: Iterable[Sentence]) -> tuple[list[str], list[list[str]]]:
    """Return the documents and content words of passages of `PASSAGE` sentences."""
    rows: dict[str, list[list[str]]] = defaultdict(list)
    for row in read_prose(sentences):
        rows[row.document_id].append([word for word in words_of(row.text) if word not in stopwords()])
    passages = [
        (document_id, [word for words in found[start : start + PASSAGE] for word in words])
        for document_id, found in rows.items()
        for start in range(0, len(found), PASSAGE)
    ]
    return [owner for owner, words in passages if words], [words for _, words in passages if words]


def _factorise(weights: Any, number: int) -> tuple[np.ndarray, np.ndarray]:
    """Return passages × themes and themes × words, the same in every run."""
    model = NMF(n_components=number, init="nndsvda", random_state=SEED, max_iter=600)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # close enough for naming themes
        shares = model.fit_transform(weights)
    return shares, model.components_


def _heaviest(row: np.ndarray) -> list[int]:
    """Return the places of the weightiest words of a theme."""
    order = sorted(range(len(row)), key=lambda place: (-round(float(row[place]), 6), place))
    return [place for place in order[:THEME_WORDS] if row[place] > 0]


def _coherence(words: list[str], passages: list[set[str]]) -> float:
    """Return how far `words` stand in the same passages: normalised pointwise mutual information, from −1 to 1."""
    holding = {word: {place for place, found in enumerate(passages) if word in found} for word in words}
    scores = []
    for one, other in combinations(words, 2):
        both = len(holding[one] & holding[other]) / len(passages)
        if both in (0.0, 1.0):
            scores.append(both * 2 - 1)
        else:
            expected = len(holding[one]) * len(holding[other]) / len(passages) ** 2
            scores.append(float(np.log(both / expected) / -np.log(both)))
    return round(float(np.mean(scores)), 3) if scores else 0.0


def _theme_words(named: list[list[str]], coherences: list[float]) -> pd.DataFrame:
    """Return the table of the words of each theme."""
    rows = [(place + 1, ", ".join(words), coherences[place]) for place, words in enumerate(named)]
    return pd.DataFrame(rows, columns=["theme", "words", "coherence"])


def _theme_shares(owners: list[str], shares: np.ndarray) -> pd.DataFrame:
    """Return the table of the share that each theme has in each document."""
    totals: dict[str, np.ndarray] = {}
    for owner, row in zip(owners, shares, strict=True):
        totals[owner] = totals.get(owner, 0.0) + row
    rows = [
        (owner, theme, round(float(share / (row.sum() or 1.0)), 3))
        for owner, row in totals.items()
        for theme, share in enumerate(row, start=1)
    ]
    return pd.DataFrame(rows, columns=["document_id", "theme", "share"])


def _no_themes(passages: int) -> Themes:
    """Return empty tables and the reason why no themes are sought."""
    reason = (
        f"No themes: {passages} passages of {PASSAGE} sentences are too few "
        f"(at least {2 * PASSAGES_PER_THEME} are needed for two themes)."
    )
    return Themes(_theme_words([], []), pd.DataFrame(columns=["document_id", "theme", "share"]), reason)
