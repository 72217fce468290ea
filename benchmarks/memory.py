"""The most memory that this process has held."""

import resource
import sys


def peak_memory_mb():
    """Return the peak in MB; on Linux from /proc, because what `resource` says there begins with the parent's peak."""
    try:
        with open("/proc/self/status", encoding="ascii", errors="replace") as status:
            return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmHWM"))
    except (OSError, StopIteration):
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)
