"""`lrquiz check`: run a response of one's own, and say whether it is right."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from lrquiz.cli.common import (
    allow_local_option,
    bank_folder,
    bank_option,
    json_option,
    people,
    print_json,
    prover,
    require_permissions,
)
from lrquiz.cli.drawing import Origins, Wanted, lock_first, locked_bank
from lrquiz.cli.grading.check_text import show, values_of

if TYPE_CHECKING:
    from rich.console import Console

    from lrquiz.grade.intake import Submission
    from lrquiz.model.item import Variant
    from lrquiz.model.record import Record
    from lrquiz.model.task import Task
    from lrquiz.model.verdict import VerifiedVariant

_SECRET = b"practice: nothing is at stake"
"""draws the data of practice: the same on every machine, so that the same response ends the same"""


@click.command("check", context_settings={"ignore_unknown_options": True})  # such as -0.5
@click.argument("what", metavar="ITEM|TASK")
@click.argument("response", metavar="RESPONSE|FILE")
@bank_option
@allow_local_option
@json_option
def check_command(
    what: str, response: str, bank: Path | None, *, allow_local: bool, as_json: bool
) -> int:
    """Check a response of your own, for practice.

    ITEM is the id of a fill-in item, RESPONSE the code for its blank: any way of writing it is
    welcome, since it is run. TASK is the id of a code task, or its folder, FILE your Python file.
    What you give runs in the box where there is one, and in an ordinary process where there is
    none. Exit code 0: it is right; 1: it is not.
    """
    task, submission, known = _task(what, response, bank_folder(bank), allow_local=allow_local)
    console = people()
    record = _graded(task, submission, console)
    if as_json:
        print_json("lrquiz/check", values_of(what, record))
    else:
        show(record, response, known.get(response.strip(), ""), console)
    return 0 if record.score == record.points else 1


def _task(
    what: str, response: str, bank: Path, *, allow_local: bool
) -> tuple[Task, Submission, dict[str, str]]:
    """Return the task, the submission, and the feedback for responses that were foreseen."""
    folder = next((each for each in (bank / "tasks" / what, Path(what)) if each.is_dir()), None)
    if folder is not None:
        from lrquiz.bank.tasks import load_task
        from lrquiz.grade.intake import read_submission

        return load_task(folder), read_submission(Path(response)), {}
    from lrquiz.grade.code.fill_in import submission_of, task_of
    from lrquiz.quiz.freeze import blank_of

    variant = _fill_in(what, bank, allow_local=allow_local)
    item, blank = variant.item, blank_of(variant)
    submission = submission_of(
        "you", item.id, blank, response
    )  # refused at once, before anything is trained
    verified = _proved(variant, bank, allow_local=allow_local)
    right = next(each.text for each in variant.options if each.id in verified.key)
    known = {each.text: each.feedback for each in variant.options}
    return task_of(item.id, item.title, blank, right), submission, known


def _fill_in(item: str, bank: Path, *, allow_local: bool) -> Variant:
    """Return a fill-in.

    Raises:
        BankError: there is no such item, or it is no fill-in.
        LocalCodeError: its recipe is code of the bank's own, and that is not allowed.
    """
    from lrquiz.bank.bank import load_bank
    from lrquiz.bank.variants import variants_of
    from lrquiz.errors import BankError
    from lrquiz.model.item import ItemType

    (found,) = load_bank(bank, allow_local=allow_local).select([item])
    if found.type is not ItemType.FILL_IN:
        message = f"{item} is an item of type {found.type}; only fill_in items and tasks are run"
        raise BankError(message)
    require_permissions([found], allow_local=allow_local)
    return variants_of(found)[0]


def _proved(variant: Variant, bank: Path, *, allow_local: bool) -> VerifiedVariant:
    """Return a fill-in with what runs showed of its responses.

    Raises:
        BankError: it does not hold.
    """
    from lrquiz.errors import BankError

    origins, wanted = Origins(), Wanted(bank, Path(), 0, allow_local=allow_local)
    with prover(origins.trials, allow_local=allow_local) as prove_now:
        verified = lock_first(locked_bank(wanted), origins, prove_now)(variant)
    if verified.rejection is not None:
        message = (
            f"{variant.item.id} does not hold, so nothing can be checked by it; see: lrquiz verify"
        )
        raise BankError(message)
    return verified


def _graded(task: Task, submission: Submission, console: Console) -> Record:
    """Run a submission where it can do least harm.

    Raises:
        InternalError: running or judging it failed through a fault of ours.
    """
    from lrquiz.errors import InternalError
    from lrquiz.grade.code.box import HARNESS
    from lrquiz.grade.code.grading import Grader
    from lrquiz.model.run import REDUCED
    from lrquiz.sandbox import Sandbox, probe_tier
    from lrquiz.sandbox.ordinary import OrdinaryProcess

    contained = probe_tier().reaches(REDUCED)
    if not contained:
        console.print("note: there is no box here, so your code runs as an ordinary program")
    with Sandbox(HARNESS, minimum=REDUCED) if contained else OrdinaryProcess(HARNESS) as box:
        record = Grader(task, _SECRET, box).grade(submission)
    if record.score is None:
        raise InternalError(record.detail)
    return record
