"""`lrquiz demo`: the whole path, on the headline items and a small class."""

from __future__ import annotations

import os
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lrquiz.cli.common import FOLDER, TrialCount, bank_folder, people
from lrquiz.cli.drawing import Origins, Wanted
from lrquiz.cli.generate import PRACTICE_PAGE, make_quiz
from lrquiz.cli.grading.finding import find_task
from lrquiz.cli.verify import brief, find_items, verify_all

if TYPE_CHECKING:
    from rich.console import Console

HEADLINE_ITEMS = ("lr-too-high-effect", "missing-backward", "scheduler-halving")
_TASK = "train-with-schedule"
_SEED = 4  # draws a variant whose curves have something to show


@click.command("demo")
@click.option(
    "--out", type=FOLDER, default=Path("lrquiz-demo"), show_default=True, help="Folder to write to."
)
def demo_command(out: Path) -> int:
    """Show the whole path: prove, ask, grade, report.

    Verifies three items live, generates a quiz of them, grades a small class, and writes the pages.

    A second run reuses evidence and results that are still true.
    """
    console, start = people(), time.monotonic()
    console.print("1. Proving the keys of three items by training runs")
    count = TrialCount()
    checked = verify_all(find_items(HEADLINE_ITEMS, bank_folder(None)), console, count)
    for each in checked:
        console.print(f"   {brief(each.result)}")
    console.print(f"   {count}.\n")
    console.print("2. Generating a practice quiz from them")
    quiz = make_quiz(Wanted(bank_folder(None), out / "quiz", _SEED), Origins())
    console.print(f"   {len(quiz.items)} items: {out / 'quiz' / PRACTICE_PAGE}\n")
    console.print("3. Grading a small class")
    index = _grade_class(out, console)
    console.print(f"\nDone in {time.monotonic() - start:.0f} s. Open {index.resolve()}")
    return 0 if all(each.result.holds for each in checked) else 1


def _grade_class(out: Path, console: Console) -> Path:
    from lrquiz.cli.grading.batch import grade_folder
    from lrquiz.cli.grading.listing import show_scores
    from lrquiz.cli.grading.work import Work
    from lrquiz.grade.subjects import TaskSubject
    from lrquiz.model.run import REDUCED
    from lrquiz.report.class_view import Link
    from lrquiz.report.write import write_class_pages
    from lrquiz.sandbox import Sandbox, probe_tier
    from lrquiz.sandbox.ordinary import OrdinaryProcess

    tier = probe_tier()
    contained = tier.reaches(REDUCED)
    kinds = ["class", "hostile"] if contained else ["class"]
    if not contained:
        console.print(f"   There is no box here: {tier.reason}")
        console.print(f"   {tier.remedy}")
        console.print(
            "   The hostile submissions are left out; the rest, our own, run without one."
        )
    submissions = _gather(out / "submissions", kinds)
    work = Work(TaskSubject(find_task(_TASK)), submissions, out, jobs=os.cpu_count() or 1)
    open_box = partial(Sandbox, minimum=REDUCED) if contained else OrdinaryProcess
    results = grade_folder(work, open_box, console)
    show_scores(results, console)
    quiz = Link(f"../quiz/{PRACTICE_PAGE}", "Practice quiz", "three items with their evidence")
    return write_class_pages(results.tolds, out, [quiz], analysis=results.analysis)


def _gather(folder: Path, kinds: list[str]) -> Path:
    """Copy the demo's submissions of these kinds into `folder`, as students would hand them in."""
    from lrquiz.resources.files import make_folder, write_bytes

    make_folder(folder)
    for old in folder.glob("*.py"):
        old.unlink()
    for kind in kinds:
        for path in sorted((bank_folder(None) / "demo" / kind).glob("*.py")):
            write_bytes(folder / path.name, path.read_bytes())
    return folder
