"""Headings: findings under a numbered heading ("Recommendation 3") or in a numbered paragraph ("R3. ...")."""

from __future__ import annotations

import re

from helpers.findings.drafts import Draft, addressee_in, is_addressee
from helpers.findings.enumerations import Paragraph, Span
from helpers.findings.followups import status_of_label
from helpers.numbers.numerals import NUMBER_WORDS, parse_number
from helpers.sentences.signs import MONTH

TITLE_WORDS = 10
HEADED = re.compile(
    r"\s*(?:#{1,6}\s+)?(?:\*\*|__)?"
    r"(?P<label>Recommendation|RECOMMENDATION|Rec\.?|R(?=\d)|Issue|ISSUE|(?:Key )?[Ff]inding|FINDING|Failing|"
    r"Learning [Pp]oint)\s?(?:[Nn]o\.? ?)?"
    rf"(?P<number>\d{{1,3}}|(?i:{NUMBER_WORDS}))(?:\*\*|__)?\s*(?P<break>[:.)–—-]+\s*|$|(?=\())"
)
STATE = (
    r"(?:fully |partially |partly |largely |now |still |not |yet to be )*(?:yet )?(?:accepted|agreed|implemented|"
    r"completed?|rejected|delivered|done|met|in progress|o(?:n|ff) track|under ?way|ongoing|outstanding|pending|noted|"
    r"on hold|started|closed|open|overdue|superseded|under (?:consideration|review))(?: in (?:full|part|principle))?"
)
WHEN = (  # "due April 2026", "by the end of 2025"
    r"(?:(?:due|expected|target|planned|completed|for completion|by|in|on|since|from|as of|end|of|early|mid|late|the)"
    r"[ :-]+)*"
    rf"(?:\d{{1,2}} )?(?:(?:{MONTH}|spring|summer|autumn|winter|q[1-4])[ ,]+)?(?:20\d\d(?:[/-]\d{{2,4}})?)?"
)
STOP_LABEL = re.compile(
    r"\s*(?:\*\*|__)?(?:(?:government |agency |our )?(?:response|status|progress|update|action taken)"
    r"(?: \([^()\n]{3,30}\))?\s*[:–-]"
    rf"|{STATE}(?:(?:,| and| but| [·|–-])? {STATE})?(?:,? ?[·|–(:-]? ?{WHEN}\)?)?\.?$)",
    re.IGNORECASE,
)
OWNER = re.compile(
    r"\s*(?:\*\*|__)?"
    r"(?:addressee|addressed to|owner|for|lead|responsible(?: body)?|action(?: by)?|to)\s*[:–-]\s*(?P<who>[^\n]+)",
    re.IGNORECASE,
)


def read_headed(text: str, paragraphs: list[Paragraph]) -> list[Draft]:
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
        addressee = addressee or addressee_in(text, body[0][0], body[0][1])
        if kind == "issue":
            addressee = None  # "Issue 2: Records" names its subject
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
    """Return the spans of the paragraphs below one numbered heading, and the addressee on a line of its own."""
    rest = (match.end(), paragraphs[place].end)
    words = text[rest[0] : rest[1]].strip()
    addressee = words.strip("()") if words and is_addressee(words) else None
    body = [(rest[1] - len(text[rest[0] : rest[1]].lstrip()), rest[1])] if words and not addressee else []
    if body and words.endswith((".", ";", "!")):
        return body, None
    for below in range(place + 1, min(limit or place + 13, len(paragraphs))):
        paragraph = paragraphs[below]
        words = text[paragraph.start : paragraph.end]
        if paragraph.role == "furniture" or STOP_LABEL.match(words):
            break
        is_followed = below + 1 < len(paragraphs) and paragraphs[below + 1].role != "furniture" and below + 1 != limit
        if owner := OWNER.match(words):
            addressee = addressee or owner["who"].strip()
        elif addressee is None and not body and is_followed and is_addressee(words, paragraph.role == "heading"):
            addressee = words.strip()
        elif paragraph.role == "heading" and (body or limit is None):
            break
        else:
            body.append((paragraph.start, paragraph.end))
    if (
        len(body) > 1
        and body[0][0] < paragraphs[place].end
        and len(text[body[0][0] : body[0][1]].split()) <= TITLE_WORDS
    ):
        body.pop(0)  # a title on the heading's own line
    return body, addressee


def _read_status_line(text: str, below: list[Paragraph], draft: Draft) -> None:
    """Take the status from a line of its own ("Status: implemented", "Accepted in full") below a finding."""
    for paragraph in below:
        words = text[paragraph.start : min(paragraph.end, paragraph.start + 200)]
        if paragraph.start >= draft.end and STOP_LABEL.match(words):
            draft.status = status_of_label(words)
            draft.status_sentence_id = paragraph.sentences[0].sentence_id
            return
