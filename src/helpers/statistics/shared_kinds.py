"""Bare numbers that share the kind of a neighbour: "13 and 14", "43% against 36 for …", "six and 12 months"."""

from __future__ import annotations

import re

from helpers.numbers.number_readers import Candidate
from helpers.numbers.numerals import Number, parse_number

_COUNTS_ITSELF = re.compile(r" (?!and|or|to|per|rather|instead|after|before|at|in|when|as)[a-z]")
_AFTER_AGE = re.compile(
    r",? (?:(?:up|down) from|and|or|to|then|rather than|instead of|not)"
    r"(?: just| only|(?: the)? (?:current|present|existing|previous|usual))? |, "
)
_THEN_AGED = re.compile(r"[^.;]{1,60}(?:\band|\bbut|,)(?: just| only| still| already)? ")  # "19 when … and 16 when …"
_WHEN = re.compile(r" when (?:he|she|they|his|her|their|the|it|a)\b")
_AFTER_PERCENT = re.compile(
    r",? (?:(?:up|down) from|against|compared with|compared to|and|versus|but|to)(?: just| only)? "
)
_AFTER_TARGET = re.compile(
    r"(?: [a-z-]+){0,5},? (?:against|compared with|versus)(?: an?| the)? (?:target|average|aim|limit|norm|standard) of "
)
_BEFORE_DURATION = re.compile(r" (?:and|or|to|then) ")
_BEFORE_LATER = re.compile(  # "after 3 and again after 9 months"
    r"\b(?P<how>after|at|within|for) [\w-]+(?: and|,? then| or)(?: then| again| once more)* (?P=how) "
)
_TAKES = re.compile(
    r"\b(?:wait\w*|tak(?:es?|ing)|took|lasts?|lasted|(?:target|aim|limit|average|median|mean|norm|standard|maximum|minimum)"
    r" (?:is|was|of))(?: [a-z]+){0,3} $",
    re.IGNORECASE,
)
_LENGTH_BEFORE = re.compile(
    r"\bfor the (?:last|past) $|\b(?:delet|destroy|eras|wip|shred|kept|keep|retain|held|clos)\w*(?: [a-z]+){0,2}"
    r" (?:after|for|within)(?: just| only| about)? $",
    re.IGNORECASE,
)
_IT_WAS = re.compile(
    r"\b(?:it|that|this|(?:figure|share|proportion|rate)) (?:was|is|had been|stood at|came to|fell to|rose to)"
    r"(?: just| only| about| around| nearly| almost| over)? $",
    re.IGNORECASE,
)
_ASKS_SCORE = re.compile(
    r"\b(?:scores?|rating|rate|marks?|on a scale|out of (?:ten|10|five|5|100))\b[^.?]*\?\W*$", re.IGNORECASE
)
_SCORES = re.compile(
    r"\W*(?:[A-Z][A-Za-z .’'-]{0,30}: )?(?:(?:I['’]d |I would |I )?(?:say|give it|put it at|call it|oh|well|maybe|"
    r"perhaps|probably|about|it['’]s|it|that['’]s|that|was|is|used to be|now|then|still|just|only|barely|an?)[,.]? )*",
    re.IGNORECASE,
)
_SCORE_ENDS = re.compile(r"[,.;:!?)]|$| (?:when|then|now|at|maybe|perhaps|today|before|these days)\b")
_OF_THEM = re.compile(r" of (?:them|those|these)\b")
_FOR_BEFORE = re.compile(r"\bfor (?:just |only |about |the last )?$")
_ENDS_CLAUSE = re.compile(r"[,.;:!?)]|$")
_ENDS_PERCENT = re.compile(r" (?:for|among|in)\b|[.;]?$")


def asked_score(words: str) -> Candidate | None:
    """Return a rating without a value when a question asks for one, so that its answer is read as a rating."""
    is_asked = "?" in words and _ASKS_SCORE.search(words)
    return Candidate(0, 0, "rating", Number(0, 1), unit="points", form="asked") if is_asked else None


