"""Corpora: the same rows as from single texts, whatever the sources, and none lost or doubled when something breaks."""

import gzip
import json
import os
import shutil
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from conftest import ROOT
from corpus_runs import assert_same, corpus, problems_of, small_path, tables_of, texts_stating, write_lines
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.corpora import partitions
from helpers.corpora.columns import Columns
from helpers.corpora.openings import cut_batches, open_sources
from helpers.corpora.runs import Call, run_corpus
from helpers.corpora.survey import Survey, longer_number, look_at, name_number
from helpers.errors import CallError, EvidenceError
from helpers.sources.folders import document_identifiers
from helpers.tables import read_table

RAW = ROOT / "data" / "raw"
BLIND = ROOT / "tests" / "gold" / "blind"


@pytest.mark.parametrize("folder", [RAW, BLIND], ids=["sample", "blind"])
def test_a_corpus_has_the_same_rows_as_single_texts(folder, tmp_path):
    corpus(folder, out=tmp_path / "out", batch=4)
    assert_same(tables_of(tmp_path / "out"), small_path(folder))


def test_a_folder_of_bad_files_has_the_same_rows_and_problems_as_single_texts(tmp_path):
    raw = tmp_path / "raw"
    (raw / "sub").mkdir(parents=True)
    (raw / "one.txt").write_text("In 2019/20 there were 6,287 referrals.")
    (raw / "sub" / "one.txt").write_text("In 2020/21 there were 4,915 referrals.")
    (raw / "sub" / "one-2.txt").write_text("In 2021/22 there were 6,406 referrals.")
    (raw / "again.txt").write_text("In 2019/20  there were\n6,287 referrals.\n")
    (raw / "empty.txt").write_text("")
    (raw / "table.xlsx").write_bytes(b"PK\x03\x04")
    (raw / "broken.pdf").write_bytes(b"%PDF-1.4 and no more")
    (raw / "odd name\u202e.txt").write_text("Seven people were adopted as Channel cases.")
    (raw / "binary.txt").write_bytes(bytes(range(256)) * 8)
    corpus(raw, out=tmp_path / "out", batch=2)
    assert_same(tables_of(tmp_path / "out"), small_path(raw))


def packed(path: Path, kind: str) -> Path:
    """The same file as .gz or .zst."""
    target = path.with_name(f"{path.name}.{kind}")
    if kind == "gz":
        target.write_bytes(gzip.compress(path.read_bytes()))
    else:
        with pa.output_stream(str(target), compression="zstd") as stream:
            stream.write(path.read_bytes())
    return target


@pytest.mark.parametrize("form", ["jsonl", "jsonl.gz", "jsonl.zst", "parquet"])
def test_every_form_of_records_gives_the_rows_of_the_files(form, tmp_path):
    wanted = small_path(RAW)
    described = wanted["documents"].set_index("document_id")
    records = []
    for path in sorted(RAW.glob("*.txt")):
        row = described.loc[path.stem] if path.stem in described.index else None
        if row is not None and row.encoding == "utf-8":
            given = {name: row[name] for name in ("title", "publisher", "document_type", "url", "licence")}
            given = {name: None if value != value else value for name, value in given.items()}
            day = None if row.published_date != row.published_date else f"{row.published_date:%Y-%m-%d}"
            text = path.read_bytes().decode()
            records.append({"document_id": path.stem, "text": text, "published_date": day, **given})
    assert len(records) > 8
    lines = write_lines(tmp_path / "texts.jsonl", records)
    if form == "parquet":
        source = tmp_path / "texts.parquet"
        pq.write_table(pa.Table.from_pylist(records), source)
    else:
        source = lines if form == "jsonl" else packed(lines, form[-3:].strip("."))
    corpus(source, out=tmp_path / "out", batch=3)
    found, kept = tables_of(tmp_path / "out"), {record["document_id"] for record in records}
    for table in ("sentences", "statistics", "events", "quotations", "findings"):
        rows = wanted[table]
        assert found[table].equals(rows[rows["document_id"].isin(kept)].reset_index(drop=True)), table
    columns = ["document_id", "title", "publisher", "published_date", "n_characters", "furniture_share"]
    rows = wanted["documents"][wanted["documents"]["document_id"].isin(kept)].reset_index(drop=True)
    assert found["documents"][columns].equals(rows[columns])
    assert found["checks"].equals(
        wanted["checks"][wanted["checks"]["statistic_id"].isin(found["checks"]["statistic_id"])].reset_index(drop=True)
    )
    assert found["documents"]["raw_path"].str.fullmatch(rf"{source.name}:\d+").all()


