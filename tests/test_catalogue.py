"""The catalogue: read as it is written, or refused with every fault at once."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.errors import CatalogueError
from helpers.sources.catalogue import COLUMNS, comparable_path, is_outside, read_catalogue

HEADER = ",".join(COLUMNS) + "\n"
ROW = 'first,a.txt,"One, two",Sample Gazette,news,2024-12-05,https://example.org/a,CC0-1.0,a note\n'


@pytest.fixture
def refusal(tmp_path):
    """The message with which a catalogue is refused."""

    def refuse(content: str | bytes) -> str:
        (tmp_path / "sources.csv").write_bytes(content.encode() if isinstance(content, str) else content)
        with pytest.raises(CatalogueError) as caught:
            read_catalogue(tmp_path)
        return str(caught.value)

    return refuse


def test_no_catalogue_is_no_fault(tmp_path):
    assert read_catalogue(tmp_path) is None


def test_a_row_is_read_as_it_is_written(tmp_path):
    (tmp_path / "sources.csv").write_text(HEADER + ROW)
    row = read_catalogue(tmp_path)["a.txt"]
    assert (row.document_id, row.title, row.publisher, row.document_type) == (
        "first",
        "One, two",
        "Sample Gazette",
        "news",
    )
    assert (row.published_date, row.url, row.licence, row.note) == (
        date(2024, 12, 5), "https://example.org/a", "CC0-1.0", "a note",
    )  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_catalogues_saved_by_spreadsheets_are_read(tmp_path, encoding):
    content = (HEADER + ROW).replace("One", "Café – “one”").replace("\n", "\r\n") + ",,,,,,,,\r\n\r\n"
    (tmp_path / "sources.csv").write_bytes(content.encode(encoding))
    assert read_catalogue(tmp_path)["a.txt"].title == "Café – “one”, two"


def test_columns_may_come_in_any_order_and_with_others(tmp_path):
    columns = [*reversed(COLUMNS), "reader"]
    (tmp_path / "sources.csv").write_text(",".join(columns) + "\n,,,,,,,b.txt,,me\n")
    assert read_catalogue(tmp_path)["b.txt"].document_id is None


def test_all_faults_are_listed_at_once_with_row_value_and_what_was_expected(refusal):
    message = refusal(
        HEADER
        + "a,a.txt,,,new,12/02/2025,,,\n"
        + "b,../b.txt,,,,2025-02-30,example.org,,\n"
        + "A,./a.txt,,,,,,,\n"
        + "c d,,,,,,,,\n"
        + "e,e.txt\n"
    )
    for fault in (
        "row 2, document_type 'new': expected one of news, statement,",
        "Did you mean 'news'?",
        "row 2, published_date '12/02/2025': expected a real day as YYYY-MM-DD",
        "row 3, file '../b.txt': expected a path inside the folder",
        "row 3, published_date '2025-02-30'",
        "row 3, url 'example.org': expected an address that starts with https://",
        "row 5, document_id 'c d': expected at most 120 letters",
        "row 5, file '': expected a path inside the folder",
        "row 6: 2 cells; expected 9",
        "rows 2, 4: the same file 'a.txt'; expected one row each",
        "rows 2, 4: the same document_id 'a'; expected one row each",
    ):
        assert fault in message
    assert "is wrong in 10 places" in message
    assert message.endswith("Mend them and run again.")


def test_missing_and_repeated_columns_are_named_and_rows_still_checked(refusal):
    message = refusal("document_id,file,title,title,document_type,published_date\nx,a.txt,,,,soon\n")
    assert "row 1: no column 'publisher', 'url', 'licence', 'note'; expected the columns document_id, file" in message
    assert "row 1: 2 columns are called 'title'" in message
    assert "row 2, published_date 'soon'" in message


def test_a_catalogue_with_semicolons_is_told_to_use_commas(refusal):
    assert "with commas between them, not semicolons" in refusal("document_id;file;title\nx;a.txt;T\n")


@pytest.mark.parametrize(
    "content", [b"", b"\x89PNG\r\n", b"\0\1\2\3", b"PK\x03\x04", (HEADER + 'a,"a.txt,,,,,,,\n').encode()]
)
def test_a_catalogue_that_is_no_table_is_refused(refusal, content):
    assert "sources.csv" in refusal(content)


def test_a_catalogue_that_is_a_folder_is_refused(tmp_path):
    (tmp_path / "sources.csv").mkdir()
    with pytest.raises(CatalogueError, match="cannot be read: a folder"):
        read_catalogue(tmp_path)


@pytest.mark.parametrize(
    "path", ["/etc/passwd", "../a.txt", "a/../../b.txt", "C:\\a.txt", "\\\\host\\a.txt", "a\0.txt"]
)
def test_paths_out_of_the_folder_are_known(path):
    assert is_outside(comparable_path(path))


@pytest.mark.parametrize("path", ["a.txt", "sub/a.txt", "sub\\a.txt", "./a.txt", "a..b.txt", "…/a.txt"])
def test_paths_in_the_folder_are_not_mistaken(path):
    assert not is_outside(comparable_path(path))


def test_composed_and_decomposed_letters_name_the_same_file():
    assert comparable_path("cafe\u0301.txt") == comparable_path("caf\u00e9.txt")


@given(rows=st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(tmp_path_factory, rows):
    folder = tmp_path_factory.mktemp("raw")
    (folder / "sources.csv").write_bytes(HEADER.encode() + rows)
    try:
        found = read_catalogue(folder)
    except CatalogueError:
        return
    assert not [file for file in found if is_outside(file)]
