"""What a folder of results holds: the manifest that readers go by, and what an earlier run left behind."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from helpers.corpora.partitions import TABLES, Setting
from helpers.corpora.writing import part_paths, part_rows
from helpers.datasets import MANIFEST
from helpers.errors import CallError, EvidenceError

BEGUN = "begun.json"
WHAT = {"code": "the code or its word lists", "figures": "the official figures", "columns": "the choice of columns"}


@contextmanager
def claimed(out: Path) -> Iterator[None]:
    """Keep other runs away from a folder of results while one writes to it; a run that died leaves no claim behind.

    A new folder in which nothing was written, as no scheduler answered, is taken away again.

    Raises
    ------
    CallError
        When the folder holds something else.
    EvidenceError
        When another run is at it, or it cannot be written to.
    """
    import fcntl

    if out.exists() and (not out.is_dir() or (any(out.iterdir()) and not _is_ours(out))):
        raise CallError(f"{str(out)!r} holds something else; expected a new or empty folder, or an earlier result")
    is_new = not out.exists()
    try:
        (out / ".work").mkdir(parents=True, exist_ok=True)
        lock = (out / ".work" / "lock").open("w", encoding="utf-8")
    except OSError as error:
        raise EvidenceError(
            f"cannot write to {str(out)!r} ({error.strerror}); choose another --out or free it"
        ) from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise EvidenceError(f"another run writes to {str(out)!r}; wait for it, or choose another --out") from None
        try:
            yield
        finally:
            if is_new and [path.name for path in out.rglob("*")] in ([".work", "lock"], [".work"]):
                shutil.rmtree(out, ignore_errors=True)


def _is_ours(out: Path) -> bool:
    """Say whether a folder holds the result of a run, finished or not."""
    return (out / MANIFEST).is_file() or (out / ".work").is_dir()


def read_json(path: Path) -> dict[str, Any]:
    """Return what a file of ours holds, nothing when it is missing or damaged."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def write_json(path: Path, content: Mapping[str, Any]) -> None:
    """Write a file of ours in one move."""
    part = path.with_suffix(".part")
    part.write_text(json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")
    os.replace(part, path)


def changes_since(setting: Setting, now: Mapping[str, Any]) -> list[str]:
    """Return what changed since the run before, finished or not, in words; nothing when there was none."""
    before = read_json(setting.aside / BEGUN) or read_json(setting.out / MANIFEST)
    if not before:
        return []
    said = [f"{what} changed since the last run" for name, what in WHAT.items() if before.get(name) != now[name]]
    earlier, sources = before.get("sources", {}), now["sources"]
    changed = [name for name in sources if name in earlier and earlier[name] != sources[name]]
    for words, names in (
        ("changed", changed),
        ("new", [name for name in sources if name not in earlier]),
        ("gone", [name for name in earlier if name not in sources]),
    ):
        if names:
            more = f" and {len(names) - 3} more" if len(names) > 3 else ""
            said.append(
                f"sources {words} since the last run: {', '.join(name or 'the folder' for name in names[:3])}{more}"
            )
    return said


def finished_rows(out: Path, key: str) -> dict[str, int] | None:
    """Return the rows of a batch by table when all its files are there and sound."""
    rows = {table: part_rows(path) for table, path in part_paths(out, TABLES, key).items()}
    return None if None in rows.values() else {table: count or 0 for table, count in rows.items()}


def clear_work(setting: Setting) -> None:
    """Remove what dead runs left in the folder of unfinished files."""
    for path in setting.aside.iterdir():
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        elif path.name not in ("lock", BEGUN):
            path.unlink(missing_ok=True)


def remove_stale(out: Path, keys: Iterable[str]) -> None:
    """Remove the files of batches that are no part of the result any more."""
    kept = {f"part-{key}.parquet" for key in keys}
    for table in TABLES:
        for path in (out / table).glob("part-*.parquet"):
            if path.name not in kept:
                path.unlink(missing_ok=True)
