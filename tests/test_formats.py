"""PDFs: their text layer with wrapped lines joined, within limits."""

from __future__ import annotations

import subprocess
import sys

import pytest
from fpdf import FPDF
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.sources import formats
from helpers.sources.formats import FormatError, extract_pdf, extract_text, join_lines

LONG = (
    "The number of people who were referred to the programme went up in the year ending March 2024, when there were "
    "6,922 referrals in all. Of these, 512 (7%) were adopted after a panel had met, and the rest were passed on to "
    "other services or needed no further help from anyone."
)


def pdf(*pages: str, title: str = "") -> bytes:
    document = FPDF()
    if title:
        document.set_title(title)
    for words in pages:
        document.add_page()
        document.set_font("helvetica", size=12)
        if words:
            document.multi_cell(0, text=words)
    return bytes(document.output())


def test_wrapped_lines_are_joined_and_paragraphs_and_bullets_are_not():
    words = f"Prevent in 2023/24\n\n{LONG}\n\nA second paragraph.\n- Police made 1,921 of them\n- Education made 2,788"
    text = extract_pdf(pdf(words)).text
    assert text.splitlines() == [
        "Prevent in 2023/24", LONG, "A second paragraph.", "- Police made 1,921 of them", "- Education made 2,788",
    ]  # fmt: skip


def test_pages_are_kept_apart_and_those_without_text_counted():
    extracted = extract_pdf(pdf("Page one.", "", "Page three."))
    assert extracted.text == "Page one.\n\nPage three."
    assert extracted.fault == "1 of 3 pages hold no text"


def test_the_title_of_a_pdf_is_only_a_hint_and_its_making_no_publication_date():
    assert extract_pdf(pdf("Some words.", title="Annual summary")).hints == {"metadata_title": "Annual summary"}


def test_too_many_pages_or_characters_are_refused(monkeypatch):
    content = pdf("One page of words.", "Another page of words.")
    with pytest.raises(FormatError, match="too much text; expected at most 30 characters"):
        extract_text(content, "a.PDF", max_characters=30)
    monkeypatch.setattr(formats, "MAX_PAGES", 1)
    with pytest.raises(FormatError, match="a PDF of 2 pages; expected at most 1 pages"):
        extract_pdf(content)


@settings(max_examples=40)
@given(st.data())
def test_a_pdf_damaged_anywhere_is_read_or_refused(data):
    content = bytearray(pdf(LONG))
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        extract_pdf(bytes(content)).text.encode()
    except FormatError:
        return


def test_words_broken_at_a_hyphen_are_joined_without_a_space():
    page = "A young man was taken on by the counter-\r\nterrorism scheme and\ufffelater on he left it\r\nfor good."
    assert join_lines(page) == (
        "A young man was taken on by the counter-terrorism scheme and-later on he left it for good."
    )


@pytest.mark.parametrize(
    "page",
    [
        "Referrals\n6,922\n\nA line that is as long as the lines are here.",
        "Education, all schools and colleges 2,788 40%\nPolice, all forces and their partners 1,921 28%\nOthers 12",
        "This line is as long as all the others and ends here.\nThis one is as long as that and ends as well.",
    ],
)
def test_headings_rows_and_finished_lines_are_left_as_they_are(page):
    assert join_lines(page) == page


def test_plain_text_is_read_without_importing_the_readers_of_pages():
    ask = (
        "import sys; from helpers.sources.files import read_folder; from helpers.sources.formats import extract_text;"
        "extract_text(b'Twelve people.', 'a.txt');"
        "print(sys.modules.keys() & {'trafilatura', 'pypdfium2', 'lxml', 'pandas'})"
    )
    answer = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=False)
    assert (answer.stdout.strip(), answer.stderr) == ("set()", "")
