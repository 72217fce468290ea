"""The places of a sentence: nations, counties and towns of the lexicon, councils, and names that stand as places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from helpers.lexicon import fill_pieces, read_lexicon
from helpers.searches import AnyOf, one_of

# shapes of local areas that the lexicon need not know, by name; the group of that name is the geography
_AREAS = {
    "borough": r"(?:[Bb]orough|[Cc]ity|[Cc]ounty|[Dd]istrict|Royal Borough|town|constituency) of "
    r"(?P<borough>[A-Z][a-z]+(?: [A-Z][a-z]+)?)",
    "council": r"(?P<council>(?!(?:{NO_PLACE}|{NO_COUNCIL})\b)[A-Z][a-z]+(?: [A-Z][a-z]+){0,2})"
    r"(?<!County)(?<!City)(?<!Borough)(?<!District)(?<!Metropolitan)"
    r"(?= (?:(?:County|City|Borough|District|Metropolitan) )*Council\b)",
    "subject": r"(?P<subject>(?!(?:{NO_SUBJECT})\b)[A-Z][a-z]{3,}(?: (?!{BODY}\b)[A-Z][a-z]+)?)"
    r"(?= (?:recorded|logged|registered|notched up)\b"
    r"| (?:made|sent|submitted|received|saw|had) (?:just |only |about |some |nearly |almost |over )?"
    r"\d[\d,]* (?:Prevent )?(?:referral|case)s?\b)",
    "panel": r"(?<=\b[Tt]he )(?P<panel>[A-Z][a-z]{3,}(?<!Channel)(?<!Prevent))(?= (?:Channel )?panel\b)",
    "team": r"(?<=\b[Tt]he )(?P<team>[A-Z][a-z]{3,}(?: [A-Z][a-z]+)?)"
    r"(?= (?:Prevent|Channel|safeguarding) (?:team|board|group))",
    "panel_for": r"(?:(?<=\b[Pp]anel for )|(?<=\b[Pp]anel in ))"
    r"(?P<panel_for>(?!(?:{NO_PLACE})\b)[A-Z][a-z]{3,}(?:[ -][A-Z][a-z]+)?)",
    "owner": r"(?P<owner>(?!(?:{NO_SUBJECT}|{NO_PLACE}|Channel)\b)[A-Z][a-z]{3,})"
    r"(?=['’]s (?:own )?(?:local )?(?:Channel |Prevent )?(?:panel|team|board|partnership|schools|council|borough|"
    r"force|constabulary)\b)",
    "source": r"(?:(?<=\breferrals from )|(?<=\bcases from )|(?<=\bPrevent from )|(?<=\bprogramme from )|"
    r"(?<=\bscheme from )|(?<=\breferrals for )|(?<=\b[Ff]igures for ))"
    r"(?P<source>(?!(?:{NO_PLACE})\b)[A-Z][a-z]{3,}(?:[ -][A-Z][a-z]+)?)",
    "force": r"(?P<force>(?!(?:{NO_SUBJECT}|{NO_PLACE}|National|Transport|Metropolitan|Terrorism|Policing|Military|"
    r"Local|Armed|When|While|Although)\b)(?:(?:North|South|East|West) )?[A-Z][a-z]{3,})"
    r"(?= (?:Police|Constabulary)\b| police (?:made|recorded|received|referred|logged)\b)",
    "force_of": r"(?<=\b[Tt]he )(?P<force_of>(?!(?:{NO_SUBJECT}|{NO_PLACE}|National|Transport|Metropolitan|Met|"
    r"Military|Armed)\b)(?:(?:North|South|East|West) )?[A-Z][a-z]{3,})(?= (?:police )?(?:force|constabulary)\b)",
    "borough_name": r"(?P<borough_name>[A-Z][a-z]+ (?:Borough|County|City|District))(?! (?:Council|of)\b)",
    "area": r"(?P<area>[Tt]he (?:[Bb]orough|[Cc]ounty|[Cc]ity|[Dd]istrict|[Tt]own|[Vv]illage)(?! (?:of|[Cc]ouncil)))",
    "unknown": r"(?:(?<=\b[Ii]n )|(?<=\b[Aa]cross )|(?<=\b[Aa]round ))"
    r"(?P<unknown>(?!(?:{NO_PLACE})\b)[A-Z][a-z]{3,}(?:[ -][A-Z][a-z]+)?)",
}
_CAPITAL = re.compile(r"[A-Z]")


_PEER = re.compile(  # "Baroness Example of Trafford"
    r"\b(?:Lord|Lady|Baroness|Baron|Viscount|Earl|(?:Archb|B)ishop|Duke|Duchess|Marquess)(?: [A-Z][\w'’-]+)* of "
    r"(?:the )?$"
)


class Place(NamedTuple):
    """A named place: half-open offsets in the sentence and the geography that a figure of it gets."""

    start: int
    end: int
    name: str


@cache
def _gazetteer() -> tuple[AnyOf, dict[str, str]]:
    """Return the case-sensitive patterns of all places, and the geography of each known name."""
    lists = read_lexicon("places")
    place_of = {name: nation for nation, names in lists["nations"].items() for name in names}
    place_of |= {name: name for names in lists["local"] for name in names}
    words = {name.upper(): "|".join(lists[name]) for name in ("no_subject", "no_place", "no_council")}
    words["BODY"] = "(?:Police|Constabulary|Council)"
    areas = {name: fill_pieces(pattern, words) for name, pattern in _AREAS.items()}
    patterns = {"named": f"(?P<named>{one_of(place_of)})", **areas}
    written = [(name, f"(?-i:{pattern})") for name, pattern in patterns.items()]
    return AnyOf(written, re.IGNORECASE, before=r"\b", after=r"\b", elsewhere=_capitals), place_of


def _capitals(words: str) -> Iterator[int]:
    """Yield where words with a capital begin."""
    return (found.start() for found in _CAPITAL.finditer(words))


def find_places(sentence: str) -> list[Place]:
    """Return the named places of a sentence, in order.

    Examples
    --------
    >>> [place.name for place in find_places("12 in the Borough of Ashcombe, 40 nationally")]
    ['Ashcombe', 'England and Wales']
    """
    patterns, place_of = _gazetteer()
    found = []
    for kind, match in patterns.finditer(sentence):
        if not _PEER.search(sentence[max(0, match.start() - 60) : match.start()]):
            name = match[kind]
            found.append(Place(match.start(), match.end(), place_of[name] if kind == "named" else name))
    return found
