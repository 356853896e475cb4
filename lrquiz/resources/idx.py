"""IDX files, MNIST's own kind: whether they hold what their heads promise, told without torch."""

from __future__ import annotations

import functools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lrquiz.errors import DataError
from lrquiz.resources.stamps import Stamp, stamp, unreadable

SIDE = 28
"""pixels of an image, across and down"""

_BYTES = bytes([0, 0, 8])
"""how every IDX file of unsigned bytes begins; the number of dimensions follows"""


@dataclass(frozen=True, slots=True)
class _Kind:
    """What one file of a pair holds."""

    what: str
    """in words"""
    shape: tuple[int, ...]
    """of each of its rows"""

    @property
    def head(self) -> int:
        """How many bytes stand before the rows."""
        return 4 * (2 + len(self.shape))


_IMAGES, _LABELS = _Kind("images", (SIDE, SIDE)), _Kind("labels", ())


def check_pair(images: Path, labels: Path) -> None:
    """Require one file of 28 x 28 images and one with a label for each, both whole.

    Only heads and lengths are read, and of files that did not change only once.

    Raises:
        DataError: they are not what they should be, or cannot be read.
    """
    shown, named = _rows(stamp(images), _IMAGES), _rows(stamp(labels), _LABELS)
    if shown != named:
        message = (
            f"{labels}: it holds {named} labels, but {images.name} holds {shown} images; take both "
            "from the same MNIST"
        )
        raise DataError(message)


@functools.lru_cache(maxsize=64)
def _rows(stamped: Stamp, kind: _Kind) -> int:
    """Return how many rows a whole file of a kind holds.

    Raises:
        DataError: it is of another kind, shorter or longer than it says, or cannot be read.
    """
    path, size, _ = stamped
    count, *shape = _sizes(path, kind)
    if tuple(shape) != kind.shape:
        raise _foreign(path, kind)
    expected = kind.head + count * math.prod(kind.shape)
    if size != expected:
        message = (
            f"{path}: it is {size} bytes long, but by its head it holds {count} {kind.what} in "
            f"{expected} bytes; it is damaged, so fetch or unpack it again"
        )
        raise DataError(message)
    return count


def _sizes(path: Path, kind: _Kind) -> Sequence[int]:
    """Return the sizes that the head of a file tells: rows, then each dimension of a row."""
    try:
        with path.open("rb") as file:
            head = file.read(kind.head)
    except OSError as error:
        raise unreadable(path, error) from error
    if len(head) < kind.head or head[:4] != _BYTES + bytes([1 + len(kind.shape)]):
        raise _foreign(path, kind)
    return [int.from_bytes(head[at : at + 4], "big") for at in range(4, kind.head, 4)]


def _foreign(path: Path, kind: _Kind) -> DataError:
    what = f"{SIDE} x {SIDE} images" if kind.shape else kind.what
    return DataError(
        f"{path}: this is no IDX file of {what} as MNIST's are; fetch or unpack MNIST again"
    )
