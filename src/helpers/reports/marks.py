"""Marks in a source text: passages of sentences, and overlapping spans woven into elements that nest properly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from helpers.escaping import visible
from helpers.records import Sentence

BLOCKS = {"headline": "heading", "heading": "heading", "list_item": "list_item", "furniture": "furniture"}
GAP = "gap"


@dataclass(frozen=True, slots=True)
class Mark:
    """One statement at its place in the text, half-open characters of the source text.

    Attributes
    ----------
    anchor : str
        Its address on a page; the note on it lies at ``note-<anchor>``.
    kind : str
        ``statistic``, ``event``, ``quotation`` or ``finding``.
    sign, said : str
        What stands behind the words with `number`, and the same for those who cannot see it.
    number : int
        Its place among the marks of the text, from 1.
    """

    anchor: str
    kind: str
    start: int
    end: int
    sign: str
    said: str
    number: int


@dataclass(frozen=True, slots=True)
class Passage:
    """Sentences shown as one block, or a gap where sentences are left out (`block` is then ``gap``)."""

    block: str
    start: int
    end: int
    n_sentences: int


def find_passages(
    text: str, sentences: Sequence[Sentence], marks: Sequence[Mark], excerpts_only: bool
) -> list[Passage]:
    """Return the blocks in which a text is shown: paragraphs, headings, list items, runs of furniture, and gaps.

    Parameters
    ----------
    text, sentences, marks
        The source text, all of its sentences and all of its marks, both in order of their start.
    excerpts_only : bool
        Keep only the sentences that hold a mark or part of one.
    """
    passages: list[Passage] = []
    held = _held(sentences, marks) if excerpts_only else [True] * len(sentences)
    for sentence, is_shown in zip(sentences, held, strict=True):
        block = BLOCKS.get(sentence.role, "body") if is_shown else GAP
        last = passages[-1] if passages else None
        goes_on = last is not None and last.block == block and block not in ("heading", "list_item")
        if last and goes_on and (block != "body" or "\n" not in text[last.end : sentence.span_start]):
            passages[-1] = Passage(block, last.start, sentence.span_end, last.n_sentences + 1)
        else:
            passages.append(Passage(block, sentence.span_start, sentence.span_end, 1))
    return passages


def _held(sentences: Sequence[Sentence], marks: Sequence[Mark]) -> list[bool]:
    """Return for each sentence whether a mark overlaps it."""
    spans = [(sentence.span_start, sentence.span_end) for sentence in sentences]
    return [bool(found) for found in _overlapping(spans, marks)]


def marks_by_passage(passages: Sequence[Passage], marks: Sequence[Mark]) -> Iterator[list[Mark]]:
    """Yield the marks that overlap each passage; both are in order of their start."""
    return _overlapping([(passage.start, passage.end) for passage in passages], marks)


def _overlapping(spans: Sequence[tuple[int, int]], marks: Sequence[Mark]) -> Iterator[list[Mark]]:
    """Yield the marks that overlap each span, in one pass over both."""
    alive: list[Mark] = []
    place = 0
    for start, end in spans:
        while place < len(marks) and marks[place].start < end:
            alive.append(marks[place])
            place += 1
        alive = [mark for mark in alive if mark.end > start]
        yield list(alive)


def weave(text: str, passage: Passage, marks: Sequence[Mark], begun: set[str]) -> str:
    """Return one passage as HTML with its marks; what overlaps without nesting is closed and opened again.

    Parameters
    ----------
    text, passage, marks
        The source text, the passage to be shown and the marks that overlap it.
    begun : set of str
        Addresses that stand on the page already; a mark that goes on from an earlier passage gets none again.
    """
    start, end = passage.start, passage.end
    bounds = {place for mark in marks for place in (mark.start, mark.end) if start < place < end}
    waiting = sorted(marks, key=lambda mark: (mark.start, -mark.end), reverse=True)
    woven: list[str] = []
    opened: list[Mark] = []
    last = start
    for place in [start, *sorted(bounds), end]:
        woven.append(visible(text[last:place]))
        last = place
        woven += _close(opened, place, end, begun)
        while place < end and waiting and waiting[-1].start <= place:
            opened.append(waiting.pop())
            woven.append(_open(opened[-1], begun))
    return "".join(woven)


def _close(opened: list[Mark], place: int, end: int, begun: set[str]) -> list[str]:
    """Return the ends of the elements that end at `place`; those around which they lie are opened again."""
    pieces: list[str] = []
    again: list[Mark] = []
    while opened and (place == end or any(mark.end <= place for mark in opened)):
        mark = opened.pop()
        pieces.append("</mark>")
        if mark.end <= place:
            note = f'class="sign" href="#note-{mark.anchor}" aria-label="{visible(mark.said)}"'
            pieces.append(f"<a {note}>{visible(mark.sign)}{mark.number}</a>")
        else:
            again.append(mark)
    if place < end:
        for mark in reversed(again):
            opened.append(mark)
            pieces.append(_open(mark, begun))
    return pieces


def _open(mark: Mark, begun: set[str]) -> str:
    """Return the start of a mark's element, with its address the first time."""
    address = "" if mark.anchor in begun else f' id="{mark.anchor}"'
    begun.add(mark.anchor)
    return f'<mark class="{mark.kind}"{address}>'
