"""Reading one source text from its first to its last stage: sentences, quotations, statistics, events, findings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from helpers.records import Document, Quotation, Reading, Sentence
from helpers.sentences.splitting import FURNITURE_THRESHOLD, split_sentences
from helpers.sources.files import SourceText
from helpers.speech.dating import earliest_days
from helpers.speech.quotations import assign_speakers, find_quotations

if TYPE_CHECKING:
    from helpers.statistics.traces import Trace

TABLES = ("sentences", "statistics", "events", "quotations", "findings")


def read_sentences(text: str, document: Document, furniture_threshold: float = FURNITURE_THRESHOLD) -> list[Sentence]:
    """Return the sentences of `text`, furniture included, each with the speaker who is quoted in it.

    Their number and the share of furniture among the characters are noted in `document`.
    """
    return _read_speech(text, document, furniture_threshold)[0]


def _read_speech(
    text: str, document: Document, furniture_threshold: float = FURNITURE_THRESHOLD
) -> tuple[list[Sentence], list[Quotation]]:
    """Return the sentences and quotations of a text; who is quoted does not change what is a quotation."""
    sentences = split_sentences(text, document.document_id, furniture_threshold)
    document.n_sentences = len(sentences)
    furniture = sum(one.span_end - one.span_start for one in sentences if one.role == "furniture")
    document.furniture_share = furniture / max(len(text), 1)
    quotations = find_quotations(text, sentences, document.document_id)
    assign_speakers(sentences, quotations)
    return sentences, quotations


def note_earliest_days(sources: Sequence[SourceText], sentences: Sequence[Sentence]) -> None:
    """Note in each undated document how old it can be at most, from the dated texts of the folder that it quotes.

    Parameters
    ----------
    sources : sequence of SourceText
        All texts of a folder; `not_before` of their documents is filled in place.
    sentences : sequence of Sentence
        The sentences of all of them.
    """
    by_document: dict[str, list[Sentence]] = defaultdict(list)
    for sentence in sentences:
        by_document[sentence.document_id].append(sentence)
    quotations = [
        quotation
        for source in sources
        if source.document.published_date is None
        for quotation in find_quotations(
            source.text, by_document[source.document.document_id], source.document.document_id
        )
    ]
    texts = {source.document.document_id: source.text for source in sources}
    days = earliest_days([source.document for source in sources], texts, quotations)
    for source in sources:
        source.document.not_before = days.get(source.document.document_id)


def read_document(
    text: str,
    document: Document,
    sentences: list[Sentence] | None = None,
    traces: list[Trace] | None = None,
    tables: Collection[str] = TABLES,
) -> Reading:
    """Return everything that `text` states.

    Parameters
    ----------
    text : str
        The source text; all offsets are half-open characters of it.
    document : Document
        What is known about the text; the publication date resolves "last year" and the like.
    sentences : list of Sentence, optional
        The sentences if they were split before; split here when left out.
    traces : list of Trace, optional
        Filled with how each sentence was read.
    tables : collection of str
        Which of `TABLES` are wanted; the others may stay empty, which saves time.

    Returns
    -------
    Reading
        Sentences, statistics, events, quotations and findings, each in order of their place in the text.
    """
    from helpers.findings.reviews import find_findings  # these take a second to load, and sentences need none of them
    from helpers.statistics.events import find_events
    from helpers.statistics.extraction import extract_statistics

    if sentences is None:
        sentences, quotations = _read_speech(text, document)
    else:
        quotations = find_quotations(text, sentences, document.document_id)
    traces = [] if traces is None else traces
    reading = Reading(document, text, sentences, quotations=quotations)
    if "statistics" in tables or "events" in tables:
        reading.statistics = extract_statistics(text, sentences, document, quotations, traces)
    if "events" in tables:
        reading.events = find_events(text, sentences, document, reading.statistics, traces)
    if "findings" in tables:
        reading.findings = find_findings(text, sentences, document.document_id)
    return reading
