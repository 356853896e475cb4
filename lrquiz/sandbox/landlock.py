"""Landlock: which files a process may open from now on, whoever it is. For the tier `reduced`.

Rights are granted for whole trees; what nobody grants is refused. See landlock(7). What Landlock
leaves alone (modes, owners, times, sockets by path) is refused by `denials_reduced`.
"""

from __future__ import annotations

import ctypes
import os
import stat
from collections.abc import Iterable
from typing import NamedTuple

from lrquiz.sandbox import kernel

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_VERSION = 1  # a flag: answer with the version of the interface
_PATH_BENEATH = 1

EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = (1 << bit for bit in range(4))
_REMOVE = 1 << 4 | 1 << 5
_MAKE_DEVICE = 1 << 6 | 1 << 11
_MAKE = 1 << 7 | 1 << 8 | 1 << 9 | 1 << 10 | 1 << 12
_REFER, _TRUNCATE, _IOCTL_DEVICE = 1 << 13, 1 << 14, 1 << 15
_BY_VERSION = {2: _REFER, 3: _TRUNCATE, 5: _IOCTL_DEVICE}
"""rights over files that later versions added"""
_TCP = 1 << 0 | 1 << 1  # bind, connect: since version 4
_SCOPES = 1 << 0 | 1 << 1  # abstract sockets, signals: since version 6
SCOPES_SIGNALS = 6

READ = EXECUTE | READ_FILE | READ_DIR
WRITE = WRITE_FILE | READ_FILE | READ_DIR | _REMOVE | _MAKE | _REFER | _TRUNCATE
USE = READ_FILE | WRITE_FILE
"""of a device"""
_OF_FILES = EXECUTE | WRITE_FILE | READ_FILE | _TRUNCATE | _IOCTL_DEVICE


class Grant(NamedTuple):
    """Rights over a path and all beneath it."""

    path: str
    rights: int


class _Ruleset(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("net", ctypes.c_uint64), ("scoped", ctypes.c_uint64))


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _layout_ = "ms"
    _fields_ = (("rights", ctypes.c_uint64), ("parent", ctypes.c_int32))


def version() -> int:
    """Return the version of the kernel's Landlock; 0 where it has none, or it is switched off."""
    found: int = kernel.call(_CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(_VERSION))
    return max(found, 0)


def restrict(grants: Iterable[Grant]) -> None:
    """Refuse every file of the machine but those granted, for this process and all it starts."""
    known = version()
    files = (1 << 13) - 1
    for since, right in _BY_VERSION.items():
        files |= right if known >= since else 0
    wanted = _Ruleset(files, _TCP if known >= 4 else 0, _SCOPES if known >= SCOPES_SIGNALS else 0)
    size = ctypes.c_size_t(ctypes.sizeof(wanted))
    ruleset = kernel.check_call(
        "landlock_create_ruleset", _CREATE_RULESET, ctypes.byref(wanted), size, ctypes.c_uint32(0)
    )
    for grant in grants:
        _add(ruleset, grant, files)
    flags = ctypes.c_uint32(0)
    kernel.check_call("landlock_restrict_self", _RESTRICT_SELF, ctypes.c_int(ruleset), flags)
    os.close(ruleset)


def _add(ruleset: int, grant: Grant, handled: int) -> None:
    try:
        parent = os.open(grant.path, os.O_PATH | os.O_CLOEXEC)
    except OSError:  # what is not there, or not for us, needs no grant
        return
    is_folder = stat.S_ISDIR(os.fstat(parent).st_mode)
    rights = grant.rights & handled & (-1 if is_folder else _OF_FILES)
    rule = _PathBeneath(rights, parent)
    arguments = (ctypes.c_int(ruleset), ctypes.c_int(_PATH_BENEATH), ctypes.byref(rule))
    kernel.check_call("landlock_add_rule", _ADD_RULE, *arguments, ctypes.c_uint32(0))
    os.close(parent)
