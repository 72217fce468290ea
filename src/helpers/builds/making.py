"""Doing the steps of a build, at most two at once, each as soon as those it needs are done."""

from __future__ import annotations

import json
import signal
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any, NoReturn

from helpers.builds import store
from helpers.builds.failures import KERNELS_LOG
from helpers.builds.inputs import Inputs, read_inputs
from helpers.builds.parameters import NEEDS, Plan
from helpers.builds.progress import Done, Progress
from helpers.builds.rendering import FACTS
from helpers.builds.runs import Failure
from helpers.builds.steps import Step, find_done, finish, list_steps, merged_files, needed, prepare, step_key
from helpers.builds.store import Manifest, Places
from helpers.builds.workshop import Workshop, workshop

INTERRUPTED = "interrupted"


class InputsChangedError(Exception):
    """An input changed while it was being read, so that nobody knows what was read."""


def make_build(
    plan: Plan, places: Places, work: Path, inputs: Inputs, previous: str, progress: Progress
) -> str | list[Failure]:
    """Do whatever is not done yet, in the folder `work`; return the name of the new build in the store, or what failed.

    Raises
    ------
    InputsChangedError
        When an input is no longer as `inputs` says.
    """
    before = places.store / previous / "processed" if store.read_manifest(places, previous) else None
    previous = previous if before else ""
    try:
        with _interruptible(), workshop(work / KERNELS_LOG) as shop:  # first of all: it loads meanwhile what steps need
            steps = list_steps(plan, inputs, previous, before)
            failures = _run_steps(plan, places, work, inputs, steps, progress, shop)
    except KeyboardInterrupt:
        failures = [Failure("the build", None, "", "it was interrupted", INTERRUPTED)]
    if failures:
        return failures
    files = {name: path for name, path in merged_files(progress.done.values()).items() if "/" in name}
    digests = {name: written for done in progress.done.values() for name, written in done.files.items() if written}
    facts = json.loads((progress.done["index.html"].folder / FACTS).read_text(encoding="utf-8"))
    keys = {name: progress.done[name].key for name in steps}
    published = {name: digests[name] for name in files}
    manifest = Manifest(inputs.identifier, previous, published, keys, asdict(inputs), facts)
    return store.assemble(places, work, files, manifest).name


@contextmanager
def _interruptible() -> Iterator[None]:
    """Let a request to end (from a scheduler, or because the terminal was closed) count as Ctrl-C does."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    asked = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    earlier = {number: signal.signal(number, _interrupt) for number in asked}
    try:
        yield
    finally:
        for number, handler in earlier.items():
            signal.signal(number, handler)


def _interrupt(number: int, frame: Any) -> NoReturn:
    """End as Ctrl-C does."""
    raise KeyboardInterrupt


def _run_steps(
    plan: Plan,
    places: Places,
    work: Path,
    inputs: Inputs,
    steps: Mapping[str, Step],
    progress: Progress,
    shop: Workshop,
) -> list[Failure]:
    """Do every step that was not done before; after a failure start no other."""
    failures: list[Failure] = []
    keys: dict[str, str] = {}
    _take_kept(places, steps, progress, keys)
    while len(progress.done) + len(failures) < len(steps):
        while not failures and not shop.is_busy and (ready := _ready(steps, progress, keys)):
            keys[ready[0]] = step_key(steps[ready[0]], progress.done)
            _start(plan, work / ready[0], steps, ready[0], progress, shop)
        if shop.is_idle:
            break
        name, failure, seconds = shop.next_ended()
        progress.seconds[name] = round(seconds, 2)
        if failure:
            failures.append(failure)
            progress.say(f"failed {name}")
            continue
        if "raw" in plan.known.get(name, ()) and read_inputs(plan) != inputs:
            raise InputsChangedError
        _keep(places, work / name, steps, name, keys[name], progress)
        _take_kept(places, steps, progress, keys)
    return failures


def _ready(steps: Mapping[str, Step], progress: Progress, begun: Mapping[str, str]) -> list[str]:
    """Return the steps that can start, those first that others wait for.

    Pages wait until the last notebook has begun: before that, what later notebooks need is being loaded, and pages
    would keep a processor from it.
    """
    rest = [name for name in NEEDS if name not in begun and name not in progress.done]
    ready = [name for name in steps if name not in begun and progress.done.keys() >= {*steps[name].needs}]
    return [name for name in ready if name not in progress.done and (name in NEEDS or not rest)]


def _start(plan: Plan, work: Path, steps: Mapping[str, Step], name: str, progress: Progress, shop: Workshop) -> None:
    """Start a step in a folder of its own."""
    prepare(work, {each: progress.done[each] for each in needed(steps[name], steps)}, plan.processed)
    shop.start(name, work, steps[name].function, steps[name].arguments)
    progress.say(f"running {name}")


def _keep(places: Places, work: Path, steps: Mapping[str, Step], name: str, key: str, progress: Progress) -> None:
    """Keep what a finished step wrote."""
    before = [progress.done[each] for each in needed(steps[name], steps)]
    progress.done[name] = finish(work, before, key, places.store / store.STEPS / key)
    progress.share = len(progress.done) / len(steps)
    progress.say(f"finished {name}")


def _take_kept(places: Places, steps: Mapping[str, Step], progress: Progress, begun: Mapping[str, str]) -> None:
    """Take over every step that an earlier build did with the same inputs."""
    for name, step in steps.items():
        if name in progress.done or name in begun or not progress.done.keys() >= {*step.needs}:
            continue
        key = step_key(step, progress.done)
        found: Done | None = find_done(places.store / store.STEPS / key, key)
        if found:
            progress.done[name] = found
            progress.kept.append(name)
    progress.share = len(progress.done) / len(steps)
