"""What a number measures, of which category, as a share of what: read from the words of its own clause first."""

from __future__ import annotations

import re

from helpers.clauses import CASE_NOUNS, SHARES, Mention, is_official
from helpers.cues import Cue, measure_of_noun

BASES = ("concern_specified", "gender_specified", "age_known")
CUES = list[Cue]
REFERRAL_DIMENSIONS = ("sector", "outcome", "region", "education_setting", "mental_health_neurodiversity")
_BREAK = re.compile(
    r"; |, (?:when|where|which|and|but|while|with|whereas|compared|up|down|against) | (?:while|but|although|whereas|compared (?:with|to)|than|against|ahead of|followed by) ",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"(?:\b(?:made up|make up|making up|account\w* for|represent\w*|compris\w*|constitut\w*|were|was|are|is|fell|rose|increas\w*|decreas\w*|"
    r"grew|dropp\w*|reach\w*|stood at|stand at|total\w*|number\w*|at|on|with|made|saw|had|being|came to|remain\w*|climb\w*|"
    r"jump\w*|doubled|more than doubled|from|to|by|responsible for|the source of|submitted|formed|took|account)\b|[:–(-])[^.;]{0,60}$",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    r"^ ?\)?,? ?(?:– |- )?(?:or \d+% )?(?:out )?of (?P<noun>(?:(?:all|the|those|these|its|their|total|overall|such|such|national|prevent|new|year['’]s|cases?|known|"
    r"\d[\d,]*|these|that|this|england and wales|last|year|previous|every|everyone|one|a|total of|adopted|channel|discussed|referred|specified|recorded|people|individuals|children|"
    r"referrals?|adoptions?|individuals?|discussions?|made|received|to|support|supported|them|total|were|was|who|being|and|by|on|under|through|whom|"
    r"with|where|whose|known|type|concern|ideology|gender|age|in|for|which|any|specified|islamist|right-wing|extreme|far-right|police|education|"
    r"male|female|taken|placed|panel|at|discussed) ?)+)",
    re.IGNORECASE,
)
OF_THESE = re.compile(
    r"\b(?:of|among|amongst|from|out of) (?:these|those(?! (?:referred|adopted|discussed|who|whose|with|where|aged|under|over|cases|people|supported|receiving|were|in|on|not|referrals))|them|whom|which|this (?:total|number|figure|group)|that (?:total|number|figure|group)|the total|that|the cohort)\b",
    re.IGNORECASE,
)
_OPENS_BACK = re.compile(
    r"\W*(?:it|that|this|the (?:figure|number|share|proportion)) (?:is|was|stood|were|had been)\b", re.IGNORECASE
)
POINTS_BACK = re.compile(
    r"\b(?:of|among|amongst|from|out of) (?:these|those|them|whom)\b"
    r"(?! (?:referred|adopted|discussed|who|whose|with|where|aged|under|over|people|supported|receiving|were|in|on|not)\b)",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"\b(?:not|never|without being|n['’]t|no longer|neither|rejected for|did not|were not|nor|failed to)\b[^,;]{0,40}$",
    re.IGNORECASE,
)


