"""Of which category a number is: from before it or from after it, whichever serves the whole sentence."""

from __future__ import annotations

import re
from typing import NamedTuple

from helpers.numbers.carryovers import (
    before_respectively,
    goes_on,
    inherit_categories,
    said_of,
    take_introduced,
    take_subject,
)
from helpers.numbers.clauses import Clause, Ground, Mention
from helpers.numbers.cues import Cue
from helpers.numbers.denominators import is_whole, opens_next, whole_length
from helpers.numbers.nouns import SHARES, is_official
from helpers.seldom import Seldom

TOTAL = ("total", "total")
NEAR = 40  # characters from a category to its number without a verb between them
FAR = 140
BREAK = re.compile(
    r"; |, (?:when|where|which|and|but|while|with|whereas|compared|up|down|against) "
    r"| as (?:[a-z]+ ){1,3}(?:warns?|says?|fears?|urges?|admits?|claims?|reveals?|calls? for)\b"
    r"|(?:(?<=double)|(?<=triple)|(?<=treble)|(?<=halve)) as (?!many|much)"
    r"| (?:while|but|although|whereas|compared (?:with|to)|than|against|ahead of|followed by) ",
    re.IGNORECASE,
)
_LINKS = (
    r"made up|make up|making up|account\w* for|represent\w*|compris\w*|constitut\w*|responsible for|the source of",
    r"were|was|are|is|being|made|saw|had|took|formed|submitted|account|came to|remain\w*|reach\w*|stood at|stand at",
    r"fell|rose|increas\w*|decreas\w*|grew|dropp\w*|climb\w*|jump\w*|doubled|more than doubled|total\w*|number\w*",
    r"cover\w*|claim\w*|attract\w*|drew|at|on|with|from|to|by",
)
_LINK = re.compile(rf"(?:\b(?:{'|'.join(_LINKS)})\b|[:–(-])[^.;]{{0,60}}$", re.IGNORECASE)
_NEW_SUBJECT = re.compile(r"\b(?:and|of which|of whom|of these|with|including|while)\b[^,]*$")
_ENDS_WHOLE = re.compile(
    r"[,;:(]| (?:were|was|are|is|had|have|came|come|resulted|led|ended|concerned|involved|related|required|went|made|"
    r"received|and|but)\b"
)
_ENDS_SENTENCE = re.compile(r"[;.] ")
_COORDINATED = re.compile(
    r"(?:,|&|and|or|(?:and|or) the|and(?: from)?(?: the)?|and by|cases and|referrals and|concerns and)?"
)
_IN_BRACKET = re.compile(r"\((?:\w+ ){0,3}$")
_NOUN = re.compile(r"\b(?:referrals|cases|people)\b")
_NEW_CLAUSE = re.compile(r"(?:,? (?:and|but|while|whereas|with) |; )(?:(?:just|only|about|some|nearly|almost|over) )*")
_IS_ABOUT = re.compile(r" (?:were|was|are|is|concerned|involved|related to|came from|had)\b")
_DETERMINER = re.compile(r" (?:the|an?) ")
_NEW_PART = re.compile(r"\band\b|\bbut\b|[,;]")
_ASIDE = re.compile(r", (?:who|which|whose) [^,;.]*,(?: [a-z]+){0,3} $")
_APART = re.compile(r"[,;.(]|\b(?:and|or|but|while)\b")
_NEXT_IN_LIST = re.compile(r",?(?: and)? ?")
_OTHER_SOURCE = re.compile(  # "61 from our own officers": a source that is none of the official ones
    r"\)?(?: \w+)? (?:from|by) (?!(?:the )?(?:previous|year|last|same|total|\d))", re.IGNORECASE
)
_OF_MOST = Seldom(  # "1,472 people, most of them boys"
    r"\b(?:(?:most|many|some|several|few|a majority|the majority|the bulk) of (?:them|whom|these|those|which)|mostly|"
    r"mainly|largely|chiefly|predominantly|primarily|overwhelmingly|typically|usually|often)"
    r"(?: were| are| being| the)? $",
    re.IGNORECASE,
)
_OF_TOTAL = Seldom(
    r"\b(?:on|from|of|against|in|to|with|out of)?(?: an?)? (?:overall |combined |grand )?total of $"
    r"|(?<!['’] )(?<!['’]s )\bnational (?:total|figure|tally)s? (?:(?:hit|reach|top|pass)\w*|was|of|\w+ (?:to|at))"
    r"(?: [a-z]+){0,2} $",
    re.IGNORECASE,
)
_OF_WHOLE_AND = re.compile(r"(?:\)? of [^.,;]{3,40}| referrals| cases)(?:, | \()")
_EACH = re.compile(r" (?:of \w+ )?(?:each|apiece)\b")
_IN_ALL = re.compile(r"(?: \w+)? (?:in all|altogether|overall|all told)\b")


