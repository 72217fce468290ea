"""Categories that a number takes over from the sentences before: their breakdown, or that of an introduction."""

from __future__ import annotations

import re
from itertools import pairwise

from helpers.numbers.clauses import Clause, Ground, Mention
from helpers.numbers.nouns import CASE_NOUNS, is_official
from helpers.numbers.references import OPENS_BACK, OWN_SHARE, POINTS_BACK, is_elliptic
from helpers.seldom import Seldom

_TOTALS = re.compile(  # what is about all of them, whatever the sentences before were about
    r"\bthe total (?:for the (?:\w+ )?(?:year|quarter|12 months)|(?:rose|fell|grew|climbed|dropped|jumped) to)\b|"
    r"^\W*(?:(?:the )?(?:overall |total )?numbers\b|totals?\b|overall\b|altogether\b|in total\b)|\ba total of\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(  # "from 1,309 to 1,314", "compared with", "in 2020"
    r"(?:\bto|\bfrom|compared (?:with|to)|\bthan|\bagainst|\bon|\bat|up from|down from|\bwere|\bwas|\bhad been|or|"
    r"in \S+|\bof|\bby|\bversus|,|and|then|but|while|\(|\b(?:twice|times|double|triple|treble)(?: the| those)?)\s*$",
    re.IGNORECASE,
)
_BRACKET_MADE_UP = re.compile(  # "people with an unclear ideology (3,203) made up just over half"
    r"\)(?: (?:alone|together|now|again|still))? (?:ma[dk]e up|account(?:ed)? for|represent(?:ed)?|form(?:ed)?|"
    r"constituted?|comprised?|were|was|are|is)(?: [a-z]+){0,2} "
)
_APPOSED_THEN = re.compile(  # "Islamist concerns, a fifth of referrals in 2019/20, made up 10%"
    r" of [^.,;]{3,60},(?: now| then)? (?:ma[dk]e up|account(?:ed)? for|represent(?:ed)?|form(?:ed)?|were|are) "
)
_TOGETHER = re.compile(
    r"\b(?:the|these|those) two(?: \w+)? (?:together|combined)\b"
    r"|^\W*(?:together|combined|between them),? (?:the two|they|these)\b"
    r"|\bput the two together\b",
    re.IGNORECASE,
)
_LEVEL = Seldom(
    r"\b(?:the|these|those) two (?:groups |types |kinds )?(?:are|were|stand|stood)(?: now| then)? "
    r"(?:level|equal|tied|even|neck and neck)\b"
)
_PRONOUN = re.compile(
    r"\b(?:they|it|these|both)(?: [a-z]+){0,2} (?:made|were|was|accounted|represented|contributed|had|have|has|sent)\b",
    re.IGNORECASE,
)
_PLAIN_LIST = re.compile(r"^(?: ?%| per ?cent)?(?:,| and) (?:just |only |about )?$")
_LATTER = re.compile(
    r"\bthe (?:latter|last of (?:these|those|them)|second of)\b|\b(?:that|this|the) last (?:figure|number|group)\b",
    re.IGNORECASE,
)
_SAME_FIGURE = re.compile(r"\bthe same (?:figure|share|proportion|percentage|number|rate)\b", re.IGNORECASE)
_SUCH = re.compile(r" such\b", re.IGNORECASE)  # "there were 4,997 such referrals"
_OTHERS_SHARE = re.compile(
    r" (?:the|that (?:of|for)(?: the)?)(?: [\w-]+){1,3}"
    r" (?:share|figure|number|proportion|rate|total|level|count|percentage)\b",
    re.IGNORECASE,
)
_OPENS_OF_THESE = re.compile(r"\W*(?:of|among|amongst) (?:these|those|them),? (?!who\b|\w+ed\b)", re.IGNORECASE)
_OF_WHICH_WERE = re.compile(r"[,;(–-] ?(?:and )?of (?:which|whom|these|those|them),? $")
_OF_WHICH = re.compile(r"\bof (?:which|whom|these|those|them),? $", re.IGNORECASE)


