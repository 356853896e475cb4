"""`lrquiz export into`: fill a column of what Canvas or Moodle exported."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lrquiz.cli.common import FILE, json_option, people, print_json
from lrquiz.cli.course.graded_options import gradebook_option, graded_argument

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lrquiz.export.graded import Graded
    from lrquiz.export.table.wish import Filled, Line


@click.command("into")
@graded_argument
@click.argument("exported", type=FILE)
@click.option("--out", type=FILE, required=True, help="File for the filled table.")
@click.option(
    "--column",
    default=None,
    help="Heading of the column to fill (default: the only one it can be); on Canvas its number, "
    "or its title without the number, will do.",
)
@click.option(
    "--scale",
    is_flag=True,
    help="Scale scores to the column's points; without it a column of other points is refused.",
)
@click.option(
    "--missing",
    type=click.FloatRange(min=0),
    default=None,
    help="What students get who handed in nothing (default: their cells stay as they are).",
)
@gradebook_option
@json_option
def into_command(  # noqa: PLR0913 - one parameter per option
    graded: Path,
    exported: Path,
    *,
    out: Path,
    column: str | None,
    missing: float | None,
    gradebook: Path | None,
    scale: bool,
    as_json: bool,
) -> int:
    """Fill one column of a table that Canvas or Moodle exported.

    EXPORTED is Canvas's gradebook or Moodle's grading worksheet as it was downloaded. Rows are
    matched by what the roster knows, and by the number that the platform wrote into the names of
    submissions. Every byte outside the filled cells stays as it was. Rows of nobody known, marks
    without a row and scores that still wait for a person are listed and left as they are.
    """
    from lrquiz.errors import ExportError
    from lrquiz.export.graded import read_graded
    from lrquiz.export.table.filling import fill
    from lrquiz.export.table.wish import Wish
    from lrquiz.resources.files import PRIVATE, write_bytes

    if out.exists() and exported.exists() and out.samefile(exported):
        raise ExportError(f"{out}: is the exported file itself; give --out another name")
    found = read_graded(graded, gradebook)
    wish = Wish(found.work, found.marks, found.roster, found.places, column, scale, missing)
    filled = fill(_content(exported), wish, str(exported))
    write_bytes(out, filled.content, PRIVATE)
    if as_json:
        print_json("lrquiz/filled", _filled_json(filled, out))
    else:
        _show_filled(filled, found, out, missing)
    return 0


def _content(path: Path) -> bytes:
    from lrquiz.errors import ExportError

    try:
        return path.read_bytes()
    except OSError as error:
        message = f"{path}: cannot be read: {(error.strerror or str(error)).lower()}"
        raise ExportError(message) from error


def _filled_json(filled: Filled, out: Path) -> dict[str, Any]:
    def rows(lines: Sequence[Line]) -> list[dict[str, Any]]:
        return [{"who": each.who, "why": each.why, "line": each.line} for each in lines]

    return {
        "written": str(out),
        "platform": str(filled.platform),
        "column": filled.column,
        "filled": dict(filled.filled),
        "missing": rows(filled.missing),
        "left": rows(filled.left),
        "unmatched": rows(filled.unmatched),
        "without_row": rows(filled.without_row),
    }


def _show_filled(filled: Filled, found: Graded, out: Path, missing: float | None) -> None:
    console = people()
    console.print(f"{filled.platform}: {len(filled.filled)} cells of {filled.column!r} filled")
    gets = "cells as they were" if missing is None else f"given {missing:g}"
    lists = (
        (f"handed in nothing, {gets}", filled.missing),
        ("left as they were", filled.left),
        ("rows of nobody known, left as they were", filled.unmatched),
        ("marks without a row", filled.without_row),
    )
    for title, lines in lists:
        if lines:
            console.print(f"{title}: {len(lines)}")
        for each in lines:
            where = "" if each.line is None else f"line {each.line}: "
            console.print(f"  {where}{each.who}: {each.why}")
    if missing is not None and found.unmatched:
        count = len(found.unmatched)
        console.print(
            f"note: {count} files that were handed in are of nobody known; their students may be "
            f"among those given {missing:g} (see lrquiz todo)"
        )
    console.print(f"wrote {out}")
