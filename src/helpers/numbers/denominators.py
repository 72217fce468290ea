"""What a share is a share of: the whole that its phrase names ("of all referrals"), and wholes that open a list."""

from __future__ import annotations

import re
from functools import cache

from helpers.lexicon import read_lexicon
from helpers.numbers.clauses import Clause, Ground, Mention
from helpers.numbers.cues import Cue
from helpers.numbers.nouns import is_official
from helpers.searches import lower

_BEFORE_WHOLE = (
    *("the", "all", "these", "those", "its", "a total of", "all the", "some", "nearly", "almost", "about"),
    *("just over", "around"),
)
_OUT_OF = ("of", "out of", "among", "amongst", "from")
_ENDS_OPENING = (*_OUT_OF, *_BEFORE_WHOLE)
_OPENS_WHOLE = re.compile(  # "Of the 4,915 referrals, …", "how many of the 394"
    r"(?:^|[,;:•–-] ?|\band |\bwhile |\bthat |\bhow many |\bmajority |\bmost |\bmany |\bsome |\bfew |\bas an? \w+ )"
    r"(?:• |- )?"
    rf"(?:{'|'.join(_OUT_OF)})(?: (?:{'|'.join(_BEFORE_WHOLE)}))*\s*$",
    re.IGNORECASE,
)
_FROM = re.compile(r"\bfrom(?: \w+){0,3}\s*$", re.IGNORECASE)
_TO_NEXT = re.compile(r"\bto(?: \w+){0,3} $")
_ONLY_THE = re.compile(r"\)? of (?:the|its|their|his|her) ?")  # what whole it is comes after it
_VERB = re.compile(
    r" (?:were|was|resulted|led|had been|came)\b| and (?!wales\b|adopted|discussed|supported|referred)", re.IGNORECASE
)
_BACK = re.compile(r"\)? of (?:these|those|them|whom|which)\b(?! \w+ed\b| who\b)")
_OF_NEXT = re.compile(
    r"\)? of (?:the|all|all the|these|those|its|a total of|(?:the |last |this |that )*year['’]s|20\d\d['’]s)"
    r"(?: total(?: of)?)? ?"
)
_ENDS_RATIO = re.compile(
    r"[,;:.(]| (?:were|was|had|came|resulted|led|became|become|ended|went|did|received|concerned|related|have|are|is)\b"
)
_OTHER_WHOLE = re.compile(r"\)? of (?:the|its|their|all|his|her|our|a|an|those|these)?")
_ENDS_WHOLE = re.compile(r"[,;:.()]| (?:were|was|are|is|in|for|who|said|say|think|believe|feel|felt|had|have)\b")


@cache
def _words() -> tuple[re.Pattern[str], dict[str | None, re.Pattern[str]], re.Pattern[str]]:
    """Return the phrase of a whole, the words of each stage (None: the stage of before), and known wholes."""
    lists = read_lexicon("denominators")
    phrase = rf" ?\)?,? ?(?:– |- )?(?:or \d+% )?(?:out )?of (?:(?:{'|'.join(lists['words'])})\b ?)+"
    stages: dict[str | None, re.Pattern[str]] = {
        stage: re.compile("|".join(patterns)) for stage, patterns in lists["stages"].items()
    }
    stages[None] = re.compile(rf"\b(?:{'|'.join(lists['same'])})\b")
    return re.compile(phrase, re.IGNORECASE), stages, re.compile(rf"\b(?:{'|'.join(lists['known'])})", re.IGNORECASE)


def whole_length(after: str) -> int:
    """Return how many characters after a share name its whole.

    Examples
    --------
    >>> whole_length(" of all referrals were for men")
    17
    """
    found = _words()[0].match(after)
    if not found or (_ONLY_THE.fullmatch(found.group()) and after[found.end() : found.end() + 1].isalpha()):
        return 0
    verb = _VERB.search(found.group())
    return verb.start() if verb else found.end()


def names_own_whole(after: str) -> bool:
    """Return whether a share names its whole itself, and not by pointing back ("of all referrals", not "of these")."""
    return whole_length(after) > 0 and not _BACK.match(after)


def is_whole(sentence: str, mention: Mention) -> bool:
    """Return whether a number is the whole that the numbers after it are parts of ("Of the 4,915 referrals, …")."""
    if mention.opens_whole is None:
        mention.opens_whole = _opens_whole(sentence, mention)
    return mention.opens_whole


def _opens_whole(sentence: str, mention: Mention) -> bool:
    """Whether the words before a number say that it is a whole."""
    before = sentence[max(0, mention.lead - 80) : mention.lead]
    if mention.candidate.kind != "count" or not lower(before.rstrip()).endswith(_ENDS_OPENING):
        return False
    if not _OPENS_WHOLE.search(before):
        return False
    return not (_FROM.search(before) and _TO_NEXT.search(mention.after))  # "from 759 in 2015/16 to 1,309"


