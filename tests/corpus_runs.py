"""What the tests of corpora share: texts as files and as records, runs, and their rows beside the small path's."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd

from helpers.checks.verdicts import check_statistics
from helpers.corpora.partitions import TABLES
from helpers.corpora.runs import Call, Outcome, run_corpus
from helpers.official.series import read_official
from helpers.paths import official_folder
from helpers.reading import read_document
from helpers.sources.files import read_folder
from helpers.tables import read_table, table_frame

SENTENCE = "In the year to March 2020, {} people were referred to Prevent, of whom 43% were adopted by Channel."


def corpus(*sources: Path | str, out: Path, **options: Any) -> Outcome:
    """Run over sources without a word, in this process unless told otherwise."""
    return run_corpus(Call([str(source) for source in sources], out, **options), say=lambda line: None)


def tables_of(out: Path) -> dict[str, pd.DataFrame]:
    """Every table that a run wrote."""
    return {table: read_table(table, out) for table in TABLES}


def small_path(folder: Path) -> dict[str, pd.DataFrame]:
    """The same tables from the path that single texts take."""
    texts, problems = read_folder(folder)
    readings = [read_document(source.text, source.document) for source in texts]
    statistics = [row for reading in readings for row in reading.statistics]
    documents = [reading.document for reading in readings]
    rows: dict[str, list[Any]] = {
        name: [row for reading in readings for row in getattr(reading, name)]
        for name in ("sentences", "events", "quotations", "findings")
    }
    checks = check_statistics(statistics, documents, read_official(official_folder(folder)))
    rows |= {"documents": documents, "statistics": statistics, "checks": checks, "problems": problems}
    return {table: table_frame(table, found) for table, found in rows.items()}


def assert_same(found: dict[str, pd.DataFrame], wanted: dict[str, pd.DataFrame]) -> None:
    """Hold all tables against each other, cell by cell."""
    assert found.keys() == wanted.keys()
    for table, frame in wanted.items():
        pd.testing.assert_frame_equal(found[table], frame, obj=table)


def write_lines(path: Path, records: list[dict[str, Any]]) -> Path:
    """Write records as JSON Lines."""
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


def texts_stating(*numbers: int) -> list[dict[str, Any]]:
    """Records of short texts, each with its number in it."""
    return [{"id": f"text-{number}", "text": SENTENCE.format(number)} for number in numbers]


def problems_of(out: Path) -> list[str]:
    """What is wrong with the inputs, a line a problem."""
    return [f"{row.file}: {row.problem}" for row in read_table("problems", out).itertuples()]
