"""What is kept of a build that failed, and what its user is told."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from helpers.builds.parameters import FOLDERS, Plan
from helpers.builds.runs import EXECUTED, Failure
from helpers.builds.workshop import LOG

FAILED = "failed"
KERNELS_LOG = "kernels.log"
NEXT = "mend the input or the parameter and run `prevent build` again"


def give_up(
    plan: Plan, identifier: str, failures: Sequence[Failure], work: Path, log: Sequence[str]
) -> tuple[str, dict[str, Any]]:
    """Keep a failed run; return what to tell the user and what to write into the ledger."""
    kept, why_not = None, ""
    try:
        kept = keep_failed(plan, identifier, failures, work, log)
    except OSError as error:
        why_not = error.strerror or str(error)
    told = [{"notebook": each.notebook, "cell": each.cell, "error": each.error} for each in failures]
    noted = {"outcome": "interrupted" if failures[0].traceback == "interrupted" else "failed", "failures": told}
    return failure_words(plan, failures, kept, why_not), noted


def keep_failed(plan: Plan, identifier: str, failures: Sequence[Failure], work: Path, log: Sequence[str]) -> Path:
    """Keep a failed run in ``reports/failed/<identifier>``; return that folder.

    It holds the notebooks as far as they got, each with its log, the tracebacks, the parameters, and the build's log.
    """
    kept = plan.reports / FAILED / identifier
    shutil.rmtree(kept, ignore_errors=True)
    kept.mkdir(parents=True)
    given = plan.parameters | {name: str(getattr(plan, name)) for name in FOLDERS}
    (kept / "parameters.yml").write_text(yaml.safe_dump(given, allow_unicode=True), encoding="utf-8")
    (kept / "traceback.txt").write_text("\n\n".join(f"{f.notebook}\n{f.traceback}" for f in failures), encoding="utf-8")
    (kept / LOG).write_text("".join(f"{line}\n" for line in log), encoding="utf-8")
    if (work / KERNELS_LOG).is_file():
        shutil.copyfile(work / KERNELS_LOG, kept / KERNELS_LOG)
    for step in work.iterdir():
        for file, name in ((EXECUTED, f"{step.name}.ipynb"), (LOG, f"{step.name}.log")):
            if (step / file).is_file():
                shutil.copyfile(step / file, kept / name)
    return kept


def failure_words(plan: Plan, failures: Sequence[Failure], kept: Path | None, why_not: str = "") -> str:
    """Return what to tell the user: which notebooks failed, where and on what input, and what to do next."""
    lines = []
    for failure in failures:
        place = f" in cell {failure.cell}" if failure.cell else ""
        under = f" (under {failure.heading!r})" if failure.heading else ""
        lines.append(f"{failure.notebook} failed{place}{under}: {failure.error}")
    lines.append(
        f"Its input was the folder {str(plan.raw)!r}. Nothing was published: an earlier report stays as it was."
    )
    if kept:
        lines.append(f"The failed run is in {kept}: see traceback.txt there, or open the notebook; then {NEXT}.")
    else:
        lines.append(f"The failed run could not be kept ({why_not}); {NEXT}.")
    return "\n".join(lines)
