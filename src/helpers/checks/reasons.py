"""The reason of a verdict in words: what was compared with what, what the wording allows, what would make it right."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from helpers.checks.claims import Claim
from helpers.checks.levels import is_same_kind
from helpers.checks.questions import Question, years_of
from helpers.official.series import OfficialSeries
from helpers.official.shares import Reading, releases
from helpers.official.wording import (
    MEASURE_WORDS,
    base_words,
    category_words,
    interval_words,
    number_words,
    period_words,
    year_words,
)


def as_sentence(words: str) -> str:
    """Return words as a sentence."""
    return f"{words[0].upper()}{words[1:]}."


def stated(claim: Claim) -> str:
    """Return what the text states about what, and the interval that its wording allows."""
    question = claim.question
    allowed = interval_words(claim.low, claim.high, claim.unit)
    value = "a range" if claim.value is None else number_words(claim.value, claim.unit)
    per = f" a {question.per}" if question.form == "rate" else ""
    return f"{_movement(question)}{value}{per} (the wording allows {allowed}) for {about(question)}"


def about(question: Question) -> str:
    """Return what a question is about, in words."""
    measure = MEASURE_WORDS[question.measure]
    group = "" if question.dimension == "total" else f", {' and '.join(map(category_words, question.categories))}"
    base = f", as a share of {base_words(question.denominator)}," if question.denominator else ""
    since = f" against {period_words(question.base_period)}" if question.base_period else ""
    return f"{measure}{group}{base} in {question.geography}, {period_words(question.period)}{since}"


def agreement(claim: Claim, fit: Reading, then: Sequence[Reading]) -> str:
    """Return why a claim agrees, with what it met when it was published where that was revised since.

    Parameters
    ----------
    claim : Claim
    fit : Reading
        The newest official value that lies in the claim's interval.
    then : sequence of Reading
        What was known on the publication day; empty when that day is unknown.
    """
    reason = f"{stated(claim)} fits {fit.words}"
    first = next((one for one in then if is_same_kind(one, fit)), None)
    if first is not None and first.value != fit.value and not fit.missing:
        reason += f"; known on the day of the text: {first.words}"
    if claim.question.form == "share" and claim.question.denominator is None and fit.denominator:
        reason += f"; the text names no whole, the share of {base_words(fit.denominator)} fits"
    if fit.missing:
        n_held = fit.n_years - len(fit.missing)
        reason += f"; no figure is held for {missing_words(fit.missing)}, but the wording allows {n_held} of "
        reason += f"{fit.n_years} years to be held"
    if claim.assumed_place:
        reason += f"; {claim.assumed_place}"
    return reason


def revision(claim: Claim, other: Reading, current: Sequence[Reading]) -> str:
    """Return why another release than the newest bears a claim out, and what would be right now."""
    reason = f"{stated(claim)} fits {other.words}"
    if current:
        newer = "since revised" if current[0].figure.day > other.figure.day else "the newest release has"
        reason += f"; {newer}: {current[0].words}"
    return reason


def too_coarse(claim: Claim, reading: Reading) -> str:
    """Return why the tables cannot decide: years are missing, or only a rounded percentage is held."""
    if reading.missing:
        return (
            f"period: {stated(claim)} cannot be judged, as no figure is held for {missing_words(reading.missing)}; "
            f"the years held give {reading.words}"
        )
    return f"the tables hold no figure as fine as {stated(claim)}, which may be right: they only give {reading.words}"


def difference(claim: Claim, current: Sequence[Reading], hints: str) -> str:
    """Return why no release bears a claim out, which mix-up would explain it, and what would be right."""
    words = list(dict.fromkeys(reading.words for reading in current))
    tried = "; nor ".join(words[:3]) + (f" (nor {len(words) - 3} further readings)" if len(words) > 3 else "")
    return f"{stated(claim)} does not fit {tried}{hints}. It would be right with {_right(claim, current[0])}"


def gap(claim: Claim, series: OfficialSeries) -> str:
    """Return that the tables hold no such figure, and for which years they hold one."""
    question = claim.question
    subject = question.subjects()[0].official()
    held = series.periods_of(subject.measure, subject.dimension, subject.category, subject.geography)
    years = sorted({year_words(start) for start, end in held if (start.month, end.month) == (4, 3)})
    reason = f"the official tables hold no figure for {about(question)}"
    return reason + (f"; for this group they hold some for {', '.join(years)}" if years else "")


def lacking_categories(claim: Claim, series: OfficialSeries, known: date) -> str:
    """Return which of several categories keeps their sum from being checked."""
    question = claim.question
    lacking = [one for one in question.subjects() if not releases(series, one, question.period, known)]
    names = " and ".join(category_words(one.category) for one in lacking) or "all of them on one base"
    return f"category: the number is for several categories together, and no figure is held for {names}"


def broken_category(question: Question, series: OfficialSeries) -> str | None:
    """Return the break in the list of categories that a change or a sum crosses, if any."""
    if not question.dimension.startswith("concern"):
        return None
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


def missing_words(missing: Sequence[date]) -> str:
    """Return years by name, runs of years by their ends: "2014/15", "2000/01 to 2014/15, 2017/18"."""
    runs: list[list[date]] = []
    for day in missing:
        if runs and day.year == runs[-1][-1].year + 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return ", ".join(" to ".join(dict.fromkeys(map(year_words, (run[0], run[-1])))) for run in runs)


def _movement(question: Question) -> str:
    """Return what opens a change: "a rise of ", "a fall of ", "a move by " for multiples."""
    if question.base_period is None:
        return ""
    if question.form == "multiple":
        return "a move to " if question.sign > 0 else "a fall by "
    return "a rise of " if question.sign > 0 else "a fall of "


def _right(claim: Claim, reading: Reading) -> str:
    """Return the number that would have been right."""
    if reading.low != reading.high:
        return interval_words(reading.low, reading.high, claim.unit)
    if claim.question.base_period is None or claim.question.form == "multiple":
        return number_words(reading.value, claim.unit)
    change = reading.value * claim.question.sign
    return f"a {'rise' if change >= 0 else 'fall'} of {number_words(abs(change), claim.unit)}"
