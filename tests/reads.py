"""What the extractor reads in a text that a test writes down."""

from __future__ import annotations

from datetime import date

from helpers.records import Document, Event, Sentence, Statistic
from helpers.sentences.splitting import split_sentences
from helpers.speech.quotations import assign_speakers, find_quotations
from helpers.statistics.events import find_events
from helpers.statistics.extraction import extract_statistics

PUBLISHED = date(2025, 1, 15)  # a Wednesday; the latest national figures out by then are those of 2023/24


def read_text(
    text: str, published: date | None = PUBLISHED, document_id: str = "text"
) -> tuple[list[Sentence], list[Statistic], list[Event]]:
    """Return sentences, statistics and events of a text."""
    document = Document(document_id, published_date=published)
    sentences = split_sentences(text, document_id)
    quotations = find_quotations(text, sentences, document_id)
    assign_speakers(sentences, quotations)
    statistics = extract_statistics(text, sentences, document, quotations)
    return sentences, statistics, find_events(text, sentences, document, statistics)


def statistics_in(text: str, published: date | None = PUBLISHED) -> list[Statistic]:
    """Return the statistics of a text."""
    return read_text(text, published)[1]


def events_in(text: str, published: date | None = PUBLISHED) -> list[Event]:
    """Return the events of a text."""
    return read_text(text, published)[2]


def the_only(text: str, published: date | None = PUBLISHED) -> Statistic:
    """Return the one statistic of a text; the others fail the test."""
    (row,) = statistics_in(text, published)
    return row
