"""Labelled pages: a text with the place and role of each of its segments, written one segment a line.

Each line begins with how the segment follows the one before (``=`` after an empty line, ``-`` on a new line, ``_``
after a space, ``+`` with nothing between) and its role (H headline, B body, L list item, S heading, F furniture);
``⏎`` in the words is a line break. Lines that begin with ``#`` are remarks, and ``# wrap 72`` wraps the paragraphs at
that column.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

ROLES = {"H": "headline", "B": "body", "L": "list_item", "S": "heading", "F": "furniture"}
JOINTS = {"=": "\n\n", "-": "\n", "_": " ", "+": ""}
LINE = re.compile(r"([=\-_+])([HBLSF]) (.+)")


@dataclass
class Page:
    """One labelled text; spans are half-open characters of it, one per segment, with its role."""

    name: str
    text: str
    spans: list[tuple[int, int, str]]
    is_generated: bool = False

    @property
    def starts(self) -> list[int]:
        """Where the segments of the article begin."""
        return [start for start, _, role in self.spans if role != "furniture"]

    @property
    def furniture(self) -> set[int]:
        """The characters of page furniture, white space aside."""
        return {
            at
            for start, end, role in self.spans
            if role == "furniture"
            for at in range(start, end)
            if not self.text[at].isspace()
        }


def read_page(path: Path) -> Page:
    """Return the labelled page in a file; raises `ValueError` that names every line it cannot read."""
    return parse_page(path.read_text(encoding="utf-8"), path.stem)


def parse_page(labelled: str, name: str) -> Page:
    """Return the page that `labelled` describes (see the head of this module)."""
    width, faults, text, spans = 0, [], "", []
    for number, line in enumerate(labelled.splitlines(), 1):
        remark = re.match(r"# wrap (\d+)", line)
        if remark:
            width = int(remark[1])
        if not line or line.startswith("#"):
            continue
        found = LINE.fullmatch(line)
        if not found:
            faults.append(f"line {number}: {line!r}")
            continue
        words = found[3].replace("⏎", "\n")
        text += JOINTS[found[1]] if text else ""
        spans.append((len(text), len(text) + len(words), ROLES[found[2]]))
        text += words
    if faults:
        raise ValueError(f"{name}: expected '=B words', found " + "; ".join(faults))
    return Page(name, wrap(text, width) if width else text, spans)


def wrap(text: str, width: int) -> str:
    """Return `text` with its lines broken at `width`, in place: each break takes the place of one space."""
    letters, column, space = list(text), 0, -1
    for at, letter in enumerate(text):
        column = 0 if letter == "\n" else column + 1
        if letter == " ":
            space = at
        if column > width and space > at - width:
            letters[space] = "\n"
            column = at - space
    return "".join(letters)
