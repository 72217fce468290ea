"""The verdict on every stated number that the official series can judge, with its reason laid open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from helpers.claims import Claim, Refusal, missing_words, read_claim, whole_fault
from helpers.comparisons import Question, readings, years_of
from helpers.mixups import explain_difference
from helpers.official import OfficialSeries
from helpers.official_rows import Change, Figure
from helpers.official_wording import (
    MEASURE_WORDS, base_words, category_words, day_words, interval_words, number_words, period_words, release_words,
    year_words,
)  # fmt: skip
from helpers.records import Check, Document, Statistic
from helpers.shares import Reading, releases
from helpers.vocabulary import OFFICIAL_MEASURES

CLOSE = 1e-6  # floating arithmetic, not tolerance: bounds of intervals are closed
MISSING_SHARE = 0.2  # of the years of a sum that a vague wording may leave out
WORST_FIRST = ("differs", "not_comparable", "no_series", "agrees_with_other_release", "agreed_at_the_time", "agrees")


def check_statistics(
    statistics: Iterable[Statistic], documents: Iterable[Document], series: OfficialSeries, as_of: date | None = None
) -> list[Check]:
    """Judge every statistic of an official measure.

    Parameters
    ----------
    statistics : iterable of Statistic
        Those with another measure are passed over.
    documents : iterable of Document
        Their publication days say which release an author could have seen.
    series : OfficialSeries
        The official figures.
    as_of : date, optional
        Only releases certainly out on this day are used; by default everything held.

    Returns
    -------
    list of Check
        One for each judged statistic, in their order; verdicts as in the data contract, `difference` in the unit of
        the comparison (count, per cent, percentage points, times).
    """
    published = {document.document_id: document.published_date for document in documents}
    return [
        judge(statistic, published.get(statistic.document_id), series, as_of)
        for statistic in statistics
        if statistic.measure in OFFICIAL_MEASURES
    ]


def judge(statistic: Statistic, published: date | None, series: OfficialSeries, as_of: date | None = None) -> Check:
    """Return the verdict on one statistic; a number for "each" of several categories is judged for each of them."""
    if statistic.caveat == "each" and statistic.combined_with and statistic.category:
        parts = [statistic.category, *statistic.combined_with.split("|")]
        singles = [replace(statistic, category=part, combined_with=None, caveat=None) for part in parts if part]
        checks = [judge(single, published, series, as_of) for single in singles]
        worst = min(checks, key=lambda check: WORST_FIRST.index(check.verdict))
        words = zip(parts, checks, strict=False)
        reason = " ".join(f"For {category_words(part)}: {check.reason}" for part, check in words)
        return replace(worst, reason=reason)
    claim = read_claim(statistic, published, series)
    if isinstance(claim, Refusal):
        return Check(statistic.statistic_id, claim.verdict, _sentence(claim.reason))
    return _compare(statistic, claim, published, series, as_of or date.max)


def _compare(statistic: Statistic, claim: Claim, published: date | None, series: OfficialSeries, known: date) -> Check:
    """Compare a claim with the newest figures, then with those of its time, then with every other release."""
    question = claim.question
    if (broken := _break_reason(question, series)) is not None:
        return Check(statistic.statistic_id, "not_comparable", _sentence(broken))
    current = readings(series, question, known)
    fit = _fitting(current, claim)
    if fit is not None:
        if fault := whole_fault(claim, series):
            return _check(statistic, "differs" if question.denominator else "not_comparable", claim, fit,
                          f"denominator: {fault}; the number itself fits: {fit.words}")  # fmt: skip
        return _check(statistic, "agrees", claim, fit, _agreement(claim, fit, current))
    for verdict, day in _other_days(series, question, published, known):
        other = _fitting(readings(series, question, day), claim)
        if other is not None:
            reason = f"{_stated(claim)} fits {other.words}"
            if current:
                reason += (
                    f"; since revised: {current[0].words}"
                    if _is_newer(current[0], other)
                    else f"; now {current[0].words}"
                )
            return _check(statistic, verdict, claim, current[0] if current else other, reason)
    if not current:
        return _gap(statistic, claim, series, known)
    nearest = current[0]
    if any(_overlaps(reading, claim) for reading in current):
        coarse = next(reading for reading in current if _overlaps(reading, claim))
        return _check(statistic, "not_comparable", claim, coarse, _coarse(claim, coarse))
    reason = f"{_stated(claim)} does not fit {_all_words(current)}"
    hints = explain_difference(series, claim, known, lambda found, one: _fitting(found, one) is not None)
    if claim.assumed_place and question.dimension != "total":
        reason = f"geography: {claim.assumed_place}, and {reason}; it may be about another place"
        return _check(statistic, "not_comparable", claim, nearest, reason + hints)
    right = number_words(nearest.value, claim.unit)
    return _check(statistic, "differs", claim, nearest, f"{reason}{hints}. It would be right with {right}")


def _other_days(
    series: OfficialSeries, question: Question, published: date | None, known: date
) -> Iterable[tuple[str, date]]:
    """Yield the days whose figures to try after the newest: the text's own, then all others, newest first."""
    if published is not None and published < known:
        yield "agreed_at_the_time", published
    for day in reversed(series.release_days(question.geography)):
        if day <= known:
            yield "agrees_with_other_release", day


