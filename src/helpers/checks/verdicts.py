"""The verdict on every stated number that the official series can judge, with its reason laid open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from helpers.checks import reasons
from helpers.checks.claims import Claim, Refusal, period_candidates, read_claim, whole_fault
from helpers.checks.comparisons import earlier_readings, readings
from helpers.checks.mixups import explain_difference
from helpers.checks.superlatives import judge_rank
from helpers.official.series import OfficialSeries
from helpers.official.shares import Reading
from helpers.official.wording import category_words, period_words
from helpers.records import Check, Document, Statistic
from helpers.vocabulary import OFFICIAL_MEASURES

CLOSE = 1e-6  # floating arithmetic, no tolerance: bounds of intervals are closed
MISSING_SHARE = 0.2  # of the years of a sum, which a vague wording may leave out
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
        One for each judged statistic, in their order; verdicts as in the data contract, `official_value` and
        `difference` in the unit of the comparison (count, per cent, percentage points, times).
    """
    published = {document.document_id: document.published_date for document in documents}
    return [
        judge(statistic, published.get(statistic.document_id), series, as_of)
        for statistic in statistics
        if statistic.measure in OFFICIAL_MEASURES
    ]


def judge(statistic: Statistic, published: date | None, series: OfficialSeries, as_of: date | None = None) -> Check:
    """Return the verdict on one statistic; a number for "each" of several categories is judged for each of them."""
    known = as_of or date.max
    if statistic.caveat == "each" and statistic.combined_with and statistic.category:
        parts = [part for part in (statistic.category, *statistic.combined_with.split("|")) if part]
        singles = [replace(statistic, category=part, combined_with=None, caveat=None) for part in parts]
        checks = [judge(single, published, series, as_of) for single in singles]
        worst = min(checks, key=lambda check: WORST_FIRST.index(check.verdict))
        each = (f"For {category_words(part)}: {check.reason}" for part, check in zip(parts, checks, strict=True))
        return replace(worst, reason=" ".join(each))
    claim = read_claim(statistic, published, series)
    if isinstance(claim, Refusal):
        reason = claim.reason + _fitting_years(statistic, claim, series, known)
        return Check(statistic.statistic_id, claim.verdict, reasons.as_sentence(reason))
    check = _compare(statistic.statistic_id, claim, published, series, known)
    check.reason += judge_rank(statistic, claim, series, known)
    return check


def _compare(statistic_id: str, claim: Claim, published: date | None, series: OfficialSeries, known: date) -> Check:
    """Compare a claim with the newest figures, then with those of its own time, then with every other release."""
    question = claim.question
    if broken := reasons.broken_category(question, series):
        return Check(statistic_id, "not_comparable", reasons.as_sentence(broken))
    current = readings(series, question, known)
    then = readings(series, question, min(published, known)) if published else []
    if fit := _fitting(current, claim):
        reason, fault = reasons.agreement(claim, fit, then), whole_fault(claim, series)
        if fault:
            verdict = "differs" if question.denominator else "not_comparable"
            return _check(statistic_id, verdict, claim, fit, f"denominator: {fault}, although {reason}")
        return _check(statistic_id, "agrees", claim, fit, reason)
    if fit := _fitting(then, claim):
        reason = reasons.revision(claim, fit, current)
        return _check(statistic_id, "agreed_at_the_time", claim, (current or then)[0], reason)
    if fit := _fitting(earlier_readings(series, question, known), claim):
        reason = reasons.revision(claim, fit, current)
        return _check(statistic_id, "agrees_with_other_release", claim, (current or [fit])[0], reason)
    if not current:
        if len(question.categories) > 1:
            reason = reasons.lacking_categories(claim, series, known)
            return Check(statistic_id, "not_comparable", reasons.as_sentence(reason))
        hints = explain_difference(series, question, known, lambda found: _fitting(found, claim))
        return Check(statistic_id, "no_series", reasons.as_sentence(reasons.gap(claim, series) + hints))
    return _differing(statistic_id, claim, current, series, known)


def _differing(
    statistic_id: str, claim: Claim, current: Sequence[Reading], series: OfficialSeries, known: date
) -> Check:
    """Return the verdict on a claim that nothing bears out: the tables may be too coarse, or the place unsure."""
    for reading in current:
        if _may_hold(reading, claim):
            verdict = "not_comparable" if reading.missing else "no_series"
            found = _check(statistic_id, verdict, claim, reading, reasons.too_coarse(claim, reading))
            return found if reading.missing else replace(found, official_value=None, difference=None)  # a mere bound
    hints = explain_difference(series, claim.question, known, lambda found: _fitting(found, claim))
    reason = reasons.difference(claim, current, hints)
    if claim.assumed_place and _is_far_smaller(claim, current[0]):
        reason = f"geography: {claim.assumed_place}, and it may be about another place; {reason}"
        return _check(statistic_id, "not_comparable", claim, current[0], reason)
    if claim.assumed_place:
        reason = f"{reason} ({claim.assumed_place})"
    return _check(statistic_id, "differs", claim, current[0], reason)


def _is_far_smaller(claim: Claim, reading: Reading) -> bool:
    """Say whether a count is less than half the national one, as the count of a town or a group would be."""
    return claim.question.form == "count" and claim.high < reading.low / 2


def _fitting(found: Sequence[Reading], claim: Claim) -> Reading | None:
    """Return the first reading that lies in the claim's interval for certain, or as far as vague wording allows."""
    for reading in found:
        if reading.low >= claim.low - CLOSE and reading.high <= claim.high + CLOSE:
            return reading
        is_vague = claim.low < claim.high and len(reading.missing) <= MISSING_SHARE * reading.n_years
        if reading.missing and is_vague and claim.low <= reading.value <= claim.high:
            return reading
    return None


def _may_hold(reading: Reading, claim: Claim) -> bool:
    """Say whether the true value may lie in the claim's interval, as the tables only bound it or print it rounded."""
    if reading.low == reading.high:
        is_finer = claim.high - claim.low < 2 * reading.rounding
        return is_finer and abs((claim.low + claim.high) / 2 - reading.value) < reading.rounding
    return reading.low <= claim.high + CLOSE and reading.high >= claim.low - CLOSE


def _fitting_years(statistic: Statistic, refusal: Refusal, series: OfficialSeries, known: date) -> str:
    """Return which years a number without a period would fit, as a help to a reviewer."""
    if not refusal.reason.startswith("period:"):
        return ""
    fitting = []
    for period in period_candidates(statistic, series):
        claim = read_claim(replace(statistic, period_start=period[0], period_end=period[1]), None, series)
        if isinstance(claim, Claim) and _fitting(readings(series, claim.question, known), claim):
            fitting.append(period_words(period))
    return f"; it would fit {' or '.join(fitting)}" if fitting else ""


def _check(statistic_id: str, verdict: str, claim: Claim, reading: Reading, reason: str) -> Check:
    """Return the row, with the official value that the number was compared with."""
    gap = None if claim.value is None else round(claim.value - reading.value, 6)
    figure = reading.figure
    is_bounded = reading.low < reading.high < float("inf")
    bounds = (round(reading.low, 6), round(reading.high, 6)) if is_bounded else (None, None)
    return Check(
        statistic_id, verdict, reasons.as_sentence(reason), round(reading.value, 6), figure.release,
        figure.published or None, figure.source_url, gap, *bounds,
    )  # fmt: skip