def assign_measures(
    sentence: str,
    mentions: list[Mention],
    measures: CUES,
    categories: CUES,
    inherited: str | None,
    inherited_categories: list[tuple[str, str]] | None = None,
) -> None:
    """Fill measure, dimension, category and denominator of every mention of one sentence, in place.

    Parameters
    ----------
    sentence : str
        The words of the sentence, in which the offsets of mentions and cues lie.
    mentions : list of Mention
        Numbers in order, with their groups.
    measures, categories : list of Cue
        What `helpers.cues` found in the sentence.
    inherited : str or None
        Official measure of the sentences before, for sentences that name none.
    """
    for mention in mentions:
        mention.denominator = _stated_denominator(mention, sentence, measures, categories, inherited)
    for group in sorted({mention.group for mention in mentions}):
        members = [mention for mention in mentions if mention.group == group]
        measure = _group_measure(sentence, mentions, members, measures, categories, inherited)
        for mention in members:
            mention.measure = _own_measure(mention, measure)
    _keep_stage(sentence, mentions)
    _assign_categories(sentence, mentions, categories)
    named = any(is_official(cue.measure) for cue in measures) or any(
        cue.role in ("category", "band") for cue in categories
    )
    lead = mentions[0]
    inherited_category = inherited_categories[0] if inherited_categories else None
    inherited_parts = [found for found in inherited_categories or [] if found[0] != "total"]
    if inherited_parts and not named and "respectively" in sentence.lower():
        groups = sorted(
            {mention.group for mention in mentions if mention.candidate.start < sentence.lower().index("respectively")}
        )
        for group, found in zip(groups[-len(inherited_parts) :], inherited_parts, strict=False):
            for mention in mentions:
                if mention.group == group and is_official(mention.measure):
                    mention.dimension, mention.category = found
        return _finish(mentions)
    if (
        inherited_category
        and named
        and _OPENS_BACK.match(sentence)
        and is_official(lead.measure)
        and lead.dimension == "total"
    ):
        before = [
            cue
            for cue in (*measures, *categories)
            if cue.end <= lead.candidate.start and (is_official(cue.measure) or cue.role == "category")
        ]
        if not before:
            for mention in mentions:
                if mention.group == lead.group:
                    mention.dimension, mention.category = inherited_category
    if (
        inherited_category
        and not named
        and _is_elliptic(sentence, mentions)
        and not POINTS_BACK.search(sentence)
        and not re.match(r"\W*totals?\b", sentence, re.IGNORECASE)
    ):
        for mention in mentions:
            if is_official(mention.measure) and mention.dimension == "total":
                mention.dimension, mention.category = inherited_category
    _finish(mentions)


def _finish(mentions: list[Mention]) -> None:
    """Settle every denominator, members of one group sharing what one of them names."""
    for mention in mentions:
        shared = next(
            (other.denominator for other in mentions if other.group == mention.group and other.denominator), None
        )
        mention.denominator = mention.denominator or shared
        _finish_share(mention)


def _keep_stage(sentence: str, mentions: list[Mention]) -> None:
    """Let parts of a Channel whole stay Channel cases ("of the 394 adopted, 179 were referred over …")."""
    whole = None
    for mention in mentions:
        if is_whole(sentence, mention) and mention.measure in ("channel_adopted", "channel_discussed"):
            whole = mention.measure
        elif whole and mention.measure == "referrals":
            mention.measure = whole


def _end_of(members: list[Mention]) -> int:
    return members[-1].candidate.end


def _group_measure(
    sentence: str,
    mentions: list[Mention],
    members: list[Mention],
    measures: CUES,
    categories: CUES,
    inherited: str | None,
) -> str | None:
    """Return the measure of a group: its predicate, its noun, its subject, its neighbours, then what came before."""
    start, end = members[0].candidate.start, _end_of(members)
    after = members[-1].after
    limit = end + len(after)
    skip = _whole_length(after) if any(mention.candidate.kind in SHARES for mention in members) else 0
    noun_cue = _adjacent_noun(members, measures)
    stop = _BREAK.search(sentence, end + max(skip, 1), limit)
    bound = stop.start() if stop else limit
    nouns = {mention.noun for mention in members if mention.noun and mention.candidate.kind not in SHARES}
    counts_other = bool(nouns) and not nouns & CASE_NOUNS and not _names_category(members, categories)
    verb = next(
        (
            cue
            for cue in measures
            if cue.role == "verb"
            and end + skip <= cue.start < bound
            and not (counts_other and is_official(cue.measure))
            and not (limit < len(sentence) and cue.end >= limit - 1)
        ),
        None,
    )
    if verb is not None and (noun_cue is None or is_official(noun_cue.measure) or verb.start - end < 40):
        _note_negation(sentence, members, end + skip, verb)
        return verb.measure
    if noun_cue is not None:
        return noun_cue.measure
    named = next((found for found in map(measure_of_noun, sorted(nouns)) if found and not is_official(found)), None)
    if named and members[0].candidate.kind == "count":
        return named
    if counts_other:
        return None
    return _context_measure(sentence, mentions, members, measures, categories, inherited, bound, skip)


