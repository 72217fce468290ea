"""A statistic as a question to the official series and the interval of answers that its wording allows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from helpers.checks.questions import Question, is_long, years_of
from helpers.official.rows import Period
from helpers.official.series import NATIONAL, OfficialSeries, financial_year
from helpers.official.shares import Subject, releases
from helpers.official.wholes import SPECIAL_BASES, bases
from helpers.official.wording import is_financial_year, number_words
from helpers.records import Statistic

# Places that texts name for the programme as a whole; the series itself covers England and Wales.
LOOSE_NATIONAL = frozenset({"uk", "united kingdom", "britain", "great britain", "national", "nationally"})
SAME_PLACE = {"england & wales": NATIONAL, "england and wales": NATIONAL, "scotland": "Scotland"}
CAVEAT_REASONS = {
    "forecast": "forecast: the number speaks of the future, and official figures only of the past",
    "one_case": "one case: the number speaks of one person's case, never of the national series",
    "complement": "complement: the number is a share of those left out; only the share of those counted is published",
    "hypothetical": "hypothetical: the number is supposed, not stated as a fact",
}
BANDS = {"age": "an age band", "region": "a region"}
SCALE_BASES = (5.0, 10.0, 20.0, 100.0, 1000.0)  # "43 in 100" is a way to state a share, not a count of a whole
LAST_DAY = date.max - timedelta(days=1)
UNITS = {"share": "%", "change": "%", "points": " percentage points", "multiple": " times"}


@dataclass(frozen=True, slots=True)
class Claim:
    """What a text states: a question, the closed interval of true answers its wording allows, and what was assumed."""

    question: Question
    value: float | None
    low: float
    high: float
    assumed_place: str | None = None
    whole: float | None = None

    @property
    def unit(self) -> str:
        """Return the sign of the answer's unit."""
        return UNITS.get(self.question.form, "")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a statistic cannot be put as a question, with the verdict that follows."""

    verdict: str
    reason: str


def read_claim(statistic: Statistic, published: date | None, series: OfficialSeries) -> Claim | Refusal:
    """Return the question that a statistic of an official measure answers, or why there is none.

    Parameters
    ----------
    statistic : Statistic
        Its measure is one of the official three; any other field may be missing.
    published : date, optional
        When the text came out: years after it take no part in a sum.
    series : OfficialSeries
        Says which places and wholes are official ones.
    """
    refusal = _refusal(statistic, series)
    if refusal is not None:
        return refusal
    place, assumed = _place(statistic)
    period = statistic.period_start or date.min, statistic.period_end or date.max
    further = (statistic.combined_with or "").split("|")
    question = Question(
        _form(statistic) or "count",
        statistic.measure,
        statistic.dimension or "total",
        (statistic.category or "total", *(one for one in further if one)),
        place,
        period,
        sign=-1 if statistic.direction == "fall" else 1,
        denominator=_denominator(statistic),
        per=statistic.per if statistic.kind == "rate" else None,
        known_by=published or date.max if is_long(period) else date.max,
    )
    if statistic.direction != "level" or question.form == "multiple":
        question = _with_base(question, statistic)
    return _with_interval(question, statistic, assumed, series)


def _refusal(statistic: Statistic, series: OfficialSeries) -> Refusal | None:
    """Return what keeps a statistic from any comparison."""
    if statistic.caveat in CAVEAT_REASONS:
        return Refusal("not_comparable", CAVEAT_REASONS[statistic.caveat])
    if statistic.caveat in ("combined", "each") and not statistic.combined_with:
        return Refusal(
            "not_comparable", "category: the number is for several groups, and the text does not name them all"
        )
    place, _ = _place(statistic)
    if not series.has_geography(place):
        return Refusal(
            "no_series", f"the official tables hold nothing for {place}, only for {' and '.join(series.places())}"
        )
    if statistic.dimension != "total" and statistic.category is None:
        if statistic.dimension in BANDS:
            return Refusal(
                "no_series", f"the number is about {BANDS[statistic.dimension]} that the official tables do not use"
            )
        return Refusal("not_comparable", "category: the text does not say clearly which group the number is about")
    if statistic.per == "100000":
        return Refusal("no_series", "the official tables hold counts and shares, no rates per head of population")
    if statistic.period_start is None or statistic.period_end is None:
        return Refusal("not_comparable", "period: the text does not say which period the number is about")
    form = _form(statistic)
    if form is None:
        return Refusal("not_comparable", f"measure: the series has nothing to set against this {statistic.kind}")
    if (form, statistic.measure, statistic.dimension) == ("share", "referrals", "total"):
        return Refusal("not_comparable", "denominator: the text does not say what the referrals are a share of")
    return None


def _form(statistic: Statistic) -> str | None:
    """Return the form of question, or None where the number has none in the series."""
    kind, percent = statistic.kind, statistic.kind in ("percentage", "fraction") or statistic.unit == "percent"
    if statistic.direction != "level":
        if statistic.unit == "percentage_point":
            return "points"
        return "change" if percent else {"count": "difference", "multiple": "multiple"}.get(kind)
    if statistic.unit == "percentage_point":
        return None
    if percent:
        return "share"
    if kind == "multiple":
        return "multiple" if statistic.base_period_start else None
    return {"count": "count", "ratio": "count", "rate": "rate"}.get(kind)


def _place(statistic: Statistic) -> tuple[str, str | None]:
    """Return the geography to compare with, and what was assumed about it."""
    stated = statistic.geography
    if stated is None:
        return NATIONAL, "no place is stated, so the series for England and Wales is assumed"
    if stated.lower() in LOOSE_NATIONAL:
        return NATIONAL, f"the text says {stated}, the series covers England and Wales"
    return SAME_PLACE.get(stated.lower(), stated), None


def _denominator(statistic: Statistic) -> str | None:
    """Return the named whole in the words of the tables; a known part goes by one name for each dimension."""
    named = statistic.denominator
    special = SPECIAL_BASES.get(statistic.dimension or "")
    if named and special and named.endswith(("_specified", "_known", ":specified", ":known")):
        return f"{named.split(':')[0]}:{special}"
    return named


def _with_base(question: Question, statistic: Statistic) -> Question:
    """Return the question with the earlier period: as stated, the first year of a longer period, or a year before."""
    start, end = question.period
    if statistic.base_period_start and statistic.base_period_end:
        base = statistic.base_period_start, statistic.base_period_end
        return replace(question, base_period=base)
    years = years_of(question.period, date.max) if is_long(question.period) else []
    if len(years) > 1:
        return replace(question, period=financial_year(years[-1]), base_period=financial_year(years[0]))
    after = min(end, LAST_DAY) + timedelta(days=1)
    return replace(question, base_period=(_year_before(start), _year_before(after) - timedelta(days=1)))


def _year_before(day: date) -> date:
    """Return the same day a year earlier (28 February for the 29th)."""
    return day.replace(year=max(day.year - 1, 1), day=28 if (day.month, day.day) == (2, 29) else day.day)


def _with_interval(question: Question, statistic: Statistic, assumed: str | None, series: OfficialSeries) -> Claim:
    """Return the claim with its interval in the unit of the answer: per cent for every way to state a share."""
    value, low, high = statistic.value, statistic.value_low, statistic.value_high
    whole = statistic.denominator_value
    if question.form == "multiple" and value is not None and value < 1:
        question = replace(question, sign=1)  # "halved" prints what is left, 0.5, not how many times less
    if question.form == "count" and statistic.kind == "ratio" and whole:
        if whole in SCALE_BASES and whole not in _official_wholes(question, series):
            room = 0.5 if low == high else 0.0
            value, low, high = (
                None if value is None else 100 * value / whole, 100 * (low - room) / whole, 100 * (high + room) / whole,
            )  # fmt: skip
            return Claim(replace(question, form="share"), value, low, high, assumed)
        return Claim(question, value, low, high, assumed, whole)
    if statistic.kind == "fraction" and statistic.unit not in ("percent", "percentage_point") and low <= 1:
        value, low, high = None if value is None else 100 * value, 100 * low, 100 * high
    return Claim(question, value, low, high, assumed)


def _official_wholes(question: Question, series: OfficialSeries) -> set[float]:
    """Return every whole that any release has for the question's figure."""
    found: set[float] = set()
    for category in question.categories:
        subject = Subject(question.measure, question.dimension, category, question.geography)
        for figure in releases(series, subject, question.period, date.max):
            found.update(bases(series, figure).values())
    return found


def whole_fault(claim: Claim, series: OfficialSeries) -> str | None:
    """Return what is wrong with the whole that a ratio states, or None when an official whole is that large."""
    if claim.whole is None:
        return None
    wholes = _official_wholes(claim.question, series)
    if not wholes or claim.whole in wholes:
        return None
    held = ", ".join(map(number_words, sorted(wholes)))
    return f"no official whole of this period is {number_words(claim.whole)} (held: {held})"


def period_candidates(statistic: Statistic, series: OfficialSeries) -> list[Period]:
    """Return the financial years held for what a level is about, for a number whose period is not known."""
    if statistic.direction != "level":
        return []
    place, _ = _place(statistic)
    subject = Subject(statistic.measure, statistic.dimension or "", statistic.category or "", place).official()
    held = series.periods_of(subject.measure, subject.dimension, subject.category, place)
    return [period for period in held if is_financial_year(period)]
