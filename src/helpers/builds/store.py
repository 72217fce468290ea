"""Where builds lie, and how one is published: whole, at once, by renaming one link.

``reports/.builds/`` holds each build kept as a folder of its own with tables and pages, and a link ``current`` to the
one that is published. What readers open, ``reports/index.html`` or ``data/processed/documents.parquet``, are links that
go through ``current``: renaming a new ``current`` over the old one changes all of them in the same instant, so tables
and pages always belong together, and no other file of these folders is touched. Where links are refused (some Windows
and network disks) files are copied instead, each in one step and the first page last.
"""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from helpers.fingerprints import file_digest
from helpers.paths import BUILDS

STORE, CURRENT, MANIFEST, STEPS, WORK = BUILDS, "current", "manifest.json", "steps", "work"
AREAS = ("processed", "reports")
EARLIER = ".built"  # how the first version of this project listed the files it had published


@dataclass(frozen=True)
class Manifest:
    """What a build consists of.

    Attributes
    ----------
    build : str
        Its identifier, from its inputs alone.
    previous : str
        Name of the build published before it in this folder; empty for the first.
    files : dict
        Path inside the build → sha256.
    steps : dict
        Step → the key it is kept under.
    inputs, facts : dict
        What it was made from; and row counts, verdicts and problems of its tables.
    """

    build: str
    previous: str
    files: dict[str, str]
    steps: dict[str, str] = field(default_factory=dict)
    inputs: dict[str, Any] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Places:
    """The folders of tables and pages that readers know, and the store of builds in the latter."""

    processed: Path
    reports: Path

    @property
    def store(self) -> Path:
        """The folder of all builds."""
        return self.reports / STORE

    def published(self, name: str) -> Path:
        """Return where readers find a file of a build."""
        area, _, rest = name.partition("/")
        return (self.processed if area == "processed" else self.reports) / (rest or name)


def current_name(places: Places) -> str:
    """Return the name of the published build; empty where there is none."""
    current = places.store / CURRENT
    if current.is_symlink():
        return os.readlink(current)
    return current.read_text(encoding="utf-8").strip() if current.is_file() else ""


def read_manifest(places: Places, name: str) -> Manifest | None:
    """Return what a kept build consists of; nothing where there is no such build or its manifest is damaged."""
    try:
        return Manifest(**json.loads((places.store / name / MANIFEST).read_text(encoding="utf-8"))) if name else None
    except (OSError, ValueError, TypeError):
        return None


def kept_builds(places: Places) -> list[str]:
    """Return the names of all complete builds, oldest first."""
    found = places.store.glob(f"[0-9]*/{MANIFEST}") if places.store.is_dir() else ()
    return sorted((path.parent.name for path in found), key=lambda name: (int(name.partition("-")[0]), name))


def new_work(places: Places) -> Path:
    """Return a new folder to work in, which no leftover worker of a killed build knows."""
    folder = places.store / f"{WORK}-{os.getpid()}-{time.time_ns():x}"
    folder.mkdir(parents=True)
    return folder


def assemble(places: Places, work: Path, files: Mapping[str, Path], manifest: Manifest) -> Path:
    """Put the files of a build together in a new folder, by way of `work`, ready to be published; return the folder."""
    last = max((int(name.partition("-")[0]) for name in kept_builds(places)), default=0)
    staged = work / "staged"
    for name, source in files.items():
        (staged / name).parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(source, staged / name)
        except OSError:  # another disk, or one without hard links
            shutil.copyfile(source, staged / name)
    content = json.dumps(asdict(manifest), indent=1, sort_keys=True, ensure_ascii=False)
    (staged / MANIFEST).write_text(content + "\n", encoding="utf-8", newline="\n")
    folder = places.store / f"{last + 1:04d}-{manifest.build}"
    os.rename(staged, folder)
    return folder


def publish(places: Places, name: str) -> None:
    """Let readers see the build `name`, all of it at once; what an earlier one had and this one has not is taken away.

    Raises
    ------
    OSError
        When a folder cannot be written to; what readers see is then still one whole build.
    """
    links = _links(places, name)
    fresh = places.store / f"{CURRENT}.new"
    fresh.unlink(missing_ok=True)
    try:
        fresh.symlink_to(name)
    except (OSError, NotImplementedError):
        return _publish_copies(places, name, fresh)
    for path, target in links.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_dir() and not path.is_symlink():
            raise IsADirectoryError(21, "a folder lies where a file of the report belongs", str(path))
        if not os.path.lexists(path):
            path.symlink_to(target)
    os.replace(fresh, places.store / CURRENT)
    for path, target in links.items():
        if not (path.is_symlink() and os.readlink(path) == target):  # written by hand, or by another version
            part = path.with_name(f".{path.name}.link")
            part.unlink(missing_ok=True)
            part.symlink_to(target)
            os.replace(part, path)
    _take_away(places, links)


