"""What a result depends on, as hashes of content: files, the modules that some code uses, what is installed.

Times of files say nothing: a checkout sets them all anew. Modules are followed by the text of their imports, so that
nothing has to be loaded to find out that nothing has changed.
"""

from __future__ import annotations

import hashlib
import json
import platform
import re
import stat
import sys
from collections.abc import Collection, Iterable
from functools import cache
from pathlib import Path
from typing import Any

from helpers.paths import PACKAGE

IMPORT = re.compile(r"^\s*from (helpers[\w.]*) import (\([^)]*\)|[^\n#]*)|^\s*import (helpers[\w.]*)", re.M)


def digest(content: bytes | str) -> str:
    """Return the sha256 of `content` in hexadecimal digits; a string counts as UTF-8."""
    return hashlib.sha256(content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content).hexdigest()


def digest_of(value: Any) -> str:
    """Return the sha256 of anything that JSON can write, the same for the same value."""
    return digest(json.dumps(value, sort_keys=True, default=str))


def file_digest(path: Path) -> str:
    """Return the sha256 of a file, or in words why it has none: it is no plain file, or cannot be read."""
    try:
        kind = path.stat().st_mode
        if not stat.S_ISREG(kind):  # opening a pipe would wait for ever
            return f"no plain file: {stat.filemode(kind)[0]}"
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        return f"cannot be read: {error.strerror}"


def code_fingerprint(source: str) -> str:
    """Return a hash of every module of ours that `source` uses, directly or through others, and of their data files."""
    files = _package_files()
    used = set(_used_modules(source))
    waiting = list(used)
    while waiting:
        name = waiting.pop()
        if name == "__init__.py":  # only names what users may ask the package for
            continue
        more = _used_modules(files[name]) - used
        used |= more
        waiting += more
    return digest_of([(name, digest(content)) for name, content in files.items() if name in used])


def package_fingerprint() -> str:
    """Return a hash of the whole package."""
    return digest_of([(name, digest(content)) for name, content in _package_files().items()])


@cache
def environment_fingerprint() -> dict[str, str]:
    """Return the version of Python and a hash over the names and versions of everything that is installed."""
    folders = [Path(folder) for folder in sys.path if folder.endswith("-packages")]
    installed = {path.name for folder in folders if folder.is_dir() for path in folder.glob("*.dist-info")}
    return {"python": platform.python_version(), "packages": digest_of(sorted(installed))}


@cache
def _package_files() -> dict[str, str]:
    """Return path → content of every file of the package, in order; bytes that are no text stand as Latin-1."""
    found = {path.relative_to(PACKAGE): path for path in sorted(PACKAGE.rglob("*")) if path.is_file()}
    kept = {
        name: path for name, path in found.items() if not any(part.startswith((".", "__py")) for part in name.parts)
    }
    return {name.as_posix(): path.read_bytes().decode("latin-1") for name, path in kept.items()}


@cache
def _used_modules(source: str) -> frozenset[str]:
    """Return the files that `source` uses by itself: modules it imports with their packages, data files it names."""
    names = set()
    for package, imported, module in IMPORT.findall(source):
        names.add(package or module)
        names |= {f"{package}.{name}" for name in re.findall(r"\w+", imported)}
    files = _package_files()
    found = {path for name in names for path in _module_files(name) if path in files}
    return frozenset(found) | {path for path in files if not path.endswith(".py") and _is_named(path, source, names)}


def _module_files(name: str) -> Iterable[str]:
    """Return where a module may lie, and the packages around it."""
    parts = name.split(".")[1:]
    yield "/".join(parts) + ".py"
    yield from ("/".join([*parts[:depth], "__init__.py"]) for depth in range(len(parts) + 1))


def _is_named(path: str, source: str, names: Collection[str]) -> bool:
    """Return whether a data file is used by `source`: by its own name, or by that of its folder in `helpers.paths`."""
    folder, _, name = path.rpartition("/")
    top = folder.partition("/")[0]
    by_folder = f"helpers.paths.{top.upper()}"
    return by_folder in names or name in source
