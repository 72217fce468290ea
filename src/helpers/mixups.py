"""Common mix-ups: which other official figure a number that differs would fit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from helpers.claims import Claim
from helpers.comparisons import readings
from helpers.levels import Question
from helpers.official import OfficialSeries
from helpers.official_wording import MEASURE_WORDS, base_words, category_words, period_words
from helpers.shares import Reading

MAX_HINTS = 2
# A category and the one that takes it together with its neighbour.
COMBINED = {
    "no_ideology_identified": "no_ideology_combined",
    "no_ideology_other_susceptibility": "no_ideology_combined",
}
Fits = Callable[[Sequence[Reading]], bool]


def explain_difference(series: OfficialSeries, claim: Claim, known: date, fits: Fits) -> str:
    """Return what would explain a number that differs, as further clauses of its reason; empty when nothing does.

    Parameters
    ----------
    series : OfficialSeries
    claim : Claim
        The number that no release bears out.
    known : date
        Day up to which releases are used.
    fits : callable
        Says whether any of the readings lies in the claim's interval.

    Notes
    -----
    A share of two digits fits some other figure by chance quite often, so hints say "it would fit", never "it is".
    """
    hints: list[str] = []
    for question, words in _variants(series, claim.question):
        if fits(readings(series, question, known)):
            hints.append(words)
            if len(hints) == MAX_HINTS:
                break
    return f"; it would fit {', or '.join(hints)}" if hints else ""


def _variants(series: OfficialSeries, question: Question) -> Iterator[tuple[Question, str]]:
    """Yield neighbouring questions, likeliest mix-up first, and how to name each."""
    yield from _other_forms(question)
    if question.denominator is not None and question.form == "share":
        yield replace(question, denominator=None), f"another whole than {base_words(question.denominator)}"
    if len(question.categories) > 1:
        for category in question.categories:
            yield replace(question, categories=(category,)), f"{category_words(category)} alone"
    elif (category := question.categories[0]) in COMBINED:
        both = COMBINED[category]
        yield replace(question, categories=(both,)), f"{category_words(both)}, which takes two categories together"
    elif category in COMBINED.values():
        for part in (part for part, both in COMBINED.items() if both == category):
            yield replace(question, categories=(part,)), f"{category_words(part)} alone, one of the two taken together"
    for measure in MEASURE_WORDS:
        is_share_of_itself = question.form == "share" and (measure, question.dimension) == ("referrals", "total")
        if measure != question.measure and not is_share_of_itself:
            kept = question.denominator if question.dimension == "total" else None
            other = replace(question, measure=measure, denominator=kept)
            yield other, f"{MEASURE_WORDS[measure]} rather than {MEASURE_WORDS[question.measure]}"
    yield from _other_years(series, question)
    for place in series.places():
        if place != question.geography:
            yield replace(question, geography=place), f"{place} rather than {question.geography}"
    for category in series.categories_of(question.measure, question.dimension):
        if category not in question.categories and len(question.categories) == 1:
            yield replace(question, categories=(category,)), f"{category_words(category)} in the same period"


def _other_forms(question: Question) -> Iterator[tuple[Question, str]]:
    """Yield the change turned round, and per cent for percentage points and the other way about."""
    if question.base_period is None:
        return
    flipped = "a fall instead of a rise" if question.sign > 0 else "a rise instead of a fall"
    yield replace(question, sign=-question.sign), flipped
    if question.form == "change":
        yield replace(question, form="points"), "a change in percentage points, which is not per cent"
        yield replace(question, form="difference"), "a difference of counts, which is not per cent"
    if question.form == "points":
        yield replace(question, form="change", denominator=None), "a change in per cent, which is not percentage points"


def _other_years(series: OfficialSeries, question: Question) -> Iterator[tuple[Question, str]]:
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
        base = tuple(day.replace(year=day.year + shift) for day in question.base_period)
        moved = replace(question, period=period, base_period=(base[0], base[1]))
        yield moved, f"the change to {period_words(period)} instead"
