"""A first look at a corpus: which texts are repeats, whose identifiers clash, and what decides whether a batch changed.

Of each text only numbers are kept (28 bytes), so that the memory for a million of them is small.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from heapq import heappop, heappush
from typing import Any

import numpy as np
from numpy.typing import NDArray

from helpers.corpora.openings import Source
from helpers.corpora.origins import Batch, FileEntry, FileOrigin, Origin
from helpers.sources.files import text_digest

PRIME = 2**61 - 1
Numbers = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Look:
    """What a first look at one batch found: per entry the numbers of its text and identifier, 0 where there is none."""

    number: int
    content: bytes
    texts: Numbers
    identifiers: Numbers
    is_named: NDArray[np.bool_]
    is_listed: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Instructions:
    """What to know about a batch beyond its entries: by place, numbers for identifiers that clash, and repeats."""

    content: bytes
    suffixes: Mapping[int, int] = field(default_factory=dict)
    repeats: Mapping[int, str] = field(default_factory=dict)


def look_at(
    batch: Batch, at: Callable[[int], None] = lambda place: None, refused: Collection[int] = frozenset()
) -> Look:
    """Return what decides about the texts of a batch, without reading them.

    Parameters
    ----------
    batch : Batch
        Its entries.
    at : callable
        Called with the place of each text before it is opened.
    refused : collection of int
        Places of texts that must not be opened.
    """
    size = len(batch.entries)
    texts, identifiers = np.zeros(size, np.uint64), np.zeros(size, np.uint64)
    is_named, is_listed = np.zeros(size, np.bool_), np.zeros(size, np.bool_)
    for place, (position, entry) in enumerate(zip(batch.positions, batch.entries, strict=True)):
        at(place)
        if isinstance(entry, FileEntry):
            is_listed[place] = entry.row is not None
            is_named[place] = entry.row is not None and entry.row.document_id is not None
        with suppress(Exception):  # whatever it is becomes a problem when the batch is read
            identifiers[place] = name_number(batch.origin.identifier(position, entry))
            if place not in refused:
                texts[place] = int.from_bytes(text_digest(batch.origin.text(position, entry))[:8])
    return Look(batch.number, batch_content(batch), texts, identifiers, is_named, is_listed)


def batch_content(batch: Batch) -> bytes:
    """Return the digest of all that the entries of a batch hold."""
    digest = hashlib.sha256()
    for position, entry in zip(batch.positions, batch.entries, strict=True):
        try:
            content = batch.origin.content(position, entry)
        except Exception as error:  # an unreadable file is the same as long as it fails in the same way
            content = f"{entry!r} {error}".encode("utf-8", "surrogateescape")
        digest.update(b"%d %d " % (position, len(content)))
        digest.update(content)
    return digest.digest()


def name_number(name: str) -> int:
    """Return a number for an identifier, of which `longer_number` makes that of the name with a suffix."""
    return int.from_bytes(name.casefold().encode()) % PRIME or 1


def longer_number(number: int, suffix: str) -> int:
    """Return the number of a name that a suffix is added to.

    Examples
    --------
    >>> longer_number(name_number("news"), "-2") == name_number("news-2")
    True
    """
    return (number * 256 ** len(suffix) + int.from_bytes(suffix.encode())) % PRIME or 1


class Survey:
    """What is known of all batches once every one of them was looked at."""

    def __init__(self, sources: Sequence[Source]) -> None:
        self._names = {source.origin: source.names for source in sources}
        self._looks: dict[int, Look] = {}
        self._origins: list[Origin] = []
        self._positions: list[NDArray[np.uint32]] = []

    def note(self, batches: Iterable[Batch]) -> Iterator[Batch]:
        """Yield the batches, and remember where their entries stand."""
        for batch in batches:
            self._origins.append(batch.origin)
            self._positions.append(np.asarray(batch.positions, np.uint32))
            yield batch

    def add(self, look: Look) -> None:
        """Take in what was found in one batch."""
        self._looks[look.number] = look

    @property
    def n_entries(self) -> int:
        """Number of entries in all batches."""
        return sum(map(len, self._positions))

    @property
    def labels(self) -> list[str]:
        """The label of each batch's origin."""
        return [origin.label for origin in self._origins]

    def settle(self) -> list[Instructions]:
        """Return instructions for every batch, in order.

        The first of several texts that are the same is kept, one with a row in a catalogue before others. Of texts with
        the same identifier those named so by a catalogue keep it, then the first; the others are numbered.
        """
        looks = [self._looks.pop(number) for number in range(len(self._origins))]
        starts = np.cumsum([0, *(len(look.texts) for look in looks)])
        repeats = self._repeats(looks, starts)
        suffixes = _suffixes(_joined(looks, "identifiers"), _joined(looks, "is_named"))
        by_batch: dict[str, dict[int, dict[int, Any]]] = {"suffixes": defaultdict(dict), "repeats": defaultdict(dict)}
        for name, found in (("suffixes", suffixes), ("repeats", repeats)):
            for ordinal, value in found:
                number = int(np.searchsorted(starts, ordinal, side="right")) - 1
                by_batch[name][number][int(ordinal - starts[number])] = value
        return [
            Instructions(
                look.content, by_batch["suffixes"].get(look.number, {}), by_batch["repeats"].get(look.number, {})
            )
            for look in looks
        ]

    def _repeats(self, looks: Sequence[Look], starts: NDArray[Any]) -> Iterator[tuple[int, str]]:
        """Yield each entry whose text stands in an earlier one, and the name of that one."""
        texts, is_listed = _joined(looks, "texts"), _joined(looks, "is_listed")
        order = np.lexsort((np.arange(len(texts)), ~is_listed, texts))
        ordered = texts[order]
        is_repeat = np.zeros(len(texts), np.bool_)
        is_repeat[1:] = (ordered[1:] == ordered[:-1]) & (ordered[1:] != 0)
        kept = np.maximum.accumulate(np.where(is_repeat, 0, np.arange(len(texts))))
        for place in np.flatnonzero(is_repeat):
            yield int(order[place]), self._shown(int(order[kept[place]]), starts)

    def _shown(self, ordinal: int, starts: NDArray[Any]) -> str:
        """Return the name of an entry by its number in the whole corpus."""
        number = int(np.searchsorted(starts, ordinal, side="right")) - 1
        origin, position = self._origins[number], int(self._positions[number][ordinal - starts[number]])
        if isinstance(origin, FileOrigin):
            return origin.shown(position, self._names[origin][position - 1])
        return origin.shown(position, None)