def _fitting(found: Sequence[Reading], claim: Claim) -> Reading | None:
    """Return the first reading that lies in the claim's interval for certain, or as far as vague wording allows."""
    for reading in found:
        if reading.low >= claim.low - CLOSE and reading.high <= claim.high + CLOSE:
            return reading
        if reading.missing and claim.low < claim.high and claim.low <= reading.value <= claim.high:
            if len(reading.missing) <= MISSING_SHARE * reading.n_years:
                return reading
    return None


def _overlaps(reading: Reading, claim: Claim) -> bool:
    """Say whether the true value may lie in the claim's interval as far as the tables tell."""
    return reading.low <= claim.high + CLOSE and reading.high >= claim.low - CLOSE


def _is_newer(one: Reading, other: Reading) -> bool:
    """Say whether one reading comes from a later release than another."""
    return one.figure.day > other.figure.day


def _stated(claim: Claim) -> str:
    """Return what the text states about what, and the interval that allows."""
    question = claim.question
    allowed = interval_words(claim.low, claim.high, claim.unit)
    value = "a range" if claim.value is None else number_words(claim.value, claim.unit)
    moved = {1: "a rise of ", -1: "a fall of "}[question.sign] if question.base_period else ""
    return f"{moved}{value} (the wording allows {allowed}) for {about(question)}"


def about(question: Question) -> str:
    """Return what a question is about, in words."""
    measure = MEASURE_WORDS[question.measure]
    group = "" if question.dimension == "total" else f", {' and '.join(map(category_words, question.categories))}"
    base = f" as a share of {base_words(question.denominator)}" if question.denominator else ""
    since = f" against {period_words(question.base_period)}" if question.base_period else ""
    return f"{measure}{group}{base} in {question.geography}, {period_words(question.period)}{since}"


def _agreement(claim: Claim, fit: Reading, current: Sequence[Reading]) -> str:
    """Return why a claim agrees: the figure, its base where the text names none, years left out, what was assumed."""
    reason = f"{_stated(claim)} fits {fit.words}"
    if claim.question.form == "share" and claim.question.denominator is None and fit.denominator:
        reason += f"; the text names no whole, {base_words(fit.denominator)} fits"
    if fit.missing:
        years = years_of(claim.question.period, claim.question.known_by)
        reason += (
            f"; no figure is held for {missing_words(fit.missing)}, {fit.n_years - len(fit.missing)} of {fit.n_years} "
            f"years are, which the wording allows"
        )
        reason += f" (years that had ended and were out: up to {year_words(years[-1])})" if years else ""
    if claim.assumed_place:
        reason += f"; {claim.assumed_place}"
    return reason


def _coarse(claim: Claim, reading: Reading) -> str:
    """Return why the tables cannot decide."""
    if reading.missing:
        return (
            f"period: {_stated(claim)} cannot be judged, as no figure is held for {missing_words(reading.missing)}; "
            f"the years held give {reading.words}"
        )
    known = interval_words(reading.low, reading.high, claim.unit)
    return f"measure: {_stated(claim)} may be right, but the official figure is only known as {known}: {reading.words}"


def _gap(statistic: Statistic, claim: Claim, series: OfficialSeries, known: date) -> Check:
    """Return the verdict where the tables have no answer at all, with what they do hold."""
    question = claim.question
    if len(question.categories) > 1:
        lacking = [one for one in question.subjects() if not releases(series, one, question.period, known)]
        names = ", ".join(category_words(one.category) for one in lacking) or "the whole"
        reason = f"category: the number is for several categories together, and no figure is held for {names}"
        return Check(statistic.statistic_id, "not_comparable", _sentence(reason))
    subject = question.subjects()[0].official()
    held = series.periods_of(subject.measure, subject.dimension, subject.category, subject.geography)
    years = sorted({year_words(start) for start, end in held if (start.month, end.month) == (4, 3)})
    reason = f"the official tables hold no figure for {about(question)}"
    reason += f"; for this category they hold {', '.join(years)}" if years else ""
    return Check(statistic.statistic_id, "no_series", _sentence(reason))


def _break_reason(question: Question, series: OfficialSeries) -> str | None:
    """Return the break that a change or a sum crosses, if any."""
    starts = [question.period[0], (question.base_period or question.period)[0]]
    if question.base_period is None:
        starts.extend(years_of(question.period, question.known_by)[-1:])
    for category in question.categories:
        day = series.break_between(question.dimension, category, min(starts), max(starts))
        if day is not None:
            return (
                f"category: the list of concern types was drawn up anew for {year_words(day)}, so "
                f"{category_words(category)} before and after are not one series"
            )
    return None


def _all_words(current: Sequence[Reading]) -> str:
    """Return what was tried, the first three in full."""
    words = list(dict.fromkeys(reading.words for reading in current))
    return "; nor ".join(words[:3]) + (f" (nor {len(words) - 3} further readings)" if len(words) > 3 else "")


def _check(statistic: Statistic, verdict: str, claim: Claim, reading: Reading, reason: str) -> Check:
    """Return the row, with the official value that it was compared with."""
    figure: Figure | Change = reading.figure
    difference = None if claim.value is None else round(claim.value - reading.value, 6)
    return Check(
        statistic.statistic_id, verdict, _sentence(reason), round(reading.value, 6), figure.release,
        figure.published or None, figure.source_url, difference,
    )  # fmt: skip


def _sentence(words: str) -> str:
    """Return words as a sentence."""
    return f"{words[0].upper()}{words[1:]}."
