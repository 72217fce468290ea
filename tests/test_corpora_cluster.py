"""Corpora on a Dask cluster: the same rows, whoever dies meanwhile."""

import gc
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT
from corpus_runs import assert_same, corpus, problems_of, tables_of, texts_stating, write_lines
from distributed import Client, LocalCluster, WorkerPlugin

from helpers.corpora import mapping
from helpers.corpora.columns import Columns
from helpers.corpora.runs import Call, run_corpus
from helpers.errors import CallError, EvidenceError

pytestmark = pytest.mark.corpus
KILLER = "666666"


class Killer(WorkerPlugin):
    """Makes a worker die at a certain text, as a fault in a library would."""

    def setup(self, worker):
        from helpers.corpora import partitions

        real = partitions.read_document

        def read(text, document):
            if KILLER in text:
                os.kill(os.getpid(), signal.SIGKILL)
            return real(text, document)

        partitions.read_document = read


@pytest.fixture(scope="module")
def scheduler():
    """The address of a cluster of two workers, closed at the end."""
    with LocalCluster(
        n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address="127.0.0.1:0", silence_logs=50
    ) as cluster:
        yield cluster.scheduler_address


@pytest.fixture(scope="module")
def texts(tmp_path_factory):
    """A file of records, and its tables as one process reads them."""
    folder = tmp_path_factory.mktemp("texts")
    source = write_lines(folder / "texts.jsonl", [*texts_stating(*range(100, 260)), {"text": ""}])
    corpus(source, out=folder / "out", batch=20)
    return source, tables_of(folder / "out")


def test_a_cluster_writes_the_same_rows_as_one_process(scheduler, texts, tmp_path):
    source, wanted = texts
    outcome = corpus(source, out=tmp_path / "out", scheduler=scheduler, batch=20)
    assert_same(tables_of(tmp_path / "out"), wanted)
    assert (outcome.n_read, outcome.n_kept) == (9, 0)
    assert list((tmp_path / "out" / ".work").rglob("*.at")) == []


def test_batches_that_are_done_are_not_kept_in_memory():
    batches = (Columns(text=f"column {number}") for number in range(40))  # any small object of ours
    with mapping.open_mapper(2) as mapper:
        done = sum(1 for _ in mapper.map(repr, batches))
        gc.collect()
        kept = sum(type(each) is Columns and each.text.startswith("column") for each in gc.get_objects())
    assert done == 40
    assert kept < 20


def test_a_worker_that_is_killed_costs_no_row(scheduler, texts, tmp_path):
    source, wanted = texts
    with Client(scheduler) as client:
        victims = list(client.run(os.getpid).values())

        def kill_one(stage: str, done: int, of: int) -> None:
            if stage == "reading" and victims:
                os.kill(victims.pop(), signal.SIGKILL)
                victims.clear()

        call = Call([str(source)], tmp_path / "out", scheduler=scheduler, batch=10)
        run_corpus(call, kill_one, lambda line: None)
    assert victims == []
    assert_same(tables_of(tmp_path / "out"), wanted)


def test_a_text_that_kills_whoever_reads_it_becomes_a_problem(tmp_path):
    source = write_lines(tmp_path / "texts.jsonl", texts_stating(*range(100, 110), int(KILLER), *range(110, 120)))
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address="127.0.0.1:0") as cluster,
        Client(cluster) as client,
    ):
        client.register_plugin(Killer())
        corpus(source, out=tmp_path / "out", scheduler=cluster.scheduler_address, batch=8)
    assert problems_of(tmp_path / "out") == ["texts.jsonl:11: 3 workers died while they read it"]
    assert len(tables_of(tmp_path / "out")["documents"]) == 20


def test_a_scheduler_that_dies_ends_the_run_with_a_clear_error_and_the_next_one_goes_on(texts, tmp_path, monkeypatch):
    monkeypatch.setattr(mapping, "SECONDS", 5.0)
    source, wanted = texts
    code = (
        "from distributed import LocalCluster\nif __name__ == '__main__':\n"
        "    cluster = LocalCluster(n_workers=1, threads_per_worker=1, host='127.0.0.1', dashboard_address=None)\n"
        "    print(cluster.scheduler_address, flush=True)\n    input()\n"
    )
    (tmp_path / "cluster.py").write_text(code)
    command = [sys.executable, str(tmp_path / "cluster.py")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        address = process.stdout.readline().decode().strip()

        def kill_it(stage: str, done: int, of: int) -> None:
            if stage == "reading":
                process.kill()

        call = Call([str(source)], tmp_path / "out", scheduler=address, batch=10)
        with pytest.raises(EvidenceError, match=r"the scheduler is gone.*run the same command again"):
            run_corpus(call, kill_it, lambda line: None)
    outcome = corpus(source, out=tmp_path / "out", batch=10)
    assert outcome.n_kept > 0
    assert_same(tables_of(tmp_path / "out"), wanted)


def test_workers_with_other_code_are_refused_by_name(scheduler, texts, tmp_path, monkeypatch):
    monkeypatch.setattr("helpers.corpora.runs.code_version", lambda: "newer")
    with pytest.raises(EvidenceError, match=r"tcp://.*another version of the project; install the same"):
        corpus(texts[0], out=tmp_path / "out", scheduler=scheduler)


def test_a_scheduler_that_does_not_answer_is_told(texts, tmp_path, monkeypatch):
    monkeypatch.setattr(mapping, "SECONDS", 1.0)
    with pytest.raises(EvidenceError, match=r"no scheduler answers at 'tcp://127.0.0.1:1'.*dask scheduler"):
        corpus(texts[0], out=tmp_path / "out", scheduler="tcp://127.0.0.1:1")
    assert not (tmp_path / "out").exists()


def test_an_address_that_is_none_is_a_wrong_call(texts, tmp_path):
    with pytest.raises(CallError, match=r"--scheduler 'nonsense': expected an address such as tcp://"):
        corpus(texts[0], out=tmp_path / "out", scheduler="nonsense")


def prevent(*words: object) -> subprocess.CompletedProcess[str]:
    """Run the command."""
    command = [str(Path(sys.executable).parent / "prevent"), "corpus", *map(str, words)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_the_command_starts_workers_names_the_dashboard_and_leaves_nothing_running(texts, tmp_path):
    source, wanted = texts
    done = prevent(source, "--out", tmp_path / "out", "--workers", 2, "--batch", 50)
    assert done.returncode == 0, done.stderr
    assert "2 workers; dashboard at http://127.0.0.1:" in done.stderr
    assert "reading: 161 of 161 texts (100%)" in done.stderr
    assert done.stdout.startswith(
        "160 texts state 320 numbers, 320 of them checked; 1 problem, named in the table problems. The tables"
    )
    assert "Traceback" not in done.stderr
    assert_same(tables_of(tmp_path / "out"), wanted)


def test_the_command_ends_with_1_for_a_broken_source_and_2_for_a_wrong_call(tmp_path):
    (tmp_path / "cut.jsonl.gz").write_bytes(b"\x1f\x8b and no more")
    done = prevent(tmp_path / "cut.jsonl.gz", "--out", tmp_path / "out", "--workers", 1)
    assert done.returncode == 1
    assert "cut.jsonl.gz: broken after line 0" in done.stderr
    done = prevent(tmp_path / "none.jsonl", "--out", tmp_path / "out")
    assert done.returncode == 2
    assert "there is no such file or folder" in done.stderr
