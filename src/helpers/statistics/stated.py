"""Which typed numbers a sentence really states: no pronoun "one", no idle zero, no length of a reporting period."""

from __future__ import annotations

import re

from helpers.lexicon import read_lexicon
from helpers.numbers.candidates import Refusal
from helpers.numbers.number_readers import Candidate
from helpers.numbers.periods import DateSpan
from helpers.seldom import Seldom

_COUNTED = read_lexicon("nouns")["zero"]
_ZERO_NOUN = re.compile(
    rf"(?: (?:{'|'.join(_COUNTED['between'])})){{0,3}} (?:[A-Z]\w+ )?(?:{'|'.join(_COUNTED['nouns'])})\b"
)
_NONE_OF = re.compile(  # but "none of the job"
    r" of (?:(?:these|those)\b|(?:the|its|their) (?:[\w-]+ ){0,3}?(?:[\w-]*[^\Ws]s|people|children|(?:wo)?men|staff)\b)"
)
_COUNT_BEFORE = re.compile(
    r"\b(?:about|around|over|more than|nearly|almost|some|just|only|total of|at least|fewer than|less than|roughly|"
    r"approximately|up to|another|further)\s$",
    re.IGNORECASE,
)
_DATE_BEFORE = re.compile(r"\b(?:the|in|of|since|from|by)\s$")
_PEOPLE_AFTER = re.compile(
    r"\s(?:people|individuals|children|pupils|young people|students|men|women|officers|staff)\b", re.IGNORECASE
)
_AGAINST = re.compile(
    r"(?:instead of|rather than|compared (?:with|to)|against|versus|out of|down from|up from|followed by|\bto|, then|"
    r"\band(?: \w+ed)?|\bor|not)\s(?:just |only |the |all )?$",
    re.IGNORECASE,
)
_ADJECTIVE_BEFORE = re.compile(
    r"\b(?:an?|the) (?:[\w-]+,? (?:or |and )?){0,3}(?:islamist|unclear|unstable|[a-z]+-wing|conflicted|similar|"
    r"separate) $",
    re.IGNORECASE,
)
_ONLY_BEFORE = re.compile(r"\b(?:only|just|a mere|a further|exactly)\s$", re.IGNORECASE)
_REPORTING_AFTER = re.compile(
    r"(?: period)?,? (?:to|ending|ended|up to|from|since|until|between) (?:the end of )?"
    r"(?:(?:\d\d? )?(?:January|February|March|April|May|June|July|August|September|October|November|December|20\d\d)"
    r"|(?:today|now|then|last|this)\b)"
    r"| of (?:Prevent|data|figures|statistics|records)\b",
    re.IGNORECASE,
)
_WINDOW_BEFORE = re.compile(
    r"\b(?:past|last|previous|preceding|latest|recent|next|coming|final|following|same|reporting|financial|these|those)"
    r"\s(?:full |whole )?$|^\W*over $|\b(?:over|across|throughout|during) (?:the|all|these|those) $"
    r"|\d(?: [a-z]+)? in the (?:first|opening) $",
    re.IGNORECASE,
)
_SPENT_OVER = re.compile(r"[£$€][\d.,]+(?: ?[a-z]+)? (?:more |extra )?over $")  # "it will cost £2.6m over three years"
_IN_LIST = re.compile(r"[a-z], $")
_HAD = re.compile(r" (?:had|has|was|is|did|does|did not|would|could|will)\b")
_WHILE_COUNTED = Seldom(
    r"\b(?:referred|adopted|discussed|made|received|recorded|logged)(?! (?:\w+ )?times)"
    r"(?: [a-z]+){0,4} (?:over|in|across) $",
    re.IGNORECASE,
)
_BEFORE_THAT = re.compile(r" (?:before|earlier|previously)(?: that)?(?=[.,;)]|$)")
_NEXT_OF_SEVERAL = re.compile(r"a (?:third|fourth|fifth|sixth)$")
_FIRST_OF_SEVERAL = Seldom(  # "a second letter followed in June and a third in July"
    r"\ba(?:nother)? (?:second|third|fourth)\b(?! (?:half|year|quarter|time|home|class|of)\b)[^.?!]*(?:\band|\bor|,) $",
    re.IGNORECASE,
)
_ORDINAL_ENDS = re.compile(
    r"[,.;)]|$| (?:in|on|at|from|by|came|followed|was|for|after|before|when|later|two|three|a (?:week|month|year)|"
    r"and an? (?:fourth|fifth|sixth))\b"
)
_MARK_AFTER = re.compile(r"[.)](?: |$)")
_NEXT_AFTER = re.compile(r"\. [A-Z]")  # "1. Referrals 2. Channel 3. Regions"
_ITEM_AFTER = re.compile(r" (?:The|A|An|This|That|These|It|We|He|She|In|On|For|If|There|To|As|At|By|No|All|See)\b")
_TITLE_AFTER = re.compile(  # "1 Volume", "2 Home Office, annual bulletins", but "12 Islamist cases"
    r" (?!(?:Islamist|Prevent|Channel|Extreme|Right|Left|Far|English|Welsh|Scottish|Irish|British|Muslim|Christian|"
    r"Jewish|Sikh|Hindu|European|American|NHS|PCs?|MPs?|Labour|Conservative|Tory)\b)[A-Z][a-z]+"
)
_AGAINST_COUNT = re.compile(r"[^.;:]{0,40}(?:,| and| but) $")
_ANY_PLURAL = re.compile(r" [a-z]{3,}s\b")


