"""The exercises of the first notebook: what it promises is what happens."""

from __future__ import annotations

import csv
import re

import nbformat
from conftest import ROOT

from helpers.checks.verdicts import check_statistics
from helpers.official.faults import find_official_faults
from helpers.official.series import read_official
from helpers.reading import read_document
from helpers.sources.files import read_folder

CELLS = nbformat.read(ROOT / "notebooks" / "00_start_here.ipynb", as_version=4).cells
WORDS = "\n".join(cell.source for cell in CELLS if cell.cell_type == "markdown")
DEFAULTS = dict(re.findall(r'^(\w+): str = "(.*?)"', CELLS[1].source, re.MULTILINE))


def test_the_measure_of_the_exercise_is_the_one_of_the_readme():
    entry = re.search(r"```yaml\n(.*?)```", WORDS, re.DOTALL)
    lines = [line.strip() for line in entry[1].splitlines()]
    readme = re.sub(r"^ +", "", (ROOT / "README.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert "\n".join(lines) in readme


def test_a_release_added_as_in_the_exercise_changes_the_verdict_as_it_says(tmp_path):
    raw = ROOT / DEFAULTS["raw"]
    with (raw / "official" / "prevent_statistics.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    original = {"release": "2024-25", "measure": "referrals", "category": "total", "count": "8778"}
    (row,) = [row for row in rows if original.items() <= row.items()]
    rows.append(row | {"release": "2025-26", "release_published": "2026-11-05", "count": "8790"})
    with (tmp_path / "prevent_statistics.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, row.keys())
        writer.writeheader()
        writer.writerows(rows)
    (tmp_path / "prevent_changes.csv").write_bytes((raw / "official" / "prevent_changes.csv").read_bytes())
    assert find_official_faults(tmp_path) == []

    texts, _ = read_folder(raw)
    source = next(each for each in texts if each.document.raw_path == DEFAULTS["text"])
    statistics = read_document(source.text, source.document).statistics
    (stated,) = [each for each in statistics if each.surface == "8,778"]
    before, after = (
        check_statistics([stated], [source.document], read_official(folder))[0]
        for folder in (raw / "official", tmp_path)
    )
    assert (before.verdict, after.verdict) == ("agrees", "agreed_at_the_time")
    assert "8,778" in after.reason
    assert "8,790" in after.reason
