"""One list of what the project needs: pyproject.toml, uv.lock, environment.yml, the imports and the hooks agree."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import nbformat
import pytest
import yaml
from conftest import ROOT
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

# What conda-forge calls a package; the -base and -core ones leave out what we do not use (Qt, pandoc, statsmodels).
CONDA_NAMES = {
    "dask": "dask-core",
    "jupyter-client": "jupyter_client",
    "matplotlib": "matplotlib-base",
    "nbconvert": "nbconvert-core",
    "pandera": "pandera-base",
    "seaborn": "seaborn-base",
}
USED_WITHOUT_IMPORT = {
    "check-jsonschema": "checks the workflow that `prevent schedule --github` prints",
    "bokeh": "the dashboard of Dask",
    "ipykernel": "the kernel that runs the notebooks",
    "jupyterlab": "make lab",
    "mypy": "make test",
    "nbstripout": "make test",
    "pandas-stubs": "types for mypy",
    "pre-commit": "runs .pre-commit-config.yaml",
    "pytest-randomly": "plugin: runs the tests in random order",
    "ruff": "make test",
    "types-pyyaml": "types for mypy",
}

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
LOCK = tomllib.loads((ROOT / "uv.lock").read_text())
CONDA = yaml.safe_load((ROOT / "environment.yml").read_text())
RUNTIME = {canonicalize_name(each.name): each for each in map(Requirement, PROJECT["project"]["dependencies"])}
PROVIDERS = packages_distributions()
DEV = {canonicalize_name(each.name): each for each in map(Requirement, PROJECT["dependency-groups"]["dev"])}
# A test that runs inside a git hook must not reach the repository of that hook.
NO_GIT = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}


def python_files(folder: Path) -> list[Path]:
    """The Python files of a folder, without environments that lie in it."""
    paths = (
        path for path in folder.rglob("*.py") if not any(part.startswith(".") for part in path.relative_to(ROOT).parts)
    )
    return sorted(paths)


def conda_pins() -> dict[str, str]:
    """Every pinned package of environment.yml, those installed by pip included."""
    by_pip = next(entry["pip"] for entry in CONDA["dependencies"] if isinstance(entry, dict))
    plain = [entry for entry in CONDA["dependencies"] if isinstance(entry, str) and entry != "pip"]
    pinned = [entry.replace("==", "=") for entry in [*plain, *by_pip] if entry != "-e ."]
    return dict(entry.split("=") for entry in pinned)


def locked_version(name: str, python: str) -> str:
    """The version that uv.lock holds for a package on that Python under Linux."""
    machine = {
        "python_version": ".".join(python.split(".")[:2]),
        "python_full_version": python,
        "sys_platform": "linux",
    }
    for package in LOCK["package"]:
        markers = package.get("resolution-markers", [])
        if package["name"] == name and (not markers or any(Marker(each).evaluate(machine) for each in markers)):
            return str(package["version"])
    raise AssertionError(f"uv.lock holds no {name} for Python {python}")


def code_of(path: Path) -> str:
    """The Python of a module or of a notebook's code cells."""
    if path.suffix == ".py":
        return path.read_text(encoding="utf-8")
    cells = nbformat.read(path, as_version=4).cells
    return "\n".join(cell.source for cell in cells if cell.cell_type == "code")


def third_party_imports(*folders: str) -> dict[str, str]:
    """Top-level names imported from outside the standard library and the project, each with a file that does so."""
    ours = {path.stem for folder in (*folders, "tests") for path in python_files(ROOT / folder)} | {"helpers"}
    found: dict[str, str] = {}
    for folder in folders:
        for path in python_files(ROOT / folder) + sorted((ROOT / folder).glob("*.ipynb")):
            for node in ast.walk(ast.parse(code_of(path))):
                names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
                names += [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else []
                tops = {name.partition(".")[0] for name in names}
                found |= {top: str(path.relative_to(ROOT)) for top in tops - sys.stdlib_module_names - ours}
    return found


def distributions(imported: str) -> set[str]:
    """The distributions that provide an import name."""
    return {canonicalize_name(each) for each in PROVIDERS.get(imported, [imported])}


def undeclared(imports: dict[str, str], declared: dict[str, Requirement]) -> list[str]:
    return [f"{name} ({where})" for name, where in imports.items() if not distributions(name) & declared.keys()]


def unused(declared: dict[str, Requirement], imports: dict[str, str]) -> list[str]:
    used = set().union(*(distributions(name) for name in imports))
    return sorted(declared.keys() - used - USED_WITHOUT_IMPORT.keys())


def test_conda_environment_has_every_dependency_and_no_other():
    wanted = {CONDA_NAMES.get(name, name) for name in RUNTIME}
    assert conda_pins().keys() - {"python"} == wanted


@pytest.mark.parametrize("name", sorted(RUNTIME))
def test_conda_pin_is_the_locked_version_and_within_bounds(name):
    pins = conda_pins()
    pin = pins[CONDA_NAMES.get(name, name)]
    assert pin == locked_version(name, pins["python"])
    assert RUNTIME[name].specifier.contains(pin)


def test_conda_installs_the_project_itself_from_conda_forge_only():
    assert CONDA["channels"] == ["conda-forge", "nodefaults"]
    assert "-e ." in CONDA["dependencies"][-1]["pip"]


def test_lock_was_made_from_these_requirements():
    metadata = next(each["metadata"] for each in LOCK["package"] if each["name"] == PROJECT["project"]["name"])
    for declared, locked in ((RUNTIME, metadata["requires-dist"]), (DEV, metadata["requires-dev"]["dev"])):
        assert {name: each.specifier for name, each in declared.items()} == {
            each["name"]: SpecifierSet(each["specifier"]) for each in locked
        }, "run `uv lock` after changing pyproject.toml"
    assert LOCK["requires-python"] == PROJECT["project"]["requires-python"]


def test_pythons_satisfy_the_projects_bound():
    bound = SpecifierSet(PROJECT["project"]["requires-python"])
    assert bound.contains(".".join(map(str, sys.version_info[:3])))
    assert bound.contains(conda_pins()["python"])


def test_every_import_of_package_and_notebooks_is_a_declared_dependency():
    assert undeclared(third_party_imports("src", "notebooks"), RUNTIME) == []


def test_every_import_outside_the_package_is_declared():
    assert undeclared(third_party_imports("tests", "benchmarks", "training"), RUNTIME | DEV) == []


def test_nothing_declared_is_unused():
    assert unused(RUNTIME, third_party_imports("src", "notebooks")) == []
    assert unused(DEV, third_party_imports("tests", "benchmarks", "training")) == []


def hooks() -> list[dict[str, object]]:
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())
    return [hook | {"repo": repo["repo"]} for repo in config["repos"] for hook in repo["hooks"]]


