"""`lrquiz grade`: grade what a class handed in for a code task or a quiz."""

from __future__ import annotations

import os
from pathlib import Path

import click

from lrquiz.cli.common import FILE, FOLDER, json_option, people, print_json
from lrquiz.cli.grading.finding import find_subject

gradebook_option = click.option(
    "--gradebook",
    type=FILE,
    default=None,
    help="File that keeps every result (default: the course's; in no course, in OUT/staff/).",
)


@click.command("grade")
@click.argument("what", metavar="TASK|QUIZ.json")
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
    "--scheduler",
    metavar="ADDRESS",
    default=None,
    help="Grade a code task on the workers of this Dask scheduler (tcp://HOST:PORT; needs "
    "lrquiz[cluster]), each with a box of its own. The task, students' code and the secret travel "
    "to the workers, so the scheduler must be one that staff alone reach; on a shared network "
    "use tls://HOST:PORT.",
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
    help="CSV with the columns id and handed_in, for the course's late rule; where it names no "
    "time, Gradescope's list in an export does, and where neither does nothing is late.",
)
@click.option(
    "--anonymous",
    is_flag=True,
    help="Codes for names in all that staff see; pages for students are not written then, and "
    "scores.csv keeps ids, since it goes back to where they came from.",
)
@json_option
def grade_command(  # noqa: PLR0913 - one per option
    what: str,
    submissions: Path,
    out: Path,
    secret: Path | None,
    jobs: int | None,
    *,
    scheduler: str | None,
    gradebook: Path | None,
    tier: str | None,
    handed_in: Path | None,
    anonymous: bool,
    as_json: bool,
) -> int:
    """Grade submissions to a code task, or responses to a quiz.

    The first argument is the id of a shipped task, the folder of one, or the file quiz.json of a
    quiz; the papers of an exam lie beside it. SUBMISSIONS is a folder of files, folders or archives
    named by their students, or one archive of them, as Canvas, Moodle and Gradescope export them
    too: Python files, packages and notebooks, or response files. With a roster, students are found
    by id, email or name; what is not certain is listed and not graded.

    Each student's code runs in a box without network, files or keys; a judge outside it recomputes
    everything that carries points. Responses are scored without running anything, but for fill-ins
    that no option foresaw. Every result is kept the moment it is known: after an interruption, the
    same command goes on where it stopped. In a course folder (see `lrquiz init`) its secret,
    roster, rules and gradebook hold; options win over them.
    """
    from functools import partial

    from lrquiz.cli.grading.batch import grade_folder
    from lrquiz.cli.grading.listing import results_json, show_scores
    from lrquiz.cli.grading.work import SCORES, Work, here
    from lrquiz.model.run import FULL
    from lrquiz.sandbox import Sandbox

    console = people()
    course, roster = here(console)
    least = tier or (FULL if course is None else course.tier)
    subject = find_subject(what)
    if scheduler is not None:
        from lrquiz.grade.cluster.subject import on_cluster

        subject = on_cluster(subject, scheduler, least)
    work = Work(
        *(subject, submissions, out, secret, gradebook, jobs or os.cpu_count() or 1),
        course=course,
        roster=roster,
        handed_in=handed_in,
        anonymous=anonymous,
    )
    results = grade_folder(work, partial(Sandbox, minimum=least), console)
    if as_json:
        print_json("lrquiz/grading", results_json(results))
    else:
        show_scores(results, console)
        whose = " (by id, to go back where they came from)" if anonymous else ""
        console.print(f"scores: {out / SCORES}{whose}\npages:  {results.index}")
    return 0
