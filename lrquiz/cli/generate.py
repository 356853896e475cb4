"""`lrquiz generate`: a quiz of verified items."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lrquiz.cli.common import (
    FILE,
    FOLDER,
    TrialCount,
    allow_local_option,
    bank_folder,
    bank_option,
    data_root_option,
    json_option,
    people,
    print_json,
    prover,
)

if TYPE_CHECKING:
    from lrquiz.model.item import Variant
    from lrquiz.model.quiz import Quiz
    from lrquiz.model.verdict import VerifiedVariant
    from lrquiz.verify.lock.reliance import LockedBank

QUIZ_FILE, PRACTICE_PAGE = "quiz.json", "practice.html"


@click.command("generate")
@bank_option
@click.option(
    "--blueprint",
    type=FILE,
    default=None,
    help="What the quiz should contain (default: blueprints/headline.toml of the bank).",
)
@click.option(
    "--pipeline",
    default=None,
    metavar="ID",
    help="Write the page of this pipeline of the bank instead; `all` writes every one.",
)
@click.option("--seed", type=int, default=0, show_default=True, help="Draws items and orders.")
@click.option("--out", type=FOLDER, required=True, help="Folder for quiz.json and practice.html.")
@click.option(
    "--locked", is_flag=True, help="Train nothing: use only what the bank's lock has proved."
)
@data_root_option
@allow_local_option
@json_option
def generate_command(  # noqa: PLR0913 - one for each option
    bank: Path | None,
    blueprint: Path | None,
    pipeline: str | None,
    seed: int,
    out: Path,
    *,
    locked: bool,
    allow_local: bool,
    as_json: bool,
) -> int:
    """Generate a practice quiz of proved items.

    Only variants whose keys hold are used; the same seed gives the same bytes. What the bank's
    lock has proved is not proved again while nothing that it depends on changes.
    Writes quiz.json, which holds the keys and is readable by you only, and practice.html.

    With --pipeline it writes ID.html, one recorded training from its data to a prediction with
    proved items, and ID.json, which holds their keys.
    """
    console, origins = people(), Origins()
    wanted = Wanted(bank_folder(bank), out, seed, blueprint, locked, allow_local)
    if pipeline is not None:
        from lrquiz.cli.pipeline import generate_pages

        return generate_pages(wanted, pipeline, as_json=as_json)
    quiz = make_quiz(wanted, origins)
    if as_json:
        values = {
            "quiz": quiz.id,
            "items": [item.id for item in quiz.items],
            "out": str(out),
            "variants": {"from_lock": origins.from_lock, "proved_now": origins.proved_now},
        }
        print_json("lrquiz/generated", values)
    else:
        console.print(f"{len(quiz.items)} items, every key proved; {origins}.")
        console.print(f"students' page: {out / PRACTICE_PAGE}")
        console.print(f"with keys, for you: {out / QUIZ_FILE}")
    return 0


@dataclass(frozen=True, slots=True)
class Wanted:
    """The quiz to make, and where."""

    bank: Path
    out: Path
    seed: int
    blueprint: Path | None = None
    """the bank's own headline by default"""
    only_locked: bool = False
    """train nothing"""
    allow_local: bool = False
    """execute the bank's own Python"""


@dataclass
class Origins:
    """Where the verdicts on the variants that were looked at come from."""

    from_lock: int = 0
    proved_now: int = 0
    trials: TrialCount = field(default_factory=TrialCount)

    def __str__(self) -> str:
        trials = f" ({self.trials})" if self.proved_now else ""
        return f"variants from the lock: {self.from_lock}, proved now: {self.proved_now}{trials}"


def make_quiz(wanted: Wanted, origins: Origins) -> Quiz:
    """Generate a quiz and write its two files."""
    from lrquiz.bank.bank import load_bank, load_blueprint
    from lrquiz.quiz import generate_quiz, write_quiz
    from lrquiz.report.write import write_quiz_page
    from lrquiz.resources.files import make_folder

    folder, out = wanted.bank, wanted.out
    blueprint = load_blueprint(wanted.blueprint or folder / "blueprints" / "headline.toml")
    items = load_bank(folder, allow_local=wanted.allow_local).select([])
    locked = locked_bank(wanted)
    make_folder(out)
    with prover(origins.trials, allow_local=wanted.allow_local) as prove_now:
        prove = lock_first(locked, origins, None if wanted.only_locked else prove_now)
        quiz = generate_quiz(items, blueprint, wanted.seed, prove)
    write_quiz(quiz, out / QUIZ_FILE)
    write_quiz_page(quiz, out / PRACTICE_PAGE)
    return quiz


def locked_bank(wanted: Wanted) -> LockedBank | None:
    """Return the bank's lock to rely on, if there is one.

    Raises:
        BankError: there is none, and nothing else may be used.
    """
    from lrquiz.errors import BankError
    from lrquiz.verify.lock.file import lock_path, read_lock, remedy
    from lrquiz.verify.lock.reliance import LockedBank

    lock = read_lock(wanted.bank)
    if lock is None and wanted.only_locked:
        message = f"there is no lock {lock_path(wanted.bank)}; write it: {remedy(wanted.bank)}"
        raise BankError(message)
    return None if lock is None else LockedBank(wanted.bank, lock)


def lock_first(
    locked: LockedBank | None,
    origins: Origins,
    prove_now: Callable[[Variant], VerifiedVariant] | None,
) -> Callable[[Variant], VerifiedVariant]:
    """Return what verifies a variant: from the lock, else now, else by calling it stale."""

    def prove(variant: Variant) -> VerifiedVariant:
        known = locked.verified(variant) if locked else None
        if known is not None:
            origins.from_lock += 1
            return known
        if prove_now is None:
            assert locked is not None, "without a lock there is nothing to rely on"
            return locked.stale(variant)
        origins.proved_now += 1
        return prove_now(variant)

    return prove
