"""The place that a number is about: named beside it, in its sentence, or before it."""

from __future__ import annotations

import re
from itertools import pairwise

from helpers.numbers.breakdowns import TOTAL
from helpers.numbers.clauses import Clause, Ground, Mention
from helpers.numbers.nouns import is_official
from helpers.numbers.places import Place, find_places
from helpers.official.series import NATIONAL
from helpers.statistics.context import NATIONS, Context

WITH_PLACES = ("deaths", "attacks", "other")  # measures of no official series that have a place
NO_PLACE = Ground("no place is named for it")
_PLACED = re.compile(
    r"\b(?:in|across|throughout|within|for|from|covering|around|at|of|to)"
    r"(?: the|(?: my| our| his| her| its| their)(?: own)?)?"
    r"(?: whole of| county of| city of| borough of)?\s*$",
    re.IGNORECASE,
)
_OF_EVENT = re.compile(
    r"(?:['’]s)? (?:[a-z]+ )?(?:attack|killer|killing|murder|stabbing|bomb|riot|shooting|massacre|atrocity|tragedy|"
    r"trial|inquiry|suspect)\w*"
)
_OF_PLACE = re.compile(
    r"(?:['’]s)?(?: own)?(?: local)?(?: Channel| Prevent)? (?:[Pp]anel|[Tt]eam|[Ss]chools|"
    r"Borough|Police|[Cc]onstabulary|[Ff]orce|Council|County|saw|had|recorded|made|accounted|received|logged|registered|reported|submitted|handled|adopted)"
)
_COUNCIL = re.compile(r" (?:(?:County|City|Borough|District|Metropolitan) )*Council\b")
_COUNCIL_IN_CAPITALS = re.compile(
    r"(?m)^\W*(?P<name>(?!(?:THE|CITY|COUNTY|ARTS|SECURITY|PRIVY|NATIONAL|MUSLIM|POLICE|CHIEFS|RESEARCH|MEDICAL|PARISH|"
    r"GENERAL|BRITISH)\b)[A-Z]{4,}(?:[ -][A-Z]{3,})??)"
    r"(?: (?:COUNTY|CITY|BOROUGH|DISTRICT|METROPOLITAN))* COUNCIL\b"
)
_SAID = re.compile(r"\b(?:said|says|told|added|claimed|argued|reported)\b")
_AND_DID = re.compile(r"(?: (?!in|at|near|across)[a-z]+){0,2}(?:, (?:and |then )?| and |, before )(?:[a-z]+ ){0,2}")
_HERE = re.compile(
    r"\W*(?:[Hh]ere(?! (?:are|is|was|were|come)\b)|[Ll]ocally|"
    r"[Ii]n (?:the|our|this) (?:borough|city|county|district|area))\b"
)
_OWN_UNIT = re.compile(  # "his unit looks at two referrals a day"
    r"\b(?:his|her|their|its) (?:own )?(?:unit|team|force|school|college|council|station|department|constituency)\b"
)
_IN_ALL = re.compile(
    r"(?: (?!for |from |in )[a-z-]+){0,4} (?:in|across|for|throughout) (?:the whole of )?England (?:and|&) Wales\b"
)
_MOVED = re.compile(r"\bfrom [^.;,]{1,30} to \w")
_NATIONWIDE = re.compile(
    r"\bnational (?:total|figure|tally|number|count)s?\b[^,;]{0,40}$|\bnationally\b", re.IGNORECASE
)
_OTHER_CLAUSE = re.compile(
    r";| (?:that|which|who|where) |, (?:so|because|as|since|when|while|although|though|but|after|before) "
)


