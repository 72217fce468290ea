"""Adding a text to a folder of source texts: its bytes as they are, a row in the catalogue, and nothing overwritten."""

from __future__ import annotations

import csv
import hashlib
import io
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from helpers.errors import CallError, listing
from helpers.sources.catalogue import COLUMNS, MAX_CATALOGUE_BYTES, check_row, parse_catalogue
from helpers.sources.catalogue import NAME as CATALOGUE
from helpers.sources.decoding import decode_text, read_bytes
from helpers.sources.descriptions import safe_identifier
from helpers.sources.files import read_content
from helpers.sources.folders import NOT_SOURCES, READABLE, document_identifiers, list_files
from helpers.sources.formats import SUFFIXES

DESCRIBED = ("title", "publisher", "document_type", "published_date", "licence")
FORMULA = ("=", "+", "-", "@")
Ask = Callable[[str, Callable[[str], str]], str]


@dataclass(frozen=True, slots=True)
class Addition:
    """What became of a text: where it lies, its sha256, its row, and whether it is new there."""

    path: Path
    sha256: str
    row: dict[str, str]
    is_new: bool


def check_description(given: Mapping[str, str]) -> None:
    """Raise `CallError` listing everything that the catalogue would not take."""
    faults = [fault for name, value in given.items() if (fault := fault_of(name, value))]
    if faults:
        raise CallError(f"{len(faults)} of the options cannot be put into the catalogue:\n{listing(faults)}")


def fault_of(column: str, value: str) -> str:
    """Return what is wrong with one value of the catalogue, nothing when it is right."""
    faults: list[str] = []
    check_row(0, dict.fromkeys(COLUMNS, "") | {"file": "x", column: value}, faults)
    return faults[0].removeprefix("row 0, ") if faults else ""


def add_source(
    content: bytes, name: str, raw: Path, given: Mapping[str, str], today: date, ask: Ask | None = None
) -> Addition:
    """Store a text in `raw` and enter it in the catalogue; the same bytes twice are told and change nothing.

    Parameters
    ----------
    content : bytes
        The text as it was received; stored unchanged.
    name : str
        File name, whose extension says the format; made safe, and numbered where it is taken.
    raw : Path
        The folder of source texts.
    given : mapping of str to str
        Column of the catalogue → value; goes before what the text says about itself.
    today : date
        For the note in the catalogue.
    ask : callable, optional
        Called with a column that neither is given nor can be read, and a function that says what is wrong with an
        answer; returns the answer.

    Raises
    ------
    CallError
        When there is no such folder, it cannot be written to, a given value or the extension is wrong, or another
        command is adding a text.
    SourceError
        When the bytes cannot be read as a text; nothing is stored then.
    CatalogueError
        When the catalogue is wrong already; nothing is stored then.
    """
    check_description(given)
    if not raw.is_dir():
        raise CallError(f"there is no folder {str(raw)!r}; make it, or name another with --raw DIR")
    suffix = PurePosixPath(name).suffix.lower()
    if suffix not in SUFFIXES:
        raise CallError(f"{name!r} cannot be read by its extension; expected {READABLE}. Save it as one of them.")
    digest = hashlib.sha256(content).hexdigest()
    if earlier := _same_bytes(raw, content):
        return Addition(raw / earlier, digest, {}, is_new=False)
    row = _described(content, name, given, ask)
    row["note"] = "; ".join(filter(None, (row.get("note"), f"Added {today.isoformat()}, sha256 {digest}")))
    with _catalogue_to_be(raw) as (old, part):
        # Asking may have taken a while, so only now is it certain what lies in the folder.
        rows = parse_catalogue(old, raw / CATALOGUE) if old else {}
        names, _ = list_files(raw)
        row["document_id"] = _free_stem(name, names, {*document_identifiers(names, rows).values()})
        row["file"] = row["document_id"] + suffix
        new = _with_row(old, row)
        parse_catalogue(new, raw / CATALOGUE)
        part.write(new)
        part.flush()
        path = _store(content, raw / row["file"])
    return Addition(path, digest, row, is_new=True)


