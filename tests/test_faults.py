"""Builds that are killed, starved, filled up and crowded: what is published stays whole, and the next run succeeds."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from builds import digests

from helpers.builds.forks import SERVER, Forked
from helpers.builds.ledger import read_ledger
from helpers.builds.store import MANIFEST, Places, current_name, faults
from helpers.builds.workshop import workshop
from helpers.fingerprints import file_digest

pytestmark = [pytest.mark.notebooks, pytest.mark.faults]
PREVENT = str(Path(sys.executable).with_name("prevent"))
ROUNDS = int(os.environ.get("FAULTS", "2"))
EARLIER = "In the year to March 2020, 6,287 people were referred to Prevent in England and Wales, a gazette says.\n"
LATER = EARLIER.replace("6,287", "7,318").replace("2020", "2018")


def command(folder: Path, *options: str) -> list[str]:
    places = ["--raw", str(folder / "raw"), "--processed", str(folder / "p"), "--reports", str(folder / "r")]
    return [PREVENT, "build", *places, *options]


def run(folder: Path, *options: str, **more) -> subprocess.CompletedProcess:
    return subprocess.run(command(folder, *options), capture_output=True, text=True, timeout=600, check=False, **more)


def start(folder: Path, *options: str) -> subprocess.Popen:
    return subprocess.Popen(
        command(folder, *options), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )


def write_text(folder: Path, text: str) -> None:
    (folder / "raw").mkdir(parents=True, exist_ok=True)
    (folder / "raw" / "gazette.txt").write_text(text, encoding="utf-8")


def places(folder: Path) -> Places:
    return Places(folder / "p", folder / "r")


def published(folder: Path) -> dict[str, str]:
    """What the manifest that readers see says was published; every file of it is as it says."""
    manifest = json.loads((folder / "r" / MANIFEST).read_text(encoding="utf-8"))
    for name, written in manifest["files"].items():
        assert file_digest(places(folder).published(name)) == written, name
    assert faults(places(folder), current_name(places(folder))) == []
    return manifest["files"]


@pytest.fixture(scope="module")
def good(tmp_path_factory):
    """A folder with a report of the earlier text, built without any disturbance."""
    folder = tmp_path_factory.mktemp("good")
    write_text(folder, EARLIER)
    done = run(folder)
    assert done.returncode == 0, done.stderr
    published(folder)
    return folder


@pytest.fixture(scope="module")
def undisturbed(good, tmp_path_factory):
    """What is published when the later text follows the earlier one, and how many seconds that took."""
    folder = copied(good, tmp_path_factory.mktemp("undisturbed") / "copy")
    write_text(folder, LATER)
    begun = time.perf_counter()
    assert run(folder).returncode == 0
    return published(folder), time.perf_counter() - begun


def copied(good: Path, folder: Path) -> Path:
    return Path(shutil.copytree(good, folder, symlinks=True))


@pytest.fixture
def folder(good, tmp_path):
    """A copy of the good folder, its text changed, so that a build has something to do."""
    changed = copied(good, tmp_path / "copy")
    write_text(changed, LATER)
    return changed


def wait_for(folder: Path, pattern: str, seconds: float = 300) -> None:
    deadline = time.monotonic() + seconds
    while not list(folder.glob(pattern)):
        assert time.monotonic() < deadline, f"{pattern} did not appear"
        time.sleep(0.01)


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_killed_build_leaves_a_whole_report_and_the_next_one_ends_as_if_undisturbed(good, undisturbed, tmp_path, seed):
    expected, seconds = undisturbed
    folder = copied(good, tmp_path / "copy")
    before = published(folder)
    write_text(folder, LATER)
    moment = random.Random(seed).uniform(0, 1)
    running = start(folder)
    time.sleep(moment * seconds)
    kill = os.killpg if seed % 2 else os.kill  # a dead machine takes the workers along, an impatient user does not
    if running.poll() is None:
        kill(running.pid, signal.SIGKILL)
    running.communicate()
    assert published(folder) in (before, expected)
    done = run(folder)
    assert done.returncode == 0, done.stderr
    assert published(folder) == expected
    assert not list((folder / "r" / ".builds").glob("work-*"))


def test_build_killed_after_publishing_is_entered_in_the_ledger_by_the_next(folder):
    assert run(folder).returncode == 0
    ledger = folder / "r" / "builds.jsonl"
    ledger.write_text("".join(ledger.read_text().splitlines(keepends=True)[:-1]) + '{"build": "cut o')
    assert run(folder).returncode == 0
    assert [line["outcome"] for line in read_ledger(folder / "r")] == ["published", "published", "unchanged"]


def test_second_build_says_who_is_at_work_or_waits_for_them(folder):
    first = start(folder)
    wait_for(folder / "r" / ".builds", "building.json")
    second = run(folder)
    assert second.returncode == 1
    assert f"process {first.pid} of " in second.stderr
    assert "wait for it with --wait" in second.stderr
    third = run(folder, "--wait")
    first.communicate()
    assert (third.returncode, first.returncode) == (0, 0)
    assert "waiting: process" in third.stderr
    assert "nothing has changed since the last build" in third.stderr


def test_lock_of_a_dead_process_is_recognised(folder):
    first = start(folder)
    wait_for(folder / "r" / ".builds", "building.json")
    os.killpg(first.pid, signal.SIGKILL)
    first.communicate()
    second = run(folder)
    assert second.returncode == 0
    assert f"the last build (process {first.pid}) was killed" in second.stderr
    assert "killed" in [line["outcome"] for line in read_ledger(folder / "r")]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_interrupted_build_keeps_its_run_and_the_last_good_report(folder, number):
    before = published(folder)
    running = start(folder)
    wait_for(folder / "r" / ".builds", "work-*/20_extract_statistics")
    os.kill(running.pid, number)
    _, said = running.communicate(timeout=180)
    assert running.returncode == 1
    assert "it was interrupted" in said
    assert published(folder) == before
    assert read_ledger(folder / "r")[-1]["outcome"] == "interrupted"
    assert (next((folder / "r" / "failed").iterdir()) / "log.txt").is_file()


def test_full_disk_leaves_the_last_good_report(good, tmp_path):
    small = tmp_path / "small"
    small.mkdir()
    asked = ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(small)]
    if os.geteuid() or not shutil.which("mount") or subprocess.run(asked, capture_output=True, check=False).returncode:
        pytest.skip("needs to mount a small tmpfs, which only the superuser may")
    try:
        folder = copied(good, small / "copy")
        before = published(folder)
        write_text(folder, LATER)
        with (small / "filler").open("wb") as filler:
            while shutil.disk_usage(small).free > 40_000:
                filler.write(bytes(min(shutil.disk_usage(small).free - 30_000, 1_000_000)))
                filler.flush()
        done = run(folder)
        assert done.returncode == 1
        assert "No space left" in done.stderr
        assert published(folder) == before
        (small / "filler").unlink()
        assert run(folder).returncode == 0
    finally:
        subprocess.run(["umount", "-l", str(small)], check=False)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="folders are not made read-only this way here")
def test_read_only_folder_is_named_and_stays_as_it_is(good, tmp_path):
    folder = copied(good, tmp_path / "copy")
    write_text(folder, LATER)
    before = digests(folder / "r")
    options = {}
    if os.geteuid() == 0:
        options = {"user": "nobody", "env": os.environ | {"HOME": str(tmp_path)}}
        for above in (folder, *folder.parents):
            if os.stat(above).st_uid == 0 and str(above) != "/" and "pytest" in str(above):
                above.chmod(0o755)
    for path in [folder / "r", folder / "p", *(folder / "r").rglob("*"), *(folder / "p").rglob("*")]:
        if path.is_dir() and not path.is_symlink():
            path.chmod(0o555)
    try:
        done = run(folder, **options)
    except PermissionError:
        pytest.skip("the other user may not run this Python")
    finally:
        for path in [folder / "r", folder / "p", *(folder / "r").rglob("*"), *(folder / "p").rglob("*")]:
            if path.is_dir() and not path.is_symlink():
                path.chmod(0o755)
    if "prevent: " not in done.stderr:
        pytest.skip("the other user may not read this Python")
    assert done.returncode == 1
    assert "cannot write to" in done.stderr
    assert digests(folder / "r") == before


def test_folder_of_nothing_but_bad_inputs_is_reported_on(good, tmp_path):
    folder = tmp_path / "bad"
    raw = folder / "raw"
    raw.mkdir(parents=True)
    (raw / "empty.txt").write_bytes(b"")
    (raw / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (raw / "half.pdf").write_bytes(b"%PDF-1.7\n1 0 obj\n<< /Type")
    (raw / "one_line.txt").write_text("6,287 referrals " * 5_000, encoding="utf-8")
    (raw / "wide.txt").write_text(LATER, encoding="utf-16")
    (raw / "table.xlsx").write_bytes(b"PK\x03\x04 no more")
    (raw / "marks.html").write_text("<html><script>alert(1)</script><p>" + EARLIER, encoding="utf-8")
    (raw / "gone.txt").symlink_to(raw / "nowhere.txt")
    os.mkfifo(raw / "pipe.txt")
    done = run(folder)
    assert done.returncode == 0, done.stderr
    published(folder)
    problems = (folder / "p" / "problems.csv").read_text(encoding="utf-8")
    for name in ("empty.txt", "binary.txt", "half.pdf", "table.xlsx", "gone.txt", "pipe.txt"):
        assert name in problems


def test_tables_written_by_hand_are_published_again(good, tmp_path):
    folder = copied(good, tmp_path / "copy")
    expected = published(folder)
    (folder / "p" / "statistics.csv").unlink()
    (folder / "p" / "statistics.csv").write_text("by hand", encoding="utf-8")
    (folder / "r" / "mine.html").write_text("by hand", encoding="utf-8")
    done = run(folder)
    assert done.returncode == 0, done.stderr
    assert "changed from outside" in done.stderr
    assert published(folder) == expected
    assert (folder / "r" / "mine.html").read_text(encoding="utf-8") == "by hand"


def process_state(process: int) -> list[str]:
    """State and parent of a process; a dead one that nobody has buried counts as gone."""
    try:
        told = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return []
    return [] if told[0] == "Z" else told


@pytest.mark.skipif(sys.platform != "linux", reason="kernels are forked on Linux alone")
def test_kernel_ends_with_the_server_that_it_was_forked_from(tmp_path):
    with workshop(tmp_path / "log.txt"):
        kernel = {"kernel": ["-f", str(tmp_path / "kernel.json")], "folder": str(tmp_path)}
        forked = Forked(os.environ[SERVER], {**kernel, "environment": dict(os.environ)})
        process = forked.pid
        wait_for(tmp_path, "kernel.json")
        os.kill(int(process_state(process)[1]), signal.SIGKILL)
        deadline = time.monotonic() + 30
        while process_state(process):
            assert time.monotonic() < deadline, "the kernel goes on without its server"
            time.sleep(0.1)
        assert forked.wait() == -9
