"""The main job: run every notebook aside, and publish tables and pages only when all went well."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import sys
import tempfile
import traceback
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from helpers.builds.parameters import FOLDERS, NEEDS, Plan
from helpers.builds.runs import Failure, Run, run_notebook
from helpers.errors import BuildError

WORKERS = 2
Tell = Callable[[str, float], None]


class Task(NamedTuple):
    """Something that a worker does once the tasks that it needs are done."""

    needs: tuple[str, ...]
    function: Callable[..., Failure | None]
    arguments: tuple[Any, ...]


def build(plan: Plan, tell: Tell = lambda message, share: None) -> Path:
    """Run all notebooks and publish their tables and pages; return the path of the first page.

    Parameters
    ----------
    plan : Plan
        From `plan_build`.
    tell : callable
        Called with a line and the share done (0 to 1) whenever a notebook starts or ends.

    Raises
    ------
    BuildError
        When a notebook fails. The last good tables and report stay as they were, and the failed run is kept.
    """
    staged = {name: _stage(folder) for name, folder in (("processed", plan.processed), ("reports", plan.reports))}
    executed = Path(tempfile.mkdtemp(prefix=".executed-", dir=plan.reports))
    try:
        with _workers() as workers:
            failures = _run_all(workers, _tasks(plan, staged, executed), tell)
        if failures:
            raise BuildError(_keep_failed(plan, failures, executed))
        for name, folder in (("processed", plan.processed), ("reports", plan.reports)):
            publish(staged[name], folder)
    finally:
        for folder in (*staged.values(), executed):
            shutil.rmtree(folder, ignore_errors=True)
    tell("done", 1.0)
    return plan.reports / "index.html"


def _stage(folder: Path) -> Path:
    """Return an empty folder inside `folder`, on the same disk, so that publishing is renaming."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return Path(tempfile.mkdtemp(prefix=".building-", dir=folder))
    except OSError as error:
        raise BuildError(
            f"cannot write to {str(folder)!r} ({error.strerror}); choose another folder or free it"
        ) from None


def _run(plan: Plan, name: str, staged: Mapping[str, Path], executed: Path) -> Run:
    """Return the run of one notebook with those parameters that it knows."""
    values = plan.parameters | {"raw": str(plan.raw)} | {folder: str(path) for folder, path in staged.items()}
    parameters = {key: value for key, value in values.items() if key in plan.known[name]}
    return Run(plan.notebooks / f"{name}.ipynb", executed / f"{name}.ipynb", parameters, plan.cell_seconds)


def _workers() -> ProcessPoolExecutor:
    """Return workers that have loaded papermill once; processes, because the working folder is theirs alone."""
    context = multiprocessing.get_context("forkserver" if sys.platform != "win32" else "spawn")
    if sys.platform != "win32":
        context.set_forkserver_preload(["papermill", "helpers.builds.build"])
    return ProcessPoolExecutor(WORKERS, mp_context=context)


def _tasks(plan: Plan, staged: Mapping[str, Path], executed: Path) -> dict[str, Task]:
    """Return all notebooks, then their pages, each with what it needs; a page is written as soon as it can be."""
    folders = plan, staged["processed"], staged["reports"], executed
    tasks = {name: Task(NEEDS[name], run_notebook, (_run(plan, name, staged, executed),)) for name in NEEDS}
    tasks |= {f"{name}.html": Task((name,), write_notebook_page, (name, *folders)) for name in NEEDS}
    tasks |= {"index.html": Task(tuple(NEEDS), write_start_page, folders)}
    written = ("index.html", *(f"{name}.html" for name in NEEDS))
    tasks |= {
        "evidence pages": Task(written, write_texts, folders),
        "search.html": Task(written, write_search, folders),
    }
    return tasks | {"tables to take away": Task(tuple(NEEDS), write_tables, folders)}


def _run_all(workers: ProcessPoolExecutor, tasks: Mapping[str, Task], tell: Tell) -> list[Failure]:
    """Run every task as soon as those it needs are done; after a failure start no further one."""
    done: set[str] = set()
    failures: list[Failure] = []
    active: dict[Future[Failure | None], str] = {}
    while len(done) < len(tasks):
        begun = done | {*active.values()}
        ready = [name for name, task in tasks.items() if name not in begun and done.issuperset(task.needs)]
        for name in [] if failures else ready:
            tell(f"running {name}", len(done) / len(tasks))
            active[workers.submit(tasks[name].function, *tasks[name].arguments)] = name
        if not active:
            break
        for finished in wait(active, return_when=FIRST_COMPLETED).done:
            name = active.pop(finished)
            failure = _result(finished, name)
            if failure:
                failures.append(failure)
            done.add(name)
            tell(f"{'failed' if failure else 'finished'} {name}", len(done) / len(tasks))
    return failures


def _result(finished: Future[Failure | None], name: str) -> Failure | None:
    """Return the failure that a worker reports, or the one that its death is."""
    try:
        return finished.result()
    except Exception as error:  # a worker that dies raises from the pool, whatever killed it
        return Failure(name, None, "", f"{type(error).__name__}: {error}", traceback.format_exc())