def test_texts_compressed_one_by_one_are_read(tmp_path):
    (tmp_path / "raw").mkdir()
    for kind in ("gz", "zst"):
        path = tmp_path / "raw" / f"news_{kind}.txt"
        path.write_text(f"In 2019/20 there were 6,287 referrals ({kind}).")
        packed(path, kind)
        path.unlink()
    corpus(tmp_path / "raw", out=tmp_path / "out")
    assert read_table("documents", tmp_path / "out")["document_id"].tolist() == ["news_gz", "news_zst"]
    assert problems_of(tmp_path / "out") == []


def test_every_bad_line_is_a_problem_and_costs_no_other(tmp_path):
    good = [json.dumps(record).encode() for record in texts_stating(6287, 4915, 6406)]
    lines = [
        good[0], b"{not json", b"", b"[1, 2]", b'{"id": 5, "body": "x"}', b'{"text": null}', b'{"text": 12}',
        b'{"text": "  "}', b'{"id": "odd", "text": "Caf\xe9s saw 12 people."}', good[1],
        b'{"id": "far", "text": "In 2019 it saw 99 people.", "date": "31 June 2020", "url": "ftp://x"}',
        b'{"id": "half", "text": "\\ud800 in 2019 it saw 98 people."}', b"[" * 100_000, good[2],
    ]  # fmt: skip
    (tmp_path / "texts.jsonl").write_bytes(b"\n".join(lines))
    outcome = corpus(tmp_path / "texts.jsonl", out=tmp_path / "out", batch=3)
    told = problems_of(tmp_path / "out")
    wanted = {
        2: "not JSON", 4: "list and no object", 5: "no column 'text'", 6: "empty", 7: "'text' is int", 8: "empty",
        9: "not UTF-8, taken for windows-1252", 11: "is left out", 13: "not JSON",
    }  # fmt: skip
    assert len(told) == len(wanted)
    for number, words in wanted.items():
        assert [line for line in told if line.startswith(f"texts.jsonl:{number}: ") and words in line], (words, told)
    identifiers = read_table("documents", tmp_path / "out")["document_id"].tolist()
    assert identifiers == ["far", "half", "odd", "text-4915", "text-6287", "text-6406"]
    assert outcome.broken == []


def test_a_line_without_end_is_a_problem_and_not_held(tmp_path, monkeypatch):
    monkeypatch.setattr("helpers.corpora.openings.MAX_LINE", 10_000)
    first, last = (json.dumps(record) for record in texts_stating(6287, 4915))
    long = json.dumps({"text": "word " * 10_000})
    (tmp_path / "texts.jsonl").write_text(f"{first}\n{long}\n{last}\n")
    corpus(tmp_path / "texts.jsonl", out=tmp_path / "out")
    assert problems_of(tmp_path / "out") == ["texts.jsonl:2: a line of more than 80 MB"]
    assert len(read_table("documents", tmp_path / "out")) == 2


