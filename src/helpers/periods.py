"""Dates and periods in British texts: what a phrase names, from which day to which, and how it was resolved."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from helpers.numerals import parse_number

MONTHS = {
    name: number
    for number, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
         "september sept sep", "october oct", "november nov", "december dec"), 1,
    )
    for name in names.split()
}  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
_DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_YEAR = r"(?:19[4-9]|20[0-4])\d"
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_FY = rf"(?:{_YEAR} ?[/–-] ?(?:{_YEAR}|\d\d)|(?<![\d/.])[0-4]\d/[0-4]\d)(?![\d/-])"
_N = r"(?:\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|eighteen|twenty)"
_TO = r"(?: ?[-–—] ?| to | and | until | through )"
_ANYDATE = rf"(?:(?:{_DAY}(?: of)? )?{_MONTH},? (?:of )?{_YEAR}|{_MONTH} {_DAY},? {_YEAR})"
_SPAN_LENGTH = rf"(?:(?:financial |fiscal |reporting |calendar )?year|{_N}[- ]months?(?: period)?|(?:three|six|nine)[- ]month period|quarter|decade|{_N}[- ]years?(?: period)?)"

# name → pattern, in order of preference: the first that matches at a place wins
PATTERNS = {
    "iso": rf"{_YEAR}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])\b",
    "slashed": r"(?<![\d/.])(?:0?[1-9]|[12]\d|3[01])([/.])(?:0?[1-9]|1[0-2])\1(?:20\d\d|19\d\d|\d\d)(?![\d/])",
    "ending": rf"{_SPAN_LENGTH} (?:ending|ended|to|up to|until)(?: in| on)?(?: the end of)? (?:{_ANYDATE}|{_DAY} {_MONTH}|{_MONTH}(?! \d))",
    "months_range": rf"(?:{_DAY} )?{_MONTH}(?:,? {_YEAR})?{_TO}(?:the end of )?(?:{_DAY} )?{_MONTH}(?:,? (?:of )?(?:{_FY}|{_YEAR}))",
    "days_range": rf"{_DAY}{_TO}{_DAY} {_MONTH},? {_YEAR}",
    "quarter": rf"(?:Q[1-4]|(?:quarter|quarter) (?:[1-4]|one|two|three|four)|(?:first|second|third|fourth|final|last) quarter)(?: \([A-Za-z –-]+\))?,?(?: of| in)?(?: the)?(?: financial year)? (?:{_FY}|{_YEAR}|this year\b|last year\b)",
    "half": rf"(?:first|second) half of (?:the )?(?:financial year )?(?:{_FY}|{_YEAR})",
    "financial_years": rf"(?:financial years? )?{_FY}(?: to | ?– ?| through ){_FY}",
    "financial_year": rf"(?:financial|fiscal) year(?: of)? {_YEAR}(?:[/–-](?:{_YEAR}|\d\d)| to (?:{_YEAR}|\d\d\b))?|FY ?{_YEAR}[/–-]\d\d|{_FY}",
    "years_range": rf"(?:between {_YEAR} and {_YEAR}|{_YEAR}(?: ?[–-] ?| to | until ){_YEAR})(?![\d/%])",
    "day": rf"(?:{_WEEKDAY},? (?:the )?)?{_DAY}(?: of)? {_MONTH}(?:,? {_YEAR})?\b(?! ?[-–] ?\d)|(?:{_WEEKDAY},? )?{_MONTH} {_DAY}(?!\d|[,.]\d\d)(?:,? {_YEAR})?\b",
    "month": rf"{_MONTH},? (?:of )?(?:the )?{_YEAR}\b",
    "year": rf"(?<![\d£$€#,./:])(?<![A-Z]-)(?:calendar year )?{_YEAR}(?!\d|%|,\d|\.\d|/\d| ?per cent| ?%|s\b|-\d)(?! Act\b)",
    "ago": rf"(?:{_N}|a|an) (?:years?|months?|weeks?|days?|decades?) (?:ago|earlier|previously|before|prior)\b",
    "window": rf"(?:past|last|previous|preceding|latest|most recent) (?:{_N} (?:financial |calendar )?(?:years|months|weeks|days|decades)|decade|century|few (?:years|months)|several years)",
    "deictic": r"(?:earlier |later |so far )?(?:last|this|next|the previous|previous|the preceding|the prior|the following|the current|the same|that|the latest|the most recent|the past|the last)(?: (?:financial|calendar|reporting|full|single))?(?: (?:year(?! group)|month|week|quarter|period|time)\b(?: (?:before|earlier|of last year|last year|the previous year|a year (?:earlier|before|ago)))?)(?!['’]s)",
    "following": r"(?:the )?(?:following|next|subsequent) (?:financial )?year(?=,| (?:it|there|the|they|and|to|was|were|saw|rose|fell)\b|[.;)]|$)|(?:a|the) year (?:after(?: that)?|later)(?=[,.;)]| (?:it|there|the|they|and|to)\b|$)",
    "before": r"(?:a|the) (?:year|month|week) (?:before|earlier|prior|previously)(?! (?:the|his|her|its|their|that|any)\b)",
    "records": r"since (?:comparable )?records began|since (?:the )?(?:data|figures|recording|publication|series|statistics)(?: collection)? (?:began|started|were first \w+)|on record\b",
    "weekday": rf"(?:last |this |next |on )?{_WEEKDAY}(?!,? \d)(?! (?:Times|Telegraph|Mirror|Mail|Club))",
    "today": r"(?:earlier |later )?(?:today|yesterday|tomorrow|tonight|this (?:morning|afternoon|evening))",
    "bare_month": rf"(?:last |this |next |in |since |until |by |from |during |of |early |late |mid-|and )(?:the end of )?(?-i:January|February|March|April|May|June|July|August|September|October|November|December)\b(?! ?\d|,? (?:of )?(?:19|20)\d\d)",
    "vague": r"in a typical (?:year|month|week)|at one point|at (?:any|some) (?:one )?(?:time|point)|in recent (?:years|months)|over the years|each year|every year|in some years|historically",
}  # fmt: skip
_HINT = re.compile(
    r"\d|day\b|week|month|year|decade|quarter|period|century|records|record\b|today|yesterday|tomorrow|tonight|morning|"
    r"evening|afternoon|point|January|February|March|April|May\b|June|July|August|September|October|November|December|same time|histor",
    re.IGNORECASE,
)
_PHRASE = re.compile(
    r"\b(?:"
    + "|".join(
        f"(?P<{name}>{pattern.replace('([/.])', '(?P<sep>[/.])').replace(chr(92) + '1', '(?P=sep)')})"
        for name, pattern in PATTERNS.items()
    )
    + r")",
    re.IGNORECASE,
)


class DateSpan(NamedTuple):
    """A date phrase: its place, the days it names (both inclusive), and how it came by them.

    `form` is ``day``, ``month``, ``year``, ``financial_year``, ``reporting`` (a reporting period), ``span``,
    ``window`` (up to publication), ``latest`` (the latest released year), ``previous``, ``same`` (left to the
    context), ``records`` or ``vague``; days are None where the phrase alone does not give them.
    """

    start: int
    end: int
    first: date | None
    last: date | None
    precision: str
    source: str
    form: str


def find_date_spans(text: str, start: int, end: int, today: date | None) -> list[DateSpan]:
    """Return the date phrases between two offsets of `text`, in order, without overlap.

    Parameters
    ----------
    text : str
        Source text.
    start, end : int
        Half-open character offsets to look between.
    today : date or None
        Publication date that relative phrases ("last week") are resolved from; without it they stay unresolved.
    """
    if not _HINT.search(text, start, end):
        return []
    found = []
    for match in _PHRASE.finditer(text, start, end):
        name = match.lastgroup if match.lastgroup != "sep" else "slashed"
        span = _READERS[str(name)](match.group(), today)
        if span is not None:
            first, last, precision, source, form = span
            found.append(DateSpan(match.start(), match.end(), first, last, precision, source, form))
    return _share_years(text, found)


def _share_years(text: str, spans: list[DateSpan]) -> list[DateSpan]:
    """Give a bare month the year of the month it is coordinated with ("in February and April 2021")."""
    for place in range(len(spans) - 2, -1, -1):
        here, following = spans[place], spans[place + 1]
        stated = following.first if following.form == "month" and following.source == "stated" else None
        between = text[here.end : following.start].strip().lower()
        if (
            stated
            and here.form == "month"
            and here.source == "relative"
            and between in ("", "and", "or", ",", "and in")
        ):
            first, last = month_bounds(stated.year, _month(text[here.start : here.end])[0])
            spans[place] = here._replace(first=first, last=last, source="stated")
    return spans


Resolved = tuple[date | None, date | None, str, str, str]


def month_bounds(year: int, month: int) -> tuple[date, date]:
    """Return the first and last day of a month."""
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def financial_year(start_year: int) -> tuple[date, date]:
    """Return 1 April to 31 March of the financial year that starts in `start_year`."""
    return date(start_year, 4, 1), date(start_year + 1, 3, 31)


def months_before(day: date, months: int) -> date:
    """Return the same day `months` earlier, or the last day of that month when it is shorter."""
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    if year < 1:
        return date.min
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _years(phrase: str) -> list[int]:
    return [int(found) for found in re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", phrase)]


def _month(phrase: str) -> list[int]:
    found = re.findall(r"\b(" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b", phrase.lower())
    return [MONTHS[name] for name in found]


def _day(year: int, month: int, day: int) -> date | None:
    return date(year, month, day) if 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1] else None


def _on(day: date | None, source: str = "stated") -> Resolved | None:
    return (day, day, "day", source, "day") if day else None


def _iso(phrase: str, today: date | None) -> Resolved | None:
    year, month, day = map(int, phrase.split("-"))
    return _on(_day(year, month, day))


def _slashed(phrase: str, today: date | None) -> Resolved | None:
    day, month, year = map(int, re.split(r"[/.]", phrase))
    return _on(_day(year + (2000 if year < 70 else 1900) if year < 100 else year, month, day))


def _fy_start(phrase: str) -> int | None:
    """Return the start year of a financial year as printed, None when its two years do not follow each other."""
    found = re.search(rf"(?:(?P<long>{_YEAR})|(?P<short>\d\d)) ?(?:[/–-]| to ) ?(?P<end>\d{{4}}|\d\d)(?!\d)", phrase)
    if not found:
        years = _years(phrase)
        return years[0] if years else None
    start = int(found["long"]) if found["long"] else 2000 + int(found["short"])
    return start if int(found["end"]) % 100 == (start + 1) % 100 else None


def _financial(phrase: str, today: date | None) -> Resolved | None:
    start = _fy_start(phrase)
    if start is None:
        years = _years(phrase)
        if len(years) == 2 and years[0] < years[1]:
            return date(years[0], 1, 1), date(years[1], 12, 31), "period", "stated", "span"
        return None
    first, last = financial_year(start)
    return first, last, "period", "stated", "financial_year"


def _financial_years(phrase: str, today: date | None) -> Resolved | None:
    starts = [_fy_start(found) for found in re.findall(_FY, phrase)]
    if len(starts) < 2 or starts[0] is None or starts[1] is None or starts[1] < starts[0]:
        return None
    return financial_year(starts[0])[0], financial_year(starts[1])[1], "period", "stated", "reporting"


def _years_range(phrase: str, today: date | None) -> Resolved | None:
    first, last = _years(phrase)[:2]
    return (date(first, 1, 1), date(last, 12, 31), "period", "stated", "span") if first <= last else None


def _length_in_months(phrase: str) -> int:
    count = parse_number(found[0]) if (found := re.match(rf"{_N}(?=[- ])", phrase, re.IGNORECASE)) else None
    size = 1 if "month" in phrase else 3 if phrase.startswith("quarter") else 120 if "decade" in phrase else 12
    return int(count.value if count else 1) * size


def _ending(phrase: str, today: date | None) -> Resolved | None:
    """Read "year to March 2020", "12 months ended 31 March 2020": the length before the day or month named."""
    head, tail = re.split(r" (?:ending|ended|to|up to|until) ", phrase, maxsplit=1, flags=re.IGNORECASE)
    months, years = _month(tail), _years(tail)
    if not months or not (years or today):
        return None
    number = re.search(r"\b(\d{1,2})(?:st|nd|rd|th)?\b(?! ?\d)", tail)
    if years:
        year = years[0]
    else:
        assert today is not None  # noqa: S101  (checked above: years or today)
        year = today.year - (months[0] >= today.month)
    last = _day(year, months[0], int(number[1])) if number else month_bounds(year, months[0])[1]
    if last is None:
        return None
    length = _length_in_months(head.lower())
    is_month_end = last == month_bounds(last.year, last.month)[1]
    before = months_before(last.replace(day=1) if is_month_end else last, length - 1 if is_month_end else length)
    first = before if is_month_end else before + timedelta(days=1)
    return first, last, "period", "stated" if years else "relative", "reporting"


def _months_range(phrase: str, today: date | None) -> Resolved | None:
    sides = re.split(_TO, phrase, maxsplit=1)
    if len(sides) < 2:
        return None
    months = [_month(side) for side in sides]
    start = _fy_start(sides[1]) if re.search(_FY, sides[1]) else None
    years = [_years(side)[:1] for side in sides]
    if not months[0] or not months[1]:
        return None
    if start is not None:
        last_year = start + (months[1][0] < 4)
        first_year = start + (months[0][0] < 4)
    else:
        last_year = years[1][0]
        first_year = years[0][0] if years[0] else last_year - (months[0][0] > months[1][0])
    days = [re.search(r"\b(\d{1,2})(?:st|nd|rd|th)?\b(?!\d)", side) for side in sides]
    first = _day(first_year, months[0][0], int(days[0][1])) if days[0] else date(first_year, months[0][0], 1)
    last = _day(last_year, months[1][0], int(days[1][1])) if days[1] else month_bounds(last_year, months[1][0])[1]
    if not first or not last or first > last:
        return None
    is_year = (first.month, first.day, last.month, last.day, last.year - first.year) == (4, 1, 3, 31, 1)
    return first, last, "period", "stated", "financial_year" if is_year else "span"


def _days_range(phrase: str, today: date | None) -> Resolved | None:
    numbers = [int(found) for found in re.findall(r"\b(\d{1,2})(?:st|nd|rd|th)?\b", phrase)]
    year, month = _years(phrase)[0], _month(phrase)[0]
    first, last = _day(year, month, numbers[0]), _day(year, month, numbers[1])
    return (first, last, "period", "stated", "span") if first and last and first <= last else None


def _quarter(phrase: str, today: date | None) -> Resolved | None:
    """Read a quarter: of a calendar year, or of a financial one when that is what is printed."""
    order = {
        "first": 1,
        "second": 2,
        "third": 3,
        "fourth": 4,
        "final": 4,
        "last": 4,
        "one": 1,
        "two": 2,
        "three": 3,
        "four": 4,
    }
    lowered = phrase.lower()
    digit = re.search(r"(?:q|quarter )([1-4])", lowered)
    number = (
        int(digit[1]) if digit else next((order[word] for word in re.findall(r"[a-z]+", lowered) if word in order), 1)
    )
    start = _fy_start(phrase) if re.search(_FY, phrase) or "financial" in lowered else None
    if start is None and not _years(phrase):
        if today is None:
            return None
        lowered = f"{lowered} {today.year - ('last year' in lowered)}"
        phrase = lowered
    index = (3 + 3 * (number - 1)) if start is not None else 3 * (number - 1)
    year = (start if start is not None else _years(phrase)[0]) + index // 12
    first = date(year, index % 12 + 1, 1)
    return first, month_bounds(year, index % 12 + 3)[1], "period", "stated", "reporting"


def _half(phrase: str, today: date | None) -> Resolved | None:
    start = _fy_start(phrase) if re.search(_FY, phrase) or "financial" in phrase.lower() else None
    second = phrase.lower().startswith("second")
    if start is not None:
        first, last = (
            (date(start, 10, 1), date(start + 1, 3, 31)) if second else (date(start, 4, 1), date(start, 9, 30))
        )
    else:
        year = _years(phrase)[0]
        first, last = (date(year, 7, 1), date(year, 12, 31)) if second else (date(year, 1, 1), date(year, 6, 30))
    return first, last, "period", "stated", "reporting"


def _day_phrase(phrase: str, today: date | None) -> Resolved | None:
    """Read "15 October 2021", "October 15, 2021", "12th February"; without a year the nearest day up to publication."""
    years, months = _years(phrase), _month(re.sub(rf"{_WEEKDAY}", " ", phrase, flags=re.IGNORECASE))
    number = re.search(r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)?(?!\d)", phrase)
    if not months or not number:
        return None
    if years:
        return _on(_day(years[0], months[0], int(number[1])))
    if today is None:
        return None, None, "day", "relative", "day"
    day = _day(today.year, months[0], int(number[1]))
    if day and day > today + timedelta(days=31):
        day = _day(today.year - 1, months[0], int(number[1]))
    return _on(day, "relative")


def _month_phrase(phrase: str, today: date | None) -> Resolved | None:
    first, last = month_bounds(_years(phrase)[0], _month(phrase)[0])
    return first, last, "month", "stated", "month"


def _year_phrase(phrase: str, today: date | None) -> Resolved | None:
    year = _years(phrase)[0]
    return date(year, 1, 1), date(year, 12, 31), "year", "stated", "year"


def _ago(phrase: str, today: date | None) -> Resolved | None:
    """Read "two years ago" (a year), "three weeks ago" (a day); "a year earlier" points at the period before."""
    if re.search(r"(?:earlier|before|previously|prior)$", phrase, re.IGNORECASE):
        return (None, None, "period", "relative", "previous") if re.match(r"an? (?:year|month)", phrase, re.I) else None
    if today is None:
        return None
    word, unit = phrase.lower().split()[:2]
    count = int(number.value) if (number := parse_number(word)) and word not in ("a", "an") else 1
    if unit.startswith(("year", "decade")):
        year = today.year - count * (10 if unit.startswith("decade") else 1)
        return (date(year, 1, 1), date(year, 12, 31), "year", "relative", "year") if year > 0 else None
    if unit.startswith("month"):
        first, last = month_bounds((there := months_before(today, count)).year, there.month)
        return first, last, "month", "relative", "month"
    return _on(today - timedelta(days=count * (7 if unit.startswith("week") else 1)), "relative")


def _window(phrase: str, today: date | None) -> Resolved | None:
    """Read "past three years", "last decade": the time up to publication."""
    words = phrase.lower().split()
    if "few" in words or "several" in words or "century" in words:
        return None, None, "period", "relative", "vague"
    if words[0] in ("previous", "preceding"):
        return None, None, "period", "relative", "previous"
    if today is None:
        return None, None, "period", "relative", "window"
    number = next((parse_number(word) for word in words if parse_number(word)), None)
    count = int(number.value) if number else 1
    size = {"decade": 120, "year": 12, "month": 1}
    unit = words[-1].rstrip("s")
    if unit in size:
        first = months_before(today, min(count * size[unit], 12 * 1000)) + timedelta(days=1)
    else:
        first = today - timedelta(days=count * (7 if unit == "week" else 1))
    return first, today, "period", "relative", "window"


def _deictic(phrase: str, today: date | None) -> Resolved | None:
    """Read "last year", "this month", "the previous year", "the same period"."""
    words = phrase.lower()
    if words.startswith(("that ", "the same")) or " same " in words:
        earlier = re.search(r"last year|previous year|year (?:earlier|before|ago)", words)
        return None, None, "period", "relative", "previous" if earlier else "same"
    if re.search(r"previous|preceding|prior|before|earlier$", words):
        return None, None, "period", "relative", "previous"
    if "time" in words or "period" in words:
        return None, None, "period", "relative", "vague" if "time" in words or "following" in words else "same"
    if re.search(r"latest|most recent|current|the past|the last|financial|reporting", words) and "year" in words:
        return None, None, "period", "relative", "latest"
    step = -1 if words.startswith("last") else 1 if words.startswith("next") else 0
    if today is None:
        return (None, None, "period", "relative", "latest") if "last year" in words else None
    return _stepped(words, today, step)


def _stepped(words: str, today: date, step: int) -> Resolved | None:
    """Return the calendar year, quarter, month or week `step` away from the one `today` lies in."""
    if "year" in words:
        year = today.year + step
        return date(year, 1, 1), date(year, 12, 31), "year", "relative", "last_year" if step < 0 else "year"
    if "quarter" in words:
        there = months_before(today.replace(day=1), (today.month - 1) % 3 - 3 * step)
        return there, month_bounds(there.year, there.month + 2)[1], "period", "relative", "span"
    if "month" in words:
        there = months_before(today.replace(day=1), -step)
        return *month_bounds(there.year, there.month), "month", "relative", "month"
    monday = today - timedelta(days=today.weekday() - 7 * step)
    return monday, monday + timedelta(days=6), "period", "relative", "span"


def _before(phrase: str, today: date | None) -> Resolved | None:
    return (None, None, "period", "relative", "previous") if "year" in phrase.lower() else None


def _following(phrase: str, today: date | None) -> Resolved | None:
    return None, None, "period", "relative", "following"


def _records(phrase: str, today: date | None) -> Resolved | None:
    return None, None, "period", "relative", "records"


def _vague(phrase: str, today: date | None) -> Resolved | None:
    return None, None, "period", "relative", "vague"


def _weekday(phrase: str, today: date | None) -> Resolved | None:
    """Read "on Friday": the last such day before publication, the next one after "next" or "this coming"."""
    if today is None:
        return None
    wanted = WEEKDAYS.index(phrase.lower().split()[-1])
    if phrase.lower().startswith("next"):
        return _on(today + timedelta(days=(wanted - today.weekday() - 1) % 7 + 1), "relative")
    return _on(today - timedelta(days=(today.weekday() - wanted) % 7), "relative")


def _today(phrase: str, today: date | None) -> Resolved | None:
    if today is None:
        return None
    words = phrase.lower()
    shift = -1 if "yesterday" in words else 1 if "tomorrow" in words else 0
    return _on(today + timedelta(days=shift), "relative")


def _bare_month(phrase: str, today: date | None) -> Resolved | None:
    """Read "in September": the last such month that began before publication ("next" and "until": the coming one)."""
    if today is None:
        return None, None, "month", "relative", "month"
    month = _month(phrase.split()[-1])[0]
    ahead = phrase.lower().startswith(("next", "until"))
    year = today.year + (month < today.month) if ahead else today.year - (month > today.month)
    first, last = month_bounds(year, month)
    return first, last, "month", "relative", "month"


_READERS: dict[str, Callable[[str, date | None], Resolved | None]] = {
    "iso": _iso, "slashed": _slashed, "ending": _ending, "months_range": _months_range, "days_range": _days_range,
    "quarter": _quarter, "half": _half, "financial_years": _financial_years, "financial_year": _financial,
    "years_range": _years_range, "day": _day_phrase, "month": _month_phrase, "year": _year_phrase, "ago": _ago,
    "window": _window, "following": _following, "deictic": _deictic, "before": _before, "records": _records, "weekday": _weekday,
    "today": _today, "bare_month": _bare_month, "vague": _vague,
}  # fmt: skip
