"""The period of a number: named beside it, in its sentence, before it, or relative to publication."""

from __future__ import annotations

import re
from dataclasses import replace

from helpers.numbers.calendars import Period, year_earlier
from helpers.numbers.clauses import Ground, Mention
from helpers.numbers.numerals import parse_number
from helpers.numbers.periods import DateSpan, has_own_figure, is_of_paper
from helpers.seldom import Seldom
from helpers.statistics.timelines import BREAK, RELATED, Timeline, Timing, is_since

_RECORD = re.compile(
    r"\b(?:highest|lowest|most|fewest|record|first time|largest|smallest|biggest|peak)\b", re.IGNORECASE
)
_SUMMED = re.compile(
    r"\b(?:have|has|had)(?: \w+){0,2} (?:been|seen|made|taken|given|\w+ed)\b|\btotal|\b[Aa]dd(?:ing)? (?:up|together)\b"
)
_AGAINST = re.compile(
    r"\b(?:compared (?:with|to)|against|versus|relative to)(?: the| those of| that of)?\s*$", re.IGNORECASE
)
_YEARS_ON = re.compile(r" (?:just |only )?(\w+) years? (later|on|after|earlier|before)\b(?! (?:the|an?) )")
_OPENS = re.compile(r"\W*(?:in|during|over|for|between|the|across)\b", re.IGNORECASE)
_COMPARED = re.compile(r"compar|against|than")
_INTRODUCES = re.compile(
    r"(?:,? when| ?\(|['’]s \S?$|(?:['’]s)? (?:peak|figure|total|level|high|low|record|number|count|tally)(?: of| \()?)"
)
_YEARS = Seldom(r"\b(?:in|over|within|across)(?: just| only| the)? (\w+) years\b")
_APPOSED = re.compile(r"[a-z]+s?, (?:or )?$")
_IN_ASIDE = re.compile(
    r", (?:which|who|whose|where|because|the (?:first|last|latest|earliest)(?: of (?:them|which|these))?)\b"
)
_AND = re.compile(r",? (?:and|but|then|before)\b")
_SAME_AS = re.compile(
    r"\b(?:unchanged|(?:no|little) different|(?:the )?same|similar|level)(?: \w+)? (?:from|on|as|as in|to|with) $"
)
_PASSING = re.compile(
    r"\b(?:than|against|unlike|before|until|compar\w+ (?:with|to))"
    r"(?: (?:in|for|during|those of|that of))?(?: the)?\s*$",
    re.IGNORECASE,
)
_NEXT_CLAUSE = re.compile(r"[,;] (?:and|but|while)\b")
_AND_SINCE = re.compile(r"(?:, (?:and|but|while)|;) [Ss]ince ")
_OPENS_CLAUSE = re.compile(  # to be searched up to where a date begins
    r", (?:but|while|whereas|whilst) (?:the (?:respective|corresponding|equivalent|comparable|same) [a-z]+ |back )?"
    r"(?:in|during|for|over)(?: the)? $"
)
_TO = re.compile(r"\bto\s*$")
_TO_NUMBER = re.compile(r" to (?:[a-z]+ ){0,2}")
_FROM = re.compile(r"\bfrom(?: \w+){0,3}\s*$")
_AND_THEN = re.compile(r"(?: (?:in [\d/–-]+|the (?:next|following) year))?,? (?:and )?then(?: to)? ")


def named_year(words: str, dates: list[DateSpan]) -> Period | None:
    """Return the only year that a sentence names, but not to compare another with ("not since 2017/18")."""
    named = [
        (span.first, span.last)
        for span in dates
        if span.form in ("financial_year", "reporting") and not _is_passing(words, span)
    ]
    return (named[0][0], named[0][1]) if len(named) == 1 and named[0][0] and named[0][1] else None


