"""The printed wholes of shares: "13% of the 6,922", "X, of which Y (Z%)", "Of the 4,915 referrals, 1,333 (27%) …"."""

from __future__ import annotations

import re

from helpers.numbers.clauses import Clause, Ground, Mention
from helpers.numbers.cues import Cue
from helpers.numbers.denominators import is_whole, names_own_whole, opens_next
from helpers.numbers.nouns import SHARES, is_official
from helpers.numbers.references import OPENS_WITH_BASE, POINTS_BACK
from helpers.official.series import NATIONAL
from helpers.records import Statistic
from helpers.statistics.context import Context
from helpers.statistics.remembered import BASES, Whole, as_whole

_IF = re.compile(r"\W*(?:If|Suppose|Imagine)\b")  # what is supposed of "these reports" is no part of the last count
OPENING = 28  # characters of a sentence in which it points back
LASTS = 2  # sentences that a whole holds for when they point back at it
_OF_WHICH = re.compile(r"(?:[,;]| [–-]| and) (?:of|from|among) (?:which|whom|these|those|them)\b", re.IGNORECASE)
_OF = re.compile(r"\s*(?:\w+ )?of\b")
_OPENS = re.compile(r"\W*(?:of|among|amongst|for) (?:the |all )?(?:those|these|them|cases|referrals) ", re.IGNORECASE)
_BASE_IN_BRACKET = re.compile(r" ?\((?:n ?= ?)?| (?:in|for) ")
_BASE_AFTER = re.compile(r" (?:(?:people|referrals|individuals|cases|adopted cases)(?: (?:for|in))?,? ?)?")


def set_wholes(rows: list[Statistic], clause: Clause, index: int, context: Context) -> None:
    """Give shares the whole that the same phrase or the sentence before prints, in place.

    Parameters
    ----------
    rows : list of Statistic
        The rows of the numbers of the clause, in the same order.
    clause : Clause
        The sentence.
    index : int
        Its number in the text.
    context : Context
        Holds the whole that the sentences before state.
    """
    words = clause.words
    base = next((cue for cue in clause.categories if cue.role == "base"), None)
    is_near = context.whole and index - context.whole.sentence <= LASTS
    points_back = is_near and not _IF.match(words) and (_opens_back(words) or OPENS_WITH_BASE.match(words))
    whole = context.whole if points_back else None
    if whole and OPENS_WITH_BASE.match(words):
        is_other = base is not None and ":" not in whole.denominator  # "Where a concern was specified" names its own
        whole = None if is_other else whole._replace(value=None)
    base_whole: Whole | None = None  # "where gender was specified (4,913)": the whole of any share that follows
    place = 0
    for members in clause.groups:
        beyond = place + len(members)
        pending: Whole | None = None
        owns = any(names_own_whole(mention.after) for mention in members) or _counts_earlier(
            rows[place], members, whole
        )
        for mention in members:
            row, previous = rows[place], place - 1
            place += 1
            is_count = row.kind in ("count", "ratio") and is_official(row.measure) and row.value is not None
            opens = base is not None and base.end <= mention.start
            if is_count and base is not None and (opens or row.kind == "count") and _names_base(mention, base, words):
                row.dimension, row.category = BASES[str(base.category)], base.category
                whole = base_whole = Whole(float(row.value or 0), f"{row.measure}:{base.category}")
            elif row.kind == "count" and is_count and is_whole(words, mention):
                whole = as_whole(row)
                if previous >= 0 and _opens_whole(clause.mentions[previous]):
                    rows[previous].denominator_value = whole.value
            elif is_official(row.measure) and row.kind in ("count", "rate") and _OF_WHICH.search(members[-1].after):
                counted = row if row.kind == "count" else rows[max(0, previous)]  # "8,778, or 24 a day, of which"
                pending = as_whole(counted) if counted.kind == "count" and counted.measure == row.measure else None
            elif mention.is_level_share and not _is_ratio(row, mention, base, words):
                is_open = beyond < len(rows) and (opens_next(mention) or opens_next(members[-1]))
                following = rows[beyond] if is_open else None
                own_base = _base_of(row, rows, clause, base)
                ground = _set_whole(row, following, base_whole if owns else whole, own_base)
                if following and base and _names_base(clause.mentions[beyond], base, words) and row.denominator:
                    row.denominator = f"{row.measure}:{base.category}"
                if ground and whole is not context.whole:
                    ground = ground._replace(held="")  # the whole stands in this sentence
                whole = None if owns and _names_other_stage(row, whole) else whole
                if ground:
                    mention.grounds["denominator"] = mention.grounds["denominator_value"] = ground
        whole = pending or whole
    _forget_whole(clause, context)


