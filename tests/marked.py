"""Read marked copies: texts with the truth about them written into them.

A marked copy is the text with marks in it, followed by one line an annotation. Without its marks it must be the source
text to the character, so that no offset can be wrong. The marks::

    ¶ a sentence starts   ⟪furniture⟫   {number}   ⟨date⟩   ‹no statistic›   «quotation»   ⟦finding⟧

Each annotation begins with the words it is about, in the order of the marks of its kind::

    | s 6,287 :: count u=referrals referrals c=total p=2019/20 geo=EW !agrees fact=referrals-2019-20 // a note
    | e May 2019 :: 2019-05 adoption // what happened
    | r 26 :: section of an Act
    | q I never :: speaker; office; direct
    | f keep the :: recommendation 3 topic=retention status=implemented

``|`` inside a value separates the answers that are accepted. Intervals are computed here by the rule of the data
contract (`interval`), independently of the package.
"""

from __future__ import annotations

import calendar
import io
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from helpers.vocabulary import KINDS, MEASURES, MODIFIERS, OFFICIAL_MEASURES

PAIRS = {"{": ("s", "}"), "⟨": ("e", "⟩"), "‹": ("r", "›"), "«": ("q", "»"), "⟦": ("f", "⟧"), "⟪": ("furniture", "⟫")}
CLOSING = {closing: kind for kind, closing in PAIRS.values()}
UNITS = {"percentage": "percent", "fraction": "percent", "money": "gbp", "multiple": "times", "age": "years"}
SETTINGS = {"u", "c", "d", "dv", "p", "geo", "g", "low", "high", "fact"}
Row = dict[str, str]


class GoldError(Exception):
    """A marked copy that cannot be read; says which one, where, and what was expected."""


@dataclass
class Marked:
    """One marked passage: its plain text, its marks (kind, start, end) in order of place, and its annotation lines."""

    name: str
    text: str
    marks: list[tuple[str, int, int]] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_marked(marked: str, name: str, notes: list[str]) -> Marked:
    """Return the text without its marks, and where they stood."""
    found, out, open_marks = Marked(name, "", notes=notes), io.StringIO(), []
    for character in marked:
        at = out.tell()
        if character == "¶":
            found.starts.append(at)
        elif character in PAIRS:
            open_marks.append((PAIRS[character][0], at, len(found.marks)))
            found.marks.append((PAIRS[character][0], at, -1))
        elif character in CLOSING:
            last = max((i for i, mark in enumerate(open_marks) if mark[0] == CLOSING[character]), default=None)
            if last is None:
                raise GoldError(f"{name}: {character!r} at {at} closes a mark that was never opened")
            kind, start, index = open_marks.pop(last)
            found.marks[index] = (kind, start, at)
        else:
            out.write(character)
    if open_marks:
        raise GoldError(f"{name}: the mark opened at {open_marks[0][1]} is never closed")
    found.text = out.getvalue()
    return found


