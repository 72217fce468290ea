"""Kernels that start at once: a provisioner for Jupyter that has them forked by a build's `kernel_server`.

Jupyter finds it by its entry point, and only a build asks for it; where there is no server, or the server has died,
the kernel starts the ordinary way. A notebook cannot tell the difference but by the clock.
"""

from __future__ import annotations

import os
import time
from math import inf
from queue import Empty
from typing import Any

from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from helpers.builds.forks import SERVER, Forked

NAME = "prevent-forked"  # as pyproject.toml enters it among `jupyter_client.kernel_provisioners`


class PromptClient(AsyncKernelClient):
    """A client to which a new kernel is ready as soon as it answers on both channels.

    Jupyter's own then waits until nothing has come for 0.2 seconds, for kernels that others have used before.
    """

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait for the kernel's first answer, for `timeout` seconds at most."""
        ends = time.monotonic() + (timeout or inf)
        while not await self._has_answered():
            if not await self.is_alive():
                raise RuntimeError("the kernel died before it was ready")
            if time.monotonic() > ends:
                raise RuntimeError(f"the kernel was not ready within {timeout} seconds")

    async def _has_answered(self) -> bool:
        """Ask the kernel who it is, and return whether it has answered and can be heard."""
        self.kernel_info()
        try:
            answer = await self.shell_channel.get_msg(timeout=1)
            await self.iopub_channel.get_msg(timeout=0.2)
        except Empty:
            return False
        self._handle_kernel_info_reply(answer)
        return True


class ForkedProvisioner(LocalProvisioner):
    """Provisions kernels by forking where it can, and as Jupyter does where it cannot."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Launch the kernel; `cmd` is the command that Jupyter would run."""
        kernel = _forked_kernel(cmd, str(kwargs.get("cwd") or os.getcwd()), dict(kwargs["env"]))
        if not kernel:
            return await super().launch_kernel(cmd, **kwargs)
        self.process = kernel  # type: ignore[assignment] # ignored: has all of Popen that is used
        self.pid = kernel.pid
        self.pgid = kernel.pid  # it leads a session of its own
        return self.connection_info


def _forked_kernel(command: list[str], folder: str, environment: dict[str, str]) -> Forked | None:
    """Return a kernel that the server has forked; nothing where there is no server, or it is another sort of kernel."""
    if "ipykernel_launcher" not in command:
        return None
    arguments = command[command.index("ipykernel_launcher") + 1 :]
    try:
        kernel = Forked(os.environ[SERVER], {"kernel": arguments, "folder": folder, "environment": environment})
    except (KeyError, OSError):
        return None
    return kernel if kernel.pid else None
