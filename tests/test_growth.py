"""Twice the text takes about twice the time, whatever it is made of, and a folder takes no more memory than a text.

CPU time at two sizes is compared, generously: 2 is linear, 4 would be quadratic. ``benchmarks/probes.py`` measures the
same shapes at full size.
"""

from __future__ import annotations

import time
import tracemalloc

import pytest

from helpers.reading import read_document
from helpers.records import Document
from helpers.sources.files import SourceText, iterate_folder

MOST = 3.2  # times as long for twice the text; a busy machine blurs the 2 of linear growth
NO_TIME = 0.05  # seconds within which nothing can be told
SHAPES = {  # what a text is made of again and again, and its size in characters
    "a line without a full stop": ("the panel heard from 12 schools and the police of cases of concern, and ", 20_000),
    "one number of digits": ("7", 200_000),
    "open brackets": ("(", 100_000),
    "nested brackets with numbers": ("(12 ", 3_000),
    "opening quotation marks": ("“", 20_000),
    "straight quotation marks": ('"', 20_000),
    "many numbers in a sentence": ("12 people, ", 12_000),
    "many dates in a sentence": ("2 May 2020 ", 6_000),
    "short lines": ("12\n", 20_000),
    "glued words": ("wordWord", 20_000),
}


def seconds_for(text: str) -> float:
    """The least CPU time that reading a text took in two runs."""
    taken = []
    for _ in range(2):
        begun = time.process_time()
        read_document(text, Document("text"))
        taken.append(time.process_time() - begun)
    return min(taken)


@pytest.mark.parametrize("shape", SHAPES)
def test_twice_the_text_takes_about_twice_the_time(shape):
    unit, size = SHAPES[shape]
    text = unit * (size // len(unit))
    seconds_for(text[: size // 8])  # compiles patterns, reads official figures
    half, full = (min(seconds_for(part) for _ in range(2)) for part in (text[: size // 2], text))
    assert full < NO_TIME or full < MOST * half


def test_no_number_is_lost_in_a_sentence_of_very_many():
    rows = read_document("There were " + "12 people, " * 500 + "and no more.", Document("text")).statistics
    assert [row.value for row in rows if row.surface == "12"] == [12] * 500


def test_a_folder_takes_no_more_memory_than_its_largest_text(tmp_path):
    def peak(count: int) -> int:
        folder = tmp_path / str(count)
        folder.mkdir()
        for number in range(count):
            words = f"Text {number} says that 12 of 40 people came, and it says so at length. "
            (folder / f"{number}.txt").write_text(words * 4_000, encoding="utf-8")
        tracemalloc.start()
        texts = sum(isinstance(found, SourceText) for found in iterate_folder(folder))
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert texts == count
        return most

    peak(1)  # loads what is loaded once
    assert peak(12) < 1.5 * peak(3)
