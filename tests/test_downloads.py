"""Tables to take away: complete, the same every time, and no more of a text than its licence lets be passed on."""

from __future__ import annotations

import re
import zipfile

import pandas as pd
import pytest
from builds import digests
from small_tables import write_tables

from helpers.lexicon import read_lexicon
from helpers.records import Document, Event, Finding, Quotation, Sentence, Statistic
from helpers.reports.downloads import show_downloads, without_withheld, write_downloads
from helpers.reports.searching import search_sections
from helpers.schemas import RECORDS, column_types
from helpers.tables import read_table, table_records

WITHHELD = "The rest of this text belongs to somebody."


def sentence(document: str, start: int, text: str) -> Sentence:
    return Sentence(f"{document}:{start}", document, start, start + 50, text, "body", section="Its heading")


@pytest.fixture
def processed(tmp_path):
    """The tables of an open text and of a closed one, which state the same."""
    rows = {"documents": [Document("free", licence="CC0-1.0", title="Free"), Document("shut", title="=Shut")]}
    for name in ("sentences", "statistics", "events", "quotations", "findings"):
        rows[name] = []
    for one in ("free", "shut"):
        said = ["6,287 were referred.", "It was in May.", "“Good”, he said.", "Train the staff.", WITHHELD, WITHHELD]
        rows["sentences"] += [sentence(one, 50 * place, words) for place, words in enumerate(said)]
        rows["statistics"].append(
            Statistic(f"{one}:0", one, f"{one}:0", 0, 5, "6,287", "count", 6287.0, 6287.0, 6287.0)
        )
        day = pd.Timestamp(2020, 5, 1).date()
        rows["events"].append(
            Event(f"{one}:60", one, f"{one}:50", 60, 63, "May", day, day, "month", "stated", "other", "It was")
        )
        rows["quotations"].append(Quotation(f"{one}:100", one, 100, 106, "Good", "he", None, True))
        rows["findings"].append(Finding(f"{one}:150", one, 150, 200, "recommendation", 1, None, "Train the staff."))
    return write_tables(tmp_path / "processed", rows)


def test_closed_text_is_given_in_excerpts(processed):
    frames = {name: read_table(name, processed) for name in RECORDS}
    shown = without_withheld(frames)
    assert len(shown) == 12
    assert shown["text"].isna().tolist() == [False] * 6 + [False] * 4 + [True] * 2
    assert shown["section"].isna().tolist() == shown["text"].isna().tolist()


@pytest.mark.parametrize(("excerpts_only", "times"), [(True, 2), (False, 4)])
def test_no_file_holds_what_is_withheld(processed, tmp_path, excerpts_only, times):
    write_downloads(processed, tmp_path, excerpts_only)
    folder = tmp_path / "tables"
    assert (folder / "sentences.csv").read_text(encoding="utf-8-sig").count(WITHHELD) == times
    assert pd.read_parquet(folder / "sentences.parquet")["text"].eq(WITHHELD).sum() == times
    with zipfile.ZipFile(folder / "prevent_tables.xlsx") as archive:
        written = "".join(archive.read(name).decode() for name in archive.namelist())
    assert written.count(WITHHELD) == times
    shown = "".join(
        part._repr_html_() for _, parts in search_sections(processed, tmp_path, [], excerpts_only) for part in parts
    )
    assert shown.count(WITHHELD) == times
    assert shown.count("Train the staff.") == 4


def test_a_withheld_text_is_in_no_file_at_all(processed, tmp_path):
    sentences = read_table("sentences", processed)
    sentences.loc[sentences["document_id"] == "free", "text"] = "Free words."
    frames = {name: read_table(name, processed) for name in RECORDS} | {"sentences": sentences}
    assert WITHHELD not in set(without_withheld(frames)["text"].dropna())


def test_report_in_which_every_sentence_states_something_can_be_searched(processed, tmp_path):
    rows = {name: table_records(name, read_table(name, processed)) for name in RECORDS}
    rows["sentences"] = [row for row in rows["sentences"] if row.span_start == 0]
    sections = dict(search_sections(write_tables(tmp_path / "few", rows), tmp_path, []))
    assert sections["Other sentences"][0].words == "None was found."
    assert "6,287 were referred." in sections["Statistics"][0].words


def test_every_table_can_be_taken_away_and_is_linked(processed, tmp_path):
    write_downloads(processed, tmp_path)
    made = {path.relative_to(tmp_path).as_posix() for path in (tmp_path / "tables").iterdir()}
    assert made == set(re.findall(r'href="([^"]+)"', show_downloads().html))
    assert made == {f"tables/{name}.{kind}" for name in RECORDS for kind in ("csv", "parquet")} | {
        "tables/prevent_tables.xlsx"
    }
    for name in RECORDS:
        exact = pd.read_parquet(tmp_path / "tables" / f"{name}.parquet")
        assert list(exact.columns) == list(column_types(name))
        assert list(pd.read_csv(tmp_path / "tables" / f"{name}.csv").columns) == list(exact.columns)
        if name != "sentences":
            assert (tmp_path / "tables" / f"{name}.parquet").read_bytes() == (
                processed / f"{name}.parquet"
            ).read_bytes()


def test_words_that_a_spreadsheet_would_run_are_exact_in_parquet_alone(processed, tmp_path):
    write_downloads(processed, tmp_path)
    assert "'=Shut" in (tmp_path / "tables" / "documents.csv").read_text(encoding="utf-8-sig")
    assert "=Shut" in set(pd.read_parquet(tmp_path / "tables" / "documents.parquet")["title"])


def test_two_runs_write_the_same_bytes(processed, tmp_path):
    for name in ("a", "b"):
        write_downloads(processed, tmp_path / name)
    assert digests(tmp_path / "a") == digests(tmp_path / "b")


def test_first_sheet_explains_every_column(processed, tmp_path):
    write_downloads(processed, tmp_path)
    about = pd.read_csv(tmp_path / "tables" / "statistics.csv").columns
    said = read_lexicon("columns")
    for table in RECORDS:
        explained = {**said["everywhere"], **said["columns"][table]}
        assert set(column_types(table)) <= set(explained)
        assert set(said["columns"][table]) <= set(column_types(table)), "explains a column that is not there"
    with zipfile.ZipFile(tmp_path / "tables" / "prevent_tables.xlsx") as archive:
        first = archive.read("xl/worksheets/sheet1.xml").decode()
        names = re.findall(r'<sheet name="([^"]+)"', archive.read("xl/workbook.xml").decode())
    assert names == ["about", *RECORDS]
    assert all(f">{column}<" in first for column in about)
