"""Which noun a number counts, and whether the official series counts it."""

from __future__ import annotations

import re

from helpers.lexicon import read_lexicon
from helpers.numbers.number_readers import Candidate
from helpers.vocabulary import OFFICIAL_MEASURES

_WORDS = read_lexicon("nouns")
_NUMBER_OF = re.compile(r"\b(?:number|total) of ([a-z][a-z ,-]*)", re.IGNORECASE)
_WOULD_NEED = re.compile(  # "give every panel its own analyst and you'd need 280 of them"
    r"\b([a-z]{3,}),?(?: and)? (?:you|we|they|I|one)(?:['’]d| would|['’]ll| will) (?:need|want|have to (?:find|hire))"
    r"(?: about| some| around)? $"
)
_VOTED = re.compile(  # "the motion was carried by nine to two"
    r"\b(?:vot(?:ed?|ing)|carried|passed|lost|defeated|rejected|approved|backed|agreed)\b(?: [a-z]+){0,8} by $"
)
CASE_NOUNS = frozenset([*_WORDS["persons"], *_WORDS["cases"]])
SHARES = ("percentage", "fraction", "ratio")
LONGEST = 6  # words that a noun phrase may run after its number
_STOP = frozenset(_WORDS["stop"])
_PLURALS: dict[str, str] = _WORDS["plurals"]
_CALLED: dict[str, str] = _WORDS["called"]
_NO_NOUNS = frozenset(_WORDS["adjectives"])
_COUNTED = frozenset([*_PLURALS.values()])
_SINGULAR = frozenset(_WORDS["singular"])
_WORD = re.compile(r"[ -]?([A-Za-z][\w'’-]*|(?:19|20)\d\d)")
_OF_WHOLE = re.compile(
    r" of (?:the|these|those|its|their|his|her|our|my|all)\b(?! (?:year|previous|month|same|last|total))(?: the\b)?"
)
_OF_THOSE_DOING = re.compile(  # "381 of those eventually receiving support"
    r" of (?:those|these|them|whom|which)(?: [a-z]+ly)?(?: being)? [a-z]+(?:ing|ed)\b"
)
_OF_TIME = re.compile(r" of (?:the|that|this|a)(?: [\w-]+){0,2} (?:years?|months?|decade|period|quarter|pandemic)\b")
_NOT_PLURAL = re.compile(r"(?:ous|ss|is|us|['’]s|previous|gas|news|campus|perhaps|always|versus)$")
_ADJECTIVE = re.compile(
    r"(?:ing|ed|al|ive|ary|ful|ent|ant|able|ic|new|key|main|young|old|other|further|more|such|own|single|whole|full)$"
)
_VAGUE_AFTER = re.compile(  # "50 or so families"
    r"[- ](?:or so|or more|or fewer|or thereabouts|plus|odd)(?=[- ][a-z])", re.IGNORECASE
)
_PAUSE = re.compile(r"[,;:.()]")
_SIZED = re.compile(r"-(page|word|chapter|question|slide|clause|bed|seat|storey|acre|mile)\b")  # "a 62-page review"


def is_official(measure: str | None) -> bool:
    """Return whether a measure is one of the official series."""
    return measure in OFFICIAL_MEASURES


def unit_of(candidate: Candidate, after: str) -> tuple[str, str]:
    """Return the unit of a number, and the counted noun printed after it ("" when there is none)."""
    if candidate.kind == "duration":
        return candidate.unit.lower().rstrip("s") + "s", ""
    if candidate.unit and candidate.kind not in SHARES:
        return candidate.unit, ""
    noun = head_noun(after, candidate.number.value != 1 and not candidate.number.in_words)
    return candidate.unit or noun, noun


def head_noun(after: str, is_several: bool = False) -> str:
    """Return the counted noun that follows a number as a lower-case plural, "" when none does.

    After several, in digits, only a noun that is printed in the plural is counted ("12 incel culture" counts none).

    Examples
    --------
    >>> head_noun(" further Prevent referrals in the five years")
    'referrals'
    >>> head_noun(" session being provided instead of")
    'sessions'
    """
    if _OF_THOSE_DOING.match(after) or _OF_TIME.match(after):
        return ""
    if sized := _SIZED.match(after):
        return f"{sized[1]}s"
    last = ""
    vague = _VAGUE_AFTER.match(after)
    place = vague.end() if vague else 0
    whole = _OF_WHOLE.match(after, place)
    place = whole.end() if whole else place
    for _ in range(LONGEST):
        found = _WORD.match(after, place)
        if not found or found[1].lower() in _STOP:
            break
        place = found.end()
        word = found[1].lower().rstrip("123456789")  # "referrals2": a footnote mark is glued to it
        if not word or word.isdigit():  # a year
            continue
        if word in _CALLED:
            return _CALLED[word]
        if word in _COUNTED or (word.endswith("s") and not _NOT_PLURAL.search(word)):
            return word
        last = word
        if _PAUSE.match(after, place):
            break
    return "" if is_several and last not in _SINGULAR else _plural(last)


def _plural(word: str) -> str:
    """Return the plural of a singular noun, "" of an adjective."""
    if word in _PLURALS:
        return _PLURALS[word]
    if (
        not word
        or word in _NO_NOUNS
        or word.endswith("ous")
        or (_ADJECTIVE.search(word) and len(word) > 3 and word not in _SINGULAR)
    ):
        return ""
    if word.endswith("y") and not word.endswith(("ay", "ey", "oy")):
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("ss", "ch", "sh", "x")) else "s")


def counted_before(before: str, before_modifier: str, after: str) -> str:
    """Return the noun that the words before a number say that it counts, "" without any.

    Examples
    --------
    >>> counted_before("The number of arrests rose to about ", "The number of arrests rose to ", ".")
    'arrests'
    """
    if after.startswith(" of them") and (needed := _WOULD_NEED.search(before)):
        return needed[1] if needed[1].endswith("s") else f"{needed[1]}s"
    if after == " to " and _VOTED.search(before):
        return "votes"
    named = _NUMBER_OF.search(before_modifier)
    noun = head_noun(f" {named[1]}") if named else ""
    return noun if noun.isalpha() else ""
