"""Words that point back at an earlier figure: "of these", "it was", "compared with", "the total"."""

from __future__ import annotations

import re
from functools import lru_cache

from helpers.searches import any_in_order, lower, lower_pattern
from helpers.seldom import Seldom

# "of those" names its own whole when it says which ("of those referred")
_OWN_PART = (
    *("referred", "adopted", "discussed", "who", "whose", "with", "where", "aged", "under", "over", "people"),
    *("reported", "flagged", "supported", "receiving", "were", "in", "on", "not"),
)
_OWN_WHOLE = (*_OWN_PART, "cases", "referrals")
_BACK = r"\b(?:of|among|amongst|from|out of)"
OF_THESE = Seldom(
    rf"{_BACK} (?:these|those(?! (?:{'|'.join(_OWN_WHOLE)}))|them|whom|which"
    r"|this (?:total|number|figure|group)|that (?:total|number|figure|group)|the total|that|the cohort)\b",
    re.IGNORECASE,
)
POINTS_BACK = Seldom(rf"{_BACK} (?:these|those|them|whom)\b(?! (?:{'|'.join(_OWN_PART)})\b)", re.IGNORECASE)
OPENS_BACK = re.compile(
    r"\W*(?:it|that|this|the (?:figure|number|share|proportion|latter|former))"
    r"(?: (?:is|was|stood|were|had been)\b|[’']s\b)",
    re.IGNORECASE,
)
THE_REGION = Seldom(r"\b[Tt]he region\b(?! of)")
OPENS_PART = re.compile(r"\W*the (?:first|second|third|fourth|final|last) quarter\b", re.IGNORECASE)
MAKES_THAT = re.compile(r"\W*(?:that|this)(?: is|[’']s| was| works out at| amounts to| means) ", re.IGNORECASE)
OWN_SHARE = re.compile(
    r"\W*(?:but |and |by [\w/]+,? )?(?:its|their) (?:\w+ )?(?:share|proportion|number|total|figure)s?\b", re.IGNORECASE
)
THAT_FAR = Seldom(r"\b(?:got|get|gets|went|go|came|made it|reached|progressed) (?:that|this) far\b", re.IGNORECASE)
OPENS_WITH_BASE = re.compile(  # "Where it was, …" after "A concern was specified for 8,769"
    r"\W*on (?:the|that) same bas(?:e|is)\b|"
    r"\W*(?:where|when|for those where) (?:it|this|that|one|they|an? \w+) (?:was|were|is|had been)\b",
    re.IGNORECASE,
)
TYPICAL = Seldom(
    r"\bin an? (?:typical|normal|ordinary|usual|average|good|bad|quiet|busy) (?:year|month|quarter)\b", re.IGNORECASE
)
CONTINUES = re.compile(
    r"\W*(?:of these|of those|of them|of which|that|this|these|those|they|it|among (?:them|these|those)|another|"
    r"a further|the (?:remaining|rest|others?)|both|compared|but|and)\b",
    re.IGNORECASE,
)
SURVEY = Seldom(
    r"\b(?:surveys?|surveyed|polls?|polled|questionnaires?|respondents?|interviewed \d+|replies from|responses from)\b",
    re.IGNORECASE,
)
_ELLIPSES = (
    # another period or figure is at the back of the reader's mind
    r"\b(?:up|down) from",
    r"compar\w+ (?:with|to)",
    r"(?:the|that|this) (?:[\d/–-]+ |annual |yearly |national |last |latter |first )?(?:figure|number|total)",
    r"that(?:[’']s| is| was| compares)|this (?:is|was|compares|represents)",
    r"\b(?:that|this|it|which) (?:works out|equates|amounts|averages|means)\b",
    r"\b(?:they|it|these|numbers|referrals) (?:(?:have|has|had) )?(?:since |then |now |also |later )?"
    r"(?:fallen|fell|risen|rose|dropped|doubled|halved|grown|grew|increased|trebled|tripled|declined|climbed|jumped|peaked|"
    r"reached|stood)\b",
    r"\bthe two (?:together|combined|groups|types)\b",
    r"\bthe (?:latter|former)\b|\bthe (?:first|second|last) of (?:these|those|them|the two)\b",
    r"the (?:\w+ )?(?:total|number|figure|peak)\b",
    r"\bthe (?:lowest|highest)\b",
    r"^\W*the (?:first|second|third|fourth|final|last|same) quarter\b|\badds? up to\b|"
    r"^\W*(?:and |but )?the (?:other|remaining) [\d.]+ ?(?:%|per cent)",
    r"^\W*(?:[a-z][a-z .’'-]{1,30}: )?"  # who is speaking
    r"(?:(?:about|around|just|nearly|almost|only|some|roughly|barely|maybe|under|over) )*"
    r"(?:\w+ (?:in|out of) \w+|(?:an?|one) (?:third|quarter|fifth|tenth)|half)(?=[,.;]|$)",
    r"\b(?:rise|fall|increase|decrease|drop)\b",
    r"\b(?:its|the|their|that|this) (?:\w+ )?(?:share|proportion|percentage)s?\b|\bthe sector\b",
    r"\brates? of (?:[a-z]+ ){0,2}[\d.]+ per\b",
    r"\btotals?\b|\bexpect\w*|respective(?:ly)?|including",
    # the number has no noun of its own
    r"^\W*(?:A[.:] )?(?:(?:yes|no|about|around|just|nearly|almost|only|some|roughly)[,.]? )*[\d.]+ ?(?:%|per cent)"
    r"(?=[,.;]|$| or\b)",
    r"\b(?:recorded|saw|had|logged|registered|made|received|took)(?: just| only| about| around| some)? [\d,]+ ?[.,;]",
    r"\b(?:each|they (?:were|made|accounted|numbered))\b",
    r"\bthere (?:were|was|had been)\b|\bit (?:was|is|stood)\b",
    r"\b(?:were|was|been) (?:received|made|recorded|submitted|logged)\b|\b(?:come|came) in\b",
    r"\b(?:is|was|are|were|stood|stands) at\b",
    r"^\W*(?:(?:the|overall|total|annual|these|those|such|official|national) )*(?:numbers|figures|volumes|totals)\b",
    r"\b(?:brought in|yielded|produced|generated|contributed|added|threw up)(?: just| only| about| around| some)?"
    r" [\d,]+",
)
_ELLIPTIC = re.compile(any_in_order(map(lower_pattern, _ELLIPSES)))


@lru_cache(maxsize=16)  # asked of the same sentence again and again
def is_elliptic(sentence: str) -> bool:
    """Return whether a sentence leaves out what it counts, because the sentences before said it."""
    return bool(_ELLIPTIC.search(lower(sentence)) or OF_THESE.search(sentence))
