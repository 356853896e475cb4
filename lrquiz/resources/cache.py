"""A bounded folder of blobs under hex keys, for many readers and writers at once.

Entries are replaced in one step, so a reader sees the old one, the new one, or none; readers take
no lock and need no right to write.

The bound: a *sweep* removes the entries that were used least recently (the time of a file is the
time of its last use) until four fifths of the limit are left. Writers note in a journal
(`lrquiz.resources.journal`) what they are about to write; when the notes of all processes since the
last sweep come to 15 % of the limit, the folder is swept before anything more is written. So the
files stay under the limit at every moment, also when writers are killed at any point, and the
folder is looked through only once per 15 % of the limit written.
"""

from __future__ import annotations

import os
import time
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from pathlib import Path

from lrquiz.errors import OutputError
from lrquiz.resources import journal
from lrquiz.resources.cache_files import (
    CacheFile,
    files_in,
    holds_a_cache,
    path_of,
    readable,
    sealed,
    shards_in,
    unsealed,
)
from lrquiz.resources.files import explained, write_bytes

DEFAULT_LIMIT = 1 << 30
"""bytes"""

_SURELY_DEAD = 3600.0  # seconds after which no writer can still be at work on its temporary
_REMEDY = "set LRQUIZ_CACHE to a folder that you can write to, with room left"


@dataclass(frozen=True, slots=True)
class CacheInfo:
    """What a cache holds; `bytes` counts its entries and what dead writers left."""

    folder: Path
    entries: int
    bytes: int
    limit: int


@dataclass(frozen=True, slots=True)
class ContentCache:
    """A folder of blobs addressed by hex digests of 8 to 128 digits, `limit` bytes at most."""

    folder: Path
    limit: int = DEFAULT_LIMIT
    patience: float = 5.0
    """seconds to wait for other writers before going on without the journal's lock"""

    def get(self, key: str) -> bytes | None:
        """Return what is kept under `key` and mark it as used; None when there is no sound entry.

        Raises:
            ValueError: `key` is no hex digest.
        """
        try:
            with path_of(self.folder, key).open("rb") as entry:
                found = entry.read()
                with suppress(OSError):  # a folder that may only be read is still read
                    os.utime(entry.fileno())
        except OSError:
            return None
        return unsealed(key, found)

    def put(self, key: str, content: bytes) -> None:
        """Keep `content` under `key`, unless it alone is larger than four fifths of the limit.

        Raises:
            OutputError: the folder cannot be written.
            ValueError: `key` is no hex digest.
        """
        path, entry = path_of(self.folder, key), sealed(key, content)
        if len(entry) > self._swept_to:
            return
        with explained(self.folder, _REMEDY):
            self.folder.mkdir(parents=True, exist_ok=True)
            with self._journal(alone=False) as notes:
                if self._has_room(notes, len(entry)):
                    _write(path, entry)
                    return
            with self._journal(alone=True) as notes:
                if not self._has_room(notes, len(entry)):  # another may have swept meanwhile
                    self._sweep(notes, self._swept_to - len(entry))
                _write(path, entry)

    def info(self) -> CacheInfo:
        """Return how many entries there are and how large they are.

        Raises:
            CacheError: the folder cannot be read.
        """
        with readable(self.folder):
            files = files_in(self.folder)
        return CacheInfo(self.folder, *_totals(files), self.limit)

    def clear(self) -> tuple[int, int]:
        """Remove every entry, and what dead writers left; return the number of entries and bytes.

        Files that no cache wrote stay where they are.

        Raises:
            CacheError: the folder cannot be read, or holds files but nothing that a cache wrote.
            OutputError: it cannot be written.
        """
        with readable(self.folder):
            if not holds_a_cache(self.folder):
                return 0, 0
        with explained(self.folder, _REMEDY), self._journal(alone=True) as notes:
            removed = self._sweep(notes, -1)
            if notes.locked:  # otherwise a writer may be about to use a folder that it made
                for shard in shards_in(self.folder):
                    with suppress(OSError):  # it holds files of somebody else
                        Path(shard.path).rmdir()
        return _totals(removed)

    @property
    def _swept_to(self) -> int:
        return self.limit * 4 // 5

    def _journal(self, *, alone: bool) -> AbstractContextManager[journal.Journal]:
        return journal.opened(self.folder, alone=alone, patience=self.patience)

    def _has_room(self, notes: journal.Journal, size: int) -> bool:
        return notes.note(size, self.limit, slack=self.limit * 15 // 100)

    def _sweep(self, notes: journal.Journal, target: int) -> list[CacheFile]:
        """Remove strays, then the least recently used, until `target` bytes are left.

        What may be the temporary of a writer at work stays, and counts.
        """
        files, removed = files_in(self.folder), []
        left = sum(each.size for each in files)
        surely_dead = time.time() - _SURELY_DEAD
        for each in sorted(files, key=lambda file: (not file.is_stray, file.used, file.path)):
            is_dead = each.is_stray and (notes.locked or each.used < surely_dead)
            is_too_much = not each.is_stray and left > target
            if (is_dead or is_too_much) and _is_removed(each):
                left -= each.size
                removed.append(each)
        notes.restart(self.limit)
        return removed


def _totals(files: list[CacheFile]) -> tuple[int, int]:
    """Return the number of entries among `files`, and the bytes of all."""
    return sum(not each.is_stray for each in files), sum(each.size for each in files)


def _is_removed(file: CacheFile) -> bool:
    with suppress(OSError):
        Path(file.path).unlink(missing_ok=True)
        return True
    return False


def _write(path: Path, entry: bytes) -> None:
    """Write one entry.

    Raises:
        OSError: it cannot be written; an `OutputError` would advise on --out.
    """
    path.parent.mkdir(exist_ok=True)
    try:
        write_bytes(path, entry)
    except OutputError as error:
        raise error.__cause__ or error from None