def _note_negation(sentence: str, members: list[Mention], start: int, verb: Cue) -> None:
    if _NOT.search(sentence, start, verb.start) or re.match(r"not\b", sentence[verb.start :]):
        for mention in members:
            mention.caveat = "complement"


def _names_category(members: list[Mention], categories: CUES) -> bool:
    end = members[-1].candidate.end
    return any(
        cue.role in ("category", "band") and cue.dimension not in REFERRAL_DIMENSIONS and 0 <= cue.start - end <= 3
        for cue in categories
    )


def _adjacent_noun(members: list[Mention], measures: CUES) -> Cue | None:
    """Return the noun cue that the number itself counts ("697 adopted cases"), if its noun names a measure."""
    for mention in members:
        lead = next(
            (
                cue
                for cue in measures
                if cue.role == "lead" and 1 <= mention.candidate.start - mention.taken - cue.end <= 4
            ),
            None,
        )
        if (
            lead is not None
            and mention.candidate.kind == "count"
            and (not is_official(lead.measure) or not mention.noun or mention.noun in CASE_NOUNS)
        ):
            return lead
        if not mention.noun or mention.candidate.kind in ("percentage", "fraction"):
            continue
        end = mention.candidate.end
        reach = end + mention.after.lower().find(mention.noun.rstrip("s")[:5]) + len(mention.noun) + 12
        for cue in measures:
            if cue.role == "noun" and cue.start >= end and cue.start <= reach and cue.end >= end + 2:
                between = mention.after[: cue.start - end]
                if not re.search(
                    r"[,;:.()]| (?:of|in|for|at|by|with|and|or|were|was|since|after|before|from|to|against|during|following|about|on) ",
                    between,
                ):
                    return cue
    return None


def _context_measure(
    sentence: str,
    mentions: list[Mention],
    members: list[Mention],
    measures: CUES,
    categories: CUES,
    inherited: str | None,
    bound: int,
    skip: int,
) -> str | None:
    """Return an official measure from the subject, a neighbour, the rest of the sentence or the sentences before."""
    start, end = members[0].candidate.start, _end_of(members)
    kind = members[0].candidate.kind
    if kind == "multiple" and _counts_other(members[-1].after, measures, end):
        return None
    if kind in ("percentage", "fraction") and not skip and _has_other_whole(members[-1].after, measures, end):
        return None
    if kind in ("duration", "age", "money", "rating"):
        return None
    official = [cue for cue in measures if is_official(cue.measure)]
    previous = [mention for mention in mentions if mention.group < members[0].group]
    floor = previous[-1].candidate.end if previous else 0
    subject = [cue for cue in official if floor <= cue.start and cue.end <= start]
    if subject:
        return subject[-1].measure
    later = next((cue for cue in official if end + skip <= cue.start < bound), None)
    if later:
        return later.measure
    category_cue = any(cue.role in ("category", "band") for cue in categories)
    counted = kind == "count" and any(mention.noun and not mention.is_elided for mention in members)
    points_back = POINTS_BACK.search(sentence) or "including" in sentence
    elliptic = _is_elliptic(sentence, members) and (not counted or bool(points_back))
    previous = [mention for mention in previous if is_official(mention.measure)]
    if previous and (not counted or category_cue or elliptic):
        return previous[-1].measure
    if official and (not counted or category_cue or elliptic):
        before = [cue for cue in official if cue.end <= start]
        return (before[-1] if before else official[0]).measure
    if not official and any(cue.dimension in REFERRAL_DIMENSIONS or cue.role == "base" for cue in categories):
        return "referrals"
    if re.search(
        r"\b(?:we|our|us|my)\b(?! (?:expect|estimate|forecast|project|predict|reckon|find|found))",
        sentence,
        re.IGNORECASE,
    ) and not OF_THESE.search(sentence):
        return None
    if (
        inherited
        and (category_cue or elliptic)
        and not (counted and not category_cue and not OF_THESE.search(sentence))
    ):
        return inherited
    return None


