"""What a length of time measures: a sentence, the keeping of data, a career, the time between two events."""

from __future__ import annotations

import re
from functools import cache

from helpers.lexicon import read_lexicon
from helpers.seldom import Seldom

_WAIT = re.compile(r" (?:[a-z]+ )?(?:wait|delay|gap|interval|deadline|turnaround)s?\b")  # "a 47-day wait"
_BETWEEN = re.compile(r"\bbetween $", re.IGNORECASE)


@cache
def _measures() -> list[tuple[str, Seldom, int]]:
    """Return measure, pattern and reach in order of preference; reach 0 means right after the length."""
    found = []
    for entry in read_lexicon("durations"):
        words = "|".join(entry.get("after") or entry["words"])
        pattern = rf"^ (?:{words})" if "after" in entry else rf"\b(?:{words})\b"
        found.append((entry["measure"], Seldom(pattern, re.IGNORECASE), entry.get("reach", 0)))
    return found


def duration_measure(words: str, start: int, end: int) -> str:
    """Return what a length of time at two half-open offsets of a sentence measures, ``other`` when nothing tells.

    Examples
    --------
    >>> duration_measure("They are kept for six years.", 18, 27)
    'retention'
    """
    is_adjective = "-" in words[start:end]  # "a 12-month review" is no time between two things
    if is_adjective and _WAIT.match(words, end):
        return "elapsed"
    for measure, pattern, reach in _measures():
        if measure == "elapsed" and is_adjective:
            continue
        before = words[max(0, start - reach) : start] if reach else ""
        if before.endswith(" "):
            before = _BETWEEN.sub("", before)
        if pattern.search(words[end : end + (reach or 40)]) or (before and pattern.search(before)):
            return measure
    return "other"
