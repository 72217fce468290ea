"""Words that say on which side of a printed number the true value lies: "almost", "more than", "or more"."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from helpers.lexicon import read_lexicon
from helpers.searches import lower, one_of
from helpers.seldom import Seldom

REACH = 48  # characters before a number in which its modifier is looked for
DENIAL = 80  # characters before a modifier in which a denial of it is looked for
_COMPARATIVE = re.compile(
    r"[\s)]*(?:(?:more|fewer|less|higher|lower|greater|larger|smaller)\b(?: [\w-]+){0,3} than|above|below|over|under|"
    r"short of)(?: the| its| their| that of)? ?$",
    re.IGNORECASE,
)
_OPEN_BAND = re.compile(r"\d (?:and|or) (?:over|under|above|below) $", re.IGNORECASE)  # "31 and over 700"
_ADDS_UP = re.compile(
    r"\b(?:add(?:s|ed|ing)?|sum(?:s|med)?|total(?:s|led)?|turn(?:s|ed|ing)?|show(?:s|ed|n|ing)?|"
    r"sign(?:s|ed|ing)?|own(?:s|ed|ing)?|step(?:s|ped|ping)?|edg(?:es?|ed|ing)|inch(?:es|ed|ing)?|tick(?:s|ed|ing)?|"
    r"creep(?:s|ing)?|crept|nudg(?:es?|ed|ing)|mov(?:es?|ed|ing)|shot|sho(?:ots?|oting)|drift(?:s|ed|ing)?|went|gone|"
    r"climb(?:s|ed|ing)?|jump(?:s|ed|ing)?|push(?:es|ed|ing)?|brought|bring(?:s|ing)?) $",
    re.IGNORECASE,
)  # "add up to 58,126", "turned up to four", "edged up to 159"
_OF_ANOTHER = re.compile(r"\b(?:the|its|their|those|these)\b", re.IGNORECASE)
_WORD = r" (?!that|because|but|and|since|if|when|while|unless|doubt|wonder|surprise)[\w'’-]+"
_MODAL = r"(?:should|shall|must|may|can|could|would|will|ought to|has to|have to|is to|are to)"
_DONE = (
    r"(?:wait(?:s|ed)?|tak(?:es?|en)|took|last(?:s|ed)?|spen[dt]|cost|had|have|has|ma[dk]e|received?|sen[dt]|saw|seen|"
    r"record(?:ed)?|been|exceed(?:ed)?|met|held|adopted|referred|attended)"
)
_DENIED = Seldom(  # "no case should wait more than ten days"
    rf"(?:\b(?:no|none|nobody|nothing|neither|not (?:a single|one))(?:{_WORD}){{0,5}} "
    rf"(?:{_MODAL}(?:{_WORD}){{1,4}}|{_DONE})"
    rf"|\b(?:{_MODAL} (?:not|never)|cannot|(?:ca|should|must|would|could|wo)n['’]t)(?:{_WORD}){{1,3}}"
    rf"|(?:\b(?:never|not)|n['’]t)(?: (?:ever|yet|once|always|usually|normally|have|has))* {_DONE}) $",
    re.IGNORECASE,
)
_AT_BEST = {"over": "at_most", "under": "at_least"}  # what a denied bound is
# "over" after one of these is more than; elsewhere "over five years" is the time in which something happened
_BEFORE_MORE = (
    *("for", "after", "lasted", "took", "spent", "served", "waited", "of", "was", "were", "is", "been", "well"),
    *("just", "only"),
)
_SPAN_OF_TIME = Seldom("".join(rf"(?<!{word} )" for word in _BEFORE_MORE) + r"over $|(?:^|, )under $", re.IGNORECASE)


class Wordings(NamedTuple):
    """The lexicon of modifiers, compiled."""

    before: re.Pattern[str]
    endings: frozenset[str]  # the last two letters of what `before` fits, or its only one
    after: re.Pattern[str]
    named_before: dict[str, str]
    named_after: dict[str, str]


@cache
def _wordings() -> Wordings:
    lists = read_lexicon("modifiers")
    before, after = (
        {word: name for name, words in lists[side].items() for word in words} for side in ("before", "after")
    )
    between = one_of(lists["between"])
    endings = frozenset(word.rstrip(" -")[-2:] for word in (*before, *lists["between"]))
    return Wordings(
        endings=endings,
        before=re.compile(rf"(?<![\w-])({one_of(before)})(?: (?:{between}))*[ -]?$", re.IGNORECASE),
        after=re.compile(rf"(?:-|[ ])?({one_of(after)})(?![\w])", re.IGNORECASE),
        named_before=before,
        named_after=after,
    )


def modifier_around(before: str, after: str, is_round: bool) -> tuple[str, int]:
    """Return the modifier of a number from the words before and after it, and how many characters before it takes.

    "Some" counts as `about` only before a round number; "barely" and "just" are `only`.

    Examples
    --------
    >>> modifier_around("a total of just over ", " people", is_round=True)
    ('just_over', 10)
    """
    wordings = _wordings()
    follows = wordings.after.match(after)
    if follows:
        return wordings.named_after[follows[1].lower()], 0
    near = before[-REACH:]
    tail = lower(near).rstrip(" -\n")
    may_fit = tail[-2:] in wordings.endings or tail[-1:] in wordings.endings
    found = wordings.before.search(near) if may_fit else None
    if not found:
        return "exact", 0
    word = found[1].lower()
    if word == "up to" and _ADDS_UP.search(near[: found.start()]):
        return "exact", 0
    compares = wordings.named_before[word] in ("over", "under") or word.startswith("as m")
    if compares and _OF_ANOTHER.search(found[0]):
        return "exact", 0  # "short of the 98% target" compares two numbers
    name = "exact" if word == "some" and not is_round else wordings.named_before[word]
    if name in _AT_BEST and _DENIED.search(before[-DENIAL - len(found[0]) : len(before) - len(found[0])]):
        name = _AT_BEST[name]
    return name, len(found[0])


def is_comparison(before: str, kind: str, has_previous: bool) -> bool:
    """Return whether "fewer than" compares the number before with this one, or "over" ends or opens another phrase."""
    if (has_previous and _COMPARATIVE.match(before)) or _OPEN_BAND.search(before[-16:]):
        return True
    return kind == "duration" and bool(_SPAN_OF_TIME.search(before[-20:]))
