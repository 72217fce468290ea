"""What each segment of a page looks like by itself: the first half of what tells page furniture from article."""

from __future__ import annotations

import re
from functools import cache
from math import log1p
from typing import NamedTuple

from helpers.lexicon import read_lexicon
from helpers.seldom import Seldom
from helpers.sentences.segments import Segment

FEATURES = (
    "log_words", "one_word", "few_words", "stop", "question", "colon", "lower_start", "capital_share",
    "all_capitals", "function_share", "alone", "glued", "glued_bare", "item", "numbered", "ranked", "label",
    "opening", "phrase", "pattern", "mark", "separators", "figure", "quoted", "section_name",
    "label_heads_prose", "repeated", "repeats_in_links", "repeats_heads_prose", "first", "headline",
    "before_prose", "prose_after", "after_prose", "bare", "bare_near", "bare_run", "bare_after_prose",
    "bare_run_glued", "strong_before", "strong_after", "in_links", "bare_in_links", "prose_in_links",
    "prose_bare_near", "under_colon", "lower_near", "heads_prose", "strong_near_bare", "last_tenth",
    "prose_share_after", "prose_next", "prose_last", "first_bare", "sure", "dated", "letter", "topic",
    "topic_headline", "repeats_heads_stop", "in_table", "signs_letter", "heads_between", "heads_long", "kept",
    "in_tail", "in_tail_glued", "in_tail_links", "heads_stop", "before_number", "label_words", "contact", "running",
    "heads_item", "heads_item_links",
)  # fmt: skip
STATED = 8  # words up to which a segment with a full stop may be a label
SHORT = 16  # words up to which a segment without a full stop may be a headline or label
LONGEST_ROW = 40  # words of a line of links
LONGEST = 300  # characters of such a segment
MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
DAY_STAMP = (
    rf"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? )?"
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)? {MONTH}(?: \d{{4}})?|\d{{1,2}}/\d{{1,2}}/\d{{2,4}})"
)
CLOCK = r"\d{1,2}[:.]\d\d(?: ?[ap]m)?"
STATUS = (
    r"(?:accepted|agreed|implemented|rejected|completed?|delivered|in progress|on track|off track|ongoing|outstanding|"
    r"not started|under (?:consideration|review|way)|underway|pending|closed|superseded|overdue|partially met|not met)"
)
SURE_SHAPES = (  # no article has a line like these
    r"(?:about |reading time:? )?\d{1,2}[ -]min(?:ute)?s? read",
    r"(?:page \d+(?: (?:of|/) \d+)?|col(?:umn|\.)? \d+|[-–] ?\d{1,4} ?[-–])",  # running heads of printed pages
    r"[★☆*]{3,5}",
    r"(?:updated |posted |published )?(?:an?|\d{1,2}) (?:min(?:ute)?|hour|hr|day|week|month|year)s? ago",
    r"(?:asked|answered|edited|viewed|posted|updated|last active|modified) .{0,20}\d.{0,20}(?:ago|times|\d[:.]\d\d)",
    r"(?:show |view |see )?(?:all )?[\d,.]+k? (?:comment|share|vote|view|like|rating|repl|reaction)(?:s|y|ies)?",
    r"\d+ thoughts? on .{3,150}",
    r"(?:date|published|updated):? \d{4}-\d\d-\d\d",
    r"(?:â?©.*|copyright ©?.*|.{1,60} ©.{0,80})",
    r"(?:(?:#\w+\s*)+|@\w+|(?:https?://|www\.)\S+|\S+@\S+\.\w+)",
    r"(?:getty images|pa (?:media|wire)|alamy)",
    r".{0,30}\bregistered (?:charity|company) (?:no|number).{0,40}",
    r"no (?:further |other |more )?(?:recommendations|documents|results|comments|files|attachments|responses|entries)"
    r" (?:with|for|in|to|on) this .*",
    r"(?:[←«‹›].*|.* [→›»])",  # links back and on
    r"(?:status:? ?)?(?:fully |partially |partly |largely |not (?:yet |been )?|in part |awaiting )?"
    rf"{STATUS}(?: in (?:full|part|principle)| \d{{4}})?",
    r"(?:showing|displaying|viewing) (?:all )?\d+(?: ?(?:to|[-–]) ?\d+)?(?: of \d+)?(?: \w+){0,3}",
    r"(?:\d+ results?|\d+ ?[-–] ?\d+ of \d+|[\d,]+ of [\d,]+ signatures)",
    r"(?:page )?(?:last|first) (?:updated|modified|reviewed|checked|edited|published)(?: on| at)?:? .{0,12}\d.{2,40}",
    r"home (?:/|:|-) .{3,120}",
    r"is[bs]n:? [\dx –-]{8,20}\.?",
    r"[\d,]+ (?:people |others )?(?:viewing|watching|reading|listening)\b.{0,20}",
    r".{0,40}\bembargo(?:ed)?\b.{0,12}(?:until|\d).{0,40}",
    r"(?:.{4,40}[|·•] ?)?(?:estimated )?read(?:ing)? time:? \d.{0,20}",
    r"\d{1,3}[ -]min(?:ute)?s?(?: (?:read|listen|watch))?",
    rf"(?:published:? )?(?:{CLOCK},? )?{DAY_STAMP},? (?:at )?{CLOCK}(?: (?:gmt|bst|utc))?",
    rf"(?:published:? )?{CLOCK},? {DAY_STAMP}",
    r".{4,40}[|·•] ?(?:last )?updated:? .{3,30}",
    r"\w[^>›»/|.]{1,30}(?: [>›»] [^>›».]{1,50}){1,5}",  # breadcrumbs
    r".{0,12}: column \w?\d+\w*|.{4,20} : column \w?\d+\w*",
    r"\.{0,3} ?\w[^.]{2,60} ?\.{4,} ?\d{1,3}",  # a line of a table of contents
)
LIKELY_SHAPES = (  # now and then a line of an article has one of these
    r"\d{1,4}(?: ?/ ?\d{1,3})?",
    r"\(?(?:image|picture|photo|pic|credit|illustration|graphic|photograph|caption)s?: [^)]{2,60}\)?",
    r".{0,80}\((?:(?:image|picture|photo|pic)s?: [^)]{2,60}|(?:file|stock) (?:photo|picture|image))\)",
    r".{2,40}/(?:getty|pa|reuters|rex|afp)(?: .{2,20})?",
    r"\d{1,2}:\d\d,? \d{1,2} \w{3,9} \d{4}",
    r"\d{1,2}:\d\d(?::\d\d)? \w.{2,50}",  # chapters of a recording
    r".{0,30}\bstatistician\b.{0,20}: .{3,60}",
    r"(?:\w+day,? )?\w{3,9} \d{1,2},? \d{4},? (?:at )?\d{1,2}[:.]\d\d(?: ?[ap]m)?",
    r".{3,50}\b(?:correspondent|reporter|editor|columnist)s?",  # a byline's second half
    r"(?:(?:\w+day,? )?\d{1,2} \w{3,9}(?: \d{4})?,? )?\d{1,2}[:.]\d\d(?: ?[ap]m)?(?: (?:gmt|bst|utc))?",
    r"(?:last )?(?:modified|updated|reviewed|checked) .{4,40}",
    r".{3,60} (?:is|comes|are) (?:published|sent|issued|out) (?:every|each|weekly|monthly|twice|\w+ times).{0,40}",
    r"by [a-z’'-]+(?: [a-z’'-]+){1,2}(?: @\w+)?(?:,? .{3,50})?",
)
SURE, LIKELY = (re.compile("|".join(shapes), re.S) for shapes in (SURE_SHAPES, LIKELY_SHAPES))
DATED = Seldom(  # "Published 12 February 2025 · …", without a time of day
    rf"(?!.*(?:\d[:.]\d\d|\||(?:(?:last|first|·) updated|\bmodified|reviewed|\bread) ))"
    rf"(?:[^.]{{0,60}}?\b\d{{1,2}}(?:st|nd|rd|th)? {MONTH} \d{{4}}\b.*|{MONTH} \d{{4}})",
    re.S,
)
BYLINE = re.compile(  # who wrote the article belongs to it
    r"(?:(?:[Ww]ords |[Ww]ritten |[Pp]osted on .{4,30} )?[Bb][Yy]:? [A-Z][\w’'.-]+(?: \S+){1,9}"
    r"|(?:[A-Z][\w’'-]+ ){2,3}?\|? ?(?:[A-Z]?[\w-]+ ){0,3}(?:[Cc]orrespondent|[Rr]eporter|[Ee]ditor|[Cc]olumnist))"
    r"|[A-Z][\w’'-]+ [A-Z][\w’'-]+, (?:[\w-]+ ){0,4}(?:[Cc]orrespondent|[Rr]eporter|[Ee]ditor|[Cc]olumnist)"
    r"|[Pp]osted on .{4,30} by \S+"
)
LETTER = re.compile(
    r"dear .*|hello,?|hi (?:all|everyone|there),?|until next (?:week|month|time),?"
    r"|(?:all the best|take care|best),?|(?:regards|sincerely)\b.*"
    r"|(?:yours (?:sincerely|faithfully|truly)|(?:(?:with|every|very|all|my|many|kind|good|best|warm) )+"
    r"(?:thanks|wish|wishes|regards|love))\b.*"
)
SECTION = re.compile(
    r"(?:recommendation|issue|finding|annex|appendix|table|figure|chart|chapter|part|section|question|item|schedule|box|"
    r"action|measure|objective|priority|theme|standard|step|phase|stage|lesson|case study|episode)s?"
    r" (?:\d{1,3}|[a-z]|[ivx]{2,4})\b.*",
    re.S,
)
FIGURE = re.compile(r"\d ?%|\d,\d{3}|\bper cent|£\d|\d{2,4}\s\d|\b\d+ (?:people|referrals|cases|of)\b")
ADDRESS = Seldom(r"\S@\S+\.\w|www\.|https?:|(?:^|\s)@\w")
TELEPHONE = re.compile(r"\b(?:tel|telephone|phone|call)\b.*\d{3}|\b0\d{2,4} \d{3}")
DIGIT = re.compile(r"\d")
PAGE_NUMBER = re.compile(r"[-–]? ?(?:page )?(?:\d{1,3}|[ivx]{1,5})(?: (?:of|/) \d{1,3})? ?[-–]?")
MARKS = re.compile(r"[©←→›»▶►★☰✕×🔗|]")
SEPARATORS = re.compile(r" [|>›»·/•] ")
RANKED = re.compile(r"\d{1,2}[A-Z\"'“‘]")
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
        "bars",
        "colon",
        "count",
        "heads_table",
        "is_page_number",
        "is_row",
        "is_section",
        "key",
        "lower",
        "opens_links",
        "prose",
        "ranked",
        "strong",
        "values",
        "words",
    )

    def __init__(self, text: str, segment: Segment, signs: Signs) -> None:
        raw = text[segment.body : segment.end]
        words = raw.lower().split()
        count = self.count = len(words)
        self.words = words
        self.bars = raw.strip("| ").count("|") if "|" in raw else raw.count("\t")
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
        if not self.bare and "|" in raw:
            values["separators"] = min(len(SEPARATORS.findall(raw)), 3) / 3
        opening = words[0] in signs.openings and " ".join(words[:6]).startswith(signs.openings[words[0]])
        if opening:
            values["opening"] = 1
        final = words[-1].rstrip(".,!?")
        phrase = (final in signs.phrases or not signs.phrases.keys().isdisjoint(words)) and self._has_phrase(
            words, signs
        )
        if phrase:
            values["phrase"] = 1
        self.strong = opening or phrase
        self.is_row = not stop and count <= LONGEST_ROW  # links parted by bars, if it is no row of a table
        self.prose = stop and count >= 6 and known >= 2 and not self.strong and (last != "?" or count > SHORT)
        self.is_section = self.is_page_number = False
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
                self.values["alone"] = 1
            if glued and self.bare:
                self.values["glued_bare"] = 1

    @property
    def kind(self) -> str:
        """Return the kind of segment (see `KINDS`)."""
        return "label" if self.strong or self.ranked else "bare" if self.bare else "flowing"

    @staticmethod
    def _has_phrase(words: list[str], signs: Signs) -> bool:
        """Tell whether the segment holds a phrase of furniture."""
        plain = " ".join(words)
        keys = [*words, words[-1].rstrip(".,!?")]
        return any(phrase in plain for word in keys if word in signs.phrases for phrase in signs.phrases[word])

    def _look_closely(self, raw: str, words: list[str], last: str, signs: Signs) -> None:
        """Add the features of short segments."""
        count, found = self.count, self.values
        plain = " ".join(words)
        label = plain.strip(" .:!?→←»«|>")
        first = next((letter for letter in raw[:6] if letter.isalnum()), "")
        self.lower = first.islower()
        self.ranked = RANKED.match(raw) is not None
        self.key = label.strip("0123456789. ")
        found |= {
            "one_word": count == 1,
            "few_words": count <= 3,
            "question": last == "?",
            "lower_start": self.lower,
            "capital_share": sum([word[0].isupper() for word in raw.split()[1:]]) / max(count - 1, 1),
            "ranked": self.ranked,
            "mark": MARKS.search(raw) is not None,
            "quoted": '"' in raw or "“" in raw,
        }
        if self.bare or self.colon or count <= STATED:
            self._look_for_labels(raw, words, label, signs)
        self.values = {name: value for name, value in found.items() if value}

    def _look_for_labels(self, raw: str, words: list[str], label: str, signs: Signs) -> None:
        """Add the features of what is hardly a sentence: labels, links, dates, credits, headings."""
        plain = " ".join(words)
        has_digit = DIGIT.search(plain) is not None
        self.opens_links = label in signs.block_openers
        known = len([word for word in words if word.strip(",|>/·") in signs.labels])
        is_label = (label in signs.labels and "?" not in raw) or self.opens_links or (known == len(words) > 1)
        sure = SURE.fullmatch(plain) is not None or (
            SEPARATORS.search(plain) is not None
            and all(part in signs.labels or SURE.fullmatch(part) for part in SEPARATORS.split(plain))
        )
        self.is_section = SECTION.match(label) is not None
        is_heading = self.is_section or self.key in signs.headings
        pattern = sure or (not is_heading and LIKELY.fullmatch(plain) is not None)
        self.strong = self.strong or is_label or pattern
        self.is_page_number = PAGE_NUMBER.fullmatch(plain) is not None
        self.heads_table = self.bare and label.startswith("table ")
        self.values |= {
            "colon": self.colon,
            "bare": self.bare,
            "all_capitals": self.count > 1 and raw.isupper(),
            "label": is_label,
            "pattern": pattern,
            "sure": sure,
            "dated": DATED.fullmatch(plain) is not None or BYLINE.fullmatch(raw) is not None,
            "letter": LETTER.fullmatch(plain) is not None,
            "label_words": self.count > 1 and known / self.count,
            "contact": ADDRESS.search(plain) is not None or (has_digit and TELEPHONE.search(plain) is not None),
            "separators": min(len(SEPARATORS.findall(raw)), 3) / 3,
            "figure": self.bare and (has_digit or "per cent" in plain) and FIGURE.search(plain) is not None,
            "section_name": is_heading,
        }