class Sides(NamedTuple):
    """The categories named before and after the numbers of one group, coordinated ones together."""

    before: list[Cue]
    after: list[Cue]


def assign_categories(clause: Clause) -> None:
    """Give every number of an official measure its dimension and category, in place."""
    cues = [cue for cue in clause.categories if cue.role in ("category", "band") and not _is_of_most(clause.words, cue)]
    groups = clause.groups
    done = _assign_respectively(clause, groups, cues)
    sides = {place: _sides(clause, groups, place, cues) for place in range(len(groups)) if place not in done}
    prefers_before = sum(bool(side.before) for side in sides.values()) > sum(
        bool(side.after) for side in sides.values()
    )
    taken: list[Cue] = []
    before_taken: list[Cue] = []
    last: dict[bool, Mention] = {}  # the last number of an official measure, shares and counts apart
    for place, members in enumerate(groups):
        if place in sides:
            is_share = members[0].candidate.kind in SHARES
            previous = groups[place - 1][-1] if place else None
            is_moved = previous is not None and previous.direction != "level" and is_official(previous.measure)
            earlier = previous if is_moved else last.get(is_share) or last.get(not is_share)
            earlier = said_of(clause, earlier, members[0])
            is_sum = _is_sum(members)
            chosen = [] if is_sum else _choose(clause.words, members, sides[place], prefers_before)
            if chosen and chosen == taken and _NEXT_IN_LIST.fullmatch(clause.words, chosen[-1].end, members[0].lead):
                chosen = []  # "88 came from schools, 61 from the probation service"
            if _EACH.match(members[-1].after) and len(chosen) < 2 and before_taken and taken:
                chosen = [before_taken[0], taken[0]]  # "schools (1,976) and police (1,946) made 32% each"
            _set_group(clause.words, members, chosen, None if is_sum else earlier)
            _cross_with_age(clause, groups, place, cues)
            before_taken, taken = taken, chosen
        last |= {mention.candidate.kind in SHARES: mention for mention in members if is_official(mention.measure)}
    if clause.subject:
        take_subject(clause, clause.subject, groups)
    if clause.introduced:
        take_introduced(clause, clause.introduced)
    if clause.breakdowns:
        inherit_categories(clause, groups)


def _is_sum(members: list[Mention]) -> bool:
    """Whether a number is the total of all; "87% of those referred, 4,991 in all" goes on about the share."""
    is_in_all = _IN_ALL.match(members[-1].after) and not _OF_WHOLE_AND.fullmatch(members[-1].before_modifier)
    return bool(is_in_all or _OF_TOTAL.search(members[0].before_modifier))


def _cross_with_age(clause: Clause, groups: list[list[Mention]], place: int, cues: list[Cue]) -> None:
    """Give a count its type of concern and its age at once ("129 right-wing cases concerned people aged 15 to 20")."""
    members = groups[place]
    ceiling = groups[place + 1][0].start if place + 1 < len(groups) else len(clause.words)
    after = [cue for cue in cues if members[-1].end <= cue.start and cue.end <= ceiling and cue.category][:2]
    named = {cue.dimension: cue.category for cue in after}
    if set(named) != {"concern", "age"} or members[0].candidate.kind != "count":
        return
    if _APART.search(clause.words, after[0].end, after[1].start) or after[1].start - after[0].end > NEAR:
        return
    for mention in members:
        if is_official(mention.measure) and mention.candidate.kind == "count":
            mention.dimension, mention.category = "concern_age", f"{named['concern']}+{named['age']}"
            mention.combined, mention.caveat = [], None
            mention.grounds["category"] = Ground("both named after it", after[0].start, after[1].end)


