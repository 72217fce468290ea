"""Sentences: every part of a source text with its place, role, section and speaker (table ``sentences``)."""

from __future__ import annotations

import re
from collections import Counter

from helpers.lexicon import read_lexicon
from helpers.records import Sentence
from helpers.sentences.furniture import FURNITURE_THRESHOLD, furniture_scores
from helpers.sentences.segments import Segment, split_segments

__all__ = ["FURNITURE_THRESHOLD", "split_sentences"]

SUSPECT = re.compile(r"[ÂÃâÐð\ufffd&\x00-\x08\x0e-\x1f\x7f-\x9fﬁﬂ]")  # letters that mojibake begins with
HYPHENATED = re.compile(r"(?<=[a-z])[-\u00ad][ \t]*(?:\r\n|\n|\r)[ \t]*(?=[a-z])")
HONORIFIC = r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Sir|Dame|Lord|Lady|Baroness|Viscount|Cllr|Councillor|Prof|Professor|Judge)\.? "
NAME = r"[A-Z][\w’'.-]*(?: (?:of|de|van|von|the|and) [A-Z][\w’'.-]*| [A-Z][\w’'.-]*){0,5}"
BRACKETS = r"(?: ?\([^()\n]{1,80}\)){0,3} ?:"
SPEAKER = re.compile(rf"(?:{HONORIFIC}|The )?{NAME}(?={BRACKETS})")
OFFICE_HOLDER = re.compile(  # "The Minister for Security (Jane Doe):"
    rf"The (?P<office>[A-Z][^():\n]{{3,100}}?) \((?P<name>{HONORIFIC}{NAME}|[A-Z][\w’'.-]+ {NAME})\)(?={BRACKETS})"
)
HOLDER_OF = re.compile(  # "Jane Doe, Minister for Security:"
    rf"(?P<name>{HONORIFIC}{NAME}|[A-Z][\w’'.-]+ {NAME}), (?P<office>[^():.;\n]{{3,80}})(?={BRACKETS})"
)
OFFICE = r"(?:The )?(?:[A-Z]\w+ )?(?:Minister|Secretary of State|Chair|Chairman|Speaker|Deputy Speaker|President|Clerk)"
SPEAKER_LINE = re.compile(rf"(?P<sure>{HONORIFIC}{NAME}|{OFFICE}(?: [a-z]+ [A-Z]\w+)*|{NAME}(?= \())|{NAME}")
PARTY = re.compile(r"(?: ?\([^()\n]{1,80}\))* ?\Z")
FULL_STOP = re.compile(r"\b(Mr|Mrs|Ms|Mx|Dr|Prof|Cllr|Rev)\.")
TABLE_ROW = re.compile(r"\d ?%|\d,\d{3}|\d\s+\d|£\d")  # figures that no heading ends in
LONGEST_NAME = 120  # characters that are searched for a speaker
LABELS = frozenset(read_lexicon("furniture")["labels_before_colon"])
PEOPLE = read_lexicon("offices")
OFFICES, LETTERS = frozenset(PEOPLE["offices"]), frozenset(PEOPLE["letters"])
COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
ANNOUNCED = re.compile(  # "The panel put forward four recommendations, which are that:"
    rf"\b(?P<count>\d{{1,2}}|{'|'.join(COUNTS)})\s(?:[a-z-]+\s){{0,2}}[a-z]+s\b[^.;:]{{0,60}}\s(?:that|to|should|must):$",
    re.IGNORECASE,
)
SHORTEST_ITEM = 4  # words of an item without a mark that looks like a heading
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
    words = [readable(text[segment.body : segment.end], is_suspect) for segment in segments]
    turns = find_turns(segments, words, roles)
    sentences: list[Sentence] = []
    section: str | None = None
    for segment, score, role, reading, turn in zip(segments, scores, roles, words, turns, strict=True):
        sentences.append(
            Sentence(
                sentence_id=f"{document_id}:{segment.start}",
                document_id=document_id,
                span_start=segment.start,
                span_end=segment.end,
                text=reading,
                role=role,
                furniture_score=score,
                section=section,
                speaker=turn,
            )
        )
        if role == "heading" and turn is None:
            section = reading.strip("#*_ ") or None  # without the marks of Markdown
    return sentences