def _counts_other(after: str, measures: CUES, end: int) -> bool:
    """Whether a multiple is of something that the official series does not count ("double the usual number of calls")."""
    found = re.match(
        r"(?: as (?:many|much)| more| the| that)(?: [\w-]+)?(?: (?:number|rate|level|share|proportion) of)? (\w+s)\b",
        after,
    )
    if not found or found[1].lower() in CASE_NOUNS or re.match(r"as|years|times|cases", found[1]):
        return False
    return not any(is_official(cue.measure) and end <= cue.start <= end + len(found.group()) + 4 for cue in measures)


def _has_other_whole(after: str, measures: CUES, end: int) -> bool:
    """Whether a share is one of something that the official series does not count ("of its caseload")."""
    found = re.match(r"\)? of (?:the|its|their|all|his|her|our|a|an|those|these)?(?: [\w'’-]+){0,3}?", after)
    if not found:
        return False
    phrase = re.split(
        r"[,;:.()]| (?:were|was|are|is|in|for|who|said|say|think|believe|feel|felt|had|have)\b",
        after[found.start() + 4 :],
    )[0]
    known = re.search(
        r"\b(?:total|number|figure|(?<!closed )(?<!court )(?<!other )cases|referrals|people|those|these|them|all|which|whom|caseloads? of prevent|adult|year|concerns|cohort|group|remainder|rest)",
        phrase,
        re.IGNORECASE,
    )
    return not known and not any(
        is_official(cue.measure) and end <= cue.start <= end + len(phrase) + 6 for cue in measures
    )


def _is_elliptic(sentence: str, members: list[Mention]) -> bool:
    """Whether the sentence points back at an earlier figure."""
    return bool(
        OF_THESE.search(sentence)
        or re.search(r"\b(?:up|down) from|compar\w+ (?:with|to)|the figure|that (?:is|was|compares)|this (?:is|was|compares|represents)|the (?:\w+ )?(?:total|number|figure|peak)\b|\b(?:recorded|saw|had|logged|registered|made|received|took)(?: just| only| about| around| some)? [\d,]+ ?[.,;]|\b(?:each|they (?:were|made|accounted|numbered))\b|\bthe (?:lowest|highest)\b|"
                     r"\b(?:rise|fall|increase|decrease|drop)\b|respectively|including|\btotals?\b|\bexpect\w*|\bthere (?:were|was|had been)\b|\bit (?:was|is|stood)\b|\b(?:were|was|been) (?:received|made|recorded|submitted|logged)\b|\b(?:come|came) in\b|"
                     r"\b(?:its|the|their) (?:share|proportion)\b|\bthe sector\b|\b(?:is|was|are|were|stood|stands) at\b", sentence, re.IGNORECASE)
    )  # fmt: skip


def _own_measure(mention: Mention, measure: str | None) -> str:
    """Return the measure of one member: kinds that measure themselves keep to that."""
    kind = mention.candidate.kind
    if kind == "age":
        return "age"
    if kind == "rating":
        return "rating"
    if kind == "money":
        return "cost"
    return measure or "other"


def _whole_length(after: str) -> int:
    """Return how many characters after a share name its whole ("of all referrals")."""
    found = _WHOLE.match(after)
    if not found:
        return 0
    words = found.group()
    verb = re.search(r" (?:were|was|resulted|led|had been|came)\b", words)
    return verb.start() if verb else found.end()


