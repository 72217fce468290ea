"""What the words around a number say: the measures, categories and bases that a sentence names, from the lexicon."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from helpers.lexicon import read_lexicon
from helpers.numbers.numerals import NUMBER_WORDS


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


class MeasureWords(NamedTuple):
    """The lexicon of measures, compiled: one pattern, and role and measure of each of its groups."""

    pattern: re.Pattern[str]
    meaning: dict[str, tuple[str, str]]


class CategoryWords(NamedTuple):
    """The lexicon of categories, compiled; names of the groups in `beside` count only where `contexts` say so."""

    pattern: re.Pattern[str]
    meaning: dict[str, tuple[str, str]]
    beside: frozenset[str]
    contexts: dict[str, re.Pattern[str]]
    bands: re.Pattern[str]


_LOWER = str.maketrans({chr(code): chr(code + 32) for code in range(ord("A"), ord("Z") + 1)})
_CAPITAL = re.compile(r"(?<!\\)(?<!\(\?)[A-Z]")  # a letter of its own, not part of \W or (?P<


def _lower(text: str) -> str:
    """Return text with the letters A to Z lower-cased, every character in its place."""
    return text.lower() if text.isascii() else text.translate(_LOWER)


def _compiled(pattern: str) -> re.Pattern[str]:
    """Return a pattern for lower-cased text, which is found faster than one that ignores case."""
    return re.compile(_CAPITAL.sub(lambda match: match.group().lower(), pattern))


def _any_of(patterns: list[str]) -> str:
    return "|".join(f"(?:{pattern})" for pattern in patterns)


@cache
def _measure_words() -> MeasureWords:
    ahead = rf"(?= (?:[a-z]+ ){{0,3}}?(?:\d|{NUMBER_WORDS}))"  # "adopted just 697": a lead stands before its number
    parts: list[str] = []
    meaning: dict[str, tuple[str, str]] = {}
    for role in ("lead", "verb", "noun"):
        for place, entry in enumerate(read_lexicon("measures")):
            if entry.get(role):
                meaning[f"{role}{place}"] = (role, entry["measure"])
                parts.append(f"(?P<{role}{place}>(?:{_any_of(entry[role])}){ahead if role == 'lead' else ''})")
    return MeasureWords(_compiled(rf"\b(?:{'|'.join(parts)})(?!\w)"), meaning)


@cache
def _category_words() -> CategoryWords:
    parts: list[str] = []
    meaning: dict[str, tuple[str, str]] = {}
    beside: set[str] = set()
    lists = read_lexicon("categories")
    for entry in lists:
        for category, names in entry["categories"].items():
            for when in ("always", "beside"):
                if names.get(when):
                    group = f"c{len(meaning)}"
                    meaning[group] = (entry["dimension"], category)
                    parts.append(f"(?P<{group}>{_any_of(names[when])})")
                    beside |= {group} if when == "beside" else set()
    return CategoryWords(
        pattern=_compiled("|".join(parts)),
        meaning=meaning,
        beside=frozenset(beside),
        contexts={entry["dimension"]: _compiled(entry["context"]) for entry in lists if entry.get("context")},
        bands=_compiled(_any_of([entry["band"] for entry in lists if entry.get("band")])),
    )


def find_measures(sentence: str) -> list[Cue]:
    """Return the words of a sentence that name a measure, in order."""
    words = _measure_words()
    found = []
    for match in words.pattern.finditer(_lower(sentence)):
        role, measure = words.meaning[str(match.lastgroup)]
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
    words = _measure_words()
    match = words.pattern.fullmatch(_lower(noun))
    return words.meaning[str(match.lastgroup)][1] if match else None


def find_categories(sentence: str, about: str | None = None) -> list[Cue]:
    """Return the words of a sentence that name a category, a base or another age band, in order.

    Parameters
    ----------
    sentence : str
        The words of a sentence.
    about : str, optional
        The dimension that the sentences before were about: its bare names ("the police") count here too.
    """
    words = _category_words()
    sentence = _lower(sentence)
    found = []
    for match in words.pattern.finditer(sentence):
        group = str(match.lastgroup)
        dimension, category = words.meaning[group]
        if group in words.beside and dimension != about and not words.contexts[dimension].search(sentence):
            continue
        role = "base" if dimension == "base" else "category"
        found.append(Cue(match.start(), match.end(), role, None, dimension, category))
    bands = [Cue(match.start(), match.end(), "band", None, "age", None) for match in words.bands.finditer(sentence)]
    found += [band for band in bands if not any(cue.start < band.end and band.start < cue.end for cue in found)]
    return sorted(found)
