"""The period of a number that no official series holds: named beside it, or opening its sentence."""

from __future__ import annotations

import re

from helpers.numbers.clauses import Ground
from helpers.statistics.timelines import NO_TIME, Timeline, Timing, is_since

STATED_FORMS = ("financial_year", "reporting", "span", "year", "month")
_OF_ANOTHER = re.compile(r"\b(?:he|she|they|it|we|who|which|that|by|since|until)\b", re.IGNORECASE)
_OPENS_TIMED = re.compile(r"\W*(?:(?:of|among) [^,;]{3,60} )?(?:in|during|over|between|for)(?: the)? ", re.IGNORECASE)


def time_other(timeline: Timeline, place: int) -> Timing:
    """Return the period of a number that no official series holds: named beside it, or opening its sentence."""
    is_money = timeline.mentions[place].candidate.kind == "money"
    names_month = not is_money and timeline.mentions[place].measure != "other"
    dates = [
        span
        for span in timeline.dates
        if span.form in (STATED_FORMS if names_month else STATED_FORMS[:4])
        and not (is_money and span.source == "relative")
        and not is_since(timeline.words, span)
        and not NO_TIME.search(timeline.words[max(0, span.start - 24) : span.start])
    ]
    own = timeline.attached(place, dates)
    if own and _OF_ANOTHER.search(timeline.words, timeline.mentions[place].end, own.start):
        own = None
    if (
        own is None
        and (place == 0 or not is_money)
        and dates
        and _OPENS_TIMED.fullmatch(timeline.words, 0, dates[0].start)
    ):
        own = dates[0]
    if own is None or not own.first or not own.last:
        return Timing()
    return Timing((own.first, own.last), own.source, ground=Ground("dated by", own.start, own.end))
