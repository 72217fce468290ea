"""Findings: the issues and recommendations of reviews, from numbered headings, announced lists and plain prose."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from helpers.enumerations import Paragraph, Span, items_below, split_inline, split_paragraphs
from helpers.followups import apply_follow_ups, find_follow_ups, status_of
from helpers.lexicon import read_lexicon
from helpers.numerals import NUMBER_WORDS, parse_number
from helpers.records import Finding, Sentence
from helpers.topics import link_topics

__all__ = ["find_findings", "link_topics"]

TRIGGER = re.compile(
    r"[Rr]ecommend|RECOMMEND|[Ii]ssue|[Ff]inding|[Ff]ail|[Ss]hortcoming|[Ww]eakness|[Pp]roblem|[Ff]law|\bRec? ?\d|[Gg]ap|[Cc]oncern|[Ee]rror|[Ll]earning|[Mm]istake|[Aa]ction|[Mm]issed|[Ff]ound"
)
HEADED = re.compile(
    r"\s*(?P<label>Recommendation|RECOMMENDATION|Rec\.?|R(?=\d)|Issue|ISSUE|(?:Key )?[Ff]inding|FINDING|Failing|Learning [Pp]oint)\s?(?:[Nn]o\.? ?)?"
    rf"(?P<number>\d{{1,3}}|(?i:{NUMBER_WORDS}))\s*(?P<break>[:.)–—-]+\s*|$|(?=\())"
)
LIST_HEADING = re.compile(
    r"(?:(?:key|main|our|the|summary of|list of|full)\s+)*(?P<noun>recommendations|issues|failings|shortcomings|weaknesses|learning points)"
    r"(?:\s+(?:identified|made|found|for action))?:?$",
    re.IGNORECASE,
)
RECOMMEND = re.compile(
    r"\b(?P<verb>recommend(?:s|ed)?|recommending)\b(?!\s+(?:by|in|reading|as\b))(?P<that>,?\s+(?:[\w\s,]{0,40}?,\s+)?that\b,?)?\s+"
)
NOT_RECOMMENDING = re.compile(
    r"(?:\b(?:as|was|were|been|are|not|never|would|highly|previously|the|of)|\b(?<!t )is)\s*(?:also |further |therefore )*$"
)
IMPERSONAL = re.compile(r"\b[Ii]t (?:is|was|has been) (?:also |further |therefore |strongly )*$")
STOP_LABEL = re.compile(
    r"\s*(?:(?:government |agency |our )?(?:response|status|progress|update|action taken)\s*[:–-]"
    r"|(?:fully |partially )?(?:accepted|implemented|completed|rejected)(?: in (?:full|part|principle))?\.?$)",
    re.IGNORECASE,
)
OWNER = re.compile(
    r"\s*(?:addressee|addressed to|owner|for|lead|responsible(?: body)?|action(?: by)?|to)\s*[:–-]\s*(?P<who>[^\n]+)",
    re.IGNORECASE,
)
INTRODUCER = re.compile(r":\s*|,?\s+(?:including|namely|such as)(?:\s+that)?:?\s+|\s[–—]\s|\s-\s")
PARTIAL = re.compile(r"\b(?:other|further|additional|including|included|among|such as|some)\b", re.IGNORECASE)
REFERS_BACK = re.compile(r"(?:These|They|Those|Namely|That is|The[sy]e \w+)\b")
CARRIED_ON = re.compile(
    r"\s*(?:he|she|it|they|the [\w ]{2,40}|(?:m[rs]+ )?[\w’'-]+(?: [\w’'-]+)?) (?:also )?(?:added|said|continued|went on)[:,]?\s+(?=[“\"])",
    re.IGNORECASE,
)
OPEN_QUOTE, CLOSE_QUOTE = "“\"‘'", "”\"’'"
CONNECTORS = {"and", "of", "for", "the", "in", "&", "/", "its", "all", "local", "every"}


@dataclass(frozen=True, slots=True)
class Patterns:
    """Patterns made from the lexicon of findings."""

    announces: re.Pattern[str]
    verbs: re.Pattern[str]
    found: re.Pattern[str]
    faults: re.Pattern[str]
    kinds: dict[str, str]
    addressees: frozenset[str]


@cache
def _patterns() -> Patterns:
    """Return the patterns made from ``lexicon/findings.yml``."""
    lexicon = read_lexicon("findings")
    kinds = {noun: kind for kind, nouns in lexicon["nouns"].items() for noun in nouns}
    nouns, verbs, faults, sources = (
        "|".join(sorted(map(re.escape, forms), key=len, reverse=True))
        for forms in (kinds, lexicon["verbs"], lexicon["faults"], lexicon["sources"])
    )
    return Patterns(
        re.compile(
            rf"\b(?:(?P<count>\d{{1,3}}|{NUMBER_WORDS})\s+)?(?:[a-z-]+\s+){{0,3}}?(?P<noun>{nouns})\b", re.IGNORECASE
        ),
        re.compile(rf"\b(?:{verbs}|follow(?:s|ing)|recommend(?:s|ed)?)\b", re.IGNORECASE),
        re.compile(
            rf"\b(?:{sources})\b(?:\s+\w+ly)?(?:\s+(?:also|had|has|further))*\s+(?:found|finds|identified|concluded|concludes|highlighted|exposed|revealed)"
            r"(?:\s+that)?\s+",
            re.IGNORECASE,
        ),
        re.compile(rf"\b(?:{faults})\b", re.IGNORECASE),
        kinds,
        frozenset(lexicon["addressees"]),
    )


@dataclass(slots=True)
class Draft:
    """A finding as read, before its status is known."""

    start: int
    end: int
    kind: str
    number: int | None
    addressee: str | None
    sentence_id: str
    status: str | None = None
    status_sentence_id: str | None = None


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
    if not TRIGGER.search(text):
        return []
    paragraphs = split_paragraphs(text, sentences)
    drafts = _read_headed(text, paragraphs)
    drafts += _read_announced(text, paragraphs, drafts)
    drafts += _read_prose(text, paragraphs, drafts)
    findings: list[Finding] = []
    for draft in _without_overlap(drafts):
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
    if any(finding.kind == "recommendation" for finding in findings):
        apply_follow_ups(findings, find_follow_ups(sentences))
    return findings


def _without_overlap(drafts: list[Draft]) -> list[Draft]:
    """Return the drafts in order; of two that overlap the one that was read first stays."""
    kept: list[Draft] = []
    for _, draft in sorted(enumerate(drafts), key=lambda entry: (entry[1].start, entry[0])):
        if draft.end > draft.start and (not kept or draft.start >= kept[-1].end):
            kept.append(draft)
    return kept


def _read_headed(text: str, paragraphs: list[Paragraph]) -> list[Draft]:
    """Return the findings under headings such as "Recommendation 3" and in paragraphs such as "R3. ..."."""
    heads = []
    for place, paragraph in enumerate(paragraphs):
        if paragraph.role != "furniture" and (match := HEADED.match(text, paragraph.start, paragraph.end)):
            heads.append((place, match))
    drafts: list[Draft] = []
    longest = 1
    for order, (place, match) in enumerate(heads):
        limit = heads[order + 1][0] if order + 1 < len(heads) else None
        body, addressee = _body_below(text, paragraphs, place, match, limit)
        if limit is None:
            body = body[:longest]
        longest = max(longest, len(body))
        if not body:
            continue
        kind = "recommendation" if match["label"][0] in "Rr" or match["label"].startswith("Learn") else "issue"
        number = parse_number(match["number"])
        draft = Draft(
            body[0][0],
            body[-1][1],
            kind,
            int(number.value) if number else None,
            addressee,
            paragraphs[place].sentences[0].sentence_id,
        )
        _read_status_line(text, paragraphs[place + 1 : limit if limit else place + 6], draft)
        drafts.append(draft)
    return drafts


def _body_below(
    text: str, paragraphs: list[Paragraph], place: int, match: re.Match[str], limit: int | None
) -> tuple[list[Span], str | None]:
    """Return the spans of the paragraphs that belong to one numbered heading, and the addressee on a line of its own."""
    rest = (match.end(), paragraphs[place].end)
    words = text[rest[0] : rest[1]].strip()
    addressee = words.strip("()") if words and _is_addressee(words) else None
    body = [(rest[1] - len(text[rest[0] : rest[1]].lstrip()), rest[1])] if words and not addressee else []
    if body and words.endswith((".", ";", "!")):
        return body, None
    for below in range(place + 1, min(limit or place + 13, len(paragraphs))):
        paragraph = paragraphs[below]
        words = text[paragraph.start : paragraph.end]
        if paragraph.role == "furniture" or STOP_LABEL.match(words):
            break
        is_followed = (
            below + 1 < len(paragraphs) and paragraphs[below + 1].role not in ("furniture",) and below + 1 != limit
        )
        if owner := OWNER.match(words):
            addressee = addressee or owner["who"].strip()
        elif addressee is None and not body and is_followed and _is_addressee(words, paragraph.role == "heading"):
            addressee = words.strip()
        elif paragraph.role == "heading" and (body or limit is None):
            break
        else:
            body.append((paragraph.start, paragraph.end))
    return body, addressee


def _is_addressee(words: str, is_heading: bool = False) -> bool:
    """Say whether a line names a body that is told to act: short, no sentence, mostly capitals or words for bodies."""
    tokens = [token.strip("(),;:/") for token in words.split()]
    if not tokens or len(tokens) > 25 or words.rstrip().endswith((".", "?", ":")):
        return False
    named = [
        token
        for token in tokens
        if not token or token[0].isupper() or token in CONNECTORS or token in _patterns().addressees
    ]
    return len(named) >= len(tokens) * (0.6 if is_heading else 0.9)


def _read_status_line(text: str, below: list[Paragraph], draft: Draft) -> None:
    """Take the status from a line of its own ("Status: implemented", "Accepted in full") below a finding."""
    for paragraph in below:
        words = text[paragraph.start : min(paragraph.end, paragraph.start + 200)]
        if paragraph.start >= draft.end and STOP_LABEL.match(words):
            draft.status = status_of(words.lower())
            draft.status_sentence_id = paragraph.sentences[0].sentence_id if draft.status else None
            return


def _read_announced(text: str, paragraphs: list[Paragraph], headed: list[Draft]) -> list[Draft]:
    """Return the items of the lists that a sentence or a heading announces."""
    taken = {draft.start for draft in headed}
    drafts: list[Draft] = []
    for place, paragraph in enumerate(paragraphs):
        if paragraph.role == "furniture" or paragraph.start in taken:
            continue
        heading = LIST_HEADING.match(text, paragraph.start, paragraph.end)
        if heading and heading.end() == paragraph.end:
            kind = _patterns().kinds[heading["noun"].lower()]
            items = items_below(paragraphs, place, text, None)
            if items and items[0].marker and not HEADED.match(text, items[0].start, items[0].end):
                drafts += _drafts([(item.start, item.end) for item in items], kind, True, paragraph.sentences[0], text)
            continue
        for order, sentence in enumerate(paragraph.sentences):
            earlier = paragraph.sentences[order - 1] if order else None
            drafts += _read_list(text, paragraphs, place, sentence, earlier)
    return drafts


def _read_list(
    text: str, paragraphs: list[Paragraph], place: int, sentence: Sentence, earlier: Sentence | None
) -> list[Draft]:
    """Return the items of the list that one sentence announces, in itself or below its paragraph."""
    announced = _announcement(text, sentence)
    ends_open = text[sentence.span_start : sentence.span_end].rstrip().endswith(":")
    if announced is None and earlier is not None and ends_open and REFERS_BACK.match(sentence.text):
        announced = _announcement(text, earlier)
    if announced is None:
        return []
    kind, count, after = announced
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
    is_complete = len(spans) == count if count is not None else not PARTIAL.search(sentence.text)
    return _drafts(spans, kind, is_complete, sentence, text)


def _announcement(text: str, sentence: Sentence) -> tuple[str, int | None, int] | None:
    """Return (kind, announced count, offset behind the noun) where a sentence tells of findings; else None."""
    start, end = sentence.span_start, sentence.span_end
    patterns = _patterns()
    if not patterns.verbs.search(text, start, end):
        return None
    matches = list(patterns.announces.finditer(text, start, end))
    best = next((match for match in matches if match["count"]), matches[0] if matches else None)
    if best is None:
        match = RECOMMEND.search(text, start, end) or re.compile(r"\brecommend\w*(?=:)").search(text, start, end)
        return ("recommendation", None, match.start()) if match else None
    number = parse_number(best["count"]) if best["count"] else None
    return patterns.kinds[best["noun"].lower()], int(number.value) if number else None, best.end()


def _drafts(spans: list[Span], kind: str, is_complete: bool, sentence: Sentence, text: str) -> list[Draft]:
    """Return the drafts of one list; a complete list numbers its items."""
    drafts = []
    for number, (start, end) in enumerate(spans, 1):
        end = start + len(text[start:end].rstrip(" \t\r\n;,"))
        end -= 4 if text[start:end].endswith((" and", "\nand")) else 0
        end = start + len(text[start:end].rstrip(" \t\r\n;,"))
        addressee = _addressee_in(text, start, end) if kind == "recommendation" else None
        drafts.append(Draft(start, end, kind, number if is_complete else None, addressee, sentence.sentence_id))
    return drafts


def _read_prose(text: str, paragraphs: list[Paragraph], drafts: list[Draft]) -> list[Draft]:
    """Return what plain sentences say that a review recommends, and, where no full list does, the faults that it found."""
    found: list[Draft] = []
    has_list = any(draft.kind == "issue" and draft.number is not None for draft in drafts)
    for place, paragraph in enumerate(paragraphs):
        if paragraph.role == "furniture":
            continue
        for sentence in paragraph.sentences:
            start, end = sentence.span_start, sentence.span_end
            if text[start:end].rstrip().endswith(":"):
                continue
            if draft := _recommended(text, sentence, paragraph):
                found.append(draft)
            elif not has_list and (match := _patterns().found.search(text, start, end)):
                found += _faults(
                    text, match.end(), sentence, paragraphs[place + 1] if place + 1 < len(paragraphs) else None
                )
    return found


def _recommended(text: str, sentence: Sentence, paragraph: Paragraph) -> Draft | None:
    """Return the recommendation in one sentence of prose, from behind the verb to its end."""
    match = RECOMMEND.search(text, sentence.span_start, sentence.span_end)
    if not match:
        return None
    before = text[max(sentence.span_start, match.start() - 60) : match.start()]
    is_impersonal = IMPERSONAL.search(before)
    if (NOT_RECOMMENDING.search(before) or not before.strip()) and not is_impersonal:
        return None
    if is_impersonal and not match["that"]:
        return None
    end = sentence.span_start + len(text[sentence.span_start : sentence.span_end].rstrip(' .\n”"'))
    if end - match.end() < 12:
        return None
    number = paragraph.number if sentence is paragraph.sentences[0] else None
    return Draft(
        match.end(), end, "recommendation", number, _addressee_in(text, match.end(), end), sentence.sentence_id
    )


def _addressee_in(text: str, start: int, end: int) -> str | None:
    """Return the body at the start of a recommendation that is told to act ("the Home Office should ...")."""
    tokens = text[start : min(end, start + 200)].split()
    named: list[str] = []
    for token in tokens:
        bare = token.strip("(),;:")
        if not (bare[:1].isupper() or bare in CONNECTORS or bare in _patterns().addressees or bare in ("/", "&")):
            break
        named.append(token)
    following = tokens[len(named)] if len(named) < len(tokens) else ""
    while named and named[-1].strip(",") in CONNECTORS:
        named.pop()
    while named and named[0].lower() in ("the", "all", "its"):
        named.pop(0)
    is_acting = following not in ("be", "is", "was", "are", "were", "") and not following.endswith((".", ","))
    phrase = " ".join(named).strip(" ,")
    has_body = any(token.strip(",").lower() in _patterns().addressees or token[0].isupper() for token in named)
    return phrase if phrase and has_body and is_acting and len(named) <= 14 else None


def _faults(text: str, start: int, sentence: Sentence, below: Paragraph | None) -> list[Draft]:
    """Return the fault that a review found; one in quotation marks may go on in what the speaker added."""
    end = sentence.span_start + len(text[sentence.span_start : sentence.span_end].rstrip(" .\n"))
    is_quoted = text[start : start + 1] in set(OPEN_QUOTE) and text[end - 1 : end] in set(CLOSE_QUOTE)
    if is_quoted:
        start, end = start + 1, end - 1
    drafts = []
    if end - start > 12 and _patterns().faults.search(text, start, end):
        drafts.append(Draft(start, end, "issue", None, None, sentence.sentence_id))
    if drafts and is_quoted and below and (carried := CARRIED_ON.match(text, below.start, below.end)):
        for match in re.finditer(r"[^.!?]{12,}[.!?]?", text[carried.end() + 1 : below.end].rstrip(CLOSE_QUOTE)):
            begin = carried.end() + 1 + match.start() + len(match.group()) - len(match.group().lstrip())
            if _patterns().faults.search(match.group()):
                drafts.append(Draft(begin, carried.end() + 1 + match.end(), "issue", None, None, sentence.sentence_id))
    return drafts
