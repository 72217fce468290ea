"""The tables to take away, beside the pages: each as CSV and Parquet, and all of them in one Excel file.

The CSV files are made for spreadsheet programs, so no text can run as a formula in them. The Parquet files hold the
exact words, as ``data/processed`` does, but for sentences of texts that may not be passed on.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from helpers.lexicon import read_lexicon
from helpers.reports.displays import Fragment, each_row, link, show_table
from helpers.reports.licences import is_open
from helpers.reports.spreadsheets import Sheet, write_spreadsheet_csv, write_workbook
from helpers.schemas import RECORDS, column_types
from helpers.tables import read_table, write_parquet

FOLDER, WORKBOOK = "tables", "prevent_tables.xlsx"
TITLE = "Prevent: what the texts say, and what the official figures say"
MARKED = ("statistics", "events", "quotations", "findings")
TYPE_WORDS = {str: "text", int: "whole number", float: "number", bool: "yes or no", date: "day"}
NOTES = (
    "A verdict was given by a program and is a pointer for a reader, not a judgement.",
    "An empty cell means: not known, or not stated.",
    "Words in brackets such as [U+202E] stand for characters that would not be seen.",
)
WITHHELD = (
    "Texts whose licence does not let them be passed on are given in excerpts: the sentences that hold a statistic, "
    "event, quotation or finding. The text of their other sentences is left empty."
)


def write_downloads(processed: Path, reports: Path, excerpts_only: bool = True) -> None:
    """Write every table of `processed` for readers to take away.

    Parameters
    ----------
    processed, reports : Path
        Folders of the tables and of the pages; ``tables/`` in the latter gets a CSV and a Parquet file a table and
        the Excel file.
    excerpts_only : bool
        Leave out the sentences of texts that may not be passed on, unless something is stated in them.
    """
    frames = {name: read_table(name, processed) for name in RECORDS}
    if excerpts_only:
        frames["sentences"] = without_withheld(frames)
    folder = reports / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for name, frame in frames.items():
        write_parquet(name, frame, folder / f"{name}.parquet")
        write_spreadsheet_csv(frame, folder / f"{name}.csv")
    sheets = [Sheet("about", _about(frames, excerpts_only)), *(Sheet(name, frame) for name, frame in frames.items())]
    write_workbook(folder / WORKBOOK, TITLE, sheets)


def without_withheld(frames: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Return the sentences with null text wherever it may not be passed on: licence not open, and nothing marked."""
    documents, sentences = frames["documents"], frames["sentences"]
    closed = {row.document_id for row in each_row(documents) if not is_open(row.licence)}
    spans = pd.concat([frames[name][["document_id", "span_start", "span_end"]] for name in MARKED])
    kept = pd.Series(True, index=sentences.index)
    for document, rows in sentences[sentences["document_id"].isin(closed)].groupby("document_id"):
        marks = spans[spans["document_id"] == document]
        begun = np.searchsorted(np.sort(marks["span_start"]), rows["span_end"], side="left")
        ended = np.searchsorted(np.sort(marks["span_end"]), rows["span_start"], side="right")
        kept[rows.index] = begun > ended
    return sentences.assign(text=sentences["text"].where(kept), section=sentences["section"].where(kept))


def show_downloads() -> Fragment:
    """Return the list of all files to take away, with what a row of each is."""
    said = read_lexicon("columns")["tables"]
    files = [
        (name.replace("_", " "), f"a row: {said[name]}", link(f"{FOLDER}/{name}.csv", "CSV"),
         link(f"{FOLDER}/{name}.parquet", "Parquet"))
        for name in RECORDS
    ]  # fmt: skip
    workbook = ("all tables", "a sheet each", link(f"{FOLDER}/{WORKBOOK}", "Excel"), "–")
    frame = pd.DataFrame([workbook, *files], columns=["Table", "What it holds", "For spreadsheets", "Exact"])
    return show_table(frame, "Tables to take away; CSV and Excel files hold words that no program can run")


def _about(frames: dict[str, pd.DataFrame], excerpts_only: bool) -> pd.DataFrame:
    """Return the first sheet: what holds for all tables, then every table and column in words."""
    said = read_lexicon("columns")
    rows = [("", "", "", note) for note in (*NOTES, *([WITHHELD] if excerpts_only else []))]
    for table, frame in frames.items():
        rows.append((table, "", f"{len(frame):,} rows", f"One row: {said['tables'].get(table, table)}."))
        for column, (kind, _) in column_types(table).items():
            meaning = said["columns"].get(table, {}).get(column) or said["everywhere"].get(column, "")
            rows.append((table, column, TYPE_WORDS[kind], meaning))
    return pd.DataFrame(rows, columns=["table", "column", "type", "meaning"])
