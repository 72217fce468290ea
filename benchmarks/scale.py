"""`prevent corpus` on growing corpora of paragraph-sized texts: speed, memory, growth, one worker beside two.

Results are kept in ``corpus.json``, so that the long run over a million texts need not be repeated with the others, and
can be interrupted: ``run.py --only corpus --full`` takes it up where it was.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from corpora import sample_texts, write_paragraphs

HERE = Path(__file__).resolve().parent
RAW = HERE.parent / "data" / "raw"
KEPT, DRAWN, WORK = HERE / "corpus.json", HERE / "corpus.svg", HERE / ".corpus"
SIZES, MILLION = (10_000, 100_000), 1_000_000
WAYS = {"pandas": "plain pandas loop", "one": "one worker", "two": "two workers"}
SECONDS = 420.0  # for all runs of the larger size; it is made smaller where they would take longer
PAUSE = 0.25  # seconds between two looks at the memory
BATCH = 1_000
Say = Callable[[str], None]


def measure(full: bool, quick: bool, say: Say) -> dict[str, Any]:
    """Measure all sizes, keep the results and draw them; of the million only two workers, and only when asked for."""
    runs: dict[str, Any] = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.is_file() else {}
    small, large = (SIZES[0] // 10, SIZES[0]) if quick else SIZES
    found = {str(small): _all_ways(small, say)}
    fitting = large if full else min(large, _fitting(found[str(small)], small))
    found[str(large)] = _all_ways(fitting, say)
    runs = {size: ways for size, ways in runs.items() if size == str(MILLION)} | found
    if full:
        runs[str(MILLION)] = {"two": _run("two", MILLION, say)}
    if not quick:
        KEPT.write_text(json.dumps(runs, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        draw(runs)
    return runs


def million(say: Say) -> dict[str, Any]:
    """Measure the million alone, beside what is kept of the other sizes."""
    runs: dict[str, Any] = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.is_file() else {}
    runs[str(MILLION)] = {"two": _run("two", MILLION, say)}
    KEPT.write_text(json.dumps(runs, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    draw(runs)
    return runs


def _fitting(ways: dict[str, Any], size: int) -> int:
    """Return how many texts can be read in every way within the time allowed, in whole ten thousands."""
    each = sum(run["seconds"] for run in ways.values()) / size
    return max(int(SECONDS / each) // 10_000 * 10_000, 2 * size)


def _all_ways(size: int, say: Say) -> dict[str, Any]:
    """Return the results of every way at one size."""
    return {way: _run(way, size, say) for way in WAYS}


def _run(way: str, size: int, say: Say) -> dict[str, Any]:
    """Return seconds and memory of one run; what an interrupted run finished is kept, and its time counted."""
    folder = WORK / f"{size}"
    folder.mkdir(parents=True, exist_ok=True)
    texts = folder / "texts.jsonl"
    if not texts.is_file():
        say(f"corpus: making {size:,} texts")
        write_paragraphs(sample_texts(RAW), size, texts.with_suffix(".part")).replace(texts)
    out = folder / way
    say(f"corpus: {size:,} texts, {WAYS[way]}")
    command = [sys.executable, str(HERE / "plain_pandas.py"), str(texts), str(out)]
    if way != "pandas":
        prevent = Path(sys.executable).parent / "prevent"
        workers = "1" if way == "one" else "2"
        command = [str(prevent), "corpus", str(texts), "--out", str(out), "--workers", workers, "--batch", str(BATCH)]
    run = {"texts": size, "megabytes": texts.stat().st_size / 1e6} | _watched(command, folder / f"{way}.spent")
    shutil.rmtree(folder / way)
    (folder / f"{way}.spent").unlink()
    if way == "two":
        shutil.rmtree(folder)
    return run


def _watched(command: list[str], spent: Path) -> dict[str, Any]:
    """Run a command and watch the memory of its processes; the time spent is noted, so that it can be taken up."""
    before = float(spent.read_text()) if spent.is_file() else 0.0
    peaks: dict[int, float] = {}
    course: list[tuple[float, float]] = []
    begun = noted = time.perf_counter()
    log = spent.with_suffix(".log")
    with (
        log.open("w", encoding="utf-8") as stream,
        subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=stream) as process,
    ):
        while process.poll() is None:
            peaks |= {pid: peak for pid in _family(process.pid) if (peak := _megabytes(pid, "VmHWM"))}
            course.append((time.perf_counter() - begun, _megabytes(process.pid, "VmRSS")))
            if time.perf_counter() - noted > 5:
                noted = time.perf_counter()
                spent.write_text(str(before + noted - begun))
            time.sleep(PAUSE)
    seconds = before + time.perf_counter() - begun
    spent.write_text(str(seconds))
    if process.returncode:
        raise RuntimeError(f"{Path(command[0]).name} failed: {log.read_text(encoding='utf-8').strip()[-300:]}")
    log.unlink()
    driver = peaks.pop(process.pid)
    half = [memory for at, memory in course if memory and at > course[-1][0] / 2]
    return {
        "seconds": seconds,
        "driver_mb": driver,
        "worker_mb": max(peaks.values(), default=driver),
        "driver_growth": half[-1] / half[0] if half else 1.0,
    }


def _family(pid: int) -> list[int]:
    """Return a process and all that it started, directly or not (Linux)."""
    parents = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(path.parent.name)] = int(path.read_text().rpartition(")")[2].split()[1])
        except (OSError, ValueError, IndexError):
            continue
    family = [pid]
    for each in family:
        family += [child for child, parent in parents.items() if parent == each]
    return family


def _megabytes(pid: int, name: str) -> float:
    """Return one figure of the memory of a process, 0 when it is gone."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(errors="replace").splitlines()
        return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(f"{name}:"))
    except (OSError, StopIteration):
        return 0.0


