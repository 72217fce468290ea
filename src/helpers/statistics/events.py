"""Dated happenings of a text: every date with what happened, unless it is the reporting period of a statistic."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache

from helpers.lexicon import read_lexicon
from helpers.numbers.periods import DateSpan, find_date_spans
from helpers.records import Document, Event, Sentence, Statistic
from helpers.searches import any_in_order, lower, lower_pattern
from helpers.statistics.anchoring import lean_on, split_pairs, with_leaning
from helpers.statistics.traces import Trace
from helpers.statistics.views import View, view_stretches
from helpers.vocabulary import OFFICIAL_MEASURES

PRECISION = {"day": "day", "month": "month", "year": "year", "last_year": "year", "span": "period"}  # by form
COUNTS = ("count", "percentage", "fraction", "ratio", "money")
NEAR = 1  # sentences from a date with its year to a month without
LONGEST = 300  # characters of a description
LINE = 30  # characters that a date line of the page may hold besides its date
_DIGIT = re.compile(r"\d")
_CLAUSE_BREAK = re.compile(r"; | [–-] |: ")
_OTHER_CLAUSE = re.compile(r"[;.] | but | while ")
_DATE_LINE = re.compile(r"\W*(?:date|published|posted|updated|dated|first published)?\W*$", re.IGNORECASE)
_EXTREME_BEFORE = re.compile(r"\b(?:youngest|oldest|eldest|average|median)\b[^.;]{0,80}$", re.IGNORECASE)
_IN_NAME = re.compile(r"\)? ?(?:Act|Bill|Regulations|Order)\b| (?:figures|statistics|data|total|level|levels)\b")
_ACT_BEFORE = re.compile(r"\b(?:Act|Bill|Regulations|Order|Strategy|Duty Guidance)(?: of)? ?\(?$")
_NAMED_FOR = re.compile(r" (?:attacks?|bombings?|riots|agreement|movement)\b")
_TITLE_BEFORE = re.compile(r"\b[A-Z]{4,}\s$")  # "KCSIE 2023" is a document
_SINCE_BEFORE = re.compile(r"\bsince\s$", re.IGNORECASE)
_APPLIED_BEFORE = re.compile(
    r"\b(?:has|have|had) (?:now )?(?:applied|been in (?:place|use|force))(?: \w+)? (?:since )?$"
)
_THAN = re.compile(r" than\b")  # "more referrals last year than in any before"
_TOLD = re.compile(r"\b(?:told|heard|said|learn(?:ed|t)|warned|promised|assured)(?: \w+){0,3} $", re.IGNORECASE)
_THAT = re.compile(r",? that\b")  # "we were told in 2018 that 7,800 had been referred"
_TODAY = re.compile(r"\b(?:today|tomorrow|tonight)$", re.IGNORECASE)
_PREPOSITION = re.compile(
    r"(?:on|in|by|since|until|from|during|between|of|and|the end of|early|late|mid-| )+\s?(?=\S)", re.IGNORECASE
)
Bounds = tuple[date | None, date | None]


def find_events(
    text: str,
    sentences: list[Sentence],
    document: Document,
    statistics: Iterable[Statistic] = (),
    traces: Iterable[Trace] = (),
) -> list[Event]:
    """Return the dated happenings of a text.

    Parameters
    ----------
    text : str
        Source text; spans are half-open characters of it.
    sentences : list of Sentence
        Its sentences; of furniture only date lines are read.
    document : Document
        The publication date resolves "on Friday" and "last week".
    statistics : iterable of Statistic
        Numbers read in the text: a date that is the period of a national figure belongs to it and is no event.
    traces : iterable of Trace
        How the statistics were read: dates found then are not looked for again.

    Returns
    -------
    list of Event
        One row a date, in order; "between 2014 and 2016" is one with a period.
    """
    statistics = list(statistics)
    taken = _periods_of(statistics)
    counted = {row.sentence_id for row in statistics if row.kind in COUNTS}
    known: dict[str, list[tuple[View, list[DateSpan]]]] = {}
    for trace in traces:
        known.setdefault(trace.sentence.sentence_id, []).append((trace.view, trace.dates))
    found: list[Event] = []
    today = document.published_date
    anchor, anchored = None, -NEAR  # the latest date named with its year, and the place of its sentence
    for place, sentence in enumerate(sentences):
        if sentence.role == "furniture" and not _DIGIT.search(text, sentence.span_start, sentence.span_end):
            continue  # only date lines of the page are read, and these print a day
        for view, dates in known.get(sentence.sentence_id) or _look_for_dates(text, sentence, today):
            for span in with_leaning(view.words, split_pairs(view.words, dates), anchor):
                span = lean_on(view.words, span, anchor if place - anchored <= NEAR else None, today)
                if span.form in ("day", "month", "year") and span.source == "stated" and sentence.role != "furniture":
                    anchor, anchored = span.first, place
                is_counted = sentence.sentence_id in counted
                if _is_event(view.words, span, sentence.role, taken.get(sentence.sentence_id, set()), is_counted):
                    found.append(_event(view, span, sentence, today))
    return found


def _look_for_dates(text: str, sentence: Sentence, today: date | None) -> Iterator[tuple[View, list[DateSpan]]]:
    """Yield each stretch of a sentence with its date phrases."""
    for view in view_stretches(text, sentence.span_start, sentence.span_end):
        yield view, find_date_spans(view.words, today)


def _periods_of(statistics: Iterable[Statistic]) -> dict[str, set[Bounds]]:
    """Return the periods that national figures and shares of anything describe, by sentence."""
    periods: dict[str, set[Bounds]] = {}
    for row in statistics:
        is_share = row.measure == "other" and row.kind in ("percentage", "fraction") and row.period_source == "stated"
        if is_share or (row.measure in OFFICIAL_MEASURES and row.caveat != "one_case"):
            taken = periods.setdefault(row.sentence_id, set())
            taken |= {(row.period_start, row.period_end), (row.base_period_start, row.base_period_end)}
    return periods


def _is_event(words: str, span: DateSpan, role: str, taken: set[Bounds], is_counted: bool) -> bool:
    """Whether a date phrase dates a happening: not a reporting period, not the year in a name."""
    if span.form not in PRECISION or span.first is None or span.last is None or (span.first, span.last) in taken:
        return False
    before, surface = words[max(0, span.start - 40) : span.start], words[span.start : span.end]
    if role == "furniture":
        is_line = len(words) - len(surface) < LINE and _DATE_LINE.match(words[: span.start])
        return bool(is_line) and span.form == "day" and span.source == "stated"
    is_since = surface.lower().startswith("since") or _SINCE_BEFORE.search(before)
    if taken and (span.form == "last_year" or (is_since and not _APPLIED_BEFORE.search(before))):
        return False
    is_year_of_page = span.form == "last_year" or (span.form == "year" and span.source == "relative")
    if is_year_of_page and _EXTREME_BEFORE.search(words, 0, span.start) and _event_type(words, span) == "other":
        return False  # "the youngest person that we met this year"
    if is_year_of_page and _THAN.match(words, span.end):
        return False
    if is_counted and (is_year_of_page or _is_quarterly(span)) and _event_type(words, span) == "other":
        return False  # the period of a number
    if span.source == "relative" and _NAMED_FOR.match(words, span.end):
        return False  # "the September 11 attacks"
    if span.form == "day" and _TODAY.search(surface):
        return _event_type(words, span) not in ("other", "attack")
    if span.form in ("year", "month") and _IN_NAME.match(words, span.end):
        return False
    return not (_ACT_BEFORE.search(before) or (span.form == "year" and _TITLE_BEFORE.search(before)))


def _is_quarterly(span: DateSpan) -> bool:
    """Whether a span of months is one that figures are given for: quarters of a year."""
    if span.form != "span" or span.first is None or span.last is None or span.first.day != 1:
        return False
    return (
        span.first.month % 3 == 1
        and span.last.month % 3 == 0
        and span.last.day > 29
        and span.last.year - span.first.year < 2
    )


def _event(view: View, span: DateSpan, sentence: Sentence, today: date | None) -> Event:
    """Return the row of one date phrase, without the preposition it may carry."""
    if span.first is None or span.last is None:
        raise ValueError(f"an event needs its days, {span!r} has none")
    lead = _PREPOSITION.match(view.words, span.start, span.end)
    kind = _event_type(view.words, span)
    if span.first == span.last == today and kind == "other" and _is_line_of_date(view.words, span):
        kind = "publication"
    start, end = view.span(lead.end() if lead and lead.end() < span.end else span.start, span.end)
    return Event(
        event_id=f"{sentence.document_id}:{start}",
        document_id=sentence.document_id,
        sentence_id=sentence.sentence_id,
        span_start=start,
        span_end=end,
        surface=view.source[start:end],
        date_start=span.first,
        date_end=span.last,
        precision=PRECISION[span.form],
        date_source=span.source,
        event_type=kind,
        description=_description(view.words, span),
    )


@cache
def _type_patterns() -> re.Pattern[str]:
    """Return what tells each kind of happening, for words in small letters."""
    kinds = read_lexicon("event_types").items()
    parts = [f"(?P<{name}>{any_in_order(map(lower_pattern, patterns))})" for name, patterns in kinds]
    return re.compile("|".join(parts))


def _is_line_of_date(words: str, span: DateSpan) -> bool:
    """Whether a line is there for its date: it holds little else and is no sentence ("Charity Trust, 1 May 2024")."""
    rest = words[: span.start].strip() + words[span.end :].strip()
    return len(rest) <= LINE and not rest.endswith((".", "!", "?"))


def _event_type(words: str, span: DateSpan) -> str:
    """Return the kind of the happening whose words stand nearest to the date; words before it count as nearer."""
    best, nearest = "other", math.inf
    is_told = _THAT.match(words, span.end) and _TOLD.search(words[max(0, span.start - 40) : span.start])
    reach = max(0, span.start - 160), span.start if is_told else min(len(words), span.end + 120)
    for match in _type_patterns().finditer(lower(words), *reach):
        if span.start <= match.start() and match.end() <= span.end:
            continue
        if match.end() <= span.start:
            distance, between = float(span.start - match.end()), words[match.end() : span.start]
        else:
            between = words[span.end : match.start()]
            distance = 1.5 * len(between) + 5 + 30 * (between.count(",") + between.count(" and "))
        distance += 60 * len(_OTHER_CLAUSE.findall(between)) + 15 * between.count(",")
        if distance < nearest:
            best, nearest = str(match.lastgroup), distance
    return best


def _description(words: str, span: DateSpan) -> str:
    """Return the clause that a date stands in."""
    start = max((found.end() for found in _CLAUSE_BREAK.finditer(words, 0, span.start)), default=0)
    stop = _CLAUSE_BREAK.search(words, span.end)
    clause = words[start : stop.start() if stop else len(words)].strip()
    return clause if len(clause) <= LONGEST else clause[: LONGEST - 1] + "…"
