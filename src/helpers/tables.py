"""Writing and reading the tables of the data contract: checked both ways, sorted by key, same bytes every time."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from datetime import date
from operator import attrgetter
from pathlib import Path
from typing import Any

import pandas as pd
import pandera.errors
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from helpers.datasets import arrow_schema, is_corpus, open_table, unreadable
from helpers.errors import TableError, listing
from helpers.schemas import DTYPES, KEYS, RECORDS, column_types, schema

SHOWN = 20  # faults listed before the rest is only counted
WORDING = {
    "not_nullable": "a value is needed here",
    "multiple_fields_uniqueness": "another row has the same key",
    "column_in_schema": "a column that the table does not have",
    "column_in_dataframe": "a column that is missing",
}


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
    return _conform(table, pd.DataFrame(map(attrgetter(*names), rows), columns=names, dtype=object))


def _cast(values: pd.Series[Any], kind: type) -> pd.Series[Any]:
    """Return a column in the type that its table stores."""
    cast = (pd.to_datetime(values) if kind is date else values).astype(DTYPES[kind])
    return cast + 0.0 if kind is float else cast  # a negative zero would print as -0.0


def _misfits(values: pd.Series[Any], kind: type) -> list[str]:
    """Return a line for each value of a column that cannot be cast."""
    faults = []
    for row, value in enumerate(values):
        try:
            _cast(pd.Series([value], dtype=object), kind)
        except (ValueError, TypeError, OverflowError):
            faults.append(f"row {row}, column {values.name}: {value!r} is no {kind.__name__}")
    return faults


def _conform(table: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Cast columns to their types, sort by key, check."""
    columns = column_types(table)
    missing = [name for name in columns if name not in frame.columns]
    if missing:
        raise TableError(f"table {table!r} lacks the columns {missing}; it was written by another version: build again")
    frame = frame[list(columns)].copy()
    faults: list[str] = []
    for name, (kind, _) in columns.items():
        try:
            frame[name] = _cast(frame[name], kind)
        except (ValueError, TypeError, OverflowError):
            faults += _misfits(frame[name], kind)
    if faults:
        raise _broken(table, faults)
    frame = frame.sort_values(list(KEYS[table]), kind="stable", ignore_index=True)
    return check_table(table, frame)


def _broken(table: str, faults: list[str]) -> TableError:
    """Return the error that lists `faults`, the first twenty in full."""
    more = [f"and {len(faults) - SHOWN:,} more"] if len(faults) > SHOWN else []
    return TableError(f"table {table!r} breaks its schema in {len(faults):,} places:\n{listing(faults[:SHOWN] + more)}")


def check_table(table: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Return `frame` unchanged if it keeps the schema of `table`, else raise `TableError` listing what does not."""
    try:
        return schema(table).validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as error:
        lines = (_fault(table, frame, case) for case in error.failure_cases.itertuples())
        raise _broken(table, list(dict.fromkeys(lines))) from None


def _fault(table: str, frame: pd.DataFrame, case: Any) -> str:
    """Return one failure of pandera in words: the row by its key, the column, its value, what is wrong with it."""
    told = WORDING.get(case.check, case.check)
    if pd.isna(case.index) and case.schema_context == "Column":
        return f"column {case.column}: {told}"
    if pd.isna(case.index):
        return f"{case.failure_case!r}: {told}"
    key = ", ".join(f"{name} {frame[name].iloc[int(case.index)]}" for name in KEYS[table])
    row = f"row {case.index} ({key})"
    if case.schema_context != "Column":  # a rule about the whole row, which pandera repeats for each column
        return f"{row}: {told}"
    value = "" if pd.isna(case.failure_case) else f": {case.failure_case!r}"
    return f"{row}, column {case.column}{value}: {told}"


def write_table(table: str, rows: Iterable[Any] | pd.DataFrame, folder: Path | str) -> pd.DataFrame:
    """Check `rows`, sort them and write ``<table>.parquet`` and ``<table>.csv`` into `folder`, each in one move.

    Prints path, number of rows and the start of the Parquet file's sha256, and returns the table as written.
    """
    frame = _conform(table, rows) if isinstance(rows, pd.DataFrame) else table_frame(table, rows)
    folder = Path(folder)
    if (folder / table).is_dir() and is_corpus(folder):
        raise TableError(f"{folder} holds the table {table!r} of a corpus, which `prevent corpus` alone writes")
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{table}.parquet"
    write_parquet(table, frame, target)
    part = folder / f"{table}.csv.part"
    frame.to_csv(part, index=False, lineterminator="\n", date_format="%Y-%m-%d", encoding="utf-8")
    os.replace(part, folder / f"{table}.csv")
    digest = hashlib.sha256(target.read_bytes()).hexdigest()[:12]
    print(f"{target.name}: {len(frame):,} rows, sha256 {digest}…")
    return frame


def write_parquet(table: str, frame: pd.DataFrame, target: Path) -> None:
    """Write a table as one Parquet file, in one move; types as in the schema, values as they are."""
    content = pa.Table.from_pandas(frame, schema=arrow_schema(table), preserve_index=False)
    part = target.with_suffix(".parquet.part")
    pq.write_table(content.replace_schema_metadata(None), part, compression="zstd")
    os.replace(part, target)


def read_table(table: str, folder: Path | str, rows: pc.Expression | None = None) -> pd.DataFrame:
    """Return a written table, checked again.

    Parameters
    ----------
    table : str
        Name of the table.
    folder : Path or str
        Folder of tables, or the ``--out`` of `prevent corpus`.
    rows : pyarrow.compute.Expression, optional
        Which rows to read; all by default. Of a corpus, ask for few: see `helpers.datasets.open_table`.

    Raises
    ------
    TableError
        When there is no such table, the file is missing, or it breaks the schema.
    """
    try:
        many = is_corpus(folder)
        frame = open_table(table, folder).to_table(filter=rows, use_threads=many).to_pandas(use_threads=many)
    except (pa.ArrowException, OSError) as error:
        raise unreadable(table, folder, error) from error
    return _conform(table, frame)


def table_records(table: str, frame: pd.DataFrame) -> list[Any]:
    """Return the rows of a table as records again: nulls are ``None``, days are `datetime.date`."""
    lists = []
    for name, (kind, _) in column_types(table).items():
        values = frame[name].dt.date if kind is date else frame[name].astype(object)
        cells = zip(values.tolist(), frame[name].isna().tolist(), strict=True)
        lists.append([None if null else value for value, null in cells])
    return [RECORDS[table](*values) for values in zip(*lists, strict=True)]
