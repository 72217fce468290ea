"""How periods, releases, measures, bases and numbers are written in the reason of a verdict."""

from __future__ import annotations

import re
from datetime import date, timedelta

from helpers.official.rows import Change, Figure, Period

MEASURE_WORDS = {
    "referrals": "referrals",
    "channel_discussed": "cases discussed at a Channel panel",
    "channel_adopted": "adopted Channel cases",
}
BASE_WORDS = {
    "referrals": "all referrals",
    "channel_discussed": "all cases discussed at a Channel panel",
    "channel_adopted": "all adopted Channel cases",
}
SUBSET_WORDS = {
    "concern_specified": "with a known type of concern",
    "gender_specified": "with a known gender",
    "age_known": "with a known age",
}
NAMES = ("Islamist", "Northern Ireland", "London", "South East", "North East", "ASD", "InCel", "Channel")
SPELT = {  # where the words of a key need more between them
    "mixed unstable unclear": "mixed, unstable or unclear",
    "vulnerability no ideology": "vulnerability, no ideology",
    "no ideology combined": "no ideology (combined)",
}
AGE_BAND = re.compile(r"age (\d+) (\w+)")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def day_words(day: date) -> str:
    """Return a day in British form: 26 November 2020."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def is_financial_year(period: Period) -> bool:
    """Say whether a period runs from 1 April to the next 31 March."""
    start, end = period
    return (start.month, start.day, end.month, end.day) == (4, 1, 3, 31) and end.year == start.year + 1


def year_words(start: date) -> str:
    """Return a financial year by its first day: 2019/20."""
    return f"{start.year}/{(start.year + 1) % 100:02d}"


def period_words(period: Period) -> str:
    """Return a period as a reviewer would write it.

    Examples
    --------
    >>> period_words((date(2019, 4, 1), date(2020, 3, 31)))
    'the year to March 2020'
    >>> period_words((date(2025, 1, 1), date(2025, 3, 31)))
    'January to March 2025'
    """
    start, end = period
    if is_financial_year(period):
        return f"the year to March {end.year}"
    if start.day == 1 and end < date.max and (end + timedelta(days=1)).day == 1:
        if (start.year, start.month) == (end.year, end.month):
            return f"{MONTHS[end.month - 1]} {end.year}"
        first = MONTHS[start.month - 1] + (f" {start.year}" if start.year != end.year else "")
        return f"{first} to {MONTHS[end.month - 1]} {end.year}"
    return f"{day_words(start)} to {day_words(end)}"


def release_words(printed: Figure | Change) -> str:
    """Return a release with its day of publication, as closely as it is known."""
    if not printed.published:
        return f"release {printed.release}, day of publication not known"
    year, month, *day = printed.published.split("-")
    return f"release {printed.release} of {f'{int(day[0])} ' if day else ''}{MONTHS[int(month) - 1]} {year}"


def base_words(denominator: str) -> str:
    """Return what a share is a share of, in words.

    Examples
    --------
    >>> base_words("referrals:concern_specified")
    'referrals with a known type of concern'
    """
    measure, _, part = denominator.partition(":")
    if not part:
        return BASE_WORDS.get(measure, measure)
    return f"{MEASURE_WORDS.get(measure, measure)} {SUBSET_WORDS.get(part, f'under {category_words(part)!r}')}"


def category_words(category: str) -> str:
    """Return a category key in words.

    Examples
    --------
    >>> category_words("islamist+under_15")
    'Islamist, under 15'
    >>> category_words("age_15_20"), category_words("age_20_and_under")
    ('aged 15 to 20', 'aged 20 and under')
    >>> category_words("mixed_unstable_unclear")
    'mixed, unstable or unclear'
    """
    words = category.replace("+", ", ").replace("_", " ")
    for key, said in (*SPELT.items(), *((name.lower(), name) for name in NAMES)):
        words = words.replace(key, said)
    return AGE_BAND.sub(lambda band: f"aged {band[1]}{' to ' if band[2].isdigit() else ' '}{band[2]}", words)


def number_words(value: float, unit: str = "") -> str:
    """Return a number for a reader: thousands with commas, two or three decimals at most, a unit.

    Examples
    --------
    >>> number_words(6287.0), number_words(43.328, "%"), number_words(1.648, " times")
    ('6,287', '43.33%', '1.65 times')
    """
    if value in (float("inf"), float("-inf")):
        return "any number"
    is_near_half = abs(value % 1 - 0.5) < 0.01  # where the bounds of whole per cents lie
    text = f"{value:,.{3 if is_near_half else 2}f}"
    return f"{text.rstrip('0').rstrip('.')}{unit}"


def interval_words(low: float, high: float, unit: str = "") -> str:
    """Return an interval of true values: "6,000 to 6,500", "at least 400", "exactly 512"."""
    if low == high:
        return f"exactly {number_words(low, unit)}"
    if high == float("inf"):
        return f"at least {number_words(low, unit)}"
    return f"{number_words(low)} to {number_words(high, unit)}"
