"""What the words around a number say: the measures, categories and bases that a sentence names, from the lexicon."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

from helpers.lexicon import read_lexicon
from helpers.numbers.numerals import NUMBER_WORDS
from helpers.searches import AnyOf, lower, lower_pattern
from helpers.seldom import Seldom


class Cue(NamedTuple):
    """Words that name a measure or a category: half-open offsets in the sentence and what they name.

    `role` is ``lead`` (a verb before its number), ``verb`` or ``noun`` for a measure, ``category``, ``base`` (the whole
    of a share) or ``band`` (an age band that the official series lacks) for a breakdown.
    """

    start: int
    end: int
    role: str
    measure: str | None
    dimension: str | None
    category: str | None


class CategoryWords(NamedTuple):
    """The lexicon of categories: what each name means, and where the names count that do not count everywhere."""

    names: AnyOf
    meaning: dict[str, tuple[str, str]]
    beside: frozenset[str]
    contexts: dict[str, Seldom]
    bands: AnyOf


def _any_of(patterns: list[str]) -> str:
    return lower_pattern("|".join(f"(?:{pattern})" for pattern in patterns))


@cache
def _measure_words() -> tuple[AnyOf, dict[str, tuple[str, str]]]:
    """Return the lexicon of measures, and the role and measure that each of its names stands for."""
    ahead = rf"(?= (?:[a-z]+ ){{0,3}}?(?:\d|{NUMBER_WORDS}))"  # "adopted just 697": a lead stands before its number
    patterns: list[tuple[str, str]] = []
    meaning: dict[str, tuple[str, str]] = {}
    for role in ("lead", "verb", "noun"):
        for place, entry in enumerate(read_lexicon("measures")):
            if entry.get(role):
                meaning[f"{role}{place}"] = (role, entry["measure"])
                written = [f"(?:{_any_of(entry[role])}){ahead}"] if role == "lead" else map(lower_pattern, entry[role])
                patterns += [(f"{role}{place}", pattern) for pattern in written]
    return AnyOf(patterns, before=r"\b", after=r"(?![^\W\d])"), meaning


@cache
def _category_words() -> CategoryWords:
    patterns: list[tuple[str, str]] = []
    meaning: dict[str, tuple[str, str]] = {}
    beside: set[str] = set()
    lists = read_lexicon("categories")
    for entry in lists:
        for category, names in entry["categories"].items():
            for when in ("always", "beside"):
                if names.get(when):
                    name = f"{category} {when}"
                    meaning[name] = (entry["dimension"], category)
                    patterns += [(name, lower_pattern(pattern)) for pattern in names[when]]
                    beside |= {name} if when == "beside" else set()
    return CategoryWords(
        names=AnyOf(patterns),
        meaning=meaning,
        beside=frozenset(beside),
        contexts={entry["dimension"]: Seldom(_any_of([entry["context"]])) for entry in lists if entry.get("context")},
        bands=AnyOf([("band", _any_of([entry["band"]])) for entry in lists if entry.get("band")]),
    )


def find_measures(sentence: str) -> list[Cue]:
    """Return the words of a sentence that name a measure, in order."""
    names, meaning = _measure_words()
    found = []
    for name, match in names.finditer(sentence):
        role, measure = meaning[name]
        found.append(Cue(match.start(), match.end(), role, measure, None, None))
    return found


@lru_cache(maxsize=4096)
def measure_of_noun(noun: str) -> str | None:
    """Return the measure that a counted noun names by itself, None when it names none.

    Examples
    --------
    >>> measure_of_noun("meetings"), measure_of_noun("teapots")
    ('sessions', None)
    """
    names, meaning = _measure_words()
    name = names.fullmatch(lower(noun))
    return meaning[name][1] if name else None


def find_categories(sentence: str, about: str | None = None) -> list[Cue]:
    """Return the words of a sentence that name a category, a base or another age band, in order.

    Parameters
    ----------
    sentence : str
        The words of a sentence.
    about : str, optional
        The dimension that the sentences before were about: its bare names ("the police") count here too.
    """
    return list(_categories(sentence, about))


@lru_cache(maxsize=16)  # asked of the same sentence again and again
def _categories(sentence: str, about: str | None) -> list[Cue]:
    """Return them, to be copied by whoever asks."""
    words = _category_words()
    found = []
    for name, match in words.names.finditer(sentence):
        dimension, category = words.meaning[name]
        if name in words.beside and dimension != about and not words.contexts[dimension].search(lower(sentence)):
            continue
        role = "base" if dimension == "base" else "category"
        found.append(Cue(match.start(), match.end(), role, None, dimension, category))
    bands = [Cue(match.start(), match.end(), "band", None, "age", None) for _, match in words.bands.finditer(sentence)]
    found += [band for band in bands if not any(cue.start < band.end and band.start < cue.end for cue in found)]
    return sorted(found)
