"""Segments of a source text: lines are put together to blocks, blocks are cut into sentences; offsets only."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from helpers.sentences.boundaries import BlockSplitter
from helpers.sentences.signs import DAY_STAMP

LINE = re.compile(r"\S[^\n\r\f\v\x1c\x1d\x1e\x85\u2028\u2029]*")
MARKER = re.compile(
    r"(?:[-–—*·‐]|[•●▪◦‣■□►▶✓✔➤→»]|o(?=\s+[A-Z])|\(?\d{1,2}[.)](?=\s)"
    r"|\d{1,2}(?:\.\d{1,2}){1,2}\.?(?=\s+[A-Z])(?!\s+(?:GMT|BST|UTC|AM|PM)\b)"
    r"|\(?(?:[a-z]|[ivx]{2,4})\)(?=\s))(?:\s+|(?<=[•●▪◦‣■])|$)"
)
NUMBER_MARKER = re.compile(r"\(?[\divxa-z]")
META_LINE = re.compile(r"(?:date|published|url|source|title|author)[ :]+\d{4}-\d\d-\d\d(?=\s)", re.I)
DATE_LINE = re.compile(rf"(?:(?:first )?(?:published|updated|posted):? (?:on )?)?{DAY_STAMP}", re.I)
DANGLING = re.compile(  # no line but one that was wrapped ends so
    r"(?:\s(?:the|an?|of|to|in|on|at|by|for|from|with|its|their|his|her|our|own|these|those|than)|[^\s,;]\s(?:and|or))$"
)
TERMINAL = ".!?…:;\"”’'"
NARROWEST, WIDEST = 25, 140  # characters in a line that a text may have been wrapped to
LONGEST_DATE = 50  # characters of a line that is nothing but a date
WRAP_SLACK = 0.8  # share of the width that a wrapped line fills at least


class Segment(NamedTuple):
    """One sentence, heading or piece of furniture: half-open span, end of its list mark, place in a block."""

    start: int
    end: int
    body: int
    block: int
    opens_block: bool
    closes_block: bool
    is_item: bool


def split_segments(text: str) -> list[Segment]:
    """Return the segments of `text` in order; together they leave out white space only.

    Returns
    -------
    list of Segment
        Half-open spans; ``body`` is where the words begin after a bullet or list number, ``start`` the mark itself.
    """
    segments: list[Segment] = []
    splitter = BlockSplitter(text)
    for number, (start, end) in enumerate(find_blocks(text)):
        mark = MARKER.match(text, start, end)
        body = mark.end() if mark and mark.end() < end else start
        is_item = body > start
        left = start
        for right, following in splitter.ends(body, end):
            segments.append(Segment(left, right, max(left, body), number, left == start, following >= end, is_item))
            left = following
    return segments


def find_blocks(text: str) -> list[tuple[int, int]]:
    """Return the blocks of `text`: paragraphs, list items, headings; soft-wrapped lines are put together."""
    lines = [(found.start(), found.start() + len(found.group().rstrip())) for found in LINE.finditer(text)]
    whole = wrap_width(text, lines)
    widths = [whole] * len(lines) if whole else paragraph_widths(text, lines)
    blocks: list[tuple[int, int]] = []
    line_start = 0
    for (start, end), width in zip(lines, widths, strict=True):
        if blocks:
            first, last = blocks[-1]
            if (
                last - first < 6 and end - start > 1 and MARKER.fullmatch(text, first, last)
            ):  # a bullet on a line of its own
                blocks[-1] = (first, end)
                continue
            if is_hyphenated(text, last, start) or (
                width and not is_blank(text[last:start]) and is_wrapped(text, line_start, last, start, end, width)
            ):
                blocks[-1] = (first, end)
                line_start = start
                continue
        line_start = start
        blocks.append((start, end))
        meta = META_LINE.match(text, start, end)
        if meta and not text[start : meta.start()].strip():
            rest = start + len(text[start:end]) - len(text[meta.end() : end].lstrip())
            blocks[-1:] = [(start, meta.end()), (rest, end)]
            line_start = rest
    return blocks


def is_hyphenated(text: str, line_end: int, start: int) -> bool:
    """Tell whether a word is broken off with a hyphen at the line's end and goes on in the next line."""
    return (
        text[line_end - 1] in "-\u00ad"
        and text[line_end - 2 : line_end - 1].islower()
        and text[start].islower()
        and not is_blank(text[line_end:start])
    )


def is_blank(gap: str) -> bool:
    """Tell whether the white space between two lines holds an empty line."""
    return max(gap.count("\n"), gap.count("\r")) > 1


def wrap_width(text: str, lines: list[tuple[int, int]]) -> int:
    """Return the column that the lines of `text` were wrapped at, 0 when a line is a paragraph.

    A text counts as wrapped when several lines break off in mid-sentence before a lower-case letter.
    """
    broken = [
        end - start
        for (start, end), (following, _) in pairwise(lines)
        if NARROWEST <= end - start <= WIDEST
        and text[following].islower()
        and text[end - 1] not in TERMINAL
        and not is_blank(text[end:following])
    ]
    if len(broken) < 2:
        return 0
    broken.sort()
    width = broken[len(broken) * 9 // 10]
    full = sum(length >= WRAP_SLACK * width for length in broken)
    longer = sum(end - start > 1.2 * width for start, end in lines)
    return width if full >= 0.7 * len(broken) and longer <= 0.1 * len(lines) else 0


def paragraph_widths(text: str, lines: list[tuple[int, int]]) -> list[int]:
    """Return for each line the column that its paragraph was wrapped at, 0 where a line is a paragraph.

    A paragraph was wrapped when a line of it breaks off behind a word that has to be followed by another, and all its
    lines but the last are about as long.
    """
    widths = [0] * len(lines)
    begin = 0
    for at, (start, end) in enumerate(lines):
        following = lines[at + 1][0] if at + 1 < len(lines) else len(text)
        if following < len(text) and end - start >= NARROWEST and not is_blank(text[end:following]):
            continue
        lengths = [last - first for first, last in lines[begin : at + 1]]
        if len(lengths) > 1 and max(lengths) <= WIDEST and min(lengths[:-1]) >= WRAP_SLACK * max(lengths):
            pairs = pairwise(lines[begin : at + 1])
            if any(text[later].islower() and DANGLING.search(text[first:last]) for (first, last), (later, _) in pairs):
                widths[begin : at + 1] = [max(lengths)] * len(lengths)
        begin = at + 1
    return widths


def is_wrapped(text: str, line_start: int, line_end: int, start: int, end: int, width: int) -> bool:
    """Tell whether the line at `start` goes on with the sentence or paragraph of the line before it."""
    length = line_end - line_start
    mark = MARKER.match(text, start, end)
    last = text[line_end - 1]
    if mark and (not NUMBER_MARKER.match(text, start) or last in TERMINAL or text[start].islower()):
        return False
    if end - start < LONGEST_DATE and DATE_LINE.fullmatch(text, start, end):
        return False
    space = text.find(" ", start, min(end, start + 40))
    first_word = (space if space > 0 else end) - start
    if length + 1 + first_word < WRAP_SLACK * width:
        return text[start].islower() and last not in TERMINAL and length > width // 2
    return last != ":" or text[start].islower()
