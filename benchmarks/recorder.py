"""What recording costs: a 784-32-10 loop, batch 32, with and without it, turn by turn.

The aim is for one pass over as many rows as MNIST has. A short program is watched closely for a
larger part of its steps, and so costs more for each; that figure stands beside it.
"""

from __future__ import annotations

import time
from contextlib import nullcontext

import torch
from torch import nn

from lrquiz.recorder.builder import TraceBuilder
from lrquiz.recorder.watch import recording

BATCH = 32
PASS, SHORT = 60_000 // BATCH, 200
ROUNDS = {PASS: 10, SHORT: 40}
"""how often each number of steps is timed, with and without"""


def train(steps: int) -> float:
    """Return the seconds that a plain loop takes."""
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(784, 32), nn.ReLU(), nn.Linear(32, 10))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9)
    criterion = nn.CrossEntropyLoss()
    x, y = torch.randn(BATCH, 784), torch.randint(0, 10, (BATCH,))
    start = time.perf_counter()
    for _ in range(steps):
        optimizer.zero_grad()
        loss = criterion(model(x), y)
        loss.backward()
        optimizer.step()
    return time.perf_counter() - start


def compare(steps: int) -> tuple[float, float]:
    """Return the least seconds that a step took in any run, without and with recording."""
    bare: list[float] = []
    recorded: list[float] = []
    for _ in range(ROUNDS[steps]):
        for times, context in (
            (bare, nullcontext()),
            (recorded, recording(TraceBuilder(0), __file__)),
        ):
            with context:
                times.append(train(steps))
    return min(bare) / steps, min(recorded) / steps


def main() -> None:
    torch.set_num_threads(1)
    train(20)
    for steps, aim in ((PASS, " (the aim: 1.25 at most)"), (SHORT, "")):
        bare, recorded = compare(steps)
        print(
            f"{steps:5} steps: {1e6 * bare:4.0f} us per step bare, {1e6 * recorded:4.0f} recorded, "
            f"best of {ROUNDS[steps]}: {recorded / bare:.2f} times as long{aim}"
        )


if __name__ == "__main__":
    main()