def _set_group(words: str, members: list[Mention], chosen: list[Cue], earlier: Mention | None) -> None:
    """Write the chosen categories of a group, or those of the number that it goes on about."""
    if not chosen and earlier and goes_on(words, members[0]):
        is_other = earlier.dimension == "sector" and _OTHER_SOURCE.match(members[-1].after)
        for mention in members:
            mention.dimension, mention.category = earlier.dimension, None if is_other else earlier.category
            mention.combined = list(earlier.combined)
            mention.grounds["category"] = Ground("that of the number it goes on from", earlier.start, earlier.end)
        return
    for mention in members:
        _set_category(mention, chosen, words)


def _is_of_most(words: str, cue: Cue) -> bool:
    """Whether a category is only that of most of those counted."""
    return bool(_OF_MOST.search(words[max(0, cue.start - 40) : cue.start]))


def _sides(clause: Clause, groups: list[list[Mention]], place: int, cues: list[Cue]) -> Sides:
    members = groups[place]
    if any(is_whole(clause.words, mention) for mention in members):
        return Sides([], _inside_whole(clause.words, cues, members[-1].end))
    within = [cue for cue in cues if members[0].end <= cue.start and cue.end <= members[-1].start]
    if within:  # "1,829 were under 15, or 29 per cent"
        return Sides([], within[:1])
    floor = groups[place - 1][-1].end if place else 0
    if place and _is_in_aside(clause.words, groups[place - 1], members[0].lead):
        floor = groups[place - 2][-1].end if place > 1 else 0
    in_bracket = _IN_BRACKET.search(clause.words[max(0, members[0].start - 20) : members[0].start])
    if place and in_bracket and is_whole(clause.words, groups[place - 1][-1]):
        floor = groups[place - 2][-1].end if place > 1 else 0  # "those under 21 were most of the 5,738 (3,343; 58%)"
    if place and opens_next(groups[place - 1][-1]):
        return Sides([], _inside_whole(clause.words, cues, members[-1].end))
    last, following = members[-1], place + 1
    if opens_next(last) and following < len(groups):  # "13% of the 6,922 referrals were for men"
        last, following = groups[following][-1], following + 1
        inside = _inside_whole(clause.words, cues, last.end)
        cues = [cue for cue in cues if cue not in inside]
    ceiling = len(clause.words)
    if following < len(groups):
        ceiling, lead = groups[following][0].start, groups[following][0].lead
        cues = [cue for cue in cues if not _leads(clause.words, cue, last.end, lead)]
    return Sides(
        _named_before(clause.words, cues, floor, members[0].start), _named_after(clause.words, cues, last, ceiling)
    )


def _is_in_aside(words: str, members: list[Mention], start: int) -> bool:
    """Whether numbers of nothing official stand in an aside about a subject ("Islamists, who fill half of it, 913")."""
    found = None if is_official(members[0].measure) else _ASIDE.search(words, 0, start)
    return found is not None and found.start() < members[0].lead


def _inside_whole(words: str, cues: list[Cue], end: int) -> list[Cue]:
    """Return the category inside the phrase of a whole ("of the 1,229 right-wing referrals")."""
    stop = _ENDS_WHOLE.search(words, end)
    limit = stop.start() if stop else len(words)
    inside = [cue for cue in cues if end <= cue.start and cue.end <= limit][:1]
    return inside if inside and not _DETERMINER.search(words, end, inside[0].start) else []


def _leads(words: str, cue: Cue, end: int, lead: int) -> bool:
    """Whether a category between two numbers stands right before the second one ("46% of the 114 and education 35")."""
    is_between = end <= cue.start and cue.end <= lead
    return is_between and not words[cue.end : lead].strip() and bool(_NEW_PART.search(words, end, cue.start))


