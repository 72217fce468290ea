"""Measure speed and scale, beside other systems, and write ``benchmarks/results.md``.

make bench                      # everything; sets up what it needs
make bench ARGS=--quick         # a few minutes: no 200-fold corpus, no build, small probes; writes no file
make bench ARGS="--only checking"
make bench FULL=1               # all sizes of corpora: 100 thousand texts in three ways and the million (hours)
make bench ARGS="--only hundred-thousand --only million"  # these alone; can be interrupted and taken up again
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any

import building
import probes
import scale
from accuracy import gold_texts, score
from corpora import many_fold, sample_texts, write_corpus, write_files
from results import Results, merge, render
from systems import DIGITS, OTHERS, OURS, Reader, SystemMissingError, install

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
RAW = ROOT / "data" / "raw"
GOLD = ("sample", "blind", "seeds")
FOLD = 5  # of the larger corpus that all systems read
FOLDS = {1: 5, 20: 2, 200: 1}  # size of the growing corpus: repetitions
ROUNDS = 5
REPEAT_SECONDS = 90.0  # no further repetition once this is spent, so that a busy machine ends in time as well
CHECKED = 100_000
SENTENCE = "In the year to March 2020, 6,287 people were referred to Prevent, of whom 43% were adopted."


def say(line: str) -> None:
    """Tell what is being done on standard error."""
    print(f"bench: {line}", file=sys.stderr, flush=True)


def repeated(most: int, seconds: float = REPEAT_SECONDS) -> Iterator[int]:
    """Count repetitions: one at least, no further ones once the seconds are spent."""
    begun = time.perf_counter()
    for number in range(most):
        if number and time.perf_counter() - begun > seconds:
            return
        yield number


def compare_systems(results: Results, folder: Path, quick: bool) -> None:
    """Measure every system in turn on the same text, then hold what each found against the gold."""
    texts = sample_texts(RAW)
    results.texts, results.characters = len(texts), sum(map(len, texts.values()))
    larger = list(many_fold(texts, FOLD))
    results.fold_characters = sum(len(text) for _, text in larger)
    gold = {name: found for name in GOLD if (found := gold_texts(name))}
    corpora = [write_corpus(texts.items(), folder / "sample.json"), write_corpus(larger, folder / "larger.json")]
    corpora += [write_corpus(found[0], folder / f"gold-{name}.json") for name, found in gold.items()]
    with ExitStack() as stack:
        readers = _start(results, stack, corpora)
        for number in repeated(2 if quick else ROUNDS):
            say(f"reading, round {number + 1}")
            for name, answer in _each(results, readers, "time", 0).items():
                results.seconds.setdefault(name, []).append(answer["seconds"])
        if not quick:
            say("reading, larger corpus")
            answers = _each(results, readers, "time", 1)
            results.folds = {name: answer["seconds"] for name, answer in answers.items()}
        for place, (name, (files, rows)) in enumerate(gold.items(), start=2):
            say(f"accuracy, {name}")
            measured = results.accuracy.setdefault(name, {})
            judged = {system: reader for system, reader in readers.items() if system != DIGITS.name}
            for system, answer in _each(results, judged, "find", place).items():
                measured[system] = score(answer["found"], files, rows)


def _start(results: Results, stack: ExitStack, corpora: list[Path]) -> dict[str, Reader]:
    """Start every system that can be; note why the others cannot."""
    readers = {}
    for system in (OURS, *OTHERS, DIGITS):
        say(f"setting up {system.name}")
        try:
            install(system)
            readers[system.name] = stack.enter_context(Reader(system, corpora))
            results.starts[system.name] = readers[system.name].start_seconds
        except SystemMissingError as error:
            results.missing[system.name] = str(error)
    return readers


def _each(results: Results, readers: dict[str, Reader], order: str, corpus: int) -> dict[str, dict[str, Any]]:
    """Return the answer of every system, asked in turn; one that dies is noted and left out from then on."""
    answers = {}
    for name in list(readers):
        try:
            answers[name] = readers[name].ask(order, corpus)
        except SystemMissingError as error:
            results.missing[name] = str(error)
            results.seconds.pop(name, None)
            del readers[name]
    return answers


def start_up(results: Results, folder: Path, quick: bool) -> None:
    """Measure the command on one sentence, and a Python that does nothing."""
    sentence = folder / "sentence.txt"
    sentence.write_text(SENTENCE, encoding="utf-8")
    for _ in repeated(2 if quick else 7):
        results.commands.append(building.run([str(building.COMMANDS / "prevent"), "extract", str(sentence)], folder))
        results.interpreter.append(building.run([sys.executable, "-c", "pass"], folder))


def growth(results: Results, folder: Path, quick: bool) -> None:
    """Measure reading file by file at growing sizes, and the peak memory of the command on the same files."""
    texts = sample_texts(RAW)
    for fold, times in FOLDS.items():
        if quick and fold > 20:
            continue
        say(f"growth, {fold}-fold")
        paths = write_files(many_fold(texts, fold), folder / f"fold-{fold}")
        listed = folder / f"fold-{fold}.json"
        listed.write_text(json.dumps([str(path) for path in paths]), encoding="utf-8")
        for _ in repeated(1 if quick else times):
            results.growth.setdefault(fold, []).append(_told([sys.executable, str(HERE / "reading.py"), str(listed)]))
        results.streamed[fold] = _command_peak(paths)


def _told(command: list[str]) -> dict[str, Any]:
    """Return the JSON that a command prints."""
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{Path(command[1]).name} failed: {done.stderr.strip().splitlines()[-1]}")
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def _command_peak(paths: list[Path]) -> dict[str, float]:
    """Return seconds and peak memory of `prevent extract` on files, asked of a process that starts nothing else."""
    code = (
        "import json, resource, subprocess, sys, time; begun = time.perf_counter(); "
        "subprocess.run([sys.argv[1], 'extract', *json.load(sys.stdin)], stdout=subprocess.DEVNULL, check=True); "
        "unit = 2**20 if sys.platform == 'darwin' else 2**10; "
        "peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / unit; "
        "print(json.dumps({'seconds': time.perf_counter() - begun, 'memory_mb': peak}))"
    )
    names = json.dumps([str(path) for path in paths])
    command = [sys.executable, "-c", code, str(building.COMMANDS / "prevent")]
    done = subprocess.run(command, input=names, capture_output=True, text=True, check=True)
    told: dict[str, float] = json.loads(done.stdout)
    return told


def hostile(results: Results, folder: Path, quick: bool) -> None:
    """Measure hostile texts at half and full size."""
    for shape in probes.SHAPES:
        say(f"hostile texts, {shape}")
        results.probes.append(probes.run_probe(shape, 5.0 if quick else probes.CALL_SECONDS))


def checking(results: Results, folder: Path, quick: bool) -> None:
    """Measure how long checking many statistics takes."""
    count = CHECKED // 10 if quick else CHECKED
    for _ in repeated(1 if quick else 3):
        say(f"checking {count:,} statistics")
        results.checking.append(_told([sys.executable, str(HERE / "checking.py"), str(RAW), str(count)]))


def builds(results: Results, folder: Path, quick: bool) -> None:
    """Measure the whole build against papermill's command line."""
    if not quick:
        for name in ("warm", "cold"):
            say(f"building, and the same notebooks through papermill's command line, bytecode {name}")
            results.builds[name] = building.measure_builds(folder / f"builds-{name}", name == "cold")


