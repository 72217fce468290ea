"""Date phrases that are told from the publication date: "last year", "three weeks ago", "on Friday", "in September"."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from helpers.numbers.calendars import WEEKDAYS, Resolved, month_bounds, months_before, months_in, one_day, pointer
from helpers.numbers.numerals import parse_number

LONGEST = 12 * 1000  # months: nothing printed reaches further back

# what a phrase says by one of its words: the first row that fits decides
DEICTIC_FORMS = (
    (re.compile(r"^(?:the|that) .*\b(?:quot|mention|cit|referred|spoke)"), "same"),
    (re.compile(r"(?:^(?:that|the same)| same) .*(?:last year|previous year|year (?:earlier|before|ago))"), "previous"),
    (re.compile(r"^(?:that|the same) | same "), "same"),
    (re.compile(r"previous|preceding|prior|before|earlier$"), "previous"),
    (re.compile(r"time|following .*period"), "vague"),
    (re.compile(r"following .*year"), "following"),
    (re.compile(r"period"), "same"),
    (
        re.compile(r"(?:latest|most recent|newest) (?:data|figures|statistics|release|returns|total|annual total)$"),
        "latest",
    ),
    (re.compile(r"(?:latest|most recent|current|the past|the last|financial|reporting).*year"), "latest"),
)


def _relative(first: date, last: date, precision: str, form: str) -> Resolved:
    return Resolved(first, last, precision, "relative", form)


def _days_before(day: date, days: int) -> date:
    return date.fromordinal(max(1, day.toordinal() - days))


def _ago(phrase: str, today: date | None) -> Resolved | None:
    """Read "two years ago" (a year), "three weeks ago" (a day); "a year earlier" points at the period before."""
    words = phrase.lower()
    if words.endswith(("earlier", "before", "previously", "prior")):
        return pointer("previous") if re.match(r"an? (?:year|month)", words) else None
    if today is None:
        return pointer("ago")
    word, unit = words.split()[:2]
    number = parse_number(word)
    count = int(number.value) if number and word not in ("a", "an") else 1
    if unit.startswith(("year", "decade")):
        year = today.year - count * (10 if unit.startswith("decade") else 1)
        return _relative(date(year, 1, 1), date(year, 12, 31), "year", "year") if year > 0 else None
    if unit.startswith("month"):
        there = months_before(today, count)
        return _relative(*month_bounds(there.year, there.month), "month", "month")
    return one_day(_days_before(today, count * (7 if unit.startswith("week") else 1)), "relative")


def _window(phrase: str, today: date | None) -> Resolved | None:
    """Read "past three years", "last decade": the time up to publication."""
    words = phrase.lower().split()
    if {"few", "several", "century"} & set(words):
        return pointer("vague")
    if words[0] in ("previous", "preceding"):
        return pointer("previous")
    if today is None:
        return pointer("window")
    number = next(filter(None, map(parse_number, words)), None)
    count = int(number.value) if number else 1
    size = {"decade": 120, "year": 12, "month": 1}.get(words[-1].rstrip("s"))
    if size:
        first = months_before(today, min(count * size, LONGEST)) + timedelta(days=1)
    else:
        first = _days_before(today, count * (7 if words[-1].startswith("week") else 1))
    return _relative(first, today, "period", "window")


def _deictic(phrase: str, today: date | None) -> Resolved | None:
    """Read "last year", "this month", "the previous year", "the same period"."""
    words = phrase.lower()
    form = next((form for pattern, form in DEICTIC_FORMS if pattern.search(words)), None)
    if form:
        return pointer(form)
    if today is None:
        return pointer("latest") if "last year" in words else None
    return _stepped(words, today, -1 if words.startswith("last") else 1 if words.startswith("next") else 0)


def _stepped(words: str, today: date, step: int) -> Resolved | None:
    """Return the calendar year, quarter, month or week `step` away from the one `today` lies in."""
    if "year" in words:
        year = today.year + step
        return _relative(date(year, 1, 1), date(year, 12, 31), "year", "last_year" if step < 0 else "year")
    if "quarter" in words:
        there = months_before(today.replace(day=1), (today.month - 1) % 3 - 3 * step)
        return _relative(there, month_bounds(there.year, there.month + 2)[1], "period", "span")
    if "month" in words:
        there = months_before(today.replace(day=1), -step)
        return _relative(*month_bounds(there.year, there.month), "month", "month")
    monday = today - timedelta(days=today.weekday() - 7 * step)
    return _relative(monday, monday + timedelta(days=6), "period", "span")


def _before(phrase: str, today: date | None) -> Resolved | None:
    return pointer("previous") if re.search(r"year|quarter", phrase, re.IGNORECASE) else None


def _weekday(phrase: str, today: date | None) -> Resolved | None:
    """Read "on Friday": the last such day up to publication, the coming one after "next"."""
    if today is None:
        return None
    words = phrase.lower()
    wanted = WEEKDAYS.index(words.split()[-1])
    if words.startswith("next"):
        return one_day(today + timedelta(days=(wanted - today.weekday() - 1) % 7 + 1), "relative")
    return one_day(today - timedelta(days=(today.weekday() - wanted) % 7), "relative")


def _today(phrase: str, today: date | None) -> Resolved | None:
    if today is None:
        return None
    words = phrase.lower()
    shift = -1 if "yesterday" in words else 1 if "tomorrow" in words else 0
    return one_day(today + timedelta(days=shift), "relative")


def _bare_month(phrase: str, today: date | None) -> Resolved | None:
    """Read "in September": the last such month that began before publication ("next" and "until": the coming one)."""
    if today is None:
        return Resolved(None, None, "month", "relative", "month")
    month = months_in(phrase.split()[-1])[0]
    ahead = phrase.lower().startswith(("next", "until"))
    year = today.year + (month < today.month) if ahead else today.year - (month > today.month)
    return _relative(*month_bounds(year, month), "month", "month")


RELATIVE_READERS: dict[str, Callable[[str, date | None], Resolved | None]] = {
    "ago": _ago,
    "part": lambda phrase, today: pointer("part"),
    "window": _window,
    "series": lambda phrase, today: pointer("series"),
    "following": lambda phrase, today: pointer("following"),
    "deictic": _deictic,
    "before": _before,
    "records": lambda phrase, today: pointer("records"),
    "weekday": _weekday,
    "today": _today,
    "bare_month": _bare_month,
    "vague": lambda phrase, today: pointer("vague"),
}
