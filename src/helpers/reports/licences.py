"""Whether a text may be passed on whole, from what is known of its licence."""

from __future__ import annotations

import re
from functools import cache

from helpers.lexicon import read_lexicon


def is_open(licence: str | None) -> bool:
    """Return whether a licence lets anybody pass the text on; one that is unknown does not.

    Examples
    --------
    >>> is_open("Open Government Licence v3.0"), is_open("CC BY-NC 4.0"), is_open(None)
    (True, False, False)
    """
    if not isinstance(licence, str):
        return False
    said = licence.replace("_", " ")
    return bool(_pattern("open").search(said)) and not _pattern("restricting").search(said)


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """Return one list of patterns as a single one."""
    return re.compile("|".join(one for entry in read_lexicon("licences")[name] for one in entry["patterns"]), re.I)
