"""What runs over many seeds show of a pipeline's arms, and of what its texts say of them."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lrquiz.bank.finding import recipe_info
from lrquiz.bank.pipeline_texts import End, Ends
from lrquiz.errors import PipelineError
from lrquiz.evidence.bands import LOOKS, decide_fact, is_final
from lrquiz.experiments.laboratory import TrialSource
from lrquiz.model.item import Claim, Experiment
from lrquiz.model.pipeline import Pipeline, Study
from lrquiz.model.proof import Lines
from lrquiz.model.trace import Trace
from lrquiz.model.verdict import Decision, Verdict
from lrquiz.verify.curves import lines_of
from lrquiz.verify.deciding import Runs, decide_further, run_repeated, runs_by_look, times_held
from lrquiz.verify.proving import counted


@dataclass(frozen=True, slots=True)
class Comparison:
    """A study's arms side by side, and its statements with what runs say of them."""

    ends: Ends
    lines: Mapping[str, Lines]
    """some losses or accuracies of each arm, for drawing"""
    comparisons: tuple[Decision, ...]
    support: tuple[Decision, ...]


def compare(
    pipeline: Pipeline, laboratory: TrialSource, looks: Sequence[int] = LOOKS
) -> dict[str, Comparison]:
    """Train the arms of a pipeline's studies until every statement is decided; by study.

    Raises:
        PipelineError: a statement is not supported; the message says how often it held.
        RecipeError: an experiment cannot be run.
    """
    compared = {
        study.id: _compared(study, pipeline.path, laboratory, looks) for study in pipeline.studies
    }
    wrong = [
        f"{pipeline.path}: {each}"
        for study in pipeline.studies
        for each in _unsupported(study, compared[study.id])
    ]
    if wrong:
        raise PipelineError("\n".join(wrong))
    return compared


def _compared(study: Study, path: str, laboratory: TrialSource, looks: Sequence[int]) -> Comparison:
    claims = [counted(each.claim) for each in (*study.comparisons, *study.support)]
    if recipe_info(study.experiment.recipe).deterministic:
        runs = run_repeated(study.experiment, laboratory, f"{path}: {study.name}")
        decided = [decide_fact(claim, holds=times_held(claim, runs) == 1) for claim in claims]
    else:
        runs, decided = _decided(study.experiment, claims, laboratory, looks)
    split = len(study.comparisons)
    return Comparison(
        ends={arm: _end(traces) for arm, traces in runs.items()},
        lines=lines_of(runs, study.quantity),
        comparisons=tuple(decided[:split]),
        support=tuple(decided[split:]),
    )


def _decided(
    experiment: Experiment, claims: Sequence[Claim], laboratory: TrialSource, looks: Sequence[int]
) -> tuple[Runs, list[Decision]]:
    decisions: dict[int, Decision] = {}
    runs: Runs = {}
    for look, runs in runs_by_look(experiment, laboratory, looks):
        decide_further(decisions, claims, runs, look)
        if all(map(is_final, decisions.values())):
            break
    return runs, [decisions[index] for index in range(len(claims))]


def _unsupported(study: Study, compared: Comparison) -> Iterator[str]:
    stated = (*study.comparisons, *study.support)
    decided = (*compared.comparisons, *compared.support)
    for each, decision in zip(stated, decided, strict=True):
        if decision.verdict is not Verdict.SUPPORTED:
            yield (
                f'"{each.says}" is {decision.verdict}: its claim held in {decision.held} of '
                f"{decision.trials} training runs; claim what runs show"
            )


def _end(traces: Sequence[Trace]) -> End:
    losses = [_last(trace, "loss") for trace in traces]
    accuracies = [_last(trace, "accuracy") for trace in traces if _has_accuracy(trace)]
    return End(
        # What is no number counts as the worst, and stays in the count: dropping it would make an
        # arm that mostly explodes look as good as its luckiest runs.
        loss=_middle(losses, worst=math.inf),
        accuracy=_middle(accuracies, worst=-math.inf) if accuracies else None,
        finite=sum(map(math.isfinite, losses)),
        trials=len(losses),
    )


def _middle(values: Sequence[float], worst: float) -> float | None:
    """Return the lower median, what is no number being the worst; None if that is the median."""
    middle = statistics.median_low(each if math.isfinite(each) else worst for each in values)
    return middle if math.isfinite(middle) else None


def _has_accuracy(trace: Trace) -> bool:
    return "epoch.accuracy" in trace.recorded


def _last(trace: Trace, name: str) -> float:
    column = trace.epoch(name)
    return column[-1] if column else math.nan
