"""The schema of every table, derived from its record and held to the closed vocabularies (pandera)."""

from __future__ import annotations

import types
from collections.abc import Callable
from dataclasses import fields
from datetime import date
from functools import cache
from typing import Any, get_args, get_type_hints

import pandas as pd
import pandera.pandas as pa

from helpers import records
from helpers import vocabulary as words
from helpers.errors import TableError, nearest

RECORDS: dict[str, type] = {
    "documents": records.Document,
    "sentences": records.Sentence,
    "statistics": records.Statistic,
    "events": records.Event,
    "quotations": records.Quotation,
    "findings": records.Finding,
    "checks": records.Check,
    "corroborations": records.Corroboration,
    "problems": records.Problem,
}
KEYS: dict[str, tuple[str, ...]] = {
    "documents": ("document_id",),
    "sentences": ("document_id", "span_start"),
    "statistics": ("document_id", "span_start"),
    "events": ("document_id", "span_start", "event_id"),
    "quotations": ("document_id", "span_start", "span_end"),
    "findings": ("document_id", "span_start"),
    "checks": ("statistic_id",),
    "corroborations": ("fact_id", "member_kind", "member_id"),
    "problems": ("file", "problem"),
}
ALLOWED: dict[tuple[str, str], tuple[str, ...]] = {
    ("documents", "document_type"): words.DOCUMENT_TYPES,
    ("sentences", "role"): words.ROLES,
    ("statistics", "kind"): words.KINDS,
    ("statistics", "modifier"): words.MODIFIERS,
    ("statistics", "direction"): words.DIRECTIONS,
    ("statistics", "measure"): words.known_measures(),
    ("statistics", "dimension"): words.known_dimensions(),
    ("statistics", "period_source"): words.PERIOD_SOURCES,
    ("statistics", "caveat"): words.CAVEATS,
    ("statistics", "per"): words.RATE_PERIODS,
    ("events", "precision"): words.PRECISIONS,
    ("events", "date_source"): words.DATE_SOURCES,
    ("events", "event_type"): words.EVENT_TYPES,
    ("findings", "kind"): words.FINDING_KINDS,
    ("findings", "status"): words.STATUSES,
    ("checks", "verdict"): words.VERDICTS,
    ("corroborations", "agreement"): words.AGREEMENTS,
    ("corroborations", "member_kind"): words.MEMBER_KINDS,
    ("problems", "severity"): words.SEVERITIES,
}
DTYPES: dict[type, Any] = {str: "str", int: "Int64", float: "float64", bool: "boolean", date: "datetime64[s]"}


@cache
def column_types(table: str) -> dict[str, tuple[type, bool]]:
    """Return, for each column of `table` in order, its Python type and whether it may be null.

    Raises
    ------
    TableError
        When there is no such table.
    """
    if table not in RECORDS:
        raise TableError(f"there is no table {table!r}. {nearest(table, RECORDS)}")
    hints = get_type_hints(RECORDS[table])
    found: dict[str, tuple[type, bool]] = {}
    for field in fields(RECORDS[table]):
        hint = hints[field.name]
        options = get_args(hint) if isinstance(hint, types.UnionType) else (hint,)
        found[field.name] = (next(option for option in options if option is not type(None)), len(options) > 1)
    return found


def _ordered(start: str, end: str, strict: bool = False) -> pa.Check:
    """Return a check that `start` is not after `end` in any row that has both."""

    def holds(frame: pd.DataFrame) -> pd.Series:
        both = frame[start].notna() & frame[end].notna()
        return ~both | (frame[start] < frame[end] if strict else frame[start] <= frame[end])

    return pa.Check(holds, error=f"{start} lies {'at or ' if strict else ''}after {end}")


def _typed(dtype: str) -> pa.Check:
    """Return a check that a column has a type; pandera's own looks at every value, and takes longer than the rest."""
    expected = pd.api.types.pandas_dtype(dtype)
    return pa.Check(lambda values: values.dtype == expected, error=f"not of type {dtype}", ignore_na=False)


BOUNDS: dict[str, Callable[[], list[pa.Check]]] = {
    "statistics": lambda: [
        _ordered("span_start", "span_end", strict=True),
        _ordered("value_low", "value_high"),
        _ordered("period_start", "period_end"),
    ],
    "sentences": lambda: [_ordered("span_start", "span_end", strict=True)],
    "events": lambda: [_ordered("span_start", "span_end", strict=True), _ordered("date_start", "date_end")],
    "quotations": lambda: [_ordered("span_start", "span_end", strict=True)],
    "findings": lambda: [_ordered("span_start", "span_end", strict=True)],
}


@cache
def schema(table: str) -> pa.DataFrameSchema:
    """Return the pandera schema of `table`: columns in order, types, closed lists, ordered bounds, unique key.

    Parameters
    ----------
    table : str
        One of the names in `RECORDS`.

    Returns
    -------
    pandera.DataFrameSchema
        Strict (no further columns) and ordered; types as in `DTYPES`.
    """
    columns: dict[str, Any] = {}
    for name, (kind, nullable) in column_types(table).items():
        allowed = ALLOWED.get((table, name))
        tests = [_typed(DTYPES[kind])]
        if allowed:
            tests.append(pa.Check.isin(allowed, error=f"not one of {', '.join(allowed)}"))
        if name.endswith("_share") or name.endswith("_score"):
            tests.append(pa.Check.in_range(0.0, 1.0, error="not between 0 and 1"))
        columns[name] = pa.Column(None, tests, nullable=nullable)
    return pa.DataFrameSchema(
        columns, checks=BOUNDS.get(table, list)(), strict=True, ordered=True, unique=list(KEYS[table]), name=table
    )
