"""What a number without a noun is about: what changed, what is multiplied, the stages of the sentence before."""

from __future__ import annotations

import re
from itertools import pairwise

from helpers.numbers.clauses import Clause, Ground, Mention
from helpers.numbers.cues import Cue
from helpers.numbers.nouns import CASE_NOUNS, is_official
from helpers.numbers.references import SURVEY
from helpers.seldom import Seldom

NEAR = 40  # characters from a subject to its number, or to the clause that counts it
_MULTIPLIED = re.compile(
    r"(?: as (?:many|much)| more| the| that)(?: [\w-]+)?(?: (?:number|rate|level|share|proportion) of)? (\w+s)\b"
)
_AGAINST_TARGET = re.compile(
    r"(?:against|compared (?:with|to)|versus|short of|below|above|beating|missing)(?: an?| the| its| our| their)?"
    r" (?:[a-z]+ )?(?:target|goal|aim|benchmark|ambition|standard)s? of $",
    re.IGNORECASE,
)
_REPORTS = Seldom(
    r"\b(?:quarter|year|months?|period|police|forces?|schools?|teachers|staff|education|councils?|scheme|programme|it|"
    r"they|which)\b[^.;]{0,90}\b(?:brought in|br(?:ought|ings) in|produced|generated|yielded|saw|seen|received|made|"
    r"sent in|sent|took in|led to|prompted|accounted for|logged|recorded|handled) $",
    re.IGNORECASE,
)
_TO_MONEY = re.compile(r",? (?:to|from)(?: just| only| about)? ")
_OPENS_OF = re.compile(r"\W*(?:of|among|amongst) (?:all )?(?:the |those |these )?", re.IGNORECASE)
_OF_THEM = re.compile(r" of (?:them|these|those)\b(?! \w+ed\b| who\b)")
_THE_SHARE = re.compile(r"\b(?:the|that) (?:share|proportion|figure|rate) (?:is|was|stood at)(?: [a-z]+){0,2} $")
_HAD_BEEN = re.compile(r"(?: (?:as cases|by Channel|who|that|had|have|has|been|were|was))* ?", re.IGNORECASE)
_ABOUT = re.compile(r" reports? (?:on|into|by|of (?!concern|people))")
_OF_WHICH_THERE = re.compile(
    r"(?:(?: of| by| with)(?: (?:the|an?))? [a-z]+)?,? of (?:which|whom) there (?:were|was|are|have been|had been) $"
)
_DIMENSIONS = {"age": "age", "gender": "gender", "sex": "gender", "region": "region", "ideology": "concern"}
_OF_THOSE = re.compile(rf"\b({'|'.join(_DIMENSIONS)})s? (?:of|for) (?:the |a further |another )?$", re.IGNORECASE)
_NOT_RECORDED = re.compile(
    r"(?: [a-z]+){0,3} (?:was|were|is|are) (?:not (?:recorded|known|specified|given|stated)|unknown|unrecorded)\b"
)
_KEPT_IN = re.compile(
    r"\b(?:met|missed|kept|breached|exceeded|observed|hit|achieved|complied with|adhered to|stuck to) (?:in|for) "
    r"(?:(?:just|only|about|around|some|nearly|almost|over) )*$"
)
_AND = re.compile(r",? and (?:the )?(?:number of )?")
_NO_NOUN = re.compile(r"as|years|times|cases")
_COMPARED = re.compile(r",? (?:(?:up|down) from|compared (?:with|to)|against) ")
_NEW_CLAUSE = re.compile(r"; |, (?:and|but|while|whereas|although) | (?:while|whereas|but) ")


def changed_subject(clause: Clause, first: Mention, start: int) -> Cue | None:
    """Return what no official series counts when a change is one of it ("requests for advice had tripled")."""
    if first.direction == "level":
        return None
    floor = _clause_start(clause.words, start)
    named = [cue for cue in clause.measures if floor <= cue.start < start]
    if not named or any(is_official(cue.measure) for cue in named):
        return None
    return next((cue for cue in named if cue.role == "noun"), None)