def blocking_dates(words: str, dates: list[DateSpan]) -> list[tuple[int, int]]:
    """Return the date phrases that no number may overlap; "more than 2000 people" is a count, not a year."""
    return [(span.start, span.end) for span in dates if not _is_counted_year(words, span)]


def _is_counted_year(words: str, span: DateSpan) -> bool:
    if span.form != "year" or span.end - span.start != 4 or not _PEOPLE_AFTER.match(words, span.end):
        return False
    before = words[max(0, span.start - 16) : span.start]
    return bool(_COUNT_BEFORE.search(before)) or not _DATE_BEFORE.search(before)


def keep_stated(words: str, candidates: list[Candidate]) -> tuple[list[Candidate], list[Refusal]]:
    """Return the candidates that the sentence states, and those that it does not with the reason of each.

    Not stated are "one" as a pronoun or article, zeros of things that nobody counts, lengths of reporting periods ("the
    past three years") and list numbers.
    """
    faults = [_fault(words, candidates, place) for place in range(len(candidates))]
    both = list(zip(candidates, faults, strict=True))
    refused = [Refusal(candidate.start, candidate.end, fault) for candidate, fault in both if fault]
    return [candidate for candidate, fault in both if not fault], refused


def _fault(words: str, candidates: list[Candidate], place: int) -> str:
    """Return why a candidate is not stated, "" when it is."""
    here = candidates[place]
    surface = words[here.start : here.end].lower()
    if here.form == "zero":
        is_stated = _is_stated_zero(words, here.end, surface) or _is_zero_against(words, candidates, place)
        return "" if is_stated else "no zero of anything that is counted"
    if here.kind == "fraction" and _NEXT_OF_SEVERAL.match(surface):
        is_ordinal = _FIRST_OF_SEVERAL.search(words[: here.start]) and _ORDINAL_ENDS.match(words, here.end)
        return "ordinal" if is_ordinal else ""
    if here.kind == "duration":
        return "length of a reporting period" if _is_reporting_length(words, here) else ""
    if here.kind == "count":
        if surface == "one" and not _is_counted_one(words, candidates, place):
            return "pronoun or article, set against no other number"
        return "number of a list item" if _is_list_number(words, here) else ""
    return ""


