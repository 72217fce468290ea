"""`prevent corpus` on growing corpora of paragraph-sized texts: speed, memory, growth, one worker beside two.

Results are kept in ``corpus.json``, so that the long runs need not be repeated with the others; they can be interrupted
and are taken up where they were.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from datetime import date
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
    """Measure 10 thousand texts, and the larger sizes when asked to; what is kept of these stands until then.

    Where nothing is kept of 100 thousand texts, as many are read as the time allows.
    """
    if quick:
        return {str(SIZES[0] // 10): _all_ways(SIZES[0] // 10, say)}
    small, large = map(str, SIZES)
    runs = _keep({small: _all_ways(SIZES[0], say)})
    if full:
        hundred_thousand(say)
        return million(say)
    if large not in runs:
        runs = _keep({large: _all_ways(min(SIZES[1], _fitting(runs[small], SIZES[0])), say)})
    return runs


def hundred_thousand(say: Say) -> dict[str, Any]:
    """Measure 100 thousand texts in all ways; return all results kept."""
    return _keep({str(SIZES[1]): _all_ways(SIZES[1], say)})


def million(say: Say) -> dict[str, Any]:
    """Measure a million texts with two workers; return all results kept."""
    return _keep({str(MILLION): _all_ways(MILLION, say, ("two",))})


def _keep(found: dict[str, Any]) -> dict[str, Any]:
    """Put results by size beside those kept, draw them all, and return them."""
    runs: dict[str, Any] = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.is_file() else {}
    runs |= found
    KEPT.write_text(json.dumps(runs, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    draw(runs)
    return runs


def _fitting(ways: dict[str, Any], size: int) -> int:
    """Return how many texts can be read in every way within the time allowed, in whole ten thousands."""
    each = sum(run["seconds"] for run in ways.values()) / size
    return max(int(SECONDS / each) // 10_000 * 10_000, 2 * size)


def _all_ways(size: int, say: Say, ways: Iterable[str] = WAYS) -> dict[str, Any]:
    """Return the results of several ways at one size; what an interrupted run finished is not done again."""
    folder = WORK / f"{size}"
    folder.mkdir(parents=True, exist_ok=True)
    texts = folder / "texts.jsonl"
    if not texts.is_file():
        say(f"corpus: making {size:,} texts")
        write_paragraphs(sample_texts(RAW), size, texts.with_suffix(".part")).replace(texts)
    found = {}
    for way in ways:
        done = folder / f"{way}.json"
        if not done.is_file():
            say(f"corpus: {size:,} texts, {WAYS[way]}")
            run = _run(way, texts, folder) | {"texts": size, "date": f"{date.today()}"}
            done.write_text(json.dumps(run), encoding="utf-8")
        found[way] = json.loads(done.read_text(encoding="utf-8"))
    shutil.rmtree(folder)
    return found


def _run(way: str, texts: Path, folder: Path) -> dict[str, Any]:
    """Return seconds and memory of one way; an interrupted run is taken up where it was, and its time counted."""
    out = folder / way
    command = [sys.executable, str(HERE / "plain_pandas.py"), str(texts), str(out)]
    if way != "pandas":
        prevent = Path(sys.executable).parent / "prevent"
        workers = "1" if way == "one" else "2"
        command = [str(prevent), "corpus", str(texts), "--out", str(out), "--workers", workers, "--batch", str(BATCH)]
    run = {"megabytes": texts.stat().st_size / 1e6} | _watched(command, folder / f"{way}.spent")
    shutil.rmtree(out)
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
        "remark": "in parts" if before else "",
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


def section(runs: dict[str, Any]) -> list[str]:
    """Return the part of the results' page."""
    if not runs:
        return []
    rows = []
    for wanted, ways in sorted(runs.items(), key=lambda item: int(item[0])):
        for way in (name for name in WAYS if name in ways):
            run = ways[way]
            asked = "" if run["texts"] >= int(wanted) else f" (of {int(wanted):,})"
            gain = f"{ways['one']['seconds'] / run['seconds']:.2f}" if "one" in ways else "–"
            worker = f"{run['worker_mb']:.0f}" if way == "two" else "–"
            figures = (
                f"{run['texts']:,}{asked}", WAYS[way], f"{run['seconds']:,.0f}",
                f"{run['texts'] / run['seconds']:,.0f}", gain, f"{run['driver_mb']:.0f}", f"{run['driver_growth']:.2f}",
                worker, ", ".join(filter(None, [run["date"], run.get("remark")])),
            )  # fmt: skip
            rows.append(f"| {' | '.join(figures)} |")
    return [
        "## Corpora",
        "",
        "`prevent corpus` on paragraph-sized texts (two paragraphs of the sample corpus with other numbers, names and "
        "order, 300 characters on average) in JSON Lines, from nothing to checked tables, start-up of the workers "
        "included; beside it the same functions in a plain pandas loop with all rows in memory. One worker is the very "
        "process, two are a local Dask cluster. Growth of the memory is that of the main process over the second half "
        "of the run. A size in brackets is the one wanted, where it would have taken too long. Runs of an "
        "earlier day are kept: `make bench FULL=1` measures all anew. One that was interrupted and taken up again "
        "has the seconds of all its parts, and the memory of the last.",
        "",
        "| texts | how | seconds | texts/s | one worker = 1 | main process, MB | its growth, × | worker, MB | day |",
        "|--:|---|--:|--:|--:|--:|--:|--:|---|",
        *rows,
        "",
        "![Time and peak memory against the number of texts](corpus.svg)",
        "",
    ]
