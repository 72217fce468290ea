"""The stated statistics of a text: every number with what it measures, its category, period, whole and place."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta

from helpers.candidates import find_candidates, holds_number
from helpers.clauses import Clause, Mention, make_mentions
from helpers.nouns import SHARES, is_official
from helpers.cues import Cue, find_categories, find_measures
from helpers.places import Place, find_places
from helpers.denominators import is_whole, names_own_whole
from helpers.measures import assign_measures
from helpers.references import POINTS_BACK
from helpers.numerals import allowed_interval
from helpers.official import NATIONAL
from helpers.periods import DateSpan, find_date_spans
from helpers.quotations import speaker_of
from helpers.records import Document, Quotation, Sentence, Statistic
from helpers.releases import fitting_category, latest_financial_year
from helpers.stated import blocking_dates, keep_stated, share_kinds
from helpers.base_periods import time_change
from helpers.timelines import Timeline, Timing
from helpers.timing import time_number, time_other
from helpers.views import View



@dataclass(slots=True)
class Context:
    """What the sentences before leave to the next one."""

    today: date | None
    latest: tuple[date, date] | None
    period: tuple[date, date] | None = None
    recent: tuple[date, date] | None = None  # the period named last
    main: tuple[date, date] | None = None  # the latest year that the text is about
    measure: str | None = None
    categories: list[tuple[str, str]] = field(default_factory=list)  # of the last sentence with official figures
    list_noun: str = ""  # recommendations or issues, once counted
    topic: str | None = None  # the official measure that the text is about first
    geography: str | None = None
    home: str | None = None  # England and Wales or Scotland, whichever the text names first
    local: str | None = None  # the local place named last
    whole: tuple[float, str, int, date | None] | None = (
        None  # value, measure, index of its sentence, start of its period
    )
    noun: str = ""
    noun_sentence: int = -9


def extract_statistics(
    text: str, sentences: list[Sentence], document: Document, quotations: list[Quotation]
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

    Returns
    -------
    list of Statistic
        In order of their place, without overlap.
    """
    context = Context(document.published_date, latest_financial_year(document.published_date))
    found: list[Statistic] = []
    for index, sentence in enumerate(sentences):
        if sentence.role == "furniture":
            continue
        view = View(text, sentence.span_start, sentence.span_end)
        if _opens_paragraph(text, sentences, index) and not REFERS_BACK.match(view.words):
            context.period = context.main or context.period
            context.geography = context.home or context.geography
        found.extend(_read_sentence(view, sentence, index, document, quotations, context))
    _fill_headline(found, {sentence.sentence_id for sentence in sentences if sentence.role == "headline"})
    return found


def _fill_headline(rows: list[Statistic], headlines: set[str]) -> None:
    """Give the figures of headline and lead paragraph the period and place that the text names first."""
    body = [row for row in rows if is_official(row.measure) and row.sentence_id not in headlines and row.caveat is None]
    period = next(((row.period_start, row.period_end) for row in body if row.period_start), None)
    place = next((row.geography for row in body if row.geography), None)
    for row in rows:
        if not is_official(row.measure) or row.caveat is not None:
            continue
        if row.period_start is not None and row.sentence_id not in headlines:
            break
        if row.period_start is None and period:
            row.period_start, row.period_end, row.period_source = *period, "inherited"
        row.geography = row.geography or place


REFERS_BACK = re.compile(
    r"\W*(?:of these|of those|of them|of which|that|this|these|those|they|it|among (?:them|these|those)|another|a further|the (?:remaining|rest|others?)|both|compared|but|and)\b",
    re.IGNORECASE,
)


def _opens_paragraph(text: str, sentences: list[Sentence], index: int) -> bool:
    """Whether a sentence begins a paragraph, a list item or a speaker's turn after the one before it."""
    if index == 0:
        return False
    before, here = sentences[index - 1], sentences[index]
    gap = text[before.span_end : here.span_start]
    return gap.count("\n") > 1 or gap.count("\r") > 1 or before.role == "heading" or here.role == "list_item"


