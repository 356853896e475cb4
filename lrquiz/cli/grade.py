"""`lrquiz grade`: grade a folder of submissions to a code task."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lrquiz.cli.common import (
    FILE,
    FOLDER,
    bank_folder,
    json_option,
    people,
    print_json,
    progress_bar,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from rich.console import Console

    from lrquiz.grade.box import Box
    from lrquiz.grade.intake import Submission
    from lrquiz.model.record import Record
    from lrquiz.model.task import Task

RECORDS, SCORES = Path("staff", "records.jsonl"), "scores.csv"


@click.command("grade")
@click.argument("task")
@click.argument("submissions", type=FOLDER)
@click.option("--out", type=FOLDER, required=True, help="Folder for records, scores and pages.")
@click.option(
    "--secret",
    type=FILE,
    default=None,
    help="File of the secret that draws hidden data (default: made once, in OUT/staff/).",
)
@click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    default=None,
    help="Submissions run at once (default: the number of cores).",
)
@click.option(
    "--tier",
    type=click.Choice(["full", "reduced"]),
    default="full",
    show_default=True,
    help="The least containment to be content with; `lrquiz doctor` says what there is here.",
)
@json_option
def grade_command(  # noqa: PLR0913 - one parameter per option
    task: str,
    submissions: Path,
    out: Path,
    secret: Path | None,
    jobs: int | None,
    *,
    tier: str,
    as_json: bool,
) -> int:
    """Grade submissions to a code task.

    TASK is the id of a shipped task, or a folder; SUBMISSIONS is a folder of <student>.py files.
    Each student's code runs in a box without network, files or keys; a judge outside it recomputes
    everything that carries points. Every result is kept the moment it is known: after an
    interruption, the same command goes on where it stopped.
    """
    from functools import partial

    from lrquiz.grade.records import records_json
    from lrquiz.sandbox import Sandbox

    console = people()
    work = Work(find_task(task), submissions, out, secret, jobs or os.cpu_count() or 1)
    records, index = grade_folder(work, partial(Sandbox, minimum=tier), console)
    if as_json:
        print_json("lrquiz/grading", {"records": records_json(records), "index": str(index)})
    else:
        show_scores(records, console)
        console.print(f"scores: {out / SCORES}\npages:  {index}")
    return 0


def find_task(name: str) -> Task:
    """Return the task in the folder `name`, or the shipped task of this id."""
    from lrquiz.bank.tasks import load_task

    shipped = bank_folder(None) / "tasks" / name
    return load_task(shipped if os.sep not in name and shipped.is_dir() else Path(name))


@dataclass(frozen=True, slots=True)
class Work:
    """What is to be graded, and where results go."""

    task: Task
    submissions: Path
    out: Path
    secret: Path | None
    jobs: int


def grade_folder(
    work: Work, open_box: Callable[[str], AbstractContextManager[Box]], console: Console
) -> tuple[tuple[Record, ...], Path]:
    """Grade what is not graded yet, and write scores and pages; return records and index."""
    from lrquiz.grade.box import HARNESS
    from lrquiz.grade.intake import collect
    from lrquiz.grade.records import is_current, read_records, write_scores
    from lrquiz.grade.secret import load_secret
    from lrquiz.report.write import write_class_pages
    from lrquiz.resources.files import make_folder

    found, path = collect(work.submissions), work.out / RECORDS
    make_folder(path.parent, private=True)
    secret = load_secret(work.secret or work.out / "staff" / "secret")
    kept = {record.student: record for record in read_records(path)} if path.exists() else {}
    waiting = [
        each
        for each in found
        if each.student not in kept or not is_current(kept[each.student], each, work.task, secret)
    ]
    if len(waiting) < len(found):
        done = len(found) - len(waiting)
        console.print(f"{done} of {len(found)} submissions are graded already and unchanged")
    if waiting:
        with open_box(HARNESS) as box:
            _grade(work, waiting, secret, box, console)
    students = {submission.student for submission in found}
    records = tuple(each for each in read_records(path) if each.student in students)
    write_scores(work.out / SCORES, records)
    return records, write_class_pages(records, work.out)


def _grade(
    work: Work, waiting: list[Submission], secret: bytes, box: Box, console: Console
) -> None:
    from lrquiz.grade.grading import Grader
    from lrquiz.grade.records import append_record
    from lrquiz.report.write import write_feedback

    with progress_bar(console) as bar:
        row = bar.add_task("grading", total=len(waiting))
        for record in Grader(work.task, secret, box).grade_all(waiting, work.jobs):
            # The page first: killed between the two, the submission is graded again, while a
            # record without its page would leave the page of an earlier attempt standing.
            write_feedback(record, work.out)
            append_record(work.out / RECORDS, record)
            bar.advance(row)


def show_scores(records: tuple[Record, ...], console: Console) -> None:
    """Print one line per submission."""
    width = max(len(record.student) for record in records)
    for record in records:
        score = "  ?" if record.score is None else f"{record.score:3g}"
        mistake = "; ".join(f"{each.code} {each.title}" for each in record.diagnoses)
        why = mistake or record.detail
        name = "".join(c if c.isprintable() else "?" for c in record.student)
        console.print(
            f"  {name:{width}}  {score} of {record.points:g}  {record.ending:14}  {why}".rstrip()
        )
