"""What each segment of a page looks like by itself: the first half of what tells page furniture from article."""

from __future__ import annotations

import re
from math import log1p

from helpers.sentences.segments import Segment
from helpers.sentences.signs import (
    ADDRESS,
    BYLINE,
    CAPITAL_CREDIT,
    CREDIT,
    DATED,
    DIGIT,
    FIGURE,
    LETTER,
    LIKELY,
    MARKS,
    NUMBERED_ROW,
    PAGE_NUMBER,
    RANKED,
    SECTION,
    SEPARATORS,
    SURE,
    TELEPHONE,
    Signs,
    count_gaps,
    count_separators,
    is_label_row,
    is_reference_row,
)

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
    "heads_item", "heads_item_links", "site", "site_share", "site_reader", "credited", "named_below", "masthead",
    "byline", "gap", "block_links", "block_strong", "block_prose", "opened", "sender", "captioned", "foot",
)  # fmt: skip
STATED = 8  # words up to which a segment with a full stop may be a label
SHORT = 16  # words up to which a segment without a full stop may be a headline or label
GAP = 4  # characters before a segment in which an empty line is looked for
LONGEST_ROW = 40  # words of a line of links
LONGEST = 300  # characters of such a segment
ROW, ROW_SHARE = 4, 0.7  # words of a row of labels; share of them that are known, and with a capital
SITE_TALK = 2  # words of websites that make a sentence to the reader one about the site
FOOTNOTED = re.compile(r"([.!?])[\"'”’)]*\d{1,3}$")  # the mark of a footnote at the end of a sentence
CLOSERS = "\"'”’)]»"
KINDS = ("label", "bare", "flowing")  # each weighs the features in its own way


