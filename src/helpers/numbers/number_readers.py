"""What each form of a number states: kind, value, upper end of a range, whole of a ratio, and unit where printed."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from helpers.lexicon import read_pieces
from helpers.numbers.numerals import (
    DIGITS,
    FRACTION_GRAIN,
    NUMBER_WORDS,
    PARTS,
    SCALED_DIGITS,
    SIGNS,
    Number,
    parse_number,
)

PIECES = read_pieces("number_forms", {"DIGITS": DIGITS, "SCALED": SCALED_DIGITS, "WORDS": NUMBER_WORDS})
FACTORS = {"doubl": 2.0, "tripl": 3.0, "trebl": 3.0, "quadr": 4.0, "quint": 5.0, "halv": 0.5, "half": 0.5, "twice": 2.0}
CURRENCIES = {"$": "usd", "€": "eur"}
ROUND_WHOLES = (15, 20, 25, 50, 100, 1000)  # "nine out of 20" is a fraction, "11 out of 30" a ratio
_CURRENCY = re.compile(rf"^{PIECES['MONEY']} ?", re.IGNORECASE)
_NAME_BEFORE = re.compile(
    r"[A-Z][\w'’-]*$|\b(?:boy|girl|man|woman|pupil|student|teenager|teacher|attacker|killer|suspect|father|mother|son|"
    r"daughter|brother|sister|youth|child|victim|defendant|convert|graduate|recruit|officer|nurse|cousin|friend)$"
)
_FULL_NAME = re.compile(
    r"\b(?!(?:In|At|On|For|From|Across|Of|The|By|To) )[A-Z][\w'’-]+ [A-Z][\w'’-]*$"
)  # "Ann Lee, 38, and", but not "in Kent, 38, and"
_OF_PLAN = re.compile(  # "one of the four strands of the plan" counts the strands
    r" (?:[a-z-]+ ){0,2}(?:strands|pillars|planks|prongs|arms|branches|elements|components|parts)\b", re.IGNORECASE
)
_BEING = re.compile(r"\b(?:was|is|were|are|be|been|being|as|became)(?: just| only)? $")
_LISTED = re.compile(r", (?:and|or) ")
_AND_A_HALF = re.compile(r"and[ -]a[ -]half|½")
_POINT = re.compile(r"point|pp", re.IGNORECASE)
_DECIMALS = re.compile(r"\d\.(\d+)")
_MOVED = re.compile(
    r"\b(?:up|down|fell|rose|risen|fallen|dropped|slipped|climbed|by|lost|gained|(?:gap|rise|fall|drop|gain) of) $",
    re.IGNORECASE,
)
_PER_CENT = re.compile(r"%|per ?cent", re.IGNORECASE)
_LAST_WORD = re.compile(r"\S+(?: as (?:many|much))?$")


class Candidate(NamedTuple):
    """A typed number: half-open offsets, what it states, the unit where printed, and the form it was read from."""

    start: int
    end: int
    kind: str
    number: Number
    high: Number | None = None
    whole: float | None = None
    unit: str = ""
    form: str = ""


Reader = Callable[[re.Match[str]], Candidate | None]


def _printed(match: re.Match[str], group: str) -> str:
    """Return what a group of a form fits, "" when it fits nothing or only other patterns of the form have it."""
    return (match[group] or "") if group in match.re.groupindex else ""


def _bare(printed: str) -> str:
    """Return an amount without its currency."""
    return printed if printed[:1].isdecimal() else _CURRENCY.sub("", printed)


def _group(kind: str, *groups: str, unit: str = "") -> Reader:
    """Return a reader of the first of several groups that matched; the whole match without any group."""

    def read(match: re.Match[str]) -> Candidate | None:
        group: str | int = next((group for group in groups if _printed(match, group)), 0)
        number = parse_number(_bare(match[group]))
        return Candidate(match.start(group), match.end(group), kind, number, unit=unit) if number else None

    return read


def _between(kind: str, *prefixes: str, unit: str = "") -> Reader:
    """Return a reader of a range, whose groups are `<prefix>_low`, `<prefix>_high` and perhaps `<prefix>_unit`."""

    def read(match: re.Match[str]) -> Candidate | None:
        prefix = next(prefix for prefix in prefixes if _printed(match, f"{prefix}_low"))
        low, high = (parse_number(_bare(match[f"{prefix}_{side}"])) for side in ("low", "high"))
        if low is None or high is None:
            return None
        if kind == "money" and high.value > low.value * 1000 > 0:  # "£10-12m": the scale holds for both
            low = Number(low.value * 1000.0 ** ((len(f"{high.value:.0f}") - 1) // 3), low.grain)
        if low.value >= high.value:
            return None
        named = _printed(match, f"{prefix}_unit")
        printed = _percent_unit(named) if kind == "percentage" else unit or named
        return Candidate(match.start(f"{prefix}_low"), match.end(), kind, low, high=high, unit=printed)

    return read


def _in_currency(read: Reader) -> Reader:
    """Return a reader of money that tells dollars and euros from pounds by their sign."""

    def read_currency(match: re.Match[str]) -> Candidate | None:
        found = read(match)
        unit = next((unit for sign, unit in CURRENCIES.items() if sign in match.group()), None)
        return found._replace(unit=unit) if found and unit else found

    return read_currency


def _percent_unit(surface: str) -> str:
    return "percentage_point" if _POINT.search(surface) else "percent"


def _percent(match: re.Match[str]) -> Candidate | None:
    """Read a percentage; its grain is the unit of the last printed digit, zeros included."""
    surface = match.group()
    number = parse_number(surface)
    if number is None:
        return None
    decimals = _DECIMALS.search(surface)
    grain = 10.0 ** -len(decimals[1]) if decimals else 1.0
    has_half = _AND_A_HALF.search(surface) and number.value.is_integer()  # "4 and a half": words hold it already
    value = number.value + (0.5 if has_half else 0)
    return Candidate(match.start(), match.end(), "percentage", Number(value, grain), unit=_percent_unit(surface))


def _points(match: re.Match[str]) -> Candidate | None:
    """Read "down seven points" as percentage points beside a percentage, else as points of something."""
    is_change = _MOVED.search(match.string[max(0, match.start() - 12) : match.start()])
    return _percent(match) if is_change and _PER_CENT.search(match.string) else _group("count", "points")(match)


def _duration(match: re.Match[str]) -> Candidate | None:
    number = parse_number(match.group())
    if number is None:
        return None
    if _AND_A_HALF.search(match.group()) and number.value.is_integer():
        number = Number(number.value + 0.5, 0.5)
    return Candidate(match.start(), match.end(), "duration", number, unit=match["time_unit"])


def _age_apposed(match: re.Match[str]) -> Candidate | None:
    """Read a bare age after a name ("Mr Ali, 25, did not"); after another word it is a count."""
    is_listed = _LISTED.match(match.string, match.end())
    is_name = (_FULL_NAME if is_listed else _NAME_BEFORE).search(
        match.string[max(0, match.start() - 30) : match.start()]
    )
    return _group("age", "apposed", unit="years")(match) if is_name else _group("count", "apposed")(match)


def _part_of(match: re.Match[str], part: str, whole: str) -> tuple[Number, float] | None:
    """Return a number and its whole, None when the whole is no larger."""
    number, total = parse_number(match[part]), parse_number(match[whole])
    return (number, total.value) if number and total and number.value <= total.value else None


def _rating(match: re.Match[str]) -> Candidate | None:
    span, part, of = ("rated", "rate_n", "rate_of") if _printed(match, "rated") else ("stars", "star_n", "star_of")
    found = _part_of(match, part, of)
    if found is None:
        return None
    return Candidate(match.start(span), match.end(span), "rating", found[0], whole=found[1], unit="points")


def _one_in(match: re.Match[str]) -> Candidate | None:
    """Read "one in ten" as 10 per cent, "nine out of 10" as 90, and "11 out of 30" as a ratio."""
    found = _part_of(match, "in_n", "in_of")
    if found is None or found[0].value == found[1]:
        return None
    number, total = found
    if total > 12 and total not in ROUND_WHOLES and number.value != 1:
        return Candidate(match.start(), match.end(), "ratio", number, whole=total)
    return _share(match, number.value / total)


def _ratio(match: re.Match[str]) -> Candidate | None:
    found = _part_of(match, "ratio_n", "ratio_of")
    is_one = found is not None and match["ratio_n"].lower() == "one"
    if is_one and (_BEING.search(match.string[: match.start()][-12:]) or _OF_PLAN.match(match.string, match.end())):
        return _group("count", "ratio_of")(match)  # "his was one of 8,778 referrals" counts the referrals
    return Candidate(match.start(), match.end(), "ratio", found[0], whole=found[1]) if found else None


def _odds(match: re.Match[str]) -> Candidate | None:
    """Read "two to one" as a ratio whose whole is one."""
    number, total = parse_number(match["odds_n"]), parse_number(match["odds_of"])
    return Candidate(match.start(), match.end(), "ratio", number, whole=total.value) if number and total else None


def _share(match: re.Match[str], share: float) -> Candidate:
    number = Number(round(100 * share, 4), FRACTION_GRAIN)
    return Candidate(match.start(), match.end(), "fraction", number, unit="percent")


def _fraction(match: re.Match[str]) -> Candidate | None:
    count = match["frac_n"].strip(" -").lower()
    number = Number(1, 1) if count in ("a", "an") else parse_number(count)
    return _share(match, number.value / PARTS[match["frac_part"].lower()]) if number else None


def _fraction_plain(match: re.Match[str]) -> Candidate | None:
    words = match.group().lower().replace("-", " ").split()
    number = parse_number(words[0]) if len(words) > 1 else None
    return _share(match, number.value / PARTS[words[1].rstrip("s")]) if number else None


def _slash_fraction(match: re.Match[str]) -> Candidate | None:
    if match.group() in SIGNS:
        return _share(match, SIGNS[match.group()] / 100)
    part, of = int(match["slash_n"]), int(match["slash_of"])
    return _share(match, part / of) if part < of else None


def _multiple(match: re.Match[str]) -> Candidate | None:
    """Read "doubled", "three times as many", "a threefold rise"; the span leaves out "to" and "will"."""
    if printed := _printed(match, "times") or _printed(match, "fold"):
        number = parse_number(printed)
        end = match.start() + len(match.group().rstrip())
        return Candidate(match.start(), end, "multiple", number, unit="times") if number else None
    word = _LAST_WORD.search(match.group())
    factor = next((factor for stem, factor in FACTORS.items() if word and word[0].lower().startswith(stem)), None)
    if word is None or factor is None:
        return None
    number = Number(factor, 0.1 if factor < 1 else 1.0)
    return Candidate(match.start() + word.start(), match.end(), "multiple", number, unit="times")


def _zero(match: re.Match[str]) -> Candidate:
    return Candidate(match.start(), match.end(), "count", Number(0, 1, in_words=True))


READERS: dict[str, Reader] = {
    "percent_range": _between("percentage", "pb", "pr"),
    "percent": _percent,
    "points": _points,
    "money_range": _in_currency(_between("money", "mr", "md", unit="gbp")),
    "money": _in_currency(_group("money", unit="gbp")),
    "age": _group("age", unit="years"),
    "age_after": _group("age", "age_plain", unit="years"),
    "age_when": _group("age", unit="years"),
    "age_named": _group(
        "age",
        "age_then",
        "age_of",
        "age_some",
        "age_bare",
        "age_youngest",
        "age_mean",
        "age_he",
        "age_far",
        "age_noticed",
        "age_at",
        unit="years",
    ),
    "age_apposed": _age_apposed,
    "duration_range": _between("duration", "db", "dr"),
    "duration": _duration,
    "rating": _rating,
    "one_in": _one_in,
    "odds": _odds,
    "ratio": _ratio,
    "fraction": _fraction,
    "half": lambda match: _share(match, 0.5),
    "fraction_plain": _fraction_plain,
    "slash_fraction": _slash_fraction,
    "multiple": _multiple,
    "count_range": _between("count", "cb", "cr", "ct"),
    "count": _group("count", "count_n"),
    "zero": _zero,
}
