"""Whether a number is a level or a change, and which way: "up 6.4%", "a 22% fall", "412 more than", "doubled"."""

from __future__ import annotations

import re
from collections import deque
from functools import cache
from typing import NamedTuple

from helpers.lexicon import read_lexicon
from helpers.numbers.number_readers import Candidate
from helpers.searches import lower, lower_pattern

REACH = 90  # characters before a number in which a word of change is looked for
_SIGN = re.compile(r"(?:^|[\s(])([+−–-])$")
_COMPARISONS = ("more", "less", "fewer", "higher", "lower")  # these need "by" or "than" to be a change
_CUTS = re.compile(r"slash(?:ed|es|ing)|trim(?:med|s)", re.IGNORECASE)  # "slashed £2m from"
_IS_VERB = re.compile(r"(?:ed|ing|(?<!tim)es)$")
_OF_OTHERS = re.compile(r" (?:as|more|higher|greater|larger|the|that|what|those)\b")
_EARLIER = (  # "10% above the 5,737 of the year before", but not "10% above the national average"
    r"(?:the |its |their )?(?:\d|$|previous|preceding|prior|level|figure|total|number|peak|record|same|year|last year|"
    r"it\b|this\b|them\b|that\b(?! \w)|where|that (?:in|of|for)|those (?:in|of|for))"
)
_CAME_TO = re.compile(  # "the rise between 2023-24 and 2024-25 was 27%"
    r" (?:[^.;,]{0,60} )?(?:is|was|were|came to|comes to|stood at|amount(?:s|ed) to|work(?:s|ed) out at|equal(?:s|led))"
)
_IS_NOUN = re.compile(r"rise|increase|jump|growth|fall|drop|decline|decrease|reduction|cut|surge|gain", re.IGNORECASE)
_OPENS_CLAUSE = re.compile(
    r"(?:^|[.,;:]|\b(?:and|but|that|so))\W*(?:(?:the|an?|this|that|its|their)\s)?(?:\w+\s)?$", re.IGNORECASE
)
_AS_OTHERS = re.compile(  # "twice as many children as adults"
    r" as (?:many|much)(?: [\w-]+){1,3} as (?!in\b|the\b|last\b|an?\b|during\b|before\b|previous|it\b|there\b|\d)"
)
_VERB_AS = re.compile(r"(?:double|triple|treble|quadruple|halve) as (?!(?:many|much|[a-z]+ as)\b)", re.IGNORECASE)
_TIMES = re.compile(r"\b(?:year|month|decade|previous|before|earlier|ago|19\d\d|20\d\d|\d\d/\d\d|last|pre-|since)\b")
_SAYS_HOW_FAR = re.compile(  # "up from 6,922 the year before – 1,856 more", but not "we need 200 more"
    r"\b(?:year|month|quarter|before|earlier|previously|(?:19|20)\d\d|\d\d[/–-]\d\d)\)?"
    r"(?: ?[–—]|,| -)(?: or| that is| which is| some| a full)* ?$"
)
_RISING = re.compile(r"increase|rise|grow")


_NAMED_CHANGE = re.compile(  # "the increase between the two years was 70%"
    r"(?:\b(?:the|an?|this|that) |^)(?:increase|rise|growth|jump|fall|drop|decline|decrease|reduction)(?! in the)"
    r"(?! (?:in|of) (?:total|number|figure)s?)(?: (?!total|number|figure|share|proportion)[\w,()/-]+){0,10}?"
    r" (?:was|is|came to|amounted to|reached)(?: about| around| just| only| nearly| almost| over)? ?",
    re.IGNORECASE,
)


class Wordings(NamedTuple):
    """The lexicon of changes, compiled."""

    verb: re.Pattern[str]
    after: re.Pattern[str]
    of: re.Pattern[str]
    adverb: re.Pattern[str]


