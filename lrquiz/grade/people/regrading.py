"""A decision about everybody's marks, on what is stored: what it does, and how it is kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from lrquiz.grade.gradebook import Gradebook, Writer
from lrquiz.grade.marks import Rules
from lrquiz.grade.people.adjusting import Changes, voided
from lrquiz.grade.people.effects import Move, below_release, means, moves
from lrquiz.model.decision import Decision
from lrquiz.model.record import Record

Renew = Callable[[Sequence[Record], Sequence[Decision]], Sequence[Record]]
"""from the newest record of every attempt, and all decisions, to the records that follow"""


@dataclass(frozen=True, slots=True)
class Regrade:
    """What a decision would do."""

    decision: Decision
    records: tuple[Record, ...]
    """a new result of every attempt"""
    moves: tuple[Move, ...]
    below: tuple[Move, ...]
    """those that take from students what was released to them"""
    uncounted: tuple[str, ...] = ()
    """parts that people marked and that do not count with it, so that those marks do not either"""

    @property
    def up(self) -> tuple[Move, ...]:
        """Those whose share goes up."""
        return tuple(each for each in self.moves if each.direction > 0)

    @property
    def down(self) -> tuple[Move, ...]:
        """Those whose share goes down."""
        return tuple(each for each in self.moves if each.direction < 0)

    @property
    def means(self) -> tuple[float | None, float | None]:
        """The mean share before and after."""
        return means(self.moves)


def stored(book: Gradebook, work: str) -> tuple[Record, ...]:
    """Return the newest record of every attempt at a task or quiz, each content once.

    Raises:
        GradebookError: the gradebook cannot be read.
    """
    newest = {each.result: each for each in book.attempts(work)}
    return tuple(book.record(each) for _, each in sorted(newest.items()))


def regrade(book: Gradebook, rules: Rules, decision: Decision, renew: Renew) -> Regrade:
    """Return what a decision would do to everybody; the gradebook is only read.

    Raises:
        GradebookError: the gradebook cannot be read.
    """
    before = book.decisions(rules.task)
    records = tuple(renew(stored(book, rules.task), [*before, decision]))
    by_attempt = {(each.student, each.submission): each for each in records}
    found = moves(book, rules, Changes(decisions=[decision], records=by_attempt))
    below = below_release(found, book.releases(rules.task))
    made = Regrade(decision, records, found, below, _uncounted(book, records, decision))
    return replace(made, decision=replace(decision, raised=len(made.up), lowered=len(made.down)))


def keep(made: Regrade, book: Writer) -> None:
    """Keep a decision with all results that follow from it, or nothing of it.

    Raises:
        GradebookError: they cannot be written.
    """
    book.decide(made.decision, made.records)


def _uncounted(book: Gradebook, records: Sequence[Record], decision: Decision) -> tuple[str, ...]:
    void = voided([*book.decisions(decision.work), decision])
    parts = {check.check for each in records for check in each.checks} - void
    marked = {each.part for each in book.adjustments(decision.work) if each.points is not None}
    return tuple(sorted(part for part in marked - parts if part))
