"""A copy of the pages for a folder that a web server shows."""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict, replace
from pathlib import Path

from helpers.builds.parameters import Plan
from helpers.builds.store import MANIFEST, Places, current_name, faults, kept_builds, publish, read_manifest
from helpers.errors import BuildError

KEPT = 2  # the published copy, and the one before it for readers who have a page of it open


def publish_pages(plan: Plan, target: Path) -> None:
    """Publish a copy of the current pages, without the tables, in `target`: whole and at once.

    All links lie inside `target`, so that it can be served, mounted or copied by itself.

    Raises
    ------
    BuildError
        When the folder cannot be written to; what it shows is then still one whole report.
    """
    try:
        _copy(Places(plan.processed, plan.reports), Places(target, target))
    except OSError as error:
        raise BuildError(
            f"the report is built, but cannot be published in {str(target)!r}: {error.strerror} "
            f"({error.filename}); free it or choose another folder, and run `prevent build` again"
        ) from error


def _copy(built: Places, shown: Places) -> None:
    """Copy the current build's pages into the other store, and publish them there."""
    name = current_name(built)
    manifest = read_manifest(built, name)
    if manifest is None or (current_name(shown) == name and not faults(shown, name)):
        return
    pages = {file: written for file, written in manifest.files.items() if file.startswith("reports/")}
    folder = shown.store / name
    shutil.rmtree(folder, ignore_errors=True)
    for file in pages:
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(built.store / name / file, folder / file)
    content = json.dumps(asdict(replace(manifest, files=pages)), indent=1, sort_keys=True, ensure_ascii=False)
    (folder / MANIFEST).write_text(content + "\n", encoding="utf-8", newline="\n")
    publish(shown, name)
    for earlier in kept_builds(shown)[:-KEPT]:
        if earlier != name:
            shutil.rmtree(shown.store / earlier, ignore_errors=True)
