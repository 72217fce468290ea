"""What a build is made from, as hashes: texts, official figures, notebooks, parameters, code, what is installed."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from helpers.builds.parameters import NEEDS, Plan
from helpers.fingerprints import digest_of, environment_fingerprint, file_digest, package_fingerprint
from helpers.paths import official_folder
from helpers.reports.checkouts import checkout_words
from helpers.sources.catalogue import NAME as CATALOGUE
from helpers.sources.folders import list_files

FORMAT = 1  # of what lies in the store; another number builds everything anew


@dataclass(frozen=True)
class Inputs:
    """Path → sha256 of every file that a build reads, its parameters, and the versions of what reads them.

    Nothing here says where or when: the same inputs in another folder on another day are the same.
    """

    texts: dict[str, str]
    official: dict[str, str]
    notebooks: dict[str, str]
    parameters: dict[str, Any]
    versions: dict[str, str]

    @property
    def identifier(self) -> str:
        """The name of a build: a hash of all of them, 16 hexadecimal digits."""
        return digest_of([FORMAT, asdict(self)])[:16]


def read_inputs(plan: Plan) -> Inputs:
    """Return what a build of `plan` would be made from now."""
    names, closed = list_files(plan.raw)
    texts = {name: file_digest(plan.raw / name) for name in (*names, CATALOGUE) if (plan.raw / name).exists()}
    texts |= {problem.file: problem.problem for problem in closed}
    folder = official_folder(plan.raw)
    return Inputs(
        texts=texts,
        official={path.name: file_digest(path) for path in sorted(folder.glob("*")) if path.suffix in (".csv", ".yml")},
        notebooks={name: file_digest(notebook_path(plan, name)) for name in NEEDS},
        parameters=dict(sorted(plan.parameters.items())),
        versions={
            **environment_fingerprint(),
            "helpers": package_fingerprint(),
            "checkout": checkout_words(plan.notebooks.parent),
        },
    )


def notebook_path(plan: Plan, name: str) -> Path:
    """Return where a notebook lies."""
    return plan.notebooks / f"{name}.ipynb"


def notebook_source(plan: Plan, name: str) -> str:
    """Return the code of a notebook."""
    cells = json.loads(notebook_path(plan, name).read_text(encoding="utf-8"))["cells"]
    return "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
