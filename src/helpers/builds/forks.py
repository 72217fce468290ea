"""What a build asks of its `kernel_server`: a process forked from one that has loaded the packages it needs."""

from __future__ import annotations

import json
import os
import select
import socket
import subprocess
from collections.abc import Sequence
from functools import cached_property
from typing import Any

SERVER = "PREVENT_KERNEL_SERVER"  # the address of the process that others are forked from


class Forked:
    """A process that the server has forked, in the terms of `subprocess.Popen`, and of `multiprocessing.Process`.

    Parameters
    ----------
    address : str
        Where the server listens.
    request : mapping
        What the process is to be, as `kernel_server` takes it.
    handed : sequence of int
        Numbers of the open files that it gets.

    Raises
    ------
    OSError
        When there is no server.
    """

    stdin = stdout = stderr = None

    def __init__(self, address: str, request: dict[str, Any], handed: Sequence[int] = ()) -> None:
        self._server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._server.connect(address)
        content = json.dumps(request).encode() + b"\n"
        sent = socket.send_fds(self._server, [content], list(handed))
        self._server.sendall(content[sent:])
        self._answers = self._server.makefile("rb")
        self.returncode: int | None = None

    @cached_property
    def pid(self) -> int:
        """The number of the process, for which the server has to finish what it is loading; 0 where it has died."""
        try:
            return int(self._answers.readline() or 0)
        except OSError:
            return 0

    def poll(self) -> int | None:
        """Return the exit code, or nothing while the process runs."""
        if not self.pid:
            self.returncode = -9
        if self.returncode is None and select.select([self._server], [], [], 0)[0]:
            self.returncode = int(self._answers.readline() or -9)  # a server that dies takes its processes along
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait for the end of the process; return its exit code."""
        if self.pid and self.returncode is None and not select.select([self._server], [], [], timeout)[0]:
            raise subprocess.TimeoutExpired("forked process", timeout or 0)
        code = self.poll()
        self._answers.close()
        self._server.close()
        return -9 if code is None else code

    def join(self) -> None:
        """Wait for the end of the process."""
        if self.returncode is None:
            self.wait()

    @property
    def exitcode(self) -> int | None:
        """The exit code, or nothing while the process runs."""
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send a signal to the process if it is alive."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask the process to end."""
        self.send_signal(15)

    def kill(self) -> None:
        """End the process."""
        self.send_signal(9)
