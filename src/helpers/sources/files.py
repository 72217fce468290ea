"""Source texts: every readable file of a folder as a document with its text, and one problem for each that is not."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from helpers.errors import CallError, EvidenceError
from helpers.records import Document, Problem
from helpers.sources.catalogue import NAME as CATALOGUE
from helpers.sources.catalogue import CatalogueRow, comparable_path, read_catalogue
from helpers.sources.decoding import MAX_BYTES, Extracted, FormatError, read_bytes
from helpers.sources.descriptions import describe_text, read_day
from helpers.sources.folders import document_identifiers, foreign_file, list_files, safe_name
from helpers.sources.formats import SUFFIXES, extract_text

__all__ = [
    "SourceError", "SourceText", "describe_text", "iterate_folder", "load_text", "missing_text", "read_content",
    "read_file", "read_folder", "remarks_on", "repeat_of", "source_error", "store_texts", "text_digest", "with_row",
]  # fmt: skip

ORDINARY = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-. ")
RANKS = {"error": 0, "warning": 1, "note": 2}


class SourceError(EvidenceError):
    """A file that cannot be read as a source text; ``problem`` is its row in the table ``problems``."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(f"{problem.file}: {problem.problem}; expected {problem.expected}. {problem.action}")
        self.problem = problem


@dataclass(slots=True)
class SourceText:
    """A document and its source text; ``problem`` says what was odd about a file that could be read all the same."""

    document: Document
    text: str
    problem: Problem | None = None


def read_file(path: Path, root: Path | None = None, max_bytes: int = MAX_BYTES) -> SourceText:
    """Return one file as a source text, described by what its format, its text and its name say.

    Parameters
    ----------
    path : Path
        The file; read by its extension, and as plain text where that is unknown.
    root : Path, optional
        The folder that the file must lie in, links followed; ``raw_path`` is relative to it. Any file by default.
    max_bytes : int
        Largest file that is read, and most characters that are taken out of a PDF.

    Returns
    -------
    SourceText
        Offsets of all later tables count the characters of its ``text``.

    Raises
    ------
    SourceError
        When the file cannot be read; carries the row for the table ``problems``.
    """
    path = Path(path)
    name = os.path.relpath(path, root).replace(os.sep, "/") if root else path.name
    shown = safe_name(name)
    try:
        if root is not None:
            _check_inside(path, Path(root))
        content = read_bytes(path, max_bytes)
    except FormatError as error:
        raise source_error(shown, error) from None
    return read_content(content, path.name, shown, max_bytes)


def read_content(content: bytes, name: str, shown: str, max_bytes: int = MAX_BYTES) -> SourceText:
    """Return the bytes of one file as a source text; `name` says its format, `shown` becomes its ``raw_path``.

    Raises
    ------
    SourceError
        When the bytes cannot be read as a text of that format.
    """
    try:
        extracted = extract_text(content, name, max_bytes)
    except FormatError as error:
        raise source_error(shown, error) from None
    document = _described(extracted, name)
    document.raw_path = shown
    document.raw_sha256 = hashlib.sha256(content).hexdigest()
    document.encoding = extracted.encoding
    document.n_characters = len(extracted.text)
    problem = None
    if extracted.fault:
        problem = Problem(shown, "warning", extracted.fault, "a sound text", "It was read; see whether it reads well.")
    return SourceText(document, extracted.text, problem)


def source_error(shown: str, error: FormatError) -> SourceError:
    """Return the error of a text that cannot be read, with its row for the table ``problems``."""
    return SourceError(Problem(shown, "error", error.problem, error.expected, error.action))


def _check_inside(path: Path, root: Path) -> None:
    """Refuse a file that lies, or is linked, outside the folder."""
    target, home = os.path.realpath(path), os.path.realpath(root)
    if os.path.commonpath((target, home)) != home:
        raise FormatError("a link out of the folder", "a file in the folder", "Copy the file itself into the folder.")


def _described(extracted: Extracted, name: str) -> Document:
    """Describe a text: what its format states wins over what is read, PDF metadata come last."""
    document = describe_text(extracted.text, name)
    hints = extracted.hints
    if extracted.visible:
        page = describe_text(extracted.visible, name)
        document.publisher = document.publisher or page.publisher
        document.published_date = document.published_date or page.published_date
    document.title = hints.get("title") or document.title or hints.get("metadata_title")
    document.publisher = hints.get("publisher") or document.publisher
    document.published_date = read_day(hints.get("published_date", "")) or document.published_date
    document.url = hints.get("url")
    document.licence = hints.get("licence") or document.licence
    return document


def read_folder(
    raw: Path, max_bytes: int = MAX_BYTES, progress: Callable[[int, int], None] | None = None
) -> tuple[list[SourceText], list[Problem]]:
    """Return the source texts of a folder and its sub-folders, and everything that was wrong with its files.

    Hidden files, the catalogue, ``README`` and ``LICENSE`` files and the folder ``official/`` are no source texts. Of
    texts that are the same, white space apart, the one with a row in the catalogue is kept, else the first.

    Parameters
    ----------
    raw : Path
        The folder, with or without a catalogue ``sources.csv``; what the catalogue says wins over what is read.
    max_bytes : int
        Largest file that is read.
    progress : callable, optional
        Called with the number of files done and of all files, after each file.

    Returns
    -------
    tuple of list of SourceText and list of Problem
        Texts in order of ``raw_path``; at most one problem a file, in order of file.

    Raises
    ------
    CallError
        When there is no such folder.
    CatalogueError
        When the catalogue is wrong.
    """
    found = list(iterate_folder(raw, max_bytes, progress))
    texts = [one for one in found if isinstance(one, SourceText)]
    problems = [one for one in found if isinstance(one, Problem)]
    texts.sort(key=lambda source: source.document.raw_path)
    return texts, sorted(problems, key=lambda problem: (problem.file, RANKS[problem.severity], problem.problem))