def _joined(looks: Sequence[Look], name: str) -> NDArray[Any]:
    """Return the numbers of all batches one after another."""
    return np.concatenate([getattr(look, name) for look in looks]) if looks else np.zeros(0, np.uint64)


def _suffixes(identifiers: Numbers, is_named: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """Yield each entry whose identifier another one has before it, and the number that it gets instead."""
    order = np.lexsort((np.arange(len(identifiers)), ~is_named, identifiers))
    ordered = identifiers[order]
    clashes = np.zeros(len(identifiers), np.bool_)
    clashes[1:] = (ordered[1:] == ordered[:-1]) & (ordered[1:] != 0)
    waiting = [int(ordinal) for ordinal in np.sort(order[clashes])]
    made: set[int] = set()
    numbers: dict[int, int] = {}
    while waiting:
        ordinal = heappop(waiting)
        number = int(identifiers[ordinal])
        while True:
            numbers[number] = numbers.get(number, 1) + 1
            longer = longer_number(number, f"-{numbers[number]}")
            place = int(np.searchsorted(ordered, np.uint64(longer)))
            holder = int(order[place]) if place < len(order) and int(ordered[place]) == longer else None
            if longer not in made and (holder is None or (holder > ordinal and not is_named[holder])):
                break
        made.add(longer)
        if holder is not None:  # it comes later, and finds its own identifier taken
            heappush(waiting, holder)
        yield ordinal, numbers[number]
