"""One pass over a sentence: every number as one typed candidate, and every number that is none with the reason."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from helpers.lexicon import fill_pieces, read_forms, read_lexicon
from helpers.numbers.number_readers import PIECES, READERS, Candidate

REACH = 45  # characters that a phrase may run before the first number in it
_REFUSALS = read_lexicon("refusals")
_REASONS = {f"x{place}": str(entry["why"]) for place, entry in enumerate(_REFUSALS)}
_REFUSED = {
    name: "|".join(fill_pieces(pattern, PIECES) for pattern in entry["patterns"])
    for name, entry in zip(_REASONS, _REFUSALS, strict=True)
}
_FORMS = read_forms("number_forms", PIECES)
# what is refused wins over what is typed, and each over the later ones
_PHRASE = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in (_REFUSED | _FORMS).items()), re.IGNORECASE)
_TOKEN = re.compile(r"[A-Za-z]+|\d+|[^\sA-Za-z\d]")
_ANCHORS = (
    r"\d",
    r"[½⅓⅔¼¾⅕⅖⅗⅘¹²³⁴⁵⁶⁷⁸⁹⁰]",
    rf"\b(?:{PIECES['WORDS']}|no|none|zero|half|(?:third|quarter|fifth|tenth|sixth|eighth)s?)\b",
    r"\b(?:(?:doubl|tripl|trebl|quadrupl|halv)\w+|twice|\w+fold)\b",
)
_ANCHOR = re.compile("|".join(_ANCHORS), re.IGNORECASE)


class Refusal(NamedTuple):
    """A number that is no statistic, and why."""

    start: int
    end: int
    why: str


def holds_number(sentence: str) -> bool:
    """Return whether a sentence holds anything that a number could be read from."""
    return _ANCHOR.search(sentence) is not None


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
    for match in _phrases(_masked(sentence, dates)):
        name = next(name for name in (*_REFUSED, *_FORMS) if match[name] is not None)
        if name in _REFUSED:
            refusals.append(Refusal(match.start(), match.end(), _REASONS[name]))
        elif (found := READERS[name](match)) is not None:
            candidates.append(found._replace(form=name))
    return candidates, refusals


def _masked(sentence: str, dates: Iterable[tuple[int, int]]) -> str:
    """Return a sentence with a sign that no pattern reads in the place of its dates."""
    pieces, last = [], 0
    for start, end in dates:
        pieces += [sentence[last:start], "▒" * (end - start)]
        last = end
    return "".join([*pieces, sentence[last:]])


def _phrases(masked: str) -> Iterator[re.Match[str]]:
    """Yield the leftmost readings, trying only the tokens from which a number can be reached."""
    anchors = [(match.start(), match.end()) for match in _ANCHOR.finditer(masked)]
    done, place = 0, 0
    for token in _TOKEN.finditer(masked):
        start = token.start()
        while place < len(anchors) and anchors[place][1] <= start:
            place += 1
        if place == len(anchors):
            return
        if start < done or start < anchors[place][0] - REACH:
            continue
        match = _PHRASE.match(masked, start)
        if match and match.end() > start:
            yield match
            done = match.end()
