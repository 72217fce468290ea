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

import yaml

from helpers.errors import BuildError
from helpers.parameters import FOLDERS, NEEDS, Plan
from helpers.runs import Failure, Run, run_notebook

WORKERS = 2
Tell = Callable[[str, float], None]


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
        runs = {name: _run(plan, name, staged, executed) for name in NEEDS}
        with _workers() as workers:
            failures = _run_all(workers, runs, tell)
            if not failures:
                tell("writing the pages", 0.95)
                failures = _write_pages(workers, plan, staged, executed)
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
        context.set_forkserver_preload(["papermill", "helpers.build"])
    return ProcessPoolExecutor(WORKERS, mp_context=context)


def _run_all(workers: ProcessPoolExecutor, runs: Mapping[str, Run], tell: Tell) -> list[Failure]:
    """Run every notebook as soon as those it needs are done; after a failure start no further one."""
    done: set[str] = set()
    failures: list[Failure] = []
    active: dict[Future[Failure | None], str] = {}
    while len(done) < len(runs):
        ready = (
            [] if failures else [n for n in runs if n not in done | {*active.values()} and done.issuperset(NEEDS[n])]
        )
        for name in ready:
            tell(f"running {name}", len(done) / (len(runs) + 0.5))
            active[workers.submit(run_notebook, runs[name])] = name
        if not active:
            break
        for finished in wait(active, return_when=FIRST_COMPLETED).done:
            name = active.pop(finished)
            failure = _result(finished, name)
            if failure:
                failures.append(failure)
            done.add(name)
            tell(f"{'failed' if failure else 'finished'} {name}", len(done) / (len(runs) + 0.5))
    return failures


def _result(finished: Future[Failure | None], name: str) -> Failure | None:
    """Return the failure that a worker reports, or the one that its death is."""
    try:
        return finished.result()
    except Exception as error:  # a worker that dies raises from the pool, whatever killed it
        return Failure(name, None, "", f"{type(error).__name__}: {error}", traceback.format_exc())


def _write_pages(workers: ProcessPoolExecutor, plan: Plan, staged: Mapping[str, Path], executed: Path) -> list[Failure]:
    """Write all pages in a worker; return what failed."""
    failure = _result(workers.submit(write_pages, plan, staged["processed"], staged["reports"], executed), "the pages")
    return [failure] if failure else []


def write_pages(plan: Plan, processed: Path, reports: Path, executed: Path) -> None:
    """Write a page for each executed notebook, and the first page from the tables."""
    from helpers.pages import page_title, versions, write_first_page, write_page
    from helpers.summary import TITLE, first_page_parts, input_digest

    pages = [(f"{name}.html", page_title(executed / f"{name}.ipynb")) for name in NEEDS]
    shown = [(name, str(value) if value != "" else "none") for name, value in sorted(plan.parameters.items())]
    page = {"pages": [("index.html", "Start"), *pages], "versions": [*input_digest(processed, plan.raw), *versions()]}
    for name in NEEDS:
        parameters = [(key, value) for key, value in shown if key in plan.known[name]]
        write_page(executed / f"{name}.ipynb", reports / f"{name}.html", page | {"parameters": parameters})
    answer, sections = first_page_parts(processed, reports, plan.raw, pages, plan.parameters)
    write_first_page(reports / "index.html", answer, sections, page | {"parameters": shown, "title": TITLE})


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
