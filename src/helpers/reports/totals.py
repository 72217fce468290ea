"""Counts over all texts, however many, and which texts are shown: all of a small folder, some of a large corpus.

Of a corpus one part after another is counted and forgotten, so that the memory does not grow with it.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyarrow.compute as pc

from helpers.datasets import is_corpus, read_parts
from helpers.tables import read_table

EXAMPLES = 200  # texts of a corpus that are shown
FILTERED = ["statistic_id", "document_id", "dimension", "category", "period_start", "period_end"]
UNCOMPARED = ("not_comparable", "no_series")


@dataclass(frozen=True)
class Filters:
    """Which statistics count: of those by type of concern only this one, and only periods within these days."""

    concern: str = ""
    period_from: str = ""
    period_to: str = ""

    def keep(self, statistics: pd.DataFrame) -> pd.DataFrame:
        """Return the statistics that count; those without a period do not where days are given."""
        if self.concern:
            is_other = statistics["dimension"].fillna("") != "concern"
            statistics = statistics[is_other | (statistics["category"] == self.concern)]
        if self.period_from:
            statistics = statistics[statistics["period_start"] >= pd.Timestamp(self.period_from)]
        if self.period_to:
            statistics = statistics[statistics["period_end"] <= pd.Timestamp(self.period_to)]
        return statistics


ALL = Filters()


@dataclass(frozen=True)
class Totals:
    """Counts over all texts.

    ``judged`` has a row for each verdict and reason (of those that were not compared) with ``n``, the number of
    statistics. ``examples`` are the documents that are shown, ``None`` when all are.
    """

    n_documents: int
    n_statistics: int
    n_left_out: int
    n_errors: int
    judged: pd.DataFrame
    examples: tuple[str, ...] | None = None


def count_texts(folder: Path | str, filters: Filters = ALL) -> Totals:
    """Count statistics, verdicts, reasons and problems of all texts in a folder of tables."""
    judged: Counter[tuple[str, str]] = Counter()
    n_documents = n_statistics = n_kept = n_errors = 0
    best: list[tuple[int, str]] = []
    for part in read_parts(folder, {
        "documents": ["document_id"], "statistics": FILTERED, "checks": ["statistic_id", "verdict", "reason"],
        "problems": ["severity"],
    }):  # fmt: skip
        statistics = part["statistics"].astype({"period_start": "datetime64[s]", "period_end": "datetime64[s]"})
        kept = filters.keep(statistics).merge(part["checks"], on="statistic_id")
        n_documents += len(part["documents"])
        n_statistics += len(statistics)
        n_kept += len(filters.keep(statistics))
        n_errors += int((part["problems"]["severity"] == "error").sum())
        reasons = kept["reason"].where(kept["verdict"].isin(UNCOMPARED), "")
        judged.update(zip(kept["verdict"], reasons, strict=True))
        # By number of checked statistics, then by name; the least of the best first.
        found = kept["document_id"].value_counts().items()
        best = heapq.nsmallest(EXAMPLES, [*best, *((-count, str(name)) for name, count in found)])
    rows = [(verdict, reason, n) for (verdict, reason), n in sorted(judged.items())]
    table = pd.DataFrame(rows, columns=["verdict", "reason", "n"])
    shown = tuple(sorted(name for _, name in best)) if is_corpus(folder) and n_documents > EXAMPLES else None
    return Totals(n_documents, n_kept, n_statistics - n_kept, n_errors, table, shown)


def pick_examples(folder: Path | str) -> tuple[str, ...] | None:
    """Return the texts that are shown of a large corpus; ``None`` for all of a folder that is none."""
    return count_texts(folder).examples if is_corpus(folder) else None


def read_rows(table: str, folder: Path | str, documents: Sequence[str] | None) -> pd.DataFrame:
    """Return the rows of a table that belong to some documents, or all rows."""
    if documents is None:
        return read_table(table, folder)
    return read_table(table, folder, pc.field("document_id").isin(list(documents)))


def shown_words(examples: Sequence[str]) -> str:
    """Return which texts of a large corpus are shown."""
    n = f"{len(examples):,}"
    return f"Shown are the {n} texts with the most checked numbers; verdicts and reasons are counted over all."
