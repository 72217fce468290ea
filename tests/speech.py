"""Read the passages of ``texts/speech``: texts with speech and findings marked in them, ``{{d Name; role}}words{{/}}``.

``d`` is direct speech, ``r`` reported (then speaker and role), ``i`` an issue, ``c`` a recommendation (then number,
addressee and status). ``|`` separates accepted answers, ``null`` is none, and what is left out is not judged.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

MARK = re.compile(r"\{\{(/|[dric][^}]*)\}\}")
TITLES = re.compile(r"\b(?:the|an?|mr|mrs|ms|dr|sir|dame|lord|lady)\b|[^\w\s]")
SHORT = 30  # characters; shorter direct speech is a scare quote and counts neither way


@dataclass
class Marked:
    """One marked stretch of a passage."""

    kind: str
    start: int
    end: int
    answers: list[str]


def read_speech(path: Path) -> tuple[str, list[Marked]]:
    """The text without its marks, and what they mark."""
    marked = path.read_text(encoding="utf-8")
    text, found, open_marks, last = "", [], [], 0
    for match in MARK.finditer(marked):
        text += marked[last : match.start()]
        last = match.end()
        if match[1] == "/":
            label, start = open_marks.pop()
            answers = [answer.strip() for answer in label[1:].split(";")]
            found.append(Marked(label[0], start, len(text), answers))
        else:
            open_marks.append((match[1], len(text)))
    assert not open_marks, f"{path.name}: {open_marks[-1]} is never closed"
    return text + marked[last:], found


def surname(name: str) -> str:
    """The last word of a name, titles and signs apart."""
    return (TITLES.sub(" ", name.casefold()).split() or [""])[-1]


def is_accepted(answer: str | None, accepted: str) -> bool:
    """Whether an answer is one of those accepted."""
    return (answer or "null") in accepted.split("|")


def is_speaker(speaker: str | None, accepted: str) -> bool:
    """Whether a speaker has the last name of one that is accepted."""
    return any(surname(name) == surname(speaker or "null") for name in (accepted or "null").split("|"))


def overlap(first: tuple[int, int], second: tuple[int, int]) -> float:
    """Intersection over union of two spans."""
    shared = max(0, min(first[1], second[1]) - max(first[0], second[0]))
    return shared / ((first[1] - first[0]) + (second[1] - second[0]) - shared)


def f1(counts: Counter[str]) -> float:
    """F1 of counts of right, found and wanted rows."""
    return 2 * counts["right"] / max(1, counts["found"] + counts["wanted"])
