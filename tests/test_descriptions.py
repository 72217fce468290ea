"""What a text says about itself, in the shapes that such texts come in; and nothing that it does not say."""

from __future__ import annotations

import re
import time

import pytest
import yaml
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

from helpers.lexicon import read_lexicon
from helpers.sources.descriptions import describe_text, safe_identifier

PROSE = "The council runs a scheme for young people and has a small team that looks after it in the town. " * 3
TEXTS = yaml.safe_load((ROOT / "tests" / "texts" / "descriptions.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("shape", TEXTS)
def test_each_shape_is_described_by_its_own_marks(shape):
    document = describe_text(TEXTS[shape]["text"], "text.txt")
    day = document.published_date.isoformat() if document.published_date else None
    described = {
        "document_type": document.document_type, "title": document.title, "publisher": document.publisher,
        "published_date": day,
    }  # fmt: skip
    assert described | {"text": TEXTS[shape]["text"]} == TEXTS[shape]


MARKS = [mark for marks in read_lexicon("descriptions")["types"].values() for mark in marks]


@pytest.mark.parametrize("mark", [mark for mark in MARKS if "least" not in mark], ids=lambda mark: mark["example"])
def test_every_mark_of_a_type_finds_its_example(mark):
    found = re.search(mark["mark"], mark["example"].lower(), re.M)
    assert found
    assert any(word in found[0] for word in mark["has"])


def test_the_licence_is_read_where_it_is_stated():
    assert describe_text(TEXTS["bulletin"]["text"], "a.txt").licence == "Open Government Licence v3.0"
    assert describe_text(TEXTS["news, modern page"]["text"], "a.txt").licence is None


@pytest.mark.parametrize(
    ("line", "publisher"),
    [
        ("© 2021 Sample Gazette. All rights reserved.", "Sample Gazette"),
        ("Copyright © 2019-2024, The Eastmere Post Ltd", "The Eastmere Post Ltd"),
        ("© Sample Trust 2024", "Sample Trust"),
        ("(c) 2020 GOV.UK", "GOV.UK"),
        ("© Crown copyright 2024", None),
        ("© 2021 Getty Images", None),
        ("© 2021", None),
        ("The review was published by the Sample Office.", None),
    ],
)
def test_a_copyright_line_names_the_publisher(line, publisher):
    assert describe_text(f"A headline about Prevent\n{PROSE}\n{line}", "a.txt").publisher == publisher


@pytest.mark.parametrize("line", ["Hansard", "House of Commons Hansard", "Commons Chamber"])
def test_the_record_of_parliament_is_its_own(line):
    assert describe_text(f"Prevent: a debate\n{line}\n{PROSE}", "a.txt").publisher == "UK Parliament"


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("# Panels", "Panels"),
        ("🙏 Prevent: what was learnt", "Prevent: what was learnt"),
        (" date 2024-05-14 A minister told the House about panels.", "A minister told the House about panels"),
        ("Title: Who sits on panels", "Who sits on panels"),
        ("Panels in figures - BBC News", "Panels in figures"),
        ("“Nobody listens”, says panel chair", "“Nobody listens”, says panel chair"),
        ("Referrals to Prevent, year ending 31 March 2021", "Referrals to Prevent, year ending 31 March 2021"),
        ("Two words", None),
        ("This is the first sentence of the body and it is long enough to be nothing else.", None),
    ],
)
def test_titles_are_read_and_body_is_not_taken_for_one(line, title):
    assert describe_text(f"{line}\n{PROSE}", "a.txt").title == title


def test_names_with_capitals_inside_do_not_end_a_glued_headline():
    words = (
        "Panels to get a hand from Fiona McDonald and YouTube in their workThe council has agreed to a plan of hers. "
    )
    assert (
        describe_text(words * 3, "a.txt").title == "Panels to get a hand from Fiona McDonald and YouTube in their work"
    )


@pytest.mark.parametrize(
    ("stem", "identifier"),
    [
        ("a b", "a_b"),
        ("Café №5", "Cafe_No5"),
        ("..", "text"),
        ("", "text"),
        ("../x", "_x"),
        ("a:b", "a_b"),
        ("докл", "_"),
    ],
)
def test_identifiers_are_safe(stem, identifier):
    assert safe_identifier(stem) == identifier


@given(st.text(st.characters(), max_size=300), st.text(st.characters(), max_size=40))
def test_any_text_and_name_is_described(text, name):
    document = describe_text(text, name)
    assert document.document_id.isascii()
    assert not set(document.document_id) & set("/:\\ \n")


@pytest.mark.parametrize(
    "part", ["a", "© 2021 A ", "A ", "“", "said ", "Recommendation 1\n", "\n", "Minister the House\n", "with leave "]
)
def test_long_texts_cost_time_in_proportion(part):
    started = time.process_time()
    describe_text(part * (1_000_000 // len(part)), "a.txt")
    assert time.process_time() - started < 3