def _read_sentence(
    view: View, sentence: Sentence, index: int, document: Document, quotations: list[Quotation], context: Context
) -> list[Statistic]:
    """Return the statistics of one sentence and leave behind what the next one may inherit."""
    words = view.words
    has_number = holds_number(words)
    dates = find_date_spans(words, context.today)
    places = find_places(words) if has_number or dates or NATIONAL in words else []
    if not has_number:
        _pass_on(words, dates, places, context, sentence.role == "heading")
        return []
    candidates, _ = find_candidates(words, blocking_dates(words, dates))
    measures = find_measures(words)
    candidates = share_kinds(words, keep_stated(words, candidates))
    if not candidates:
        _pass_on(words, dates, places, context, sentence.role == "heading")
        return []
    mentions = make_mentions(words, candidates)
    _fill_nouns(mentions, words, measures, index, context)
    categories = find_categories(words, context.categories[0][0] if context.categories else None)
    places = [
        place
        for place in places
        if not any(cue.start < place[1] and place[0] < cue.end for cue in categories if cue.dimension == "concern")
    ]
    is_local = any(place.name not in (NATIONAL, "Scotland") for place in places)
    assign_measures(Clause(words, mentions, measures, categories, context.measure, [] if is_local else context.categories))
    for mention in mentions:
        _settle_case(mention, words)
    current = context.recent if any(span.form == "same" for span in dates) else context.period
    timeline = Timeline(words, mentions, dates, current or context.period, context.latest)
    timings = [_timing(timeline, place, context) for place in range(len(mentions))]
    rows = [
        _statistic(
            mention, place, mentions, view, sentence, document, quotations, timings[place], places, measures, context
        )
        for place, mention in enumerate(mentions)
    ]
    for row in rows:
        if row.category:
            is_share = row.kind in ("percentage", "fraction")
            row.category = fitting_category(
                row.measure, row.category, row.period_start, row.value_low, row.value_high, is_share
            )
    _set_wholes(rows, mentions, words, categories, index, context)
    _leave(rows, timings, index, context)
    return rows


def _fill_nouns(mentions: list[Mention], words: str, measures: list[Cue], index: int, context: Context) -> None:
    """Give a number without a noun the noun it is counted with before ("one session … instead of two")."""
    for place, mention in enumerate(mentions):
        if mention.candidate.kind not in ("count", "ratio"):
            continue
        if mention.noun:
            context.noun, context.noun_sentence = mention.noun, index
            context.list_noun = (
                mention.noun
                if mention.noun in ("recommendations", "issues", "failings", "findings")
                else context.list_noun
            )
            continue
        if mention.unit:
            continue
        subject = [cue for cue in measures if cue.end <= mention.candidate.start and is_official(cue.measure)]
        earlier = next(
            (
                other.noun
                for other in reversed(mentions[:place])
                if other.noun and other.candidate.kind in ("count", "ratio")
            ),
            "",
        )
        later = next(
            (
                other.noun
                for other in mentions[place + 1 :]
                if other.noun and other.candidate.kind in ("count", "ratio")
            ),
            "",
        )
        if (
            context.list_noun
            and re.search(r"\b(?:all|remaining|other)\s$", mention.before, re.IGNORECASE)
            and mention.candidate.number.value < 100
        ):
            mention.noun = context.list_noun
        elif earlier:
            mention.noun = earlier
        elif not subject and later and mention.candidate.number.value < 20:
            mention.noun = later
        elif not subject and context.noun and index - context.noun_sentence <= 1 and not measures:
            mention.noun = context.noun
        mention.unit, mention.is_elided = mention.noun, True


_PLACED = re.compile(
    r"\b(?:in|across|throughout|within|for|from|covering|around|at|of|to)(?: the)?(?: whole of| county of| city of| borough of)?\s*$",
    re.IGNORECASE,
)
_DURATIONS = (
    ("elapsed", re.compile(r"^ (?:earlier|later|prior|late|apart|previously)\b", re.IGNORECASE), 12),
    ("sentence", re.compile(r"\b(?:sentence[ds]?|jail\w*|imprison\w*|prison|minimum (?:term )?of|custod\w+|detention|behind bars|life (?:term|sentence)|tariff|must serve|to serve)\b", re.IGNORECASE), 60),
    ("retention", re.compile(r"\b(?:retention|retain\w*|kept|keep\w*|hold(?:ing)? (?:data|records)|held for|stored?|delet\w+|data)\b", re.IGNORECASE), 400),
    ("service", re.compile(r"\b(?:(?:have|has|had) been (?:an? |the )?[\w ]{2,25} for|of service|in the force|in uniform|service|serve|served|serving|career|in (?:the )?(?:job|post|role|office|parliament)|experience|tenure|veteran|worked|working)\b", re.IGNORECASE), 50),
    ("elapsed", re.compile(r"\b(?:before|after|later|since|between|earlier|prior|previously|within|took|takes?|taken|wait\w*|until|following|apart|gap|delay\w*|passed|elapsed|from|long|late|target|in)\b", re.IGNORECASE), 40),
)  # fmt: skip
_RATE = re.compile(
    r"^(?: [\w-]+){0,4}?,? (?:an?|per|each|every) (?P<per>day|week|month|year|100,000|hundred thousand)\b(?! (?:ago|earlier|before|later|after))",
    re.IGNORECASE,
)
_FORECAST = re.compile(
    r"\b(?:(?-i:will)(?! (?:the|my|he|she|you|they|ministers)\b)|expect\w*|forecast\w*|project(?:ed|ion|s)|predict\w*|set to|likely to|could (?:rise|reach|exceed|fall|hit)|on course to|on track to|by 20[3-9]\d)\b",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"\b(?:he|him|his|she|her|perpetrator|attacker|killer|the case|his case|the teenager|the individual|the man|the boy|the suspect)\b",
    re.IGNORECASE,
)


