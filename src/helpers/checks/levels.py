"""What the tables give at a level: counts, shares and rates of one or more categories over a period of any length."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from helpers.checks.questions import Question, is_long, years_of
from helpers.official.rows import Period
from helpers.official.series import OfficialSeries, financial_year
from helpers.official.shares import Reading, Subject, answering, count_readings, releases, share_readings
from helpers.official.wholes import TOTAL
from helpers.official.wording import base_words, is_financial_year, number_words, period_words

# Groups that the tables also hold in parts.
PARTS = {
    "age_20_and_under": ("under_15", "age_15_20"),
    "under_18": ("age_10_and_under", "age_11_15", "age_16_17"),
    "no_ideology_combined": ("no_ideology_identified", "no_ideology_other_susceptibility"),
}
PER_YEAR = {"month": 12, "year": 1}  # a leap year is one year, a month a twelfth of it
DAYS_PER = {"hour": 1 / 24, "day": 1.0, "week": 7.0, "month": 365.25 / 12, "year": 365.25}


def level_counts(series: OfficialSeries, subject: Subject, period: Period, day: date, known_by: date) -> list[Reading]:
    """Return the count of a period: held as such, or a sum of the quarters or financial years in it."""
    if found := count_readings(series, subject, period, day):
        return found
    if is_long(period):
        return _summed(series, subject, _years_out(series, subject, period, known_by), day)
    quarters = [
        held
        for held in series.periods_of(subject.measure, subject.dimension, subject.category, subject.geography)
        if period[0] <= held[0] and held[1] <= period[1]
    ]
    tiled = all(one[1] + timedelta(days=1) == other[0] for one, other in pairwise(quarters))
    if quarters and tiled and (quarters[0][0], quarters[-1][1]) == period:
        return _summed(series, subject, quarters, day)
    return []


def _years_out(series: OfficialSeries, subject: Subject, period: Period, known_by: date) -> list[Period]:
    """Return the years of a period that were out by a day; one not held counts as out when a later one is held."""
    measure, place = subject.official().measure, subject.geography
    held = series.periods_of(measure, *TOTAL, place)
    found = []
    for year in map(financial_year, years_of(period, known_by)):
        first = series.releases_of(measure, *TOTAL, year, place)[:1]
        if first[0].day <= known_by if first else bool(held) and year < held[-1]:
            found.append(year)
    return found


def _summed(series: OfficialSeries, subject: Subject, periods: list[Period], day: date) -> list[Reading]:
    """Return the sum over periods; its upper bound is open when some have no figure."""
    parts = {period: found[0] for period in periods if (found := count_readings(series, subject, period, day))}
    if not parts:
        return []
    missing = tuple(start for start, end in periods if (start, end) not in parts)
    value = sum(part.value for part in parts.values())
    high = float("inf") if missing else sum(part.high for part in parts.values())
    spelt = " + ".join(number_words(part.value) for part in parts.values())
    first, last = period_words(min(parts)), period_words(max(parts))
    words = f"{spelt} = {number_words(value)}, from {first} to {last}, newest revision of each"
    if len(parts) == 1:
        words = f"{spelt} for {first}"
    newest = max((part.figure for part in parts.values()), key=lambda figure: (figure.day, figure.release))
    low = sum(part.low for part in parts.values())
    return [Reading(value, low, high, words, newest, missing=missing, n_years=len(periods))]


def counts(series: OfficialSeries, question: Question, day: date, period: Period | None = None) -> list[Reading]:
    """Return the count of all categories together."""
    period = period or question.period
    subjects = _spelled_out(series, question.subjects(), period, day)
    parts = [level_counts(series, one, period, day, question.known_by) for one in subjects]
    if not all(parts):
        return []
    return [_added([part[0] for part in parts])]


def shares(series: OfficialSeries, question: Question, day: date, period: Period | None = None) -> list[Reading]:
    """Return the shares of all categories together, base by base."""
    period = period or question.period
    if is_long(period):
        return _shares_over_years(series, question, day, period)
    subjects = _spelled_out(series, question.subjects(), period, day)
    parts = [_newest_shares(series, one, period, day, question.denominator) for one in subjects]
    first = parts[0]
    if len(parts) == 1:
        return first
    found = []
    for share in first:
        same = [[other for other in part if is_same_kind(share, other)][:1] for part in parts[1:]]
        if all(same):
            found.append(_added([share, *(one[0] for one in same)]))
    return found


def _spelled_out(series: OfficialSeries, subjects: list[Subject], period: Period, day: date) -> list[Subject]:
    """Return the subjects with a group that is not held in a period replaced by the parts that make it up."""
    found = []
    for one in subjects:
        parts = [replace(one, category=name) for name in PARTS.get(one.category, ())]
        is_in_parts = bool(parts) and all(releases(series, part, period, day) for part in parts)
        found.extend(parts if is_in_parts and not releases(series, one, period, day) else [one])
    return found


def _newest_shares(
    series: OfficialSeries, subject: Subject, period: Period, day: date, denominator: str | None
) -> list[Reading]:
    """Return the shares on the whole named (on every one when none is), each from the newest release that has it."""
    found = share_readings(series, subject, period, day)
    for older in reversed(releases(series, subject, period, day)[:-1]):
        seen = {share.denominator for share in found} | {None}
        found += [one for one in share_readings(series, subject, period, older.day) if one.denominator not in seen]
    return answering(found, denominator)


def _shares_over_years(series: OfficialSeries, question: Question, day: date, period: Period) -> list[Reading]:
    """Return the share that a sum over years is of the sum of its whole."""
    measure = (question.denominator or question.measure).split(":")[0]
    if question.dimension == "total" and question.denominator is None:
        measure = "referrals"
    whole_question = replace(question, measure=measure, dimension="total", categories=("total",))
    part, whole = counts(series, question, day, period), counts(series, whole_question, day, period)
    if not part or not whole or whole[0].low <= 0:
        return []
    value = 100 * part[0].value / whole[0].value
    low, high = 100 * part[0].low / whole[0].high, 100 * part[0].high / whole[0].low
    missing = tuple(sorted({*part[0].missing, *whole[0].missing}))
    if missing:
        low, high = 0.0, 100.0  # years missing in either may tip the share any way, so it counts as wholly unknown
    words = (
        f"{number_words(part[0].value)} of {number_words(whole[0].value)} = {number_words(value, '%')} of "
        f"{base_words(measure)} over the years held"
    )
    return [Reading(value, low, high, words, part[0].figure, measure, (measure,), missing)]


def rates(series: OfficialSeries, question: Question, day: date) -> list[Reading]:
    """Return the count spread evenly over the days of the period; nothing is held per head."""
    if question.per not in DAYS_PER:
        return []
    found = counts(series, question, day)
    if not found:
        return []
    count = found[0]
    period, n_years = question.period, 1
    n_days = (period[1] - period[0]).days + 1
    if is_long(period):
        years = _years_out(series, question.subjects()[0], period, question.known_by)
        n_years, n_days = len(years), sum((end - start).days + 1 for start, end in years)
    n_units = n_days / DAYS_PER[question.per]
    if question.per in PER_YEAR and (is_long(period) or is_financial_year(period)):
        n_units = n_years * PER_YEAR[question.per]
    value, low, high = (amount / n_units for amount in (count.value, count.low, count.high))
    if count.missing:
        low, high = 0.0, float("inf")  # the years held say little about the rate of all
    words = f"{count.words}, over {n_days:,} days {number_words(value)} a {question.per}"
    return [replace(count, value=value, low=low, high=high, words=words)]


def is_same_kind(share: Reading, other: Reading) -> bool:
    """Say whether two shares are on one base and both published or both computed."""
    return share.denominator == other.denominator and share.is_published == other.is_published


def _added(parts: list[Reading]) -> Reading:
    """Return readings of several categories taken together."""
    first = parts[0]
    if len(parts) == 1:
        return first
    value, low, high = (sum(getattr(part, name) for part in parts) for name in ("value", "low", "high"))
    unit = "%" if first.denominator or first.is_published else ""
    words = f"{' + '.join(part.words for part in parts)}, together {number_words(value, unit)}"
    missing = tuple(sorted({year for part in parts for year in part.missing}))
    return replace(first, value=value, low=low, high=high, words=words, missing=missing)