def inherit_categories(clause: Clause, groups: list[list[Mention]]) -> None:
    """Give numbers of a sentence that names no category those of the sentences before, where it points back at them."""
    words = clause.words
    named = any(is_official(cue.measure) for cue in clause.measures) or any(
        cue.role in ("category", "band") for cue in clause.categories
    )
    parts = [found for found in clause.breakdowns if found[0] != "total"]
    such = [m for m in clause.mentions if _SUCH.match(m.after) and is_official(m.measure) and m.dimension == "total"]
    if such:
        _set_such(clause, such)
    elif len(parts) > 1 and _TOGETHER.search(words):
        _set_sum(clause, parts[-2:])
    elif len(parts) > 1 and _LEVEL.search(words):
        _set_sum(clause, parts[-2:], "each")
    elif parts and OWN_SHARE.match(words) and not any(cue.role in ("category", "band") for cue in clause.categories):
        _set_totals([m for m in clause.mentions if is_official(m.measure) and m.dimension == "total"], parts[0])
    elif named:
        lead = groups[0][0]
        points_back = OPENS_BACK.match(words) and not _names_before(clause, lead.start)
        if (points_back or _SAME_FIGURE.search(words[: lead.start])) and is_official(lead.measure):
            _set_totals(groups[0] if lead.dimension == "total" else [], _breakdown_meant(words, clause.breakdowns))
    elif parts and "respective" in words.lower():
        places = before_respectively(words, groups)
        for place, found in zip(places[-len(parts) :], parts, strict=False):
            for mention in groups[place]:
                if is_official(mention.measure):
                    mention.dimension, mention.category = found
                    mention.grounds["category"] = Ground("the sentences before, in their order", held="breakdowns")
    elif is_elliptic(words) and not POINTS_BACK.search(words) and not _TOTALS.search(words):
        _take_breakdown(clause, parts)


def _set_such(clause: Clause, such: list[Mention]) -> None:
    """Give "262 such cases" the category that its sentence named last, else that of the sentence before."""
    for mention in such:
        named = [cue for cue in clause.categories if cue.role == "category" and cue.end <= mention.start]
        if named and named[-1].category:
            mention.dimension, mention.category = named[-1].dimension, named[-1].category
            mention.grounds["category"] = Ground("the one named before it", named[-1].start, named[-1].end)
        else:
            _set_totals([mention], clause.breakdowns[-1])


def _take_breakdown(clause: Clause, parts: list[tuple[str, str]]) -> None:
    """Let numbers without a category go on about the breakdown of the sentence before."""
    words = clause.words
    if totals := [m for m in clause.mentions if is_official(m.measure) and m.dimension == "total"]:
        _set_totals(totals, _breakdown_meant(words, clause.breakdowns))
        if len({m.group for m in totals}) == len(parts) > 1 and _PLAIN_LIST.search(
            words[totals[0].end : totals[-1].start]
        ):
            for mention in totals:  # whose is whose is not said without "respectively"
                mention.category = None


def _set_sum(clause: Clause, parts: list[tuple[str, str]], how: str = "combined") -> None:
    """Let the shares of a sentence be of both parts of the one before: together, or each of them."""
    totals = [m for m in clause.mentions if is_official(m.measure) and m.dimension == "total"]
    _set_totals(totals, parts[0])
    for mention in totals:
        mention.combined, mention.caveat = [parts[1][1]], how


def _breakdown_meant(words: str, breakdowns: list[tuple[str, str]]) -> tuple[str, str]:
    """Return which of the breakdowns of the sentence before is meant: the first, or the last by "the latter"."""
    return breakdowns[-1] if _LATTER.search(words) else breakdowns[0]


def take_introduced(clause: Clause, introduced: tuple[str, str]) -> None:
    """Give a part without a category that of the introduction ("… no further action: 6,817 cases, of which 1,172")."""
    for members in clause.groups:
        if _OF_WHICH.search(clause.words[: members[0].lead]):
            _set_totals([m for m in members if is_official(m.measure) and m.dimension == "total"], introduced)


def take_subject(clause: Clause, subject: tuple[str, str], groups: list[list[Mention]]) -> None:
    """Give what is said of "they" the category of the sentence before ("Teachers lead. They made 40% of referrals")."""
    lead = groups[0][0]
    names_own = any(cue.role in ("category", "band") and cue.start < lead.start for cue in clause.categories)
    if not names_own and _PRONOUN.search(clause.words, 0, lead.start):
        _set_totals([m for m in groups[0] if is_official(m.measure) and m.dimension == "total"], subject)


