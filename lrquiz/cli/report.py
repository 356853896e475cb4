"""`lrquiz report`: write the pages of a quiz or a graded class again."""

from __future__ import annotations

from pathlib import Path

import click

from lrquiz.cli.common import people
from lrquiz.cli.generate import PRACTICE_PAGE
from lrquiz.cli.grade import RECORDS


@click.command("report")
@click.argument("source", type=click.Path(path_type=Path))
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=None,
    help="Folder for the pages (default: beside the source).",
)
def report_command(source: Path, out: Path | None) -> int:
    """Write pages again from recorded results.

    SOURCE is a quiz.json or a graded folder. Nothing is trained, run or graded.
    """
    written = _class_pages(source, out) if source.is_dir() else _quiz_page(source, out)
    people().print(f"wrote {written}")
    return 0


def _class_pages(folder: Path, out: Path | None) -> Path:
    from lrquiz.errors import RecordsError
    from lrquiz.grade.records import read_records
    from lrquiz.report.write import write_class_pages, write_feedback

    records = read_records(folder / RECORDS)
    if not records:
        raise RecordsError(f"{folder / RECORDS}: nothing has been graded yet")
    for record in records:
        write_feedback(record, out or folder)
    return write_class_pages(records, out or folder)


def _quiz_page(source: Path, out: Path | None) -> Path:
    from lrquiz.quiz import read_quiz
    from lrquiz.report.write import write_quiz_page

    page = (out or source.parent) / PRACTICE_PAGE
    write_quiz_page(read_quiz(source), page)
    return page
