"""The places of a sentence: nations, counties and towns of the lexicon, councils, and names that stand as places."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from helpers.lexicon import read_lexicon
from helpers.searches import one_of

# shapes of local areas that the lexicon need not know; the group is the geography
_AREAS = (
    r"(?:[Bb]orough|[Cc]ity|[Cc]ounty|[Dd]istrict|Royal Borough|town|constituency) of "
    r"(?P<borough>[A-Z][a-z]+(?: [A-Z][a-z]+)?)",
    r"(?P<council>(?!(?:{NO_PLACE}|{NO_COUNCIL})\b)[A-Z][a-z]+(?: [A-Z][a-z]+){0,2})(?<!County)(?<!City)(?<!Borough)"
    r"(?= (?:(?:County|City|Borough|District|Metropolitan) )*Council\b)",
    r"(?P<subject>(?!(?:{NO_SUBJECT})\b)[A-Z][a-z]{3,}(?: [A-Z][a-z]+)?)"
    r"(?= (?:recorded|logged|registered|notched up)\b)",
    r"(?<=\b[Tt]he )(?P<panel>[A-Z][a-z]{3,}(?<!Channel)(?<!Prevent))(?= (?:Channel )?panel\b)",
    r"(?<=\b[Tt]he )(?P<team>[A-Z][a-z]{3,}(?: [A-Z][a-z]+)?)"
    r"(?= (?:Prevent|Channel|safeguarding) (?:team|board|group))",
    r"(?:(?<=\b[Pp]anel for )|(?<=\b[Pp]anel in ))"
    r"(?P<panel_for>(?!(?:{NO_PLACE})\b)[A-Z][a-z]{3,}(?:[ -][A-Z][a-z]+)?)",
    r"(?P<owner>(?!(?:{NO_SUBJECT}|{NO_PLACE}|Channel)\b)[A-Z][a-z]{3,})"
    r"(?=['’]s (?:own )?(?:local )?(?:Channel |Prevent )?(?:panel|team|board|partnership|schools|council|borough)\b)",
    r"(?:(?<=\breferrals from )|(?<=\bcases from )|(?<=\breferrals for )|(?<=\bfigures for ))"
    r"(?P<source>(?!(?:{NO_PLACE})\b)[A-Z][a-z]{3,}(?:[ -][A-Z][a-z]+)?)",
    r"(?P<force>(?!(?:{NO_SUBJECT}|{NO_PLACE}|National|Transport|Metropolitan|Terrorism|Policing|Military|Local)\b)"
    r"[A-Z][a-z]{3,})(?= Police\b)",
    r"(?P<borough_name>[A-Z][a-z]+ (?:Borough|County|City|District))(?! (?:Council|of)\b)",
    r"(?P<area>[Tt]he (?:[Bb]orough|[Cc]ounty|[Cc]ity|[Dd]istrict|[Tt]own|[Vv]illage)(?! (?:of|[Cc]ouncil)))",
    r"(?:(?<=\b[Ii]n )|(?<=\b[Aa]cross )|(?<=\b[Aa]round ))"
    r"(?P<unknown>(?!(?:{NO_PLACE})\b)[A-Z][a-z]{3,}(?:[ -][A-Z][a-z]+)?)",
)
_SMALL = "bcdt"  # small letters that an area begins with: "borough of", "the town"


class Place(NamedTuple):
    """A named place: half-open offsets in the sentence and the geography that a figure of it gets."""

    start: int
    end: int
    name: str


@cache
def _gazetteer() -> tuple[re.Pattern[str], dict[str, str]]:
    """Return one case-sensitive pattern of all places, and the geography of each known name."""
    lists = read_lexicon("places")
    place_of = {name: nation for nation, names in lists["nations"].items() for name in names}
    place_of |= {name: name for names in lists["local"] for name in names}
    known = one_of(place_of)
    areas = "|".join(_AREAS)
    for words in ("no_subject", "no_place", "no_council"):
        areas = areas.replace(f"{{{words.upper()}}}", "|".join(lists[words]))
    first = "".join(sorted({name[0] for name in place_of if name[0].islower()} | set(_SMALL)))
    return re.compile(rf"\b(?=[A-Z{first}])(?:(?P<named>{known})|{areas})\b"), place_of


def find_places(sentence: str) -> list[Place]:
    """Return the named places of a sentence, in order.

    Examples
    --------
    >>> [place.name for place in find_places("12 in the Borough of Ashcombe, 40 nationally")]
    ['Ashcombe', 'England and Wales']
    """
    pattern, place_of = _gazetteer()
    found = []
    for match in pattern.finditer(sentence):
        kind = match.lastgroup or ""
        name = match[kind]
        found.append(Place(match.start(), match.end(), place_of[name] if kind == "named" else name))
    return found
