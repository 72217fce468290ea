"""Sentences: where they begin and end, what they are, who speaks."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from helpers.sentences.splitting import readable, split_sentences


def split(text: str) -> list[str]:
    return [sentence.text for sentence in split_sentences(text, "page")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He left.She stayed on.", ["He left.", "She stayed on."]),
        ("The plan, says Ann RoeThe council backs it.", ["The plan, says Ann Roe", "The council backs it."]),
        ('We like our "new programmes."She agreed with it.', ['We like our "new programmes."', "She agreed with it."]),
        ('It is "right now".The review began.', ['It is "right now".', "The review began."]),
        ("It was closed.” They left.", ["It was closed.”", "They left."]),
        ("“It was closed. They left,” he said.", ["“It was closed.", "They left,” he said."]),
        ('"Is it safe?" Mr Bell asked.', ['"Is it safe?" Mr Bell asked.']),
        ('"Is it safe?" asked the chair.', ['"Is it safe?" asked the chair.']),
        ("Is it? No! It is not.", ["Is it?", "No!", "It is not."]),
        ("They waited… Then it came.", ["They waited…", "Then it came."]),
        ("They waited… and it came.", ["They waited… and it came."]),
        (
            "It rose by 6.4% in 2020. In all, 1.2 million came.",
            ["It rose by 6.4% in 2020.", "In all, 1.2 million came."],
        ),
        ("Dr. A. B. Roe of St. Ann's met Cllr. P. Marsh.", ["Dr. A. B. Roe of St. Ann's met Cllr. P. Marsh."]),
        ("See No. 4 of Feb. 12, e.g. the U.K. figure. No. It fell.", None),
        ("No.\tRecommendation\tOwner", ["No. Recommendation Owner"]),
        ("No.  Action  Owner", ["No. Action Owner"]),
        ("It closed at 5 p.m. The panel left.", ["It closed at 5 p.m.", "The panel left."]),
        ("It closes at 5 p.m. GMT on Monday.", ["It closes at 5 p.m. GMT on Monday."]),
        (
            "See www.Example.org and gov.uk/x.Y for it; or not: ask.",
            ["See www.Example.org and gov.uk/x.Y for it; or not: ask."],
        ),
        ("YouGov asked McDonald about his iPhone.", ["YouGov asked McDonald about his iPhone."]),
        ("Most were closed.3 The rest were not.", ["Most were closed.3", "The rest were not."]),
        ("Referral Process – There is no form.", ["Referral Process – There is no form."]),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, expected: list[str] | None) -> None:
    expected = expected or ["See No. 4 of Feb. 12, e.g. the U.K. figure.", "No.", "It fell."]
    assert split(text) == expected


def test_list_marks_lie_in_the_span_but_not_in_the_text() -> None:
    text = "It asks for:\n- one form\n-\nAnn Roe (Labour): She agrees.\n1. more time\n• less work"
    sentences = split_sentences(text, "page")
    assert [sentence.text for sentence in sentences] == [
        "It asks for:", "one form", "Ann Roe (Labour): She agrees.", "more time", "less work",
    ]  # fmt: skip
    assert [sentence.role for sentence in sentences[1:]] == ["list_item"] * 4
    assert text[sentences[1].span_start :].startswith("- one form")
    assert sentences[2].speaker == "Ann Roe"


def test_wrapped_lines_are_one_sentence_and_short_lines_are_not() -> None:
    text = (
        "PART ONE\n\nThe panel met on fourteen days in the spring and heard from thirty\n"
        "people, among them the head of the unit and two of the officers who\n"
        "knew the case best. It has read all of the papers.\n\nPART TWO\n\nIt makes\nno finding."
    )
    assert split(text)[:3] == [
        "PART ONE",
        "The panel met on fourteen days in the spring and heard from thirty people, among them the head of the unit "
        "and two of the officers who knew the case best.",
        "It has read all of the papers.",
    ]


def test_a_paragraph_can_be_wrapped_on_a_page_that_is_not() -> None:
    items = [f"The number of letters that came to the office in {year} was higher than ever before" for year in
             ("spring", "summer", "autumn", "winter")]  # fmt: skip
    notes = (
        "Counts for the last quarter were taken by hand in the old office and\n"
        "should not be compared with others. They are rounded to the\n"
        "next ten. All letters of the north are counted by their own\n"
        "office: it had 12 of them."
    )
    text = "\n".join([*items, "", "Notes", "", notes, "", *items])
    assert split(text)[5:8] == [
        "Counts for the last quarter were taken by hand in the old office and should not be compared with others.",
        "They are rounded to the next ten.",
        "All letters of the north are counted by their own office: it had 12 of them.",
    ]


def test_long_lower_case_lists_without_marks_stay_apart() -> None:
    items = [
        "there were more letters than in any of the years before",
        "most of the letters came from schools and colleges",
        "fewer letters than in the year before came from doctors",
    ]
    opening = "In the last year the office counted letters for the first time, and it was the first year in which"
    lines = [f"{opening} it had to. This is what it found when it looked at them again, with care:", "", *items]
    assert split("\n".join(lines))[-3:] == items


def test_lower_case_lists_without_marks_stay_apart() -> None:
    text = (
        "These were to:\n\nimprove the form\n\nname one officer\n\nnot keep records for less time\n\nAll were accepted."
    )
    assert len(split(text)) == 5


@pytest.mark.parametrize("newline", ["\r", "\r\n", "\u2028", "\x85"])
def test_any_line_end_ends_a_line(newline: str) -> None:
    assert split(newline.join(["Summary", "It rose.", "- one form"])) == ["Summary", "It rose.", "one form"]


def test_headings_name_the_section_of_what_follows_them() -> None:
    text = "Panel met in private\n\nIt met on Monday.\n\nBackground\n\nIt was set up in 2015. It has 12 members."
    sentences = split_sentences(text, "page")
    assert [sentence.role for sentence in sentences] == ["headline", "body", "heading", "body", "body"]
    assert [sentence.section for sentence in sentences] == [None, None, None, "Background", "Background"]


def test_rows_of_a_flattened_table_are_no_headings() -> None:
    text = "Figures were published.\n\nTable 1: Referrals by source\nPolice 1,950 28%\nHealth 611 10\nIt rose."
    roles = [sentence.role for sentence in split_sentences(text, "page")]
    assert roles == ["body", "heading", "body", "body", "body"]


def test_a_turn_keeps_its_speaker_until_the_next_one() -> None:
    text = "Lord Fell: How many?\nBaroness Hay (CB): There were 12. That is all.\nThe Minister\nI agree with her.\n"
    speakers = [sentence.speaker for sentence in split_sentences(text, "page")]
    assert speakers == ["Lord Fell", "Baroness Hay", "Baroness Hay", "The Minister", "The Minister"]


@pytest.mark.parametrize(
    ("label", "speaker"),
    [
        ("The Minister for Coasts (Una Bell)", "Una Bell"),
        ("The Parliamentary Under-Secretary of State (Lord Fell) (Con)", "Lord Fell"),
        ("The Minister of State, Home Office (Baroness Hay of Wick) (Lab)", "Baroness Hay of Wick"),
        ("Una Bell (Wick and Thurso) (LD)", "Una Bell"),
        ("Una Bell MP, the coasts minister", "Una Bell"),
        ("Una Bell, Minister for Coasts", "Una Bell"),
        ("Referrals by sector (England and Wales)", None),
        ("Police, the Home Office", None),
        ("The Minister for Coasts (in reply)", None),
        ("Right", None),
        ("Mostly true", None),
    ],
)
def test_a_label_names_its_speaker_whatever_the_office_beside_the_name(label: str, speaker: str | None) -> None:
    text = f"Debate of the day\n\n{label}: There were 20 cases.\n"
    assert split_sentences(text, "page")[-1].speaker == speaker


def test_labels_before_a_colon_are_no_speakers() -> None:
    assert split_sentences("Source: the regional returns for the year.", "page")[0].speaker is None


def test_text_is_mended_for_reading_and_spans_are_not() -> None:
    text = "It cost Â£4.99 and the minis-\nter paid  twice."
    [sentence] = split_sentences(text, "page")
    assert sentence.text == "It cost £4.99 and the minister paid twice."
    assert (sentence.span_start, sentence.span_end) == (0, len(text))
    assert readable("“curly” quotes’ stay") == "“curly” quotes’ stay"


PIECES = st.sampled_from(
    [
        "Mr. ",
        "said.The ",
        "- ",
        "1. ",
        "\n",
        "\r\n",
        '"',
        "“",
        "”",
        "'",
        ". ",
        "1Polish ",
        "date 2025-01-02 ",
        "Â£",
        "©",
        "(",
        "\x85",
        "3",
    ]
)


@given(st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=25).map("".join))
@example("-\n")
@example('."."A"B')
@settings(max_examples=200, deadline=None)
def test_spans_are_in_order_and_leave_out_white_space_only(text: str) -> None:
    last = 0
    sentences = split_sentences(text, "page")
    for sentence in sentences:
        assert last <= sentence.span_start < sentence.span_end <= len(text)
        assert not text[last : sentence.span_start].strip()
        assert not text[sentence.span_start].isspace()
        assert not text[sentence.span_end - 1].isspace()
        assert 0 <= sentence.furniture_score <= 1
        last = sentence.span_end
    assert not text[last:].strip()
    other = split_sentences(text, "other")
    assert [replace(row, sentence_id=f"page:{row.span_start}", document_id="page") for row in other] == sentences


@pytest.mark.parametrize(
    "piece",
    [
        "word and more ",
        "1",
        "(",
        '"',
        '."A',
        "\n",
        "aB",
        "a.B",
        "ab'C",
        "A. ",
        "a\n",
        "-\n",
        "@",
        "1A",
        "Aa b: ",
        "a-\n\n",
    ],
)
def test_time_grows_in_proportion_to_length(piece: str) -> None:
    """Compares two sizes of one text: four times as long may take nine times as long, a square would take sixteen."""
    small, large = (piece * (size // len(piece)) for size in (6_000, 24_000))

    def seconds(text: str) -> float:
        best = float("inf")
        for _ in range(3):
            begin = time.process_time()
            split_sentences(text, "page")
            best = min(best, time.process_time() - begin)
        return best

    assert seconds(large) <= 9 * seconds(small) + 0.01


def test_a_line_of_ten_megabytes_is_read() -> None:
    assert len(split_sentences("word " * 2_000_000, "page")) == 1


def test_a_row_of_numbered_contents_is_one_segment_of_furniture() -> None:
    text = (
        "Contents\n1. Overview  2. Sources  3. Outcomes of panels  4. Quality\n"
        "Referrals to the scheme in a year of two lockdowns\n"
        "There were 4,915 referrals in the year to March 2021. Most of them came from the police.\n"
    )
    row = split_sentences(text, "row")[1]
    assert (row.text, row.role) == ("Overview 2. Sources 3. Outcomes of panels 4. Quality", "furniture")