def counted_of_which(clause: Clause, first: Mention) -> Cue | None:
    """Return what a number counts when a clause of its own says how many ("each meeting, of which there were 14")."""
    lead = first.before_modifier
    if first.noun or not (found := _OF_WHICH_THERE.search(lead)):
        return None
    end = first.lead - len(lead) + found.start()
    return next((cue for cue in reversed(clause.measures) if cue.role == "noun" and end - NEAR < cue.end <= end), None)


def is_of_limit(before: str) -> bool:
    """Whether a share says how often a limit or target was kept ("it was met in 88% of cases").

    Examples
    --------
    >>> is_of_limit("the limit was met in ")
    True
    """
    return _KEPT_IN.search(before) is not None


def settle_unrecorded(mention: Mention, inherited: str | None) -> None:
    """Give those of whom something is not known its dimension ("the age of 26 people was not recorded")."""
    found = _OF_THOSE.search(mention.before_modifier) if mention.candidate.kind == "count" else None
    if found is None or not _NOT_RECORDED.match(mention.after) or mention.dimension not in (None, "total"):
        return
    if not is_official(mention.measure) and mention.noun in CASE_NOUNS:
        mention.measure = inherited
        mention.grounds["measure"] = Ground("the sentences before", held="measure")
    if is_official(mention.measure):
        mention.dimension, mention.category = _DIMENSIONS[found[1].lower()], None
        mention.grounds["category"] = Ground("what is not known of them")


def counts_reports(words: str, first: Mention) -> bool:
    """Whether "reports" are what the sentences before call referrals ("the last quarter brought in 3,200 reports")."""
    return bool(_REPORTS.search(words[: first.lead]) and not _ABOUT.match(first.after))


def opening_stage(clause: Clause) -> str | None:
    """Return the stage of Channel that a sentence opens with as its whole ("Of those adopted, 302 were referred")."""
    opens = _OPENS_OF.match(clause.words)
    if opens is None or not clause.measures or clause.measures[0].start > opens.end():
        return None
    measure = clause.measures[0].measure
    return measure if is_official(measure) and measure != "referrals" else None


def stage_of_referred(words: str, subjects: list[Cue]) -> Cue:
    """Return the last of the subjects, or the one before it whose concern "referred" only tells.

    "More of those adopted were referred because of X (302) than Y (210)" counts adopted cases.
    """
    last, before = subjects[-1], subjects[-2] if len(subjects) > 1 else None
    if before is None or last.measure != "referrals" or before.measure == "referrals":
        return last
    return before if _HAD_BEEN.fullmatch(words, before.end, max(before.end, last.start)) else last


def is_of_survey(clause: Clause, before: list[Mention], start: int, is_share: bool) -> bool:
    """Whether a number counts answers of a survey, and not what its sentence names an official measure of."""
    official = [cue for cue in clause.measures if is_official(cue.measure)]
    if not official and SURVEY.search(clause.words):
        return True
    if not clause.is_surveyed or not is_share:
        return False
    if before and is_official(before[-1].measure) and _THE_SHARE.search(clause.words[:start]):
        return False  # "of which 19 (9%) were adopted; nationally the proportion was 14%"
    return not any(cue.end <= clause.mentions[0].start for cue in official)


def is_share_of_others(clause: Clause, before: list[Mention], members: list[Mention]) -> bool:
    """Whether a share follows a count of something else ("2,140 calls, and fewer than one in ten of them")."""
    if members[0].candidate.kind not in ("percentage", "fraction") or members[0].direction != "level":
        return False
    if not before:
        return clause.counts_other and _OF_THEM.match(members[-1].after) is not None
    last = before[-1]
    kind = last.candidate.kind
    counts_other = (kind == "count" and last.noun and last.noun not in CASE_NOUNS) or kind == "ratio"
    return bool(counts_other) and not is_official(last.measure)


def measure_of_target(before: list[Mention], first: Mention) -> Mention | None:
    """Return the number that a target is set for ("86% have been trained, against a target of 90%"), None without."""
    return before[-1] if before and _AGAINST_TARGET.search(first.before_modifier) else None


