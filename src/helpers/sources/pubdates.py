"""The publication date: by its label, on a line of its own near the top, in a byline or in the file name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from itertools import pairwise

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
YEARS = range(1980, 2100)
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)\.?"
)
DAY = (
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?[ ])?(?:"
    r"(?:19|20)\d\d[-/.]\d\d?[-/.]\d\d?(?:T[\d:.+Z-]{4,25})?"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?[ -](?:of[ ])?{MONTH},?[ -](?:19|20)\d\d"
    rf"|{MONTH}[ ]\d{{1,2}}(?:st|nd|rd|th)?,?[ ](?:19|20)\d\d"
    r"|\d{1,2}[-/.]\d{1,2}[-/.](?:(?:19|20)\d\d|\d\d))(?!\d)"
)
CLOCK = r"(?:at\s)?\d{1,2}[:.]\d\d(?:\s?[ap]m)?(?:\s?(?:GMT|BST|UTC))?"
# What may follow a labelled date: not the rest of a sentence, in which the date is that of a happening.
REST = rf"(?=\s*(?:\.?$|[·|•(–—]|-\s|,?\s*{CLOCK}|by\b|(?:last )?updated|(?-i:[A-Z])|,\s(?-i:[A-Z]).{{0,60}}$))"
LABELS = (
    r"(?:first|originally) published",
    r"(?:date )?published|publication date|date of publication|release date|released|posted|issued|dated?|"
    r"(?:(?:written |oral )?statement(?: H[CL]WS\d+)?,? |answer )made|answered|date of (?:the )?meeting|meeting date",
    r"(?:delivered|debated)",
)
NUMBERED = r"^(?:[\w ]{0,30} )?(?:bulletin|briefing|paper|report|release|issue|note|no\.?) [\d/.-]{1,12},\s"
START = rf"""(?:^|[·|•–—]\s*|:\s|(?-i:(?<=[a-z?!’”"')])(?=[A-Z])|(?<=[.]\s)(?=[A-Z]))|{NUMBERED})"""
BETWEEN = rf"(?:\s(?:on|by [^\d\n]{{1,60}}? on))?\s*[:|–-]?\s*(?:{CLOCK},?\s)?"
LABELLED = [re.compile(rf"{START}(?:{label}){BETWEEN}(?P<day>{DAY}){REST}", re.I) for label in LABELS]
DATED_LABEL = re.compile(rf"(?:{'|'.join(LABELS)})(?: on)?\s*[:–-]?\s*{DAY}\s*", re.I)
LABEL_LINE = re.compile(rf"(?:{'|'.join(LABELS)})(?: on)?\s*:?", re.I)
PARTS = r"(?:[^|·•.?!\n]{1,40}?\s*[|·•]\s*){0,2}"  # "5 min read | 2 May 2024, 07:15 | 3 replies"
DATE_LINE = re.compile(
    rf"{PARTS}(?:{CLOCK},\s)?(?P<day>{DAY})(?:[,\s·|–-]*{CLOCK})?(?:\s*[·|•].{{0,40}}|,?\s?Updated\b.{{0,40}})?", re.I
)
BYLINE = re.compile(rf"(?P<who>\S.{{1,80}}?)\s?[,|·–-]\s(?P<day>{DAY})", re.I)
TRAIL = re.compile(r"\s*[>›»]\s*")  # "Hansard > Commons > 10 December 2024 > Commons Chamber"
UPDATED_AT = re.compile(rf"\W*Updated:? (?:on )?(?P<day>{DAY}),?\s{CLOCK}", re.I)  # to the minute, as news sites do
DIGIT = re.compile(r"\d")
LABEL_WORDS = ("publi", "date", "release", "posted", "issued", "delivered", "debated", "made", "answered")
SMALL_WORDS = frozenset({"and", "by", "for", "from", "in", "of", "the", "to"})
UPDATED = re.compile(r"(?:last )?(?:updated|modified|reviewed|changed)\b", re.I)
NAME_DAY = re.compile(r"(?<![0-9A-Za-z])((?:19|20)\d\d)([-_. ]?)(\d\d)\2(\d\d)(?![0-9A-Za-z])")
NAME_WORDS = re.compile(
    r"(?<![0-9A-Za-z])(?<!ending.)(?<!ended.)(?<!to.)(?<!until.)"  # these make it the end of a period
    rf"(\d{{1,2}}[-_. ]?{MONTH}[-_. ]?(?:19|20)\d\d)(?![0-9])",
    re.I,
)
NAME_BRITISH = re.compile(r"(?<![0-9A-Za-z])(\d\d)([-_. ])(\d\d)\2((?:19|20)\d\d)(?![0-9A-Za-z])")


def read_day(written: str) -> date | None:
    """Return the day that `written` begins with, in ISO, British or month-first words; ``None`` when it is no real day.

    Examples
    --------
    >>> read_day("12/02/2025"), read_day("Friday 14th Feb 2025"), read_day("31 June 2025")
    (datetime.date(2025, 2, 12), datetime.date(2025, 2, 14), None)
    """
    found = re.match(DAY, written.strip(), re.I)
    if not found:
        return None
    numbers = [int(number) for number in re.findall(r"\d+", found[0])]
    if name := re.search(MONTH, found[0], re.I):
        return _day(numbers[1], MONTHS.index(name[0][:3].lower()) + 1, numbers[0])
    if numbers[0] > 31:
        return _day(numbers[0], numbers[1], numbers[2])
    day, month, year = numbers
    if month > 12:  # only the American order gives a day
        day, month = month, day
    return _day(year if year > 99 else 2000 + year, month, day)


def _day(year: int, month: int, day: int) -> date | None:
    """Return a day if there is one."""
    try:
        return date(year, month, day) if year in YEARS else None
    except ValueError:
        return None


def has_day(line: str) -> bool:
    """Return whether a line is a date, a byline that ends with one, or labelled with one."""
    if not DIGIT.search(line):
        return False
    return bool(
        DATE_LINE.fullmatch(line)
        or _byline(line)
        or (_may_label(line) and any(label.search(line) for label in LABELLED))
    )


def _may_label(line: str) -> bool:
    """Return whether a line holds a digit and a word that labels dates; saves most searches."""
    small = line.lower()
    return any(word in small for word in LABEL_WORDS) and bool(DIGIT.search(line))


def published_day(lines: list[str], last: list[str], stem: str) -> date | None:
    """Return the publication date, or ``None`` where no mark of one is clear.

    Parameters
    ----------
    lines : list of str
        The first lines of the text, empty ones left out.
    last : list of str
        Its last lines, in which only a labelled date counts.
    stem : str
        The file name without its extension; asked when the text says nothing.
    """
    lines = [line.replace("*", "").strip("#_> \t") for line in lines]
    pairs = [f"{label} {day}" for label, day in pairwise(lines) if LABEL_LINE.fullmatch(label)]
    numbered = [line for line in (*lines, *pairs, *last) if _may_label(line)]
    for pattern in LABELLED[:2]:
        if day := _first_day(pattern.search(line) for line in numbered):
            return day
    if day := _lone_day(lines) or _first_day(_byline(line) for line in lines[:6]):
        return day
    if day := _trail_day(lines[:6]):
        return day
    if day := _first_day(LABELLED[2].search(line) for line in numbered) or day_of_name(stem):
        return day
    return _first_day(UPDATED_AT.match(line) for line in lines)


def _first_day(found: Iterable[re.Match[str] | None]) -> date | None:
    """Return the first real day among matches."""
    return next((day for match in found if match and (day := read_day(match["day"]))), None)


def _lone_day(lines: list[str]) -> date | None:
    """Return the day that stands on lines of its own; ``None`` when several do, as in a list of happenings."""
    days = set()
    for before, line in zip(["", *lines], lines, strict=False):
        if (found := DATE_LINE.fullmatch(line)) and not UPDATED.match(before):
            days.add(read_day(found["day"]))
    return days.pop() if len(days) == 1 else None


def _trail_day(lines: list[str]) -> date | None:
    """Return the day that is a step of its own in the trail of a page, which has two others at least."""
    trails = [parts for line in lines if len(line) < 200 and len(parts := TRAIL.split(line)) > 2]
    return next((read_day(part) for parts in trails for part in parts if re.fullmatch(DAY, part, re.I)), None)


def _byline(line: str) -> re.Match[str] | None:
    """Match a byline with a day at its end ("By A Reporter, 3 March 2022"): names only, no sentence."""
    found = BYLINE.fullmatch(line[:200])
    if not found or UPDATED.match(line):
        return None
    words = found["who"].split()
    named = len(words) <= 8 and all(word[0].isupper() or word.lower() in SMALL_WORDS for word in words)
    return found if named else None


def day_of_name(stem: str) -> date | None:
    """Return the day in a file name such as ``2021-11-19-news``, ``20211119_x`` or ``news-19-nov-2021``.

    Examples
    --------
    >>> day_of_name("20211119_x"), day_of_name("000_9043140682ffed5a"), day_of_name("year-ending-31-march-2020")
    (datetime.date(2021, 11, 19), None, None)
    """
    if found := NAME_DAY.search(stem):
        return _day(int(found[1]), int(found[3]), int(found[4]))
    if found := NAME_BRITISH.search(stem):
        return read_day(f"{found[1]}/{found[3]}/{found[4]}")
    if found := NAME_WORDS.search(stem):
        words = re.sub(r"[-_. ]+", " ", re.sub(r"(?<=\d)(?=[a-z])|(?<=[a-z])(?=\d)", " ", found[1], flags=re.I))
        return read_day(words)
    return None
