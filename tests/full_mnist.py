"""A root of MNIST as large as the full one: the shipped digits moved a little, then noise."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from lrquiz.resources.locate import shipped_bank

RAW = Path("MNIST", "raw")
SIZES = {"train": 60_000, "t10k": 10_000}
"""rows of the training and of the test file of MNIST"""

_SIDE, _MOVED = 28, 2  # pixels


def write_full_mnist(root: Path) -> Path:
    """Write four files of 60,000 and 10,000 rows; only their first 800 and 200 show digits.

    Moving pixels about changes nothing that a dense layer could learn, so what holds for the
    shipped digits holds for these; but every number differs, and so does every file.
    """
    (root / RAW).mkdir(parents=True)
    noise = np.random.default_rng(0)
    for name, total in SIZES.items():
        images, labels = _shipped(name)
        more = total - len(labels)
        grey = noise.integers(0, 256, (more, _SIDE, _SIDE), dtype=np.uint8)
        digits = noise.integers(0, 10, more, dtype=np.uint8)
        moved = np.roll(images, _MOVED, axis=2)
        _write(root / RAW / f"{name}-images-idx3-ubyte", np.concatenate([moved, grey]))
        _write(root / RAW / f"{name}-labels-idx1-ubyte", np.concatenate([labels, digits]))
    return root


def _shipped(name: str) -> tuple[np.ndarray, np.ndarray]:
    folder = shipped_bank() / "digits" / RAW
    images = (folder / f"{name}-images-idx3-ubyte").read_bytes()[16:]
    labels = (folder / f"{name}-labels-idx1-ubyte").read_bytes()[8:]
    rows = np.frombuffer(images, np.uint8).reshape(-1, _SIDE, _SIDE)
    return rows, np.frombuffer(labels, np.uint8)


def _write(path: Path, rows: np.ndarray) -> None:
    head = bytes([0, 0, 8, rows.ndim]) + b"".join(size.to_bytes(4, "big") for size in rows.shape)
    path.write_bytes(head + rows.tobytes())