def _statistic(
    mention: Mention, place: int, mentions: list[Mention], view: View, sentence: Sentence, document: Document,
    quotations: list[Quotation], timing: Timing, places: list[Place], measures: list[Cue], context: Context,
) -> Statistic:  # fmt: skip
    """Return one mention as a row."""
    words, candidate = view.words, mention.candidate
    start, end = view.place(candidate.start), view.place(candidate.end - 1) + 1
    kind, measure = candidate.kind, mention.measure or "other"
    per = None
    rate = _RATE.match(mention.after) if kind == "count" else None
    if rate:
        kind, per = (
            "rate",
            {"100,000": "100000", "hundred thousand": "100000"}.get(rate["per"].lower(), rate["per"].lower()),
        )
    if kind == "duration":
        measure = _duration_measure(words, candidate.start, candidate.end)
    official = is_official(measure)
    low, high = (
        (candidate.number.value, candidate.high.value)
        if candidate.high
        else allowed_interval(candidate.number, kind, mention.modifier)
    )
    whole = candidate.whole if candidate.whole is not None else None
    return Statistic(
        statistic_id=f"{document.document_id}:{start}", document_id=document.document_id, sentence_id=sentence.sentence_id,
        span_start=start, span_end=end, surface=view.source[start:end], kind=kind,
        value=None if candidate.high else candidate.number.value, value_low=low, value_high=high, modifier=mention.modifier,
        direction=mention.direction, unit=_printed_unit(mention, words, measures, measure), measure=measure,
        dimension=mention.dimension if official else None, category=mention.category if official else None,
        denominator=mention.denominator if official else None, denominator_value=whole,
        geography=_geography(mention, place, mentions, words, places, context, official),
        period_start=timing.period[0] if timing.period else None, period_end=timing.period[1] if timing.period else None,
        period_source=timing.source if timing.period else None, speaker=speaker_of(quotations, sentence, start, end),
        caveat=mention.caveat if official else None, combined_with="|".join(mention.combined) or None,
        base_period_start=timing.base[0] if timing.base else None, base_period_end=timing.base[1] if timing.base else None,
        per=per, clause=words[:400],
    )  # fmt: skip


def _duration_measure(words: str, start: int, end: int) -> str:
    """Return what a length of time measures, from the words around it; "a 12-month review" is no time between two things."""
    if re.match(r" of (?:training|leave|work|support|mentoring|teaching)", words[end:]):
        return "other"
    for measure, pattern, reach in _DURATIONS:
        if measure == "elapsed" and "-" in words[start:end]:
            continue
        before = re.sub(r"\bbetween $", "", words[max(0, start - reach) : start], flags=re.IGNORECASE)
        if pattern.search(words[end : end + reach]) or pattern.search(before):
            return measure
    return "other"


def _settle_case(mention: Mention, words: str) -> None:
    """Mark forecasts, and figures about one person's case, which are no national figures."""
    if not is_official(mention.measure):
        return
    value = mention.candidate.number.value
    clause = mention.before[-120:]
    if _FORECAST.search(clause) or (re.match(r"\W*If\b", words) and re.search(r"\b(?:will|would)\b", words)):
        mention.caveat = "forecast"
    is_zero = mention.candidate.form == "zero"
    counts_times = mention.unit == "times"
    if (
        mention.candidate.kind == "count"
        and value <= 12
        and (
            is_zero
            and re.match(r" (?:further|other|more|previous|prior|new|subsequent)", mention.after)
            or counts_times
            or _PERSON.search(words)
        )
    ):
        mention.caveat, mention.dimension, mention.category = "one_case", None, None


