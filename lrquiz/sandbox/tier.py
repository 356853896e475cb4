"""Find out, by trying, whether this machine can contain student code."""

from __future__ import annotations

import os
import platform
import sys
from dataclasses import dataclass
from pathlib import Path

from lrquiz.errors import SandboxFaultError
from lrquiz.model.run import FULL, NONE, REDUCED, TIERS, Ending, Limits, Run
from lrquiz.sandbox import cgroup
from lrquiz.sandbox.collect import collect
from lrquiz.sandbox.ending import run_from
from lrquiz.sandbox.warm import BoxLostError, Warm

_PROBE_LIMITS = Limits(wall_seconds=20.0, disk_mib=1)
_SETTINGS = (
    ("/proc/sys/user/max_user_namespaces", "0", "user.max_user_namespaces=15000"),
    ("/proc/sys/kernel/unprivileged_userns_clone", "0", "kernel.unprivileged_userns_clone=1"),
    (
        "/proc/sys/kernel/apparmor_restrict_unprivileged_userns",
        "1",
        "kernel.apparmor_restrict_unprivileged_userns=0",
    ),
)


@dataclass(frozen=True, slots=True)
class Tier:
    """How far this machine can contain student code."""

    name: str
    """`full`: in namespaces, behind a system-call filter; `reduced`: without namespaces, see
    `NOT_CONTAINED`; `none`: not at all"""
    reason: str
    """why not full; empty when it is"""
    remedy: str
    """the setting that would lift it; empty when nothing is wrong"""
    facts: tuple[tuple[str, str], ...]
    """rows for `lrquiz doctor`"""

    def reaches(self, minimum: str) -> bool:
        """Return whether this is the tier `minimum` or a stronger one."""
        return TIERS.index(self.name) >= TIERS.index(minimum)


NOT_CONTAINED = (
    "the disk that holds temporary files can be filled, within the time limit",
    "whether a file or a running program is there can be asked for, not what it holds",
    "the name of the machine can be asked for",
    "as an ordinary user, the process limit counts what the user runs beside it",
    "kill -9 of a box's supervisor lets what the box had started live on",
)
"""what a box of the tier `reduced` can do and one of the tier `full` cannot"""


def probe_tier() -> Tier:
    """Close a box around nothing, in a process of its own, and say how that went; never raises."""
    shown, reason = _tried(is_full=True)
    if shown is not None:
        return Tier(FULL, "", "", _facts(FULL, ("own /proc", shown)))
    shown, why = _tried(is_full=False)
    if shown is not None:
        return Tier(REDUCED, reason, _remedy(), _facts(REDUCED))
    return Tier(NONE, reason, _remedy(), _facts(NONE, ("not even reduced", why)))


def _tried(*, is_full: bool) -> tuple[str | None, str]:
    """Return what a box of a tier shows of itself, or why there can be none."""
    try:
        run = _trial(is_full=is_full)
    except (OSError, AttributeError, SandboxFaultError) as error:  # AttributeError: not on Linux
        return None, f"no box could be started: {error}"
    if run.ending is not Ending.OK or run.reply is None:
        return None, run.detail
    return run.reply.decode(), ""


def nothing(_request: bytes) -> bytes:
    """Return what a box shows of itself: the entry of the trial run."""
    return b"yes" if Path("/proc/self").exists() else b"no"


def _trial(*, is_full: bool) -> Run:
    """Run `nothing` in a box just as student code would be."""
    if sys.platform != "linux":
        message = f"{platform.system()} has no namespaces"
        raise SandboxFaultError(message)
    warm = Warm("lrquiz.sandbox.tier:nothing", is_full=is_full)
    try:
        warm.await_ready()
        channels = warm.submit(b"", _PROBE_LIMITS)
        try:
            return run_from(collect(channels, _PROBE_LIMITS), _PROBE_LIMITS, FULL)
        finally:
            channels.close()
    except BoxLostError as error:
        raise SandboxFaultError(str(error)) from error
    finally:
        warm.close()


def _facts(tier: str, *more: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    user = "root" if hasattr(os, "geteuid") and os.geteuid() == 0 else "an ordinary user"
    settings = ((Path(path).name, _read(path)) for path, _, _ in _SETTINGS)
    group = cgroup.find()
    memory = f"of all processes together, by cgroup version {group.version}" if group else ""
    return (
        ("system", f"{platform.system()} {platform.release()} {platform.machine()}"),
        ("user", user),
        *((name, value) for name, value in settings if value),
        *more,
        ("memory limit", memory or "of each process: no cgroup can be written"),
        ("containment", tier),
    )


def _read(path: str) -> str:
    try:
        return Path(path).read_text(encoding="ascii").strip()
    except OSError:
        return ""


def _remedy() -> str:
    """Name the setting that most likely stands in the way."""
    if sys.platform != "linux":
        return "Run the grading on Linux: in a virtual machine, on a server, or under WSL 2."
    wrong = [setting for path, bad, setting in _SETTINGS if _read(path) == bad]
    if wrong:
        return f"Let the administrator run: sysctl -w {' '.join(wrong)}"
    if _in_container():
        return (
            "Start the container with --security-opt seccomp=unconfined --security-opt "
            "apparmor=unconfined --security-opt systempaths=unconfined --cap-add SYS_ADMIN."
        )
    return "Linux 5.14 or newer, on x86_64 or aarch64, with user namespaces allowed is needed."


def _in_container() -> bool:
    marks = ("/.dockerenv", "/run/.containerenv")
    return any(Path(mark).exists() for mark in marks) or "container" in os.environ
