"""What all tests share: where things lie, and that each starts with a clean sheet."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from builds import Built, build_texts
from hypothesis import settings

ROOT = Path(__file__).resolve().parents[1]

# A shell lets what it starts in the background ignore Ctrl-C, and so would the builds that tests start and interrupt.
signal.signal(signal.SIGINT, signal.default_int_handler)

settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")


@pytest.fixture(scope="session")
def root() -> Path:
    """The project folder."""
    return ROOT


def _beside_the_project(name: str) -> Path:
    """A folder of `shared/`, which lies beside the project only where it is developed."""
    folder = ROOT.parent / "shared" / name
    if not folder.is_dir():
        pytest.skip(f"needs ../shared/{name}, which only the project's developers have")
    return folder


@pytest.fixture(scope="session")
def shared_gold() -> Path:
    """The folder of annotations of the real texts and their scorer."""
    return _beside_the_project("gold")


@pytest.fixture(scope="session")
def shared_seeds() -> Path:
    """The folder of the real texts."""
    return _beside_the_project("seeds")


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser that reports are tried in."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return path
    pytest.skip("needs Chromium; Debian and Ubuntu: apt-get install chromium, then run this again")


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator:
    """One running Chromium for the tests of a module; its event loop would be in the way of other modules' own."""
    from browsers import running_browser

    with running_browser(chromium) as running:
        yield running


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The report of the sample corpus, built once for all tests that look at it."""
    return build_texts(ROOT / "data" / "raw", tmp_path_factory.mktemp("built"))


@pytest.fixture(autouse=True)
def closed_figures() -> Iterator[None]:
    """Leave no figure open for the next test; does not import matplotlib where the test did not."""
    yield
    if pyplot := sys.modules.get("matplotlib.pyplot"):
        pyplot.close("all")
