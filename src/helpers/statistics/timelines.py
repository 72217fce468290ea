"""The dates of one sentence beside its numbers: which date stands with which number, and what each one names."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from datetime import date, timedelta

from helpers.numbers.calendars import Period, months_before, part_of, year_earlier
from helpers.numbers.clauses import Ground, Mention
from helpers.numbers.numerals import parse_number
from helpers.numbers.periods import DateSpan
from helpers.seldom import Seldom

RELATED = {"previous": 1, "same": 0, "following": -1}  # forms that point at another period, and how many years back
LONGEST_POINTER = 20  # characters of "the same period": a longer one names who spoke of it
USABLE = frozenset(
    (
        "financial_year",
        "reporting",
        "span",
        "year",
        "month",
        "window",
        "series",
        "latest",
        "last_year",
        "vague",
        "part",
        *RELATED,
    )
)
BREAK = re.compile(
    r"[;]|, (?:and|but|while|whereas|up|down|compared|against)\b"
    r"| (?:while|whereas|compared with|compared to|against|than)\b"
)
BASE = re.compile(
    r"\b(?:on|from|than|since|against|over|compared (?:with|to)|versus|above|below|relative to|in comparison with|"
    r"below that of|above that of)(?: (?:in|for|during|those of|that of))?(?: the| a)?\s*$",
    re.IGNORECASE,
)
_SINCE = re.compile(r"\bsince(?: the)?\s*$", re.IGNORECASE)
NO_TIME = re.compile(r"\bAct $|\b(?:[Aa]s|[Uu]nlike) in(?: each of| all)?(?: the)? $")  # "as in the two years before"
_SHIFT = Seldom(
    r"(?:\bfrom|compare[sd]? (?:with|to)|\bagainst|\bthan|\bversus|up on|down on|(?:short of|below|above|ahead of)"
    r"(?= the)|(?:below|above|short of|ahead of|on|from|than) (?:the|its|a) (?:[\w-]+ )?"
    r"(?:peak|high|low|record|level|total|figure) of|"
    r"(?:on|from|than|against) the [\w-]+ year,? when (?:it|they|there|the \w+) (?:was|were|stood at|had been))"
    r"(?: just| only| the)?\s*$",
    re.IGNORECASE,
)
COMPARED_WITH = re.compile(
    r"(?: (?:as many as|(?:more|fewer|less|lower|higher|greater|larger|smaller) than|(?:up |down )?on|from|over|above|"
    r"below))?(?: the| those| its)?(?: (?:[\w-]+ )?(?:peak|high|low|record|level|total|figure) of)? ?"
)
_FROM_OTHERS = re.compile(r" from (?:us|them|ours|others|elsewhere)\b")  # two groups are compared, not two years
_REVISED = Seldom(r"\b(?:revis|correct|amend|restat|updat|adjust)\w+(?: \w+){0,5} from\b", re.IGNORECASE)
_SINCE_BEGAN = Seldom(r"\bsince\b[^,.;]{0,40}\b(?:began|begun|started|opened)\b[^,.;]{0,20}$", re.IGNORECASE)
_MONTHS = re.compile(r"\b(?:months?|quarters?)\b", re.IGNORECASE)
_NEW_CLAUSE = re.compile(r"[,;] (?:and |but |so )?(?:it|that|this|they|these|we)\b")
_NEXT_CLAUSE = re.compile(
    r"[,;] (?:and|but|while|whereas)\b|\band (?:works?|means|equals|represents|comes|amounts|averages)\b"
)
_IN = re.compile(r"\)?,? (?:in|during|for)(?: the)? (?:financial |fiscal )?")
_OTHER_TIME = re.compile(r"\b(?:and|but) (?:in|during|for|by|the|over)\b|, the (?:first|last|latest|earliest)\b")
_AFTER_EVENT = re.compile(
    r"\b(?:in|over|during) the (?:\w+ )?(?:days|weeks|months) (?:after|following|since)\b", re.IGNORECASE
)
_SHIFT_FROM = re.compile(r"\bfrom(?: just| only| about| around)? $")
_MOVES_TO = re.compile(r" to(?: just| only| about| around| nearly| almost| over)? $")
_A_YEAR_AGO = re.compile(r"(?:a|one) year ago", re.IGNORECASE)
_AND_ALSO = re.compile(r"(?: (?:the|a) year (?:before|earlier)| in [\d/–-]+),? and ")
_WHEN = re.compile(
    r",? when (?:(?:there|they|it|the (?:total|figure|number)) )?(?:were|was|stood at|had been|reached)?\s*"
)
_BETWEEN = re.compile(r"\bbetween\s*$", re.IGNORECASE)
_TO = re.compile(r"\bto\s*$")


@dataclass(slots=True)
class Timing:
    """The period of a number, how it was come by, and the earlier period that a change starts from."""

    period: Period | None = None
    source: str | None = None
    base: Period | None = None
    blocked: bool = False
    is_main: bool = False  # named for this number, not by comparison with another period
    ground: Ground | None = None  # why it is this period


def is_since(words: str, span: DateSpan) -> bool:
    """Return whether a date only says since when ("the highest since 2017")."""
    before = words[max(0, span.start - 12) : span.start]
    if span.form == "vague":
        return False
    if _SINCE_BEGAN.search(words[max(0, span.start - 80) : span.start]):
        return True
    return span.form == "records" or bool(_SINCE.search(before)) or words[span.start :][:6].lower() == "since "


def _years_up_to(latest: Period, phrase: str) -> Period | None:
    """Return the financial years that a series has ("the nine years for which we hold figures")."""
    number = next(filter(None, map(parse_number, phrase.split())), None)
    return (year_earlier(latest, int(number.value) - 1)[0], latest[1]) if number and number.value >= 1 else None


def _stretch_before(period: Period) -> Period:
    """Return the stretch of as many whole months that ends where a period begins ("the three months before")."""
    first, last = period
    months = 12 * (last.year - first.year) + last.month - first.month + 1
    return months_before(first, months), first - timedelta(days=1)


@dataclass(slots=True)
class Timeline:
    """The numbers and dates of one sentence, in order, and what the text was about before.

    Parameters
    ----------
    words : str
        The sentence.
    mentions : list of Mention
        Its numbers.
    dates : list of DateSpan
        Its date phrases.
    current : tuple of date, optional
        The period that the sentences before were about.
    latest : tuple of date, optional
        The latest financial year released by the publication date.
    recent : tuple of date, optional
        The period that the sentences before named last.
    today : date, optional
        The day of publication, up to which a count since a later day than the latest year runs.
    """

    words: str
    mentions: list[Mention]
    dates: list[DateSpan]
    current: Period | None = None
    latest: Period | None = None
    recent: Period | None = None
    today: date | None = None
    usable: list[DateSpan] = field(init=False)
    of_changes: set[DateSpan] = field(init=False)  # dates that changes are measured from
    shifted: list[bool] = field(init=False)  # whether each number is the earlier one of a comparison
    _plain: list[DateSpan] = field(init=False)
    _ends: list[int] = field(init=False)

    def __post_init__(self) -> None:
        usable = (span for span in self.dates if span.form in USABLE and not is_since(self.words, span))
        self.usable = [span for span in usable if not NO_TIME.search(self.words[max(0, span.start - 24) : span.start])]
        self._plain = [span for span in self.usable if span.form not in RELATED and span.form != "vague"]
        self._ends = [mention.end for mention in self.mentions]
        self.shifted = []
        for place in range(len(self.mentions)):
            self.shifted.append(self._is_shifted(place) or self._goes_on_shifted(place))
        self.of_changes = {span for span in self.usable if self._belongs_to_change(span)}

    def ceiling(self, place: int) -> int | None:
        """Return where the first number of the next group starts, None when there is none."""
        group = self.mentions[place].group
        return next((mention.start for mention in self.mentions[place + 1 :] if mention.group != group), None)

    def _is_shifted(self, place: int) -> bool:
        """Whether a number without a date of its own is the earlier one of a comparison ("from 6,406 to 6,817")."""
        mention = self.mentions[place]
        before = self.words[max(0, mention.lead - 40) : mention.lead]
        if not _SHIFT.search(before) or _REVISED.search(before) or _FROM_OTHERS.match(mention.after):
            return False
        earlier = (other for other in reversed(self.mentions[:place]) if other.group != mention.group)
        previous = next((other for other in earlier if other.dimension), None)
        is_from = before.rstrip().endswith("from") and "respectively" not in self.words
        if previous and mention.measure != previous.measure and is_from:
            return False  # "512 were adopted, from 893 who were discussed"
        if _SHIFT_FROM.search(before) and _MOVES_TO.match(mention.after):
            return True
        other = previous.category if previous else None
        return mention.category in (None, "total") or other in (None, "total", mention.category)  # else two groups

    def _goes_on_shifted(self, place: int) -> bool:
        """Whether a number is one more of those compared with ("up from 89 the year before and 58 in 2020/21")."""
        if not place or not self.shifted[-1]:
            return False
        between = self.words[self._ends[place - 1] : self.mentions[place].lead]
        is_joined = _AND_ALSO.fullmatch(between) or (between == " and " and "respectively" in self.words)
        return bool(is_joined) or self.mentions[place].group == self.mentions[place - 1].group

    def _belongs_to_change(self, span: DateSpan) -> bool:
        """Whether a date is what a change is measured from ("22 per cent fewer than in 2017/18")."""
        place = bisect_right(self._ends, span.start)
        if not place or self.mentions[place - 1].direction == "level":
            return False
        between = self.words[self._ends[place - 1] : span.start]
        return bool(BASE.search(between)) and not re.search(r"[,;]", between)

    def belongs_to_comparison(self, place: int, span: DateSpan) -> bool:
        """Return whether a date belongs to a later number that this one is compared with ("against 6,922 in 2023")."""
        for later in range(bisect_right(self._ends, span.start) - 1, place, -1):
            if self.shifted[later] or self.is_multiplied(later):
                return not re.search(r"[,;]", self.words[self._ends[later] : span.start])
        return False

    def is_multiplied(self, place: int) -> bool:
        """Whether a number is what a multiple or change before it starts from ("double the 98", "5% on the 98")."""
        before = self.mentions[place - 1] if place else None
        is_change = before is not None and (before.candidate.kind == "multiple" or before.direction != "level")
        return before is not None and is_change and bool(COMPARED_WITH.fullmatch(before.after))

    def attached(self, place: int, dates: list[DateSpan]) -> DateSpan | None:
        """Return the one of `dates` that follows a number within its own phrase ("6,406 in 2021/22")."""
        ceiling = self.ceiling(place)
        if place + 1 < len(self.mentions) and self.mentions[place + 1].group == self.mentions[place].group:
            place += 1
        end = self._ends[place]
        nearest = bisect_left(dates, end, key=lambda span: span.start)
        if nearest == len(dates) or (ceiling is not None and dates[nearest].start >= ceiling):
            return None
        span = dates[nearest]
        between = self.words[end : span.start]
        if _OTHER_TIME.search(between):
            return None
        if _IN.fullmatch(between):
            return span
        if "," in between.replace("),", ")").replace(", in the year", " in the year") or BREAK.search(between):
            return None
        return None if ceiling is not None and _TO.search(between) else span

    def is_of_earlier(self, place: int, span: DateSpan) -> bool:
        """Return whether a date belongs to an earlier number, and a clause of its own has begun since."""
        start = self.mentions[place].lead
        if span.end > start:
            return False
        owner = bisect_right(self._ends, span.start) - 1
        is_next = owner >= 0 and self.shifted[owner] and _NEXT_CLAUSE.search(self.words, span.end, start)
        return bool(is_next or (span.form in RELATED and _NEW_CLAUSE.search(self.words, span.end, start)))

    def bracketing(self, place: int) -> DateSpan | None:
        """Return the date that a number follows in brackets or with "when": "since 2017/18 (7,318)"."""
        mention = self.mentions[place]
        if self.words[mention.lead - 1 : mention.lead] == "(":
            return next((span for span in self.dates if self.words[span.end : mention.lead].strip() == "("), None)
        if " when " not in mention.before:
            return None
        return next((span for span in self.dates if _WHEN.fullmatch(self.words, span.end, mention.lead)), None)

    def follows_event(self, start: int) -> bool:
        """Return whether a number is of a stretch after a happening ("in the months after it, 40 were")."""
        return " the " in self.words and _AFTER_EVENT.search(self.words, 0, start) is not None

    def bounds(self) -> tuple[DateSpan, DateSpan] | None:
        """Return the two dates that a change runs between ("the rise between 2018/19 and 2022/23")."""
        if len(self.usable) < 2:
            return None
        first, second = self.usable[:2]
        is_between = _BETWEEN.search(self.words[max(0, first.start - 9) : first.start])
        return (first, second) if is_between and self.words[first.end : second.start].strip() == "and" else None

    def period_of(self, span: DateSpan) -> Period | None:
        """Return the period that a date phrase names, given the others and what the text was about before."""
        printed = (span.first, span.last) if span.first and span.last else None
        if span.source == "relative" and _A_YEAR_AGO.fullmatch(self.words, span.start, span.end):
            basis = self.current or self.latest
            return year_earlier(basis) if basis else printed
        if span.form in ("latest", "last_year"):
            return self.latest or printed
        if span.form == "series":
            return self.latest and _years_up_to(self.latest, self.words[span.start : span.end])
        if span.form == "part":
            basis = self.current or self.latest
            return basis and part_of(basis, self.words[span.start : span.end])
        if span.form not in RELATED:
            return printed
        before = [other for other in self._plain if other.start < span.start]
        after = next((other for other in self._plain if other.start > span.start), None)
        is_quoted = span.form == "same" and span.end - span.start > LONGEST_POINTER  # "the year that she has quoted"
        if before and not (is_quoted and self.current):
            basis = self.period_of(before[-1])
        else:
            basis = self.current or (self.period_of(after) if after else self.latest)
        if basis and self.is_stretch(span):
            return _stretch_before(basis)
        return basis and year_earlier(basis, RELATED[span.form])

    def is_stretch(self, span: DateSpan) -> bool:
        """Return whether a pointer names the months right before ("the three months before"), not a year earlier."""
        return span.form == "previous" and bool(_MONTHS.search(self.words, span.start, span.end))

    def timing_of(self, span: DateSpan | None) -> Timing:
        """Return the timing that a date phrase gives a number."""
        if span is None:
            return Timing()
        if span.form == "vague":
            return Timing(blocked=True, ground=Ground("so vague a time keeps it from inheriting", span.start, span.end))
        period = self.period_of(span)
        is_main = span.form not in ("previous", "same")
        source = span.source if is_main else "relative"
        ground = Ground("dated by" if span.form not in RELATED else "points at another period", span.start, span.end)
        return Timing(period, source if period else None, is_main=is_main and period is not None, ground=ground)
