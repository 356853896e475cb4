"""Say whether a folder lies on a disk of this machine, where memory-mapped files can be shared."""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

_ROOM = 1024
"""bytes for the kernel's struct statfs, of which only the first word is read"""
_LOCAL = frozenset(
    {
        0xEF53,  # ext2, ext3, ext4
        0x58465342,  # XFS
        0x9123683E,  # Btrfs
        0x2FC12FC1,  # ZFS
        0xF2F52010,  # F2FS
        0xCA451A4E,  # bcachefs
        0x3153464A,  # JFS
        0x01021994,  # tmpfs
        0x858458F6,  # ramfs
        0x794C7630,  # overlayfs: its upper folder cannot be remote
    }
)


def is_local(folder: Path) -> bool:
    """Say whether `folder` is known to be local; what cannot be told is taken as remote."""
    return magic_is_local(filesystem_magic(folder))


def magic_is_local(magic: int | None) -> bool:
    """Say whether a file system's magic number is that of a local one; see `statfs(2)`."""
    return magic in _LOCAL


def filesystem_magic(folder: Path) -> int | None:
    """Return the magic number of the file system that holds `folder`; None where none is told."""
    if not sys.platform.startswith("linux"):
        return None
    held = ctypes.create_string_buffer(_ROOM)
    try:
        failed = ctypes.CDLL(None).statfs(os.fsencode(folder), held)
    except (OSError, AttributeError):
        return None
    return None if failed else ctypes.c_ulong.from_buffer(held).value & 0xFFFFFFFF