def share_kinds(words: str, candidates: list[Candidate], earlier: Candidate | None = None) -> list[Candidate]:
    """Return the candidates with the kind of a neighbour carried over to bare numbers ("13 and 14").

    `earlier` is the last number of the sentence before ("It takes three months. It used to take six.").
    """
    shared = list(candidates)
    if earlier and shared:
        shared[0] = _with_earlier_kind(words, shared[0], earlier)
    for place, here in enumerate(shared):
        is_bare = not _COUNTS_ITSELF.match(words, here.end) or _OF_THEM.match(words, here.end)
        if here.kind == "count" and here.form != "zero" and is_bare:
            before = shared[place - 1] if place else None
            after = shared[place + 1] if place + 1 < len(shared) else None
            shared[place] = _with_kind(words, here, before, after)
    for place in range(len(shared) - 2, -1, -1):  # "6, 12 and 24 months"
        here, after = shared[place : place + 2]
        is_shared = after.kind == "duration" and candidates[place + 1].kind == "count"
        if is_shared and here.kind == "count" and here.form != "zero" and words[here.end : after.start] == ", ":
            shared[place] = here._replace(kind="duration", unit=after.unit)
    return shared


def _with_earlier_kind(words: str, here: Candidate, earlier: Candidate) -> Candidate:
    """Return a bare number as a duration or percentage when it goes on about one in the sentence before."""
    if earlier.kind == "rating" and _SCORES.fullmatch(words[:60], 0, here.start) and _SCORE_ENDS.match(words, here.end):
        return _as_score(words, here)
    before = words[max(0, here.start - 40) : here.start]
    if here.form != "count" or here.kind != "count" or not _ENDS_CLAUSE.match(words, here.end):
        return here
    if earlier.kind == "duration" and (_TAKES.search(before) or _ends_as_length(words, here)):
        return here._replace(kind="duration", unit=earlier.unit)
    if earlier.kind == "percentage" and here.number.value <= 100 and _IT_WAS.search(before):
        return here._replace(kind="percentage", unit=earlier.unit, number=Number(here.number.value, 1.0))
    return here


def _as_score(words: str, here: Candidate) -> Candidate:
    """Return the answer to a question for a score as a rating ("Six out of ten", "a four")."""
    part, _, whole = words[here.start : here.end].partition(" out of ")
    number, of = parse_number(part), parse_number(whole)
    if here.form == "one_in" and number and of:
        return here._replace(kind="rating", number=number, whole=of.value, unit="points")
    return here._replace(kind="rating", unit="points") if here.form == "count" and here.kind == "count" else here


def _leads_to(words: str, here: Candidate, after: Candidate) -> bool:
    """Whether a bare number shares the unit of the length after it ("six and 12 months")."""
    if _BEFORE_DURATION.fullmatch(words[here.end : after.start]):
        return True
    return bool(_BEFORE_LATER.fullmatch(words[words.rfind(" ", 0, max(0, here.start - 1)) + 1 : after.start]))


def _ends_as_length(words: str, here: Candidate) -> bool:
    """Whether a bare number ends its clause as a length of time ("they can be deleted after three")."""
    is_last = _ENDS_CLAUSE.match(words, here.end) and here.number.value < 100
    return bool(is_last and _LENGTH_BEFORE.search(words[max(0, here.start - 60) : here.start]))


def _with_kind(words: str, here: Candidate, before: Candidate | None, after: Candidate | None) -> Candidate:
    is_part = _OF_THEM.match(words, here.end) and _FOR_BEFORE.search(words[max(0, here.start - 16) : here.start])
    if before and before.kind == "duration" and is_part:
        return here._replace(kind="duration", unit=before.unit)
    if before and before.kind == "duration" and _ends_as_length(words, here):
        return here._replace(kind="duration", unit=before.unit)
    if before and before.kind in ("age", "duration", "percentage"):
        between = words[before.end : here.start]
        if before.kind == "age" and _THEN_AGED.fullmatch(between) and _WHEN.match(words, here.end):
            return here._replace(kind="age", unit=before.unit)
        if before.kind == "percentage":
            stands_alone = here.number.value < 100 and _ENDS_PERCENT.match(words, here.end)
            if stands_alone and _AFTER_PERCENT.fullmatch(between):
                return here._replace(kind="percentage", unit=before.unit, number=Number(here.number.value, 1.0))
        elif _AFTER_AGE.fullmatch(between) or (before.kind == "duration" and _AFTER_TARGET.fullmatch(between)):
            return here._replace(kind=before.kind, unit=before.unit)
    if after and after.kind == "duration" and _leads_to(words, here, after):
        return here._replace(kind="duration", unit=after.unit)
    return here
