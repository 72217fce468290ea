"""The commit that a page names: that of the project's own checkout, or none."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

from helpers.reports.checkouts import checkout_words


@pytest.fixture
def checkout(tmp_path):
    """A checkout with one committed notebook."""
    if not shutil.which("git"):
        pytest.skip("needs git")
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks" / "a.ipynb").write_text("1", encoding="utf-8")
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    for arguments in (["init", "-q"], ["add", "."], [*identity, "commit", "-qm", "one"]):
        subprocess.run(["git", *arguments], cwd=tmp_path, check=True)
    checkout_words.cache_clear()
    yield tmp_path
    checkout_words.cache_clear()


def test_commit_of_the_checkout_is_named(checkout):
    assert re.fullmatch("[0-9a-f]{40}", checkout_words(checkout))


def test_changes_since_the_commit_are_told(checkout):
    (checkout / "notebooks" / "a.ipynb").write_text("2", encoding="utf-8")
    assert checkout_words(checkout).endswith(", with changes in src or notebooks")


def test_copy_inside_another_checkout_is_in_no_git(checkout):
    assert checkout_words(checkout / "notebooks") == "not in git"


def test_machine_without_git_says_so(checkout, monkeypatch):
    monkeypatch.setenv("PATH", "")
    assert checkout_words(checkout) == "not in git"
