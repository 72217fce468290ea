"""Tables as they lie on disk: one Parquet file, or a folder of them of which a manifest says which ones count.

`prevent corpus` writes the second kind. Rows are only read when they are asked for, and filters reach the files.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq

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
    """Return a written table; of a corpus the rows are not read yet.

    A single file is read here and by this thread alone, because threads of Arrow do not survive in a forked kernel.
    Ask such a table for its rows with ``use_threads=False`` for the same reason.

    Parameters
    ----------
    table : str
        Name of the table.
    folder : Path or str
        Folder of tables, or the ``--out`` of `prevent corpus`; of the latter only what the last finished run published
        counts. A table that such a run does not make (``corroborations``) has no rows until a notebook writes it.

    Raises
    ------
    TableError
        When there is no such table, or its file is missing or no Parquet.
    """
    schema = arrow_schema(table)
    folder = Path(folder)
    try:
        if is_corpus(folder) and (folder / table).is_dir():
            paths = [folder / table / f"part-{key}.parquet" for key in _parts(folder)]
            return ds.dataset(paths, schema=schema)
        path = folder / f"{table}.parquet"
        if not path.is_file():
            if is_corpus(folder):
                return ds.dataset(schema.empty_table())
            raise TableError(f"{path} is missing: run the notebooks before this one first, or `prevent build`")
        return ds.dataset(pq.ParquetFile(path).read(use_threads=False))
    except (pa.ArrowException, OSError, ValueError, KeyError) as error:
        raise unreadable(table, folder, error) from error


def read_parts(folder: Path | str, columns: Mapping[str, list[str]]) -> Iterator[dict[str, pd.DataFrame]]:
    """Yield some columns of some tables part by part: the rows of neighbouring texts together, all of a small folder.

    Parameters
    ----------
    folder : Path or str
        As for `open_table`.
    columns : mapping
        Names of columns by table.

    Raises
    ------
    TableError
        When a file is missing or damaged.
    """
    folder = Path(folder)
    if not is_corpus(folder):
        tables = {name: open_table(name, folder).to_table(columns=columns[name], use_threads=False) for name in columns}
        yield {name: table.to_pandas(use_threads=False) for name, table in tables.items()}
        return
    for key in _parts(folder):
        part = {}
        for table, names in columns.items():
            try:
                part[table] = pq.read_table(folder / table / f"part-{key}.parquet", columns=names).to_pandas()
            except (pa.ArrowException, OSError) as error:
                raise unreadable(table, folder, error) from error
        yield part


def _parts(folder: Path) -> list[str]:
    """Return the keys of the parts that the last finished run published."""
    return list(json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["parts"])


def unreadable(table: str, folder: Path | str, error: Exception) -> TableError:
    """Return the error of a table whose files are damaged or gone."""
    files, command = (table, "corpus") if is_corpus(folder) else (f"{table}.parquet", "build")
    path = Path(folder) / files
    return TableError(f"{path} cannot be read as Parquet ({error}): delete it and run `prevent {command}`")
