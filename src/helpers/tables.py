"""Writing and reading the tables of the data contract: checked both ways, sorted by key, same bytes every time."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from dataclasses import astuple
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pandera.errors
import pyarrow as pa
import pyarrow.parquet as pq

from helpers.errors import TableError, listing, nearest
from helpers.schemas import DTYPES, KEYS, RECORDS, column_types, schema

ARROW = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_(), date: pa.date32()}


def table_frame(table: str, rows: Iterable[Any]) -> pd.DataFrame:
    """Return records as a checked table, sorted by its key.

    Parameters
    ----------
    table : str
        Name of the table, which also names the record type in `helpers.schemas.RECORDS`.
    rows : iterable of records
        Rows in any order; may be empty.

    Returns
    -------
    pandas.DataFrame
        One row a record, columns and types as in `helpers.schemas.schema`.

    Raises
    ------
    TableError
        When a value, type or key breaks the schema; all faults are listed.
    """
    names = list(column_types(table))
    return _conform(table, pd.DataFrame([_values(row) for row in rows], columns=names))


def _values(row: Any) -> tuple[Any, ...]:
    """Return the fields of one record in column order."""
    return astuple(row)


def _conform(table: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Cast columns to their types, sort by key, check."""
    columns = column_types(table)
    missing = [name for name in columns if name not in frame.columns]
    if missing:
        raise TableError(f"table {table!r} lacks the columns {missing}; it was written by another version: build again")
    frame = frame[list(columns)].copy()
    try:
        for name, (kind, _) in columns.items():
            frame[name] = (
                pd.to_datetime(frame[name]).astype(DTYPES[kind]) if kind is date else frame[name].astype(DTYPES[kind])
            )
    except (ValueError, TypeError) as error:
        raise TableError(f"table {table!r}, column {name!r}: expected {DTYPES[kind]} ({error})") from error
    frame = frame.sort_values(list(KEYS[table]), kind="stable", ignore_index=True)
    return check_table(table, frame)


def check_table(table: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Return `frame` unchanged if it keeps the schema of `table`, else raise `TableError` listing what does not."""
    try:
        return schema(table).validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as error:
        cases = error.failure_cases.head(20)
        faults = [
            f"column {case.column}: {case.failure_case!r} breaks {case.check} (row {case.index})"
            for case in cases.itertuples()
        ]
        raise TableError(
            f"table {table!r} breaks its schema in {len(error.failure_cases)} places:\n{listing(faults)}"
        ) from error


def write_table(table: str, rows: Iterable[Any] | pd.DataFrame, folder: Path | str) -> pd.DataFrame:
    """Check `rows`, sort them and write ``<table>.parquet`` and ``<table>.csv`` into `folder`, each in one move.

    Prints path, number of rows and the start of the Parquet file's sha256, and returns the table as written.
    """
    frame = _conform(table, rows) if isinstance(rows, pd.DataFrame) else table_frame(table, rows)
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    arrow = pa.schema([(name, ARROW[kind]) for name, (kind, _) in column_types(table).items()])
    content = pa.Table.from_pandas(frame, schema=arrow, preserve_index=False).replace_schema_metadata(None)
    target = folder / f"{table}.parquet"
    part = target.with_suffix(".parquet.part")
    pq.write_table(content, part, compression="zstd")
    os.replace(part, target)
    part = folder / f"{table}.csv.part"
    frame.to_csv(part, index=False, lineterminator="\n", date_format="%Y-%m-%d", encoding="utf-8")
    os.replace(part, folder / f"{table}.csv")
    digest = hashlib.sha256(target.read_bytes()).hexdigest()[:12]
    print(f"{target.name}: {len(frame):,} rows, sha256 {digest}…")
    return frame


def read_table(table: str, folder: Path | str) -> pd.DataFrame:
    """Return a written table, checked again.

    Raises
    ------
    TableError
        When there is no such table, the file is missing, or it breaks the schema.
    """
    if table not in RECORDS:
        raise TableError(f"there is no table {table!r}. {nearest(table, RECORDS)}")
    path = Path(folder) / f"{table}.parquet"
    if not path.is_file():
        raise TableError(f"{path} is missing: run the notebooks before this one first, or `prevent build`")
    return _conform(table, pq.read_table(path).to_pandas())


def table_records(table: str, frame: pd.DataFrame) -> list[Any]:
    """Return the rows of a table as records again: nulls are ``None``, days are `datetime.date`."""
    columns = column_types(table)
    lists = []
    for name, (kind, _) in columns.items():
        values = frame[name].dt.date.tolist() if kind is date else frame[name].astype(object).tolist()
        lists.append([None if pd.isna(value) else value for value in values])
    return [RECORDS[table](*values) for values in zip(*lists, strict=True)]
