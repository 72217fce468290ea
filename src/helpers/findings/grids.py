"""Grids: findings in the rows of a table that was flattened to lines, its columns parted by bars or tabs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from helpers.findings.drafts import Draft, patterns
from helpers.findings.enumerations import Paragraph, Span
from helpers.findings.followups import status_of_label

PARTED = re.compile(r"[ ]*(?:\||\t)[ \t]*")
RULE = re.compile(r"[\s|:+=–—-]+")
NUMBERED = re.compile(r"(?:[A-Za-z]{1,4}[. ]?)?(\d{1,3})(?:[.)]|\.\d+)?")
FIGURE = re.compile(r"[£<~]?\d[\d,.]*\s?(?:%|per cent)?|[–-]|n/a", re.I)
COLUMNS = {
    "addressee": re.compile(
        r"(?:owner|lead|for|to|addressee|addressed to|responsib|organisation|body|agency|who)", re.I
    ),
    "status": re.compile(r"(?:.*\b)?(?:status|response|progress|update|position|accepted|outcome|rag)", re.I),
    "number": re.compile(r"(?:no\.?|number|#|ref(?:erence)?\.?|rec\.?(?: no\.?)?|item)$", re.I),
}


@dataclass(slots=True)
class Grid:
    """The columns of one table: where its findings stand and what kind they are, and its other columns by name."""

    kind: str
    place: int
    width: int
    columns: dict[str, int] = field(default_factory=dict)
    is_of_concerns: bool = False  # which may be types of concern, with their counts


def read_grids(text: str, paragraphs: list[Paragraph]) -> list[Draft]:
    """Return the findings in tables whose head names a column of them ("No. | Recommendation | Owner | Status")."""
    drafts: list[Draft] = []
    grid: Grid | None = None
    for paragraph in paragraphs:
        start, end = paragraph.sentences[0].span_start, paragraph.end
        if not PARTED.search(text, start, end):
            grid = None
            continue
        cells = split_cells(text, start, end)
        head = _read_head(text, cells)
        if grid is None or len(cells) != grid.width or head:
            grid = head
        elif not RULE.fullmatch(text, start, end) and (draft := _read_row(text, cells, grid, paragraph)):
            drafts.append(draft)
    return drafts


def split_cells(text: str, start: int, end: int) -> list[Span]:
    """Return the spans of the cells of one line; bars at its ends part nothing."""
    cells, left = [], start
    for found in PARTED.finditer(text, start, end):
        if found.start() > start and found.end() < end:
            cells.append((left, found.start()))
        left = found.end() if found.end() < end or found.start() == start else left
        end = found.start() if found.end() == end else end
    return [*cells, (left, end)]


def _read_head(text: str, cells: list[Span]) -> Grid | None:
    """Return what the head of a table says of its columns; None when no column is one of findings."""
    names = [text[start:end].strip() for start, end in cells]
    kinds = patterns().kinds
    held = [(place, name.lower()) for place, name in enumerate(names) if name.lower() in kinds]
    if not held or len(cells) < 2:
        return None
    grid = Grid(kinds[held[0][1]], held[0][0], len(cells), is_of_concerns=held[0][1].startswith("concern"))
    for place, name in enumerate(names):
        column = next((column for column, pattern in COLUMNS.items() if pattern.match(name)), None)
        if column and place != grid.place and (column != "number" or place < grid.place):
            grid.columns.setdefault(column, place)
    return grid


def _read_row(text: str, cells: list[Span], grid: Grid, paragraph: Paragraph) -> Draft | None:
    """Return the finding of one row."""
    start, end = cells[grid.place]
    if end - start < 4:
        return None
    told = {column: text[slice(*cells[place])].strip() for column, place in grid.columns.items()}
    number = NUMBERED.fullmatch(told.get("number", ""))
    known = {grid.place, *grid.columns.values()}
    others = [text[slice(*cell)].strip() for place, cell in enumerate(cells) if place not in known]
    if grid.is_of_concerns and others and all(map(FIGURE.fullmatch, others)):
        return None  # a table of counts by type of concern, not of findings
    status = status_of_label(told["status"]) if told.get("status") else None
    return Draft(
        start,
        end,
        grid.kind,
        int(number[1]) if number else None,
        told.get("addressee") or None,
        paragraph.sentences[0].sentence_id,
        status,
        paragraph.sentences[0].sentence_id if status else None,
    )
