"""One pass over a sentence: every number as one typed candidate, and every number that is none with the reason."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from helpers.lexicon import fill_pieces, read_forms, read_lexicon
from helpers.numbers.number_readers import PIECES, READERS, Candidate
from helpers.numbers.numerals import PARTS, SCALES, SIGNS, TENS, UNITS
from helpers.openings import BLOT
from helpers.searches import WORD_START, AnyOf, lower, one_of

# what is refused wins over what is typed, and each over the later ones
_REFUSED = [
    (f"!{entry['why']}", fill_pieces(pattern, PIECES))
    for entry in read_lexicon("refusals")
    for pattern in entry["patterns"]
]
_FORMS = read_forms("number_forms", PIECES)
# where a rule begins that fits any word: "MI5", "Hut 7", "a@b.uk"
_LETTERS = "A-Za-zİıſK"  # what a pattern for A to Z fits where case is ignored
_CAPITAL_BEFORE = re.compile(rf"[A-ZİK](?<![{_LETTERS}].)(?=[{_LETTERS}]*+[- ]?[\d{BLOT}])")
_GLUED = re.compile(rf"\d(?<=[{_LETTERS}]\d)")
_GLUED_BEFORE = re.compile(rf"(?<![{_LETTERS}])(?=[a-zıſ][{_LETTERS}]*+\d)")
_SIGN_INSIDE = re.compile(r"[@.](?:(?<=@)|(?=[\w+@-]))")
_BEFORE_SIGN = re.compile(rf"{WORD_START}(?=[\w+-]*+(?:@|\.[\w+@-]))")


def _places_of_names(words: str) -> Iterator[int]:
    """Yield where a name that holds a number, or an address, may begin."""
    yield 0
    for found in _CAPITAL_BEFORE.finditer(words):
        yield found.start()
    if _GLUED.search(words):
        for found in _GLUED_BEFORE.finditer(words):
            yield found.start()
    if _SIGN_INSIDE.search(words):
        for found in _BEFORE_SIGN.finditer(words):
            yield found.start()


_PHRASE = AnyOf(_REFUSED + _FORMS, re.IGNORECASE, elsewhere=_places_of_names)
_WORDS = one_of([*UNITS, *TENS, *SCALES, *PARTS, "dozen", "twice", "no", "none", "nobody"])
_FIGURES = re.compile(rf"\d[\d.,]*|[{''.join(SIGNS)}¹²³⁴⁵⁶⁷⁸⁹⁰]")
_IN_WORDS = AnyOf([("", rf"{_WORDS}s?\b"), ("", "doubl|tripl|trebl|qua|quintupl|halv")], before=r"\b")
_FOLD = re.compile(r"fold\b")


class Refusal(NamedTuple):
    """A number that is no statistic, and why."""

    start: int
    end: int
    why: str


def holds_number(sentence: str) -> bool:
    """Return whether a sentence holds anything that a number could be read from."""
    return _FIGURES.search(sentence) is not None or _count_worded(sentence) > 0


def count_numbers(sentence: str) -> int:
    """Return how many numbers could be read from a sentence at most, its dates included."""
    return len(_FIGURES.findall(sentence)) + _count_worded(sentence)


def _count_worded(sentence: str) -> int:
    """Return how many numbers of a sentence stand in words at most."""
    return sum(1 for _ in _IN_WORDS.finditer(sentence)) + len(_FOLD.findall(lower(sentence)))


def find_candidates(sentence: str, dates: Iterable[tuple[int, int]]) -> tuple[list[Candidate], list[Refusal]]:
    """Return the typed numbers of a sentence and the numbers refused, in order, none overlapping another.

    Parameters
    ----------
    sentence : str
        Words of one sentence, or any stretch of text; offsets are half-open characters of it.
    dates : iterable of (start, end)
        Places of date phrases in order; what overlaps them is no candidate.

    Returns
    -------
    tuple
        Candidates, and refusals with the reason of each.
    """
    candidates: list[Candidate] = []
    refusals: list[Refusal] = []
    for name, match in _PHRASE.finditer(sentence, _masked(sentence, dates)):
        if name.startswith("!"):
            refusals.append(Refusal(match.start(), match.end(), name[1:]))
        elif (found := READERS[name](match)) is not None:
            candidates.append(found._replace(form=name))
    return candidates, refusals


def _masked(sentence: str, dates: Iterable[tuple[int, int]]) -> str:
    """Return a sentence with a sign that no pattern reads in the place of its dates."""
    pieces, last = [], 0
    for start, end in dates:
        pieces += [sentence[last:start], BLOT * (end - start)]
        last = end
    return "".join([*pieces, sentence[last:]])
