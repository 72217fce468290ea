"""What a length of time measures: a sentence, the keeping of data, a career, the time between two events."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from helpers.lexicon import read_lexicon
from helpers.seldom import Seldom

_WAIT = re.compile(r" (?:[a-z]+ )?(?:wait|delay|gap|interval|deadline|turnaround)s?\b")  # "a 47-day wait"
_CLOCKED = re.compile(r"\b(?:minutes?|hours?)$", re.IGNORECASE)
_SHORT = re.compile(r"\b(?:minutes?|hours?|days?)$", re.IGNORECASE)  # no sentence of a court
_AWAITED = Seldom(  # what takes minutes or hours is no time between two things ("it takes up to 90 minutes")
    r"\b(?:before|after|later|since|within|between|until|wait\w*|delay\w*|late|long|ago|arriv\w+|respon\w+|repl\w+|"
    r"answer\w*|reach\w*|target|apart|gap|from|"
    r"(?:take|takes|took|taken) (?:[a-z]+ ){1,4}[\w-]+ (?:minutes|hours) to)\b",
    re.IGNORECASE,
)
_OF_TERM = Seldom(
    r"^ of (?:the|his|her|their|its|that|this|a) (?:(?:prison|jail|custodial|whole|full|[a-z]+-year)[- ])?"
    r"(?:term|sentence|tariff)\b",
    re.IGNORECASE,
)
_KEEPS_RECORDS = Seldom(
    r"\b(?:records?|data|files?|notes|papers|documents|information|details)\b[^.;]{0,60}"
    r"\b(?:kept|held|stored|retained|deleted|erased|destroyed)\b"
    r"|\b(?:keep|hold|store|retain)s?(?: [\w-]+){0,4} (?:records?|data|files?|notes|information|details)\b"
    r"|\bretention\b",
    re.IGNORECASE,
)
_IS_KEPT = re.compile(r"\b(?:it|they|this|these|that|all of (?:it|this|that)) (?:be )?(?:kept|held|stored|retained)\b")
_TAKES = re.compile(r"\b(?:takes?|taken|waits?|waited|waiting)\b")
_HOW_LONG = re.compile(r"\bhow (?:long|many (?:years|months))\b[^.;]*\?\W*$", re.IGNORECASE)
_CHANGED_LENGTH = re.compile(
    r"\b(?:cut|reduc|exten|rais|shorten|lengthen|increas)\w*(?: \w+){0,2} (?:to|from|of)(?: just| only)? $",
    re.IGNORECASE,
)
_ALLOWED_LENGTH = Seldom(
    r"\b(?:average|median|mean|guidance|guidelines?|rules?|limit|target|standard|maximum|norm|law|code|deadline|promise|aim)"
    r"\b[^.;]{0,60}\b(?:is|was|are|were|says?|said|allows?|stands?|stood|sets?|gives?|requires?|of|remains?)\b[^.;,]{0,30}$",
    re.IGNORECASE,
)
_RULE = r"(?:answer|rule|limit|period|term|law|practice|policy|norm|default|standard)"
_APPOSED_LENGTH = re.compile(rf"\b{_RULE}\b[^.;]{{0,40}}, $", re.IGNORECASE)  # "The usual limit, four years, is …"
_ANSWERS_BY_LENGTH = re.compile(r"\W*(?:A[.:] |[A-Z][\w .’'-]{1,30}: )?(?:[A-Za-z’']+,? ){0,4}")
_BETWEEN = re.compile(r"\bbetween $", re.IGNORECASE)


class _Rule(NamedTuple):
    """What a length measures beside a pattern; reach 0 means right after the length."""

    measure: str
    pattern: Seldom
    reach: int
    unless: re.Pattern[str] | None  # what must not follow the length
    only: re.Pattern[str] | None  # what must


@cache
def _rules() -> list[_Rule]:
    """Return the rules of the lexicon, in order of preference."""
    found = []
    for entry in read_lexicon("durations"):
        words = "|".join(entry.get("after") or entry["words"])
        pattern = rf"^ (?:{words})" if "after" in entry else rf"\b(?:{words})\b"
        unless, only = (
            re.compile("|".join(entry[key]), re.IGNORECASE) if key in entry else None for key in ("unless", "only")
        )
        found.append(_Rule(entry["measure"], Seldom(pattern, re.IGNORECASE), entry.get("reach", 0), unless, only))
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
    is_lesson = _CLOCKED.search(words[start:end]) and not _AWAITED.search(words)
    for measure, pattern, reach, unless, only in _rules():
        if measure == "elapsed" and (is_adjective or is_lesson):
            continue
        if unless and (is_adjective or unless.match(words, end) or _SHORT.search(words[start:end])):
            continue
        before = words[max(0, start - reach) : start] if reach else ""
        if before.endswith(" "):
            before = _BETWEEN.sub("", before)
        if only and not only.match(words, end):
            continue
        if pattern.search(words[end : end + (reach or 40)]) or (before and pattern.search(before)):
            return measure
    return "other"


def is_about_keeping(words: str) -> bool:
    """Return whether a sentence is about the keeping of records."""
    return _KEEPS_RECORDS.search(words) is not None


def asked_length(words: str) -> str | None:
    """Return which length of time a sentence asks for, that for which records are kept or that which something takes.

    Examples
    --------
    >>> [asked_length(f"How long {rest}?") for rest in ("are files kept", "does it take", "is a course")]
    ['retention', 'elapsed', None]
    """
    if not _HOW_LONG.search(words):
        return None
    if is_about_keeping(words) or _IS_KEPT.search(words):
        return "retention"
    return "elapsed" if _TAKES.search(words) else None


def is_part_of_sentence(after: str) -> bool:
    """Return whether the words after a share name the sentence of a court that it is a part of.

    Examples
    --------
    >>> is_part_of_sentence(" of the term in prison"), is_part_of_sentence(" of the summer term")
    (True, False)
    """
    return _OF_TERM.match(after) is not None


@dataclass(slots=True)
class Lengths:
    """What the lengths of time of a text measured last, and which one the sentence before asks for."""

    last: str | None = None
    asked: str | None = None

    def note(self, words: str) -> None:
        """Note whether a sentence without a number asks for a length, or is about how long records are kept."""
        self.asked = asked_length(words)
        self.last = "retention" if is_about_keeping(words) else self.asked or self.last

    def keep(self, measure: str, before: str, after: str) -> str:
        """Return what a length measures: what the one before did, when it changes, answers or repeats that."""
        if self.last and measure in ("other", "elapsed"):
            is_answer = self.asked and _ANSWERS_BY_LENGTH.fullmatch(before)
            is_apposed = self.last == "retention" and after.startswith(",") and _APPOSED_LENGTH.search(before)
            if is_answer or is_apposed:
                return self.last
        if measure == "other" and self.last and _CHANGED_LENGTH.search(before):
            return self.last
        if measure == "other" and self.last == "elapsed" and _ALLOWED_LENGTH.search(before):
            return self.last  # "She waited 14 weeks. The guidance says no more than 28 days."
        self.last = measure
        return measure
