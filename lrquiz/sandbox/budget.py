"""Turn limits into the kernel's resource limits of this process and its descendants."""

from __future__ import annotations

import os
import resource
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lrquiz.model.run import Limits

_MIB = 1 << 20


def address_space() -> int:
    """Return the bytes of address space this process maps now."""
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[0]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def apply(limits: Limits, mapped: int, spare_processes: int) -> None:
    """Set every limit, soft and hard alike, so that none can be raised again.

    Memory counts from what the warm interpreter maps (`mapped`): a limit set before `import torch`
    would break it. `spare_processes` are those of ours that count against the box's user.
    """
    for kind, value in (
        (resource.RLIMIT_AS, mapped + limits.memory_mib * _MIB),
        (resource.RLIMIT_CPU, limits.cpu_seconds),
        (resource.RLIMIT_NPROC, limits.processes + spare_processes),
        (resource.RLIMIT_NOFILE, limits.open_files),
        (resource.RLIMIT_FSIZE, limits.disk_mib * _MIB),
        (resource.RLIMIT_CORE, 0),  # a core would be the largest file of the box
        (resource.RLIMIT_MSGQUEUE, 0),  # queues hold memory that nothing else counts
        (resource.RLIMIT_RTPRIO, 0),  # some machines grant it to all: real time starves the grader
        (resource.RLIMIT_NICE, 0),
        (resource.RLIMIT_MEMLOCK, 0),  # locked pages cannot be swapped out
    ):
        _limit(kind, value)


def _limit(kind: int, value: int) -> None:
    """Set a limit, or keep the machine's own where it is tighter."""
    hard = resource.getrlimit(kind)[1]
    bound = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(kind, (bound, bound))
