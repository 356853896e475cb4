"""What happened to one run of untrusted code, and the limits it ran under."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Ending(StrEnum):
    """How a run in the box ended. Distinct from what any check says about its results."""

    OK = "ok"
    RUNTIME_ERROR = "runtime error"
    TIME_LIMIT = "time limit"
    CPU_LIMIT = "CPU limit"
    MEMORY_LIMIT = "memory limit"
    PROCESS_LIMIT = "process limit"
    OUTPUT_LIMIT = "output limit"
    REFUSED = "refused"
    INTERNAL_ERROR = "internal error"


FULL = "full"
REDUCED = "reduced"
NONE = "none"
TIERS = (NONE, REDUCED, FULL)
"""containments, from the weakest to the strongest"""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one run may use. Every limit of the box is a field here and nowhere else."""

    wall_seconds: float = 20.0
    """from the start of the box to its end, by the parent's clock"""
    cpu_seconds: int = 15
    """per process, by the kernel"""
    memory_mib: int = 1024
    """address space a process may add to what the warm interpreter already maps"""
    processes: int = 16
    """processes and threads alive at once"""
    output_bytes: int = 64_000
    """stdout and stderr together; one byte more ends the run"""
    reply_bytes: int = 16_000_000
    """the results that the harness sends back"""
    disk_mib: int = 64
    """what may be written to the box's own temporary files"""
    open_files: int = 128
    """file descriptors per process"""


@dataclass(frozen=True, slots=True)
class Run:
    """The outcome of one run in the box: a value, whatever the code inside did."""

    ending: Ending
    detail: str
    """one sentence for people: the exception, the limit, or what was refused"""
    reply: bytes | None
    """what the harness sent back, complete, or None; student-controlled, so only data"""
    stdout: str
    stderr: str
    wall_seconds: float
    cpu_seconds: float
    memory_mib: float
    """peak resident set of the run's processes, the largest of them"""
    tier: str
    """the containment it ran under: one of `TIERS`"""
