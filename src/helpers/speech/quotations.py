"""Quotations: direct and reported speech with its speaker, and who stands behind any stretch of a text.

Quotation marks give the direct speech (`helpers.speech.quotemarks`), the verbs of speaking outside of them the speakers
(`helpers.speech.tellings`), who get the speech before or after the verb (`helpers.speech.reported`). A quotation that
nobody claims stays without speaker.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from helpers.records import Quotation, Sentence
from helpers.speech.mentions import Mention, read_signed, read_subject
from helpers.speech.quotemarks import Span, body_zones, find_quoted_spans
from helpers.speech.reported import FINITE, Clause, find_reported
from helpers.speech.speakers import Speakers
from helpers.speech.tellings import Telling, find_tellings

QUOTES = "“”\"‘’'"
MAX_GAP = 220  # characters between a verb and the quotation it announces
MAX_SIGNED = 100  # characters behind a quotation that hold a signature
MAX_ABOVE = 4  # sentences between a speaker's line and a quotation labelled as such
LABELLED = re.compile(
    r"(?:^|\n)[ \t]*(?:[-–—•*·][ \t]*)?"
    r"(?:(?:[Kk]ey |[Dd]irect |[Pp]ull )?[Qq]uot(?:e|ation)|[Ee]xample|[Ee]xtract)s?:\s*$"
)
IN_WORDS = re.compile(
    r"\b[Ii]n (?P<whose>his|her) (?:own )?words,?\s*$"
    r"|(?:^|[.!?]\s+)(?:(?:In|To|On) (?P<view>his|her) (?:view|opinion|judgement|mind|eyes|account),"
    r"|What (?:troubled|worried|struck|angered|concerned|alarmed|puzzled|mattered to) (?P<whom>him|her)\b)"
    r"[^.!?“”\"\n]*$"
)
WORDS_REACH = 200  # characters from "in her view" to the quotation
MAX_SILENCE = 700  # characters back to the speaker of a quotation that goes on without a verb


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
        In order of their spans. Direct speech includes its marks; reported speech is the clause without the verb and
        may hold direct speech. Speech of several paragraphs that each open anew is one row.

    Notes
    -----
    A speaker is null where the text leaves doubt: a scare quote, a title, a pronoun with no speaker before it. What a
    headline says that somebody says is left to the text below it.
    """
    zones, breaks = body_zones(text, sentences)
    spans = find_quoted_spans(text, zones, breaks)
    speakers = Speakers(text)
    tellings = find_tellings(text, sentences, spans, speakers)
    clauses = find_reported(text, sentences, tellings, spans, speakers)
    claimed = _claim_spans(text, spans, tellings)
    rows = [_row(text, span, speaker, False, document_id) for span, speaker in clauses]
    for span in spans:
        speaker = (
            claimed.get(span)
            or _signer(text, span)
            or _speaker_around(span, clauses)
            or _labelled(text, span, sentences, speakers)
            or _in_words_of(text, span, speakers)
            or _goes_on(text, span, speakers)
        )
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
        for at in range(place, len(direct)):
            quotation = direct[at]
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


def _claim_spans(text: str, spans: list[Span], tellings: list[Telling]) -> dict[Span, Mention | None]:
    """Return the speaker of each quoted span that a verb before or behind it claims."""
    claimed: dict[Span, Mention | None] = {}
    starts = [telling.start for telling in tellings]
    for span in spans:
        place = bisect_right(starts, span[0]) - 1
        before = tellings[place] if place >= 0 else None
        behind = tellings[place + 1] if place + 1 < len(tellings) else None
        gap = text[before.end : span[0]] if before else ""
        if before and len(gap) < MAX_GAP and gap.rstrip().endswith(":"):
            claimed[span] = before.speaker
        elif (
            behind
            and behind.claimed == span
            and (behind.is_inverted or behind.group != "quote" or text[span[1] - 2] == ",")
            and _is_tag(text, span, behind)
        ):
            claimed[span] = behind.speaker
        elif before and span[0] < before.limit:
            claimed[span] = before.speaker
    return {span: speaker for span, speaker in claimed.items() if speaker}


def _is_tag(text: str, span: Span, telling: Telling) -> bool:
    """Say whether a verb and the words before it belong to the quotation before them (", the minister said")."""
    gap = text[span[1] : telling.start]
    if len(gap.split()) > 16 or re.search(r"[.;]\s", gap) or "\n" in gap.strip(" "):
        return False
    ends_sentence = text[span[1] - 2] in "." or gap[:1] == "."
    if gap[:1] == "." or (ends_sentence and not (telling.is_inverted or gap.lstrip()[:1].islower())):
        return False
    return not FINITE.search(gap.rpartition(",")[0]) or gap.count(",") > 1


def _speaker_around(span: Span, clauses: list[Clause]) -> Mention | None:
    """Return the speaker of the reported clause around a quoted span."""
    place = bisect_right(clauses, span[0], key=lambda clause: clause[0][0])
    for (_, end), speaker in reversed(clauses[max(0, place - 3) : place]):
        if end >= span[1] - 1:
            return speaker
    return None


def _signer(text: str, span: Span) -> Mention | None:
    """Return who signs a quotation behind it ("... – Jane Doe, Calder")."""
    return read_signed(text[span[1] : span[1] + MAX_SIGNED]) if text[span[1] - 2] in ".!?…" else None


def _labelled(text: str, span: Span, sentences: list[Sentence], speakers: Speakers) -> Mention | None:
    """Return the speaker of "Quote: ..." below the line of a digest that names him or her before a colon."""
    if not LABELLED.search(text, max(0, span[0] - 40), span[0]):
        return None
    place = bisect_right(sentences, span[0], key=lambda sentence: sentence.span_start) - 1
    above = next((one.speaker for one in reversed(sentences[max(0, place - MAX_ABOVE) : place]) if one.speaker), None)
    return speakers.resolve(read_subject(above), span[0]) if above else None


def _in_words_of(text: str, span: Span, speakers: Speakers) -> Mention | None:
    """Return the speaker of "in her words, ...", "In her view it was ..." and "What troubled her was ..."."""
    found = IN_WORDS.search(text[max(0, span[0] - WORDS_REACH) : span[0]])
    is_he = found is not None and bool({"his", "him"} & set(found.groups()))
    return speakers.resolve(Mention("pronoun", "he" if is_he else "she"), span[0]) if found else None


def _goes_on(text: str, span: Span, speakers: Speakers) -> Mention | None:
    """Return the speaker of a whole quoted sentence that goes on after another: "... ," he said. "And ..."."""
    before = text[max(0, span[0] - 60) : span[0]].rstrip(" \t-–•")
    is_whole = (not before or before[-1] in ".!?\n" + QUOTES) and text[span[1] - 2] in ".!?…,"
    latest = speakers.latest(span[0], MAX_SILENCE) if is_whole else None
    return latest if latest and latest.kind in ("person", "office", "other") else None


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
