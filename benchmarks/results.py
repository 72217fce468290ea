"""The measured figures as Markdown: ratios first, then seconds; nothing that names the machine or a folder."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from statistics import median
from typing import Any

import scale
from building import Builds
from probes import Probe
from systems import DIGITS, OTHERS, OURS

TITLES = {system.name: system.title for system in (OURS, *OTHERS, DIGITS)}


@dataclass
class Results:
    """Everything that one run measured; what was left out stays empty."""

    characters: int = 0
    texts: int = 0
    starts: dict[str, float] = field(default_factory=dict)
    seconds: dict[str, list[float]] = field(default_factory=dict)  # one entry a round, the systems in turn
    folds: dict[str, float] = field(default_factory=dict)  # one pass over the larger corpus that all systems read
    fold_characters: int = 0
    missing: dict[str, str] = field(default_factory=dict)
    accuracy: dict[str, dict[str, dict[str, dict[str, float]]]] = field(default_factory=dict)  # gold, system, what
    commands: list[float] = field(default_factory=list)
    interpreter: list[float] = field(default_factory=list)
    growth: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    streamed: dict[int, dict[str, float]] = field(default_factory=dict)
    probes: list[Probe] = field(default_factory=list)
    checking: list[dict[str, Any]] = field(default_factory=list)
    builds: dict[str, Builds] = field(default_factory=dict)  # by whether compiled bytecode was at hand
    corpus: dict[str, Any] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    minutes: float = 0.0


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Return a Markdown table, first column to the left and figures to the right."""
    lines = ["| " + " | ".join(heads) + " |", "|---|" + "--:|" * (len(heads) - 1)]
    return [*lines, *("| " + " | ".join(row) + " |" for row in rows), ""]


def spread(values: Sequence[float], digits: int = 2) -> str:
    """Return minimum and median as text."""
    return f"{min(values):.{digits}f} / {median(values):.{digits}f}"


def thousand(value: float) -> str:
    """Return a count a second, rounded to three digits."""
    return f"{float(f'{value:.3g}'):,.0f}"


def render(results: Results) -> str:
    """Return the whole page."""
    lines = ["# Speed and scale", "", *_machine(results)]
    for part in (_compared, _accuracy, _growth, _probes, _checking, _building):
        lines += part(results)
    lines += scale.section(results.corpus)
    if results.faults:
        lines += ["## What could not be measured", "", *(f"- {fault}" for fault in results.faults), ""]
    return "\n".join(lines).rstrip() + "\n"


def merge(written: str, measured: str, day: date) -> str:
    """Return the page written before with the parts of another in place of its own; each says on which day it was."""
    parts = _parts(written)
    for title, words in _parts(measured).items():
        if title:
            parts[title] = f"Measured apart from the rest on {day.day} {day:%B %Y}.\n\n{words}"
    return "\n\n".join(f"## {title}\n\n{words}" if title else words for title, words in parts.items()) + "\n"


def _parts(page: str) -> dict[str, str]:
    """Return the words below each heading of a page, those above the first one under an empty name."""
    head, *parts = page.split("\n## ")
    return {"": head.strip()} | {title: words.strip() for title, _, words in (part.partition("\n") for part in parts)}


def _machine(results: Results) -> list[str]:
    rounds = results.seconds.get("ours", [])
    noise = f"; our slowest round took {max(rounds) / min(rounds):.2f} times our fastest" if rounds else ""
    system = f"{platform.system()}, {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    return [
        f"Written by `make bench` in {results.minutes:.0f} minutes ({system}){noise}. Ratios compare what ran in turn "
        "in the same run; seconds alone mean little on another machine. Two figures together are minimum and median.",
        "",
    ]


def _compared(results: Results) -> list[str]:
    if "ours" not in results.seconds:
        return []
    ours = results.seconds["ours"]
    rows = []
    for name, seconds in results.seconds.items():
        ratios = [theirs / mine for theirs, mine in zip(seconds, ours, strict=True)]
        fold = results.folds.get(name)
        fold_ratio = fold / results.folds["ours"] if fold and "ours" in results.folds else None
        rows.append([
            TITLES[name],
            f"{median(ratios):.3g}",
            f"{fold_ratio:.3g}" if fold_ratio else "–",
            thousand(results.characters / min(seconds)),
            thousand(results.characters / median(seconds)),
            f"{results.starts[name]:.2f}",
        ])  # fmt: skip
    rows += [[TITLES[name], f"not measured: {why}", "", "", "", ""] for name, why in results.missing.items()]
    heads = ["system", "time, ours = 1", "the same, larger corpus", "characters/s, best", "median", "start-up, s"]
    return [
        "## Reading, beside other systems",
        "",
        f"The sample corpus ({results.texts} texts, {results.characters:,} characters) in {len(ours)} rounds, every "
        f"system in each, and one round on varied copies of it ({results.fold_characters:,} characters). One process "
        "each, start-up apart. We and the digit pattern read whole texts; the others get single lines, long ones cut "
        "at full stops, because they slow down or go astray in longer text. We find statistics with all their fields, "
        "events, quotations and findings in that time, the others numbers.",
        "",
        *table(heads, rows),
        *_start_up(results),
    ]  # fmt: skip


def _start_up(results: Results) -> list[str]:
    if not results.commands:
        return []
    command, interpreter = spread(results.commands), spread(results.interpreter)
    return [f"`prevent extract` on one sentence, start-up included: {command} s; a bare Python: {interpreter} s.", ""]


