"""Likeness of clauses: which of them say the same thing, by their words (stems, TF-IDF, cosine)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

import numpy as np
from nltk.stem.snowball import SnowballStemmer
from sklearn.feature_extraction import DictVectorizer
from sklearn.feature_extraction.text import TfidfTransformer

from helpers.lexicon import read_lexicon

WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
SEGMENT = re.compile(r"[,;:()–—]|\s-\s|\b(?:and|but|while|whilst|whereas|instead of|rather than)\b", re.IGNORECASE)
NEAR_WEIGHT = 2  # extra weight of the words that stand in the same part of the clause as the number or date
LONGEST = 600  # characters of a clause that are compared
BATCH = 50_000  # pairs whose cosines are computed at once
_STEMMER = SnowballStemmer("english")


@cache
def stopwords() -> frozenset[str]:
    """Return the words that tell nothing about what a clause or text is about."""
    return frozenset(word for words in read_lexicon("stopwords").values() for word in words)


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """Return the Snowball stem of a lower-case word, without the English genitive."""
    return str(_STEMMER.stem(word.replace("’", "'")))


@cache
def _meanings() -> re.Pattern[str]:
    """Return one pattern whose named groups are the meanings that several wordings share."""
    groups = (f"(?P<{name}>{'|'.join(patterns)})" for name, patterns in read_lexicon("same_meaning").items())
    return re.compile(rf"\b(?:{'|'.join(groups)})", re.IGNORECASE)


def meanings_in(words: str) -> frozenset[str]:
    """Return the meanings of `same_meaning.yml` that occur in `words`, for example ``{"exit", "review"}``."""
    return frozenset(str(found.lastgroup) for found in _meanings().finditer(words[:LONGEST]))


def content_stems(words: str) -> list[str]:
    """Return the stems of the content words of `words` in order, wordings of one meaning as that meaning."""
    marked = _meanings().sub(lambda found: f" {found.lastgroup} ", words[:LONGEST])
    return [stem(word) for word in (found.lower() for found in WORD.findall(marked)) if word not in stopwords()]


def part_around(clause: str, surface: str) -> str:
    """Return the part of `clause` between commas and conjunctions that holds `surface`, or else all of it.

    Examples
    --------
    >>> part_around("he killed two people and wounded five others in June", "five")
    ' wounded five others in June'
    """
    place = clause.find(surface)
    if place < 0:
        return clause
    breaks = [(found.start(), found.end()) for found in SEGMENT.finditer(clause)]
    start = max((end for begin, end in breaks if end <= place), default=0)
    stop = min((begin for begin, end in breaks if begin >= place + len(surface)), default=len(clause))
    part = clause[start:stop]
    return part if content_stems(part.replace(surface, " ")) else clause


class Likeness:
    """Cosine likeness (0 to 1) of clauses, the part around a number or date weighing most.

    Parameters
    ----------
    clauses : iterable of (str, str)
        The clause and the part of it that matters most; a pair is known by its place.
    """

    def __init__(self, clauses: Iterable[tuple[str, str]]) -> None:
        counts = []
        for clause, part in clauses:
            count = Counter(dict.fromkeys(content_stems(clause), 1))
            for word in set(content_stems(part)):
                count[word] += NEAR_WEIGHT
            counts.append(count or Counter({"": 1}))
        self._rows = TfidfTransformer().fit_transform(DictVectorizer().fit_transform(counts)) if counts else None

    def of(self, pairs: Sequence[tuple[int, int]]) -> list[float]:
        """Return the likeness of each pair of places."""
        found: list[float] = []
        for begin in range(0, len(pairs), BATCH):
            places = np.asarray(pairs[begin : begin + BATCH], dtype=int)
            assert self._rows is not None  # noqa: S101  (there are pairs, so there are clauses)
            products = self._rows[places[:, 0]].multiply(self._rows[places[:, 1]]).sum(axis=1)
            found += np.asarray(products).ravel().round(9).tolist()
        return found
