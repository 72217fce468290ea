"""What each segment of a page looks like: the features that tell page furniture from article."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import accumulate, islice
from math import log1p
from typing import NamedTuple

from helpers.lexicon import read_lexicon
from helpers.segments import Segment

FEATURES = (
    "log_words", "one_word", "few_words", "stop", "question", "colon", "lower_start", "capital_share", "all_capitals",
    "function_share", "alone", "glued", "glued_bare", "item", "numbered", "ranked", "label", "opening", "phrase",
    "pattern", "mark", "separators", "figure", "quoted", "section_name", "label_heads_prose", "repeated",
    "repeats_in_links", "repeats_heads_prose", "first", "headline", "before_prose", "prose_after", "after_prose", "bare",
    "bare_near", "bare_run", "bare_after_prose", "bare_run_glued", "strong_before", "strong_after", "in_links",
    "bare_in_links", "prose_in_links", "prose_bare_near", "under_colon", "lower_near", "heads_prose", "strong_near_bare",
    "last_tenth", "prose_share_after", "prose_next", "prose_last", "first_bare", "sure", "dated", "letter", "topic", "topic_headline", "repeats_heads_stop", "in_table",
    "signs_letter", "heads_between", "heads_long", "kept", "in_tail", "in_tail_glued", "in_tail_links", "heads_stop", "before_number",
)  # fmt: skip
SHORT = 16  # words up to which a segment without a full stop may be a headline or label
LONGEST = 300  # characters of such a segment
SURE = re.compile(  # shapes that no article has
    r"(?:about |reading time:? )?\d{1,2}[ -]min(?:ute)?s? read|page \d+(?: (?:of|/) \d+)?|col(?:umn|\.)? \d+|[★☆*]{3,5}|[-–] ?\d{1,4} ?[-–]"
    r"|(?:updated |posted |published )?(?:an?|\d{1,2}) (?:min(?:ute)?|hour|hr|day|week|month|year)s? ago"
    r"|(?:show |view |see )?(?:all )?[\d,.]+k? (?:comment|share|vote|view|like|rating|repl|reaction)(?:s|y|ies)?"
    r"|(?:date|published|updated):? \d{4}-\d\d-\d\d|\d+ thoughts? on .{3,150}|â?©.*|copyright ©?.*|.{1,60} ©.{0,80}"
    r"|(?:asked|answered|edited|viewed|posted|updated|last active|modified) .{1,40}(?:ago|times|\d[:.]\d\d)"
    r"|(?:#\w+\s*)+|@\w+|(?:https?://|www\.)\S+|\S+@\S+\.\w+|getty images|pa (?:media|wire)|alamy"
    r"|.{0,30}\bregistered (?:charity|company) (?:no|number).{0,40}|no \w+ (?:with|for|in) this \w+\.?|[←«‹].*|.* [→›»]",
    re.S,
)
LIKELY = re.compile(
    r"\d{1,4}(?: ?/ ?\d{1,3})?|\(?(?:image|picture|photo|pic|credit|illustration|graphic|photograph|caption)s?: [^)]{2,60}\)?"
    r"|\d{1,2}:\d\d,? \d{1,2} \w{3,9} \d{4}|(?:(?:\w+day,? )?\d{1,2} \w{3,9}(?: \d{4})?,? )?\d{1,2}[:.]\d\d(?: ?[ap]m)?(?: (?:gmt|bst|utc))?"
    r"|.{0,80}\((?:(?:image|picture|photo|pic)s?: [^)]{2,60}|(?:file|stock) (?:photo|picture|image))\)|.{2,40}/(?:getty|pa|reuters|rex|afp)(?: .{2,20})?"
    r"|(?:last )?(?:modified|updated|reviewed|checked) .{4,40}"
    r"|by [a-z’'-]+(?: [a-z’'-]+){1,2}(?: @\w+)?(?:,? .{3,50})?",
    re.S,
)
DATED = re.compile(  # "Published 12 February 2025 · …", without a time of day
    r"(?!.*\d[:.]\d\d)[^.]{0,60}?\b\d{1,2}(?:st|nd|rd|th)? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* \d{4}\b.*",
    re.S,
)
LETTER = re.compile(
    r"dear .*|hello,?|hi (?:all|everyone|there),?|(?:yours (?:sincerely|faithfully|truly)|(?:with |many |kind |best |warm )+"
    r"(?:thanks|wishes|regards)|regards|sincerely)\b.*"
)
SECTION = re.compile(
    r"(?:recommendation|issue|finding|annex|appendix|table|figure|chart|chapter|part|section|question|item|schedule|box)"
    r" (?:\d{1,3}|[a-z]|[ivx]{2,4})\b.*",
    re.S,
)
FIGURE = re.compile(r"\d ?%|\d,\d{3}|\bper cent|£\d|\d{2,4}\s\d|\b\d+ (?:people|referrals|cases|of)\b")
MARKS = re.compile(r"[©←→›»▶►★☰✕×🔗|]")
SEPARATORS = re.compile(r" [|>›»·/•] ")
RANKED = re.compile(r"\d{1,2}[A-Z\"'“‘]")
STEM = 5  # letters by which words are compared, so that "counting" meets "counted"
TOPIC_SENTENCES = 60  # sentences of prose whose words stand for the topic of a page
PUNCTUATION = "'\"“”‘’.,:;?!()"
CLOSERS = "\"'”’)]»"


KINDS = ("label", "bare", "flowing")  # each weighs the features in its own way


class Signs(NamedTuple):
    """The furniture lexicon, made ready for look-up."""

    labels: frozenset[str]
    block_openers: frozenset[str]
    function_words: frozenset[str]
    headings: frozenset[str]
    openings: dict[str, tuple[str, ...]]
    phrases: dict[str, list[str]]


@cache
def read_signs() -> Signs:
    """Return the furniture lexicon; openings are kept by their first word."""
    lexicon = read_lexicon("furniture")
    openings: dict[str, tuple[str, ...]] = {}
    for words in lexicon["openings"]:
        openings[words.split()[0]] = (*openings.get(words.split()[0], ()), words)
    return Signs(
        frozenset(map(str, lexicon["labels"])),
        frozenset(lexicon["block_openers"]),
        frozenset(map(str, lexicon["function_words"])),
        frozenset(lexicon["headings"]),
        openings,
        lexicon["phrases"],
    )


class Shape:
    """One segment as the classifier sees it, before its neighbours are looked at; features that are 0 are left out."""

    __slots__ = (
        "bare",
        "colon",
        "count",
        "heads_table",
        "key",
        "words",
        "lower",
        "opens_links",
        "prose",
        "ranked",
        "strong",
        "values",
    )

    def __init__(self, text: str, segment: Segment, signs: Signs) -> None:
        raw = text[segment.body : segment.end]
        words = raw.lower().split()
        count = self.count = len(words)
        self.words = words
        last = raw[-1]
        if last in CLOSERS:
            last = raw.rstrip(CLOSERS)[-1:] or last
        stop = last in ".!?…"
        self.colon = last == ":"
        known = len(signs.function_words.intersection(words))
        values = self.values = {"log_words": log1p(count) / 3, "function_share": known / count}
        if stop:
            values["stop"] = 1
        self.bare = not stop and not self.colon and count <= SHORT and len(raw) <= LONGEST
        opening = words[0] in signs.openings and " ".join(words[:6]).startswith(signs.openings[words[0]])
        if opening:
            values["opening"] = 1
        phrase = any(word in signs.phrases for word in words) and self._has_phrase(words, signs)
        if phrase:
            values["phrase"] = 1
        self.strong = opening or phrase
        self.prose = stop and count >= 6 and known >= 2 and not self.strong and (last != "?" or count > SHORT)
        self.lower = self.opens_links = self.ranked = self.heads_table = False
        self.key = ""
        glued = (segment.start > 0 and not text[segment.start - 1].isspace()) or (
            segment.end < len(text) and not text[segment.end].isspace()
        )
        if glued:
            values["glued"] = 1
        if segment.is_item:
            values["item"] = 1
            if text[segment.start].isdigit():
                values["numbered"] = 1
        if count <= SHORT and len(raw) <= LONGEST:
            self._look_closely(raw, words, last, signs)
            if segment.opens_block and segment.closes_block:
                values["alone"] = 1
            if glued and self.bare:
                values["glued_bare"] = 1

    @property
    def kind(self) -> str:
        """Return the kind of segment (see `KINDS`)."""
        return "label" if self.strong or self.ranked else "bare" if self.bare else "flowing"

    @staticmethod
    def _has_phrase(words: list[str], signs: Signs) -> bool:
        """Tell whether the segment holds a phrase of furniture."""
        plain = " ".join(words)
        return any(phrase in plain for word in words if word in signs.phrases for phrase in signs.phrases[word])

    def _look_closely(self, raw: str, words: list[str], last: str, signs: Signs) -> None:
        """Add the features of short segments."""
        count = self.count
        plain = " ".join(words)
        label = plain.strip(" .:!?→←»«|>")
        first = next((letter for letter in raw[:6] if letter.isalnum()), "")
        self.lower = first.islower()
        self.opens_links = label in signs.block_openers
        self.ranked = RANKED.match(raw) is not None
        self.key = label.strip("0123456789. ")
        is_label = label in signs.labels or self.opens_links
        sure = SURE.fullmatch(plain) is not None
        pattern = sure or LIKELY.fullmatch(plain) is not None
        self.strong = self.strong or is_label or pattern
        self.heads_table = self.bare and label.startswith("table ")
        capitals = sum(word[0].isupper() for word in raw.split()[1:])
        found = {
            "one_word": count == 1,
            "few_words": count <= 3,
            "question": last == "?",
            "colon": self.colon,
            "bare": self.bare,
            "lower_start": self.lower,
            "capital_share": capitals / max(count - 1, 1),
            "all_capitals": count > 1 and raw.isupper(),
            "ranked": self.ranked,
            "label": is_label,
            "pattern": pattern,
            "sure": sure,
            "dated": DATED.fullmatch(plain) is not None,
            "letter": LETTER.fullmatch(plain) is not None,
            "mark": MARKS.search(raw) is not None,
            "separators": min(len(SEPARATORS.findall(raw)), 3) / 3,
            "figure": self.bare and FIGURE.search(plain) is not None,
            "quoted": '"' in raw or "“" in raw,
            "section_name": self.key in signs.headings or SECTION.match(label) is not None,
        }
        self.values.update({name: value for name, value in found.items() if value})


def describe_segments(text: str, segments: list[Segment]) -> list[tuple[str, dict[str, float]]]:
    """Return the kind of each segment and its features by name (see `FEATURES`); those left out are 0."""
    signs = read_signs()
    shapes = [Shape(text, segment, signs) for segment in segments]
    count = len(shapes)
    bare = [0, *accumulate(shape.bare for shape in shapes)]
    prose = [0, *accumulate(shape.prose for shape in shapes)]
    strong = [0, *accumulate(shape.strong or shape.ranked for shape in shapes)]
    lower = [0, *accumulate(shape.lower and shape.bare for shape in shapes)]
    runs = _bare_runs(shapes)
    stems: Counter[str] = Counter()
    for shape in islice((shape for shape in shapes if shape.prose), TOPIC_SENTENCES):
        stems.update({word[:STEM] for word in shape.words})
    topics = [_topic_share(shape.words, stems, signs, 0) if shape.bare else 0.0 for shape in shapes]
    headline = _find_headline(shapes, prose, topics)
    times: dict[str, int] = {}
    for shape in shapes:
        times[shape.key] = times.get(shape.key, 0) + 1
    pairs = [at for at in range(1, count) if shapes[at].prose and shapes[at - 1].prose]
    tail = pairs[-1] if pairs else count  # the last place where prose follows prose
    links, under_colon, calm, table = False, False, 0, False
    listed: set[str] = set()
    described = []
    for at, shape in enumerate(shapes):
        low, high = max(0, at - 3), min(count, at + 4)
        calm = calm + 1 if shape.prose else 0
        is_target = shape.bare and shape.key in listed
        if links and not is_target:
            listed.add(shape.key)
        links = (links and calm < 2 and not is_target) or shape.opens_links or shape.ranked
        if not shape.bare:
            under_colon = shape.colon
        table = shape.bare and (table or shape.heads_table) and not shape.strong
        is_bare, values = shape.bare, shape.values
        prose_after = min(prose[count] - prose[at + 1], 4) / 4
        strong_before = min(strong[at] - strong[max(0, at - 2)], 2) / 2
        strong_after = min(strong[min(count, at + 3)] - strong[at + 1], 2) / 2
        if prose_after:
            values["prose_after"] = prose_after
        elif prose[at]:
            values["after_prose"] = 1
            if is_bare:
                values["bare_after_prose"] = 1
        if not prose[at]:
            values["before_prose"] = 1
        values["prose_share_after"] = (prose[count] - prose[at + 1]) / (count - at)
        values["prose_next"] = (prose[min(count, at + 6)] - prose[at + 1]) / 5
        values["prose_last"] = (prose[at] - prose[max(0, at - 5)]) / 5
        near = (bare[high] - bare[low] - is_bare) / max(high - low - 1, 1)
        if at > tail:
            values["in_tail"] = 1
            values["in_tail_glued"] = values.get("glued", 0)
            values["in_tail_links"] = links
        if near:
            values["bare_near"] = near
            if shape.prose:
                values["prose_bare_near"] = near
        if strong_before:
            values["strong_before"] = strong_before
        if strong_after:
            values["strong_after"] = strong_after
        if links:
            values["in_links"] = 1
            if shape.prose:
                values["prose_in_links"] = 1
                values["topic"] = _topic_share(shape.words, stems, signs, 1)
        if is_bare:
            following = shapes[at + 1] if at + 1 < count else None
            heads = following is not None and following.prose
            repeated = bool(shape.key) and times[shape.key] > 1
            found = {
                "bare_run": runs[at],
                "bare_run_glued": runs[at] * values.get("glued", 0),
                "bare_in_links": links,
                "under_colon": under_colon,
                "in_table": table,
                "lower_near": (lower[high] - lower[low]) / (high - low),
                "heads_prose": heads,
                "heads_between": heads and prose[at] > prose[max(0, at - 3)],
                "heads_long": heads and following is not None and following.count >= 12,
                "signs_letter": any("letter" in other.values for other in shapes[max(0, at - 3) : at]),
                "heads_stop": following is not None and "stop" in following.values,
                "before_number": following is not None and "figure" in following.values,
                "label_heads_prose": heads and shape.strong,
                "strong_near_bare": (strong_before + strong_after) / 2,
                "repeated": repeated and shape.count >= 4,
                "repeats_in_links": repeated and links,
                "repeats_heads_prose": repeated and heads,
                "headline": at == headline,
                "topic": topics[at],
                "kept": (at == headline and (topics[at] >= 0.2 or shape.count >= 5))
                or (not at and (shape.count >= 3 or topics[at] >= 0.5) and not shape.strong)
                or ("dated" in values and "sure" not in values),
                "topic_headline": topics[at] * (at == headline),
                "repeats_heads_stop": repeated and following is not None and "stop" in following.values,
                "first_bare": not at and shape.count >= 3 and not shape.strong,
            }
            values.update({name: value for name, value in found.items() if value})
        if not at:
            values["first"] = 1
        if at >= 0.9 * count:
            values["last_tenth"] = 1
        described.append((shape.kind, values))
    return described


def _topic_share(words: list[str], stems: Counter[str], signs: Signs, own: int) -> float:
    """Return which share of the telling words of a segment more than `own` sentences of the page's prose use."""
    plain = [word.strip(PUNCTUATION) for word in words]
    telling = [word for word in plain if len(word) > 3 and word not in signs.function_words]
    return sum(stems[word[:STEM]] > own for word in telling) / len(telling) if telling else 0.0


def _find_headline(shapes: list[Shape], prose: list[int], topics: list[float]) -> int:
    """Return which segment before the prose is most likely the document's own headline: long, on the topic of the prose."""
    best, most, rivals = -1, 0.0, 0
    for at, shape in enumerate(shapes[:80]):
        if prose[at + 1]:
            break
        if shape.bare and not shape.strong and shape.count >= 2 and "separators" not in shape.values:
            likely = min(shape.count, 8) / 5 + 1.5 * topics[at] + 0.5 * (not at) - 0.5 * rivals
            rivals += shape.count >= 5
            if likely > most:
                best, most = at, likely
    return best


def _bare_runs(shapes: list[Shape]) -> list[float]:
    """Return for each segment the length of the run of bare segments around it, as a share of eight."""
    runs = [0.0] * len(shapes)
    begin = 0
    for at in range(len(shapes) + 1):
        if at == len(shapes) or not shapes[at].bare:
            runs[begin:at] = [min(at - begin, 8) / 8] * (at - begin)
            begin = at + 1
    return runs