def _is_passing(words: str, span: DateSpan) -> bool:
    """Whether a date only says since when, or what another is compared with."""
    return is_since(words, span) or bool(_PASSING.search(words[max(0, span.start - 30) : span.start]))


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
    bracketing = timeline.bracketing(place)
    if bracketing is not None and words[mention.end : mention.end + 1] == ")":
        own = None  # "outside 2015/16 (7,631) and 2017/18 (7,318)": each bracket has the year right before it
    if own is not None or bracketing is not None:
        timing = timeline.timing_of(own or bracketing)
        is_early = timeline.shifted[place] or timeline.is_multiplied(place)
        timing.is_main = timing.is_main and not is_early and bracketing is None
        return timing
    found = _bound_of_change(timeline, place) or _years_on(timeline, place) or _then_next(timeline, place)
    if found := found or _since_then(timeline, mention):
        return found
    chosen = _surrounding(timeline, place, dates)
    timing = timeline.timing_of(chosen)
    timing.is_main = timing.is_main and chosen not in timeline.of_changes and not _is_compared_with(words, chosen)
    if timeline.shifted[place] and not (chosen and chosen.form in RELATED and chosen.form != "same"):
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
    """Whether a date can be that of a number: not that of a paper, nor what a change is measured from.

    What a change is measured from serves a number that it introduces.
    """
    if is_of_paper(timeline.words, span):
        return False
    if span not in timeline.of_changes:
        return True
    return span.end <= start and bool(_INTRODUCES.match(timeline.words, span.end, start + 1))


def _is_compared_with(words: str, span: DateSpan | None) -> bool:
    """Whether a date is only what another is compared with ("even against 2020-21, when there were 4,915")."""
    return span is not None and bool(_AGAINST.search(words[max(0, span.start - 26) : span.start]))


def _bound_of_change(timeline: Timeline, place: int) -> Timing | None:
    """Return the year of a number in "the rise between 2023-24 and 2024-25 was 27%, from 6,922 to 8,778"."""
    bounds, words, lead = timeline.bounds(), timeline.words, timeline.mentions[place].lead
    if bounds is None or lead < bounds[1].end:
        return None
    is_last = place > 0 and _TO.search(words[max(0, lead - 6) : lead]) is not None
    before = timeline.mentions[place - is_last].lead
    if not _FROM.search(words[max(0, before - 30) : before]):
        return None
    timing = timeline.timing_of(bounds[is_last])
    timing.is_main = timing.is_main and is_last
    return timing


def _years_on(timeline: Timeline, place: int) -> Timing | None:
    """Return the year of a number some years before or after ("from 38 in 2020/21 to 96 two years later")."""
    found = _YEARS_ON.match(timeline.words, timeline.mentions[place].end)
    number = parse_number(found[1]) if found else None
    start = timeline.mentions[place].start
    basis = next((span for span in reversed(timeline.usable) if span.first and span.end <= start), None)
    period = timeline.period_of(basis) if basis else None
    if found is None or number is None or period is None:
        return None
    years = int(number.value) * (1 if found[2] in ("earlier", "before") else -1)
    return Timing(year_earlier(period, years), "relative", ground=Ground("so many years on", *found.span()))


def _then_next(timeline: Timeline, place: int) -> Timing | None:
    """Return the year of one more number of a run ("from 13% in 2021/22 to 9% and then 7%"): that after the last."""
    starts = _FROM.search(timeline.words[: timeline.mentions[0].lead][-30:])
    if place < 2 or not starts:
        return None
    before, number = timeline.mentions[place - 1 : place + 1]
    is_same = (before.candidate.kind, before.measure) == (number.candidate.kind, number.measure)
    if not is_same or not _AND_THEN.fullmatch(timeline.words, before.end, number.lead):
        return None
    period = time_number(timeline, place - 1).period
    later = period and year_earlier(period, -1)
    if later is None or (timeline.latest and later > timeline.latest):
        return None
    return Timing(later, "relative", ground=Ground("the year after that of", before.start, before.end))


