"""The unit of a number: the printed noun, else what its measure counts, and what a rate is per."""

from __future__ import annotations

import re

from helpers.numbers.clauses import Mention
from helpers.numbers.cues import Cue
from helpers.numbers.nouns import is_official

UNITS = {measure: measure for measure in ("recommendations", "issues", "sessions", "attacks")}  # else people
_RATE = re.compile(
    r"(?: [\w-]+){0,4}?,?(?<! over)(?<! in)(?<! within)(?<! for)(?<! of)"
    r" (?:an?|per|each|every)(?: single)? (?P<per>hour|day|week|month|year|"
    r"(?P<population>100,000|10,000|1,000|hundred thousand|million))\b(?! (?:ago|earlier|before|later|after))",
    re.IGNORECASE,
)
_OF_CASES = re.compile(r" of (?:[\w’'/-]+ ){1,3}?(referrals|cases)\b", re.IGNORECASE)
_PERSONS = re.compile(
    r"\b(?:people|individuals|those|children|pupils|persons|(?:fe)?males|(?:wo)?men|girls|boys|adults)\b", re.IGNORECASE
)


def rate_of(mention: Mention) -> tuple[str, str | None]:
    """Return the kind of a number, and what a rate is per ("20 a day")."""
    rate = _RATE.match(mention.after) if mention.candidate.kind == "count" else None
    if rate is None:
        return mention.candidate.kind, None
    return "rate", "100000" if rate["population"] else rate["per"].lower()


def printed_unit(mention: Mention, words: str, measures: list[Cue]) -> str:
    """Return the printed noun, or what the measure counts where none is printed."""
    if mention.unit:
        return mention.unit
    if not is_official(mention.measure):
        return UNITS.get(str(mention.measure), "people")
    if mention.candidate.kind == "ratio" and mention.denominator == "referrals":
        return "referrals"  # "Seven of the 63 went to a panel"
    if mention.candidate.kind == "count" and (whole := _OF_CASES.match(mention.after)):
        return whole[1].lower()
    if any(_PERSONS.search(words, cue.start, cue.end) for cue in measures):
        return "people"
    return "referrals" if mention.measure == "referrals" else "cases"
