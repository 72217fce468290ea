"""Which number belongs with which words: pairs of numbers, units, changes, measures, categories and wholes of one sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from helpers.number_readers import Candidate
from helpers.cues import Cue, modifier_around
from helpers.numerals import Number
from helpers.vocabulary import OFFICIAL_MEASURES

SHARES = ("percentage", "fraction", "ratio")
PERSONS = frozenset(
    "people persons individuals children pupils students boys girls men women adults teenagers youngsters youths males females "
    "patients others times occasions minors residents youth young suspects learners".split()
)
CASE_NOUNS = PERSONS | frozenset("referrals cases adoptions discussions referees referred individuals".split())
STOP = frozenset(
    "a about above across after against all along also although am among an and any are around as at be became because been before began being "
    "below between but by came can come comes compared could despite did do does down due during each either ended ever every fell followed for "
    "from gained gave get given go goes got grew had has have having he held her his how i if in including increased into involved is it its just "
    "last led made make may me might more most must near no nor not of off on once only onto or our out over overall per received related remain "
    "remained represented required resulted rose saw she should since so some stood than that the their them then there these they this those "
    "through to took too towards under until up upon us was we went were what when where whether which while who whom whose will with within "
    "without would yet you your needed accounted concerned ahead aged currently so-called followed"
    " died killed murdered arrested charged convicted jailed sentenced adopted discussed supported signposted referred identified needing respectively became become again already earlier later "
    "altogether annually apiece each yearly weekly daily monthly nationally locally late".split()
)
NOT_PLURAL = re.compile(r"(?:ous|ss|is|us|['’]s|previous|gas|news|campus|perhaps|always|versus)$")
IRREGULAR = {"person": "people", "child": "children", "man": "men", "woman": "women", "people": "people", "children": "children",
             "men": "men", "women": "women", "youth": "youths", "staff": "staff"}  # fmt: skip
ADJECTIVE = re.compile(
    r"(?:ing|ed|al|ive|ary|ful|ent|ant|able|ic|new|key|main|young|old|other|further|more|such|own|single|whole|full)$"
)
_WORD = re.compile(r"(?: |-)?((?:[A-Za-z][\w'’-]*|(?:19|20)\d\d))")
RISES = r"rose|risen|rise[sn]?|rising|rises|increas\w+|grew|grown|grow(?:s|ing|th)?|(?<!made )(?<!make )(?<!making )(?<!makes )up(?! to\b)|jump\w*|climb\w*|surg\w+|soar\w*|spik\w+|higher|went up|gone up|swell\w*|swollen|leap\w*|leapt|gain\w*|uplift|mount\w*|rocket\w*|upturn|more"
FALLS = r"fell|fall(?:s|en|ing)?|drop\w*|declin\w+|decreas\w+|down|reduc\w+|lower|shrank|shrunk|shrink\w*|plung\w+|plummet\w*|slump\w*|dip(?:s|ped|ping)?|cut|slid|slip\w*|sank|tumbl\w+|went down|gone down|fewer|less|contract\w+|halv\w+"
_CHANGE_NOUN = r"(?:year-on-year |annual |overall |sharp |steep |small |slight |modest |record |further |net |big |huge |large |dramatic |similar |corresponding |real-terms )*"
_CHANGE_AFTER = re.compile(
    rf"^[ -]{_CHANGE_NOUN}(?:(?P<rise>rise|increase|jump|surge|growth|leap|spike|uplift|upturn|gain|climb|hike|uptick)|(?P<fall>fall|drop|decrease|decline|reduction|cut|dip|slump|downturn))s?\b"
    rf"|^,? (?:(?P<up>up|more|higher|greater|larger)|(?P<down>down|fewer|less|lower|smaller))\b(?! from)(?: [\w-]+){{0,5}}? (?:than|on|in|since|over|against|year[- ]on[- ]year|compared)\b",
    re.IGNORECASE,
)  # fmt: skip


@dataclass(slots=True)
class Mention:
    """A candidate in its sentence: the words before and after it up to its neighbours, and what they make of it."""

    candidate: Candidate
    group: int
    before: str
    after: str
    surface: str = ""
    modifier: str = "exact"
    direction: str = "level"
    unit: str = ""
    noun: str = ""
    measure: str | None = None
    dimension: str | None = None
    category: str | None = None
    denominator: str | None = None
    denominator_value: float | None = None
    caveat: str | None = None
    per: str | None = None
    combined: list[str] = field(default_factory=list)
    is_elided: bool = False  # the noun was carried over from an earlier number
    taken: int = 0  # characters before the number that its modifier takes


def group_candidates(sentence: str, candidates: list[Candidate]) -> list[int]:
    """Return the group of each candidate: a count and its share ("381 (5%)", "512, or 7%", "(1,950; 31%)") are one group."""
    groups: list[int] = []
    for place, here in enumerate(candidates):
        previous = candidates[place - 1] if place else None
        joined = previous is not None and _are_pair(sentence, previous, here)
        groups.append(groups[-1] if joined else (groups[-1] + 1 if groups else 0))
        if (
            joined
            and place > 1
            and groups[place - 2] == groups[-1]
            and not _is_triple(candidates[place - 2 : place + 1])
        ):
            groups[-1] += 1
    return groups


def _is_triple(candidates: list[Candidate]) -> bool:
    """Whether three numbers in a row are one statement: count, base and share in any order."""
    kinds = [candidate.kind in ("percentage", "fraction") for candidate in candidates]
    return sum(kinds) == 1


def _are_pair(sentence: str, first: Candidate, second: Candidate) -> bool:
    """Whether two neighbouring numbers state the same thing as count and share."""
    is_share = [found.kind in ("percentage", "fraction") for found in (first, second)]
    if first.kind == "fraction" and second.kind == "percentage":
        return bool(
            re.fullmatch(
                r"(?:,? or| –| -|,| of [\w /.-]{3,50},?|)? ?\(?(?:about |around |some |just |precisely |exactly )?",
                sentence[first.end : second.start],
            )
        ) and bool(re.match(r"[),;.–-]| [–-]| of\b", sentence[second.end :] or "."))
    if is_share[0] == is_share[1] or {first.kind, second.kind} - {"percentage", "fraction", "count", "ratio"}:
        return False
    between = sentence[first.end : second.start]
    if re.fullmatch(
        r"(?:(?:[\w-]+ ){0,4}[\w-]+(?=[ ,]))?(?:,|;| –| -)? ?(?:\(?or|\(?that is|\(?equivalent to|\(?equal to|\(?representing|\(?which is|\(?i\.e\.,?)(?: (?:about|around|just|only|almost|nearly|some|over|just over|just under|roughly|more than|less than))* ?",
        between.strip() + " ",
    ):
        return True
    if re.fullmatch(r"[;,/] ?(?:or )?", between) and "(" in sentence[max(0, first.start - 2) : first.start]:
        return True
    if re.fullmatch(
        r"[^.;,:()]{0,60} [–-] (?:about |around |some |just |only |barely |almost |nearly |over )?", between
    ) and re.match(r" [–-] ", sentence[second.end :]):
        return True
    return (
        bool(
            re.fullmatch(
                r"[^.;,:()]{0,70}\((?:(?:or|about|around|just|only|almost|nearly|over|just over|just under|roughly|more than|a|an|n ?=) ?)*",
                between,
            )
        )
        and between.count("(") == 1
    )


def make_mentions(sentence: str, candidates: list[Candidate]) -> list[Mention]:
    """Return the candidates of a sentence with their groups, neighbourhood, modifier, direction and unit."""
    groups = group_candidates(sentence, candidates)
    mentions: list[Mention] = []
    for place, (candidate, group) in enumerate(zip(candidates, groups, strict=True)):
        start = candidates[place - 1].end if place else 0
        end = candidates[place + 1].start if place + 1 < len(candidates) else len(sentence)
        mention = Mention(
            candidate,
            group,
            sentence[start : candidate.start],
            sentence[candidate.end : end],
            sentence[candidate.start : candidate.end],
        )
        is_round = candidate.number.grain > 1
        mention.modifier, mention.taken = modifier_around(mention.before, mention.after, is_round)
        if _is_comparative(mention, place):
            mention.modifier, mention.taken = "exact", 0
        if candidate.high is not None:
            mention.modifier = "range"
        mention.direction = _direction(mention, sentence[candidate.end : candidate.end + 90])
        mention.unit, mention.noun = _unit(mention)
        mentions.append(mention)
    _share_modifiers(mentions)
    return mentions


_COMPARATIVE = re.compile(
    r"^[\s)]*(?:more|fewer|less|higher|lower|greater|larger|smaller)\b(?: [\w-]+){0,3} than(?: the)? ?$", re.IGNORECASE
)


_SPAN_OF_TIME = re.compile(
    r"(?<!for )(?<!after )(?<!lasted )(?<!took )(?<!spent )(?<!served )(?<!waited )(?<!of )(?<!was )(?<!were )(?<!is )(?<!been )(?<!well )(?<!just )(?<!only )over $"
    r"|(?:^|, )(?:within|under) $",
    re.IGNORECASE,
)


def _is_comparative(mention: Mention, place: int) -> bool:
    """Whether "fewer than" compares the number before with this one, or "over" opens a phrase of time."""
    if place and _COMPARATIVE.match(mention.before):
        return True
    return mention.candidate.kind == "duration" and bool(_SPAN_OF_TIME.search(mention.before))


def _share_modifiers(mentions: list[Mention]) -> None:
    """Let the modifier before a pair ("only 512, or 7 per cent") hold for both."""
    for first, second in zip(mentions, mentions[1:], strict=False):
        joined = first.group == second.group and re.match(r"[^,;(]{0,30},? \(?or\b", first.after)
        if joined and second.modifier == "exact" and first.modifier not in ("exact", "range"):
            second.modifier = first.modifier


def _direction(mention: Mention, follows_on: str) -> str:
    """Return rise or fall when the number is a change ("up 6.4%", "a 22% fall", "412 more than"), else level."""
    kind = mention.candidate.kind
    if kind == "multiple":
        return _multiple_direction(mention, follows_on)
    if kind not in ("percentage", "fraction", "count"):
        return "level"
    before = mention.before[: len(mention.before) - mention.taken] if mention.taken else mention.before
    sign = re.search(r"(?:^|[\s(])([+−–-])$", before)
    if sign and kind == "percentage":
        return "rise" if sign[1] == "+" else "fall"
    follows = _CHANGE_AFTER.match(mention.after)
    if follows and (
        kind != "count" or ((follows["up"] or follows["down"]) and follows.group().endswith(("than", "on")))
    ):
        return "rise" if follows["rise"] or follows["up"] else "fall"
    found = _last_change(before[-90:])
    if found is None:
        return "level"
    word, between, is_rise = found
    between = between.strip()
    by = re.search(r"\bby$", between, re.IGNORECASE)
    of = re.search(r"\bof$", between, re.IGNORECASE) and re.match(
        r"(?:ris|increas|grow|jump|surg|leap|spik|uplift|gain|fall|drop|declin|decreas|reduc|cut|dip|slump)", word, re.I
    )
    bare = between == "" and kind != "count" and word.lower() not in ("more", "less", "fewer", "higher", "lower")
    adverb = kind != "count" and re.fullmatch(
        r"(?:again|sharply|slightly|further|significantly|steeply|dramatically|year[- ]on[- ]year|also|then|nearly|almost|about|steadily)",
        between,
    )
    if by or of or bare or adverb:
        return "rise" if is_rise else "fall"
    return "level"


_CHANGE_WORD = re.compile(rf"\b(?:(?P<rise>{RISES})|(?P<fall>{FALLS}))\b", re.IGNORECASE)


def _last_change(before: str) -> tuple[str, str, bool] | None:
    """Return the last word of change before a number, what stands between, and whether it is a rise."""
    found = None
    for found in _CHANGE_WORD.finditer(before):
        pass
    return (found.group(), before[found.end() :], bool(found["rise"])) if found else None


def _multiple_direction(mention: Mention, around: str) -> str:
    """Return rise for a multiple of an earlier figure, fall for a part of it, level between two groups."""
    lead = mention.before[-60:]
    if mention.candidate.number.value < 1:
        return "fall"
    is_verb = re.search(r"(?:ed|ing|es)$", mention.surface) or not re.match(
        r" (?:as|more|higher|greater|larger|the|that|what|those)\b", around
    )
    compares_times = re.search(
        r"\b(?:year|month|decade|previous|before|earlier|ago|19\d\d|20\d\d|\d\d/\d\d|last|pre-|since)\b",
        f"{lead} {around}",
    )
    return "rise" if is_verb or compares_times or re.search(r"increase|rise|grow", lead) else "level"


def _unit(mention: Mention) -> tuple[str, str]:
    """Return the unit of a number, and the counted noun printed after it ("" when there is none)."""
    kind, printed = mention.candidate.kind, mention.candidate.unit
    if kind == "duration":
        return printed.lower().rstrip("s") + "s", ""
    if printed:
        return printed, head_noun(mention.after) if kind in SHARES else ""
    noun = head_noun(mention.after)
    return noun, noun


def head_noun(after: str) -> str:
    """Return the counted noun that follows a number as a lower-case plural, "" when none does.

    Examples
    --------
    >>> head_noun(" further Prevent referrals in the five years")
    'referrals'
    >>> head_noun(" session being provided instead of")
    'sessions'
    """
    words: list[str] = []
    place = 0
    if re.match(r" of (?:the|these|those|its|their|all)\b(?! (?:year|previous|month|same|last|total))", after):
        place = re.match(r" of (?:the|these|those|its|their|all)(?: the)?\b", after).end()  # type: ignore[union-attr]
    while len(words) < 6 and (found := _WORD.match(after, place)):
        word = found[1].lower()
        if word in STOP or (words and after[place : found.start(1)].count("\n") > 1):
            break
        place = found.end()
        if word[:2] in ("19", "20") and word.isdigit():
            continue
        words.append(word)
        if (word in IRREGULAR.values()) or (word.endswith("s") and not NOT_PLURAL.search(word)):
            return word
        if re.match(r"[,;:.()]", after[place:]):
            break
    if not words:
        return ""
    if words[-1] in IRREGULAR:
        return IRREGULAR[words[-1]]
    last = words[-1]
    if (
        ADJECTIVE.search(last)
        and len(last) > 3
        and last not in ("meeting", "killing", "bombing", "stabbing", "shooting", "incident", "student")
    ):
        return ""
    return (
        last[:-1] + "ies"
        if last.endswith("y") and not last.endswith(("ay", "ey", "oy"))
        else last + ("es" if last.endswith(("ss", "ch", "sh", "x")) else "s")
    )


def nearest_cue(cues: list[Cue], start: int, end: int, role: str | None = None, last: bool = False) -> Cue | None:
    """Return the first (or last) cue of a role that lies within two offsets."""
    inside = [cue for cue in cues if cue.start >= start and cue.end <= end and (role is None or cue.role == role)]
    return (inside[-1] if last else inside[0]) if inside else None


def is_official(measure: str | None) -> bool:
    """Return whether a measure is one of the official series."""
    return measure in OFFICIAL_MEASURES


def plain_number(value: float) -> Number:
    """Return a number that is printed to its last unit."""
    return Number(value, 1.0)
