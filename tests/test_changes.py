"""What changed between two builds: their inputs are told before what came of them."""

from __future__ import annotations

import pandas as pd
import pytest
from builds import build_texts
from typer.testing import CliRunner

from helpers.builds.changes import COLUMNS, OTHER_VERSION, changed_inputs, find_changes
from helpers.cli import app
from helpers.tables import write_table

BEFORE = {
    "official": {"prevent_statistics.csv": "a", "prevent_changes.csv": "b"},
    "notebooks": {"50_report": "c"},
    "parameters": {"concern": "", "furniture_threshold": 0.5},
    "versions": {"checkout": "d", "helpers": "e", "packages": "f", "python": "3.11.7"},
}


def test_what_two_builds_were_made_from_differently_is_told():
    after = {
        "official": {"prevent_statistics.csv": "A", "prevent_changes.csv": "b"},
        "notebooks": {"50_report": "C"},
        "parameters": {"concern": "islamist", "furniture_threshold": 0.5, "term": "panel"},
        "versions": {"checkout": "D", "helpers": "E", "packages": "F", "python": "3.12.1"},
    }
    assert changed_inputs(BEFORE, after) == [
        "Parameter concern: none → islamist.",
        "Parameter term: none → panel.",
        "Official figures changed: prevent_statistics.csv.",
        "Notebooks changed: 50_report.",
        "Code or word lists of the project changed: d → D.",
        "Installed packages changed.",
        "Python: 3.11.7 → 3.12.1.",
    ]


def test_the_same_inputs_and_inputs_not_known_give_no_words():
    assert changed_inputs(BEFORE, BEFORE) == changed_inputs({}, BEFORE) == []
    commit = {**BEFORE["versions"], "checkout": "D"}  # of which the same code was checked out
    assert changed_inputs(BEFORE, {**BEFORE, "versions": commit}) == []


@pytest.mark.notebooks
def test_a_changed_parameter_is_told_on_the_first_page_and_by_diff(tmp_path):
    raw, params = tmp_path / "raw", tmp_path / "params.yml"
    raw.mkdir()
    (raw / "gazette.txt").write_text("In the year to March 2020, 6,287 people were referred.\n", encoding="utf-8")
    build_texts(raw, tmp_path)
    params.write_text("concern: islamist\n", encoding="utf-8")
    made = build_texts(raw, tmp_path, params=params)
    page = (made.reports / "index.html").read_text(encoding="utf-8")
    assert "Parameter concern: none → islamist." in page
    assert "the parameters say which of them the pages show" in page
    printed = CliRunner().invoke(app, ["diff", "--reports", str(made.reports)]).output
    assert "Parameter concern: none → islamist.\nNo text, number or verdict is another one." in printed


def test_tables_of_another_version_are_no_hindrance(tmp_path):
    for name in ("before", "after"):
        for table in ("documents", "statistics", "checks"):
            write_table(table, [], tmp_path / name)
    older = tmp_path / "before" / "checks.parquet"
    pd.read_parquet(older).drop(columns="official_low").to_parquet(older)
    changes = find_changes(tmp_path / "before", tmp_path / "after")
    assert changes.sentences() == [OTHER_VERSION]
    assert list(changes.rows.columns) == COLUMNS
