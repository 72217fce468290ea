"""Where paragraphs begin: in texts of long lines with each of them, in wrapped ones after an empty line."""

from __future__ import annotations

import re

from helpers.records import Sentence

LONGEST_WRAPPED = 160  # characters of a line; where lines are longer, each is a paragraph
_LIST_MARK = re.compile(r"[\s\[(]*(?:\d{1,2}(?:\.\d{1,2}){0,3}[.)]?|[a-z]\)|[ivx]{1,4}\)|[•●▪◦‣*–-])\s")


def breaks_of(text: str) -> int:
    """Return how many ends of lines part two paragraphs of a text."""
    return 1 if max(map(len, text.splitlines()), default=0) > LONGEST_WRAPPED else 2


def opens_paragraph(text: str, sentences: list[Sentence], index: int, breaks: int) -> bool:
    """Return whether a sentence begins a paragraph (`breaks` ends of lines part two), a list item or a turn."""
    if index == 0:
        return False
    before, here = sentences[index - 1], sentences[index]
    gap = text[before.span_end : here.span_start]
    opens_item = here.role == "list_item" and (
        before.role != "list_item" or _LIST_MARK.match(text, here.span_start, here.span_end) is not None
    )
    return gap.count("\n") >= breaks or gap.count("\r") >= breaks or before.role == "heading" or opens_item
