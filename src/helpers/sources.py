"""Source texts: every readable file of a folder as a document with its text, and one problem for each that is not."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from helpers.decoding import MAX_BYTES, FormatError, read_bytes
from helpers.descriptions import describe_text
from helpers.errors import EvidenceError
from helpers.formats import extract_text
from helpers.records import Document, Problem

__all__ = ["SourceError", "SourceText", "describe_text", "load_text", "read_file", "read_folder", "store_texts"]

SUFFIXES = (".txt", ".md", ".html", ".htm", ".pdf")
NOT_SOURCES = ("readme", "license", "licence", "copying")


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
    """Return one file as a source text."""
    path = Path(path)
    name = path.relative_to(root).as_posix() if root else path.name
    try:
        content = read_bytes(path, max_bytes)
        extracted = extract_text(content, path.name, max_bytes)
    except FormatError as error:
        raise SourceError(Problem(name, "error", error.problem, error.expected, error.action)) from None
    document = describe_text(extracted.text, path.name)
    document.raw_path = name
    document.raw_sha256 = hashlib.sha256(content).hexdigest()
    document.encoding = extracted.encoding
    document.n_characters = len(extracted.text)
    return SourceText(document, extracted.text)


def read_folder(raw: Path, max_bytes: int = MAX_BYTES) -> tuple[list[SourceText], list[Problem]]:
    """Return the source texts of a folder in order of their path, and the problems."""
    texts: list[SourceText] = []
    problems: list[Problem] = []
    for path in sorted(Path(raw).rglob("*.txt")):
        try:
            texts.append(read_file(path, raw, max_bytes))
        except SourceError as error:
            problems.append(error.problem)
    return texts, problems


def store_texts(texts: list[SourceText], processed: Path) -> None:
    """Write every source text to ``processed/text/<document_id>.txt``, line ends untouched, and remove stale ones."""
    folder = Path(processed) / "text"
    folder.mkdir(parents=True, exist_ok=True)
    for source in texts:
        (folder / f"{source.document.document_id}.txt").write_bytes(source.text.encode("utf-8", "surrogatepass"))
    current = {f"{source.document.document_id}.txt" for source in texts}
    for stale in folder.glob("*.txt"):
        if stale.name not in current:
            stale.unlink()


def load_text(document_id: str, processed: Path) -> str:
    """Return a stored source text exactly as it was stored."""
    return (Path(processed) / "text" / f"{document_id}.txt").read_bytes().decode("utf-8", "surrogatepass")
