"""How far a build has come, for its user and for the ledger."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

Tell = Callable[[str, float], None]


def now() -> str:
    """Return the time in ISO form, in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


@dataclass(frozen=True)
class Done:
    """A finished step: where it lies, and the sha256 of each file it wrote (``None`` for one that it took away)."""

    key: str
    folder: Path
    files: dict[str, str | None]


@dataclass
class Progress:
    """Steps done, how long each took in seconds, which were kept from an earlier build, and what was said."""

    tell: Tell
    begun: str = field(default_factory=now)
    clock: float = field(default_factory=time.perf_counter)
    done: dict[str, Done] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)
    log: list[str] = field(default_factory=list)
    share: float = 0.0

    def say(self, line: str) -> None:
        """Tell the user a line, and remember it for the log."""
        self.log.append(f"{time.perf_counter() - self.clock:7.2f} s  {line}")
        self.tell(line, self.share)

    def start_again(self) -> None:
        """Forget which steps are done, but not what was said."""
        self.done, self.kept, self.share = {}, [], 0.0