def corpora(results: Results, folder: Path, quick: bool) -> None:
    """Measure `prevent corpus` on growing corpora."""
    results.corpus = scale.measure(bool(os.environ.get("FULL")), quick, say)


def hundred_thousand(results: Results, folder: Path, quick: bool) -> None:
    """Measure 100 thousand texts alone."""
    results.corpus = scale.hundred_thousand(say)


def million(results: Results, folder: Path, quick: bool) -> None:
    """Measure the million texts alone."""
    results.corpus = scale.million(say)


PARTS: dict[str, Callable[[Results, Path, bool], None]] = {
    "systems": compare_systems,
    "start": start_up,
    "growth": growth,
    "hostile": hostile,
    "checking": checking,
    "builds": builds,
    "corpus": corpora,
}
ALONE = {"hundred-thousand": hundred_thousand, "million": million}  # too long for the whole; in it with FULL=1


def main() -> int:
    """Measure, print the results, and write them when everything was measured."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="a few minutes, rough figures, nothing written")
    told = "only this part, which takes the place of that of an earlier run in results.md; repeatable"
    parser.add_argument("--only", choices=[*PARTS, *ALONE], action="append", help=told)
    options = parser.parse_args()
    results, begun = Results(), time.perf_counter()
    os.environ.pop("PYTHONPATH", None)
    with tempfile.TemporaryDirectory() as folder:
        for name in options.only or PARTS:
            try:
                (PARTS | ALONE)[name](results, Path(folder), options.quick)
            except (RuntimeError, subprocess.SubprocessError, KeyError) as error:
                results.faults.append(
                    f"{name}: {str(error).replace(folder, '…').replace(str(ROOT), '…').splitlines()[-1]}"
                )
    results.minutes = (time.perf_counter() - begun) / 60
    page = render(results)
    print(page)
    if not (options.quick or results.faults):
        kept = HERE / "results.md"
        if options.only and kept.is_file():
            page = merge(kept.read_text(encoding="utf-8"), page, date.today())
        kept.write_text(page, encoding="utf-8", newline="\n")
        say("written to benchmarks/results.md")
    return 1 if results.faults else 0


if __name__ == "__main__":
    sys.exit(main())
