"""The main job: do again what depends on a change, aside, and publish tables and pages at once when all went well.

When nothing has changed, nothing but hashes is computed: what makes a build is loaded only when one has to be made.
"""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from helpers.builds import store
from helpers.builds.inputs import Inputs, read_inputs
from helpers.builds.ledger import add_line, read_ledger
from helpers.builds.locks import only_build
from helpers.builds.parameters import Plan
from helpers.builds.progress import Progress, Tell, now
from helpers.builds.store import Places
from helpers.errors import BuildError
from helpers.paths import CACHE

KEPT = 5  # builds kept, the published one among them
ATTEMPTS = 3  # at a build whose inputs are written to while it reads them


def build(plan: Plan, tell: Tell = lambda message, share: None, is_patient: bool = False, keep: int = KEPT) -> Path:
    """Bring tables and pages up to date and publish them; return the path of the first page.

    Parameters
    ----------
    plan : Plan
        From `plan_build`.
    tell : callable
        Called with a line and the share done (0 to 1) whenever a step starts or ends.
    is_patient : bool
        Whether to wait when another build is writing to the same folder, rather than to fail.
    keep : int
        How many builds are kept, the published one among them.

    Raises
    ------
    BuildError
        When a notebook fails, the folders cannot be written to, or another build is at work. The last good tables and
        report stay as they were, and the failed run is kept.
    """
    places = Places(plan.processed, plan.reports)
    progress = Progress(tell)
    try:
        for folder in (plan.processed / CACHE, places.store):
            folder.mkdir(parents=True, exist_ok=True)
        with only_build(places.store, is_patient, progress.say) as died:
            if died:
                progress.say(f"the last build (process {died.get('process')}) was killed: going on from where it was")
                add_line(plan.reports, {"build": None, "begun": died.get("since"), "outcome": "killed"})
            _bring_up_to_date(plan, places, progress, keep)
    except OSError as error:
        with suppress(OSError):
            add_line(
                plan.reports,
                {
                    "build": None,
                    "begun": progress.begun,
                    "ended": now(),
                    "outcome": "failed",
                    "failures": [{"notebook": "the build", "cell": None, "error": str(error)}],
                },
            )
        where = error.filename or plan.reports
        raise BuildError(
            f"cannot write to {str(where)!r} ({error.strerror}); free it or choose another folder. What was published "
            "before stays as it was"
        ) from error
    tell("done", 1.0)
    return plan.reports / "index.html"


def _bring_up_to_date(plan: Plan, places: Places, progress: Progress, keep: int) -> None:
    """Build and publish, unless what is published is whole and made from the same inputs."""
    inputs = read_inputs(plan)
    store.sweep(places)
    name = store.current_name(places)
    current = store.read_manifest(places, name)
    noted = {line.get("name") for line in read_ledger(plan.reports)}
    if current and name not in noted:  # killed before it could say so
        _note(plan, progress, current.build, "published", name=name, **_told(places, name))
    if current and current.build == inputs.identifier:
        wrong = store.faults(places, name)
        if not wrong:
            _note(plan, progress, inputs.identifier, "unchanged")
            progress.say("nothing has changed since the last build")
            return
        progress.say(f"changed from outside, so published again: {wrong[0]}" + (" and others" if wrong[1:] else ""))
        name = current.previous
    _make_and_publish(plan, places, inputs, name, progress)
    store.prune(places, keep)


def _make_and_publish(plan: Plan, places: Places, inputs: Inputs, previous: str, progress: Progress) -> None:
    """Make a build and publish it; begin again when its inputs change meanwhile."""
    from helpers.builds.failures import give_up
    from helpers.builds.making import InputsChangedError, make_build

    for _ in range(ATTEMPTS):
        try:
            work = store.new_work(places)
            made = make_build(plan, places, work, inputs, previous, progress)
        except InputsChangedError:
            progress.say("an input changed while it was read: beginning again")
            progress.start_again()
            inputs = read_inputs(plan)
            store.sweep(places)
            continue
        if isinstance(made, str):
            store.publish(places, made)
            return _note(plan, progress, inputs.identifier, "published", name=made, **_told(places, made))
        words, noted = give_up(plan, inputs.identifier, made, work, progress.log)
        _note(plan, progress, inputs.identifier, **noted)
        raise BuildError(words)
    raise BuildError(f"files of {str(plan.raw)!r} change all the time; run `prevent build` again when they are at rest")


def _told(places: Places, name: str) -> dict[str, Any]:
    """Return what the ledger says of a published build besides times: inputs, parameters, versions, counts."""
    manifest = store.read_manifest(places, name)
    return {**manifest.inputs, **manifest.facts} if manifest else {}


def _note(plan: Plan, progress: Progress, identifier: str, outcome: str, **more: Any) -> None:
    """Add a line to the ledger."""
    total = round(time.perf_counter() - progress.clock, 2)
    line = {"build": identifier, "begun": progress.begun, "ended": now(), "outcome": outcome, "seconds": total}
    add_line(plan.reports, line | {"steps": progress.seconds, "kept_steps": progress.kept} | more)
