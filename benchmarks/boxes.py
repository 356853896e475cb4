"""What a box costs: an empty one, one that is ended at a limit, one that trains for long.

An empty box runs `result = 1`. Private memory is what a waiting box holds that it does not share,
from its own `smaps_rollup`. The long training is the same code inside and outside, in turns.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from pathlib import Path

from lrquiz.model.run import Ending, Limits, Run
from lrquiz.sandbox import Sandbox

ENTRY, ENTRIES = "box_entry:exec_source", str(Path(__file__).parents[1] / "tests/sandbox/entries")
EMPTY_RUNS, KILLED_RUNS, LONG_SECONDS, LONG_TURNS = 300, 20, 10.0, 3

MEMORY = """
import re
text = open("/proc/self/smaps_rollup").read()
pages = re.findall(r"^Private_(?:Clean|Dirty): +(\\d+) kB", text, re.M)
result = sum(map(int, pages)) / 1024
"""
LONG = """
import time, torch
torch.set_num_threads(1)
torch.manual_seed(0)
model = torch.nn.Sequential(torch.nn.Linear(256, 256), torch.nn.ReLU(), torch.nn.Linear(256, 2))
optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
inputs, targets = torch.randn(256, 256), torch.zeros(256, dtype=torch.long)
start = time.perf_counter()
for _ in range({steps}):
    optimizer.zero_grad()
    torch.nn.functional.cross_entropy(model(inputs), targets).backward()
    optimizer.step()
result = time.perf_counter() - start
"""


def run(box: Sandbox, source: str, limits: Limits) -> Run:
    done = box.run(source.encode(), limits)
    if done.ending is not Ending.OK:
        raise SystemExit(f"the run ended with {done.ending}: {done.detail}")
    return done


def empty(box: Sandbox) -> None:
    taken = []
    for _ in range(EMPTY_RUNS):
        start = time.perf_counter()
        run(box, "result = 1", Limits())
        taken.append(1000 * (time.perf_counter() - start))
    taken.sort()
    p99 = taken[int(0.99 * len(taken))]
    print(f"empty box: median {statistics.median(taken):.0f} ms, p99 {p99:.0f} ms")
    private = box.run(MEMORY.encode(), Limits())  # the tier reduced does not show it
    if private.ending is Ending.OK:
        print(f"private memory of a box: {json.loads(private.reply or b'0'):.0f} MiB")


def killed(box: Sandbox) -> None:
    limits, late = Limits(wall_seconds=0.5), []
    for _ in range(KILLED_RUNS):
        start = time.perf_counter()
        box.run(b"while True: pass", limits)
        late.append(1000 * (time.perf_counter() - start - limits.wall_seconds))
    print(f"dead after its time was up: median {statistics.median(late):.0f} ms, "
          f"latest {max(late):.0f} ms")  # fmt: skip


def outside(source: str) -> float:
    done = subprocess.run(
        [sys.executable, "-c", source + "\nprint(result)"], capture_output=True, check=True
    )
    return float(done.stdout)


def long(box: Sandbox) -> None:
    rate = 500 / outside(LONG.format(steps=500))
    source = LONG.format(steps=int(LONG_SECONDS * rate))
    limits = Limits(wall_seconds=20 * LONG_SECONDS, cpu_seconds=int(20 * LONG_SECONDS))
    ratios = []
    for _ in range(LONG_TURNS):
        inside = json.loads(run(box, source, limits).reply or b"0")
        ratios.append(inside / outside(source))
    print(f"a training of {LONG_SECONDS:.0f} s, inside over outside: "
          + ", ".join(f"{each:.3f}" for each in ratios))  # fmt: skip


def main() -> None:
    for tier in sys.argv[1:] or ["full"]:
        with Sandbox(ENTRY, path=[ENTRIES], tier=tier) as box:
            print(f"tier {tier}")
            run(box, "result = 1", Limits())
            empty(box)
            killed(box)
            long(box)


if __name__ == "__main__":
    main()
