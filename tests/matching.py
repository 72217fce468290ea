"""Compare a reading with the gold: which rows match, and how good each field is.

Rows are mappings of text cells with ``document``, ``start`` and ``end``; in gold cells ``|`` separates answers.
A gold row with ``optional`` = 1 counts neither way. The rules are those of the format's own scorer, written anew here,
so that the gate runs without anything outside the project.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

PAIRED = {"category": ("dimension", "category"), "period": ("period_start", "period_end")}
Row = dict[str, Any]
Fits = Callable[[Row, Row], bool]


@dataclass
class Figure:
    """One figure: F1 of found rows, or the share of right answers, or the number of false hits (where 0 is best)."""

    kind: str
    value: float
    right: int
    found: int
    gold: int

    def __str__(self) -> str:
        if self.kind == "hits":
            return f"{self.right} of {self.gold} hit"
        return f"{self.value:.3f}  ({self.right} right, {self.found} found, {self.gold} in the gold)"


@dataclass
class Result:
    """All figures of one corpus, and every error behind them."""

    figures: dict[str, Figure] = field(default_factory=dict)
    errors: list[tuple[str, str, Row, str]] = field(default_factory=list)

    def f1(self, name: str, right: int, found: int, gold: int) -> None:
        """Add the F1 of `right` among `found` and `gold` rows; 1 when there are none of either."""
        self.figures[name] = Figure("f1", 2 * right / (found + gold) if found + gold else 1.0, right, found, gold)

    def share(self, name: str, answers: list[bool]) -> None:
        """Add the share of right answers; nothing when there were none to give."""
        if answers:
            self.figures[name] = Figure("share", sum(answers) / len(answers), sum(answers), len(answers), len(answers))


def cell(row: Row, name: str) -> str:
    """Return a cell as text, empty when it is missing."""
    return str(row.get(name, "") or "").strip()


def number(text: str) -> float | None:
    """Return a cell as a number, None when it is empty or not one."""
    try:
        return float(text)
    except ValueError:
        return None


def is_same(gold: Row, found: Row, *names: str) -> bool:
    """Return whether every named cell is one of the accepted answers."""
    for name in names:
        answers = [answer.strip().casefold() for answer in str(gold.get(name, "")).split("|")]
        if cell(found, name).casefold().removesuffix(".0") not in answers:
            return False
    return True


def is_close(gold: Row, found: Row, *names: str) -> bool:
    """Return whether every named number is an accepted one: equal, or within 0.1% where the gold is not whole."""
    return all(any(_near(number(a), number(cell(found, n))) for a in str(gold.get(n, "")).split("|")) for n in names)


def _near(gold: float | None, found: float | None) -> bool:
    if gold is None or found is None:
        return gold is found or (gold == math.inf and found is None)
    if math.isinf(gold):
        return gold == found
    return abs(gold - found) <= (1e-6 if gold.is_integer() else 1e-3) * max(1.0, abs(gold))


def shared(a: Row, b: Row) -> int:
    """Return the number of characters that two rows have in common."""
    return max(0, min(a["end"], b["end"]) - max(a["start"], b["start"])) if a["document"] == b["document"] else 0


def overlap(a: Row, b: Row) -> float:
    """Return intersection over union of two spans."""
    both = shared(a, b)
    return both / (a["end"] - a["start"] + b["end"] - b["start"] - both) if both else 0.0


def is_optional(row: Row) -> bool:
    """Return whether a gold row counts neither way."""
    return cell(row, "optional") == "1"


def pair_up(
    found: list[Row], gold: list[Row], fits: Fits, weight: Callable[[Row, Row], float] = overlap
) -> dict[int, int]:
    """Return one-to-one pairs (index found → index gold), those that overlap most first."""
    places = defaultdict(list)
    for j, row in enumerate(gold):
        places[row["document"]].append(j)
    candidates = [(weight(row, gold[j]), -i, -j) for i, row in enumerate(found) for j in places[row["document"]]]
    pairs: dict[int, int] = {}
    taken = set()
    for best, i, j in sorted(candidates, reverse=True):
        if best > 0 and -i not in pairs and -j not in taken and fits(found[-i], gold[-j]):
            pairs[-i] = -j
            taken.add(-j)
    return pairs


def match(
    result: Result,
    name: str,
    found: list[Row],
    gold: list[Row],
    fits: Fits = lambda found, gold: True,
    weight: Callable[[Row, Row], float] = overlap,
    neutral: Callable[[Row], bool] = is_optional,
    skip: Callable[[Row], bool] = lambda row: False,
) -> dict[int, int]:
    """Add the F1 of `found` against `gold`, log misses and false alarms, and return the pairs that count."""
    pairs = pair_up(found, gold, fits, weight)
    wrong = 0
    for i, row in enumerate(found):
        touched = [other for other in gold if shared(row, other)]
        if i not in pairs and not skip(row) and not (touched and all(map(neutral, touched))):
            wrong += 1
            result.errors.append((name, "false alarm", row, cell(row, "value") or cell(row, "date_start")))
    met = set(pairs.values())
    for j, row in enumerate(gold):
        if j not in met and not neutral(row):
            result.errors.append((name, "missed", row, cell(row, "value") or cell(row, "date_start")))
    counted = {i: j for i, j in pairs.items() if not neutral(gold[j])}
    result.f1(name, len(counted), len(counted) + wrong, sum(not neutral(row) for row in gold))
    return counted


def is_right_field(name: str, gold: Row, found: Row) -> bool:
    """Return whether one field of a statistic, event or finding is right."""
    if name == "interval":
        return is_close(gold, found, "value_low", "value_high")
    if name == "denominator_value":
        return is_close(gold, found, name)
    if name == "number":
        return not cell(gold, name) or is_close(gold, found, name)
    return is_same(gold, found, *PAIRED.get(name, (name,)))


def fields(
    result: Result, table: str, names: Iterable[str], found: list[Row], gold: list[Row], pairs: dict[int, int]
) -> None:
    """Add the share of right answers for each named field of the paired rows."""
    for name in names:
        answers = [is_right_field(name, gold[j], found[i]) for i, j in pairs.items()]
        for (i, j), right in zip(pairs.items(), answers, strict=True):
            if not right:
                cells = PAIRED.get(name, ("value_low", "value_high") if name == "interval" else (name,))
                wanted, given = ("/".join(cell(row, each) for each in cells) for row in (gold[j], found[i]))
                result.errors.append((f"{table}.{name}", "wrong", gold[j], f"{given!r} for {wanted!r}"))
        result.share(f"{table}.{name}", answers)


def has_right_value(found: Row, gold: Row) -> bool:
    """Return whether the value is right, or both ends where the gold is a range."""
    return is_close(gold, found, "value") if cell(gold, "value") else is_close(gold, found, "value_low", "value_high")
