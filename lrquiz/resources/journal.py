"""The journal of a cache: a lock, and how much was written since the folder was last swept.

The journal is one file. A head line says down to which limit the folder was last swept; every
write that follows is noted, before it happens, by one byte per KiB appended to the file. Appending
is atomic and outlives its writer, so the size of the file bounds what all processes together,
killed ones included, can have written since. A file without a sound head vouches for nothing.

Writers hold the file's lock shared, a sweeper holds it alone: whoever holds it alone knows that no
writer is at work, and that a temporary file was left by one that died. The kernel gives the lock
back when its holder ends in any way. Where a lock cannot be had in time (a file system or a system
without locks, a holder that was suspended) work goes on without: the bound may then be overstepped
by what is being written at that moment.
"""

from __future__ import annotations

import errno
import importlib.util
import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_LOCKS = importlib.util.find_spec("fcntl") is not None
"""not on Windows"""
if _LOCKS:
    import fcntl

NAME = ".lrquiz-cache"
"""name of the journal in its cache's folder"""

_HEAD = "lrquiz cache 1, swept to {limit:020d} bytes\n"
_HEAD_READ = re.compile(rb"lrquiz cache 1, swept to (\d{20}) bytes\n")
_HEAD_SIZE = len(_HEAD.format(limit=0))
_UNIT = 1024  # bytes of content that one byte of the journal stands for
_PAUSE = 0.002  # seconds between two tries
_CLOSED_ON_EXEC_AND_NO_LINK = getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0)
_HELD_BY_ANOTHER = (errno.EAGAIN, errno.EACCES)


@dataclass(frozen=True, slots=True)
class Journal:
    """An open journal; see `opened`."""

    descriptor: int
    locked: bool
    """whether the lock is held as it was asked for"""

    def note(self, size: int, limit: int, slack: int) -> bool:
        """Note that `size` bytes will be written, and say whether there is room for them.

        False when the folder was never swept to `limit`, or more than `slack` bytes may have been
        written since; then the note stays, and only `restart` makes room again.
        """
        os.write(self.descriptor, b"." * (size // _UNIT + 1))
        noted = os.lseek(self.descriptor, 0, os.SEEK_CUR) - _HEAD_SIZE  # the end of this very note
        head = _HEAD_READ.match(os.pread(self.descriptor, _HEAD_SIZE, 0))
        return head is not None and int(head[1]) <= limit and noted * _UNIT <= slack

    def restart(self, limit: int) -> None:
        """Note that the folder has been swept to `limit` bytes and nothing was written since."""
        os.truncate(self.descriptor, 0)
        os.write(self.descriptor, _HEAD.format(limit=limit).encode())


def is_in(folder: Path) -> bool:
    """Say whether `folder` holds a journal: then a cache was written there."""
    path = folder / NAME
    return path.is_file() and not path.is_symlink()


@contextmanager
def opened(folder: Path, *, alone: bool, patience: float) -> Iterator[Journal]:
    """Open the journal of the cache in `folder`, made if need be, with its lock shared or alone.

    Waits at most `patience` seconds for the lock.

    Raises:
        OSError: it cannot be created or opened.
    """
    flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | _CLOSED_ON_EXEC_AND_NO_LINK
    descriptor = os.open(folder / NAME, flags, 0o644)
    try:
        yield Journal(descriptor, _locked(descriptor, alone=alone, patience=patience))
    finally:
        os.close(descriptor)


def _locked(descriptor: int, *, alone: bool, patience: float) -> bool:
    """Take the lock; False when it cannot be had in time."""
    if not _LOCKS:
        return False
    kind = fcntl.LOCK_EX if alone else fcntl.LOCK_SH
    end = time.monotonic() + patience
    while time.monotonic() < end:
        try:
            fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno not in _HELD_BY_ANOTHER:
                return False
            time.sleep(_PAUSE)
        else:
            return True
    return False