def names_own_whole(after: str) -> bool:
    """Return whether a share names its whole itself, and not by pointing back ("of all referrals", not "of these")."""
    length = _whole_length(after)
    return bool(length) and not re.match(r"\)? of (?:these|those|them|whom|which)\b(?! \w+ed\b)", after)


def _stated_denominator(
    mention: Mention, sentence: str, measures: CUES, categories: CUES, inherited: str | None
) -> str | None:
    """Return the whole that the words right after a share name ("of referrals", "of those adopted")."""
    if (
        mention.candidate.kind not in SHARES
        or mention.direction != "level"
        or mention.candidate.unit == "percentage_point"
    ):
        return None
    length = _whole_length(mention.after)
    if mention.candidate.kind == "ratio":
        length = len(
            re.split(
                r"[,;:.(]| (?:were|was|had|came|resulted|led|became|become|ended|went|did|received|concerned|related|have|are|is)\b",
                mention.after,
            )[0]
        )
    words = mention.after[:length].lower()
    start = mention.candidate.end
    if not length:
        return None
    base = next((cue for cue in categories if cue.role == "base" and start <= cue.start <= start + length + 3), None)
    measure = _whole_measure(words, inherited)
    if measure is None:
        return None
    if base is not None and measure == "referrals" or base is not None:
        return f"{measure}:{base.category}"
    inside = next(
        (
            cue
            for cue in categories
            if cue.role == "category" and cue.dimension == "concern" and start <= cue.start < start + length
        ),
        None,
    )
    return f"{measure}:{inside.category}" if inside else measure


def _whole_measure(words: str, inherited: str | None) -> str | None:
    """Return which official measure the words of a whole name."""
    if re.search(r"\badopt|taken on|channel (?:cases?|support)|supported|on channel|to channel|receiv", words):
        return "channel_adopted"
    if re.search(r"discuss|panel", words):
        return "channel_discussed"
    if re.search(r"referr", words):
        return "referrals"
    if re.search(r"\b(?:these|those|them|total|cases|all|people|individuals|whom|which|figure|number)\b", words):
        return inherited
    return None


def _assign_categories(sentence: str, mentions: list[Mention], categories: CUES) -> None:
    """Give every group its category: from before the number or from after it, whichever serves the whole sentence."""
    cues = [cue for cue in categories if cue.role in ("category", "band")]
    groups = sorted({mention.group for mention in mentions})
    spans = {group: _group_span(mentions, group) for group in groups}
    handled = _assign_respectively(sentence, mentions, cues)
    groups = [group for group in groups if group not in handled]
    before, after = {}, {}
    for place, group in enumerate(groups):
        start, end = spans[group]
        if any(mention.group == group and is_whole(sentence, mention) for mention in mentions):
            before[group], after[group] = [], _cues_inside(sentence, cues, end)
            continue
        floor = spans[group - 1][1] if group else 0
        ceiling = spans[group + 1][0] if group + 1 in spans else len(sentence)
        before[group] = _cues_before(sentence, cues, floor, start)
        after[group] = _cues_after(sentence, cues, end, ceiling, mentions, group)
    forward = sum(1 for group in groups if after[group])
    backward = sum(1 for group in groups if before[group])
    for group in groups:
        members = [mention for mention in mentions if mention.group == group]
        chosen = _choose(sentence, members, before[group], after[group], forward, backward)
        past = [mention for mention in mentions if mention.group < group and is_official(mention.measure)]
        earlier = (
            [mention for mention in past if (mention.candidate.kind in SHARES) == (members[0].candidate.kind in SHARES)]
            or past
        )[-1:]
        if not chosen and earlier and _continues(sentence, spans[group][0], members):
            for mention in members:
                mention.dimension, mention.category, mention.combined = (
                    earlier[0].dimension,
                    earlier[0].category,
                    list(earlier[0].combined),
                )
            continue
        for mention in members:
            _set_category(mention, chosen, sentence)


