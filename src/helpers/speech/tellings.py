"""Tellings: the verbs of speaking outside quotation marks, each with who speaks."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import cache

from helpers.lexicon import read_lexicon
from helpers.records import Sentence
from helpers.searches import one_of
from helpers.speech.mentions import MAX_BEFORE, TAIL, Mention, read_inverted, read_leading, read_subject
from helpers.speech.quotemarks import Span
from helpers.speech.speakers import Speakers, is_part_of_speech

LABEL = re.compile(r"(?:[-•*]\s*)*([^:\n“”\"]{3,80}):\s")
SAME_SUBJECT = re.compile(r"\s*(?:and|but|then)(?:\s+(?:also|then|later))*$")
COORDINATED = re.compile(r"\b(?:and|but)(?:\s+(?:also|then|later|has|had))*$")
TAKEN_UP = re.compile(r"(?:[,”’\"']|\b(?:while|whilst|before|after|by|when))\s*$")  # ", while insisting that ..."
PERFECT = re.compile(r"\b(?:has|have)(?:\s+\w+)?$")
FIRST_PERSON = re.compile(r"\b(?:I|[Mm]y)\b")
RELATIVE = re.compile(r"\s(?:who|whose)\s")
WITHIN = re.compile(r",[^,]*\bwho(?: (?:has|have|had|once|also|now))*\s*$")  # "Jane Doe, who has advised panels, said"
PASSIVE = re.compile(r"\b(?:was|were|been|is|are)$")
BY = re.compile(r"\s+by\s+(?P<who>[^.;:“”\"\n]{2,120}?)(?=,?\s+that\b)")
DIGEST = re.compile(r"(?:[-•*]\s*)*[^:\n“”\"]{3,80}:\s+(?:He|She|They)\b")  # "Jane Doe (Party): She argues that ..."
TOLD_OF = re.compile(r"(?:[-•*]\s*)*([^:\n“”\"]{3,80}):\s+(?:[\w’'-]+,?\s+){0,4}?(?i:he|she|his|her)\b(?!.*\bI\b)")
LEADS_ON = re.compile(r"(?:He|She|His|Her)\b|[“‘\"']")
ASKED = re.compile(
    r"\b[Aa]sk(?:ed|s)\s+(?P<who>(?:[A-Z][\w.’'-]*\s){1,5})(?:why|how|whether|if|about|what|when|where|who)\b"
)
WRAPPED = re.compile(r"(?<=[a-z,])\n(?=[A-Z][a-z]+, )")  # "the chair, Jane⏎Doe, told"
# "Dale, 19, ..." and "Dale was 19 when ..." speak for themselves next
GIVEN_AGE = re.compile(
    r"[A-Z][\w’'-]+(?:(?: \([^()\n]{3,40}\))?, (?:aged )?\d\d,| (?:was|is)(?: just| only)? (?:\d\d|[a-z]+teen) )"
)
TOLD_BY = re.compile(  # "Nell, a teacher in Hull, was told by her head that ..."
    r"[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*(?:,[^,.;:]{3,60},)? was (?:told|asked|advised|warned|informed) by (?:his|her)\b"
)
REPORTED_SOMEBODY = re.compile(r"reports?(?:ed)? (?:him|her|them|me|us)\b")
SILENT = re.compile(
    r"\b(?:died|dead|killed|murdered|stabbed|convicted|sentenced|jailed|imprisoned|arrested|charged|pleaded|"
    r"lost (?:his|her))\b"
)
CONTINUING = {"added", "adds", "adding", "continued", "continues", "went on", "goes on", "concluding"}
MAX_SINCE = 4  # sentences back to the one that brings in who speaks next
LEAD_REACH = 600  # characters from "the former minister has said" to the sentence that gives the name


@dataclass(slots=True)
class Telling:
    """One verb of speaking and its speaker.

    ``left`` is where its own words begin (behind the quotation or verb before it), ``opens`` and ``limit`` are the
    bounds of its sentence, ``claimed`` is the quotation right before ``left``.
    """

    start: int
    end: int
    left: int
    opens: int
    limit: int
    group: str
    speaker: Mention | None
    claimed: Span | None = None
    is_inverted: bool = False
    is_headline: bool = False
    is_digest: bool = False  # a summary in the present tense of what somebody said at length


@cache
def _verbs() -> tuple[re.Pattern[str], dict[str, str]]:
    """Return the pattern of all verbs of speaking and the group of each form."""
    groups = {form: group for group, forms in read_lexicon("speech_verbs").items() for form in forms}
    return re.compile(rf"(?<![\w-]){one_of(groups)}(?![\w-])"), groups


def find_tellings(text: str, sentences: list[Sentence], spans: list[Span], speakers: Speakers) -> list[Telling]:
    """Return every verb of speaking outside quotation marks that has a subject, in order.

    Parameters
    ----------
    text : str
        The source text.
    sentences : list of Sentence
        All of its sentences in order; those of page furniture are passed over.
    spans : list of (int, int)
        The quoted spans in order.
    speakers : Speakers
        Resolves short mentions; remembers who spoke.
    """
    starts = [span[0] for span in spans]
    tellings: list[Telling] = []
    place = topic_place = told_place = -1
    for match in _verbs()[0].finditer(text):
        quoted = bisect_right(starts, match.start()) - 1
        if quoted >= 0 and match.start() < spans[quoted][1]:
            continue
        place = bisect_right(sentences, match.start(), key=_start_of) - 1
        sentence = sentences[place] if place >= 0 else None
        if sentence is None or sentence.role == "furniture" or match.end() > sentence.span_end:
            continue
        if REPORTED_SOMEBODY.match(text, match.start()):
            continue
        if place != topic_place:
            speakers.introduced = _introduced(text, sentences, place, told_place, speakers)
            _note_topic(text, sentences, place, topic_place, speakers)
            speakers.turn = _turn(text, sentence, spans, starts)
            topic_place = place
        span = spans[quoted] if quoted >= 0 and spans[quoted][1] > sentence.span_start - 3 else None
        telling = _read_telling(text, match, sentence, span, tellings[-1:], speakers)
        if telling:
            tellings.append(telling)
            told_place = place
    _name_leads(text, tellings, speakers)
    return tellings


def _turn(text: str, sentence: Sentence, spans: list[Span], starts: list[int]) -> str | None:
    """Return the speaker whose turn a sentence is, and not the speaker of what is only quoted in it."""
    words = _unquoted(text, sentence, spans, starts) if sentence.speaker else ""
    is_own = 2 * len(words) >= sentence.span_end - sentence.span_start and FIRST_PERSON.search(words)
    return sentence.speaker if is_own else None


def _unquoted(text: str, sentence: Sentence, spans: list[Span], starts: list[int]) -> str:
    """Return the words of a sentence outside of quotation marks."""
    words, place = "", sentence.span_start
    for span in spans[max(0, bisect_right(starts, place) - 1) : bisect_right(starts, sentence.span_end)]:
        words += text[place : span[0]]
        place = max(place, span[1])
    return words + text[place : sentence.span_end]


def _start_of(sentence: Sentence) -> int:
    """Return where a sentence starts."""
    return sentence.span_start


def _note_topic(text: str, sentences: list[Sentence], place: int, known: int, speakers: Speakers) -> None:
    """Tell `speakers` whom the paragraph is about: the label before a colon, or whom its first words name."""
    first = place
    while first > max(known, 0) and "\n" not in text[sentences[first - 1].span_end : sentences[first].span_start]:
        first -= 1
    if first == known:
        return  # the same paragraph as that of the verb before
    start, end = sentences[first].span_start, sentences[first].span_end
    label = LABEL.match(text, start, end)
    mention = read_subject(label.group(1)) if label else read_leading(text[start : min(end, start + 160)])
    speakers.topic = mention if mention and mention.kind == "person" else None
    speakers.body = mention if mention and mention.kind == "body" else None
    speakers.is_digest = DIGEST.match(text, start, end) is not None


def _introduced(text: str, sentences: list[Sentence], place: int, known: int, speakers: Speakers) -> Mention | None:
    """Return the person whom a sentence since the last verb of speaking brings in as its subject, or the office."""
    before = sentences[known] if place - known in (1, 2) and known >= 0 else None
    if before and (asked := ASKED.search(text, before.span_start, before.span_end)):
        return read_subject(asked["who"])
    if before and TOLD_BY.match(text, before.span_start, before.span_end):
        return read_leading(text[before.span_start : before.span_end])
    if (
        place
        and (labelled := _labelled(text, sentences[place - 1]))
        and LEADS_ON.match(text, sentences[place].span_start)
    ):
        return labelled
    for sentence in reversed(sentences[max(known + 1, place - MAX_SINCE) : place]):
        words = text[sentence.span_start : min(sentence.span_end, sentence.span_start + 300)]
        if sentence.role != "body" or SILENT.search(words):
            return None
        mention = read_leading(words)
        if mention and mention.kind == "office" and mention.name.startswith("the "):
            return mention
        if mention and mention.kind == "person" and " " in mention.name:
            return mention if speakers.is_new(mention.name, sentence.span_start) else None
        if mention and mention.kind == "person" and GIVEN_AGE.match(words):
            return mention if text.find(mention.name) >= sentence.span_start else None
        if not LEADS_ON.match(words):
            return None
    return None


def _labelled(text: str, sentence: Sentence) -> Mention | None:
    """Return the person whom the label of a digest names ("Jane Doe (Party): In reply she defended the scheme.")."""
    told = TOLD_OF.match(text, sentence.span_start, sentence.span_end) if sentence.speaker else None
    mention = read_subject(told.group(1)) if told else None
    return mention if mention and mention.kind == "person" else None


def _read_telling(
    text: str, match: re.Match[str], sentence: Sentence, span: Span | None, earlier: list[Telling], speakers: Speakers
) -> Telling | None:
    """Return the telling of one verb; None when nobody is its subject."""
    opens, limit = sentence.span_start, sentence.span_end
    before_verb = [told for told in earlier if told.limit == limit]
    left = max([opens, match.start() - MAX_BEFORE, *([span[1]] if span else []), *(told.end for told in before_verb)])
    claimed = span if span and span[1] == left else None
    group = _verbs()[1][match.group()]
    if match.group() in CONTINUING:
        speakers.introduced = None
    mention, is_inverted = _subject(text, match, (left, opens, limit), claimed, before_verb)
    if mention is None:
        return None
    is_same = bool(before_verb) and mention is before_verb[0].speaker
    between = text[before_verb[-1].end : match.start()] if before_verb and not before_verb[-1].is_inverted else None
    is_told = between is not None and is_part_of_speech(before_verb[-1].speaker, between, mention)
    speaker = mention if is_same else speakers.resolve(mention, match.start(), is_told)
    if speaker is None and mention.name in ("I", "i", "we", "it"):
        return None
    is_headline = sentence.role == "headline"
    by = (
        BY.match(text, match.end(), limit)
        if PASSIVE.search(text[max(left, match.start() - TAIL) : match.start()].rstrip())
        else None
    )
    return Telling(
        match.start(),
        by.end() if by else match.end(),
        left,
        opens,
        limit,
        group,
        speaker,
        claimed,
        is_inverted,
        is_headline,
        speakers.is_digest and match.group().split()[0].endswith("s"),
    )


def _subject(
    text: str, match: re.Match[str], bounds: tuple[int, int, int], claimed: Span | None, before_verb: list[Telling]
) -> tuple[Mention | None, bool]:
    """Return the subject of a verb of speaking, and whether it stands behind the verb."""
    left, opens, limit = bounds
    before = WRAPPED.sub(" ", text[left : match.start()])
    bare = before.strip(" ,\n")
    after = text[match.end() : min(limit + 40, match.end() + 240)]
    if match.group().endswith("ing") or SAME_SUBJECT.fullmatch(bare) or COORDINATED.search(bare):
        if before_verb and (not bare or SAME_SUBJECT.fullmatch(bare)):
            return before_verb[-1].speaker, False
        if match.group().endswith("ing") and not TAKEN_UP.search(before):
            return None, False
        if before_verb and TAKEN_UP.search(bare):
            return before_verb[-1].speaker, False
        return read_leading(text[opens : min(match.start(), opens + MAX_BEFORE)]), False
    if PASSIVE.search(bare[-TAIL:]):
        by = BY.match(after)
        return (read_inverted(by["who"]) if by else None), False
    if not bare:
        return (read_inverted(after), True) if claimed or before.strip() else (None, False)
    if before.rstrip().endswith(","):
        if before_verb and WITHIN.search(text[max(opens, before_verb[-1].start - MAX_BEFORE) : before_verb[-1].start]):
            return before_verb[-1].speaker, False
        mention = read_subject(before)
        if mention and mention.kind == "person":
            return mention, False
        inverted = read_inverted(after)
        if inverted and (mention is None or inverted.kind != "other"):
            return inverted, True
        return mention, False
    return read_subject(before) or _of_relative(text[opens : match.start()]), False


def _of_relative(before: str) -> Mention | None:
    """Return the subject of "A father whose son was drawn in has accused ..."."""
    relative = RELATIVE.search(before)
    return read_leading(before[: relative.start()] + " has") if relative and "," not in before else None


def _name_leads(text: str, tellings: list[Telling], speakers: Speakers) -> None:
    """Give "..., the former minister has said" the name that the next telling gives (in place)."""
    following = after = None  # the first telling of the next sentence that has one, the telling behind this one
    for telling in reversed(tellings):
        following = after if after and after.opens != telling.opens else following
        after = telling
        if following is None:
            continue
        lead, named = telling.speaker, following.speaker
        if (
            not lead
            or lead.kind != "office"
            or not named
            or not re.match(r"(?:the|an?)\s", lead.name)
            or named.kind != "person"
            or named.role
        ):
            continue
        is_near = following.start - telling.end < LEAD_REACH
        if is_near and PERFECT.search(text[telling.left : telling.start].rstrip()):
            role = re.sub(r"^(?:the|an?)\s+", "", lead.name)
            speakers.roles.setdefault(named.name, role)
            telling.speaker = replace(named, role=role)
    for telling in tellings:
        if telling.speaker and not telling.speaker.role and telling.speaker.name in speakers.roles:
            telling.speaker = replace(telling.speaker, role=speakers.roles[telling.speaker.name])
