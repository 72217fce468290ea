"""What each segment of a page looks like: the features that tell page furniture from article."""

from __future__ import annotations

import re
from functools import cache
from itertools import accumulate
from math import log1p

from helpers.lexicon import read_lexicon
from helpers.segments import Segment

FEATURES = (
    "log_words", "one_word", "few_words", "stop", "question", "colon", "lower_start", "capital_share", "all_capitals",
    "function_share", "alone", "glued_before", "glued_after", "glued_bare", "item", "numbered", "ranked", "label", "opening",
    "phrase", "pattern", "mark", "separators", "figure", "quoted", "quote_open", "repeated", "first", "before_prose",
    "prose_after", "after_prose", "bare", "bare_near", "bare_run", "bare_after_prose", "bare_run_glued", "strong_before",
    "strong_after", "in_links", "bare_in_links", "prose_in_links", "prose_bare_near", "under_colon", "lower_near",
    "heads_prose", "strong_near_bare", "last_tenth",
)  # fmt: skip
SHORT = 16  # words up to which a segment without a full stop may be a headline or label
PATTERN = re.compile(
    r"(?:(?:about |reading time:? )?\d{1,2}[ -]min(?:ute)?s?(?: read)?|(?:updated |posted |published )?(?:an?|\d{1,2}) "
    r"(?:min(?:ute)?|hour|hr|day|week|month|year)s? ago|(?:show |view |see )?(?:all )?[\d,.]+k? (?:comment|share|vote|view|like|"
    r"rating|repl|reaction|retweet)(?:s|y|ies)?|page \d+(?: (?:of|/) \d+)?|[-–] ?\d{1,4} ?[-–]|\d{1,4}(?: ?/ ?\d{1,3})?|[★☆*]{3,5}"
    r"|(?:date|published|updated):? \d{4}-\d\d-\d\d|\(?(?:image|picture|photo|pic|credit)s?: [^)]{2,60}\)?"
    r"|(?:\d{1,2} \w{3,9}(?: \d{4})?,? )?\d{1,2}[:.]\d\d(?: ?[ap]m)?(?: (?:gmt|bst|utc))?|.{0,80}\((?:image|picture|photo|pic): [^)]{2,60}\)"
    r"|(?:#\w+\s*)+|@\w+|(?:https?://|www\.)\S+|\S+@\S+\.\w+|getty images|pa (?:media|wire)|alamy|.{2,40}/(?:getty|pa|reuters|rex|afp)"
    r"|\d+ thoughts? on .{3,150}|©.*|â©.*|copyright ©?.*|.{1,60} ©.{0,80}|no \w+ (?:with|for|in) this \w+\.?"
    r"|by [a-z’'-]+(?: [a-z’'-]+){1,2}(?: @\w+)?(?:, .{3,50})?|.{0,30}\bregistered (?:charity|company) (?:no|number).{0,40})",
    re.S,
)
FIGURE = re.compile(r"\d ?%|\d,\d{3}|\bper cent|£\d|\d{2,}\s\d|\b\d+ (?:people|referrals|cases|of)\b")
MARKS = re.compile(r"[©←→›»▶►★☰✕×🔗]|\|")
SEPARATORS = re.compile(r" [|>›»·/•] ")
CLOSERS = "\"'”’)]»"


@cache
def _words(name: str) -> frozenset[str]:
    """Return one list of the furniture lexicon."""
    return frozenset(read_lexicon("furniture")[name])


@cache
def _openings() -> tuple[str, ...]:
    """Return how furniture begins."""
    return tuple(read_lexicon("furniture")["openings"])


@cache
def _phrases() -> dict[str, list[str]]:
    """Return the phrases of furniture by a word of theirs."""
    return dict(read_lexicon("furniture")["phrases"])


