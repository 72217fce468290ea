"""Enumerations: the paragraphs of a text, and the items of the lists that its sentences announce."""

from __future__ import annotations

import re
from dataclasses import dataclass

from helpers.records import Sentence

Span = tuple[int, int]

MARKER = re.compile(
    r"\s*(?:(?P<bullet>[-–—•*·▪◦‣●○])|\(?(?P<number>\d{1,3})[.):]|\(?(?P<letter>[a-z]|[ivx]{1,5})[.)])\s+"
)
INLINE_MARK = re.compile(r"\(?\b(?:\d{1,2}|[a-h]|i{1,3}|iv|v|vi)\)\s+")
SEPARATOR = re.compile(r",\s+(?:and\s+|as well as\s+)?(?:finally,?\s+)?")
LIKELY_START = re.compile(
    r"(?:a|an|the|no|not|poor|lack\w*|weak\w*|fail\w*|un\w+|in\w+|mis\w+|\w+ing|\w+ed)\b", re.IGNORECASE
)
TRIM_LEFT = re.compile(r"(?:\s|and\s+|that\s+|namely\s+|firstly,?\s+|secondly,?\s+|finally,?\s+|to\s+(?=\w+\s))+")


@dataclass(slots=True)
class Paragraph:
    """One paragraph: its half-open span without marker, the kind of marker before it, and its sentences."""

    start: int
    end: int
    marker: str | None
    number: int | None
    role: str
    sentences: list[Sentence]


def split_paragraphs(text: str, sentences: list[Sentence]) -> list[Paragraph]:
    """Return the paragraphs of `text`, page furniture included: a line end between two sentences parts them.

    Parameters
    ----------
    text : str
        The source text.
    sentences : list of Sentence
        All of its sentences in order.
    """
    groups: list[list[Sentence]] = []
    for sentence in sentences:
        before = groups[-1][-1] if groups else None
        is_apart = before is None or "\n" in text[before.span_end : sentence.span_start]
        if before is None or is_apart or "furniture" in (before.role, sentence.role) or sentence.role == "heading":
            groups.append([sentence])
        else:
            groups[-1].append(sentence)
    return [_paragraph(text, group) for group in groups]


def _paragraph(text: str, group: list[Sentence]) -> Paragraph:
    """Return one paragraph with its list marker told apart; the marker may stand before the first sentence's span."""
    start, end = group[0].span_start, group[-1].span_end
    line = text.rfind("\n", max(0, start - 8), start) + 1
    begin = line if line and not text[line:start].strip(" \t-–—•*·▪◦‣●○().0123456789abcdefivx") else start
    match = MARKER.match(text, begin, end)
    marker = next((name for name, found in match.groupdict().items() if found), None) if match else None
    number = int(match["number"]) if match and match["number"] else None
    if match and match.end() > start:
        start = match.end()
    return Paragraph(start, end, marker, number, group[0].role, group)


def items_below(paragraphs: list[Paragraph], place: int, text: str, count: int | None) -> list[Paragraph]:
    """Return the items of the list below the announcing paragraph at `place`, at most `count`.

    Items with a bullet or number go on while the next paragraph has one too; items without go on while they look like
    parts of one sentence (small first letter, no full stop), or while `count` demands more and they are short.
    """
    items: list[Paragraph] = []
    for paragraph in paragraphs[place + 1 : place + 61]:
        if paragraph.role in ("furniture", "heading", "headline") and not paragraph.marker:
            break
        first = items[0] if items else paragraph
        words = text[paragraph.start : paragraph.end]
        if first.marker:
            is_item = paragraph.marker == first.marker or (paragraph.marker is not None and len(items) > 0)
        else:
            is_open = words[:1].islower() or not words.rstrip().endswith((".", "!", "?", ":"))
            is_item = paragraph.marker is None and (is_open or (count is not None and _is_short(words, items, text)))
        if not is_item or (count is not None and len(items) == count):
            break
        items.append(paragraph)
        if not first.marker and count is None and words.rstrip().endswith("."):
            break
    return items


def _is_short(words: str, items: list[Paragraph], text: str) -> bool:
    """Say whether a paragraph that ends in a full stop may be an item: the others are closed by a sign too."""
    return len(words) < 400 and all(
        text[item.start : item.end].rstrip().endswith((".", ";", ",", "and")) for item in items
    )


def split_inline(text: str, start: int, end: int, count: int | None) -> list[Span]:
    """Return the items of the list "a, b, c and d" between `start` and `end`; one span when it is no list.

    Parameters
    ----------
    text : str
        The source text.
    start, end : int
        Half-open bounds of the list, without what announces it.
    count : int or None
        How many items the text announces; it decides between two ways to split.
    """
    marks = list(INLINE_MARK.finditer(text, start, end))
    if len(marks) > 1:
        cuts = [(match.start(), match.end()) for match in marks]
        begin = cuts.pop(0)[1]
    elif ";" in text[start:end]:
        begin, cuts = start, [match.span() for match in re.finditer(r";\s*(?:and\s+)?", text[start:end])]
        cuts = [(start + left, start + right) for left, right in cuts]
    else:
        begin, cuts = start, [match.span() for match in SEPARATOR.finditer(text, start, end)]
        last = cuts[-1][1] if cuts else start
        is_closed = bool(cuts) and re.search(r"\band\s", text[cuts[-1][0] : last]) is not None
        if not is_closed and (count is None or len(cuts) + 1 < count):
            cuts += _last_and(text, last, end)
    bounds = [begin, *(place for cut in cuts for place in cut), end]
    spans = [_trim(text, bounds[place], bounds[place + 1]) for place in range(0, len(bounds), 2)]
    return [span for span in spans if span[1] - span[0] > 2]


def _last_and(text: str, start: int, end: int) -> list[Span]:
    """Return the "and" that parts the last two items: the last before words that may begin an item, else the last."""
    matches = list(re.finditer(r"\s+and\s+", text[start:end]))
    likely = [match for match in matches if LIKELY_START.match(text, start + match.end(), end)]
    chosen = (likely or matches)[-1:]
    return [(start + match.start(), start + match.end()) for match in chosen]


def _trim(text: str, start: int, end: int) -> Span:
    """Return the span without white space, joining words and closing punctuation."""
    match = TRIM_LEFT.match(text, start, end)
    start = match.end() if match else start
    return start, start + len(text[start:end].rstrip(" \t\r\n.;,:"))
