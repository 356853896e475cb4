"""Submissions of several modules: which one runs, and what it can import."""

from __future__ import annotations

from pathlib import Path

import pytest

from lrquiz.grade.code.grading import Grader
from lrquiz.grade.intake import IntakeLimits, collect
from lrquiz.model.run import Ending
from lrquiz.model.task import Task
from lrquiz.sandbox import Sandbox


def _write(folder: Path, files: dict[str, str]) -> None:
    for name, source in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(source)


@pytest.mark.parametrize(
    ("files", "source"),
    [
        ({"train.py": "1", "helper.py": "2"}, "1"),
        ({"hw/train.py": "1", "hw/tools/train.py": "2"}, "1"),
        ({"hw.py": "1", "hw.ipynb": "{}"}, "1"),
        ({"only.py": "1", "data.csv": "2"}, "1"),
        ({"a.py": "1", "b.py": "2"}, ""),
        ({"submission.py": "1", "train.py": "2"}, ""),
        ({"utils.py": "1", "hw.ipynb": "{}"}, ""),
    ],
)
def test_one_file_runs_or_none(tmp_path: Path, files: dict[str, str], source: str) -> None:
    """The only file, the one with the expected name, or a fault: nothing is guessed."""
    _write(tmp_path / "ada", files)
    (submission,) = collect(tmp_path).submissions
    assert submission.source == source
    assert bool(submission.fault) == (not source)


def test_modules_lie_beside_the_file_that_runs(tmp_path: Path) -> None:
    """What Python can import from there comes along; the rest is listed and told the student."""
    _write(
        tmp_path / "ada",
        {"hw/train.py": "1", "hw/a/b.py": "2", "hw/no-module.py": "3", "other/c/d.py": "4"},
    )
    intake = collect(tmp_path)
    assert dict(intake.submissions[0].modules) == {"a/b.py": "2"}
    assert {each.place for each in intake.ignored} == {"ada: hw/no-module.py", "ada: other/c/d.py"}
    assert len(intake.submissions[0].notes) == 3


def test_a_changed_module_is_another_submission(tmp_path: Path) -> None:
    """The digest covers every module, so that a change of one is graded anew."""
    _write(tmp_path / "ada", {"train.py": "1", "helper.py": "2"})
    before = collect(tmp_path).submissions[0].digest
    (tmp_path / "ada" / "helper.py").write_text("3")
    assert collect(tmp_path).submissions[0].digest != before


def test_modules_are_bounded(tmp_path: Path) -> None:
    """No more modules come along than a submission may have."""
    _write(tmp_path / "ada", {"train.py": "1"} | {f"m{n}.py": "2" for n in range(5)})
    (submission,) = collect(tmp_path, limits=IntakeLimits(package_modules=2)).submissions
    assert len(submission.modules) == 2


def test_modules_are_imported_in_the_box(
    tmp_path: Path, task: Task, box: Sandbox, secret: bytes
) -> None:
    """A correct solution spread over modules, a package and a folder scores as one file does."""
    _write(
        tmp_path / "ada",
        {
            "train.py": f"from solution.inner.loop import {task.function}\nimport helper\n",
            "helper.py": "from solution import inner\n",
            "solution/__init__.py": "",
            "solution/inner/loop.py": task.reference,
            "broken.py": "this is no Python",
        },
    )
    (submission,) = collect(tmp_path).submissions
    record = Grader(task, secret, box).grade(submission)
    assert (record.ending, record.score) == (Ending.OK, task.points)
    assert set(record.modules) == {
        "helper.py",
        "broken.py",
        "solution/__init__.py",
        "solution/inner/loop.py",
    }
