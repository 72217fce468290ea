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
        self._search, self._fullmatch = pattern.search, pattern.fullmatch
        self.match, self.finditer = pattern.match, pattern.finditer
        self._needles = needs_of(written).needles

    def search(self, text: str) -> re.Match[str] | None:
        """Return the first match in a text, None without any."""
        return self._search(text) if self._may_fit(text) else None

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """Return the match of a whole text, None when it does not fit."""
        return self._fullmatch(text) if self._may_fit(text) else None

    def _may_fit(self, text: str) -> bool:
        """Return whether a text holds one of the needles."""
        small = lower(text)
        for needle in self._needles:
            if needle in small:
                return True
        return not self._needles