@cache
def _wordings() -> Wordings:
    words = read_lexicon("changes")
    verbs, nouns, comparatives = (
        {way: lower_pattern("|".join(words[kind][way])) for way in ("rise", "fall")}
        for kind in ("verbs", "nouns", "comparatives")
    )
    sizes, adverbs = "|".join(words["sizes"]), "|".join(words["adverbs"])
    return Wordings(
        verb=re.compile(rf"\b(?:(?P<rise>{verbs['rise']})|(?P<fall>{verbs['fall']}))\b"),
        after=re.compile(
            rf"[ -](?:(?:{sizes}) )*(?:(?P<rise>{nouns['rise']})|(?P<fall>{nouns['fall']}))s?\b"
            rf"|[,)]? (?:(?P<up>{comparatives['rise']})|(?P<down>{comparatives['fall']}))\b(?! from)(?: [\w-]+){{0,5}}?"
            r" (?P<link>than|on|in|since|over|against|year[- ]on[- ]year|compared)\b"
            r"|,? (?:(?P<higher>higher|larger|more)|(?P<lower>lower|smaller|fewer|less))(?=[.,;)]|$)"
            rf"|,? (?:(?P<above>above|up on|ahead of)|(?P<below>below|down on|short of)) {_EARLIER}",
            re.IGNORECASE,
        ),
        of=re.compile("|".join(words["of"]), re.IGNORECASE),
        adverb=re.compile(rf"(?:{adverbs})?"),
    )


class Change(NamedTuple):
    """Which way a number goes, and the words that say so.

    They are half-open offsets from the number: negative ones end at its modifier, others begin right after it.
    """

    direction: str
    start: int = 0
    end: int = 0


def find_change(candidate: Candidate, surface: str, before: str, after: str, around: str) -> Change:
    """Return rise or fall when a number is a change, else level, and the words that say so.

    Parameters
    ----------
    candidate : Candidate
        The number.
    surface : str
        The number as printed.
    before, after : str
        The words between it and its neighbours, its modifier left out.
    around : str
        The words that follow it, other numbers included.
    """
    kind = candidate.kind
    if kind == "multiple":
        return Change(_multiple_direction(candidate.number.value, surface, before[-60:], around))
    if kind not in ("percentage", "fraction", "count", "money"):
        return Change("level")
    sign = _SIGN.search(before[-2:])
    if sign and kind == "percentage":
        return Change("rise" if sign[1] == "+" else "fall", -1, 0)
    follows = _wordings().after.match(after)
    is_compared = follows and (follows["link"] or "").lower() in ("than", "on")
    is_counted_up = follows and _SAYS_HOW_FAR.search(before[-40:]) and (follows["higher"] or follows["lower"])
    if follows and (
        kind not in ("count", "money") or is_compared or is_counted_up or (kind == "money" and not follows["link"])
    ):
        rises = follows["rise"] or follows["up"] or follows["above"] or follows["higher"]
        return Change("rise" if rises else "fall", *follows.span())
    return _changed_by(before[-REACH:], kind)


def _changed_by(before: str, kind: str) -> Change:
    """Return the direction of the last word of change before a number, level when the number is no size of it."""
    wordings = _wordings()
    found = next(iter(deque(wordings.verb.finditer(lower(before)), maxlen=1)), None)
    if found is None:
        return Change("level")
    between = before[found.end() :].strip()
    last = between.lower().rpartition(" ")[2]
    is_share = kind not in ("count", "money")
    if _NAMED_CHANGE.fullmatch(before[max(0, found.start() - 5) :]):
        return Change("rise" if found["rise"] else "fall", found.start() - len(before), 0)
    is_change = (
        (is_share and _is_subject(before, found) and _CAME_TO.fullmatch(f" {between}"))
        or last == "by"
        or (kind == "money" and not between and _CUTS.fullmatch(found.group()))
        or (last == "of" and wordings.of.match(found.group()))
        or (is_share and between and wordings.adverb.fullmatch(between))
        or (is_share and not between and found.group().lower() not in _COMPARISONS)
    )
    if not is_change:
        return Change("level")
    return Change("rise" if found["rise"] else "fall", found.start() - len(before), 0)


def _is_subject(before: str, found: re.Match[str]) -> bool:
    """Whether a word of change is the subject of its clause ("the rise was 27%", not "the cost of the rise was")."""
    return bool(_IS_NOUN.fullmatch(found.group()) and _OPENS_CLAUSE.search(before[: found.start()]))


def _multiple_direction(value: float, surface: str, before: str, around: str) -> str:
    """Return rise for a multiple of an earlier figure, fall for a part of it, level between two groups."""
    if value < 1:
        return "fall"
    if _AS_OTHERS.match(around):
        return "level"
    is_verb = _IS_VERB.search(surface) or _VERB_AS.match(f"{surface}{around}") or not _OF_OTHERS.match(around)
    compares_times = _TIMES.search(f"{before} {around}") or _RISING.search(before)
    return "rise" if is_verb or compares_times else "level"
