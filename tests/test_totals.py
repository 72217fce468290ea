"""Counts over all texts and the texts that are shown: the same figures from a corpus as from a small folder."""

import json

import nbformat
import papermill
import pytest
from conftest import ROOT
from corpus_runs import corpus, small_path, write_lines

from helpers.errors import TableError
from helpers.reports import totals
from helpers.reports.answers import reasons_not_compared, verdict_counts
from helpers.reports.evidence import label_statistics, read_evidence
from helpers.tables import read_table, write_table

RAW = ROOT / "data" / "raw"


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    """The sample corpus as the tables of a corpus, and as those of the small path."""
    folder = tmp_path_factory.mktemp("tables")
    corpus(RAW, out=folder / "corpus", batch=4)
    for table, frame in small_path(RAW).items():
        write_table(table, frame, folder / "small")
    write_table("corroborations", [], folder / "small")
    return folder


@pytest.mark.parametrize("filters", [{}, {"concern": "islamist"}, {"period_from": "2019-04-01"}])
def test_a_corpus_is_counted_as_a_small_folder_is(tables, filters):
    one, other = (read_evidence(tables / name, **filters) for name in ("corpus", "small"))
    assert one.totals.judged.equals(other.totals.judged)
    assert one.totals.examples is other.totals.examples is None
    names = ("n_documents", "n_statistics", "n_left_out", "n_errors")
    assert [getattr(one.totals, name) for name in names] == [getattr(other.totals, name) for name in names]
    for evidence in (one, other):
        assert verdict_counts(evidence.totals.judged).equals(verdict_counts(evidence.statistics))
        assert len(evidence.statistics) == evidence.totals.n_statistics
        counts = [reasons_not_compared(evidence.statistics, judged=each) for each in (None, evidence.totals.judged)]
        assert counts[0]["Statistics"].tolist() == counts[1]["Statistics"].tolist()


def test_of_many_texts_those_with_the_most_checked_numbers_are_shown(tables, monkeypatch):
    monkeypatch.setattr(totals, "EXAMPLES", 3)
    whole = read_table("statistics", tables / "small")
    judged = label_statistics(whole, read_table("checks", tables / "small"), read_table("documents", tables / "small"))
    counts = judged.dropna(subset="verdict")["document_id"].value_counts()
    evidence = read_evidence(tables / "corpus")
    assert set(evidence.totals.examples) == set(counts.index[:3])
    assert set(evidence.documents["document_id"]) == set(evidence.statistics["document_id"]) == set(counts.index[:3])
    assert verdict_counts(evidence.totals.judged).equals(verdict_counts(judged))
    assert totals.count_texts(tables / "small").examples is None  # a small folder is shown whole


def test_the_tables_of_a_corpus_are_not_overwritten(tables):
    with pytest.raises(TableError, match="which `prevent corpus` alone writes"):
        write_table("checks", [], tables / "corpus")


@pytest.mark.notebooks
def test_the_last_notebooks_read_a_corpus_larger_than_what_they_show(tmp_path):
    text = "In the year to March 2020, {:,} people were referred to Prevent, {}% for Islamist concerns."
    records = [{"id": f"text-{number}", "text": text.format(6000 + number, number % 90)} for number in range(230)]
    corpus(write_lines(tmp_path / "texts.jsonl", records), out=tmp_path / "out", batch=100)
    told = ""
    for name in ("40_compare_sources", "50_report"):
        done = papermill.execute_notebook(
            ROOT / "notebooks" / f"{name}.ipynb",
            tmp_path / f"{name}.ipynb",
            parameters={"processed": str(tmp_path / "out"), "reports": str(tmp_path / "reports")},
            cwd=ROOT / "notebooks",
            kernel_name="python3",
            progress_bar=False,
        )
        told += json.dumps(nbformat.from_dict(done).cells)
    assert "200 texts are compared" in told
    assert "230 texts state 460 numbers" in told
    assert "Shown are the 200 texts" in told