def _timing(timeline: Timeline, place: int, context: Context) -> Timing:
    """Return the period of a number; only the official measures inherit one."""
    mention = timeline.mentions[place]
    kind = mention.candidate.kind
    if kind in ("duration", "age", "rating"):
        return Timing()
    if not is_official(mention.measure):
        applies = mention.direction == "level" and mention.measure in ("deaths", "attacks", "other") and kind == "count"
        return time_other(timeline, place) if applies else Timing()
    timing = time_number(timeline, place) if mention.direction == "level" else time_change(timeline, place)
    if mention.caveat == "one_case":
        return timing if timing.source == "stated" else Timing()
    if timing.period is None and not timing.blocked and context.period is not None:
        timing.period, timing.source = context.period, "inherited"
    return timing


def _printed_unit(mention: Mention, words: str, measures: list[Cue], measure: str) -> str:
    """Return the printed noun, or what the measure counts where none is printed."""
    if mention.unit:
        return mention.unit
    if not is_official(measure):
        return {
            "recommendations": "recommendations",
            "issues": "issues",
            "sessions": "sessions",
            "attacks": "attacks",
            "deaths": "people",
        }.get(measure, "people")
    persons = any(
        re.match(r"people|individuals|those|children|pupils|persons", words[cue.start : cue.end], re.IGNORECASE)
        for cue in measures
    )
    return "people" if persons else "referrals" if measure == "referrals" else "cases"


def _geography(
    mention: Mention,
    place: int,
    mentions: list[Mention],
    words: str,
    places: list[Place],
    context: Context,
    official: bool,
) -> str | None:
    """Return the place a number is about: named beside it, in its sentence, or (official measures) before it."""
    if mention.dimension == "region" and official:
        return NATIONAL
    if mention.candidate.kind in ("age", "duration", "rating", "money") and not official:
        return None
    here = mention.candidate
    ceiling = next(
        (other.candidate.start for other in mentions[place + 1 :] if other.group != mention.group), len(words)
    )
    named = [found for found in places if found[2] != "United Kingdom"]
    if not official:
        named = [
            found
            for found in named
            if _PLACED.search(words[max(0, found[0] - 30) : found[0]]) or 0 <= found[0] - here.end <= 12
        ]
        if mention.measure not in ("deaths", "attacks", "other", None):
            return None
    after = [
        found
        for found in named
        if here.end <= found[0] < ceiling and not re.search(r";| (?:that|which|who|where) ", words[here.end : found[0]])
    ]
    before = [found for found in named if found[1] <= here.start]
    chosen = after[0] if after else before[-1] if before else named[0] if named and official else None
    if chosen and official and chosen[2] not in (NATIONAL, "Scotland"):
        placed = (
            _PLACED.search(words[max(0, chosen[0] - 30) : chosen[0]])
            or chosen[0] == 0
            or re.match(
                r"(?:['’]s)?(?: Channel)? (?:[Pp]anel|Borough|Police|Council|County|saw|had|recorded|made|accounted)",
                words[chosen[1] :],
            )
        )
        chosen = chosen if placed else None
    if chosen:
        is_area = chosen[2].lower().startswith("the ")
        local = context.local if is_area and context.local else chosen[2]
        context.local = context.local if is_area else chosen[2]
        return local
    return context.geography if official and mention.caveat != "one_case" else None


_OF_WHICH = re.compile(r"(?:[,;]| [–-]| and) (?:of|from|among) (?:which|whom|these|those|them)\b", re.IGNORECASE)


def _set_wholes(
    rows: list[Statistic], mentions: list[Mention], words: str, categories: list[Cue], index: int, context: Context
) -> None:
    """Give shares the whole that the same phrase or the sentence before prints."""
    whole: tuple[float, str] | None = None
    base = next((cue for cue in categories if cue.role == "base"), None)
    if POINTS_BACK.search(words[:28]) and context.whole and index - context.whole[2] <= 2:
        whole = context.whole[:2]
    since = context.whole[3] if context.whole else None
    pending: tuple[int, tuple[float, str]] | None = None
    for place, (row, mention) in enumerate(zip(rows, mentions, strict=True)):
        if pending and mention.group != pending[0]:
            whole, since, pending = pending[1], None, None
        is_count = row.kind == "count" and is_official(row.measure) and row.value is not None
        if is_count and base is not None and _names_base(mention, base, words):
            row.dimension, row.category = {
                "concern_specified": ("concern", "concern_specified"),
                "gender_specified": ("gender", "gender_specified"),
                "age_known": ("age", "age_known"),
            }[str(base.category)]
            whole, since = (float(row.value or 0), f"{row.measure}:{base.category}"), None
            continue
        if is_count and is_whole(words, mention):
            whole, since = _as_whole(row), None
            if (
                place
                and mentions[place - 1].candidate.kind in SHARES
                and re.match(r"(?: |^)?(?:\w+ )?of\b", mentions[place - 1].after.strip())
            ):
                rows[place - 1].denominator_value = whole[0]
            continue
        share = (
            mention.candidate.kind in ("percentage", "fraction")
            and mention.direction == "level"
            and mention.candidate.unit != "percentage_point"
        )
        if (
            share
            and place + 1 < len(mentions)
            and re.fullmatch(r" of (?:the|all|all the|these|those|its|a total of)(?: total(?: of)?)? ?", mention.after)
            and rows[place + 1].kind == "count"
        ):
            row.denominator_value = rows[place + 1].value
            if is_official(rows[place + 1].measure) and is_official(row.measure):
                row.denominator = rows[place + 1].measure
            continue
        if (
            share
            and whole is not None
            and is_official(row.measure)
            and not any(names_own_whole(other.after) for other in mentions if other.group == mention.group)
            and since in (None, row.period_start)
        ):
            row.denominator_value = whole[0]
            row.denominator = whole[1]
        elif share and base is not None and is_official(row.measure):
            row.denominator = f"{row.measure}:{base.category}"
        if is_count and _OF_WHICH.search(_group_after(mentions, mention)):
            pending = (mention.group, _as_whole(row))