def _accuracy(results: Results) -> list[str]:
    if not results.accuracy:
        return []
    lines = [
        "## Accuracy on the same gold",
        "",
        "Precision / recall / F1 in per cent on numbers only: the span, and span and value. What a system types as a "
        "date is dropped unless it lies on a number of the gold; of Duckling's overlapping readings the longest "
        "stands; 0.43 counts as 43%. Our rules were written with these gold sets at hand, the others' were not.",
        "",
    ]  # fmt: skip
    for gold, systems in results.accuracy.items():
        size = next(iter(systems.values()))["span"]["gold"] if systems else 0
        rows = [
            [TITLES[name], *(_prf(figures[what]) for what in ("span", "value"))] for name, figures in systems.items()
        ]
        lines += table([f"{gold} ({size:.0f} numbers)", "span", "span + value"], rows)
    return lines


def _prf(figure: dict[str, float]) -> str:
    return " / ".join(f"{100 * figure[name]:.0f}" for name in ("precision", "recall", "f1"))


def _growth(results: Results) -> list[str]:
    if not results.growth:
        return []
    best = {fold: min(runs, key=lambda run: run["seconds"]) for fold, runs in results.growth.items()}
    first = best[min(best)]
    base = first["seconds"] / first["characters"]
    rows = []
    for fold, run in best.items():
        each = run["seconds"] / run["characters"]
        runs = [other["seconds"] for other in results.growth[fold]]
        streamed = results.streamed.get(fold, {})
        rows.append([
            f"{fold}-fold", f"{run['texts']:,}", f"{run['characters']:,}", f"{each / base:.2f}",
            f"{run['memory_mb'] / first['memory_mb']:.2f}", f"{run['memory_mb']:.0f}",
            f"{streamed['memory_mb']:.0f}" if streamed else "–", spread(runs), thousand(1 / each),
        ])  # fmt: skip
    heads = [
        "corpus",
        "texts",
        "characters",
        "time a character, ×",
        "peak memory, ×",
        "peak, MB",
        "peak of the command, MB",
        "seconds",
        "characters/s",
    ]
    stages = {name: run["stages"] for name, run in best.items()}
    names = sorted(
        {name for seconds in stages.values() for name in seconds}, key=lambda name: -first["stages"].get(name, 0)
    )
    split = [
        [name, *(f"{100 * stages[fold].get(name, 0) / best[fold]['seconds']:.0f}%" for fold in best)] for name in names
    ]
    return [
        "## Growth",
        "",
        "One text after another, each forgotten before the next, from file to findings, in a process of its own for "
        "each size. The copies differ: other numbers, order and town. The command is `prevent extract FILE…` "
        "on the same files, in one process.",
        "",
        *table(heads, rows),
        "Share of the time by stage (`sources` is reading and describing the file):",
        "",
        *table(["stage", *(f"{fold}-fold" for fold in best)], split),
    ]  # fmt: skip


def _probes(results: Results) -> list[str]:
    if not results.probes:
        return []
    rows = []
    for probe in results.probes:
        size = f"{probe.size:,}" + (f" (of {probe.wanted:,})" if probe.size < probe.wanted else "")
        ratio = f"{probe.ratio:.2f}" if probe.ratio else "stopped"
        rows.append([probe.shape, size, ratio, *(f"{s:.2f}" if s else "–" for s in (probe.half, probe.full))])
    return [
        "## Hostile texts",
        "",
        "Time at full size over time at half of it: 2 is linear, 4 would be quadratic. A size in brackets is the one "
        "wanted, where the time allowed for a probe did not reach.",
        "",
        *table(["text", "characters", "full / half", "half, s", "full, s"], rows),
    ]


def _checking(results: Results) -> list[str]:
    if not results.checking:
        return []
    seconds = [run["seconds"] for run in results.checking]
    run = results.checking[0]
    verdicts = ", ".join(f"{verdict} {count:,}" for verdict, count in run["verdicts"].items())
    return [
        "## Checking",
        "",
        f"{run['checked']:,} statistics of official measures, varied from the {run['real']} of the sample corpus: "
        f"{spread(seconds)} s, {thousand(run['checked'] / min(seconds))} a second at best ({verdicts}).",
        "",
    ]


def _building(results: Results) -> list[str]:
    if not results.builds:
        return []
    rows = [
        (
            name,
            f"{sum(one.papermill.values()):.1f}",
            f"{one.notebooks:.1f}",
            f"{one.times(one.notebooks):.1f}",
            f"{one.nothing:.1f}",
            f"**{one.times(one.nothing):.1f}**",
            f"{one.one_text:.1f}",
            f"{one.unchanged:.2f}",
        )
        for name, one in results.builds.items()
    ]
    heads = (
        "bytecode", "papermill, s", "the same notebooks, s", "times as fast", "with all pages, s", "times as fast",
        "one text changed, s", "nothing changed, s",
    )  # fmt: skip
    single = "; ".join(
        f"{name}: " + ", ".join(f"{notebook} {seconds:.1f}" for notebook, seconds in one.papermill.items())
        for name, one in results.builds.items()
    )
    return [
        "## Building",
        "",
        "`prevent build` on the sample corpus, against the same notebooks through papermill's command line one after "
        "another; once each, in turn. Papermill writes no pages, so the build is also timed until its last notebook is "
        "done, by which time some pages are too. Cold means that no compiled bytecode was at hand.",
        "",
        *table(heads, rows),
        f"Seconds a notebook through papermill's command: {single}.",
        "",
    ]
