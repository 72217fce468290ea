"""The earliest day of an undated text."""

from __future__ import annotations

from datetime import date

from helpers.records import Document, Quotation
from helpers.speech.dating import earliest_days

STATEMENT = "I can tell the House that the panel closed the file in June and nobody asked the college why it wrote."
REPORT = "The minister said: “The panel closed the file in June and nobody asked the college why it wrote.” She left."


def quotation(text: str, document_id: str = "report", is_direct: bool = True) -> Quotation:
    return Quotation(f"{document_id}:0", document_id, 0, len(text), text, "minister", None, is_direct)


def days(quoted: str, published: date | None = None, is_direct: bool = True) -> dict[str, date]:
    documents = [Document("statement", published_date=date(2025, 2, 14)), Document("report", published_date=published)]
    texts = {"statement": STATEMENT, "report": REPORT}
    return earliest_days(documents, texts, [quotation(quoted, is_direct=is_direct)])


LONG = "“The panel closed the file in June and nobody asked the college why it wrote.”"


def test_a_text_is_no_older_than_the_dated_text_it_quotes():
    assert days(LONG) == {"report": date(2025, 2, 14)}


def test_case_and_kinds_of_quotation_marks_do_not_matter():
    assert days(LONG.upper().replace("“", '"')) == {"report": date(2025, 2, 14)}


def test_a_dated_text_keeps_its_own_date():
    assert days(LONG, published=date(2024, 1, 1)) == {}


def test_a_few_words_in_common_prove_nothing():
    assert days("“The panel closed the file in June”") == {}


def test_reported_speech_proves_nothing():
    assert days(LONG, is_direct=False) == {}


def test_words_that_no_dated_text_holds_prove_nothing():
    assert days("“We shall write to every college in the county before the summer holidays begin, I promise.”") == {}


def test_the_latest_of_several_dated_texts_counts():
    documents = [
        Document("first", published_date=date(2020, 1, 1)),
        Document("second", published_date=date(2021, 1, 1)),
        Document("report"),
    ]
    texts = {"first": STATEMENT, "second": STATEMENT, "report": REPORT}
    assert earliest_days(documents, texts, [quotation(LONG)]) == {"report": date(2021, 1, 1)}


def test_no_undated_text_means_nothing_to_find():
    assert (
        earliest_days([Document("a", published_date=date(2020, 1, 1))], {"a": STATEMENT}, [quotation(LONG, "a")]) == {}
    )
