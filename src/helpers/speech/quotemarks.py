"""Quotation marks: which of them belong together, in print as careless as the texts have it.

An apostrophe is no mark, a mark may be missing, of the wrong sort, or glued to the next sentence, and a speech of
several paragraphs opens each of them anew. One walk over the marks decides by what stands beside a mark and after it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from helpers.records import Sentence

Span = tuple[int, int]

# The three-character forms are UTF-8 read as Windows-1252. A single mark inside a word is an apostrophe.
DOUBLE = re.compile(r"[“”„«»\"]|â€(?:œ|\x9d)")
SINGLE = re.compile(
    r"['‘’](?:(?<!\w.)|(?!\w)|(?<=[a-z]{2}.)(?=[A-Z]))|â€(?:(?<!\wâ€)[˜™]|[˜™](?!\w))"  # a set first: fast
)
OPENING = {"“", "„", "«", "â€œ", "‘", "â€˜"}
CLOSING = {"”", "»", "â€\x9d", "’", "â€™"}
ELISION = re.compile(r"(?:em|tis|twas|til|cause|n|\d\ds?)\b", re.IGNORECASE)
FIRST_PERSON = re.compile(r"\b(?:I|we|We|our|Our|us|my|My|me)\b(?!')|\b(?:I|[Ww]e)['’]")
SPEAKER_TAG = re.compile(r"\b(?:said|says|added|told)\b")
SENTENCE_END = re.compile(r"[.!?…]")
BULLETS = " \t\r-–•*>"


@dataclass(slots=True)
class Mark:
    """One quotation mark with what its neighbours allow it to be."""

    start: int
    end: int
    opens: bool
    closes: bool
    is_curly: bool
    leads: bool


def find_quoted_spans(text: str, zones: list[Span], breaks: list[int]) -> list[Span]:
    """Return the outermost quoted spans of `text`, marks included, in order and without overlap.

    Parameters
    ----------
    text : str
        The source text.
    zones : list of (int, int)
        The half-open stretches to look at (no page furniture); no quotation leaves its zone.
    breaks : list of int
        Where paragraphs end, ascending; an unclosed quotation ends there.

    Notes
    -----
    A plural possessive inside single marks ("the MPs’ staff") ends a quotation too early when nothing stronger follows.
    """
    spans: list[Span] = []
    for start, end in zones:
        singles = _marks(text, SINGLE, start, end)
        doubles = _marks(text, DOUBLE, start, end)
        if not singles and not doubles:
            continue
        ends = [*breaks[bisect_left(breaks, start) : bisect_left(breaks, end)], end]
        paired, strays = _pair_doubles(text, doubles, singles, ends)
        spans += _merge(paired, _pair_singles(text, _outside(singles, paired), strays, ends))
    return [(start, end) for start, end in spans if any(map(str.isalnum, text[start + 1 : end - 1]))]


def body_zones(text: str, sentences: list[Sentence]) -> tuple[list[Span], list[int]]:
    """Return the stretches between page furniture, and the places where a line ends between two sentences."""
    zones: list[Span] = []
    breaks: list[int] = []
    before: Sentence | None = None
    for sentence in sentences:
        if before and "\n" in text[before.span_end : sentence.span_start]:
            breaks.append(before.span_end)
        if sentence.role != "furniture":
            if zones and before and before.role != "furniture":
                zones[-1] = (zones[-1][0], sentence.span_end)
            else:
                zones.append((sentence.span_start, sentence.span_end))
        before = sentence
    return zones, breaks


def _marks(text: str, pattern: re.Pattern[str], start: int, end: int) -> list[Mark]:
    """Return the marks of one family between `start` and `end`, each judged by its two neighbours."""
    found = []
    for match in pattern.finditer(text, start, end):
        at, after_at = match.span()
        before = text[at - 1] if at > start else " "
        after = text[after_at] if after_at < end else " "
        sign = match.group()
        is_open_side = before.isspace() or before in "([{—–-/‘“"
        is_close_side = after.isspace() or after in ".,;:!?)]}—–…’”"
        if sign in OPENING:
            opens, closes = not (after.isspace() and not before.isspace()), after.isspace() and not before.isspace()
        elif sign in CLOSING:
            opens, closes = before.isspace() and after.isalnum() and pattern is DOUBLE, not before.isspace()
        else:
            opens, closes = not is_close_side or is_open_side, not is_open_side or is_close_side
            if pattern is SINGLE:
                opens = is_open_side and after.isalnum() and not ELISION.match(text, after_at)
                closes = not before.isspace() and not opens
        if opens or closes:
            line = max(text.rfind("\n", max(start, at - 12), at) + 1, max(start, at - 12))
            leads = (line == start or text[line - 1] == "\n") and not text[line:at].strip(BULLETS)
            found.append(Mark(at, after_at, opens, closes, sign not in "\"'", leads))
    return found


def _pair_doubles(
    text: str, marks: list[Mark], singles: list[Mark], breaks: list[int]
) -> tuple[list[Span], list[Mark]]:
    """Return the spans of double marks and the closing marks that nothing opens."""
    spans: list[Span] = []
    strays: list[Mark] = []
    first = last = inner = None  # the opening mark, the latest one of its paragraphs, a mark of the other sort inside
    for position, mark in enumerate(marks):
        following = marks[position + 1] if position + 1 < len(marks) else None
        if first and last and _is_abandoned(text, last, mark):
            spans += _unclosed(text, first, last, mark.start, singles, breaks)
            first = inner = None
        if not first:
            first, last = (mark, mark) if mark.opens else (None, None)
            strays += [] if mark.opens else [mark]
        elif mark.opens and mark.closes and _reopens(text, mark, following):
            last = mark
        elif mark.closes and inner and inner.is_curly == mark.is_curly:
            inner = None
        elif mark.closes:
            spans.append((first.start, mark.end))
            first = inner = None
        elif mark.leads:
            last = mark
        elif mark.is_curly != first.is_curly:
            inner = mark
        else:
            spans += _unclosed(text, first, last or first, mark.start, singles, breaks)
            first, last, inner = mark, mark, None
    if first:
        spans += _unclosed(text, first, last or first, breaks[-1], singles, breaks)
    return spans, strays


def _is_abandoned(text: str, last: Mark, mark: Mark) -> bool:
    """Say whether a straight mark is left open: a blank line follows and the next paragraph does not open anew."""
    if last.is_curly or (mark.leads and mark.opens):
        return False
    newline = text.find("\n", last.end, mark.start)
    while newline >= 0:
        following = text.find("\n", newline + 1, mark.start)
        if following >= 0 and not text[newline:following].strip():
            return True
        newline = following
    return False


def _reopens(text: str, mark: Mark, following: Mark | None) -> bool:
    """Say whether a straight mark glued between two sentences opens the next paragraph of the same speech."""
    if mark.is_curly or following is None or not following.closes or text[mark.start - 1] not in ".!?…,":
        return False
    if not following.opens:
        return True
    between = text[mark.end : min(following.start, mark.end + 600)]
    return bool(FIRST_PERSON.search(between)) and not SPEAKER_TAG.search(between)


def _unclosed(text: str, first: Mark, last: Mark, limit: int, singles: list[Mark], breaks: list[int]) -> list[Span]:
    """Return the span of a quotation whose closing mark is missing or of the wrong sort; none if it is no quotation."""
    paragraph_end = breaks[min(bisect_left(breaks, last.end), len(breaks) - 1)]
    limit = min(limit, max(paragraph_end, last.end))
    depth = 0
    for mark in singles[bisect_left(singles, last.end, key=lambda single: single.start) :]:
        if mark.start >= limit:
            break
        is_strong = text[mark.start - 1] in ".,!?…" or text[mark.end : mark.end + 1] in ("", ".", ",", ";", "\n", "\r")
        if mark.closes and depth == 0 and is_strong:
            return [(first.start, mark.end)]
        depth = max(0, depth + (1 if mark.opens else -1))
    lead = text[max(0, first.start - 3) : first.start].rstrip()[-1:]
    if not (first.is_curly or first.leads or lead in ":,"):
        return []
    if limit < paragraph_end:  # another quotation opens in the same paragraph: keep whole sentences only
        ends = [match.end() for match in SENTENCE_END.finditer(text, first.end, limit)]
        return [(first.start, ends[-1])] if ends else []
    return [(first.start, first.start + len(text[first.start : limit].rstrip()))]


def _pair_singles(text: str, marks: list[Mark], strays: list[Mark], breaks: list[int]) -> list[Span]:
    """Return the spans of single marks; each keeps to its paragraph unless the next one opens anew."""
    spans: list[Span] = []
    first = weak = None
    paragraph_end = -1
    for mark in marks:
        if first and mark.start > paragraph_end and not (mark.opens and mark.leads and not weak):
            spans += _settle(first, weak, strays, paragraph_end)
            first = weak = None
        if mark.opens:
            if first and mark.start <= paragraph_end:
                spans += _settle(first, weak, strays, mark.start)
                first = None
            first, weak = first or mark, None
            paragraph_end = breaks[min(bisect_left(breaks, mark.end), len(breaks) - 1)]
        elif first and text[mark.start - 1] in "sS" and text[mark.end : mark.end + 2].strip().isalpha():
            weak = weak or mark  # "the MPs’ staff": a possessive unless nothing better follows
        elif first:
            spans.append((first.start, mark.end))
            first = weak = None
    return spans + (_settle(first, weak, strays, paragraph_end) if first else [])


def _settle(first: Mark, weak: Mark | None, strays: list[Mark], limit: int) -> list[Span]:
    """Return the span of a single mark that found no sure end: a possible one, or a double mark that nothing opened."""
    if weak:
        return [(first.start, weak.end)]
    place = bisect_right(strays, first.end, key=lambda mark: mark.start)
    return [(first.start, strays[place].end)] if place < len(strays) and strays[place].start < limit else []


def _outside(marks: list[Mark], spans: list[Span]) -> list[Mark]:
    """Return the marks that lie in none of the ascending `spans`."""
    starts = [start for start, _ in spans]
    places = ((mark, bisect_right(starts, mark.start) - 1) for mark in marks)
    return [mark for mark, place in places if place < 0 or mark.start >= spans[place][1]]


def _merge(doubles: list[Span], singles: list[Span]) -> list[Span]:
    """Return both in order without overlap; of two spans that touch the one that begins first stays."""
    merged: list[Span] = []
    for span in sorted(doubles + singles, key=lambda span: (span[0], -span[1])):
        if not merged or span[0] >= merged[-1][1]:
            merged.append(span)
    return merged