def opens_next(mention: Mention) -> bool:
    """Return whether a share stands right before the number that is its whole ("13% of the 6,922")."""
    is_share = mention.candidate.kind in ("percentage", "fraction")
    in_brackets = mention.before.endswith("(") and mention.after.startswith(")")  # "88% (6,080) of the 6,904"
    return (is_share or in_brackets) and bool(_OF_NEXT.fullmatch(mention.after))


def stated_denominator(mention: Mention, clause: Clause) -> str | None:
    """Return the whole that the words right after a share name ("of those adopted"), with its category."""
    if not mention.is_level_share:
        return None
    if mention.candidate.kind == "ratio":
        stop = _ENDS_RATIO.search(mention.after)
        length = stop.start() if stop else len(mention.after)
    else:
        length = whole_length(mention.after)
    if not length:
        return None
    phrase = mention.after[:length].lower()
    subjects = [cue.measure for cue in clause.measures if cue.end <= mention.start and is_official(cue.measure)]
    meant = 0 if "the total" in phrase else -1  # what the sentence is about, or what it named last
    measure = _whole_measure(phrase, subjects[meant] if subjects else clause.inherited)
    if measure is None:
        return None
    start, end = mention.end, mention.end + length
    base = next((cue for cue in clause.categories if cue.role == "base" and start <= cue.start <= end + 3), None)
    part = base or next((cue for cue in clause.categories if _is_concern(cue) and start <= cue.start < end), None)
    mention.grounds["denominator"] = Ground("the words after it", start, max(end, base.end if base else end))
    return f"{measure}:{part.category}" if part else measure


def _is_concern(cue: Cue) -> bool:
    return cue.role == "category" and cue.dimension == "concern"


def stages_named(words: str) -> list[str]:
    """Return the official measures that words name, in order and each once ("Year, referrals, discussed, adopted")."""
    lowered = words.lower()
    found = [
        (match.start(), stage) for stage, pattern in _words()[1].items() if stage for match in pattern.finditer(lowered)
    ]
    return list(dict.fromkeys(stage for _, stage in sorted(found)))


def _whole_measure(words: str, inherited: str | None) -> str | None:
    """Return which official measure the words of a whole name."""
    for stage, pattern in _words()[1].items():
        if pattern.search(words):
            return stage or inherited
    return None


def has_other_whole(after: str, measures: list[Cue], end: int) -> bool:
    """Return whether a share is one of something that the official series does not count ("of its caseload").

    Parameters
    ----------
    after : str
        The words after the share.
    measures : list of Cue
        What names a measure in its sentence.
    end : int
        Offset in the sentence at which `after` begins.
    """
    if not _OTHER_WHOLE.match(after):
        return False
    stop = _ENDS_WHOLE.search(after, 4)
    phrase = after[4 : stop.start() if stop else len(after)]
    if not phrase.strip() or _words()[2].search(phrase):
        return False
    return not any(is_official(cue.measure) and end <= cue.start <= end + len(phrase) + 6 for cue in measures)


def settle_denominators(groups: list[list[Mention]]) -> None:
    """Settle the denominator of every share: named by itself or by its group, else the measure; drop it elsewhere."""
    for members in groups:
        for mention in members:
            mention.denominator = mention.denominator or next((m.denominator for m in members if m.denominator), None)
            _settle(mention)
            if mention.denominator:
                mention.grounds.setdefault("denominator", Ground("what a share of this measure is a share of"))


def keep_whole(mention: Mention, earlier: Mention | None) -> None:
    """Let a share "of those cases" be a share of what its sentence counted before it, in place."""
    if earlier and is_official(earlier.measure) and mention.is_level_share and _BACK.match(mention.after):
        mention.denominator = earlier.measure
        mention.grounds["denominator"] = Ground("the words after it, which point back", earlier.start, earlier.end)


def _settle(mention: Mention) -> None:
    whole = (mention.denominator or "").split(":")[0]
    is_kept = mention.is_part or mention.dimension in (None, "total", "outcome")
    if is_official(whole) and is_official(mention.measure) and not is_kept:
        mention.measure = whole  # a share by category is of the same stage as its whole
        mention.grounds["measure"] = mention.grounds.get("denominator", mention.grounds["measure"])
    if mention.dimension == "outcome" and is_official(mention.measure):
        mention.measure = "referrals"  # what became of a referral is no stage that it reached
        mention.caveat = None if mention.caveat == "complement" else mention.caveat  # "not suitable" is counted
        mention.grounds["measure"] = Ground("only referrals are broken down by what became of them")
    if not mention.is_level_share or not is_official(mention.measure):
        mention.denominator = None
    elif mention.denominator is None and (mention.is_part or mention.dimension == "total"):
        mention.denominator = "referrals" if mention.measure != "referrals" else None
    elif mention.denominator is None:
        mention.denominator = mention.measure