def _links(places: Places, name: str) -> dict[Path, str]:
    """Return every path that readers know, with what it links to."""
    manifest = read_manifest(places, name)
    links = {}
    for file in (*(manifest.files if manifest else ()), MANIFEST):
        path = places.published(file)
        target = places.store.resolve() / CURRENT / file
        links[path] = os.path.relpath(target, path.parent.resolve())
    return links


def _publish_copies(places: Places, name: str, fresh: Path) -> None:
    """Publish a build file by file, the first page last, where there are no links."""
    links = _links(places, name)
    files = {places.published(file): places.store / name / file for file in (*_names(places, name), MANIFEST)}
    for path, source in sorted(files.items(), key=lambda item: item[0].name == "index.html"):
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f".{path.name}.part")
        shutil.copyfile(source, part)
        os.replace(part, path)
    _take_away(places, links)
    fresh.write_text(name, encoding="utf-8")
    os.replace(fresh, places.store / CURRENT)


def _names(places: Places, name: str) -> Iterable[str]:
    """Return the files of a build."""
    manifest = read_manifest(places, name)
    return manifest.files if manifest else ()


def _take_away(places: Places, links: Mapping[Path, str]) -> None:
    """Remove what only earlier builds published; files of others stay."""
    linked = (places.store / CURRENT).is_symlink()
    earlier = {places.published(file) for name in kept_builds(places) for file in _names(places, name)}
    folders = {places.processed, places.reports, *(path.parent for path in (*earlier, *links))}
    beside = {Path(entry.path) for folder in folders if folder.is_dir() for entry in os.scandir(folder)}
    for path in (earlier | beside) - links.keys():
        if _is_ours(path) or (not linked and path in earlier):
            path.unlink(missing_ok=True)
    for area in (places.processed, places.reports):
        listed = area / EARLIER
        for name in listed.read_text(encoding="utf-8").splitlines() if listed.is_file() else ():
            if area / name not in links:
                (area / name).unlink(missing_ok=True)
        listed.unlink(missing_ok=True)


def _is_ours(path: Path) -> bool:
    """Return whether a path is a link into a store of builds."""
    return path.is_symlink() and f"{STORE}/{CURRENT}/" in os.readlink(path).replace(os.sep, "/")


def faults(places: Places, name: str) -> list[str]:
    """Return every published file that is missing or not as its build wrote it; a whole report has none."""
    manifest = read_manifest(places, name)
    if manifest is None:
        return [f"{places.store / name / MANIFEST} is missing or damaged"]
    linked = (places.store / CURRENT).is_symlink()
    wrong = [
        str(path) for path, target in _links(places, name).items()
        if linked and not (path.is_symlink() and os.readlink(path) == target)
    ]  # fmt: skip
    return wrong + [
        str(places.published(file))
        for file, written in manifest.files.items()
        if file_digest(places.published(file)) != written
    ]


def sweep(places: Places) -> None:
    """Remove what a build that was killed left behind: its work, and a build that it did not come to publish."""
    _drop_work(places)
    current = current_name(places)
    for name in kept_builds(places):
        if not current or int(name.partition("-")[0]) > int(current.partition("-")[0]):
            shutil.rmtree(places.store / name, ignore_errors=True)


def _drop_work(places: Places) -> None:
    """Remove every folder that a build has worked in."""
    for folder in places.store.glob(f"{WORK}-*"):
        shutil.rmtree(folder, ignore_errors=True)


def prune(places: Places, keep: int) -> None:
    """Keep the published build and the `keep` - 1 before it, and the steps that they consist of; work is done."""
    kept = kept_builds(places)[-max(keep, 1) :]
    for name in kept_builds(places):
        if name not in kept:
            shutil.rmtree(places.store / name, ignore_errors=True)
    manifests = [manifest for name in kept if (manifest := read_manifest(places, name))]
    used = {key for manifest in manifests for key in manifest.steps.values()}
    _drop_work(places)
    for folder in (places.store / STEPS).iterdir():
        if folder.name not in used:
            shutil.rmtree(folder, ignore_errors=True)
