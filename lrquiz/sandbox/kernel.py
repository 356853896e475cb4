"""The system calls of the box that Python has no function for.

Only processes on the far side of the wall import this: it needs Linux, the parent does not.
"""

from __future__ import annotations

import ctypes
import os
import platform
from typing import Any

CLONE_NEWNS = 0x0002_0000
CLONE_NEWCGROUP = 0x0200_0000
CLONE_NEWUTS = 0x0400_0000
CLONE_NEWIPC = 0x0800_0000
CLONE_NEWUSER = 0x1000_0000
CLONE_NEWPID = 0x2000_0000
CLONE_NEWNET = 0x4000_0000

MS_RDONLY = 1
MS_NOSUID = 2
MS_NODEV = 4
MS_NOEXEC = 8
MS_BIND = 4096
MS_REC = 16384
MS_PRIVATE = 1 << 18
MNT_DETACH = 2

ATTR_READ_ONLY = 1
ATTR_NOSUID = 2
ATTR_NODEV = 4
ATTR_NOEXEC = 8

PR_SET_PDEATHSIG = 1
PR_SET_KEEPCAPS = 8
PR_SET_DUMPABLE = 4
PR_SET_SECCOMP = 22
PR_CAPBSET_DROP = 24
PR_SET_SECUREBITS = 28
PR_SET_CHILD_SUBREAPER = 36
PR_SET_NO_NEW_PRIVS = 38
PR_CAP_AMBIENT = 47
PR_CAP_AMBIENT_CLEAR_ALL = 4

_AT_FDCWD = -100
_AT_RECURSIVE = 0x8000
_SYS_MOUNT_SETATTR = 442  # the same number on every architecture, as for all calls since Linux 5.1
_SYS_CLOSE_RANGE = 436
_SYS_PIVOT_ROOT = {"x86_64": 155, "aarch64": 41}.get(platform.machine(), -1)
_CAPABILITY_VERSION_3 = 0x2008_0522

_libc = ctypes.CDLL(None, use_errno=True)
_libc.syscall.restype = ctypes.c_long


class _MountAttributes(ctypes.Structure):
    _fields_ = (
        ("set", ctypes.c_uint64),
        ("clear", ctypes.c_uint64),
        ("propagation", ctypes.c_uint64),
        ("userns_fd", ctypes.c_uint64),
    )


def _check(result: int, what: str) -> None:
    """Turn the C convention of failure into an exception that names the call."""
    if result != 0:
        code = ctypes.get_errno()
        raise OSError(code, f"{what}: {os.strerror(code)}")


def call(number: int, *arguments: Any) -> int:  # noqa: ANN401 - what ctypes takes
    """Make a system call and return its result; -1 where it failed."""
    result: int = _libc.syscall(ctypes.c_long(number), *arguments)
    return result


def check_call(what: str, number: int, *arguments: Any) -> int:  # noqa: ANN401
    """Make a system call and return its result, or raise an exception that names it."""
    result = call(number, *arguments)
    if result < 0:
        _check(result, what)
    return result


def unshare(flags: int) -> None:
    """Move this process (for pid namespaces: its next children) into new namespaces."""
    _check(_libc.unshare(ctypes.c_int(flags)), "unshare")


def mount(source: str, target: str, kind: str, flags: int, options: str = "") -> None:
    """Mount a filesystem, or bind one path to another."""
    arguments = (source.encode(), target.encode(), kind.encode(), ctypes.c_ulong(flags))
    _check(_libc.mount(*arguments, options.encode()), f"mount {kind or source} on {target}")


def set_mount_attributes(path: str, attributes: int, *, recursive: bool = True) -> None:
    """Add attributes to the mount at a path; recursively, so that no submount stays writable."""
    values = _MountAttributes(set=attributes)
    flags = ctypes.c_uint(_AT_RECURSIVE if recursive else 0)
    size = ctypes.c_size_t(ctypes.sizeof(values))
    call = (_SYS_MOUNT_SETATTR, ctypes.c_int(_AT_FDCWD), path.encode(), flags)
    _check(_libc.syscall(*call, ctypes.byref(values), size), f"mount_setattr {path}")


def change_root(path: str) -> None:
    """Make a mount the root and let go of the old one, from which nothing is reachable after."""
    os.chdir(path)
    _check(_libc.syscall(_SYS_PIVOT_ROOT, b".", b"."), "pivot_root")
    _check(_libc.umount2(b".", ctypes.c_int(MNT_DETACH)), "umount2 of the old root")
    os.chdir("/")


def prctl(option: int, *values: int) -> None:
    """Set an attribute of this process."""
    filled = (*values, 0, 0, 0, 0)[:4]
    _check(_libc.prctl(ctypes.c_int(option), *map(ctypes.c_ulong, filled)), f"prctl {option}")


def keep_capabilities(mask: int = 0) -> None:
    """Leave these of the first 32 capabilities effective and permitted, and none else."""
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0)
    _check(_libc.capset(header, (ctypes.c_uint32 * 6)(mask, mask)), "capset")


def set_seccomp_filter(instructions: bytes) -> None:
    """Install a classic BPF program over this process's system calls, for good."""

    class Program(ctypes.Structure):
        _fields_ = (("count", ctypes.c_ushort), ("code", ctypes.c_char_p))

    program = Program(len(instructions) // 8, instructions)
    prctl(PR_SET_SECCOMP, 2, ctypes.addressof(program))


def close_from(first: int) -> None:
    """Close every file descriptor from `first` on."""
    last = ctypes.c_uint(0xFFFF_FFFF)
    _check(_libc.syscall(_SYS_CLOSE_RANGE, ctypes.c_uint(first), last, 0), "close_range")


def set_hostname(name: str) -> None:
    """Name the machine of this UTS namespace."""
    _check(_libc.sethostname(name.encode(), ctypes.c_size_t(len(name))), "sethostname")
