"""Folders: a notebook finds its project from wherever it runs, and a corpus its official figures."""

from __future__ import annotations

import pytest

from helpers.paths import official_folder, project_root


@pytest.fixture
def elsewhere(tmp_path):
    """Another project, as a copy of this one would lie on another disk."""
    (tmp_path / "copy/notebooks").mkdir(parents=True)
    (tmp_path / "copy/pyproject.toml").touch()
    return tmp_path / "copy"


def test_a_notebook_finds_the_project_it_lies_in(elsewhere, monkeypatch):
    monkeypatch.chdir(elsewhere / "notebooks")
    assert project_root() == elsewhere


def test_the_start_may_be_given(elsewhere):
    (elsewhere / "notebooks/deep/er").mkdir(parents=True)
    assert project_root(elsewhere / "notebooks/deep/er") == elsewhere


def test_a_folder_with_half_the_marks_is_no_project(tmp_path, root):
    (tmp_path / "pyproject.toml").touch()
    assert project_root(tmp_path) == root


def test_outside_of_any_project_it_is_the_checkout(tmp_path, monkeypatch, root):
    monkeypatch.chdir(tmp_path)
    assert project_root() == root


def test_official_figures_beside_the_texts_come_first(tmp_path):
    (tmp_path / "official").mkdir()
    assert official_folder(tmp_path) == tmp_path / "official"


@pytest.mark.parametrize("given", [True, False])
def test_else_the_official_figures_are_the_projects_own(tmp_path, monkeypatch, root, given):
    monkeypatch.chdir(root)
    assert official_folder(tmp_path if given else None) == root / "data/raw/official"
    assert list(official_folder().glob("*.csv"))
