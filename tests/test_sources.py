"""Any folder of texts: what can be read is read, and every other file gives exactly one problem."""

from __future__ import annotations

import os
import socket
from datetime import date
from pathlib import Path

import pytest
from fpdf import FPDF
from hypothesis import given
from hypothesis import strategies as st

from helpers.errors import CallError, EvidenceError
from helpers.records import Document
from helpers.sources.files import SourceError, SourceText, load_text, read_file, read_folder, store_texts

GOOD = "Prevent referrals rise again\r\nThere were 6,922 referrals in the year to March 2024.\r\n"
HEADER = "document_id,file,title,publisher,document_type,published_date,url,licence,note\n"


def pdf(words: str = "512 cases were adopted.", password: str | None = None) -> bytes:
    document = FPDF()
    if password:
        document.set_encryption("owner", password)
    document.add_page()
    document.set_font("helvetica", size=12)
    if words:
        document.multi_cell(0, text=words)
    return bytes(document.output())


@pytest.fixture
def raw(tmp_path) -> Path:
    """A folder with one good text."""
    folder = tmp_path / "raw"
    folder.mkdir()
    (folder / "good.txt").write_bytes(GOOD.encode())
    return folder


def names(texts: list[SourceText]) -> list[str]:
    return [source.document.raw_path for source in texts]


BAD_FILES = {
    "empty.txt": (b"", "empty"),
    "blank.md": (b"\r\n \t", "empty"),
    "picture.txt": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "not text: a picture by its first bytes"),
    "noise.txt": (bytes(range(256)) * 20, "not text"),
    "broken.pdf": (pdf()[:300], "a broken PDF"),
    "no.pdf": (b"not at all", "a broken PDF"),
    "locked.pdf": (pdf(password="x"), "an encrypted PDF"),
    "scan.pdf": (pdf(words=""), "a PDF without a text layer"),
    "empty.html": (b"", "empty"),
    "script.html": (b"<html><script>document.write('512 cases')</script></html>", "a page without words"),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_bad_file_gives_one_problem_and_the_rest_is_read(raw, name):
    content, expected = BAD_FILES[name]
    (raw / name).write_bytes(content)
    texts, problems = read_folder(raw)
    assert names(texts) == ["good.txt"]
    assert [(problem.file, problem.severity) for problem in problems] == [(name, "error")]
    assert problems[0].problem.startswith(expected)
    assert problems[0].expected
    assert problems[0].action.endswith(".")


def test_a_text_beyond_the_limit_is_a_problem(raw):
    with (raw / "long.txt").open("wb") as stream:
        stream.truncate(200_000_000)
    texts, problems = read_folder(raw)
    assert names(texts) == ["good.txt"]
    assert problems[0].problem == "larger than the limit of 20,000,000 bytes"
    assert read_folder(raw, max_bytes=10)[0] == []


def test_links_out_of_the_folder_are_not_followed(raw, tmp_path):
    (tmp_path / "secret.txt").write_text("Not for the report at all.")
    (tmp_path / "others").mkdir()
    (tmp_path / "others" / "more.txt").write_text("Not for the report either.")
    (raw / "link.txt").symlink_to(tmp_path / "secret.txt")
    (raw / "up.txt").symlink_to("../secret.txt")
    (raw / "gone.txt").symlink_to("nowhere.txt")
    (raw / "loop.txt").symlink_to("loop.txt")
    (raw / "others").symlink_to(tmp_path / "others")
    texts, problems = read_folder(raw)
    assert names(texts) == ["good.txt"]
    assert [problem.file for problem in problems] == ["gone.txt", "link.txt", "loop.txt", "others", "up.txt"]


def test_pipes_sockets_and_devices_do_not_hang(raw):
    os.mkfifo(raw / "pipe.txt")
    os.mkfifo(raw / "pipe")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(os.path.relpath(raw / "socket.txt"))
        texts, problems = read_folder(raw)
    assert names(texts) == ["good.txt"]
    assert [problem.file for problem in problems] == ["pipe", "pipe.txt", "socket.txt"]


def test_a_file_that_may_not_be_read_is_a_problem(raw, monkeypatch):
    (raw / "closed.txt").write_text("Nobody may read this.")
    (raw / "closed.txt").chmod(0)
    really_open = os.open

    def refuse(path, *rest, **named):
        if str(path).endswith("closed.txt"):  # whoever runs the tests may be allowed everything
            raise PermissionError(13, "Permission denied")
        return really_open(path, *rest, **named)

    monkeypatch.setattr(os, "open", refuse)
    texts, problems = read_folder(raw)
    assert names(texts) == ["good.txt"]
    assert problems[0].problem == "cannot be opened: Permission denied"


