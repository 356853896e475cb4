"""How much faster the batched engine trains a trial than the recipe's plain loop does.

The classifier of the bank (10-16-1, 800 rows, 10 epochs, batches of 32), one thread. Each line is
one number of trials trained together; the plain loop is timed before and after each.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial

import torch

from lrquiz.experiments.batched import train_batched
from lrquiz.experiments.recipes import mlp_classifier

EPOCHS = 10
SIZES = (1, 16, 64, 256, 1024)
PLAIN_TRIALS = 5


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def plain() -> None:
    for seed in range(PLAIN_TRIALS):
        mlp_classifier.run(mlp_classifier.Arm(), seed, EPOCHS)


def batched(trials: int) -> None:
    arms = [mlp_classifier.Arm(lr=0.1)] * trials
    train_batched(mlp_classifier, arms, range(trials), EPOCHS)


def main() -> None:
    torch.set_num_threads(1)
    plain()
    batched(2)
    print("trials  ms per trial  times faster than the plain loop")
    for trials in SIZES:
        before = seconds(plain)
        together = seconds(partial(batched, trials)) / trials
        alone = (before + seconds(plain)) / 2 / PLAIN_TRIALS
        print(f"{trials:6}  {1000 * together:12.2f}  {alone / together:6.1f}")


if __name__ == "__main__":
    main()
