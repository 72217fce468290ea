"""The period of a number: named beside it, in its sentence, before it, or relative to publication."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from helpers.clauses import Mention
from helpers.numerals import parse_number
from helpers.calendars import Period, month_bounds, months_before, year_earlier
from helpers.periods import DateSpan

USABLE = frozenset(
    (
        "financial_year",
        "reporting",
        "span",
        "year",
        "month",
        "window",
        "latest",
        "last_year",
        "previous",
        "same",
        "following",
        "vague",
    )
)
RELATED = {"previous": 1, "same": 0, "following": -1}  # forms that point at another period, and how many years back
_BASE = re.compile(
    r"\b(?:on|from|than|since|against|over|compared (?:with|to)|versus|above|below|relative to|in comparison with|below that of|above that of)(?: (?:in|for|during|those of|that of))?(?: the| a)?\s*$",
    re.IGNORECASE,
)
_SHIFT = re.compile(
    r"(?:\bfrom|compared (?:with|to)|\bagainst|\bthan|\bversus|up on|down on)(?: just| only| the)?\s*$", re.IGNORECASE
)
_BREAK = re.compile(
    r"[;]|, (?:and|but|while|whereas|up|down|compared|against)\b| (?:while|whereas|compared with|compared to|against|than)\b"
)
_SINCE = re.compile(r"\bsince(?: the)?\s*$", re.IGNORECASE)
_RECORD = re.compile(
    r"\b(?:highest|lowest|most|fewest|record|first time|largest|smallest|biggest|peak)\b", re.IGNORECASE
)


@dataclass(slots=True)
class Timing:
    """The period of a number, how it was come by, and the earlier period that a change starts from."""

    period: Period | None = None
    source: str | None = None
    base: Period | None = None
    blocked: bool = False
    is_main: bool = False  # named for this number, not by comparison with another period


def time_number(
    place: int,
    mentions: list[Mention],
    words: str,
    dates: list[DateSpan],
    current: Period | None,
    latest: Period | None,
) -> Timing:
    """Return the period that the words of a sentence give one of its numbers.

    Parameters
    ----------
    place : int
        Index of the number among `mentions`.
    mentions : list of Mention
        All numbers of the sentence, in order.
    words : str
        The sentence.
    dates : list of DateSpan
        Its date phrases.
    current : tuple of date, optional
        The period that the sentences before were about.
    latest : tuple of date, optional
        The latest financial year released by the publication date.
    """
    usable = [span for span in dates if span.form in USABLE and not _is_since(words, span)]
    mention = mentions[place]
    resolve = _Resolver(usable, current, latest)
    if mention.direction != "level":
        return _time_change(place, mentions, words, dates, usable, resolve, current)
    at = mention.candidate.start
    change_dates = [span for span in usable if _belongs_to_change(mentions, words, span)]
    usable = [
        span
        for span in usable
        if not _belongs_to_change(mentions, words, span)
        or (span.end <= at and re.match(r"(?:,? when| ?\()", words[span.end : at + 1]))
    ]
    own = _attached(place, mentions, words, usable)
    if own is not None:
        timing = resolve.timing(own)
        timing.is_main = timing.is_main and not _is_shifted(mention, place, mentions, words)
        return timing
    since = next((span for span in dates if _is_since(words, span) and span.first), None)
    if (
        since is not None
        and since.first is not None
        and not _RECORD.search(words)
        and latest
        and re.search(r"\b(?:have|has|had) (?:been|seen|made)|\btotal", words)
    ):
        return Timing((since.first, max(latest[1], since.first)), "relative")
    chosen = _surrounding(
        place, mentions, words, [span for span in usable if not _belongs_to_comparison(place, mentions, words, span)]
    )
    timing = resolve.timing(chosen) if chosen else Timing()
    timing.is_main = timing.is_main and chosen not in change_dates
    if _is_shifted(mention, place, mentions, words) and not (chosen and chosen.form in RELATED):
        basis = timing.period or current
        timing.is_main = False
        if basis:
            return Timing(year_earlier(basis, _years_between(words[mention.candidate.end :])), "relative")
    if chosen is not None and place and _continues_to(place, mentions, words, chosen) and timing.period:
        return Timing(year_earlier(timing.period, -1), "relative")
    return timing


class _Resolver:
    """Turns date phrases into periods, given what the text was about before."""

    def __init__(self, usable: list[DateSpan], current: Period | None, latest: Period | None) -> None:
        self.usable, self.current, self.latest = usable, current, latest

    def period(self, span: DateSpan) -> Period | None:
        if span.form in ("latest", "last_year"):
            return self.latest or ((span.first, span.last) if span.first and span.last else None)
        if span.form in RELATED:
            before = [
                other for other in self.usable if other.form not in (*RELATED, "vague") and other.start < span.start
            ]
            after = [
                other for other in self.usable if other.form not in (*RELATED, "vague") and other.start > span.start
            ]
            basis = (
                self.period(before[-1]) if before else self.current or (self.period(after[0]) if after else self.latest)
            )
            return basis and year_earlier(basis, RELATED[span.form])
        return (span.first, span.last) if span.first and span.last else None

    def timing(self, span: DateSpan) -> Timing:
        if span.form == "vague":
            return Timing(blocked=True)
        period = self.period(span)
        is_main = span.form not in ("previous", "same")
        return Timing(
            period, (span.source if is_main else "relative") if period else None, is_main=is_main and period is not None
        )


def _is_since(words: str, span: DateSpan) -> bool:
    return (
        span.form == "records"
        or bool(_SINCE.search(words[max(0, span.start - 12) : span.start]))
        or words[span.start : span.start + 6].lower() == "since "
    )


def _bounds(place: int, mentions: list[Mention]) -> tuple[int, int, int, int]:
    """Return the end of the number before, start and end of this one, and the start of the next one."""
    here = mentions[place].candidate
    floor = mentions[place - 1].candidate.end if place else 0
    following = [mention for mention in mentions[place + 1 :] if mention.group != mentions[place].group]
    ceiling = following[0].candidate.start if following else 10**9
    return floor, here.start, here.end, ceiling


def _attached(place: int, mentions: list[Mention], words: str, usable: list[DateSpan]) -> DateSpan | None:
    """Return the date phrase that follows a number within its own phrase ("6,406 in 2021/22")."""
    _, _, end, ceiling = _bounds(place, mentions)
    if place + 1 < len(mentions) and mentions[place + 1].group == mentions[place].group:
        end = mentions[place + 1].candidate.end
    for span in usable:
        if end <= span.start < ceiling:
            between = words[end : span.start]
            if re.search(r"\b(?:and|but) (?:in|during|for|by|the|over)\b", between):
                return None
            if re.fullmatch(r"\)?,? (?:in|during|for|in the|during the|for the) (?:financial |fiscal )?", between):
                return span
            if "," in between.replace("),", ")").replace(", in the year", " in the year") or _BREAK.search(between):
                return None
            if re.search(r"\bto\s*$", between) and ceiling < 10**9:
                return None
            return span
    return None


def _surrounding(place: int, mentions: list[Mention], words: str, usable: list[DateSpan]) -> DateSpan | None:
    """Return the date phrase of the sentence that a number without one of its own belongs to."""
    plain = [
        span for span in usable if span.form not in RELATED and not _belongs_to_comparison(place, mentions, words, span)
    ]
    floor, start, end, ceiling = _bounds(place, mentions)
    before = [span for span in usable if span.end <= start]
    inside = [span for span in before if span.start >= floor]
    if inside:
        return inside[-1]
    if len(plain) == 1:
        return plain[0]
    plain_before = [span for span in before if span.form not in RELATED]
    cut = max((found.end() for found in re.finditer(r"; ", words[:start])), default=0)
    recent = [span for span in plain_before if span.start >= cut]
    if cut and recent:
        return recent[0]
    if plain_before:
        return (
            plain_before[0]
            if re.match(
                r"\W*(?:in|during|over|for|between|the|across)\b", words[: plain_before[0].start], re.IGNORECASE
            )
            else plain_before[-1]
        )
    after = [span for span in plain if span.start >= end]
    return after[0] if after else _following_comparison(usable, words, end, ceiling)


def _following_comparison(usable: list[DateSpan], words: str, end: int, ceiling: int) -> DateSpan | None:
    """Return the only date phrase of a sentence when it points at another period from the same clause."""
    if (
        len(usable) == 1
        and usable[0].start >= end
        and "respectively" in words.lower()
        and not re.search(r"compar|against|than", words[end : usable[0].start])
    ):
        return usable[0]
    if len(usable) == 1 and end <= usable[0].start < ceiling and not _BREAK.search(words[end : usable[0].start]):
        return usable[0]
    return None


def _belongs_to_comparison(place: int, mentions: list[Mention], words: str, span: DateSpan) -> bool:
    """Whether a later date belongs to a number that this one is compared with ("8,778 referrals, against 6,922 in 2023-24")."""
    compared = [
        mention
        for later, mention in enumerate(mentions[place + 1 :], place + 1)
        if mention.candidate.end <= span.start and _is_shifted(mention, later, mentions, words)
    ]
    return bool(compared) and not re.search(r"[,;]", words[compared[-1].candidate.end : span.start])


def _belongs_to_change(mentions: list[Mention], words: str, span: DateSpan) -> bool:
    """Whether a date is what a change is measured from ("22 per cent fewer than in 2017/18", "a rise of 6% on the year before")."""
    before = [mention for mention in mentions if mention.candidate.end <= span.start]
    if not before or before[-1].direction == "level":
        return False
    between = words[before[-1].candidate.end : span.start]
    return bool(_BASE.search(between)) and not re.search(r"[,;]", between)


def _is_shifted(mention: Mention, place: int, mentions: list[Mention], words: str) -> bool:
    """Whether a number without a date of its own is the earlier one of a comparison ("from 6,406 to 6,817")."""
    start = mention.candidate.start - mention.taken
    earlier = next(
        (other for other in reversed(mentions[:place]) if other.group != mention.group and other.dimension), None
    )
    if (
        earlier is not None
        and mention.category not in (None, "total")
        and earlier.category not in (None, "total", mention.category)
    ):
        return False  # two groups are compared, not two years
    return bool(_SHIFT.search(words[max(0, start - 24) : start]))


def _years_between(after: str) -> int:
    """Return over how many years a change runs ("from 4,997 to 1,404 in three years"), 1 unless the words say."""
    found = re.search(r"\b(?:in|over|within|across)(?: just| only| the)? (\w+) years\b", after)
    number = parse_number(found[1]) if found else None
    return int(number.value) if number and 1 <= number.value <= 20 else 1


def _continues_to(place: int, mentions: list[Mention], words: str, chosen: DateSpan) -> bool:
    """Whether a number is the later one after "from N in <period> to"."""
    start = mentions[place].candidate.start - mentions[place].taken
    previous = mentions[place - 1].candidate
    return (
        previous.end <= chosen.start < start
        and bool(re.search(r"\bto\s*$", words[max(0, start - 6) : start]))
        and bool(re.search(r"\bfrom(?: \w+){0,3}\s*$", words[max(0, previous.start - 30) : previous.start]))
    )


def _closing(place: int, mentions: list[Mention], mains: list[DateSpan]) -> DateSpan | None:
    """Return the first later date of a sentence, unless it stands behind another number's words."""
    last = mentions[-1].candidate.end
    return next(
        (
            span
            for span in mains
            if place + 1 == len(mentions) or span.start > last or mentions[place + 1].candidate.start > span.start
        ),
        None,
    )


