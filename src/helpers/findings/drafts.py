"""Drafts: a finding as read, and the words by which findings and the bodies told to act are known."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from helpers.lexicon import read_lexicon
from helpers.numbers.numerals import NUMBER_WORDS

CONNECTORS = {"and", "of", "for", "the", "in", "&", "/", "its", "all", "local", "every"}
BEING = {"be", "is", "was", "are", "were", "to", ""}
ACTS = re.compile(r"(?:should|must|needs?|ought|shall)\b")
TOLD = ("be", "hear")  # what is done to a body, which then is not the one to act


@dataclass(frozen=True, slots=True)
class Patterns:
    """Patterns made from the lexicon of findings."""

    counted: re.Pattern[str]
    noun: re.Pattern[str]
    verbs: re.Pattern[str]
    found: re.Pattern[str]
    faults: re.Pattern[str]
    kinds: dict[str, str]
    addressees: frozenset[str]


@cache
def patterns() -> Patterns:
    """Return the patterns made from ``lexicon/findings.yml``."""
    lexicon = read_lexicon("findings")
    kinds = {noun: kind for kind, nouns in lexicon["nouns"].items() for noun in nouns}
    nouns, verbs, faults, sources = (
        "|".join(sorted(map(re.escape, forms), key=len, reverse=True))
        for forms in (kinds, lexicon["verbs"], lexicon["faults"], lexicon["sources"])
    )
    return Patterns(
        re.compile(
            rf"\b(?<!\d[.,])(?P<count>\d{{1,3}}|{NUMBER_WORDS})\s+(?:(?!and\b|or\b)[a-z-]+\s+){{0,3}}?(?P<noun>{nouns})\b",
            re.IGNORECASE,
        ),
        re.compile(rf"\b(?P<noun>{nouns})\b", re.IGNORECASE),
        re.compile(
            rf"\b(?:{verbs}|follow(?:s|ing)|recommend(?:s|ed)?|(?:were|are)(?= as follows|:))\b"
            r"|(?:were|are)(?: that| to)?:",
            re.IGNORECASE,
        ),
        re.compile(
            rf"\b(?:{sources})\b(?:,?\s+(?:published|released|into|of|by|on)\b[^.,;:\n]{{0,50}}?)?,?(?:\s+\w+ly)?(?:\s+(?:also|had|has|further))*\s+(?:found|finds|identified|"
            r"concluded|concludes|highlighted|exposed|revealed)"
            r"(?:\s+that)?(?::|\s+)\s*",
            re.IGNORECASE,
        ),
        re.compile(rf"\b(?:{faults})\b", re.IGNORECASE),
        kinds,
        frozenset(lexicon["addressees"]),
    )


@dataclass(slots=True)
class Draft:
    """A finding as read, before its status is known."""

    start: int
    end: int
    kind: str
    number: int | None
    addressee: str | None
    sentence_id: str
    status: str | None = None
    status_sentence_id: str | None = None


def is_addressee(words: str, is_heading: bool = False) -> bool:
    """Say whether a line names a body that is told to act: short, no sentence, mostly capitals or words for bodies."""
    tokens = [token.strip("(),;:/") for token in words.split()]
    if not tokens or len(tokens) > 25 or words.rstrip().endswith((".", "?", ":")):
        return False
    named = [
        token
        for token in tokens
        if not token or token[:1].isupper() or token in CONNECTORS or token in patterns().addressees
    ]
    return len(named) >= len(tokens) * (0.6 if is_heading else 0.9)


def addressee_in(text: str, start: int, end: int, is_subjunctive: bool = False) -> str | None:
    """Return the body at the start of a recommendation that is told to act ("the Home Office should ...").

    After "recommends that" (`is_subjunctive`) the bare verb will do ("the Home Office publish ...").
    """
    tokens = text[start : min(end, start + 200)].split()
    named: list[str] = []
    for token in tokens:
        bare = token.strip("(),;:")
        if not (bare[:1].isupper() or bare in CONNECTORS or bare in patterns().addressees):
            break
        named.append(token)
    verb, after = ([*tokens[len(named) :], "", ""])[:2]
    is_acting = ACTS.match(verb) or (is_subjunctive and verb not in BEING and verb.isalpha())
    while named and named[-1].strip(",") in CONNECTORS:
        named.pop()
    while named and named[0].lower() in ("the", "all", "its", "that"):
        named.pop(0)
    return " ".join(named).strip(" ,") or None if is_acting and after not in TOLD and len(named) <= 14 else None