_WHOLE_BEFORE = re.compile(
    r"(?:^|[,;:•–-] ?|\band |\bwhile |\bhow many |\bmost |\bmany |\bsome |\bfew )(?:• |- )?(?:of|out of|among|amongst|from)(?: the| all| these| those| its| a total of| all the| some| nearly| almost| about| just over| around)*\s*$",
    re.IGNORECASE,
)


def is_whole(sentence: str, mention: Mention) -> bool:
    """Return whether a number is the whole that the numbers after it are parts of ("Of the 4,915 referrals, …")."""
    return mention.candidate.kind == "count" and bool(
        _WHOLE_BEFORE.search(sentence[: mention.candidate.start - mention.taken])
    )


def _cues_inside(sentence: str, cues: CUES, end: int) -> CUES:
    """Return the category inside the phrase of a whole ("of the 1,229 right-wing referrals")."""
    stop = re.compile(r"[,;:(]| (?:were|was|had|came|resulted|led|ended)\b").search(sentence, end)
    return [cue for cue in cues if cue.start >= end and cue.end <= (stop.start() if stop else len(sentence))][:1]


def _group_span(mentions: list[Mention], group: int) -> tuple[int, int]:
    members = [mention.candidate for mention in mentions if mention.group == group]
    return members[0].start, members[-1].end


def _cues_before(sentence: str, cues: CUES, floor: int, start: int) -> CUES:
    """Return the last category named between the previous number and this one, with those coordinated with it."""
    inside = [cue for cue in cues if floor <= cue.start and cue.end <= start]
    inside = [cue for cue in inside if not re.search(r"[;.] ", sentence[cue.end : start])]
    if not inside:
        return []
    chosen = [inside[-1]]
    for cue in reversed(inside[:-1]):
        between = sentence[cue.end : chosen[0].start].strip(" ,").lower()
        if cue.dimension != chosen[0].dimension or not re.fullmatch(
            r"(?:,|and|or|and the|and by|&|cases and|referrals and|concerns and|and from|and from the)?", between
        ):
            break
        chosen.insert(0, cue)
    return chosen


def _cues_after(sentence: str, cues: CUES, end: int, ceiling: int, mentions: list[Mention], group: int) -> CUES:
    """Return the first category named after a number and before the next one, with those coordinated with it."""
    limit = _BREAK.search(sentence, end, ceiling)
    bound = limit.start() if limit else ceiling
    inside = [cue for cue in cues if end <= cue.start < bound]
    whole = next(
        (
            _whole_length(mention.after)
            for mention in mentions
            if mention.group == group and mention.candidate.end == end and mention.candidate.kind in SHARES
        ),
        0,
    )
    if whole and inside and inside[0].start < end + whole and len(inside) > 1:
        inside = [cue for cue in inside if cue.start >= end + whole] or inside
    elif whole and inside and inside[0].start < end + whole and inside[0].dimension == "concern":
        return []
    if not inside:
        return []
    chosen = [inside[0]]
    for cue in inside[1:]:
        between = sentence[chosen[-1].end : cue.start].strip(" ,").lower()
        if cue.dimension != chosen[0].dimension or not re.fullmatch(
            r"(?:,|and|or|and the|&|or the|and from|and from the|cases and|concerns and|referrals and|and by)?", between
        ):
            break
        chosen.append(cue)
    return chosen


def _choose(sentence: str, members: list[Mention], before: CUES, after: CUES, forward: int, backward: int) -> CUES:
    """Return the cues of a group from one side: brackets look back, lists keep one direction, subjects beat objects."""
    start = members[0].candidate.start
    if not before or not after:
        if before and not after and not _reaches(sentence, before[-1], start, members):
            return []
        return before or after
    if sentence[max(0, start - 1) : start] == "(" or re.search(
        r"\((?:\w+ ){0,3}$", sentence[max(0, start - 20) : start]
    ):
        return before
    gap = sentence[before[-1].end : start]
    if sentence[members[-1].candidate.end : after[0].start] in (" ", ""):
        return after
    if backward > forward or (_LINK.search(gap) and not re.search(r", ", gap)):
        return (
            before
            if not re.search(r"\b(?:and|of which|of whom|of these|with|including|while)\b[^,]*$", gap)
            or backward > forward
            else after
        )
    return after


