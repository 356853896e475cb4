"""Decide claims on an experiment: a fact by one run repeated once, a rate look by look."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from lrquiz.errors import RecipeError
from lrquiz.evidence.bands import LOOKS, decide, is_final
from lrquiz.evidence.claims import NOTHING_DRAWN, compares_with_drawn, holds
from lrquiz.experiments.laboratory import TrialSource
from lrquiz.model.item import Claim, Experiment
from lrquiz.model.trace import Trace
from lrquiz.model.verdict import Decision
from lrquiz.verify.integrity import refuse_contradictions

Runs = dict[str, tuple[Trace, ...]]
"""for each arm one trace per seed, in order"""
DRAWN_SEED = LOOKS[-1]
"""of the trials that claims may compare runs with: the first seed that no look counts"""


def observed(experiment: Experiment, laboratory: TrialSource, seeds: range) -> Runs:
    """Return trials of an experiment that contradict none of its arms.

    Raises:
        ContradictionError: what a run recorded is not what its arm says.
        RecipeError: the experiment cannot be run.
    """
    runs = laboratory.trials(experiment, seeds)
    refuse_contradictions(experiment, runs, seeds)
    return runs


def run_repeated(experiment: Experiment, laboratory: TrialSource, name: str) -> Runs:
    """Return one run of a recipe without randomness, after another has repeated it.

    Raises:
        RecipeError: the two runs differ; the message starts with `name`.
    """
    runs = observed(experiment, laboratory, range(2))
    for arm, (first, second) in runs.items():
        if first != second:
            message = (
                f"{name}: recipe {experiment.recipe} is declared "
                f"deterministic, but two runs of arm {arm!r} differ"
            )
            raise RecipeError(message)
    return {arm: traces[:1] for arm, traces in runs.items()}


def drawn_trials(
    experiment: Experiment, claims: Sequence[Claim], laboratory: TrialSource
) -> Mapping[str, Trace]:
    """Return the trial of each arm that is drawn, where any claim compares runs with it.

    No look counts its seed, so that a run is never compared with itself.

    Raises:
        ContradictionError: what a run recorded is not what its arm says.
        RecipeError: the experiment cannot be run.
    """
    if not any(map(compares_with_drawn, claims)):
        return NOTHING_DRAWN
    runs = observed(experiment, laboratory, range(DRAWN_SEED, DRAWN_SEED + 1))
    return {arm: trace for arm, (trace,) in runs.items()}


def runs_by_look(
    experiment: Experiment, laboratory: TrialSource, looks: Sequence[int]
) -> Iterator[tuple[int, Runs]]:
    """Yield each look with all runs up to it; a look that nobody asks for is not trained."""
    runs: Runs = dict.fromkeys(experiment.arms, ())
    for seen, look in zip((0, *looks), looks, strict=False):
        more = observed(experiment, laboratory, range(seen, look))
        runs = {arm: runs[arm] + more[arm] for arm in runs}
        yield look, runs


def decide_further(
    decisions: dict[int, Decision],
    claims: Sequence[Claim],
    runs: Runs,
    look: int,
    drawn: Mapping[str, Trace] = NOTHING_DRAWN,
) -> None:
    """Decide at this look the claims that are still open; a decision that is final stands."""
    for index, claim in enumerate(claims):
        if index not in decisions or not is_final(decisions[index]):
            decisions[index] = decide(claim, times_held(claim, runs, drawn), look)


def times_held(
    claim: Claim,
    runs: Mapping[str, Sequence[Trace]],
    drawn: Mapping[str, Trace] = NOTHING_DRAWN,
) -> int:
    """Count the seeds in which `claim` holds, each seed's arms taken together."""
    return sum(held_by_seed(claim, runs, drawn))


def held_by_seed(
    claim: Claim,
    runs: Mapping[str, Sequence[Trace]],
    drawn: Mapping[str, Trace] = NOTHING_DRAWN,
) -> tuple[bool, ...]:
    """Say for each seed whether `claim` holds, the seed's arms taken together."""
    arms = list(runs)
    return tuple(
        holds(claim, dict(zip(arms, traces, strict=True)), drawn)
        for traces in zip(*runs.values(), strict=True)
    )
