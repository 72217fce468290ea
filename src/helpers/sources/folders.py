"""What lies in a folder of source texts: its files, how their names are shown, and which document each becomes."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from helpers.paths import BUILDS, CACHE
from helpers.records import Problem
from helpers.sources.catalogue import NAME as CATALOGUE
from helpers.sources.catalogue import CatalogueRow, comparable_path
from helpers.sources.descriptions import safe_identifier
from helpers.sources.formats import SUFFIXES

NOT_SOURCES = ("readme", "license", "licence", "copying")
OFFICIAL = "official"
READABLE = f"one of {', '.join(SUFFIXES)}"


def safe_name(name: str) -> str:
    r"""Return a file name with whatever does not print, or could reorder what does, written as an escape.

    Examples
    --------
    >>> safe_name("gpj.\u202etxt")
    'gpj.\\u202etxt'
    """
    if name.isprintable() and "\\" not in name:
        return name
    return "".join(
        letter if letter.isprintable() and letter != "\\" else letter.encode("unicode_escape").decode()
        for letter in name
    )


def list_files(raw: Path) -> tuple[list[str], list[Problem]]:
    """Return the relative paths of all files that could be source texts, sorted, and a problem for each closed folder.

    Hidden files and folders, the catalogue, ``official/``, ``README`` and ``LICENSE`` files and what a build wrote are
    left out; links to folders are not followed but listed as files.
    """
    files: list[str] = []
    problems: list[Problem] = []
    folders = [""]
    while folders:
        folder = folders.pop()
        try:
            entries = list(os.scandir(raw / folder))
        except OSError as error:
            problem = f"cannot be opened: {error.strerror}"
            expected = "a folder that this user may read"
            problems.append(Problem(safe_name(folder), "error", problem, expected, "Check its permissions."))
            continue
        if folder and any(entry.name in (CACHE, BUILDS) for entry in entries):
            continue
        for entry in entries:
            name = f"{folder}/{entry.name}" if folder else entry.name
            if entry.name.startswith(".") or name in (CATALOGUE, OFFICIAL):
                continue
            if entry.is_dir(follow_symlinks=False):
                folders.append(name)
            elif PurePosixPath(entry.name).stem.lower() not in NOT_SOURCES:
                files.append(name)
    return sorted(files), problems


def foreign_file(raw: Path, name: str) -> Problem:
    """Return the note on a file that is no text we read."""
    if (raw / name).is_dir():
        return Problem(safe_name(name), "warning", "a link to a folder", "the folder itself", "Copy the folder here.")
    kind = safe_name(PurePosixPath(name).suffix) or "no extension"
    return Problem(safe_name(name), "note", f"not a text we read: {kind}", READABLE, "Save it as one of them.")


def document_identifiers(names: Iterable[str], catalogue: dict[str, CatalogueRow]) -> dict[str, str]:
    """Return a document_id for every file: the catalogue's, else its stem made safe, numbered where it is taken."""
    given = {
        name: row.document_id for name in names if (row := catalogue.get(comparable_path(name))) and row.document_id
    }
    taken = {identifier.casefold() for identifier in given.values()}
    numbers: dict[str, int] = {}
    for name in names:
        if name in given:
            continue
        stem = identifier = safe_identifier(PurePosixPath(name).stem)
        while identifier.casefold() in taken:
            numbers[stem.casefold()] = numbers.get(stem.casefold(), 1) + 1
            identifier = f"{stem}-{numbers[stem.casefold()]}"
        taken.add(identifier.casefold())
        given[name] = identifier
    return given
