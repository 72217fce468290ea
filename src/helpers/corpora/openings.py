"""The sources of a corpus as they are named: folders, patterns, JSON Lines, Parquet, opened and cut into batches."""

from __future__ import annotations

import glob
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from helpers.corpora.columns import Columns
from helpers.corpora.origins import Batch, FileEntry, FileOrigin, RecordOrigin
from helpers.corpora.streams import COMPRESSED, open_stream, plain_name, read_lines
from helpers.errors import CallError, listing
from helpers.records import Problem
from helpers.sources.catalogue import comparable_path, read_catalogue
from helpers.sources.decoding import MAX_BYTES, FormatError
from helpers.sources.files import missing_text
from helpers.sources.folders import foreign_file, list_files, safe_name
from helpers.sources.formats import SUFFIXES

LINES, ROWS = (".jsonl", ".ndjson"), (".parquet", ".pq")
TEXTS = SUFFIXES + tuple(f"{suffix}{packed}" for suffix in SUFFIXES for packed in COMPRESSED)
MAX_LINE = 4 * MAX_BYTES  # bytes; a text is longer in JSON, which writes some characters as six
BATCH_BYTES = 8_000_000  # of a batch, the last entry apart
Entries = Iterator[tuple[int, Any, int]]  # position, entry, size in bytes