class Shape:
    """One segment as the classifier sees it, before its neighbours are looked at."""

    __slots__ = ("bare", "key", "lower", "prose", "strong", "opens_links", "colon", "ranked", "values")

    def __init__(self, text: str, segment: Segment) -> None:
        raw = text[segment.body : segment.end]
        words = raw.split()
        count = len(words)
        small = raw.lower()
        last = raw.rstrip(CLOSERS)[-1:] or raw[-1]
        stop = last in ".!?…"
        first = next((letter for letter in raw[:6] if letter.isalnum()), "")
        self.lower = first.islower()
        self.colon = raw[-1] == ":"
        known = _words("function_words").intersection(small.split())
        self.prose = stop and count >= 6 and len(known) >= 2
        self.bare = not stop and not self.colon and count <= SHORT
        plain = " ".join(words).lower().strip(" .:!?→←»«|") if count <= SHORT else ""
        label = plain in _words("labels")
        self.opens_links = plain in _words("block_openers")
        opening = small.startswith(_openings())
        hits = [word for word in small.split() if word in _phrases()]
        phrase = bool(hits) and any(phrase in small for word in hits for phrase in _phrases()[word])
        pattern = count <= SHORT and PATTERN.fullmatch(" ".join(words).lower()) is not None
        self.strong = label or self.opens_links or opening or phrase or pattern
        self.ranked = raw[0].isdigit() and re.match(r"\d{1,2}[A-Z\"'“‘]", raw) is not None
        self.key = plain.lstrip("0123456789. ") if count >= 4 else ""
        capitals = sum(word[0].isupper() for word in words[1:]) / max(count - 1, 1)
        quotes = raw.count('"') + raw.count("“") + raw.count("”")
        glued_before = segment.start > 0 and not text[segment.start - 1].isspace()
        glued_after = segment.end < len(text) and not text[segment.end].isspace()
        self.values: dict[str, float] = {
            "log_words": log1p(count) / 3,
            "one_word": count == 1,
            "few_words": count <= 3,
            "stop": stop,
            "question": last == "?",
            "colon": self.colon,
            "lower_start": self.lower,
            "capital_share": capitals,
            "all_capitals": count > 1 and raw.isupper(),
            "function_share": len(known) / count,
            "alone": segment.opens_block and segment.closes_block,
            "glued_before": glued_before,
            "glued_after": glued_after,
            "glued_bare": self.bare and (glued_before or glued_after),
            "item": segment.is_item,
            "numbered": segment.is_item and text[segment.start].isdigit(),
            "ranked": self.ranked,
            "label": label or self.opens_links,
            "opening": opening,
            "phrase": phrase,
            "pattern": pattern,
            "mark": MARKS.search(text, segment.start, segment.end) is not None if count <= 30 else 0,
            "separators": min(len(SEPARATORS.findall(raw)), 3) / 3 if count <= 30 else 0,
            "figure": self.bare and FIGURE.search(small) is not None,
            "quoted": quotes > 0,
            "quote_open": quotes % 2,
            "bare": self.bare,
        }


def describe_segments(text: str, segments: list[Segment]) -> list[dict[str, float]]:
    """Return the features of each segment by name (see `FEATURES`); those left out are 0."""
    shapes = [Shape(text, segment) for segment in segments]
    count = len(shapes)
    bare = [0, *accumulate(shape.bare for shape in shapes)]
    prose = [0, *accumulate(shape.prose for shape in shapes)]
    strong = [0, *accumulate(shape.strong or shape.ranked for shape in shapes)]
    lower = [0, *accumulate(shape.lower and shape.bare for shape in shapes)]
    runs = _bare_runs(shapes)
    times: dict[str, int] = {}
    for shape in shapes:
        times[shape.key] = times.get(shape.key, 0) + 1
    links, under_colon, calm = False, False, 0
    described = []
    for at, shape in enumerate(shapes):
        low, high = max(0, at - 3), min(count, at + 4)
        calm = calm + 1 if shape.prose else 0
        links = (links and calm < 2) or shape.opens_links or shape.ranked
        if not shape.bare:
            under_colon = shape.colon
        near = (bare[high] - bare[low] - shape.bare) / max(high - low - 1, 1)
        strong_before = min(strong[at] - strong[max(0, at - 2)], 2) / 2
        strong_after = min(strong[min(count, at + 3)] - strong[at + 1], 2) / 2
        values = shape.values
        prose_after = min(prose[count] - prose[at + 1], 4) / 4
        after_prose = prose[at] > 0 and prose_after == 0
        values.update(
            repeated=bool(shape.key) and times[shape.key] > 1,
            first=at == 0,
            before_prose=prose[at] == 0,
            prose_after=prose_after,
            after_prose=after_prose,
            bare_near=near,
            bare_run=runs[at],
            bare_after_prose=shape.bare and after_prose,
            bare_run_glued=runs[at] * values["glued_bare"],
            strong_before=strong_before,
            strong_after=strong_after,
            in_links=links,
            bare_in_links=links and shape.bare,
            prose_in_links=links and shape.prose,
            prose_bare_near=near * shape.prose,
            under_colon=under_colon and shape.bare,
            lower_near=(lower[high] - lower[low]) / (high - low),
            heads_prose=shape.bare and at + 1 < count and shapes[at + 1].prose,
            strong_near_bare=shape.bare * (strong_before + strong_after) / 2,
            last_tenth=at >= 0.9 * count,
        )
        described.append(values)
    return described


def _bare_runs(shapes: list[Shape]) -> list[float]:
    """Return for each segment the length of the run of bare segments around it, as a share of eight."""
    runs = [0.0] * len(shapes)
    begin = 0
    for at in range(len(shapes) + 1):
        if at == len(shapes) or not shapes[at].bare:
            runs[begin:at] = [min(at - begin, 8) / 8] * (at - begin)
            begin = at + 1
    return runs
