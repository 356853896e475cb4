"""Submissions per second on two Dask workers of this machine, against two boxes without Dask.

The same right submission under as many names, so each has hidden data of its own. Both use two
processors; what Dask costs beside them, its scheduler included, is what the ratio shows. Opening
boxes is told apart: it happens once, whatever the number of submissions.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

from distributed import LocalCluster

from lrquiz.bank.tasks import load_task
from lrquiz.grade.cluster import open_cluster
from lrquiz.grade.code.box import HARNESS
from lrquiz.grade.code.grading import Grader
from lrquiz.grade.intake import Submission
from lrquiz.model.record import Record
from lrquiz.model.task import Task
from lrquiz.resources.locate import shipped_bank
from lrquiz.sandbox import Sandbox

SUBMISSIONS, PROCESSES, SECRET = 60, 2, bytes(range(32))


def handed_in() -> Sequence[Submission]:
    source = (shipped_bank() / "demo" / "class" / "ada.py").read_text(encoding="utf-8")
    return [Submission(f"student-{n}", source, f"{n:016x}") for n in range(SUBMISSIONS)]


def timed(records: Iterator[Record]) -> float:
    """Return the submissions per second at which records come; all must be right."""
    start = time.perf_counter()
    scores = [each.score for each in records]
    if len(scores) != SUBMISSIONS or {*scores} != {10.0}:
        raise SystemExit(f"not every submission got its points: {scores}")
    return SUBMISSIONS / (time.perf_counter() - start)


def here(task: Task) -> tuple[float, float]:
    start = time.perf_counter()
    with Sandbox(HARNESS) as box:
        ready = time.perf_counter() - start
        return ready, timed(Grader(task, SECRET, box).grade_all(handed_in(), PROCESSES))


def on_workers(task: Task) -> tuple[float, float]:
    with LocalCluster(n_workers=PROCESSES, threads_per_worker=1, dashboard_address=None) as cluster:
        start = time.perf_counter()
        with open_cluster(cluster.scheduler_address, task, SECRET) as workers:
            ready = time.perf_counter() - start
            return ready, timed(workers.grade_all(handed_in()))


def main() -> None:
    task = load_task(shipped_bank() / "tasks" / "train-with-schedule")
    (first, alone), (boxes, shared) = here(task), on_workers(task)
    print(f"two boxes, no Dask:   {alone:6.2f} per second, ready after {first:.1f} s")
    print(f"two workers of Dask:  {shared:6.2f} per second, ready after {boxes:.1f} s")
    print(f"ratio: {shared / alone:.2f}")


if __name__ == "__main__":
    main()
