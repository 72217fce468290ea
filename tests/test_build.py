"""The build: the same bytes twice, and a failure that leaves the last good report in place."""

from __future__ import annotations

import json
import os
import re
import shutil

import pytest
import yaml
from builds import build_texts, digests
from conftest import ROOT
from typer.testing import CliRunner

from helpers.builds.ledger import read_ledger
from helpers.cli import app
from helpers.errors import BuildError

pytestmark = pytest.mark.notebooks
TINY = (
    "In the year to March 2020, 6,287 people were referred to Prevent in England and Wales, the Sample Gazette says.\n"
)


@pytest.fixture
def tiny(tmp_path):
    """A folder with one short text."""
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "gazette.txt").write_text(TINY, encoding="utf-8")
    return tmp_path / "raw"


@pytest.fixture
def broken_notebooks(tmp_path):
    """Notebooks of which the first fails in the cell that reads the folder."""
    folder = tmp_path / "project" / "notebooks"
    shutil.copytree(ROOT / "notebooks", folder)
    path = folder / "10_read_sources.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    cell = next(cell for cell in notebook["cells"] if "read_folder(" in "".join(cell["source"]))
    cell["source"] = ["raise ValueError('the disk is on fire')"]
    path.write_text(json.dumps(notebook), encoding="utf-8")
    return folder


def published(folder):
    """The digests of everything that a build wrote, the ledger apart."""
    return {name: written for name, written in digests(folder).items() if not name.endswith("builds.jsonl")}


def test_two_builds_write_the_same_bytes(built, tmp_path):
    again = build_texts(ROOT / "data" / "raw", tmp_path)
    assert published(again.processed) == published(built.processed)
    assert published(again.reports) == published(built.reports)


def test_build_tells_what_it_does_and_leaves_nothing_beside_its_results(built):
    assert built.said[0].endswith("running 10_read_sources")
    assert built.said[-1] == "100% done"
    assert {path.name for path in (built.reports / ".builds").iterdir()} >= {"current", "lock", "steps"}
    assert not list((built.reports / ".builds").glob("work-*"))
    assert not (built.reports / "failed").exists()


def parameters_file(folder, **values):
    """A file of parameters."""
    path = folder / "parameters.yml"
    path.write_text(yaml.safe_dump(values), encoding="utf-8")
    return path


def test_failing_notebook_leaves_the_last_good_report_and_keeps_its_run(tiny, broken_notebooks, tmp_path):
    for folder in ("processed", "reports"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "good.txt").write_text("last good", encoding="utf-8")
    with pytest.raises(BuildError) as failure:
        build_texts(tiny, tmp_path, notebooks=broken_notebooks)
    said = str(failure.value)
    assert "10_read_sources failed in cell 5 (under 'What is in the folder?'): ValueError: the disk is on fire" in said
    assert "run `prevent build` again" in said
    assert sorted(path.name for path in (tmp_path / "processed").iterdir()) == [".build", "good.txt"]
    left = sorted(path.name for path in (tmp_path / "reports").iterdir())
    assert left == [".builds", "builds.jsonl", "failed", "good.txt"]
    kept = next((tmp_path / "reports" / "failed").iterdir())
    assert str(kept) in said
    assert "the disk is on fire" in (kept / "traceback.txt").read_text(encoding="utf-8")
    assert yaml.safe_load((kept / "parameters.yml").read_text(encoding="utf-8"))["raw"] == str(tiny)
    assert {path.name for path in kept.iterdir()} >= {"10_read_sources.ipynb", "10_read_sources.log", "log.txt"}
    assert str(tiny) in said


def test_cell_that_takes_too_long_is_stopped(tiny, broken_notebooks, tmp_path):
    path = broken_notebooks / "10_read_sources.ipynb"
    path.write_text(
        path.read_text(encoding="utf-8").replace("raise ValueError('the disk is on fire')", "while True: pass")
    )
    with pytest.raises(BuildError, match=r"10_read_sources failed in cell 5 .*took longer than 2 seconds"):
        build_texts(tiny, tmp_path, notebooks=broken_notebooks, cell_seconds=2)


def test_kernel_that_dies_is_a_failure_like_others(tiny, broken_notebooks, tmp_path):
    path = broken_notebooks / "10_read_sources.ipynb"
    text = path.read_text(encoding="utf-8").replace("raise ValueError('the disk is on fire')", "import os; os._exit(9)")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BuildError, match=r"10_read_sources failed in cell 5 .*Kernel"):
        build_texts(tiny, tmp_path, notebooks=broken_notebooks)
    kept = next((tmp_path / "reports" / "failed").iterdir())
    cells = json.loads((kept / "10_read_sources.ipynb").read_text(encoding="utf-8"))["cells"]
    assert any(cell.get("execution_count") for cell in cells)  # the notebook as far as it got


def test_folder_without_texts_gives_a_report_that_says_so(tmp_path):
    (tmp_path / "raw").mkdir()
    made = build_texts(tmp_path / "raw", tmp_path)
    page = (made.reports / "index.html").read_text(encoding="utf-8")
    assert re.search(r">0 texts</a> state <a [^>]*>0 numbers</a>", page)
    assert "No text was read: the folder of source texts holds none (one of .txt, .md" in page
    assert (made.reports / "50_report.html").is_file()
    folders = [f"--{name}={tmp_path / name}" for name in ("raw", "processed", "reports")]
    said = CliRunner().invoke(app, ["build", *folders]).stderr
    assert f"warning: no text was read from '{tmp_path / 'raw'}', so the report is empty; expected one of .txt" in said


def test_nothing_is_done_again_when_nothing_has_changed(tiny, tmp_path):
    made = build_texts(tiny, tmp_path)
    before = published(tmp_path)
    again = build_texts(tiny, tmp_path)
    assert again.said == ["0% nothing has changed since the last build", "100% done"]
    assert published(tmp_path) == before
    assert [line["outcome"] for line in read_ledger(made.reports)] == ["published", "unchanged"]


def test_only_what_depends_on_a_change_is_done_again(tiny, tmp_path):
    build_texts(tiny, tmp_path)
    again = build_texts(tiny, tmp_path, params=parameters_file(tmp_path, term="gazette"))
    ran = [line.split()[-1] for line in again.said if "running" in line and "html" not in line]
    assert ran == ["40_compare_sources"]
    assert read_ledger(again.reports)[-1]["kept_steps"][:3] == [
        "10_read_sources", "20_extract_statistics", "30_check_statistics",
    ]  # fmt: skip


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="the superuser may write anywhere")
def test_folder_that_cannot_be_written_is_named(tiny, tmp_path):
    (tmp_path / "reports").mkdir(mode=0o500)
    with pytest.raises(BuildError, match="cannot write to"):
        build_texts(tiny, tmp_path)
