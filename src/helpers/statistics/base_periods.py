"""The two periods of a change: the one it ends in, and the earlier one it starts from ("up 27% on the year before")."""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import pairwise

from helpers.numbers.calendars import Period, month_bounds, months_before, year_earlier
from helpers.numbers.clauses import Ground
from helpers.numbers.periods import DateSpan
from helpers.statistics.timelines import BASE, BREAK, COMPARED_WITH, USABLE, Timeline, Timing, is_since
from helpers.statistics.timing import time_number, years_between

SEVERAL_YEARS = timedelta(days=500)
_SUMS_UP = re.compile(  # "In 2015-16 it was one third. That is a rise of seven points."
    r"\W*(?:so,? |and |in other words,? |put together,? )*(?:that|this|it|which|we|there)[’']?\w*(?: \w+){0,4}"
    r" (?:a|an)(?: \w+){0,2} "
    r"(?:rise|increase|jump|growth|fall|drop|decline|decrease|change|reduction)\b",
    re.IGNORECASE,
)
_FROM = re.compile(r"\bfrom(?: \w+){0,2} ?$")
_ENDS_IN = re.compile(r"\bto(?: \w+){0,2} ?$")
_HAS_SINCE = re.compile(r"\b(?:has|have) since\b", re.IGNORECASE)
_CHANGED_SO = re.compile(
    r"(?: [\w-]+){0,3},? (?:(?:or|which is|that is|and so|representing|making) )?(?:(?:an? |the )(?:[a-z]+ )?"
    r"(?:drop|fall|rise|increase|decrease|reduction|decline|jump|cut)(?: of)?|(?:up|down)(?: by)?) "
)
_WHEN = re.compile(r",? when\b")
_AND_SO_MUCH = re.compile(  # "up from 1,221 in 2020-21, when schools were shut, and an increase of 89 per cent"
    r", (?:and|or|making)(?: [a-z]+){0,2} an? (?:[a-z]+ )?(?:rise|increase|growth|jump|fall|drop|decrease|decline) of $"
)
_HAD_CHANGED = re.compile(
    r"\b(?:(?:having|had|after|following)(?: (?!when\b|since\b|that\b)[a-z]+){1,4}|"
    r"(?:compared (?:with|to)|against|than)(?: the| an?)(?: [a-z]+)? "
    r"(?:rise|increase|growth|jump|fall|drop|decrease|decline|cut)(?: of)?) $"
)
_OPENS_BY = re.compile(r"\W*by (?:the )?", re.IGNORECASE)
_OPENS_OVER = re.compile(r"\W*over(?: the)?\s*", re.IGNORECASE)


def time_change(timeline: Timeline, place: int) -> Timing:
    """Return current and base period of a change.

    Parameters
    ----------
    timeline : Timeline
        Numbers and dates of the sentence.
    place : int
        Index of the change among the numbers.
    """
    usable = timeline.usable
    span = next((span for span in usable if _covers_years(timeline, span)), None)
    if span and span.first and span.last:
        return _over_years((span.first, span.last), Ground("the years it runs over", span.start, span.end))
    if bounds := timeline.bounds():
        ground = Ground("the later one of", bounds[0].start, bounds[1].end)
        return Timing(timeline.period_of(bounds[1]), "stated", timeline.period_of(bounds[0]), ground=ground)
    if moved := _moved(timeline, place):
        return moved
    if aside := _of_earlier(timeline, place) or _between_two(timeline, place) or _had_changed(timeline, place):
        return aside
    latest, current = timeline.latest, timeline.current
    if latest and current and current < latest and not usable and _HAS_SINCE.search(timeline.words):
        return Timing(latest, "relative", current, ground=Ground("from the year before it to the latest out"))
    if not usable and timeline.recent and timeline.current and _SUMS_UP.match(timeline.words):
        early, late = sorted((timeline.recent, timeline.current), key=lambda period: period[1])
        if early != late and late[1] - late[0] < SEVERAL_YEARS:
            return Timing(late, "inherited", early, ground=Ground("the two years named before it", held="period"))
    basis = _compared_date(timeline, place)
    bases = ([basis] if basis else []) + [span for span in timeline.dates if _is_base(timeline.words, span)]
    chosen = _end_date(timeline, place, bases)
    inherited = Timing(
        timeline.current, timeline.current and "inherited", ground=Ground("the sentences before", held="period")
    )
    timing = timeline.timing_of(chosen) if chosen else inherited
    near = basis or _near(timeline, place, bases)
    is_open = near is not None and (near.form == "previous" or is_since(timeline.words, near))
    if near and timing.period is None and is_open and timeline.latest:
        timing = Timing(
            timeline.latest, "relative", ground=Ground("the latest year out, against", near.start, near.end)
        )
    is_named = near and (near.form != "previous" or timeline.is_stretch(near))
    start = timeline.period_of(near) if near and is_named else None
    if start and start != timing.period:
        timing.base = start
    elif timing.period and near is None and _is_before(timeline, timing.period):
        timing.base = timeline.current  # "In 2015/16 it was 65%. By 2022/23 it was 11%, a drop of 54 points"
    elif timing.period:
        timing.base = year_earlier(timing.period, years_between(timeline.words))
    return timing


