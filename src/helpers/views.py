"""A sentence as the readers see it: every white space one blank, with the way back to the source text."""

from __future__ import annotations

import re
from bisect import bisect_right

_UNEVEN = re.compile(r"\s{2,}|[^\S ]")


class View:
    """The words of a sentence with every run of white space as one blank, and the way back to the source text.

    Parameters
    ----------
    text : str
        Source text.
    start, end : int
        Half-open character offsets of the sentence in it.
    """

    def __init__(self, text: str, start: int, end: int) -> None:
        raw = text[start:end]
        self.source, self.start = text, start
        self._breaks: list[int] = []  # offsets in `words` right after a shortened run
        self._shifts: list[int] = []  # characters left out up to there
        if not _UNEVEN.search(raw):
            self.words = raw
            return
        pieces, last, length, shift = [], 0, 0, 0
        for run in _UNEVEN.finditer(raw):
            pieces += [raw[last : run.start()], " "]
            length += run.start() - last + 1
            last = run.end()
            if run.end() - run.start() > 1:
                shift += run.end() - run.start() - 1
                self._breaks.append(length)
                self._shifts.append(shift)
        self.words = "".join([*pieces, raw[last:]])

    def place(self, offset: int) -> int:
        """Return the offset in the source text of an offset in `words`."""
        at = bisect_right(self._breaks, offset)
        return self.start + offset + (self._shifts[at - 1] if at else 0)
