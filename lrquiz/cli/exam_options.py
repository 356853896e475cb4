"""The options of `lrquiz generate --mode exam`."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from lrquiz.cli.common import FILE

_OPTIONS = (
    click.option(
        "--roster",
        type=FILE,
        default=None,
        help="Exam: who sits it, as CSV (default: the course's).",
    ),
    click.option(
        "--secret",
        type=FILE,
        default=None,
        help="Exam: file of the secret that draws papers, made where it is missing (default: the "
        "course's).",
    ),
    click.option(
        "--share-variants",
        is_flag=True,
        help="Exam: let several papers have the same variant of an item, as few as can be.",
    ),
    click.option("--one-paper", is_flag=True, help="Exam: the same paper for everybody."),
    click.option(
        "--preview",
        metavar="STUDENT",
        default=None,
        help="Exam: write only this student's page, as OUT/preview.html.",
    ),
    click.option(
        "--dry-run",
        is_flag=True,
        help="Exam: write nothing; draw and check everything, and run every right response to a "
        "fill-in.",
    ),
    click.option(
        "--task",
        "tasks",
        multiple=True,
        metavar="ID|FOLDER",
        help="Exam: with --dry-run, also grade this code task's reference; may be repeated.",
    ),
)


@dataclass(frozen=True, slots=True)
class ExamOptions:
    """What was asked of an exam."""

    roster: Path | None = None
    secret: Path | None = None
    share_variants: bool = False
    one_paper: bool = False
    preview: str | None = None
    dry_run: bool = False
    tasks: tuple[str, ...] = ()

    def check(self, mode: str, blueprint: Path | None, pipeline: str | None) -> None:
        """Refuse options that do not go together.

        Raises:
            click.UsageError: they do not.
        """
        if mode != "exam":
            if self != ExamOptions():
                raise click.UsageError("options of exams need --mode exam")
            return
        if pipeline is not None:
            raise click.UsageError("--pipeline and --mode exam are two different things")
        if blueprint is None:
            message = "--mode exam needs --blueprint FILE: what each paper should contain"
            raise click.UsageError(message)
        if self.dry_run and self.preview is not None:
            raise click.UsageError("--dry-run writes nothing; leave it or --preview out")
        if self.tasks and not self.dry_run:
            raise click.UsageError("--task is graded by --dry-run; add it")


def exam_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options of exams, handed over as one value `exam`."""

    @functools.wraps(command)
    def run(**values: Any) -> Any:  # noqa: ANN401 - as click hands them over
        names = ExamOptions.__slots__
        exam = ExamOptions(**{name: values.pop(name) for name in names})
        return command(**values, exam=exam)

    for option in reversed(_OPTIONS):
        run = option(run)
    return run
