"""The files of data that recipes train on: where they lie, and the digests of their contents."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterable
from pathlib import Path

from lrquiz.errors import DataError
from lrquiz.resources.locate import DATA_ROOT, digits_root

_RAW = Path("MNIST", "raw")
_DIGITS = (
    "train-images-idx3-ubyte",
    "train-labels-idx1-ubyte",
    "t10k-images-idx3-ubyte",
    "t10k-labels-idx1-ubyte",
)
_PROCESSED = Path("MNIST", "processed")

Stamp = tuple[Path, int, int]
"""a file with its size in bytes and the time of its last change in nanoseconds"""


def digit_files() -> tuple[Path, ...]:
    """Return the four files that `torchvision.datasets.MNIST(digits_root())` reads.

    Raises:
        DataError: one of them is not there, or torchvision would read others in their place.
    """
    root = digits_root()
    files = tuple(root / _RAW / name for name in _DIGITS)
    missing = next((path for path in files if not path.is_file()), None)
    if missing is not None:
        message = (
            f"{root}: there is no {missing.relative_to(root)} in it; {DATA_ROOT} must name the "
            "folder that torchvision.datasets.MNIST takes as its root, with the files unpacked"
        )
        raise DataError(message)
    if (root / _PROCESSED).exists():
        message = (
            f"{root}: torchvision reads {_PROCESSED}, made by an old release, in place of {_RAW}; "
            "remove or rename it"
        )
        raise DataError(message)
    return files


def digests(files: Iterable[Path]) -> dict[str, str]:
    """Return the digest of every file's content by its name, wherever it lies.

    Raises:
        DataError: a file cannot be read.
    """
    return {path.name: _digest(stamp(path)) for path in files}


def stamp(path: Path) -> Stamp:
    """Return what tells that a file is still the one it was, without reading it.

    Raises:
        DataError: there is no such file.
    """
    try:
        found = path.stat()
    except OSError as error:
        raise _unreadable(path, error) from error
    return path, found.st_size, found.st_mtime_ns


@functools.lru_cache(maxsize=64)
def _digest(stamped: Stamp) -> str:
    try:
        with stamped[0].open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise _unreadable(stamped[0], error) from error


def _unreadable(path: Path, error: OSError) -> DataError:
    return DataError(f"{path}: cannot be read: {(error.strerror or str(error)).lower()}")
