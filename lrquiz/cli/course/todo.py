"""`lrquiz todo`: write what waits for a person as a table."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from lrquiz.cli.common import FILE, json_option, people, print_json
from lrquiz.cli.course.desk import desk, gradebook_option

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from lrquiz.grade.gradebook import Gradebook
    from lrquiz.grade.people.todo import Waiting
    from lrquiz.model.quiz import Quiz


@click.command("todo")
@click.option("--out", type=FILE, required=True, help="CSV to write.")
@gradebook_option
@click.option("--work", default=None, help="Id of one task or quiz (default: all).")
@click.option("--quiz", type=FILE, default=None, help="quiz.json that names the items.")
@click.option(
    "--anonymous",
    is_flag=True,
    help="Codes in place of names; files of which nobody knows whose they are are left out.",
)
@json_option
def todo_command(  # noqa: PLR0913 - one parameter per option
    out: Path,
    gradebook: Path | None,
    work: str | None,
    quiz: Path | None,
    *,
    anonymous: bool,
    as_json: bool,
) -> int:
    """Write what waits for a person.

    One row each: open responses, internal errors, response files that were flagged, files of which
    nobody knows whose they are, and marks by a person that were for an earlier attempt. Fill in
    points, comment and reason, or the student of a file, and give the table to lrquiz adjust.
    Columns: student, work, item or check, points, comment, reason, by; what, worth, context,
    response; submission, file.
    """
    from lrquiz.grade.gradebook import read_gradebook
    from lrquiz.grade.people.knowing import Known
    from lrquiz.grade.people.todo import todo_csv, waiting_in
    from lrquiz.resources.files import PRIVATE, write_text

    here = desk(gradebook)
    with read_gradebook(here.gradebook) as book:
        works = (work,) if work is not None else book.tasks()
        _require(work, book.tasks())
        known = here.known(book, codes=True) if anonymous else Known(book, here.course, here.roster)
        rows = waiting_in(known, works, _quiz(quiz))
        unmatched = _unmatched(book, works) if anonymous else 0
    write_text(out, todo_csv(rows), PRIVATE)
    if as_json:
        print_json("lrquiz/todo", {"out": str(out), "waiting": _values(rows)})
    else:
        _show(rows, out, unmatched, people())
    return 0


def _require(work: str | None, known: Sequence[str]) -> None:
    from lrquiz.errors import GradebookError

    if work is not None and work not in known:
        message = f"nobody handed in anything at the work {work!r}; there are: {', '.join(known)}"
        raise GradebookError(message)


def _unmatched(book: Gradebook, works: Sequence[str]) -> int:
    """Return of how many files nobody knows whose they are."""
    places = [(each.place, book.assigned(work)) for work in works for each in book.unmatched(work)]
    return sum(place not in assigned for place, assigned in places)


def _quiz(path: Path | None) -> Quiz | None:
    from lrquiz.quiz import read_quiz

    return None if path is None else read_quiz(path)


def _values(rows: Sequence[Waiting]) -> list[dict[str, str]]:
    from dataclasses import astuple

    from lrquiz.grade.people.adjust_file import COLUMNS

    return [dict(zip(COLUMNS, astuple(each), strict=True)) for each in rows]


def _show(rows: Sequence[Waiting], out: Path, unmatched: int, console: Console) -> None:
    from collections import Counter

    if unmatched:
        console.print(
            f"left out, since only a name could settle them: {unmatched} unmatched files; see: "
            "lrquiz todo without --anonymous"
        )
    if not rows:
        console.print(f"nothing waits for a person; wrote a table without rows: {out}")
        return
    kinds = Counter(each.what.split(":")[0].split(";")[0] for each in rows)
    for kind, count in sorted(kinds.items()):
        console.print(f"{count:5}  {kind}")
    console.print(f"wrote {out}; fill in points and reason, then: lrquiz adjust {out}")
