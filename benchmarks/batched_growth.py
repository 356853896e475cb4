"""How time and memory grow with the number of trials, from 1 to 4,096.

The 10-10-2 classifier (800 rows, 10 epochs, batches of 32), one thread, a fresh process for each
number. Memory is the most that the process ever held beyond what it held before training.
"""

from __future__ import annotations

import multiprocessing
import resource
import time

import torch

from lrquiz.experiments.batched import train_batched
from lrquiz.experiments.recipes import softmax_classifier

EPOCHS = 10
SIZES = (1, 4, 16, 64, 256, 1024, 4096)
ARM = softmax_classifier.Arm()


def grown(trials: int) -> tuple[float, float]:
    """Return seconds, and MiB beyond a process that has trained a little."""
    torch.set_num_threads(1)
    train_batched(softmax_classifier, [(ARM, seed) for seed in range(2)], 1)
    before, start = _peak(), time.perf_counter()
    train_batched(softmax_classifier, [(ARM, seed) for seed in range(trials)], EPOCHS)
    return time.perf_counter() - start, (_peak() - before) / 1024


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def main() -> None:
    print("trials  seconds  ms per trial  MiB beyond the start")
    context = multiprocessing.get_context("spawn")
    for trials in SIZES:
        with context.Pool(1) as pool:
            seconds, memory = pool.apply(grown, (trials,))
        print(f"{trials:6}  {seconds:7.2f}  {1000 * seconds / trials:12.2f}  {memory:20.0f}")


if __name__ == "__main__":
    main()
