"""Sentences: every part of a source text with its place, role, section and speaker (table ``sentences``)."""

from __future__ import annotations

import re

from helpers.furniture import FURNITURE_THRESHOLD, furniture_scores
from helpers.lexicon import read_lexicon
from helpers.records import Sentence
from helpers.segments import Segment, split_segments

__all__ = ["FURNITURE_THRESHOLD", "split_sentences"]

SUSPECT = re.compile(r"[ÂÃâÐð\ufffd&\x00-\x08\x0e-\x1f\x7f-\x9fﬁﬂ]")  # letters that mojibake begins with
HYPHENATED = re.compile(r"(?<=[a-z])[-\u00ad]\s*[\n\r]\s*(?=[a-z])")
SPEAKER = re.compile(
    r"(?:Q|A|(?:(?:Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Lord|Lady|Baroness|Baron|Cllr|Councillor|The|Prof|Professor)\.? )?"
    r"[A-Z][\w’'.-]*(?: (?:of|de|van|von|the|and) [A-Z][\w’'.-]*| [A-Z][\w’'.-]*){0,5})(?= ?\([^()\n]{1,80}\) ?:| ?:)"
)
LABELS = frozenset(read_lexicon("furniture")["labels_before_colon"])
QUESTION = re.compile(r"(?:What|Why|How|Who|Where|When|Which|Is|Are|Does|Do|Can|Should)\b")


def split_sentences(text: str, document_id: str, furniture_threshold: float = FURNITURE_THRESHOLD) -> list[Sentence]:
    """Split a source text into sentences, and tell article from page furniture.

    Parameters
    ----------
    text : str
        The source text, untouched.
    document_id : str
        Key of the document; sentence ids start with it.
    furniture_threshold : float
        Probability (0–1) from which on a segment counts as page furniture.

    Returns
    -------
    list of Sentence
        In order; half-open spans that do not overlap and leave out white space only. A list mark ("- ", "1. ") lies
        in the span of its item but not in its ``text``.
    """
    segments = split_segments(text)
    scores = furniture_scores(text, segments)
    roles = _roles(text, segments, scores, furniture_threshold)
    is_suspect = SUSPECT.search(text) is not None or HYPHENATED.search(text) is not None
    sentences: list[Sentence] = []
    section: str | None = None
    turn: str | None = None
    for segment, score, role in zip(segments, scores, roles, strict=True):
        raw = text[segment.body : segment.end]
        words = readable(raw) if is_suspect else " ".join(raw.split())
        speaker = None
        if role != "furniture":
            named = SPEAKER.match(words) if segment.opens_block else None
            speaker = named.group() if named and named.group().lower().split()[0] not in LABELS else None
            if segment.opens_block:
                turn = speaker
            speaker = speaker or turn
        sentences.append(
            Sentence(
                f"{document_id}:{segment.start}",
                document_id,
                segment.start,
                segment.end,
                words,
                role,
                score,
                section,
                speaker,
            )
        )
        if role == "heading":
            section = words
    return sentences


def readable(raw: str) -> str:
    """Return `raw` as a reader should see it: mojibake mended, line breaks and runs of white space closed up."""
    if SUSPECT.search(raw):
        import ftfy  # 30 ms that most texts need not wait for

        raw = ftfy.fix_text(raw, uncurl_quotes=False)
    if "\n" in raw or "\r" in raw:
        raw = HYPHENATED.sub("", raw)
    return " ".join(raw.split())


def _roles(text: str, segments: list[Segment], scores: list[float], threshold: float) -> list[str]:
    """Return the role of each segment."""
    roles = []
    has_headline = False
    for segment, score in zip(segments, scores, strict=True):
        if score >= threshold:
            roles.append("furniture")
            continue
        if segment.is_item:
            role = "list_item"
        elif segment.opens_block and segment.closes_block and looks_like_heading(text[segment.body : segment.end]):
            role = "heading"
        else:
            role = "body"
        if not has_headline:
            has_headline = True
            if text[segment.end - 1] not in '.:;,…”"':
                role = "headline"
        roles.append(role)
    return roles


def looks_like_heading(words: str) -> bool:
    """Tell whether a line of its own reads like a heading: short, no full stop, begins with a capital or number."""
    if len(words) > 100 or words.count(" ") > 12 or words[-1] in ".!:;,…":
        return False
    first = next((letter for letter in words if letter.isalnum()), "")
    if not first or first.islower():
        return False
    return words[-1] != "?" or bool(QUESTION.match(words))
