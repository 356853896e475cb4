"""A submission in a warm box, against the same in a fresh Python process without any box.

One call of a right submission on one hidden case (two epochs of 25 batches), one at a time. The
fresh process is what a grader without a warm interpreter would start for every submission.
"""

from __future__ import annotations

import statistics
import time
from contextlib import AbstractContextManager

from lrquiz.bank.tasks import load_task
from lrquiz.grade.box import HARNESS, Box
from lrquiz.grade.hidden import CaseSeeds, draw_case, request_for
from lrquiz.model.run import Ending, Limits
from lrquiz.resources.locate import shipped_bank
from lrquiz.sandbox import Sandbox
from lrquiz.sandbox.ordinary import OrdinaryProcess

WARM_RUNS, FRESH_RUNS = 60, 5


def request() -> bytes:
    task = load_task(shipped_bank() / "tasks" / "train-with-schedule")
    source = (shipped_bank() / "demo" / "class" / "ada.py").read_text(encoding="utf-8")
    return request_for(task, draw_case(task, task.cases[0], CaseSeeds(1, 2, 3)), source)


def seconds_per_run(opened: AbstractContextManager[Box], runs: int, asked: bytes) -> list[float]:
    with opened as box:
        taken = []
        for _ in range(runs):
            start = time.perf_counter()
            run = box.run(asked, Limits())
            taken.append(time.perf_counter() - start)
            if run.ending is not Ending.OK:
                raise SystemExit(f"the run ended with {run.ending}: {run.detail}")
    return taken


def main() -> None:
    asked = request()
    warm = seconds_per_run(Sandbox(HARNESS), WARM_RUNS, asked)
    fresh = seconds_per_run(OrdinaryProcess(HARNESS), FRESH_RUNS, asked)
    ours, theirs = statistics.median(warm), statistics.median(fresh)
    print(f"warm box: median {1000 * ours:.0f} ms, slowest {1000 * max(warm):.0f} ms")
    print(f"fresh process: median {1000 * theirs:.0f} ms")
    print(f"ratio {theirs / ours:.1f}")


if __name__ == "__main__":
    main()