def _reaches(sentence: str, cue: Cue, start: int, members: list[Mention]) -> bool:
    """Whether a category named before a number belongs to it, rather than to a phrase of its own."""
    gap = sentence[cue.end : start]
    if len(gap) > 140 or re.search(r"[;.] ", gap):
        return False
    return bool(
        re.search(r"\($", gap.rstrip(" "))
        or _LINK.search(gap)
        or len(gap) < 40
        or re.search(r"\b(?:referrals|cases|people)\b", gap)
    )


def _continues(sentence: str, start: int, members: list[Mention]) -> bool:
    """Whether a number goes on about the thing of the number before it ("from 1,309 to 1,314", "compared with")."""
    lead = sentence[max(0, start - 60) : start]
    words = members[0].before[: len(members[0].before) - members[0].taken] if members[0].taken else members[0].before
    if members[0].noun and members[0].noun not in CASE_NOUNS:
        return False
    return bool(
        re.search(
            r"(?:\bto|\bfrom|compared (?:with|to)|\bthan|\bagainst|\bon|up from|down from|\bwere|\bwas|or|in \S+|\bof|\bby|\bversus|,|and|then|but|while|\()\s*$",
            lead[: len(lead) - members[0].taken] if members[0].taken else lead,
            re.IGNORECASE,
        )
        and len(words) < 90
    )


def _assign_respectively(sentence: str, mentions: list[Mention], cues: CUES) -> set[int]:
    """Pair categories and numbers in order when the sentence says "respectively"; returns the groups that are done."""
    if "respectively" not in sentence.lower():
        return set()
    end = sentence.lower().index("respectively")
    mentions = [mention for mention in mentions if mention.candidate.start < end]
    groups = sorted({mention.group for mention in mentions})
    for run in (cues, [cue for cue in cues if cue.role == "category"]):
        if len(run) >= 2 and len(run) <= len(groups):
            chosen = groups[-len(run) :]
            for group, cue in zip(chosen, run, strict=True):
                for mention in mentions:
                    if mention.group == group:
                        _set_category(mention, [cue], sentence)
            return set(chosen)
    return set()


def _set_category(mention: Mention, cues: CUES, sentence: str) -> None:
    """Write dimension and category of a mention; several coordinated categories make a combined or an each-statement."""
    if not is_official(mention.measure):
        return
    if not cues:
        mention.dimension, mention.category = "total", "total"
        return
    mention.dimension = cues[0].dimension
    mention.category = cues[0].category
    others = [cue.category for cue in cues[1:] if cue.category and cue.category != cues[0].category]
    if others and not (mention.dimension == "region"):
        mention.combined = [str(other) for other in others]
        mention.caveat = "each" if re.search(r"\beach\b", sentence) else "combined"


def _finish_share(mention: Mention) -> None:
    """Settle the denominator of a share that names none, and drop what is no share."""
    whole = (mention.denominator or "").split(":")[0]
    if (
        is_official(whole)
        and is_official(mention.measure)
        and mention.dimension not in (None, "total")
        and mention.dimension != "outcome"
    ):
        mention.measure = whole
    if (
        mention.candidate.kind not in SHARES
        or mention.direction != "level"
        or mention.candidate.unit == "percentage_point"
    ):
        mention.denominator = None
        return
    if mention.denominator is None and is_official(mention.measure):
        if mention.dimension == "total":
            mention.denominator = "referrals" if mention.measure != "referrals" else None
        else:
            mention.denominator = mention.measure
    if not is_official(mention.measure):
        mention.denominator = None