def _named_before(words: str, cues: list[Cue], floor: int, start: int) -> list[Cue]:
    """Return the last category named between the previous number and this one, with those coordinated with it."""
    inside = [cue for cue in cues if floor <= cue.start and cue.end <= start]
    inside = [cue for cue in inside if not _ENDS_SENTENCE.search(words, cue.end, start)]
    chosen = inside[-1:]
    if len(inside) > 1 and "outnumber" in words[inside[-2].end : inside[-1].start]:
        return [inside[-2]]  # "right-wing cases outnumbered Islamist ones two to one"
    for cue in reversed(inside[:-1]):
        if not _are_coordinated(words, cue, chosen[0]):
            break
        chosen.insert(0, cue)
    return chosen


def _named_after(words: str, cues: list[Cue], last: Mention, ceiling: int) -> list[Cue]:
    """Return the first category named after a number and before the next one, with those coordinated with it."""
    stop = BREAK.search(words, last.end, ceiling)
    bound = stop.start() if stop else ceiling
    inside = [cue for cue in cues if last.end <= cue.start < bound]
    whole = last.end + (whole_length(last.after) if last.candidate.kind in SHARES else 0)
    if inside and inside[0].start < whole:  # "43% of right-wing referrals": the category of the whole
        if len(inside) == 1 and inside[0].dimension == "concern":
            return []
        inside = [cue for cue in inside if cue.start >= whole] or inside
    chosen = inside[:1]
    for cue in inside[1:]:
        if not _are_coordinated(words, chosen[-1], cue):
            break
        chosen.append(cue)
    return chosen


def _are_coordinated(words: str, first: Cue, second: Cue) -> bool:
    between = words[first.end : second.start].strip(" ,").lower()
    return first.dimension == second.dimension and bool(_COORDINATED.fullmatch(between))


def _choose(words: str, members: list[Mention], sides: Sides, prefers_before: bool) -> list[Cue]:
    """Return the categories of one side: brackets look back, lists keep one direction, subjects beat objects."""
    before, after = sides
    start, end = members[0].start, members[-1].end
    if before and not after:
        return before if _reaches(words, before[-1], start) else []
    if not before or words[end : after[0].start].strip() == "":
        return before if before and _IN_BRACKET.search(words[max(0, start - 20) : start]) else after
    if _NEW_CLAUSE.fullmatch(words, before[-1].end, start) and _IS_ABOUT.match(words, end):
        return after  # "4,991 were male, and 3,343 were aged 20 or under"
    if prefers_before or _IN_BRACKET.search(words[max(0, start - 20) : start]):
        return before
    gap = words[before[-1].end : start]
    is_subject = _LINK.search(gap) and ", " not in gap and not _NEW_SUBJECT.search(gap)
    return before if is_subject else after


def _reaches(words: str, cue: Cue, start: int) -> bool:
    """Whether a category named before a number belongs to it, rather than to a phrase of its own."""
    gap = words[cue.end : start]
    if len(gap) > FAR or _ENDS_SENTENCE.search(gap):
        return False
    return len(gap) < NEAR or bool(_ASIDE.search(gap) or _LINK.search(gap) or _NOUN.search(gap))


def _assign_respectively(clause: Clause, groups: list[list[Mention]], cues: list[Cue]) -> set[int]:
    """Pair categories and numbers in order when the sentence says "respectively"; returns the groups that are done."""
    places = before_respectively(clause.words, groups)
    for run in (cues, [cue for cue in cues if cue.role == "category"]):
        if places and 2 <= len(run) <= len(places):
            chosen = places[-len(run) :]
            for place, cue in zip(chosen, run, strict=True):
                for mention in groups[place]:
                    _set_category(mention, [cue], clause.words)
            return set(chosen)
    return set()


def _set_category(mention: Mention, cues: list[Cue], words: str) -> None:
    """Write dimension and category; several coordinated categories make a combined or an each-statement."""
    if not is_official(mention.measure):
        return
    if not cues:
        mention.dimension, mention.category = TOTAL
        mention.grounds["category"] = Ground("no category is named for it, so it is about all of them")
        return
    why = "named before it" if cues[0].end <= mention.start else "named after it"
    mention.grounds["category"] = Ground(why, cues[0].start, cues[-1].end)
    mention.dimension, mention.category = cues[0].dimension, cues[0].category
    others = [cue.category for cue in cues[1:] if cue.category and cue.category != cues[0].category]
    if others and mention.dimension != "region":
        mention.combined = others
        mention.caveat = "each" if re.search(r"\beach\b", words) else "combined"
