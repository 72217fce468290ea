"""The workers of a build: one process a step, forked from one that has loaded what it needs.

Those that run notebooks come from the forkserver of `multiprocessing`, which has loaded papermill; those that write
pages from the `kernel_server`, which has loaded the rest for the kernels anyway.
"""

from __future__ import annotations

import base64
import multiprocessing
import os
import pickle
import signal
import socket
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from helpers.builds.forks import SERVER, Forked
from helpers.builds.runs import Failure, run_notebook

WORKERS = 2
LOG = "log.txt"


@dataclass
class Running:
    """A step that a worker is at."""

    name: str
    process: Any
    answer: Connection
    since: float


class Workshop:
    """Starts steps in processes of their own, at most two at once, and says which have ended."""

    def __init__(self) -> None:
        self._running: list[Running] = []
        self._context: Any = multiprocessing.get_context("forkserver" if sys.platform != "win32" else "spawn")
        if sys.platform != "win32":
            self._context.set_forkserver_preload(["__main__", "helpers.builds.preloaded_runner"])

    @property
    def is_busy(self) -> bool:
        """Whether as many steps are running as there are workers."""
        return len(self._running) >= WORKERS

    @property
    def is_idle(self) -> bool:
        """Whether no step is running."""
        return not self._running

    def start(self, name: str, work: Path, function: Callable[..., Failure | None], arguments: tuple[Any, ...]) -> None:
        """Start a step in the folder `work`; what it prints goes into ``log.txt`` there."""
        answer, end = self._context.Pipe(duplex=False)
        step = os.environ.get(SERVER, ""), name, work, function, arguments
        with _undisturbed():
            process = None if function is run_notebook else _forked(end, step)
            if not process:
                process = self._context.Process(target=do_step, args=(end, *step), daemon=True)
                process.start()
            end.close()
            self._running.append(Running(name, process, answer, time.perf_counter()))

    def next_ended(self) -> tuple[str, Failure | None, float]:
        """Wait for a step to end; return its name, what went wrong if anything did, and its seconds."""
        ready = wait([each.answer for each in self._running])
        ended = next(each for each in self._running if each.answer in ready)
        self._running.remove(ended)
        try:
            failure = ended.answer.recv()
        except EOFError:
            ended.process.join()
            said = (
                f"its process was killed from outside (exit code {ended.process.exitcode}), perhaps for want of memory"
            )
            failure = Failure(ended.name, None, "", said, said)
        ended.process.join()
        return ended.name, failure, time.perf_counter() - ended.since

    def stop(self) -> None:
        """End whatever is still running."""
        for each in self._running:
            each.process.kill()
            each.process.join()
        self._running.clear()


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Let a request to end wait for a moment: a process that nobody has noted down yet would not be stopped."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM, signal.SIGHUP})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _forked(end: Connection, step: tuple[Any, ...]) -> Forked | None:
    """Return a process forked by the `kernel_server` that does a step, or nothing where there is no server."""
    request = {
        "step": base64.b64encode(pickle.dumps(step)).decode(), "folder": os.getcwd(), "environment": dict(os.environ)
    }  # fmt: skip
    try:
        return Forked(os.environ[SERVER], request, [end.fileno()])
    except (KeyError, OSError):
        return None


def do_step(
    answer: Connection,
    server: str,
    name: str,
    work: Path,
    function: Callable[..., Failure | None],
    arguments: tuple[Any, ...],
) -> None:
    """Do one step, with kernels from `server`, and send what went wrong, or nothing."""
    os.environ[SERVER] = server  # the process that this one is forked from may have begun under another build
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the build itself is told, and stops its workers
    log = os.open(work / LOG, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(log, 1)
    os.dup2(log, 2)
    try:
        failure = function(work, *arguments)
    except Exception as error:  # a page may fail in any way, as a notebook may
        failure = Failure(name, None, "", f"{type(error).__name__}: {error}", traceback.format_exc())
    answer.send(failure)
    answer.close()


@contextmanager
def workshop(log: Path) -> Iterator[Workshop]:
    """Yield a workshop whose notebooks get their kernels from a process that has loaded their packages already.

    The kernels' own output goes into the file `log`. Where processes cannot be forked, kernels start the ordinary way.
    """
    shop = Workshop()
    with tempfile.TemporaryDirectory(prefix="prevent-") as folder, log.open("ab") as stream:
        server = None
        if hasattr(os, "fork") and sys.platform == "linux":
            os.environ[SERVER] = f"{folder}/kernels"
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listening:
                listening.bind(os.environ[SERVER])
                listening.listen()
                command = [sys.executable, "-m", "helpers.builds.kernel_server", str(listening.fileno())]
                passed = {"stdin": subprocess.PIPE, "stdout": stream, "stderr": stream, "start_new_session": True}
                # silenced: our own module, and no shell
                server = subprocess.Popen(command, pass_fds=[listening.fileno()], **passed)  # type: ignore[call-overload] # noqa: S603
        try:
            if sys.platform != "win32":
                from multiprocessing import forkserver  # which is only there where processes fork

                forkserver.ensure_running()  # which loads papermill while the build looks for what is to be done
            yield shop
        finally:
            shop.stop()
            os.environ.pop(SERVER, None)
            if server and server.stdin:
                server.stdin.close()  # which tells it to end its kernels and itself
                server.wait()
