"""`lrquiz grade`: grade a folder of submissions to a code task."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lrquiz.cli.common import FILE, FOLDER, bank_folder, json_option, people, print_json

if TYPE_CHECKING:
    from lrquiz.model.task import Task

gradebook_option = click.option(
    "--gradebook",
    type=FILE,
    default=None,
    help="File that keeps every result (default: the course's; in no course, in OUT/staff/).",
)


@click.command("grade")
@click.argument("task")
@click.argument("submissions", type=click.Path(path_type=Path))
@click.option("--out", type=FOLDER, required=True, help="Folder for records, scores and pages.")
@click.option(
    "--secret",
    type=FILE,
    default=None,
    help="File of the secret that draws hidden data (default: the course's; in no course, one that "
    "is made once, in OUT/staff/).",
)
@gradebook_option
@click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    default=None,
    help="Submissions run at once (default: the number of cores).",
)
@click.option(
    "--tier",
    type=click.Choice(["full", "reduced"]),
    default=None,
    help="The least containment to be content with (default: the course's; in no course, full); "
    "`lrquiz doctor` says what there is here.",
)
@click.option(
    "--handed-in",
    type=FILE,
    default=None,
    help="CSV with the columns id and handed_in, for the course's late rule; without it, or where "
    "it names no time, nothing is late.",
)
@json_option
def grade_command(  # noqa: PLR0913 - one parameter per option
    task: str,
    submissions: Path,
    out: Path,
    secret: Path | None,
    jobs: int | None,
    *,
    gradebook: Path | None,
    tier: str | None,
    handed_in: Path | None,
    as_json: bool,
) -> int:
    """Grade submissions to a code task.

    TASK is the id of a shipped task, or a folder; SUBMISSIONS is a folder of files, folders or
    archives named by their students, or one archive of them, as Canvas, Moodle and Gradescope
    export them too: Python files, packages and notebooks. With a roster, students are found by id,
    email or name; what is not certain is listed and not graded.

    Each student's code runs in a box without network, files or keys; a judge outside it recomputes
    everything that carries points. Every result is kept the moment it is known: after an
    interruption, the same command goes on where it stopped. In a course folder (see `lrquiz init`)
    its secret, roster, rules and gradebook hold; options win over them.
    """
    from functools import partial

    from lrquiz.cli.grading.batch import SCORES, Work, grade_folder, here, show_scores
    from lrquiz.cli.grading.intake_text import intake_json, take_in
    from lrquiz.grade.records import records_json
    from lrquiz.model.run import FULL
    from lrquiz.sandbox import Sandbox

    console = people()
    course, roster = here(console)
    places = (submissions, out, secret, gradebook)
    work = Work(find_task(task), *places, jobs or os.cpu_count() or 1, course, roster, handed_in)
    least = tier or (FULL if course is None else course.tier)
    intake = take_in(submissions, roster, console)
    records, index = grade_folder(work, partial(Sandbox, minimum=least), console, intake)
    if as_json:
        told = {"records": records_json(records), "index": str(index)}
        print_json("lrquiz/grading", {**told, "intake": intake_json(intake)})
    else:
        show_scores(records, console)
        console.print(f"scores: {out / SCORES}\npages:  {index}")
    return 0


def find_task(name: str) -> Task:
    """Return the task in the folder `name`, or the shipped task of this id."""
    from lrquiz.bank.tasks import load_task

    shipped = bank_folder(None) / "tasks" / name
    return load_task(shipped if os.sep not in name and shipped.is_dir() else Path(name))