def time_event_count(place: int, mentions: list[Mention], words: str, dates: list[DateSpan]) -> Timing:
    """Return the period of a number that no official series holds: named beside it, or opening its sentence."""
    dates = [span for span in dates if not _is_since(words, span)]
    own = _attached(place, mentions, words, dates)
    if (
        own is None
        and dates
        and re.fullmatch(r"\W*(?:in|during|over|between|for)(?: the)? ", words[: dates[0].start], re.IGNORECASE)
    ):
        own = dates[0]
    return Timing((own.first, own.last), own.source) if own and own.first and own.last else Timing()


def _compared_date(place: int, mentions: list[Mention], words: str, usable: list[DateSpan]) -> DateSpan | None:
    """Return the date of the earlier number that a change is set against ("three times the 55 recorded in 2020/21")."""
    if place + 1 >= len(mentions) or not re.fullmatch(
        r"(?: (?:as many as|more than|on|from|over))?(?: the| those| its)? ?", mentions[place].after
    ):
        return None
    return _attached(place + 1, mentions, words, usable)


def _time_change(
    place: int,
    mentions: list[Mention],
    words: str,
    dates: list[DateSpan],
    usable: list[DateSpan],
    resolve: _Resolver,
    current: Period | None,
) -> Timing:
    """Return current and base period of a change ("up 27% on the previous year", "down 22% since 2019/20")."""
    floor, start, end, ceiling = _bounds(place, mentions)
    bases = [
        span
        for span in dates
        if span.form in USABLE
        and (
            span.form == "previous"
            or _BASE.search(words[max(0, span.start - 26) : span.start])
            or _is_since(words, span)
        )
        and span.first is not None
        or span.form == "previous"
    ]
    ranges = [
        span
        for span in usable
        if span.first
        and span.last
        and span.last - span.first > timedelta(days=500)
        and span.form in ("reporting", "span")
    ]
    if ranges and "to" in words[ranges[0].start : ranges[0].end]:
        first, last = ranges[0].first, ranges[0].last
        assert first is not None and last is not None  # noqa: S101  (ranges keeps only spans with both)
        year = (months_before(last, 12) + timedelta(days=1), last)
        return Timing(
            (month_bounds(year[0].year, year[0].month)[0], last),
            "stated",
            (first, year_earlier((first, months_before(first, -12) - timedelta(days=1)), 0)[1]),
        )
    between = (
        re.search(r"\bbetween\s*$", words[max(0, usable[0].start - 9) : usable[0].start]) if len(usable) > 1 else None
    )
    if between:
        return Timing(resolve.period(usable[1]), "stated", resolve.period(usable[0]))
    basis = _compared_date(place, mentions, words, usable)
    compared = [
        _attached(other, mentions, words, usable)
        for other in range(len(mentions))
        if _is_shifted(mentions[other], other, mentions, words)
    ]
    mains = [
        span
        for span in usable
        if span not in bases and span.form != "vague" and span is not basis and span not in compared
    ]
    bases = [basis, *bases] if basis else bases
    own = [span for span in mains if end <= span.start < ceiling and not _BREAK.search(words[end : span.start])]
    chosen = (
        own[0]
        if own
        else next((span for span in reversed(mains) if span.end <= start), None) or _closing(place, mentions, mains)
    )
    timing = resolve.timing(chosen) if chosen else Timing(current, "inherited" if current else None)
    near = ([basis] if basis else []) or [span for span in bases if end <= span.start < ceiling] or bases
    if near and timing.period is None and near[0].form == "previous" and resolve.latest:
        timing = Timing(resolve.latest, "relative")
    base = resolve.period(near[0]) if near and near[0].form != "previous" else None
    timing.base = (
        base
        if base and base != timing.period
        else (year_earlier(timing.period, _years_between(words)) if timing.period else None)
    )
    return timing