def draw(runs: dict[str, Any]) -> None:
    """Draw seconds and peak memory against the number of texts."""
    import matplotlib as mpl
    import matplotlib.pyplot as plt

    mpl.rcParams |= {"svg.hashsalt": "corpus", "svg.fonttype": "none", "font.size": 9}
    figure, (left, right) = plt.subplots(1, 2, figsize=(8, 3.2), layout="constrained")
    for (way, words), colour in zip(WAYS.items(), ("#8a8a8a", "#0b6e99", "#b3261e"), strict=True):
        found = [ways[way] for _, ways in sorted(runs.items(), key=lambda item: int(item[0])) if way in ways]
        counts = [run["texts"] for run in found]
        left.plot(counts, [run["seconds"] for run in found], "o-", color=colour, label=words)
        right.plot(counts, [run["driver_mb"] for run in found], "o-", color=colour, label=f"{words}: main process")
        if way == "two":
            right.plot(counts, [run["worker_mb"] for run in found], "s--", color=colour, label="the larger worker")
    left.set(xscale="log", yscale="log", xlabel="texts", ylabel="seconds", title="Time")
    right.set(xscale="log", xlabel="texts", ylabel="megabytes", title="Peak memory", ylim=(0, None))
    for axes in (left, right):
        axes.legend(frameon=False, fontsize=8)
        axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(DRAWN, metadata={"Date": None})
    plt.close(figure)


def replace_section(page: str, lines: list[str]) -> str:
    """Return the results' page with another part on corpora."""
    before, mark, rest = page.partition("## Corpora\n")
    after = rest[rest.find("\n## ") + 1 :] if mark and "\n## " in rest else ""
    return "\n".join([before.rstrip(), "", *lines, after]).rstrip() + "\n"


def section(runs: dict[str, Any]) -> list[str]:
    """Return the part of the results' page."""
    if not runs:
        return []
    rows = []
    for wanted, ways in sorted(runs.items(), key=lambda item: int(item[0])):
        for way, run in ways.items():
            asked = "" if run["texts"] >= int(wanted) else f" (of {int(wanted):,})"
            gain = f"{ways['one']['seconds'] / run['seconds']:.2f}" if "one" in ways else "–"
            worker = f"{run['worker_mb']:.0f}" if way == "two" else "–"
            figures = (
                f"{run['texts']:,}{asked}", WAYS[way], f"{run['seconds']:,.0f}",
                f"{run['texts'] / run['seconds']:,.0f}", gain, f"{run['driver_mb']:.0f}", f"{run['driver_growth']:.2f}",
                worker,
            )  # fmt: skip
            rows.append(f"| {' | '.join(figures)} |")
    return [
        "## Corpora",
        "",
        "`prevent corpus` on paragraph-sized texts (two paragraphs of the sample corpus with other numbers, names and "
        "order, 380 characters on average) in JSON Lines, from nothing to checked tables, start-up of the workers "
        "included; beside it the same functions in a plain pandas loop with all rows in memory. One worker is the very "
        "process, two are a local Dask cluster. Growth of the memory is that of the main process over the second half "
        "of the run. A size in brackets is the one wanted, where it would have taken too long.",
        "",
        "| texts | how | seconds | texts/s | one worker = 1 | main process, MB | its growth, × | worker, MB |",
        "|--:|---|--:|--:|--:|--:|--:|--:|",
        *rows,
        "",
        "![Time and peak memory against the number of texts](corpus.svg)",
        "",
    ]