def _names_before(clause: Clause, start: int) -> bool:
    cues = (*clause.measures, *clause.categories)
    return any(cue.end <= start and (is_official(cue.measure) or cue.role == "category") for cue in cues)


def _set_totals(mentions: list[Mention], breakdown: tuple[str, str]) -> None:
    for mention in mentions:
        mention.dimension, mention.category = breakdown
        mention.grounds["category"] = Ground("the sentences before", held="breakdowns")


def settle_parts(clause: Clause) -> None:
    """Settle the categories of numbers that are said of the number right before them."""
    _settle_multiples(clause)
    for before, members in pairwise(clause.groups):
        if _is_stage_of(before[0], members[0]):
            for mention in members:
                mention.dimension, mention.category = before[0].dimension, before[0].category
                mention.combined, mention.is_part = list(before[0].combined), True
                mention.grounds["category"] = Ground("that of the whole before it", before[0].start, before[0].end)
    parts = clause.breakdowns if clause.inherited == "referrals" and _OPENS_OF_THESE.match(clause.words) else []
    if len(parts) == 1 and parts[0][0] not in ("total", "outcome") and _gets_further(clause.mentions[0]):
        for mention in filter(_gets_further, clause.mentions):
            _set_totals([mention], parts[0])
            mention.is_part = True


def _is_stage_of(whole: Mention, part: Mention) -> bool:
    """Whether a number says how many of a category got further ("the police made 1,390, of which 212 were adopted")."""
    if whole.measure != "referrals" or whole.direction != "level" or whole.dimension in (None, "total", "outcome"):
        return False
    is_said_of = whole.candidate.kind == "count" and _OF_WHICH_WERE.search(part.before_modifier)
    return bool(is_said_of) and _gets_further(part)


def _gets_further(mention: Mention) -> bool:
    """Whether a number says how many of all reached a stage of Channel."""
    return is_official(mention.measure) and mention.measure != "referrals" and mention.dimension == "total"


def _settle_multiples(clause: Clause) -> None:
    """Let a multiple of another category's share be of the category before it ("46% were X, twice the Y share")."""
    for first, second in pairwise(clause.mentions):
        if second.candidate.kind != "multiple" or not first.category or not is_official(first.measure):
            continue
        compared = _OTHERS_SHARE.match(second.after)
        if compared and second.category != first.category and first.dimension == second.dimension != "total":
            second.measure, second.dimension, second.category = first.measure, first.dimension, first.category
            second.combined = []
            second.grounds["category"] = Ground("that of the number before it", first.start, first.end)


def said_of(clause: Clause, earlier: Mention | None, first: Mention) -> Mention | None:
    """Return the number that one goes on from: not the part beside it when it says how many of the whole got further.

    "Of the 88, 52 were under 18 and nine were adopted", "52 of the 88 were under 18, and nine were adopted".
    """
    if earlier is None or earlier.measure != "referrals" or first.measure in (None, "referrals"):
        return earlier
    if earlier.candidate.kind == "ratio":
        return None
    whole = next((mention for mention in clause.mentions if mention.opens_whole), None)
    return whole if whole and whole.end < earlier.start and whole.measure == "referrals" else earlier


def goes_on(words: str, first: Mention) -> bool:
    """Whether a number goes on about the thing of the number before it ("from 1,309 to 1,314", "compared with")."""
    if first.noun and first.noun not in CASE_NOUNS:
        return False
    if _BRACKET_MADE_UP.fullmatch(first.before_modifier) or _APPOSED_THEN.fullmatch(first.before_modifier):
        return True
    return len(first.before_modifier) < 90 and bool(_GOES_ON.search(words[max(0, first.start - 60) : first.lead]))


def before_respectively(words: str, groups: list[list[Mention]]) -> list[int]:
    """Return the groups that stand before "respectively", or after "the respective shares"."""
    lowered = words.lower()
    end = lowered.find("respectively")
    if end < 0 and (start := lowered.find("respective ")) >= 0:
        return [place for place, members in enumerate(groups) if members[0].start > start]
    return [place for place, members in enumerate(groups) if members[0].start < end]
