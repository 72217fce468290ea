"""Follow-ups: what a text says became of a review's recommendations, and in which sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass

from helpers.findings.portions import (
    ABOUT,
    LETTERED,
    RANKED,
    REST,
    SOME,
    count_some,
    find_rest,
    find_topic,
    named_numbers,
)
from helpers.numbers.numerals import NUMBER_WORDS, parse_number
from helpers.records import Finding, Sentence

RANK = {"proposed": 0, "accepted": 1, "implemented": 2}
NOUN = r"\b[Rr]ecommendations?\b|\bR\d{1,2}\b"
DONE = re.compile(
    r"\b(?:implemented|delivered|completed|(?:put|now) in(?:to)? (?:place|effect|practice)|"
    r"carried out|acted (?:up)?on|met in full|adopted|actioned|fulfilled|"
    r"(?<=is |re |en |ow |as )(?:now |already |fully |all )?(?:complete|done|in use))\b"
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
PARTIAL = re.compile(
    r"\bof which\b"
    r"|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|\d+)\s+(?:out\s+)?of\s+(?:the|its|these|those|them)\b",
    re.IGNORECASE,
)
COUNTED = re.compile(
    rf"(?<!the )(?<!all )(?<!both )(?<!these )(?<!those )\b"
    rf"(?P<count>\d{{1,3}}|{NUMBER_WORDS})\s+(?:of\s+(?:the|its|these)\s+)?"
    r"(?:\w+\s+)?recommendations?\b",
    re.IGNORECASE,
)
AHEAD = re.compile(r"\b(?:will|to|shall|be|being)\s+(?:be\s+)?(?:fully\s+)?$")
CLAUSE_END = re.compile(
    r"[;:]|,\s(?:but|and|while)\s|\s(?:and|but)\s(?=\w+(?:ed|es|s)\b|has\b|have\b)"
    r"|\s(?:and|but|while|with)\s(?=the \w+ (?:has|have|is|are|on)\b)"
    r"|,\s(?=the (?:other|rest|remaining|last|final|one)\b)"
)
THEM = re.compile(
    r"\b(?:all (?:of )?(?:them|these|four|five|six|three|\d+|[a-z]+)|them all|these|both)\b", re.IGNORECASE
)
MEANT = (THEM, RANKED, REST, ABOUT, SOME)
ABOUT_ITSELF = re.compile(
    r"\W{0,3}(?:(?:status|(?:government )?response|progress|outcome)\s*[:–-]|(?:this|it|that|the recommendation)\b)",
    re.IGNORECASE,
)
NEAR = 2  # sentences between those that speak of the same recommendations
REFUSED = re.compile(r"reject|declin|refus|\bnot (?:accepted|agreed)|under (?:consideration|review)|pending|\bnoted")
GOING = re.compile(
    r"\b(?:in progress|o(?:n|ff) track|under ?way|ongoing|being|begun|started|part(?:ly|ially)?|to be|will|due)\b"
)
NOT_YET = re.compile(r"\b(?:not|yet|never|no)\b")
DONE_LABEL = re.compile(r"\b(?:implemented|delivered|completed?|done|met|fulfilled|actioned|discharged|in place)\b")
TAKEN_LABEL = re.compile(r"\b(?:accept|agree)")
LABEL = 12  # words of a status on a line or in a cell of its own


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
    found: list[FollowUp] = []
    spoken_of = -10  # the last sentence that named or gave recommendations, so that "all of them" can follow it
    upcoming = 0  # the finding that the next sentences may give
    portions = Portions(findings)
    for place, sentence in enumerate(sentences):
        if sentence.role == "furniture":
            continue
        while upcoming < len(findings) and findings[upcoming].span_end <= sentence.span_start:
            upcoming += 1
        words, is_given = sentence.text, False
        for finding in findings[upcoming:]:
            if finding.span_start >= sentence.span_end:
                break
            is_given = True
            words = without(words, sentence, finding)
        is_named = is_given or re.search(NOUN, words) is not None
        is_meant = is_named or (place - spoken_of <= NEAR and any(sign.search(words) for sign in MEANT))
        spoken_of = place if is_named else spoken_of
        own = findings[upcoming].number if is_given and ABOUT_ITSELF.match(sentence.text) else None
        for clause in CLAUSE_END.split(words) if is_meant else ():
            found += portions.read(clause, place, sentence, own)
    return found


def without(words: str, sentence: Sentence, finding: Finding) -> str:
    """Return the words of a sentence without those of a finding, which say what to do and not what was done."""
    if finding.span_start <= sentence.span_start and sentence.span_end <= finding.span_end:
        return words if ABOUT_ITSELF.match(words) else ""
    return words.replace(" ".join(finding.text.split()), " ")


class Portions:
    """Follows which of the recommendations a text has told of, so that "the other two" can be made out."""

    def __init__(self, findings: list[Finding]) -> None:
        numbers = [finding.number for finding in findings]
        self.texts = [finding.text for finding in findings]
        self.count = len(numbers) if numbers == list(range(1, len(numbers) + 1)) else 0
        self.given = len(findings)
        self.told: frozenset[int] = frozenset()  # those the last clauses spoke of
        self.some: FollowUp | None = None  # what was told of some that are not named
        self.n_some, self.told_at = 0, -10

    def read(self, clause: str, place: int, sentence: Sentence, own: int | None = None) -> list[FollowUp]:
        """Return what one clause tells, of `own` if it is part of that finding, and what it settles of others."""
        if place - self.told_at > NEAR:
            self.told, self.some = frozenset(), None
        status = _status_of_clause(clause)
        numbers = frozenset({own}) if own else named_numbers(clause, self.count)
        if not numbers and self.count:
            numbers = find_rest(clause, self.count, self.told) or find_topic(clause, self.texts)
        told = FollowUp(sentence.span_start, sentence.sentence_id, status, numbers) if status else None
        found = [told] if told and (numbers or not _is_of_some(clause, self.given)) else []
        if not numbers:
            if told and not found:
                self.some, self.n_some, self.told_at = told, _is_of_some(clause, self.given), place
            return found
        if self.some and self.n_some == self.count - len(numbers):
            rest = frozenset(range(1, self.count + 1)) - numbers
            found.append(FollowUp(self.some.start, self.some.sentence_id, self.some.status, rest))
            self.some = None
        self.told, self.told_at = self.told | numbers, place
        return found


def _is_of_some(clause: str, n_findings: int) -> int:
    """Return how many recommendations a clause tells of when they are fewer than there are, and unnamed; else 0."""
    if LETTERED.search(clause):
        return 0
    counted = COUNTED.search(clause)
    number = parse_number(counted["count"]) if counted else None
    if number and number.value < n_findings:
        return int(number.value)
    is_part = PARTIAL.search(clause) or any(sign.search(clause) for sign in (RANKED, REST, ABOUT))
    return count_some(clause, n_findings) or (-1 if is_part else 0)


def status_of(words: str) -> str | None:
    """Return the furthest status that `words` state as a fact, or None."""
    told = [status for clause in CLAUSE_END.split(words) if (status := _status_of_clause(clause))]
    return max(told, key=lambda status: RANK[status], default=None)


def status_of_label(words: str) -> str | None:
    """Return the status that a line or cell of its own gives ("Completed in May 2024", "Partially implemented")."""
    words = words.lower()
    if len(words.split()) > LABEL:
        return status_of(words)
    if REFUSED.search(words):
        return "proposed"
    is_late = NOT_YET.search(words) is not None
    if GOING.search(words):
        return None if is_late and not TAKEN_LABEL.search(words) else "accepted"
    if DONE_LABEL.search(words) and not is_late:
        return "implemented"
    return "accepted" if TAKEN_LABEL.search(words) else None


def _status_of_clause(clause: str) -> str | None:
    """Return the status that one clause states as a fact, or None: what should, may or did not happen is none."""
    done = DONE.search(clause)
    if done:
        before = clause[max(0, done.start() - 60) : done.start()]
        if not UNDONE.search(before) and not AHEAD.search(before):
            return "implemented"
    taken = TAKEN.search(clause)
    if taken:
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