class Shape:
    """One segment as the classifier sees it, before its neighbours are looked at; features that are 0 are left out."""

    __slots__ = (
        "after_gap",
        "bare",
        "bars",
        "closes_line",
        "colon",
        "count",
        "heads_table",
        "is_credit",
        "is_page_number",
        "is_row",
        "is_section",
        "key",
        "lower",
        "opens_line",
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
        self.bars = raw.strip("| ").count("|") if "|" in raw else raw.count("\t") or count_gaps(raw)
        last = self._last_sign(raw)
        stop = last in ".!?…"
        self.colon = last == ":"
        known = len(signs.function_words.intersection(words))
        values = self.values = {"log_words": log1p(count) / 3, "function_share": known / count}
        if stop:
            values["stop"] = 1
        is_asked = last == "?" and segment.opens_block and segment.closes_block
        self.bare = (not stop or is_asked) and not self.colon and count <= SHORT and len(raw) <= LONGEST
        if not self.bare and "|" in raw:
            values["separators"] = min(count_separators(raw), 3) / 3
        opening = words[0] in signs.openings and " ".join(words[:6]).startswith(signs.openings[words[0]])
        if opening:
            values["opening"] = 1
        final = words[-1].rstrip(".,!?")
        phrase = (final in signs.phrases or not signs.phrases.keys().isdisjoint(words)) and self._has_phrase(
            words, signs
        )
        if phrase:
            values["phrase"] = 1
        if segment.is_item and "  " in raw and NUMBERED_ROW.fullmatch(raw):
            values |= {"pattern": 1, "sure": 1}
        self.strong = opening or phrase or "sure" in values or self._is_site_talk(words, signs)
        self.is_row = not stop and count <= LONGEST_ROW  # links parted by bars, if it is no row of a table
        self.prose = stop and count >= 6 and known >= 2 and not self.strong and (last != "?" or count > SHORT)
        self.is_section = self.is_page_number = self.is_credit = False
        self.lower = self.opens_links = self.ranked = self.heads_table = False
        self.key = ""
        self.opens_line, self.closes_line = segment.opens_block, segment.closes_block
        self.after_gap = text[max(0, segment.start - GAP) : segment.start].count("\n") > 1
        glued = self._note_place(text, segment)
        if not self.bare and count <= LONGEST_ROW and "sure" not in values and is_reference_row(raw, signs):
            values |= {"pattern": 1, "sure": 1}
            self.strong = True
        is_short = count <= SHORT and len(raw) <= LONGEST
        if is_short:
            self._look_closely(raw, words, last, signs)
        if (is_short or self.strong) and segment.opens_block and segment.closes_block:
            self.values["alone"] = 1
        if is_short and glued and self.bare:
            self.values["glued_bare"] = 1

    def _last_sign(self, raw: str) -> str:
        """Return the last sign of a segment, without closing quotation marks and the mark of a footnote."""
        if raw[-1].isdigit() and self.count > STATED and (noted := FOOTNOTED.search(raw)):
            return noted[1]
        return raw.rstrip(CLOSERS)[-1:] or raw[-1]

    def _note_place(self, text: str, segment: Segment) -> bool:
        """Note whether the segment is an item of a list, and return whether it is glued to its neighbours."""
        if segment.is_item:
            self.values["item"] = 1
            if text[segment.start].isdigit():
                self.values["numbered"] = 1
        before, after = text[segment.start - 1 : segment.start], text[segment.end : segment.end + 1]
        glued = bool(before and not before.isspace()) or bool(after and not after.isspace())
        if glued:
            self.values["glued"] = 1
        return glued

    @property
    def kind(self) -> str:
        """Return the kind of segment (see `KINDS`)."""
        return "label" if self.strong or self.ranked else "bare" if self.bare else "flowing"

    def _is_site_talk(self, words: list[str], signs: Signs) -> bool:
        """Tell whether the segment speaks to its reader of the site: newsletters, cookies, comments, adverts."""
        count = len(signs.site_words.intersection(words))
        if not count:
            return False
        to_reader = not signs.reader_words.isdisjoint(words)
        self.values |= {"site": min(count, 4) / 4, "site_share": count / len(words), "site_reader": int(to_reader)}
        return count >= SITE_TALK and to_reader

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
        if self.bare and "/" in raw and CAPITAL_CREDIT.fullmatch(raw):
            self.is_credit = self.strong = True
            self.values["pattern"] = 1
        self.values = {name: value for name, value in found.items() if value}

    def _look_for_labels(self, raw: str, words: list[str], label: str, signs: Signs) -> None:
        """Add the features of what is hardly a sentence: labels, links, dates, credits, headings."""
        plain = " ".join(words)
        has_digit = DIGIT.search(plain) is not None
        self.opens_links = label in signs.block_openers
        bare_words = [word.strip(",|>/·") for word in words]
        known = len([word for word in bare_words if word in signs.labels])
        is_label = (
            (label in signs.labels and "?" not in raw)
            or self.opens_links
            or (self.count > 1 and is_label_row(bare_words, signs.labels))
        )
        if known > 1 and self.count >= ROW and self.values["capital_share"] >= ROW_SHARE:
            in_labels = len([word for word in bare_words if word in signs.label_words])
            is_label = is_label or in_labels >= ROW_SHARE * self.count
        sure = SURE.fullmatch(plain) is not None or (
            SEPARATORS.search(plain) is not None
            and all(part in signs.labels or SURE.fullmatch(part) for part in SEPARATORS.split(plain))
        )
        self.is_section = not sure and SECTION.match(label) is not None
        is_heading = self.is_section or self.key in signs.headings
        pattern = sure or (not is_heading and LIKELY.fullmatch(plain) is not None)
        self.strong = self.strong or is_label or pattern
        self.is_credit = CREDIT.match(plain) is not None
        self.is_page_number = PAGE_NUMBER.fullmatch(plain) is not None
        self.heads_table = self.bare and label.startswith("table ")
        self.values |= {
            "colon": self.colon,
            "bare": self.bare,
            "all_capitals": self.count > 1 and raw.isupper(),
            "label": is_label,
            "pattern": pattern,
            "sure": sure,
            "dated": DATED.fullmatch(plain) is not None,
            "byline": BYLINE.fullmatch(raw) is not None,
            "letter": LETTER.fullmatch(plain) is not None,
            "label_words": self.count > 1 and known / self.count,
            "contact": ADDRESS.search(plain) is not None or (has_digit and TELEPHONE.search(plain) is not None),
            "separators": min(count_separators(raw), 3) / 3,
            "figure": self.bare and (has_digit or "per cent" in plain) and FIGURE.search(plain) is not None,
            "section_name": is_heading,
        }
