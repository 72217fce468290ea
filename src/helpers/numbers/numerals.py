"""Printed numbers: what they are worth, how finely they are printed, and which true values their wording allows."""

from __future__ import annotations

import math
import re
from typing import NamedTuple

UNITS = {
    word: value
    for value, word in enumerate(
        [
            *(
                "zero",
                "one",
                "two",
                "three",
                "four",
                "five",
                "six",
                "seven",
                "eight",
                "nine",
                "ten",
                "eleven",
                "twelve",
            ),
            *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
        ]
    )
}
TENS = {
    word: 10 * value
    for value, word in enumerate(("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"), 2)
}
SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
SHORT_SCALES = {"k": 1_000, "m": 1_000_000, "mn": 1_000_000, "bn": 1_000_000_000, **SCALES}
PARTS = {
    name: size
    for size, name in enumerate(
        ("half", "third", "quarter", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"), 2
    )
}
SIGNS = {"½": 50.0, "⅓": 100 / 3, "⅔": 200 / 3, "¼": 25.0, "¾": 75.0, "⅕": 20.0, "⅖": 40.0, "⅗": 60.0, "⅘": 80.0}
FRACTION_GRAIN = 5.0  # per cent: half, third, quarter, fifth and one-in-N are rounded to about this

_UNIT = "|".join(sorted((word for word in UNITS if word != "zero"), key=len, reverse=True))
_TEN = "|".join(TENS)
# one to ninety-nine; atomic, since "twenty one" read in two ways takes exponential time in a long run of words
_SMALL = rf"(?>(?:{_TEN})(?:[- ](?:{_UNIT})\b)?|{_UNIT})"
_SCALE = "|".join(SCALES)
DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
SCALED_DIGITS = rf"{DIGITS}(?:[ -]?(?:{_SCALE})\b|(?:k|m|mn|bn)\b)?"
_WORDINGS = (
    rf"half a (?:{_SCALE})",
    r"(?:an?|one) (?:half|quarter) (?:million|billion)",
    # groups, each ended by its scales: "two hundred thousand and six"
    rf"(?:{_SMALL}|an?)[ -](?:{_SCALE})(?:[ -](?:{_SCALE})){{0,2}}"
    rf"(?:(?:,? and |[ -]|, ){_SMALL}(?:[ -](?:{_SCALE})){{0,2}}){{0,4}}",
    rf"{_SMALL}(?: and a half|-and-a-half)?(?:[ -](?:{_SCALE}))?",
    r"(?:an? |two |three |four |five |six |half a )dozen",
    r"an? couple dozen",
)
NUMBER_WORDS = rf"(?:(?:{'|'.join(_WORDINGS)})\b)"
_WORD = re.compile(rf"{_TEN}|{_UNIT}|{_SCALE}|half|quarter|dozen|couple|an?\b")
_PRINTED = re.compile(rf"({DIGITS})[ -]?([a-z]*)")
_SINGLE = UNITS | TENS
_PARTS = {"half": 0.5, "quarter": 0.25}
_PACKS = {"dozen": 12, "couple": 2}


class Number(NamedTuple):
    """A number as printed: its value, the unit of its last significant digit, and whether it stands in words."""

    value: float
    grain: float
    in_words: bool = False


def parse_number(surface: str) -> Number | None:
    """Return the value and grain of a printed number, or None when `surface` holds none.

    Parameters
    ----------
    surface : str
        Digits ("6,000", "6.3k", "1.2 million") or words ("six thousand", "two and a half thousand", "a dozen").

    Returns
    -------
    Number or None
        `grain` is the unit of the last significant digit printed: 6,000 → 1,000, 6.4 → 0.1; in words 1, but
        "six thousand" → 1,000 and "two and a half thousand" → 500.

    Examples
    --------
    >>> parse_number("6.3k")
    Number(value=6300.0, grain=100.0, in_words=False)
    >>> parse_number("two and a half thousand").grain
    500.0
    """
    surface = surface.strip().lower()
    found = _PRINTED.match(surface)
    if found:
        return _parse_digits(found[1].replace(",", ""), SHORT_SCALES.get(found[2], 1))
    return _parse_words(surface)


def _parse_digits(digits: str, scale: int) -> Number:
    """Return the number that digits and a scale word print."""
    whole, _, decimals = digits.partition(".")
    if len(whole) > 300:
        return Number(math.inf, 1.0)
    value = round(float(digits) * scale, 6)
    if decimals:
        return Number(value, scale * 10.0 ** -len(decimals))
    zeros = len(whole) - len(whole.rstrip("0"))
    grain = 10.0**zeros if whole.strip("0") and len(whole) > 1 else 1.0
    return Number(value, grain * scale)


def _parse_words(surface: str) -> Number | None:
    """Return the number that words print: a sum of groups, each ended by its scale."""
    words = _WORD.findall(surface)
    if not words:
        return None
    total, group, scale, part = 0.0, 0.0, 1.0, 1.0
    for word, following in zip(words, [*words[1:], ""], strict=True):
        if word in _SINGLE:
            group, scale = group + _SINGLE[word], 1.0
        elif word in _PARTS:
            group, part = group + _PARTS[word], 0.5
        elif word in _PACKS:
            group = (group or 1) * _PACKS[word]
        elif word == "hundred":
            group, scale = (group or 1) * 100, scale * 100
        elif word in SCALES:
            total, group = total + (group or 1) * SCALES[word], 0.0
            scale = scale * SCALES[word] if scale == 100 else SCALES[word]
        elif following in (*SCALES, "dozen") and part == 1:  # "a", "an"
            group += 1
    return Number(total + group, scale * part, in_words=True)


def allowed_interval(number: Number, kind: str, modifier: str) -> tuple[float, float]:
    """Return the closed interval of true values that a wording allows (the interval rule of the data contract).

    Parameters
    ----------
    number : Number
        Value and grain, in the unit of the statistic (per cent for shares).
    kind, modifier : str
        As in `helpers.vocabulary`; "range" is not handled here, since a range prints its own bounds.

    Returns
    -------
    tuple of float
        Low and high end; `math.inf` as the high end of "at least".

    Examples
    --------
    >>> allowed_interval(Number(6000, 1000), "count", "just_over")
    (6000, 6500.0)
    """
    value, grain = number.value, number.grain
    if kind in ("rate", "multiple"):
        grain = min(grain, 1.0)
    wide = 2 * grain if kind == "fraction" else grain
    if modifier == "at_least":
        return value, math.inf
    if modifier == "at_most":
        return 0.0, value
    if modifier == "about" and kind in ("count", "money", "ratio") and grain == 1:
        return round(value * 0.95, 6), round(value * 1.05, 6)
    halves = {
        "about": (grain / 2, grain / 2),
        "almost": (grain / 2, 0),
        "just_over": (0, grain / 2),
        "over": (0, wide),
        "under": (wide, 0),
    }
    if modifier in halves:
        below, above = halves[modifier]
    elif _is_exact(number, kind):
        below = above = 0.0
    else:
        below = above = grain / 2
    return max(0.0, round(value - below, 6)) if below else value, round(value + above, 6) if above else value


def _is_exact(number: Number, kind: str) -> bool:
    """Whether an unmodified number allows its printed value alone."""
    if kind in ("duration", "age", "rating") or number.value == 0:
        return True
    if kind in ("percentage", "fraction", "multiple", "rate"):
        return False
    return number.grain <= 1 or number.value < 100
