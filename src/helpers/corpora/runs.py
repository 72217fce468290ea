"""A whole run over a corpus: look at all sources, then read what no earlier run has read, then publish."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from helpers.corpora.columns import Columns
from helpers.corpora.manifest import (
    BEGUN,
    changes_since,
    claimed,
    clear_work,
    finished_rows,
    remove_stale,
    write_json,
)
from helpers.corpora.mapping import Mapper, OneProcess, open_mapper
from helpers.corpora.openings import Source, cut_batches, open_sources
from helpers.corpora.origins import Batch
from helpers.corpora.partitions import (
    TABLES,
    Partition,
    Setting,
    look_at_batch,
    partition_key,
    read_partition,
)
from helpers.corpora.survey import Instructions, Survey
from helpers.corpora.versions import code_version, figures_version, worker_faults
from helpers.corpora.writing import arrow_table, part_paths, write_part
from helpers.datasets import MANIFEST
from helpers.errors import EvidenceError, listing
from helpers.paths import official_folder
from helpers.records import Problem

BATCH = 1_000  # texts; more would leave workers idle at the end, fewer cost more in files than in reading
Tell = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Call:
    """What the command line asks for."""

    sources: Sequence[str]
    out: Path
    columns: Columns = field(default_factory=Columns)
    workers: int = 1
    scheduler: str = ""
    official: Path | None = None
    is_fresh: bool = False
    batch: int = BATCH


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a run: rows by table, batches read now and before, and sources that broke off."""

    rows: dict[str, int]
    n_read: int
    n_kept: int
    broken: list[Problem]


def run_corpus(call: Call, tell: Tell = lambda line, done, of: None, say: Callable[[str], None] = print) -> Outcome:
    """Read and check every text of the sources, and write one folder of Parquet files a table.

    Parameters
    ----------
    call : Call
        Sources, folders and options.
    tell : callable
        Called with a stage, and the texts done and in all (0 while unknown), as they are done.
    say : callable
        Called with lines worth keeping: the address of the dashboard, what changed since the last run.

    Raises
    ------
    CallError
        When a source, column, address or folder named is wrong.
    EvidenceError
        When the sources change during the run, the workers do not fit, or some batches could not be read.
    """
    sources = open_sources(call.sources, call.columns)
    folders = [source.path for source in sources if (source.path / "official").is_dir()]
    official = call.official or official_folder(folders[0] if folders else None)
    with claimed(call.out):
        figures = figures_version(official)
        version = f"{code_version()} {figures}"
        aside = call.out.resolve() / ".work"
        setting = Setting(aside.parent, official.resolve(), version)
        clear_work(setting)
        with open_mapper(call.workers, call.scheduler) as mapper:
            if not isinstance(mapper, OneProcess):
                say(f"{mapper.n_workers} workers; dashboard at {mapper.dashboard}")
                _check_workers(mapper, figures, setting)
                (aside / "notes").mkdir()
                setting = Setting(setting.out, setting.official, version, aside / "notes")
            run = Run(call, mapper, setting, sources, tell, say)
            run.look()
            run.read()
            return run.publish()


def _check_workers(mapper: Mapper, figures: str, setting: Setting) -> None:
    """Make sure that every worker has the same code and sees the same folders."""
    found = mapper.everywhere(worker_faults, code_version(), figures, setting.official, setting.aside)
    if faults := [f"{worker}: {fault}" for worker, told in found.items() for fault in told]:
        raise EvidenceError(f"workers cannot take part:\n{listing(faults)}")


