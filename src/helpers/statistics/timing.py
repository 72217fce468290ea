"""The period of a number: named beside it, in its sentence, before it, or relative to publication."""

from __future__ import annotations

import re

from helpers.numbers.calendars import year_earlier
from helpers.numbers.clauses import Ground
from helpers.numbers.numerals import parse_number
from helpers.numbers.periods import DateSpan
from helpers.statistics.timelines import BREAK, RELATED, Timeline, Timing, is_since

STATED_FORMS = ("financial_year", "reporting", "span", "year", "month")
_RECORD = re.compile(
    r"\b(?:highest|lowest|most|fewest|record|first time|largest|smallest|biggest|peak)\b", re.IGNORECASE
)
_SUMMED = re.compile(r"\b(?:have|has|had) (?:been|seen|made)|\btotal")
_OPENS = re.compile(r"\W*(?:in|during|over|for|between|the|across)\b", re.IGNORECASE)
_OPENS_ALONE = re.compile(r"\W*(?:in|during|over|between|for)(?: the)? ", re.IGNORECASE)
_COMPARED = re.compile(r"compar|against|than")
_INTRODUCES = re.compile(r"(?:,? when| ?\()")
_YEARS = re.compile(r"\b(?:in|over|within|across)(?: just| only| the)? (\w+) years\b")
_TO = re.compile(r"\bto\s*$")
_FROM = re.compile(r"\bfrom(?: \w+){0,3}\s*$")


def time_number(timeline: Timeline, place: int) -> Timing:
    """Return the period that the words of a sentence give one of its levels (not changes).

    Parameters
    ----------
    timeline : Timeline
        Numbers and dates of the sentence.
    place : int
        Index of the number among the numbers.
    """
    words, mention = timeline.words, timeline.mentions[place]
    dates = [span for span in timeline.usable if _serves(timeline, span, mention.start)]
    own = timeline.attached(place, dates)
    if own is not None:
        timing = timeline.timing_of(own)
        timing.is_main = timing.is_main and not timeline.shifted[place]
        return timing
    if summed := _since_then(timeline):
        return summed
    chosen = _surrounding(timeline, place, dates)
    timing = timeline.timing_of(chosen)
    timing.is_main = timing.is_main and chosen not in timeline.of_changes
    if timeline.shifted[place] and not (chosen and chosen.form in RELATED):
        timing.is_main = False
        if basis := timing.period or timeline.current:
            years = years_between(words[mention.end :])
            ground = Ground(f"compared with, so {years} year(s) before", mention.lead, mention.start)
            return Timing(year_earlier(basis, years), "relative", ground=ground)
    if chosen and timing.period and place and _ends_range(timeline, place, chosen):
        ground = Ground("where a change from this period ends, so a year after", chosen.start, chosen.end)
        return Timing(year_earlier(timing.period, -1), "relative", ground=ground)
    return timing


def _serves(timeline: Timeline, span: DateSpan, start: int) -> bool:
    """Whether a date can be that of a number: not what a change is measured from, unless it introduces the number."""
    if span not in timeline.of_changes:
        return True
    return span.end <= start and bool(_INTRODUCES.match(timeline.words, span.end, start + 1))


def _since_then(timeline: Timeline) -> Timing | None:
    """Return the time from a date to the latest figures ("there have been 60,000 since 2015")."""
    since = next((span for span in timeline.dates if span.first and is_since(timeline.words, span)), None)
    first = since and since.first
    if since is None or first is None or timeline.latest is None:
        return None
    if _RECORD.search(timeline.words) or not _SUMMED.search(timeline.words):
        return None
    ground = Ground("from then to the latest figures", since.start, since.end)
    return Timing((first, max(timeline.latest[1], first)), "relative", ground=ground)


def _surrounding(timeline: Timeline, place: int, dates: list[DateSpan]) -> DateSpan | None:
    """Return the date of the sentence that a number without one of its own belongs to."""
    words, mention = timeline.words, timeline.mentions[place]
    dates = [span for span in dates if not timeline.belongs_to_comparison(place, span)]
    plain = [span for span in dates if span.form not in RELATED]
    floor = timeline.mentions[place - 1].end if place else 0
    inside = [span for span in dates if floor <= span.start and span.end <= mention.start]
    if inside:
        return inside[-1]
    if len(plain) == 1:
        return plain[0]
    before = [span for span in plain if span.end <= mention.start]
    clause = words.rfind("; ", 0, mention.start) + 2
    recent = [span for span in before if span.start >= clause > 1]
    if recent:
        return recent[0]
    if before:
        return before[0] if _OPENS.match(words, 0, before[0].start) else before[-1]
    after = next((span for span in plain if span.start >= mention.end), None)
    opening = dates[0] if dates and _OPENS.match(words, 0, dates[0].start + 1) else None
    return (
        after or _only_pointer(timeline, place, dates) or (opening if opening and opening.end < mention.start else None)
    )


def _only_pointer(timeline: Timeline, place: int, dates: list[DateSpan]) -> DateSpan | None:
    """Return the only date of a sentence when it points at another period from the same clause."""
    end, ceiling = timeline.mentions[place].end, timeline.ceiling(place)
    if len(dates) != 1 or dates[0].start < end:
        return None
    between = timeline.words[end : dates[0].start]
    if "respectively" in timeline.words.lower() and not _COMPARED.search(between):
        return dates[0]
    is_near = ceiling is None or dates[0].start < ceiling
    return dates[0] if is_near and not BREAK.search(between) else None


def years_between(after: str) -> int:
    """Return over how many years a change runs ("from 4,997 to 1,404 in three years"), 1 unless the words say.

    Examples
    --------
    >>> years_between(" to 1,404 in three years")
    3
    """
    found = _YEARS.search(after)
    number = parse_number(found[1]) if found else None
    return int(number.value) if number and 1 <= number.value <= 20 else 1


def _ends_range(timeline: Timeline, place: int, chosen: DateSpan) -> bool:
    """Whether a number is the later one after "from N in <period> to"."""
    words, start = timeline.words, timeline.mentions[place].lead
    previous = timeline.mentions[place - 1]
    return bool(
        previous.end <= chosen.start < start
        and _TO.search(words[max(0, start - 6) : start])
        and _FROM.search(words[max(0, previous.start - 30) : previous.start])
    )


def time_other(timeline: Timeline, place: int) -> Timing:
    """Return the period of a number that no official series holds: named beside it, or opening its sentence."""
    dates = [span for span in timeline.dates if span.form in STATED_FORMS and not is_since(timeline.words, span)]
    own = timeline.attached(place, dates)
    if own is None and dates and _OPENS_ALONE.fullmatch(timeline.words, 0, dates[0].start):
        own = dates[0]
    if own is None or not own.first or not own.last:
        return Timing()
    return Timing((own.first, own.last), own.source, ground=Ground("dated by", own.start, own.end))
