"""What a number measures: read from its own clause first, then from its neighbours and what came before."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from helpers.numbers.breakdowns import BREAK, assign_categories
from helpers.numbers.carryovers import settle_parts
from helpers.numbers.clauses import Clause, Ground, Mention
from helpers.numbers.cues import Cue, measure_of_noun
from helpers.numbers.denominators import (
    has_other_whole,
    is_whole,
    keep_whole,
    opens_next,
    settle_denominators,
    stated_denominator,
    whole_length,
)
from helpers.numbers.nouns import CASE_NOUNS, SHARES, is_official
from helpers.numbers.references import OF_THESE, POINTS_BACK, THAT_FAR, is_elliptic
from helpers.numbers.subjects import (
    assign_stages,
    changed_subject,
    counted_of_which,
    counts_reports,
    is_of_limit,
    is_of_survey,
    is_share_of_others,
    measure_of_target,
    multiplies_other,
    opening_stage,
    stage_of_referred,
)
from helpers.seldom import Seldom

OWN_MEASURES = {"age": "age", "rating": "rating", "money": "cost"}  # kinds that measure themselves
MEETINGS = ("", "times", "occasions", "meetings", "sessions")
CHANNEL_STAGES = ("channel_adopted", "channel_discussed")
REFERRAL_DIMENSIONS = ("sector", "outcome", "region", "education_setting", "mental_health_neurodiversity")
NEAR = 40  # characters from a number with a noun of its own to the verb that still says what it measures
_NOT = re.compile(
    r"\b(?:not|never|without being|n['’]t|no longer|neither|rejected for|nor|failed to)\b[^,;]{0,40}$", re.IGNORECASE
)
_BETWEEN_NOUN = re.compile(
    r"[,;:.()]| (?:of|in|for|at|by|with|and|or|were|was|since|after|before|from|to|against|during|following|about|on) "
)
OWN_FIGURES = re.compile(  # "we took 40": not the national figures
    r"\b(?:we|our|us|my)\b"
    r"(?! (?:(?:have|had|also|then|now|can|do) )*(?:see|seen|saw|learn\w*|hear\w*|read|know|expect|"
    r"estimate|forecast|project|predict|reckon|find|found))",
    re.IGNORECASE,
)
_BARE_WHOLE = re.compile(
    r"(?:\)?,? ?(?:out )?of (?:(?:the|those|these|its|their|all|that|this|such|a|one) ?)+)?", re.IGNORECASE
)
_MAKES_THAT = Seldom(  # "688 became cases. I make that 14% of referrals."
    r"(?:\bmakes? (?:that|it|this)|^\W*(?:that|this|it|which) (?:is|was|makes|represents|equals|comes to|works out at)"
    r"|^\W*that[’']s)(?: [a-z]+){0,3}\W*$",
    re.IGNORECASE,
)
_OF_THOSE = re.compile(r"\W*(?:of|among|amongst) (?:those|these|them|cases|the cases)\b", re.IGNORECASE)
_THE_TOTAL = re.compile(r"\bthe (?:overall |annual )?total (?:was|is|stood at|had been|came to)\b", re.IGNORECASE)
_OWN_AFTER = re.compile(r"(?: [a-z]+){1,2}(?: that| whom)? (?:we|I)\b")
MULTIPLIED_NUMBER = re.compile(r"(?: (?:as many as|more than|on|from|over))?(?: the| those| its)? ?")


class Window(NamedTuple):
    """The numbers of one group and the stretch of words that is theirs, as half-open offsets in the sentence."""

    members: list[Mention]
    start: int
    end: int
    own: int  # where the words after the whole of a share begin
    bound: int  # where the next clause begins
    limit: int  # where the next number begins


def assign_measures(clause: Clause) -> None:
    """Fill measure, dimension, category and denominator of every number of a sentence, in place.

    Parameters
    ----------
    clause : Clause
        The sentence with its numbers in order, what `helpers.numbers.cues` found in it and what the sentences before
        were about.
    """
    for mention in clause.mentions:
        mention.denominator = stated_denominator(mention, clause)
    before: list[Mention] = []
    groups = clause.groups
    for place, members in enumerate(groups):
        whole = groups[place + 1] if place + 1 < len(groups) and opens_next(members[-1]) else None
        window = _window(clause.words, members, whole)
        is_own_whole = place > 0 and opens_next(groups[place - 1][-1])  # what follows it is said of the share
        measure, ground = _group_measure(clause, before, window, is_own_whole)
        for mention in members:
            own = OWN_MEASURES.get(mention.candidate.kind)
            mention.measure = own or measure or "other"
            mention.grounds["measure"] = Ground("its kind says so") if own else ground
            keep_whole(mention, before[-1] if before else None)
        before += members
    _share_multiples(clause)
    _keep_stage(clause)
    assign_stages(clause, groups)
    assign_categories(clause)
    settle_parts(clause)
    settle_denominators(clause.groups)


def _share_multiples(clause: Clause) -> None:
    """Let a multiple measure what the number right after it does ("almost three times the 512 adopted")."""
    for first, second in pairwise(clause.mentions):
        is_multiplied = first.candidate.kind == "multiple" and MULTIPLIED_NUMBER.fullmatch(first.after)
        if is_multiplied and is_official(second.measure):
            first.measure = second.measure
            first.grounds["measure"] = Ground("that of the number it multiplies", second.start, second.end)


def _keep_stage(clause: Clause) -> None:
    """Let parts of a Channel whole stay Channel cases ("of the 394 adopted, 179 were referred over …")."""
    whole = opening_stage(clause)
    for mention in clause.mentions:
        if mention.measure in CHANNEL_STAGES and is_whole(clause.words, mention):
            whole = mention.measure
        elif whole and mention.measure == "referrals":
            mention.measure = whole
            mention.grounds["measure"] = Ground("a part of the Channel cases before it")


def _window(words: str, members: list[Mention], whole: list[Mention] | None) -> Window:
    """Return the stretch of words of a group, which goes on behind the number that is its whole."""
    last = (whole or members)[-1]
    start, end, after = members[0].start, last.end, last.after
    limit = end + len(after)
    skip = whole_length(after) if any(mention.candidate.kind in SHARES for mention in members) else 0
    stop = BREAK.search(words, end + (max(skip, 1) if words[end : end + 1] != ";" else 0), limit)
    return Window(members, start, end, end + skip, stop.start() if stop else limit, limit)


def _group_measure(
    clause: Clause, before: list[Mention], window: Window, is_own_whole: bool
) -> tuple[str | None, Ground]:
    """Return the measure of a group: its predicate, its noun, its subject, its neighbours, then what came before."""
    members = window.members
    nouns = {mention.noun for mention in members if mention.noun and mention.candidate.kind not in SHARES}
    counts_other = bool(nouns) and not nouns & CASE_NOUNS and not _names_category(clause, window.end)
    noun = _adjacent_noun(members, clause.measures) or counted_of_which(clause, members[0])
    verb = _predicate(clause, window, counts_other)
    if is_own_whole and verb is not None and verb.start > window.end + 1:
        verb = None
    if verb is not None and (noun is None or is_official(noun.measure) or verb.start - window.end < NEAR):
        _note_negation(clause.words, window, verb)
        return verb.measure, Ground("what happened to those counted", verb.start, verb.end)
    if noun is not None:
        return noun.measure, Ground("the words beside it", noun.start, noun.end)
    named = next((found for found in map(measure_of_noun, sorted(nouns)) if found and not is_official(found)), None)
    if named and members[0].candidate.kind == "count":
        return named, Ground(f"what it counts: {members[0].noun}")
    if nouns == {"reports"} and clause.inherited == "referrals" and counts_reports(clause.words, members[0]):
        return clause.inherited, Ground("the sentences before, which call them referrals", held="measure")
    if counts_other:
        return None, Ground(f"no measure counts what it counts: {', '.join(sorted(nouns))}")
    return _context_measure(clause, before, window)


def _predicate(clause: Clause, window: Window, counts_other: bool) -> Cue | None:
    """Return the first verb after a number, in its clause, that says what happened to those counted."""
    for cue in clause.measures:
        # "697 were adopted (11%)"
        is_within = window.members[0].end <= cue.start and cue.end <= window.members[-1].start
        if cue.role != "verb" or not (is_within or window.own <= cue.start < window.bound):
            continue
        belongs_to_next = window.limit < len(clause.words) and cue.end >= window.limit - 1
        if not belongs_to_next and not (counts_other and is_official(cue.measure)):
            return cue
    return None


def _note_negation(words: str, window: Window, verb: Cue) -> None:
    """Mark shares of those to whom something did not happen ("95% were not adopted")."""
    if _NOT.search(words, window.own, verb.start) or re.match(r"(?:not|never)\b", words[verb.start : verb.start + 6]):
        for mention in window.members:
            mention.caveat = "complement"


def _names_category(clause: Clause, end: int) -> bool:
    """Whether a category of persons stands right after a number ("1,229 Islamist cases")."""
    return any(
        cue.role in ("category", "band") and cue.dimension not in REFERRAL_DIMENSIONS and 0 <= cue.start - end <= 3
        for cue in clause.categories
    )


def _adjacent_noun(members: list[Mention], measures: list[Cue]) -> Cue | None:
    """Return the words beside a number that name what it counts ("697 adopted cases", "adopted 697")."""
    for mention in members:
        kind, noun = mention.candidate.kind, mention.noun
        lead = next((cue for cue in measures if cue.role == "lead" and 1 <= mention.lead - cue.end <= 4), None)
        if lead and lead.measure == "sessions" and noun not in MEETINGS:
            lead = None  # "I met 11 officials"
        if lead and kind == "count" and (not is_official(lead.measure) or not noun or noun in CASE_NOUNS):
            return lead
        if not noun or kind in ("percentage", "fraction"):
            continue
        start, end = mention.end, mention.end + len(noun) + 12 + mention.after.lower().find(noun.rstrip("s")[:5])
        for cue in measures:
            is_near = cue.role == "noun" and start <= cue.start <= end and cue.end >= start + 2
            if is_near and not _BETWEEN_NOUN.search(mention.after[: cue.start - start]):
                return cue
    return None


def _context_measure(clause: Clause, before: list[Mention], window: Window) -> tuple[str | None, Ground]:
    """Return an official measure from the subject, a neighbour, the rest of the sentence or the sentences before."""
    if _measures_other(clause, window):
        return None, Ground("what follows it belongs to no official series", window.end, window.bound)
    words, official = clause.words, [cue for cue in clause.measures if is_official(cue.measure)]
    is_share = window.members[0].candidate.kind in ("percentage", "fraction") and window.own == window.end
    if is_of_survey(clause, before, window.start, is_share):
        return None, Ground("a survey counts whom it asked")
    if not (official and before) and is_share_of_others(clause, before, window.members):
        return None, Ground("a part of what the number before it counts")
    floor = _end_of_whole(before[-1]) if before else 0
    repeats = _MAKES_THAT.search(words[: window.start]) or THAT_FAR.search(words[window.own : window.limit])
    if clause.inherited and clause.inherited != "referrals" and repeats:
        return clause.inherited, Ground("the sentences before", held="measure")
    if aimed := measure_of_target(before, window.members[0]):
        return aimed.measure, Ground("that of the number it is the target for", aimed.start, aimed.end)
    if changed := changed_subject(clause, window.members[0], window.start):
        return changed.measure, Ground("what changed", changed.start, changed.end)
    if clause.inherited and is_whole(words, window.members[0]) and not window.members[0].noun:
        return clause.inherited, Ground("the sentences before, of which it is the whole", held="measure")
    subjects = [cue for cue in official if floor <= cue.start and cue.end <= window.start]
    objects = [cue for cue in official if window.own <= cue.start < window.bound]
    if subjects or objects:
        cue = stage_of_referred(words, subjects) if subjects else objects[0]
        return cue.measure, Ground("the subject before it" if subjects else "the words after it", cue.start, cue.end)
    has_category = any(cue.role in ("category", "band") for cue in clause.categories)
    is_counted = window.members[0].candidate.kind == "count" and any(m.noun and not m.is_elided for m in window.members)
    points_back = POINTS_BACK.search(words) or "including" in words
    goes_on = has_category or not is_counted or (bool(points_back) and is_elliptic(words))
    earlier = next((mention for mention in reversed(before) if is_official(mention.measure)), None)
    if goes_on and earlier:
        whole = (earlier.denominator or "").partition(":")[0]  # "43% of the adopted cases …, against 30%"
        stage = whole if is_share and whole in CHANNEL_STAGES else earlier.measure
        return stage, Ground("that of the number before it", earlier.start, earlier.end)
    elsewhere = [cue for cue in official if not clause.inherited or cue.role != "verb" or cue.start < window.limit]
    if goes_on and elsewhere:
        cue = next((cue for cue in reversed(elsewhere) if cue.end <= window.start), elsewhere[0])
        return cue.measure, Ground("named elsewhere in the sentence", cue.start, cue.end)
    is_of_stage = clause.inherited in CHANNEL_STAGES and _OF_THOSE.match(words)  # "Of those with a known concern, …"
    own = (c for c in clause.categories if c.dimension in REFERRAL_DIMENSIONS or (c.role == "base" and not is_of_stage))
    if not official and (part := next(own, None)):
        return "referrals", Ground("only referrals are broken down so", part.start, part.end)
    inherited = _inherited_measure(clause, window, has_category, is_counted)
    return inherited, Ground("the sentences before", held="measure") if inherited else Ground("nothing says it")


def _end_of_whole(mention: Mention) -> int:
    """Return where the words that belong to a number end, the whole of a share with it."""
    return mention.end + (whole_length(mention.after) if mention.candidate.kind in SHARES else 0)


def _inherited_measure(clause: Clause, window: Window, has_category: bool, is_counted: bool) -> str | None:
    """Return the measure of the sentences before when a sentence goes on about it."""
    points_back = OF_THESE.search(clause.words)
    is_own = OWN_FIGURES.search(clause.words, 0, window.start) or _OWN_AFTER.match(window.members[-1].after)
    if is_own and clause.goes_on_own and not is_counted and window.members[0].candidate.kind == "count":
        return clause.inherited
    if not points_back and (is_own or (is_counted and not has_category)):
        return None
    if "referrals" in clause.stages and _THE_TOTAL.search(clause.words):
        return "referrals"
    goes_on = has_category or (is_elliptic(clause.words) and (not is_counted or POINTS_BACK.search(clause.words)))
    return clause.inherited if goes_on else None


def _is_of_noun(mention: Mention) -> bool:
    """Whether a share stands right before what it is one of, which is no case ("three in four investigations")."""
    noun = mention.noun
    return noun not in CASE_NOUNS and noun.isalpha() and mention.after.lower()[:40].find(f" {noun}") in range(20)


def _measures_other(clause: Clause, window: Window) -> bool:
    """Whether the words right after a number say that it measures what no official series does."""
    kind, after = window.members[0].candidate.kind, window.members[-1].after
    if kind == "multiple":
        return multiplies_other(after, clause.measures, window.end)
    if kind in ("percentage", "fraction") and opens_next(window.members[-1]):
        return False
    if window.members[0].candidate.form == "one_in" and _is_of_noun(window.members[-1]):
        return True
    if kind in ("percentage", "fraction"):
        is_bare = _BARE_WHOLE.fullmatch(after, 0, window.own - window.end)
        is_of_other = bool(is_bare) and has_other_whole(after, clause.measures, window.end)
        return is_of_other or is_of_limit(window.members[0].before)
    return kind in ("duration", "age", "money", "rating")
