"""Checks: functions over recomputed values. What a student reads of one is its docstring.

A check raises `CheckFailedError` with what was measured and what to change. A check whose
forerunner did not pass is unchecked, never failed. Comparisons are written so that NaN fails them.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from lrquiz.grade.code.judge import Recomputed
from lrquiz.model.task import CheckResult, Criterion, Outcome, Task

_SHARE_OF_FALL = 0.5
_TRY_IT = (
    "Run your file on your own machine first, as the starter file shows at its end; what it "
    "printed here stands below."
)


class CheckFailedError(Exception):
    """A submission does not pass a check."""

    def __init__(self, evidence: str, advice: str) -> None:
        super().__init__(evidence)
        self.evidence = evidence
        self.advice = advice


@dataclass(frozen=True, slots=True)
class Check:
    """A check with the one that must pass before it is looked at."""

    function: Callable[[Recomputed, Task], str]
    after: str | None

    @property
    def says(self) -> str:
        """What it demands, in words for the student."""
        return inspect.getdoc(self.function) or ""


def leaves_finite_weights(values: Recomputed, _: Task) -> str:
    """Your function runs to its end and leaves finite weights in the model."""
    if values.problem:
        raise CheckFailedError(
            values.problem,
            "Train the model that you are given, in place; do not replace its layers.",
        )
    if not values.finite:
        raise CheckFailedError(
            "at least one weight is NaN or infinite",
            "Steps this long leave every minimum behind: is the rate the `lr` you were given?",
        )
    return "every weight is a finite number"


def weights_move(values: Recomputed, _: Task) -> str:
    """Training moves the weights."""
    if not values.moved > 0:
        raise CheckFailedError(
            "every weight is exactly where it started",
            "No gradient reached the weights: is `loss.backward()` called before "
            "`optimizer.step()`, and does the optimizer hold this model's parameters?",
        )
    return f"the weights moved by {values.moved:.3g} in all"


def loss_falls(values: Recomputed, _: Task) -> str:
    """On rows you have not seen, the loss falls at least half as far as a correct loop's."""
    fall = values.loss_before - values.loss_after
    wanted = values.loss_before - values.loss_reference
    measured = (
        f"loss on unseen rows: {values.loss_before:.4f} before, {values.loss_after:.4f} after; "
        f"a correct loop reaches {values.loss_reference:.4f}"
    )
    if not fall >= _SHARE_OF_FALL * wanted:
        raise CheckFailedError(
            measured, "The weights changed, but not towards a lower loss: look at every step taken."
        )
    return measured


def follows_the_reference(values: Recomputed, task: Task) -> str:
    """The weights move step for step as those of a correct loop do."""
    measured = (
        f"distance to a correct loop's weights: {values.off:.2g} of the way those moved "
        f"(allowed: {task.tolerance:g})"
    )
    if not values.off <= task.tolerance:
        raise CheckFailedError(
            measured,
            "Some step differs: check the order of the calls, the rate of each epoch, and that "
            "gradients of one batch do not add to the next.",
        )
    return measured


CHECKS = MappingProxyType(
    {
        "leaves_finite_weights": Check(leaves_finite_weights, None),
        "weights_move": Check(weights_move, "leaves_finite_weights"),
        "loss_falls": Check(loss_falls, "weights_move"),
        "follows_the_reference": Check(follows_the_reference, "weights_move"),
    }
)


def apply_rubric(
    task: Task, recomputed: dict[str, Recomputed], faults: dict[str, str]
) -> tuple[CheckResult, ...]:
    """Return one result per line of the rubric.

    Args:
        task: its rubric, tolerance and cases.
        recomputed: what the judge measured, by case; a case that gave no results is missing.
        faults: why such a case gave none, by case.
    """
    return tuple(_result(task, line, recomputed, faults) for line in task.rubric)


def _result(
    task: Task, line: Criterion, recomputed: dict[str, Recomputed], faults: dict[str, str]
) -> CheckResult:
    check, part = CHECKS[line.check], task.part(line)
    says = f"{check.says} ({_named(task, line)})"
    if line.case not in recomputed:
        outcome = Outcome.UNCHECKED if check.after else Outcome.FAILED
        why = faults.get(line.case, "this call was not made, because an earlier one was ended")
        advice = _TRY_IT if outcome is Outcome.FAILED else ""
        return CheckResult(part, says, outcome, 0.0, line.points, why, advice)
    try:
        for forerunner in _forerunners(check):
            forerunner.function(recomputed[line.case], task)
    except CheckFailedError as failure:
        why = f"not looked at: {failure.evidence}"
        return CheckResult(part, says, Outcome.UNCHECKED, 0.0, line.points, evidence=why)
    return _decide(check, line, says, recomputed[line.case], task)


def _decide(
    check: Check, line: Criterion, says: str, values: Recomputed, task: Task
) -> CheckResult:
    part = task.part(line)
    try:
        evidence = check.function(values, task)
    except CheckFailedError as failure:
        return CheckResult(
            part, says, Outcome.FAILED, 0.0, line.points, failure.evidence, failure.advice
        )
    return CheckResult(part, says, Outcome.PASSED, line.points, line.points, evidence)


def _forerunners(check: Check) -> Sequence[Check]:
    """Return the checks that must pass first, the first of all first."""
    chain: list[Check] = []
    while check.after is not None:
        check = CHECKS[check.after]
        chain.insert(0, check)
    return chain


def _named(task: Task, line: Criterion) -> str:
    case = next(case for case in task.cases if case.id == line.case)
    arguments = ", ".join(f"{name}={value}" for name, value in case.arguments.items())
    return f"case {line.case}: {arguments}"
