"""Build the box's root directory: a small tmpfs with read-only binds and one writable scratch."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from lrquiz.sandbox import kernel

if TYPE_CHECKING:
    from lrquiz.sandbox.visible import Visible

HOME = "/box"
_WRITABLE = {"box": HOME, "tmp": "/tmp", "shm": "/dev/shm"}  # noqa: S108 - the box's own
_DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")
_READ_ONLY = kernel.ATTR_READ_ONLY | kernel.ATTR_NOSUID | kernel.ATTR_NODEV
_CLOSED = kernel.MS_NOSUID | kernel.MS_NODEV | kernel.MS_NOEXEC
_BIND = kernel.MS_BIND | kernel.MS_REC
_INODES_PER_MIB = 64
_SPARE_INODES = 2048
"""for the places under /tmp at which packages are shown, where lrquiz is installed there"""
_USERS = "student:x:1000:1000::/box:/bin/false\n"
"""the only account in sight, for code that asks for its own name"""


def build(visible: Visible, disk_mib: int, owner: int) -> None:
    """Build the root in this mount namespace and move into it; nothing else stays reachable.

    `owner` is the user to whom the writable folders belong, as this process would name it.
    """
    new = Path(visible.mount_point)
    kernel.mount("", "/", "", kernel.MS_REC | kernel.MS_PRIVATE)  # nothing of this shows outside
    kernel.mount("tmpfs", str(new), "tmpfs", kernel.MS_NOSUID, "size=4m,nr_inodes=8192,mode=0755")
    _scratch(new, disk_mib, owner)
    for path in visible.system:
        _show(path, new)
    for path in visible.masked:
        _mask(path, new, visible.packages)
    for path in visible.packages:
        _show(path, new)
    for path in visible.data:
        _show_data(path, new)
    _devices(new)
    (new / "etc").mkdir(exist_ok=True)
    (new / "etc/passwd").write_text(_USERS, encoding="ascii")
    _proc(new)
    kernel.set_mount_attributes(str(new), _READ_ONLY, recursive=False)
    kernel.change_root(str(new))
    os.chdir(HOME)


def _inside(new: Path, path: str) -> Path:
    return new / path.lstrip("/")


def _scratch(new: Path, disk_mib: int, owner: int) -> None:
    """Mount one tmpfs and show it as /box, /tmp and /dev/shm: together they share one limit.

    First of all mounts, since packages may have to be shown somewhere under /tmp.
    """
    for place in _WRITABLE.values():
        _inside(new, place).mkdir(parents=True)
    scratch = _inside(new, HOME)
    inodes = disk_mib * _INODES_PER_MIB + _SPARE_INODES
    options = f"size={disk_mib}m,nr_inodes={inodes},mode=0755"
    kernel.mount("tmpfs", str(scratch), "tmpfs", _CLOSED, options)
    for name in _WRITABLE:
        (scratch / name).mkdir(mode=0o700)
        os.chown(scratch / name, owner, owner)
    for name in reversed(_WRITABLE):  # the home last: it hides the scratch itself
        kernel.mount(str(scratch / name), str(_inside(new, _WRITABLE[name])), "", _BIND)


def _show(path: str, new: Path) -> None:
    """Bind a path of the machine, read-only, to the same place in the new root."""
    target = _inside(new, path)
    _place(path, target)
    kernel.mount(path, str(target), "", _BIND)
    kernel.set_mount_attributes(str(target), _READ_ONLY)


def _show_data(path: str, new: Path) -> None:
    """Bind a folder of the user's, read-only, to its name in the working directory."""
    target = _inside(new, HOME) / Path(path).name
    target.mkdir()
    kernel.mount(path, str(target), "", _BIND)
    kernel.set_mount_attributes(str(target), _READ_ONLY)


def _place(like: str, target: Path) -> None:
    """Make the empty folder or file over which something is mounted."""
    if target.exists():
        return
    if Path(like).is_dir():
        target.mkdir(parents=True)
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.touch()


def _mask(path: str, new: Path, packages: tuple[str, ...]) -> None:
    """Cover the packages inside the standard library, with room to show single ones on top."""
    target = _inside(new, path)
    kernel.mount("tmpfs", str(target), "tmpfs", _CLOSED, "size=1m,nr_inodes=4096,mode=0755")
    for package in packages:
        if Path(package).is_relative_to(path):
            _place(package, _inside(new, package))
    kernel.set_mount_attributes(str(target), _READ_ONLY)


def _devices(new: Path) -> None:
    """Show the harmless devices alone; nodev would make them unusable, so they go without."""
    for path in _DEVICES:
        target = _inside(new, path)
        target.touch()
        kernel.mount(path, str(target), "", kernel.MS_BIND)
        kernel.set_mount_attributes(str(target), _READ_ONLY & ~kernel.ATTR_NODEV)
    (new / "dev/fd").symlink_to("/proc/self/fd")


def _proc(new: Path) -> None:
    """Mount a /proc of this pid namespace alone, without the files about the machine.

    A container that hides parts of its own /proc may not mount another: the box goes without.
    """
    (new / "proc").mkdir()
    with contextlib.suppress(OSError):
        flags = _CLOSED | kernel.MS_RDONLY  # `oom_score_adj` tells whom to kill first
        kernel.mount("proc", str(new / "proc"), "proc", flags, "subset=pid")
