"""Claims of rank beside a number ("the highest since 2015/16", "a record low"), held against the years held."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from helpers.checks.claims import Claim
from helpers.checks.comparisons import readings
from helpers.official.series import OfficialSeries
from helpers.official.wording import number_words, period_words
from helpers.records import Statistic

RANKS = {"second": 2, "third": 3, "fourth": 4, "fifth": 5}
RANK = re.compile(
    r"\b(?:(?P<rank>second|third|fourth|fifth)[- ])?"
    r"(?:(?P<word>highest|lowest)\b[^.;\d]{0,60}?\b(?:on record|ever|recorded|to date|since)\b"
    r"|a (?:new )?record\b(?! of\b| that\b| for\b)(?P<low> low)?|record (?:high|number|level|total|figure)s?\b)"
    r"(?:[^.;\d]{0,50}?(?<!\d)(?P<year>20\d\d)(?!\d))?",
    re.IGNORECASE,
)
MAX_GAP = 60  # characters between rank and number; further away it may be about something else


def judge_rank(statistic: Statistic, claim: Claim, series: OfficialSeries, known: date) -> str:
    """Return a sentence on a claim of rank that stands beside a number, or nothing when there is none.

    Parameters
    ----------
    statistic : Statistic
        Its `clause` holds the words read, with the number in them.
    claim : Claim
        A count or share of a period; changes and sums have no rank.
    series : OfficialSeries
        The official figures.
    known : date
        Day up to which releases are used.

    Notes
    -----
    Ranks are taken among the periods of the same length up to the one spoken of, as only those could be known. A
    series begins with 2015/16: "ever" is held against that.
    """
    found = _rank_beside(statistic)
    if found is None or claim.question.form not in ("count", "share"):
        return ""
    since = int(found["year"]) if found["year"] else 0
    values = _values(claim, series, known, since)
    own = values.pop(claim.question.period, None)
    if own is None or not values:
        return ""
    is_low = bool(found["low"]) or (found["word"] or "").lower() == "lowest"
    rank = RANKS.get((found["rank"] or "").lower(), 1)
    beyond = {period: value for period, value in values.items() if (value < own if is_low else value > own)}
    place = f"{found['rank'].lower()} " if found["rank"] else ""
    stated = f"The text calls it the {place}{'lowest' if is_low else 'highest'}"
    scope = f"of the {len(values) + 1} periods held up to then"
    if len(beyond) == rank - 1:
        return f" {stated}, which it is {scope}."
    others = ", ".join(f"{number_words(value)} in {period_words(period)}" for period, value in sorted(beyond.items()))
    return f" {stated}, which it is not {scope}: {others or 'none goes beyond it'}."


def _rank_beside(statistic: Statistic) -> re.Match[str] | None:
    """Return the claim of rank nearest to the number in its clause, with no other number between the two."""
    at = statistic.clause.find(statistic.surface) if statistic.surface else -1
    if at < 0:
        return None
    end = at + len(statistic.surface)
    for found in RANK.finditer(statistic.clause):
        between = statistic.clause[end : found.start()] if found.start() >= end else statistic.clause[found.end() : at]
        if len(between) <= MAX_GAP and not any(character.isdigit() for character in between):
            return found
    return None


def _values(claim: Claim, series: OfficialSeries, known: date, since: int) -> dict[tuple[date, date], float]:
    """Return the value of each period of the same length, from a year on and up to the claim's own."""
    question = claim.question
    subject = question.subjects()[0].official()
    start, end = question.period
    found = {}
    for period in series.periods_of(subject.measure, subject.dimension, subject.category, subject.geography):
        is_alike = abs((period[1] - period[0]).days - (end - start).days) < 3
        if is_alike and since <= period[0].year and period[0] <= start:
            values = readings(series, replace(question, period=period), known)
            found.update({period: values[0].value} if values else {})
    return found
