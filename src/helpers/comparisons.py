"""The official side of a comparison: what the tables give for the question that a stated number answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from helpers.official import OfficialSeries, financial_year
from helpers.official_rows import Period
from helpers.official_wording import base_words, is_financial_year, number_words, period_words, release_words
from helpers.shares import Reading, Subject, answering, count_readings, releases, share_readings

DAYS_PER = {"day": 1.0, "week": 7.0, "month": 365.25 / 12, "year": 365.25}


@dataclass(frozen=True, slots=True)
class Question:
    """What a stated number says, without the number: equal questions have equal official answers.

    `form` is ``count``, ``share``, ``rate``, ``change`` (per cent), ``points``, ``difference`` (of counts) or
    ``multiple``; the last four run from `base_period` to `period`. `sign` is -1 for a fall. `categories` are taken
    together. `known_by` is the day up to which years count into a sum.
    """

    form: str
    measure: str
    dimension: str
    categories: tuple[str, ...]
    geography: str
    period: Period
    base_period: Period | None = None
    sign: int = 1
    denominator: str | None = None
    per: str | None = None
    known_by: date = date.max

    def subjects(self) -> list[Subject]:
        """Return one subject for each category."""
        return [Subject(self.measure, self.dimension, category, self.geography) for category in self.categories]


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
    key = (question, day)
    if key not in series.memo:
        series.memo[key] = FORMS[question.form](series, question, day)
    found: list[Reading] = series.memo[key]
    return found


def years_of(period: Period, known_by: date) -> list[date]:
    """Return the first days of the financial years that a longer period stands for, as far as ended by a day.

    A period that begins with a month (``2015-04-01``, ``2015-01-01``) takes the years that lie wholly in it; one that
    runs up to a day ("the last decade") takes the years that ended in it.
    """
    start, end = period
    wholly = start.day == 1 and start.month in (1, 4)
    years = [date(year, 4, 1) for year in range(start.year - 1, end.year + 1)]
    ended = [year for year in years if start < financial_year(year)[1] <= min(end, known_by)]
    return [year for year in ended if year >= start] if wholly else ended


def is_long(period: Period) -> bool:
    """Say whether a period is longer than a year, so that it takes a sum."""
    return (period[1] - period[0]).days > 366


def level_counts(series: OfficialSeries, subject: Subject, period: Period, day: date, known_by: date) -> list[Reading]:
    """Return the count of a period: held as such, or a sum of the quarters or financial years in it."""
    if found := count_readings(series, subject, period, day):
        return found
    if is_long(period):
        years = [year for year in years_of(period, known_by) if year_was_out(series, subject, year, known_by)]
        return _summed(series, subject, [financial_year(year) for year in years], day)
    quarters = [
        held
        for held in series.periods_of(subject.measure, subject.dimension, subject.category, subject.geography)
        if period[0] <= held[0] and held[1] <= period[1]
    ]
    tiled = all(one[1] + timedelta(days=1) == other[0] for one, other in zip(quarters, quarters[1:], strict=False))
    if quarters and tiled and (quarters[0][0], quarters[-1][1]) == period:
        return _summed(series, subject, quarters, day)
    return []


def year_was_out(series: OfficialSeries, subject: Subject, year: date, known_by: date) -> bool:
    """Say whether a year's figures were out by a day; a year before the series counts as out, so that it is missed."""
    name = subject.official()
    held = series.releases_of(name.measure, "total", "total", financial_year(year), name.geography)
    return not held or held[0].day <= known_by


def _summed(series: OfficialSeries, subject: Subject, periods: list[Period], day: date) -> list[Reading]:
    """Return the sum over periods; its upper bound is open when some have no figure."""
    parts = {period: found[0] for period in periods if (found := count_readings(series, subject, period, day))}
    if not parts:
        return []
    missing = tuple(start for start, end in periods if (start, end) not in parts)
    value = sum(part.value for part in parts.values())
    high = float("inf") if missing else sum(part.high for part in parts.values())
    spelt = " + ".join(number_words(part.value) for part in parts.values())
    words = f"{spelt} = {number_words(value)}, newest revision of each"
    newest = max((part.figure for part in parts.values()), key=lambda figure: (figure.day, figure.release))
    low = sum(part.low for part in parts.values())
    return [Reading(value, low, high, words, newest, missing=missing, n_years=len(periods))]


def _counts(series: OfficialSeries, question: Question, day: date, period: Period | None = None) -> list[Reading]:
    """Return the count of all categories together."""
    period = period or question.period
    parts = [level_counts(series, one, period, day, question.known_by) for one in question.subjects()]
    if not all(parts):
        return []
    return [_added([part[0] for part in parts])]


def _shares(series: OfficialSeries, question: Question, day: date, period: Period | None = None) -> list[Reading]:
    """Return the shares of all categories together, base by base."""
    period = period or question.period
    if is_long(period):
        return _shares_over_years(series, question, day, period)
    parts = [share_readings(series, one, period, day) for one in question.subjects()]
    first = answering(parts[0], question.denominator)
    if len(parts) == 1:
        return first
    found = []
    for share in first:
        same = [[other for other in part if _same_kind(share, other)][:1] for part in parts[1:]]
        if all(same):
            found.append(_added([share, *(one[0] for one in same)]))
    return found


