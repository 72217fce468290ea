"""An analyst's session: JupyterLab runs every notebook with Run All Cells, one after the other."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest
from conftest import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.notebooks]
NOTEBOOKS = sorted(path.stem for path in (ROOT / "notebooks").glob("[0-9]*.ipynb"))
READY_SECONDS, RUN_SECONDS = 60, 120
PROMPTS = "[...document.querySelectorAll('.jp-CodeCell .jp-InputArea-prompt')].map(e => e.textContent.trim())"
ERRORS = "[...document.querySelectorAll('[data-mime-type=\"application/vnd.jupyter.error\"]')].map(e => e.textContent)"
WARNED = "[...document.querySelectorAll('[data-mime-type=\"application/vnd.jupyter.stderr\"]')].map(e => e.textContent)"
DONE = f"() => {ERRORS}.length || ({PROMPTS}.length && {PROMPTS}.every(words => /^\\[\\d+\\]:$/.test(words)))"


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A copy of what an analyst works with: notebooks and source texts, nothing built yet."""
    folder = tmp_path_factory.mktemp("lab") / "project"
    for name in ("notebooks", "data/raw"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


@pytest.fixture(scope="module")
def lab(project):
    """The address of a JupyterLab on this machine alone, with settings of nobody; ended after the tests."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token, home = secrets.token_hex(16), project.parent
    # All cells stay on the page, also those that are scrolled out of sight.
    settings = home / "settings" / "@jupyterlab" / "notebook-extension" / "tracker.jupyterlab-settings"
    settings.parent.mkdir(parents=True)
    settings.write_text(json.dumps({"windowingMode": "none"}), encoding="utf-8")
    folders = {
        "JUPYTER_CONFIG_DIR": "config", "JUPYTER_DATA_DIR": "data", "JUPYTER_RUNTIME_DIR": "runtime",
        "IPYTHONDIR": "ipython", "JUPYTERLAB_SETTINGS_DIR": "settings", "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
    }  # fmt: skip
    environment = os.environ | {name: str(home / folder) for name, folder in folders.items()}
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--ip=127.0.0.1", f"--port={port}"]
    command += ["--ServerApp.port_retries=0", f"--IdentityProvider.token={token}", f"--ServerApp.root_dir={project}"]
    if os.name == "posix" and os.geteuid() == 0:
        command.append("--allow-root")
    log = home / "lab.log"
    with log.open("wb") as stream, subprocess.Popen(command, env=environment, stdout=stream, stderr=stream) as server:
        try:
            _wait_until_ready(f"http://127.0.0.1:{port}/api/status?token={token}", server, log)
            yield f"http://127.0.0.1:{port}/lab/tree/notebooks/{{}}.ipynb?token={token}&reset"
        finally:
            server.terminate()
            server.wait(30)


def _wait_until_ready(address, server, log):
    """Return once the server answers."""
    until = time.monotonic() + READY_SECONDS
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.3)
    pytest.fail(f"JupyterLab did not start:\n{log.read_text(encoding='utf-8', errors='replace')[-3000:]}")


@pytest.fixture(scope="module")
def session(browser, lab, project):
    """What JupyterLab shows of each notebook, after Run All Cells in their order."""
    shown = {}
    for name in NOTEBOOKS:
        page = browser.new_page(viewport={"width": 1400, "height": 1000})
        page.goto(lab.format(name))
        page.get_by_text("Python 3 (ipykernel) | Idle").wait_for(timeout=READY_SECONDS * 1000)
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        page.wait_for_function(DONE, timeout=RUN_SECONDS * 1000)
        page.wait_for_timeout(500)  # what the last cell shows is drawn after its number
        area = page.locator(".jp-OutputArea-output")
        shown[name] = {
            "prompts": page.evaluate(PROMPTS), "errors": page.evaluate(ERRORS), "warned": page.evaluate(WARNED),
            "tables": area.locator("table").count(), "figures": area.locator("figure svg").count(),
            "captions": area.locator("figcaption").all_inner_texts(),
        }  # fmt: skip
        page.close()
    return shown


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_run_all_runs_every_cell_without_error(session, name):
    assert session[name]["errors"] == []
    assert session[name]["warned"] == []
    assert session[name]["prompts"] == [f"[{place}]:" for place in range(1, len(session[name]["prompts"]) + 1)]


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_tables_and_figures_are_shown(session, name):
    shown = session[name]
    assert shown["tables"] >= 1
    assert shown["figures"] >= (name != "00_start_here")  # which writes nothing, so saves no figure
    assert all(words.strip() for words in shown["captions"])


def test_the_session_leaves_the_tables_and_figures_of_a_build(session, project, built):
    made = {path.name for path in (project / "data" / "processed").glob("*.*")}
    assert made == {path.name for path in built.processed.glob("*.*") if path.name != ".built"}
    drawn = {path.name for path in (project / "reports" / "figures").iterdir()}
    assert drawn == {path.name for path in (built.reports / "figures").iterdir()}