def write_notebook_page(name: str, plan: Plan, processed: Path, reports: Path, executed: Path) -> None:
    """Write the page of one executed notebook."""
    from helpers.reports.pages import write_page

    parameters = [(key, value) for key, value in _shown(plan) if key in plan.known[name]]
    page = _common(plan, processed) | {"parameters": parameters}
    write_page(executed / f"{name}.ipynb", reports / f"{name}.html", page)


def write_start_page(plan: Plan, processed: Path, reports: Path, executed: Path) -> None:
    """Write the first page from the tables."""
    from helpers.reports.pages import write_first_page
    from helpers.reports.summary import TITLE, first_page_parts

    page = _common(plan, processed) | {"parameters": _shown(plan), "title": TITLE}
    answer, sections = first_page_parts(processed, reports, plan.raw, page["pages"][1:], plan.parameters)
    write_first_page(reports / "index.html", answer, sections, page)


def write_texts(plan: Plan, processed: Path, reports: Path, executed: Path) -> None:
    """Write the evidence page of every text, with the ways back to the pages that use it."""
    from helpers.reports.evidence_pages import write_evidence_pages

    page = _common(plan, processed) | {"parameters": _shown(plan)}
    names = [address for address, _ in page["pages"] if address != "search.html"]  # it uses every statement
    write_evidence_pages(processed, reports, names, page, bool(plan.parameters["excerpts_only"]))


def write_search(plan: Plan, processed: Path, reports: Path, executed: Path) -> None:
    """Write the page on which everything can be searched."""
    from helpers.reports.pages import write_first_page
    from helpers.reports.searching import ADDRESS, ANSWER, TITLE, search_sections

    page = _common(plan, processed) | {"parameters": _shown(plan), "title": TITLE}
    pages = [one for one in page["pages"] if one[0] != ADDRESS]
    sections = search_sections(processed, reports, pages, bool(plan.parameters["excerpts_only"]))
    write_first_page(reports / ADDRESS, ANSWER, sections, page)


def write_tables(plan: Plan, processed: Path, reports: Path, executed: Path) -> None:
    """Write the tables that readers take away."""
    from helpers.reports.downloads import write_downloads

    write_downloads(processed, reports, bool(plan.parameters["excerpts_only"]))


def _shown(plan: Plan) -> list[tuple[str, str]]:
    """Return the parameters for the foot of a page."""
    return [(name, str(value) if value != "" else "none") for name, value in sorted(plan.parameters.items())]


def _common(plan: Plan, processed: Path) -> dict[str, Any]:
    """Return what all pages show: links to each other, inputs and versions."""
    from helpers.reports.pages import describe_build, page_title

    pages = [(f"{name}.html", page_title(plan.notebooks / f"{name}.ipynb")) for name in NEEDS]
    made_from = describe_build(processed, plan.raw, plan.parameters)
    return {"pages": [("index.html", "Start"), *pages, ("search.html", "Search")], "versions": made_from}


def publish(staged: Path, folder: Path) -> None:
    """Move every file of `staged` to its place in `folder`, and remove what only an earlier build put there.

    Each file is replaced in one step; files that no build wrote are left alone.
    """
    files = sorted(path.relative_to(staged).as_posix() for path in staged.rglob("*") if path.is_file())
    listed = folder / ".built"
    earlier = listed.read_text(encoding="utf-8").splitlines() if listed.is_file() else []
    for name in sorted(files, key=lambda name: name == "index.html"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        os.replace(staged / name, folder / name)
    for name in set(earlier) - set(files):
        (folder / name).unlink(missing_ok=True)
    (staged / ".built").write_text("\n".join(files) + "\n", encoding="utf-8", newline="\n")
    os.replace(staged / ".built", listed)


def _keep_failed(plan: Plan, failures: Sequence[Failure], executed: Path) -> str:
    """Keep the failed run with its tracebacks and parameters; return the message for the user."""
    kept = plan.reports / "failed" / datetime.now(UTC).strftime("%Y-%m-%dT%H%M%S.%fZ")
    shutil.copytree(executed, kept)
    given = plan.parameters | {name: str(getattr(plan, name)) for name in FOLDERS}
    (kept / "parameters.yml").write_text(yaml.safe_dump(given, allow_unicode=True), encoding="utf-8")
    (kept / "traceback.txt").write_text("\n\n".join(f"{f.notebook}\n{f.traceback}" for f in failures), encoding="utf-8")
    lines = []
    for failure in failures:
        place = f" in cell {failure.cell}" if failure.cell else ""
        under = f" (under {failure.heading!r})" if failure.heading else ""
        lines.append(f"{failure.notebook} failed{place}{under}: {failure.error}")
    lines.append(
        f"Nothing was published: an earlier report stays as it was. The failed run is in {kept}: see traceback.txt "
        "there, or open the notebook; then mend the input or the parameter and run `prevent build` again."
    )
    return "\n".join(lines)
