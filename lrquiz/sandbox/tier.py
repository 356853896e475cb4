"""Find out, by trying, whether this machine can contain student code."""

from __future__ import annotations

import os
import platform
import sys
from dataclasses import dataclass
from pathlib import Path

from lrquiz.errors import SandboxFaultError
from lrquiz.model.run import Ending, Limits, Run
from lrquiz.sandbox.collect import collect
from lrquiz.sandbox.ending import run_from
from lrquiz.sandbox.warm import BoxLostError, Warm

FULL = "full"
NONE = "none"

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
    """`full`: in namespaces, behind a system-call filter; `none`: not at all"""
    reason: str
    """why not full; empty when it is"""
    remedy: str
    """the setting that would lift it; empty when nothing is wrong"""
    facts: tuple[tuple[str, str], ...]
    """rows for `lrquiz doctor`"""


def probe_tier() -> Tier:
    """Close a box around nothing, in a process of its own, and say how that went; never raises."""
    try:
        run = _trial()
    except (OSError, AttributeError, SandboxFaultError) as error:  # AttributeError: not on Linux
        return _none(f"no box could be started: {error}")
    if run.ending is not Ending.OK or run.reply is None:
        return _none(run.detail)
    facts = (*_facts(), ("own /proc", run.reply.decode()), ("containment", FULL))
    return Tier(FULL, "", "", facts)


def nothing(_request: bytes) -> bytes:
    """Return what a box shows of itself: the entry of the trial run."""
    return b"yes" if Path("/proc/self").exists() else b"no"


def _trial() -> Run:
    """Run `nothing` in a box just as student code would be."""
    if sys.platform != "linux":
        message = f"{platform.system()} has no namespaces"
        raise SandboxFaultError(message)
    warm = Warm("lrquiz.sandbox.tier:nothing")
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


def _none(reason: str) -> Tier:
    return Tier(NONE, reason, _remedy(), (*_facts(), ("containment", NONE)))


def _facts() -> tuple[tuple[str, str], ...]:
    user = "root" if hasattr(os, "geteuid") and os.geteuid() == 0 else "an ordinary user"
    settings = ((Path(path).name, _read(path)) for path, _, _ in _SETTINGS)
    return (
        ("system", f"{platform.system()} {platform.release()} {platform.machine()}"),
        ("user", user),
        *((name, value) for name, value in settings if value),
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
