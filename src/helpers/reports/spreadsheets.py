"""Tables for spreadsheet programs: CSV and Excel files in which no text can run as a formula.

Words of strangers get an apostrophe in front where a program would take them for a formula (CSV), or are stored as text
cells (Excel); hidden characters are spelled out. The exact words are in the Parquet files and in ``data/processed``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import xlsxwriter

from helpers.escaping import spelled_out

# Where a spreadsheet takes what follows for a formula: at the start of a cell, and after what begins another one, as a
# semicolon does for programs set to other languages. Full-width forms count as well.
FORMULA = re.compile("(^|[;\t\r\n])([^\\S\t\r\n]*)(?=[=+\\-@\uff1d\uff0b\uff0d\uff20])")
NO_CHARACTERS = re.compile("[\ufffe\uffff]")  # XML cannot hold them
MOST_UNITS = 32_767  # UTF-16 units that a cell of Excel holds
MOST_ROWS = 1_048_575  # rows of a sheet below its heading
CUT = " … [cut: {:,} characters in all; the Parquet file holds them]"
CREATED = datetime(2000, 1, 1)  # Excel wants a day; a true one would make every build differ
NARROWEST, WIDEST = 8, 60  # characters
MEASURED_ROWS = 200  # from which the width of a column is taken


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of an Excel file: its name, and a table whose columns are its headings."""

    name: str
    frame: pd.DataFrame


def unrunnable(text: str) -> str:
    """Return a text that no spreadsheet program takes for a formula, with hidden characters spelled out.

    Examples
    --------
    >>> unrunnable("=1+1"), unrunnable("a; =1+1"), unrunnable("6,287")
    ("'=1+1", "a; '=1+1", '6,287')
    """
    return _spelled_out(FORMULA.sub(r"\1\2'", text))


def _spelled_out(text: str) -> str:
    """Return a text with hidden characters named, and line ends of one kind: a lone carriage return would end a row."""
    return spelled_out(re.sub("\r\n?", "\n", text))


def write_spreadsheet_csv(frame: pd.DataFrame, path: Path) -> None:
    """Write a table as CSV for spreadsheet programs: with a byte-order mark, by which they know that it is UTF-8."""
    safe = frame.copy()
    for name in safe.columns:
        if not pd.api.types.is_numeric_dtype(safe[name]) and not pd.api.types.is_datetime64_any_dtype(safe[name]):
            safe[name] = safe[name].map(lambda value: unrunnable(value) if isinstance(value, str) else value)
    safe.to_csv(path, index=False, lineterminator="\n", date_format="%Y-%m-%d", encoding="utf-8-sig")


def cell_text(text: str) -> str:
    """Return what a cell of Excel shows of a text: all of it that fits, with a note where it does not."""
    shown = NO_CHARACTERS.sub(lambda found: f"[U+{ord(found[0]):04X}]", _spelled_out(text))
    content = shown.encode("utf-16-le")
    if len(content) <= 2 * MOST_UNITS:
        return shown
    note = CUT.format(len(text))
    return content[: 2 * (MOST_UNITS - len(note))].decode("utf-16-le", "ignore") + note


def write_workbook(path: Path, title: str, sheets: Sequence[Sheet]) -> None:
    """Write sheets as one Excel file, row by row in flat memory; the same tables give the same bytes.

    Parameters
    ----------
    path : Path
        The file to write.
    title : str
        For the properties of the file.
    sheets : sequence of Sheet
        In order; each gets a frozen and filtered heading. Rows beyond what a sheet holds are left out, and the last
        row says so.
    """
    # Cells are written by their type alone; the options keep that true should a plain `write` ever come in.
    options = dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)
    with xlsxwriter.Workbook(str(path), {**options, "constant_memory": True}) as workbook:
        workbook.set_properties({"title": title, "created": CREATED})
        formats = {
            "head": workbook.add_format({"bold": True, "bottom": 1}),
            "day": workbook.add_format({"num_format": "yyyy-mm-dd"}),
        }
        for sheet in sheets:
            _write_sheet(workbook.add_worksheet(sheet.name), sheet.frame, formats)


def _write_sheet(worksheet: Any, frame: pd.DataFrame, formats: dict[str, Any]) -> None:
    """Write one table, heading first."""
    worksheet.freeze_panes(1, 0)
    for column, name in enumerate(frame.columns):
        worksheet.set_column(column, column, _width(name, frame[name].head(MEASURED_ROWS)))
    for column, name in enumerate(frame.columns):
        worksheet.write_string(0, column, name, formats["head"])
    shown = frame if len(frame) <= MOST_ROWS else frame.head(MOST_ROWS - 1)
    for number, row in enumerate(shown.itertuples(index=False, name=None), start=1):
        for column, value in enumerate(row):
            _write_cell(worksheet, number, column, value, formats)
    if len(shown) < len(frame):
        note = f"[cut: {len(frame):,} rows in all; the Parquet file holds them]"
        worksheet.write_string(MOST_ROWS, 0, note)
    worksheet.autofilter(0, 0, len(shown), max(len(frame.columns) - 1, 0))


def _write_cell(worksheet: Any, row: int, column: int, value: Any, formats: dict[str, Any]) -> None:
    """Write one value by its type; nothing where it is absent, and infinity as a word."""
    if pd.isna(value):
        return
    if isinstance(value, str):
        worksheet.write_string(row, column, cell_text(value))
    elif pd.api.types.is_bool(value):
        worksheet.write_boolean(row, column, value)
    elif isinstance(value, date):
        worksheet.write_datetime(row, column, datetime(value.year, value.month, value.day), formats["day"])
    elif value in (float("inf"), float("-inf")):
        worksheet.write_string(row, column, str(value))
    else:
        worksheet.write_number(row, column, value)


def _width(name: str, values: Iterable[Any]) -> int:
    """Return the width of a column in characters."""
    longest = max([len(name) + 3, *(10 if isinstance(value, date) else len(str(value)) for value in values)])
    return min(max(longest, NARROWEST), WIDEST)
