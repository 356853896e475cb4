"""`lrquiz report`: write the pages of a quiz or a graded class again, and release them."""

from __future__ import annotations

from pathlib import Path

import click

from lrquiz.cli.common import FILE, json_option, people, print_json
from lrquiz.cli.generate import PRACTICE_PAGE


@click.command("report")
@click.argument("source", type=click.Path(path_type=Path))
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=None,
    help="Folder for the pages (default: beside the source).",
)
@click.option(
    "--gradebook",
    type=FILE,
    default=None,
    help="File that keeps every result (default: the one that SOURCE was graded into).",
)
@click.option(
    "--release",
    type=click.Choice(["score", "feedback", "solutions"]),
    default=None,
    help="Decide what students' pages hold: the points alone; also what was responded and what is "
    "to be said of it; also what would have been right. The gradebook keeps what each student is "
    "told. Without it, pages stay at the level of before, which is feedback at first.",
)
@click.option(
    "--anonymous/--names",
    default=None,
    help="Put codes for names in all that staff see, or names again (default: as before).",
)
@click.option(
    "--of",
    default=None,
    metavar="TASK|QUIZ.json",
    help="What was graded, where the folder does not say: a task of your own, a quiz that moved.",
)
@click.option(
    "--secret",
    type=FILE,
    default=None,
    help="File of the secret that codes follow from (default: the course's; in no course, the one "
    "that SOURCE was graded with).",
)
@json_option
def report_command(  # noqa: PLR0913 - one parameter per option
    source: Path,
    out: Path | None,
    gradebook: Path | None,
    release: str | None,
    *,
    of: str | None,
    secret: Path | None,
    anonymous: bool | None,
    as_json: bool,
) -> int:
    """Write pages again from recorded results.

    SOURCE is a quiz.json or a graded folder. Nothing is trained, run or graded. Of a graded folder
    scores.csv is written too, people's marks and decisions in it; the class page tells how each
    item or check did, and --json prints that.
    """
    from lrquiz.cli.grading.graded import Wanted
    from lrquiz.cli.grading.releasing import report_folder
    from lrquiz.model.decision import Level

    console = people()
    if not source.is_dir():
        console.print(f"wrote {_quiz_page(source, out)}")
        return 0
    level = None if release is None else Level(release)
    wanted = Wanted(source, out or source, gradebook, level, of, secret, anonymous)
    reported = report_folder(wanted, console)
    if as_json:
        print_json("lrquiz/analysis", reported.as_json())
    else:
        console.print(f"wrote {reported.index}")
    return 0


def _quiz_page(source: Path, out: Path | None) -> Path:
    from lrquiz.quiz import read_quiz
    from lrquiz.report.write import write_quiz_page

    page = (out or source.parent) / PRACTICE_PAGE
    write_quiz_page(read_quiz(source), page)
    return page
