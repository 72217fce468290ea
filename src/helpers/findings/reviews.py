"""Findings: the issues and recommendations of reviews, from numbered headings, announced lists and plain prose."""

from __future__ import annotations

import re

from helpers.findings.drafts import Draft, addressee_in, patterns
from helpers.findings.enumerations import Paragraph, Span, items_below, split_inline, split_paragraphs
from helpers.findings.followups import apply_follow_ups, find_follow_ups
from helpers.findings.grids import read_grids
from helpers.findings.headings import read_headed
from helpers.findings.prose import RECOMMEND, read_prose
from helpers.findings.topics import link_topics
from helpers.numbers.numerals import NUMBER_WORDS, parse_number
from helpers.records import Finding, Sentence

__all__ = ["find_findings", "link_topics"]

TRIGGERS = (
    "ecommend", "ECOMMEND", "ssue", "ISSUE", "inding", "FINDING", "ail", "hortcoming", "eakness", "roblem", "law",
    "oncern", "rror", "earning", "istake", "gap", "missed", "found", "improvement", "R1", "tatement", "ncluded that:",
    "urge", "call",
)  # fmt: skip
LIST_HEADING = re.compile(
    r"(?:(?:key|main|our|the|summary of|list of|full)\s+)*"
    r"(?P<noun>recommendations|issues|failings|shortcomings|weaknesses|learning points)"
    r"(?:\s+(?:identified|made|found|for action|(?:for|to|from|of) [\w ]{2,50}))?:?$",
    re.IGNORECASE,
)
BARE_RECOMMEND = re.compile(r"\brecommend\w*(?=:)")
INTRODUCER = re.compile(r":\s*|,?\s+(?:including|namely|such as|among them)(?:\s+that)?:?\s+|\s[–—]\s|\s-\s")
PARTIAL = re.compile(
    r"\b(?:remaining|rest|other|further|additional|including|included|among|such as|some)\b", re.IGNORECASE
)
REFERS_BACK = re.compile(
    rf"(?:These|They|Those|Namely|(?P<some>\d{{1,2}}|(?i:{NUMBER_WORDS}|several|some|most))(?= (?!per cent)\w)|"
    r"(?:He|She|It|We|I|The \w+) (?:asked|recommended|called|urged|said|found|proposed))\b"
)
FOUND_THAT = re.compile(r"\b(?:found|finds|conclude[sd]|identified)(?: that)?:\s*$")
MAX_BACK = 4  # sentences from "They are:" back to the one that says what


def find_findings(text: str, sentences: list[Sentence], document_id: str) -> list[Finding]:
    """Return the issues and recommendations that `text` reports of a review.

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
    list of Finding
        In order of their spans, without overlap. A recommendation is at least ``proposed``; an issue has no status.

    Notes
    -----
    Plain prose on issues is read only in a text that gives no full list of them, as it mostly repeats that list.
    """
    if not any(trigger in text for trigger in TRIGGERS):
        return []
    paragraphs = split_paragraphs(text, sentences)
    drafts = read_grids(text, paragraphs)
    drafts += read_headed(text, paragraphs)
    drafts += _read_announced(text, paragraphs, drafts)
    drafts += read_prose(text, paragraphs, drafts)
    findings: list[Finding] = []
    kept = _without_overlap(drafts)
    for draft in kept:
        is_issue = draft.kind == "issue"
        findings.append(
            Finding(
                finding_id=f"{document_id}:{draft.start}",
                document_id=document_id,
                span_start=draft.start,
                span_end=draft.end,
                kind=draft.kind,
                number=draft.number,
                addressee=draft.addressee,
                text=text[draft.start : draft.end],
                status=None if is_issue else draft.status or "proposed",
                status_sentence_id=None if is_issue else draft.status_sentence_id or draft.sentence_id,
            )
        )
    open_ones = [one for one, draft in zip(findings, kept, strict=True) if one.kind != "issue" and draft.status is None]
    if open_ones:
        told = [one for one in findings if one.kind != "issue"]
        apply_follow_ups(open_ones, find_follow_ups(sentences, told))
    return findings


def _without_overlap(drafts: list[Draft]) -> list[Draft]:
    """Return the drafts in order; of two that overlap the one that was read first stays."""
    kept: list[Draft] = []
    for _, draft in sorted(enumerate(drafts), key=lambda entry: (entry[1].start, entry[0])):
        if draft.end > draft.start and (not kept or draft.start >= kept[-1].end):
            kept.append(draft)
    return kept


def _read_announced(text: str, paragraphs: list[Paragraph], headed: list[Draft]) -> list[Draft]:
    """Return the items of the lists that a sentence or a heading announces."""
    taken = {draft.start for draft in headed}
    drafts: list[Draft] = []
    for place, paragraph in enumerate(paragraphs):
        if paragraph.role == "furniture" or paragraph.start in taken:
            continue
        heading = LIST_HEADING.match(text, paragraph.start, paragraph.end)
        if heading and heading.end() == paragraph.end:
            kind = patterns().kinds[heading["noun"].lower()]
            items = items_below(paragraphs, place, text, None)
            if items and items[0].marker:
                drafts += _drafts([(item.start, item.end) for item in items], kind, True, paragraph.sentences[0], text)
            continue
        for order, sentence in enumerate(paragraph.sentences):
            earlier = paragraph.sentences[max(0, order - MAX_BACK) : order]
            drafts += _read_list(text, paragraphs, place, sentence, earlier)
    return drafts


