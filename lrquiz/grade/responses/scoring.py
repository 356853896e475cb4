"""Score responses to a quiz. Pure: the same quiz, responses and decisions give the same score."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from lrquiz.errors import QuizError
from lrquiz.grade.people.deciding import decided_version
from lrquiz.grade.responses.judging import UNSCORED, judged
from lrquiz.grade.responses.ruling import AS_WRITTEN, Ruling, rulings
from lrquiz.model.decision import Decision
from lrquiz.model.item import ItemType
from lrquiz.model.quiz import Quiz, QuizItem
from lrquiz.model.record import ItemResponse, Record
from lrquiz.model.run import Ending
from lrquiz.model.task import CheckResult, Outcome


def score_responses(
    quiz: Quiz, responses: Sequence[ItemResponse], decisions: Iterable[Decision] = ()
) -> tuple[CheckResult, ...]:
    """Return what each response gives, in the order of `responses`.

    Single choice and finding the error: all or nothing. Multiple choice: the right ones chosen less
    the wrong ones, of the number of right ones, never below zero. Numbers: within the tolerance.
    Orders: all or nothing, by what each order did when it was run.
    Fill-ins: spelled like a response that runs showed to be right, or run and found so. Open
    prompts that carry points wait for a person. No response gives nothing, and waits for nobody.

    Raises:
        QuizError: a response is to an item that the quiz has not.
    """
    items = {(each.id, each.variant): each for each in quiz.items}
    ruled = rulings(decisions)
    try:
        return tuple(
            _check(items[each.item, each.variant], each, ruled.get(each.item, AS_WRITTEN))
            for each in responses
        )
    except KeyError as error:
        message = f"the quiz {quiz.id} has no item {error.args[0]}; give the quiz it was graded by"
        raise QuizError(message) from error


def score_of_checks(checks: Sequence[CheckResult]) -> float | None:
    """Return the sum of their points; None while one waits for a person."""
    if any(each.outcome is Outcome.OPEN and each.worth for each in checks):
        return None
    return sum(each.points for each in checks)


def rescored(record: Record, quiz: Quiz, decisions: Sequence[Decision] = ()) -> Record:
    """Return the record of a response file as these decisions make it; nothing is run.

    What was flagged rather than scored stays so. A fault of ours stays one only while a response
    that could not be run still waits for it.

    Raises:
        QuizError: it is a record of another quiz.
    """
    if record.task != quiz.id:
        message = f"a result of {record.task} cannot be scored by the quiz {quiz.id}"
        raise QuizError(message)
    ruled = replace(record, task_version=decided_version(quiz.id, decisions))
    if not record.responses:
        return ruled
    checks = score_responses(quiz, record.responses, decisions)
    worth, score = sum(each.worth for each in checks), score_of_checks(checks)
    is_fault = record.ending is Ending.INTERNAL_ERROR and score is None
    return replace(
        ruled,
        checks=checks,
        score=score,
        points=worth,
        ending=record.ending if is_fault else Ending.OK,
        detail=record.detail if is_fault else _waiting(checks),
    )


def _waiting(checks: Sequence[CheckResult]) -> str:
    count = sum(each.outcome is Outcome.OPEN and each.worth > 0 for each in checks)
    return f"waiting for a person: {count} of {len(checks)} responses" if count else ""


def _check(item: QuizItem, response: ItemResponse, ruling: Ruling) -> CheckResult:
    worth = item.points if ruling.points is None else ruling.points
    says = item.title or item.id
    if ruling.is_void:
        return CheckResult(item.id, says, Outcome.UNCHECKED, 0.0, 0.0, "voided: counts for nobody")
    if item.type == ItemType.FLASHCARD or (item.type in UNSCORED and not worth):
        return CheckResult(item.id, says, Outcome.UNCHECKED, 0.0, 0.0, "carries no points")
    share, evidence = judged(item, response, ruling)
    if share is None:
        return CheckResult(item.id, says, Outcome.OPEN, 0.0, worth, evidence)
    outcome = Outcome.PASSED if share == 1 else Outcome.FAILED
    return CheckResult(item.id, says, outcome, share * worth, worth, evidence)
