"""Texts that make careless readers quadratic, each read at half and at full size in a process of its own.

``probes.py SHAPE SIZE`` reads one and prints the seconds.
"""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

CALL_SECONDS = 30.0  # at full size; a probe that would take longer is measured at a smaller size, and says so
SHAPES = {  # what a text is made of again and again, and its full size in characters
    "a line without a full stop": (
        "the panel heard from 12 schools and the police about cases of concern, and ",
        10_000_000,
    ),
    "one number of digits": ("7", 1_000_000),
    "open brackets": ("(", 100_000),
    "nested brackets with numbers": ("(12 ", 400_000),
    "many numbers in a sentence": ("12 people, ", 1_000_000),
    "opening quotation marks": ("“", 100_000),
    "straight quotation marks": ('"', 100_000),
}


@dataclass(frozen=True)
class Probe:
    """One probe: seconds at half and at full size; no seconds when it was stopped."""

    shape: str
    wanted: int
    size: int
    half: float | None
    full: float | None

    @property
    def ratio(self) -> float | None:
        """How many times longer twice the text takes: 2 is linear, 4 is quadratic."""
        return self.full / self.half if self.half and self.full else None


def hostile_text(shape: str, size: int) -> str:
    """Return a text of exactly that size."""
    unit, _ = SHAPES[shape]
    return (unit * (size // len(unit) + 1))[:size]


def reading_seconds(shape: str, size: int, limit: float) -> float | None:
    """Return the seconds it takes to read a probe, None when that takes longer than the limit."""
    command = [sys.executable, str(Path(__file__).resolve()), shape, str(size)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=limit, check=True)
    except subprocess.TimeoutExpired:
        return None
    return float(done.stdout)


def size_in_time(wanted: int, seconds_of_a_16th: float, budget: float) -> int:
    """Return the largest halving of the wanted size whose reading is expected to fit into the budget, if linear."""
    size, expected = wanted, seconds_of_a_16th * 16
    while expected > budget and size > wanted // 16:
        size, expected = size // 2, expected / 2
    return size


def run_probe(shape: str, budget: float = CALL_SECONDS) -> Probe:
    """Measure one probe at half and full size, as large as time allows."""
    wanted = SHAPES[shape][1]
    first = reading_seconds(shape, wanted // 16, budget)
    if first is None:
        return Probe(shape, wanted, wanted // 16, None, None)
    size = size_in_time(wanted, first, budget)
    half, full = (reading_seconds(shape, part, 2 * budget) for part in (size // 2, size))
    return Probe(shape, wanted, size, half, full)


def main() -> None:
    from helpers.reading import read_document
    from helpers.records import Document

    text = hostile_text(sys.argv[1], int(sys.argv[2]))
    read_document("In 2019/20, 6,287 people were referred.", Document("first"))
    begun = time.perf_counter()
    read_document(text, Document("probe"))
    print(time.perf_counter() - begun)


if __name__ == "__main__":
    main()
