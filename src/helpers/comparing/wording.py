"""Wording: what each source stresses, which words go together, how alike sources are. Furniture is never read."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

import numpy as np
import pandas as pd
from nltk.collocations import BigramAssocMeasures, BigramCollocationFinder
from sklearn.feature_extraction.text import TfidfVectorizer

from helpers.comparing.likeness import stopwords
from helpers.records import Sentence

WORD = re.compile(r"[^\W\d_]{2,}(?:[’'-][^\W\d_]+)*")
FEWEST_USES = 2  # of a word or pair that is to tell anything
SIGNIFICANT = 6.63  # log-likelihood that chance reaches once in a hundred words


def find_keywords(sentences: Iterable[Sentence], limit: int = 10) -> pd.DataFrame:
    """Return the words that each document uses more often than the others do, by log-likelihood.

    Parameters
    ----------
    sentences : iterable of Sentence
        Of all documents to compare.
    limit : int
        Words a document.

    Returns
    -------
    pandas.DataFrame
        ``document_id``, ``word``, ``count`` in the document, ``elsewhere`` (count in all others) and ``keyness``
        (log-likelihood, above `SIGNIFICANT`), in order of document and falling keyness. Empty for fewer than two
        documents, since nothing can be compared.
    """
    counts = {document_id: Counter(words) for document_id, words in words_by_document(sentences).items()}
    whole = sum(counts.values(), Counter())
    total = whole.total()
    rows = []
    for document_id, count in counts.items():
        size = count.total()
        scored = [
            (_log_likelihood(uses, size, whole[word] - uses, total - size), word)
            for word, uses in count.items()
            if uses >= FEWEST_USES and total > size
        ]
        best = sorted(
            ((score, word) for score, word in scored if score >= SIGNIFICANT), key=lambda one: (-one[0], one[1])
        )
        rows += [(document_id, word, count[word], whole[word] - count[word], score) for score, word in best[:limit]]
    return pd.DataFrame(rows, columns=["document_id", "word", "count", "elsewhere", "keyness"])


def find_collocations(sentences: Iterable[Sentence], limit: int = 20) -> pd.DataFrame:
    """Return pairs of neighbouring words that go together more often than their frequencies explain.

    Parameters
    ----------
    sentences : iterable of Sentence
        Of any documents; no pair spans two sentences or holds a stopword.
    limit : int
        Pairs.

    Returns
    -------
    pandas.DataFrame
        ``pair`` (two words), ``count`` and ``likelihood_ratio``, the strongest first.
    """
    finder = BigramCollocationFinder.from_documents([words_of(row.text) for row in read_prose(sentences)])
    finder.apply_word_filter(lambda word: word in stopwords())
    finder.apply_freq_filter(FEWEST_USES)
    scored = finder.score_ngrams(BigramAssocMeasures.likelihood_ratio)
    rows = [(" ".join(pair), finder.ngram_fd[pair], round(float(score), 2)) for pair, score in scored]
    rows.sort(key=lambda row: (-row[2], row[0]))
    return pd.DataFrame(rows[:limit], columns=["pair", "count", "likelihood_ratio"])


def find_concordance(sentences: Iterable[Sentence], term: str, width: int = 60, limit: int = 50) -> pd.DataFrame:
    """Return the places where `term` stands, with the words around it.

    Parameters
    ----------
    sentences : iterable of Sentence
        Of any documents.
    term : str
        A word or words; found whole, in any case. Nothing in it is read as a pattern.
    width : int
        Characters on each side, within the sentence.
    limit : int
        Lines.

    Returns
    -------
    pandas.DataFrame
        ``document_id``, ``sentence_id``, ``before``, ``term`` (as printed) and ``after``, by document and place.
    """
    wanted = r"\s+".join(re.escape(word) for word in term.split())
    pattern = re.compile(rf"(?<!\w){wanted}(?!\w)", re.IGNORECASE) if wanted else None
    rows = []
    for row in read_prose(sentences):
        for found in pattern.finditer(row.text) if pattern else ():
            before, after = row.text[: found.start()], row.text[found.end() :]
            rows.append(
                (row.document_id, row.sentence_id, before[-width:] if width else "", found.group(), after[:width])
            )
    return pd.DataFrame(rows[:limit], columns=["document_id", "sentence_id", "before", "term", "after"])


def compare_sources(sentences: Iterable[Sentence]) -> pd.DataFrame:
    """Return how alike each two documents are in their words, from 0 (none in common) to 1.

    Returns
    -------
    pandas.DataFrame
        Square, documents as index and columns in order of their identifier: cosine of TF-IDF over content words.
    """
    words = words_by_document(sentences)
    names = list(words)
    alike = np.eye(len(names))
    if any(words.values()):
        weights = TfidfVectorizer(analyzer=list, sublinear_tf=True).fit_transform(words.values())
        alike = (weights @ weights.T).toarray()
    np.fill_diagonal(alike, 1.0)
    return pd.DataFrame(alike.clip(0.0, 1.0).round(3), index=names, columns=names)


def read_prose(sentences: Iterable[Sentence]) -> list[Sentence]:
    """Return the sentences that are no furniture, in order of document and place."""
    kept = (row for row in sentences if row.role != "furniture")
    return sorted(kept, key=lambda row: (row.document_id, row.span_start))


def words_of(text: str) -> list[str]:
    """Return the words of `text` in lower case, without a genitive."""
    return [re.sub(r"[’']s$", "", word) for word in WORD.findall(text.lower())]


def words_by_document(sentences: Iterable[Sentence]) -> dict[str, list[str]]:
    """Return the content words of each document."""
    words: dict[str, list[str]] = defaultdict(list)
    for row in read_prose(sentences):
        words[row.document_id] += [word for word in words_of(row.text) if word not in stopwords()]
    return dict(words)


def _log_likelihood(uses: int, size: int, elsewhere: int, rest: int) -> float:
    """Return Dunning's log-likelihood that a word is more frequent here than elsewhere; 0 where it is less."""
    if uses * rest <= elsewhere * size:
        return 0.0
    share = (uses + elsewhere) / (size + rest)
    score = uses * np.log(uses / (size * share))
    if elsewhere:
        score += elsewhere * np.log(elsewhere / (rest * share))
    return round(2 * float(score), 2)
