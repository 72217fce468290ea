"""One build at a time in a folder: a lock that the system itself lets go of when its holder dies."""

from __future__ import annotations

import getpass
import json
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from helpers.builds.progress import now
from helpers.errors import BuildError

LOCK = "lock"
HOLDER = "building.json"


@contextmanager
def only_build(folder: Path, is_patient: bool, tell: Callable[[str], None]) -> Iterator[dict[str, Any] | None]:
    """Hold the lock of a store of builds; yield who held it when they died, if the last holder did.

    Parameters
    ----------
    folder : Path
        The store.
    is_patient : bool
        Whether to wait for another build to end.
    tell : callable
        Called with a line when there is something to wait for.

    Raises
    ------
    BuildError
        When another build is running and `is_patient` is false.
    """
    lock = FileLock(folder / LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        said = f"{_words(_holder(folder))} is building into {str(folder.parent)!r}"
        if not is_patient:
            raise BuildError(f"{said}; wait for it with --wait, or build into other folders") from None
        tell(f"waiting: {said}")
        lock.acquire()
    try:
        died = _holder(folder)
        mine = {"process": os.getpid(), "user": _user(), "machine": socket.gethostname(), "since": now()}
        part = folder / f"{HOLDER}.part"
        part.write_text(json.dumps(mine), encoding="utf-8")
        part.replace(folder / HOLDER)  # so that nobody finds half of it, whenever this process is killed
        yield died
        (folder / HOLDER).unlink(missing_ok=True)
    except Exception:
        with suppress(OSError):
            (folder / HOLDER).unlink()
        raise
    finally:
        lock.release()


def _holder(folder: Path) -> dict[str, Any] | None:
    """Return what the holder of the lock wrote about itself."""
    try:
        said = json.loads((folder / HOLDER).read_text(encoding="utf-8"))
        return said if isinstance(said, dict) else None
    except (OSError, ValueError):
        return None


def _words(holder: dict[str, Any] | None) -> str:
    """Return who holds the lock."""
    if not holder:
        return "another process"
    return (
        f"process {holder.get('process')} of {holder.get('user')} on {holder.get('machine')} "
        f"(since {holder.get('since')})"
    )


def _user() -> str:
    """Return the name of the user, or its number where it has none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid())