def _read_list(
    text: str, paragraphs: list[Paragraph], place: int, sentence: Sentence, earlier: list[Sentence]
) -> list[Draft]:
    """Return the items of the list that one sentence announces, in itself or below its paragraph."""
    words = text[sentence.span_start : sentence.span_end].rstrip()
    ends_open = words.endswith(":")
    if not ends_open and (listed := _listed_below(text, paragraphs, place, sentence)):
        return listed
    if not ends_open and not any(
        sign in words for sign in (": ", "including", "namely", "such as", "among them", " – ", " — ", " - ")
    ):
        return []
    announced, told = _announcement(text, sentence), sentence.span_start
    back = REFERS_BACK.match(sentence.text) if announced is None and ends_open else None
    if back:
        announced, told = _announced_before(text, earlier)
    if announced is None:
        return []
    kind, count, after = announced
    count = None if back and back["some"] else count
    if ends_open:
        if sentence is not paragraphs[place].sentences[-1]:
            return []
        spans = [(item.start, item.end) for item in items_below(paragraphs, place, text, count)]
    else:
        match = INTRODUCER.search(text, max(after, sentence.span_start), sentence.span_end)
        if not match or (count is None and ":" not in match.group()):
            return []
        spans = split_inline(text, match.end(), sentence.span_end, count)
        if len(spans) < 2:
            return []
    if kind == "issue" and not count and FOUND_THAT.search(words) and not _are_faults(text, spans):
        return []
    is_complete = len(spans) == count if count is not None else not (back and back["some"])
    is_complete = is_complete and not (count is None and PARTIAL.search(text, told, sentence.span_end))
    return _drafts(spans, kind, is_complete, sentence, text, is_subjunctive=words.endswith("that:"))


def _listed_below(text: str, paragraphs: list[Paragraph], place: int, sentence: Sentence) -> list[Draft]:
    """Return the items of a marked list below "The review identified three issues.", if there are as many."""
    below = paragraphs[place + 1] if place + 1 < len(paragraphs) else None
    here = paragraphs[place]
    if below is None or not below.marker or here.marker or sentence is not here.sentences[-1]:
        return []
    announced = _announcement(text, sentence)
    items = items_below(paragraphs, place, text, announced[1]) if announced and announced[1] else []
    beyond = paragraphs[place + 1 + len(items) :][:1]
    if (
        not announced
        or len(items) < 2
        or len(items) != announced[1]
        or any(one.marker == below.marker for one in beyond)
    ):
        return []
    return _drafts([(item.start, item.end) for item in items], announced[0], True, sentence, text)


def _are_faults(text: str, spans: list[Span]) -> bool:
    """Say whether most of the things that a review found are faults."""
    return 2 * sum(patterns().faults.search(text, *span) is not None for span in spans) > len(spans)


def _announced_before(text: str, earlier: list[Sentence]) -> tuple[tuple[str, int | None, int] | None, int]:
    """Return what "They are:" stands for, told by the nearest of the sentences before it, and where that begins.

    How many there are holds for the list only if nothing stands between ("The remaining four are late. They are:").
    """
    for sentence in reversed(earlier):
        if found := _announcement(text, sentence):
            return (found if sentence is earlier[-1] else (found[0], None, found[2])), sentence.span_start
    return None, 0


def _announcement(text: str, sentence: Sentence) -> tuple[str, int | None, int] | None:
    """Return (kind, announced count, offset behind the noun) where a sentence tells of findings; else None."""
    start, end = sentence.span_start, sentence.span_end
    known = patterns()
    noun = known.noun.search(text, start, end)
    counted = known.counted.search(text, start, end) if noun else None
    is_told = text[start:end].rstrip().endswith(":") if counted else False
    if not is_told and not known.verbs.search(text, start, end):
        return None
    if counted:
        number = parse_number(counted["count"])
        return known.kinds[counted["noun"].lower()], int(number.value) if number else None, counted.end()
    if noun:
        return known.kinds[noun["noun"].lower()], None, noun.end()
    if FOUND_THAT.search(text, start, end) and (found := known.found.search(text, start, end)):
        return "issue", None, found.end()
    verb = RECOMMEND.search(text, start, end) or BARE_RECOMMEND.search(text, start, end)
    return ("recommendation", None, verb.start()) if verb else None


def _drafts(
    spans: list[Span], kind: str, is_complete: bool, sentence: Sentence, text: str, is_subjunctive: bool = False
) -> list[Draft]:
    """Return the drafts of one list; a complete list numbers its items."""
    drafts = []
    for number, (start, end) in enumerate(spans, 1):
        end = start + len(text[start:end].rstrip(" \t\r\n;,"))
        end -= 4 if text[start:end].endswith((" and", "\nand")) else 0
        end = start + len(text[start:end].rstrip(" \t\r\n;,"))
        addressee = addressee_in(text, start, end, is_subjunctive) if kind == "recommendation" else None
        drafts.append(Draft(start, end, kind, number if is_complete else None, addressee, sentence.sentence_id))
    return drafts
