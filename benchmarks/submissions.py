"""Submissions per second: warm boxes, against `python submission.py` as a plain subprocess.

Both run the same right submission on the same small training (one hidden case: two epochs of 25
batches), as many at a time as there are processors, with the same limits of time, CPU and output.
The subprocess has no box around it, so the comparison favours it.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from lrquiz.bank.tasks import load_task
from lrquiz.grade.code.box import HARNESS
from lrquiz.grade.code.hidden import CaseSeeds, draw_case, request_for
from lrquiz.model.run import Ending, Limits
from lrquiz.resources.locate import shipped_bank
from lrquiz.sandbox import Sandbox

WARM_RUNS, FRESH_RUNS, LIMITS = 120, 8, Limits()
PLAIN = """
import torch
torch.set_num_threads(1)
torch.manual_seed(0)
model = torch.nn.Sequential(torch.nn.Linear(10, 10), torch.nn.ReLU(), torch.nn.Linear(10, 2))
inputs, targets = torch.randn(800, 10), torch.randint(2, (800,))
batches = list(zip(inputs.split(32), targets.split(32)))
train(model, batches, epochs=2, lr=0.1, step_size=2, gamma=1.0)
print(sum(float(weight.sum()) for weight in model.parameters()))
"""


def submission() -> str:
    return (shipped_bank() / "demo" / "class" / "ada.py").read_text(encoding="utf-8")


def limit() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (LIMITS.cpu_seconds, LIMITS.cpu_seconds))


def per_second(run: Callable[[int], float], runs: int) -> tuple[float, float]:
    """Return runs per second, and the median seconds of one."""
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        start = time.perf_counter()
        taken = list(pool.map(run, range(runs)))
        return runs / (time.perf_counter() - start), statistics.median(taken)


def main() -> None:
    task = load_task(shipped_bank() / "tasks" / "train-with-schedule")
    request = request_for(task, draw_case(task, task.cases[0], CaseSeeds(1, 2, 3)), submission())
    with tempfile.TemporaryDirectory() as folder, Sandbox(HARNESS) as box:
        script = Path(folder, "submission.py")
        script.write_text(submission() + PLAIN, encoding="utf-8")

        def warm(_: int) -> float:
            start = time.perf_counter()
            run = box.run(request, LIMITS)
            if run.ending is not Ending.OK:
                raise SystemExit(f"the run ended with {run.ending}: {run.detail}")
            return time.perf_counter() - start

        def fresh(_: int) -> float:
            start = time.perf_counter()
            command = [sys.executable, str(script)]
            subprocess.run(
                command,
                check=True,
                capture_output=True,
                timeout=60,
                preexec_fn=limit,
            )
            return time.perf_counter() - start

        warm(0)
        ours, one = per_second(warm, WARM_RUNS)
        theirs, other = per_second(fresh, FRESH_RUNS)
    print(f"warm boxes: {ours:.1f} per second, median {1000 * one:.0f} ms")
    print(f"python submission.py: {theirs:.2f} per second, median {1000 * other:.0f} ms")
    print(f"ratio {ours / theirs:.1f}")


if __name__ == "__main__":
    main()
