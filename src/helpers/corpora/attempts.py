"""What becomes of a text that kills the process that reads it: after some attempts it is passed over.

A crash leaves no exception behind. So each attempt at a batch notes in a small file which text it is at; the next
attempt sees where the earlier ones ended.
"""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from types import TracebackType

CRASHES = 3  # attempts that end at the same text before it is passed over; workers also die of other causes
WIDTH = 8  # bytes of one note


class Attempt:
    """One attempt at a batch; `refused` are the places of texts at which several earlier attempts ended.

    Parameters
    ----------
    path : Path, optional
        File of the notes; without one nothing is noted, for processes whose death ends the whole run.
    """

    def __init__(self, path: Path | None) -> None:
        self._path, self._file, self._offset = path, -1, 0
        self.refused: frozenset[int] = frozenset()

    def __enter__(self) -> Attempt:
        if self._path is not None:
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o644)
            self._offset = os.fstat(self._file).st_size // WIDTH * WIDTH
            notes = os.pread(self._file, self._offset, 0)
            ends = Counter(int.from_bytes(notes[at : at + WIDTH], signed=True) for at in range(0, len(notes), WIDTH))
            self.refused = frozenset(place for place, times in ends.items() if times >= CRASHES and place >= 0)
            self.at(-1)
        return self

    def at(self, place: int) -> None:
        """Note which text comes next."""
        if self._path is not None:
            os.pwrite(self._file, place.to_bytes(WIDTH, signed=True), self._offset)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._path is not None:
            os.close(self._file)
            self._path.unlink(missing_ok=True)
            if self.refused:  # the next stage would meet the same texts
                self._path.write_bytes(b"".join(place.to_bytes(WIDTH, signed=True) * CRASHES for place in self.refused))
