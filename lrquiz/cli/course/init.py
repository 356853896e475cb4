"""`lrquiz init`: make a course folder."""

from __future__ import annotations

from pathlib import Path

import click

from lrquiz.cli.common import FOLDER, json_option, people, print_json


@click.command("init")
@click.argument("folder", metavar="DIR", type=FOLDER)
@json_option
def init_command(folder: Path, *, as_json: bool) -> int:
    """Make a course folder.

    DIR gets course.toml with its rules, a roster.csv, a secret that only its owner can read, and
    folders for banks, quizzes and submissions. Commands that run in it, or below it, use them.
    What is there already is never touched.
    """
    from lrquiz.grade.course.folder import make_course

    course = make_course(folder)
    if as_json:
        print_json("lrquiz/course", {"folder": str(folder), "title": course.title})
        return 0
    people().print(
        f"wrote {folder}\n  course.toml: title, deadlines, late rule, attempts; explained there\n"
        "  roster.csv: one line per student\n"
        "  secret: draws hidden data and papers; back it up, and show it to nobody"
    )
    return 0
