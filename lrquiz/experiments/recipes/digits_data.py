"""1000 real handwritten digits of 28 x 28 pixels, split 800/200, read by torchvision.

The files are MNIST's own kind: those in `question_bank/digits`, or a full MNIST. Of either, the
first 80 training rows and the first 20 test rows of each digit are taken, in the files' order.
"""

from __future__ import annotations

import functools
from pathlib import Path

import torch
from torch import Tensor

from lrquiz.errors import DataError
from lrquiz.experiments.recipes.split import DataStep, Split
from lrquiz.experiments.vision import import_torchvision
from lrquiz.resources.data import Stamp, digit_files, stamp
from lrquiz.resources.locate import digits_root

SIDE, CLASSES = 28, 10
PIXELS = SIDE * SIDE
TRAINING_ROWS, TEST_ROWS = 80, 20  # of each digit
_MIDDLE = PIXELS // 2 + SIDE // 2  # a pixel in the middle: those at the edges are blank


def make_split(seed: int) -> Split:  # noqa: ARG001 - the files say what trains and what is held out
    """Return the digits, grey values from 0 to 1; the same for every seed, and read once."""
    return _read(digits_root(), tuple(map(stamp, digit_files())))


def data_steps(seed: int) -> tuple[DataStep, ...]:
    """Return the digits step by step, the last as `make_split` returns them.

    The step `raw` holds what the files hold, whole numbers from 0 to 255.
    """
    split = make_split(seed)
    raw = [_grey_values(digits_root(), is_training=each) for each in (True, False)]
    scaled = [part.view(-1, 1, SIDE, SIDE) for part in (split.inputs, split.test_inputs)]
    return (
        DataStep("raw", raw[0], raw[1], _MIDDLE),
        DataStep("scaled", scaled[0], scaled[1], _MIDDLE),
        DataStep("flattened", split.inputs, split.test_inputs, _MIDDLE),
    )


@functools.lru_cache(maxsize=1)
def _read(root: Path, stamps: tuple[Stamp, ...]) -> Split:  # noqa: ARG001 - a file that changes is read anew
    try:
        inputs, targets = _rows(root, TRAINING_ROWS, is_training=True)
        test_inputs, test_targets = _rows(root, TEST_ROWS, is_training=False)
    except (OSError, RuntimeError, TypeError, ValueError, AssertionError) as error:
        message = (
            f"{root}: these digits cannot be used ({type(error).__name__}: {error}); MNIST/raw "
            "must hold MNIST's own four files, whole and unpacked"
        )
        raise DataError(message) from error
    return Split(inputs, targets, test_inputs, test_targets)


def _rows(root: Path, count: int, *, is_training: bool) -> tuple[Tensor, Tensor]:
    """Return the first `count` images of each digit, flattened, and which digits they show."""
    import_torchvision()
    from torchvision import datasets, transforms  # type: ignore[import-untyped]  # noqa: PLC0415

    to_row = transforms.Compose([transforms.ToTensor(), torch.flatten])
    digits = datasets.MNIST(root, train=is_training, transform=to_row)
    images, labels = zip(*(digits[place] for place in _first(digits.targets, count)), strict=True)
    return torch.stack(images), torch.tensor(labels)


def _grey_values(root: Path, *, is_training: bool) -> Tensor:
    """Return the images that `_rows` returns as the files hold them, rows x 28 x 28."""
    from torchvision import datasets  # noqa: PLC0415

    digits = datasets.MNIST(root, train=is_training)
    count = TRAINING_ROWS if is_training else TEST_ROWS
    images: Tensor = digits.data[_first(digits.targets, count)]
    return images


def _first(labels: Tensor, count: int) -> list[int]:
    """Return the places of the first `count` rows of each digit, in order.

    Raises:
        ValueError: there are fewer of some digit.
    """
    places = [(labels == digit).nonzero().flatten()[:count] for digit in range(CLASSES)]
    for digit, found in enumerate(places):
        if len(found) < count:
            message = f"there are {len(found)} images of the digit {digit}; {count} are needed"
            raise ValueError(message)
    return torch.cat(places).sort().values.tolist()
