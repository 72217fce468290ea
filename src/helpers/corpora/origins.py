"""Where the texts of a corpus come from, and how one entry of it (a file, a line, a row) becomes a source text."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from helpers.corpora.columns import Columns
from helpers.corpora.streams import COMPRESSED, plain_name, read_whole
from helpers.records import Problem
from helpers.sources.catalogue import CatalogueRow
from helpers.sources.decoding import MAX_BYTES, FormatError, decode_text, read_bytes
from helpers.sources.descriptions import safe_identifier
from helpers.sources.files import (
    SourceError,
    SourceText,
    read_content,
    read_file,
    remarks_on,
    source_error,
    with_row,
)
from helpers.sources.folders import safe_name
from helpers.sources.formats import extract_text


class FileEntry(NamedTuple):
    """A file of a folder, with its row of the catalogue if it has one."""

    name: str
    row: CatalogueRow | None


@dataclass(frozen=True, slots=True)
class FileOrigin:
    """A folder of texts; `label` stands before the names of its files wherever they are shown."""

    folder: str
    label: str = ""
    has_catalogue: bool = False

    def shown(self, position: int, entry: FileEntry) -> str:
        """Return the name under which a text is shown, its ``raw_path``."""
        return self.label + safe_name(entry.name)

    def content(self, position: int, entry: FileEntry) -> bytes:
        """Return what decides whether an entry changed: name and bytes."""
        return f"{entry}\n".encode("utf-8", "surrogateescape") + self._bytes(entry)

    def identifier(self, position: int, entry: FileEntry) -> str:
        """Return the document_id that an entry would have if no other had it."""
        stem = PurePosixPath(plain_name(entry.name)).stem
        return entry.row.document_id if entry.row and entry.row.document_id else safe_identifier(stem)

    def text(self, position: int, entry: FileEntry) -> str:
        """Return the text of an entry alone."""
        try:
            return extract_text(self._bytes(entry), plain_name(entry.name)).text
        except FormatError as error:
            raise source_error(self.shown(position, entry), error) from None

    def source(self, position: int, entry: FileEntry, document_id: str) -> tuple[SourceText, list[Problem]]:
        """Return an entry as the source text of that name, with what was odd about it."""
        try:
            if entry.name.lower().endswith(COMPRESSED):
                content, name = self._bytes(entry), PurePosixPath(plain_name(entry.name)).name
                source = read_content(content, name, safe_name(entry.name))
            else:
                source = read_file(Path(self.folder, entry.name), Path(self.folder))
        except FormatError as error:
            raise source_error(self.shown(position, entry), error) from None
        except SourceError as error:
            error.problem.file = self.label + error.problem.file
            raise SourceError(error.problem) from None
        source.document.document_id = document_id
        problems = remarks_on(source, entry.name, entry.row, self.has_catalogue)
        for problem in problems:
            problem.file = self.label + problem.file
        source.document.raw_path = self.label + source.document.raw_path
        with_row(source, entry.row).document.document_id = document_id
        return source, problems

    def _bytes(self, entry: FileEntry) -> bytes:
        """Return the bytes of a file, unpacked."""
        path = Path(self.folder, entry.name)
        return read_whole(path, MAX_BYTES) if entry.name.lower().endswith(COMPRESSED) else read_bytes(path)


@dataclass(frozen=True, slots=True)
class RecordOrigin:
    """A file of records (JSON Lines or Parquet), one text each; `label` is its name as shown."""

    label: str
    columns: Columns

    def shown(self, position: int, entry: object) -> str:
        """Return the name under which a text is shown, its ``raw_path``: file and line or row, counted from 1."""
        return f"{self.label}:{position}"

    def content(self, position: int, entry: bytes | Mapping[str, Any] | None) -> bytes:
        """Return what decides whether an entry changed."""
        return entry if isinstance(entry, bytes) else repr(entry).encode("utf-8", "surrogatepass")

    def identifier(self, position: int, entry: bytes | Mapping[str, Any] | None) -> str:
        """Return the document_id that an entry would have if no other had it."""
        return self._identifier(position, self._record(position, entry)[0])

    def text(self, position: int, entry: bytes | Mapping[str, Any] | None) -> str:
        """Return the text of an entry alone."""
        try:
            return decode_text(self._text(self._record(position, entry)[0])).text
        except FormatError as error:
            raise source_error(self.shown(position, entry), error) from None

    def source(
        self, position: int, entry: bytes | Mapping[str, Any] | None, document_id: str
    ) -> tuple[SourceText, list[Problem]]:
        """Return an entry as the source text of that name, with what was odd about it, the gravest alone."""
        shown = self.shown(position, entry)
        record, fault = self._record(position, entry)
        try:
            content = self._text(record)
        except FormatError as error:
            raise source_error(shown, error) from None
        source = read_content(content, f"{self._identifier(position, record)}.txt", shown)
        source.document.document_id = document_id
        problem = self.columns.describe(source.document, record)
        if fault:
            problem = Problem(shown, "warning", fault, "UTF-8", "It was read; see whether it reads well.")
        return source, [found for found in (problem or source.problem,) if found]

    def _identifier(self, position: int, record: Mapping[str, Any]) -> str:
        """Return the identifier that a record gives, else file and number."""
        return self.columns.identifier_of(record, f"{PurePosixPath(plain_name(self.label)).stem}-{position}")

    def _text(self, record: Mapping[str, Any]) -> bytes:
        """Return the text of a record in UTF-8."""
        return self.columns.text_of(record).encode()

    def _record(self, position: int, entry: bytes | Mapping[str, Any] | None) -> tuple[Mapping[str, Any], str | None]:
        """Return the record of an entry, and what is wrong with its bytes."""
        if isinstance(entry, Mapping):
            return entry, None
        shown, fault = self.shown(position, entry), None
        if entry is None:
            error = FormatError("a line of more than 80 MB", "a record within the limit", "Split it.")
            raise source_error(shown, error)
        try:
            try:
                record = json.loads(entry)
            except UnicodeDecodeError:
                decoded = decode_text(entry)
                record = json.loads(decoded.text)
                fault = decoded.fault or f"not UTF-8, taken for {decoded.encoding}"
        except FormatError as error:
            raise source_error(shown, error) from None
        except (ValueError, RecursionError) as error:
            told = f"not JSON ({str(error)[:80]}): {safe_name(entry[:40].decode('utf-8', 'replace'))!r}"
            raise source_error(shown, FormatError(told, "a JSON object on each line", "Mend the line.")) from None
        if not isinstance(record, dict):
            told = f"{type(record).__name__} and no object: {str(record)[:40]!r}"
            raise source_error(shown, FormatError(told, "a JSON object on each line", "Mend the line."))
        return record, fault


Origin = FileOrigin | RecordOrigin


@dataclass(frozen=True, slots=True)
class Batch:
    """What one worker reads at a time: neighbouring entries of one origin.

    `number` counts batches, `start` the entries of all batches before; `positions` are the entries' places in their
    origin, counted from 1.
    """

    number: int
    start: int
    origin: Origin
    positions: Sequence[int]
    entries: Sequence[Any]
