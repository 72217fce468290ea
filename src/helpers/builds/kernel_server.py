"""A process that has loaded what notebooks and pages need, and forks others on demand: run as a module by a build.

It listens on a socket that only this user can reach. A request is one line of JSON with a folder, an environment, and
either the arguments of a kernel or a step to do, which comes with a pipe for its answer; what comes back is the number
of the process and, when it has ended, its exit code. A caller that hangs up has its process killed, and all end with
the build, which holds the other end of standard input.
"""

from __future__ import annotations

import base64
import gc
import json
import os
import pickle
import select
import signal
import socket
import sys
import traceback
from collections.abc import Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any, NoReturn

from helpers.builds.preloading import EARLY, LATE, PAGES, load
from helpers.builds.workshop import do_step


class Server:
    """Loads modules one by one while nobody asks, and forks processes for those who do."""

    def __init__(self, listening: int) -> None:
        self._listening = socket.socket(fileno=listening)
        self._callers: dict[int, socket.socket] = {}
        self._wake, self._woken = os.pipe()
        os.set_blocking(self._woken, False)
        signal.set_wakeup_fd(self._woken)
        signal.signal(signal.SIGCHLD, self._bury_at_once)
        self._is_loading = False

    def serve(self) -> None:
        """Serve until standard input is closed."""
        waiting = [*EARLY, *LATE, *PAGES]
        while True:
            if waiting:
                self._load(waiting.pop(0))
            if len(waiting) > len(LATE) + len(PAGES):
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
        self._is_loading = True
        try:
            load(name)
        except Exception:  # whoever needs it will find out; the others go on
            traceback.print_exc()
        self._is_loading = False
        gc.freeze()  # what is shared with the others is not walked through, and so not copied, by each of them

    def _fork(self, caller: socket.socket) -> None:
        """Fork a process for a caller, and tell its number."""
        content, handed, _, _ = socket.recv_fds(caller, 65536, 1)
        while content and not content.endswith(b"\n"):
            content += caller.recv(65536)
        if not content:
            return caller.close()
        process = os.fork()
        if not process:
            self._become(json.loads(content), handed, caller)
        for each in handed:
            os.close(each)
        self._callers[process] = caller
        caller.sendall(f"{process}\n".encode())

    def _become(self, request: dict[str, Any], handed: Sequence[int], caller: socket.socket) -> NoReturn:
        """Be the process that was asked for, in a session of its own, and end with it."""
        code = 1
        try:
            self._let_go(caller)
            os.environ.clear()
            os.environ.update(request["environment"] | {"JPY_PARENT_PID": str(os.getppid())})
            os.chdir(request["folder"])
            if "kernel" in request:
                run_kernel(request["kernel"])
            else:
                # silenced: only this user can reach the socket, and it is our own build that writes to it
                step = pickle.loads(base64.b64decode(request["step"]))  # noqa: S301
                do_step(Connection(handed[0], readable=False), *step)
            code = 0
        except SystemExit as asked:
            code = asked.code if isinstance(asked.code, int) else 1
        except Exception:  # whatever it is, the log tells it
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)

    def _let_go(self, caller: socket.socket) -> None:
        """Leave all that belongs to the server alone."""
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for held in (self._listening, caller, *self._callers.values()):
            held.close()
        os.close(self._wake)
        os.close(self._woken)
        os.setsid()
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)

    def _bury_at_once(self, *_: Any) -> None:
        """Let nobody wait for the end of a process until a module is loaded; otherwise the loop sees to it."""
        if self._is_loading:
            self._is_loading = False
            self._bury()
            self._is_loading = True

    def _bury(self) -> None:
        """Tell the callers of the processes that have ended how they did."""
        for process, caller in list(self._callers.items()):
            ended, status = os.waitpid(process, os.WNOHANG)
            if ended:
                del self._callers[process]
                with suppress(OSError):  # nobody wants to know any more
                    caller.sendall(f"{os.waitstatus_to_exitcode(status)}\n".encode())
                caller.close()

    def _hang_up(self, caller: socket.socket) -> None:
        """Kill the process of a caller that has gone."""
        process = next(number for number, each in self._callers.items() if each is caller)
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        del self._callers[process]
        caller.close()

    def _end(self) -> None:
        """Kill all that still run."""
        for process in self._callers:
            os.kill(process, signal.SIGKILL)


def run_kernel(arguments: list[str]) -> None:
    """Run an IPython kernel in this process, as ``python -m ipykernel_launcher`` does."""
    from ipykernel.kernelapp import IPKernelApp

    sys.argv = ["ipykernel_launcher", *arguments]
    sys.path[:] = [folder for folder in sys.path if folder not in ("", os.environ.get("PWD"))]
    # It looks whether the server is alive, and ends with it; the default was set when the server loaded the module.
    application = IPKernelApp.instance(parent_handle=os.getppid())
    application.initialize([*arguments, "--HistoryManager.enabled=False"])  # type: ignore[no-untyped-call] # ignored: ipykernel is partly typed
    application.start()  # type: ignore[no-untyped-call] # ignored: as above


if __name__ == "__main__":
    Server(int(sys.argv[1])).serve()
