"""Common mix-ups: which other official figure a number that differs would fit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from helpers.checks.comparisons import readings
from helpers.checks.questions import Question
from helpers.official.series import OfficialSeries
from helpers.official.shares import Reading
from helpers.official.wording import MEASURE_WORDS, base_words, category_words, period_words

MAX_HINTS = 2
# A category, and the one that takes it together with its neighbour.
COMBINED = {
    "no_ideology_identified": "no_ideology_combined",
    "no_ideology_other_susceptibility": "no_ideology_combined",
}
Fitting = Callable[[Sequence[Reading]], Reading | None]
Variants = Iterator[tuple[Question, str]]


def explain_difference(series: OfficialSeries, question: Question, known: date, fitting: Fitting) -> str:
    """Return what would explain a number that differs, as a further clause of its reason; empty when nothing does.

    Parameters
    ----------
    series : OfficialSeries
        The official figures.
    question : Question
        What the number answers, though no release bears it out.
    known : date
        Day up to which releases are used.
    fitting : callable
        Returns the reading that the number fits, if any.

    Notes
    -----
    A share of two digits fits some other figure by chance quite often, so the clause says that it would fit, no more.
    """
    hints: list[str] = []

    def collect() -> list[tuple[list[Reading], str]]:
        found = ((readings(series, variant, known), words) for variant, words in _variants(series, question))
        return [(values, words) for values, words in found if values]

    for values, words in series.remember((question, "mixups", known), collect):
        if fit := fitting(values):
            hints.append(words.format(base=base_words(fit.denominator or question.measure)))
            if len(hints) == MAX_HINTS:
                break
    return f"; it would fit {', or '.join(hints)}" if hints else ""


def _variants(series: OfficialSeries, question: Question) -> Variants:
    """Yield neighbouring questions, likeliest mix-up first, and how to name each."""
    yield from _other_forms(question)
    if question.denominator is not None and question.form == "share":
        yield replace(question, denominator=None), "a share of {base}"
    yield from _joined_or_single(question)
    yield from _other_measures(question)
    yield from _other_years(series, question)
    for place in series.places():
        if place != question.geography:
            yield replace(question, geography=place), f"{place} rather than {question.geography}"
    for category in series.categories_of(question.measure, question.dimension):
        if len(question.categories) == 1 and category != question.categories[0] and category not in COMBINED.values():
            yield replace(question, categories=(category,)), f"{category_words(category)} in the same period"


def _other_forms(question: Question) -> Variants:
    """Yield the change turned round, and per cent for percentage points and the other way about."""
    if question.base_period is None:
        return
    yield replace(question, sign=-question.sign), "the opposite direction"
    if question.form == "change":
        yield replace(question, form="points"), "a change in percentage points, which is not per cent"
        yield replace(question, form="difference"), "a difference of counts, which is not per cent"
    if question.form == "points":
        yield replace(question, form="change"), "a change in per cent, which is not percentage points"
        yield replace(question, form="change", denominator=None), "a change of the count in per cent"


def _joined_or_single(question: Question) -> Variants:
    """Yield one category for several taken together, and the other way about."""
    if len(question.categories) > 1:
        for category in question.categories:
            yield replace(question, categories=(category,)), f"{category_words(category)} alone"
        return
    category = question.categories[0]
    if category in COMBINED:
        both = COMBINED[category]
        yield replace(question, categories=(both,)), f"{category_words(both)}, which takes two categories together"
    for part in (part for part, both in COMBINED.items() if both == category):
        yield replace(question, categories=(part,)), f"{category_words(part)} alone, one of the two taken together"


def _other_measures(question: Question) -> Variants:
    """Yield referrals for Channel cases, discussed for adopted ones and so on."""
    for measure, words in MEASURE_WORDS.items():
        is_share_of_itself = question.form == "share" and (measure, question.dimension) == ("referrals", "total")
        if measure != question.measure and not is_share_of_itself:
            base = question.denominator if question.dimension == "total" else None
            yield (
                replace(question, measure=measure, denominator=base),
                f"{words} rather than {MEASURE_WORDS[question.measure]}",
            )


def _other_years(series: OfficialSeries, question: Question) -> Variants:
    """Yield the same question for every other period of the same length that is held, nearest first."""
    subject = question.subjects()[0].official()
    start, end = question.period
    held = series.periods_of(subject.measure, subject.dimension, subject.category, subject.geography)
    alike = [one for one in held if one != question.period and abs((one[1] - one[0]).days - (end - start).days) < 3]
    for period in sorted(alike, key=lambda one: abs((one[0] - start).days)):
        if question.base_period is None:
            yield replace(question, period=period), f"{period_words(period)} instead"
            continue
        shift = period[0].year - start.year
        if all(0 < day.year + shift <= date.max.year for day in question.base_period):
            first, last = (_shifted(day, shift) for day in question.base_period)
            moved = replace(question, period=period, base_period=(first, last))
            yield moved, f"the change to {period_words(period)} instead"


def _shifted(day: date, years: int) -> date:
    """Return the same day some years on (28 February for a 29th that is not there)."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
