"""Which typed numbers a sentence really states: no pronoun "one", no idle zero, no length of a reporting period."""

from __future__ import annotations

import re

from helpers.candidates import Candidate
from helpers.numerals import Number
from helpers.periods import DateSpan

_COUNT_BEFORE = re.compile(
    r"\b(?:about|around|over|more than|nearly|almost|some|just|only|total of|at least|fewer than|less than|roughly|approximately|up to|another|further)\s$",
    re.IGNORECASE,
)
_PEOPLE_AFTER = re.compile(
    r"\s(?:people|individuals|children|pupils|young people|students|men|women|officers|staff)\b", re.IGNORECASE
)


def blocking_dates(words: str, dates: list[DateSpan]) -> list[tuple[int, int]]:
    """Return the date phrases that no number may overlap; "more than 2000 people" is a count, not a year."""
    kept = []
    for span in dates:
        is_bare = span.form == "year" and span.end - span.start == 4
        counted = is_bare and (
            _PEOPLE_AFTER.match(words, span.end)
            and (
                _COUNT_BEFORE.search(words[max(0, span.start - 16) : span.start])
                or not re.search(r"\b(?:the|in|of|since|from|by)\s$", words[max(0, span.start - 6) : span.start])
            )
        )
        if not counted:
            kept.append((span.start, span.end))
    return kept


_ZERO_NOUN = re.compile(
    r"(?: (?:of (?:the|these|those|them)(?: \d+)?|further|other|new|more|additional|such|previous|prior|known|recorded|confirmed|active|live|outstanding|formal|[a-z]+(?:al|ist|ism|ed|ary))){0,3}"
    r" (?:[A-Z]\w+ )?(?:referrals|cases|people|individuals|children|pupils|arrests|attacks|deaths|incidents|convictions|complaints|sessions|meetings|recommendations|"
    r"records|offences|charges|adoptions|concerns|victims|injuries|casualties|fatalities|murders|killings|plots|visits|interventions|appointments|officers|"
    r"responses|replies|submissions|prosecutions|breaches|appeals|assessments|panels|schools|councils|forces|students|patients|findings|issues|"
    r"failings|objections|errors|warnings|contacts|reports|reviews)\b"
)
_AGAINST = re.compile(
    r"(?:instead of|rather than|compared (?:with|to)|against|versus|out of|down from|up from|followed by|\bto|, then|\band(?: \w+ed)?|\bor|not)\s(?:just |only |the |all )?$",
    re.IGNORECASE,
)


def keep_stated(words: str, candidates: list[Candidate]) -> list[Candidate]:
    """Return the candidates without "one" as a pronoun or article, zeros of uncounted things and lengths of reporting periods."""
    kept = []
    for place, candidate in enumerate(candidates):
        surface = words[candidate.start : candidate.end].lower()
        if candidate.name == "zero" and not _is_stated_zero(words, candidate, surface):
            continue
        if surface == "one" and candidate.kind == "count" and not _is_counted_one(words, candidates, place):
            continue
        if candidate.kind == "duration" and _is_reporting_length(words, candidate):
            continue
        if candidate.kind == "count" and _is_list_number(words, candidate):
            continue
        kept.append(candidate)
    return kept


def share_kinds(words: str, candidates: list[Candidate]) -> list[Candidate]:
    """Return the candidates with ages and durations carried over ("13 and 14", "six and 12 months", "three years rather than six")."""
    shared = list(candidates)
    for place, here in enumerate(shared):
        if (
            here.kind != "count"
            or here.name != "count"
            or re.match(r" (?!and|or|to|per|rather|instead|after|before|at|in|when|as)[a-z]", words[here.end :])
        ):
            continue
        before = shared[place - 1] if place else None
        after = shared[place + 1] if place + 1 < len(shared) else None
        if (
            before
            and before.kind in ("age", "duration")
            and re.fullmatch(
                r",? (?:and|or|to|then|rather than|instead of|not)(?: just| only)? |, ", words[before.end : here.start]
            )
        ):
            shared[place] = here._replace(kind=before.kind, unit=before.unit)
        elif (
            before
            and before.kind == "percentage"
            and here.number.value < 100
            and re.fullmatch(
                r",? (?:against|compared with|compared to|and|versus|but|to)(?: just| only)? ",
                words[before.end : here.start],
            )
            and re.match(r" (?:for|among|in)\b|[.;]?$", words[here.end :])
        ):
            shared[place] = here._replace(kind="percentage", unit=before.unit, number=Number(here.number.value, 1.0))
        elif (
            before
            and before.kind == "duration"
            and re.fullmatch(
                r",? (?:against|compared with|versus)(?: an?| the)? (?:target|average|aim|limit|norm|standard) of ",
                words[before.end : here.start],
            )
        ):
            shared[place] = here._replace(kind="duration", unit=before.unit)
        elif (
            after and after.kind == "duration" and re.fullmatch(r" (?:and|or|to|then) ", words[here.end : after.start])
        ):
            shared[place] = here._replace(kind="duration", unit=after.unit)
    return shared


def _is_stated_zero(words: str, candidate: Candidate, surface: str) -> bool:
    after = words[candidate.end :]
    if surface == "none":
        return bool(re.match(r" of (?:the|these|those|them|its|their)\b", after))
    return surface in ("no", "zero") and bool(_ZERO_NOUN.match(after))


def _is_counted_one(words: str, candidates: list[Candidate], place: int) -> bool:
    """Whether "one" is a number: after "only", or set against another number."""
    here = candidates[place]
    if re.search(r"\b(?:only|just|a mere|a further|exactly)\s$", words[: here.start], re.IGNORECASE):
        return bool(re.match(r" [a-z]", words[here.end :])) or here.end >= len(words) - 1
    for other in candidates[max(0, place - 1) : place + 2]:
        if other is here or other.kind != "count" or other.name == "zero":
            continue
        first, second = sorted((here, other))[:2]
        between = words[first.end : second.start]
        if (
            len(between) < 70
            and _AGAINST.search(between)
            and not re.search(r"[.;]", between)
            and other.number.value < 1000
        ):
            return True
    return False


_REPORTING = re.compile(
    r"^(?: period)?,? (?:to|ending|ended|up to|from|since|until|between) (?:the end of )?(?:(?:\d\d? )?(?:January|February|March|April|May|June|July|August|September|October|November|December|20\d\d)|(?:today|now|then|last|this)\b)",
    re.IGNORECASE,
)
_WINDOW_BEFORE = re.compile(
    r"\b(?:past|last|previous|preceding|latest|recent|next|coming|final|following|same|reporting|financial|these|those)\s(?:full |whole )?$",
    re.IGNORECASE,
)


def _is_reporting_length(words: str, candidate: Candidate) -> bool:
    """Whether a duration is the length of a reporting period, or a habit ("24 hours a day")."""
    if _REPORTING.match(words[candidate.end :]):
        return True
    if re.fullmatch(r"\W*over ", words[: candidate.start], re.IGNORECASE):
        return True
    return bool(_WINDOW_BEFORE.search(words[max(0, candidate.start - 20) : candidate.start]))


def _is_list_number(words: str, candidate: Candidate) -> bool:
    """Whether a number opens a list item or a page line ("3. ", "6 The reviewer")."""
    if words[: candidate.start].strip(" (\u2022*-\u2013"):
        return False
    after = words[candidate.end :]
    if re.match(r"[.)](?: |$)", after) or not after.strip(" .)"):
        return True
    return candidate.number.value < 100 and bool(
        re.match(r" (?:The|A|An|This|That|These|It|We|He|She|In|On|For|If|There|To|As|At|By|No|All|See)\b", after)
    )
