"""The files of a cache: how they are named, sealed, and told from everybody else's.

An entry is `<first two digits>/<key>.blob` and begins with a digest of its key and content, so that
what is torn, damaged or foreign is never taken for an entry. A stray is the temporary of a writer
(named by `lrquiz.resources.files.write_bytes`), at work or dead.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from lrquiz.errors import CacheError
from lrquiz.resources import journal

_MAGIC = b"lrquiz blob 1\n"
_HEAD_SIZE = len(_MAGIC) + hashlib.sha256().digest_size
_KEY = re.compile(r"[0-9a-f]{8,128}")
_SHARD = re.compile(r"[0-9a-f]{2}")
# .json.gz is how evidence was kept before there was this cache
_ENTRY = re.compile(rf"({_KEY.pattern})\.(?:blob|json\.gz)")
_STRAY = re.compile(rf"\.({_KEY.pattern})\.(?:blob|json\.gz)\.[a-z0-9_]{{8}}")


@dataclass(frozen=True, slots=True)
class CacheFile:
    """One file that a cache wrote."""

    path: str
    size: int
    """bytes"""
    used: float
    """when it was last used, in seconds since the epoch"""
    is_stray: bool


def path_of(folder: Path, key: str) -> Path:
    """Return the file that holds the entry `key`.

    Raises:
        ValueError: `key` is no hex digest.
    """
    if not _KEY.fullmatch(key):
        message = f"not a hex digest: {key!r}"
        raise ValueError(message)
    return folder / key[:2] / f"{key}.blob"


def sealed(key: str, content: bytes) -> bytes:
    """Return the bytes of the file that holds `content` under `key`."""
    return _head(key, content) + content


def unsealed(key: str, found: bytes) -> bytes | None:
    """Undo `sealed`; None when `found` is not the entry `key`, whole and unchanged."""
    content = found[_HEAD_SIZE:]
    return content if found[:_HEAD_SIZE] == _head(key, content) else None


def files_in(folder: Path) -> list[CacheFile]:
    """Return the files that a cache wrote into `folder`; links and foreign files are left out.

    Raises:
        OSError: the folder cannot be read.
    """
    return [file for shard in shards_in(folder) for file in _files_of(shard)]


def shards_in(folder: Path) -> list[os.DirEntry[str]]:
    """Return the folders that entries lie in, one for each pair of first digits.

    Raises:
        OSError: the folder cannot be read.
    """
    return [
        each
        for each in _listed(str(folder))
        if _SHARD.fullmatch(each.name) and each.is_dir(follow_symlinks=False)
    ]


def holds_a_cache(folder: Path) -> bool:
    """Say whether there is a cache in `folder`; False where there is nothing at all.

    Raises:
        CacheError: there is something else.
        OSError: it cannot be read.
    """
    if journal.is_in(folder) or (not folder.is_symlink() and files_in(folder)):
        return True
    if not folder.is_symlink() and (not folder.exists() or not any(folder.iterdir())):
        return False
    what = "is a link to a folder" if folder.is_symlink() else "is a folder"
    message = (
        f"nothing was removed: {folder} {what} in which lrquiz keeps nothing\n"
        "  set LRQUIZ_CACHE to the folder of the cache"
    )
    raise CacheError(message)


@contextmanager
def readable(folder: Path) -> Iterator[None]:
    """Turn an `OSError` on reading `folder` into a `CacheError`."""
    try:
        yield
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        message = f"{folder} cannot be read: {reason}\n  set LRQUIZ_CACHE to the cache's folder"
        raise CacheError(message) from error


def _files_of(shard: os.DirEntry[str]) -> Iterator[CacheFile]:
    for each in _listed(shard.path):
        entry, stray = _ENTRY.fullmatch(each.name), _STRAY.fullmatch(each.name)
        match = entry or stray
        if match is None or not match[1].startswith(shard.name):
            continue
        with suppress(FileNotFoundError):  # removed or renamed since
            found = each.stat(follow_symlinks=False)
            if stat.S_ISREG(found.st_mode):
                yield CacheFile(each.path, found.st_size, found.st_mtime, entry is None)


def _listed(folder: str) -> list[os.DirEntry[str]]:
    """Return what is in `folder`; nothing when it does not exist (any more)."""
    try:
        with os.scandir(folder) as found:
            return list(found)
    except FileNotFoundError:
        return []


def _head(key: str, content: bytes) -> bytes:
    digest = hashlib.sha256(f"{key}\n".encode())
    digest.update(content)
    return _MAGIC + digest.digest()
