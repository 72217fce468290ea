"""One batch of texts from its sources to its Parquet files: what a worker does."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa

from helpers.checks.verdicts import check_statistics
from helpers.corpora.attempts import CRASHES, Attempt
from helpers.corpora.origins import Batch
from helpers.corpora.survey import Instructions, Look, batch_content, look_at
from helpers.corpora.writing import arrow_table, part_paths, write_part
from helpers.errors import EvidenceError, TableError
from helpers.official.series import OfficialSeries, read_official
from helpers.reading import read_document
from helpers.records import Problem
from helpers.sources.files import SourceError, SourceText, repeat_of

# The order in which a batch is written: once its documents are there, all of it is.
TABLES = (
    "problems", "sentences", "statistics", "events", "quotations", "findings", "checks", "documents",
)  # fmt: skip
READ = ("sentences", "statistics", "events", "quotations", "findings")
Rows = dict[str, list[Any]]


@dataclass(frozen=True, slots=True)
class Setting:
    """What is the same for all batches of a run: folders, what decides about the result, and the notes of attempts."""

    out: Path
    official: Path
    version: str
    notes: Path | None = None

    @property
    def aside(self) -> Path:
        """Folder of what is not finished yet."""
        return self.out / ".work"

    def notes_of(self, batch: Batch) -> Path | None:
        """Return the file in which the attempts at a batch are noted."""
        return self.notes / f"{batch.number}.at" if self.notes else None


@dataclass(frozen=True, slots=True)
class Partition:
    """One batch with all that is needed to read it; `key` names its files and changes with anything they depend on."""

    batch: Batch
    instructions: Instructions
    key: str


def partition_key(batch: Batch, instructions: Instructions, version: str) -> str:
    """Return the name of a batch's files: the same as long as sources, identifiers, code and official figures are."""
    columns = getattr(batch.origin, "columns", None)
    known = (version, batch.origin.label, columns, sorted(instructions.suffixes.items()))
    told = repr((*known, sorted(instructions.repeats.items()), instructions.content.hex()))
    return hashlib.sha256(told.encode("utf-8", "backslashreplace")).hexdigest()[:20]


def look_at_batch(batch: Batch, setting: Setting) -> Look:
    """Return what a first look at a batch finds; texts that killed earlier attempts are not looked at."""
    with Attempt(setting.notes_of(batch)) as attempt:
        return look_at(batch, attempt.at, attempt.refused)


def read_partition(partition: Partition, setting: Setting) -> dict[str, int]:
    """Read and check all texts of a batch, and write what they state.

    Returns
    -------
    dict of str to int
        The number of rows written, by table. A text that cannot be read is a row among the problems.

    Raises
    ------
    EvidenceError
        When the sources have changed since they were looked at, or nothing can be written.
    """
    batch = partition.batch
    if batch_content(batch) != partition.instructions.content:
        raise EvidenceError(
            f"{batch.origin.label or 'the folder of texts'} changed while it was being read; expected sources that "
            "stay as they are during a run. Run the same command again."
        )
    series = _official(setting.official)
    with Attempt(setting.notes_of(batch)) as attempt:
        texts = []
        for place in range(len(batch.entries)):
            attempt.at(place)
            texts.append(_read_entry(partition, place, place in attempt.refused, series))
        contents = _tables(batch, texts)
    for table, path in part_paths(setting.out, TABLES, partition.key).items():
        write_part(contents[table], path, setting.aside)
    return {table: len(content) for table, content in contents.items()}


def _tables(batch: Batch, texts: Sequence[Rows]) -> dict[str, pa.Table]:
    """Return the tables of a batch; a text whose rows break the data contract becomes a problem."""
    try:
        return {table: arrow_table(table, [row for rows in texts for row in rows.get(table, ())]) for table in TABLES}
    except TableError:
        sound = []
        for position, entry, rows in zip(batch.positions, batch.entries, texts, strict=True):
            try:
                for table, found in rows.items():
                    arrow_table(table, found)
                sound.append(rows)
            except TableError as error:
                sound.append({"problems": [_failed(batch.origin.shown(position, entry), error)]})
        return {table: arrow_table(table, [row for rows in sound for row in rows.get(table, ())]) for table in TABLES}


@cache
def _official(folder: Path) -> OfficialSeries:
    """Return the official figures, read once by each process."""
    return read_official(folder)


def _read_entry(partition: Partition, place: int, refused: bool, series: OfficialSeries) -> Rows:
    """Return the rows of one text, or the problem that it is; nothing that a text does may end the run."""
    batch, instructions = partition.batch, partition.instructions
    position, entry = batch.positions[place], batch.entries[place]
    shown = batch.origin.shown(position, entry)
    if refused:
        return {"problems": [_killer(shown)]}
    if place in instructions.repeats:
        return {"problems": [repeat_of(instructions.repeats[place], shown)]}
    try:
        identifier = batch.origin.identifier(position, entry)
        if number := instructions.suffixes.get(place):
            identifier += f"-{number}"
        source, remarks = batch.origin.source(position, entry, identifier)
        return _rows(source, series) | {"problems": remarks}
    except SourceError as error:
        return {"problems": [error.problem]}
    except Exception as error:
        return {"problems": [_failed(shown, error)]}


def _rows(source: SourceText, series: OfficialSeries) -> Rows:
    """Return everything that one text states, and how it fares."""
    reading = read_document(source.text, source.document)
    rows: Rows = {table: getattr(reading, table) for table in READ}
    rows["checks"] = list(check_statistics(reading.statistics, [source.document], series))
    return rows | {"documents": [source.document]}


def _killer(shown: str) -> Problem:
    """Return the problem of a text that kills whoever reads it."""
    told = f"{CRASHES} workers died while they read it"
    action = "It was left out. Read it alone with `prevent extract`; give workers more memory and run with --fresh."
    return Problem(shown, "error", told, "a text that can be read", action)


def _failed(shown: str, error: Exception) -> Problem:
    """Return the problem of a text at which the reading itself failed."""
    told = f"reading failed: {type(error).__name__}: {str(error)[:200]}"
    return Problem(shown, "error", told, "a text that can be read", "It was left out. Please report it with the text.")
