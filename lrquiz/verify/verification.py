"""Run a variant's experiment until every claim is decided, then derive the key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lrquiz.bank.catalogue import RECIPES
from lrquiz.errors import RecipeError
from lrquiz.evidence.bands import LOOKS, cannot_be_supported, decide, decide_fact, is_final
from lrquiz.evidence.claims import holds, readings
from lrquiz.experiments.laboratory import Laboratory, torch_version
from lrquiz.model.item import Claim, Variant
from lrquiz.model.trace import Trace, Trial
from lrquiz.model.verdict import Decision, VerifiedVariant
from lrquiz.verify.rejection import key_of, rejection_of, wording_rejection

Runs = dict[str, tuple[Trace, ...]]


def verify_variant(
    variant: Variant, laboratory: Laboratory, looks: Sequence[int] = LOOKS
) -> VerifiedVariant:
    """Train the variant's arms, decide its premises and claims, and derive its key.

    `looks` may name fewer looks, for a quick answer; what is not decided by then is undecided.

    Raises:
        RecipeError: its experiment cannot be run.
    """
    wording = wording_rejection(variant)
    if wording is not None:
        return VerifiedVariant(variant, (), (), (), wording, (), torch_version())
    if RECIPES[variant.experiment.recipe].deterministic:
        runs, decisions = _facts(variant, laboratory)
    else:
        runs, decisions = _rates(variant, laboratory, looks)
    premises = tuple(decisions[: len(variant.premises)])
    options = tuple(decisions[len(variant.premises) :])
    stated = [each.claim for each in variant.premises] + [each.claim for each in variant.options]
    ambiguous = [claim for claim in stated if _is_ambiguous(claim, runs)]
    return VerifiedVariant(
        variant,
        premises,
        options,
        key_of(variant, options),
        rejection_of(variant, premises, options, ambiguous),
        _trials(runs),
        torch_version(),
    )


def _claims(variant: Variant) -> list[Claim]:
    """Return the claims of premises, then of options; of an open clock, its first reading."""
    claims = [premise.claim for premise in variant.premises]
    claims += [option.claim for option in variant.options]
    return [readings(claim)[0] for claim in claims]


def _facts(variant: Variant, laboratory: Laboratory) -> tuple[Runs, list[Decision]]:
    """Decide claims about a recipe without randomness: one run, repeated once to be equal."""
    runs = laboratory.trials(variant.experiment, range(2))
    for arm, (first, second) in runs.items():
        if first != second:
            message = (
                f"{variant.item.path}: recipe {variant.experiment.recipe} is declared "
                f"deterministic, but two runs of arm {arm!r} differ"
            )
            raise RecipeError(message)
    first_runs = {arm: traces[0] for arm, traces in runs.items()}
    decisions = [decide_fact(claim, holds=holds(claim, first_runs)) for claim in _claims(variant)]
    return {arm: traces[:1] for arm, traces in runs.items()}, decisions


def _rates(
    variant: Variant, laboratory: Laboratory, looks: Sequence[int]
) -> tuple[Runs, list[Decision]]:
    """Decide claims look by look; the first decision on a claim stands."""
    claims = _claims(variant)
    runs: Runs = dict.fromkeys(variant.experiment.arms, ())
    decisions: dict[int, Decision] = {}
    for seen, look in zip((0, *looks), looks, strict=False):
        more = laboratory.trials(variant.experiment, range(seen, look))
        runs = {arm: runs[arm] + more[arm] for arm in runs}
        for index, claim in enumerate(claims):
            if index not in decisions or not is_final(decisions[index]):
                decisions[index] = decide(claim, _count(claim, runs), look)
        if _is_settled(list(decisions.values()), len(variant.premises)):
            break
    return runs, [decisions[index] for index in range(len(claims))]


def _is_settled(decisions: Sequence[Decision], premises: int) -> bool:
    """Say whether more seeds are pointless: all is decided, or a premise can no longer hold."""
    return any(map(cannot_be_supported, decisions[:premises])) or all(map(is_final, decisions))


def _count(claim: Claim, runs: Mapping[str, Sequence[Trace]]) -> int:
    """Count the seeds in which `claim` holds, each seed's arms taken together."""
    arms = list(runs)
    return sum(
        holds(claim, dict(zip(arms, traces, strict=True)))
        for traces in zip(*runs.values(), strict=True)
    )


def _is_ambiguous(claim: Claim, runs: Runs) -> bool:
    """Say whether the clocks that `claim` leaves open disagree about it."""
    return len({_count(reading, runs) for reading in readings(claim)}) > 1


def _trials(runs: Runs) -> tuple[Trial, ...]:
    return tuple(
        Trial(arm, seed, trace) for arm, traces in runs.items() for seed, trace in enumerate(traces)
    )
