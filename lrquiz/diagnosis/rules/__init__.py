"""One function per mistake, in the order in which causes are looked for.

Codes are those of the project's catalogue of training mistakes. What comes first explains what
comes after: a missing call can look like a bad rate, never the other way round.
"""

from __future__ import annotations

from lrquiz.diagnosis.finding import Rule
from lrquiz.diagnosis.rules import gradients, optimizers, rates, schedules

RULES: tuple[Rule, ...] = (
    gradients.backward_is_missing,
    optimizers.step_is_missing,
    gradients.gradients_are_never_cleared,
    schedules.schedule_runs_per_batch,
    rates.loss_is_not_finite,
)
