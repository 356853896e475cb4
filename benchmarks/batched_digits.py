"""How much faster the batched engine trains a 784-32-10 network on 800 images than the loop does.

Images are noise here: what they show changes no time. One thread, 10 epochs, batches of 32.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cache, partial
from statistics import median
from types import SimpleNamespace

import torch
from torch import nn

from lrquiz.experiments.batched import train_batched
from lrquiz.experiments.recipes.plain_loop import train_plain
from lrquiz.experiments.recipes.softmax_classifier import are_correct, row_losses
from lrquiz.experiments.recipes.split import Split
from lrquiz.experiments.recipes.training import Training

EPOCHS, PIXELS, CLASSES = 10, 784, 10
SIZES = (4, 16, 64)
ROUNDS = 3
ARM = Training(lr=0.1)


@cache
def make_split(seed: int) -> Split:
    generator = torch.Generator().manual_seed(seed)
    images = torch.rand(1000, PIXELS, generator=generator)
    digits = torch.randint(CLASSES, (1000,), generator=generator)
    return Split(images[:800], digits[:800], images[800:], digits[800:])


def make_model(_arm: Training) -> nn.Sequential:
    return nn.Sequential(nn.Linear(PIXELS, 32), nn.ReLU(), nn.Linear(32, CLASSES))


RECIPE = SimpleNamespace(
    make_split=make_split, make_model=make_model, row_losses=row_losses, are_correct=are_correct
)


def seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def alone() -> None:
    for seed in range(3):
        train_plain(RECIPE, ARM, seed, EPOCHS)


def together(trials: int) -> None:
    train_batched(RECIPE, [(ARM, seed) for seed in range(trials)], EPOCHS)


def main() -> None:
    torch.set_num_threads(1)
    alone()
    together(max(SIZES))
    print("trials  ms per trial  times faster than the loop")
    for trials in SIZES:
        rounds = []
        for _ in range(ROUNDS):
            loop, stack = seconds(alone) / 3, seconds(partial(together, trials)) / trials
            rounds.append((loop / stack, stack))
        faster, stack = (median(column) for column in zip(*rounds, strict=True))
        print(f"{trials:6}  {1000 * stack:12.2f}  {faster:26.1f}")


if __name__ == "__main__":
    main()
