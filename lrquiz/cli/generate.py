"""`lrquiz generate`: a quiz of verified items."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from lrquiz.cli.common import (
    FILE,
    FOLDER,
    allow_local_option,
    bank_folder,
    data_root_option,
    json_option,
    people,
    print_json,
    prover,
)
from lrquiz.cli.drawing import Origins, Wanted, banks_here, lock_first, locked_banks
from lrquiz.cli.exam_options import ExamOptions, exam_options

if TYPE_CHECKING:
    from lrquiz.model.blueprint import Blueprint
    from lrquiz.model.quiz import Quiz


def _known(_: click.Context, __: click.Parameter, language: str) -> str:
    """Refuse a language that pages do not speak."""
    from lrquiz.resources.texts import ENGLISH, base_of, languages

    spoken = (ENGLISH, *languages())
    if base_of(language) not in spoken:
        raise click.BadParameter(f"pages speak {' and '.join(spoken)} so far, not {language}")
    return base_of(language)


QUIZ_FILE, PRACTICE_PAGE = "quiz.json", "practice.html"
_OTHERS = 1
"""other variants of each item on a practice page, to try again with"""


@click.command("generate")
@click.option(
    "--mode",
    type=click.Choice(["practice", "exam"]),
    default="practice",
    show_default=True,
    help="A page to learn with, or the papers of an exam.",
)
@click.option(
    "--bank",
    "banks",
    type=FOLDER,
    multiple=True,
    help="Folder of an item bank; repeated, those in front lie over those behind (default: the "
    "course's banks over the shipped one).",
)
@click.option(
    "--blueprint",
    type=FILE,
    default=None,
    help="What the quiz should contain (default: blueprints/headline.toml of the bank).",
)
@click.option(
    "--item",
    "items",
    multiple=True,
    metavar="ID",
    help="Practise this item; repeated, these items, in place of a blueprint.",
)
@click.option(
    "--pipeline",
    default=None,
    metavar="ID",
    help="Write the page of this pipeline of the bank instead; `all` writes every one.",
)
@click.option(
    "--lang",
    "language",
    default="en",
    show_default=True,
    callback=_known,
    help="Language of a practice page, as de; items that are not translated stay as they are.",
)
@click.option("--seed", type=int, default=0, show_default=True, help="Draws items and orders.")
@click.option("--out", type=FOLDER, required=True, help="Folder for what is written.")
@click.option(
    "--locked", is_flag=True, help="Train nothing: use only what the bank's lock has proved."
)
@exam_options
@data_root_option
@allow_local_option
@json_option
def generate_command(  # noqa: PLR0913, PLR0917 - one for each option
    mode: str,
    banks: tuple[Path, ...],
    blueprint: Path | None,
    items: tuple[str, ...],
    pipeline: str | None,
    language: str,
    seed: int,
    out: Path,
    *,
    locked: bool,
    exam: ExamOptions,
    allow_local: bool,
    as_json: bool,
) -> int:
    """Generate a quiz of proved items: to practise, or the papers of an exam.

    Only variants whose keys hold are used; the same seed gives the same bytes. What the bank's
    lock has proved is not proved again while nothing that it depends on changes.
    Writes quiz.json, which holds the keys and is readable by you only, and practice.html.

    With --pipeline it writes ID.html, one recorded training from its data to a prediction with
    proved items, and ID.json, which holds their keys.

    With --mode exam every student of the roster gets a paper of their own, in OUT/papers/, drawn
    by the secret; quiz.json and papers.json, beside it, are for you. In a course folder its
    roster, secret and banks are used.
    """
    exam.check(mode, blueprint, pipeline)
    if items and (mode == "exam" or blueprint is not None or pipeline is not None):
        raise click.UsageError("--item makes a practice page of its own; give it alone")
    if pipeline is not None and len(banks) > 1:
        raise click.UsageError("a pipeline is a page of one bank; give --bank once")
    front, *behind = banks_here(banks) if pipeline is None else (banks or (bank_folder(None),))
    wanted = Wanted(
        front, out, seed, blueprint, locked, allow_local, tuple(behind), items, language
    )
    if pipeline is not None:
        from lrquiz.cli.pipeline import generate_pages

        return generate_pages(wanted, pipeline, as_json=as_json)
    if mode == "exam":
        from lrquiz.cli.exam import generate_exam

        return generate_exam(wanted, exam, as_json=as_json)
    return _practice(wanted, as_json=as_json)


def _practice(wanted: Wanted, *, as_json: bool) -> int:
    console, origins = people(), Origins()
    quiz = make_quiz(wanted, origins)
    if as_json:
        values = {
            "quiz": quiz.id,
            "items": [item.id for item in quiz.items],
            "out": str(wanted.out),
            "variants": {"from_lock": origins.from_lock, "proved_now": origins.proved_now},
        }
        print_json("lrquiz/generated", values)
    else:
        console.print(f"{len(quiz.items)} items, every key proved; {origins}.")
        console.print(f"students' page: {wanted.out / PRACTICE_PAGE}")
        console.print(f"with keys, for you: {wanted.out / QUIZ_FILE}")
    return 0


def make_quiz(wanted: Wanted, origins: Origins) -> Quiz:
    """Generate a quiz and write its two files."""
    from lrquiz.bank.overlay import load_banks
    from lrquiz.quiz import generate_quiz, write_quiz
    from lrquiz.report.write import write_quiz_page
    from lrquiz.resources.files import make_folder

    out, overlay = wanted.out, load_banks(wanted.banks, allow_local=wanted.allow_local)
    overlay.require(wanted.items)
    blueprint = _blueprint(wanted)
    items, locked = overlay.items, locked_banks(wanted, overlay)
    make_folder(out)
    with prover(origins.trials, allow_local=wanted.allow_local) as prove_now:
        prove = lock_first(locked, origins, None if wanted.only_locked else prove_now)
        quiz = generate_quiz(items, blueprint, wanted.seed, prove, _OTHERS)
    write_quiz(quiz, out / QUIZ_FILE)
    write_quiz_page(quiz, out / PRACTICE_PAGE, wanted.language)
    return quiz


def _blueprint(wanted: Wanted) -> Blueprint:
    """Return what the quiz should contain: the items that were named, or a bank's blueprint."""
    from lrquiz.bank.bank import load_blueprint
    from lrquiz.model.blueprint import Blueprint, Pick

    if wanted.items:
        picks = (Pick(1, (each,)) for each in dict.fromkeys(wanted.items))
        return Blueprint("Practice", tuple(picks))
    headlines = [each / "blueprints" / "headline.toml" for each in wanted.banks]
    own = next((each for each in headlines if each.is_file()), headlines[0])
    return load_blueprint(wanted.blueprint or own)