def _moved(timeline: Timeline, place: int) -> Timing | None:
    """Return the two years of a move that the sentence prints ("from 759 in 2015/16 to 1,309 in 2021/22, up 73%")."""
    mentions, words = timeline.mentions, timeline.words
    for first, second in pairwise(range(len(mentions))):
        starts = _FROM.search(words[max(0, mentions[first].lead - 20) : mentions[first].lead])
        if not starts or place in (first, second) or not _ENDS_IN.search(words[: mentions[second].lead][-20:]):
            continue
        start, end = (timeline.attached(number, timeline.usable) for number in (first, second))
        if start and end and (base := timeline.period_of(start)) and (period := timeline.period_of(end)):
            ground = Ground("the years that it moved between", start.start, end.end)
            return Timing(period, "stated", base, ground=ground) if base < period else None
    return None


def _of_earlier(timeline: Timeline, place: int) -> Timing | None:
    """Return the earlier year that a change is said of ("against 6,406 in 2021/22, when numbers grew by 30%")."""
    number, change = place - 1, timeline.mentions[place]
    if number < 0 or not timeline.shifted[number] or " when " not in change.before:
        return None
    if _AND_SO_MUCH.search(change.before_modifier):
        return None
    span = timeline.attached(number, timeline.usable)
    period = timeline.period_of(span) if span and _WHEN.match(timeline.words, span.end) else None
    if span is None or period is None:
        return None
    ground = Ground("the year that it is said of", span.start, span.end)
    return Timing(period, span.source, year_earlier(period), ground=ground)


def _had_changed(timeline: Timeline, place: int) -> Timing | None:
    """Return the earlier year of a change before another ("up 30%, having dropped by a fifth the year before")."""
    change = timeline.mentions[place]
    span = next((span for span in timeline.usable if span.start > change.end), None)
    if span is None or span.form != "previous" or timeline.is_stretch(span):
        return None
    if timeline.words[change.end : span.start].strip() not in ("", "in", "over", "during"):
        return None
    period = timeline.period_of(span)
    if period is None or not _HAD_CHANGED.search(change.before_modifier):
        return None
    ground = Ground("the year before, in which it had changed", span.start, span.end)
    return Timing(period, "relative", year_earlier(period), ground=ground)


def _between_two(timeline: Timeline, place: int) -> Timing | None:
    """Return the years of the two numbers that a change lies between ("In 2015/16 it was 65; in 2020/21 42, down 35%").

    Both count the same thing, and the change follows the second one.
    """
    if place < 2:
        return None
    first, second = timeline.mentions[place - 2], timeline.mentions[place - 1]
    if not _CHANGED_SO.fullmatch(timeline.words, second.end, timeline.mentions[place].lead):
        return None
    same = (first.measure, first.category, first.candidate.kind) == (
        second.measure,
        second.category,
        second.candidate.kind,
    )
    if not same or first.direction != "level" or second.direction != "level":
        return None
    early, late = time_number(timeline, place - 2), time_number(timeline, place - 1)
    if early.period is None or late.period is None or late.period <= early.period:
        return None
    ground = Ground("the years of the two numbers before it", first.start, second.end)
    return Timing(late.period, late.source, early.period, ground=ground)