def test_odd_names_are_read_shown_safely_and_noted(raw):
    odd = [b"a\nb.txt", "tx\u202etdp.txt".encode(), b"caf\xe9.txt", b"back\\slash.txt", "naïve (1).txt".encode()]
    for number, name in enumerate(odd):
        (raw / os.fsdecode(name)).write_text(f"Text number {number} about referrals.")
    texts, problems = read_folder(raw)
    assert len(texts) == 6
    assert {problem.file for problem in problems} == {
        "a\\nb.txt", "tx\\u202etdp.txt", "caf\\udce9.txt", "back\\\\slash.txt", "naïve (1).txt",
    }  # fmt: skip
    assert {problem.severity for problem in problems} == {"note"}
    identifiers = {source.document.document_id for source in texts}
    assert identifiers == {"good", "a_b", "tx_tdp", "caf_", "back_slash", "naive_1_"}
    for source in texts:
        source.document.raw_path.encode()


def test_ordinary_names_with_spaces_need_no_note(raw):
    (raw / "My text 2.txt").write_text("There were 512 cases.")
    texts, problems = read_folder(raw)
    assert [source.document.document_id for source in texts] == ["My_text_2", "good"]
    assert problems == []


def test_the_same_text_is_kept_once_whatever_its_white_space(raw):
    (raw / "hood.txt").write_bytes(GOOD.encode())
    (raw / "wood.md").write_bytes(GOOD.replace("\r\n", "\n\n  ").encode("utf-16"))
    texts, problems = read_folder(raw)
    assert names(texts) == ["good.txt"]
    assert [problem.file for problem in problems] == ["hood.txt", "wood.md"]
    assert {problem.problem for problem in problems} == {"the same text as 'good.txt', which is kept"}


def test_of_two_same_texts_the_one_in_the_catalogue_is_kept(raw):
    (raw / "hood.txt").write_bytes(GOOD.encode())
    (raw / "sources.csv").write_text(HEADER + "good,hood.txt,,,,,,,\n")
    texts, problems = read_folder(raw)
    assert [(source.document.document_id, source.document.raw_path) for source in texts] == [("good", "hood.txt")]
    assert [problem.file for problem in problems] == ["good.txt"]


def test_control_characters_are_read_and_warned_of(raw):
    (raw / "odd.txt").write_text("There were 6,\u200b922 referrals\u202e in England and Wales that year.")
    texts, problems = read_folder(raw)
    assert names(texts) == ["good.txt", "odd.txt"]
    assert "\u200b" in texts[1].text
    assert [(problem.file, problem.severity) for problem in problems] == [("odd.txt", "warning")]


def test_what_is_no_source_text_is_left_alone(raw):
    (raw / "official").mkdir()
    (raw / ".hidden").mkdir()
    for name in (
        "official/prevent.txt",
        ".hidden/a.txt",
        ".env",
        "README.md",
        "LICENSE",
        "licence.txt",
        "sub/ReadMe.txt",
    ):
        (raw / name).parent.mkdir(exist_ok=True)
        (raw / name).write_text("No source text.")
    assert [names(part) if part else part for part in read_folder(raw)] == [["good.txt"], []]


def test_other_formats_are_noted_once_a_file(raw):
    for name in ("a.docx", "b.docx", "noextension", "sub.csv"):
        (raw / name).write_bytes(b"PK")
    _, problems = read_folder(raw)
    assert [(problem.file, problem.problem) for problem in problems] == [
        ("a.docx", "not a text we read: .docx"),
        ("b.docx", "not a text we read: .docx"),
        ("noextension", "not a text we read: no extension"),
        ("sub.csv", "not a text we read: .csv"),
    ]
    assert problems[0].expected == "one of .txt, .md, .html, .htm, .pdf"


def test_sub_folders_are_read_in_order_and_equal_stems_numbered(raw):
    for name in ("b/good.txt", "a/good.TXT", "a/Good.md", "good-2.txt"):
        (raw / name).parent.mkdir(exist_ok=True)
        (raw / name).write_text(f"A text called {name}.")
    texts, problems = read_folder(raw)
    assert [(source.document.raw_path, source.document.document_id) for source in texts] == [
        ("a/Good.md", "Good"), ("a/good.TXT", "good-2"), ("b/good.txt", "good-3"), ("good-2.txt", "good-2-2"),
        ("good.txt", "good-4"),
    ]  # fmt: skip
    assert problems == []


def test_a_deep_folder_is_read(raw):
    deep = raw.joinpath(*["d"] * 300)
    deep.mkdir(parents=True)
    (deep / "deep.txt").write_text("At the bottom there were 512 cases.")
    assert len(read_folder(raw)[0]) == 2


