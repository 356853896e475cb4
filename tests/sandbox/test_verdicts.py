"""What the judge gives does not depend on warm or cold, on the tier, or on what the code says."""

from __future__ import annotations

import tomllib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

# pytest puts this folder on the path; mypy does not know that.
from boxes import ENTRIES, ENTRY, assert_expected, expected, programs, run_source  # type: ignore[import-not-found]

from lrquiz.grade.code.box import HARNESS
from lrquiz.grade.code.grading import Grader
from lrquiz.grade.intake import Submission
from lrquiz.model.run import Ending
from lrquiz.sandbox import Sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lrquiz.model.record import Record
    from lrquiz.model.task import Task

CORPUS = sorted((Path(__file__).parents[1] / "submissions").glob("*/*.py"))
FORGERIES = programs("forgeries")
COLD_SUBMISSIONS = ("plain", "nan", "type_error")
COLD_ATTACKS = {
    "return_twice": Ending.OK,
    "exit_early": Ending.RUNTIME_ERROR,
    "sleep": Ending.TIME_LIMIT,
    "endless_loop": Ending.CPU_LIMIT,
    "memory_by_tensor": Ending.MEMORY_LIMIT,
    "fork_bomb": Ending.PROCESS_LIMIT,
    "flood_stdout": Ending.OUTPUT_LIMIT,
}
"""one for each ending that code in a box can have: a cold run costs seconds"""


@pytest.fixture(scope="module")
def full(full_tier: None) -> Iterator[Sandbox]:  # noqa: ARG001 - for its skip
    with Sandbox(HARNESS, tier="full") as box:
        yield box


@pytest.fixture(scope="module")
def reduced(reduced_tier: None) -> Iterator[Sandbox]:  # noqa: ARG001 - for its skip
    with Sandbox(HARNESS, tier="reduced") as box:
        yield box


def grade(task: Task, box: Sandbox, *paths: Path) -> list[Record]:
    """Grade files for the same student, so that hidden data are the same; two at a time.

    By one Grader: the judges of two would train side by side, which the recorder cannot bear.
    """
    grader = Grader(task, bytes(32), box)
    submissions = [Submission("ada", path.read_text(encoding="utf-8"), "") for path in paths]
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(grader.grade, submissions))


def verdict(record: Record) -> tuple[object, ...]:
    """What of a record may not depend on where it was made."""
    return record.ending, record.score, record.checks, record.curves, record.diagnoses


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_both_tiers_give_the_same_verdict(
    task: Task, full: Sandbox, reduced: Sandbox, path: Path
) -> None:
    """Every submission of the corpus has the same score, checks, curves and mistakes in both."""
    (record,) = grade(task, full, path)
    assert [verdict(record)] == list(map(verdict, grade(task, reduced, path)))
    assert (record.score == task.points) is (path.parent.name == "right")


def test_cold_gives_the_same_verdicts(task: Task, full: Sandbox) -> None:
    """A fresh interpreter for each run gives what the warm one gives, to the last digit."""
    paths = [path for path in CORPUS if path.stem in COLD_SUBMISSIONS]
    assert len(paths) == len(COLD_SUBMISSIONS)
    with Sandbox(HARNESS, tier="full", cold=True) as cold:
        records = grade(task, cold, *paths)
    assert list(map(verdict, records)) == list(map(verdict, grade(task, full, *paths)))


@pytest.mark.usefixtures("full_tier")
def test_cold_gives_the_same_endings() -> None:
    """An attack for each ending ends as warm."""
    attacks = [path for path in programs("attacks") if path.name in COLD_ATTACKS]
    wanted = [expected(path, "full") for path in attacks]
    assert [each.ending for each in wanted] == [COLD_ATTACKS[path.name] for path in attacks]
    with (
        Sandbox(ENTRY, path=[ENTRIES], tier="full", cold=True) as cold,
        ThreadPoolExecutor(2) as pool,
    ):
        sources = [(path / "submission.py").read_text(encoding="utf-8") for path in attacks]
        limits = [each.limits for each in wanted]
        runs = list(pool.map(run_source, [cold] * len(sources), sources, limits))
    for run, each in zip(runs, wanted, strict=True):
        assert_expected(run, each)


@pytest.mark.parametrize("forgery", FORGERIES, ids=lambda path: path.name)
def test_forgeries_earn_what_their_weights_do(
    task: Task, full: Sandbox, reduced: Sandbox, forgery: Path
) -> None:
    """Whatever the code sends, it gets what its weights deserve, and there is no fault of ours."""
    wanted = tomllib.loads((forgery / "expected.toml").read_text(encoding="utf-8"))
    for box in (full, reduced):
        (record,) = grade(task, box, forgery / "submission.py")
        assert (record.ending, record.score) == (Ending(wanted["ending"]), wanted["score"]), (
            record.detail
        )


def test_attacks_earn_nothing(task: Task, full: Sandbox) -> None:
    """Every attack, handed in as a submission, scores zero, and is no fault of ours."""
    quick = replace(task, limits=replace(task.limits, wall_seconds=0.6, cpu_seconds=1))
    paths = [path / "submission.py" for path in programs("attacks")]
    records = grade(quick, full, *paths)
    wrong = {
        path.parent.name: (record.ending, record.score, record.detail)
        for path, record in zip(paths, records, strict=True)
        if record.score != 0 or record.ending in (Ending.OK, Ending.INTERNAL_ERROR)
    }
    assert not wrong
