"""The catalogue ``sources.csv`` beside the source texts: what is known about each, checked as a whole."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path, PurePosixPath

from helpers.errors import CatalogueError, listing, nearest
from helpers.sources.decoding import FormatError, decode_text, read_bytes
from helpers.vocabulary import DOCUMENT_TYPES

NAME = "sources.csv"
MAX_CATALOGUE_BYTES = 50_000_000
IDENTIFIER = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_.-]{0,119}")
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(slots=True)
class CatalogueRow:
    """What the catalogue says about one file; an empty cell is ``None``."""

    document_id: str | None
    file: str
    title: str | None
    publisher: str | None
    document_type: str | None
    published_date: date | None
    url: str | None
    licence: str | None
    note: str | None


COLUMNS = tuple(field.name for field in fields(CatalogueRow))


def read_catalogue(raw: Path) -> dict[str, CatalogueRow] | None:
    """Return the catalogue of a folder by file (relative, forward slashes), or ``None`` when the folder has none.

    Parameters
    ----------
    raw : Path
        The folder of source texts; the catalogue is ``sources.csv`` in it.

    Returns
    -------
    dict of str to CatalogueRow, or None
        In the order of the rows. That a file exists is not checked here: a row without a file is a problem, no fault.

    Raises
    ------
    CatalogueError
        When the catalogue cannot be read or is wrong anywhere; lists every fault with its row (the header is row 1).
    """
    path = Path(raw) / NAME
    if not path.exists() and not path.is_symlink():
        return None
    try:
        content = read_bytes(path, MAX_CATALOGUE_BYTES)
    except FormatError as error:
        raise CatalogueError(f"{path} cannot be read: {error}") from None
    return parse_catalogue(content, path)


def parse_catalogue(content: bytes, path: Path) -> dict[str, CatalogueRow]:
    """Return the rows that the bytes of a catalogue hold, as `read_catalogue` does; `path` is for the message."""
    faults: list[str] = []
    rows: list[tuple[int, CatalogueRow]] = []
    try:
        for number, values in _cells(decode_text(content).text, faults):
            rows.append((number, check_row(number, values, faults)))
    except FormatError as error:
        raise CatalogueError(f"{path} cannot be read: {error}") from None
    except csv.Error as error:
        faults.append(f"after row {len(rows) + 1}: {error}; expected commas between cells and quotes that close")
    _find_repeats(rows, "file", lambda row: row.file, faults)
    _find_repeats(rows, "document_id", lambda row: (row.document_id or "").casefold(), faults)
    if faults:
        places = "1 place" if len(faults) == 1 else f"{len(faults)} places"
        raise CatalogueError(f"{path} is wrong in {places}:\n{listing(faults)}\nMend them and run again.")
    return {row.file: row for _, row in rows}


def _cells(text: str, faults: list[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the number and the named cells of every row that is not blank; note what is wrong with the columns."""
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    header = [name.strip() for name in next(lines, [])]
    if missing := [repr(name) for name in COLUMNS if name not in header]:
        told = f"row 1: no column {', '.join(missing)}; expected the columns {', '.join(COLUMNS)}"
        semicolons = len(header) == 1 and ";" in header[0]
        faults.append(f"{told}, with commas between them, not semicolons" if semicolons else told)
    for name in COLUMNS:
        if header.count(name) > 1:
            faults.append(f"row 1: {header.count(name)} columns are called {name!r}; expected one")
    for number, line in enumerate(lines, start=2):
        if not any(cell.strip() for cell in line):
            continue
        if len(line) != len(header):
            faults.append(f"row {number}: {len(line)} cells; expected {len(header)} (put text with commas in quotes)")
        yield number, {name: cell.strip() for name, cell in zip(header, line, strict=False)}


def check_row(number: int, values: dict[str, str], faults: list[str]) -> CatalogueRow:
    """Return one row from its named cells; what is wrong with them goes to `faults`."""

    def fault(column: str, expected: str) -> None:
        faults.append(f"row {number}, {column} {values[column]!r}: expected {expected}")

    cell = {name: " ".join(values.get(name, "").split()) or None for name in COLUMNS}
    file = comparable_path(values.get("file", ""))
    if "file" in values and (not file or is_outside(file)):
        fault("file", "a path inside the folder, such as 'report.txt' or '2024/report.txt'")
    if cell["document_id"] and not IDENTIFIER.fullmatch(cell["document_id"]):
        fault("document_id", "at most 120 letters (a-z), digits, '_', '-' and '.', or nothing")
    if cell["document_type"] and cell["document_type"] not in DOCUMENT_TYPES:
        fault(
            "document_type",
            f"one of {', '.join(DOCUMENT_TYPES)}, or nothing. {nearest(cell['document_type'], DOCUMENT_TYPES)}",
        )
    if cell["url"] and not cell["url"].startswith(("https://", "http://")):
        fault("url", "an address that starts with https:// or http://, or nothing")
    day = _day(cell["published_date"] or "")
    if cell["published_date"] and day is None:
        fault("published_date", "a real day as YYYY-MM-DD, such as 2025-02-14, or nothing")
    return CatalogueRow(
        cell["document_id"], file, cell["title"], cell["publisher"], cell["document_type"], day,
        cell["url"], cell["licence"], cell["note"],
    )  # fmt: skip


def _day(written: str) -> date | None:
    """Return the day of YYYY-MM-DD, or nothing."""
    try:
        return date.fromisoformat(written) if ISO_DAY.fullmatch(written) else None
    except ValueError:
        return None


def comparable_path(file: str) -> str:
    """Return a relative path in the form in which paths are compared: forward slashes, composed letters, no ``./``."""
    path = PurePosixPath(unicodedata.normalize("NFC", file.replace("\\", "/")))
    return "" if path == PurePosixPath() else path.as_posix()


def is_outside(path: str) -> bool:
    """Return whether a path with forward slashes leads, or may lead, out of the folder it is relative to."""
    return path.startswith("/") or ".." in path.split("/") or bool(re.match(r"[A-Za-z]:", path)) or "\0" in path


def _find_repeats(
    rows: list[tuple[int, CatalogueRow]], column: str, key: Callable[[CatalogueRow], str], faults: list[str]
) -> None:
    """Note every value that more than one row has."""
    numbers: dict[str, list[int]] = {}
    for number, row in rows:
        if value := key(row):
            numbers.setdefault(value, []).append(number)
    for value, found in numbers.items():
        if len(found) > 1:
            faults.append(f"rows {', '.join(map(str, found))}: the same {column} {value!r}; expected one row each")