def test_the_catalogue_wins_over_the_text_and_gaps_are_filled_from_it(raw):
    (raw / "dated.txt").write_text("Prevent in figures for all\nPublished 12 February 2025\nBody.")
    (raw / "sources.csv").write_text(
        HEADER + "first,good.txt,A title,Sample Gazette,bulletin,2024-12-05,https://example.org/a,CC0-1.0,x\n"
        "second,dated.txt,,,,,,,\n"
    )
    texts, problems = read_folder(raw)
    second, first = (source.document for source in texts)
    assert (first.document_id, first.title, first.publisher, first.document_type, first.published_date) == (
        "first", "A title", "Sample Gazette", "bulletin", date(2024, 12, 5),
    )  # fmt: skip
    assert (first.url, first.licence) == ("https://example.org/a", "CC0-1.0")
    assert (second.document_id, second.title, second.published_date) == (
        "second", "Prevent in figures for all", date(2025, 2, 12),
    )  # fmt: skip
    assert problems == []


def test_rows_without_a_file_and_files_without_a_row_are_problems(raw):
    (raw / "README.md").write_text("Not a source text.")
    (raw / "broken.pdf").write_bytes(b"junk")
    (raw / "table.xlsx").write_bytes(b"junk")
    (raw / "sources.csv").write_text(
        HEADER + "a,gone.txt,,,,,,,\nb,broken.pdf,,,,,,,\nc,table.xlsx,,,,,,,\nd,README.md,,,,,,,\n"
    )
    texts, problems = read_folder(raw)
    assert names(texts) == ["good.txt"]
    assert [(problem.file, problem.severity, problem.problem) for problem in problems] == [
        ("README.md", "warning", "a row of the catalogue for a file that is no source text"),
        ("broken.pdf", "error", "a broken PDF"),
        ("gone.txt", "warning", "a row of the catalogue without a file"),
        ("good.txt", "note", "a file without a row in the catalogue"),
        ("table.xlsx", "note", "not a text we read: .xlsx"),
    ]


def test_a_folder_that_is_not_there_is_a_wrong_call(tmp_path):
    with pytest.raises(CallError, match="there is no folder"):
        read_folder(tmp_path / "none")


def test_progress_counts_every_source(raw):
    (raw / "bad.txt").write_bytes(b"")
    steps: list[tuple[int, int]] = []
    read_folder(raw, progress=lambda done, of: steps.append((done, of)))
    assert steps == [(1, 2), (2, 2)]


def test_a_single_file_is_read_wherever_it_lies(raw):
    source = read_file(raw / "good.txt")
    assert source.text == GOOD
    assert source.document.raw_path == "good.txt"
    assert read_file(raw / "good.txt", raw.parent).document.raw_path == "raw/good.txt"
    with pytest.raises(SourceError, match="a link out of the folder") as caught:
        read_file(raw / "good.txt", raw / "sub")
    assert caught.value.problem.file == "../good.txt"


def test_an_unknown_extension_named_by_hand_is_read_as_text(raw):
    (raw / "words.text").write_text("There were 512 cases.")
    assert read_file(raw / "words.text").text == "There were 512 cases."


@given(text=st.text(st.characters(), max_size=60))
def test_a_stored_text_comes_back_character_by_character(tmp_path_factory, text):
    processed = tmp_path_factory.mktemp("processed")
    store_texts([SourceText(Document("a"), text)], processed)
    assert load_text("a", processed) == text


def test_stale_texts_are_removed(tmp_path):
    store_texts([SourceText(Document("a"), "one\r"), SourceText(Document("v1.2"), "two\n")], tmp_path)
    store_texts([SourceText(Document("v1.2"), "three")], tmp_path)
    assert [path.name for path in (tmp_path / "text").iterdir()] == ["v1.2.txt"]
    assert load_text("v1.2", tmp_path) == "three"
    with pytest.raises(EvidenceError, match="prevent build"):
        load_text("a", tmp_path)


def test_two_readings_of_a_folder_are_the_same(raw):
    for number in range(20):
        (raw / f"{number % 7}{number}.txt").write_text(f"Text {number // 2}")
    assert read_folder(raw) == read_folder(raw)


def test_the_real_texts_are_described_by_what_they_say(shared_seeds):
    texts, problems = read_folder(shared_seeds)
    assert problems == []
    described = {
        source.document.document_id[:3]: (source.document.document_type, source.document.published_date)
        for source in texts
    }
    assert described == {
        "000": ("news", None),
        "001": ("debate_summary", None),
        "002": ("statement", date(2025, 2, 14)),
        "003": ("news", None),
        "004": ("review_record", date(2025, 2, 12)),
    }
    for source in texts:
        path = shared_seeds / source.document.raw_path
        assert source.text == path.read_bytes().decode()
    assert texts[0].document.publisher == "BBC"
    assert len(texts[0].document.title or "") < 90
