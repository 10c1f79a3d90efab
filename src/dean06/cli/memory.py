"""The most memory this process held."""

from __future__ import annotations

import resource
from pathlib import Path

__all__ = ["peak_mb"]


def peak_mb() -> int:
    """Return the peak of this process, MB.

    Linux is asked for its own figure: `getrusage` counts what the parent held when it started this process.
    """
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:")) >> 10
