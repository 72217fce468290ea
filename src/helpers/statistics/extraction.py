"""The stated statistics of a text: every number with what it measures, its category, period, whole and place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from helpers.numbers.calendars import Period
from helpers.numbers.candidates import Refusal, find_candidates, holds_number
from helpers.numbers.clauses import Clause, Ground, Mention, make_mentions
from helpers.numbers.cues import find_categories, find_measures
from helpers.numbers.denominators import is_whole
from helpers.numbers.measures import OWN_FIGURES, assign_measures
from helpers.numbers.nouns import is_official
from helpers.numbers.number_readers import Candidate
from helpers.numbers.numerals import allowed_interval
from helpers.numbers.periods import DateSpan
from helpers.numbers.places import Place, find_places
from helpers.numbers.references import CONTINUES, MAKES_THAT, OPENS_PART, TYPICAL
from helpers.numbers.subjects import settle_costs, settle_unrecorded
from helpers.official.series import NATIONAL
from helpers.records import Document, Quotation, Sentence, Statistic
from helpers.speech.quotations import speaker_of
from helpers.statistics.base_periods import time_change
from helpers.statistics.caveats import is_habit, settle_caveat
from helpers.statistics.context import NATIONS, Context
from helpers.statistics.dates_of_text import latest_day, look_for_dates, settle_dates
from helpers.statistics.durations import duration_measure, is_part_of_sentence
from helpers.statistics.geography import council_of, geography_of, is_elsewhere, settle_region
from helpers.statistics.headlines import fill_headline
from helpers.statistics.local_headings import is_section_title
from helpers.statistics.other_periods import time_other
from helpers.statistics.paragraphs import breaks_of, opens_paragraph
from helpers.statistics.releases import fitting_category, latest_financial_year
from helpers.statistics.shared_kinds import asked_score, share_kinds
from helpers.statistics.stated import blocking_dates, keep_stated
from helpers.statistics.tabular import Table, read_header, read_row, row_label
from helpers.statistics.timelines import Timeline, Timing
from helpers.statistics.timing import time_number
from helpers.statistics.traces import Trace
from helpers.statistics.units import printed_unit, rate_of
from helpers.statistics.views import View
from helpers.statistics.whole_figures import set_wholes
from helpers.statistics.year_ends import without_head

CLAUSE_LENGTH = 400  # characters of the words read that a row keeps
TOP = 300  # characters at the top of a text in which the council that publishes it is named
LATEST = ("latest", "last_year")
UNTIMED = ("duration", "age", "rating")
WITH_PERIODS = ("deaths", "attacks", "other")  # measures of no official series that have a period


def extract_statistics(
    text: str,
    sentences: list[Sentence],
    document: Document,
    quotations: list[Quotation],
    traces: list[Trace] | None = None,
) -> list[Statistic]:
    """Return every statistic that a text states, none from its furniture.

    Parameters
    ----------
    text : str
        The source text; spans are half-open characters of it.
    sentences : list of Sentence
        Its sentences in order, furniture included.
    document : Document
        The publication date resolves "last year" and the like.
    quotations : list of Quotation
        Who says what, for the column `speaker`.
    traces : list of Trace, optional
        Filled with how each sentence was read, furniture left out.

    Returns
    -------
    list of Statistic
        In order of their place, without overlap.
    """
    places: Iterable[tuple[int, Trace]] = look_for_dates(text, sentences, document.published_date)
    until = document.published_date or document.not_before
    if until is None:
        until = latest_day(places := list(places))
    context = Context(document.published_date, until, latest_financial_year(document.published_date))
    if "council" in text[:TOP].lower():
        context.local = council_of(text[:TOP])
        context.council = context.local if document.document_type != "news" else None
    found: list[Statistic] = []
    breaks = breaks_of(text)
    for index, trace in places:
        if opens_paragraph(text, sentences, index, breaks) and not CONTINUES.match(trace.view.words):
            context.open_paragraph(trace.view.words, trace.sentence.role == "list_item")
        rows = _read_sentence(trace, index, context)
        context.before = trace.view.words
        for row in rows:
            row.speaker = speaker_of(quotations, trace.sentence, row.span_start, row.span_end)
        found += rows
        if traces is not None:
            traces.append(trace)
    timeable = [row for row in found if row.statistic_id not in context.blocked]
    fill_headline(timeable, {sentence.sentence_id for sentence in sentences if sentence.role == "headline"})
    return found


def _read_sentence(trace: Trace, index: int, context: Context) -> list[Statistic]:
    """Return the statistics of one sentence and leave behind what the next one may inherit."""
    words, sentence = trace.view.words, trace.sentence
    has_number = holds_number(words)
    settle_dates(trace, context)
    dates = trace.dates
    places = find_places(words) if has_number or dates or "Scotland" in words or NATIONAL in words else []
    candidates, trace.refusals = _find_stated(words, dates, context.earlier) if has_number else ([], [])
    if candidates or any(map(str.isalpha, words)):  # the time of a turn comes between a question and its answer
        context.earlier = asked_score(words) or (candidates[-1] if candidates else None)
    if not candidates:
        context.table = read_header(context.table, words, dates)
        dates = without_head(words, dates) if context.table and context.table.ends else dates
        context.pass_on(words, dates, places, index, sentence.role == "heading")
        if sentence.role == "heading" or is_section_title(trace.view.source, sentence.span_start, sentence.span_end):
            context.enter_section(words, places or find_places(words), index)
        return []
    trace.came_from = dict(context.came_from)
    clause, places = _read_clause(words, make_mentions(words, candidates), places, index, context)
    years = read_row(clause, context.table, dates)
    timings = _time(clause, dates, index, context)
    _time_columns(timings, years, clause, context)
    rows: list[Statistic] = []
    trace.mentions, trace.timings, trace.rows = clause.mentions, timings, rows
    for place, timing in enumerate(timings):
        row = _statistic(clause, place, trace.view, sentence, timing)
        row.geography = geography_of(place, clause, places, context)
        if timing.source == "inherited" and is_elsewhere(row.geography, words, context):
            row.period_start = row.period_end = row.period_source = None
        if timing.blocked:
            context.blocked.add(row.statistic_id)
        rows.append(row)
    set_wholes(rows, clause, index, context)
    if any(is_official(row.measure) for row in rows) and OWN_FIGURES.search(words):
        context.own_sentence = index
    context.introduce(words)
    context.leave(rows, timings, index, any(span.form in LATEST for span in dates))
    if not any(is_official(row.measure) for row in rows) and any(place.name == NATIONAL for place in places):
        context.leave_place(NATIONAL, index)
    return rows


def _find_stated(words: str, dates: list[DateSpan], earlier: Candidate | None) -> tuple[list[Candidate], list[Refusal]]:
    """Return the numbers that a sentence states, and those that it does not with the reason of each.

    `earlier` is the last number of the sentence before, whose kind a bare number may go on with.
    """
    candidates, refusals = find_candidates(words, blocking_dates(words, dates))
    kept, unstated = keep_stated(words, candidates)
    return share_kinds(words, kept, earlier), refusals + unstated


def _read_clause(
    words: str, mentions: list[Mention], places: list[Place], index: int, context: Context
) -> tuple[Clause, list[Place]]:
    """Return a sentence with the measure and category of each number, and the places that are no type of concern."""
    measures = find_measures(words)
    context.fill_nouns(mentions, measures, index)
    categories = find_categories(words, context.breakdowns[0][0] if context.breakdowns else None)
    categories = context.name_region(words, categories)
    concerns = [cue for cue in categories if cue.dimension == "concern"]  # "Northern Ireland related"
    places = [place for place in places if not any(cue.start < place.end and place.start < cue.end for cue in concerns)]
    is_local = any(place.name not in NATIONS for place in places) or OPENS_PART.match(words)
    wholes = (mention.candidate.number.value for mention in mentions if is_whole(words, mention))
    inherited = next((context.counts[value] for value in wholes if value in context.counts), context.measure)
    if context.topic and TYPICAL.search(words):
        inherited = context.topic  # "Seven went to a panel. In a typical year we would expect 90."
    if context.shared and "of the total" in words:
        inherited = context.shared  # "One in ten were adopted. Education made up 39% of the total."
    breakdowns = [] if is_local else [found for found in context.breakdowns if not places or found[0] != "region"]
    clause = Clause(words, mentions, measures, categories, inherited, breakdowns)
    context.hand_over(clause, index)
    assign_measures(clause)
    settle_costs(clause)
    for mention in mentions:
        settle_region(mention, words)
        settle_unrecorded(mention, clause.inherited)
        settle_caveat(mention, words, context.before)
        context.fill_part(mention, words)
        if mention.candidate.kind == "duration":
            measure = duration_measure(words, mention.start, mention.end)
            mention.measure = context.lengths.keep(measure, mention.before, mention.after)
            mention.grounds["measure"] = Ground("the words around a length of time")
        elif mention.is_level_share and not is_official(mention.measure) and is_part_of_sentence(mention.after):
            mention.measure = "sentence"
            mention.grounds["measure"] = Ground("a part of what a court sentenced to")
    return clause, places


def _time(clause: Clause, dates: list[DateSpan], index: int, context: Context) -> list[Timing]:
    """Return the period of every number of a sentence."""
    goes_on = context.recent_sentence == index - 1 and MAKES_THAT.match(clause.words)
    current = context.recent if goes_on or any(span.form == "same" for span in dates) else None
    current = current or context.period_of_whole(clause, dates) or context.period
    timeline = Timeline(clause.words, clause.mentions, dates, current, context.latest, context.recent, context.today)
    return [_timing(timeline, place, context) for place in range(len(clause.mentions))]


def _time_columns(timings: list[Timing], years: list[Period | None] | None, clause: Clause, context: Context) -> None:
    """Give the numbers of a row of a table the years of their columns, in place; keep the table for the next row."""
    if years is None:
        context.table = context.table if row_label(clause) is not None else None
        return
    context.table = replace(context.table or Table(), has_rows=True)
    for place, year in enumerate(years):
        if year:
            timings[place] = Timing(year, "stated", is_main=True, ground=Ground("the column of the table"))


def _timing(timeline: Timeline, place: int, context: Context) -> Timing:
    """Return the period of a number; only the official measures inherit one."""
    mention = timeline.mentions[place]
    kind = mention.candidate.kind
    if kind in UNTIMED:
        return Timing()
    if not is_official(mention.measure):
        is_level = mention.direction == "level" and (mention.measure in WITH_PERIODS or kind == "money")
        applies = is_level and kind in ("count", "percentage", "fraction", "money")
        return time_other(timeline, place) if applies else Timing()
    if timeline.follows_event(mention.start):
        return Timing()
    timing = time_number(timeline, place) if mention.direction == "level" else time_change(timeline, place)
    if mention.caveat in ("one_case", "forecast", "hypothetical") or mention.is_own or is_habit(mention):
        return timing if timing.source == "stated" else Timing()
    if (said_before := context.period_said_before(mention)) and timeline.attached(place, timeline.usable) is None:
        return Timing(said_before, "inherited", ground=Ground("that of the same number before", held="period"))
    if timing.period is None and not timing.blocked and timeline.current is not None:
        timing.period, timing.source = timeline.current, "inherited"
        timing.ground = Ground("the sentences before", held="period")
    return timing


def _statistic(clause: Clause, place: int, view: View, sentence: Sentence, timing: Timing) -> Statistic:
    """Return the row of one number, without place and speaker."""
    mention = clause.mentions[place]
    candidate, measure = mention.candidate, mention.measure or "other"
    start, end = view.span(mention.start, mention.end)
    kind, per = rate_of(mention)
    number, high = candidate.number, candidate.high
    bounds = (number.value, high.value) if high else allowed_interval(number, kind, mention.modifier)
    row = Statistic(
        statistic_id=f"{sentence.document_id}:{start}",
        document_id=sentence.document_id,
        sentence_id=sentence.sentence_id,
        span_start=start,
        span_end=end,
        surface=view.source[start:end],
        kind=kind,
        value=None if high else number.value,
        value_low=bounds[0],
        value_high=bounds[1],
        modifier=mention.modifier,
        direction=mention.direction,
        unit=printed_unit(mention, clause.words, clause.measures),
        measure=measure,
        denominator_value=candidate.whole,
        combined_with="|".join(mention.combined) or None,
        per=per,
        clause=clause.words[:CLAUSE_LENGTH],
    )
    if is_official(measure):
        row.dimension, row.category = mention.dimension, mention.category
        row.denominator, row.caveat = mention.denominator, mention.caveat
    _write_timing(row, timing)
    return row


def _write_timing(row: Statistic, timing: Timing) -> None:
    """Write the periods of a row, and settle a category that the figures of the period tell from another."""
    if timing.period:
        row.period_start, row.period_end = timing.period
        row.period_source = timing.source
    if timing.base:
        row.base_period_start, row.base_period_end = timing.base
    if row.category:
        is_share = row.kind in ("percentage", "fraction")
        row.category = fitting_category(
            row.measure, row.category, row.period_start, row.value_low, row.value_high, is_share
        )
