"""How much faster the batched engine trains a trial than the reference loop does.

The 10-10-2 classifier (800 rows, 10 epochs, batches of 32), one thread. Each line is one number of
trials trained together. The last column is the share of this machine's own `baddbmm` throughput
that the engine reaches: the same matrix products at the same shapes, done alone, take that share of
its time.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from functools import partial
from statistics import median

import torch
from torch import Tensor

from lrquiz.experiments.batched import train_batched
from lrquiz.experiments.recipes import softmax_classifier
from lrquiz.experiments.recipes.plain_loop import train_plain

EPOCHS, ROWS, BATCH, LAYERS = 10, 800, 32, ((10, 10), (10, 2))
SIZES = (1, 16, 64, 256, 1024)
ROUNDS = 5
ARM = softmax_classifier.Arm()


def seconds(work: Callable[[], object]) -> float:
    """Return processor seconds, which other programs on a shared machine lengthen less."""
    start = time.process_time()
    work()
    return time.process_time() - start


def alone() -> None:
    for seed in range(3):
        train_plain(softmax_classifier, ARM, seed, EPOCHS)


def together(trials: int) -> None:
    train_batched(softmax_classifier, [(ARM, seed) for seed in range(trials)], EPOCHS)


def products(trials: int) -> None:
    """Do the matrix products of one stack's training and nothing else."""
    stacks = [min(trials - first, 256) for first in range(0, trials, 256)]
    for size in stacks:
        work = list(_products_of_a_step(size))
        for _ in range(EPOCHS * ROWS // BATCH):
            for product in work:
                product()


def _products_of_a_step(trials: int) -> Iterator[Callable[[], Tensor]]:
    for place, (wide, narrow) in enumerate(LAYERS):
        rows, weight = torch.randn(trials, BATCH, wide), torch.randn(trials, narrow, wide)
        bias, change = torch.randn(trials, 1, narrow), torch.randn(trials, BATCH, narrow)
        nothing = torch.zeros(trials, 1, 1)
        yield partial(torch.baddbmm, bias, rows, weight.transpose(1, 2))
        yield partial(torch.baddbmm, nothing, change.transpose(1, 2), rows)
        if place:  # nobody asks for the gradient of the data
            yield partial(torch.baddbmm, nothing, change, weight)


def main() -> None:
    torch.set_num_threads(1)
    alone()
    together(2)
    print("trials  ms per trial  times faster than the loop  share of baddbmm's throughput")
    for trials in SIZES:
        rounds = []
        for _ in range(ROUNDS if trials < 1024 else 3):
            loop, stack = seconds(alone) / 3, seconds(partial(together, trials)) / trials
            matrices = seconds(partial(products, trials)) / trials
            rounds.append((loop / stack, stack, matrices / stack))
        faster, stack, share = (median(column) for column in zip(*rounds, strict=True))
        print(f"{trials:6}  {1000 * stack:12.2f}  {faster:26.1f}  {share:29.2f}")


if __name__ == "__main__":
    main()
