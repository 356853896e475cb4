"""Explore an experiment: decide every claim that can be made on it."""

from __future__ import annotations

import math
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from lrquiz.bank.arms import arms_in_words
from lrquiz.bank.finding import recipe_info
from lrquiz.evidence.bands import LOOKS, decide_fact, is_final
from lrquiz.evidence.claim_text import sentence_of
from lrquiz.evidence.claims import arms_of
from lrquiz.experiments.laboratory import Laboratory
from lrquiz.model.item import Claim, Experiment, Quantifier
from lrquiz.model.trace import Column, Trace
from lrquiz.model.verdict import Decision, Verdict
from lrquiz.verify.curves import quantity_of
from lrquiz.verify.deciding import Runs, decide_further, run_repeated, runs_by_look, times_held
from lrquiz.verify.exploring.claimable import claims_on
from lrquiz.verify.exploring.telling import telling


@dataclass(frozen=True, slots=True)
class Explored:
    """One claim decided."""

    decision: Decision
    sentence: str
    """what it says, as text for an option"""
    is_telling: bool
    """whether it says what none of the others says"""


@dataclass(frozen=True, slots=True)
class Exploration:
    """What an experiment showed."""

    claims: tuple[Explored, ...]
    seeds: int
    """how many were trained of each arm"""
    quantity: str
    """what the curves show: `loss`, or `lr` where no loss is recorded"""
    curves: Mapping[str, Column]
    """for each arm the median over seeds, epoch by epoch; infinite where that is no number"""

    def having(self, verdict: Verdict) -> tuple[Explored, ...]:
        """Return the telling claims with this verdict; those of one arm and epoch together."""
        chosen = (each for each in self.claims if each.decision.verdict is verdict)
        return tuple(sorted((each for each in chosen if each.is_telling), key=_place))


def _place(each: Explored) -> tuple[tuple[str, ...], int]:
    claim = each.decision.claim
    epoch = claim.parameters.get("epoch")
    return (arms_of(claim), epoch) if epoch is not None else ((), 0)


def explore(
    experiment: Experiment, laboratory: Laboratory, most_seeds: int = LOOKS[-1]
) -> Exploration:
    """Train every arm and decide every claim that can be made, as verification would.

    A claim that is not decided as `usually` is decided as `sometimes` as well.

    Raises:
        RecipeError: the experiment cannot be run.
        OutputError: the store cannot be written.
    """
    if recipe_info(experiment.recipe).deterministic:
        runs, decisions = _facts(experiment, laboratory)
    else:
        looks = [look for look in LOOKS if look <= most_seeds]
        runs, decisions = _rates(experiment, laboratory, looks)
    names = arms_in_words(experiment)
    claims = tuple(
        Explored(decision, sentence_of(decision.claim, names), is_telling)
        for decision, is_telling in zip(decisions, telling(decisions), strict=True)
    )
    quantity = quantity_of(experiment)
    curves = {arm: medians(traces, quantity) for arm, traces in runs.items()}
    return Exploration(claims, max(map(len, runs.values())), quantity, curves)


def medians(traces: Sequence[Trace], quantity: str) -> Column:
    """Return the median over traces for each epoch; what is missing or no number is infinite."""
    columns = [trace.epoch(quantity) for trace in traces]
    longest = max(map(len, columns), default=0)
    return tuple(
        statistics.median(_finite_or_infinite(column, epoch) for column in columns)
        for epoch in range(longest)
    )


def _finite_or_infinite(column: Column, epoch: int) -> float:
    known = epoch < len(column) and math.isfinite(column[epoch])
    return column[epoch] if known else math.inf


def _facts(experiment: Experiment, laboratory: Laboratory) -> tuple[Runs, list[Decision]]:
    runs = run_repeated(experiment, laboratory, "explore")
    claims = claims_on(experiment, _firsts(runs))
    return runs, [decide_fact(claim, holds=times_held(claim, runs) == 1) for claim in claims]


def _rates(
    experiment: Experiment, laboratory: Laboratory, looks: Sequence[int]
) -> tuple[Runs, list[Decision]]:
    """Decide each claim look by look, as `usually` and as `sometimes`; return what is told."""
    runs, claims = Runs(), list[Claim]()
    usually: dict[int, Decision] = {}
    sometimes: dict[int, Decision] = {}
    for look, runs in runs_by_look(experiment, laboratory, looks):
        claims = claims or list(claims_on(experiment, _firsts(runs)))
        weaker = [replace(claim, quantifier=Quantifier.SOMETIMES) for claim in claims]
        decide_further(usually, claims, runs, look)
        decide_further(sometimes, weaker, runs, look)
        if all(_is_settled(usually[index], sometimes[index]) for index in usually):
            break
    return runs, [_told(usually[index], sometimes[index]) for index in range(len(claims))]


def _firsts(runs: Runs) -> dict[str, Trace]:
    return {arm: traces[0] for arm, traces in runs.items()}


def _is_settled(usually: Decision, sometimes: Decision) -> bool:
    if usually.verdict is not Verdict.UNDECIDED:
        return True
    return is_final(usually) and is_final(sometimes)


def _told(usually: Decision, sometimes: Decision) -> Decision:
    """Return the stronger of two decisions on one claim."""
    if usually.verdict is Verdict.UNDECIDED and sometimes.verdict is not Verdict.UNDECIDED:
        return sometimes
    return usually
