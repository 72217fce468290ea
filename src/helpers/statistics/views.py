"""A sentence as the readers see it: white space one blank, broken words joined, with the way back to the source."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

LONGEST = 1000  # characters: what runs on without an end is read in stretches, so that time stays linear
_MISREAD = "â€"  # how the first two bytes of a dash or quotation mark look in a wrong encoding
_UNEVEN = re.compile(rf"(?<=[a-z])-[^\S\n]*\n\s*(?=[a-z])|\s{{2,}}|[^\S ]|{_MISREAD}[\x93\x94\x99“”–—™]")
_KEEPS_HYPHEN = re.compile(  # parts of compounds, which a line may break after their hyphen
    r"\b(?:right|left|far|anti|counter|neo|non|self|well|high|low|full|part|long|short|one|two|three|four|five|six|seven|"
    r"eight|nine|ten|half|ex|multi|post|pre|mid|semi|under|over|year|de|re|co|so|mass|school|cross|hard|cyber|inter)$",
    re.IGNORECASE,
)
_PAUSE = re.compile(r"[;,:]\s|\s")


class View:
    """The words of a sentence with every run of white space as one blank, broken words joined, and the way back.

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
        if raw == " ".join(raw.split()) and _MISREAD not in raw:
            self.words = raw
            return
        pieces: list[str] = []
        last, length, shift = 0, 0, 0
        for run in _UNEVEN.finditer(raw):
            shortened = _shortened(raw, run)
            pieces += [raw[last : run.start()], shortened]
            length += run.start() - last + len(shortened)
            last = run.end()
            if run.end() - run.start() > len(shortened):
                shift += run.end() - run.start() - len(shortened)
                self._breaks.append(length)
                self._shifts.append(shift)
        self.words = "".join([*pieces, raw[last:]])

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the half-open offsets in the source text of half-open offsets in `words`."""
        return self._place(start), self._place(end - 1) + 1

    def _place(self, offset: int) -> int:
        at = bisect_right(self._breaks, offset)
        return self.start + offset + (self._shifts[at - 1] if at else 0)


def _shortened(raw: str, run: re.Match[str]) -> str:
    """Return what a run of white space becomes: a blank, and nothing where it only breaks a word ("refer-⏎rals")."""
    if raw[run.start()] == "â":
        return "’" if raw[run.end() - 1] in "\x99™" else "–"
    if raw[run.start()] != "-":
        return " "
    return "-" if _KEEPS_HYPHEN.search(raw, max(0, run.start() - 12), run.start()) else ""


def view_stretches(text: str, start: int, end: int, longest: int = LONGEST) -> Iterator[View]:
    """Yield the view of a sentence, in stretches cut at a pause where it is longer than any sentence ought to be.

    Parameters
    ----------
    text : str
        Source text.
    start, end : int
        Half-open character offsets of the sentence in it.
    longest : int
        Characters of the source text that one view may hold.
    """
    while end - start > longest:
        pauses = [pause.end() for pause in _PAUSE.finditer(text, start + longest // 2, start + longest)]
        firm = [place for place in pauses if text[place - 2] in ";:,"]
        cut = (firm or pauses or [start + longest])[-1]
        yield View(text, start, cut)
        start = cut
    yield View(text, start, end)