def find_turns(segments: list[Segment], words: list[str], roles: list[str]) -> list[str | None]:
    """Return who has the word in each segment: a name before a colon, or on a line of its own above the speech.

    A name before a colon holds for its paragraph, and in a transcript (three such turns or more that are no list items)
    until the next one; a name on its own line holds until the next name or heading.
    """
    labels = [_label(words[at]) if segment.opens_block else None for at, segment in enumerate(segments)]
    is_transcript = sum(label is not None and not s.is_item for label, s in zip(labels, segments, strict=True)) >= 3
    times = Counter(reading for reading, role in zip(words, roles, strict=True) if role == "heading")
    turns: list[str | None] = []
    turn, lasts = None, False
    for at, (segment, role) in enumerate(zip(segments, roles, strict=True)):
        if role == "furniture":
            turns.append(None)
            continue
        line = _line_speaker(words[at], times[words[at]]) if role == "heading" and at + 1 < len(segments) else None
        if labels[at] or line:
            turn, lasts = labels[at] or line, bool(line) or (is_transcript and not segment.is_item)
        elif role in ("heading", "headline") or (segment.opens_block and not lasts):
            turn = None
        turns.append(turn)
    return turns


def _label(reading: str) -> str | None:
    """Return the speaker named before a colon at the start of a paragraph."""
    if ":" not in reading[:LONGEST_NAME]:
        return None
    start = reading[:LONGEST_NAME]
    if holder := OFFICE_HOLDER.match(start) or HOLDER_OF.match(start):
        name = _without_letters(holder["name"])
        return name if _is_office(holder["office"]) and not _is_office(name) else None
    found = SPEAKER.match(start)
    if not found or LABELS.intersection(found.group().lower().split()[:1]):
        return None
    return _without_letters(found.group())


def _is_office(phrase: str) -> bool:
    """Whether a phrase holds the word of an office ("Parliamentary Under-Secretary of State")."""
    return not OFFICES.isdisjoint(re.split(r"[\s,-]+", phrase.lower()))


def _without_letters(name: str) -> str:
    """Return a name without the letters after it ("Jane Doe MP"), and without the full stop of its title."""
    words = FULL_STOP.sub(r"\1", name).split()
    while len(words) > 1 and words[-1].rstrip(",") in LETTERS:
        words.pop()
    return " ".join(words).rstrip(",")


def _line_speaker(reading: str, times: int) -> str | None:
    """Return the speaker that a line of its own names: by title, office or bracket, or because it comes again."""
    found = SPEAKER_LINE.match(reading[:LONGEST_NAME])
    if not found or not PARTY.match(reading, found.end()) or LABELS.intersection(reading.lower().split()[:1]):
        return None
    return _without_letters(found.group()) if found["sure"] or times >= 2 else None


def readable(raw: str, is_suspect: bool = True) -> str:
    """Return `raw` as a reader should see it: mojibake mended, line breaks and runs of white space closed up."""
    if is_suspect and SUSPECT.search(raw):
        import ftfy  # 30 ms that most texts need not wait for

        raw = ftfy.fix_text(raw, uncurl_quotes=False)
    if is_suspect and ("\n" in raw or "\r" in raw):
        raw = HYPHENATED.sub("", raw)
    return " ".join(raw.split())


def _roles(text: str, segments: list[Segment], scores: list[float], threshold: float) -> list[str]:
    """Return the role of each segment."""
    roles = []
    has_headline = False
    n_items = 0  # that are still to come of a list without marks
    for segment, score in zip(segments, scores, strict=True):
        if score >= threshold:
            roles.append("furniture")
            continue
        words = text[segment.body : segment.end]
        is_line = segment.opens_block and segment.closes_block
        is_listed = is_line and n_items > 0 and len(words.split(None, SHORTEST_ITEM - 1)) == SHORTEST_ITEM
        if segment.is_item:
            role = "list_item"
        elif is_line and not is_listed and looks_like_heading(words):
            role = "heading"
        else:
            role = "body"
        n_items = n_items - 1 if is_listed else _announced(words)
        if not has_headline:
            has_headline = True
            if role != "list_item" and text[segment.end - 1] not in '.:;,…”"':
                role = "headline"
        roles.append(role)
    return roles


def _announced(words: str) -> int:
    """Return how many of the lines below a sentence are its items ("four recommendations, which are that:")."""
    found = ANNOUNCED.search(words) if words.endswith(":") else None
    return (COUNTS.get(found["count"].lower()) or int(found["count"])) if found else 0


def looks_like_heading(words: str) -> bool:
    """Tell whether a line of its own reads like a heading: short, no full stop, begins with a capital or number."""
    if len(words) > 100 or words.count(" ") > 12 or words[-1] in ".!:;,…":
        return False
    first = next((letter for letter in words if letter.isalnum()), "")
    if not first or first.islower():
        return False
    if TABLE_ROW.search(words):
        return False
    return words[-1] != "?" or bool(QUESTION.match(words))