def _same_bytes(raw: Path, content: bytes) -> str | None:
    """Return the file in the folder that holds these bytes."""
    for name in list_files(raw)[0]:
        with suppress(OSError):
            path = raw / name
            if path.is_file() and path.stat().st_size == len(content) and path.read_bytes() == content:
                return name
    return None


def _described(content: bytes, name: str, given: Mapping[str, str], ask: Ask | None) -> dict[str, str]:
    """Return the row of a text: what is given, else what the text says, else the answer to a question."""
    document = read_content(content, name, name).document
    row = {column: str(getattr(document, column) or "") for column in (*DESCRIBED, "url")}
    row["document_type"] = "" if row["document_type"] == "other" else row["document_type"]
    row = {column: "" if fault_of(column, value) else value for column, value in row.items()}
    row |= {column: value for column, value in given.items() if value}
    for column in DESCRIBED:
        if ask and not row[column]:
            row[column] = ask(column, partial(fault_of, column))
    return row


def _free_stem(name: str, names: list[str], identifiers: set[str]) -> str:
    """Return a safe file name without its extension that no file and no document of the folder has."""
    stem = safe_identifier(PurePosixPath(name).stem).lstrip("-")[:100] or "text"
    if stem.lower() in (*NOT_SOURCES, "sources", "official"):
        stem = f"{stem}_text"
    taken = {one.casefold() for one in identifiers} | {PurePosixPath(one).stem.casefold() for one in names}
    free, number = stem, 1
    while free.casefold() in taken:
        number += 1
        free = f"{stem}-{number}"
    return free


@contextmanager
def _catalogue_to_be(raw: Path) -> Iterator[tuple[bytes, BinaryIO]]:
    """Yield the bytes of the catalogue and a file that takes its place in one move when all goes well.

    The file can be made only once, which keeps two commands from losing each other's row.
    """
    path = Path(os.path.realpath(raw / CATALOGUE))
    part = raw / f".{CATALOGUE}.part"
    try:
        stream = part.open("xb")
    except FileExistsError:
        raise CallError(f"another command is adding a text to {str(raw)!r}; if none is, delete {str(part)!r}") from None
    except OSError as error:
        raise CallError(f"cannot write to {str(raw)!r} ({error.strerror}); choose another folder or free it") from None
    try:
        with stream:
            yield read_bytes(path, MAX_CATALOGUE_BYTES) if path.exists() else b"", stream
        if path.exists():
            shutil.copymode(path, part)
        os.replace(part, path)  # from here on the name is free, and may be another command's
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _with_row(old: bytes, row: Mapping[str, str]) -> bytes:
    """Return the catalogue with one more row: its bytes stay as they are, in UTF-8 if they were not."""
    text = decode_text(old).text if old.strip() else ""
    end = "\r\n" if "\r\n" in text else "\n"
    header = [name.strip() for name in next(csv.reader(io.StringIO(text, newline="")), [])] or list(COLUMNS)
    lines = io.StringIO(newline="")
    writer = csv.writer(lines, lineterminator=end)
    if not text:
        writer.writerow(header)
    # A space keeps spreadsheets from running a cell; it is left out again when the catalogue is read.
    cells = (" ".join(row.get(name, "").split()) for name in header)
    writer.writerow(f" {cell}" if cell.startswith(FORMULA) else cell for cell in cells)
    before = text if not text or text.endswith("\n") else text + end
    mark = b"\xef\xbb\xbf" if old.startswith(b"\xef\xbb\xbf") else b""
    return mark + (before + lines.getvalue()).encode("utf-8", "replace")


def _store(content: bytes, path: Path) -> Path:
    """Write a new file, whole or not at all; never over another one."""
    try:
        stream = path.open("xb")
    except FileExistsError:
        raise CallError(f"{str(path)!r} has just appeared; nothing was overwritten. Run this again.") from None
    try:
        with stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        path.unlink()
        raise CallError(f"{str(path)!r} cannot be written ({error.strerror}); free space and run this again") from None
    return path
