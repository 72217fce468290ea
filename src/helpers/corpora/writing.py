"""Rows of one batch as Parquet files, checked against the schema of their table, each put in place in one move.

Plain Arrow: thousands of small tables would spend more time in a data frame and its checks than in being read.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from helpers.datasets import ARROW, arrow_schema
from helpers.errors import EvidenceError, TableError, listing
from helpers.schemas import ALLOWED, KEYS, column_types

ORDERED = {
    "statistics": (("value_low", "value_high", False), ("period_start", "period_end", False)),
    "events": (("date_start", "date_end", False),),
}
SHOWN = 5  # faults listed


def arrow_table(table: str, rows: Sequence[Any]) -> pa.Table:
    """Return records as a checked table, sorted by its key.

    Raises
    ------
    TableError
        When a value, type or key breaks the schema.
    """
    columns = column_types(table)
    cells = list(zip(*map(attrgetter(*columns), rows), strict=True)) or [()] * len(columns)
    arrays = []
    for (name, (kind, _)), values in zip(columns.items(), cells, strict=True):
        try:
            array = pa.array(values, ARROW[kind], from_pandas=True)
        except (pa.ArrowException, ValueError, TypeError, OverflowError) as error:
            raise TableError(f"table {table!r}, column {name}: {error}") from None
        arrays.append(pc.add(array, 0.0) if kind is float else array)  # a negative zero would print as -0.0
    content = pa.table(arrays, schema=arrow_schema(table)).sort_by([(name, "ascending") for name in KEYS[table]])
    if faults := list(_faults(table, content)):
        raise TableError(f"table {table!r} breaks its schema:\n{listing(faults[:SHOWN])}")
    return content


def _faults(table: str, content: pa.Table) -> Iterator[str]:
    """Yield a line for each rule that some row breaks."""
    for name, (_, nullable) in column_types(table).items():
        column = content[name]
        if not nullable and column.null_count:
            yield f"{name}: a value is needed in {column.null_count} rows without one"
        if allowed := ALLOWED.get((table, name)):
            odd = column.filter(pc.invert(pc.is_in(column, pa.array([*allowed, None]))))
            if len(odd):
                yield f"{name} {odd[0].as_py()!r}: not one of {', '.join(allowed)}"
        if (
            name.endswith(("_share", "_score"))
            and len(column)
            and not 0 <= pc.min(column).as_py() <= pc.max(column).as_py() <= 1
        ):
            yield f"{name}: not between 0 and 1"
    spans = (("span_start", "span_end", True),) if "span_end" in content.column_names else ()
    for start, end, strict in (*spans, *ORDERED.get(table, ())):
        holds = pc.less(content[start], content[end]) if strict else pc.less_equal(content[start], content[end])
        if pc.all(holds).as_py() is False:
            yield f"{start} lies {'at or ' if strict else ''}after {end}"
    keys = content.select(list(KEYS[table]))
    if len(keys) != len(keys.group_by(keys.column_names).aggregate([])):
        yield f"two rows have the same {', '.join(keys.column_names)}"


def write_part(content: pa.Table, path: Path, aside: Path) -> None:
    """Write a table to `path` by way of a file in `aside`, on the same disk: it is there whole or not at all.

    Raises
    ------
    EvidenceError
        When it cannot be written.
    """
    part = aside / f"{path.parent.name}-{path.name}.{os.getpid()}"
    try:
        with part.open("wb") as stream:
            pq.write_table(content, stream, compression="zstd")
            stream.flush()
            os.fsync(stream.fileno())
        path.parent.mkdir(exist_ok=True)
        os.replace(part, path)
    except OSError as error:
        raise EvidenceError(
            f"cannot write {str(path)!r} ({error.strerror or error}); free the disk or mend its permissions, then run "
            "the same command again: what is finished is kept."
        ) from None


def part_rows(path: Path) -> int | None:
    """Return the number of rows of a written part; ``None`` when it is missing or damaged."""
    try:
        return int(pq.read_metadata(path).num_rows)
    except (pa.ArrowException, OSError):
        return None


def part_paths(out: Path, tables: Iterable[str], key: str) -> dict[str, Path]:
    """Return where the rows of one batch lie, by table."""
    return {table: out / table / f"part-{key}.parquet" for table in tables}