def _clause_start(words: str, end: int) -> int:
    """Return where the clause that leads to an offset begins: after a semicolon or a conjunction."""
    return max((stop.end() for stop in _NEW_CLAUSE.finditer(words, 0, end)), default=0)


def multiplies_other(after: str, measures: list[Cue], end: int) -> bool:
    """Whether a multiple is of what the official series does not count ("double the usual number of calls")."""
    found = _MULTIPLIED.match(after)
    if not found or found[1].lower() in CASE_NOUNS or _NO_NOUN.match(found[1]):
        return False
    return not any(is_official(cue.measure) and end <= cue.start <= end + len(found.group()) + 4 for cue in measures)


def settle_costs(clause: Clause) -> None:
    """Let a change that ends or begins at a sum of money be one of money ("cut by a quarter to £60,000"), in place."""
    for change, amount in pairwise(clause.mentions):
        is_change = change.direction != "level" and change.candidate.kind in ("percentage", "fraction", "multiple")
        leads = is_change and amount.candidate.kind == "money"
        if leads and _TO_MONEY.fullmatch(clause.words, change.end, amount.lead):
            change.measure = "cost"
            change.grounds["measure"] = Ground("the sum of money that it leads to", amount.start, amount.end)


def assign_stages(clause: Clause, groups: list[list[Mention]]) -> None:
    """Let numbers that name no measure follow those of the sentence before ("against 16% and 9% respectively")."""
    _follow_clause(clause, groups)
    _follow_subjects(clause, groups)
    if not 1 < len(groups) <= len(clause.stages) or "respective" not in clause.words:
        return
    if not any(is_official(cue.measure) for cue in clause.measures):
        for stage, members in zip(clause.stages[-len(groups) :], groups, strict=True):
            for mention in members:
                mention.measure = stage
                mention.grounds["measure"] = Ground("the sentence before, in its order", held="measure")


def _follow_subjects(clause: Clause, groups: list[list[Mention]]) -> None:
    """Let two numbers follow two subjects ("adoptions and referrals stood at 1,472 and 8,778 respectively")."""
    end = clause.words.lower().find("respectively")
    places = [place for place, members in enumerate(groups) if members[0].start < end]
    named = [cue for cue in clause.measures if cue.role == "noun" and is_official(cue.measure)]
    for first, second in pairwise(named):
        lead, last = (groups[places[-2]], groups[places[-1]]) if len(places) > 1 else ([], [])
        is_pair = _AND.fullmatch(clause.words, first.end, second.start)
        if not lead or not is_pair or second.end > lead[0].start or lead[0].start - second.end > NEAR:
            continue
        if first.measure == second.measure or not _AND.fullmatch(clause.words, lead[-1].end, last[0].lead):
            continue
        for cue, members in ((first, lead), (second, last)):
            for mention in members:
                mention.measure, mention.noun, mention.unit = cue.measure, "", mention.candidate.unit
                mention.grounds["measure"] = Ground("the subjects before it, in their order", cue.start, cue.end)


def _follow_clause(clause: Clause, groups: list[list[Mention]]) -> None:
    """Let two numbers or more follow those of the clause before ("discussed 16%, adopted 9%; then 23% and 13%")."""
    end = clause.words.lower().find("respectively")
    compared = [found.end() for found in _COMPARED.finditer(clause.words, 0, max(0, end))]
    start = max([_clause_start(clause.words, end), *compared]) if end > 0 else 0
    if not start or any(is_official(cue.measure) and start <= cue.start < end for cue in clause.measures):
        return
    earlier = [members[0].measure for members in groups if members[0].start < start]
    stages = [measure for measure in dict.fromkeys(earlier) if measure and is_official(measure)]
    later = [members for members in groups if start <= members[0].start < end]
    if 1 < len(stages) == len(later):
        for stage, members in zip(stages, later, strict=True):
            for mention in members:
                mention.measure = stage
                mention.noun = mention.unit = "" if mention.is_elided else mention.noun
                mention.grounds["measure"] = Ground("the clause before, in its order")
