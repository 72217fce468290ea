"""Definitions of a daily build: each is tried, or checked, by what will read it."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from conftest import ROOT

PREVENT = str(Path(sys.executable).with_name("prevent"))


def schedule(*options: str, cwd: Path = ROOT) -> str:
    done = subprocess.run([PREVENT, "schedule", *options], capture_output=True, text=True, cwd=cwd, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def project(tmp_path):
    """A small project in a folder with a difficult name."""
    folder = tmp_path / "it's 100% ours"
    (folder / "data" / "raw").mkdir(parents=True)
    shutil.copytree(ROOT / "notebooks", folder / "notebooks", ignore=shutil.ignore_patterns(".*"))
    shutil.copytree(ROOT / "data" / "raw" / "official", folder / "data" / "raw" / "official")
    shutil.copy(ROOT / "pyproject.toml", folder)
    text = "In the year to March 2020, 6,287 people were referred to Prevent.\n"
    (folder / "data" / "raw" / "gazette.txt").write_text(text, encoding="utf-8")
    return folder


def run_as_cron(line: str) -> subprocess.CompletedProcess:
    """Run a crontab line as cron does: without the five fields of time, no environment, sh."""
    command = line.strip().split(" ", 5)[5].replace(r"\%", "%")
    return subprocess.run(
        ["env", "-i", "/bin/sh", "-c", command], capture_output=True, text=True, timeout=600, cwd="/", check=False
    )


@pytest.mark.notebooks
def test_cron_line_builds_and_publishes_without_any_environment(project, tmp_path):
    line = schedule("--cron", "--at", "6:05", "--publish", str(tmp_path / "site"), cwd=project)
    assert line.startswith("5 6 * * * ")
    done = run_as_cron(line)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert "The report is at" in (project / "reports" / "schedule.log").read_text(encoding="utf-8")
    assert (tmp_path / "site" / "index.html").read_bytes() == (project / "reports" / "index.html").read_bytes()


def test_cron_line_that_fails_says_so_and_keeps_the_status(project):
    (project / "notebooks" / "parameters.yml").write_text("as_off: 2021-01-01\n", encoding="utf-8")
    done = run_as_cron(schedule("--cron", cwd=project))
    assert done.returncode == 2
    assert done.stdout == f"prevent build failed, see {project / 'reports' / 'schedule.log'}\n"
    assert "as_off" in (project / "reports" / "schedule.log").read_text(encoding="utf-8")


def test_systemd_units_are_verified(project, tmp_path):
    if not shutil.which("systemd-analyze"):
        pytest.skip("needs systemd-analyze")
    printed = schedule("--systemd", "--at", "23:45", "--publish", str(tmp_path), cwd=project)
    units = re.split(r"^# /etc/systemd/system/(\S+)\n", printed, flags=re.M)[1:]
    paths = []
    for name, content in zip(units[::2], units[1::2], strict=True):
        paths.append(tmp_path / name)
        paths[-1].write_text(content, encoding="utf-8")
    assert [path.suffix for path in paths] == [".service", ".timer"]
    done = subprocess.run(["systemd-analyze", "verify", *paths], capture_output=True, text=True, check=False)
    said = [line for line in done.stderr.splitlines() if "prevent-evidence" in line]
    assert (done.returncode, said) == (0, [])


@pytest.mark.parametrize("kind", ["--cron", "--systemd", "--github"])
def test_folders_are_handed_on_to_the_build(project, kind):
    printed = schedule(kind, "--raw", "data/raw", "--processed", "made/tables", "--reports", "made/out", cwd=project)
    for name, folder in {"raw": "data/raw", "processed": "made/tables", "reports": "made/out"}.items():
        assert re.search(rf"--{name}\W.*{folder}\b", printed)
    kept = "made/out\n" if kind == "--github" else "made/out/schedule.log"
    assert kept in printed


def test_a_folder_of_texts_that_is_not_there_is_told_before_anything_is_scheduled(project):
    asked = [PREVENT, "schedule", "--cron", "--raw", "texts"]
    done = subprocess.run(asked, capture_output=True, text=True, check=False, cwd=project)
    assert (done.returncode, done.stdout) == (2, "")
    assert "there is no folder of source texts 'texts'; name another with --raw DIR" in done.stderr


def test_systemd_makes_the_folder_of_the_log(project, tmp_path):
    (project / "notebooks" / "parameters.yml").write_text("as_off: 2021-01-01\n", encoding="utf-8")
    printed = schedule("--systemd", "--log", str(tmp_path / 'a "$HOME" %h' / "b.log"), cwd=project)
    line = re.search(r"^ExecStart=(.*)$", printed, flags=re.M)[1]
    words = [part.replace("%%", "%").replace("$$", "$") for part in shlex.split(line)]  # as systemd unquotes them
    assert subprocess.run(words, cwd=project, check=False).returncode == 2
    assert "as_off" in (tmp_path / 'a "$HOME" %h' / "b.log").read_text(encoding="utf-8")


def test_workflow_is_valid_against_the_schema_of_github(tmp_path):
    printed = schedule("--github", "--at", "04:30", "--params", "notebooks/parameters.yml")
    path = tmp_path / "workflow.yml"
    path.write_text(printed, encoding="utf-8")
    checker = Path(sys.executable).with_name("check-jsonschema")
    asked = [checker, "--builtin-schema", "vendor.github-workflows", path]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    workflow = yaml.safe_load(printed)
    assert workflow[True]["schedule"] == [{"cron": "30 4 * * *"}]  # YAML 1.1 reads the key "on" as true
    commands = [step.get("run", "") for step in workflow["jobs"]["build"]["steps"]]
    assert any("--params notebooks/parameters.yml" in command for command in commands)


@pytest.mark.parametrize("options", [["--cron", "--at", "25:00"], [], ["--cron", "--systemd"]])
def test_wrong_schedules_are_wrong_calls(options):
    done = subprocess.run([PREVENT, "schedule", *options], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "expected a time of day" in done.stderr or "name one of" in done.stderr


@pytest.mark.parametrize("kind", ["--cron", "--systemd", "--github"])
def test_a_parameters_file_that_is_not_there_is_told_before_anything_is_scheduled(kind):
    done = subprocess.run([PREVENT, "schedule", kind, "--params", "x.yml"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert "there is no parameters file 'x.yml'" in done.stderr
