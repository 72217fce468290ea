"""One pass over a sentence: every number as one typed candidate, and every number that is none with the reason."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from helpers.lexicon import read_lexicon
from helpers.numerals import (
    DIGITS, FRACTION_GRAIN, NUMBER_WORDS, PARTS, SCALED_DIGITS, SIGNS, Number, parse_number,
)  # fmt: skip


class Candidate(NamedTuple):
    """A typed number: half-open offsets, kind, value, upper end of a range, the whole of a ratio, and unit where printed."""

    start: int
    end: int
    kind: str
    number: Number
    high: Number | None = None
    whole: float | None = None
    unit: str = ""
    name: str = ""


class Refusal(NamedTuple):
    """A number that is no statistic, and why."""

    start: int
    end: int
    why: str


_D = rf"(?<![\w.,/]){SCALED_DIGITS}(?![\w]|\.\d)"
_N = rf"(?:(?<![\w.,/]){SCALED_DIGITS}|\b{NUMBER_WORDS})"
_NEND = r"(?![\w]|\.\d|,\d)"
_PERCENT = r"(?: ?%|[ -]?per[ -]?cent\b|[ -]percent\b| ?pc\b|[ -]percentage[ -]points?\b| ?ppts?\b| ?pp\b)"
_TIME = r"(?:years?|months?|weeks?|days?|hours?|minutes?|seconds?|decades?)"
_MONEY = r"(?:Â?£|\$|€|GBP ?)"
_AMOUNT = rf"{_MONEY} ?{DIGITS}(?:[ -]?(?:million|billion|thousand)\b|(?:k|m|mn|bn|tn)\b)?"
_PART = "half|third|quarter|fifth|sixth|seventh|eighth|ninth|tenth"
_TOTAL = r"(?: the| these| those| its| their| all| all the| a total of| a possible)?(?: total(?: of)?| overall)?"
_RANGE = r"(?: ?[-–—] ?| to )"
# typed numbers, the longest reading first
PATTERNS: list[tuple[str, str]] = [
    ("percent_range", rf"(?:\bbetween (?P<pb_low>{_N})(?:{_PERCENT})? and (?P<pb_high>{_N})(?P<pb_unit>{_PERCENT})|(?P<pr_low>{_N})(?:(?<=[\d%]) ?[-–—] ?(?=\d)| to | or )(?P<pr_high>{SCALED_DIGITS}|{NUMBER_WORDS})(?P<pr_unit>{_PERCENT}))"),
    ("percent", rf"(?:(?<![\w.,/]){DIGITS}|\b{NUMBER_WORDS})(?: and a half)?{_PERCENT}"),
    ("money_range", rf"\bbetween (?P<mr_low>{_AMOUNT}) and (?P<mr_high>{_AMOUNT})|(?P<md_low>{_MONEY} ?{DIGITS}(?:k|m|bn)?)(?: ?[-–—] ?)(?P<md_high>{_MONEY}? ?{DIGITS}(?:[ -]?(?:million|billion|thousand)\b|(?:k|m|bn)\b)?)"),
    ("money", rf"{_AMOUNT}|(?:{_N}) (?:pounds|pence)\b(?! of)"),
    ("age", rf"(?:{_N})[- ]years?[- ]old\b|(?:{_N}) years of age\b"),
    ("age_after", rf"(?:(?<=\baged )|(?<=\bage of )|(?<=\bage )|(?<=\bas young as )|(?<=\bages )|(?<=\bas old as )|(?<=\bturned )|(?<=\bwas just )|(?<=\bwas only )|(?<=\breferred at )|(?<=\barrested at )|(?<=\bradicalised at )|(?<=\bconvicted at )|(?<=\bages were )|(?<=\bage was )|(?<=\bages are ))(?P<age_plain>{_N}){_NEND}(?! ?%| per| people| referrals| cases| years| months| of)"),
    ("age_named", rf"(?:(?<=\bthen )|(?<=\bthen aged )|(?<=\bnow ))(?P<age_then>\d\d?)(?=,|\))|(?:\b(?:boys?|girls?|lads?|lass(?:es)?|child|children|kids?|man|woman|pupils?|youths?|teenagers?) of )(?P<age_of>{_N})\b|\b(?:youngest|oldest|eldest)(?: \w+){{0,4}}? (?:was|were|is|being|aged)(?: just| only)? (?P<age_youngest>{_N})\b(?! (?:of|years))|\b(?:when|who) (?:(?:he|she|they) )?(?:was|were|is) (?:just |only )?(?P<age_he>\d\d?)\b(?=[,.;]| when| and| at|$)"),
    ("age_when", rf"(?:(?<=\bwas )|(?<=\bwere )|(?<=\bis )|(?<=\bjust )|(?<=\bonly ))(?:{_N})(?= (?:when|at the time|years when))"),
    ("age_apposed", r"(?<=[a-z]), (?P<apposed>\d\d?)(?=, (?!\d)|,? (?:who|from|of) )(?!, (?:and|or) )"),
    ("duration_range", rf"\bbetween (?P<db_low>{_N})(?: {_TIME})? and (?P<db_high>{_N})[- ](?P<db_unit>{_TIME})\b|(?P<dr_low>{_N})(?:(?<=\d) ?[-–—] ?(?=\d)| to | or )(?P<dr_high>{SCALED_DIGITS}|{NUMBER_WORDS})[- ](?P<dr_unit>{_TIME})\b"),
    ("duration", rf"(?:{_N})(?: and a half|-and-a-half| ?½)?[- ](?:(?:working|calendar|full|whole|long|consecutive|straight|more|further|extra) )?(?P<time_unit>{_TIME})\b(?!['’]? ago\b)"),
    ("rating", rf"(?:rat(?:ed|ing)|scor(?:ed?|ing)|mark(?:ed)?|grade|average|giving it|gave it)(?: \w+){{0,4}}? (?P<rated>(?P<rate_n>{DIGITS}|{NUMBER_WORDS})(?: ?/ ?| out of )(?P<rate_of>{DIGITS}|five|ten))\b|(?P<stars>(?P<star_n>{DIGITS}|{NUMBER_WORDS})(?: ?/ ?| out of )(?P<star_of>{DIGITS}|five|ten)) (?:stars?|points?|for)\b"),
    ("one_in", rf"(?P<in_n>\b(?:one|two|three|four|five|six|seven|eight|nine)|(?<![\w.,/])\d\d?)(?:[ -]in[ -](?:every |each )?| out of (?:every )?)(?P<in_of>(?:\d{{1,3}}(?:,\d{{3}})*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|fifty|a hundred|100))\b(?![,.]?\d|[- ](?:years?|months?|weeks?|days?|hours?)\b| ?%| per cent)"),
    ("ratio", rf"(?P<ratio_n>{_N})(?: [a-z-]+){{0,2}}? (?:out )?of{_TOTAL} (?P<ratio_of>{_N}){_NEND}(?! ?%| per ?cent)(?!,? of)"),
    ("fraction", rf"\b(?P<frac_n>(?:an?|one|two|three|four|five|six|seven|eight|nine)[- ])(?P<frac_part>third|quarter|fifth|sixth|seventh|eighth|ninth|tenth)s?\b(?=(?:[- ]of\b| were\b| was\b| are\b| had\b| came\b| have\b| involved\b| related\b| in\b| on\b| to\b| compared\b| since\b| from\b| more\b| fewer\b| higher\b| lower\b| less\b| over\b| rise\b| fall\b| increase\b| drop\b| were|[,.;:)–-]|$| \(| ▒| did\b| the\b| all\b| as\b| that\b| who\b| concerned\b| received\b| fell\b| rose\b| being\b| went\b| under\b| and\b| or\b| last\b| between\b| during\b| said\b| \d| a\b))(?<!\ba ninth)"),
    ("half", r"\bhalf\b(?!-)(?=(?:,? of\b| the\b| these\b| those\b| all\b| were\b| was\b| are\b| is\b| had\b| have\b| came\b| as\b| that\b| involved\b| related\b| \(| that|[,.;:)]|$| in\b| who\b| concerned\b| did\b| received\b| went\b| fell\b| resulted\b| led\b| to\b| its\b| their\b))"),
    ("fraction_plain", rf"\b(?P<plain_part>(?:two|three|four) ?(?:thirds|quarters|fifths|tenths)|(?:thirds|quarters))\b"),
    ("slash_fraction", r"(?<![\w.,/])(?P<slash_n>[1-9])/(?P<slash_of>[2-9]|10)(?= of\b)|[½⅓⅔¼¾⅕⅖⅗⅘]"),
    ("multiple", rf"\b(?P<mult_verb>(?:doubl|tripl|trebl|quadrupl|quintupl)(?:ed|es|ing)|halv(?:ed|es|ing)|(?:to|will|would|could|may|might|can) (?:double|triple|treble|quadruple|halve)|(?:double|triple|treble|quadruple)(?= (?:the|that|what|those|its|their|in|last|on|from|over|since|as|figures?)\b)|half as (?:many|much)(?= )|twice(?= (?:as|the|that|what|more)\b)|(?P<fold>{NUMBER_WORDS}|{DIGITS})[- ]?fold\b)|(?P<times>{_N})[- ]times (?=as|more|higher|greater|larger|the|that|what|those|over|bigger|fewer|less|lower)"),
    ("count_range", rf"\bbetween (?P<cb_low>{_N}) and (?P<cb_high>{_N}){_NEND}(?! ?%| per cent)|(?P<cr_low>(?<![\w.,/])\d+(?:,\d{{3}})*)(?: ?[-–] ?)(?P<cr_high>\d+(?:,\d{{3}})*){_NEND}|(?P<ct_low>{_N}) (?:to|or) (?P<ct_high>{SCALED_DIGITS}|{NUMBER_WORDS})(?= [a-z])(?! (?:per|percent|in|on|at|by|of|from|to|the)\b)"),
    ("count", rf"(?P<count_n>{_N})(?:-(?=strong\b)|(?:[+]|-plus|-odd)?){_NEND}"),
    ("zero", r"\b(?:no|none|nobody|zero)\b"),
]  # fmt: skip


def _expand(pattern: str) -> str:
    """Fill the placeholders of a pattern in the lexicon."""
    return pattern.replace("{N}", _N).replace("{TO}", _RANGE).replace("{PERCENT}", _PERCENT)


REFUSALS: list[str] = [entry["why"] for entry in read_lexicon("refusals")]
_REFUSED = "|".join(
    f"(?P<x{place}>{'|'.join(map(_expand, entry['patterns']))})" for place, entry in enumerate(read_lexicon("refusals"))
)
_TYPED = "|".join(f"(?P<{name}>{pattern})" for name, pattern in PATTERNS)
_MASTER = re.compile(f"{_REFUSED}|{_TYPED}", re.IGNORECASE)
_NAMES = {name for name, _ in PATTERNS}
ANCHOR = re.compile(
    rf"\d|[½⅓⅔¼¾]|\b(?:{NUMBER_WORDS}|no|none|zero|half|thirds?|quarters?|fifths?|tenths?|sixths?|eighths?|doubl\w+|"
    r"tripl\w+|trebl\w+|quadrupl\w+|halv\w+|twice|\w+fold)\b",
    re.IGNORECASE,
)


def find_candidates(sentence: str, dates: list[tuple[int, int]]) -> tuple[list[Candidate], list[Refusal]]:
    """Return the typed numbers of a sentence and the numbers refused, in order, none overlapping another.

    Parameters
    ----------
    sentence : str
        Words of one sentence, or any stretch of text; offsets are half-open characters of it.
    dates : list of (start, end)
        Places of date phrases; what overlaps them is no candidate.

    Returns
    -------
    tuple
        Candidates, and refusals with the reason of each.
    """
    candidates: list[Candidate] = []
    refusals: list[Refusal] = []
    masked = sentence
    for start, end in dates:
        masked = masked[:start] + "▒" * (end - start) + masked[end:]
    for match in _matches(masked):
        group = next(
            name
            for name, value in match.groupdict().items()
            if value is not None and (name in _NAMES or name[1:].isdigit())
        )
        if group not in _NAMES:
            refusals.append(Refusal(match.start(), match.end(), REFUSALS[int(group[1:])]))
            continue
        found = _BUILDERS[group](match)
        if found is not None:
            candidates.append(found._replace(name="count" if found.kind == "count" and group != "zero" else group))
    return candidates, refusals


_TOKEN = re.compile(r"[A-Za-z]+|\d+|[^\sA-Za-z\d]")
_REACH = 45  # characters that a phrase may run before the first number in it


def _matches(masked: str) -> Iterator[re.Match[str]]:
    """Yield the leftmost longest readings, trying only the tokens from which a number can be reached."""
    anchors = [(match.start(), match.end()) for match in ANCHOR.finditer(masked)]
    done, place = 0, 0
    for token in _TOKEN.finditer(masked):
        start = token.start()
        while place < len(anchors) and anchors[place][1] <= start:
            place += 1
        if place == len(anchors):
            return
        if start < done or start < anchors[place][0] - _REACH:
            continue
        match = _MASTER.match(masked, start)
        if match and match.end() > start:
            yield match
            done = match.end()


def _plain(kind: str, unit: str = "") -> Callable[[re.Match[str]], Candidate | None]:
    """Return a builder for a number whose whole match is its span."""

    def build(match: re.Match[str]) -> Candidate | None:
        surface = match.group()
        number = parse_number(re.sub(rf"^{_MONEY} ?", "", surface, flags=re.IGNORECASE))
        return Candidate(match.start(), match.end(), kind, number, unit=unit) if number else None

    return build


def _percent(match: re.Match[str]) -> Candidate | None:
    number = parse_number(match.group())
    if number is None:
        return None
    value = number.value + (0.5 if "and a half" in match.group() else 0)
    decimals = re.search(r"\d\.(\d+)", match.group())
    grain = 10.0 ** -len(decimals[1]) if decimals else 1.0
    return Candidate(match.start(), match.end(), "percentage", Number(value, grain), unit=_percent_unit(match.group()))


def _percent_unit(surface: str) -> str:
    return "percentage_point" if re.search(r"point|pp", surface, re.IGNORECASE) else "percent"


def _between(kind: str, *prefixes: str, unit: str = "") -> Callable[[re.Match[str]], Candidate | None]:
    """Return a builder for a range; its groups are `<prefix>_low` and `<prefix>_high`."""

    def build(match: re.Match[str]) -> Candidate | None:
        prefix = next(prefix for prefix in prefixes if match.group(f"{prefix}_low"))
        strip = rf"^{_MONEY} ?"
        low = parse_number(re.sub(strip, "", match.group(f"{prefix}_low"), flags=re.IGNORECASE))
        high = parse_number(re.sub(strip, "", match.group(f"{prefix}_high"), flags=re.IGNORECASE))
        if low is None or high is None:
            return None
        if kind == "money" and high.value > low.value * 1000 > 0:
            low = Number(low.value * (10.0 ** (3 * ((len(str(int(high.value))) - 1) // 3))), low.grain)
        if low.value >= high.value:
            return None
        named = match.groupdict().get(f"{prefix}_unit")
        printed = unit or (_percent_unit(named) if kind == "percentage" and named else named or "")
        return Candidate(match.start(f"{prefix}_low"), match.end(), kind, low, high=high, unit=printed)

    return build


def _duration(match: re.Match[str]) -> Candidate | None:
    number = parse_number(match.group())
    if number is None:
        return None
    if re.search(r"and[ -]a[ -]half|½", match.group()) and number.value == int(number.value):
        number = Number(number.value + 0.5, 0.5)
    return Candidate(match.start(), match.end(), "duration", number, unit=match.group("time_unit"))


def _group(kind: str, group: str, unit: str = "") -> Callable[[re.Match[str]], Candidate | None]:
    """Return a builder for a number that is one group of the match."""

    def build(match: re.Match[str]) -> Candidate | None:
        number = parse_number(match.group(group))
        return Candidate(match.start(group), match.end(group), kind, number, unit=unit) if number else None

    return build


def _age_apposed(match: re.Match[str]) -> Candidate | None:
    """Read a bare age after a name ("Mr Ali, 25, did not")."""
    is_name = re.search(r"[A-Z][\w'’-]*$", match.string[max(0, match.start() - 30) : match.start()])
    if is_name:
        return _group("age", "apposed", "years")(match)
    number = parse_number(match.group("apposed"))
    return Candidate(match.start("apposed"), match.end("apposed"), "count", number) if number else None


def _rating(match: re.Match[str]) -> Candidate | None:
    whole, first, of = ("rated", "rate_n", "rate_of") if match.group("rated") else ("stars", "star_n", "star_of")
    number, total = parse_number(match.group(first)), parse_number(match.group(of))
    if number is None or total is None or number.value > total.value:
        return None
    return Candidate(match.start(whole), match.end(whole), "rating", number, whole=total.value, unit="points")


def _one_in(match: re.Match[str]) -> Candidate | None:
    """Read "one in ten" as 10 per cent, "nine out of 10" as 90, and "11 out of 30" as a ratio."""
    number, total = parse_number(match.group("in_n")), parse_number(match.group("in_of"))
    if number is None or total is None or number.value >= total.value:
        return None
    if total.value > 12 and total.value not in (15, 20, 25, 50, 100, 1000) and number.value != 1:
        return Candidate(match.start(), match.end(), "ratio", number, whole=total.value)
    share = Number(round(100 * number.value / total.value, 4), FRACTION_GRAIN)
    return Candidate(match.start(), match.end(), "fraction", share, unit="percent")


def _ratio(match: re.Match[str]) -> Candidate | None:
    number, total = parse_number(match.group("ratio_n")), parse_number(match.group("ratio_of"))
    if number is None or total is None or number.value > total.value:
        return None
    return Candidate(match.start(), match.end(), "ratio", number, whole=total.value)


def _fraction(match: re.Match[str]) -> Candidate | None:
    count = match.group("frac_n").strip(" -").lower()
    number = Number(1, 1) if count in ("a", "an") else parse_number(count)
    if number is None:
        return None
    return _share(match, number.value / PARTS[match.group("frac_part").lower().rstrip("s")])


def _fraction_plain(match: re.Match[str]) -> Candidate | None:
    words = match.group().lower().split()
    number = parse_number(words[0]) if len(words) > 1 else None
    return _share(match, number.value / PARTS[words[1].rstrip("s")]) if number else None


def _slash_fraction(match: re.Match[str]) -> Candidate | None:
    if match.group() in SIGNS:
        return _share(match, SIGNS[match.group()] / 100)
    part, of = int(match.group("slash_n")), int(match.group("slash_of"))
    return _share(match, part / of) if part < of else None


def _share(match: re.Match[str], share: float) -> Candidate:
    return Candidate(
        match.start(), match.end(), "fraction", Number(round(100 * share, 4), FRACTION_GRAIN), unit="percent"
    )


_FACTORS = {
    "doubl": 2.0,
    "tripl": 3.0,
    "trebl": 3.0,
    "quadr": 4.0,
    "quint": 5.0,
    "halv": 0.5,
    "half": 0.5,
    "twice": 2.0,
}


def _multiple(match: re.Match[str]) -> Candidate | None:
    """Read "doubled", "three times as many", "a threefold rise"; the span leaves out "to" and "will"."""
    printed = match.group("times") or match.group("fold")
    number = parse_number(printed) if printed else None
    if printed:
        end = match.start() + len(match.group().rstrip())
        return Candidate(match.start(), end, "multiple", number, unit="times") if number else None
    word = re.search(r"\S+(?: as (?:many|much))?$", match.group())
    assert word is not None  # noqa: S101  (the pattern ends in a word)
    factor = next(value for stem, value in _FACTORS.items() if word.group().lower().startswith(stem))
    return Candidate(
        match.start() + word.start(), match.end(), "multiple", Number(factor, 0.1 if factor < 1 else 1.0), unit="times"
    )


def _zero(match: re.Match[str]) -> Candidate:
    return Candidate(match.start(), match.end(), "count", Number(0, 1, in_words=True))


_BUILDERS: dict[str, Callable[[re.Match[str]], Candidate | None]] = {
    "percent_range": _between("percentage", "pb", "pr"),
    "percent": _percent,
    "money_range": _between("money", "mr", "md", unit="gbp"),
    "money": _plain("money", "gbp"),
    "age": _plain("age", "years"),
    "age_after": _group("age", "age_plain", "years"),
    "age_when": _plain("age", "years"),
    "age_named": lambda match: next(
        _group("age", name, "years")(match)
        for name in ("age_then", "age_of", "age_youngest", "age_he")
        if match.group(name)
    ),
    "age_apposed": _age_apposed,
    "duration_range": _between("duration", "db", "dr"),
    "duration": _duration,
    "rating": _rating,
    "one_in": _one_in,
    "ratio": _ratio,
    "fraction": _fraction,
    "half": lambda match: _share(match, 0.5),
    "fraction_plain": _fraction_plain,
    "slash_fraction": _slash_fraction,
    "multiple": _multiple,
    "count_range": _between("count", "cb", "cr", "ct"),
    "count": _group("count", "count_n"),
    "zero": _zero,
}