def _is_stated_zero(words: str, end: int, surface: str) -> bool:
    pattern = _NONE_OF if surface == "none" else _ZERO_NOUN if surface in ("no", "zero") else None
    return pattern is not None and bool(pattern.match(words, end))


def _is_zero_against(words: str, candidates: list[Candidate], place: int) -> bool:
    """Whether "no" is set against a count of something else ("1,208 objections and no letters of support")."""
    here = candidates[place]
    before = candidates[place - 1] if place else None
    is_no = words[here.start : here.end].lower() == "no"
    if before is None or before.kind != "count" or before.form == "zero" or not is_no:
        return False
    is_against = _AGAINST_COUNT.fullmatch(words, before.end, here.start)
    return bool(is_against and _ANY_PLURAL.match(words, here.end))


def _is_counted_one(words: str, candidates: list[Candidate], place: int) -> bool:
    """Whether "one" is a number: after "only", or set against another number."""
    here = candidates[place]
    if _ADJECTIVE_BEFORE.search(words[max(0, here.start - 60) : here.start]):
        return False  # "a mixed or unclear one"
    if _ONLY_BEFORE.search(words[max(0, here.start - 20) : here.start]):
        return bool(re.match(r" [a-z]", words[here.end : here.end + 2])) or here.end >= len(words) - 1
    near = slice(0 if _HAD.match(words, here.end) else max(0, place - 1), place + 2)  # "two rang, and one had cut"
    beside = [other for other in candidates[near] if other is not here and not _ends_clause(words, other, here)]
    if _IN_LIST.search(words[max(0, here.start - 3) : here.start]) and _HAD.match(words, here.end):
        return any(_is_small_count(other) and other.end < here.start for other in beside)
    others = [other for other in beside if _is_small_count(other) and words[other.start : other.end].lower() != "one"]
    return any(_are_set_against(words, *sorted((here, other))) for other in others)


def _ends_clause(words: str, other: Candidate, here: Candidate) -> bool:
    """Whether the clause of a number ends right after it ("from 31 to 58, and one school")."""
    return other.end < here.start and words[other.end] == "," and not _HAD.match(words, here.end)


def _is_small_count(other: Candidate) -> bool:
    return other.kind == "count" and other.form != "zero" and other.number.value < 1000


def _are_set_against(words: str, first: Candidate, second: Candidate) -> bool:
    between = words[first.end : second.start]
    return len(between) < 70 and bool(_AGAINST.search(between)) and not re.search(r"[.;]", between)


def _is_reporting_length(words: str, candidate: Candidate) -> bool:
    """Whether a duration is the length of a reporting period ("the 12 months to", "the past three years")."""
    before = words[max(0, candidate.start - 60) : candidate.start]
    if _WHILE_COUNTED.search(before) or (before.endswith(" the ") and _BEFORE_THAT.match(words, candidate.end)):
        return True
    is_window = _WINDOW_BEFORE.search(before) or _SPENT_OVER.search(before)
    is_state = before.endswith(" for ") and words.startswith(" until ", candidate.end)  # "ill for a week until May"
    return bool((_REPORTING_AFTER.match(words, candidate.end) and not is_state) or is_window)


def _is_list_number(words: str, candidate: Candidate) -> bool:
    """Whether a number opens a list item or a page line ("3. ", "6 The reviewer")."""
    after = words[candidate.end :]
    if not after.strip(" .") and words[: candidate.start].endswith("  "):
        return True
    if words[: candidate.start].strip(" (•*-–"):
        follows = f"{candidate.number.value - 1:.0f}. " in words[: candidate.start]
        return follows and _NEXT_AFTER.match(after) is not None
    if _MARK_AFTER.match(after) or not after.strip(" .)"):
        return True
    is_digits = words[candidate.start].isdigit()
    return candidate.number.value < 100 and bool(_ITEM_AFTER.match(after) or (is_digits and _TITLE_AFTER.match(after)))
