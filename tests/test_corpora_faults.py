"""Corpora under kill -9: whenever a run dies, the next one ends with the bytes of a run that nobody disturbed."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import ROOT
from corpus_runs import corpus, tables_of, texts_stating, write_lines

pytestmark = [pytest.mark.faults, pytest.mark.corpus]
KILLS = int(os.environ.get("FAULTS", "2"))
TEXTS = 400


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    """A file of records, what a run over it writes, and the seconds that a run takes."""
    folder = tmp_path_factory.mktemp("undisturbed")
    source = write_lines(folder / "texts.jsonl", [*texts_stating(*range(100, 100 + TEXTS)), {"text": ""}])
    corpus(source, out=folder / "out", batch=10)
    begun = time.monotonic()
    start(source, folder / "again", 1).wait()
    return source, bytes_of(folder / "out"), time.monotonic() - begun


def start(source: Path, out: Path, workers: int) -> subprocess.Popen[bytes]:
    """Start the command as a group of processes of its own."""
    prevent = str(Path(sys.executable).parent / "prevent")
    words = [prevent, "corpus", source, "--out", out, "--batch", "10", "--workers", workers]
    return subprocess.Popen(
        list(map(str, words)), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )


def bytes_of(out: Path) -> dict[str, bytes]:
    """Every file that a run published, by its name."""
    files = (path for path in out.rglob("*") if path.is_file() and ".work" not in path.parts)
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in files}


@pytest.mark.parametrize("kill", range(KILLS))
def test_a_run_that_was_killed_is_taken_up_again_to_the_same_bytes(undisturbed, kill, tmp_path):
    source, wanted, seconds = undisturbed
    chance, workers = random.Random(os.urandom(8)), 1 + kill % 2
    wait = chance.uniform(0.0, 1.2 * seconds)
    run = start(source, tmp_path / "out", workers)
    time.sleep(wait)
    os.kill(run.pid, signal.SIGKILL)
    run.wait()
    if (tmp_path / "out" / "corpus.json").exists():  # it had ended, or the manifest came last
        assert len(tables_of(tmp_path / "out")["documents"]) == TEXTS
    assert start(source, tmp_path / "out", 1).wait() == 0, f"killed after {wait:.2f} s with {workers} workers"
    assert bytes_of(tmp_path / "out") == wanted
    assert not (tmp_path / "out" / ".work" / "begun.json").exists()


def test_a_full_disk_ends_a_run_with_a_clear_error_and_the_next_one_goes_on(undisturbed, tmp_path):
    source, wanted, _ = undisturbed
    resource = pytest.importorskip("resource")  # a limit on the size of files stands for a disk that is full
    small = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (6_000, {resource.RLIM_INFINITY}))"
    ignore = "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)"
    call = f"import sys; {small}; {ignore}; sys.argv = ['prevent', 'corpus', *sys.argv[1:]]; "
    code = call + "from helpers.cli import main; main()"
    words = [sys.executable, "-c", code, source, "--out", tmp_path / "out", "--batch", "10", "--workers", "1"]
    done = subprocess.run(list(map(str, words)), cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "cannot write" in done.stderr
    assert "Traceback" not in done.stderr
    assert start(source, tmp_path / "out", 1).wait() == 0
    assert bytes_of(tmp_path / "out") == wanted
