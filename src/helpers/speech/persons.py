"""Persons: how names, titles and offices are told apart in a noun phrase."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from helpers.lexicon import read_lexicon

LEADING = re.compile(
    r"^(?:\d+(?:\.\d+)*[.)]?|and|but|or|while|when|as|after|before|that|which|where|because|since|whom|yet|so|then|earlier|later|meanwhile|today|"
    r"yesterday|however)\s+",
    re.IGNORECASE,
)
APPOSED = re.compile(r"(?:an?|the)\s+(?!day|week|month|year|first|second|same|one|time)[a-z]")
ARTICLE = re.compile(r"^(?:the|an?|your|my|our|his|her|their|its)\s+", re.IGNORECASE)
TOLD = frozenset(["said", "says", "added", "adds", "told", "tells", "asked", "asks", "warned", "argued", "claimed"])
TELLING = re.compile(rf"^.*\b(?:{'|'.join(sorted(TOLD))})\s+")
OWNER = re.compile(r"(?:['’]s|(?<=s)['’])$")
RELATIVE = re.compile(r"^(?:who|whose|which|with|by|in|on|at|to)\b", re.IGNORECASE)
PREPOSITIONS = frozenset(["of", "for", "at", "in", "from", "on", "with", "to", "into", "by"])
PREPOSITION = re.compile(rf"\s+(?:{'|'.join(sorted(PREPOSITIONS))})\s+")
VERB_LIKE = re.compile(
    r"\s(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|[a-z]+ed|who|which)\b"
)
POSSESSIVE = ("'s", "’s", "s'", "s’")
PARTICLES = {"de", "van", "von", "bin", "ibn", "al", "el", "der"}


@dataclass(frozen=True, slots=True)
class Words:
    """The lexicon of people as sets."""

    titles: dict[str, str]
    letters: frozenset[str]
    holders: dict[str, set[str]]
    offices: frozenset[str]
    bodies: frozenset[str]
    works: frozenset[str]
    parties: frozenset[str]
    openers: frozenset[str]


@cache
def words() -> Words:
    """Return the lexicon of titles, offices and bodies."""
    offices, bodies = read_lexicon("offices"), read_lexicon("bodies")
    return Words(
        titles={title: gender for gender, titles in offices["titles"].items() for title in titles},
        letters=frozenset(offices["letters"]),
        holders={office: set(titles) for office, titles in offices["holders"].items()},
        offices=frozenset(offices["offices"]),
        bodies=frozenset(bodies["bodies"]),
        works=frozenset(bodies["documents"]),
        parties=frozenset(bodies["parties"]),
        openers=frozenset(bodies["openers"]),
    )


def split_person(tokens: list[str]) -> tuple[str | None, list[str], list[str]]:
    """Split a noun phrase into (title, words of the name, words before them); the name ends the phrase or is empty."""
    known = words()
    end = len(tokens)
    while end and tokens[end - 1].strip(",") in known.letters:
        end -= 1
    start = end
    while start and end - start < 6:
        word = tokens[start - 1]
        if word in known.titles or word.rstrip(".") in known.titles:
            return word.rstrip("."), tokens[start:end], tokens[: start - 1] + tokens[end:]
        is_peerage = word == "of" and start >= 3 and tokens[start - 3] in known.titles
        if not (is_name_word(word) or (start < end and (word in PARTICLES or is_peerage))):
            break
        start -= 1
    while start < end and tokens[start] in PARTICLES:
        start += 1
    if end - start > 3:
        start = end - 2
    return None, tokens[start:end], tokens[:start] + tokens[end:]


def before_preposition(phrase: str) -> str:
    """Return the words of a phrase before its first preposition, the whole phrase when it has none."""
    return phrase if PREPOSITIONS.isdisjoint(phrase.split()) else PREPOSITION.split(phrase, maxsplit=1)[0]


def is_place_of_office(before: list[str]) -> bool:
    """Say whether the words before a name make it part of an office ("a manager in Leeds", "the Member for Calder")."""
    return bool(before) and before[-1] in PREPOSITIONS and as_role(" ".join(before)) is not None


@lru_cache(maxsize=4096)
def is_name_word(word: str) -> bool:
    """Say whether a word can be part of a person's name."""
    known = words()
    if not word[:1].isupper() or word.casefold() in known.offices or word in known.bodies or word in known.openers:
        return False
    if any(not part[:1].isupper() for part in word.split("-") if part not in PARTICLES):
        return False
    bare = word.replace("-", "").replace("’", "").replace("'", "").rstrip(".")
    return bare.isalpha() and (len(bare) == 1 or not bare.isupper()) and not word.endswith(POSSESSIVE)


def as_role(phrase: str, is_apposed: bool = False) -> str | None:
    """Return the office or party that a phrase states, without its article; None when it states none.

    Right behind a name (`is_apposed`) any phrase with an article states one ("Dr Doe, a criminologist at ...").
    """
    if is_apposed and VERB_LIKE.search(phrase):
        return None  # "..., the director confirmed" is a clause of its own
    is_apposed = is_apposed and APPOSED.match(phrase) is not None
    if not TOLD.isdisjoint(phrase.split()):  # "said Assistant Commissioner"
        phrase = TELLING.sub("", phrase)
    phrase = ARTICLE.sub("", LEADING.sub("", phrase.strip(" ,(")))
    tokens = [token.strip(",()").casefold() for token in phrase.split()]
    is_office = any(token in words().offices for token in tokens) and not RELATIVE.match(phrase)
    party = OWNER.sub("", phrase) if phrase[-2:].endswith(("s", "'", "’")) else phrase  # "Labour's Jane Doe"
    if party in words().parties:
        return party
    is_role = is_office or is_apposed
    return phrase if is_role and len(tokens) <= 14 else None
