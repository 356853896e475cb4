"""What recording costs: a 784-32-10 loop, batch 32, with and without it, turn by turn."""

from __future__ import annotations

import time
from contextlib import nullcontext

import torch
from torch import nn

from lrquiz.recorder.builder import TraceBuilder
from lrquiz.recorder.watch import recording

ROUNDS, STEPS, BATCH = 40, 200, 32


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


def main() -> None:
    torch.set_num_threads(1)
    train(20)
    bare: list[float] = []
    recorded: list[float] = []
    for _ in range(ROUNDS):
        for times, context in (
            (bare, nullcontext()),
            (recorded, recording(TraceBuilder(0), __file__)),
        ):
            with context:
                times.append(train(STEPS))
    one, other = min(bare), min(recorded)
    print(f"bare loop:     {1e6 * one / STEPS:7.0f} us per step, best of {ROUNDS}")
    print(f"recorded loop: {1e6 * other / STEPS:7.0f} us per step, best of {ROUNDS}")
    print(f"recording: {other / one:.2f} times as long (the aim: 1.25 at most)")


if __name__ == "__main__":
    main()
