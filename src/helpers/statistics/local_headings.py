"""Headings that say that the sentences below are about one place ("The position in Ashcombe")."""

from __future__ import annotations

import re
from collections.abc import Collection

from helpers.numbers.cues import find_categories
from helpers.numbers.places import Place
from helpers.seldom import Seldom

_WHOLES = ("England and Wales", "Scotland", "Northern Ireland", "United Kingdom", "England", "Wales", "Great Britain")
_LOCAL = Seldom(
    r"\b(?:positions?|pictures?|situations?|contexts?|profiles?|figures|numbers|data|statistics|referrals|cases|activity|"
    r"locally|local|borough|county|city|district|town|prevent|channel|work|delivery|performance|caseload|here)\b",
    re.IGNORECASE,
)
_IN = re.compile(r"\b(?:in|for|across|from|of|within|around)(?: the)? $", re.IGNORECASE)
_OPENS = re.compile(r"\W*(?:\d{1,2}(?:\.\d{1,2})*\.?\s+)?(?:closer to home\W+)?(?:in |across |around )?", re.IGNORECASE)
_NAMED_LAST = re.compile(  # "Local figures: Ashcombe"
    r"\b(?:[Ll]ocal(?:ly)?|[Hh]ere|[Hh]ome|[Oo]ur (?:area|borough|county|city|district|town))\b[^:–—]{0,30}[:–—] ?"
    r"(?P<name>[A-Z][a-z]{3,}(?:[ -][A-Z][a-z]+)?)\W*$"
)
_COMPARES = re.compile(r"How (?P<name>[A-Z][a-z]{3,}(?: [A-Z][a-z]+)?) (?:compares|measures up|is doing|fares|did)\b")
_ENDS = re.compile(r"[\s:–—-]*(?:$|[:–—-])")
_NUMBERED = re.compile(r"\s*\d{1,2}(?:\.\d{1,2})?[.)]?\s+[A-Z][^.;,:?!]{2,70}")


def is_section_title(text: str, start: int, end: int) -> bool:
    """Return whether a list item at two half-open offsets of a text is the numbered title of a section."""
    return _NUMBERED.fullmatch(text, text.rfind("\n", 0, start) + 1, end) is not None


def place_of_heading(words: str, places: list[Place], known: Collection[str | None] = ()) -> str | None:
    """Return the one local place that a heading says the sentences below are about, None without one.

    `known` are places that the text named before, of which the name alone will do.

    Examples
    --------
    >>> place_of_heading("3. The picture in Ashcombe", [Place(18, 26, "Ashcombe")])
    'Ashcombe'
    >>> place_of_heading("The attack in Ashcombe", [Place(14, 22, "Ashcombe")])
    """
    if last := _NAMED_LAST.search(words) or _COMPARES.match(words):
        return last["name"]
    if (name := words.strip(" .:–—-0123456789")) in known:
        return name
    names = {place.name for place in places}
    if len(names) != 1 or names & set(_WHOLES) or places[0].name.lower().startswith("the "):
        return None
    if any(cue.dimension == "region" for cue in find_categories(words)):
        return None
    place = places[0]
    is_all = _OPENS.fullmatch(words, 0, place.start) and _ENDS.match(words, place.end)
    is_about = _LOCAL.search(words) and (_IN.search(words[: place.start]) or is_all or place.start == 0)
    return place.name if is_all or is_about else None