def passages(path: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield the passages of a file of marked copies, each with its annotation lines."""
    text: list[str] = []
    notes: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines(keepends=True):
        if line.startswith("| "):
            notes.append(line[2:].strip())
        elif notes and line.strip():
            yield "".join(text), notes
            text, notes = [line], []
        elif not notes:
            text.append(line)
    yield "".join(text), notes


def last_digit(surface: str, zeros_count: bool) -> float:
    """Return the unit of the last significant digit printed; of the last digit, where zeros count."""
    digits = re.search(r"\d[\d,]*(?:\.(\d+))?", surface)
    if not digits:
        return 1.0
    scale = {"k": 1e3, "m": 1e6}.get(surface[digits.end() : digits.end() + 1], 1.0)
    scale = 1e6 if "million" in surface else scale
    whole = digits[0].replace(",", "")
    if digits[1]:
        return float(10 ** -len(digits[1]) * scale)
    zeros = 0 if zeros_count else len(whole) - len(whole.rstrip("0"))
    return float(10**zeros * scale)


def interval(kind: str, value: float, modifier: str, g: float) -> tuple[float, float]:
    """Return the closed interval of true values that the wording allows (the contract's rule, written anew)."""
    step = 2 * g if kind == "fraction" else g
    counted = kind in ("count", "ratio", "money")
    exact = kind in ("duration", "age", "rating") or (counted and (g == 1 or value < 100))
    around = 0.05 * value if counted and g == 1 else g / 2
    if modifier in ("exact", "only"):
        return (value, value) if exact or value == 0 else (value - g / 2, value + g / 2)
    return {
        "about": (value - around, value + around),
        "almost": (value - g / 2, value),
        "just_over": (value, value + g / 2),
        "over": (value, value + step),
        "at_least": (value, math.inf),
        "under": (value - step, value),
        "at_most": (0.0, value),
    }[modifier]


def period(words: str) -> tuple[str, str, str]:
    """Return first day, last day and precision of ``2019/20``, ``2019-05``, ``2019``, a day, or of ``first..last``."""
    if not words:
        return "", "", ""
    if ".." in words:
        first, last = words.split("..")
        return period(first)[0], period(last)[1], "period"
    if re.fullmatch(r"\d{4}/\d\d", words):
        year = int(words[:4])
        return f"{year}-04-01", f"{year + 1}-03-31", "period"
    year, *rest = words.split("-")
    if len(rest) == 2:
        return words, words, "day"
    if len(rest) == 1:
        days = calendar.monthrange(int(year), int(rest[0]))[1]
        return f"{words}-01", f"{words}-{days}", "month"
    return f"{year}-01-01", f"{year}-12-31", "year"


def periods(words: str) -> tuple[str, str, str]:
    """Return `period` of several accepted answers at once, joined by ``|``."""
    starts, ends, precisions = zip(*(period(answer) for answer in words.split("|")), strict=True)
    return "|".join(starts), "|".join(ends), precisions[-1]


def number(value: float) -> str:
    """Return a number as the shortest text that keeps three decimals."""
    return f"{value:.3f}".rstrip("0").rstrip(".") if math.isfinite(value) else str(value)


def options(words: str) -> tuple[list[str], dict[str, str], str]:
    """Split an annotation into plain words, ``key=value`` settings and the note after ``//``."""
    words, _, note = words.partition("//")
    plain = [word for word in words.split() if "=" not in word]
    settings = dict(word.split("=", 1) for word in words.split() if "=" in word)
    return plain, settings, note.strip()


def statistic(surface: str, words: str) -> Row:
    """Return the columns of one annotated statistic, its interval computed."""
    plain, given, note = options(words)
    kind, rest = plain[0], plain[1:]
    values = [word for word in rest if re.fullmatch(r"[\d.]+(\.\.[\d.]+)?", word)]
    modifier = next((word for word in rest if word in MODIFIERS), "exact")
    measure = next((word for word in rest if set(word.split("|")) <= set(MEASURES)), "")
    known = {*values, "rise", "fall", "opt", modifier, measure}
    strange = [word for word in rest if word not in known and not word.startswith("!")]
    strange += given.keys() - SETTINGS
    if kind not in KINDS or strange or not measure or (measure in OFFICIAL_MEASURES) != ("c" in given):
        raise GoldError(f"cannot read {words!r}: kind, measure and (for official measures) c= wanted, not {strange}")
    digits = re.search(r"\d[\d,]*(?:\.\d+)?", surface)
    if ".." in (values or [""])[0]:
        low, high = (float(end) for end in values[0].split(".."))
        value, modifier = None, "range"
    elif not values and not digits:
        raise GoldError(f"{surface!r} has no digits: its value is wanted in {words!r}")
    else:
        value = float(values[0] if values else digits[0].replace(",", ""))  # type: ignore[index]
        printed = 5.0 if kind == "fraction" else last_digit(surface, kind in ("percentage", "multiple", "rate"))
        low, high = interval(kind, value, modifier, float(given.get("g", printed)))
    dimension, _, category = given.get("c", "none").replace("none", "").partition("/")
    start, end, _ = periods(given.get("p", ""))
    unit = given.get("u", UNITS.get(kind, ""))
    if not unit and "u" not in given:
        raise GoldError(f"{surface!r}: a unit u= is wanted in {words!r}")
    return {
        "kind": kind, "value": "" if value is None else number(value), "modifier": modifier, "measure": measure,
        "value_low": given.get("low", number(low)), "value_high": given.get("high", number(high)),
        "direction": next((word for word in rest if word in ("rise", "fall")), "level"),
        "unit": unit if unit == "percentage_point" else unit.replace("_", " "),
        "dimension": dimension, "category": "total" if dimension == "total" else category,
        "denominator": given.get("d", ""), "denominator_value": given.get("dv", ""),
        "geography": place_name(given.get("geo", "")), "period_start": start, "period_end": end,
        "optional": str(int("opt" in rest)), "note": note,
        "verdict": next((word[1:] for word in rest if word.startswith("!")), ""),
    }  # fmt: skip


def place_name(words: str) -> str:
    """Return accepted geographies written out (``EW`` is England and Wales)."""
    return "|".join("England and Wales" if word == "EW" else word.replace("_", " ") for word in words.split("|"))


def event(words: str) -> Row:
    """Return the columns of one annotated event."""
    plain, given, note = options(words)
    start, end, precision = periods(given.get("p", plain[0]))
    return {
        "date_start": start, "date_end": end, "precision": given.get("precision", precision), "event_type": plain[1],
        "description": note, "optional": str(int("opt" in plain)),
    }  # fmt: skip


def quotation(words: str) -> Row:
    """Return the columns of one annotated quotation."""
    speaker, role, kind = (part.strip() for part in words.split(";"))
    return {"speaker": speaker, "speaker_role": role, "is_direct": str(int(kind == "direct"))}


def finding(words: str) -> Row:
    """Return the columns of one annotated finding."""
    plain, given, _ = options(words)
    return {
        "kind": plain[0], "number": plain[1] if len(plain) > 1 else "",
        "addressee": given.get("to", "").replace("_", " "),
        "topic_id": given["topic"], "status": given.get("status", ""),
    }  # fmt: skip