def _shares_over_years(series: OfficialSeries, question: Question, day: date, period: Period) -> list[Reading]:
    """Return the share that a sum over years is of the sum of its whole."""
    measure = (question.denominator or question.measure).split(":")[0]
    if question.dimension == "total" and question.denominator is None:
        measure = "referrals"
    whole_question = replace(question, measure=measure, dimension="total", categories=("total",))
    part, whole = _counts(series, question, day, period), _counts(series, whole_question, day, period)
    if not part or not whole or part[0].missing or whole[0].missing or whole[0].low <= 0:
        return []
    ends = [100 * part[0].low / whole[0].high, 100 * part[0].high / whole[0].low]
    value = 100 * part[0].value / whole[0].value
    words = (
        f"{number_words(part[0].value)} of {number_words(whole[0].value)} = {number_words(value, '%')} of "
        f"{base_words(measure)} over the years"
    )
    return [Reading(value, ends[0], ends[1], words, part[0].figure, measure, (measure,))]


def _rates(series: OfficialSeries, question: Question, day: date) -> list[Reading]:
    """Return the count spread evenly over the days of the period; nothing is held per head."""
    if question.per not in DAYS_PER:
        return []
    counts = _counts(series, question, day)
    if not counts or counts[0].missing:
        return []
    n_days = (question.period[1] - question.period[0]).days + 1
    if is_long(question.period):
        n_days = sum((end - start).days + 1 for start, end in map(financial_year, _years(question)))
    share = DAYS_PER[question.per] / n_days if not _is_whole_year(question) else 1.0
    value, low, high = (amount * share for amount in (counts[0].value, counts[0].low, counts[0].high))
    words = f"{counts[0].words}, over {n_days} days {number_words(value)} a {question.per}"
    return [replace(counts[0], value=value, low=low, high=high, words=words)]


def _years(question: Question) -> list[date]:
    """Return the financial years in the question's period."""
    return years_of(question.period, question.known_by)


def _is_whole_year(question: Question) -> bool:
    """Say whether the rate is a year's count by the year."""
    return question.per == "year" and not is_long(question.period)


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
    """Return the difference of two shares in percentage points."""
    return [
        _moved(question, *_gap(later, earlier), later, earlier, " percentage points")
        for later, earlier in _share_pairs(series, question, day)
    ]


def _differences(series: OfficialSeries, question: Question, day: date) -> list[Reading]:
    """Return the difference of two counts."""
    return [
        _moved(question, *_gap(later, earlier), later, earlier, "")
        for later, earlier in _count_pairs(series, question, day)
    ]


def _count_pairs(series: OfficialSeries, question: Question, day: date) -> list[tuple[Reading, Reading]]:
    """Return the later and the earlier count."""
    earlier = _counts(series, question, day, question.base_period)
    return [(one, other) for one in _counts(series, question, day) for other in earlier if not one.missing]


def _share_pairs(series: OfficialSeries, question: Question, day: date) -> list[tuple[Reading, Reading]]:
    """Return later and earlier shares of the same kind on the same base."""
    earlier = _shares(series, question, day, question.base_period)
    return [(share, other) for share in _shares(series, question, day) for other in earlier if _same_kind(share, other)]


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
        words = f"published as {change.percent:+g}% ({release_words(change)})"
        value = change.percent * question.sign
        found.append(Reading(value, value, value, words, change))
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
    words = f"from {earlier.words} in {start} to {later.words}, that is {number_words(value, unit)}"
    ends = sorted((low * question.sign, high * question.sign))
    return replace(later, value=value * question.sign, low=ends[0], high=ends[1], words=words)


def _same_kind(share: Reading, other: Reading) -> bool:
    """Say whether two shares are on one base and both published or both computed."""
    return share.denominator == other.denominator and share.words.startswith("pub") == other.words.startswith("pub")


def _added(parts: list[Reading]) -> Reading:
    """Return readings of several categories taken together."""
    first = parts[0]
    if len(parts) == 1:
        return first
    value, low, high = (sum(getattr(part, name) for part in parts) for name in ("value", "low", "high"))
    words = f"{' + '.join(part.words for part in parts)}, together {number_words(value)}"
    missing = tuple(sorted({year for part in parts for year in part.missing}))
    return replace(first, value=value, low=low, high=high, words=words, missing=missing)


def held_anywhere(series: OfficialSeries, subjects: Iterable[Subject], period: Period) -> bool:
    """Say whether any release holds every one of these subjects in a period."""
    return all(releases(series, subject, period, date.max) for subject in subjects)


Answer = Callable[[OfficialSeries, Question, date], list[Reading]]
FORMS: dict[str, Answer] = {
    "count": _counts,
    "share": _shares,
    "rate": _rates,
    "change": _changes,
    "points": _points,
    "difference": _differences,
    "multiple": _multiples,
}