class Run:
    """One run, stage by stage."""

    def __init__(
        self,
        call: Call,
        mapper: Mapper,
        setting: Setting,
        sources: list[Source],
        tell: Tell,
        say: Callable[[str], None],
    ) -> None:
        self._call, self._mapper, self._setting, self._sources = call, mapper, setting, sources
        self._tell, self._say = tell, say
        self._instructions: list[Instructions] = []
        self._begun: dict[str, Any] = {}
        self._keys: dict[int, str] = {}
        self._rows: Counter[str] = Counter()
        self._n_texts = self._done = self._n_read = self._n_kept = 0

    def look(self) -> None:
        """Look at all texts, and say what changed since the last run."""
        survey, done = Survey(self._sources), 0
        batches = survey.note(cut_batches(self._sources, self._call.batch))
        for batch, look in self._mapper.map(partial(look_at_batch, setting=self._setting), batches):
            if look is None:
                raise _lost([batch])
            survey.add(look)
            done += len(batch.entries)
            self._tell("looking at the texts", done, 0)
        self._n_texts = survey.n_entries
        labels = survey.labels
        self._instructions = survey.settle()
        contents: dict[str, Any] = {source.origin.label: hashlib.sha256() for source in self._sources}
        for label, each in zip(labels, self._instructions, strict=True):
            contents[label].update(each.content)
        code, figures = self._setting.version.split()
        digests = {label: digest.hexdigest() for label, digest in contents.items()}
        self._begun = {"code": code, "figures": figures, "columns": repr(self._call.columns), "sources": digests}
        for line in changes_since(self._setting, self._begun):
            self._say(line)
        write_json(self._setting.aside / BEGUN, self._begun)

    def read(self) -> None:
        """Read every batch that no earlier run has finished."""
        lost = []
        for partition, rows in self._mapper.map(partial(read_partition, setting=self._setting), self._unfinished()):
            if rows is None:
                lost.append(partition.batch)
                continue
            self._rows.update(rows)
            self._n_read += 1
            self._advance(partition.batch)
        if lost:
            raise _lost(lost)

    def _unfinished(self) -> Iterator[Partition]:
        """Yield the batches that have to be read, and count those that have not."""
        for batch in cut_batches(self._sources, self._call.batch):
            if batch.number >= len(self._instructions):
                raise EvidenceError(f"{batch.origin.label or 'the folder of texts'} grew while it was being read")
            instructions = self._instructions[batch.number]
            key = self._keys[batch.number] = partition_key(batch, instructions, self._setting.version)
            rows = None if self._call.is_fresh else finished_rows(self._setting.out, key)
            if rows is None:
                yield Partition(batch, instructions, key)
            else:
                self._rows.update(rows)
                self._n_kept += 1
                self._advance(batch)

    def _advance(self, batch: Batch) -> None:
        """Tell that a batch is done."""
        self._done += len(batch.entries)
        self._tell("reading", self._done, self._n_texts)

    def publish(self) -> Outcome:
        """Write what is wrong with the sources themselves, and the manifest; remove what is no part of the result."""
        out = self._setting.out
        broken = [source.broken for source in self._sources if source.broken]
        problems = [problem for source in self._sources for problem in source.problems] + broken
        key = hashlib.sha256(repr(problems).encode("utf-8", "backslashreplace")).hexdigest()[:20]
        for table, path in part_paths(out, TABLES, key).items():
            write_part(arrow_table(table, problems if table == "problems" else []), path, self._setting.aside)
        self._rows["problems"] += len(problems)
        keys = [key, *(self._keys[number] for number in sorted(self._keys))]
        rows = {table: self._rows[table] for table in TABLES}
        write_json(out / MANIFEST, {**self._begun, "entries": self._n_texts, "parts": keys, "rows": rows})
        remove_stale(out, keys)
        (self._setting.aside / BEGUN).unlink()
        return Outcome(rows, self._n_read, self._n_kept, broken)


def _lost(batches: Sequence[Batch]) -> EvidenceError:
    """Return the error of batches at which workers died again and again, and not always at the same text."""
    named = [
        f"{batch.origin.label or 'the folder'}, entries {batch.positions[0]} to {batch.positions[-1]}"
        for batch in batches
    ]
    return EvidenceError(
        f"workers died again and again at {len(batches)} batches:\n{listing(named[:5])}\nSee the workers' logs; "
        "give them more memory or take smaller batches (--batch), then run the same command again: what is finished is "
        "kept."
    )
