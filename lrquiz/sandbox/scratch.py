"""The folder that a box of the tier `reduced` may write to: make it, and remove it whatever it is.

Whoever removes may be root, and what is removed was hostile: no path is followed twice. Folders are
held by descriptors, links are never followed, and names are looked up in the folder held.
"""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from pathlib import Path

_PREFIX = "lrquiz-box-"
_HOLD = os.O_PATH | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_LIST = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


def make(user: int) -> str:
    """Make the folder, with a home and a folder for temporary files that belong to the box."""
    scratch = tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-")
    for name in ("box", "tmp"):
        folder = Path(scratch, name)
        folder.mkdir(mode=0o700)
        os.chown(folder, user, -1)
    Path(scratch).chmod(0o711)
    return scratch


def sweep() -> None:
    """Remove the folders of boxes whose supervisor was killed before it could.

    The folder for temporary files is everybody's: what is not a folder of ours is left alone.
    """
    for each in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        pid = each.name.removeprefix(_PREFIX).partition("-")[0]
        if pid.isdigit() and not Path("/proc", pid).exists() and _is_ours(each):
            remove(str(each))


def _is_ours(path: Path) -> bool:
    with contextlib.suppress(OSError):  # another zygote may sweep at the same time
        found = path.lstat()
        return stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid()
    return False


def remove(scratch: str) -> None:
    """Remove all of it, however deep its folders are and whatever their modes.

    Without recursion, by one descriptor that goes down and up again.
    """
    with contextlib.suppress(OSError):
        _empty(_opened(None, scratch))
        Path(scratch).rmdir()


def _empty(here: int) -> None:
    """Remove what a folder holds, and close it."""
    entered: list[str] = []
    waiting = [_only_folders(here)]
    while waiting:
        if waiting[-1]:
            entered.append(waiting[-1].pop())
            here = _moved(here, _opened(here, entered[-1]))
            waiting.append(_only_folders(here))
            continue
        waiting.pop()
        if entered:
            here = _moved(here, os.open("..", _LIST, dir_fd=here))
            os.rmdir(entered.pop(), dir_fd=here)
    os.close(here)


def _moved(old: int, new: int) -> int:
    os.close(old)
    return new


def _only_folders(folder: int) -> list[str]:
    """Remove all files and links in a folder; return the names of the folders in it."""
    with os.scandir(folder) as entries:
        found = [(entry.name, entry.is_dir(follow_symlinks=False)) for entry in entries]
    for name, is_folder in found:
        if not is_folder:
            os.unlink(name, dir_fd=folder)
    return [name for name, is_folder in found if is_folder]


def _opened(parent: int | None, name: str) -> int:
    """Open a folder after giving its owner every right over it.

    A link, or anything else, is an error.
    """
    held = os.open(name, _HOLD, dir_fd=parent)
    try:
        Path(f"/proc/self/fd/{held}").chmod(0o700)
        return os.open(".", _LIST, dir_fd=held)
    finally:
        os.close(held)
