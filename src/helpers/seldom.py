"""Patterns that few texts fit: looked for only in those that hold letters that the pattern cannot do without."""

from __future__ import annotations

import re

from helpers.openings import needs_of
from helpers.searches import lower


class Seldom:
    r"""A pattern that few texts fit, and that is found missing several times as fast as by trying it everywhere.

    Parameters
    ----------
    written : str
        The pattern.
    flags : int
        Flags of `re.compile`.

    Examples
    --------
    >>> ages = Seldom(r"\b(?:aged|years old)\b", re.IGNORECASE)
    >>> ages.search("512 cases"), ages.search("a boy Aged 12").group()
    (None, 'Aged')
    """

    def __init__(self, written: str, flags: int = 0) -> None:
        pattern = re.compile(written, flags)
        self._search, self._match, self._fullmatch = pattern.search, pattern.match, pattern.fullmatch
        self.finditer = pattern.finditer
        self._needles = needs_of(written).needles

    def search(self, text: str) -> re.Match[str] | None:
        """Return the first match in a text, None without any."""
        return self._search(text) if self._may_fit(text) else None

    def search_in(self, text: str, start: int, end: int) -> re.Match[str] | None:
        """Return the first match between two half-open offsets of a text, None without any."""
        return self._search(text, start, end) if self._may_fit(text[start:end]) else None

    def match(self, text: str) -> re.Match[str] | None:
        """Return the match at the beginning of a text, None when it does not fit."""
        return self._match(text) if self._may_fit(text) else None

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """Return the match of a whole text, None when it does not fit."""
        return self._fullmatch(text) if self._may_fit(text) else None

    def _may_fit(self, text: str) -> bool:
        """Return whether a text holds one of the needles."""
        small = text.lower() if text.isascii() else lower(text)
        for needle in self._needles:
            if needle in small:
                return True
        return not self._needles