def iterate_folder(
    raw: Path, max_bytes: int = MAX_BYTES, progress: Callable[[int, int], None] | None = None
) -> Iterator[SourceText | Problem]:
    """Yield what `read_folder` returns one after another, so that one text is held at a time.

    Texts with a row in the catalogue come first, so that of two texts that are the same they are the one kept.
    """
    raw = Path(raw)
    if not raw.is_dir():
        raise CallError(f"there is no folder {str(raw)!r}; expected a folder of texts. Check the path.")
    rows = read_catalogue(raw)
    catalogue = rows or {}
    files, problems = list_files(raw)
    yield from problems
    seen = {comparable_path(name) for name in files} | {problem.file for problem in problems}
    yield from (missing_text(raw, row) for row in catalogue.values() if row.file not in seen)
    yield from (foreign_file(raw, name) for name in files if not name.lower().endswith(SUFFIXES))
    sources = [name for name in files if name.lower().endswith(SUFFIXES)]
    identifiers = document_identifiers(sources, catalogue)
    first: dict[bytes, str] = {}
    sources.sort(key=lambda name: (comparable_path(name) not in catalogue, name))
    for done, name in enumerate(sources, start=1):
        try:
            source = read_file(raw / name, raw, max_bytes)
            source.document.document_id = identifiers[name]
            _refuse_repeat(source, first)
        except SourceError as error:
            yield error.problem
        else:
            row = catalogue.get(comparable_path(name))
            yield with_row(source, row)
            yield from remarks_on(source, name, row, rows is not None)
        if progress:
            progress(done, len(sources))


def missing_text(raw: Path, row: CatalogueRow) -> Problem:
    """Return the problem of a row that names no source text."""
    found = os.path.lexists(raw / row.file)
    problem = (
        "a row of the catalogue for a file that is no source text" if found else "a row of the catalogue without a file"
    )
    return Problem(
        safe_name(row.file),
        "warning",
        problem,
        "a file for each row",
        f"Add the file or remove its row in {CATALOGUE}.",
    )


def _refuse_repeat(source: SourceText, first: dict[bytes, str]) -> None:
    """Refuse a text that was read before, white space apart."""
    shown = source.document.raw_path
    if (earlier := first.setdefault(text_digest(source.text), shown)) != shown:
        raise SourceError(repeat_of(earlier, shown))


def text_digest(text: str) -> bytes:
    """Return what is the same for two texts that are the same, white space apart."""
    return hashlib.sha256(" ".join(text.split()).encode("utf-8", "surrogatepass")).digest()


def repeat_of(earlier: str, shown: str) -> Problem:
    """Return the note on a text that was read before, under the name `earlier`."""
    problem = f"the same text as {earlier!r}, which is kept"
    return Problem(shown, "note", problem, "each text once", "Remove one of the two.")


def with_row(source: SourceText, row: CatalogueRow | None) -> SourceText:
    """Return `source` with what its row of the catalogue says, if it has one, in place of what was read."""
    if row:
        for name in ("document_id", "title", "publisher", "document_type", "published_date", "url", "licence"):
            if (value := getattr(row, name)) is not None:
                setattr(source.document, name, value)
    return source


def remarks_on(source: SourceText, name: str, row: CatalogueRow | None, has_catalogue: bool) -> list[Problem]:
    """Return at most one remark on a file that was read, the gravest."""
    shown = source.document.raw_path
    if source.problem:
        return [source.problem]
    if shown != name or not (row or ORDINARY.issuperset(PurePosixPath(name).stem)):
        action = f"It was read; it is called {source.document.document_id!r} here."
        return [Problem(shown, "note", "odd characters in the name", "letters a-z, digits, '_', '-' and '.'", action)]
    if has_catalogue and not row:
        action = f"It was read; add a row to {CATALOGUE} to say where it comes from."
        return [Problem(shown, "note", "a file without a row in the catalogue", "a row for each file", action)]
    return []


def store_texts(texts: Iterable[SourceText], processed: Path) -> None:
    """Write every source text to ``processed/text/<document_id>.txt``, and remove stale ones.

    In UTF-8 with line ends untouched, so that offsets hold in what `load_text` returns.
    """
    folder = Path(processed) / "text"
    folder.mkdir(parents=True, exist_ok=True)
    current = set()
    for source in texts:
        path = folder / f"{source.document.document_id}.txt"
        current.add(path.name)
        part = path.with_suffix(".part")
        part.write_bytes(source.text.encode("utf-8", "surrogatepass"))
        os.replace(part, path)
    for stale in folder.iterdir():
        if stale.suffix in (".txt", ".part") and stale.name not in current:
            stale.unlink()


def load_text(document_id: str, processed: Path) -> str:
    """Return a stored source text exactly as it was stored.

    Raises
    ------
    EvidenceError
        When no text is stored under `document_id`.
    """
    path = Path(processed) / "text" / f"{document_id}.txt"
    try:
        return path.read_bytes().decode("utf-8", "surrogatepass")
    except (OSError, ValueError):
        raise EvidenceError(
            f"{path} is missing or damaged: expected the text of document {document_id!r}. Run `prevent build` again."
        ) from None
