"""The notebooks: plain papermill runs them with the same result as a build, and what they write keeps the contract."""

from __future__ import annotations

import re
import subprocess
import sys

import nbformat
import pytest
from builds import digests
from conftest import ROOT

from helpers.schemas import RECORDS
from helpers.sources.files import load_text
from helpers.tables import read_table

pytestmark = pytest.mark.notebooks
NOTEBOOKS = sorted((ROOT / "notebooks").glob("[0-9]*.ipynb"))


@pytest.fixture(scope="module")
def by_hand(tmp_path_factory):
    """The sample corpus through the papermill command line, one notebook after the other."""
    folder = tmp_path_factory.mktemp("by_hand")
    for notebook in NOTEBOOKS:
        known = nbformat.read(notebook, as_version=4).cells[1].source
        chosen = {"raw": ROOT / "data" / "raw", "processed": folder / "processed", "reports": folder / "reports"}
        parameters = [part for name, path in chosen.items() if f"{name}:" in known for part in ("-r", name, str(path))]
        command = [sys.executable, "-m", "papermill", "--cwd", str(ROOT / "notebooks"), "--no-progress-bar"]
        command += [str(notebook), str(folder / notebook.name), *parameters]
        ran = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
        assert ran.returncode == 0, ran.stderr[-3000:]
    return folder


def test_plain_papermill_gives_the_same_tables_and_figures(by_hand, built):
    made = digests(built.processed)
    assert digests(by_hand / "processed") == {name: digest for name, digest in made.items() if name != ".built"}
    drawn = {name: digest for name, digest in digests(built.reports).items() if name.startswith(("figures/", "data/"))}
    assert digests(by_hand / "reports") == drawn


def test_notebooks_print_no_warning(by_hand):
    for path in sorted(by_hand.glob("*.ipynb")):
        for cell in nbformat.read(path, as_version=4).cells:
            said = [out.text for out in cell.get("outputs", []) if out.output_type == "stream" and out.name == "stderr"]
            assert said == [], f"{path.name}: {said}"


def test_every_table_keeps_its_schema(built):
    for table in RECORDS:
        read_table(table, built.processed)


def test_every_span_holds_its_surface(built):
    statistics = read_table("statistics", built.processed)
    assert len(statistics) > 50
    for document_id, rows in statistics.groupby("document_id"):
        text = load_text(str(document_id), built.processed)
        assert [text[row.span_start : row.span_end] for row in rows.itertuples()] == rows["surface"].tolist()


def test_ids_of_checks_and_facts_lead_to_their_rows(built):
    tables = {name: read_table(name, built.processed) for name in RECORDS}
    statistics = set(tables["statistics"]["statistic_id"])
    assert set(tables["checks"]["statistic_id"]) <= statistics
    members = statistics | set(tables["events"]["event_id"]) | set(tables["findings"]["finding_id"])
    assert set(tables["corroborations"]["member_id"]) <= members
    assert set(tables["statistics"]["sentence_id"]) <= set(tables["sentences"]["sentence_id"])


def test_sample_corpus_shows_all_six_verdicts(built):
    assert read_table("checks", built.processed)["verdict"].nunique() == 6


def test_each_notebook_ends_with_what_is_uncertain():
    for notebook in NOTEBOOKS:
        last = nbformat.read(notebook, as_version=4).cells[-1]
        assert last.cell_type == "markdown"
        assert last.source.startswith("## What is uncertain")
        assert re.search(r"would change|moves this border|change the conclusions", last.source), notebook.name
