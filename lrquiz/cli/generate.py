"""`lrquiz generate`: a quiz of verified items."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from lrquiz.cli.common import (
    FILE,
    FOLDER,
    TrialCount,
    bank_folder,
    bank_option,
    json_option,
    laboratory,
    people,
    print_json,
)

if TYPE_CHECKING:
    from lrquiz.model.quiz import Quiz

QUIZ_FILE, PRACTICE_PAGE = "quiz.json", "practice.html"


@click.command("generate")
@bank_option
@click.option(
    "--blueprint",
    type=FILE,
    default=None,
    help="What the quiz should contain (default: blueprints/headline.toml of the bank).",
)
@click.option("--seed", type=int, default=0, show_default=True, help="Draws items and orders.")
@click.option("--out", type=FOLDER, required=True, help="Folder for quiz.json and practice.html.")
@json_option
def generate_command(
    bank: Path | None, blueprint: Path | None, seed: int, out: Path, *, as_json: bool
) -> int:
    """Generate a practice quiz of proved items.

    Only variants whose keys hold are used; the same seed gives the same bytes.
    Writes quiz.json, which holds the keys and is readable by you only, and practice.html.
    """
    console, count = people(), TrialCount()
    quiz = make_quiz(bank_folder(bank), blueprint, seed, out, count)
    if as_json:
        values = {"quiz": quiz.id, "items": [item.id for item in quiz.items], "out": str(out)}
        print_json("lrquiz/generated", values)
    else:
        console.print(f"{len(quiz.items)} items, every key proved ({count}).")
        console.print(f"students' page: {out / PRACTICE_PAGE}")
        console.print(f"with keys, for you: {out / QUIZ_FILE}")
    return 0


def make_quiz(
    folder: Path, blueprint: Path | None, seed: int, out: Path, count: TrialCount
) -> Quiz:
    """Generate a quiz and write its two files to `out`."""
    from lrquiz.bank.bank import load_bank, load_blueprint
    from lrquiz.quiz import generate_quiz, write_quiz
    from lrquiz.report.write import write_quiz_page
    from lrquiz.resources.files import make_folder

    wanted = load_blueprint(blueprint or folder / "blueprints" / "headline.toml")
    items = load_bank(folder).select([])
    make_folder(out)
    with laboratory(count) as opened:
        quiz = generate_quiz(items, wanted, seed, opened)
    write_quiz(quiz, out / QUIZ_FILE)
    write_quiz_page(quiz, out / PRACTICE_PAGE)
    return quiz
