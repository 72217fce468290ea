"""Tables as they lie on disk: one Parquet file, or a folder of them of which a manifest says which ones count.

`prevent corpus` writes the second kind. Rows are only read when they are asked for, and filters reach the files.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.dataset as ds

from helpers.errors import TableError
from helpers.schemas import column_types

MANIFEST = "corpus.json"
ARROW = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_(), date: pa.date32()}


def arrow_schema(table: str) -> pa.Schema:
    """Return columns and types of a table as its files hold them."""
    return pa.schema([(name, ARROW[kind]) for name, (kind, _) in column_types(table).items()])


def is_corpus(folder: Path | str) -> bool:
    """Say whether a folder holds the finished tables of `prevent corpus`."""
    return (Path(folder) / MANIFEST).is_file()


def open_table(table: str, folder: Path | str) -> ds.Dataset:
    """Return a written table without reading its rows.

    Parameters
    ----------
    table : str
        Name of the table.
    folder : Path or str
        Folder of tables, or the ``--out`` of `prevent corpus`; of the latter only what the last finished run published
        counts. A table that such a run does not make (``corroborations``) has no rows.

    Raises
    ------
    TableError
        When there is no such table, or its file is missing or no Parquet.
    """
    schema = arrow_schema(table)
    folder = Path(folder)
    try:
        if is_corpus(folder):
            parts = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["parts"]
            paths = [folder / table / f"part-{key}.parquet" for key in parts] if (folder / table).is_dir() else []
            return ds.dataset(paths, schema=schema) if paths else ds.dataset(schema.empty_table())
        path = folder / f"{table}.parquet"
        if not path.is_file():
            raise TableError(f"{path} is missing: run the notebooks before this one first, or `prevent build`")
        return ds.dataset(path)
    except (pa.ArrowException, OSError, ValueError, KeyError) as error:
        raise unreadable(table, folder, error) from error


def unreadable(table: str, folder: Path | str, error: Exception) -> TableError:
    """Return the error of a table whose files are damaged or gone."""
    files, command = (table, "corpus") if is_corpus(folder) else (f"{table}.parquet", "build")
    path = Path(folder) / files
    return TableError(f"{path} cannot be read as Parquet ({error}): delete it and run `prevent {command}`")