def _group_after(mentions: list[Mention], mention: Mention) -> str:
    """Return the words after the last number of a group, up to the next number."""
    return [other.after for other in mentions if other.group == mention.group][-1]


def _names_base(mention: Mention, base: Cue, words: str) -> bool:
    """Whether a number is the size of a base ("where gender was specified (4,913)")."""
    start, end = mention.candidate.start, mention.candidate.end
    if base.end <= start and re.fullmatch(r" ?\((?:n ?= ?)?", words[base.end : start]):
        return True
    return bool(
        base.start >= end
        and re.fullmatch(
            r" (?:(?:people|referrals|individuals|cases|adopted cases)(?: (?:for|in))?,? ?)?", words[end : base.start]
        )
    )


def _leave(rows: list[Statistic], timings: list[Timing], index: int, context: Context) -> None:
    """Leave period, measure, place and whole to the next sentences."""
    official = [row for row in rows if is_official(row.measure) and row.caveat != "one_case"]
    for row in official:
        if row.geography:
            context.geography = row.geography
            context.home = context.home or (row.geography if row.geography in (NATIONAL, "Scotland") else None)
    mains = [
        timing.period
        for row, timing in zip(rows, timings, strict=True)
        if row in official and timing.is_main and timing.period
    ]
    if mains:
        latest = max(mains, key=lambda period: (period[1], period[1] - period[0]))
        is_part = (
            context.period is not None
            and latest[1] - latest[0] < timedelta(days=300) < context.period[1] - context.period[0]
        )
        context.period = context.period if is_part else latest
        context.recent = latest
        if not is_part and (context.main is None or latest[1] > context.main[1]):
            context.main = latest
    if official:
        context.topic = context.topic or official[0].measure
        context.measure = official[-1].measure
        named = [(row.dimension, row.category) for row in official if row.dimension and row.category]
        context.categories = list(dict.fromkeys(named))
        counts = [row for row in official if row.kind == "count" and row.value is not None and row.direction == "level"]
        if counts:
            context.whole = (*_as_whole(counts[0]), index, counts[0].period_start)


def _as_whole(row: Statistic) -> tuple[float, str]:
    """Return a count as the whole of later shares: its value and its name as a denominator."""
    is_concern = row.dimension == "concern" and row.category is not None
    return float(row.value or 0), f"{row.measure}:{row.category}" if is_concern else row.measure


def _pass_on(words: str, dates: list[DateSpan], places: list[Place], context: Context, is_heading: bool) -> None:
    """Take over the period, place and (from a heading) measure that a sentence without numbers states for those after it."""
    named = [span for span in dates if span.form in ("financial_year", "reporting") and span.first and span.last]
    is_needed = is_heading or context.measure is None
    cues = [cue for cue in find_measures(words) if is_official(cue.measure)] if is_needed else []
    if cues and context.measure is None:
        context.measure = cues[0].measure
        groups = [cue for cue in find_categories(words) if cue.role == "category"]
        context.categories = [(str(groups[0].dimension), str(groups[0].category))] if len(groups) == 1 else []
    if len(named) == 1 and named[0].first and named[0].last:
        context.period = context.recent = (named[0].first, named[0].last)
        context.main = context.main if context.main and context.main[1] > named[0].last else context.period
    if any(place[2] == NATIONAL for place in places):
        context.geography = NATIONAL
        context.home = context.home or NATIONAL
    if any(span.form == "vague" for span in dates):
        context.period = None
    if is_heading:
        context.measure = cues[0].measure if cues else context.topic
