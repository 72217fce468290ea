"""Follow-ups: what a text says became of a review's recommendations, and in which sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass

from helpers.numbers.numerals import NUMBER_WORDS, parse_number
from helpers.records import Finding, Sentence

RANK = {"proposed": 0, "accepted": 1, "implemented": 2}
NOUN = r"\b[Rr]ecommendations?\b|\bR\d{1,2}\b"
DONE = re.compile(
    r"\b(?:implemented|delivered|completed|(?:put|now) in(?:to)? (?:place|effect|practice)|"
    r"carried out|acted (?:up)?on|met in full|adopted)\b"
)
TAKEN = re.compile(
    r"\b(?:accept(?:s|ed|ing)?|agree[sd]?(?: to| with)?|welcom(?:es|ed) and accept\w*|endorse[sd]?|"
    r"(?:will|to|would|shall|committed to|pledged to|plans to) (?:fully )?(?:implement|deliver|adopt|act on)\w*|"
    r"being implemented)\b"
)
UNDONE = re.compile(
    r"\b(?:not|never|yet to|fail(?:s|ed|ing)? to|refus\w+ to|reject(?:s|ed)?|declin\w+ to|unless|whether|if|should|"
    r"must|ensure|until|"
    r"none|no|would be|need to|needs to|urged|called (?:on|for)|partially|partly|some of|most of)\b",
    re.IGNORECASE,
)
NUMBERS = re.compile(
    r"\b(?:[Rr]ecommendations?|R)\s?(\d{1,3}(?:(?:\s?(?:,|and|to|–|-|&)\s?)+(?:and\s)?R?\d{1,3})*)\b(?!\s?%)"
)
PARTIAL = re.compile(
    r"\bof which\b"
    r"|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|\d+)\s+(?:out\s+)?of\s+(?:the|its|these|those|them)\b",
    re.IGNORECASE,
)
LETTERED = re.compile(r"(?<!\w)\(([a-j])\)")  # "(a), (b) and (e) have been implemented"
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
ORDINAL = re.compile(
    rf"\b[Tt]he ({'|'.join(ORDINALS)})(?=,| of (?:these|those|them|the)\b|(?: recommendation)?\s(?:is|has|was)\b)"
)
COUNTED = re.compile(
    rf"(?<!the )(?<!all )(?<!both )(?<!these )(?<!those )\b"
    rf"(?P<count>\d{{1,3}}|{NUMBER_WORDS})\s+(?:of\s+(?:the|its|these)\s+)?"
    r"(?:\w+\s+)?recommendations?\b",
    re.IGNORECASE,
)
AHEAD = re.compile(r"\b(?:will|to|shall|be|being)\s+(?:be\s+)?(?:fully\s+)?$")
CLAUSE_END = re.compile(r"[;:]|,\s(?:but|and|while)\s|\s(?:and|but)\s(?=\w+(?:ed|es|s)\b|has\b|have\b)")
THEM = re.compile(
    r"\b(?:all (?:of )?(?:them|these|four|five|six|three|\d+|[a-z]+)|them all|these|both)\b", re.IGNORECASE
)
STATUS_LINE = re.compile(
    r"(?:status|(?:government )?response|progress|update)\s*[:–-]\s*(?P<status>[^\n]{3,80})", re.IGNORECASE
)
OWN_LABEL = re.compile(r"\W{0,3}(?:status|(?:government )?response|progress|outcome)\s*[:–-]", re.IGNORECASE)


@dataclass(slots=True)
class FollowUp:
    """One sentence on what became of recommendations: of all of them (``numbers`` empty) or of some."""

    start: int
    sentence_id: str
    status: str
    numbers: frozenset[int]


def find_follow_ups(sentences: list[Sentence], findings: list[Finding]) -> list[FollowUp]:
    """Return what the sentences tell of the fate of the recommendations among `findings`, in order.

    What should, may or did not happen tells nothing, and from a sentence that speaks of some ("three of the four")
    without saying which nothing follows for any.
    """
    found = []
    spoken_of = -10  # the last sentence that named or gave recommendations, so that "all of them" can follow it
    upcoming = 0  # the finding that the next sentences may give
    for place, sentence in enumerate(sentences):
        if sentence.role == "furniture":
            continue
        while upcoming < len(findings) and findings[upcoming].span_end <= sentence.span_start:
            upcoming += 1
        is_given = upcoming < len(findings) and findings[upcoming].span_start < sentence.span_end
        is_named = is_given or re.search(NOUN, sentence.text) is not None
        is_meant = is_named or (place - spoken_of <= 2 and THEM.search(sentence.text) is not None)
        spoken_of = place if is_named else spoken_of
        for clause in CLAUSE_END.split(sentence.text) if is_meant else ():
            if (status := _status_of_clause(clause)) and not _is_of_some(clause, len(findings)):
                numbers = _numbers(clause)
                if is_given and OWN_LABEL.match(sentence.text) and (own := findings[upcoming].number):
                    numbers = frozenset({own})
                found.append(FollowUp(sentence.span_start, sentence.sentence_id, status, numbers))
    return found


def _is_of_some(clause: str, n_findings: int) -> bool:
    """Say whether a clause tells of a number of recommendations that is not the number there are, unnamed."""
    counted = COUNTED.search(clause) if not LETTERED.search(clause) else None
    number = parse_number(counted["count"]) if counted else None
    return number is not None and number.value < n_findings


def status_of(words: str) -> str | None:
    """Return the furthest status that `words` state as a fact, or None."""
    told = [status for clause in CLAUSE_END.split(words) if (status := _status_of_clause(clause))]
    return max(told, key=lambda status: RANK[status], default=None)


def _status_of_clause(clause: str) -> str | None:
    """Return the status that one clause states as a fact, or None: what should, may or did not happen is none."""
    is_partial = PARTIAL.search(clause) is not None and not LETTERED.search(clause)
    done = DONE.search(clause)
    if done and not is_partial:
        before = clause[max(0, done.start() - 60) : done.start()]
        if not UNDONE.search(before) and not AHEAD.search(before):
            return "implemented"
    taken = TAKEN.search(clause)
    if taken and not is_partial:
        before = clause[max(0, taken.start() - 60) : taken.start()]
        return None if UNDONE.search(before) else "accepted"
    return None


def apply_follow_ups(findings: list[Finding], follow_ups: list[FollowUp]) -> None:
    """Give each recommendation the furthest status told of it and the nearest sentence that tells it (in place)."""
    for finding in findings:
        fitting = [told for told in follow_ups if not told.numbers or finding.number in told.numbers]
        fitting = [told for told in fitting if RANK[told.status] > RANK[finding.status or "proposed"]]
        if fitting:
            best = max(fitting, key=lambda told: (RANK[told.status], -_distance(told.start, finding)))
            finding.status, finding.status_sentence_id = best.status, best.sentence_id


def _distance(start: int, finding: Finding) -> int:
    """Return how far a sentence lies from a finding; one before it counts double, as news of it mostly follows."""
    return start - finding.span_start if start >= finding.span_end else 2 * max(0, finding.span_start - start)


def _numbers(words: str) -> frozenset[int]:
    """Return the numbers of the recommendations that a sentence names ("Recommendations 1 to 3 and 7")."""
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
    named |= {ORDINALS.index(word) + 1 for word in ORDINAL.findall(words)}
    return frozenset(named)
