"""The numbers of a sentence with the words around each: group, modifier, direction, unit and counted noun."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from operator import attrgetter
from typing import NamedTuple

from helpers.numbers.changes import REACH, find_change
from helpers.numbers.cues import Cue
from helpers.numbers.groups import group_candidates
from helpers.numbers.modifiers import is_comparison, modifier_around
from helpers.numbers.nouns import SHARES, unit_of
from helpers.numbers.number_readers import Candidate

_AGAINST_CHANGE = re.compile(r"(?: [\w-]+){0,5},? (?:against|compared with|compared to|versus) ")
_A_DAY = re.compile(r" (?:a|each|every|per) (?:day|week|month)\b")  # a rate is worked out: "some 24 a day"
_OR = re.compile(r"[^,;(]{0,30},? \(?or\b")
_APPOSED = re.compile(r"(?: [\w-]+){0,3}(?:,| [—–-]) ")


class Ground(NamedTuple):
    """Why a field of a number was read as it was: in words, and the words of its sentence that say so (half-open).

    `held` is what the sentences before left when it comes from them: ``period``, ``geography``, ``measure`` and so on.
    """

    why: str
    start: int = 0
    end: int = 0
    held: str = ""


@dataclass(slots=True)
class Mention:
    """A candidate in its sentence: the words before and after it up to its neighbours, and what they make of it."""

    candidate: Candidate
    start: int = field(init=False, repr=False)  # offset in the sentence of the number itself
    end: int = field(init=False, repr=False)  # offset right after it
    group: int
    before: str
    after: str
    modifier: str = "exact"
    direction: str = "level"
    unit: str = ""
    noun: str = ""
    measure: str | None = None
    dimension: str | None = None
    category: str | None = None
    denominator: str | None = None
    caveat: str | None = None
    combined: list[str] = field(default_factory=list)
    is_elided: bool = False  # the noun was carried over from an earlier number
    is_own: bool = False  # a figure of the speaker's own: "I have made seven referrals"
    is_part: bool = False  # of the category that the number before it counts: "1,004, of which 212 were adopted"
    taken: int = 0  # characters before the number that its modifier takes
    opens_whole: bool | None = None  # what `is_whole` said of it, None until it is asked
    grounds: dict[str, Ground] = field(default_factory=dict)  # why each field was read so, for those who ask

    def __post_init__(self) -> None:
        self.start, self.end = self.candidate.start, self.candidate.end

    @property
    def lead(self) -> int:
        """Offset in the sentence of the number's modifier, or of the number when it has none."""
        return self.start - self.taken

    @property
    def before_modifier(self) -> str:
        """The words before the number and its modifier."""
        return self.before[: len(self.before) - self.taken] if self.taken else self.before

    @property
    def is_level_share(self) -> bool:
        """Whether this is a share of a whole, and no change of one."""
        return self.candidate.kind in SHARES and self.direction == "level" and self.candidate.unit != "percentage_point"


@dataclass(slots=True)
class Clause:
    """A sentence, or a stretch of one, with what was found in it and what the sentences before were about."""

    words: str
    mentions: list[Mention]
    measures: list[Cue]
    categories: list[Cue]
    inherited: str | None = None  # official measure of the sentences before
    breakdowns: list[tuple[str, str]] = field(default_factory=list)  # dimension and category of the sentences before
    is_surveyed: bool = False  # the sentences before are about a survey, whose shares are shares of those asked
    goes_on_own: bool = False  # the sentence before gives official figures of the speaker's own ("we get 30 a month")
    counts_other: bool = False  # the sentence before counts what no official series does ("we took 900 calls")
    stages: list[str] = field(default_factory=list)  # official measures of the sentence before, in order
    subject: tuple[str, str] | None = None  # the category that the sentence before, without a number, was about
    introduced: tuple[str, str] | None = None  # the breakdown that an introduction ending with a colon names
    groups: list[list[Mention]] = field(init=False)  # the numbers, those that state one thing together

    def __post_init__(self) -> None:
        self.groups = [list(members) for _, members in groupby(self.mentions, key=attrgetter("group"))]


def make_mentions(sentence: str, candidates: list[Candidate]) -> list[Mention]:
    """Return the candidates of a sentence with their groups, neighbourhood, modifier, direction and unit."""
    mentions: list[Mention] = []
    if not candidates:
        return mentions
    bounds = [0, *(candidate.end for candidate in candidates[:-1])]
    limits = [*(candidate.start for candidate in candidates[1:]), len(sentence)]
    groups = group_candidates(sentence, candidates)
    for candidate, group, floor, ceiling in zip(candidates, groups, bounds, limits, strict=True):
        mention = Mention(candidate, group, sentence[floor : candidate.start], sentence[candidate.end : ceiling])
        _read_around(mention, sentence, has_previous=bool(mentions))
        mentions.append(mention)
    _share_modifiers(mentions)
    _share_changes(sentence, mentions)
    return mentions


def _read_around(mention: Mention, sentence: str, has_previous: bool) -> None:
    candidate = mention.candidate
    if not is_comparison(mention.before, candidate.kind, has_previous):
        is_round = candidate.number.grain > 1 or bool(_A_DAY.match(mention.after))
        mention.modifier, mention.taken = modifier_around(mention.before, mention.after, is_round)
    if candidate.high is not None:
        mention.modifier = "range"
    surface, around = sentence[mention.start : mention.end], sentence[mention.end : mention.end + REACH]
    change = find_change(candidate, surface, mention.before_modifier, mention.after, around)
    mention.direction = change.direction
    if change.end > change.start:
        place = mention.lead if change.start < 0 else mention.end
        mention.grounds["direction"] = Ground("the words", place + change.start, place + change.end)
    mention.unit, mention.noun = unit_of(candidate, mention.after)


def _share_changes(sentence: str, mentions: list[Mention]) -> None:
    """Let two numbers be changes where one is: compared with the other, or the other in figures.

    "Rose by 38%, against 10% in England and Wales" and "412 (or 7%) more than in 2019/20".
    """
    for first, second in pairwise(mentions):
        ground = second.grounds.get("direction")
        is_pair = first.group == second.group and first.candidate.kind in ("count", "money")
        if is_pair and ground and ground.start >= second.end and sentence[second.end] == ")":
            first.direction, first.grounds["direction"] = second.direction, ground
        is_bare = second.is_level_share and first.candidate.kind == second.candidate.kind == "percentage"
        if is_bare and first.direction != "level" and _AGAINST_CHANGE.fullmatch(sentence, first.end, second.lead):
            second.direction = first.direction
            second.grounds["direction"] = Ground("that of the change it is compared with", first.start, first.end)


def _share_modifiers(mentions: list[Mention]) -> None:
    """Let the modifier before a pair ("only 512, or 7 per cent") hold for both."""
    for first, second in pairwise(mentions):
        is_count = first.candidate.kind == "count"
        joins = _OR.match(first.after) or (
            is_count and _APPOSED.fullmatch(first.after[: len(first.after) - second.taken])
        )
        if (
            joins
            and first.group == second.group
            and second.modifier == "exact"
            and first.modifier not in ("exact", "range")
        ):
            second.modifier = first.modifier
            second.grounds["modifier"] = Ground("that of the number it is a pair with", first.lead, first.start)
