"""`lrquiz regrade`: decide about everybody's marks, on what is stored."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from lrquiz.cli.common import FILE, json_option, people, print_json
from lrquiz.cli.course.desk import RENEW, by_option, decider, desk, gradebook_option, opened

if TYPE_CHECKING:
    from lrquiz.cli.course.again import Again
    from lrquiz.cli.course.desk import Desk
    from lrquiz.cli.course.regrade_work import Choice
    from lrquiz.grade.people.regrading import Regrade
    from lrquiz.model.quiz import Quiz
    from lrquiz.model.task import Task


@click.command("regrade")
@click.argument("what", metavar="QUIZ.json|TASK")
@click.option("--void", metavar="PART", default=None, help="An item or check counts for nobody.")
@click.option(
    "--accept",
    metavar="ITEM=OPTION",
    default=None,
    help="An option is right as well; with ITEM=* any response that was given is.",
)
@click.option(
    "--points", metavar="PART=N", default=None, help="An item or check is worth N points."
)
@click.option(
    "--rubric",
    type=FILE,
    default=None,
    help="TOML with the [[rubric]] tables that a task is graded by from now on.",
)
@click.option("--reason", default="", help="Why; it is kept with the decision.")
@by_option
@gradebook_option
@click.option("--dry-run", is_flag=True, help="List who goes up or down, and change nothing.")
@click.option(
    "--allow-lower", is_flag=True, help="Lower scores too that students were told already."
)
@click.option("--log", is_flag=True, help="List what was decided until now, and change nothing.")
@click.option(
    "--secret",
    type=FILE,
    default=None,
    help="Where code is run again: file of the secret it was graded with (default: the course's; "
    "in no course, the one beside the gradebook).",
)
@click.option(
    "--tier",
    type=click.Choice(["full", "reduced"]),
    default=None,
    help="Where code is run again: the least containment to be content with, as of lrquiz grade.",
)
@click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    default=None,
    help="Where code is run again: how many at once (default: the number of cores).",
)
@json_option
def regrade_command(  # noqa: PLR0913, PLR0917 - one parameter per option
    what: str,
    void: str | None,
    accept: str | None,
    points: str | None,
    rubric: Path | None,
    reason: str,
    by: str,
    gradebook: Path | None,
    secret: Path | None,
    tier: str | None,
    jobs: int | None,
    *,
    dry_run: bool,
    allow_lower: bool,
    log: bool,
    as_json: bool,
) -> int:
    """Decide about everybody's marks.

    WHAT is a quiz.json, or the id or folder of a code task. One decision at a time: --void,
    --accept, --points or --rubric. Every attempt of everybody is scored anew from what the
    gradebook keeps; code is run again only where a rubric asks for what was never looked at. The
    decision and all results are kept together or not at all. Marks that people gave stay, except on
    a part that was voided. A score that was released is not lowered: exit code 1, nothing changed.
    """
    from lrquiz.cli.course.again import Again
    from lrquiz.cli.course.regrade_work import Choice, work_of

    choice = Choice(void, accept, points, rubric, reason.strip(), decider(by))
    _require_one(choice, log=log)
    work, here = work_of(what), desk(gradebook)
    if log:
        return _log(work.id, here, as_json=as_json)
    again = Again(here, people(), secret, tier, jobs)
    made, refused = _regraded(work, choice, again, dry_run=dry_run, allow_lower=allow_lower)
    return _told(made, refused=refused, dry_run=dry_run, as_json=as_json)


def _regraded(
    work: Quiz | Task, choice: Choice, again: Again, *, dry_run: bool, allow_lower: bool
) -> tuple[Regrade, bool]:
    """Return what a decision does, and whether it was refused; if not, it is kept."""
    from lrquiz.cli.course.regrade_work import decidable, renewing
    from lrquiz.grade.marks import Rules
    from lrquiz.grade.people.regrading import keep, regrade

    here = again.here
    with opened(here.gradebook, dry_run=dry_run) as (book, writer):
        decision = choice.decision(decidable(work, book), work)
        rules = Rules(work.id, here.course, here.roster)
        made = regrade(book, rules, decision, renewing(work, again))
        refused = bool(made.below) and not allow_lower
        if writer is not None and not refused:
            keep(made, writer)
    return made, refused


def _told(made: Regrade, *, refused: bool, dry_run: bool, as_json: bool) -> int:
    from lrquiz.cli.course.regrade_text import regrade_json, show

    kept = not (refused or dry_run)
    if as_json:
        print_json("lrquiz/regrade", regrade_json(made, kept=kept, refused=refused))
    else:
        show(made, people(), refused=refused, dry_run=dry_run)
        if kept:
            people().print(RENEW)
    return 1 if refused else 0


def _require_one(choice: Choice, *, log: bool) -> None:
    if log and choice.count:
        raise click.UsageError("--log decides nothing; leave the others out")
    if log:
        return
    if choice.count != 1:
        raise click.UsageError("give one of --void, --accept, --points and --rubric; or --log")
    if not choice.reason:
        raise click.UsageError("give --reason: why it was decided is kept with the decision")
    if not choice.by:
        raise click.UsageError("give --by: who decides is kept with the decision")


def _log(work: str, here: Desk, *, as_json: bool) -> int:
    from lrquiz.cli.course.regrade_text import log_json, log_line
    from lrquiz.grade.gradebook import read_gradebook

    with read_gradebook(here.gradebook) as book:
        decisions = book.decisions(work)
    if as_json:
        print_json("lrquiz/decisions", {"work": work, "decisions": log_json(decisions)})
        return 0
    for each in decisions:
        click.echo(log_line(each))
    if not decisions:
        people().print(f"nothing was decided about {work}")
    return 0
