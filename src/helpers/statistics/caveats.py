"""What keeps a number of an official measure from a plain comparison: it is a forecast, or about one person's case."""

from __future__ import annotations

import re

from helpers.numbers.clauses import Mention
from helpers.numbers.nouns import is_official
from helpers.seldom import Seldom

FEW = 12  # the most that is said of one person's case
_FORECASTS = (
    r"(?-i:will)(?! (?:the|my|he|she|you|they|ministers)\b)",
    r"expect\w*|forecast\w*|project(?:ed|ion|s)|predict\w*",
    r"set to|(?<!most )(?<!more )(?<!less )likely to|could (?:rise|reach|exceed|fall|hit)",
    r"[a-z]+[’']ll (?:have|be|see|reach|hit|pass|get)|would (?:rise to|reach|exceed|fall to|hit|pass|top)",
    r"on course to|on track to|by 20[3-9]\d",
)
_FORECAST = Seldom(rf"\b(?:{'|'.join(_FORECASTS)})\b", re.IGNORECASE)
_SUPPOSED = Seldom(  # "Suppose 1,000 people are referred", "if 100 children are referred"
    r"\b(?:suppose|supposing|imagine|assume|assuming|say)(?: that)?,? (?:just |only |about )?"
    r"(?:[\d,]+|an? hundred|a thousand) [a-z]+(?: [a-z]+)? (?:are|get|is|were to)\b"
    r"|\bif (?:just |only |even |say,? )?[\d,]+ [a-z]+(?: [a-z]+)? (?:are|get|is)\b",
    re.IGNORECASE,
)
_REST = re.compile(r"\bthe (?:other|remaining) $", re.IGNORECASE)
_IF = re.compile(r"\W*If\b")
_WOULD = re.compile(r"\b(?:will|would)\b")
_PERSON = re.compile(
    r"\b(?:he|him|his|she|her|perpetrator|attacker|killer|the case|his case|the teenager|the individual|the man|"
    r"the boy|the suspect)\b",
    re.IGNORECASE,
)
_OWN = re.compile(r"\bI(?:['’]ve| have|['’]d| had)? (?:\w+ )?(?:made|sent|submitted|put in|handled|seen)\b[^.;]*$")
_HABIT = re.compile(r"\b(?:we|I|they)(?: now| still| typically| usually)? (?:get|take|see|receive|handle) $")
_SO_OFTEN = re.compile(r"(?: [\w-]+){0,2} (?:an?|per|each|every) (?:day|week|month)\b")
_IN_MINE = Seldom(
    r"\b(?:in|across|from) my (?:own )?(?:constituency|school|college|town|city|borough|county|area|patch|ward)\b",
    re.IGNORECASE,
)
_A_FURTHER = re.compile(r"\b(?:a further|another|a second|yet another) $", re.IGNORECASE)
_FURTHER = re.compile(r" (?:further|other|more|previous|prior|new|subsequent)")


def settle_caveat(mention: Mention, words: str, before: str = "") -> None:
    """Mark a forecast, or a figure about one person's case, which is no national figure, in place.

    `before` is the sentence before: "a further two referrals" are of the same person.
    """
    if not is_official(mention.measure):
        return
    mention.is_own = bool(_OWN.search(mention.before) or _IN_MINE.search(words))
    if _FORECAST.search(mention.before[-120:]) or (_IF.match(words) and _WOULD.search(words)):
        mention.caveat = "forecast"
    elif (supposed := _SUPPOSED.search(words)) and supposed.start() <= mention.start:
        mention.caveat = "hypothetical"
    elif mention.is_level_share and mention.dimension == "total" and _REST.search(mention.before_modifier):
        mention.caveat = "complement"
    if mention.candidate.kind != "count" or mention.candidate.number.value > FEW or _SO_OFTEN.match(mention.after):
        return
    is_none = mention.candidate.form == "zero" and _FURTHER.match(mention.after)
    goes_on = _A_FURTHER.search(mention.before_modifier) and _PERSON.search(before)
    if is_none or mention.unit == "times" or goes_on or _PERSON.search(words):
        mention.caveat, mention.dimension, mention.category = "one_case", None, None


def is_habit(mention: Mention) -> bool:
    """Return whether a number says how it is these days, in no year ("we get a dozen referrals a week")."""
    return bool(_HABIT.search(mention.before_modifier) and _SO_OFTEN.match(mention.after))