def _is_before(timeline: Timeline, period: Period) -> bool:
    """Whether the sentence opens with "By <year>", and the one before it was about an earlier year."""
    earlier = timeline.current
    if earlier is None or not timeline.usable or earlier[1] >= period[0]:
        return False
    return (
        bool(_OPENS_BY.fullmatch(timeline.words, 0, timeline.usable[0].start))
        and earlier[1] - earlier[0] < SEVERAL_YEARS
    )


def _covers_years(timeline: Timeline, span: DateSpan) -> bool:
    """Whether a period runs over several years ("fell by a fifth from 2015/16 to 2019/20")."""
    if not span.first or not span.last or span.form not in ("reporting", "span"):
        return False
    return span.last - span.first > SEVERAL_YEARS and "to" in timeline.words[span.start : span.end]


def _over_years(period: Period, ground: Ground) -> Timing:
    """Return the last year of a period and, as base, its first year."""
    first, last = period
    start = months_before(last, 12) + timedelta(days=1)
    end = months_before(first, -12) - timedelta(days=1)
    return Timing((month_bounds(start.year, start.month)[0], last), "stated", (first, end), ground=ground)


def _is_base(words: str, span: DateSpan) -> bool:
    """Whether a date is one that changes are measured from."""
    if span.form == "previous":
        return True
    opens = _OPENS_OVER.fullmatch(words, 0, span.start)  # "Over the year to March 2024, …"
    is_named = (BASE.search(words[max(0, span.start - 26) : span.start]) and not opens) or is_since(words, span)
    return span.form in USABLE and span.first is not None and bool(is_named)


def _compared_date(timeline: Timeline, place: int) -> DateSpan | None:
    """Return the date of the earlier number that a change is set against ("three times the 55 recorded in 2020/21")."""
    if place + 1 >= len(timeline.mentions) or not COMPARED_WITH.fullmatch(timeline.mentions[place].after):
        return None
    return timeline.attached(place + 1, timeline.usable)


def _end_date(timeline: Timeline, place: int, bases: list[DateSpan]) -> DateSpan | None:
    """Return the date in which a change ends: in its clause, before it, or after all numbers."""
    mentions, words = timeline.mentions, timeline.words
    start, end, ceiling = mentions[place].start, mentions[place].end, timeline.ceiling(place)
    others = [timeline.attached(other, timeline.usable) for other, is_early in enumerate(timeline.shifted) if is_early]
    mains = [span for span in timeline.usable if span.form != "vague" and span not in bases and span not in others]
    for span in mains:
        is_near = end <= span.start and (ceiling is None or span.start < ceiling)
        if is_near and not BREAK.search(words, end, span.start):
            return span
    before = next((span for span in reversed(mains) if span.end <= start), None)
    if before or place + 1 == len(mentions):
        return before or next(iter(mains), None)
    following, last = mentions[place + 1].start, mentions[-1].end
    return next((span for span in mains if span.start > last or span.start < following), None)


def _near(timeline: Timeline, place: int, bases: list[DateSpan]) -> DateSpan | None:
    """Return the first base in the words of a change, else the first of the sentence."""
    end, ceiling = timeline.mentions[place].end, timeline.ceiling(place)
    inside = (span for span in bases if end <= span.start and (ceiling is None or span.start < ceiling))
    floor = timeline.mentions[place - 1].end if place else 0
    before = [span for span in bases if floor <= span.start and span.end <= timeline.mentions[place].start]
    since = (
        before[-1:] if before and is_since(timeline.words, before[-1]) else []
    )  # "and since 2015/16 it has fallen by"
    return next(inside, next(iter(since or bases), None))