def _since_then(timeline: Timeline, mention: Mention) -> Timing | None:
    """Return the time from a date to the latest figures ("there have been 60,000 since 2015")."""
    since = next((span for span in timeline.dates if span.first and is_since(timeline.words, span)), None)
    first = since and since.first
    today = timeline.today or (timeline.current[1] if timeline.current else None)
    if since is None or first is None or (timeline.latest is None and today is None):
        return None
    if _FROM.search(mention.before_modifier[-30:]) and _TO_NUMBER.fullmatch(mention.after):
        return replace(timeline.timing_of(since), is_main=False)  # "doubled since 2015/16, from 700 to 1,400"
    if _RECORD.search(timeline.words) or not _SUMMED.search(timeline.words):
        return None
    is_part = mention.is_level_share and _APPOSED.search(mention.before_modifier)  # "became cases, roughly 6%"
    if (mention.candidate.kind != "count" and not is_part) or _TO.search(mention.before_modifier):
        return None
    if _is_of_later_clause(timeline, mention, since):
        return None
    ground = Ground("from then to the latest figures", since.start, since.end)
    until = timeline.latest[1] if timeline.latest and timeline.latest[1] > first else today or first
    return Timing((first, max(until, first)), "relative", ground=ground)


def _is_of_later_clause(timeline: Timeline, mention: Mention, since: DateSpan) -> bool:
    """Whether a date stands in a later clause with a number of its own ("400 did, and four plots failed since May")."""
    if mention.end < since.start and _AND_SINCE.search(timeline.words, mention.end, since.start + 6):
        return True  # "there were 5,738, and since 2015/16 the total has fallen"
    later = next((other for other in timeline.mentions if mention.end < other.start < since.start), None)
    return later is not None and bool(_NEXT_CLAUSE.search(timeline.words, mention.end, later.lead))


def _surrounding(timeline: Timeline, place: int, dates: list[DateSpan]) -> DateSpan | None:
    """Return the date of the sentence that a number without one of its own belongs to."""
    words, mention = timeline.words, timeline.mentions[place]
    dates = [
        span
        for span in dates
        if not timeline.belongs_to_comparison(place, span) and not timeline.is_of_earlier(place, span)
    ]
    dates = [span for span in dates if not _IN_ASIDE.search(words, mention.end, span.start)]
    dates = [span for span in dates if not _opens_later_clause(timeline, mention, span)]
    leads = [later.lead for later in timeline.mentions[place + 1 :]]
    dates = [span for span in dates if not has_own_figure(words, span, leads)]
    plain = [span for span in dates if span.form not in RELATED]
    floor = timeline.mentions[place - 1].end if place else 0
    inside = [span for span in dates if floor <= span.start and span.end <= mention.start]
    if inside:
        return _following(timeline, place, dates, inside[-1]) or inside[-1]
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
    opening = dates[0] if dates and (dates[0].start == 0 or _OPENS.match(words, 0, dates[0].start + 1)) else None
    return (
        after or _only_pointer(timeline, place, dates) or (opening if opening and opening.end < mention.start else None)
    )


def _opens_later_clause(timeline: Timeline, mention: Mention, span: DateSpan) -> bool:
    """Whether a date opens a later clause with numbers of its own ("42% were; in 2015/16, 26% had been")."""
    if span.start < mention.end or timeline.mentions[-1].start < span.end:
        return False
    stop = timeline.words.rfind("; ", mention.end, span.start)
    if stop >= 0 and not any(stop < other.start < span.start for other in timeline.mentions):
        return True
    return _OPENS_CLAUSE.search(timeline.words, mention.end, span.start) is not None


def _following(timeline: Timeline, place: int, dates: list[DateSpan], before: DateSpan) -> DateSpan | None:
    """Return the date after a number when the one before it is taken ("5,738 in 2018/19 and 4,915 in 2020/21")."""
    if not place or timeline.attached(place - 1, dates) is not before:
        return None
    start, end = timeline.mentions[place].lead, timeline.mentions[place].end
    ceiling = timeline.ceiling(place) or len(timeline.words)
    span = next((span for span in dates if end <= span.start < ceiling and span.form not in RELATED), None)
    if (
        span is None
        or not _AND.match(timeline.words, before.end, start)
        or BREAK.search(timeline.words, end, span.start)
    ):
        return None
    return span


def _only_pointer(timeline: Timeline, place: int, dates: list[DateSpan]) -> DateSpan | None:
    """Return the only date of a sentence when it points at another period from the same clause."""
    end, ceiling = timeline.mentions[place].end, timeline.ceiling(place)
    if len(dates) != 1 or dates[0].start < end:
        return None
    between = timeline.words[end : dates[0].start]
    if _SAME_AS.search(between):
        return None
    if "respective" in timeline.words.lower() and not _COMPARED.search(between):
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
