"""Kernels that start at once: a provisioner for Jupyter that has them forked by a build's `kernel_server`.

Jupyter finds it by its entry point, and only a build asks for it; where there is no server, or the server has died,
the kernel starts the ordinary way. A notebook cannot tell the difference but by the clock.
"""

from __future__ import annotations

import json
import os
import select
import socket
import subprocess
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from helpers.builds.workshop import SERVER

NAME = "prevent-forked"  # as pyproject.toml enters it among `jupyter_client.kernel_provisioners`


class ForkedKernel:
    """A kernel that another process has forked, in the terms of `subprocess.Popen`."""

    stdin = stdout = stderr = None

    def __init__(self, address: str, arguments: list[str], folder: str, environment: dict[str, str]) -> None:
        self._server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._server.connect(address)
        request = {"arguments": arguments, "folder": folder, "environment": environment}
        self._server.sendall(json.dumps(request).encode() + b"\n")
        self._answers = self._server.makefile("rb")
        self.returncode: int | None = None
        self.pid = int(self._answers.readline())

    def poll(self) -> int | None:
        """Return the exit code, or nothing while the kernel runs."""
        if self.returncode is None and select.select([self._server], [], [], 0)[0]:
            self.returncode = int(self._answers.readline() or -9)  # a server that dies takes its kernels along
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait for the end of the kernel; return its exit code."""
        if self.returncode is None and not select.select([self._server], [], [], timeout)[0]:
            raise subprocess.TimeoutExpired("kernel", timeout or 0)
        code = self.poll()
        self._answers.close()
        self._server.close()
        return -9 if code is None else code

    def send_signal(self, number: int) -> None:
        """Send a signal to the kernel if it is alive."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask the kernel to end."""
        self.send_signal(15)

    def kill(self) -> None:
        """End the kernel."""
        self.send_signal(9)


class ForkedProvisioner(LocalProvisioner):
    """Provisions kernels by forking where it can, and as Jupyter does where it cannot."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Launch the kernel; `cmd` is the command that Jupyter would run."""
        address = os.environ.get(SERVER, "")
        if address and "ipykernel_launcher" in cmd:
            arguments = cmd[cmd.index("ipykernel_launcher") + 1 :]
            try:
                kernel = ForkedKernel(address, arguments, str(kwargs.get("cwd") or os.getcwd()), dict(kwargs["env"]))
            except (OSError, ValueError):
                return await super().launch_kernel(cmd, **kwargs)
            self.process = kernel  # type: ignore[assignment] # ignored: has all of Popen that is used
            self.pid = kernel.pid
            self.pgid = kernel.pid  # it leads a session of its own
            return self.connection_info
        return await super().launch_kernel(cmd, **kwargs)
