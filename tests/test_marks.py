"""Marks woven into a text: valid nesting, every character once, addresses and signs once."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from helpers.records import Sentence
from helpers.reports.marks import GAP, Mark, Passage, find_passages, marks_by_passage, weave

TEXT = "He said 40% of 512 cases were closed. Nobody knows why, at all!"


def mark(kind: str, start: int, end: int, number: int = 1) -> Mark:
    return Mark(f"{kind}-d:{start}-{end}-{number}", kind, start, end, "✓", f"a {kind}", number)


def sentence(start: int, end: int, role: str = "body") -> Sentence:
    return Sentence(f"d:{start}", "d", start, end, "", role)


class Nesting(HTMLParser):
    """Reads markup and complains of an element that is closed out of turn."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.stack: list[str] = []
        self.words = ""
        self.ids: list[str] = []
        self.signs = 0
        self.feed(markup)
        self.close()
        assert self.stack == []

    def handle_starttag(self, tag, attributes):
        self.stack.append(tag)
        self.ids += [value for name, value in attributes if name == "id"]
        self.signs += ("class", "sign") in attributes

    def handle_endtag(self, tag):
        assert self.stack.pop() == tag

    def handle_data(self, data):
        if "a" not in self.stack:
            self.words += data


def test_number_within_a_quotation_lies_within_its_element():
    marks = [mark("quotation", 8, 36), mark("statistic", 8, 11, 2), mark("statistic", 15, 18, 3)]
    woven = weave(TEXT, Passage("body", 0, 37, 1), marks, set())
    assert re.search(r'<mark class="quotation"[^>]*><mark class="statistic"[^>]*>40%</mark>', woven)
    assert Nesting(woven).words == TEXT[:37]


def test_overlapping_marks_are_closed_and_opened_again():
    marks = [mark("finding", 3, 18), mark("quotation", 8, 30, 2)]
    read = Nesting(weave(TEXT, Passage("body", 0, 37, 1), marks, set()))
    assert read.words == TEXT[:37]
    assert sorted(read.ids) == sorted(one.anchor for one in marks)
    assert read.signs == 2


def test_mark_over_two_passages_has_one_address_and_one_sign():
    marks, begun = [mark("quotation", 8, 50)], set()
    passages = [Passage("body", 0, 37, 1), Passage("body", 38, 63, 1)]
    woven = [weave(TEXT, passage, marks, begun) for passage in passages]
    assert [Nesting(one).ids for one in woven] == [[marks[0].anchor], []]
    assert [Nesting(one).signs for one in woven] == [0, 1]


@given(
    st.text("ab 1<&\u202e\n", min_size=1, max_size=40),
    st.lists(st.tuples(st.integers(0, 39), st.integers(1, 20)), max_size=8),
    st.integers(0, 39),
)
def test_any_marks_give_valid_html_that_holds_every_character_once(text, spans, cut):
    cut = min(cut, len(text))
    places = sorted((start, -min(start + size, len(text))) for start, size in spans if start < len(text))
    marks = [mark("statistic", start, -end, number) for number, (start, end) in enumerate(places)]
    passages = [Passage("body", start, end, 1) for start, end in ((0, cut), (cut, len(text))) if start < end]
    begun: set[str] = set()
    found = marks_by_passage(passages, marks)
    read = [Nesting(weave(text, passage, some, begun)) for passage, some in zip(passages, found, strict=True)]
    assert "".join(one.words for one in read) == text.replace("\u202e", "[U+202E]")
    addresses = [address for one in read for address in one.ids]
    assert sorted(addresses) == sorted({one.anchor for one in marks})
    assert sum(one.signs for one in read) == len(marks)


def test_markup_in_a_text_is_shown_as_text():
    text = "<script>alert(1)</script> \u202eevil"
    woven = weave(text, Passage("body", 0, len(text), 1), [], set())
    assert html.unescape(woven) == "<script>alert(1)</script> [U+202E]evil"
    assert "<script" not in woven


def test_excerpts_keep_only_sentences_with_marks_and_count_the_rest():
    text = "One here. Two there. Three. Four.\n\nFive. Six."
    bounds = [(0, 9), (10, 20), (21, 27), (28, 33), (35, 40), (41, 45)]
    sentences = [sentence(*bound) for bound in bounds]
    passages = find_passages(text, sentences, [mark("statistic", 10, 13)], excerpts_only=True)
    assert passages == [Passage(GAP, 0, 9, 1), Passage("body", 10, 20, 1), Passage(GAP, 21, 45, 4)]


def test_paragraphs_headings_and_furniture_are_blocks_of_their_own():
    text = "Title\nOne. Two.\n\nThree.\nMenu\nMore"
    roles = [(0, 5, "heading"), (6, 10, "body"), (11, 15, "body"), (17, 23, "body"), (24, 28, "furniture")]
    sentences = [sentence(*one) for one in [*roles, (29, 33, "furniture")]]
    passages = find_passages(text, sentences, [], excerpts_only=False)
    assert [(one.block, one.start, one.end) for one in passages] == [
        ("heading", 0, 5), ("body", 6, 15), ("body", 17, 23), ("furniture", 24, 33),
    ]  # fmt: skip