def geography_of(place: int, clause: Clause, places: list[Place], context: Context) -> str | None:
    """Return the place that a number is about, None when none is stated.

    Parameters
    ----------
    place : int
        Index of the number among those of the clause.
    clause : Clause
        The sentence, with the measure of every number.
    places : list of Place
        The places that it names.
    context : Context
        What the sentences before leave to official measures; the local place named last is noted there.
    """
    mention = clause.mentions[place]
    official = is_official(mention.measure) and mention.candidate.kind != "duration"
    if official and mention.dimension == "region":
        mention.grounds["geography"] = Ground("a region is a part of it")
        return NATIONAL
    if not official and (mention.measure not in WITH_PLACES or mention.candidate.kind in ("duration", "money")):
        return None
    places = [found for found in places if found.name != "United Kingdom"]
    if context.geography and context.geography not in NATIONS:  # beside other figures of a town, a force only refers
        places = [found for found in places if not clause.words.startswith(" Police", found.end)]
    chosen = _named(place, clause, places, official)
    if official and chosen is not None and chosen.name not in NATIONS and _NATIONWIDE.search(mention.before):
        mention.grounds["geography"] = Ground("the national figure beside those of a place")
        return context.home or NATIONAL
    if chosen is None:
        inherits = official and mention.caveat != "one_case" and not mention.is_own and context.geography
        mention.grounds["geography"] = Ground("the sentences before", held="geography") if inherits else NO_PLACE
        if inherits == NATIONAL and _OWN_UNIT.search(clause.words, 0, mention.start):
            return context.local
        own = (context.headed_place or context.council) if inherits and _HERE.match(clause.words) else None
        return (own or context.geography) if inherits else None
    mention.grounds["geography"] = Ground("named in the sentence", chosen.start, chosen.end)
    if not chosen.name.lower().startswith("the "):
        context.local = context.local if chosen.name in NATIONS else chosen.name
        return chosen.name
    return context.local or chosen.name  # "the borough" is the place named before


def settle_region(mention: Mention, words: str) -> None:
    """Take the region of another number from one that the nation is named right after, in place."""
    if mention.dimension == "region" and _IN_ALL.match(words, mention.end):
        mention.dimension, mention.category = TOTAL


def council_of(top: str) -> str | None:
    """Return the place whose council the top of a text names, None without one.

    Examples
    --------
    >>> council_of("ASHCOMBE BOROUGH COUNCIL")
    'Ashcombe'
    """
    if capitals := _COUNCIL_IN_CAPITALS.search(top):
        return capitals["name"].title()
    return next((place.name for place in find_places(top) if _COUNCIL.match(top, place.end)), None)


def is_elsewhere(name: str | None, words: str, context: Context) -> bool:
    """Return whether a local area has a change of its own, in years that are not those of the national figures."""
    return name is not None and name not in NATIONS and context.geography in NATIONS and bool(_MOVED.search(words))


def _named(place: int, clause: Clause, places: list[Place], official: bool) -> Place | None:
    """Return the named place of a number: after it, before it, or (official measures) anywhere in the sentence."""
    if not places:
        return None
    words, mention = clause.words, clause.mentions[place]
    if official:
        places = [found for found in places if not _OF_EVENT.match(words, found.end)]
    else:
        near = mention.end + 12
        places = [found for found in places if _is_placed(words, found) or mention.end <= found.start <= near]
    ceiling = next((m.start for m in clause.mentions[place + 1 :] if m.group != mention.group), len(words))
    if not official:
        places = [found for found in places if not _SAID.search(words, found.end, max(found.end, mention.start))]
        ceiling = _end_of_list(place, clause, ceiling)
    after = (found for found in places if mention.end <= found.start < ceiling)
    after = (found for found in after if not _OTHER_CLAUSE.search(words, mention.end, found.start))
    before = [found for found in places if found.end <= mention.start]
    within = (found for found in places if not _OTHER_CLAUSE.search(words, min(mention.end, found.start), found.start))
    anywhere = next(within, None) if official else None
    chosen = next(after, before[-1] if before else anywhere)
    if chosen is None or not official or chosen.name in NATIONS:
        return chosen
    is_placed = chosen.start == 0 or _is_placed(words, chosen) or _OF_PLACE.match(words, chosen.end)
    return chosen if is_placed else None


def _end_of_list(place: int, clause: Clause, ceiling: int) -> int:
    """Return where the words end that a number shares with those coordinated with it ("killed two and hurt five")."""
    for before, after in pairwise(clause.mentions[place:]):
        is_counted = after.measure in WITH_PLACES and before.candidate.kind == after.candidate.kind == "count"
        if not is_counted or not _AND_DID.fullmatch(clause.words, before.end, after.lead):
            return after.start
        ceiling = len(clause.words)
    return ceiling


def _is_placed(words: str, found: Place) -> bool:
    return bool(_PLACED.search(words[max(0, found.start - 30) : found.start]))
