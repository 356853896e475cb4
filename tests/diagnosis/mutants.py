"""Mistakes made on purpose in correct programs: what is edited, which code follows, and where.

Every operator reads the syntax tree and edits the text in place, so that all other lines stay as
they were. It yields nothing where the edit does not apply.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from tests.diagnosis.mutant_calls import (
    no_backward,
    no_step,
    no_step_of_one,
    no_zero_grad,
    no_zero_grad_of_one,
    rebuilt_each_step,
    step_before_backward,
    step_twice,
    zero_between,
    zero_once_per_loop,
)
from tests.diagnosis.mutant_losses import (
    column_of_targets,
    detached_layer,
    detached_loss,
    kept_history,
    negated_loss,
    relu_first,
    sigmoid_first,
    softmax_first,
)
from tests.diagnosis.mutant_modes import clip_after_step, clip_before_backward, no_eval, no_train
from tests.diagnosis.mutant_parts import Maker
from tests.diagnosis.mutant_setups import (
    half_the_parameters,
    model_made_anew,
    no_schedule,
    other_model,
    rate_over_100000,
    rate_times_1000,
    schedule_first,
    schedule_per_batch,
)


@dataclass(frozen=True, slots=True)
class Mutant:
    """A correct program with one mistake."""

    operator: str
    source: str
    codes: tuple[str, ...]
    """what may be told first; the first of them is what is expected"""
    lines: frozenset[int]
    """where it may be told: the line that was changed, or that needs the call that is gone"""


def mutants(source: str, *operators: str) -> Iterator[Mutant]:
    """Yield what some operators, or all, make of a program, where they apply."""
    for name in operators or OPERATORS:
        maker = OPERATORS[name]
        made = maker(ast.parse(source), source)
        if made is not None and (made.splices.edits):
            changed = made.splices.applied(source)
            lines = frozenset(made.splices.line_after(source, each) for each in made.at)
            ast.parse(changed)
            yield Mutant(name, changed, made.codes, lines)


OPERATORS: dict[str, Maker] = {
    each.__name__: each
    for each in (
        *(no_zero_grad, no_zero_grad_of_one, no_backward, no_step, no_step_of_one, zero_between),
        *(step_before_backward, zero_once_per_loop, step_twice, rebuilt_each_step),
        *(no_eval, no_train, softmax_first, sigmoid_first, relu_first, column_of_targets),
        *(negated_loss, detached_loss, detached_layer, rate_times_1000, rate_over_100000),
        *(schedule_per_batch, no_schedule, schedule_first, other_model, model_made_anew),
        *(half_the_parameters, kept_history, clip_after_step, clip_before_backward),
    )
}
