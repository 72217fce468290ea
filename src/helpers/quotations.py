"""Quotations: direct and reported speech with its speaker, and who stands behind any stretch of a text.

Quotation marks give the direct speech (`helpers.quotemarks`); every verb of speaking outside of it gives a speaker
(`helpers.speakers`), who gets the speech before or after the verb. A quotation that nobody claims stays without speaker.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache

from helpers.lexicon import read_lexicon
from helpers.quotemarks import Span, find_quoted_spans
from helpers.records import Quotation, Sentence
from helpers.speakers import Mention, Speakers, read_inverted, read_subject

HEARER = re.compile(
    r"\s+(?:me|us|him|her|them|you|(?:(?:the|a|an|his|her|their|its|our|this|that)\s+)?[\w’'-]+(?:\s+(?:of|and|on|for)\s+(?:the\s+)?[\w’'-]+"
    r"|\s+[A-Z][\w’'-]*|\s+[a-z]+(?=\s+that\b)){0,5})(?=\s|,)"
)
FILLER = re.compile(
    r",?\s+(?:(?:in|on|at|to|during|via|through|after|before|of|with|from|last|this|by)\s+[^,.;:“”\"\n]{2,60}?|yesterday|today|previously)(?=\s+that\b|,\s+that\b)"
    r"|\s+(?:on\s+\w+day|yesterday|today|last\s+\w+)(?=\s)"
)
THAT = re.compile(r",?\s+that,?\s+")
NOT_A_CLAUSE = re.compile(
    r"\s*(?:[.,:;!?“\"()–—-]|(?:in|on|at|to|by|about|of|for|after|during|with|from|as|when|so|nothing|no more|sorry|last|earlier|and|but|who|"
    r"that)\b)"
)
FINITE = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|will|would|can|could|may|might|must|should|shall|do|does|did|needs?|\w{3,}ed|"
    r"\w+n['’]t|went|came|made|took|gave|led|left|got|became|fell|rose|saw|knew|felt|lost|kept)\b|['’](?:s|re|ve|ll)\b"
)
CUT = re.compile(r",?\s+(?:and|but|while|yet)\s+$|,\s*$")
TAG_END = re.compile(r"\s*(?:[.!?\n]|$)")
ACCORDING = re.compile(r"\b[Aa]ccording to ([^,.;:“”\"\n]{2,100})")
LABEL = re.compile(r"(?:[-•*]\s*)*([^:\n“”\"]{3,80}):\s")
MAX_GAP = 220  # characters between a verb and the quotation it announces
MAX_SILENCE = 700  # characters back to the speaker of a quotation that goes on without a verb


@dataclass(slots=True)
class Telling:
    """One verb of speaking with its speaker: ``left`` is where its clause begins, ``limit`` where its sentence ends."""

    start: int
    end: int
    left: int
    limit: int
    group: str
    speaker: Mention | None
    claimed: Span | None = None


@cache
def _verbs() -> tuple[re.Pattern[str], dict[str, str]]:
    """Return the pattern of all verbs of speaking and the group of each form."""
    groups = {form: group for group, forms in read_lexicon("speech_verbs").items() for form in forms}
    forms = "|".join(sorted(groups, key=lambda form: (-len(form), form)))
    return re.compile(rf"\b(?:{forms})\b"), groups


def find_quotations(text: str, sentences: list[Sentence], document_id: str) -> list[Quotation]:
    """Return the direct and the reported speech in `text`, page furniture left out.

    Parameters
    ----------
    text : str
        The source text; all offsets are half-open characters of it.
    sentences : list of Sentence
        All of its sentences in order, furniture included.
    document_id : str
        The document that the rows belong to.

    Returns
    -------
    list of Quotation
        In order of their spans. Direct speech includes its marks; reported speech is the clause without the verb and may
        hold direct speech. Speech of several paragraphs that each open anew is one row.

    Notes
    -----
    A speaker is null where the text leaves doubt: a scare quote, a title, a pronoun with no speaker before it.
    """
    zones, breaks = _zones(text, sentences)
    spans = find_quoted_spans(text, zones, breaks)
    speakers = Speakers(text)
    tellings = _find_tellings(text, sentences, spans, speakers)
    reported = _find_reported(text, tellings, spans) + _find_according(text, sentences, spans, speakers)
    claimed = _claim_spans(text, spans, tellings)
    rows = [_row(text, span, speaker, False, document_id) for span, speaker in reported]
    clauses = sorted(reported, key=lambda entry: entry[0])
    for span in spans:
        speaker = claimed.get(span) or _speaker_around(span, clauses) or _goes_on(text, span, tellings, speakers)
        rows.append(_row(text, span, speaker, True, document_id))
    unique = {(row.span_start, row.span_end): row for row in rows}
    return sorted(unique.values(), key=lambda row: (row.span_start, row.span_end))


def assign_speakers(sentences: list[Sentence], quotations: list[Quotation]) -> None:
    """Name in each sentence the speaker of the direct speech that makes up most of it (in place).

    A speaker's turn that the sentence splitter found stays, unless somebody else is quoted in it.
    """
    direct = [quotation for quotation in quotations if quotation.is_direct and quotation.speaker]
    place = 0
    for sentence in sentences:
        while place < len(direct) and direct[place].span_end <= sentence.span_start:
            place += 1
        shares: dict[str, int] = {}
        for quotation in direct[place:]:
            if quotation.span_start >= sentence.span_end:
                break
            covered = min(quotation.span_end, sentence.span_end) - max(quotation.span_start, sentence.span_start)
            shares[quotation.speaker or ""] = shares.get(quotation.speaker or "", 0) + covered
        if shares and 2 * max(shares.values()) > sentence.span_end - sentence.span_start:
            sentence.speaker = max(shares, key=lambda name: shares[name])


def speaker_of(quotations: list[Quotation], sentence: Sentence, start: int, end: int) -> str | None:
    """Return who states the characters from `start` to `end`.

    Parameters
    ----------
    quotations : list of Quotation
        All of the document, in order of their spans.
    sentence : Sentence
        The sentence that holds the span.
    start, end : int
        Half-open offsets of the source text.

    Returns
    -------
    str or None
        The speaker of the innermost quotation or reported clause around the span, else the sentence's own speaker.
    """
    place = bisect_right(quotations, start, key=lambda quotation: quotation.span_start)
    for quotation in reversed(quotations[max(0, place - 8) : place]):
        if quotation.span_end >= end and quotation.speaker:
            return quotation.speaker
    return sentence.speaker


def _zones(text: str, sentences: list[Sentence]) -> tuple[list[Span], list[int]]:
    """Return the stretches between page furniture, and the places where a line ends between two sentences."""
    zones: list[Span] = []
    breaks: list[int] = []
    before: Sentence | None = None
    for sentence in sentences:
        if before and "\n" in text[before.span_end : sentence.span_start]:
            breaks.append(before.span_end)
        if sentence.role != "furniture":
            if zones and before and before.role != "furniture":
                zones[-1] = (zones[-1][0], sentence.span_end)
            else:
                zones.append((sentence.span_start, sentence.span_end))
        before = sentence
    return zones, breaks


def _find_tellings(text: str, sentences: list[Sentence], spans: list[Span], speakers: Speakers) -> list[Telling]:
    """Return every verb of speaking outside quotation marks whose subject is named, in order."""
    pattern, groups = _verbs()
    starts = [span[0] for span in spans]
    tellings: list[Telling] = []
    for sentence in sentences:
        if sentence.role == "furniture":
            continue
        label = LABEL.match(text, sentence.span_start, sentence.span_end)
        if label and (mention := read_subject(label.group(1))) and mention.kind == "person" and " " in mention.name:
            speakers.resolve(mention, sentence.span_start)
        for match in pattern.finditer(text, sentence.span_start, sentence.span_end):
            place = bisect_right(starts, match.start()) - 1
            if place >= 0 and match.end() <= spans[place][1]:
                continue
            left = max(sentence.span_start, spans[place][1] if place >= 0 else 0)
            telling = _read_telling(text, match, (left, sentence.span_end), groups[match.group()], tellings, speakers)
            if telling:
                telling.claimed = spans[place] if place >= 0 and spans[place][1] == left else None
                tellings.append(telling)
    return tellings


def _read_telling(
    text: str, match: re.Match[str], bounds: Span, group: str, tellings: list[Telling], speakers: Speakers
) -> Telling | None:
    """Return the telling of one verb; None when nobody is its subject."""
    left, limit = bounds
    before = text[left : match.start()]
    earlier = tellings[-1] if tellings and tellings[-1].limit == limit else None
    if match.group().endswith("ing"):
        if not earlier or not re.search(r"(?:^|[,\s])\s*$", before):
            return None
        return Telling(match.start(), match.end(), match.start(), limit, group, earlier.speaker)
    if earlier and re.fullmatch(r",?\s*(?:and|but|before|then)\s+", text[max(earlier.end, left) : match.start()][-12:]):
        return Telling(match.start(), match.end(), match.start(), limit, group, earlier.speaker)
    is_inverted = not before.strip(" ,\n") or before.rstrip().endswith((",", "”", '"', "’"))
    mention = None
    if is_inverted and group in ("report", "tell", "that"):
        mention = read_inverted(text[match.end() : min(limit + 40, match.end() + 240)])
    mention = mention or read_subject(before)
    if mention is None:
        return None
    return Telling(match.start(), match.end(), left, limit, group, speakers.resolve(mention, match.start()))


def _find_reported(text: str, tellings: list[Telling], spans: list[Span]) -> list[tuple[Span, Mention | None]]:
    """Return the clauses after (or before) the verbs with their speakers."""
    found: list[tuple[Span, Mention | None]] = []
    covered = 0
    for place, telling in enumerate(tellings):
        if telling.start < covered or telling.group == "quote":
            continue
        following = tellings[place + 1] if place + 1 < len(tellings) else None
        span = _clause_after(text, telling, following) or _clause_before(text, telling, covered)
        if span and not any(span[0] >= start and span[1] <= end for start, end in _near(spans, span[0])):
            found.append((span, telling.speaker))
            covered = max(covered, span[1])
    return found


def _near(spans: list[Span], at: int) -> list[Span]:
    """Return the quoted span around or before `at`, if any."""
    place = bisect_right(spans, at, key=lambda span: span[0]) - 1
    return [spans[place]] if place >= 0 else []


def _clause_after(text: str, telling: Telling, following: Telling | None) -> Span | None:
    """Return the clause that a verb introduces, to the end of its sentence or the next "and he said"."""
    at, limit = telling.end, telling.limit
    if telling.group == "tell":
        hearer = HEARER.match(text, at, limit)
        at = hearer.end() if hearer else at
    if filler := FILLER.match(text, at, limit):
        at = filler.end()
    if that := THAT.match(text, at, limit):
        at = that.end()
    elif (
        telling.group == "that"
        or NOT_A_CLAUSE.match(text, at, limit)
        or (telling.group != "report" and telling.group != "tell")
    ):
        return None
    if following and following.start < limit and (cut := CUT.search(text, at, _subject_start(text, following))):
        limit = cut.start()
    clause = text[at:limit]
    start, end = at + len(clause) - len(clause.lstrip()), at + len(clause.rstrip().rstrip(".").rstrip())
    if (
        end - start < 8
        or " " not in text[start:end]
        or (not that and not FINITE.search(text, start, min(end, start + 160)))
    ):
        return None
    return start, end


def _subject_start(text: str, telling: Telling) -> int:
    """Return where the subject of a verb begins (its last words after a comma or conjunction)."""
    before = text[telling.left : telling.start]
    match = re.search(r"(?:,\s+(?:and|but|while)\s+|\s(?:and|but|while)\s+|,\s+)(?=[^,]*$)", before)
    return telling.left + match.end() if match else telling.start


def _clause_before(text: str, telling: Telling, covered: int) -> Span | None:
    """Return the clause of "..., the minister has said." when the sentence ends with the verb or its subject."""
    start = max(telling.left, covered)
    sentence_start = start
    if telling.claimed and telling.claimed[1] == telling.left:
        return None
    subject = _subject_start(text, telling)
    before = text[sentence_start:subject].rstrip()
    if not before.endswith(",") or (telling.group == "that" and "," not in before):
        return None
    tail = text[telling.end : telling.limit]
    is_last = TAG_END.match(tail) or (subject == telling.start and len(tail) < 120)
    if not is_last or len(before) < 12 or not FINITE.search(before):
        return None
    return sentence_start + len(before) - len(before.lstrip()), sentence_start + len(before.rstrip(", "))


def _find_according(
    text: str, sentences: list[Sentence], spans: list[Span], speakers: Speakers
) -> list[tuple[Span, Mention | None]]:
    """Return the statements that "according to" gives to somebody."""
    found: list[tuple[Span, Mention | None]] = []
    if "ccording to " not in text:
        return found
    for sentence in sentences:
        if sentence.role == "furniture" or not (
            match := ACCORDING.search(text, sentence.span_start, sentence.span_end)
        ):
            continue
        mention = read_inverted(match.group(1))
        speaker = speakers.resolve(mention, match.start()) if mention else None
        head = text[sentence.span_start : match.start()].strip(" ,")
        start, end = (match.end(), sentence.span_end) if len(head) < 12 else (sentence.span_start, match.start())
        clause = text[start:end]
        start += len(clause) - len(clause.lstrip(" ,"))
        end = start + len(text[start:end].rstrip(" ,.\n"))
        if speaker and end - start > 8:
            found.append(((start, end), speaker))
    return found


def _claim_spans(text: str, spans: list[Span], tellings: list[Telling]) -> dict[Span, Mention | None]:
    """Return, for each quoted span that a verb of speaking claims, its speaker."""
    claimed: dict[Span, Mention | None] = {}
    starts = [telling.start for telling in tellings]
    for telling in tellings:
        if telling.claimed and telling.group != "quote" and telling.speaker:
            gap = text[telling.claimed[1] : telling.start]
            if len(gap) < 120 and "\n" not in gap.strip() and not re.search(r"[.;]\s", gap) and _is_tag(gap):
                claimed.setdefault(telling.claimed, telling.speaker)
    for span in spans:
        place = bisect_right(starts, span[0]) - 1
        if span in claimed or place < 0:
            continue
        telling = tellings[place]
        gap = text[telling.end : span[0]]
        is_same_sentence = span[0] < telling.limit
        if (is_same_sentence or (len(gap) < MAX_GAP and gap.rstrip().endswith(":"))) and telling.speaker:
            claimed[span] = telling.speaker
    return claimed


def _is_tag(gap: str) -> bool:
    """Say whether the words between a quotation and a verb are only the verb's subject."""
    return len(gap.split()) <= 14 and not FINITE.search(gap.rpartition(",")[0] if gap.count(",") == 1 else "")


