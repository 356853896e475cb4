"""`lrquiz export gradescope` and `lrquiz export autograder`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lrquiz.cli.common import FILE, json_option, people, print_json
from lrquiz.cli.course.graded_options import gradebook_option, graded_argument

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lrquiz.model.task import Task


@click.command("gradescope")
@graded_argument
@click.argument("student", required=False)
@click.option("--out", type=FILE, required=True, help="File for the results, results.json.")
@gradebook_option
def gradescope_command(graded: Path, student: str | None, out: Path, gradebook: Path | None) -> int:
    """Write one student's result as Gradescope's results.json.

    STUDENT may be left out where GRADED holds only one. A result without a score, as after a fault
    of ours, is refused and nothing is written.
    """
    from lrquiz.export.graded import read_graded
    from lrquiz.export.gradescope import results_json
    from lrquiz.resources.files import write_text

    found = read_graded(graded, gradebook)
    name = _chosen(student, found.records, graded)
    mark = next(each for each in found.marks if each.student == name)
    write_text(out, results_json(found.records[name], mark))
    people().print(f"wrote {out}")
    return 0


def _chosen(student: str | None, records: Mapping[str, Any], graded: Path) -> str:
    from lrquiz.errors import ExportError
    from lrquiz.model.course import folded

    fitting = [each for each in records if student is None or folded(each) == folded(student)]
    if len(fitting) == 1:
        return fitting[0]
    if student is not None:
        raise ExportError(f"{graded}: holds no result of {student!r}")
    raise ExportError(f"{graded}: holds {len(fitting)} students; name one of them")


@click.command("autograder")
@click.argument("task")
@click.option("--out", type=FILE, required=True, help="File for the bundle, autograder.zip.")
@click.option(
    "--secret",
    type=FILE,
    default=None,
    help="File of the secret to derive the bundle's own from (default: the course's; in no course, "
    "a new one).",
)
@json_option
def autograder_command(task: str, out: Path, secret: Path | None, *, as_json: bool) -> int:
    """Make the bundle with which Gradescope grades a code task by itself.

    TASK is the id of a shipped task, or a folder. Upload the zip as the assignment's autograder and
    give its container at least 2 GB of memory. It holds this same grader, the task with its
    reference, and a secret derived for it. It asks for the containment `reduced`, which is what
    Gradescope's containers allow. Where anything of ours fails, no results.json is written:
    Gradescope shows staff the failure, and nobody gets a 0.
    """
    from lrquiz.cli.grading.finding import find_task
    from lrquiz.export.gradescope import make_bundle
    from lrquiz.resources.files import PRIVATE, write_bytes

    chosen = find_task(task)
    bundle = make_bundle(chosen, _secret(secret, chosen))
    write_bytes(out, bundle.content, PRIVATE)
    if as_json:
        values = {"written": str(out), "task": chosen.id, "installs": list(bundle.requirements)}
        print_json("lrquiz/autograder", values)
    else:
        size = len(bundle.content) / 1e6
        people().print(f"wrote {out} ({size:.1f} MB); it holds a secret: for staff only")
    return 0


def _secret(chosen: Path | None, task: Task) -> bytes:
    """Return the bundle's secret: not the course's own, which draws exam papers as well."""
    import secrets

    from lrquiz.grade.course.folder import find_course
    from lrquiz.resources.secret import derived_secret, load_secret

    course = find_course(Path.cwd())
    path = chosen or (None if course is None else course.secret)
    base = secrets.token_bytes(32) if path is None else load_secret(path)
    return derived_secret(base, "gradescope", task.id)