def _opens_back(words: str) -> bool:
    """Whether a sentence opens with words that point back ("Almost nine in ten of these were"), no whole of its own."""
    found = POINTS_BACK.search(words)
    return found is not None and found.end() <= OPENING


def _forget_whole(clause: Clause, context: Context) -> None:
    """Drop the count held when a sentence of shares names a whole of its own ("nine in ten of all referrals were")."""
    is_new = any(names_own_whole(mention.after) for mention in clause.mentions)
    if is_new and not any(mention.candidate.kind in ("count", "ratio") for mention in clause.mentions):
        context.whole = None


def _names_other_stage(row: Statistic, whole: Whole | None) -> bool:
    """Whether a share is one of another stage than the whole, so that those after it are no shares of that."""
    if whole is None or row.denominator is None:
        return False
    return row.denominator.partition(":")[0] != whole.denominator.partition(":")[0]


def _is_ratio(row: Statistic, mention: Mention, base: Cue | None, words: str) -> bool:
    """Whether a share is a ratio, which has a whole; it is one of the base that opens its sentence, set in place."""
    opens = base and base.end <= mention.start and _OPENS.fullmatch(words, 0, base.start)
    is_ratio = row.kind == "ratio"
    if is_ratio and base and opens and row.denominator == row.measure and not mention.grounds["denominator"].end:
        row.denominator = f"{row.measure}:{base.category}"  # "Of those with a known concern, … 226 of the 1,464"
    return is_ratio


def _base_of(row: Statistic, rows: list[Statistic], clause: Clause, base: Cue | None) -> Cue | None:
    """Return a base unless it belongs to a share of another stage ("29% where age is known, 37% of cases")."""
    if base is None:
        return None
    before = [other for other, mention in zip(rows, clause.mentions, strict=True) if mention.end <= base.start]
    return None if before and is_official(before[-1].measure) and before[-1].measure != row.measure else base


def _counts_earlier(row: Statistic, members: list[Mention], whole: Whole | None) -> bool:
    """Whether a share points back at a later stage than the whole ("512 of them became cases; 45% of those cases")."""
    is_other = whole is not None and row.denominator not in (None, whole.denominator)
    return is_other and POINTS_BACK.match(members[0].after.lstrip(" )")) is not None


def _set_whole(row: Statistic, following: Statistic | None, whole: Whole | None, base: Cue | None) -> Ground | None:
    """Write the whole of one share: the number right after it, the whole of its sentence, or the base named."""
    if following is not None and following.kind == "count":
        row.denominator_value = following.value
        if is_official(following.measure) and is_official(row.measure):
            row.denominator = following.measure
        return Ground(f"the number right after it: {following.surface}")
    is_local = whole is not None and row.geography == NATIONAL and whole.geography not in (None, NATIONAL)
    if whole is not None and not is_local and is_official(row.measure) and whole.start in (None, row.period_start):
        row.denominator_value, row.denominator = whole.value, whole.denominator
        return Ground("the whole stated before it", held="whole")
    if base is not None and is_official(row.measure):
        row.denominator = f"{row.measure}:{base.category}"
        return Ground("the base that the sentence names", base.start, base.end)
    return None


def _opens_whole(mention: Mention) -> bool:
    """Whether a share stands right before its whole ("13% of the 6,922")."""
    return mention.candidate.kind in SHARES and bool(_OF.match(mention.after))


def _names_base(mention: Mention, base: Cue, words: str) -> bool:
    """Whether a number is the size of a base ("where gender was specified (4,913)")."""
    if base.end <= mention.start and _BASE_IN_BRACKET.fullmatch(words, base.end, mention.start):
        return True
    return base.start >= mention.end and bool(_BASE_AFTER.fullmatch(words, mention.end, base.start))