def _speaker_around(span: Span, clauses: list[tuple[Span, Mention | None]]) -> Mention | None:
    """Return the speaker of the reported clause around a quoted span."""
    place = bisect_right(clauses, span[0], key=lambda entry: entry[0][0])
    for (_, end), speaker in reversed(clauses[max(0, place - 3) : place]):
        if end >= span[1] - 1:
            return speaker
    return None


def _goes_on(text: str, span: Span, tellings: list[Telling], speakers: Speakers) -> Mention | None:
    """Return the speaker of a whole quoted sentence that goes on after another: "... ," he said. "And ..."."""
    before = text[max(0, span[0] - 60) : span[0]].rstrip(" \t-–•")
    is_whole = (not before or before[-1] in ".!?\n”\"’'") and text[span[1] - 2] in ".!?…,"
    return speakers.latest(span[0], MAX_SILENCE) if is_whole else None


def _row(text: str, span: Span, speaker: Mention | None, is_direct: bool, document_id: str) -> Quotation:
    """Return one row of the table."""
    start, end = span
    return Quotation(
        quotation_id=f"{document_id}:{start}-{end}",
        document_id=document_id,
        span_start=start,
        span_end=end,
        text=text[start:end],
        speaker=speaker.name if speaker else None,
        speaker_role=speaker.role if speaker else None,
        is_direct=is_direct,
    )
