"""Many texts read, each only once: what was read in a text is kept beside the tables, and read again when it changes.

An entry is found by a hash of the text, of what is known about it, and of all code and lists that the reading uses, so
it can never be out of date; one that is missing or damaged is made anew. Entries are JSON: nothing of them is executed.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import astuple, fields
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from helpers.errors import EvidenceError
from helpers.fingerprints import code_fingerprint, digest, digest_of
from helpers.lexicon import check_patterns
from helpers.paths import CACHE
from helpers.reading import read_document, read_sentences
from helpers.records import Document, Event, Finding, Quotation, Reading, Sentence, Statistic
from helpers.sentences.splitting import FURNITURE_THRESHOLD
from helpers.sources.files import SourceText, load_text

SENTENCES: Mapping[str, type] = {"documents": Document, "sentences": Sentence}
READINGS: Mapping[str, type] = {"statistics": Statistic, "events": Event, "quotations": Quotation, "findings": Finding}
Rows = dict[str, list[Any]]


def read_all_sentences(
    sources: Iterable[SourceText], processed: Path | str, furniture_threshold: float = FURNITURE_THRESHOLD
) -> list[Sentence]:
    """Return the sentences of all texts, as `read_sentences` finds them.

    Parameters
    ----------
    sources : iterable of SourceText
        The texts; the number of sentences and the share of furniture are noted in their documents.
    processed : Path or str
        Folder of the tables, in which readings are kept.
    furniture_threshold : float
        Score (0 to 1) from which a sentence counts as page furniture.

    Raises
    ------
    EvidenceError
        When a text makes the reader fail; the message names it.
    """
    found: list[Sentence] = []
    for source in sources:
        document = source.document

        def read(source: SourceText = source) -> Rows:
            sentences = read_sentences(source.text, source.document, furniture_threshold)
            return {"documents": [source.document], "sentences": sentences}

        rows = _kept(processed, document, (source.text, furniture_threshold), SENTENCES, read)
        document.n_sentences = rows["documents"][0].n_sentences
        document.furniture_share = rows["documents"][0].furniture_share
        found += rows["sentences"]
    return found


def read_documents(
    documents: Iterable[Document], sentences: Iterable[Sentence], processed: Path | str
) -> list[Reading]:
    """Return what each stored text states, as `read_document` finds it.

    Parameters
    ----------
    documents, sentences : iterables of records
        The rows of these two tables.
    processed : Path or str
        Folder of the tables, in which the texts lie and readings are kept.

    Raises
    ------
    EvidenceError
        When a text is missing, or makes the reader fail; the message names it.
    """
    by_document: dict[str, list[Sentence]] = {}
    for sentence in sentences:
        by_document.setdefault(sentence.document_id, []).append(sentence)
    readings = []
    for document in documents:
        text, own = load_text(document.document_id, Path(processed)), by_document.get(document.document_id, [])

        def read(text: str = text, document: Document = document, own: list[Sentence] = own) -> Rows:
            reading = read_document(text, document, own)
            return {name: getattr(reading, name) for name in READINGS}

        rows = _kept(processed, document, (text, [astuple(sentence) for sentence in own]), READINGS, read)
        readings.append(Reading(document, text, own, **rows))
    return readings


def _kept(
    processed: Path | str,
    document: Document,
    read_from: Sequence[Any],
    kinds: Mapping[str, type],
    read: Callable[[], Rows],
) -> Rows:
    """Return rows as kept under everything they depend on; where none are kept, read and keep them."""
    key = digest_of([_reader(), list(kinds), astuple(document), read_from])
    path = Path(processed) / CACHE / "readings" / key[:2] / f"{key}.json"
    rows = _load(path, kinds)
    if rows is None:
        try:
            rows = read()
        except EvidenceError:
            raise
        except Exception as error:  # whatever fails, the user must know in which text
            if isinstance(error, re.error):
                check_patterns()
            raise EvidenceError(
                f"{document.raw_path!r} makes the reader fail ({type(error).__name__}: {error}): take the text out of "
                "the folder to build without it, and report it with the text"
            ) from error
        _store(path, rows)
    return rows


@cache
def _reader() -> str:
    """Return the hash of all that a reading comes from but the text."""
    return code_fingerprint("import helpers.readings")


def _load(path: Path, kinds: Mapping[str, type]) -> Rows | None:
    """Return the rows kept in a file, or nothing where there are none or the file is not as it was written."""
    try:
        content = path.read_text(encoding="utf-8")
        checked, _, body = content.partition("\n")
        if checked != digest(body):
            return None
        os.utime(path)  # what is in use is not swept
        kept = json.loads(body)
        return {name: [_record(kind, values) for values in kept[name]] for name, kind in kinds.items()}
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _record(kind: type, values: Sequence[Any]) -> Any:
    """Return a record from its values in JSON."""
    if len(values) != len(fields(kind)):
        raise ValueError(f"{len(values)} values, expected {len(fields(kind))}")
    days = _day_columns(kind)
    return kind(*(date.fromisoformat(value) if value and at in days else value for at, value in enumerate(values)))


@cache
def _day_columns(kind: type) -> frozenset[int]:
    """Return the places of a record's fields that hold days."""
    return frozenset(at for at, field in enumerate(fields(kind)) if "date" in str(field.type))


def _store(path: Path, rows: Rows) -> None:
    """Keep rows in one step; a folder that cannot be written to, or is full, keeps none."""
    body = json.dumps(
        {name: [astuple(row) for row in records] for name, records in rows.items()}, default=date.isoformat
    )
    part = path.with_suffix(f".{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(f"{digest(body)}\n{body}", encoding="utf-8", newline="\n")
        os.replace(part, path)
    except OSError:
        with suppress(OSError):
            part.unlink()