@pytest.mark.parametrize("kind", ["gz", "zst"])
def test_a_broken_archive_is_read_as_far_as_it_goes_and_told(kind, tmp_path):
    whole = packed(write_lines(tmp_path / "texts.jsonl", texts_stating(*range(1000, 2500))), kind)
    whole.write_bytes(whole.read_bytes()[: whole.stat().st_size * 2 // 3])
    other = write_lines(tmp_path / "more.jsonl", texts_stating(1, 2))
    outcome = corpus(whole, other, out=tmp_path / "out", batch=500)
    assert [problem.file for problem in outcome.broken] == [whole.name]
    assert any(line.startswith(f"{whole.name}: broken after line") for line in problems_of(tmp_path / "out"))
    assert 100 < len(read_table("documents", tmp_path / "out")) < 1502
    assert {"text-1", "text-2"} <= set(read_table("documents", tmp_path / "out")["document_id"])


def test_an_empty_or_broken_source_is_told_and_costs_no_other(tmp_path):
    (tmp_path / "empty.jsonl").write_bytes(b"\n\n")
    (tmp_path / "broken.parquet").write_bytes(b"PAR1 and no more")
    (tmp_path / "plain.jsonl.gz").write_bytes(b"no archive")
    good = write_lines(tmp_path / "good.jsonl", texts_stating(6287))
    outcome = corpus(*sorted(tmp_path.glob("*.*")), out=tmp_path / "out")
    assert [problem.file for problem in outcome.broken] == ["broken.parquet", "plain.jsonl.gz"]
    assert read_table("documents", tmp_path / "out")["raw_path"].tolist() == [f"{good.name}:1"]


def test_wrong_sources_are_named_all_at_once(tmp_path):
    (tmp_path / "sheet.xlsx").write_bytes(b"x")
    with pytest.raises(CallError, match=r"(?s)2 of the sources.*sheet\.xlsx.*nowhere/\*\.jsonl"):
        corpus(tmp_path / "sheet.xlsx", "nowhere/*.jsonl", out=tmp_path / "out")


@pytest.mark.parametrize("form", ["jsonl", "parquet"])
def test_a_column_that_is_not_there_is_told_with_the_nearest(form, tmp_path):
    path = tmp_path / f"texts.{form}"
    records = [{"id": "a", "body": "In 2019/20 there were 6,287 referrals."}]
    if form == "parquet":
        pq.write_table(pa.Table.from_pylist(records), path)
    else:
        write_lines(path, records)
    with pytest.raises(CallError, match=r"no column 'text'.*Known: body, id.*--text-column"):
        corpus(path, out=tmp_path / "out")
    with pytest.raises(CallError, match=r"no column 'bodi'. Did you mean 'body'\?"):
        corpus(path, out=tmp_path / "out", columns=Columns("bodi"))
    corpus(path, out=tmp_path / "out", columns=Columns("body"))
    assert len(read_table("documents", tmp_path / "out")) == 1


def test_names_that_repeat_across_sources_become_different_identifiers(tmp_path):
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "news.txt").write_text(f"In 2019/20 there were 6,287 referrals in {folder}.")
    lines = write_lines(
        tmp_path / "c.jsonl", [{"id": "news", "text": "It saw 5 people."}, {"text": "It saw 6 people."}]
    )
    for out in ("one", "two"):
        corpus(tmp_path / "a", tmp_path / "b", lines, out=tmp_path / out, batch=1)
    documents = read_table("documents", tmp_path / "one")
    assert dict(zip(documents["document_id"], documents["raw_path"], strict=True)) == {
        "news": "a/news.txt", "news-2": "b/news.txt", "news-3": "c.jsonl:1", "c-2": "c.jsonl:2",
    }  # fmt: skip
    assert documents.equals(read_table("documents", tmp_path / "two"))


@settings(max_examples=40)
@given(st.lists(st.text("ab-2", min_size=1, max_size=5), max_size=12))
def test_identifiers_clash_as_they_do_in_a_small_folder(tmp_path_factory, stems):
    folder = tmp_path_factory.mktemp("clash")
    names = sorted(f"{place}/{stem}.txt" for place, stem in enumerate(stems))
    for name in names:
        (folder / name).parent.mkdir()
        (folder / name).write_text(f"Text of {name}.")
    sources = open_sources([str(folder)], Columns())
    survey = Survey(sources)
    batches = list(survey.note(cut_batches(sources, 3)))
    for batch in reversed(batches):  # they may come back in any order
        survey.add(look_at(batch))
    found = {}
    for batch, instructions in zip(batches, survey.settle(), strict=True):
        for place, (position, entry) in enumerate(zip(batch.positions, batch.entries, strict=True)):
            suffix = instructions.suffixes.get(place)
            found[entry.name] = batch.origin.identifier(position, entry) + (f"-{suffix}" if suffix else "")
    wanted = document_identifiers(names, {})
    assert found == wanted
    assert len({name.casefold() for name in found.values()}) == len(names)
    shutil.rmtree(folder)


@given(st.text("abcXYZ_-.0123456789", min_size=1, max_size=120), st.integers(2, 10**9))
def test_the_number_of_a_longer_name_follows_from_that_of_the_name(stem, number):
    assert longer_number(name_number(stem), f"-{number}") == name_number(f"{stem}-{number}")


def test_a_second_run_reads_nothing_again_and_writes_the_same_bytes(tmp_path):
    source = write_lines(tmp_path / "texts.jsonl", texts_stating(*range(100, 120)))
    first = corpus(source, out=tmp_path / "out", batch=5)
    before = {path: path.read_bytes() for path in (tmp_path / "out").rglob("*.*") if path.is_file()}
    second = corpus(source, out=tmp_path / "out", batch=5)
    assert (first.n_read, first.n_kept, second.n_read, second.n_kept) == (4, 0, 0, 4)
    assert first.rows == second.rows
    assert {path: path.read_bytes() for path in (tmp_path / "out").rglob("*.*") if path.is_file()} == before


def test_only_the_batch_that_changed_is_read_again_and_the_change_is_told(tmp_path):
    source = write_lines(tmp_path / "texts.jsonl", texts_stating(*range(100, 120)))
    corpus(source, out=tmp_path / "out", batch=5)
    write_lines(source, texts_stating(*range(100, 119), 555))
    said = []

    outcome = run_corpus(Call([str(source)], tmp_path / "out", batch=5), say=said.append)
    assert (outcome.n_read, outcome.n_kept) == (1, 3)
    assert said == ["sources changed since the last run: texts.jsonl"]
    assert "text-555" in set(read_table("documents", tmp_path / "out")["document_id"])
    assert len(read_table("documents", tmp_path / "out")) == 20
    assert len(list((tmp_path / "out" / "documents").iterdir())) == 5  # four batches and the sources themselves


def test_other_code_or_figures_are_noticed(tmp_path, monkeypatch):
    source = write_lines(tmp_path / "texts.jsonl", texts_stating(1, 2))
    corpus(source, out=tmp_path / "out")
    monkeypatch.setattr("helpers.corpora.runs.code_version", lambda: "other")
    said = []

    outcome = run_corpus(Call([str(source)], tmp_path / "out"), say=said.append)
    assert outcome.n_read == 1
    assert said == ["the code or its word lists changed since the last run"]


def test_a_damaged_part_is_made_again(tmp_path):
    source = write_lines(tmp_path / "texts.jsonl", texts_stating(*range(100, 110)))
    corpus(source, out=tmp_path / "out", batch=5)
    wanted = tables_of(tmp_path / "out")
    largest = max((tmp_path / "out" / "statistics").iterdir(), key=lambda path: path.stat().st_size)
    largest.write_bytes(largest.read_bytes()[:40])
    assert corpus(source, out=tmp_path / "out", batch=5).n_read == 1
    assert_same(tables_of(tmp_path / "out"), wanted)


def test_a_source_that_changes_while_it_is_read_ends_the_run(tmp_path):
    source = write_lines(tmp_path / "texts.jsonl", texts_stating(1, 2))

    def change(stage: str, done: int, of: int) -> None:
        if stage.startswith("looking"):
            write_lines(source, texts_stating(1, 3))

    with pytest.raises(EvidenceError, match=r"texts\.jsonl changed while it was being read.*again"):
        run_corpus(Call([str(source)], tmp_path / "out"), change, lambda line: None)


def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.docx").write_bytes(b"years of work")
    with pytest.raises(CallError, match="holds something else"):
        corpus(write_lines(tmp_path / "texts.jsonl", texts_stating(1)), out=tmp_path / "out")


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is closed to the superuser")
def test_a_folder_that_cannot_be_written_to_is_told(tmp_path):
    (tmp_path / "closed").mkdir(mode=0o500)
    with pytest.raises(EvidenceError, match="cannot write to"):
        corpus(write_lines(tmp_path / "texts.jsonl", texts_stating(1)), out=tmp_path / "closed" / "out")


def test_a_text_at_which_the_reading_fails_is_a_problem(tmp_path, monkeypatch):

    real = partitions.read_document

    def read(text, document):
        if "666" in text:
            raise ZeroDivisionError("evil")
        return real(text, document)

    monkeypatch.setattr(partitions, "read_document", read)
    corpus(write_lines(tmp_path / "texts.jsonl", texts_stating(1, 666, 2)), out=tmp_path / "out")
    assert problems_of(tmp_path / "out") == ["texts.jsonl:2: reading failed: ZeroDivisionError: evil"]
    assert len(read_table("documents", tmp_path / "out")) == 2


def test_a_row_that_breaks_the_contract_costs_its_text_alone(tmp_path, monkeypatch):

    real = partitions.read_document

    def read(text, document):
        reading = real(text, document)
        if "666" in text:
            reading.statistics[0].kind = "nonsense"
        return reading

    monkeypatch.setattr(partitions, "read_document", read)
    corpus(write_lines(tmp_path / "texts.jsonl", texts_stating(1, 666, 2)), out=tmp_path / "out")
    assert ["not one of" in line for line in problems_of(tmp_path / "out")] == [True]
    assert read_table("documents", tmp_path / "out")["document_id"].tolist() == ["text-1", "text-2"]
