"""The official answer to the question that a stated number answers: levels, and changes between two periods."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from helpers.checks.levels import counts, is_same_kind, rates, shares
from helpers.checks.questions import Question
from helpers.official.series import OfficialSeries
from helpers.official.shares import Reading
from helpers.official.wording import is_financial_year, number_words, period_words, release_words


def readings(series: OfficialSeries, question: Question, day: date) -> list[Reading]:
    """Return every value that the tables as known on `day` give as an answer, the usual one first; empty: none held.

    Parameters
    ----------
    series : OfficialSeries
        Its `memo` keeps the answers, as many statistics ask the same.
    question : Question
        What is asked.
    day : date
        Only releases certainly out on this day are used.
    """
    days = series.release_days(question.geography)
    newest = bisect_right(days, day)
    if newest == 0:
        return []
    return series.remember((question, newest), lambda: FORMS[question.form](series, question, days[newest - 1]))


def earlier_readings(series: OfficialSeries, question: Question, day: date) -> list[Reading]:
    """Return what the tables gave at any time up to a day, newest first, each value once."""
    days = [one for one in reversed(series.release_days(question.geography)) if one <= day]

    def collect() -> list[Reading]:
        return list(dict.fromkeys(reading for one in days for reading in readings(series, question, one)))

    return series.remember((question, "earlier", len(days)), collect)


def _changes(series: OfficialSeries, question: Question, day: date) -> list[Reading]:
    """Return the change in per cent: as published, as the counts give it, and for a share as the shares give it."""
    found = _published_changes(series, question, day) if question.denominator is None else []
    for later, earlier in _pairs(series, question, day):
        value, low, high = (100 * (ratio - 1) for ratio in _ratio(later, earlier))
        found.append(_moved(question, value, low, high, later, earlier, "%"))
    return found


def _multiples(series: OfficialSeries, question: Question, day: date) -> list[Reading]:
    """Return later over earlier; for "fell threefold" (a multiple above one) earlier over later."""
    found = []
    for later, earlier in _pairs(series, question, day):
        value, low, high = _ratio(later, earlier) if question.sign > 0 else _ratio(earlier, later)
        moved = _moved(replace(question, sign=1), value, low, high, later, earlier, " times")
        found.append(moved)
    return found


def _points(series: OfficialSeries, question: Question, day: date) -> list[Reading]:
    """Return the difference of two shares in percentage points, as they are and then as they are printed, in whole."""
    exact = _share_pairs(series, question, day)
    whole = [(_in_whole(later), _in_whole(earlier)) for later, earlier in exact]
    return [
        _moved(question, *_gap(later, earlier), later, earlier, " percentage points")
        for later, earlier in [*exact, *(pair for pair in whole if pair not in exact)]
    ]


def _in_whole(share: Reading) -> Reading:
    """Return a share in whole per cent."""
    value = float(round(share.value))
    return replace(share, value=value, low=value, high=value, words=f"{share.words}, in whole {value:.0f}%")


def _differences(series: OfficialSeries, question: Question, day: date) -> list[Reading]:
    """Return the difference of two counts."""
    return [
        _moved(question, *_gap(later, earlier), later, earlier, "")
        for later, earlier in _count_pairs(series, question, day)
    ]


def _count_pairs(series: OfficialSeries, question: Question, day: date) -> list[tuple[Reading, Reading]]:
    """Return the later and the earlier count."""
    earlier = counts(series, question, day, question.base_period)
    return [(one, other) for one in counts(series, question, day) for other in earlier if not one.missing]


def _share_pairs(series: OfficialSeries, question: Question, day: date) -> list[tuple[Reading, Reading]]:
    """Return later and earlier shares of the same kind on the same base."""
    earlier = shares(series, question, day, question.base_period)
    return [
        (share, other) for share in shares(series, question, day) for other in earlier if is_same_kind(share, other)
    ]


def _pairs(series: OfficialSeries, question: Question, day: date) -> list[tuple[Reading, Reading]]:
    """Return counts to compare, and shares where the text names a whole or counts are not held for both periods."""
    counts = _count_pairs(series, question, day) if question.denominator is None else []
    pairs = counts or _share_pairs(series, question, day)
    return [(later, earlier) for later, earlier in pairs if later.low > 0 and earlier.low > 0]


def _published_changes(series: OfficialSeries, question: Question, day: date) -> list[Reading]:
    """Return the published change of one category between two financial years, newest release first."""
    base = question.base_period
    if base is None or len(question.categories) > 1 or not all(map(is_financial_year, (base, question.period))):
        return []
    one = question.subjects()[0]
    held = series.changes_of(one.measure, one.dimension, one.category, question.period[0], base[0], one.geography)
    found = []
    for change in reversed([change for change in held if change.day <= day]):
        words = f"the published {change.percent:+g}% ({release_words(change)})"
        value = change.percent * question.sign
        rounding = 0.5 if change.percent == int(change.percent) else 0.05
        found.append(Reading(value, value, value, words, change, rounding=rounding, is_published=True))
    return found


def _ratio(later: Reading, earlier: Reading) -> tuple[float, float, float]:
    """Return later over earlier with its bounds."""
    return later.value / earlier.value, later.low / earlier.high, later.high / earlier.low


def _gap(later: Reading, earlier: Reading) -> tuple[float, float, float]:
    """Return later less earlier with its bounds."""
    return later.value - earlier.value, later.low - earlier.high, later.high - earlier.low


def _moved(
    question: Question, value: float, low: float, high: float, later: Reading, earlier: Reading, unit: str
) -> Reading:
    """Return a change as a reading in the direction that the text states."""
    start = period_words(question.base_period) if question.base_period else "the year before"
    words = f"the move from {earlier.words} in {start} to {later.words}, that is {number_words(value, unit)}"
    ends = sorted((low * question.sign, high * question.sign))
    return replace(later, value=value * question.sign, low=ends[0], high=ends[1], words=words)


Answer = Callable[[OfficialSeries, Question, date], list[Reading]]
FORMS: dict[str, Answer] = {
    "count": counts,
    "share": shares,
    "rate": rates,
    "change": _changes,
    "points": _points,
    "difference": _differences,
    "multiple": _multiples,
}
