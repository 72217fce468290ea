"""The whole reading of one text: whatever the text, the rows are sound, and they depend on nothing but the text."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import asdict
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.reading import read_document
from helpers.records import Reading
from helpers.sources.decoding import FormatError, decode_text
from helpers.sources.files import describe_text
from helpers.tables import table_frame

TEXTS = sorted((Path(__file__).resolve().parent / "gold" / "blind" / "texts").glob("*.txt"))
TABLES = ("sentences", "statistics", "events", "quotations", "findings")
WORDS = """\
In the year ending 31 March 2024| there were 6,922 referrals| to Prevent in England and Wales|, up 1.5%| on the year
. Of these|, 512 (7%)| were adopted as a Channel case|nearly two-thirds|one in ten|111 of the 611|half|almost|doubled
between 5 and 7 years|Â£4.99m|a 14-year-old boy|no further referrals|respectively|4 out of 5|from 44% to|fewer than
last year|in May of that year|on 3 October|Published 12 December 2024|date 2025-02-14 |Recommendation 1|Home Office
Ann Roe said that |Ann Roe (Labour): |, she said|The review found two issues:|Implemented|- |• |1. |(a) |Most read
1Storm warning2Actor, 84, found|© 2024 The Gazette|Related topics|0|1|3,000|10,|1e9|٣|½|²|. |, |: |; | – | """
MARKS = "“”\"‘’'.…%£()/ \u00a0\u200b\x85\n\r\t"
PIECES = st.sampled_from([*WORDS.replace("\n", "|").split("|"), *MARKS, "\r\n", "\n\n"])
ANY_TEXT = st.lists(PIECES | st.text(max_size=6), max_size=30).map("".join)


def read(text: str, name: str = "page.txt") -> Reading:
    return read_document(text, describe_text(text, name))


def load(path: Path) -> str:
    return decode_text(path.read_bytes()).text


def assert_sound(reading: Reading) -> None:
    """Raise when a row lies outside the text, holds other words than its span, or stands on furniture."""
    text, last = reading.text, 0
    for sentence in reading.sentences:
        assert last <= sentence.span_start < sentence.span_end <= len(text)
        assert not text[last : sentence.span_start].strip(), "text between two sentences"
        last = sentence.span_end
    assert not text[last:].strip(), "text after the last sentence"
    for table in TABLES[1:]:
        for row in getattr(reading, table):
            assert row.document_id == reading.document.document_id
            assert 0 <= row.span_start < row.span_end <= len(text), (table, row)
    for row in (*reading.statistics, *reading.events):
        assert text[row.span_start : row.span_end] == row.surface
    for quotation in reading.quotations:
        assert text[quotation.span_start : quotation.span_end] == quotation.text
    places = {sentence.sentence_id: sentence for sentence in reading.sentences}
    for row in reading.statistics:
        home = places[row.sentence_id]
        assert home.span_start <= row.span_start < row.span_end <= home.span_end
        assert home.role != "furniture"
    spans = sorted((row.span_start, row.span_end) for row in reading.statistics)
    assert all(first[1] <= second[0] for first, second in pairwise(spans)), "two share characters"


@given(ANY_TEXT)
@settings(max_examples=300)
def test_any_text_gives_sound_rows_and_no_error(text):
    assert_sound(read(text))


@given(st.binary(max_size=300) | ANY_TEXT.map(lambda text: text.encode("cp1252", "replace")))
def test_any_bytes_give_sound_rows_or_are_refused(content):
    try:
        text = decode_text(content).text
    except FormatError:
        return
    assert_sound(read(text))


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_rows_of_whole_texts_are_sound(path):
    reading = read(load(path), path.name)
    assert_sound(reading)
    assert reading.statistics
    assert any(sentence.role in ("body", "list_item") for sentence in reading.sentences)


@given(ANY_TEXT, ANY_TEXT)
def test_a_text_is_read_the_same_whatever_was_read_before(text, neighbour):
    alone = asdict(read(text))
    read(neighbour, "neighbour.txt")
    assert asdict(read(text)) == alone


def test_reading_changes_neither_its_document_nor_the_sentences_it_was_given():
    """The pipeline stores the sentences in one step and reads on from them in another."""
    text = load(TEXTS[0])
    first = read(text)
    document, sentences = asdict(first.document), [asdict(row) for row in first.sentences]
    second = read_document(text, first.document, first.sentences)
    assert asdict(second) == asdict(first)
    assert asdict(first.document) == document
    assert [asdict(row) for row in first.sentences] == sentences


def test_a_process_of_its_own_and_another_order_of_texts_give_the_same_rows():
    """Another hash seed shuffles every set, so that an order taken from one would show."""
    here = {path.name: repr(read(load(path), path.name)) for path in TEXTS}
    program = (
        "import json, test_reading as t\n"
        "print(json.dumps({p.name: repr(t.read(t.load(p), p.name)) for p in reversed(t.TEXTS)}))"
    )
    seed = "1" if os.environ.get("PYTHONHASHSEED") != "1" else "2"
    answer = subprocess.run(
        [sys.executable, "-c", program], cwd=Path(__file__).parent, env=os.environ | {"PYTHONHASHSEED": seed},
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert answer.returncode == 0, answer.stderr
    there = json.loads(answer.stdout)
    assert [name for name in here if here[name] != there[name]] == []


@given(ANY_TEXT)
@settings(max_examples=40)
def test_every_table_of_any_reading_passes_its_schema(text):
    assert_tables(read(text))


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_every_table_of_a_whole_text_passes_its_schema(path):
    assert_tables(read(load(path), path.name))


def assert_tables(reading: Reading) -> None:
    """Raise when a table of the reading breaks its schema or loses a row."""
    assert len(table_frame("documents", [reading.document])) == 1
    for table in TABLES:
        assert len(table_frame(table, getattr(reading, table))) == len(getattr(reading, table))


def test_the_publication_date_resolves_last_year_and_nothing_else_changes():
    text = "Last year 114 people were referred to Prevent in Scotland. In 2016/17, 6,093 were in England and Wales."
    rows = []
    for day in (date(2024, 6, 1), date(2025, 6, 1)):
        document = describe_text(text, "page.txt")
        document.published_date = day
        rows.append(read_document(text, document).statistics)
    (early, early_dated), (late, late_dated) = rows
    assert early.period_end < late.period_end
    assert asdict(early_dated) == asdict(late_dated)