@dataclass
class Source:
    """One opened source; `problems` are those of the source itself, `broken` says that it was not read to its end."""

    path: Path
    origin: FileOrigin | RecordOrigin
    names: list[FileEntry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    broken: Problem | None = None

    def entries(self) -> Entries:
        """Yield all entries in order; a source that breaks off is noted and ends."""
        try:
            if isinstance(self.origin, FileOrigin):
                for position, entry in enumerate(self.names, start=1):
                    yield position, entry, _size(self.path / entry.name)
            elif self.path.name.lower().endswith(ROWS):
                yield from _rows(self.path, self.origin.columns)
            else:
                with open_stream(self.path) as stream:
                    for position, line in read_lines(stream, MAX_LINE):
                        yield position, line, len(line or b"")
        except FormatError as error:
            self.broken = Problem(self.origin.label, "error", error.problem, error.expected, error.action)


def _size(path: Path) -> int:
    """Return the size of a file, nothing when it is gone."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _rows(path: Path, columns: Columns) -> Entries:
    """Yield the rows of a Parquet file without holding all of it."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path) as file:
            position = 0
            for group in file.iter_batches(500, columns=columns.wanted(file.schema_arrow.names)):
                for row in group.to_pylist():
                    position += 1
                    yield position, row, len(str(row.get(columns.text) or ""))
    except (pa.ArrowException, OSError) as error:
        raise FormatError(f"cannot be read as Parquet: {error}", "a complete Parquet file", "Fetch it again.") from None


def open_sources(names: Sequence[str], columns: Columns) -> list[Source]:
    """Return the sources that the command line names, in order, each once.

    Parameters
    ----------
    names : sequence of str
        Files, folders and patterns (``texts/**/*.jsonl.gz``). What a pattern finds is sorted.
    columns : Columns
        Names of columns in files of records.

    Raises
    ------
    CallError
        When something named does not exist, is of no kind that is read, or lacks a column; lists all such faults.
    """
    paths, faults = _paths(names)
    if faults:
        raise CallError(f"{len(faults)} of the sources cannot be read:\n{listing(faults)}")
    home = Path(os.path.commonpath([path.parent for path in paths]))
    sources: list[Source] = []
    single: dict[Path, list[str]] = {}
    for path in paths:
        if path.is_dir():
            sources += _folder(path, _label(path, home) if len(paths) > 1 else "", columns)
        elif path.name.lower().endswith(TEXTS):
            single.setdefault(path.parent, []).append(path.name)
        else:
            sources.append(_records(path, _label(path, home), columns))
    return sources + [_files(folder, _label(folder, home), names) for folder, names in single.items()]


def _paths(names: Sequence[str]) -> tuple[list[Path], list[str]]:
    """Return the absolute paths of all that is named, each once, and a line for each name that cannot be read."""
    paths: dict[Path, None] = {}
    faults: list[str] = []
    for name in names:
        found = [name] if os.path.lexists(name) else sorted(glob.glob(name, recursive=True))
        if not found:
            faults.append(f"{name!r}: there is no such file or folder, and as a pattern it finds nothing")
        for each in found:
            path = Path(os.path.abspath(each))
            if path.is_dir() or path.name.lower().endswith(TEXTS) or _holds_records(path.name):
                paths[path] = None
            elif len(found) == 1:
                kinds = ", ".join((*SUFFIXES, *LINES, *ROWS))
                faults.append(f"{each!r}: expected a folder or one of {kinds} (all but Parquet also as .gz or .zst)")
    if not paths and not faults:
        faults.append(f"{', '.join(map(repr, names))}: nothing found there is of a kind that is read")
    return list(paths), faults


def _label(path: Path, home: Path) -> str:
    """Return the name of a source as shown: relative to the folder that holds all of them."""
    label = os.path.relpath(path, home).replace(os.sep, "/")
    return safe_name("" if label == "." else f"{label}/" if path.is_dir() else label)


def _folder(folder: Path, label: str, columns: Columns) -> list[Source]:
    """Return the texts of a folder as one source, and each file of records in it as another."""
    rows = read_catalogue(folder)
    catalogue = rows or {}
    files, problems = list_files(folder)
    seen = {comparable_path(name) for name in files} | {problem.file for problem in problems}
    records = [name for name in files if _holds_records(name)]
    others = [name for name in files if not name.lower().endswith(TEXTS) and not _holds_records(name)]
    problems += [foreign_file(folder, name) for name in others]
    problems += [missing_text(folder, row) for row in catalogue.values() if row.file not in seen]
    for problem in problems:
        problem.file = label + problem.file
    names = [FileEntry(name, catalogue.get(comparable_path(name))) for name in files if name.lower().endswith(TEXTS)]
    origin = FileOrigin(str(folder), label, rows is not None)
    return [
        Source(folder, origin, names, problems),
        *(_records(folder / name, label + safe_name(name), columns) for name in records),
    ]


def _files(folder: Path, label: str, names: list[str]) -> Source:
    """Return texts of one folder that were named one by one."""
    rows = read_catalogue(folder) or {}
    entries = [FileEntry(name, rows.get(comparable_path(name))) for name in names]
    return Source(folder, FileOrigin(str(folder), label), entries)


def _holds_records(name: str) -> bool:
    """Say whether a file holds records by its name."""
    return plain_name(name).lower().endswith(LINES) or name.lower().endswith(ROWS)


def _records(path: Path, label: str, columns: Columns) -> Source:
    """Return a file of records as a source; that it has the columns asked for is seen from its beginning.

    Raises
    ------
    CallError
        When a column asked for is not there.
    """
    source = Source(path, RecordOrigin(label, columns))
    try:
        present = _present(path)
    except FormatError as error:
        source.broken = Problem(label, "error", error.problem, error.expected, error.action)
        return source
    if present is not None:
        columns.check(present, label)
    return source


def _present(path: Path) -> list[str] | None:
    """Return the columns of a file of records, nothing when its first record cannot be read."""
    if path.name.lower().endswith(ROWS):
        import pyarrow as pa
        import pyarrow.parquet as pq

        try:
            return list(pq.read_schema(path).names)
        except (pa.ArrowException, OSError) as error:
            told = f"cannot be read as Parquet: {error}"
            raise FormatError(told, "a complete Parquet file", "Fetch it again.") from None
    with open_stream(path) as stream:
        for _, line in read_lines(stream, MAX_LINE):
            try:
                record = json.loads(line or b"")
            except (ValueError, RecursionError):
                return None
            return list(record) if isinstance(record, dict) else None
    return None


def cut_batches(sources: Iterable[Source], most: int) -> Iterator[Batch]:
    """Yield all entries of all sources in order, as batches of at most `most` entries and about `BATCH_BYTES`."""
    number = start = 0
    for source in sources:
        positions: list[int] = []
        entries: list[Any] = []
        held = 0
        for position, entry, size in source.entries():
            positions.append(position)
            entries.append(entry)
            held += size
            if len(entries) >= most or held >= BATCH_BYTES:
                yield Batch(number, start, source.origin, positions, entries)
                number, start = number + 1, start + len(entries)
                positions, entries, held = [], [], 0
        if entries:
            yield Batch(number, start, source.origin, positions, entries)
            number, start = number + 1, start + len(entries)
