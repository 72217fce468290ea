"""Portions: which of a review's recommendations a clause speaks of ("the first three", "the one on records")."""

from __future__ import annotations

import re
from collections.abc import Sequence

from helpers.numbers.numerals import NUMBER_WORDS, parse_number

NUMBERS = re.compile(
    r"\b(?:[Rr]ecommendations?|R)\s?(\d{1,3}(?:(?:\s?(?:,|and|to|–|-|&)\s?)+(?:and\s)?R?\d{1,3})*)\b(?!\s?%)"
)
LETTERED = re.compile(r"(?<!\w)\(([a-j])\)")  # "(a), (b) and (e) have been implemented"
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
ENDS = ("last", "final")
RANKS = "|".join((*ORDINALS, *ENDS))
RANKED = re.compile(
    rf"\b[Tt]he (?P<ranks>(?:{RANKS})(?:(?:, | and |, and )(?:the )?(?:{RANKS}))*)"
    rf"(?: (?P<count>\d{{1,2}}|{NUMBER_WORDS}))?"
    r"(?=,| of (?:these|those|them|the)\b|(?: recommendations?)?(?:,|\s(?:is|are|has|have|was|were|will|remains?)\b)|$)"
)
REST = re.compile(
    rf"\b[Tt]he (?:rest|(?:others?|remaining|remainder)(?: (?P<count>\d{{1,2}}|one|{NUMBER_WORDS}))?)\b"
    r"(?= recommendations?\b|[,.;]|$| (?:is|are|has|have|was|were|will|remains?)\b)"
)
ABOUT = re.compile(
    r"\b[Tt]he (?:(?:one|recommendation|proposal)s?|(?:fourth|fifth|sixth|last|final|other|remaining)(?: one)?,?)"
    r" (?:on|about|for|concerning|covering|regarding) (?P<topic>[^,;:.]{3,80}?)(?=,|;|$|"
    r"\s(?:is|are|has|have|was|were|will|remains?|stands?)\b)"
)
SOME = re.compile(
    rf"(?<!the )\b(?P<count>\d{{1,2}}|{NUMBER_WORDS})(?: (?:out )?of (?:the(?:m|se|ir)?|its|those|which|our)\b)?"
    rf"(?: (?:\d{{1,2}}|{NUMBER_WORDS}))?(?: recommendations?)?"
    r"(?= (?:(?:has|have|had|were|was|are|is|will|now)\b))",
    re.IGNORECASE,
)
STEM = 5  # letters by which words are compared, so that "records" meets "recording"
ALIKE = {"reten": {"recor", "keep", "kept"}}  # "the one on data retention" is "keep records for ten years"
PLAIN = frozenset(["their", "these", "those", "which", "every", "within", "after", "before", "should"])


def named_numbers(words: str, count: int = 0) -> frozenset[int]:
    """Return the numbers of the recommendations that a clause names ("Recommendations 1 to 3 and 7", "the first two").

    The last ones are known only if there are `count` of them.
    """
    named: set[int] = set()
    for match in NUMBERS.finditer(words):
        last = None
        for found in re.finditer(r"(\d{1,3})|(to|–|-)", match.group(1)):
            if found.group(2):
                last = max(named, default=None)
                continue
            number = int(found.group(1))
            named |= set(range(last, number + 1)) if last is not None and last < number else {number}
            last = None
    named |= {ord(letter) - ord("a") + 1 for letter in LETTERED.findall(words)}
    for match in RANKED.finditer(words):
        named |= _ranked(match, count)
    return frozenset(named)


def _ranked(match: re.Match[str], count: int) -> set[int]:
    """Return the numbers that "the first and third", "the first three" or "the last two" stand for."""
    ranks = re.findall(RANKS, match["ranks"])
    many = parse_number(match["count"]) if match["count"] else None
    if many is None:
        return {count if rank in ENDS else ORDINALS.index(rank) + 1 for rank in ranks} - {0}
    several = int(many.value)
    if ranks == ["first"]:
        return set(range(1, several + 1))
    return set(range(max(1, count - several + 1), count + 1)) if ranks[0] in ENDS and len(ranks) == 1 else set()


def find_rest(words: str, count: int, told: frozenset[int]) -> frozenset[int]:
    """Return the numbers of "the other two" of `count`, where it was told of some of them."""
    match = REST.search(words)
    if not match or not told:
        return frozenset()
    rest = frozenset(range(1, count + 1)) - told
    many = parse_number(match["count"]) if match["count"] else None
    return rest if many is None or many.value == len(rest) else frozenset()


def find_topic(words: str, texts: Sequence[str]) -> frozenset[int]:
    """Return the number of "the one on records" among the `texts` of the recommendations, if one fits best."""
    match = ABOUT.search(words)
    stems = _stems(match["topic"]) if match else set()
    shared = [len(stems & _stems(text)) for text in texts]
    best = max(shared, default=0)
    return frozenset([shared.index(best) + 1]) if best and shared.count(best) == 1 else frozenset()


def _stems(words: str) -> set[str]:
    """Return the beginnings of the telling words."""
    plain = re.findall(r"[a-z]{4,}", words.lower())
    stems = {word[:STEM] for word in plain if word not in PLAIN}
    return stems.union(*(ALIKE.get(stem, ()) for stem in stems))


def count_some(words: str, count: int) -> int:
    """Return how many of `count` recommendations a clause speaks of without naming them; 0 if it does not."""
    match = SOME.search(words)
    number = parse_number(match["count"]) if match else None
    return int(number.value) if number and 0 < number.value < count else 0
