"""Grading on a cluster: the same gradebook as here, whatever becomes of its workers."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest
from distributed import Client

from lrquiz.errors import ClusterError
from lrquiz.grade.cluster import open_cluster
from lrquiz.grade.intake import Submission, collect
from lrquiz.model.run import Ending
from lrquiz.model.task import Task
from tests.conftest import Command
from tests.grade.cluster.dask_processes import Machines

TASK = "train-with-schedule"
PRELOAD = "import lrquiz\nlrquiz.__version__ = '0.0'\n"


@pytest.fixture
def machines(environment: dict[str, str], tmp_path: Path) -> Iterator[Machines]:
    folder = tmp_path / "machines"
    folder.mkdir()
    # The first death of a worker is enough to suspect what ran there; Dask's own default is four.
    told = {**environment, "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0"}
    with Machines(folder, told) as started:
        yield started


@pytest.fixture
def handed_in(repository: Path, tmp_path: Path) -> Path:
    """Five submissions: right ones, wrong ones, one that fails, one that is no Python."""
    folder = tmp_path / "submissions"
    folder.mkdir()
    corpus = repository / "tests" / "submissions"
    for kind, names in {
        "right": ("plain", "by_hand"),
        "wrong": ("no_step", "type_error"),
    }.items():
        for name in names:
            (folder / f"{name}.py").write_bytes((corpus / kind / f"{name}.py").read_bytes())
    (folder / "empty.txt").write_text("no code", encoding="utf-8")
    return folder


def content(out: Path) -> list[tuple[Any, ...]]:
    """Return all that a gradebook holds of results, apart from times and memory."""
    with closing(sqlite3.connect(out / "staff" / "gradebook.sqlite")) as book:
        rows = book.execute(
            "SELECT student, submission, task, task_version, secret, versions, tier, ending, "
            "detail, score, points, json FROM result JOIN record ON id = result ORDER BY student"
        ).fetchall()
    return [(*row[:-1], _timeless(row[-1])) for row in rows]


def _timeless(record: str) -> dict[str, Any]:
    values: dict[str, Any] = json.loads(record)
    return {name: each for name, each in values.items() if name not in {"seconds", "memory_mib"}}


def _results(out: Path) -> int:
    with (
        suppress(sqlite3.OperationalError),
        closing(
            sqlite3.connect(f"file:{out / 'staff' / 'gradebook.sqlite'}?mode=ro", uri=True)
        ) as book,
    ):
        return int(book.execute("SELECT count(*) FROM result").fetchone()[0])
    return 0


@pytest.mark.longest
@pytest.mark.usefixtures("box")  # skips where there is none
def test_a_lost_machine_changes_nothing(
    machines: Machines,
    handed_in: Path,
    lrquiz: Command,
    environment: dict[str, str],
    tmp_path: Path,
) -> None:
    """With one of two machines killed in the middle, the gradebook is that of grading here."""
    machines.add("one")
    machines.add("two")
    secret = tmp_path / "secret"
    secret.write_text("ab" * 32, encoding="ascii")
    here, there = tmp_path / "here", tmp_path / "there"
    local = lrquiz("grade", TASK, handed_in, "--out", here, "--secret", secret, "--jobs", 2)
    assert local.code == 0, local.stderr
    machines.await_workers(2)
    arguments = ("grade", TASK, handed_in, "--out", there, "--secret", secret)
    command = [sys.executable, "-W", "error", "-m", "lrquiz", *map(str, arguments)]
    running = subprocess.Popen(
        [*command, "--scheduler", machines.address],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    while not _results(there) and running.poll() is None:
        time.sleep(0.01)
    machines.kill("two")
    said, _ = running.communicate(timeout=300)
    assert running.returncode == 0, said
    assert "Traceback" not in said
    assert content(there) == content(here)
    assert (there / "scores.csv").read_bytes() == (here / "scores.csv").read_bytes()


def _kill_whatever_runs(digest: str, address: str, stop: threading.Event) -> None:
    """Kill each worker process that a submission has come to, as long as it is being graded."""
    with Client(address, timeout=30, set_as_default=False) as client:
        while not stop.wait(0.02):
            with suppress(OSError, ValueError, KeyError):
                running = {
                    worker
                    for worker, keys in client.processing().items()
                    if any(digest in str(key) for key in keys)
                }
                for pid in client.run(os.getpid, workers=list(running)).values() if running else ():
                    os.kill(pid, signal.SIGKILL)


@pytest.mark.longest
@pytest.mark.usefixtures("box")
def test_what_kills_its_workers_costs_nobody_a_point(
    machines: Machines, handed_in: Path, task: Task, secret: bytes
) -> None:
    """It ends as an internal error without a score; what ran beside it is graded all the same."""
    machines.add("one", "--nthreads", "2")
    machines.await_workers(1)
    # Slow, so that there is time to kill what it runs in.
    slow = "import time\n\ndef train(*_, **__):\n    time.sleep(8)\n"
    (handed_in / "slow.py").write_text(slow, encoding="utf-8")
    found = collect(handed_in).submissions
    bad: Submission = next(each for each in found if each.student == "slow")
    others = [each for each in found if not each.fault and each is not bad]
    submissions = [*others[:2], bad]
    stop = threading.Event()
    killer = threading.Thread(target=_kill_whatever_runs, args=(bad.digest, machines.address, stop))
    with open_cluster(machines.address, task, secret) as cluster:
        killer.start()
        try:
            records = {each.student: each for each in cluster.grade_all(submissions)}
        finally:
            stop.set()
            killer.join()
    assert records.keys() == {each.student for each in submissions}
    lost = records.pop(bad.student)
    assert (lost.ending, lost.score) == (Ending.INTERNAL_ERROR, None)
    assert "died" in lost.detail
    assert all(each.score is not None for each in records.values())


def test_an_unfit_worker_is_named(machines: Machines, task: Task, secret: bytes) -> None:
    """A worker with another release, and one without lrquiz, are refused with their addresses."""
    with (
        pytest.raises(ClusterError, match="has no workers; start some"),
        open_cluster(machines.address, task, secret),
    ):
        pass
    for name, preload in {
        "old": PRELOAD,
        "bare": "import sys\nsys.modules['lrquiz'] = None\n",
    }.items():
        (machines.folder / f"{name}.py").write_text(preload, encoding="utf-8")
        machines.add(name, "--no-nanny", "--preload", str(machines.folder / f"{name}.py"))
    machines.await_workers(2)
    with pytest.raises(ClusterError) as refused, open_cluster(machines.address, task, secret):
        pass
    said = str(refused.value)
    assert said.count("worker tcp://127.0.0.1:") == 2
    assert "has lrquiz 0.0, torch" in said
    assert "no lrquiz that it can import" in said


def test_a_scheduler_that_is_not_there_is_told(
    handed_in: Path, lrquiz: Command, tmp_path: Path
) -> None:
    """Nothing is graded, and one sentence says what to do."""
    done = lrquiz(
        *("grade", TASK, handed_in, "--out", tmp_path / "out"),
        *("--scheduler", "tcp://127.0.0.1:1"),
    )
    assert done.code == 2
    assert "the scheduler cannot be reached" in done.stderr
    assert "LRQ520" in done.stderr
    assert "Traceback" not in done.stderr


def test_without_dask_the_extra_is_named(
    handed_in: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    """Where Dask is not installed, the message says how to install it."""
    program = (
        "import sys; sys.modules['distributed'] = None; from lrquiz.cli import main; "
        f"sys.argv[1:] = ['grade', {TASK!r}, {str(handed_in)!r}, '--out', {str(tmp_path / 'o')!r}, "
        "'--scheduler', 'tcp://127.0.0.1:1']; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 2
    assert "pip install 'lrquiz[cluster]'" in done.stderr
