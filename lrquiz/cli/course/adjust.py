"""`lrquiz adjust`: a person's marks, beside the machine's."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lrquiz.cli.common import FILE, json_option, people, print_json
from lrquiz.cli.course.desk import (
    RENEW,
    by_option,
    decider,
    desk,
    gradebook_option,
    opened,
    roster_option,
)

if TYPE_CHECKING:
    from rich.console import Console

    from lrquiz.grade.people.adjust_plan import Plan
    from lrquiz.grade.people.adjust_told import Changed


@click.command("adjust")
@click.argument("table", metavar="FILE.csv", type=FILE)
@gradebook_option
@roster_option
@by_option
@click.option("--work", default="", help="Id of the task or quiz, for rows that name none.")
@click.option(
    "--allow-extra", is_flag=True, help="Take more points than a part is worth as a bonus."
)
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@json_option
def adjust_command(  # noqa: PLR0913 - one parameter per option
    table: Path,
    gradebook: Path | None,
    roster: Path | None,
    by: str,
    work: str,
    *,
    allow_extra: bool,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Take in marks that a person gave.

    FILE.csv has the columns student (id, or code of an anonymous list), work, item or check (empty:
    the whole piece of work, which no late rule lowers), points, comment, reason, by; lrquiz todo
    writes it with what waits for a mark. They are kept beside the machine's marks and survive every
    regrade; points "machine" withdraws one. A row holds for the attempt that it names in the column
    submission, or else for the one that counts now. All rows are applied, or none.
    """
    from datetime import UTC, datetime

    from lrquiz.grade.people.adjust_file import read_marks
    from lrquiz.grade.people.adjust_plan import keep, plan_of
    from lrquiz.grade.people.adjust_told import changes_of
    from lrquiz.grade.people.marking import Marking

    rows, here = read_marks(table), desk(gradebook, roster)
    marking = Marking(decider(by), datetime.now(UTC), work, allow_extra=allow_extra)
    with opened(here.gradebook, dry_run=dry_run) as (book, writer):
        plan = plan_of(rows, str(table), here.known(book, codes=False), marking)
        changes = changes_of(plan, book)
        if writer is not None:
            keep(plan, writer, marking.by)
    if as_json:
        print_json("lrquiz/adjusted", _values(plan, changes, dry_run=dry_run))
    else:
        _show(plan, changes, people(), dry_run=dry_run)
    return 0


def _values(plan: Plan, changes: tuple[Changed, ...], *, dry_run: bool) -> dict[str, Any]:
    from dataclasses import asdict

    return {
        "dry_run": dry_run,
        "changed": [asdict(each) for each in changes],
        "assigned": [
            {"work": work, "file": place, "student": student}
            for (work, place), student in plan.assigned.items()
        ],
        "kept": plan.kept,
        "unmarked": plan.unmarked,
    }


def _show(plan: Plan, changes: tuple[Changed, ...], console: Console, *, dry_run: bool) -> None:
    for each in changes:
        console.print(f"  {_line(each)}")
    for (work, place), student in plan.assigned.items():
        console.print(f"  {place}: of {student} ({work}); to grade it, run lrquiz grade again")
    verb = "would be taken in" if dry_run else "taken in"
    console.print(
        f"{len(changes)} marks {verb}, {plan.kept} known already, {plan.unmarked} rows not marked "
        "yet"
    )
    if changes and not dry_run:
        console.print(RENEW)


def _line(each: Changed) -> str:
    """Return what one mark changes."""
    part = each.part or "the whole"
    if each.points is None:
        mark = "a comment, or the machine's mark again"
    else:
        mark = f"{_shown(each.machine)} by machine -> {each.points:g} of {each.worth:g}"
    aside = "" if each.counts else "; another attempt counts"
    score = f"score {_shown(each.old_score)} -> {_shown(each.new_score)} of {each.out_of:g}"
    return f"{each.student}  {each.work}  {part}: {mark}; {score}{aside}"


def _shown(points: float | None) -> str:
    return "?" if points is None else f"{points:g}"
