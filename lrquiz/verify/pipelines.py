"""What runs over many seeds show of a pipeline's arms, and of what its texts say of them."""

from __future__ import annotations

import math
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lrquiz.bank.pipeline_texts import End
from lrquiz.errors import PipelineError
from lrquiz.evidence.bands import LOOKS, is_final
from lrquiz.experiments.laboratory import TrialSource
from lrquiz.model.pipeline import Pipeline
from lrquiz.model.proof import Lines
from lrquiz.model.trace import Trace
from lrquiz.model.verdict import Decision, Verdict
from lrquiz.verify.curves import lines_of
from lrquiz.verify.deciding import Runs, decide_further, runs_by_look
from lrquiz.verify.proving import counted


@dataclass(frozen=True, slots=True)
class Comparison:
    """A pipeline's arms side by side, and its statements with what runs say of them."""

    ends: Mapping[str, End]
    """by arm"""
    lines: Mapping[str, Lines]
    """some losses of each arm, for drawing"""
    comparisons: tuple[Decision, ...]
    support: tuple[Decision, ...]


def compare(
    pipeline: Pipeline, laboratory: TrialSource, looks: Sequence[int] = LOOKS
) -> Comparison:
    """Train a pipeline's arms over seeds until every statement is decided.

    Raises:
        PipelineError: a statement is not supported; the message says how often it held.
        RecipeError: the experiment cannot be run.
    """
    stated = [*pipeline.comparisons, *pipeline.support]
    claims = [counted(each.claim) for each in stated]
    decisions: dict[int, Decision] = {}
    runs: Runs = {}
    for look, runs in runs_by_look(pipeline.experiment, laboratory, looks):
        decide_further(decisions, claims, runs, look)
        if all(map(is_final, decisions.values())):
            break
    decided = tuple(decisions[index] for index in range(len(claims)))
    _refuse_unsupported(pipeline, decided)
    split = len(pipeline.comparisons)
    return Comparison(
        ends={arm: _end(traces) for arm, traces in runs.items()},
        lines=lines_of(runs, "loss"),
        comparisons=decided[:split],
        support=decided[split:],
    )


def _refuse_unsupported(pipeline: Pipeline, decided: Sequence[Decision]) -> None:
    stated = [*pipeline.comparisons, *pipeline.support]
    wrong = [
        f'{pipeline.path}: "{each.says}" is {decision.verdict}: its claim held in {decision.held} '
        f"of {decision.trials} training runs; claim what runs show"
        for each, decision in zip(stated, decided, strict=True)
        if decision.verdict is not Verdict.SUPPORTED
    ]
    if wrong:
        raise PipelineError("\n".join(wrong))


def _end(traces: Sequence[Trace]) -> End:
    losses = [_last(trace, "loss") for trace in traces]
    # What is no number counts as the highest loss, and stays in the count: dropping it would make
    # an arm that mostly explodes look as good as its luckiest runs.
    middle = statistics.median_low(each if math.isfinite(each) else math.inf for each in losses)
    return End(
        loss=middle if math.isfinite(middle) else None,
        accuracy=statistics.median_low(_last(trace, "accuracy") for trace in traces),
        finite=sum(map(math.isfinite, losses)),
        trials=len(losses),
    )


def _last(trace: Trace, name: str) -> float:
    column = trace.epoch(name)
    return column[-1] if column else math.nan
