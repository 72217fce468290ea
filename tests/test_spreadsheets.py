"""Files for spreadsheet programs: nothing runs, nothing is lost without a word, the same bytes every time."""

from __future__ import annotations

import csv
import re
import time
import zipfile
from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from helpers.reports.spreadsheets import MOST_UNITS, Sheet, cell_text, unrunnable, write_spreadsheet_csv, write_workbook

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
FORMULAS = ["=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1", "=cmd|' /C calc'!A0", "a;=1", "a\n=1"]


def cells(path) -> dict[str, etree._Element]:
    """The cells of the first sheet by their place."""
    with zipfile.ZipFile(path) as archive:
        sheet = etree.fromstring(archive.read("xl/worksheets/sheet1.xml"))
    return {cell.get("r"): cell for cell in sheet.iter(f"{MAIN}c")}


def words(cell) -> str:
    """The text of a cell, as a program reads it."""
    written = "".join(cell.itertext())
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), written)


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_can_start_a_formula_in_a_csv_cell(tmp_path, text):
    write_spreadsheet_csv(pd.DataFrame({"a": [text]}), tmp_path / "a.csv")
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as stream:
        written = list(csv.reader(stream))[1][0]
    for part in re.split("[;\t\r\n]", written):
        assert not part.strip().startswith(("=", "+", "-", "@", "＝"))
    assert written.replace("'", "") == unrunnable(text).replace("'", "")


@pytest.mark.parametrize("text", ["6,287", "43%", "–5%", "a - b", "a; b", "", "Who? – 'me'"])
def test_plain_words_stay_as_they_are(text):
    assert unrunnable(text) == text


@given(st.text())
def test_no_text_at_all_starts_a_formula(text):
    for part in re.split("[;\t\r\n]", unrunnable(text)):
        assert not re.match(r"\s*[=+\-@]", part)


def test_formulas_are_found_in_linear_time():
    began = time.process_time()
    unrunnable("\n" * 200_000 + " " * 200_000 + ";" * 200_000)
    assert time.process_time() - began < 1


@pytest.mark.parametrize("text", FORMULAS)
def test_excel_holds_texts_and_no_formula_or_link(tmp_path, text):
    write_workbook(tmp_path / "a.xlsx", "T", [Sheet("s", pd.DataFrame({text: [text, "https://example.org", "12"]}))])
    assert {cell.get("t") for cell in cells(tmp_path / "a.xlsx").values()} <= {"s", "inlineStr"}
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
    assert not re.search(rb"<f[ >]|<hyperlink|ddeLink|externalLink", everything)


def test_every_type_is_written_as_itself_and_absence_as_nothing(tmp_path):
    frame = pd.DataFrame(
        {
            "text": pd.Series(["a", None], dtype="str"),
            "n": pd.Series([6287, None], dtype="Int64"),
            "x": [float("inf"), 0.5],
            "is": pd.Series([True, None], dtype="boolean"),
            "day": pd.Series(pd.to_datetime([date(2020, 3, 31), None]), dtype="datetime64[s]"),
        }
    )
    write_workbook(tmp_path / "a.xlsx", "T", [Sheet("s", frame)])
    found = cells(tmp_path / "a.xlsx")
    assert [words(found[place]) for place in ("A2", "B2", "C2", "D2", "E2", "C3")] == [
        "a", "6287", "inf", "1", "43921", "0.5",
    ]  # fmt: skip
    assert (found["B2"].get("t"), found["D2"].get("t")) in ((None, "b"), ("n", "b"))
    assert not found.keys() & {"A3", "B3", "D3", "E3"}


@pytest.mark.parametrize(
    ("text", "shown"),
    [("a\x0bb\x00", "a[U+000B]b[U+0000]"), ("\u202egnp", "[U+202E]gnp"), ("\uffff", "[U+FFFF]"),
     ("_x0041_", "_x0041_"), ("two\nlines", "two\nlines")],
)  # fmt: skip
def test_characters_that_excel_cannot_hold_are_spelled_out(tmp_path, text, shown):
    write_workbook(tmp_path / "a.xlsx", "T", [Sheet("s", pd.DataFrame({"a": [text]}))])
    assert words(cells(tmp_path / "a.xlsx")["A2"]).replace("_x0041_", "A") == shown.replace("_x0041_", "A")


@pytest.mark.parametrize("letter", ["a", "€", "🙂"])
def test_a_text_longer_than_a_cell_is_cut_with_a_note(letter):
    text = letter * 40_000
    shown = cell_text(text)
    assert len(shown.encode("utf-16-le")) <= 2 * MOST_UNITS
    assert shown.startswith(letter * 16_000)
    assert shown.endswith("… [cut: 40,000 characters in all; the Parquet file holds them]")
    assert cell_text("a" * MOST_UNITS) == "a" * MOST_UNITS


def test_two_files_of_the_same_tables_have_the_same_bytes(tmp_path, monkeypatch):
    frame = pd.DataFrame({"a": ["x", "y"], "n": [1.0, 2.0]})
    write_workbook(tmp_path / "a.xlsx", "T", [Sheet("s", frame)])
    later = time.time() + 86_400 * 400
    monkeypatch.setattr(time, "time", lambda: later)
    write_workbook(tmp_path / "b.xlsx", "T", [Sheet("s", frame)])
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_heading_is_frozen_and_filtered(tmp_path):
    write_workbook(tmp_path / "a.xlsx", "T", [Sheet("s", pd.DataFrame({"a": ["x"], "b": ["y" * 500]}))])
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert 'ySplit="1"' in sheet
    assert '<autoFilter ref="A1:B2"/>' in sheet
    assert float(re.findall(r'<col [^>]*width="([\d.]+)"', sheet)[1]) < 70
