"""The files of data that recipes train on: where they lie, and the digests of their contents."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterable
from pathlib import Path

from lrquiz.errors import DataError
from lrquiz.resources.idx import check_pair
from lrquiz.resources.locate import DATA_ROOT, digits_root
from lrquiz.resources.stamps import Stamp, stamp, unreadable

__all__ = ["Stamp", "digests", "digit_files", "stamp"]

_RAW = Path("MNIST", "raw")
_DIGITS = (
    "train-images-idx3-ubyte",
    "train-labels-idx1-ubyte",
    "t10k-images-idx3-ubyte",
    "t10k-labels-idx1-ubyte",
)
_PROCESSED = Path("MNIST", "processed")


def digit_files() -> tuple[Path, ...]:
    """Return the four files that `torchvision.datasets.MNIST(digits_root())` reads.

    Their heads, lengths and numbers of rows fit each other.

    Raises:
        DataError: one of them is not there, damaged, or of another kind, or torchvision would read
            others in their place.
    """
    root = digits_root()
    files = tuple(root / _RAW / name for name in _DIGITS)
    missing = next((path for path in files if not _is_file(path)), None)
    if missing is not None:
        raise _missing(root, missing)
    if (root / _PROCESSED).exists():
        message = (
            f"{root}: torchvision reads {_PROCESSED}, made by an old release, in place of {_RAW}; "
            "remove or rename it"
        )
        raise DataError(message)
    check_pair(*files[:2])
    check_pair(*files[2:])
    return files


def digests(files: Iterable[Path]) -> dict[str, str]:
    """Return the digest of every file's content by its name, wherever it lies.

    Raises:
        DataError: a file cannot be read.
    """
    return {path.name: _digest(stamp(path)) for path in files}


@functools.lru_cache(maxsize=64)
def _digest(stamped: Stamp) -> str:
    try:
        with stamped[0].open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise unreadable(stamped[0], error) from error


def _is_file(path: Path) -> bool:
    """Return whether a file is there; what must not even be looked at is told as such."""
    try:
        return path.is_file()
    except OSError as error:
        raise unreadable(path, error) from error


def _missing(root: Path, missing: Path) -> DataError:
    """Return the error to raise for a root without a file, with the likeliest cause."""
    if _is_file(missing.with_name(f"{missing.name}.gz")):
        return DataError(
            f"{root}: {missing.relative_to(root)} is there as .gz only, which torchvision does not "
            f"read; unpack all four files of {_RAW} (gunzip --keep)"
        )
    what = f"there is no {missing.relative_to(root)} in it" if root.is_dir() else "no such folder"
    return DataError(
        f"{root}: {what}; --data-root or {DATA_ROOT} must name the folder that "
        f"torchvision.datasets.MNIST takes as its root, {_nearby(root)}"
    )


def _nearby(root: Path) -> str:
    """Return which folder may have been meant."""
    for folder in (root.parent, root.parent.parent):
        if (folder / _RAW / _DIGITS[0]).is_file():
            return f"which is {folder}"
    return "with the files unpacked"
