"""`lrquiz archive`: keep a course in one file, and compute its scores again from it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from lrquiz.cli.common import FILE, json_option, people, print_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lrquiz.export.archive.checking import Checked


@click.command("archive")
@click.argument("graded", nargs=-1, type=click.Path(file_okay=False, path_type=Path))
@click.option("--out", type=FILE, default=None, help="Zip to write.")
@click.option("--check", "checked", type=FILE, default=None, help="Archive to check instead.")
@json_option
def archive_command(
    graded: tuple[Path, ...], out: Path | None, checked: Path | None, *, as_json: bool
) -> int:
    """Keep graded work in one file, or check such a file.

    GRADED are folders that `lrquiz grade` wrote; in a course folder, by default, all that lie in
    it. The archive holds quizzes, papers, responses, submissions, the gradebook, what people
    decided, the course's rules and roster, and versions; not the course's secret. It holds names
    and marks: keep it as you keep those.

    With --check every score of a quiz is computed again from the archive alone, offline, and
    compared. Exit code 1: something differs.
    """
    if (out is None) == (checked is None):
        raise click.UsageError("give either --out FILE, to write an archive, or --check FILE")
    if checked is not None:
        return _check(checked, as_json=as_json)
    assert out is not None, "one of the two was given"
    return _write(graded, out, as_json=as_json)


def _write(graded: Sequence[Path], out: Path, *, as_json: bool) -> int:
    from lrquiz.cli.course.folders import graded_folders
    from lrquiz.errors import ArchiveError
    from lrquiz.export.archive.choosing import kept_in
    from lrquiz.export.archive.writing import write_archive
    from lrquiz.grade.course.folder import find_course
    from lrquiz.grade.gradebook import open_gradebook

    course = find_course(Path.cwd())
    folders = tuple(graded) or (() if course is None else graded_folders(course.folder))
    if not folders:
        message = "nothing to archive: name the folders that lrquiz grade wrote"
        raise ArchiveError(message)
    gradebook, kept = kept_in(folders, course)
    with open_gradebook(gradebook) as book:
        count = write_archive(out, book, course, [each.at(book) for each in kept])
    if as_json:
        works = [{"work": each.work, "quiz": each.quiz is not None} for each in kept]
        print_json("lrquiz/archived", {"out": str(out), "works": works, "files": count})
    else:
        people().print(f"wrote {out}: {count} files of {len(kept)} tasks and quizzes")
        people().print(f"compute its scores again: lrquiz archive --check {out}")
    return 0


def _check(path: Path, *, as_json: bool) -> int:
    from lrquiz.export.archive.checking import check_archive

    found = check_archive(path)
    if as_json:
        values = [
            {
                "work": each.work.id,
                "quiz": each.work.is_quiz,
                "scores": each.scores,
                "faults": list(each.faults),
            }
            for each in found
        ]
        print_json("lrquiz/archive-check", {"works": values})
    else:
        _show(found)
    return 1 if any(each.faults for each in found) else 0


def _show(found: Sequence[Checked]) -> None:
    console = people()
    for each in found:
        how = "computed again from the responses" if each.work.is_quiz else "added up from checks"
        told = f"{len(each.faults)} differ" if each.faults else "all as archived"
        console.print(f"{each.work.id}: {each.scores} scores {how}, {told}")
        for fault in each.faults:
            console.print(f"  {fault}")
