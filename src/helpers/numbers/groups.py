"""Which numbers of a sentence state one thing: a count and its share ("381 (5%)", "512, or 7%", "(1,950; 31%)")."""

from __future__ import annotations

import re

from helpers.numbers.number_readers import Candidate

REACH = 110  # characters between two numbers of one group
_ABOUT = r"(?:about|around|just|only|almost|nearly|over|just over|just under|roughly|more than)"
_HINTS = r"(?:about |around |some |just |only |barely |almost |nearly |(?:just )?over |(?:more|fewer) than )?"
_SHARE_AGAIN = re.compile(  # "a third, or 33%", "a third of cases (33%)"
    r"(?:,? or| —| –| -|,| of (?:(?!are|were|was|is|had|have|but|and|while|against)[\w/.-]+ ?){1,7},?|"
    r" (?:\w+ )?(?:referrals|cases|people|children|adoptions)|)?"
    r" ?\(?(?:about |around |some |just |precisely |exactly )?"
)
_ENDS_SHARE = re.compile(r"[),;.—–-]| [—–-]| of\b| to be (?:exact|precise)\b| exactly\b|$")
_THAT_IS = re.compile(  # "512 people, or 7%", "512, which is 7%"
    r"(?:(?:[\w-]+ ){0,12}[\w-]+(?=[ ,]))?(?:,|;| —| –| -)? ?"
    r"(?:\(?or|\(?that is|\(?equivalent to|\(?equal to|\(?representing|\(?which is|\(?i\.e\.,?)"
    rf"(?: (?:{_ABOUT}|some|less than))* ?"
)
_INSIDE_BRACKETS = re.compile(r"[;,/] ?(?:or )?")  # "(1,950; 31%)"
_BETWEEN_DASHES = re.compile(rf"[^.;,:()]{{0,60}} [—–-] {_HINTS}")  # "1,950 cases – 31% – were"
_DASH = re.compile(r"(?: [\w-]+){0,6} [—–-] ")
_IN_BRACKETS = re.compile(rf"[^.;,:()]{{0,70}}\((?:(?:or|{_ABOUT}|a|an|n ?=) ?)*")  # "1,950 cases (31%)"
_CELLS = re.compile(r" ?\|? ?")  # "1,950 31%" in a row of a table
_ENDS_PAIR = re.compile(
    r" (?:cases|people|referrals|individuals|children|youngsters|pupils)\b(?=[.;:)]|$| in (?:19|20)\d\d)"
)
_APPOSED = re.compile(r"(?: [\w-]+){0,3}, ")  # "332 people, 5.4% of those referred, received"
_ENDS_APPOSED = re.compile(r" of [^.,;:()]{3,45}, (?!and\b|but\b|while\b|\d)")
_IN_ALL = re.compile(r"(?: [\w-]+){0,4}, (?:or |that is |some )?")  # "one in six referrals, 1,472 in all, went on"
_ENDS_IN_ALL = re.compile(r" (?:in all|in total|altogether|all told|overall),? ")
_LAST_DASH = re.compile(
    rf"(?: (?!(?:and|but|or|while|with|to|from|in|of|against)\b)[\w-]+){{1,2}} [—–-] {_HINTS}"
)  # "469 cases – about one in 20"
_ENDS_CLAUSE = re.compile(r"[.;]|$")
_ASIDE = re.compile(rf"(?: of (?:them|these|those|whom|which)|(?: [a-z-]+){{1,3}}), (?:well |far |some |{_ABOUT} )*")
_ENDS_ASIDE = re.compile(  # "118 of them, over half, were"
    r", (?:were|was|are|is|had|have|came|come|concerned|related|involved|went|led|ended|resulted|received|did|made)\b"
)
_COUNTS = ("count", "ratio")


def group_candidates(sentence: str, candidates: list[Candidate]) -> list[int]:
    """Return the number of the group of each candidate, counted from 0; members of a group stand side by side."""
    groups: list[int] = []
    for place, here in enumerate(candidates):
        if not place:
            groups.append(0)
            continue
        joined = _are_pair(sentence, candidates[place - 1], here)
        if joined and place > 1 and groups[place - 2] == groups[-1]:
            joined = _is_triple(candidates[place - 2 : place + 1])
        groups.append(groups[-1] + (not joined))
    return groups


def _is_share(candidate: Candidate) -> bool:
    return candidate.kind in ("percentage", "fraction")


def _is_triple(candidates: list[Candidate]) -> bool:
    """Whether three numbers in a row are one statement: count, base and share, or "a third (33%, or 1,950)"."""
    kinds = {candidate.kind for candidate in candidates}
    return sum(map(_is_share, candidates)) == 1 or kinds == {"fraction", "percentage", "count"}


def _are_pair(sentence: str, first: Candidate, second: Candidate) -> bool:
    """Whether two neighbouring numbers state the same thing as count and share."""
    between = sentence[first.end : second.start]
    if len(between) > REACH:
        return False
    if first.kind == "fraction" and second.kind == "percentage":
        return bool(_SHARE_AGAIN.fullmatch(between) and _ENDS_SHARE.match(sentence, second.end))
    if _is_share(first) == _is_share(second) or not all(_is_share(c) or c.kind in _COUNTS for c in (first, second)):
        return False
    return bool(
        _THAT_IS.fullmatch(between.strip() + " ")
        or (_INSIDE_BRACKETS.fullmatch(between) and "(" in sentence[max(0, first.start - 2) : first.start])
        or (_BETWEEN_DASHES.fullmatch(between) and _DASH.match(sentence, second.end))
        or _IN_BRACKETS.fullmatch(between)
        or _CELLS.fullmatch(between)
        or (_is_share(second) and _APPOSED.fullmatch(between) and _ENDS_APPOSED.match(sentence, second.end))
        or (_is_share(first) and _IN_ALL.fullmatch(between) and _ENDS_IN_ALL.match(sentence, second.end))
        or (_is_share(second) and _LAST_DASH.fullmatch(between) and _ENDS_CLAUSE.match(sentence, second.end))
        or (_ASIDE.fullmatch(between) and _ENDS_ASIDE.match(sentence, second.end))
        or (
            _is_share(first)
            and between in (", ", ", so ", ", so about ", ", which is ")
            and _ENDS_PAIR.match(sentence, second.end)
        )
    )
