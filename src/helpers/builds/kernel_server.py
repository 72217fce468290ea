"""A process that has loaded what notebooks need, and forks their kernels on demand: run as a module by a build.

It listens on a socket that only this user can reach. A request is one line of JSON with the kernel's arguments,
folder and environment; the answers are the kernel's process number and, when it has ended, its exit code. A caller that
hangs up has its kernel killed, and all end with the build, which holds the other end of standard input.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import select
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any, NoReturn

# In the order in which notebooks come to need them, so that the first kernel does not wait for what the last one uses.
EARLY = (
    "ipykernel.kernelapp", "ipykernel.ipkernel", "helpers.tables", "helpers.readings",
    "helpers.reports.overviews",
)  # fmt: skip
LATE = (
    "helpers.comparing.corroborations", "helpers.checks.verdicts", "sklearn.feature_extraction.text",
    "sklearn.decomposition", "helpers.comparing.themes", "helpers.reports.contrasts", "helpers.reports.figures",
    "helpers.reports.concerns", "helpers.reports.listings", "helpers.reports.summary", "seaborn",
)  # fmt: skip


def _draw() -> None:
    """Draw a figure, for fonts and styles."""
    from pandas import DataFrame

    from helpers.reports.drawing import canvas, finish

    with canvas() as (drawn, axes):
        axes.barh(["a", "b"], [1, 2], label="c")
        axes.legend()
        finish("first", "First", "", "a figure that nobody sees", drawn, DataFrame())


def _check_tables() -> None:
    """Check empty tables, for the schemas."""
    from helpers.schemas import RECORDS
    from helpers.tables import table_frame

    for table in RECORDS:
        table_frame(table, [])


FIRST_USES: dict[str, Callable[[], None]] = {"helpers.tables": _check_tables, "helpers.reports.overviews": _draw}


class Server:
    """Loads modules one by one while nobody asks, and forks kernels for those who do."""

    def __init__(self, listening: int) -> None:
        self._listening = socket.socket(fileno=listening)
        self._callers: dict[int, socket.socket] = {}
        self._wake, self._woken = os.pipe()
        os.set_blocking(self._woken, False)
        signal.set_wakeup_fd(self._woken)
        signal.signal(signal.SIGCHLD, lambda *_: None)

    def serve(self) -> None:
        """Serve until standard input is closed."""
        waiting = [*EARLY, *LATE]
        while True:
            if waiting:
                self._load(waiting.pop(0))
            if len(waiting) > len(LATE):
                continue
            watched: list[Any] = [sys.stdin.fileno(), self._listening, self._wake, *self._callers.values()]
            ready, _, _ = select.select(watched, [], [], 0 if waiting else None)
            for source in ready:
                if source == sys.stdin.fileno():
                    return self._end()
                if source is self._listening:
                    self._fork(self._listening.accept()[0])
                elif source == self._wake:
                    os.read(self._wake, 4096)
                    self._bury()
                else:
                    self._hang_up(source)

    def _load(self, name: str) -> None:
        """Load a module, and use what is slow when it is used for the first time."""
        importlib.import_module(name)
        if name in FIRST_USES:
            FIRST_USES[name]()
        gc.freeze()  # what is shared with the kernels is not walked through, and so not copied, by each of them

    def _fork(self, caller: socket.socket) -> None:
        """Fork a kernel for a caller, and tell its number."""
        request = json.loads(caller.makefile(encoding="utf-8").readline())
        process = os.fork()
        if not process:
            self._become_kernel(request, caller)
        self._callers[process] = caller
        caller.sendall(f"{process}\n".encode())

    def _become_kernel(self, request: dict[str, Any], caller: socket.socket) -> NoReturn:
        """Be the kernel that was asked for, in a session of its own, and end with it."""
        code = 1
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            for held in (self._listening, caller, *self._callers.values()):
                held.close()
            os.close(self._wake)
            os.close(self._woken)
            os.setsid()
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            os.environ.clear()
            os.environ.update(request["environment"] | {"JPY_PARENT_PID": str(os.getppid())})
            os.chdir(request["folder"])
            run_kernel(request["arguments"])
            code = 0
        except SystemExit as asked:
            code = asked.code if isinstance(asked.code, int) else 1
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)

    def _bury(self) -> None:
        """Tell the callers of the kernels that have ended how they did."""
        for process, caller in list(self._callers.items()):
            ended, status = os.waitpid(process, os.WNOHANG)
            if ended:
                del self._callers[process]
                with suppress(OSError):  # nobody wants to know any more
                    caller.sendall(f"{os.waitstatus_to_exitcode(status)}\n".encode())
                caller.close()

    def _hang_up(self, caller: socket.socket) -> None:
        """Kill the kernel of a caller that has gone."""
        process = next(number for number, each in self._callers.items() if each is caller)
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        del self._callers[process]
        caller.close()

    def _end(self) -> None:
        """Kill all kernels."""
        for process in self._callers:
            os.kill(process, signal.SIGKILL)


def run_kernel(arguments: list[str]) -> None:
    """Run an IPython kernel in this process, as ``python -m ipykernel_launcher`` does."""
    from ipykernel.kernelapp import IPKernelApp

    sys.argv = ["ipykernel_launcher", *arguments]
    sys.path[:] = [folder for folder in sys.path if folder not in ("", os.environ.get("PWD"))]
    application = IPKernelApp.instance()
    application.initialize(arguments)  # type: ignore[no-untyped-call] # ignored: ipykernel is partly typed
    application.start()  # type: ignore[no-untyped-call] # ignored: as above


if __name__ == "__main__":
    Server(int(sys.argv[1])).serve()
