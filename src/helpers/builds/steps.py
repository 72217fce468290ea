"""The steps of a build: each runs in a folder of its own, and what it wrote is kept under a hash of all it depends on.

A step that was done before with the same code, parameters, inputs and versions is never done again, also after a build
that failed or was killed. doit was tried for the order and not taken: it starts in 0.2 s and is well kept, but its
record of what is up to date lies apart from the results and speaks of files in place, while here several builds lie
side by side, one of them published, and the record must be part of each.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from helpers.builds import rendering
from helpers.builds.inputs import FORMAT, Inputs, notebook_path, notebook_source
from helpers.builds.parameters import FOLDERS, NEEDS, Plan
from helpers.builds.progress import Done
from helpers.builds.rendering import FACTS, GIVEN
from helpers.builds.runs import EXECUTED, Failure, run_notebook
from helpers.fingerprints import code_fingerprint, digest_of, file_digest
from helpers.paths import CACHE

RECORD = "step.json"
ASIDE = (EXECUTED, FACTS)  # kept for later steps, but not published
LAST_TABLES = ("30_check_statistics", "40_compare_sources")  # after which all tables are there
AREAS = ("processed", "reports")
FIRST = "10_read_sources"


@dataclass(frozen=True)
class Step:
    """One thing to do: what it needs, everything it depends on besides, and the function that does it in a folder."""

    name: str
    needs: tuple[str, ...]
    depends_on: str
    function: Callable[..., Failure | None]
    arguments: tuple[Any, ...]


def list_steps(plan: Plan, inputs: Inputs, previous: str, before: Path | None) -> dict[str, Step]:
    """Return all steps by name: the notebooks, a page of each, and the first page.

    Parameters
    ----------
    plan : Plan
        From `plan_build`.
    inputs : Inputs
        What the build is made from.
    previous, before : str and Path
        Name of the published build that this one will replace and where its tables lie; empty where there is none.
    """
    steps = {}
    common = [FORMAT, {name: inputs.versions[name] for name in ("python", "packages")}]
    for name in NEEDS:
        own = {key: value for key, value in plan.parameters.items() if key in plan.known[name]}
        outside = [inputs.texts, inputs.official] if "raw" in plan.known[name] else []
        code = code_fingerprint(notebook_source(plan, name) + "\nimport helpers.builds.runs\n")
        depends_on = digest_of([common, code, inputs.notebooks[name], own, outside])
        folders = {key: str(plan.raw) if key == "raw" else key for key in FOLDERS if key in plan.known[name]}
        arguments = notebook_path(plan, name), own | folders, plan.cell_seconds
        steps[name] = Step(name, NEEDS[name], depends_on, run_notebook, arguments)
    code = code_fingerprint("import helpers.builds.rendering")
    page = rendering.Page(plan, inputs.identifier)
    depends_on = digest_of([common, code, inputs.identifier])
    for name in NEEDS:
        needs = (name,) if name == FIRST else (FIRST, name)
        steps[f"{name}.html"] = Step(f"{name}.html", needs, depends_on, rendering.write_notebook_page, (page, name))
    first = rendering.Page(plan, inputs.identifier, previous, before, asdict(inputs))
    depends_on = digest_of([common, code, inputs.identifier, previous])
    steps["index.html"] = Step("index.html", tuple(NEEDS), depends_on, rendering.write_start_page, (first,))
    pages = tuple(name for name in steps if name.endswith(".html"))
    outward = digest_of([common, code, plan.parameters["excerpts_only"]])
    return steps | {
        "search.html": Step("search.html", pages, depends_on, rendering.write_search_page, (page,)),
        "evidence.html": Step("evidence.html", pages, depends_on, rendering.write_text_pages, (page,)),
        "tables": Step("tables", LAST_TABLES, outward, rendering.write_tables, (page,)),
    }


def step_key(step: Step, done: Mapping[str, Done]) -> str:
    """Return the hash that a step is kept under, once the steps it needs are done."""
    is_page = step.name.endswith(".html")
    read = {
        name: [item for item in sorted(done[name].files.items()) if is_page or item[0] not in ASIDE]
        for name in step.needs
    }
    return digest_of([step.name, step.depends_on, read])[:24]


def needed(step: Step, steps: Mapping[str, Step]) -> list[str]:
    """Return every step that must come before, directly or through others, in order."""
    before = {name for need in step.needs for name in [*needed(steps[need], steps), need]}
    return [name for name in steps if name in before]


def find_done(folder: Path, key: str) -> Done | None:
    """Return a finished step that lies in `folder`, if it is there and every file is as it was written."""
    try:
        files = json.loads((folder / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    whole = all(file_digest(folder / name) == written for name, written in files.items() if written)
    return Done(key, folder, files) if whole else None


def prepare(work: Path, before: Mapping[str, Done], processed: Path) -> None:
    """Make the folder that a step works in, with links to all that the steps before it wrote, later over earlier ones.

    Parameters
    ----------
    work : Path
        The folder, which must not exist.
    before : mapping
        Name → finished step, in order.
    processed : Path
        Folder of the published tables, beside which readings are kept.
    """
    for folder in (*AREAS, GIVEN):
        (work / folder).mkdir(parents=True)
    for name, source in merged_files(before.values()).items():
        if name not in ASIDE:
            (work / name).parent.mkdir(parents=True, exist_ok=True)
            _link_or_copy(source, work / name)
    for name, done in before.items():
        if done.files.get(EXECUTED):
            _link_or_copy(done.folder / EXECUTED, work / GIVEN / f"{name}.ipynb")
    if (processed / CACHE).is_dir():
        _link_or_copy(processed / CACHE, work / "processed" / CACHE)


def merged_files(done: Iterable[Done]) -> dict[str, Path]:
    """Return where each file lies after these steps, which are in order."""
    files: dict[str, Path] = {}
    for step in done:
        for name, written in step.files.items():
            files.pop(name, None)
            if written:
                files[name] = step.folder / name
    return dict(sorted(files.items()))


def _link_or_copy(source: Path, link: Path) -> None:
    """Let `link` stand for `source`; where links are refused, copy a file and leave out a folder."""
    try:
        link.symlink_to(source.resolve(), target_is_directory=source.is_dir())
    except (OSError, NotImplementedError):
        if source.is_file():
            shutil.copyfile(source, link)


def finish(work: Path, before: Iterable[Done], key: str, kept: Path) -> Done:
    """Note what a step wrote in its folder, drop the rest, and move the folder to where it is kept."""
    given = {name: written for step in before for name, written in step.files.items() if name not in ASIDE}
    _drop_leftovers(work)
    present: set[str] = set()
    files: dict[str, str | None] = {}
    for path in sorted(path for area in AREAS for path in (work / area).rglob("*") if not path.is_dir()):
        name = path.relative_to(work).as_posix()
        present.add(name)
        written = given.get(name) if path.is_symlink() else file_digest(path)
        if written == given.get(name):
            path.unlink()
        else:
            files[name] = written
    files |= {name: None for name, written in given.items() if written and name not in present}
    files |= {name: file_digest(work / name) for name in ASIDE if (work / name).is_file()}
    for name in files:
        if files[name]:
            (work / name).chmod(0o444)  # a notebook run by hand must not write into what was published
    (work / RECORD).write_text(json.dumps(files, indent=0, sort_keys=True), encoding="utf-8", newline="\n")
    shutil.rmtree(kept, ignore_errors=True)
    kept.parent.mkdir(parents=True, exist_ok=True)
    os.rename(work, kept)
    return Done(key, kept, files)


def _drop_leftovers(work: Path) -> None:
    """Remove what a step needed only while it ran."""
    cache = work / "processed" / CACHE
    for leftover in (cache, *(path for path in work.iterdir() if path.name not in (*AREAS, *ASIDE))):
        if leftover.is_dir() and not leftover.is_symlink():
            shutil.rmtree(leftover)
        else:
            leftover.unlink(missing_ok=True)
