"""Errors that say what is wrong, where, what was expected and what to do next."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class EvidenceError(Exception):
    """Base of every error that a user is meant to read; the command line prints it without a traceback."""


class CallError(EvidenceError):
    """The call was wrong: an unknown option, parameter or path. Ends a command with exit status 2."""


class CatalogueError(EvidenceError):
    """The catalogue ``sources.csv`` is wrong; carries every fault found in it, not only the first."""


class TableError(EvidenceError):
    """A table breaks the data contract (wrong column, type, value or duplicate key)."""


class BuildError(EvidenceError):
    """A notebook failed; the last good report was left in place."""


def listing(faults: Iterable[str]) -> str:
    """Return faults as an indented list, one a line."""
    return "\n".join(f"  - {fault}" for fault in faults)


def nearest(word: str, known: Iterable[str]) -> str:
    """Return a hint ``Did you mean 'x'?`` for a mistyped word, or the list of known words when none is near.

    Examples
    --------
    >>> nearest("as_off", ["as_of", "raw"])
    "Did you mean 'as_of'?"
    """
    known = sorted(known)
    close = get_close_matches(word, known, n=1, cutoff=0.6)
    return f"Did you mean {close[0]!r}?" if close else f"Known: {', '.join(known)}."