def test_tools_that_make_and_the_hooks_call_are_declared():
    written = " ".join([(ROOT / "Makefile").read_text(), *(str(hook["entry"]) for hook in hooks())])
    called = set(re.findall(r"(?:\$\(BIN\)|\.venv/bin)/([\w-]+)", written)) - {"prevent", "python"}
    assert {"ruff", "mypy", "nbstripout", "pytest", "jupyter"} <= called
    assert {"jupyterlab" if tool == "jupyter" else tool for tool in called} <= DEV.keys() | RUNTIME.keys()


def test_hooks_need_no_network():
    assert {(hook["repo"], hook["language"]) for hook in hooks()} == {("local", "system")}


@pytest.fixture
def staged(tmp_path):
    """A repository with one committed source text, and a function that runs a git command in it."""

    def git(*words: str) -> None:
        who = ("-c", "user.name=Tester", "-c", "user.email=tester@example.org")
        subprocess.run(["git", *who, *words], cwd=tmp_path, check=True, capture_output=True, env=NO_GIT)

    (tmp_path / "data/raw").mkdir(parents=True)
    (tmp_path / "data/raw/first.txt").write_text("as received")
    (tmp_path / "data/raw/sources.csv").write_text("document_id\n")
    git("init")
    git("add", ".")
    git("commit", "-m", "start")
    return tmp_path, git


def run_hook(name: str, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    hook = [str(ROOT / ".pre-commit" / name), *words]
    return subprocess.run(hook, cwd=folder, capture_output=True, text=True, env=NO_GIT, check=False)


def test_a_new_source_text_and_a_changed_catalogue_may_be_committed(staged):
    folder, git = staged
    (folder / "data/raw/second.txt").write_text("also received")
    (folder / "data/raw/sources.csv").write_text("document_id\nsecond\n")
    git("add", ".")
    assert run_hook("raw-is-written-once", folder).returncode == 0


@pytest.mark.parametrize("change", ["edit", "delete", "move"])
def test_a_source_text_that_was_committed_may_not_change(staged, change):
    folder, git = staged
    text = folder / "data/raw/first.txt"
    if change == "edit":
        text.write_text("improved")
    elif change == "delete":
        text.unlink()
    else:
        text.rename(folder / "data/raw/renamed.txt")
    git("add", "-A")
    answer = run_hook("raw-is-written-once", folder)
    assert answer.returncode == 1
    assert "data/raw/first.txt" in answer.stdout


def test_large_files_are_refused(tmp_path):
    (tmp_path / "small one.txt").write_bytes(b"x" * 1000)
    (tmp_path / "large one.txt").write_bytes(b"x" * 600_000)
    assert run_hook("size-limit", tmp_path, "small one.txt").returncode == 0
    answer = run_hook("size-limit", tmp_path, "small one.txt", "large one.txt")
    assert answer.returncode == 1
    assert "large one.txt" in answer.stdout
    assert "small one.txt" not in answer.stdout


@pytest.fixture
def make(tmp_path):
    """Run make with a `prevent` that prints one argument a line, and no environment to set up."""
    (tmp_path / "prevent").write_text("#!/bin/sh\nprintf '%s\\n' \"$@\"\n")
    (tmp_path / "prevent").chmod(0o755)
    ready = tmp_path / "ready"  # newer than what an environment is made from, however a checkout dates its files
    ready.touch()

    def run(*words: str) -> list[str]:
        call = ["make", "--no-print-directory", f"BIN={tmp_path}", f"READY={ready}", *words]
        environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        done = subprocess.run(call, cwd=ROOT, capture_output=True, text=True, check=True, env=environment)
        return done.stdout.splitlines()

    return run


def test_make_report_hands_any_folder_name_on(make):
    assert make("report") == ["build"]
    odd = "my 'texts' & \"more\" $(date)"
    given = [f"RAW={odd}".replace("$", "$$"), "PROCESSED=out", "REPORTS=pages here", "PARAMS=run.yml"]
    wanted = ["build", "--raw", odd, "--processed", "out", "--reports", "pages here", "--params", "run.yml"]
    assert make("report", *given) == wanted


def test_make_help_tells_of_every_target(make):
    targets = re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE)[1].split()
    told = [line.split()[0] for line in make("help") if line.startswith("  ")]
    assert told == targets
