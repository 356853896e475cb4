"""The dear part of an exam's dry run: right responses to fill-ins, and references, in the box."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import Console

    from lrquiz.grade.code.box import Box
    from lrquiz.model.course import Course
    from lrquiz.model.task import Task
    from lrquiz.quiz import DrawnExam


def run_references(
    exam: DrawnExam, tasks: Sequence[str], secret: bytes, course: Course | None, console: Console
) -> dict[str, object]:
    """Run what a perfect student would hand in; return how much was run.

    Where this machine cannot contain code, that is said and nothing runs.

    Raises:
        TaskError: a task is missing or malformed.
        QuizError: a reference does not get full points, or a response that is right by the quiz
            does not train as one.
    """
    from lrquiz.cli.grading.finding import find_task
    from lrquiz.errors import SandboxUnavailableError
    from lrquiz.grade.code.box import HARNESS
    from lrquiz.model.item import ItemType
    from lrquiz.model.run import FULL
    from lrquiz.sandbox import Sandbox

    found = [find_task(each) for each in tasks]
    blanks = [each for each in exam.quiz.items if each.type == ItemType.FILL_IN]
    if not found and not blanks:
        return {"ran": 0}
    try:
        with Sandbox(HARNESS, minimum=FULL if course is None else course.tier) as box:
            faults = [*_blank_faults(exam, secret, box), *_task_faults(found, secret, box)]
    except SandboxUnavailableError as error:
        console.print(f"nothing was run, since there is no box here: {error}")
        return {"ran": 0}
    _refuse(faults)
    console.print(f"run in the box: {len(blanks)} fill-ins and {len(found)} tasks, all right")
    return {"ran": len(blanks) + len(found)}


def _refuse(faults: Sequence[str]) -> None:
    from lrquiz.errors import QuizError

    if faults:
        raise QuizError("\n  ".join(["what should be right is not", *faults]))


def _blank_faults(exam: DrawnExam, secret: bytes, box: Box) -> Iterator[str]:
    """Yield fill-ins whose right responses do not train as right ones."""
    from lrquiz.grade.responses.running import run

    for item in exam.quiz.items:
        if item.blank is None:
            continue
        for option in item.options:
            if option.id in item.key:
                ran = run(item, option.text, secret, box)
                if not ran.is_right:
                    yield f"item {item.id}: its key {option.text!r} does not train as it should"


def _task_faults(tasks: Sequence[Task], secret: bytes, box: Box) -> Iterator[str]:
    """Yield tasks whose references do not get full points."""
    from lrquiz.grade.code.grading import Grader
    from lrquiz.grade.intake import Submission

    for task in tasks:
        digest = hashlib.sha256(task.reference.encode()).hexdigest()
        record = Grader(task, secret, box).grade(Submission("reference", task.reference, digest))
        if record.score != task.points:
            reason = record.detail or record.ending
            yield f"task {task.id}: its reference gets {record.score} of {task.points:g}: {reason}"
